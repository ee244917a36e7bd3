"""Who writes and who signs, in a Word file: the head of a letter, the frames of the signatures, never cut."""

from collections.abc import Sequence
from typing import Any

from esms_desktop.documents.arbre.arbre import BlocSignature, Contenu, Correspondants, gras, texte_brut
from esms_desktop.documents.docx.styles import couleur
from esms_desktop.documents.docx.tableau import cellule, grille, proprietes
from esms_desktop.documents.docx.xml import el, espace, mots, paragraphe, run, twips
from esms_desktop.documents.pdf import style as s

_ECART = 18.0
_LARGE = (s.LARGEUR - _ECART) / 2
# Beyond as many parties, less room to sign; beyond as many, all of them no longer fit one page.
_SERRE = 4
_UNE_PAGE = 10
_COTES = ("top", "left", "bottom", "right")


def _cadre(visible: bool) -> Any:
    if not visible:
        return el("tcBorders", *(el(c, val="nil") for c in _COTES))
    return el("tcBorders", *(el(c, val="single", sz="6", space="0", color=couleur(s.FILET)) for c in _COTES))


def _bloc(bloc: BlocSignature | None, lignes_voulues: int, suivi: bool) -> Any:
    if bloc is None:
        return cellule(_LARGE, [paragraphe("BlocSignature", suivi=suivi)], _cadre(False))
    lignes = _dits(bloc)
    # The place to sign begins at the same height in both frames.
    lignes += [""] * (lignes_voulues - len(lignes))
    contenu = [paragraphe("BlocSignature", *mots(ligne), suivi=suivi) for ligne in lignes]
    invite = paragraphe("SignatureInvite", *run(bloc.invite), suivi=suivi)
    return cellule(_LARGE, [*contenu, invite], _cadre(True))


def _dits(bloc: BlocSignature) -> list[Contenu]:
    """What is told of a party, line by line."""
    return [
        *([bloc.lieu] if bloc.lieu else []),
        gras(bloc.partie),
        *(c for c in (bloc.representant, bloc.qualite, bloc.mention) if c),
    ]


def _paire(paire: Sequence[BlocSignature], place: float, suivie: bool) -> Any:
    marges = el(
        "tblCellMar", *(el(c, w=twips(v), type="dxa") for c, v in zip(_COTES, (6, 9, 4, 9), strict=True))
    )
    table = el("tbl", proprietes(largeur=s.LARGEUR), grille([_LARGE, _ECART, _LARGE]))
    table.tblPr.append(marges)
    vide = cellule(_ECART, [paragraphe("BlocSignature", suivi=suivie)], _cadre(False))
    lignes = max(len(_dits(b)) for b in paire)
    hauteur = el("trHeight", val=twips(13 * lignes + place), hRule="atLeast")
    table.append(
        el(
            "tr",
            el("trPr", el("cantSplit"), hauteur),
            _bloc(paire[0], lignes, suivie),
            vide,
            _bloc(paire[1] if len(paire) > 1 else None, lignes, suivie),
        )
    )
    return table


def signatures(blocs: Sequence[BlocSignature], serre: bool = False) -> list[Any]:
    """Consecutive signature blocks, two by two; all on one page when one page can hold them. `serre`: less room to sign."""
    ensemble = len(blocs) <= _UNE_PAGE
    place = 52.0 if serre else 66.0 if len(blocs) > _SERRE else 80.0
    elements: list[Any] = []
    for debut in range(0, len(blocs), 2):
        suivie = ensemble and debut + 2 < len(blocs)
        elements += [
            _paire(blocs[debut : debut + 2], place, suivie),
            espace(1 if serre else 10, suivi=suivie),
        ]
    return elements


def correspondants(bloc: Correspondants) -> list[Any]:
    """The head of a letter: a table of two columns without rules, under the name of who writes."""
    nom, *suite = bloc.expediteur
    gauche, droite = s.LARGEUR * 0.54, s.LARGEUR * 0.46
    table = el("tbl", proprietes(largeur=s.LARGEUR), grille([gauche, droite]))
    table.tblPr.append(el("tblCellMar", el("left", w="0", type="dxa"), el("right", w="0", type="dxa")))
    cellules = [
        cellule(
            large,
            [paragraphe("Correspondant", *mots(ligne)) for ligne in lignes] or [paragraphe("Correspondant")],
            _cadre(False),
        )
        for large, lignes in ((gauche, suite), (droite, bloc.destinataire))
    ]
    table.append(el("tr", el("trPr", el("cantSplit")), *cellules))
    return [paragraphe("Emetteur", *run(texte_brut(nom))), table, espace(12)]
