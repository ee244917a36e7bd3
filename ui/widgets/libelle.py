"""A label whose text always wraps and is never cut."""

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

_MOT_MAX = 28


def secable(texte: str) -> str:
    """The same text, where very long words (addresses, file names) may break: a zero-width space each 28 characters."""
    mots = texte.split(" ")
    if all(len(m) <= _MOT_MAX for m in mots):
        return texte
    return " ".join(
        "\u200b".join(m[i : i + _MOT_MAX] for i in range(0, len(m), _MOT_MAX)) if len(m) > _MOT_MAX else m
        for m in mots
    )


def bulle(texte: str) -> str:
    """A text as a tooltip shows it, and nothing else: Qt would read a name that looks like a page as one, and fetch its images."""
    return Qt.convertFromPlainText(texte) if Qt.mightBeRichText(texte) else texte


class Libelle(QLabel):
    """Text for reading.

    Args:
        texte: plain text, or rich text when `riche`.
        role: "corps", "titre", "sous-titre", "fort", "muet", "petit", "erreur", "chiffre", "etiquette".
        riche: True to read the text as rich text, with links that open outside.
    """

    def __init__(
        self, texte: str = "", role: str = "corps", parent: QWidget | None = None, riche: bool = False
    ) -> None:
        super().__init__(parent)
        self._riche = riche
        self.setTextFormat(Qt.TextFormat.RichText if riche else Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setOpenExternalLinks(riche)
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        politique.setHeightForWidth(True)
        self.setSizePolicy(politique)
        self.setText(texte)

    def setText(self, texte: str) -> None:
        """Shows `texte`; long words may break."""
        super().setText(texte if self._riche else secable(texte))

    def fixer_role(self, role: str) -> None:
        """Gives the text another role, hence another size or weight."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
            self.updateGeometry()

    def fixer_genre(self, genre: str) -> None:
        """Colours the text: "ok", "warn", "bad", or "" for the usual ink."""
        self.setProperty("genre", genre)
        self.style().unpolish(self)
        self.style().polish(self)


def garder_place(widget: QWidget, garder: bool = True) -> None:
    """Whether a widget leaves its place empty when it hides, instead of giving it to what is under."""
    politique = widget.sizePolicy()
    if politique.retainSizeWhenHidden() is not garder:
        politique.setRetainSizeWhenHidden(garder)
        widget.setSizePolicy(politique)


class Filet(QFrame):
    """A thin horizontal line between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "filet")
