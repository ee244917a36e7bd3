"""How large the letters of the papers to sign are, read back from the files: ten points, nine in tables."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
import pypdfium2
import pytest
from pypdfium2 import raw

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Document, Tableau, de_travail, deposee, texte_brut
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier

from .outils import JOUR, fabriquer
from .test_inconnu import annuaire

CORPS, TABLEAU = 10.0, 9.0


def _mots(octets: bytes, haut: float, bas: float) -> Iterator[tuple[str, float]]:
    """The words between the head and the foot of each page, with the size of their smallest letter."""
    with pypdfium2.PdfDocument(octets) as pdf:
        for page in pdf:
            textes = page.get_textpage()
            mot, taille = "", 1000.0
            for i in range(textes.count_chars()):
                # A hyphen at the end of a line has a code of its own.
                c = chr(raw.FPDFText_GetUnicode(textes, i)).replace("\x02", "-")
                y = textes.get_charbox(i)[1]
                if c.isspace() or not bas - 4 < y < s.PAGE_H - haut + 4:
                    if mot:
                        yield mot, taille
                    mot, taille = "", 1000.0
                else:
                    mot, taille = mot + c, min(taille, raw.FPDFText_GetFontSize(textes, i))
            if mot:
                yield mot, taille


def _des_tableaux(document: Document) -> set[str]:
    tableaux = [b for b in (*document.blocs, *(document.etroit or ())) if isinstance(b, Tableau)]
    cellules = [c for t in tableaux for ligne in (*t.lignes, *((t.total,) if t.total else ())) for c in ligne]
    textes = [*(texte_brut(c) for c in cellules), *(c.entete for t in tableaux for c in t.colonnes)]
    return {mot for texte in textes for mot in re.split(r"[\s\u00a0\u202f]+", texte)} | {"—"}


def _a_signer(dossier: Dossier) -> Iterator[Document]:
    campagne = charger(dossier.campagne_id)
    for genere, og in catalogue.tous(dossier):
        if genere.a_signer:
            document = catalogue.produire(genere.code, dossier, campagne, JOUR, og)
            yield deposee(document)
            yield de_travail(document)


def _long() -> Dossier:
    """Names and amounts so long that tables have little room."""
    d = fabriquer(2, 12)
    for og in d.ogs:
        og.nom = (
            f"Association départementale des parents et amis d’enfants inadaptés du Val de Sèvre n° {og.id}"
        )
        og.dpo_courriel = "delegue.a.la.protection.des.donnees@association-departementale.example"
    for e in d.essms:
        e.nom, e.commune = f"Établissement d’hébergement intercommunal {e.id}", "Saint-Germain-lès-Corbeil"
    return d


@pytest.mark.parametrize("dossier", [fabriquer(), fabriquer(1, 20), _long(), annuaire()])
def test_papers_to_sign_are_read_without_glasses(dossier: Dossier) -> None:
    for document in _a_signer(dossier):
        haut = s.HAUT_LETTRE if document.lettre else s.MARGE_HAUT
        bas = s.BAS_LETTRE if document.lettre else s.MARGE_BAS
        tailles = list(_mots(rendre(document, JOUR).octets, haut, bas))
        assert len(tailles) > 50
        assert min(taille for _, taille in tailles) >= TABLEAU
        permis = _des_tableaux(document)
        petits = {mot for mot, taille in tailles if taille < CORPS and not any(mot in x for x in permis)}
        assert not petits


def test_so_are_their_word_copies() -> None:
    for document in _a_signer(fabriquer()):
        fichier = docx.Document(BytesIO(rendre_docx(document, JOUR)))
        tailles = {style.style_id: style.font.size for style in fichier.styles if hasattr(style, "font")}
        for paragraphe in fichier.element.body.iter("{*}p"):
            if not "".join(paragraphe.itertext()).strip():
                continue
            style = paragraphe.style or "Normal"
            en_tableau = any("tbl" in a.tag for a in paragraphe.iterancestors())
            taille = tailles[style]
            assert taille is not None
            assert taille.pt >= (TABLEAU if en_tableau and style.startswith("Cellule") else CORPS), style
            assert not list(paragraphe.iter("{*}sz")), "a size of its own"
