"""The targets of use as blocks: a table for an annex, a sentence for a letter (referentiel 04 § 3)."""

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Paragraphe, Tableau
from esms_desktop.nomenclature.listes import CibleUsage, cibles

# The calls of this year and before give no value to reach.
_SANS_CIBLE = 2021
_PERIODE = (
    "Mesure à la fin de chaque mois, sur le mois écoulé ; la première mesure porte sur trois mois. Le versement du solde dépend "
    "de l’atteinte de ces cibles."
)
_AUCUNE = (
    "Les textes de cette campagne ne fixent pas de valeur à atteindre : la convention avec le financeur dit les critères "
    "d’usage retenus, et les Parties s’y conforment."
)


def de_la_campagne(campagne: Campagne) -> tuple[CibleUsage, ...]:
    """The targets of a campaign; none for the first ones, which had criteria without values."""
    return () if campagne.annee <= _SANS_CIBLE else cibles()


def tableau(campagne: Campagne) -> tuple[Bloc, ...]:
    """The targets, how each is measured, and when."""
    visees = de_la_campagne(campagne)
    if not visees:
        return (Paragraphe(_AUCUNE),)
    return (
        Tableau(
            (Colonne("Indicateur", 2), Colonne("Calcul", 3.2), Colonne("Cible", 0.7, "droite")),
            tuple((c.libelle, c.calcul, f"{c.valeur} %") for c in visees),
        ),
        Paragraphe(_PERIODE),
    )


def phrase(campagne: Campagne) -> str:
    """The targets in one sentence: each rate and its value."""
    visees = de_la_campagne(campagne)
    if not visees:
        return "celles que fixe la convention avec le financeur."
    return (
        ", ".join(f"{c.court} {c.valeur} %" for c in visees)
        + ". Mesure mensuelle, la première sur trois mois."
    )
