"""How much room is asked for before each group of a page, so that what goes together stays together."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from esms_desktop.documents import risques_figures
from esms_desktop.documents.arbre.arbre import (
    Barre,
    Bloc,
    BlocSignature,
    Colonne,
    Encadre,
    Espace,
    Frise,
    Liste,
    Paragraphe,
    SautPage,
    Tableau,
    Titre,
)
from esms_desktop.documents.gantt import figure as gantt_figure
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.documents.pdf import blocs as blocs_pdf
from esms_desktop.documents.pdf import frise as frise_pdf
from esms_desktop.documents.pdf import risques as risques_pdf
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf import tableau as tableau_pdf
from esms_desktop.documents.pdf.enchainement import enchainer
from esms_desktop.documents.pdf.morceaux import BlancPdf
from esms_desktop.documents.pdf.polices import Nettoyeur
from esms_desktop.regles.planning.planning import lire as lire_planning
from tests.attendus import comparer

from .blocs import PHRASE, TOUS
from .outils import fabriquer
from .plans import planifier
from .risques_outils import ajouter, remplir

ATTENDUS = Path(__file__).parent / "attendus"
COURT, MOYEN, LONG = Paragraphe(PHRASE), Paragraphe(PHRASE * 5), Paragraphe(PHRASE * 14)
NOTE = Paragraphe("Une note.", discret=True)
NOTES = Paragraphe(PHRASE * 3, discret=True)
LISTE = Liste((PHRASE, PHRASE * 3, "trois"))
SIGNE = BlocSignature("Association Une", "Camille Roy", "Présidente", "Porteur")
FRISE = next(b for b in TOUS["frise"]() if isinstance(b, Frise))


def tableau(rangs: int, total: bool = False, phrases: int = 0) -> Tableau:
    lignes = tuple((str(i), PHRASE * phrases or "x") for i in range(rangs))
    return Tableau((Colonne("Rang"), Colonne("Nom", 3)), lignes, ("Total", "9") if total else None)


CAS: dict[str, tuple[Bloc, ...]] = {
    "textes": (COURT, MOYEN, LONG),
    "titre puis texte": (Titre(1, "Un"), COURT, Titre(2, "Deux"), LONG),
    "titres à la suite": (Titre(1, "Un"), Titre(2, "Deux"), Titre(3, "Trois"), MOYEN),
    "chapeau entre deux titres": (Titre(1, "Un"), COURT, Titre(2, "Deux"), MOYEN),
    "chapeau trop long": (Titre(1, "Un"), MOYEN, Titre(2, "Deux"), MOYEN),
    "pas de chapeau entre titres de même rang": (Titre(2, "Un"), COURT, Titre(2, "Deux"), MOYEN),
    "pas de chapeau vers un titre plus haut": (Titre(3, "Un"), COURT, Titre(2, "Deux"), MOYEN),
    "chapeau qui est une liste": (Titre(1, "Un"), LISTE, Titre(2, "Deux"), MOYEN),
    "annonce d’un tableau": (COURT, tableau(3), COURT, tableau(60)),
    "annonce trop longue": (MOYEN, tableau(3)),
    "annonce d’une liste": (COURT, LISTE),
    "annonce d’une frise": (COURT, FRISE),
    "titre d’un tableau": (Titre(1, "Un"), COURT, tableau(2, total=True)),
    "liste puis texte": (LISTE, COURT),
    "liste d’un élément": (COURT, Liste((PHRASE,)), COURT),
    "note sous un tableau": (tableau(4), NOTE),
    "note sous un long tableau": (COURT, tableau(60, total=True), NOTES),
    "note sous un texte": (COURT, NOTE),
    "note sous un texte long": (LONG, NOTE),
    "note sous un texte plus long": (Paragraphe(PHRASE * 30), NOTE),
    "note sous une liste": (LISTE, NOTE),
    "note sous un titre": (Titre(1, "Un"), NOTE, COURT),
    "note sous un encadré": (Encadre("info", PHRASE), NOTE),
    "encadré annoncé": (COURT, Encadre("alerte", PHRASE * 3), COURT),
    "signatures seules": (SIGNE,),
    "signatures sous un texte": (COURT, SIGNE),
    "signatures sous des textes": (LONG, MOYEN, COURT, SIGNE),
    "signatures sous un article": (COURT, Titre(1, "Un"), COURT, SIGNE),
    "signatures sous deux articles": (Titre(1, "Un"), COURT, Titre(1, "Deux"), COURT, COURT, SIGNE),
    "signatures sous un titre": (MOYEN, Titre(1, "Signatures"), SIGNE),
    "signatures sous une liste": (COURT, LISTE, COURT, SIGNE),
    "signatures sous un tableau": (COURT, tableau(2), SIGNE),
    "signatures sous un texte d’une page": (COURT, Paragraphe(PHRASE * 42), SIGNE),
    "signatures sur une page presque": (COURT, *(SIGNE,) * 8),
    "signatures sur deux pages": (COURT, *(SIGNE,) * 10),
    "signatures suivies": (SIGNE, COURT, COURT),
    "page neuve": (COURT, SautPage(), COURT, Espace(30), COURT),
    "texte d’une page": (Titre(1, "Un"), Encadre("info", PHRASE * 48), COURT),
}


def groupes(blocs: tuple[Bloc, ...]) -> Iterator[list[Flowable]]:
    nettoyer = Nettoyeur(arabe=True)
    signatures = [b for b in blocs if isinstance(b, BlocSignature)]
    for bloc in blocs:
        match bloc:
            case Titre():
                yield [blocs_pdf.titre(bloc, nettoyer)]
            case Paragraphe():
                yield [blocs_pdf.paragraphe(bloc, nettoyer)]
            case Liste():
                yield list(blocs_pdf.liste(bloc, nettoyer))
            case Encadre():
                yield [blocs_pdf.encadre(bloc, nettoyer)]
            case Tableau():
                yield [dessin for _, dessin in tableau_pdf.composer(bloc, nettoyer)]
            case Frise():
                yield [frise_pdf.composer(bloc, nettoyer)]
            case SautPage():
                yield [PageBreak()]
            case Espace():
                yield [BlancPdf(1, bloc.hauteur)]
            case BlocSignature() if bloc is SIGNE and signatures:
                paires = [signatures[i : i + 2] for i in range(0, len(signatures), 2)]
                signatures = []
                yield [blocs_pdf.SignaturesPdf(p, nettoyer, serre=False) for p in paires]


def dire(flowable: Flowable) -> str:
    if isinstance(flowable, CondPageBreak):
        return f"  place {flowable.height:.2f}"
    if isinstance(flowable, tableau_pdf.TableauPdf) and flowable.suite:
        return f"  TableauPdf, {flowable.suite:.2f} dessous"
    texte = flowable.getPlainText()[:12] if isinstance(flowable, Paragraph) else ""
    hauteur = f" {flowable.height:.0f}" if isinstance(flowable, Spacer) else ""
    return f"  {type(flowable).__name__}{hauteur} {texte}"


def test_la_place_demandee_avant_chaque_groupe() -> None:
    dites = [x for nom, blocs in CAS.items() for x in (nom, *map(dire, enchainer(list(groupes(blocs)))))]
    comparer(ATTENDUS / "enchainement.txt", dites)


@pytest.mark.parametrize("total", [False, True])
def test_ou_se_coupe_un_tableau(total: bool) -> None:
    """For every height left on the page: the rows of each part, and the least that may begin."""
    dites = []
    for rangs in (0, 1, 2, 3, 4, 7, 40):
        for phrases in (0, 3):
            ((_, dessin),) = tableau_pdf.composer(tableau(rangs, total, phrases), Nettoyeur(arabe=True))
            dites.append(
                f"{rangs} rangées de {phrases} phrases : {dessin.height:.1f}, "
                f"au moins {dessin.minimum:.1f}, blanc {dessin.spaceBefore} et {dessin.spaceAfter}"
            )
            pas = [sum(r.hauteur for r in dessin.rangees[:i]) + dessin.entete.hauteur for i in range(6)]
            for reste in sorted({h + e for h in pas for e in (-0.5, 0, 0.5)} | {dessin.height - 1}):
                parts = dessin.couper(reste)
                tailles = ", ".join(
                    f"{len(p.rangees)}{' et le total' if p.total else ''}"
                    for p in parts
                    if isinstance(p, tableau_pdf.TableauPdf)
                )
                dites.append(f"  {reste:.1f} : {tailles or 'rien'}")
            for suite in (0.0, 20.0):
                dessin.suite = suite
                places = (dessin.height - 1, dessin.height, dessin.height + 10, dessin.height + 20)
                demande = ", ".join(f"{dessin.wrap(0, p)[1] - dessin.height:.1f}" for p in places)
                dites.append(f"  {suite:.0f} dessous : {demande}, au moins {dessin.minimum:.1f}")
    comparer(ATTENDUS / f"coupes-tableau{'-total' if total else ''}.txt", dites)


def _carte() -> Flowable:
    d = remplir(fabriquer(3, 14), grappe=4)
    for e in d.essms:
        ajouter(d, "Réseau lent", e, probabilite=2, gravite=2)
    carte = risques_figures.chaleur(d, False)
    return risques_pdf.composer_carte(carte, Nettoyeur(arabe=True))


def _gantt() -> Flowable:
    taches = lire_planning(planifier(45, 20), date(2023, 1, 2)).taches
    dessin = gantt_lignes.gantt(gantt_lignes.lignes(taches, reference=False), None, None, "")
    assert dessin is not None
    return gantt_figure.composer(dessin, Nettoyeur(arabe=True))


def _frise() -> Flowable:
    barres = tuple(Barre(f"Barre {i}", date(2022, 3, 3), date(2023, 2, 1)) for i in range(34))
    return frise_pdf.composer(Frise(date(2022, 1, 1), date(2023, 9, 30), barres), Nettoyeur(arabe=True))


COUPABLES: dict[str, Callable[[], Flowable]] = {
    "paragraphe": lambda: next(groupes((LONG,)))[0],
    "note": lambda: next(groupes((NOTES,)))[0],
    "titre": lambda: next(groupes((Titre(1, PHRASE * 4),)))[0],
    "élément de liste": lambda: next(groupes((Liste((PHRASE * 6,)),)))[0],
    "encadré": lambda: next(groupes((Encadre("alerte", PHRASE * 8),)))[0],
    "tableau": lambda: next(groupes((tableau(30, True),)))[0],
    "frise": _frise,
    "planning": _gantt,
    "carte": _carte,
}


def test_les_morceaux_gardent_le_blanc_de_l_ensemble() -> None:
    """Whatever is cut, in a layout drawn closer: the height of each piece and the white around it."""
    dites = []
    for nom, fabrique in COUPABLES.items():
        dites.append(nom)
        for reste in (20, 45, 90, 150, 300, s.HAUTEUR):
            entier = fabrique()
            if reste == 90:
                entier.spaceBefore, entier.spaceAfter = 1.25, 2.25
            haut = entier.wrap(s.LARGEUR, reste)[1]
            morceaux = [] if haut <= reste else entier.splitOn(Canvas(io.BytesIO()), s.LARGEUR, reste)
            tailles = "".join(
                f" ; {m.wrap(s.LARGEUR, s.HAUTEUR)[1]:.1f}, blanc {m.getSpaceBefore():.2f} et {m.getSpaceAfter():.2f}"
                for m in morceaux
            )
            dites.append(f"  {haut:.1f} dans {reste:.1f}{tailles}")
    comparer(ATTENDUS / "coupes.txt", dites)
