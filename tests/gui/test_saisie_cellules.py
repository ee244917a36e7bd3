"""What is typed in a cell of a table: saved at each pause, its row staying in its place, taken back by Escape."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from esms_desktop import francais
from esms_desktop.regles.constats import Page
from tests.gui.poste import Poste, pause
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.commun.page import PageDossier
from ui.pages.financement.choix import CelluleChoix
from ui.registre import pages


def _cellule(tableau: Any, ligne: int, colonne: int) -> QLineEdit | None:
    """The line of a cell, open; None when it is not typed in."""
    place, regard = tableau.proxy.index(ligne, colonne), tableau.itemDelegate()
    if not place.flags() & Qt.ItemFlag.ItemIsEditable or tableau.isColumnHidden(colonne):
        return None
    if isinstance(regard, CelluleChoix) and (choix := regard._options(colonne)) is not None and not choix[1]:
        # A closed list.
        return None
    tableau.setCurrentIndex(place)
    tableau.edit(place)
    return next((e for e in tableau.viewport().findChildren(QLineEdit) if e.isVisible()), None)


def test_une_cellule_s_enregistre_a_chaque_pause_et_echap_rend_ce_qui_etait(poste: Poste) -> None:
    page = poste.page(Page.GOUVERNANCE)
    tableau = next(t for t in page.findChildren(TableauSaisie) if t.isVisible() and t.modele.rowCount() > 1)
    tableau.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    avant, cle = tableau.modele.objet(0).nom, tableau.modele.objet(0).id
    dernier = poste.contexte.base.libelle_annuler

    def nom(dossier: Any) -> str:
        return next(c.nom for c in dossier.contacts if c.id == cle)

    for attendu in ("zzz", avant):
        ligne = tableau.proxy.mapFromSource(tableau.modele.index(0, 0)).row()
        editeur = _cellule(tableau, ligne, 0)
        assert editeur is not None
        editeur.selectAll()
        for lettre in ("zz", "z"):
            QTest.keyClicks(editeur, lettre)
            pause(tableau.itemDelegate())
            with poste.ailleurs() as porte:
                lu = porte.lire(poste.dossier_id)
                assert lu is not None and nom(lu) == editeur.text()
            assert editeur.hasFocus() and editeur.cursorPosition() == len(editeur.text())
            # The row stays under the fingers, whatever the order says.
            assert tableau.proxy.mapFromSource(tableau.modele.index(0, 0)).row() == ligne
        if attendu == avant:
            QTest.keyClick(editeur, Qt.Key.Key_Escape)
        else:
            tableau.setFocus()
        QApplication.processEvents()
        assert nom(poste.dossier) == attendu
        rangees = [tableau.proxy.index(r, 0).data() for r in range(tableau.proxy.rowCount())]
        assert rangees == sorted(rangees, key=francais.cle)
        if attendu != avant:
            # One step for the whole visit, none once all of it was taken back.
            poste.contexte.annuler()
            assert nom(poste.dossier) == avant
            assert poste.contexte.base.libelle_annuler == dernier
            QApplication.processEvents()
    assert poste.contexte.base.libelle_annuler == dernier and poste.gardees() == []


def test_enregistrer_en_tapant_ne_ferme_aucune_cellule(poste: Poste) -> None:
    # One base for all the pages: what was typed in one is taken back before the next.
    for cle in (p.cle for p in pages()):
        _taper_dans_les_cellules(poste, poste.page(cle))


def _taper_dans_les_cellules(poste: Poste, page: PageDossier) -> None:
    avant, attente = poste.contexte.base.libelle_annuler, len(poste.gardees())
    for tableau in page.findChildren(TableauSaisie):
        if not tableau.isVisible() or not tableau.proxy.rowCount():
            continue
        for colonne in range(tableau.proxy.columnCount()):
            lignes = (_cellule(tableau, ligne, colonne) for ligne in range(min(tableau.proxy.rowCount(), 3)))
            editeur = next((e for e in lignes if e is not None), None)
            if editeur is None:
                continue
            QTest.keyClicks(editeur, "7")
            texte, titre = editeur.text(), tableau.itemDelegate()._titre
            pause(tableau.itemDelegate())
            assert editeur.isVisible() and editeur.hasFocus() and editeur.text() == texte, titre
            # In the base, or kept beside it.
            assert (tableau.itemDelegate()._ecrit == texte) == (len(poste.gardees()) == attente), titre
            QTest.keyClick(editeur, Qt.Key.Key_Escape)
            QApplication.processEvents()
            assert len(poste.gardees()) == attente, titre
    assert poste.contexte.base.libelle_annuler == avant
