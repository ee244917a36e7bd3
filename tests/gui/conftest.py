"""What the window tests share: a real QApplication, a real encrypted base, sample dossiers, a fixed day."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.model import Dossier
from esms_desktop.store.porte import Porte
from tests.gui import exemples
from tests.gui.poste import poste as poste
from ui import theme
from ui.contexte import Contexte
from ui.fenetre import Fenetre

JOUR = date(2023, 6, 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt says of its offscreen platform, at each window shown, that it has no screen to hint: that is no fault of ours."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(autouse=True)
def reglages_a_part(tmp_path: Path, qapp: QApplication) -> Iterator[None]:
    """Settings of the person are neither read nor written; a program asked to end leaves the next test alone."""
    QCoreApplication.setOrganizationName("esms-desktop-essai")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "reglages"))
    yield
    # Asked while no loop runs, the end would end at once each loop to come: one that runs takes it.
    QTimer.singleShot(0, qapp.quit)
    qapp.exec()


@pytest.fixture(autouse=True)
def rien_n_attend(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window that closes with a refused text would wait for an answer: it is kept. The tests of that question say otherwise."""
    monkeypatch.setattr("ui.frappe.saisies.SaisiesDeFenetre._question", lambda *_a, **_k: True)


@pytest.fixture(scope="session")
def fondue(qapp: QApplication) -> QApplication:
    """The application in its language, its style and its font; a font registered again empties the caches of Qt."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    qapp.setStyle("Fusion")
    theme.charger_police()
    return qapp


@pytest.fixture
def habillee(fondue: QApplication) -> Callable[..., QApplication]:
    """Gives the application its font and colours; the test that looks at what is drawn calls it, for the style sheet.

    The windows made before the call wear the sheet. It lengthens the building of a page, and changes nothing of what it does.
    """

    def habiller(echelle: float = 1.0, sombre: bool = False) -> QApplication:
        theme.appliquer(fondue, echelle, sombre)
        for fenetre in fondue.topLevelWidgets():
            if fenetre.parentWidget() is None:
                theme.habiller(fenetre)
        return fondue

    theme.teinter(fondue, 1.0, False)
    return habiller


@pytest.fixture
def contexte(porte: Porte, habillee: Any) -> Iterator[Contexte]:
    """The context of the pages, on the fixed day, without a window."""
    c = Contexte(porte, lambda: JOUR)
    yield c
    c.fil.arreter()
    c.taches.attendre()


@pytest.fixture
def exemple(porte: Porte) -> Dossier:
    """A usual dossier, saved."""
    return exemples.exemple(porte)


@pytest.fixture
def exemple_long(porte: Porte) -> Dossier:
    """A dossier whose every name is long, saved."""
    return exemples.exemple_long(porte)


@pytest.fixture
def fenetre(porte: Porte, habillee: Any, qtbot: Any) -> Iterator[Fenetre]:
    """The whole window on that base, at 1280×800, its portfolio shown."""
    f = Fenetre()
    f.resize(1280, 800)
    f.show()
    f.installer(Contexte(porte, lambda: JOUR, f))
    qtbot.waitUntil(lambda: f.portefeuille is not None and f.portefeuille.examine)
    yield f
    if f.contexte is not None:
        f.contexte.taches.arreter()
        f.contexte.fil.arreter()
    # What a test left half typed is not asked about: nobody is there to answer.
    f.finir()
    f.close()
    f.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
