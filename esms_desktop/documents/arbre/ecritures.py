"""Words in Arabic script: found in a text, their letters joined, put in the order they are drawn."""

import re
from functools import lru_cache

_LETTRES = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_SUITE = re.compile(f"[{_LETTRES}]+(?:[ \u00a0]+[{_LETTRES}]+)*")
_ARABE = re.compile(f"[{_LETTRES}]")


def contient_arabe(texte: str) -> bool:
    """Whether a character of the text belongs to the Arabic script."""
    return not texte.isascii() and _ARABE.search(texte) is not None


def est_arabe(caractere: str) -> bool:
    """Whether that one character belongs to the Arabic script."""
    return _ARABE.match(caractere) is not None


def troncons(texte: str) -> list[tuple[str, bool]]:
    """The text cut into runs: (words, whether they are Arabic). Arabic words come shaped, each one in drawing order.

    Words keep the order they are read in: whoever breaks the text into lines puts the words of a line in drawing
    order with `retourner`, once it knows which words the line holds.
    """
    if not contient_arabe(texte):
        return [(texte, False)]
    morceaux: list[tuple[str, bool]] = []
    fin = 0
    for suite in _SUITE.finditer(texte):
        if suite.start() > fin:
            morceaux.append((texte[fin : suite.start()], False))
        mots = suite.group().replace("\u00a0", " ").split(" ")
        morceaux.append((" ".join(_mot(m) for m in mots), True))
        fin = suite.end()
    if fin < len(texte):
        morceaux.append((texte[fin:], False))
    return morceaux


def retourner(ligne: str) -> str:
    """The Arabic words that stand on one line, the first one read at the right; spaces at both ends stay there."""
    coeur = ligne.strip(" ")
    if not coeur:
        return ligne
    avant = ligne[: len(ligne) - len(ligne.lstrip(" "))]
    return f"{avant}{' '.join(reversed(coeur.split(' ')))}{ligne[len(ligne.rstrip(' ')) :]}"


@lru_cache(maxsize=5_000)
def _mot(mot: str) -> str:
    # Loaded only for the few texts that need them.
    import arabic_reshaper
    from bidi import get_display

    visuel = get_display(arabic_reshaper.reshape(mot), base_dir="R")
    return visuel if isinstance(visuel, str) else visuel.decode("utf-8")
