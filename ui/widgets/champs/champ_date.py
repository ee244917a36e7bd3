"""A date that may be empty: typed as jour/mois/année, or picked in a calendar."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from esms_desktop.francais import date_courte, lire_date
from ui.widgets.champs.champ import Champ, LigneSaisie


class ChampDate(Champ[date | None]):
    """A date or nothing.

    Args:
        etiquette: label above the field.
        enregistrer: called with the date, or None when the field was emptied.
        aide: sentence under the field.
    """

    def __init__(
        self,
        etiquette: str,
        enregistrer: Callable[[date | None], object] | None = None,
        aide: str = "",
        parent: QWidget | None = None,
    ) -> None:
        saisie = LigneSaisie()
        super().__init__(etiquette, saisie, enregistrer, aide, None, parent)
        saisie.setPlaceholderText("jj/mm/aaaa")
        saisie.setMinimumWidth(saisie.fontMetrics().horizontalAdvance("00/00/00000") + 34)
        self._popup: QFrame | None = None

    def ligne_saisie(self) -> QWidget:
        """The line and, beside it, the button of the calendar."""
        ligne = QWidget()
        rangee = QHBoxLayout(ligne)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(6)
        rangee.addWidget(self.saisie, 1)
        self.bouton = QToolButton()
        self.bouton.setText("Calendrier")
        self.bouton.setToolTip("Choisir la date dans un calendrier")
        self.bouton.setAccessibleName("Ouvrir le calendrier")
        self.bouton.clicked.connect(self._ouvrir)
        rangee.addWidget(self.bouton)
        return ligne

    def lire(self, texte: str) -> date | None:
        """The date of « 15/06/2026 », None when empty."""
        return lire_date(texte)

    def ecrire(self, valeur: date | None) -> str:
        """« 15/06/2026 », empty when there is none."""
        return "" if valeur is None else date_courte(valeur)

    def _ouvrir(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("role", "carte")
        colonne = QVBoxLayout(popup)
        calendrier = QCalendarWidget()
        calendrier.setLocale(QLocale(QLocale.Language.French, QLocale.Country.France))
        calendrier.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendrier.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        if self._valeur is not None:
            calendrier.setSelectedDate(QDate(self._valeur.year, self._valeur.month, self._valeur.day))
        calendrier.activated.connect(lambda jour: self._choisir(jour, popup))
        calendrier.clicked.connect(lambda jour: self._choisir(jour, popup))
        colonne.addWidget(calendrier)
        popup.move(self.bouton.mapToGlobal(QPoint(0, self.bouton.height() + 2)))
        popup.show()
        calendrier.setFocus()

    def _choisir(self, jour: QDate, popup: QFrame) -> None:
        popup.close()
        self._afficher(date_courte(date(jour.year(), jour.month(), jour.day())))
        self.valider()
