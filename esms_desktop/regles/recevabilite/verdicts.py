"""The four verdicts of a point of recevabilité, and what a rule answers with."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from esms_desktop.lecture import Essms
from esms_desktop.regles.constats import Cible
from esms_desktop.regles.faits import cible_essms

# A point shows at most that many places to go; its evidence gives the whole count.
PLACES = 12


class Verdict(StrEnum):
    """What can be said of a point (referentiel 01 § 5)."""

    SATISFAIT = "satisfait"
    NON_SATISFAIT = "non-satisfait"
    A_VERIFIER = "a-verifier"
    A_APPRECIER = "a-apprecier"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "satisfait": "Satisfait",
            "non-satisfait": "Non satisfait",
            "a-verifier": "À vérifier",
            "a-apprecier": "À apprécier par l’ARS",
        }[self.value]


@dataclass(frozen=True)
class Avis:
    """The answer of one rule. `cibles`: (where to go, evidence there), first the most useful; `sur`: keys of all the ESSMS it
    waits for."""

    verdict: Verdict
    preuve: str
    explication: str
    source: str
    remede: str = ""
    cibles: tuple[tuple[Cible, str], ...] = ()
    sur: tuple[int, ...] = ()


def places(liste: Sequence[Essms], champ: str) -> tuple[tuple[Cible, str], ...]:
    """The first ESSMS of a list as places to go."""
    return tuple((cible_essms(e, champ), e.nom) for e in liste[:PLACES])
