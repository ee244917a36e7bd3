"""What the tests of the keys share: phrases, answers in turn, a key store in memory, what a base keeps."""

from collections.abc import Callable
from pathlib import Path

from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.temoin import lire_temoin

PHRASE = "quatre canards sous l’érable"


AUTRE = "un train de nuit vers Brest"


def repondre(*reponses: str | None) -> Callable[[str], str | None]:
    """Answers in turn; one question too many fails the test."""
    suite = iter(reponses)
    return lambda question: next(suite)


class TrousseauEnMemoire:
    """What `keyring` keeps, in a dictionary."""

    def __init__(self) -> None:
        self.gardes: dict[str, str] = {}

    def get_password(self, service: str, nom: str) -> str | None:
        return self.gardes.get(nom)

    def set_password(self, service: str, nom: str, mot: str) -> None:
        self.gardes[nom] = mot


def genres(chemin: Path) -> list[str]:
    lu = lire_temoin(chemin)
    return [] if lu is None else [e.genre for e in lu.emplacements]


def noms(chemin: Path, cle: Cle) -> list[str]:
    with ouvrir(chemin, cle) as porte:
        return [d.nom for d in porte.resumes()]
