"""The Documents page: all that the application writes, the text that is theirs, the signatures, the person's Word templates."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from esms_desktop.documents.classeur.classeurs import existe
from esms_desktop.errors import ErreurEsms
from esms_desktop.regles.constats import Cible, Page
from ui import sorties
from ui.fil import elan
from ui.models.table import ModeleTable
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.commun.page import PageDossier
from ui.pages.documents.editeur import EditeurDocument
from ui.pages.documents.modele import COLONNES, LigneDocument, lignes, lire, phrase, produire
from ui.pages.documents.modeles_word import PanneauModeles
from ui.pages.documents.panneau import PanneauDocument
from ui.pages.documents.signatures import PanneauSignatures
from ui.pages.documents.sorties import FILTRE_EXCEL, FILTRE_WORD, ecrire_excel, ecrire_word
from ui.pages.pieces.zone import ZonePanneau
from ui.widgets.impression import apercevoir
from ui.widgets.onglets import Onglets
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from esms_desktop.documents.classeur.classeur import Classeur
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_LISTE, _SIGNATURES, _MODELES = 0, 1, 2


class PageDocuments(PageDossier):
    """Four views: the list and its panel, the editor of one document, the signature circuit, the person's Word templates."""

    cle = Page.DOCUMENTS
    titre = "Documents"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._rang = _LISTE
        self.montre = Montre()
        self._edite: tuple[str, int | None] | None = None
        self._arbre: tuple[Lecture, tuple[str, int | None], Document] | None = None
        self.onglets = Onglets("Vues de la page Documents", ("Do&cuments", "Si&gnatures", "Mo&dèles Word"))
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
        self.modeles = PanneauModeles(contexte, self.bandeau)
        for vue in (self.liste, self.editeur, self.signatures, self.modeles):
            self.corps.addWidget(vue, 1)
        self._relier()
        self._montrer_vue()
        # What it reads behind the gestures ends with it.
        fil, cle = contexte.fil, ("documents", id(self))
        self._cle_du_fil = cle
        self.destroyed.connect(lambda: fil.abandonner(cle))

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
        self.montre.lacher()
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the documents again; the one chosen stays so, what is being typed too."""
        lu = self.lecture()
        avant = self.choisi.cle if self.choisi else None
        toutes = lignes(lu)
        nom = self.montre.parti({x.cle for x in toutes})
        if nom and self._edite is None:
            self.contexte.disparu.emit(disparu(nom, "La liste des documents est montrée."))
        self.modele.charger(toutes)
        self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self.entete.set_phrase(phrase(self.modele.objets))
        self.signatures.afficher(lu)
        self.modeles.afficher(lu)
        self._montrer_vue()
        etapes = self._lire_les_documents(lu)
        if not elan(etapes, lu.dossier.version.memoire):
            self.contexte.fil.lancer(self._cle_du_fil, etapes)

    def _lire_les_documents(self, lu: "Lecture") -> Iterator[None]:
        """What each document lacks, one at each step."""
        for rang in range(self.modele.rowCount()):
            if self.contexte.connue(self.dossier_id) is not lu:
                return
            if self.modele.objet(rang).manques is None:
                self.modele.remplacer(rang, lire(lu, self.modele.objet(rang)))
                yield
        self.entete.set_phrase(phrase(self.modele.objets))

    @property
    def choisi(self) -> LigneDocument | None:
        """The document selected."""
        return self.modele.en(self.tableau.ligne_courante())

    def montrer(self, rang: int) -> None:
        """Shows the documents, the signatures or the Word templates."""
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
        self.modeles.setVisible(not edite and self._rang == _MODELES)
        self.editeur.setVisible(edite)
        if self.dossier_id:
            self._afficher()

    def _afficher(self) -> None:
        if not self.dossier_id:
            return
        lu = self.lecture()
        if self._edite is not None:
            rang = self.modele.ligne_de(self._edite)
            if rang >= 0:
                self.editeur.afficher(lu, self.modele.objet(rang))
                return
            nom, self._edite = self.editeur.titre.text(), None
            self._montrer_vue()
            self.contexte.disparu.emit(disparu(nom, "La liste des documents est montrée."))
            return
        ligne = self.choisi
        if ligne is not None and self._rang == _LISTE:
            if ligne.manques is None:
                ligne = lire(lu, ligne)
                self.modele.remplacer(self.modele.ligne_de(ligne.cle), ligne)
            self.montre.voir(ligne.cle, ligne.titre)
            self.panneau.afficher(lu, ligne, self.arbre, existe(ligne.genere.code, lu.dossier))

    @property
    def arbre(self) -> "Document | None":
        """What the document selected says of the dossier as it is now; None when it cannot be made."""
        lu, ligne = self.lecture(), self.choisi
        if ligne is None:
            return None
        if self._arbre is None or self._arbre[0] is not lu or self._arbre[1] != ligne.cle:
            try:
                self._arbre = lu, ligne.cle, produire(lu, ligne)
            except ErreurEsms:
                return None
        return self._arbre[2]

    @property
    def copie(self) -> "Document | None":
        """What leaves of it: the copy that is filed, or the working one."""
        return self.panneau.copie(self.arbre)

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
        ligne, copie = self.choisi, self.copie
        if ligne is None or copie is None:
            return
        apercevoir(
            self,
            self.contexte.taches,
            ligne.titre,
            ligne.nom_fichier,
            [(ligne.titre, copie)],
            self.lecture().jour,
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
        if ligne is None or self.arbre is None:
            return
        chemin = sorties.demander_fichier(
            self, f"Enregistrer «\u00a0{ligne.titre}\u00a0»", f"{ligne.nom_fichier}{extension}", filtre
        )
        if chemin is not None:
            ecrire(chemin if chemin.suffix else chemin.with_suffix(extension))

    def enregistrer_pdf_vers(self, chemin: Path) -> None:
        """Writes the document chosen as a PDF."""
        copie = self.copie
        if copie is not None:
            sorties.imprimer(
                self.contexte.taches, [(copie, chemin)], self.lecture().jour, self._dire_ecrit, self._echec
            )

    def enregistrer_word_vers(self, chemin: Path) -> None:
        """Writes the document chosen as a .docx."""
        copie = self.copie
        if copie is not None:
            ecrire_word(
                self.contexte.taches, copie, chemin, self.lecture().jour, self._dire_ecrit, self._echec
            )

    def enregistrer_excel_vers(self, chemin: Path) -> None:
        """Writes the Excel twin of the document chosen."""
        ligne, lu = self.choisi, self.lecture()
        classeur = self._classeur(ligne) if ligne is not None else None
        if classeur is not None:
            ecrire_excel(self.contexte.taches, classeur, chemin, lu.jour, self._dire_ecrit, self._echec)

    def _classeur(self, ligne: LigneDocument) -> "Classeur | None":
        from esms_desktop.documents.classeur.classeurs import classeur_de

        lu = self.lecture()
        return classeur_de(ligne.genere.code, lu.dossier, lu.campagne, lu.jour)
