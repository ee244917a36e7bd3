"""The elements of WordprocessingML: how one is made, its measures, the runs and paragraphs everything is made of."""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from esms_desktop.documents.arbre.arbre import Contenu, Manque, runs
from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.documents.pdf.jetons import souder

# A stretch of right-to-left script, with the spaces inside it: Word wants it told.
_DROITE_A_GAUCHE = re.compile(
    "([\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+(?:[ \u00a0]+[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+)*)"
)
STYLE_MANQUE = "Manque"


def twips(points: float) -> str:
    """A measure in points as Word writes it: twentieths of a point."""
    return str(round(points * 20))


def el(nom: str, *enfants: Any, **attributs: str) -> Any:
    """The element w:`nom` with its attributes (in the same namespace) and its children; None children are left out."""
    noeud = OxmlElement(f"w:{nom}", {qn(f"w:{cle}"): valeur for cle, valeur in attributs.items()})
    for enfant in enfants:
        if enfant is not None:
            noeud.append(enfant)
    return noeud


def texte(mots: str) -> list[Any]:
    """The children of a run for cleaned words: text and line breaks."""
    noeuds: list[Any] = []
    for rang, ligne in enumerate(mots.split("\n")):
        if rang:
            noeuds.append(el("br"))
        if ligne:
            t = OxmlElement("w:t", {qn("xml:space"): "preserve"})
            t.text = ligne
            noeuds.append(t)
    return noeuds


def run(mots: str, *, gras: bool = False, italique: bool = False, style: str = "") -> list[Any]:
    """The runs of some words in one look: one, or several when a right-to-left script stands among them."""
    resultat = []
    for rang, morceau in enumerate(_DROITE_A_GAUCHE.split(souder(propre(mots)))):
        if not morceau:
            continue
        reglages = [
            el("rStyle", val=style) if style else None,
            *((el("b"), el("bCs")) if gras else ()),
            *((el("i"), el("iCs")) if italique else ()),
            *((el("rtl"), el("lang", bidi="ar-SA")) if rang % 2 else ()),
        ]
        reglages = [r for r in reglages if r is not None]
        resultat.append(el("r", el("rPr", *reglages) if reglages else None, *texte(morceau)))
    return resultat


def mots(contenu: Contenu) -> list[Any]:
    """The content of a paragraph as runs; a gap has its own character style."""
    resultat: list[Any] = []
    for r in runs(contenu):
        if isinstance(r, Manque):
            resultat += run(r.texte, style=STYLE_MANQUE)
        else:
            resultat += run(r.texte, gras=r.gras, italique=r.italique)
    return resultat


def paragraphe(style: str, *contenu: Any, suivi: bool = False, reglages: tuple[Any, ...] = ()) -> Any:
    """A paragraph in a style.

    Args:
        style: identifier of the style, "" for the normal one.
        contenu: its runs.
        suivi: it stays on the page of the next paragraph.
        reglages: other paragraph properties, in the order of the schema after keepNext.
    """
    proprietes = [
        el("pStyle", val=style) if style else None,
        el("keepNext") if suivi else None,
        *reglages,
    ]
    return el("p", el("pPr", *proprietes), *contenu)


def espace(hauteur: float, suivi: bool = False, page: bool = False) -> Any:
    """White space of `hauteur` points; `page` starts a new page before it."""
    lignes = el("spacing", before="0", after="0", line=twips(max(hauteur, 1)), lineRule="exact")
    saut = (el("pageBreakBefore"),) if page else ()
    return paragraphe("Espace", suivi=suivi, reglages=(*saut, lignes))


def champ(instruction: str, valeur: str) -> list[Any]:
    """A field Word computes (PAGE, NUMPAGES…) with the value shown until it does."""
    instr = el("instrText")
    instr.set(qn("xml:space"), "preserve")
    instr.text = f" {instruction} "
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", instr),
        el("r", el("fldChar", fldCharType="separate")),
        el("r", *texte(valeur)),
        el("r", el("fldChar", fldCharType="end")),
    ]
