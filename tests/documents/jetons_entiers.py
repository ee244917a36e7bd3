"""Reads a PDF back: which identifiers, amounts, dates, row numbers and gaps its trees tell stand on two lines.

What a token is, is written here again, apart from what draws: the drawing is not judged by its own rules.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache

import pypdfium2

from esms_desktop.documents.arbre import Document, Frise, Manque, texte_brut
from esms_desktop.documents.arbre_gantt import Gantt
from esms_desktop.documents.arbre_risques import CarteChaude, Matrices

_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_JETONS = re.compile(
    r"(?<![\w@.])(?:"
    # A gap up to its colon or its bracket; dates; IBAN; SIRET, SIREN, FINESS in groups; telephone; amounts; figures.
    r"\[à compléter(?: :|\])"
    rf"|(?:1er|\d{{1,2}}) (?:{_MOIS}) \d{{4}}"
    r"|\d{2}/\d{2}/\d{4}"
    r"|[A-Z]{2}\d\d(?: [A-Z\d]{4}){3,7}(?: [A-Z\d]{1,3})?"
    r"|\d{3} \d{3} \d{3} \d{5}|\d[\dAB] \d{3} \d{3} \d|0\d(?: \d\d){4}"
    r"|\d{1,3}(?: \d{3})+(?:,\d+)?(?: ?[€%])?|\d+,\d+(?: ?[€%])?|\d{1,18} ?[€%]"
    r"|\d{1,2}(?:\.\d{1,2})+|\d{1,18}"
    r")(?![\w@])"
)
# Found in pieces: a long one is recognised wherever the line ends inside it.
_LONG = 6


def _normal(texte: str) -> str:
    return re.sub("[\u00a0\u202f\u2007]", " ", texte)


@lru_cache(maxsize=100_000)
def jetons(texte: str) -> tuple[str, ...]:
    """What must not be broken in some words, plain spaces inside."""
    return tuple(_JETONS.findall(re.sub(r"[ \t]+", " ", _normal(texte))))


def _textes(noeud: object) -> Iterator[str]:
    """Every text a tree prints as words. Figures write again what a table beside them says."""
    if isinstance(noeud, str):
        yield noeud
    elif isinstance(noeud, Manque):
        yield noeud.texte
    elif isinstance(noeud, tuple):
        # Words that follow each other in a cell are read together.
        if noeud and all(isinstance(e, str | Manque) or type(e).__name__ == "Texte" for e in noeud):
            yield from (texte_brut(e) for e in noeud)
        else:
            for element in noeud:
                yield from _textes(element)
    elif isinstance(noeud, Frise | Gantt | Matrices | CarteChaude):
        return
    elif is_dataclass(noeud):
        for champ in fields(noeud):
            if champ.name not in (
                "genre",
                "alignement",
                "code",
                "langue",
                "dossier_nom",
                "porteur",
                "brouillon",
            ):
                yield from _textes(getattr(noeud, champ.name))


def attendus(*documents: Document) -> Counter[str]:
    """What documents print that must not be broken, and how many times at least."""
    return Counter(j for d in documents for texte in _textes(d) for j in jetons(texte))


def lignes(octets: bytes) -> list[str]:
    """The lines of a PDF as they are read, page after page."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [_normal(x) for p in pdf for x in p.get_textpage().get_text_range().splitlines()]


def casses(octets: bytes, attendu: Counter[str] | Iterable[str]) -> dict[str, str]:
    """The tokens that are not whole on one line as many times as told, or seen in two pieces.

    Args:
        octets: the PDF.
        attendu: tokens (see `attendus`, `jetons`), plain spaces inside.

    Returns:
        What was found of each: « 2 fois au lieu de 3 », « en morceaux : 06 002 0|44 3 ».
    """
    voulus = attendu if isinstance(attendu, Counter) else Counter(attendu)
    lues = lignes(octets)
    trouves = Counter(j for ligne in lues for j in jetons(ligne))
    resultat = {
        j: f"{trouves[j]} fois au lieu de {n}"
        for j, n in voulus.items()
        if trouves[j] < n and _compter(j, lues) < n
    }
    suite = "\n".join(lues)
    for jeton in voulus:
        if len(jeton) >= _LONG:
            for morceau in _en_morceaux(jeton).finditer(suite):
                if "\n" in morceau.group():
                    resultat[jeton] = f"en morceaux : {morceau.group()}".replace("\n", "|")
                    break
    return resultat


def _compter(jeton: str, lues: list[str]) -> int:
    """How many times it is read whole, whatever stands around (two cells may be read as one)."""
    return sum(ligne.count(jeton) for ligne in lues)


def _en_morceaux(jeton: str) -> re.Pattern[str]:
    """The token with the end of a line anywhere inside it."""
    corps = "".join(r"[ \n]+" if c == " " else re.escape(c) + r"\n?" for c in jeton).removesuffix(r"\n?")
    return re.compile(rf"(?<![\w,.]){corps}(?![\w])")
