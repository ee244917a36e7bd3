"""The watch over what is typed and not in the base: kept beside it at each pause, given back at the next start."""

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from esms_desktop.base.saisies import Saisie, Saisies
from esms_desktop.errors import ErreurBase
from esms_desktop.francais import majuscule
from esms_desktop.nomenclature.champs import nom_propre
from ui.frappe import visite

if TYPE_CHECKING:
    from esms_desktop.base.seance import Seance

_journal = logging.getLogger(__name__)


class Veille(QObject):
    """Keeps what waits in the window (a field that is refused, a cell being typed) and what lost its place.

    `change`: what is kept is no longer the same; `perdue(Saisie)`: a text lost its place, and is kept; `refusee(str)`: it could
    not be kept anywhere, with the sentence that says why.
    """

    change = Signal()
    perdue = Signal(object)
    refusee = Signal(str)

    def __init__(self, seance: "Seance", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saisies = Saisies(seance.chemin, seance.cle) if seance.cle is not None else None
        # What was kept apart, by the window or by one that ended before; then what waits in the window now.
        self.gardees: list[Saisie] = self._saisies.lire() if self._saisies else []
        self._en_place: list[Saisie] = []
        # The places this window has spoken of: another window on the same base keeps its own.
        self._notres = {s.lieu for s in self.gardees}
        if self._saisies is not None:
            self._saisies.reserver()
        visite.nommer_gardien(self)

    def fermer(self) -> None:
        """The base closes: nothing is watched any more."""
        visite.nommer_gardien(None)

    def en_attente(self, demandes: bool = True) -> list[Saisie]:
        """What is typed somewhere in the window and is not in the base, as it is now; `demandes`: in open forms too."""
        return [
            self._saisie(source, *attente)
            for source in visite.vivantes()
            if (attente := source.en_attente()) and (demandes or not getattr(source, "d_une_demande", False))
        ]

    def enregistrer(self) -> None:
        """Has every place where something is typed save it, without a question."""
        for source in visite.vivantes():
            if hasattr(source, "garder") and source.en_attente():
                source.garder()

    def relever(self) -> None:
        """Keeps what waits now in the window, beside what was kept apart."""
        presentes = self.en_attente()
        if [s.texte for s in presentes] != [s.texte for s in self._en_place]:
            self._garder(self.gardees, presentes)

    def perdre(self, source: QObject, champ: str, texte: str) -> None:
        """Keeps a text apart, and says so."""
        saisie = self._saisie(source, champ, texte)
        if self._garder([s for s in self.gardees if s.lieu != saisie.lieu] + [saisie], self._en_place):
            self.perdue.emit(saisie)

    def jeter(self, saisie: Saisie) -> None:
        """Keeps a text no more."""
        self._garder([s for s in self.gardees if s != saisie], self._en_place)

    def tout_garder(self, demandes: bool = True) -> Path | None:
        """Keeps all that waits, for the next start; answers the file, None when nothing waits. See `en_attente`.

        Raises:
            ErreurBase: no place would take it.
        """
        presentes = self.en_attente(demandes)
        lieux = {s.lieu for s in presentes}
        self.gardees = [s for s in self.gardees if s.lieu not in lieux] + presentes
        self._en_place = []
        return self._ecrire(self.gardees)

    def _garder(self, gardees: list[Saisie], presentes: list[Saisie]) -> bool:
        self.gardees, self._en_place = gardees, presentes
        try:
            self._ecrire([*gardees, *presentes])
        except ErreurBase as e:
            _journal.warning("a text could not be kept")
            self.refusee.emit(str(e))
            return False
        finally:
            self.change.emit()
        return True

    def _ecrire(self, saisies: list[Saisie]) -> Path | None:
        if self._saisies is None:
            return None
        d_ailleurs = [s for s in self._saisies.lire() if s.lieu not in self._notres]
        self._notres |= {s.lieu for s in saisies}
        return self._saisies.ecrire([*d_ailleurs, *saisies])

    def _saisie(self, source: Any, champ: str, texte: str) -> Saisie:
        page = _page_de(source)
        table, cle, de = _ligne(source)
        return Saisie(
            texte,
            majuscule(champ),
            de,
            page.dossier_id if page is not None else 0,
            page.cle if page is not None else "",
            table,
            cle,
            datetime.now().astimezone().isoformat(timespec="seconds"),
        )


def trouver(saisie: Saisie, parmi: QWidget) -> Any:
    """The place under a widget where a text was typed, when it is there and shows the same thing; None otherwise."""
    for source in visite.vivantes():
        if not hasattr(source, "rendre") or not parmi.isAncestorOf(source) or not source.isVisible():
            continue
        if saisie.champ == majuscule(_nom(source)) and _ligne(source)[:2] == (saisie.table, saisie.cle):
            return source
    return None


def _ligne(source: Any) -> tuple[str, int, str]:
    """The row a source is a field of, and its name; nothing for a field of the dossier."""
    ligne = getattr(source, "ligne", None)
    table = str(getattr(ligne, "table", ""))
    if ligne is None or table in ("", "dossier"):
        return "", 0, ""
    return table, int(ligne.id), str(nom_propre(vars(ligne)) or "")


def _nom(source: Any) -> str:
    if hasattr(source, "section"):
        return f"Texte de «\u00a0{source.section.titre}\u00a0»" if source.section else ""
    return str(source.etiquette.text() or source.saisie.accessibleName())


def _page_de(source: Any) -> Any:
    """The page of the dossier a source is on; that which is behind, for a dialog."""
    parent = source.parent()
    while parent is not None and not hasattr(parent, "dossier_id"):
        parent = parent.parent()
    if parent is None or not getattr(parent, "cle", ""):
        fenetre = QApplication.activeWindow()
        while fenetre is not None and not hasattr(fenetre, "dossier"):
            fenetre = fenetre.parentWidget()
        vue = getattr(fenetre, "dossier", None)
        return vue.page if vue is not None and vue.dossier_id else None
    return parent
