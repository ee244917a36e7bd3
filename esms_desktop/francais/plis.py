"""Texts folded to be compared, sorted or searched: case, accents, spaces and the look of signs do not count."""

import unicodedata

# What Unicode does not take apart, and signs typed in several ways.
_SIGNES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "‘": "'", "ʼ": "'"}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)


def sans_accents(texte: str) -> str:
    """The text without accents, its ligatures opened, its case kept."""
    if texte.isascii():
        return texte
    decompose = unicodedata.normalize("NFKD", texte.translate(_SIGNES))
    return "".join(c for c in decompose if not unicodedata.combining(c))


def cle(texte: str) -> str:
    """What two names are compared or sorted on: no case, no accent, single spaces, one apostrophe, one dash."""
    return " ".join(sans_accents(texte).casefold().split())


def mots(texte: str) -> list[str]:
    """The words of a text, folded: letters and figures, whatever stands between them."""
    return "".join(c if c.isalnum() else " " for c in sans_accents(texte).casefold()).split()


def une_ligne(texte: str) -> str:
    """The text as typed, without doubled, no-break or outer spaces."""
    return " ".join(texte.split())
