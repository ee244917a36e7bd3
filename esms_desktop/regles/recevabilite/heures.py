"""The hours of home services: the share of an aid that goes to the essential acts of life (referentiel 01 § 3)."""

from fractions import Fraction

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Essms

# Services that may mix help with essential acts and comfort services. 640, made in 2024, is in no text: to be confirmed.
SERVICES = ("209", "460", "640")


def concerne(essms: Essms, campagne: Campagne) -> bool:
    """Whether the aid of this ESSMS goes by its hours: a home service that does not say it has no comfort services."""
    return (
        campagne.eligibilite.prorata_heures.valeur
        and essms.categorie in SERVICES
        and essms.part_confort is not False
    )


def part_eligible(essms: Essms) -> Fraction | None:
    """The share of its hours that the aid goes to, None while they are not known or cannot be right."""
    eligibles, totales = essms.heures_eligibles, essms.heures_totales
    if eligibles is None or not totales or not 0 <= eligibles <= totales:
        return None
    return Fraction(eligibles, totales)


def fausses(essms: Essms) -> bool:
    """Whether its hours contradict each other: more eligible ones than hours in all, or none in all."""
    eligibles, totales = essms.heures_eligibles, essms.heures_totales
    return totales == 0 or (eligibles is not None and totales is not None and eligibles > totales)
