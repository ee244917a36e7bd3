"""Fields that save what is typed as soon as it is finished: text, long text, whole number, amount, list."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from esms_desktop.francais import euros, lire_entier, lire_euros, nombre
from ui.widgets.champs.champ import Champ, LigneSaisie, TexteLong
from ui.widgets.champs.champ_date import ChampDate
from ui.widgets.champs.liste import Liste
from ui.widgets.libelle import bulle

__all__ = ["ChampChoix", "ChampDate", "ChampEntier", "ChampMontant", "ChampTexte"]


class ChampTexte(Champ[str]):
    """A line, or a long text when `multiligne`. The value is the text without spaces around.

    Args:
        etiquette: label above the field.
        enregistrer: called with the new value; False or an `ErreurEsms` keeps the text on screen with its error.
        aide: sentence under the field.
        multiligne: True for a long text.
        verifier: gives a remark on a value (None when fine); the value is saved all the same.
        indication: placeholder.
    """

    def __init__(
        self,
        etiquette: str,
        enregistrer: Callable[[str], object] | None = None,
        aide: str = "",
        multiligne: bool = False,
        verifier: Callable[[str], str | None] | None = None,
        indication: str = "",
        parent: QWidget | None = None,
    ) -> None:
        saisie = TexteLong() if multiligne else LigneSaisie()
        super().__init__(etiquette, saisie, enregistrer, aide, verifier, parent)
        saisie.setPlaceholderText(indication)
        self._valeur = ""

    def lire(self, texte: str) -> str:
        """The text without spaces around."""
        return texte.strip()

    def ecrire(self, valeur: str) -> str:
        """The text itself."""
        return valeur or ""


class ChampEntier(Champ[int | None]):
    """A whole number, positive or zero; empty means not known."""

    def __init__(
        self,
        etiquette: str,
        enregistrer: Callable[[int | None], object] | None = None,
        aide: str = "",
        maximum: int = 1_000_000,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(etiquette, LigneSaisie(), enregistrer, aide, None, parent)
        self._maximum = maximum
        self._valeur = None

    def lire(self, texte: str) -> int | None:
        """The number, None when empty."""
        return lire_entier(texte, self._maximum)

    def ecrire(self, valeur: int | None) -> str:
        """« 1 234 », empty when not known."""
        return "" if valeur is None else nombre(valeur)


class ChampMontant(Champ[int | None]):
    """An amount, kept in cents; empty means not known."""

    def __init__(
        self,
        etiquette: str,
        enregistrer: Callable[[int | None], object] | None = None,
        aide: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(etiquette, LigneSaisie(), enregistrer, aide, None, parent)
        self._valeur = None

    def lire(self, texte: str) -> int | None:
        """The amount in cents, None when empty."""
        return lire_euros(texte)

    def ecrire(self, valeur: int | None) -> str:
        """« 12 500 € », empty when not known."""
        return "" if valeur is None else euros(valeur)


class ChampChoix(Champ[Any]):
    """A closed list.

    Args:
        etiquette: label above the list.
        options: (value, text) pairs; a pair whose value is None stands for « not chosen ».
        enregistrer: called with the value chosen by the person.
    """

    def __init__(
        self,
        etiquette: str,
        options: Sequence[tuple[Any, str]] = (),
        enregistrer: Callable[[Any], object] | None = None,
        aide: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.liste = Liste()
        super().__init__(etiquette, self.liste, enregistrer, aide, None, parent)
        self._valeurs: list[Any] = []
        self._valeur = None
        self.fixer_options(options)
        self.liste.activated.connect(lambda _i: self.valider())

    def fixer_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offers other choices; the current value is kept when it is still there."""
        self._valeurs = [v for v, _ in options]
        self.liste.blockSignals(True)
        self.liste.clear()
        self.liste.addItems([t for _, t in options])
        self.liste.blockSignals(False)
        self.fixer(self._valeur, self.ligne)

    def fixer(self, valeur: Any, ligne: Any = None) -> None:
        """Shows a value without saving it, that of `ligne` when it is one of a row."""
        self._valeur, self.ligne = valeur, ligne
        self._refus = ""
        self.liste.setCurrentIndex(self._valeurs.index(valeur) if valeur in self._valeurs else -1)
        self.liste.setToolTip(bulle(self.liste.currentText()))
        self.montrer_erreur("")

    def texte_saisi(self) -> str:
        """The text of the value chosen."""
        return self.liste.currentText()

    def lire(self, texte: str) -> Any:
        """The value chosen."""
        i = self.liste.currentIndex()
        return self._valeurs[i] if 0 <= i < len(self._valeurs) else None

    def ecrire(self, valeur: Any) -> str:
        """The text of the value."""
        return self.liste.itemText(self._valeurs.index(valeur)) if valeur in self._valeurs else ""
