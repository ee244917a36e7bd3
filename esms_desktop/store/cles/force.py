"""How well a phrase protects: refused under a floor, told when it is weak."""

from typing import NamedTuple

from esms_desktop.francais import mots

PLANCHER = 8
_LONGUE, _MOTS = 14, 3
_DIFFERENTS = 5
_CONNUES = frozenset(
    [
        "motdepasse",
        "password",
        "passe",
        "secret",
        "bonjour",
        "soleil",
        "azerty",
        "azertyuiop",
        "qwerty",
        "qwertyuiop",
        "qwertz",
        "qsdfghjklm",
        "wxcvbn",
        "iloveyou",
        "jetaime",
        "admin",
        "administrateur",
        "utilisateur",
        "esms",
        "esmsdesktop",
        "esmsnumerique",
        "essms",
        "ehpad",
        "association",
        "phrasesecrete",
        "phrase",
        "marseille",
        "doudou",
        "loulou",
        "chocolat",
        "welcome",
        "bienvenue",
        "france",
    ]
)
_SUITES = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789012",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
)


class Force(NamedTuple):
    """What is said of a phrase. `refusee`: it may not be taken; `faible`: it may, and the person is told why."""

    refusee: bool
    faible: bool
    pourquoi: str


def juger(phrase: str) -> Force:
    """Says how well a phrase protects the base."""
    nue = "".join(mots(phrase))
    if len(phrase.strip()) < PLANCHER:
        return Force(True, True, f"Elle a moins de {PLANCHER} caractères.")
    if len(set(nue)) < _DIFFERENTS:
        return Force(True, True, "Elle répète toujours les mêmes caractères.")
    mot = nue.strip("0123456789")
    if mot in _CONNUES or not mot or any(nue in suite or nue in suite[::-1] for suite in _SUITES):
        return Force(True, True, "C’est une des premières que chacun essaierait.")
    if len(nue) < _LONGUE and len(phrase.split()) < _MOTS:
        return Force(False, True, "Elle est courte : trois ou quatre mots sans rapport protègent mieux.")
    return Force(False, False, "")
