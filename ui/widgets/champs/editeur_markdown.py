"""The editor of a text in Markdown with fields: bold, italic, lists, fields from a menu, unknown fields underlined."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, accord
from ui import theme
from ui.widgets.champs.champ import TexteLong
from ui.widgets.libelle import bulle

_CHAMP = re.compile(r"\{([^{}\n]{0,60})\}")
_GRAS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIQUE = re.compile(r"(?<!\*)\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)")
_PUCE = re.compile(r"\s*- ")
_GROUPES = {
    "dossier": "Le projet",
    "campagne": "La campagne",
    "financement": "Le financement",
    "porteur": "Le porteur",
    "og": "L’organisme (lettres)",
    "grappe": "Les organismes",
    "essms": "Les ESSMS",
    "solution": "La solution",
    "date": "Les dates",
    "vagues": "Les vagues",
    "formations": "Les formations",
}


class _Couleurs(QSyntaxHighlighter):
    """Shows bold and italic as they print, fields in colour, and underlines those that do not exist."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.connus: frozenset[str] = frozenset()

    def highlightBlock(self, texte: str) -> None:
        for motif, gras in ((_GRAS, True), (_ITALIQUE, False)):
            for trouve in motif.finditer(texte):
                mise = QTextCharFormat()
                mise.setFontWeight(QFont.Weight.Bold if gras else QFont.Weight.Normal)
                mise.setFontItalic(not gras)
                self.setFormat(trouve.start(), len(trouve.group()), mise)
        for trouve in _CHAMP.finditer(texte):
            mise = QTextCharFormat()
            if trouve.group(1) in self.connus:
                mise.setForeground(theme.couleur("accent"))
            else:
                mise.setForeground(theme.couleur("bad"))
                mise.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                mise.setUnderlineColor(QColor(theme.couleur("bad")))
            self.setFormat(trouve.start(), len(trouve.group()), mise)


class _Saisie(TexteLong):
    """The text; it takes the room it is given."""

    def sizeHint(self) -> QSize:
        """A comfortable page."""
        return QSize(320, 180)

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(240, 160)


