"""The tasks of a project file that would not keep its dates: there, here, why, and the choice to pin them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.echanges.projet import ProjetLu
from esms_desktop.francais import date_courte, pluriel
from esms_desktop.gestes.planning.rapprocher import Dates, EcartDates, Rapprochement
from ui.models.table import Colonne, ModeleTable
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_large import TableauLarge


@dataclass(frozen=True)
class LigneEcart:
    """One of them. `ici`: where it would fall with what is chosen; `gardee`: the dates of the file are kept."""

    premier: EcartDates
    ici: Dates
    cause: str
    gardee: bool


def _jours(jours: Dates) -> str:
    debut, fin = jours
    return date_courte(debut) if debut == fin else f"{date_courte(debut)} – {date_courte(fin)}"


_COLONNES: tuple[Colonne[LigneEcart], ...] = (
    Colonne("N°", lambda x: str(x.premier.numero), a_droite=True, tri=lambda x: x.premier.numero),
    Colonne("Tâche", lambda x: x.premier.tache),
    Colonne("Dans le fichier", lambda x: _jours(x.premier.fichier), tri=lambda x: x.premier.fichier),
    Colonne(
        "Ici",
        lambda x: _jours(x.ici),
        tri=lambda x: x.ici,
        badge=lambda x: "ok" if x.ici == x.premier.fichier else "warn",
    ),
    Colonne("Cause", lambda x: x.cause),
    Colonne("Dates gardées", lambda x: "du fichier" if x.gardee else "d’ici"),
)


class PanneauEcarts(QWidget):
    """The table and its choices.

    Args:
        calculer: what an import would do when the lines of these ranks keep the dates of the file.
    """

    def __init__(self, calculer: Callable[[Collection[int]], Rapprochement], parent: QWidget) -> None:
        super().__init__(parent)
        self._calculer = calculer
        self.gardees: set[int] = set()
        self._vu = calculer(())
        self._premiers = {e.rang: e for e in self._vu.ecarts}
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        self.phrase = Libelle("")
        colonne.addWidget(self.phrase)
        self.modele: ModeleTable[LigneEcart] = ModeleTable(_COLONNES, lambda x: x.premier.rang)
        self.tableau = TableauLarge(
            "Tâches qui n’auraient pas les dates du fichier", (0.5, 2.4, 1.6, 1.6, 3, 1), {1: 16, 4: 18}
        )
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(130)
        colonne.addWidget(self.tableau, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(8)
        self.b_choisies = bouton(
            "&Garder les dates du fichier",
            lambda: self._garder(self._choisies()),
            aide="Les tâches choisies sont fixées là où le fichier les met",
        )
        self.b_toutes = bouton("Pour &toutes", lambda: self._garder(set(self._premiers)))
        self.b_ici = bouton(
            "Laisser les dates d’&ici",
            lambda: self._rendre(self._choisies()),
            aide="Les tâches choisies suivent leurs liens et le calendrier du dossier",
        )
        for b in (self.b_choisies, self.b_toutes, self.b_ici):
            rangee.addWidget(b)
        rangee.addStretch(1)
        colonne.addLayout(rangee)
        self._montrer()
        self.setVisible(bool(self._premiers))

    @property
    def lu(self) -> ProjetLu:
        """The file as it would be added."""
        return self._vu.lu

    @property
    def vu(self) -> Rapprochement:
        """What would be done."""
        return self._vu

    def _choisies(self) -> set[int]:
        return {self.modele.objet(ligne).premier.rang for ligne in self.tableau.lignes_choisies()}

    def _garder(self, rangs: set[int]) -> None:
        self._recalculer(self.gardees | rangs)

    def _rendre(self, rangs: set[int]) -> None:
        self._recalculer(self.gardees - rangs)

    def _recalculer(self, gardees: set[int]) -> None:
        self.gardees = gardees
        self._vu = self._calculer(gardees)
        # What a pinned task held may fall elsewhere in its turn.
        self._premiers |= {e.rang: e for e in self._vu.ecarts if e.rang not in self._premiers}
        self._montrer()

    def _montrer(self) -> None:
        presents = {e.rang: e for e in self._vu.ecarts}
        lignes = []
        for rang, premier in sorted(self._premiers.items()):
            reste = presents.get(rang)
            ici, cause = (reste.ici, reste.cause) if reste else (premier.fichier, "aux dates du fichier")
            lignes.append(LigneEcart(premier, ici, cause, rang in self.gardees))
        self.modele.charger(lignes)
        n = len(presents)
        self.phrase.setText(
            f"{pluriel(n, 'tâche n’aurait', 'tâches n’auraient')} pas ici les dates du fichier."
            if n
            else "Toutes les tâches auraient ici les dates du fichier."
        )
