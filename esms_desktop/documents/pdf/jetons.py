"""What is read at one glance and never stands on two lines: identifiers, amounts, dates, row numbers, gaps; where other words may break."""

import re
from collections.abc import Iterator

from esms_desktop.francais import MOIS

_BLANC = "[ \u00a0\u202f]"
_MOIS = "|".join(MOIS)
# Written in groups, the groups belong together.
_GROUPES = "|".join(
    motif.replace("~", _BLANC)
    for motif in (
        # IBAN, then SIRET, FINESS, telephone, any number by thousands with its unit, date in full, gap.
        r"(?<![^\W_])[A-Z]{2}\d\d(?:~[A-Z\d]{4}){2,7}(?:~[A-Z\d]{1,4})?(?![^\W_])",
        r"(?<!\d)\d{3}~\d{3}~\d{3}~\d{5}(?!\d)",
        r"(?<!\d)\d[\dAB]~\d{3}~\d{3}~\d(?!\d)",
        r"(?:\+\d{1,3}~?(?:\(0\)~?)?\d|(?<!\d)0\d)(?:~\d\d){4}(?!\d)",
        r"[+−-]?(?<!\d)\d{1,3}(?:~\d{3})+(?!\d)(?:,\d+)?(?:~?(?:[kM]?€|%))?",
        r"(?<![\d,])\d{1,18}(?:,\d+)?~(?:[kM]?€|%)",
        rf"(?<!\w)(?:(?:1er|[0-3]?\d)~)?(?:{_MOIS})~\d{{4}}(?!\d)",
        r"\[à~compléter(?:~:|\])?",
    )
)
_EN_GROUPES = re.compile(_GROUPES)
# In one word: a number with its signs (12/03/2026, 1.2, R12, 12,5 %, nine or fourteen digits), bounded so that no name is one.
_SIMPLE = r"(?:(?<![^\W\d_])[^\W\d_]{1,2})?\d(?:[\d.,:/−-]{0,24}\d)?(?:\u00a0?[kM]?[€%])?"
# What touches it stays with it: brackets, full stop.
_JETON = re.compile(rf"[^\w\s+−-]{{0,2}}(?:{_GROUPES}|{_SIMPLE})[^\w\s]{{0,2}}")
_SIGNE = re.compile(r"[\d\[]")
_A_SOUDER = re.compile(rf"\d{_BLANC}|\[à |(?:{_MOIS}) ")
# A hyphen, a slash or a dash between two letters.
_ENTRE_LETTRES = re.compile(r"(?<=[^\W\d_][-/–—])(?=[^\W\d_])")
_ADRESSE = re.compile(r"@|://|www\.")
# Where a word too wide for its line is cut first.
_PARTIES = re.compile(r"[^\u00a0@._/’'–—-]*[\u00a0@._/’'–—-]+|[^\u00a0@._/’'–—-]+")
# More words than this held together by no-break spaces are a paste, not a wish.
_CHAINE_MAX = 40


def souder(texte: str) -> str:
    """The text with the spaces inside its numbers, dates and gaps made no-break ones.

    Long chains of words held by no-break spaces (they come from pastes) are let loose around these.
    """
    if _A_SOUDER.search(texte):
        texte = _EN_GROUPES.sub(lambda m: m.group().replace(" ", "\u00a0"), texte)
    if "\u00a0" in texte and len(texte) > _CHAINE_MAX:
        texte = " ".join(_desserrer(mot) for mot in texte.split(" "))
    return texte


def _desserrer(mot: str) -> str:
    if len(mot) <= _CHAINE_MAX or mot.count("\u00a0") < 4:
        return mot
    return "".join(
        partie if entier else re.sub("(?<![«§°])\u00a0(?![:;!?»€%])", " ", partie)
        for partie, entier in _decouper(mot)
    )


def _decouper(mot: str) -> Iterator[tuple[str, bool]]:
    """The word cut around what is never broken: (part, whether it is so)."""
    fin = 0
    for jeton in _JETON.finditer(mot):
        if jeton.start() > fin:
            yield mot[fin : jeton.start()], False
        yield jeton.group(), True
        fin = jeton.end()
    if fin < len(mot):
        yield mot[fin:], False


def entiers(mot: str) -> list[str]:
    """What is never broken in a word (spaces inside it are no-break ones), with the signs that touch it."""
    if not _SIGNE.search(mot):
        return []
    return [partie for partie, entier in _decouper(mot) if entier]


def secables(mot: str) -> list[str]:
    """The parts of a word between which a line may end: after a hyphen or a slash between letters, never in an address."""
    if ("-" not in mot and "/" not in mot and "–" not in mot and "—" not in mot) or _ADRESSE.search(mot):
        return [mot]
    return _ENTRE_LETTRES.split(mot)


def parties(mot: str) -> Iterator[tuple[str, bool]]:
    """The parts of a word too wide for its line: (part, whether it is never broken). A line ends between two of them."""
    for partie, entier in _decouper(mot) if _SIGNE.search(mot) else ((mot, False),):
        if entier:
            yield partie, True
        else:
            yield from ((p, False) for p in _PARTIES.findall(partie))
