"""What is said of an edit that meets someone else's: the field, the values as the person reads them, who and when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from esms_desktop.base.conflits import RETRAIT, Divergence
from esms_desktop.francais import NBSP, date_courte, date_heure, euros, heure, majuscule
from esms_desktop.lecture import ActionRisque, Essms, Fichier, Ligne, Og, Risque, Solution, Vague, Version
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction, NatureAction, Plan
from ui.models import valeurs
from ui.pages.financement.modele_valeurs import texte_decimal, texte_nature

RIEN = "rien"
_REFERENCES: Mapping[str, tuple[type[Ligne], str]] = {
    "og_id": (Og, "nom"),
    "essms_id": (Essms, "nom"),
    "solution_id": (Solution, "nom"),
    "vague_id": (Vague, "nom"),
    "fichier_id": (Fichier, "nom"),
    "action_id": (ActionRisque, "intitule"),
    "risque_id": (Risque, "intitule"),
}


def _des(enumeration: type[Enum]) -> Callable[[Any], str]:
    """The words of a value kept as a text."""
    mots = {str(e.value): str(getattr(e, "libelle", e.value)) for e in enumeration}
    return lambda valeur: mots.get(str(valeur), str(valeur))


# By (table, column): values whose text is not what the person reads.
_MOTS: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("tache", "plan"): _des(Plan),
    ("risque", "categorie"): _des(CategorieRisque),
    ("action_risque", "etat"): _des(EtatAction),
    ("action_risque", "nature"): _des(NatureAction),
    ("cout", "nature"): texte_nature,
    ("essms", "departement"): valeurs.libelle_departement,
    ("tache", "jalon"): lambda v: "Jalon" if v else "Tâche",
}


def est_un_retrait(divergences: Sequence[Divergence]) -> bool:
    """Whether what meets someone else's edit is a removal."""
    return any(d.voulue is RETRAIT for d in divergences)


def champ(d: Divergence) -> str:
    """« Capacité — Résidence du Parc »."""
    nom = libelle_champ(d.champ)
    de = next((v for n in ("nom", "intitule", "libelle") if (v := d.ligne.__dict__.get(n))), "")
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
    if champ in _REFERENCES:
        classe, nom = _REFERENCES[champ]
        autre = next((x for v in versions if (x := v.ligne(classe.table, valeur)) is not None), None)
        return f"n°{NBSP}{valeur}" if autre is None else str(getattr(autre, nom))
    if (table, champ) in _MOTS:
        return _MOTS[table, champ](valeur)
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, Enum):
        return str(getattr(valeur, "libelle", valeur.value))
    if isinstance(valeur, datetime):
        return date_heure(valeur)
    if isinstance(valeur, date):
        return date_courte(valeur)
    if champ.endswith("_cents"):
        return euros(valeur)
    if champ.endswith("_pour_dix_mille"):
        return texte_decimal(valeur, 2, "%")
    if champ.endswith("_centiemes"):
        return texte_decimal(valeur)
    return f"{valeur}{NBSP}%" if champ.endswith("_pour_cent") else str(valeur)
