"""The application: font, language, colours, the window painted first, then the base."""

import gc
import os
import sys
import time

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from esms_desktop.errors import ErreurEsms
from ui import theme
from ui.fenetre import Fenetre
from ui.fin import FinDemandee

# Usual size of the system font in points; a person who enlarged it gets the application enlarged as much.
_TAILLE_USUELLE = {"darwin": 13.0, "win32": 9.0}


def creer_application() -> QApplication:
    """The QApplication, dressed; the one that exists when there is one. `finir` completes it after the first paint."""
    existante = QApplication.instance()
    if isinstance(existante, QApplication):
        app = existante
        app.setStyle("Fusion")
    else:
        QApplication.setStyle("Fusion")
        app = QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("esms-desktop")
    QCoreApplication.setOrganizationName("esms-desktop")
    app.setApplicationDisplayName("ESMS Desktop")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    echelle = echelle_systeme(app.font().pointSizeF())
    theme.charger_police(theme.PREMIERES)
    theme.appliquer(app, echelle)
    app.styleHints().colorSchemeChanged.connect(lambda _: theme.appliquer(app, echelle))
    return app


def finir(app: QApplication) -> None:
    """What the first paint does not need: the other fonts, the French of the standard buttons, the log."""
    from ui import journalisation

    journalisation.installer()
    theme.charger_police(theme.SUIVANTES)
    traducteur = QTranslator(app)
    if traducteur.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(traducteur)


def menager(fenetre: Fenetre) -> None:
    """Spares the garbage collector what lasts: it would hold the loop of events while it walks through the whole program.

    What is loaded and each page once built are set aside; what comes and goes, a version of a dossier at each edit, is
    little, and walked through in no time.
    """
    gc.freeze()
    fenetre.prete.connect(gc.freeze)
    fenetre.batie.connect(gc.freeze)
    fenetre.defaite.connect(gc.unfreeze)


def echelle_systeme(points: float) -> float:
    """How much larger than usual the system font is: between 1 and 2."""
    if points <= 0 or QApplication.platformName() == "offscreen":
        return 1.0
    return min(max(points / _TAILLE_USUELLE.get(sys.platform, 10.0), 1.0), 2.0)


def _exiger_un_ecran() -> None:
    """Qt ends the whole program, in English, when there is no screen: said before it looks for one."""
    if not sys.platform.startswith("linux") or "-platform" in sys.argv:
        return
    if not any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise ErreurEsms(
            "La fenêtre ne peut pas s’ouvrir : aucun écran n’est accessible.",
            "Lancez-la depuis une session graphique ; « esms-desktop --help » donne les mêmes travaux sans fenêtre.",
        )


def _deja_la(base: str | None, fichier: str) -> bool:
    """Whether a window has that base open, which takes over."""
    from esms_desktop.base.emplacement import chemin_base
    from ui.instance import passer_la_main

    try:
        return passer_la_main(chemin_base(base), fichier)
    # A path that cannot be looked at is said by the window.
    except (ErreurEsms, OSError, ValueError):
        return False


def lancer(base: str | None, fichier: str = "") -> int:
    """Opens the window on a base, or brings forward the one that has it open already.

    Args:
        base: path given by `--base`; None for the usual one.
        fichier: a backup to look at once the base is open; empty for none.

    Returns:
        The exit code of the application.

    Raises:
        ErreurEsms: there is no screen to open it on.
    """
    from ui import journalisation

    _exiger_un_ecran()
    journalisation.surveiller()
    app = creer_application()
    journalisation.application_ouverte()
    if _deja_la(base, fichier):
        return 0
    fenetre = Fenetre()
    theme.habiller(fenetre)
    mesure = os.environ.get("ESMS_DESKTOP_MESURE") == "1"

    def peint() -> None:
        if mesure:
            print("premier_affichage", time.monotonic_ns(), flush=True)
        QTimer.singleShot(0, ouvrir)

    def ouvrir() -> None:
        finir(app)
        from ui.ouverture import ouvrir_dans

        ouvrir_dans(fenetre, base, premiere=True, fichier=fichier)
        if fichier and fenetre.contexte is not None:
            fenetre.recevoir(fichier)

    def pret() -> None:
        if mesure:
            print("pret", time.monotonic_ns(), flush=True)
            fenetre.close()
            app.quit()

    menager(fenetre)
    FinDemandee(app, fenetre)
    fenetre.premier_affichage.connect(peint, Qt.ConnectionType.SingleShotConnection)
    fenetre.prete.connect(pret)
    fenetre.show()
    return app.exec()
