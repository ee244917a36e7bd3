"""An error nobody foresaw, wherever it comes from in the window: the log, one message, and the window goes on."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from sqlcipher3.dbapi2 import DatabaseError

from esms_desktop.errors import ErreurBase
from ui import journalisation


@pytest.fixture
def veille(monkeypatch: pytest.MonkeyPatch, qtbot: object) -> Iterator[None]:
    """The watch as the application sets it, taken away afterwards with its log."""
    for module, crochet in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, crochet, getattr(module, crochet))
    monkeypatch.setattr(logging, "raiseExceptions", False)
    garde = list(logging.getLogger().handlers)
    journalisation.surveiller()
    yield
    for sortie in logging.getLogger().handlers[:]:
        if sortie not in garde:
            logging.getLogger().removeHandler(sortie)
            sortie.close()


def _echouer() -> None:
    raise IndexError("le détail")


class _Toile(QWidget):
    """A widget that cannot be painted."""

    def paintEvent(self, _: QPaintEvent) -> None:
        _echouer()


def _peindre() -> None:
    QTimer.singleShot(0, lambda: _Toile().grab())


def _dans_un_fil() -> None:
    fil = threading.Thread(target=_echouer)
    fil.start()
    fil.join()


def _boites() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def _bouton(boite: QMessageBox, texte: str) -> QPushButton:
    return next(b for b in boite.findChildren(QPushButton) if b.text().replace("&", "") == texte)


def _journal() -> str:
    (sortie,) = (h for h in logging.getLogger().handlers if isinstance(h, RotatingFileHandler))
    return Path(sortie.baseFilename).read_text(encoding="utf-8")


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize(
    "faute",
    [lambda: QTimer.singleShot(0, _echouer), _peindre, _dans_un_fil],
    ids=["geste", "peinture", "fil"],
)
def test_an_unforeseen_error_is_told_once_and_stops_nothing(
    qtbot: object, veille: None, faute: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    faute()
    qtbot.waitUntil(lambda: len(_boites()) == 1)  # type: ignore[attr-defined]
    (boite,) = _boites()
    assert "erreur imprévue" in boite.text() and "journal" in boite.informativeText()
    # Others meanwhile are for the log: no pile of messages.
    QTimer.singleShot(0, _echouer)
    qtbot.waitUntil(lambda: _journal().count("CRITICAL") >= 2)  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert _boites() == [boite]
    _bouton(boite, "Copier le détail").click()
    copie = QGuiApplication.clipboard().text()
    assert copie.startswith("Traceback") and "le détail" in copie
    assert boite.isVisible() and _bouton(boite, "Ouvrir le journal").isEnabled()
    _bouton(boite, "Continuer").click()
    assert _boites() == []
    dit = capsys.readouterr().err
    assert "Traceback" not in dit and "Erreur imprévue (IndexError)" in dit
    # The next one is told again.
    QTimer.singleShot(0, _echouer)
    qtbot.waitUntil(lambda: len(_boites()) == 1)  # type: ignore[attr-defined]
    _boites()[0].accept()


@pytest.mark.qt_no_exception_capture
def test_what_fails_in_a_destructor_goes_to_the_log_only(qtbot: object, veille: None) -> None:
    class Fragile:
        def __del__(self) -> None:
            _echouer()

    journalisation.installer()
    Fragile()
    assert "IndexError: le détail" in _journal()
    QApplication.processEvents()
    assert _boites() == []


def _base_illisible() -> None:
    raise DatabaseError("database disk image is malformed")


def _disque_refuse() -> None:
    raise ErreurBase(
        "Le disque est plein\u00a0: rien n’a été enregistré.", "Libérez de la place puis recommencez."
    )


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize(
    ("faute", "dit"), [(_base_illisible, "La base est abîmée"), (_disque_refuse, "Le disque est plein")]
)
def test_what_the_base_refuses_is_never_unforeseen(
    qtbot: object, veille: None, faute: Callable[[], object], dit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    QTimer.singleShot(0, faute)
    qtbot.waitUntil(lambda: len(_boites()) == 1)  # type: ignore[attr-defined]
    (boite,) = _boites()
    assert dit in boite.text() and boite.informativeText()
    assert "imprévue" not in boite.text() + boite.informativeText() + boite.windowTitle()
    assert "imprévue" not in capsys.readouterr().err
    boite.close()
