"""No text is ever cut nor covered: every page of the window, long names, 1280×800, usual font and one 25 % larger."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from esms_desktop.store.porte import Porte
from tests.gui import exemples
from tests.gui.marcheur import defauts
from ui import dialogues
from ui.fenetre import Fenetre
from ui.registre import pages
from ui.widgets.libelle import Libelle

ECHELLES = (1.0, 1.25)


def _poser(qtbot: Any, ms: int = 80) -> None:
    qtbot.wait(ms)
    QApplication.processEvents()


@pytest.mark.parametrize("echelle", ECHELLES)
def test_aucun_texte_coupe_dans_un_dossier(
    echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    dossier = exemples.exemple_long(porte)
    for page in pages():
        fenetre.ouvrir_dossier(dossier.id, page.cle)
        _poser(qtbot)
        assert (fenetre.width(), fenetre.height()) == (1280, 800)
        assert [(page.cle, d) for d in defauts(fenetre)] == []


@pytest.mark.parametrize("echelle", ECHELLES)
@pytest.mark.parametrize("dossiers", [0, 3])
def test_aucun_texte_coupe_dans_le_portefeuille(
    dossiers: int, echelle: float, porte: Porte, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    for i in range(dossiers):
        exemples.exemple_long(porte, f"Dossier {i + 1}")
    _poser(qtbot)
    qtbot.waitUntil(lambda: fenetre.portefeuille.examine)
    _poser(qtbot)
    assert (fenetre.width(), fenetre.height()) == (1280, 800)
    assert defauts(fenetre) == []


@pytest.mark.parametrize("echelle", ECHELLES)
@pytest.mark.parametrize("ouvrir", ["nouveau_finess", "nouveau_vide", "aide", "campagnes"])
def test_aucun_texte_coupe_dans_les_dialogues(
    ouvrir: str, echelle: float, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    if ouvrir in ("aide", "campagnes"):
        getattr(dialogues, f"montrer_{ouvrir}")(fenetre)
    else:
        getattr(fenetre, ouvrir)()
    _poser(qtbot)
    dialogue = fenetre.findChild(QDialog)
    assert dialogue is not None and dialogue.isVisible()
    trouves = defauts(dialogue)
    dialogue.reject()
    assert trouves == []


@pytest.mark.parametrize("echelle", ECHELLES)
def test_aucun_texte_coupe_quand_la_base_ne_s_ouvre_pas(
    echelle: float, fenetre: Fenetre, habillee: Any, qtbot: Any
) -> None:
    habillee(echelle)
    fenetre.montrer_echec(
        "Ce fichier n’est pas une base ESMS Desktop : il commence par autre chose que ce qu’elle écrit.",
        "Choisissez un autre fichier, ou retrouvez la base dans une sauvegarde.",
        "/home/une-personne/Documents/Dossiers numériques/"
        + "un-nom-de-fichier-interminable" * 4
        + ".sqlite",
        lambda: None,
    )
    _poser(qtbot)
    assert defauts(fenetre) == []


@pytest.fixture
def cadre(qtbot: Any, habillee: Any) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    return widget


def test_le_marcheur_voit_un_texte_coupe(cadre: QWidget) -> None:
    label = QLabel("Un texte bien plus large que la place qu’on lui donne", cadre)
    label.setGeometry(0, 0, 80, 20)
    bouton = QPushButton("Ouvrir la fiche de la MAS Les Tilleuls", cadre)
    bouton.setGeometry(0, 60, 90, 30)
    ligne = QLineEdit(cadre)
    ligne.setPlaceholderText("Une indication qui ne tient pas dans le champ")
    ligne.setGeometry(0, 120, 90, 34)
    cadre.show()
    trouves = defauts(cadre, delai=0)
    assert {t.split(" ")[0] for t in trouves} == {"QLabel", "QPushButton", "QLineEdit"}


def test_le_marcheur_voit_un_texte_trop_haut(cadre: QWidget) -> None:
    label = Libelle("Ce texte va à la ligne plusieurs fois, et il lui manque de la hauteur.")
    label.setParent(cadre)
    label.setGeometry(0, 0, 120, 24)
    cadre.show()
    assert len(defauts(cadre, delai=0)) == 1
    assert "hauteur" in defauts(cadre, delai=0)[0]


def test_le_marcheur_voit_un_chevauchement_et_un_debordement(cadre: QWidget) -> None:
    for x, texte in ((0, "Un"), (5, "Deux")):
        QLabel(texte, cadre).setGeometry(x, 0, 60, 30)
    QLabel("Dehors", cadre).setGeometry(270, 100, 90, 30)
    cadre.show()
    trouves = defauts(cadre, delai=0)
    assert len(trouves) == 2
    assert any("se chevauchent" in t for t in trouves) and any("sort de" in t for t in trouves)


def test_le_marcheur_se_tait_quand_tout_se_lit(cadre: QWidget) -> None:
    rangee = QHBoxLayout(cadre)
    rangee.addWidget(Libelle("Un texte qui va à la ligne tant qu’il le faut pour être lu en entier."))
    rangee.addWidget(QPushButton("Corriger"), 0, Qt.AlignmentFlag.AlignTop)
    cadre.show()
    assert defauts(cadre) == []
