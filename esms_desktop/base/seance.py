"""An open base as a window uses it: what it reads, the acts done in it, its undo. The door stays behind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from esms_desktop import lecture
from esms_desktop.base.conflits import ErreurConflit
from esms_desktop.base.journal import Changement, Ecrit, Evenement, Resume, Retire
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from esms_desktop.store.presence import Presence

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["Cle", "Porte", "Seance"]


class Seance:
    """One base, open. All of it belongs to one thread, except `contenu`, which any thread may call.

    Args:
        porte: its door, which nobody gets from here: what writes is a geste (see `accomplir`).
    """

    def __init__(self, porte: Porte) -> None:
        self._porte = porte

    # -- the base ----------------------------------------------------------------------------------------------

    @property
    def chemin(self) -> Path:
        """The file of the base."""
        return self._porte.chemin

    @property
    def cle(self) -> Cle | None:
        """What opens it: its backups need it."""
        return self._porte.cle

    @property
    def lecture_seule(self) -> str:
        """Why nothing may be written, in a sentence; empty when it may."""
        return self._porte.lecture_seule

    @property
    def presence(self) -> Presence | None:
        """What says to the other computers that the base is open here, where it must be said."""
        return self._porte.presence

    @property
    def dernier_enregistrement(self) -> datetime | None:
        """When something was last written in it."""
        return self._porte.dernier_enregistrement

    @property
    def ecrit_ailleurs(self) -> int:
        """A number that moves when another window or another program writes.

        Raises:
            ErreurBase: the base does not read.
        """
        return self._porte.ecrit_ailleurs

    def abonner(self, suiveur: Callable[[Changement], None]) -> Callable[[], None]:
        """Calls `suiveur` after each write; answers what ends it."""
        return self._porte.abonner(suiveur)

    def fermer(self) -> None:
        """Closes the base."""
        self._porte.fermer()

    # -- readings: each raises ErreurBase when the base does not read ------------------------------------------

    def resumes(self) -> list[Resume]:
        """One line of each dossier."""
        return self._porte.resumes()

    def lire(self, dossier_id: int, apres: lecture.Dossier | None = None) -> lecture.Dossier | None:
        """A dossier, frozen; what `apres` says the same is shared. None when there is none."""
        return self._porte.lire(dossier_id, apres)

    def relire(self, dossier: lecture.Dossier) -> lecture.Dossier:
        """The same dossier as it is now.

        Raises:
            ErreurSaisie: it is gone.
        """
        return self._porte.relire(dossier)

    def contenu(self, sha256: str) -> bytes:
        """The bytes of an attached file."""
        return self._porte.contenu(sha256)

    def ecrits(self, dossier_id: int, table: str) -> dict[tuple[int, str], Ecrit]:
        """Who wrote each column of a table last."""
        return self._porte.ecrits(dossier_id, table)

    def historique(
        self, dossier_id: int | None = None, avant: int | None = None, texte: str = "", qui: str = ""
    ) -> tuple[list[Evenement], int | None]:
        """What was done, the latest first, and where to go on from; see `store.historique`."""
        return self._porte.historique(dossier_id, avant, texte=texte, qui=qui)

    def auteurs(self, dossier_id: int | None = None) -> list[str]:
        """Who wrote in a dossier."""
        return self._porte.auteurs(dossier_id)

    def corbeille(self, dossier_id: int | None = None) -> list[Retire]:
        """What was removed and can come back."""
        return self._porte.corbeille(dossier_id)

    # -- acts --------------------------------------------------------------------------------------------------

    def accomplir(self, geste: Callable[Concatenate[Porte, P], T], *args: P.args, **nommes: P.kwargs) -> T:
        """Does a geste, and answers what it does. Raises what the geste refuses."""
        return geste(self._porte, *args, **nommes)

    def demander(self, lire: Callable[Concatenate[Porte, P], T], *args: P.args, **nommes: P.kwargs) -> T:
        """What a function that writes nothing in the base answers, once it has its door."""
        return lire(self._porte, *args, **nommes)

    def visite(self, laquelle: object) -> AbstractContextManager[None]:
        """What is written meanwhile belongs to one visit of a field, and is undone at once."""
        return self._porte.visite(laquelle)

    def ayant_vu(self, conflit: ErreurConflit) -> AbstractContextManager[None]:
        """What is written meanwhile is written over what a conflict showed."""
        return self._porte.ayant_vu(conflit)

    @property
    def libelle_annuler(self) -> str | None:
        """What undo would undo."""
        return self._porte.libelle_annuler

    @property
    def libelle_refaire(self) -> str | None:
        """What redo would redo."""
        return self._porte.libelle_refaire

    def annuler(self) -> str | None:
        """Undoes the last geste and gives its name; None when there is none."""
        return self._porte.annuler()

    def refaire(self) -> str | None:
        """Redoes the last undone geste and gives its name; None when there is none."""
        return self._porte.refaire()

    def reprendre_les_pas(self) -> None:
        """Offers to undo what was done before the base was closed."""
        self._porte.reprendre_les_pas()

    def oublier_les_pas(self) -> None:
        """Nothing done before can be undone any more."""
        self._porte.oublier_les_pas()
