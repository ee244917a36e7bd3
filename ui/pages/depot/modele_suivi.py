"""The rows of what follows a filing: the log of what was produced, and the complements the ARS asks for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from esms_desktop.francais import (
    NBSP,
    date_courte,
    date_longue,
    delai,
    heure,
    nombre,
    ou_tiret,
    pluriel,
    taille,
)
from esms_desktop.lecture import Complement, DepotFait, Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.pieces import TITRES
from ui.models.table import Colonne

# Days before its deadline from which a complement is urgent.
_PRESSE = 7


def nom_depot(depot: DepotFait) -> str:
    """« Dossier complet », or what it answers."""
    return "Dossier à déposer" if depot.complement_id is None else "Réponse à un complément"


COLONNES_DEPOTS: Sequence[Colonne[DepotFait]] = (
    Colonne(
        "Produit",
        lambda d: date_longue(d.produit_le.date()),
        second=lambda d: f"{nom_depot(d)}, {heure(d.produit_le)}",
        tri=lambda d: d.produit_le,
    ),
    Colonne(
        "État",
        lambda d: "Complet" if d.complet else "Incomplet",
        badge=lambda d: "ok" if d.complet else "warn",
    ),
    Colonne("Pages", lambda d: nombre(d.pages), tri=lambda d: d.pages, a_droite=True),
    Colonne("Archive", lambda d: taille(d.taille), tri=lambda d: d.taille, a_droite=True),
    Colonne("Déposé", lambda d: ou_tiret(date_courte, d.depose_le), tri=lambda d: d.depose_le or date.min),
    Colonne("Accusé", lambda d: d.accuse or "—"),
)


def piece(numero: int | None) -> str:
    """« 9. RIB », or what is asked when it is no piece."""
    return f"{numero}. {TITRES[numero]}" if numero in TITRES else "Autre demande"


def reste(complement: Complement, jour: date) -> tuple[str, str]:
    """(words, kind of badge): how far the deadline is, or that the answer is given."""
    if complement.repondu_le is not None:
        return "Répondu", "ok"
    if complement.echeance is None:
        return "Sans échéance", "neutre"
    jours = (complement.echeance - jour).days
    return delai(jours).capitalize(), "bad" if jours < 0 else "warn" if jours <= _PRESSE else "info"


def colonnes_complements(jour: date) -> Sequence[Colonne[Complement]]:
    """The columns of the complements, their countdown reckoned from `jour`."""

    def presse(c: Complement) -> Any:
        return (c.repondu_le is not None, c.echeance or date.max)

    return (
        Colonne(entete_de("complement.numero"), lambda c: piece(c.numero), tri=lambda c: c.numero or 99),
        Colonne(entete_de("complement.demande"), lambda c: c.demande or "À préciser"),
        Colonne(entete_de("complement.echeance"), lambda c: ou_tiret(date_courte, c.echeance), tri=presse),
        Colonne("Il reste", lambda c: reste(c, jour)[0], badge=lambda c: reste(c, jour)[1], tri=presse),
    )


def phrase_complements(dossier: Dossier, jour: date) -> str:
    """Where the complements stand, in one sentence."""
    attendus = [c for c in dossier.complements if c.repondu_le is None]
    if not dossier.complements:
        return "Aucune demande de complément n’est notée."
    if not attendus:
        return f"{pluriel(len(dossier.complements), 'demande')} de complément, toutes répondues."
    dates = [c.echeance for c in attendus if c.echeance]
    suite = ""
    if dates:
        prochaine = min(dates)
        suite = (
            f"{NBSP}; la première échéance est le {date_longue(prochaine)}, {delai((prochaine - jour).days)}"
        )
    return f"{pluriel(len(attendus), 'demande attend', 'demandes attendent')} une réponse{suite}."
