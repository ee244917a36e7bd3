"""Opening the base once the window is painted: the key, the base, then the portfolio; or a page that says what went wrong."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from esms_desktop.errors import ErreurEsms, Interruption, raison_systeme

if TYPE_CHECKING:
    from esms_desktop.progress import Progress
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

_journal = logging.getLogger(__name__)


def ouvrir_dans(fenetre: "Fenetre", base: str | None) -> None:
    """Opens the base and shows the portfolio in `fenetre`, or the reason why it could not.

    Args:
        fenetre: the window, already painted.
        base: path given by the person, None for the usual one.
    """
    from esms_desktop.store.derivation import anticiper
    from esms_desktop.travaux.emplacement import chemin_base

    chemin: Path | None = None
    try:
        chemin = chemin_base(base)
        # The key is derived while SQLAlchemy loads.
        anticiper(chemin)
        from esms_desktop.store.base import preparer
        from esms_desktop.travaux.base import ouvrir_base
        from ui.contexte import Contexte
        from ui.widgets.phrase import demander_phrase

        porte = ouvrir_base(chemin, demander=lambda question: demander_phrase(question, fenetre))
    except Exception as e:
        # Whatever it is, the window stays, and says why the base is not open.
        _journal.exception("ouverture de la base")
        _dire_echec(fenetre, e, base, chemin)
        return
    contexte = Contexte(porte, fenetre=fenetre)
    fenetre.installer(contexte)
    contexte.guetter()
    # The first write would wait for it.
    contexte.taches.lancer("Préparation", lambda _: preparer(), lambda _: None, discret=True)
    _sauvegarder(contexte)


def _sauvegarder(contexte: "Contexte") -> None:
    """Takes the backup of the day beside the window, when it is due; a failure is said, and the base stays open."""
    from esms_desktop.travaux.sauvegardes import au_demarrage, maintenant_local

    chemin, cle = contexte.porte.chemin, contexte.porte.cle
    if cle is None:
        return

    def prendre(progress: "Progress") -> None:
        au_demarrage(
            chemin,
            cle,
            maintenant_local(),
            lambda fait, total: progress.etape(fait, total, "Sauvegarde de la base"),
            doucement=True,
        )

    def dire(e: ErreurEsms) -> None:
        if not isinstance(e, Interruption):
            contexte.ecriture_echouee.emit(f"La sauvegarde du jour n’a pas pu être faite. {e}")

    contexte.taches.lancer("Sauvegarde de la base", prendre, lambda _: None, dire, discret=True)


def changer_de_base(fenetre: "Fenetre") -> None:
    """Asks for another base file and opens it; the present one stays open when nothing is chosen."""
    choix, _ = QFileDialog.getOpenFileName(
        fenetre, "Ouvrir une base ESMS Desktop", "", "Bases ESMS Desktop (*.sqlite);;Tous les fichiers (*)"
    )
    if choix:
        fenetre.desinstaller()
        ouvrir_dans(fenetre, choix)


def _dire_echec(fenetre: "Fenetre", erreur: Exception, base: str | None, chemin: Path | None) -> None:
    if isinstance(erreur, ErreurEsms):
        message, remede = erreur.message, erreur.remede
    elif isinstance(erreur, OSError):
        message = f"Le système refuse l’accès au fichier : {raison_systeme(erreur)}."
        remede = "Vérifiez les droits du dossier et l’espace libre, puis réessayez."
    else:
        message = f"La base n’a pas pu être ouverte : erreur imprévue ({type(erreur).__name__})."
        remede = "Réessayez ; si cela se reproduit, signalez-le : le journal décrit l’erreur."
    fenetre.montrer_echec(message, remede, str(chemin or base or ""), lambda: ouvrir_dans(fenetre, base))
