"""The panel of the selected document: its state, what it lacks, what can be done with it, and the page as it prints."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout

from esms_desktop.documents.arbre.arbre import a_des_notes, de_travail, deposee
from esms_desktop.documents.produits import note_presentation
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.regles.constats import Cible, Constat
from ui.pages.documents.modele import LigneDocument, constats_de, etat, texte
from ui.widgets.apercu_document import ApercuDocument
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_PREMIERS = 3


class LigneManque:
    """A gap, and the button that goes where it is filled; laid out in the grid it is given."""

    def __init__(self, constat: Constat, aller: Callable[[Cible], object]) -> None:
        self.texte = Libelle(constat.titre)
        self.bouton = bouton("Y aller", lambda: aller(constat.cible), "lien")
        self.bouton.setAccessibleName(f"Y aller{NBSP}: {constat.titre}")

    def poser(self, grille: QGridLayout, rang: int) -> None:
        """Takes its place."""
        grille.addWidget(self.texte, rang, 0)
        grille.addWidget(self.bouton, rang, 1)

    def retirer(self, grille: QGridLayout) -> None:
        """Leaves its place for good."""
        for widget in (self.texte, self.bouton):
            widget.hide()
            grille.removeWidget(widget)
            widget.deleteLater()


class Manques(QVBoxLayout):
    """The gaps of a document: the first ones, the others on demand. `aller(Cible)`."""

    aller = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(2)
        self.titre = Libelle("", "fort")
        self.addWidget(self.titre)
        self._grille = QGridLayout()
        self._grille.setHorizontalSpacing(10)
        self._grille.setVerticalSpacing(2)
        self._grille.setColumnStretch(0, 1)
        self.addLayout(self._grille)
        self.lignes: list[LigneManque] = []
        self._constats: list[Constat] = []
        self._tous = False
        self.suite = bouton("", self._plus, "lien")
        self.addWidget(self.suite)

    def montrer(self, constats: list[Constat]) -> None:
        """Shows these gaps."""
        if constats != self._constats:
            self._tous = False
            self._constats = constats
        self._dessiner()

    def _plus(self) -> None:
        self._tous = True
        self._dessiner()

    def _dessiner(self) -> None:
        for ligne in self.lignes:
            ligne.retirer(self._grille)
        montres = self._constats if self._tous else self._constats[:_PREMIERS]
        self.lignes = [LigneManque(c, self.aller.emit) for c in montres]
        for rang, ligne in enumerate(self.lignes):
            ligne.poser(self._grille, rang)
        reste = len(self._constats) - len(montres)
        self.titre.setText(f"{pluriel(len(self._constats), 'valeur')} à compléter")
        self.titre.setVisible(bool(self._constats))
        self.suite.setText(f"Afficher la suite ({pluriel(reste, 'autre')})")
        self.suite.setAccessibleName(self.suite.text())
        self.suite.setVisible(reste > 0)


class PanneauDocument(Carte):
    """`modifier()`, `enregistrer_pdf()`, `enregistrer_word()`, `enregistrer_excel()`, `imprimer()`, `aller(Cible)`."""

    modifier = Signal()
    enregistrer_pdf = Signal()
    enregistrer_word = Signal()
    enregistrer_excel = Signal()
    imprimer = Signal()
    aller = Signal(object)

    def __init__(self, contexte: "Contexte") -> None:
        super().__init__(" ")
        self._montre: tuple[Lecture, LigneDocument, Document | None] | None = None
        tete = QHBoxLayout()
        tete.setSpacing(10)
        self.badge = Badge()
        self.texte = Libelle("", "muet")
        tete.addWidget(self.badge)
        tete.addWidget(self.texte, 1)
        self.corps.addLayout(tete)
        self.alerte = self.ajouter_texte("", "erreur")
        self.b_modifier = bouton(
            "&Modifier le texte…",
            self.modifier.emit,
            "primaire",
            "Réécrit les parties rédigées, la page sous les yeux",
            "Ctrl+E",
        )
        self.b_imprimer = bouton(
            "&Imprimer…", self.imprimer.emit, aide="Aperçu, puis impression (Ctrl+P)", raccourci="Ctrl+P"
        )
        self.b_pdf = bouton("Enregistrer en &PDF…", self.enregistrer_pdf.emit)
        self.b_word = bouton(
            "En &Word…",
            self.enregistrer_word.emit,
            aide="Une copie modifiable, avec ses titres et son sommaire",
        )
        self.b_excel = bouton(
            "En E&xcel…", self.enregistrer_excel.emit, aide="Un classeur aux formules vivantes"
        )
        for boutons in ((self.b_modifier, self.b_imprimer), (self.b_pdf, self.b_word, self.b_excel)):
            rangee = QHBoxLayout()
            rangee.setSpacing(8)
            for b in boutons:
                rangee.addWidget(b)
            rangee.addStretch(1)
            self.corps.addLayout(rangee)
        self.travail = QCheckBox("Copie de &travail : hypothèses et remarques comprises")
        self.travail.setToolTip("La copie déposée ne les porte pas")
        self.travail.toggled.connect(lambda _coche: self._apercevoir())
        self.corps.addWidget(self.travail)
        self.annexes = {
            "annexer_cibles": QCheckBox("Joindre en annexe les &cibles d’usage"),
            "annexer_risques": QCheckBox("Joindre en annexe la carte des &risques de la grappe"),
        }
        for champ, case in self.annexes.items():
            case.clicked.connect(lambda coche, champ=champ: self._annexer(contexte, champ, coche))
            self.corps.addWidget(case)
        self.manques = Manques()
        self.manques.aller.connect(self.aller)
        self.corps.addLayout(self.manques)
        self.apercu = ApercuDocument(contexte.taches)
        self.ajouter(self.apercu, 1)

    def afficher(self, lu: "Lecture", ligne: LigneDocument, arbre: "Document | None", excel: bool) -> None:
        """Shows a document.

        Args:
            arbre: what it says, None when it cannot be made.
            excel: whether it has an Excel twin.
        """
        self.titre.setText(ligne.titre)
        self.setAccessibleName(ligne.titre)
        self.badge.fixer(*etat(ligne))
        self.texte.setText(texte(ligne))
        self.alerte.setText(
            ligne.erreur
            or (
                "Le dossier a changé depuis la signature\u00a0: le détail est sous «\u00a0Signatures\u00a0»."
                if ligne.perime
                else ""
            )
        )
        self.alerte.setVisible(bool(self.alerte.text()))
        self.b_modifier.setVisible(ligne.sections > 0)
        self.b_excel.setVisible(excel)
        for b in (self.b_imprimer, self.b_pdf, self.b_word):
            b.setEnabled(arbre is not None)
        self.travail.setVisible(arbre is not None and a_des_notes(arbre))
        for champ, case in self.annexes.items():
            case.setVisible(ligne.genere.code == note_presentation.CODE)
            case.setChecked(getattr(lu.dossier, champ) is True)
        self.manques.montrer(constats_de(ligne))
        self._montre = (lu, ligne, arbre)
        self._apercevoir()

    def _annexer(self, contexte: "Contexte", champ: str, coche: bool) -> None:
        """Writes whether the note carries an annex; the box says again what is kept when the write is refused."""
        if self._montre is None:
            return
        dossier = self._montre[0].dossier
        if not contexte.modifier(dossier, self.annexes[champ].text().replace("&", ""), **{champ: coche}):
            self.annexes[champ].setChecked(not coche)

    def copie(self, arbre: "Document | None") -> "Document | None":
        """The tree that leaves: the copy that is filed, or the working one when the person asks for it."""
        if arbre is None:
            return None
        voulue = self.travail.isChecked() and a_des_notes(arbre)
        return de_travail(arbre) if voulue else deposee(arbre)

    def _apercevoir(self) -> None:
        if self._montre is None:
            return
        lu, ligne, arbre = self._montre
        copie = self.copie(arbre)
        if copie is None:
            self.apercu.montrer_message(ligne.erreur)
        else:
            self.apercu.montrer_document(copie, lu.jour)
