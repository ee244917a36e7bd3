"""Each PDF of six dossiers read back: nothing that is read at one glance on two lines, nothing off the page, letters on one page."""

from collections.abc import Iterator

import pypdfium2
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Document, de_travail, deposee
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.lecture import Og

from .cas import CAS
from .jetons_entiers import attendus, casses


def _documents(cas: str) -> Iterator[tuple[Document, Og | None]]:
    construire, jour = CAS[cas]
    dossier = construire()
    campagne = charger(dossier.campagne_id)
    for genere, og in catalogue.tous(dossier):
        yield catalogue.produire(genere.code, dossier, campagne, jour, og), og


def _defauts(document: Document, og: Og | None, cas: str) -> Iterator[str]:
    for copie in (de_travail(document), deposee(document)):
        rendu = rendre(copie, CAS[cas][1])
        coupes = casses(rendu.octets, attendus(copie))
        if coupes:
            yield f"{document.code} : {coupes}"
        if og is not None and len(og.essms) <= 12 and copie.brouillon is None and rendu.pages > 1:
            yield f"{document.code} de {og.nom} : {rendu.pages} pages"
        with pypdfium2.PdfDocument(rendu.octets) as pdf:
            for numero, page in enumerate(pdf, 1):
                textes = page.get_textpage()
                n = textes.count_chars()
                boites = [textes.get_charbox(i) for i in range(0, n, max(n // 200, 1))]
                hors = [
                    b
                    for b in boites
                    if b[2] > b[0] and not (b[0] > 20 and b[2] < s.PAGE_L - 20 and b[1] > 15)
                ]
                if hors:
                    yield f"{document.code}, page {numero} : {hors[0]} hors de la page"


@pytest.mark.parametrize("cas", CAS)
def test_every_page_of_six_dossiers_is_whole(cas: str) -> None:
    vus = 0
    defauts = []
    for document, og in _documents(cas):
        vus += 1
        defauts += list(_defauts(document, og, cas))
    assert not defauts, "\n".join(defauts)
    assert vus >= 11
