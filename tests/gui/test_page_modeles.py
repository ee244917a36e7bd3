"""The person's Word templates in the window: kept, judged, filled, taken away, undone; the fields they may hold."""

from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QApplication

from esms_desktop.documents.gabarit_word import champs_disponibles
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import MODELE_WORD
from tests.documents.test_gabarit_word import modele
from tests.gui.marcheur import defauts
from tests.gui.test_page_documents import ouvrir
from ui.fenetre import Fenetre
from ui.pages.documents.page import PageDocuments

_MODELES = 2


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDocuments:
    """The templates of the sample dossier, in the window."""
    page = ouvrir(fenetre, exemple)
    page.montrer(_MODELES)
    QApplication.processEvents()
    return page


@pytest.fixture
def gabarit(tmp_path: Path) -> Path:
    chemin = tmp_path / "Convention type.docx"
    chemin.write_bytes(modele("{porteur.nom}", "{og.nom}", "{porteur.nomm}"))
    return chemin


def gardes(page: PageDocuments) -> list[str]:
    return [f.nom for f in page.lecture().dossier.fichiers_de(MODELE_WORD)]


def test_sans_modele_la_page_dit_a_quoi_elle_sert(page: PageDocuments) -> None:
    m = page.modeles
    assert m.isVisible() and m.vide.isVisible() and m.b_ajouter.isVisible()
    assert not any(w.isVisible() for w in (m.tableau, m.b_remplir, m.b_retirer, m.pour))
    assert m.champs.rowCount() == len(champs_disponibles())
    m.recherche.setText("siret")
    assert 0 < m.liste.model().rowCount() < 5
    assert not defauts(page), defauts(page)


def test_un_modele_se_garde_se_juge_se_retire_et_revient(page: PageDocuments, gabarit: Path) -> None:
    m = page.modeles
    m.garder(gabarit)
    QApplication.processEvents()
    assert gardes(page) == ["Convention type.docx"]
    assert not m.vide.isVisible() and m.badge.texte == "1\u00a0champ inconnu"
    dit = m.detail.text().replace("\u00a0", " ")
    assert "{porteur.nomm} n’existe pas ; peut-être {porteur.nom}" in dit
    assert "ce document ne concerne pas un seul organisme" in dit
    m.og.setCurrentIndex(1)
    assert "ne concerne pas un seul organisme" not in m.detail.text()
    m.retirer()
    QApplication.processEvents()
    assert gardes(page) == [] and m.vide.isVisible()
    page.contexte.annuler()
    QApplication.processEvents()
    assert gardes(page) == ["Convention type.docx"]
    page.bandeau.hide()
    assert not defauts(page), defauts(page)


def test_un_modele_rempli_dit_ce_qui_reste(page: PageDocuments, gabarit: Path, tmp_path: Path) -> None:
    m = page.modeles
    m.garder(gabarit)
    QApplication.processEvents()
    m.og.setCurrentIndex(2)
    sortie = tmp_path / "rempli.docx"
    m.remplir_vers(sortie)
    dossier = page.lecture().dossier
    textes = [p.text.replace("\u00a0", " ") for p in docx.Document(str(sortie)).paragraphs]
    attendus = [dossier.porteur.nom, dossier.ogs[1].nom, "{porteur.nomm}"] if dossier.porteur else []
    assert textes == [t.replace("\u00a0", " ") for t in attendus]
    assert "1 champ inconnu" in page.bandeau.texte.text().replace("\u00a0", " ").replace("\u200b", "")
    # What the dossier says since is what is filled.
    assert dossier.porteur is not None
    page.contexte.modifier(dossier.porteur, nom="Association rebaptisée")
    QApplication.processEvents()
    m.remplir_vers(sortie)
    assert docx.Document(str(sortie)).paragraphs[0].text == "Association rebaptisée"


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("vieux.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format"),
        ("rien.docx", None, "il n’existe pas"),
    ],
)
def test_un_modele_refuse_ne_se_garde_pas(
    page: PageDocuments, tmp_path: Path, nom: str, octets: bytes | None, dit: str
) -> None:
    if octets is not None:
        (tmp_path / nom).write_bytes(octets)
    page.modeles.garder(tmp_path / nom)
    assert dit in page.bandeau.texte.text().replace("\u200b", "")
    assert gardes(page) == []


def test_un_document_qui_ne_s_ecrit_pas_le_dit(page: PageDocuments, gabarit: Path, tmp_path: Path) -> None:
    page.modeles.garder(gabarit)
    QApplication.processEvents()
    page.modeles.remplir_vers(tmp_path / "pas" / "là.docx")
    assert "n’a pas pu être écrit" in page.bandeau.texte.text().replace("\u200b", "")
