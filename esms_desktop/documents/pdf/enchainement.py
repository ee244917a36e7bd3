"""What must stay on the same page: headings with what follows, announcements with their table, signatures with words."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from esms_desktop.documents.gantt import figure as gantt_figure
from esms_desktop.documents.pdf import blocs as blocs_pdf
from esms_desktop.documents.pdf import frise as frise_pdf
from esms_desktop.documents.pdf import organigramme as organigramme_pdf
from esms_desktop.documents.pdf import risques as risques_pdf
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf import tableau as tableau_pdf

# A paragraph lower than this (points) may introduce a table; a longer one stands by itself.
_ANNONCE = 76.0
# As many texts go with the signatures to their page, when it holds them.
_SIGNES = 3


def _hauteur(flowable: Flowable) -> float:
    _, haut = flowable.wrap(s.LARGEUR, s.HAUTEUR)
    return float(haut) + float(flowable.getSpaceBefore()) + float(flowable.getSpaceAfter())


def _amorce(flowable: Flowable) -> float:
    """Height a flowable needs to begin decently at the foot of a page."""
    coupables = (
        tableau_pdf.TableauPdf | frise_pdf.FrisePdf | gantt_figure.GanttPdf | risques_pdf.CarteChaudePdf
    )
    if isinstance(flowable, coupables):
        return flowable.minimum + 4
    if isinstance(flowable, Paragraph) and not isinstance(flowable, blocs_pdf.TitrePdf):
        return min(_hauteur(flowable), 3 * float(flowable.style.leading) + 14)
    return _hauteur(flowable)


def _annonce(groupe: list[Flowable], suivant: list[Flowable]) -> bool:
    """Whether a group is a few words that introduce what follows: the list, the table, the signatures."""
    tete = groupe[0]
    if isinstance(tete, blocs_pdf.TitrePdf) or len(groupe) > 1 or not isinstance(tete, Paragraph):
        return isinstance(tete, blocs_pdf.TitrePdf)
    if isinstance(suivant[0], blocs_pdf.SignaturesPdf):
        return True
    dessins = (
        tableau_pdf.TableauPdf
        | frise_pdf.FrisePdf
        | gantt_figure.GanttPdf
        | organigramme_pdf.EnsemblePdf
        | risques_pdf.MatricesPdf
        | risques_pdf.CarteChaudePdf
    )
    introduit = len(suivant) > 1 or isinstance(suivant[0], dessins) or _deux_points(tete, suivant[0])
    return introduit and _hauteur(tete) < _ANNONCE


def _deux_points(tete: Paragraph, suivant: Flowable) -> bool:
    """Whether some words end with a colon before other words."""
    mots = tete.getPlainText().rstrip()
    return (
        mots.endswith(":") and isinstance(suivant, Paragraph) and not isinstance(suivant, blocs_pdf.TitrePdf)
    )


def _chapeau(avant: Flowable, groupe: list[Flowable], apres: Flowable) -> bool:
    """Whether a group is the few words between a heading and the first of its sub-headings."""
    return (
        isinstance(avant, blocs_pdf.TitrePdf)
        and isinstance(apres, blocs_pdf.TitrePdf)
        and avant.niveau < apres.niveau
        and len(groupe) == 1
        and isinstance(groupe[0], Paragraph)
        and _hauteur(groupe[0]) < _ANNONCE
    )


def _est_note(groupe: list[Flowable]) -> bool:
    """Whether a group is a note set small, which says something of the block before it."""
    tete = groupe[0]
    return len(groupe) == 1 and isinstance(tete, Paragraph) and tete.style.name == "discret"


def _est_liste(groupe: list[Flowable]) -> bool:
    return len(groupe) > 1 and all(isinstance(f, Paragraph) for f in groupe)


def _place(hauteur: float) -> CondPageBreak:
    return CondPageBreak(min(hauteur, s.HAUTEUR - 1))


def _ensemble(groupe: list[Flowable]) -> list[Flowable]:
    """A group whose last item, when it is a list, does not go to the next page without the one before it."""
    if not _est_liste(groupe):
        return groupe
    fin = sum(_hauteur(f) for f in groupe[-2:])
    return [*groupe[:-2], _place(fin), *groupe[-2:]]


def enchainer(groupes: Sequence[list[Flowable]]) -> list[Flowable]:
    """The story. Before each group, room is asked for all that must stay on the same page."""
    histoire: list[Flowable] = []
    # Walking from the end: what the group being added must be kept with, and how high that is.
    lie = 0.0
    suivant: list[Flowable] = [Spacer(1, 0)]
    # Texts kept with the signatures so far; None once they have enough: nobody signs a page without an article on it.
    signes: int | None = None
    precedents: list[list[Flowable]] = [[Spacer(1, 0)], *groupes]
    for rang in range(len(groupes) - 1, -1, -1):
        groupe = groupes[rang]
        note = _hauteur(suivant[0]) if _est_note(suivant) else 0.0
        if note and isinstance(groupe[-1], tableau_pdf.TableauPdf):
            groupe[-1].suite = note + groupe[-1].getSpaceAfter()
        haut = sum(_hauteur(f) for f in groupe)
        titre = isinstance(groupe[0], blocs_pdf.TitrePdf)
        if isinstance(groupe[0], blocs_pdf.SignaturesPdf):
            # All the signatures on one page when one page can hold them and the words before them.
            lie = haut if haut < s.HAUTEUR * 0.85 else _hauteur(groupe[0])
            signes = 0
        elif _annonce(groupe, suivant) or _chapeau(precedents[rang][0], groupe, suivant[0]):
            lie += haut
            signes = None if signes is None or (titre and signes > 1) else signes + (not titre)
        elif (
            signes is not None
            and signes < _SIGNES
            and isinstance(groupe[0], Paragraph)
            and lie + haut < s.HAUTEUR * 0.8
        ):
            lie += haut
            signes += 1
        elif note and len(groupe) == 1 and isinstance(groupe[0], Paragraph) and haut < s.HAUTEUR * 0.3:
            lie = haut + note
            signes = None
        elif _est_liste(groupe):
            lie = sum(_amorce(f) for f in groupe[:2])
            signes = None
        else:
            lie = _amorce(groupe[0])
            signes = None
        neutre = isinstance(groupe[0], PageBreak | Spacer)
        histoire[:0] = groupe if neutre else [_place(lie), *_ensemble(groupe)]
        suivant = groupe
    return histoire
