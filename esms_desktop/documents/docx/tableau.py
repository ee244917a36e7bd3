"""Tables of our Word files: the tables of the tree, and the one-cell table of a framed remark."""

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from esms_desktop.documents.arbre.arbre import Alignement, Colonne, Contenu, Encadre, Tableau, texte_brut
from esms_desktop.documents.docx.styles import TABLE, couleur
from esms_desktop.documents.docx.xml import el, mots, paragraphe, twips
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf import tableau as tableau_pdf
from esms_desktop.documents.pdf.polices import Nettoyeur
from esms_desktop.documents.pdf.tableau import TableauPdf, retraits

_JUSTIFICATION = {"gauche": "left", "droite": "right", "centre": "center"}
# A table lower than this share of the page is kept whole, as on the printed page.
_PETIT = 0.34
# White above and under the words of a row, in a dense table.
_BLANC_DENSE = 0.8
# Past this many characters in a cell, the row may be cut between two pages.
_LONG = 1500


def grille(largeurs: Sequence[float]) -> Any:
    """The columns of a table, widths in points."""
    return el("tblGrid", *(el("gridCol", w=twips(large)) for large in largeurs))


def proprietes(*plus: Any, largeur: float, style: str = "", apparence: Any = None) -> Any:
    """The properties of a table of fixed layout, `largeur` in points; `plus` stands between width and layout."""
    return el(
        "tblPr",
        el("tblStyle", val=style) if style else None,
        el("tblW", w=twips(largeur), type="dxa"),
        el("tblInd", w="0", type="dxa"),
        *plus,
        el("tblLayout", type="fixed"),
        apparence,
    )


def cellule(large: float, contenu: Sequence[Any], *reglages: Any) -> Any:
    """A cell `large` points wide holding paragraphs; `reglages`: borders, then shading."""
    return el("tc", el("tcPr", el("tcW", w=twips(large), type="dxa"), *reglages), *contenu)


def _rangee(
    cellules: Sequence[Contenu],
    colonnes: Sequence[Colonne],
    largeurs: Sequence[float],
    style: str,
    suivie: bool = False,
    entete: bool = False,
    couvre: int = 1,
) -> Any:
    """A row; its first cell stands over `couvre` columns."""
    if couvre > 1:
        cellules = [cellules[0], *cellules[couvre:]]
        colonnes = [Colonne(colonnes[0].entete, colonnes[0].largeur), *colonnes[couvre:]]
        largeurs = [sum(largeurs[:couvre]), *largeurs[couvre:]]
    blancs = retraits([c.alignement for c in colonnes])
    coupable = any(len(texte_brut(c)) > _LONG for c in cellules)
    return el(
        "tr",
        el("trPr", None if coupable else el("cantSplit"), el("tblHeader") if entete else None),
        *(
            cellule(
                large,
                [
                    paragraphe(
                        style,
                        *mots(contenu),
                        suivi=suivie,
                        reglages=_alignement(colonne.alignement, retrait),
                    )
                ],
                el("gridSpan", val=str(couvre)) if couvre > 1 and not rang else None,
            )
            for rang, (contenu, colonne, large, retrait) in enumerate(
                zip(cellules, colonnes, largeurs, blancs, strict=True)
            )
        ),
    )


def _alignement(alignement: Alignement, retrait: float) -> tuple[Any, ...]:
    if alignement == "gauche":
        return ()
    blanc = (el("ind", right=twips(retrait)),) if retrait else ()
    return (*blanc, el("jc", val=_JUSTIFICATION[alignement]))


def tableaux(bloc: Tableau) -> list[Any]:
    """A table of the tree, in as many parts as on the printed page."""
    return [_tableau(partie, dessin) for partie, dessin in tableau_pdf.composer(bloc, Nettoyeur())]


def _tableau(bloc: Tableau, compose: TableauPdf) -> Any:
    """A part of a table, its columns as wide as on the printed page. An empty one says so in its only row."""
    largeurs, colonnes = compose.colonnes, bloc.colonnes
    lignes = bloc.lignes or (("—", *("" for _ in colonnes[1:])),)
    petit = compose.height <= s.HAUTEUR * _PETIT
    fin = len(lignes) - 1
    rangees = [_rangee([c.entete for c in colonnes], colonnes, largeurs, "CelluleEntete", True, True)]
    for rang, ligne in enumerate(lignes):
        # Header and two rows together; neither a total nor a last row goes to the next page alone.
        suivie = rang != fin and (petit or rang in (0, fin - 1))
        suivie = suivie or (rang == fin and bloc.total is not None)
        rangees.append(_rangee(ligne, colonnes, largeurs, "Cellule", suivie))
    if bloc.total is not None:
        rangees.append(_rangee(bloc.total, colonnes, largeurs, "CelluleTotal", couvre=compose.couvre))
    apparence = el(
        "tblLook",
        val="0460" if bloc.total is not None else "0420",
        firstRow="1",
        lastRow="1" if bloc.total is not None else "0",
        firstColumn="0",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    return el(
        "tbl",
        _serrer(proprietes(largeur=sum(largeurs), style=TABLE, apparence=apparence), bloc.dense),
        grille(largeurs),
        *rangees,
    )


def _serrer(reglages: Any, dense: bool) -> Any:
    """The properties of a table with less white in its rows, as on the printed page."""
    if dense:
        marges = el("tblCellMar", *(el(c, w=twips(_BLANC_DENSE), type="dxa") for c in ("top", "bottom")))
        reglages.insert(reglages.index(reglages.find(qn("w:tblLayout"))) + 1, marges)
    return reglages


def encadre(bloc: Encadre) -> Any:
    """A framed remark: one tinted cell with a bar on its left."""
    barre, fond = (s.ALERTE, s.FOND_ALERTE) if bloc.genre == "alerte" else (s.ACCENT, s.FOND_ACCENT)
    bords = el("tcBorders", el("left", val="single", sz="24", space="0", color=couleur(barre)))
    marges = el(
        "tblCellMar",
        *(
            el(cote, w=twips(v), type="dxa")
            for cote, v in (("top", 5), ("left", 9), ("bottom", 5), ("right", 9))
        ),
    )
    table = el("tbl", proprietes(largeur=s.LARGEUR), grille([s.LARGEUR]))
    table.tblPr.append(marges)
    fond_xml = el("shd", val="clear", color="auto", fill=couleur(fond))
    table.append(el("tr", cellule(s.LARGEUR, [paragraphe("Encadre", *mots(bloc.contenu))], bords, fond_xml)))
    return table
