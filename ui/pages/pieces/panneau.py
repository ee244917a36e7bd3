"""The panel of the selected piece: why it is asked, what it holds, and the document on show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from esms_desktop.campagnes.fondement import provenance
from esms_desktop.errors import ErreurEsms
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.nomenclature.formats import IMAGES_CONVERTIES
from esms_desktop.regles.dossier.pieces import (
    ACCORDS,
    DIAGNOSTICS,
    PAR_OG,
    SOURCE_TRAMES,
    EtatPiece,
    entites,
)
from ui.models.table import ModeleTable
from ui.pages.commun.disparu import Montre, phrase
from ui.pages.pieces.modele import COLONNES_ELEMENTS, IMAGES, Element, elements, etat
from ui.pdfium import Pdf
from ui.widgets.apercu_document import ApercuDocument
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_SANS_APERCU = "Les documents Word et Excel ne s’affichent pas ici. «\u00a0{nom}\u00a0» ({taille}) est gardé tel quel\u00a0; exportez-le pour l’ouvrir."
_OBLIGATIONS = {
    "obligatoire": "Obligatoire",
    "facultative": "Facultative",
    "sans-objet": "Non demandée",
    "a-preciser": "Obligatoire ou non, à préciser",
}


class PanneauPiece(Carte):
    """`imprimer`, `enregistrer`, `exporter`, `retirer` (Element), `a_signer()`, `attribuer(Element, og id)`, `attribuer_entite(Element,
    name)`, `couvrir(Element)`, `dispenser(EtatPiece)`, `redemander(EtatPiece)`."""

    imprimer = Signal(object)
    enregistrer = Signal(object)
    exporter = Signal(object)
    retirer = Signal(object)
    a_signer = Signal()
    attribuer = Signal(object, object)
    attribuer_entite = Signal(object, str)
    couvrir = Signal(object)
    dispenser = Signal(object)
    redemander = Signal(object)

    def __init__(self, contexte: "Contexte") -> None:
        super().__init__(" ")
        self._contexte = contexte
        self._numero = 0
        self._lu: Lecture | None = None
        self.montre = Montre()
        tete = QHBoxLayout()
        tete.setSpacing(10)
        self.badge = Badge()
        self.obligation = Libelle("", "muet")
        tete.addWidget(self.badge)
        tete.addWidget(self.obligation, 1)
        self.corps.addLayout(tete)
        self.raison = self.ajouter_texte("")
        self.trame = self.ajouter_texte("", "petit")
        self._piece: EtatPiece | None = None
        self.modele = ModeleTable(COLONNES_ELEMENTS, lambda e: e.cle)
        self.liste = TableauEntier("Documents de la pièce", self.modele)
        self.liste.choisie.connect(lambda _ligne: self._montrer())
        self.ajouter(self.liste)
        self.organisme = ChampChoix(libelle_de("fichier.og_id"), (), self._attribuer)
        self.ajouter(self.organisme)
        self.entite = ChampChoix(libelle_de("fichier.entite"), (), self._attribuer_entite)
        self.ajouter(self.entite)
        self.b_couvrir = bouton(
            "Dire quels ESSMS il &couvre…",
            lambda: self._emettre(self.couvrir),
            aide="Un fichier peut donner les résultats de plusieurs ESSMS",
        )
        self.ajouter(self.b_couvrir)
        self.corps.addLayout(self._boutons())
        self.apercu = ApercuDocument(contexte.taches)
        self.ajouter(self.apercu, 1)

    def _boutons(self) -> QVBoxLayout:
        lignes = QVBoxLayout()
        lignes.setSpacing(8)
        haut, bas = QHBoxLayout(), QHBoxLayout()
        for ligne in (haut, bas):
            ligne.setSpacing(8)
            lignes.addLayout(ligne)

        def geste(texte: str, signal: SignalInstance, aide: str, role: str = "") -> QPushButton:
            b = bouton(texte, lambda: self._emettre(signal), role, aide)
            haut.addWidget(b)
            return b

        self.b_imprimer = geste("&Imprimer…", self.imprimer, "Aperçu, puis impression (Ctrl+P)")
        self.b_imprimer.setShortcut("Ctrl+P")
        self.b_enregistrer = geste(
            "&Enregistrer le PDF…", self.enregistrer, "Produit le document et l’enregistre où vous voulez"
        )
        self.b_exporter = geste("E&xporter…", self.exporter, "Enregistre une copie du fichier joint")
        self.b_retirer = geste(
            "&Retirer", self.retirer, "Retire ce fichier de la pièce\u00a0; le geste s’annule", "danger"
        )
        self.b_signer = bouton(
            "Faire &signer…",
            self.a_signer.emit,
            aide="Ouvre le circuit de signature\u00a0: imprimer, envoyer, joindre le document signé",
        )
        self.b_dispense = bouton(
            "Sans &objet…",
            self._dispenser,
            aide="Dit pourquoi cette pièce n’est pas à fournir : le motif s’imprime sur la couverture",
        )
        bas.addWidget(self.b_signer)
        bas.addWidget(self.b_dispense)
        haut.addStretch(1)
        bas.addStretch(1)
        return lignes

    def _dispenser(self) -> None:
        if self._piece is not None:
            (self.redemander if self._piece.dispensee else self.dispenser).emit(self._piece)

    def _emettre(self, signal: SignalInstance) -> None:
        element = self.element
        if element is not None:
            signal.emit(element)

    @property
    def element(self) -> Element | None:
        """The document selected, None when the piece holds none."""
        ligne = self.liste.ligne_courante()
        return self.modele.objet(ligne) if ligne >= 0 else None

    def afficher(self, lu: "Lecture", piece: EtatPiece) -> None:
        """Shows a piece; the document selected stays so while it is there."""
        self._lu = lu
        avant = self.element.cle if self.element is not None and piece.numero == self._numero else None
        self._numero = piece.numero
        self.titre.setText(f"{piece.numero}. {piece.titre}")
        self.setAccessibleName(f"Pièce {piece.numero}\u00a0: {piece.titre}")
        self.badge.fixer(*etat(piece))
        obligation = _OBLIGATIONS[piece.obligation]
        self.obligation.setText(
            f"{obligation} ({provenance(piece.source, piece.fondement)})" if piece.source else obligation
        )
        raison = piece.manque if piece.manque and not piece.satisfaite else piece.raison
        self._piece = piece
        self.b_dispense.setVisible((piece.due and piece.manquante) or piece.dispensee)
        texte = "Demander de n&ouveau" if piece.dispensee else "Sans &objet…"
        self.b_dispense.setText(texte)
        self.b_dispense.setAccessibleName(texte.replace("&", ""))
        self.trame.setVisible(piece.trame)
        if piece.trame:
            ou = provenance(SOURCE_TRAMES, lu.campagne.fondement(SOURCE_TRAMES, lu.dossier.type_projet))
            self.trame.setText(
                f"La CNSA recommande une trame pour cette pièce, sans l’imposer : {ou}. Remplie par vous, elle se joint ici à la "
                "place du document produit."
            )
        self.raison.setText(raison)
        self.raison.setVisible(bool(raison))
        contenu = elements(lu.dossier, piece)
        if avant is None:
            self.montre.lacher()
        nom = self.montre.parti({e.cle for e in contenu})
        if nom:
            self._contexte.disparu.emit(phrase(nom, f"La pièce {piece.numero} est montrée."))
        self.modele.charger(contenu)
        self.liste.setVisible(bool(contenu))
        if piece.numero in PAR_OG:
            self.organisme.fixer_options([(None, "À attribuer"), *((og.id, og.nom) for og in lu.dossier.ogs)])
        if piece.numero == ACCORDS:
            self.entite.fixer_options(
                [("", "À attribuer"), *((nom, nom) for nom in entites(lu.dossier.ogs) if nom)]
            )
        if contenu:
            self.liste.choisir(max(self.modele.ligne_de(avant), 0))
        self.liste.ajuster()
        self._montrer()

    def choisir_fichier(self, fichier_id: int) -> None:
        """Selects an attached file."""
        ligne = self.modele.ligne_de(("", fichier_id, None))
        if ligne >= 0:
            self.liste.choisir(ligne)

    # The document on show

    def _montrer(self) -> None:
        element = self.element
        if element is not None:
            self.montre.voir(element.cle, element.titre)
        joint = element is not None and element.fichier_id is not None
        self.b_enregistrer.setVisible(element is not None and not joint)
        self.b_imprimer.setVisible(
            element is not None and (not joint or element.extension in (".pdf", *IMAGES_CONVERTIES))
        )
        self.b_signer.setVisible(self._a_signer())
        self.b_exporter.setVisible(joint)
        self.b_retirer.setVisible(joint)
        par_essms = self._numero == DIAGNOSTICS and self._par_essms()
        self.organisme.setVisible(joint and self._numero in PAR_OG and not par_essms)
        self.b_couvrir.setVisible(joint and par_essms)
        self.entite.setVisible(joint and self._numero == ACCORDS)
        if element is None:
            self.apercu.montrer_message(
                "Cette pièce ne contient encore aucun document. Glissez un fichier sur sa ligne, ou utilisez «\u00a0Joindre un fichier…\u00a0»."
            )
        elif joint:
            self.organisme.fixer(element.og_id)
            self.entite.fixer(element.entite)
            self._montrer_joint(element)
        else:
            self._montrer_genere(element)

    def _par_essms(self) -> bool:
        return self._lu is not None and self._lu.campagne.unites.autodiagnostics.valeur == "essms"

    def _a_signer(self) -> bool:
        from esms_desktop.documents.catalogue import de_la_piece

        modele = de_la_piece(self._numero)
        return modele is not None and modele.a_signer and bool(self._lu and self._lu.dossier.ogs)

    def _montrer_joint(self, element: Element) -> None:
        if element.extension not in (".pdf", *IMAGES, *IMAGES_CONVERTIES):
            self.apercu.montrer_message(
                _SANS_APERCU.format(nom=element.titre, taille=element.detail.split(" · ")[0])
            )
            return
        try:
            octets = self._contexte.base.contenu(element.sha256)
            if self._se_convertit(element, octets):
                self._convertir(element, octets)
                return
        except ErreurEsms as e:
            self.apercu.montrer_message(str(e))
            return
        (self.apercu.montrer_pdf if element.extension == ".pdf" else self.apercu.montrer_image)(octets)

    @staticmethod
    def _se_convertit(element: Element, octets: bytes) -> bool:
        """Whether the pages of the filing are others than those of the file: those of a portfolio are in its files."""
        if element.extension != ".pdf":
            return element.extension in IMAGES_CONVERTIES
        pdf = Pdf(octets)
        try:
            # One page of its own, and one in its only file: the pages alone do not tell them apart.
            return len(pdf) != element.pages or b"/Collection" in octets
        finally:
            pdf.fermer()

    def pages_du_dossier(self, element: Element) -> bytes | None:
        """The pages that stand for an attached file in the filing; None while they are being made.

        Raises:
            ErreurEsms: the base does not give the file.
        """
        octets = self._contexte.base.contenu(element.sha256)
        return self.apercu.converti(_cle(element)) if self._se_convertit(element, octets) else octets

    def _convertir(self, element: Element, octets: bytes) -> None:
        assert self._lu is not None
        nom, extension, jour = element.titre, element.extension, self._lu.jour

        def pages() -> bytes:
            from esms_desktop.depot.fichiers.conversion import apercu

            return apercu(nom, extension, octets, jour)

        self.apercu.montrer_converti(_cle(element), pages)

    def _montrer_genere(self, element: Element) -> None:
        assert self._lu is not None
        try:
            document = produire_element(self._lu, element)
        except ErreurEsms as e:
            self.apercu.montrer_message(str(e))
            return
        self.apercu.montrer_document(document, self._lu.jour)

    def _attribuer(self, og_id: int | None) -> None:
        if self.element is not None:
            self.attribuer.emit(self.element, og_id)

    def _attribuer_entite(self, nom: str) -> None:
        if self.element is not None:
            self.attribuer_entite.emit(self.element, nom)


def _cle(element: Element) -> str:
    return f"{element.sha256} {element.titre}"


def produire_element(lu: "Lecture", element: Element) -> "Document":
    """The tree of a document the application draws for a piece, as it is filed.

    Raises:
        ErreurSaisie: it cannot be made from the dossier as it is.
    """
    from esms_desktop.documents.arbre.arbre import deposee
    from esms_desktop.documents.catalogue import produire

    og = next((og for og in lu.dossier.ogs if og.id == element.og_id), None)
    return deposee(produire(element.genere, lu.dossier, lu.campagne, lu.jour, og))
