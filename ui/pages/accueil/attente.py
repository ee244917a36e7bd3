"""What the window paints first: kept as light as can be."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.libelle import Libelle


class PageAttente(QWidget):
    """The ground of the portfolio and one sentence: what is painted first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fond")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(28, 20, 28, 24)
        colonne.addWidget(Libelle("Portefeuille", "titre"))
        self.phrase = Libelle("Ouverture de la base…", "muet")
        colonne.addWidget(self.phrase)
        colonne.addStretch(1)
