"""What watches over the open base beside the window: backups of the day and before what changes much, checks, the last one in sight."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from esms_desktop.base.occupation import BATTEMENT_S
from esms_desktop.errors import ErreurEsms, Interruption
from ui.tasks import Taches

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from esms_desktop.base.sante import Bilan
    from esms_desktop.base.sauvegardes import EtatSauvegardes
    from esms_desktop.base.seance import Cle, Seance
    from esms_desktop.progress import Progress

# A window left open for days takes the backup of each.
_TOUR_MS = 15 * 60 * 1000
# How long an import waits for its precaution to have fixed its instant, busy disk included.
_ATTENTE_S = 20.0


class Gardes(QObject):
    """The jobs that nobody asks for, one at a time in a thread of their own, which lets every other go first.

    `vu(EtatSauvegardes)`: where the backups stand; `alerte(str)`: what cannot wait, in whole sentences; `abimee(Bilan)`: the base
    is not whole; `verifiee(Bilan)`: it was looked at.
    """

    vu = Signal(object)
    alerte = Signal(str)
    abimee = Signal(object)
    verifiee = Signal(object)

    def __init__(self, seance: "Seance", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seance = seance
        self.taches = Taches()
        # What cannot wait for a copy under way, to a share that may not answer.
        self._urgences = Taches()
        self.etat: EtatSauvegardes | None = None
        self._dites: set[str] = set()
        self._regardee = False
        self._fermees = False
        self._horloge = QTimer(self)
        self._horloge.setInterval(_TOUR_MS)
        self._horloge.timeout.connect(self.tour)
        self._coeur = QTimer(self)
        self._coeur.setInterval(BATTEMENT_S * 1000)
        self._coeur.timeout.connect(self._battre)

    @property
    def _base(self) -> "tuple[Path, Cle] | None":
        return (self._seance.chemin, self._seance.cle) if self._seance.cle is not None else None

    def demarrer(self) -> None:
        """The backup of the day and the look at the base, now, then as the days go."""
        self._horloge.start()
        self._coeur.start()
        self.tour()

    def fermer(self) -> None:
        """Stops what can be stopped and waits for the rest; nothing starts any more."""
        self._horloge.stop()
        self._coeur.stop()
        self._fermees = True
        self._urgences.arreter()
        self.taches.arreter()

    def attendre(self, secondes: float = 30.0) -> bool:
        """Waits for the jobs under way, and for what they say; True when none runs any more."""
        return self._urgences.attendre(secondes) and self.taches.attendre(secondes)

    def tour(self) -> None:
        """Takes the backup of the day when it is due, catches up the second place, and looks at the base when that is due."""
        if not self._seance.lecture_seule:
            self._sauvegarder()
            self._regarder()
        self.relire()

    def _battre(self) -> None:
        """Says to the other computers that the base is still open here; beside the window, a disk may not answer."""
        presence = self._seance.presence
        if presence is not None:
            self.taches.lancer(
                "Présence", lambda _: presence.battre(), lambda _: None, lambda _: None, discret=True
            )

    def _sauvegarder(self) -> None:
        from esms_desktop.base.sauvegardes import au_demarrage, maintenant_local

        if (base := self._base) is None:
            return
        chemin, cle = base

        def prendre(progress: "Progress") -> None:
            au_demarrage(
                chemin,
                cle,
                maintenant_local(),
                lambda fait, total: progress.etape(fait, total, "Sauvegarde de la base"),
                doucement=True,
            )

        self._lancer("Sauvegarde de la base", prendre, "La sauvegarde du jour n’a pas pu être faite.")

    def rattraper(self) -> None:
        """Sends the newest backup to the second place, which was just chosen."""
        from esms_desktop.base.sauvegardes import maintenant_local, rattraper

        chemin = self._seance.chemin
        self._lancer(
            "Copie au second emplacement",
            lambda _: rattraper(chemin, maintenant_local()),
            "Le second emplacement n’a pas pu recevoir la dernière sauvegarde.",
        )
        self.relire()

    def _lancer(self, titre: str, travail: "Callable[[Progress], object]", regret: str) -> None:
        def dire(e: ErreurEsms) -> None:
            if not isinstance(e, Interruption):
                self._dire(f"{regret} {e}")
            self.relire()

        self.taches.lancer(titre, travail, lambda _: None, dire, discret=True)

    def _dire(self, phrase: str) -> None:
        """Told once: a stick that stays away is not told again every quarter of an hour."""
        if phrase not in self._dites:
            self._dites.add(phrase)
            self.alerte.emit(phrase)

    def _regarder(self) -> None:
        """A quick look the first time, a whole one when a week went by without."""
        from esms_desktop.base.emplacement import sur_un_reseau
        from esms_desktop.base.sante import complete_due
        from esms_desktop.base.sauvegardes import maintenant_local

        if (base := self._base) is None:
            return
        # On a network disk, who reads it all makes who writes wait: only when asked.
        complet = complete_due(base[0], maintenant_local()) and not sur_un_reseau(base[0])
        if complet or not self._regardee:
            self._regardee = True
            self.verifier(complet)

    def verifier(self, complet: bool) -> None:
        """Looks at the base, whole or not; what is found comes by `verifiee`, and by `abimee` when it is not whole."""
        from esms_desktop.base import sante

        if (base := self._base) is None:
            return
        chemin, cle = base

        def travail(progress: "Progress") -> "Bilan":
            return sante.regarder(
                chemin, cle, complet, lambda fait, total, quoi: progress.etape(fait, total, quoi)
            )

        def fini(bilan: "Bilan") -> None:
            self.verifiee.emit(bilan)
            if not bilan.sain:
                self.abimee.emit(bilan)

        def echec(e: ErreurEsms) -> None:
            if not isinstance(e, Interruption):
                self._dire(f"La base n’a pas pu être vérifiée. {e}")

        self.taches.lancer("Vérification de la base", travail, fini, echec, discret=True)

    def precaution(self, motif: str) -> bool:
        """Takes a backup before what changes much; whether to go on, which the person is asked when none could be begun.

        Answers as soon as its instant is fixed: the copy goes on while the window writes. What spoils it later is told.
        """
        from esms_desktop.base import sauvegardes
        from ui.widgets.question import demander

        if (base := self._base) is None or self._seance.lecture_seule:
            return True
        chemin, cle = base
        fixe = threading.Event()
        echecs: list[ErreurEsms] = []

        def prendre(_progress: "Progress") -> None:
            try:
                sauvegardes.precaution(chemin, cle, motif, fixe.set)
            except ErreurEsms as e:
                echecs.append(e)
                raise
            finally:
                fixe.set()

        demandee = False

        def dire(e: ErreurEsms) -> None:
            if not demandee and not isinstance(e, Interruption):
                self._dire(
                    f"La copie d’avant n’a pas pu être gardée. {e} Ce qui a été fait ensuite s’annule."
                )
            self.relire()

        self._urgences.lancer(
            "Sauvegarde de précaution", prendre, lambda _: self.relire(), dire, discret=True
        )
        if fixe.wait(_ATTENTE_S) and not echecs:
            return True
        demandee = True
        raison = str(echecs[0]) if echecs else "Le disque ne répond pas."
        return demander(
            QApplication.activeWindow(),
            "Continuer sans copie\u00a0?",
            f"La copie de la base, prise avant ce changement, n’a pas pu être gardée. {raison}",
            "Continuer sans copie",
            "Ne rien changer",
            danger=True,
        )

    def relire(self) -> None:
        """Reads where the backups stand, beside the window: a share that does not answer must not hold it."""
        from esms_desktop.base.sauvegardes import etat, maintenant_local

        if self._fermees:
            return
        chemin = self._seance.chemin
        self.taches.lancer(
            "État des sauvegardes",
            lambda _: etat(chemin, maintenant_local()),
            self._noter,
            lambda _: None,
            discret=True,
        )

    def _noter(self, etat: "EtatSauvegardes") -> None:
        self.etat = etat
        self.vu.emit(etat)
        if etat.seconde_en_retard:
            self._dire(
                f"Le second emplacement des sauvegardes ({etat.reglages.seconde}) n’a rien reçu depuis une semaine. Branchez-le, ou "
                "choisissez-en un autre (Fichier, Sauvegardes)."
            )
