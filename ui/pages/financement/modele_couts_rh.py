"""The cost of people as a table one types in: its columns, the usual profiles, the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from esms_desktop import francais
from esms_desktop.francais import NBSP, euros, ou_tiret
from esms_desktop.gestes.lignes import Neuve, neuve
from esms_desktop.lecture import CoutRh, Dossier
from esms_desktop.nomenclature.champs import bulle_de, entete_de
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel, cout_rh_cents
from ui.models import saisie
from ui.models.saisie import ColonneSaisie
from ui.models.table import Colonne
from ui.pages.financement import modele_valeurs as lu
from ui.pages.financement.modele_couts import (
    A_PRECISER,
    TOUTES,
    ColonneCalculee,
    colonne_annee,
    colonne_montant,
    colonne_pour_qui,
)


def cout(ligne: CoutRh) -> int | None:
    """What the people of a line cost the project, in cents; None while it is not known."""
    if ligne.etp_centiemes is None or ligne.cout_annuel_cents is None:
        return None
    return cout_rh_cents(ligne.etp_centiemes, ligne.cout_annuel_cents, ligne.part_projet_pour_cent)


def formule(ligne: CoutRh) -> str:
    """How it is reckoned."""
    etp = lu.texte_decimal(ligne.etp_centiemes) or "?"
    annuel = "?" if ligne.cout_annuel_cents is None else euros(ligne.cout_annuel_cents)
    return f"{etp}{NBSP}ETP × {annuel} × {ligne.part_projet_pour_cent}{NBSP}%"


COLONNES_RH: tuple[ColonneSaisie[CoutRh], ...] = (
    ColonneSaisie(
        entete_de("cout_rh.profil"),
        lambda c: c.profil,
        lire=saisie.ligne_obligatoire("profil"),
        obligatoire=True,
    ),
    colonne_pour_qui(),
    colonne_annee(),
    ColonneSaisie(
        entete_de("cout_rh.etp_centiemes"),
        lambda c: lu.texte_decimal(c.etp_centiemes) or lu.A_CHIFFRER,
        tri=lambda c: -1 if c.etp_centiemes is None else c.etp_centiemes,
        a_droite=True,
        badge=lambda c: "warn" if c.etp_centiemes is None else None,
        bulle=lambda _: bulle_de("cout_rh.etp_centiemes"),
        brut=lambda c: lu.texte_decimal(c.etp_centiemes),
        lire=lu.etp("etp_centiemes"),
    ),
    colonne_montant(
        entete_de("cout_rh.cout_annuel_cents"), "cout_annuel_cents", bulle_de("cout_rh.cout_annuel_cents")
    ),
    ColonneSaisie(
        entete_de("cout_rh.part_projet_pour_cent"),
        lambda c: f"{c.part_projet_pour_cent}{NBSP}%",
        tri=lambda c: c.part_projet_pour_cent,
        a_droite=True,
        bulle=lambda _: bulle_de("cout_rh.part_projet_pour_cent"),
        brut=lambda c: str(c.part_projet_pour_cent),
        lire=lu.pour_cent("part_projet_pour_cent"),
    ),
    ColonneCalculee(
        "Coût pour le projet",
        lambda c: ou_tiret(euros, cout(c)),
        tri=lambda c: cout(c) or -1,
        a_droite=True,
        second=formule,
        bulle=formule,
    ),
)
POIDS_RH = (2.4, 1.2, 0.8, 0.8, 1.3, 0.8, 1.9)

_PROFILS = ("Chef de projet", "Référents des structures", "Formateurs internes")
_PREMIERE_ANNEE = ("Temps des professionnels en formation", "Direction et secrétariat (comités, marché)")


def rh_a_proposer(dossier: Dossier, jour_annee: int) -> list[Neuve]:
    """The usual profiles the dossier does not have yet, without amounts, not saved."""
    annees = lu.annees_du_projet(dossier, jour_annee)
    connus = {francais.cle(c.profil) for c in dossier.couts_rh}
    lignes = [(p, a) for p in _PROFILS for a in annees] + [(p, annees[0]) for p in _PREMIERE_ANNEE]
    return [
        neuve("cout_rh", dossier_id=dossier.id, profil=profil, annee=annee)
        for profil, annee in lignes
        if francais.cle(profil) not in connus
    ]


def nom_rh(ligne: CoutRh) -> str:
    """How sentences call a line."""
    return f"{ligne.profil}, {ligne.annee}" if ligne.annee else ligne.profil


def rh_neuf(dossier: Dossier, champs: dict[str, Any]) -> Neuve:
    """A line, not saved."""
    return neuve("cout_rh", dossier_id=dossier.id, **champs)


@dataclass(frozen=True)
class TotalRh:
    """People of a year: hundredths of ETP given to the project, cost in cents."""

    annee: str
    etp_centiemes: int
    cents: int


def totaux_rh(plan: PlanPluriannuel) -> list[TotalRh]:
    """Year by year, then all of them."""
    details = [d for ligne in plan.rh for d in ligne.details]
    annees = sorted({d.annee for d in details}, key=lambda a: a or 9999)
    lignes = []
    for annee in annees:
        vus = [d for d in details if d.annee == annee]
        etp = sum(d.etp_projet_centiemes or 0 for d in vus)
        lignes.append(
            TotalRh(str(annee) if annee else A_PRECISER, etp, sum(d.montant_cents or 0 for d in vus))
        )
    if not lignes:
        return []
    return [*lignes, TotalRh(TOUTES, 0, plan.rh_cents)]


COLONNES_TOTAUX_RH: Sequence[Colonne[TotalRh]] = (
    Colonne(entete_de("cout_rh.annee"), lambda x: x.annee),
    Colonne(
        "ETP donnés au projet",
        lambda x: "" if x.annee == TOUTES else lu.texte_decimal(x.etp_centiemes),
        a_droite=True,
    ),
    Colonne("Coût pour le projet", lambda x: euros(x.cents), a_droite=True),
)
