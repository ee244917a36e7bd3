"""The Pièces page where a piece is asked of each ESSMS or of each national entity: what a file covers is said and kept."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.pages.pieces.couverture import DialogueCouverture
from ui.pages.pieces.page import PagePieces


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF of one page."""
    chemin = tmp_path / "résultats.pdf"
    document = Document("a", "A", "", "essai", "essai", (Paragraphe("Maturité"),))
    chemin.write_bytes(rendre(document, JOUR).octets)
    return chemin


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PagePieces:
    """The page of this dossier."""
    fenetre.ouvrir_dossier(dossier.id, Page.PIECES)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.PIECES)
    assert isinstance(page, PagePieces)
    return page


def joindre(page: PagePieces, numero: int, chemin: Path, qtbot: Any) -> None:
    """Attaches a file and selects it."""
    page.joindre(numero, [chemin])
    qtbot.waitUntil(lambda: not page.bandeau.isHidden() and not page.contexte.taches.en_cours, timeout=60_000)
    page.tableau.choisir_numero(numero)
    page.panneau.liste.choisir(0)


def cocher(*cases: tuple[int, int], accepter: bool = True) -> list[str]:
    """Ticks these boxes of the dialog that comes, then closes it; gives what is cut or unnamed in it."""
    vus: list[str] = []

    def regarder() -> None:
        dialogue = next(
            (
                w
                for w in QApplication.topLevelWidgets()
                if isinstance(w, DialogueCouverture) and w.isVisible()
            ),
            None,
        )
        if dialogue is None:
            QTimer.singleShot(20, regarder)
            return
        vus.extend(defauts(dialogue))
        for rang, place in cases:
            case = dialogue.table.item(rang, place)
            assert case is not None
            case.setCheckState(Qt.CheckState.Checked)
        vus.append(dialogue.compte.text())
        dialogue.accept() if accepter else dialogue.reject()

    QTimer.singleShot(20, regarder)
    return vus


def couverts(porte: Porte, dossier: Dossier) -> list[tuple[bool, bool]]:
    """For each ESSMS, whether a file gives its maturity and its security."""
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return [(e.diagnostic_si_id is not None, e.diagnostic_cyber_id is not None) for e in relu.essms]


def test_un_fichier_couvre_des_essms_et_des_genres_en_un_geste(
    fenetre: Fenetre, porte: Porte, exemple: Dossier, pdf: Path, qtbot: Any
) -> None:
    porte.modifier(exemple, campagne_id="2022-centre-val-de-loire")
    page = ouvrir(fenetre, exemple)
    joindre(page, 10, pdf, qtbot)
    assert not page.panneau.b_couvrir.isHidden() and page.panneau.organisme.isHidden()
    n = len(exemple.essms)
    assert not any(any(x) for x in couverts(porte, exemple))

    vus = cocher((0, 1), (1, 2), accepter=False)
    page.panneau.b_couvrir.click()
    assert vus == ["Maturité\u00a0: 1\u00a0ESSMS ; cybersécurité\u00a0: 1\u00a0ESSMS"]
    assert not any(any(x) for x in couverts(porte, exemple)), "ce qui est abandonné ne s’écrit pas"

    cocher((0, 1), (1, 2))
    page.panneau.b_couvrir.click()
    assert couverts(porte, exemple) == [(True, False), (False, True)] + [(False, False)] * (n - 2)
    page.contexte.annuler()
    assert not any(any(x) for x in couverts(porte, exemple))
    page.contexte.refaire()
    assert couverts(porte, exemple)[0] == (True, False)

    # A file that is removed covers nobody any more.
    page.panneau.b_retirer.click()
    assert not any(any(x) for x in couverts(porte, exemple))
    page.contexte.annuler()
    assert couverts(porte, exemple)[:2] == [(True, False), (False, True)]


def test_ailleurs_un_autodiagnostic_est_celui_d_un_organisme(
    fenetre: Fenetre, exemple: Dossier, pdf: Path, qtbot: Any
) -> None:
    page = ouvrir(fenetre, exemple)
    joindre(page, 10, pdf, qtbot)
    assert page.panneau.b_couvrir.isHidden() and not page.panneau.organisme.isHidden()


def test_un_accord_dit_de_quelle_entite_nationale_il_vient(
    fenetre: Fenetre, porte: Porte, exemple: Dossier, pdf: Path, qtbot: Any
) -> None:
    for e, nom in zip(
        exemple.essms, ("Fondation du Lac", "Fondation du Lac", "Union des Îles"), strict=False
    ):
        porte.modifier(e, rattache_entite_nationale=True, entite_nationale=nom)
    page = ouvrir(fenetre, exemple)
    joindre(page, 12, pdf, qtbot)
    champ = page.panneau.entite
    assert not champ.isHidden()
    assert [champ.liste.itemText(i) for i in range(champ.liste.count())] == [
        "À attribuer",
        "Fondation du Lac",
        "Union des Îles",
    ]
    champ.liste.setCurrentIndex(2)
    assert champ.valider()
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None and [f.entite for f in relu.fichiers_de(12)] == ["Union des Îles"]
    page.contexte.annuler()
    relu = dossier_vivant(porte, exemple.id)
    assert relu is not None and [f.entite for f in relu.fichiers_de(12)] == [""]
