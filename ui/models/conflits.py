"""What is said of an edit that meets someone else's: the field, the values as the person reads them, who and when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from esms_desktop.base.conflits import RETRAIT, Divergence
from esms_desktop.francais import NBSP, date_courte, date_heure, euros, heure, majuscule
from esms_desktop.lecture import Version
from esms_desktop.nomenclature.champs import CHAMPS, Genre, libelle_champ, nom_propre
from esms_desktop.nomenclature.territoires import libelle_departement
from ui.pages.financement.modele_valeurs import texte_decimal, texte_nature

RIEN = "rien"
# By (table, column): values whose text is not what the person reads.
_MOTS: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("cout", "nature"): texte_nature,
    ("essms", "departement"): libelle_departement,
    ("tache", "jalon"): lambda v: "Jalon" if v else "Tâche",
}


def est_un_retrait(divergences: Sequence[Divergence]) -> bool:
    """Whether what meets someone else's edit is a removal."""
    return any(d.voulue is RETRAIT for d in divergences)


def champ(d: Divergence) -> str:
    """« Capacité — Résidence du Parc »."""
    nom = libelle_champ(d.champ)
    de = nom_propre(vars(d.ligne))
    return majuscule(nom) + (f" — {de}" if de and d.ligne.table != "dossier" else "")


def auteur(d: Divergence) -> str:
    """« Enregistré entre-temps par marie, le 27/11/2026 à 13:42 »."""
    par = f" par {d.qui}" if d.qui else ""
    quand = f", le {date_courte(d.quand.date())} à {heure(d.quand)}" if d.quand else ""
    return f"Enregistré entre-temps{par}{quand}"


def dire(d: Divergence, valeur: Any, version: Version) -> str:
    """A value of the field, in the words of the person; `version`: the dossier as it is now, for the names."""
    if valeur is RETRAIT:
        return "Retirer"
    if valeur is None and any(isinstance(v, bool) for v in (d.vue, d.presente, d.voulue)):
        return "Non répondu"
    return mots(d.ligne.table, d.champ, valeur, (version, d.ligne.version))


def mots(table: str, champ: str, valeur: Any, versions: Sequence[Version] = ()) -> str:
    """A value of a column, in the words of the person; `versions`: where the names of other rows are, the surest first."""
    if valeur is None or valeur == "":
        return RIEN
    decrit = CHAMPS.get(f"{table}.{champ}")
    genre = decrit.genre if decrit else None
    if decrit and genre is Genre.LIEN:
        autre = next((x for v in versions if (x := v.ligne(decrit.vers, valeur)) is not None), None)
        return (autre is not None and nom_propre(vars(autre))) or f"n°{NBSP}{valeur}"
    if (table, champ) in _MOTS:
        return _MOTS[table, champ](valeur)
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if decrit and decrit.choix and valeur in list(decrit.choix):
        valeur = decrit.choix(valeur)
    if isinstance(valeur, Enum):
        return str(getattr(valeur, "libelle", valeur.value))
    if isinstance(valeur, datetime):
        return date_heure(valeur)
    if isinstance(valeur, date):
        return date_courte(valeur)
    match genre:
        case Genre.MONTANT:
            return euros(valeur)
        case Genre.TAUX:
            return texte_decimal(valeur, 2, "%")
        case Genre.CENTIEMES:
            return texte_decimal(valeur)
        case Genre.POUR_CENT:
            return f"{valeur}{NBSP}%"
    return str(valeur)
