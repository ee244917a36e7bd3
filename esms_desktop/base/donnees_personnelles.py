"""Personal data: what leaves for good, what is handed over, how long what was removed is kept, the entry of the register."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, date_heure, enumerer, pluriel
from esms_desktop.sorties import ecrire
from esms_desktop.store import personnes, purge
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.purge import Bilan
from esms_desktop.store.purge import actes as actes
from esms_desktop.store.purge import conservation as conservation
from esms_desktop.store.purge import fixer_conservation as fixer_conservation
from esms_desktop.store.reglages import dossier_local, lire_reglages
from esms_desktop.store.sauvegarde.sauvegarde import lister

# Days that a month counts, for a duration nobody measures to the day.
_JOURS_PAR_MOIS = 30.44


@dataclass(frozen=True)
class Efface:
    """What was erased, and what is said of it."""

    bilan: Bilan
    phrases: tuple[str, ...]


def effacer_dossier(base: Path, cle: Cle, nom: str, numero: int | None = None) -> Efface:
    """Erases a dossier for good; see `purge.effacer_dossier`."""
    bilan = purge.effacer_dossier(base, cle, nom, numero)
    return Efface(bilan, (f"Le dossier «{NBSP}{nom}{NBSP}» est effacé pour de bon.", *_suite(base, bilan)))


def effacer_personne(base: Path, cle: Cle, nom: str) -> Efface:
    """Erases a person for good; see `purge.effacer_personne`."""
    trouves = fichiers_nommant(base, cle, nom)
    with _fichiers_dits(trouves):
        bilan = purge.effacer_personne(base, cle, nom)
    fait = (
        f"«{NBSP}{nom}{NBSP}» n’est plus nommé dans la base{NBSP}: {pluriel(bilan.lignes, 'ligne')} et "
        f"{pluriel(bilan.entrees, 'entrée')} du journal."
    )
    return Efface(bilan, (fait, *trouves.phrases("Retirez-les ou remplacez-les."), *_suite(base, bilan)))


@dataclass(frozen=True)
class Trouves:
    """The files that name a person, and those that hold something nobody can read here (a scan, an image); in words."""

    nomment: tuple[str, ...]
    illisibles: tuple[str, ...]

    def phrases(self, conseil: str) -> tuple[str, ...]:
        """What is said of them. `conseil`: what to do of those that name her."""
        dites = []
        if self.nomment:
            combien = pluriel(len(self.nomment), "fichier la nomme", "fichiers la nomment")
            dites.append(f"{combien} encore{NBSP}: {enumerer(self.nomment)}. {conseil}")
        if self.illisibles:
            combien = pluriel(len(self.illisibles), "fichier ne se lit", "fichiers ne se lisent")
            dites.append(
                f"{combien} pas en entier (image, page numérisée), à regarder{NBSP}: {enumerer(self.illisibles)}."
            )
        return tuple(dites)


def fichiers_nommant(base: Path, cle: Cle, nom: str) -> Trouves:
    """Looks for a person in every file and archive the base keeps, that is: before she is erased from it.

    Raises:
        ErreurBase: the base does not read.
    """
    from esms_desktop.depot.fichiers.texte_joint import texte_de

    qui = personnes.qui_est(base, cle, nom)
    nomment, illisibles = [], []
    for garde in personnes.fichiers_gardes(base, cle) if qui.plis else ():
        lu = texte_de(garde.octets)
        if qui.dans_un_long(f"{lu.texte}\n{garde.nom}"):
            nomment.append(_designer(garde))
        elif not lu.entier:
            illisibles.append(_designer(garde))
    return Trouves(tuple(nomment), tuple(illisibles))


@contextmanager
def _fichiers_dits(trouves: Trouves) -> Iterator[None]:
    """A person whom only files name is told of with them."""
    try:
        yield
    except ErreurSaisie as e:
        dites = trouves.phrases("Retirez-les ou remplacez-les s’il le faut.") if trouves.nomment else ()
        raise ErreurSaisie(e.message, " ".join((e.remede, *dites))) from e


def _designer(garde: personnes.Garde) -> str:
    if not garde.dossier:
        return "un fichier de la corbeille"
    quoi = "l’archive d’un dépôt" if garde.numero is None else f"«{NBSP}{garde.nom}{NBSP}»"
    return f"{quoi} de «{NBSP}{garde.dossier}{NBSP}»"


@dataclass(frozen=True)
class Export:
    """What was written of a person. `endroits`: how many places of the base name her."""

    endroits: int
    trouves: Trouves


def exporter_personne(base: Path, cle: Cle, nom: str, vers: Path) -> Export:
    """Writes all that the base says of a person into a file, that its owner only reads, with the files that name her."""
    trouves = fichiers_nommant(base, cle, nom)
    with _fichiers_dits(trouves):
        tout = purge.exporter_personne(base, cle, nom)
    tout |= {"fichiers": trouves.nomment, "fichiers_a_regarder": trouves.illisibles}
    ecrire(vers, json.dumps(tout, ensure_ascii=False, indent=2).encode())
    return Export(len(tout["donnees"]), trouves)


def effacer_perimes(base: Path, cle: Cle, maintenant: datetime) -> Bilan | None:
    """Erases what was removed longer ago than the setting says; None when it says nothing."""
    from datetime import timedelta

    mois = conservation(base, cle)
    if not mois:
        return None
    return purge.effacer_perimes(base, cle, maintenant - timedelta(days=mois * _JOURS_PAR_MOIS))


def phrase_conservation(mois: int) -> str:
    """How long what was removed is kept, in a sentence."""
    if not mois:
        return "Ce qui est retiré reste dans la corbeille sans limite de durée."
    return f"Ce qui est retiré reste {pluriel(mois, 'mois', 'mois')} dans la corbeille, puis s’efface pour de bon."


def fiche_registre(base: Path, cle: Cle) -> dict[str, Any]:
    """The entry of the register of treatments (RGPD, article 30) that this base calls for, to be completed, and its acts."""
    return {
        "traitement": "Préparation, dépôt et suivi de dossiers de candidature au programme ESMS numérique",
        "responsable": "À compléter : l’organisme qui prépare les dossiers, son représentant et son délégué à la protection des données",
        "finalites": [
            "Constituer le dossier de candidature d’une grappe d’établissements et services",
            "Suivre la gouvernance, le planning, les risques et les signatures du projet",
        ],
        "personnes_concernees": [
            "Représentants, chefs de projet, référents et délégués à la protection des données des organismes",
            "Personnes nommées dans les textes, les fichiers joints et les plannings",
        ],
        "donnees": ["Identité, fonction, coordonnées professionnelles", "Rôle et temps consacré au projet"],
        "destinataires": ["Agence régionale de santé et organismes de la grappe, par les documents produits"],
        "transferts_hors_ue": "Aucun : l’application ne se sert pas du réseau",
        "duree_de_conservation": phrase_conservation(conservation(base, cle)),
        "securite": [
            "Base chiffrée (AES-256), clé gardée par le trousseau du système, une phrase ou un code de secours",
            "Journal de chaque changement : qui, quand, avant, après",
            "Sauvegardes chiffrées ; fichiers produits lisibles par leur seul auteur",
        ],
        "actes": actes(base, cle),
    }


def phrases_registre(fiche: dict[str, Any]) -> tuple[str, ...]:
    """The entry, a line each."""
    titres = {
        "traitement": "Traitement",
        "responsable": "Responsable",
        "finalites": "Finalités",
        "personnes_concernees": "Personnes concernées",
        "donnees": "Données",
        "destinataires": "Destinataires",
        "transferts_hors_ue": "Transferts hors de l’Union européenne",
        "duree_de_conservation": "Durée de conservation",
        "securite": "Sécurité",
    }
    lignes = [
        f"{titre}{NBSP}: {fiche[nom] if isinstance(fiche[nom], str) else ' ; '.join(fiche[nom])}"
        for nom, titre in titres.items()
    ]
    return (*lignes, *(f"Acte{NBSP}: {phrase_acte(a)}" for a in fiche["actes"]))


def phrase_acte(acte: dict[str, Any]) -> str:
    """« purge d’un dossier, le 27/11/2026 à 14:32 par camille »."""
    detail = acte["detail"]
    quoi = {"dossier": "d’un dossier", "personne": "d’une personne", "corbeille": "de la corbeille"}.get(
        detail.get("quoi", ""), ""
    )
    nom = {"purge": "effacement", "export": "export des données"}.get(acte["acte"], "")
    if acte["acte"] == "conservation":
        nom, quoi = phrase_conservation(int(detail.get("mois", 0))).rstrip("."), ""
    from datetime import UTC

    quand = datetime.fromisoformat(acte["quand"]).replace(tzinfo=UTC).astimezone()
    return f"{' '.join(x for x in (nom, quoi) if x)}, {date_heure(quand)}, par {acte['qui']}"


def _suite(base: Path, bilan: Bilan) -> list[str]:
    phrases = []
    if not bilan.tasse:
        phrases.append(
            "Ses octets sont écrasés, mais le fichier n’a pas pu être resserré : une autre fenêtre s’en sert. Fermez-la, puis "
            "recommencez."
        )
    reglages = lire_reglages(base)
    lieux = [dossier_local(base), *([Path(reglages.seconde)] if reglages.seconde else [])]
    copies = [s for lieu in lieux for s in lister(lieu)]
    ici = (
        f" Il y en a {len(copies)} dans {enumerer([str(lieu) for lieu in lieux if lister(lieu)])}{NBSP}: supprimez-les, ou "
        "attendez qu’elles soient remplacées (six mois au plus)."
        if copies
        else ""
    )
    phrases.append(f"Les sauvegardes prises avant contiennent encore ce qui vient d’être effacé.{ici}")
    return phrases
