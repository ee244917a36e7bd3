"""Reads a PDF back: which identifiers, amounts, dates, row numbers and gaps its trees tell stand on two lines.

What a token is, is written here again, apart from what draws: the drawing is not judged by its own rules.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import c_double
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from esms_desktop.documents.arbre.arbre import Document, Frise, Manque, texte_brut
from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, Matrices
from esms_desktop.documents.arbre.ecritures import contient_arabe

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
# A token is never longer.
_AUTOUR = 45


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
    # The narrow table of a letter stands for the one it says: it says nothing more.
    return Counter(j for d in documents for texte in _textes(replace(d, etroit=None)) for j in jetons(texte))


def lignes(octets: bytes) -> list[str]:
    """The lines of a PDF as they are read, page after page."""
    with pypdfium2.PdfDocument(octets) as pdf:
        return [_normal(ligne) for page in pdf for ligne in _lignes(page.get_textpage())]


def _lignes(page: pypdfium2.PdfTextPage) -> list[str]:
    texte = page.get_text_range()
    if not contient_arabe(texte):
        return texte.splitlines()
    # Beside words read from right to left, the library turns the others round: their places tell.
    rangs: dict[int, list[tuple[float, float, str]]] = {}
    for i in range(page.count_chars()):
        if raw.FPDFText_IsGenerated(page, i) != 1:
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(page, i, x, y)
            droite = page.get_charbox(i, loose=True)[2]
            rangs.setdefault(round(y.value * 2), []).append(
                (x.value, droite, chr(raw.FPDFText_GetUnicode(page, i)))
            )
    return [_suite(sorted(rangs[y])) for y in sorted(rangs, reverse=True)]


def _suite(caracteres: list[tuple[float, float, str]]) -> str:
    """The characters of a line from left to right, a space where there is a gap."""
    texte, fin = "", caracteres[0][0]
    for gauche, droite, c in caracteres:
        texte += f" {c}" if gauche > fin + 1 else c
        fin = droite
    # It turns the brackets too.
    texte = re.sub(r"[\[\]](?=à compléter)", "[", " ".join(texte.split()))
    return re.sub(r"(?<=à compléter)[\[\]]", "]", texte)


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
    for jeton, morceaux in _coupes(lues):
        # What follows a line that ends with a figure may be whole by itself.
        if jeton in voulus and not any(m.strip() in voulus for m in morceaux if len(m) > 1):
            resultat[jeton] = f"en morceaux : {'|'.join(morceaux)}"
    return resultat


def _coupes(lues: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The long tokens that the end of a line cuts, and their two pieces."""
    for avant, apres in pairwise(lues):
        fin, debut = avant[-_AUTOUR:], apres[:_AUTOUR]
        for blanc in ("", " "):
            for m in _JETONS.finditer(f"{fin}{blanc}{debut}"):
                ici = len(fin)
                if m.start() < ici and m.end() > ici + len(blanc) and len(m.group()) >= _LONG:
                    yield m.group(), (m.group()[: ici - m.start()], m.group()[ici + len(blanc) - m.start() :])


def _compter(jeton: str, lues: list[str]) -> int:
    """How many times it is read whole, whatever stands around (two cells may be read as one)."""
    return sum(ligne.count(jeton) for ligne in lues)
