"""Any dossier a person may enter is drawn in PDF, Word and Excel, filed and proved; other readers open what was written."""

import io
import json
import os
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.galis import fiche, tsv
from esms_desktop.depot.liste_depot import etapes
from esms_desktop.depot.preflight import preflight
from esms_desktop.depot.publication import Depot
from esms_desktop.documents.arbre.arbre import Document, deposee, empreinte
from esms_desktop.documents.catalogue import produire, tous
from esms_desktop.documents.classeur.classeurs import classeur_de
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import ErreurDepot, ErreurSaisie
from esms_desktop.gestes.deposer import deposer_dossier
from esms_desktop.gestes.planning.exporter import FormatPlanning
from esms_desktop.gestes.planning.exporter import produire as produire_planning
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.dossier.pieces import a_deposer
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from tests.documents.jetons_entiers import attendus, casses
from tests.fiabilite.dossiers import construire
from tests.fiabilite.recettes import GRANDES, PETITES, Recette, reduire, tirer
from tests.fiabilite.valeurs import JOUR

FIABILITE = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"
# A dozen small dossiers, every campaign and both types among them; 500 of any size when asked, of each campaign and type, others
# with another first seed.
_TOUS = [(c, t) for c in identifiants() for t in TypeProjet]
GENRES = _TOUS if FIABILITE else [*_TOUS[::4], *_TOUS[1::4], *_TOUS[3::4]][:12]
PREMIERE = int(os.environ.get("ESMS_DESKTOP_GRAINE", "0"))
GRAINES = range(PREMIERE, PREMIERE + (-(-500 // len(GENRES)) if FIABILITE else 1))
CAS = [(c, t, graine) for graine in GRAINES for c, t in GENRES]


def _relire(nom: str, octets: bytes) -> None:
    """Has another program open what was written."""
    if nom.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(octets)) as pdf:
            assert pdf.check_pdf_syntax() == [] and len(pdf.pages) > 0, nom
    elif nom.endswith(".docx"):
        assert docx.Document(io.BytesIO(octets)).element.body is not None
    elif nom.endswith(".xlsx"):
        assert openpyxl.load_workbook(io.BytesIO(octets)).sheetnames


def _relire_depot(depot: Depot, arbres: dict[str, Document], entiers: bool) -> set[str]:
    """Opens every file of the filing and reads its own documents back; answers the fingerprints of those it drew.

    Args:
        entiers: no identifier, amount or date may stand on two lines.
    """
    manifeste = json.loads(depot.manifeste.read_bytes())
    assert manifeste["copies_perdues"] == [] and depot.constats == ()
    dessines: set[str] = set()
    with zipfile.ZipFile(depot.zip) as archive:
        assert archive.testzip() is None
        for nom in archive.namelist():
            if not nom.startswith("originaux/"):
                _relire(nom, archive.read(nom))
        for piece in [manifeste["fiche_de_recevabilite"], *manifeste["pieces"]]:
            empreintes = [g["empreinte"] for g in piece["generes"]]
            dessines.update(empreintes)
            attendu = attendus(*(deposee(arbres[e]) for e in empreintes))
            if entiers:
                assert casses(archive.read(piece["fichier"]), attendu) == {}, piece["titre"]
    return dessines


def _dessiner(dossier: Dossier, campagne: Campagne, document: Document, entiers: bool) -> None:
    """Draws a document in its three formats, opened again and read back."""
    pdf = rendre(document, JOUR).octets
    _relire(f"{document.code}.pdf", pdf)
    if entiers:
        assert casses(pdf, attendus(document)) == {}, document.titre
    _relire(f"{document.code}.docx", rendre_docx(document, JOUR))
    classeur = classeur_de(document.code, dossier, campagne, JOUR)
    if classeur is not None:
        _relire(f"{document.code}.xlsx", rendre_xlsx(classeur, JOUR))


def _exporter(dossier: Dossier) -> None:
    """What else leaves the application: the findings, the copy sheet of GALIS, the planning in its four formats."""
    campagne = charger(dossier.campagne_id)
    examen = verifier_dossier(dossier, JOUR)
    assert preflight(dossier, campagne, JOUR, examen) and etapes(dossier, campagne, JOUR)
    assert all("\x00" not in tsv(ecran) for ecran in fiche(dossier, campagne, JOUR))
    for format_ in FormatPlanning if dossier.taches else ():
        with suppress(ErreurSaisie):
            _relire(f"planning.{format_.value}", produire_planning(dossier, campagne, JOUR, format_))


def deposer_et_relire(recette: Recette) -> None:
    """The property, for one recipe."""
    with tempfile.TemporaryDirectory() as ailleurs:
        atelier = Path(ailleurs)
        (atelier / "pieces").mkdir()
        with ouvrir(atelier / "base.sqlite", cle_jetable()) as porte:
            dossier = construire(porte, recette, atelier / "pieces")
            campagne = charger(recette.campagne)
            produits = [produire(g.code, dossier, campagne, JOUR, og) for g, og in tous(dossier)]
            arbres = {empreinte(document): document for document in produits}
            deposes: set[str] = set()
            if a_deposer(campagne):
                depot = deposer_dossier(porte, dossier, atelier / "sortie", JOUR)
                assert depot.preuve.controles and len(dossier.depots) == 1
                deposes = _relire_depot(depot, arbres, recette.relisible)
            else:
                # A campaign that asks no piece is told so, and nothing is written.
                with pytest.raises(ErreurDepot, match="ne demande aucune pièce"):
                    deposer_dossier(porte, dossier, atelier / "sortie", JOUR)
                assert not (atelier / "sortie").exists()
            # The filing does not hold those that attached files replace, nor those for the person only.
            for cle in arbres.keys() - deposes:
                _dessiner(dossier, campagne, arbres[cle], recette.relisible)
            _exporter(dossier)


@pytest.mark.parametrize(("campagne", "type_projet", "graine"), CAS, ids=lambda v: str(v))
def test_any_dossier_is_drawn_filed_and_proved(campagne: str, type_projet: TypeProjet, graine: int) -> None:
    recette = tirer(campagne, type_projet, GRANDES if FIABILITE else PETITES, graine)
    try:
        deposer_et_relire(recette)
    except Exception as erreur:
        classe = type(erreur)
        if FIABILITE:
            recette = reduire(recette, lambda r: _echoue(r, classe))
        erreur.add_note(f"Pour le revoir : deposer_et_relire({recette!r})")
        raise


def _echoue(recette: Recette, classe: type[Exception]) -> bool:
    try:
        deposer_et_relire(recette)
    except classe:
        return True
    except Exception:
        # Another fault, which a recipe of its own will find.
        return False
    return False


def test_a_failure_is_brought_down_to_the_fewest_things() -> None:
    grande = tirer("2022", TypeProjet.ACQUISITION, GRANDES, 5)
    grande = replace(grande, essms=150, noms=("long", "emoji", "arabe"))
    petite = reduire(grande, lambda r: r.essms > 30 and "emoji" in r.noms)
    assert 30 < petite.essms <= 75 and petite.noms == ("emoji",)
    assert (petite.ogs, petite.vagues, petite.couts, petite.plan_type) == (0, 0, 0, False)
