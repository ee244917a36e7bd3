"""The findings of the dossiers, computed behind the gestures, a step a turn: what is known of them now, or not yet."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from esms_desktop.errors import ErreurEsms
from ui.fil import Fil, elan

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte
    from ui.lecture import Lecture

# Findings are long: only those of the dossiers last looked at stay in memory.
_GARDES = 3


class _Fait(NamedTuple):
    """How an examination ended: its findings, or why there are none."""

    lecture: "Lecture"
    examen: "Examen | None"
    erreur: ErreurEsms | None = None


class Examens(QObject):
    """`change(int)`: the findings of that dossier are known, those of the version that `Contexte.lecture` gives."""

    change = Signal(int)

    def __init__(self, contexte: "Contexte", fil: Fil) -> None:
        super().__init__(contexte)
        self._contexte = contexte
        self._fil = fil
        self._faits: OrderedDict[int, _Fait] = OrderedDict()
        self._lectures: dict[int, Lecture] = {}

    def de(self, dossier_id: int) -> "Examen | None":
        """The findings of a dossier as it is now; None while they are computed, which starts when it has not.

        Raises:
            ErreurEsms: the dossier is gone, or cannot be examined.
        """
        return self._de(dossier_id, devant=True)

    def demander(self, dossier_id: int) -> "Examen | None":
        """As `de`, after the dossiers already asked: nobody looks at that one yet."""
        return self._de(dossier_id, devant=False)

    def complet(self, dossier_id: int) -> "Examen":
        """The findings of a dossier as it is now, computed at once when they are not known.

        Raises:
            ErreurEsms: the dossier is gone, or cannot be examined.
        """
        examen = self._de(dossier_id, devant=True)
        if examen is None:
            self._fil.finir(_cle(dossier_id))
            examen = self._de(dossier_id, devant=True)
        assert examen is not None
        return examen

    def _de(self, dossier_id: int, devant: bool) -> "Examen | None":
        lecture = self._contexte.lecture(dossier_id)
        fait = self._faits.get(dossier_id)
        if fait is not None and fait.lecture is lecture:
            if fait.erreur is not None:
                raise fait.erreur
            return fait.examen
        self._faits.pop(dossier_id, None)
        if self._lectures.get(dossier_id) is lecture:
            if devant:
                self._fil.avancer(_cle(dossier_id))
            return None
        self._lectures[dossier_id] = lecture
        etapes = self._etapes(dossier_id, lecture)
        # What the write did not touch is remembered: often nothing is left to compute.
        if elan(etapes, lecture.dossier.version.memoire):
            return self._de(dossier_id, devant)
        self._fil.lancer(_cle(dossier_id), self._derriere(dossier_id, etapes), devant)
        return None

    def _derriere(self, dossier_id: int, etapes: Iterator[None]) -> Iterator[None]:
        yield from etapes
        fait = self._faits.get(dossier_id)
        if fait is not None and fait.lecture is self._contexte.connue(dossier_id):
            self.change.emit(dossier_id)

    def _etapes(self, dossier_id: int, lecture: "Lecture") -> Iterator[None]:
        from esms_desktop.gestes.verifier import Verification

        fait: _Fait | None = None
        try:
            verification = Verification(lecture.dossier, lecture.jour)
            while fait is None:
                # Superseded: whoever shows it asks again.
                if self._contexte.connue(dossier_id) is not lecture:
                    return
                if (examen := verification.avancer()) is not None:
                    fait = _Fait(lecture, examen)
                yield
        except ErreurEsms as e:
            fait = _Fait(lecture, None, e)
        finally:
            if self._lectures.get(dossier_id) is lecture:
                del self._lectures[dossier_id]
        self._faits[dossier_id] = fait
        self._faits.move_to_end(dossier_id)
        while len(self._faits) > _GARDES:
            self._faits.popitem(last=False)


def _cle(dossier_id: int) -> tuple[str, int]:
    return "examen", dossier_id
