"""What the tests of dossier files share: a phrase, and a dossier read in a base."""

from esms_desktop import lecture
from esms_desktop.store.porte import Porte

PHRASE = "une phrase entre nous"


def lire(porte: Porte, cle: int) -> lecture.Dossier:
    lu = porte.lire(cle)
    assert lu is not None
    return lu


def phrase() -> str:
    return PHRASE


def jamais() -> str:
    raise AssertionError("a phrase is asked of a file in clear")
