"""The Pièces page: the fourteen pieces, what each holds, and every way to attach, draw, export and remove."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.pieces import NOMS_FICHIERS, PAR_OG
from ui import sorties
from ui.models.pieces import Element, dessines, og_probable, phrase
from ui.pages.page import Defilement, PageDossier
from ui.pages.pieces_lecture import Lecture, lire_fichiers
from ui.pages.pieces_panneau import PanneauPiece, produire_element
from ui.pages.pieces_tableau import TableauPieces
from ui.textes import pluriel

if TYPE_CHECKING:
    from ui.contexte import Contexte


class _ZonePanneau(Defilement):
    """Where the panel scrolls down; never narrower than what it holds."""

    def __init__(self, panneau: QWidget) -> None:
        super().__init__("Pièce choisie")
        colonne = QVBoxLayout(self.interieur)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.addWidget(panneau)
        self.interieur.installEventFilter(self)

    def eventFilter(self, objet: QObject, evenement: QEvent) -> bool:
        """Measures again when the panel holds something else."""
        if evenement.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(objet, evenement)

    def minimumSizeHint(self) -> QSize:
        """The width of the panel and of its scroll bar."""
        barre = self.verticalScrollBar().sizeHint().width()
        return QSize(self.interieur.minimumSizeHint().width() + barre, super().minimumSizeHint().height())


class PagePieces(PageDossier):
    """Pieces at the left, the selected one at the right."""

    cle = Page.PIECES
    titre = "Pièces"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.entete.ajouter_action(
            "Préparer le &dépôt",
            lambda: self.demande_page.emit(Cible(Page.DEPOT)),
            aide="Ouvre la page Dépôt",
        )
        self.entete.ajouter_action(
            "&Joindre un fichier…",
            self.demander,
            primaire=True,
            raccourci="Ctrl+J",
            aide="Joint un ou plusieurs fichiers à la pièce choisie (Ctrl+J)",
        )
        self.tableau = TableauPieces()
        self.panneau = PanneauPiece(contexte)
        partage = QSplitter(Qt.Orientation.Horizontal)
        partage.setChildrenCollapsible(False)
        partage.setHandleWidth(14)
        partage.addWidget(self.tableau)
        partage.addWidget(_ZonePanneau(self.panneau))
        partage.setStretchFactor(0, 5)
        partage.setStretchFactor(1, 3)
        partage.setSizes([620, 360])
        self.corps.addWidget(partage, 1)
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.tableau.activee.connect(lambda _ligne: self.demander())
        self.tableau.fichiers_deposes.connect(self.joindre)
        self.panneau.enregistrer.connect(self.enregistrer)
        self.panneau.exporter.connect(self.exporter)
        self.panneau.retirer.connect(self.retirer)
        self.panneau.a_signer.connect(self.imprimer_a_signer)
        self.panneau.attribuer.connect(self.attribuer)

    def rafraichir(self) -> None:
        """Reads the pieces again; the selected one stays so."""
        vue = self.vue()
        numero = self.tableau.numero() or 1
        self.entete.set_phrase(phrase(vue.pieces))
        self.tableau.modele.charger(vue.pieces)
        self.tableau.choisir_numero(numero)
        self._montrer()

    def _montrer(self) -> None:
        numero = self.tableau.numero()
        if numero and self.dossier_id:
            vue = self.vue()
            self.panneau.afficher(vue, next(p for p in vue.pieces if p.numero == numero))

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
        extensions = self.vue().campagne.extensions.valeur
        motifs = " ".join(f"*{e if e.startswith('.') else f'.{e}'}" for e in extensions)
        choisis, _ = QFileDialog.getOpenFileNames(
            self,
            f"Joindre à la pièce {numero}",
            str(Path.home()),
            f"Fichiers admis ({motifs});;Tous les fichiers (*)",
        )
        if choisis:
            self.joindre(numero, [Path(c) for c in choisis])

    def joindre(self, numero: int, chemins: Sequence[Path]) -> None:
        """Reads and checks the files beside the window, then attaches those that can be, in one gesture."""
        dossier_id, extensions = self.dossier_id, self.vue().campagne.extensions.valeur
        self.contexte.taches.lancer(
            "Lecture des fichiers à joindre",
            lambda progress: lire_fichiers(chemins, extensions, progress),
            lambda lecture: self._attacher(dossier_id, numero, lecture),
            self._echec,
        )

    def _attacher(self, dossier_id: int, numero: int, lecture: Lecture) -> None:
        porte = self.contexte.porte
        dossier = porte.dossier_par_id(dossier_id)
        if dossier is None:
            return
        noms = [verifie.nom_sobre for verifie, _ in lecture.acceptes]
        dernier = 0
        if noms:
            quoi = f"«\u00a0{noms[0]}\u00a0»" if len(noms) == 1 else pluriel(len(noms), "fichier")
            with self.contexte.geste(f"Joindre {quoi} à la pièce {numero}") as geste:
                for verifie, octets in lecture.acceptes:
                    og = og_probable(verifie.nom_sobre, dossier) if numero in PAR_OG else None
                    fichier = porte.joindre(
                        dossier,
                        numero,
                        verifie.nom_sobre,
                        verifie.extension,
                        octets,
                        og=og,
                        pages=verifie.pages,
                    )
                    dernier = fichier.id
            if not geste.reussi:
                return
        if dossier_id == self.dossier_id:
            self.rafraichir()
            self.tableau.choisir_numero(numero)
            self.panneau.choisir_fichier(dernier)
        self._dire_jointure(numero, noms, lecture)

    def _dire_jointure(self, numero: int, noms: list[str], lecture: Lecture) -> None:
        phrases = []
        if len(noms) == 1:
            phrases.append(f"«\u00a0{noms[0]}\u00a0» est joint à la pièce {numero}.")
        elif noms:
            phrases.append(f"{pluriel(len(noms), 'fichier')} sont joints à la pièce {numero}.")
        phrases += [r for verifie, _ in lecture.acceptes for r in verifie.remarques]
        phrases += [str(e) for e in lecture.refus]
        if lecture.refus and not noms:
            phrases.append("Rien n’a été joint.")
        genre = "bad" if lecture.refus else "ok"
        self.bandeau.montrer(" ".join(phrases), genre, secondes=0 if lecture.refus else 12)

    # Files already there

    def attribuer(self, element: Element, og_id: int | None) -> None:
        """Says which OG an attached file stands for."""
        fichier = self.contexte.porte.fichier(element.fichier_id or 0)
        if fichier is not None:
            self.contexte.modifier(
                fichier, f"Attribuer «\u00a0{fichier.nom}\u00a0» à un organisme", og_id=og_id
            )

    def retirer(self, element: Element) -> None:
        """Removes an attached file; the message offers to undo."""
        fichier = self.contexte.porte.fichier(element.fichier_id or 0)
        if fichier is None:
            return
        nom, numero = fichier.nom, fichier.numero
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
        lire = self.contexte.porte.contenu
        self.contexte.taches.lancer(
            "Export du fichier joint",
            lambda _progress: [sorties.ecrire(chemin, lire(element.sha256))],
            self._ecrits,
            self._echec,
        )

    # Documents the application draws

    def enregistrer(self, element: Element) -> None:
        """Asks where the PDF of a generated document goes, then writes it."""
        propose = f"{NOMS_FICHIERS[self.tableau.numero()]}.pdf"
        chemin = sorties.demander_fichier(self, f"Enregistrer «\u00a0{element.titre}\u00a0»", propose)
        if chemin is not None:
            self.enregistrer_vers([(element, chemin)])

    def imprimer_a_signer(self) -> None:
        """Asks for a folder, then writes there every document to sign of the selected piece."""
        dossier = sorties.demander_dossier(self, "Où enregistrer les documents à signer\u00a0?")
        if dossier is not None:
            self.imprimer_a_signer_dans(dossier)

    def imprimer_a_signer_dans(self, sortie: Path) -> None:
        """Writes the convention, or one letter for each OG, into `sortie`."""
        from esms_desktop.depot.fichiers import nom_sobre

        numero = self.tableau.numero()
        travaux = []
        a_signer = dessines(self.vue().dossier, numero)
        for rang, element in enumerate(a_signer, 1):
            suite = f"-{rang:02d}-{element.organisme}" if element.og_id is not None else ""
            nom = nom_sobre(f"{NOMS_FICHIERS[numero]}{suite}".replace("/", "-").replace(" ", "-") + ".pdf")
            travaux.append((element, sortie / nom))
        self.enregistrer_vers(travaux, a_signer=True)

    def enregistrer_vers(self, travaux: list[tuple[Element, Path]], a_signer: bool = False) -> None:
        """Draws generated documents and writes each to its path, beside the window."""
        vue = self.vue()
        try:
            documents = [(produire_element(vue, element), chemin) for element, chemin in travaux]
        except ErreurEsms as e:
            self._echec(e)
            return
        fini = self._imprimes if a_signer else self._ecrits
        sorties.imprimer(self.contexte.taches, documents, vue.jour, fini, self._echec)

    def _ecrits(self, chemins: list[Path]) -> None:
        self.bandeau.montrer(
            f"Le fichier est enregistré\u00a0: {chemins[0]}",
            "ok",
            ("Ouvrir", lambda: sorties.ouvrir(chemins[0])),
        )

    def _imprimes(self, chemins: list[Path]) -> None:
        combien = (
            "Le document à signer est enregistré"
            if len(chemins) == 1
            else (f"{pluriel(len(chemins), 'document')} à signer sont enregistrés")
        )
        self.bandeau.montrer(
            f"{combien} dans {chemins[0].parent}. Faites signer, numérisez, puis joignez le document signé à cette pièce.",
            "ok",
            ("Ouvrir le dossier", lambda: sorties.ouvrir(chemins[0].parent)),
        )

    def _echec(self, erreur: ErreurEsms) -> None:
        self.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
