"""The Pièces page: the fourteen pieces, what each holds, and every way to attach, draw, export and remove."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from esms_desktop.documents.catalogue import de_la_piece
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import pluriel
from esms_desktop.gestes import pieces as gestes
from esms_desktop.gestes.dispenser import dispenser, redemander
from esms_desktop.lecture import Fichier
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.pieces import DIAGNOSTICS_ESSMS, NOMS_FICHIERS, PAR_OG, a_deposer
from ui import sorties
from ui.pages.commun.page import PageDossier
from ui.pages.pieces.couverture import DialogueCouverture
from ui.pages.pieces.dispense import demander_motif
from ui.pages.pieces.lecture import FichiersLus, demander_fichiers, lire_avec_mots_de_passe
from ui.pages.pieces.modele import Element, og_probable, phrase
from ui.pages.pieces.panneau import PanneauPiece, produire_element
from ui.pages.pieces.tableau import TableauPieces
from ui.pages.pieces.zone import ZonePanneau
from ui.widgets.etat_vide import EtatVide
from ui.widgets.impression import DialogueImpression, Feuillet, apercevoir

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from esms_desktop.regles.dossier.pieces import EtatPiece
    from ui.contexte import Contexte


# Beyond, what to know of many files would push the pieces out of sight.
_REMARQUES_DITES = 8


class PagePieces(PageDossier):
    """Pieces at the left, the selected one at the right."""

    cle = Page.PIECES
    titre = "Pièces"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._pieces: tuple[EtatPiece, ...] = ()
        self.gestes = (
            self.entete.ajouter_action(
                "Préparer le &dépôt",
                lambda: self.demande_page.emit(Cible(Page.DEPOT)),
                aide="Ouvre la page Dépôt",
            ),
            self.entete.ajouter_action(
                "&Joindre un fichier…",
                self.demander,
                primaire=True,
                raccourci="Ctrl+J",
                aide="Joint un ou plusieurs fichiers à la pièce choisie (Ctrl+J)",
            ),
        )
        self.tableau = TableauPieces()
        self.panneau = PanneauPiece(contexte)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.setHandleWidth(14)
        partage.addWidget(self.tableau)
        partage.addWidget(ZonePanneau(self.panneau, "Pièce choisie"))
        partage.setStretchFactor(0, 5)
        partage.setStretchFactor(1, 3)
        partage.setSizes([620, 360])
        self.partage = partage
        self.corps.addWidget(partage, 1)
        self.vide = EtatVide(
            "Aucune pièce à fournir",
            "Cette campagne ne demande pas de dossier : le SONS passe par un bon de commande signé avec l’éditeur, puis par la "
            "vérification d’aptitude.",
        )
        self.corps.addWidget(self.vide)
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.tableau.activee.connect(lambda _ligne: self.demander())
        self.tableau.fichiers_deposes.connect(self.joindre)
        self.panneau.enregistrer.connect(self.enregistrer)
        self.panneau.exporter.connect(self.exporter)
        self.panneau.retirer.connect(self.retirer)
        self.panneau.a_signer.connect(self._faire_signer)
        self.panneau.imprimer.connect(self.imprimer)
        self.panneau.attribuer.connect(self.attribuer)
        self.panneau.attribuer_entite.connect(self.attribuer_entite)
        self.panneau.couvrir.connect(self.couvrir)
        self.panneau.dispenser.connect(self.dispenser)
        self.panneau.redemander.connect(self.redemander)

    def rafraichir(self) -> None:
        """Reads the pieces again; the selected one stays so."""
        self.montrer_examen(self.examen())

    def montrer_examen(self, examen: "Examen | None") -> None:
        """The pieces with the gaps of their documents, once they are read."""
        lu = self.lecture()
        self._pieces = lu.pieces if examen is None else lu.pieces_lues
        numero = self.tableau.numero() or 1
        demandees = a_deposer(lu.campagne)
        self.partage.setVisible(demandees)
        self.vide.setVisible(not demandees)
        for b in self.gestes:
            b.setVisible(demandees)
        self.entete.set_phrase(phrase(self._pieces) if demandees else self.vide.titre.text() + ".")
        self.tableau.modele.charger(self._pieces)
        self.tableau.choisir_numero(numero)
        self._montrer()

    def _montrer(self) -> None:
        numero = self.tableau.numero()
        if numero and self.dossier_id:
            self.panneau.afficher(self.lecture(), next(p for p in self._pieces if p.numero == numero))

    def aller_a(self, cible: Cible) -> None:
        """Selects the piece a finding names."""
        if cible.objet == "piece" and cible.id:
            self.tableau.choisir_numero(cible.id)
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    # Attaching

    def demander(self) -> None:
        """Asks for the files to attach to the selected piece."""
        numero = self.tableau.numero()
        if not numero:
            self.bandeau.montrer("Choisissez d’abord la pièce à laquelle joindre le fichier.", "info")
            return
        chemins = demander_fichiers(
            self, f"Joindre à la pièce {numero}", self.lecture().campagne.extensions.valeur
        )
        if chemins:
            self.joindre(numero, chemins)

    def joindre(self, numero: int, chemins: Sequence[Path]) -> None:
        """Reads and checks the files beside the window, asks their password to the protected ones, then attaches those
        that can be, in one gesture."""
        dossier_id = self.dossier_id
        lire_avec_mots_de_passe(
            self,
            self.contexte.taches,
            chemins,
            self.lecture().campagne.extensions.valeur,
            lambda lus: self._attacher(dossier_id, numero, lus),
            self._echec,
        )

    def _attacher(self, dossier_id: int, numero: int, lus: FichiersLus) -> None:
        dossier = self.contexte.base.lire(dossier_id)
        if dossier is None:
            return
        noms = [verifie.nom_sobre for verifie, _ in lus.acceptes]
        dernier = 0
        if noms:
            fichiers = [
                gestes.AJoindre(
                    v.nom_sobre,
                    v.extension,
                    octets,
                    v.pages,
                    og_probable(v.nom_sobre, dossier) if numero in PAR_OG else None,
                )
                for v, octets in lus.acceptes
            ]
            cles = self.contexte.accomplir(gestes.joindre, dossier, numero, fichiers)
            if cles is None:
                return
            dernier = cles[-1]
        if dossier_id == self.dossier_id:
            self.rafraichir()
            self.tableau.choisir_numero(numero)
            self.panneau.choisir_fichier(dernier)
        self._dire_jointure(numero, noms, lus)

    def _dire_jointure(self, numero: int, noms: list[str], lus: FichiersLus) -> None:
        phrases = []
        if len(noms) == 1:
            phrases.append(f"«\u00a0{noms[0]}\u00a0» est joint à la pièce {numero}.")
        elif noms:
            phrases.append(f"{pluriel(len(noms), 'fichier')} sont joints à la pièce {numero}.")
        phrases += lus.remarques[:_REMARQUES_DITES]
        reste = len(lus.remarques) - _REMARQUES_DITES
        if reste > 0:
            phrases.append(
                f"{pluriel(reste, 'autre remarque', 'autres remarques')}\u00a0: joignez moins de fichiers à la fois pour les lire."
            )
        phrases += [str(e) for e in lus.refus]
        if lus.refus and not noms:
            phrases.append("Rien n’a été joint.")
        genre = "bad" if lus.refus else "warn" if lus.remarques else "ok"
        # A line for each thing to know; a single one goes on after what was done.
        separateur = "\n" if len(phrases) > 2 else " "
        self.bandeau.montrer(separateur.join(phrases), genre, secondes=12 if genre == "ok" else 0)

    # Files already there

    def attribuer(self, element: Element, og_id: int | None) -> None:
        """Says which OG an attached file stands for."""
        fichier = self.lecture().dossier.trouver(Fichier, element.fichier_id)
        if fichier is not None:
            self.contexte.modifier(
                fichier, f"Attribuer «\u00a0{fichier.nom}\u00a0» à un organisme", og_id=og_id
            )

    def attribuer_entite(self, element: Element, nom: str) -> None:
        """Says which national entity an attached agreement is of."""
        fichier = self.lecture().dossier.trouver(Fichier, element.fichier_id)
        if fichier is not None:
            self.contexte.modifier(
                fichier, f"Attribuer «\u00a0{fichier.nom}\u00a0» à une entité nationale", entite=nom
            )

    def couvrir(self, element: Element) -> None:
        """Asks which ESSMS an attached file covers, and keeps the answer in one gesture."""
        essms = self.lecture().dossier.essms
        couverts = {
            champ: {e.id for e in essms if getattr(e, champ) == element.fichier_id}
            for champ in DIAGNOSTICS_ESSMS
        }
        dialogue = DialogueCouverture(self, element.titre, essms, couverts)
        if not dialogue.exec():
            return

        fichier = self.lecture().dossier.trouver(Fichier, element.fichier_id)
        if fichier is not None:
            self.contexte.accomplir(gestes.couvrir, fichier, essms, dialogue.choix)

    def dispenser(self, piece: "EtatPiece") -> None:
        """Asks why the piece is without object, and keeps the reason."""
        motif = demander_motif(self, piece)
        if motif is not None:
            dossier = self.lecture().dossier
            self.contexte.reussir(None, dispenser, dossier, piece.numero, motif)

    def redemander(self, piece: "EtatPiece") -> None:
        """Takes the reason back: the piece is asked again."""
        dossier = self.lecture().dossier
        self.contexte.reussir(None, redemander, dossier, piece.numero)

    def retirer(self, element: Element) -> None:
        """Removes an attached file; the message offers to undo."""
        fichier = self.lecture().dossier.trouver(Fichier, element.fichier_id)
        if fichier is None:
            return
        nom, numero = fichier.nom, fichier.numero
        self.panneau.montre.lacher()
        if self.contexte.retirer(fichier, libelle=f"Retirer «\u00a0{nom}\u00a0» de la pièce {numero}"):
            self.bandeau.montrer(
                f"«\u00a0{nom}\u00a0» n’est plus joint à la pièce {numero}.",
                "info",
                ("Annuler", self.contexte.annuler),
                secondes=20,
            )

    def exporter(self, element: Element) -> None:
        """Asks where a copy of an attached file goes, then writes it."""
        chemin = sorties.demander_fichier(
            self, "Exporter le fichier joint", element.titre, "Tous les fichiers (*)"
        )
        if chemin is not None:
            self.exporter_vers(element, chemin)

    def exporter_vers(self, element: Element, chemin: Path) -> None:
        """Writes a copy of an attached file, byte for byte."""
        lire = self.contexte.base.contenu
        self.contexte.taches.lancer(
            "Export du fichier joint",
            lambda _progress: [sorties.ecrire(chemin, lire(element.sha256))],
            self._dire_ecrit,
            self._echec,
        )

    # Documents the application draws

    def enregistrer(self, element: Element) -> None:
        """Asks where the PDF of a generated document goes, then writes it."""
        propose = f"{NOMS_FICHIERS[self.tableau.numero()]}.pdf"
        chemin = sorties.demander_fichier(self, f"Enregistrer «\u00a0{element.titre}\u00a0»", propose)
        if chemin is not None:
            self.enregistrer_vers([(element, chemin)])

    def imprimer(self, element: Element) -> None:
        """Shows a document of the piece, then prints it."""
        from esms_desktop.depot.fichiers.fichiers import nom_sobre

        nom = nom_sobre(element.titre + ".pdf").removesuffix(".pdf").removesuffix(".pdf")
        if element.fichier_id is not None:
            try:
                octets = self.panneau.pages_du_dossier(element)
            except ErreurEsms as e:
                self._echec(e)
                return
            if octets is None:
                self.bandeau.montrer(
                    "Ses pages se préparent\u00a0: recommencez dans un instant.", "info", secondes=6
                )
                return
            feuillets = [Feuillet(element.titre, octets)]
            DialogueImpression(element.titre, feuillets, self.contexte.taches, nom, parent=self).open()
            return
        lu = self.lecture()
        try:
            document = produire_element(lu, element)
        except ErreurEsms as e:
            self._echec(e)
            return
        titre = f"{element.titre} — {element.organisme}" if element.organisme else element.titre
        documents = [(titre, document)]
        apercevoir(self, self.contexte.taches, titre, nom, documents, lu.jour, self._echec)

    def _faire_signer(self) -> None:
        """Goes to the signature circuit of the document of the piece."""
        modele, ogs = de_la_piece(self.tableau.numero()), self.lecture().dossier.ogs
        if modele is not None and ogs:
            self.demande_page.emit(Cible(Page.DOCUMENTS, "document", ogs[0].id, modele.code))

    def enregistrer_vers(self, travaux: list[tuple[Element, Path]]) -> None:
        """Draws generated documents and writes each to its path, beside the window."""
        lu = self.lecture()
        try:
            documents = [(produire_element(lu, element), chemin) for element, chemin in travaux]
        except ErreurEsms as e:
            self._echec(e)
            return
        sorties.imprimer(self.contexte.taches, documents, lu.jour, self._dire_ecrit, self._echec)
