"""A name is shown as it is written, wherever it is shown: never read as a page, never fetched."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, Qt
from PySide6.QtGui import Qt as Texte
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QWidget

from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.registre import pages
from ui.widgets.libelle import bulle
from ui.widgets.question import Boite

UI = Path(__file__).parents[2] / "ui"
PIEGE = '<img src="file:///etc/hostname"><a href="http://exemple.invalid/x">{0}</a>'
# What is shown of a text, and read as a page when it looks like one.
_BULLES = {"setToolTip", "setWhatsThis", "showText"}


def _constante(noeud: ast.expr) -> bool:
    """A text of the program, or one that `bulle` made plain."""
    if isinstance(noeud, ast.Call):
        return isinstance(noeud.func, ast.Name) and noeud.func.id == "bulle"
    if isinstance(noeud, ast.BinOp):
        return _constante(noeud.left) and _constante(noeud.right)
    if isinstance(noeud, ast.IfExp):
        return _constante(noeud.body) and _constante(noeud.orelse)
    return isinstance(noeud, ast.Constant)


def _fautes(arbre: ast.AST) -> Iterator[tuple[int, str]]:
    appeles = {id(n.func) for n in ast.walk(arbre) if isinstance(n, ast.Call)}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Attribute) and noeud.attr in _BULLES and id(noeud) not in appeles:
            # Given to be called with who knows what.
            yield noeud.lineno, noeud.attr
        if not isinstance(noeud, ast.Call):
            continue
        nom = noeud.func.attr if isinstance(noeud.func, ast.Attribute) else getattr(noeud.func, "id", "")
        if nom in _BULLES and not _constante(noeud.args[1 if nom == "showText" else 0]):
            yield noeud.lineno, nom
        if nom in (
            "QLabel",
            "QMessageBox",
            "QTextEdit",
            "QTextBrowser",
            "QTextDocument",
            "QErrorMessage",
            "setHtml",
        ):
            yield noeud.lineno, nom
        if any(m.arg == "riche" for m in noeud.keywords):
            yield noeud.lineno, "riche"


def test_aucun_texte_n_est_donne_a_lire_comme_une_page() -> None:
    fautes = {
        f"{fichier.relative_to(UI)}:{quoi}"
        for fichier in UI.rglob("*.py")
        for _ligne, quoi in _fautes(ast.parse(fichier.read_text(encoding="utf-8")))
    }
    # Its addresses are ours, escaped one by one.
    assert fautes == {"widgets/contacts_campagne.py:riche"}


@pytest.mark.parametrize(
    "code",
    [
        "b.setToolTip(nom)",
        "signal.connect(b.setToolTip)",
        "QLabel(nom)",
        "QToolTip.showText(p, nom, b)",
        'f.setToolTip(f"{x}")',
    ],
)
def test_la_garde_voit_une_faute(code: str) -> None:
    assert list(_fautes(ast.parse(code)))


def test_une_bulle_dit_ce_qui_est_ecrit() -> None:
    assert bulle("Résidence <2> & Cie") == "Résidence <2> & Cie"
    assert "<img" not in bulle(PIEGE)


def test_une_boite_ne_lit_pas_de_page(qapp: QApplication) -> None:
    boite = Boite(QMessageBox.Icon.Question, "Titre", PIEGE, detail=PIEGE)
    assert {e.textFormat() for e in boite.findChildren(QLabel) if e.text()} == {Qt.TextFormat.PlainText}


@pytest.fixture
def fenetre(tmp_path: Path, habillee: Any, qtbot: Any) -> Iterator[tuple[Fenetre, int]]:
    """A window on a dossier whose every text is a trap."""
    with ouvrir(tmp_path / "base.sqlite", cle_jetable()) as porte:
        dossier = porte.relire(creer_exemple(porte))
        changements: list[Any] = []
        for table, lignes in dossier.version.tables.items():
            for cle in lignes:
                ligne = dossier.version.ligne(table, cle)
                champs = {
                    c: PIEGE.format(cle)
                    for c in (
                        "nom",
                        "intitule",
                        "libelle",
                        "notes",
                        "commentaire",
                        "description",
                        "responsable",
                    )
                    if CLASSES[table].colonnes().get(c) is str
                }
                if champs:
                    changements.append((ligne, champs))
        porte.modifier_tous(changements, PIEGE)
        f = Fenetre()
        f.resize(1280, 800)
        f.show()
        f.installer(Contexte(porte, lambda: JOUR, f))
        yield f, dossier.id
        assert f.contexte is not None
        f.contexte.taches.arreter()
        f.close()
        f.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _bulles_d_un_modele(modele: QAbstractItemModel) -> Iterator[str]:
    bulles = Qt.ItemDataRole.ToolTipRole
    for colonne in range(modele.columnCount()):
        yield str(modele.headerData(colonne, Qt.Orientation.Horizontal, bulles) or "")
        for ligne in range(min(modele.rowCount(), 30)):
            yield str(modele.index(ligne, colonne).data(bulles) or "")


def _textes(widget: QWidget) -> Iterator[str]:
    """All that the widget gives to read as a page, were it to look like one."""
    for w in (widget, *widget.findChildren(QWidget)):
        yield from (w.toolTip(), w.whatsThis())
        yield from (a.toolTip() for a in w.actions() if a.toolTip() != a.text().replace("&", ""))
        if isinstance(w, QLabel) and w.textFormat() is not Qt.TextFormat.PlainText:
            yield w.text()
        if isinstance(w, QAbstractItemView) and w.model() is not None:
            yield from _bulles_d_un_modele(w.model())


def test_aucune_page_ne_lit_un_nom(fenetre: tuple[Fenetre, int]) -> None:
    f, cle = fenetre
    assert f.contexte is not None
    for page in (p.cle for p in pages()):
        f.ouvrir_dossier(cle, page)
        f.contexte.fil.finir()
        QApplication.processEvents()
        assert f.dossier is not None and f.dossier.page is not None
        for texte in _textes(f):
            lu = "exemple.invalid" in texte and Texte.mightBeRichText(texte) and "<img" in texte
            assert not lu, (page, texte)
