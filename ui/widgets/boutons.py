"""Buttons by what they are for: the main one, the others, a link, a danger."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.widgets.libelle import bulle


def bouton(
    texte: str,
    slot: Callable[[], object] | None = None,
    role: str = "",
    aide: str = "",
    raccourci: QKeySequence | QKeySequence.StandardKey | str | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """A button that never shrinks below its text.

    Args:
        texte: what it says, with its mnemonic (« &Ajouter »).
        slot: called without argument on click.
        role: "" usual, "primaire", "danger" or "lien".
        aide: tooltip, also read by assistive tools.
        raccourci: keyboard shortcut.
    """
    b = QPushButton(texte, parent)
    b.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    b.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    b.setAutoDefault(False)
    b.setAccessibleName(texte.replace("&", ""))
    if role:
        b.setProperty("role", role)
    if aide:
        b.setToolTip(bulle(aide))
        b.setAccessibleDescription(aide)
    if raccourci is not None:
        b.setShortcut(QKeySequence(raccourci))
    if slot is not None:
        b.clicked.connect(lambda _=False: slot())
    return b
