"""A person is found in the files that name her, whatever their kind; what nobody can read there is said."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from esms_desktop.depot.fichiers.texte_joint import texte_de
from esms_desktop.store.personnes import Termes
from tests.depot import fabrique

QUI = Termes("Éloïse Durand", ["eloise@exemple.invalid"])
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _zip(parties: Mapping[str, str | bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in parties.items():
            archive.writestr(nom, contenu)
    return sortie.getvalue()


def _docx(corps: str, **autres: str) -> bytes:
    types = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"
    return _zip(
        {
            "[Content_Types].xml": types,
            "word/document.xml": f"<w:document {_W}><w:body>{corps}</w:body></w:document>",
        }
        | {f"word/{nom}.xml": x for nom, x in autres.items()}
    )


def _note() -> bytes:
    with Pdf.open(io.BytesIO(fabrique.pdf("Rien ici"))) as pdf:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="Voir Éloïse Durand"
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
        return fabrique.enregistrer(pdf)


def _image(format_: str) -> bytes:
    sortie = io.BytesIO()
    Image.new("L", (20, 20), 128).save(sortie, format_)
    return sortie.getvalue()


_COUPE = (
    "<w:p><w:r><w:t>Madame ÉLO</w:t></w:r><w:r><w:t>ÏSE</w:t></w:r><w:r><w:br/><w:t>DURAND</w:t></w:r></w:p>"
)
_NOMMENT = {
    "PDF": lambda: fabrique.pdf("Madame Eloise Durand, cheffe de projet"),
    "note d’un PDF": _note,
    "Word, en trois morceaux": lambda: _docx(_COUPE),
    "auteur d’un commentaire": lambda: _docx(
        "<w:p/>", comments=f'<w:comments {_W}><w:comment w:author="Éloïse Durand"/></w:comments>'
    ),
    "Excel": lambda: _zip({"xl/sharedStrings.xml": "<sst><si><t>eloise@exemple.invalid</t></si></sst>"}),
    "ODT": lambda: _zip({"content.xml": "<text:p>Éloïse<text:s/>Durand</text:p>"}),
    "RTF": lambda: rb"{\rtf1\ansi Madame \'c9lo\'efse {\b Durand}, cheffe}",
    "texte": lambda: "Éloïse Durand\n".encode("cp1252"),
    "archive d’un dépôt": lambda: _zip({"piece-09.pdf": fabrique.pdf("Madame Eloise Durand")}),
    "nom d’un fichier d’une archive": lambda: _zip({"CV Éloïse Durand.pdf": fabrique.pdf("CV")}),
}
_NE_NOMMENT_PAS = {
    "PDF": lambda: fabrique.pdf("Madame Eloise Durandeau"),
    "Word, dans deux paragraphes": lambda: _docx(
        "<w:p><w:r><w:t>Élo</w:t></w:r></w:p><w:p><w:r><w:t>ïse Durand</w:t></w:r></w:p>"
    ),
    "texte": lambda: b"Marie-Louise Durand",
}
_NE_SE_LISENT_PAS = {
    "image": lambda: _image("PNG"),
    "PDF numérisé": lambda: _image("PDF"),
    "PDF abîmé": lambda: fabrique.pdf("x")[:300],
    "archive coupée": lambda: _docx("<w:p/>")[:-40],
    "image dans une archive": lambda: _zip({"a.png": _image("PNG")}),
}


@pytest.mark.parametrize("cas", _NOMMENT)
def test_un_fichier_qui_la_nomme_se_trouve(cas: str) -> None:
    assert QUI.dans_un_long(texte_de(_NOMMENT[cas]()).texte)


@pytest.mark.parametrize("cas", _NE_NOMMENT_PAS)
def test_les_autres_non(cas: str) -> None:
    lu = texte_de(_NE_NOMMENT_PAS[cas]())
    assert not QUI.dans_un_long(lu.texte) and lu.entier


@pytest.mark.parametrize("cas", _NE_SE_LISENT_PAS)
def test_ce_qui_ne_se_lit_pas_est_dit(cas: str) -> None:
    lu = texte_de(_NE_SE_LISENT_PAS[cas]())
    assert not QUI.dans_un_long(lu.texte) and not lu.entier


def test_une_bombe_ne_se_deplie_pas_en_entier() -> None:
    lu = texte_de(_zip({"content.xml": b"<text:p>" + b" " * (80 * 2**20)}))
    assert not lu.entier and lu.lu < 70 * 2**20
