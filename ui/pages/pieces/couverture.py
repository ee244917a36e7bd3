"""Which ESSMS an attached file covers, where a piece is asked of each of them: one box for each ESSMS and kind."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from esms_desktop.francais import NBSP, majuscule, pluriel
from esms_desktop.lecture import Essms
from esms_desktop.regles.dossier.pieces import DIAGNOSTICS_ESSMS
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.question import DialogueAjuste

_COCHE, _VIDE = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class DialogueCouverture(DialogueAjuste):
    """The boxes. `choix`: for each column of an ESSMS that names a file, the ids of those this file covers."""

    def __init__(
        self, parent: QWidget | None, fichier: str, essms: Sequence[Essms], couverts: Mapping[str, set[int]]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("ESSMS couverts par ce fichier")
        self.setMinimumWidth(620)
        self._essms, self._champs = list(essms), list(DIAGNOSTICS_ESSMS)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle(f"Quels ESSMS «{NBSP}{fichier}{NBSP}» couvre-t-il ?", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "Cochez chaque ESSMS dont ce fichier donne les résultats ; l’espace coche la case choisie.",
                "muet",
            )
        )
        self.table = QTableWidget(len(self._essms), 1 + len(self._champs))
        self.table.setAccessibleName("ESSMS couverts")
        self.table.setHorizontalHeaderLabels(["ESSMS", *(majuscule(n) for n in DIAGNOSTICS_ESSMS.values())])
        tete = self.table.horizontalHeader()
        tete.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tete.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tete.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.verticalHeader().setVisible(False)
        # Names wrap: none is cut.
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.table.setMinimumHeight(320)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for rang, e in enumerate(self._essms):
            nom = QTableWidgetItem(f"{e.nom} ({e.og.nom_court})")
            nom.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            nom.setToolTip(bulle(nom.text()))
            self.table.setItem(rang, 0, nom)
            for place, champ in enumerate(self._champs, 1):
                case = QTableWidgetItem()
                case.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                case.setCheckState(_COCHE if e.id in couverts.get(champ, ()) else _VIDE)
                case.setData(Qt.ItemDataRole.AccessibleTextRole, f"{DIAGNOSTICS_ESSMS[champ]}, {e.nom}")
                self.table.setItem(rang, place, case)
        colonne.addWidget(self.table, 1)
        self.compte = Libelle("", "muet")
        colonne.addWidget(self.compte)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(bouton("&Tout cocher", lambda: self.tout(True)))
        rangee.addWidget(bouton("Tout &décocher", lambda: self.tout(False)))
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        accord = bouton("&Enregistrer", self.accept, "primaire")
        accord.setDefault(True)
        rangee.addWidget(accord)
        colonne.addLayout(rangee)
        self.table.itemChanged.connect(lambda _: self._compter())
        self._compter()

    def _cases(self, place: int) -> list[QTableWidgetItem]:
        cases = [self.table.item(rang, place) for rang in range(len(self._essms))]
        return [case for case in cases if case is not None]

    def tout(self, cocher: bool) -> None:
        """Ticks or unticks every box."""
        for place in range(1, 1 + len(self._champs)):
            for case in self._cases(place):
                case.setCheckState(_COCHE if cocher else _VIDE)

    def _compter(self) -> None:
        dits = [
            f"{nom}{NBSP}: {pluriel(len(self.choix[champ]), 'ESSMS')}"
            for champ, nom in DIAGNOSTICS_ESSMS.items()
        ]
        self.compte.setText(majuscule(" ; ".join(dits)))

    @property
    def choix(self) -> dict[str, set[int]]:
        """The ids ticked, by column."""
        return {
            champ: {
                e.id
                for e, case in zip(self._essms, self._cases(place), strict=True)
                if case.checkState() is _COCHE
            }
            for place, champ in enumerate(self._champs, 1)
        }
