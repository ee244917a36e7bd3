"""The figures of the maps of risks in our Word files: tables with coloured cells, words in each of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from esms_desktop.documents.arbre.arbre_risques import (
    CarteChaude,
    CaseChaude,
    LigneChaude,
    Matrice,
    Matrices,
    Teinte,
)
from esms_desktop.documents.docx.styles import couleur
from esms_desktop.documents.docx.tableau import cellule, grille, proprietes
from esms_desktop.documents.docx.xml import el, espace, paragraphe, run, twips
from esms_desktop.documents.pdf import style as s
from esms_desktop.francais import minuscule

_LARGE_NIVEAUX = 84.0
_LIBELLE = 128.0
_ENTETE_DEBOUT = 84.0


def _fond(niveau: int | None) -> Any:
    """The shading of a cell of that level."""
    return None if niveau is None else el("shd", val="clear", color="auto", fill=couleur(s.RISQUES[niveau]))


def _bords() -> Any:
    """White lines between the cells, as on the printed page."""
    cotes = ("top", "left", "bottom", "right", "insideH", "insideV")
    return el("tblBorders", *(el(c, val="single", sz="8", space="0", color="FFFFFF") for c in cotes))


def _par(texte: str, *, gras: bool = False, centre: bool = True, suivi: bool = True) -> Any:
    reglages = (el("jc", val="center"),) if centre else ()
    return paragraphe("Cellule", *run(texte, gras=gras), suivi=suivi, reglages=reglages)


def _rangee(cellules: Sequence[Any], hauteur: float = 0, entete: bool = False) -> Any:
    haut = el("trHeight", val=twips(hauteur), hRule="atLeast") if hauteur else None
    return el("tr", el("trPr", el("cantSplit"), haut, el("tblHeader") if entete else None), *cellules)


def _table(largeurs: Sequence[float], rangees: Sequence[Any]) -> Any:
    table = el("tbl", proprietes(_bords(), largeur=sum(largeurs)), grille(largeurs), *rangees)
    # Narrow cells: words take the whole of them.
    cotes = (("top", 2), ("left", 1), ("bottom", 2), ("right", 1))
    table.tblPr.append(el("tblCellMar", *(el(c, w=twips(v), type="dxa") for c, v in cotes)))
    return table


def matrices(bloc: Matrices) -> Iterator[Any]:
    """Each matrix as a table under its title, the numbers of the risks in its cells, then the legend."""
    for matrice in bloc.matrices:
        titre = f"{matrice.titre}. {bloc.axe_lignes} de bas en haut, {minuscule(bloc.axe_colonnes)} de gauche à droite."
        yield paragraphe("Caption", *run(titre), suivi=True)
        yield _matrice(matrice, bloc)
        yield espace(4, suivi=True)
    yield _legende(bloc.legende)


def _matrice(matrice: Matrice, bloc: Matrices) -> Any:
    large = (s.LARGEUR - _LARGE_NIVEAUX) / 4
    largeurs = [_LARGE_NIVEAUX, *[large] * 4]
    rangees = []
    for rang in reversed(range(4)):
        cellules = [
            cellule(_LARGE_NIVEAUX, [_par(bloc.lignes[rang], centre=False)], el("vAlign", val="center"))
        ]
        for case in matrice.rangees[rang]:
            contenu = [
                paragraphe("Discret", *run(str(case.criticite)), suivi=True, reglages=_serre("right")),
                _par(", ".join(case.marques), gras=True),
            ]
            cellules.append(cellule(large, contenu, _fond(case.niveau)))
        rangees.append(_rangee(cellules, 34))
    pied = [cellule(_LARGE_NIVEAUX, [_par("")])]
    pied += [cellule(large, [_par(texte)]) for texte in bloc.colonnes]
    rangees.append(_rangee(pied))
    return _table(largeurs, rangees)


def _serre(cote: str) -> tuple[Any, ...]:
    return (el("spacing", before="0", after="0"), el("jc", val=cote))


def carte(bloc: CarteChaude) -> Iterator[Any]:
    """The heat map as a table, its header upright and repeated, then the legend."""
    large = (s.LARGEUR - _LIBELLE) / len(bloc.colonnes)
    largeurs = [_LIBELLE, *[large] * len(bloc.colonnes)]
    debout = [
        cellule(
            large,
            [_par(texte, gras=True, centre=False)],
            el("textDirection", val="btLr"),
            el("vAlign", val="center"),
        )
        for texte in bloc.colonnes
    ]
    coin = cellule(_LIBELLE, [_par(bloc.coin, gras=True, centre=False)], el("vAlign", val="bottom"))
    rangees = [_rangee([coin, *debout], _ENTETE_DEBOUT, entete=True)]
    fin = len(bloc.lignes) - 1
    rangees += [_ligne(ligne, large, rang in (0, fin - 1)) for rang, ligne in enumerate(bloc.lignes)]
    yield _table(largeurs, rangees)
    yield espace(4)
    yield _legende(bloc.legende)


def _ligne(ligne: LigneChaude, large: float, suivie: bool) -> Any:
    tete = cellule(
        _LIBELLE,
        [_par(ligne.libelle, gras=ligne.fort, centre=False, suivi=suivie)],
        el("vAlign", val="center"),
    )
    return _rangee([tete, *(_case(case, large, suivie) for case in ligne.cases)], 20)


def _case(case: CaseChaude, large: float, suivie: bool) -> Any:
    contenu = [_par(case.texte, gras=case.niveau is not None, suivi=suivie)]
    return cellule(large, contenu, _fond(case.niveau), el("vAlign", val="center"))


def _legende(legende: Sequence[Teinte]) -> Any:
    """The levels in words, each on its colour."""
    mots = []
    for rang, teinte in enumerate(legende):
        mots += run("   ") if rang else []
        for r in run(f"\u00a0{teinte.texte}\u00a0"):
            r.get_or_add_rPr().append(
                el("shd", val="clear", color="auto", fill=couleur(s.RISQUES[teinte.niveau]))
            )
            mots.append(r)
    return paragraphe("Discret", *mots)
