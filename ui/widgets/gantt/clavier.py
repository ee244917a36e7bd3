"""What the keyboard does on the chart: everything the mouse does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from esms_desktop.francais import NBSP
from ui.widgets.gantt.contenu import Barre

if TYPE_CHECKING:
    from ui.widgets.gantt.vue import Gantt

_PAS_DE_PAGE = 10
_FLECHES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_VERTICALES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_PAS_DE_PAGE,
    Qt.Key.Key_PageDown: _PAS_DE_PAGE,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}
_TYPES = {
    Qt.Key.Key_F: ("fin-fin", "fin à fin"),
    Qt.Key.Key_D: ("debut-debut", "début à début"),
    Qt.Key.Key_L: ("fin-debut", "fin à début"),
}


class Clavier:
    """The keys; a link being drawn by them, if any."""

    def __init__(self, gantt: "Gantt") -> None:
        self.gantt = gantt
        self.source: int | None = None
        self.type = "fin-debut"

    def touche(self, e: QKeyEvent) -> bool:
        """Does what a key asks; False when it asks nothing here."""
        cle, modif = Qt.Key(e.key()), e.modifiers()
        alt = bool(modif & Qt.KeyboardModifier.AltModifier)
        maj = bool(modif & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(modif & Qt.KeyboardModifier.ControlModifier)
        if cle == Qt.Key.Key_Escape:
            return self._abandonner()
        if cle in _FLECHES and alt:
            return self._decaler(_FLECHES[cle], maj)
        if cle in _FLECHES:
            return self._de_cote(_FLECHES[cle])
        if cle in _VERTICALES and not alt:
            return self._monter(_VERTICALES[cle])
        if cle in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._ouvrir()
        if self.source is not None and cle in _TYPES and not ctrl:
            return self._changer_type(*_TYPES[cle])
        if cle == Qt.Key.Key_L and not ctrl and not alt:
            return self._commencer_lien()
        if cle == Qt.Key.Key_Delete:
            return self._retirer()
        if e.text() in ("+", "=", "-", "−"):
            self.gantt.zoomer(1 if e.text() in ("+", "=") else -1)
            return True
        return False

    # -- moving about ------------------------------------------------------------------------------------------

    def _monter(self, pas: int) -> bool:
        g = self.gantt
        n = len(g.disposition.contenu.barres)
        if n:
            rang = min(max(g.rang_courant + pas, 0), n - 1) if g.rang_courant >= 0 else 0
            g.choisir(g.disposition.contenu.barres[rang].cle)
        return bool(n)

    def _de_cote(self, sens: int) -> bool:
        """On the heading of a plan: closes or opens it; elsewhere: travels in time."""
        g, b = self.gantt, self.gantt.courante
        if b is not None and b.titre and b.repliee == (sens > 0):
            g.repliee.emit(b.cle)
            return True
        barre = g.horizontalScrollBar()
        barre.setValue(barre.value() + sens * max(g.viewport().width() // 8, 20))
        return True

    def _ouvrir(self) -> bool:
        g, b = self.gantt, self.gantt.courante
        if b is None:
            return False
        if self.source is not None:
            self.conclure_lien(b.cle)
        elif b.titre:
            g.repliee.emit(b.cle)
        else:
            g.ouverte.emit(b.cle)
        return True

    # -- moving a task -----------------------------------------------------------------------------------------

    def _decaler(self, sens: int, duree: bool) -> bool:
        """By one worked day: the task, or its end."""
        g, b = self.gantt, self._tache()
        calendrier = g.disposition.contenu.calendrier
        if b is None or calendrier is None:
            return True
        if not duree:
            g.deplacee.emit(b.cle, calendrier.jour(calendrier.indice(b.debut) + sens))
        elif b.jalon:
            g.dit.emit("Un jalon n’a pas de durée.")
        elif b.fin == b.debut and sens < 0:
            g.dit.emit("Une tâche dure au moins un jour.")
        else:
            g.etiree.emit(b.cle, calendrier.jour(calendrier.indice(b.fin) + sens))
        return True

    def _retirer(self) -> bool:
        b = self._tache()
        if b is not None:
            self.gantt.a_retirer.emit(b.cle)
        return b is not None

    def _tache(self) -> Barre | None:
        b = self.gantt.courante
        return None if b is None or b.titre else b

    # -- linking -----------------------------------------------------------------------------------------------

    def _commencer_lien(self) -> bool:
        b = self._tache()
        if b is None:
            return False
        self.source, self.type = b.cle, "fin-debut"
        self.gantt.lien_change()
        self._dire("fin à début")
        return True

    def _changer_type(self, valeur: str, nom: str) -> bool:
        self.type = valeur
        self._dire(nom)
        return True

    def _dire(self, nom: str) -> None:
        source = self.gantt.nom_de(self.source)
        self.gantt.dit.emit(
            f"Lien {nom} depuis «{NBSP}{source}{NBSP}»{NBSP}: choisissez avec les flèches la tâche qui attend, puis Entrée. "
            "D, F ou L changent le type, Échap abandonne."
        )

    def conclure_lien(self, cible: int) -> None:
        """Asks for the link to `cible`."""
        source, nature = self.source, self.type
        self.source = None
        self.gantt.lien_change()
        if source is None or source == cible or cible < 0:
            self.gantt.dit.emit("Aucun lien n’a été posé.")
            return
        self.gantt.dit.emit("")
        self.gantt.liee.emit(source, cible, nature)

    def _abandonner(self) -> bool:
        g = self.gantt
        if self.source is not None:
            self.source = None
            g.lien_change()
            g.dit.emit("Aucun lien n’a été posé.")
            return True
        if g.souris.enfoncee:
            g.souris.abandonner()
            return True
        return False