class EditeurMarkdown(QWidget):
    """`change()`: each time the typing changes the text; `fini()`: when the focus leaves it.

    Args:
        nom: accessible name of the text.
        champs: (name, description) of the fields that exist, in order.
    """

    change = Signal()
    fini = Signal()

    def __init__(self, nom: str, champs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(6)
        self.saisie = _Saisie()
        self.saisie.setAccessibleName(nom)
        self.saisie.setAccessibleDescription(
            "Texte en Markdown\u00a0: **gras**, *italique*, - liste, {champ}. Tab passe à la suite."
        )
        self.saisie.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._couleurs = _Couleurs(self.saisie.document())
        self._couleurs.connus = frozenset(n for n, _ in champs)
        self._silence = False
        self.barre = QHBoxLayout()
        self.barre.setSpacing(6)
        self.gras = self._geste("&Gras", "Ctrl+B", lambda: self._entourer("**"))
        self.italique = self._geste("&Italique", "Ctrl+I", lambda: self._entourer("*"))
        self.liste = self._geste("&Liste", "Ctrl+Shift+L", self._basculer_liste)
        self.inserer = self._geste("Insérer un &champ ▾", "", None)
        self.inserer.setAccessibleName("Insérer un champ")
        self.inserer.setMenu(self._menu(champs))
        self.inserer.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.barre.addStretch(1)
        colonne.addLayout(self.barre)
        colonne.addWidget(self.saisie, 1)
        self.setFocusProxy(self.saisie)
        self.saisie.textChanged.connect(self._change)
        self.saisie.fini.connect(self.fini)

    def _geste(self, texte: str, touche: str, slot: Callable[[], object] | None) -> QToolButton:
        b = QToolButton()
        b.setText(texte)
        nom = texte.replace("&", "")
        b.setAccessibleName(nom)
        b.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        b.setToolTip(bulle(f"{nom} ({touche})" if touche else "Un champ prend sa valeur dans le dossier"))
        if touche:
            b.setShortcut(touche)
        if slot is not None:
            b.clicked.connect(lambda _=False: slot())
        else:
            # The style draws its own mark for a menu; the words already say there is one.
            b.setStyleSheet("QToolButton::menu-indicator { image: none; width: 0; }")
        self.barre.addWidget(b)
        return b

    def _menu(self, champs: Sequence[tuple[str, str]]) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        groupes: dict[str, QMenu] = {}
        nombres: dict[str, int] = {}
        for nom, _ in champs:
            racine = nom.partition(".")[0]
            nombres[racine] = nombres.get(racine, 0) + 1
        for nom, description in champs:
            racine = nom.partition(".")[0]
            if racine in _GROUPES and nombres[racine] > 1:
                ou = groupes.get(racine)
                if ou is None:
                    ou = groupes[racine] = menu.addMenu(_GROUPES[racine])
            else:
                ou = menu
            action = ou.addAction(description.replace("&", "&&"))
            action.setToolTip(bulle(f"{{{nom}}}"))
            action.setData(nom)
            action.triggered.connect(lambda _=False, n=nom: self.inserer_champ(n))
        return menu

    # The text

    def texte(self) -> str:
        """What is typed."""
        return self.saisie.toPlainText()

    def fixer(self, texte: str) -> None:
        """Shows a text without emitting `change`; its own undo starts anew."""
        if texte != self.texte():
            self._silence = True
            self.saisie.setPlainText(texte)
            self._silence = False

    def _change(self) -> None:
        if not self._silence:
            self.change.emit()

    def inserer_champ(self, nom: str) -> None:
        """Puts a field at the cursor."""
        self.saisie.textCursor().insertText(f"{{{nom}}}")
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entourer(self, marque: str) -> None:
        """Puts the selection between marks, or takes them off; without selection, the word under the cursor."""
        curseur = self.saisie.textCursor()
        if not curseur.hasSelection():
            curseur.select(QTextCursor.SelectionType.WordUnderCursor)
        texte = curseur.selectedText()
        coeur = texte.strip()
        avant = texte[: len(texte) - len(texte.lstrip())]
        apres = texte[len(texte.rstrip()) :]
        n = len(marque)
        if coeur.startswith(marque) and coeur.endswith(marque) and len(coeur) >= 2 * n:
            neuf = coeur[n:-n]
        else:
            neuf = f"{marque}{coeur}{marque}"
        curseur.insertText(f"{avant}{neuf}{apres}")
        if not coeur:
            curseur.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, n)
        else:
            fin = curseur.position() - len(apres)
            curseur.setPosition(fin - len(neuf))
            curseur.setPosition(fin, QTextCursor.MoveMode.KeepAnchor)
        self.saisie.setTextCursor(curseur)
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)

    def _basculer_liste(self) -> None:
        """Makes list items of the selected lines, or plain lines of list items."""
        curseur = self.saisie.textCursor()
        document = self.saisie.document()
        premier = document.findBlock(curseur.selectionStart())
        dernier = document.findBlock(curseur.selectionEnd())
        lignes, bloc = [], premier
        while bloc.isValid() and bloc.blockNumber() <= dernier.blockNumber():
            lignes.append(bloc.text())
            bloc = bloc.next()
        pleines = [ligne for ligne in lignes if ligne.strip()]
        enlever = bool(pleines) and all(_PUCE.match(ligne) for ligne in pleines)
        neuves = [
            _PUCE.sub("", ligne, count=1)
            if enlever
            else (f"- {ligne}" if ligne.strip() or not pleines else ligne)
            for ligne in lignes
        ]
        debut, neuf = premier.position(), "\n".join(neuves)
        curseur.setPosition(debut)
        curseur.setPosition(dernier.position() + len(dernier.text()), QTextCursor.MoveMode.KeepAnchor)
        curseur.insertText(neuf)
        if len(lignes) > 1:
            curseur.setPosition(debut)
            curseur.setPosition(debut + len(neuf), QTextCursor.MoveMode.KeepAnchor)
        self.saisie.setTextCursor(curseur)
        self.saisie.setFocus(Qt.FocusReason.OtherFocusReason)


def phrase_inconnus(noms: Sequence[str]) -> str:
    """What is said of the fields that do not exist; empty when there is none."""
    if not noms:
        return ""
    cites = ", ".join(f"{{{n}}}" for n in noms)
    debut = accord(len(noms), "Ce champ n’existe pas", "Ces champs n’existent pas")
    return f"{debut}{NBSP}: {cites}. Choisissez-le dans «{NBSP}Insérer un champ{NBSP}»."
