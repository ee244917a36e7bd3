"""Words as Word and Excel files may hold them: legal in XML, French spacing, nothing else changed."""

import re
import unicodedata

from esms_desktop.francais import NBSP, espacer

# Not allowed in XML 1.0, or with no meaning in a text: controls, surrogates, non-characters, direction overrides.
_INTERDITS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_FINS_DE_LIGNE = re.compile("\r\n?|[\u0085\u2028\u2029]")
_FINES = re.compile("[\u202f\u2007]")


def propre(texte: str) -> str:
    """`texte` composed (NFC), without what XML refuses, with the no-break spaces French asks for.

    Line ends become \\n and tabs a space. Emoji and every script are kept: the reader's machine has fonts for them.
    """
    texte = _INTERDITS.sub("", _FINS_DE_LIGNE.sub("\n", texte)).replace("\t", " ")
    return espacer(_FINES.sub(NBSP, unicodedata.normalize("NFC", texte)))


def une_ligne(texte: str, maximum: int | None = None) -> str:
    """`texte` cleaned, on one line, cut with an ellipsis past `maximum` characters."""
    ligne = " ".join(propre(texte).split("\n")).strip()
    if maximum is not None and len(ligne) > maximum:
        return ligne[: maximum - 1].rstrip() + "…"
    return ligne
