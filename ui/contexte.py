"""What every page shares: the door to the base, the day, what is computed of a dossier, and the long jobs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from esms_desktop.errors import ErreurBase, ErreurEsms, ErreurSaisie
from ui.tasks import Taches

if TYPE_CHECKING:
    from esms_desktop.campagnes.schema import Campagne
    from esms_desktop.lecture import Dossier, Ligne
    from esms_desktop.model import Base
    from esms_desktop.regles.constats import Examen
    from esms_desktop.regles.financement import FinancementDossier
    from esms_desktop.regles.orientation import Orientation
    from esms_desktop.regles.pieces import EtatPiece
    from esms_desktop.regles.recevabilite import Point
    from esms_desktop.store.porte import Changement, Porte

# How often another window's writes are looked for: a read of four bytes of the base.
_GUET_MS = 1000


@dataclass(frozen=True)
class Vue:
    """A dossier and all that the rules say of it on a day."""

    dossier: "Dossier"
    campagne: "Campagne"
    examen: "Examen"
    financement: "FinancementDossier"
    orientation: "Orientation"
    pieces: "tuple[EtatPiece, ...]"
    points: "tuple[Point, ...]"
    jour: date


@dataclass
class Geste:
    """How a gesture ended: `reussi` is False when it was refused and rolled back."""

    reussi: bool = True


class Contexte(QObject):
    """The one way from the pages to the core.

    Args:
        porte: the door to the base.
        jour: gives the day the rules reckon with.
        fenetre: parent of the progress dialogs.
    """

    change = Signal()
    ecriture_echouee = Signal(str)

    def __init__(
        self, porte: "Porte", jour: Callable[[], date] = date.today, fenetre: QWidget | None = None
    ) -> None:
        super().__init__(fenetre)
        self.porte = porte
        self.jour = jour
        self._taches = Taches(fenetre)
        self._vues: dict[int, Vue] = {}
        self._lus: dict[int, Dossier] = {}
        self._ailleurs = porte.ecrit_ailleurs
        self._guet = QTimer(self)
        self._guet.setInterval(_GUET_MS)
        self._guet.timeout.connect(self.suivre_la_base)
        self._desabonner = porte.abonner(self._suivre)

    @property
    def taches(self) -> Taches:
        """The long jobs."""
        return self._taches

    def vue(self, dossier_id: int) -> Vue:
        """The dossier and its findings, computed once until the next change or the next day.

        Raises:
            ErreurSaisie: the dossier no longer exists.
            ErreurCampagne: its campaign cannot be read.
        """
        self.suivre_la_base()
        jour = self.jour()
        connue = self._vues.get(dossier_id)
        if connue is None or connue.jour != jour:
            connue = self._calculer(dossier_id, jour)
            self._vues[dossier_id] = connue
        return connue

    def guetter(self) -> None:
        """Looks each second for what another window writes, until `fermer`."""
        self._guet.start()

    def suivre_la_base(self) -> None:
        """Lets go of what was read before another window or another program wrote, and has the pages read again."""
        try:
            ailleurs = self.porte.ecrit_ailleurs
        except ErreurBase:
            # The base is taken or gone for now: the next reading says so where the person looks.
            return
        if ailleurs != self._ailleurs:
            self._ailleurs = ailleurs
            self._vues.clear()
            self.change.emit()

    def _calculer(self, dossier_id: int, jour: date) -> Vue:
        from esms_desktop.campagnes.chargement import charger
        from esms_desktop.regles import financement, orientation, pieces, recevabilite
        from esms_desktop.travaux.verifier import verifier_dossier

        dossier = self.porte.lire(dossier_id, self._lus.pop(dossier_id, None))
        if dossier is None:
            raise ErreurSaisie("Ce dossier n’existe plus.", "Revenez au portefeuille.")
        self._lus[dossier_id] = dossier
        campagne = charger(dossier.campagne_id)
        return Vue(
            dossier,
            campagne,
            verifier_dossier(dossier, jour),
            financement.financer_dossier(dossier, campagne),
            orientation.orienter_dossier(dossier, campagne),
            pieces.etat_pieces(dossier, campagne),
            recevabilite.points(dossier, campagne, jour),
            jour,
        )

    def modifier(self, objet: "Base | Ligne", libelle: str = "", /, **champs: object) -> bool:
        """Writes fields; False when the write was refused (the reason is emitted), True when kept, even unchanged."""
        return self._essayer(lambda: self.porte.modifier(objet, libelle, **champs))

    def ajouter(self, *objets: "Base", libelle: str) -> bool:
        """Adds whole graphs; False when refused."""
        return self._essayer(lambda: self.porte.ajouter(*objets, libelle=libelle))

    def retirer(self, *objets: "Base | Ligne", libelle: str) -> bool:
        """Removes objects and what hangs on them; False when refused."""
        return self._essayer(lambda: self.porte.retirer(*objets, libelle=libelle))

    @contextmanager
    def geste(self, libelle: str, refuser: Callable[[str], object] | None = None) -> Iterator[Geste]:
        """Several writes, one undo. A refusal is emitted, rolled back, and told by `Geste.reussi`.

        Args:
            refuser: told instead, of a value that is refused: the page says why, where it is looked at.
        """
        suivi = Geste()
        try:
            with self.porte.geste(libelle):
                yield suivi
        except (ErreurEsms, OSError) as e:
            suivi.reussi = False
            if refuser is not None and isinstance(e, ErreurSaisie):
                refuser(str(e))
            else:
                self.ecriture_echouee.emit(_phrase(e))

    def annuler(self) -> str | None:
        """Undoes the last gesture and gives its name; None when there is none or it failed."""
        return self._tenter(self.porte.annuler)

    def refaire(self) -> str | None:
        """Redoes the last undone gesture and gives its name; None when there is none or it failed."""
        return self._tenter(self.porte.refaire)

    def fermer(self) -> None:
        """Ends the subscription and closes the base."""
        self._guet.stop()
        self._desabonner()
        self.porte.fermer()

    def _essayer(self, ecriture: Callable[[], Any]) -> bool:
        try:
            ecriture()
        except (ErreurEsms, OSError) as e:
            self.ecriture_echouee.emit(_phrase(e))
            return False
        return True

    def _tenter(self, action: Callable[[], str | None]) -> str | None:
        try:
            return action()
        except (ErreurEsms, OSError) as e:
            self.ecriture_echouee.emit(_phrase(e))
            return None

    def _suivre(self, changement: "Changement") -> None:
        # An undo replaces every object of the session, so no computed view may outlive it.
        if changement.dossiers and changement.sens == "faire":
            for dossier_id in changement.dossiers:
                self._vues.pop(dossier_id, None)
        else:
            self._vues.clear()
        self.change.emit()


def _phrase(e: Exception) -> str:
    if isinstance(e, ErreurEsms):
        return str(e)
    return str(
        ErreurBase(
            f"L’enregistrement a échoué : {e}.", "Vérifiez l’espace libre du disque, puis recommencez."
        )
    )
