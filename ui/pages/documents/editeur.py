"""The editor of a document: its sections and their text at the left, the page as it will print at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from esms_desktop.documents import modeles
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes.lignes import neuve
from esms_desktop.gestes.vues import comme_vue
from esms_desktop.lecture import TexteDocument
from ui.frappe import visite
from ui.models.table import ModeleTable
from ui.pages.documents.modele import (
    COLONNES_SECTIONS,
    LigneDocument,
    LigneSection,
    enumerer,
    essayer,
    manques_du_texte,
    sections,
)
from ui.widgets.apercu_document import ApercuDocument
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.editeur_markdown import EditeurMarkdown, phrase_inconnus
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_court import TableauCourt

if TYPE_CHECKING:
    from esms_desktop.documents.pdf.rendu import PdfRendu
    from ui.contexte import Contexte
    from ui.lecture import Lecture

# Milliseconds without typing before the page is drawn again.
_APERCU = 450


class EditeurDocument(QWidget):
    """`retour()`: back to the list; `revenu(str)`: a section is back to its first text, with the sentence to say."""

    retour = Signal()
    revenu = Signal(str)

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._lu: Lecture | None = None
        self._ligne: LigneDocument | None = None
        self._section = ""
        # The text of the section as the person found it, and the row that held it; None while it was ours.
        self._garde = ""
        self._vue: TexteDocument | None = None
        # What is typed could not be written.
        self._refuse = False
        contexte.relire.connect(self._relire)
        self._plan: tuple[tuple[int, str, int], ...] = ()
        self._a_montrer = ""
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(10)
        tete = QHBoxLayout()
        tete.setSpacing(12)
        self.b_retour = bouton(
            "‹ &Tous les documents", self.fermer, aide="Revient à la liste (Échap)", raccourci="Esc"
        )
        self.titre = Libelle("", "sous-titre")
        tete.addWidget(self.b_retour)
        tete.addWidget(self.titre, 1)
        colonne.addLayout(tete)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.setHandleWidth(14)
        partage.addWidget(self._texte())
        droite = Carte("La page telle qu’elle s’imprimera")
        self.apercu = ApercuDocument(contexte.taches)
        self.apercu.rendu.connect(self._rendu)
        droite.ajouter(self.apercu, 1)
        partage.addWidget(droite)
        partage.setSizes([500, 480])
        colonne.addWidget(partage, 1)
        self._minuterie_apercu = self._minuterie(_APERCU, self._apercevoir)
        self._minuterie_garde = self._minuterie(visite.PAUSE_MS, self.garder)
        # One step of undo, from the first key in a section to leaving it.
        self._visite = object()
        visite.SOURCES.add(self)

    def _minuterie(self, delai: int, slot: Callable[[], object]) -> QTimer:
        minuterie = QTimer(self)
        minuterie.setSingleShot(True)
        minuterie.setInterval(delai)
        minuterie.timeout.connect(slot)
        return minuterie

    def _texte(self) -> QWidget:
        gauche = Carte("Texte des sections")
        self.editeur = EditeurMarkdown("Texte de la section", modeles.champs_disponibles())
        self.modele = ModeleTable(COLONNES_SECTIONS, lambda s: s.code)
        self.liste = TableauCourt("Sections du document", self.modele, (3, 1), lignes=3)
        self.liste.setSortingEnabled(False)
        self.liste.choisie.connect(self._choisir)
        self.liste.activee.connect(lambda _ligne: self.editeur.setFocus(Qt.FocusReason.OtherFocusReason))
        gauche.ajouter(self.liste)
        self.editeur.change.connect(self._change)
        self.editeur.fini.connect(self._quitter)
        gauche.ajouter(self.editeur, 1)
        self.inconnus = gauche.ajouter_texte("", "erreur")
        self.manques = gauche.ajouter_texte("", "muet")
        self.b_origine = bouton(
            "&Revenir au texte d’origine",
            self.revenir,
            aide="Remet le texte proposé par l’application\u00a0; le geste s’annule",
        )
        bas = QHBoxLayout()
        bas.addWidget(self.b_origine)
        bas.addStretch(1)
        gauche.corps.addLayout(bas)
        return gauche

    # What is shown

    @property
    def section(self) -> LigneSection | None:
        """The section being edited."""
        ligne = self.modele.ligne_de(self._section)
        return self.modele.objet(ligne) if ligne >= 0 else None

    def afficher(self, lu: "Lecture", ligne: LigneDocument) -> None:
        """Shows a document, or its new state: what is being typed is left alone."""
        autre = self._ligne is None or self._ligne.cle != ligne.cle or self._lu is None
        if autre or (self._lu is not None and self._lu.dossier.id != lu.dossier.id):
            self._perdre()
            self._section = ""
        self._lu, self._ligne = lu, ligne
        self.titre.setText(ligne.titre)
        self.modele.charger(sections(lu.dossier, ligne.genere.code))
        if self.section is None and self.modele.rowCount():
            self._section = self.modele.objet(0).code
            self._a_montrer = ""
            self.liste.choisir(0)
            self._charger()
        section = self.section
        if section is not None and section.texte == self._garde:
            self._vue = section.rangee
        elif section is not None and self.editeur.texte() == self._garde:
            self._charger()
        self._actualiser()
        self._apercevoir()

    def choisir_section(self, code: str) -> None:
        """Goes to a section."""
        rang = self.modele.ligne_de(code)
        if rang >= 0:
            self.liste.choisir(rang)

    def _choisir(self, rang: int) -> None:
        if not 0 <= rang < self.modele.rowCount() or self.modele.objet(rang).code == self._section:
            return
        if not self._quitter():
            self._perdre()
        self._section = self.modele.objet(rang).code
        self._charger()
        self._a_montrer = self.modele.objet(rang).titre
        self._montrer_section()
        self._actualiser()

    def _charger(self) -> None:
        section = self.section
        if section is not None:
            self._garde, self._vue = section.texte, section.rangee
            self.editeur.fixer(section.texte)
            self.editeur.saisie.setAccessibleName(f"Texte de la section «\u00a0{section.titre}\u00a0»")

    def _change(self) -> None:
        self._actualiser()
        self._minuterie_apercu.start()
        self._minuterie_garde.start()

    def _actualiser(self) -> None:
        """Says what the text as typed lacks."""
        section, lu, ligne = self.section, self._lu, self._ligne
        if section is None or lu is None or ligne is None:
            return
        texte = self.editeur.texte()
        self.inconnus.setText(phrase_inconnus(modeles.champs_inconnus(texte)))
        self.inconnus.setVisible(bool(self.inconnus.text()))
        trous = manques_du_texte(lu, texte, ligne.og)
        if not texte.strip():
            dit = "La section est vide\u00a0: elle s’imprimera comme une valeur à compléter."
        elif trous:
            dit = f"{pluriel(len(trous), 'valeur')} à compléter dans cette section{NBSP}: {enumerer(trous)}."
        else:
            dit = ""
        self.manques.setText(dit)
        self.manques.setVisible(bool(dit))
        self.b_origine.setEnabled(texte != section.defaut)

    # The page

    def _apercevoir(self) -> None:
        self._minuterie_apercu.stop()
        lu, ligne = self._lu, self._ligne
        if lu is None or ligne is None or not self._section:
            return
        try:
            document = essayer(lu, ligne.genere.code, self._section, self.editeur.texte(), ligne.og)
        except ErreurEsms as e:
            self.apercu.montrer_message(str(e))
            return
        self.apercu.montrer_document(document, lu.jour, sur_place=True)

    def _rendu(self, rendu: "PdfRendu") -> None:
        self._plan = rendu.plan
        self._montrer_section()

    def _montrer_section(self) -> None:
        """Turns to the page of the section just chosen."""
        if not self._a_montrer:
            return
        for _niveau, titre, page in self._plan:
            if titre.endswith(self._a_montrer):
                self.apercu.aller_page(page)
                self._a_montrer = ""
                return

    # Writing

    def garder(self) -> bool:
        """Saves what is typed while the person goes on typing; what is refused is kept apart."""
        return self._ecrire(frappe=True)

    def _quitter(self) -> bool:
        ecrit = self._ecrire(frappe=False)
        self._visite = object()
        return ecrit

    def en_attente(self) -> tuple[str, str] | None:
        """The section and its text, when it is not in the base; None when it is."""
        section = self.section
        if section is None or self.editeur.texte() == self._garde:
            return None
        return f"Texte de «\u00a0{section.titre}\u00a0»", self.editeur.texte()

    def _perdre(self) -> None:
        """What was refused is kept apart: another section takes its place."""
        if (attente := self.en_attente()) is not None:
            visite.perdre(self, *attente)

    def rendre(self, texte: str) -> None:
        """Puts back in the section shown a text that was typed there and is not saved."""
        self.editeur.fixer(texte)
        self._change()
        self.editeur.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def ligne(self) -> TexteDocument | None:
        """The row that holds the text of the section, as it was found; None while it is ours."""
        return self._vue

    def _ecrire(self, frappe: bool) -> bool:
        attendait = self._refuse
        with visite.pendant(self._visite, frappe):
            ecrit = self.enregistrer()
        if attendait or not ecrit:
            visite.relever()
        return ecrit

    def enregistrer(self) -> bool:
        """Keeps what is typed; False when it was refused, and what is typed stays on screen."""
        self._minuterie_garde.stop()
        section, lu, ligne = self.section, self._lu, self._ligne
        if section is None or lu is None or ligne is None:
            return True
        texte = self.editeur.texte()
        if texte == self._garde:
            return True
        if texte == section.texte:
            self._garde, self._vue = texte, section.rangee
            return True
        avant, self._garde = self._garde, texte
        vue = self._vue_a_present(section, ligne.genere.code)
        libelle = f"Modifier «\u00a0{section.titre}\u00a0» ({ligne.genere.titre})"
        if texte == section.defaut:
            ecrit = vue is None or self._contexte.retirer(vue, libelle=libelle)
        elif vue is not None:
            ecrit = self._contexte.modifier(vue, libelle, texte=texte)
        else:
            neuf = neuve(
                "texte_document",
                dossier_id=lu.dossier.id,
                document=ligne.genere.code,
                section=section.code,
                texte=texte,
            )
            ecrit = bool(self._contexte.ajouter(neuf, libelle=libelle))
        if not ecrit:
            self._garde = avant
        self._refuse = not ecrit
        return ecrit

    def _relire(self) -> None:
        """What is written in the dossier was preferred to what is typed here."""
        if self._refuse:
            self._refuse = False
            self._charger()
            self._actualiser()
            self._apercevoir()

    def _vue_a_present(self, section: LigneSection, document: str) -> TexteDocument | None:
        """The row to write, saying what the person found when she began; None when there is none, or no more."""
        assert self._lu is not None
        textes = self._contexte.lecture(self._lu.dossier.id).dossier.textes
        rangee = next((t for t in textes if (t.document, t.section) == (document, section.code)), None)
        trouve = section.defaut if self._vue is None else self._vue.texte
        return None if rangee is None else comme_vue(rangee, texte=trouve)

    def revenir(self) -> None:
        """Puts our text back in the section; the window undoes it."""
        self._minuterie_garde.stop()
        section, ligne = self.section, self._ligne
        if section is None or ligne is None:
            return
        if section.rangee is not None and not self._contexte.retirer(
            section.rangee,
            libelle=f"Revenir au texte d’origine de «\u00a0{section.titre}\u00a0» ({ligne.genere.titre})",
        ):
            return
        self._garde = section.defaut
        self.editeur.fixer(section.defaut)
        self._actualiser()
        self._apercevoir()
        if section.rangee is not None:
            self.revenu.emit(f"«\u00a0{section.titre}\u00a0» a retrouvé son texte d’origine.")

    def fermer(self) -> None:
        """Keeps what is typed and goes back to the list."""
        if self._quitter():
            self.retour.emit()
