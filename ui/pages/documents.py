"""The Documents page: all that the application writes, the text that is theirs, and the signatures."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.regles.constats import Cible, Page
from ui import sorties
from ui.models.documents import COLONNES, LigneDocument, constats_de, lignes, phrase
from ui.models.table import ModeleTable
from ui.pages.documents_editeur import EditeurDocument
from ui.pages.documents_panneau import PanneauDocument
from ui.pages.documents_sorties import FILTRE_EXCEL, FILTRE_WORD, ecrire_excel, ecrire_word
from ui.pages.page import PageDossier
from ui.pages.pieces_zone import ZonePanneau
from ui.pages.signatures import PanneauSignatures
from ui.widgets.impression import apercevoir
from ui.widgets.onglets import Onglets
from ui.widgets.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.documents.classeur import Classeur
    from ui.contexte import Contexte

_LISTE, _SIGNATURES = 0, 1


class PageDocuments(PageDossier):
    """Three views: the list and its panel, the editor of one document, the signature circuit."""

    cle = Page.DOCUMENTS
    titre = "Documents"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._rang = _LISTE
        self._edite: tuple[str, int | None] | None = None
        self.onglets = Onglets("Vues de la page Documents", ("Do&cuments", "Si&gnatures"))
        self.onglets.change.connect(self.montrer)
        self.corps.addWidget(self.onglets)
        self.modele = ModeleTable(COLONNES, lambda d: d.cle)
        self.tableau = Tableau("Documents produits par l’application", (3, 1.5))
        self.tableau.setModel(self.modele)
        self.tableau.setMinimumHeight(320)
        self.tableau.choisie.connect(lambda _ligne: self._afficher())
        self.tableau.activee.connect(lambda _ligne: self.modifier())
        self.panneau = PanneauDocument(contexte)
        self.liste = QSplitter(Qt.Orientation.Horizontal)
        self.liste.setChildrenCollapsible(False)
        self.liste.setHandleWidth(14)
        self.liste.addWidget(self.tableau)
        self.liste.addWidget(ZonePanneau(self.panneau, "Document choisi"))
        self.liste.setStretchFactor(0, 1)
        self.liste.setStretchFactor(1, 1)
        self.liste.setSizes([470, 500])
        self.editeur = EditeurDocument(contexte)
        self.signatures = PanneauSignatures(contexte, self.bandeau)
        for vue in (self.liste, self.editeur, self.signatures):
            self.corps.addWidget(vue, 1)
        self._relier()
        self._montrer_vue()

    def _relier(self) -> None:
        p = self.panneau
        p.modifier.connect(self.modifier)
        p.enregistrer_pdf.connect(self.enregistrer_pdf)
        p.enregistrer_word.connect(self.enregistrer_word)
        p.enregistrer_excel.connect(self.enregistrer_excel)
        p.imprimer.connect(self.imprimer)
        p.aller.connect(self._aller)
        self.editeur.retour.connect(self._quitter_editeur)
        self.editeur.revenu.connect(
            lambda phrase: self.bandeau.montrer(
                phrase, "info", ("Annuler", self.contexte.annuler), secondes=20
            )
        )
        self.signatures.demande_page.connect(self.demande_page)

    # What is shown

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its list."""
        self._edite, self._rang = None, _LISTE
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the documents again; the one chosen stays so, what is being typed too."""
        vue = self.vue()
        avant = self.choisi.cle if self.choisi else None
        documents = lignes(vue)
        self.entete.set_phrase(phrase(documents))
        self.modele.charger(documents)
        self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self.signatures.afficher(vue)
        self._montrer_vue()

    @property
    def choisi(self) -> LigneDocument | None:
        """The document selected."""
        ligne = self.tableau.ligne_courante()
        return self.modele.objet(ligne) if 0 <= ligne < self.modele.rowCount() else None

    def montrer(self, rang: int) -> None:
        """Shows the documents or the signatures."""
        if self._edite is not None and not self.editeur.enregistrer():
            self.onglets.fixer(self._rang)
            return
        self._edite, self._rang = None, rang
        self._montrer_vue()

    def _montrer_vue(self) -> None:
        edite = self._edite is not None
        self.onglets.fixer(self._rang)
        self.onglets.setVisible(not edite)
        self.liste.setVisible(not edite and self._rang == _LISTE)
        self.signatures.setVisible(not edite and self._rang == _SIGNATURES)
        self.editeur.setVisible(edite)
        if self.dossier_id:
            self._afficher()

    def _afficher(self) -> None:
        if not self.dossier_id:
            return
        vue = self.vue()
        if self._edite is not None:
            rang = self.modele.ligne_de(self._edite)
            if rang >= 0:
                self.editeur.afficher(vue, self.modele.objet(rang))
                return
            self._edite = None
            self._montrer_vue()
            return
        ligne = self.choisi
        if ligne is not None and self._rang == _LISTE:
            excel = self._classeur(ligne) is not None
            self.panneau.afficher(vue, ligne, constats_de(vue, ligne), excel)

    def _aller(self, cible: Cible) -> None:
        if cible.page is Page.DOCUMENTS:
            self.modifier()
        else:
            self.demande_page.emit(cible)

    def aller_a(self, cible: Cible) -> None:
        """Selects the document a finding names; with an OG, its signature; with a section, its text."""
        if cible.objet != "document" or not cible.champ:
            self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        code, _, section = cible.champ.partition("/")
        if cible.id is not None:
            self.montrer(_SIGNATURES)
            self.signatures.choisir(code, cible.id)
            return
        self.montrer(_LISTE)
        rang = next(
            (r for r in range(self.modele.rowCount()) if self.modele.objet(r).genere.code == code), -1
        )
        if rang < 0:
            return
        self.tableau.choisir(rang)
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
        if section:
            self.modifier()
            self.editeur.choisir_section(section)

    # The text

    def modifier(self) -> None:
        """Opens the text of the document chosen."""
        ligne = self.choisi
        if ligne is None:
            return
        if not ligne.sections:
            self.bandeau.montrer(
                f"«\u00a0{ligne.genere.titre}\u00a0» ne contient que des données du dossier\u00a0: il n’a pas de texte à réécrire.",
                "info",
                secondes=8,
            )
            return
        self._edite = ligne.cle
        self._montrer_vue()
        self.editeur.editeur.setFocus(Qt.FocusReason.OtherFocusReason)

    def _quitter_editeur(self) -> None:
        self._edite = None
        self._montrer_vue()
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    # What leaves

    def imprimer(self) -> None:
        """Shows the document chosen before it is printed."""
        ligne = self.choisi
        copie = self.panneau.copie(ligne) if ligne is not None else None
        if ligne is None or copie is None:
            return
        apercevoir(
            self,
            self.contexte.taches,
            ligne.titre,
            ligne.nom_fichier,
            [(ligne.titre, copie)],
            self.vue().jour,
            self._echec,
        )

    def enregistrer_pdf(self) -> None:
        """Asks where the PDF goes, then writes it."""
        self._demander("PDF (*.pdf)", ".pdf", self.enregistrer_pdf_vers)

    def enregistrer_word(self) -> None:
        """Asks where the Word copy goes, then writes it."""
        self._demander(FILTRE_WORD, ".docx", self.enregistrer_word_vers)

    def enregistrer_excel(self) -> None:
        """Asks where the Excel copy goes, then writes it."""
        self._demander(FILTRE_EXCEL, ".xlsx", self.enregistrer_excel_vers)

    def _demander(self, filtre: str, extension: str, ecrire: Callable[[Path], None]) -> None:
        ligne = self.choisi
        if ligne is None or ligne.arbre is None:
            return
        chemin = sorties.demander_fichier(
            self, f"Enregistrer «\u00a0{ligne.titre}\u00a0»", f"{ligne.nom_fichier}{extension}", filtre
        )
        if chemin is not None:
            ecrire(chemin if chemin.suffix else chemin.with_suffix(extension))

    def enregistrer_pdf_vers(self, chemin: Path) -> None:
        """Writes the document chosen as a PDF."""
        ligne = self.choisi
        copie = self.panneau.copie(ligne) if ligne is not None else None
        if copie is not None:
            sorties.imprimer(
                self.contexte.taches, [(copie, chemin)], self.vue().jour, self._ecrit, self._echec
            )

    def enregistrer_word_vers(self, chemin: Path) -> None:
        """Writes the document chosen as a .docx."""
        ligne = self.choisi
        copie = self.panneau.copie(ligne) if ligne is not None else None
        if copie is not None:
            ecrire_word(self.contexte.taches, copie, chemin, self.vue().jour, self._ecrit, self._echec)

    def enregistrer_excel_vers(self, chemin: Path) -> None:
        """Writes the Excel twin of the document chosen."""
        ligne, vue = self.choisi, self.vue()
        classeur = self._classeur(ligne) if ligne is not None else None
        if classeur is not None:
            ecrire_excel(self.contexte.taches, classeur, chemin, vue.jour, self._ecrit, self._echec)

    def _classeur(self, ligne: LigneDocument) -> "Classeur | None":
        from esms_desktop.documents.classeurs import classeur_de

        vue = self.vue()
        return classeur_de(ligne.genere.code, vue.dossier, vue.campagne, vue.jour)

    def _ecrit(self, chemins: list[Path]) -> None:
        self.bandeau.montrer(
            f"Le fichier est enregistré\u00a0: {chemins[0]}",
            "ok",
            ("Ouvrir", lambda: sorties.ouvrir(chemins[0])),
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        self.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
