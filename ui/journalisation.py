"""The log file, and what the person sees when something unforeseen happens."""

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def dossier_journal() -> Path:
    """The folder of the log, made if needed."""
    from platformdirs import user_log_dir

    dossier = Path(user_log_dir("esms-desktop", appauthor=False))
    dossier.mkdir(parents=True, exist_ok=True)
    return dossier


def installer() -> None:
    """Sends the log to a file of 1 MB, three kept; without a writable folder, to the terminal only."""
    # Brings sockets and pickles along: not before the first paint.
    import logging
    from logging.handlers import RotatingFileHandler

    racine = logging.getLogger()
    racine.setLevel(logging.INFO)
    try:
        sortie: logging.Handler = RotatingFileHandler(
            dossier_journal() / "esms-desktop.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        sortie = logging.StreamHandler()
    sortie.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    racine.addHandler(sortie)


def ouvrir_dossier_journal() -> None:
    """Shows the folder of the log in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(dossier_journal())))


def surveiller() -> None:
    """From now on an unforeseen error is logged, and told in one French sentence."""
    sys.excepthook = _imprevu


def _imprevu(classe: type[BaseException], erreur: BaseException, trace: TracebackType | None) -> None:
    if issubclass(classe, KeyboardInterrupt):
        sys.__excepthook__(classe, erreur, trace)
        return
    import logging

    logging.getLogger("esms_desktop").critical("erreur imprévue", exc_info=(classe, erreur, trace))
    sys.__excepthook__(classe, erreur, trace)
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is not None:
        dire_imprevu()


def dire_imprevu() -> None:
    """The dialog: what happened, what was kept, where the detail is."""
    from PySide6.QtWidgets import QMessageBox

    from ui import theme

    boite = QMessageBox(
        QMessageBox.Icon.Warning, "Erreur imprévue", "Une erreur imprévue a interrompu cette action."
    )
    boite.setInformativeText(
        "Ce qui était enregistré l’est toujours ; seule cette action n’a pas abouti. Vous pouvez continuer. "
        "Si cela se reproduit, le journal décrit l’erreur en détail."
    )
    bouton = boite.addButton("Ouvrir le dossier du journal", QMessageBox.ButtonRole.ActionRole)
    fermer = boite.addButton("Continuer", QMessageBox.ButtonRole.AcceptRole)
    boite.setDefaultButton(fermer)
    theme.habiller(boite)
    boite.exec()
    if boite.clickedButton() is bouton:
        ouvrir_dossier_journal()
