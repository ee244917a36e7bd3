"""The table of contents of a Word file: a field Word can update, with entries written beforehand."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from esms_desktop.documents.arbre.arbre import Document, Espace, SautPage, Titre
from esms_desktop.documents.docx.texte_office import une_ligne
from esms_desktop.documents.docx.xml import champ, el, paragraphe, run

# Below as many headings, a list of them would say nothing.
_MINIMUM = 5
# More entries than this no longer fit one page: only the first level is listed.
_MAXIMUM = 40
# From as many pages (its own left out), the table of contents has the first page to itself.
_LONG = 4


@dataclass(frozen=True)
class Entree:
    """A heading of the table of contents: its bookmark, its level, its words, its page."""

    signet: str
    niveau: int
    titre: str
    page: int


@dataclass(frozen=True)
class Sommaire:
    """The table of contents. `seul`: it has the first page to itself."""

    entrees: tuple[Entree, ...]
    profondeur: int
    seul: bool


def signet(rang: int) -> str:
    """The bookmark of the heading of that rank (from 0), named as Word names them."""
    return f"_Toc{100_000_000 + rang}"


def sommaire(document: Document, jour: date) -> Sommaire | None:
    """The table of contents of a document; None when it has too few headings.

    The pages written are those of the printed page laid out with the same room left for the table of contents: Word
    replaces them when the person updates the field.
    """
    from esms_desktop.documents.pdf import rendu as rendu_pdf

    titres = [b for b in document.blocs if isinstance(b, Titre)]
    profondeur = 2 if sum(t.niveau <= 2 for t in titres) <= _MAXIMUM else 1
    retenus = [(rang, t) for rang, t in enumerate(titres) if t.niveau <= profondeur]
    if len(retenus) < _MINIMUM:
        return None
    rendu = rendu_pdf.paginer(replace(document, blocs=(SautPage(), *document.blocs)), jour)
    seul = rendu.pages > _LONG
    if not seul:
        hauteur = 30.0 + sum(18.2 if t.niveau == 1 else 15.0 for _, t in retenus)
        rendu = rendu_pdf.paginer(replace(document, blocs=(Espace(hauteur), *document.blocs)), jour)
    return Sommaire(
        tuple(Entree(signet(rang), t.niveau, une_ligne(t.texte), rendu.plan[rang][2]) for rang, t in retenus),
        profondeur,
        seul,
    )


def _lien(entree: Entree) -> Any:
    return el(
        "hyperlink",
        *run(entree.titre),
        el("r", el("tab")),
        *champ(f"PAGEREF {entree.signet} \\h", str(entree.page)),
        anchor=entree.signet,
        history="1",
    )


def _instruction(profondeur: int) -> list[Any]:
    debut, instruction, milieu, *_ = champ(f'TOC \\o "1-{profondeur}" \\h \\z \\u', "")
    return [debut, instruction, milieu]


def composer(contenu: Sommaire) -> Any:
    """The block Word shows as an automatic table of contents."""
    lignes = []
    fin = len(contenu.entrees) - 1
    for rang, entree in enumerate(contenu.entrees):
        lignes.append(
            paragraphe(
                f"TOC{entree.niveau}",
                *(_instruction(contenu.profondeur) if rang == 0 else ()),
                _lien(entree),
                *([el("r", el("fldChar", fldCharType="end"))] if rang == fin else ()),
            )
        )
    galerie = el(
        "sdtPr",
        el("docPartObj", el("docPartGallery", val="Table of Contents"), el("docPartUnique")),
    )
    return el("sdt", galerie, el("sdtContent", paragraphe("TOCHeading", *run("Sommaire")), *lignes))


def marquer(paragraphe_titre: Any, rang: int) -> None:
    """Puts the bookmark of the heading of that rank around its words."""
    debut = el("bookmarkStart", id=str(rang), name=signet(rang))
    paragraphe_titre.insert(1, debut)
    paragraphe_titre.append(el("bookmarkEnd", id=str(rang)))
