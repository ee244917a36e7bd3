"""A window on a base of its own, opened as a person opens it: with a phrase, on a machine without a keyring."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import keyring
from keyring.backends.fail import Keyring as TrousseauAbsent
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.cles import cle_neuve
from tests.bases import porte_de
from ui.fenetre import Fenetre
from ui.ouverture import ouvrir_dans
from ui.widgets.libelle import Libelle
from ui.widgets.question import Question

PHRASE = "quatre canards sous l’érable"
W = TypeVar("W", bound=QWidget)


@contextmanager
def ouverte(base: Path, monkeypatch: Any) -> Iterator[Fenetre]:
    """The window on `base`, which is made when it is not there."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", PHRASE)
    avant = keyring.get_keyring()
    keyring.set_keyring(TrousseauAbsent())
    f = Fenetre()
    f.resize(1280, 800)
    f.show()
    ouvrir_dans(f, str(base))
    tourner()
    try:
        yield f
    finally:
        if f.contexte is not None:
            f.contexte.taches.arreter()
        f.close()
        f.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        keyring.set_keyring(avant)


def tourner() -> None:
    """Lets the window do what it has put off."""
    for _ in range(3):
        QApplication.processEvents()


def finir(fenetre: Fenetre) -> None:
    """Lets every job beside the window end, and the window hear of it."""
    assert fenetre.contexte is not None and fenetre.contexte.gardes is not None
    for _ in range(3):
        assert fenetre.contexte.taches.attendre(30)
        assert fenetre.contexte.gardes.attendre(30)
        tourner()


def remplir(fenetre: Fenetre, nom: str = "Grappe fictive") -> int:
    """Adds a dossier; answers its id."""
    dossier = Dossier(nom=nom, campagne_id="2022", type_projet=TypeProjet.ACQUISITION)
    assert fenetre.contexte is not None
    porte_de(fenetre.contexte).ajouter(dossier, libelle="Créer")
    return dossier.id


def montre(classe: type[W]) -> W:
    """The dialog of that class that is shown."""
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, classe) and w.isVisible())


def accorder() -> list[str]:
    """Agrees to the next question; answers what it said, once it was asked."""
    dits: list[str] = []

    def essayer() -> None:
        une = next(
            (w for w in QApplication.topLevelWidgets() if isinstance(w, Question) and w.isVisible()), None
        )
        if une is None:
            QTimer.singleShot(5, essayer)
            return
        dits.append(" ".join(x.text() for x in une.findChildren(Libelle)))
        une.accord.click()

    QTimer.singleShot(0, essayer)
    return dits
