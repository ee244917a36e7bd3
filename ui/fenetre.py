"""The main window: painted empty at once, then the portfolio or an open dossier."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui.pages.accueil.attente import PageAttente
from ui.registre import VUE_ENSEMBLE

if TYPE_CHECKING:
    from ui.contexte import Conflit, Contexte
    from ui.frappe.saisies import SaisiesDeFenetre
    from ui.instance import Guichet
    from ui.menus import Menus
    from ui.pages.accueil.bienvenue import Action, PageEchec
    from ui.pages.accueil.portefeuille import PagePortefeuille
    from ui.pages.base.page_base import PageBase
    from ui.pages_de_base import PagesDeBase
    from ui.verrou import Verrou
    from ui.vue_dossier import VueDossier
    from ui.widgets.bandeau import Bandeau
    from ui.widgets.pied_sauvegarde import PiedSauvegarde

_TITRE = "ESMS Desktop"
_MENUS = ("&Fichier", "&Édition", "A&ller", "Ai&de")


class Fenetre(QMainWindow):
    """`premier_affichage`: painted once; `prete`: the portfolio is on screen; `batie`: something that lasts was built;
    `defaite`: all of it goes, with the base."""

    premier_affichage = Signal()
    prete = Signal()
    batie = Signal()
    defaite = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.contexte: Contexte | None = None
        self.portefeuille: PagePortefeuille | None = None
        self.dossier: VueDossier | None = None
        self.saisies: SaisiesDeFenetre | None = None
        self._menus: Menus | None = None
        self._bandeau: Bandeau | None = None
        self._pied: PiedSauvegarde | None = None
        self._verrou: Verrou | None = None
        self._pages_de_base: PagesDeBase | None = None
        self.guichet: Guichet | None = None
        self._peinte = False
        self.setWindowTitle(_TITRE)
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        centre = self.centre = QWidget()
        centre.setObjectName("fond")
        colonne = self._colonne = QVBoxLayout(centre)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(0)
        self.pile = QStackedWidget()
        colonne.addWidget(self.pile, 1)
        self.setCentralWidget(centre)
        self.attente = PageAttente()
        self.pile.addWidget(self.attente)
        self.echec: PageEchec | None = None
        self._titres = [self.menuBar().addMenu(titre) for titre in _MENUS]
        self._reglages = QSettings()
        geometrie = self._reglages.value("fenetre/geometrie")
        if geometrie is not None:
            self.restoreGeometry(geometrie)
        self.attente.installEventFilter(self)

    @property
    def menus(self) -> "Menus":
        """The menus, filled the first time they are asked: after the first paint."""
        if self._menus is None:
            from ui.menus import Menus

            self._menus = Menus(self, self._titres)
        return self._menus

    @property
    def bandeau(self) -> "Bandeau":
        """The message bar above every page, made the first time something is said."""
        if self._bandeau is None:
            from ui.widgets.bandeau import Bandeau

            self._bandeau = Bandeau()
            self._colonne.insertWidget(0, self._bandeau)
        return self._bandeau

    @property
    def pied(self) -> "PiedSauvegarde":
        """The strip under every page, made with the first base that is open."""
        if self._pied is None:
            from ui.widgets.pied_sauvegarde import PiedSauvegarde

            self._pied = PiedSauvegarde()
            self._pied.ouvrir.connect(lambda: self.montrer_base("sauvegardes"))
            self._colonne.addWidget(self._pied)
        return self._pied

    @property
    def verrou(self) -> "Verrou":
        """What locks the window, made when it is first asked."""
        if self._verrou is None:
            from ui.verrou import Verrou

            self._verrou = Verrou(self)
        return self._verrou

    @property
    def pages_de_base(self) -> "PagesDeBase":
        """The pages of the base itself."""
        if self._pages_de_base is None:
            from ui.pages_de_base import PagesDeBase

            self._pages_de_base = PagesDeBase(self)
        return self._pages_de_base

    def eventFilter(self, objet: object, evenement: QEvent) -> bool:
        """Says when the first page has been painted."""
        if not self._peinte and objet is self.attente and evenement.type() == QEvent.Type.Paint:
            self._peinte = True
            QTimer.singleShot(0, self._apres_affichage)
        return super().eventFilter(objet, evenement)  # type: ignore[arg-type]

    def _apres_affichage(self) -> None:
        self.premier_affichage.emit()
        self._actualiser()

    # -- base --------------------------------------------------------------------------------------------------

    def installer(self, contexte: "Contexte") -> None:
        """Shows the portfolio of an open base."""
        from ui.dialogues import echanger
        from ui.frappe.saisies import SaisiesDeFenetre
        from ui.pages.accueil.portefeuille import PagePortefeuille
        from ui.pages.base.donnees_personnelles import effacer_perimes

        self.contexte = contexte
        contexte.change.connect(self._apres_changement)
        contexte.ecriture_echouee.connect(self._ecriture_echouee)
        contexte.trancher = self._trancher
        self.portefeuille = PagePortefeuille(contexte)
        self.portefeuille.ouvrir_dossier.connect(self.ouvrir_dossier)
        self.portefeuille.nouveau_finess.connect(self.nouveau_finess)
        self.portefeuille.fichier.connect(lambda acte, cle: echanger(self, acte, cle))
        self.portefeuille.nouveau_vide.connect(self.nouveau_vide)
        self.portefeuille.supprime.connect(self._dire_supprime)
        self.pile.addWidget(self.portefeuille)
        self.portefeuille.rafraichir()
        self.montrer_portefeuille()
        self.saisies = SaisiesDeFenetre(self, contexte)
        effacer_perimes(contexte)
        QTimer.singleShot(0, self.prete.emit)
        QTimer.singleShot(0, self, self._reprendre)

    def _reprendre(self) -> None:
        """Offers to undo what was done before the window was closed: nobody waits for it."""
        if self.contexte is not None:
            self.contexte.base.reprendre_les_pas()
            self._actualiser()

    def desinstaller(self) -> None:
        """Closes the base and goes back to the wait."""
        self.pile.setCurrentWidget(self.attente)
        if self.saisies is not None:
            self.saisies.fermer()
            self.saisies = None
        if self._verrou is not None:
            self._verrou.arreter()
        if self.guichet is not None:
            self.guichet.fermer()
            self.guichet = None
        if self._pages_de_base is not None:
            self._pages_de_base.oublier()
        if self._pied is not None:
            self._pied.hide()
        if self.portefeuille is not None:
            self.portefeuille.arreter()
        if self.dossier is not None:
            # What it still had to read again, once the base is closed.
            self.dossier.fermer()
        for page in (self.dossier, self.portefeuille):
            if page is not None:
                self.pile.removeWidget(page)
                page.deleteLater()
        self.dossier = self.portefeuille = None
        if self.contexte is not None:
            self.contexte.fermer()
            self.contexte.deleteLater()
            self.contexte = None
        self.bandeau.fermer()
        self._actualiser()
        self.defaite.emit()

    def montrer_echec(
        self,
        message: str,
        remede: str,
        chemin: str,
        reessayer: Callable[[], object],
        actions: "tuple[Action, ...]" = (),
    ) -> None:
        """Says why the base is not open, and what may be done besides trying again."""
        from ui.journalisation import ouvrir_dossier_journal
        from ui.pages.accueil.bienvenue import PageEchec

        if self.echec is not None:
            self.pile.removeWidget(self.echec)
            self.echec.deleteLater()
        self.echec = PageEchec(reessayer, self.changer_de_base, ouvrir_dossier_journal, actions)
        self.echec.montrer(message, remede, chemin)
        self.pile.addWidget(self.echec)
        self.pile.setCurrentWidget(self.echec)
        self._actualiser()

    def changer_de_base(self) -> None:
        """Asks for another base."""
        from ui.fin import libre
        from ui.ouverture import changer_de_base

        if libre(self, "changer de base") and (
            self.saisies is None or self.saisies.quitter("changer de base")
        ):
            changer_de_base(self)

    # -- pages -------------------------------------------------------------------------------------------------

    def montrer_portefeuille(self, raison: str = "") -> None:
        """Shows the list of dossiers, and why one came back to it."""
        if self.portefeuille is None:
            return
        if self.dossier is not None:
            self.dossier.fermer()
        self.portefeuille.montrer()
        self.pile.setCurrentWidget(self.portefeuille)
        if raison:
            self.bandeau.montrer(raison, "warn")
        self._actualiser()

    def ouvrir_dossier(self, dossier_id: int, page: str = VUE_ENSEMBLE) -> None:
        """Shows a dossier on its overview, or on the page of that key."""
        if self.contexte is None:
            return
        if self.dossier is None:
            from ui.vue_dossier import VueDossier

            self.dossier = VueDossier(self.contexte)
            self.dossier.retour.connect(self.montrer_portefeuille)
            self.dossier.batie.connect(self.batie)
            self.pile.addWidget(self.dossier)
        self.bandeau.fermer()
        self.pile.setCurrentWidget(self.dossier)
        self.dossier.ouvrir(dossier_id, page)
        self._actualiser()

    def montrer_page(self, cle: str) -> None:
        """Shows a page of the open dossier."""
        if self.dossier is not None and self.dossier.dossier_id:
            self.pile.setCurrentWidget(self.dossier)
            self.dossier.montrer(cle)

    def montrer_base(self, cle: str) -> "PageBase | None":
        """Shows a page of the base itself: "sauvegardes", "protection" or "reglages"."""
        return self.pages_de_base.montrer(cle)

    def recevoir(self, fichier: str) -> None:
        """Comes forward for a second start, and looks at the backup it was given; empty for none."""
        self.setWindowState(
            (self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self.show()
        self.raise_()
        self.activateWindow()
        if fichier and not (self._verrou is not None and self._verrou.dialogue is not None):
            self.pages_de_base.restaurer(fichier)

    def verrouiller(self) -> None:
        """Hides all that is shown until what opens the base is given again."""
        self.verrou.fermer()

    def rechercher(self) -> None:
        """Puts the cursor in the search of the page."""
        courante = self.pile.currentWidget()
        if self.portefeuille is not None and courante is self.portefeuille:
            self.portefeuille.filtrer()
        elif self.dossier is not None and courante is self.dossier and self.dossier.page is not None:
            self.dossier.page.filtrer()

    def nouveau_finess(self) -> None:
        """Starts a dossier from the national directory."""
        if self.contexte is not None:
            from ui.pages.accueil.nouveau import DialogueFiness

            self._nouveau(DialogueFiness(self.contexte, self))

    def nouveau_vide(self) -> None:
        """Starts a dossier with nothing but its name and campaign."""
        if self.contexte is not None:
            from ui.pages.accueil.nouveau import DialogueVide

            self._nouveau(DialogueVide(self.contexte, self))

    def _nouveau(self, dialogue: "QWidget") -> None:
        dialogue.cree.connect(self.ouvrir_dossier)  # type: ignore[attr-defined]
        dialogue.open()  # type: ignore[attr-defined]

    # -- gestures ----------------------------------------------------------------------------------------------

    def annuler(self) -> None:
        """Undoes the last gesture and says which."""
        if self.contexte is not None and (libelle := self.contexte.annuler()):
            self.bandeau.montrer(f"Annulé : {libelle}.", "info", ("Rétablir", self.retablir), secondes=6)

    def retablir(self) -> None:
        """Redoes what was undone and says what."""
        if self.contexte is not None and (libelle := self.contexte.refaire()):
            self.bandeau.montrer(f"Rétabli : {libelle}.", "info", secondes=6)

    def montrer_saisies(self) -> None:
        """Shows the texts that were typed and are not in the dossier."""
        if self.saisies is not None:
            self.saisies.montrer()

    def _dire_supprime(self, phrase: str) -> None:
        self.bandeau.montrer(phrase, "info", ("Annuler la suppression", self.annuler), secondes=20)

    def _ecriture_echouee(self, phrase: str) -> None:
        self.bandeau.montrer(f"L’enregistrement n’a pas abouti. {phrase}", "bad")

    def _trancher(self, conflit: "Conflit") -> None:
        """Shows what someone else wrote meanwhile beside what the person wants; she may decide later."""
        from ui.widgets.conflit import DialogueConflit

        dialogue = DialogueConflit(conflit, QApplication.activeWindow() or self)
        dialogue.plus_tard.connect(
            lambda: self.bandeau.montrer(
                f"{conflit.phrase}", "warn", ("Décider…", lambda: self._trancher(conflit))
            )
        )
        dialogue.open()

    def _apres_changement(self) -> None:
        self._actualiser()

    def actualiser(self) -> None:
        """Says again what can be done."""
        self._actualiser()

    def _actualiser(self) -> None:
        ouvert = self.dossier is not None and bool(self.dossier.dossier_id)
        base = self.contexte.base if self.contexte is not None else None
        self.menus.actualiser(
            base.libelle_annuler if base else None,
            base.libelle_refaire if base else None,
            base=base is not None,
            dossier=ouvert,
            saisies=len(self.saisies.veille.gardees) if self.saisies else 0,
        )
        nom = self.dossier.barre.nom.text() if ouvert and self.dossier is not None else ""
        if self._verrou is not None and self._verrou.dialogue is not None:
            return
        titre = f"{_TITRE} (lecture seule)" if base is not None and base.lecture_seule else _TITRE
        self.setWindowTitle(f"{nom} — {titre}" if nom else titre)

    # -- end ---------------------------------------------------------------------------------------------------

    def finir(self) -> None:
        """Keeps all that is typed and closes the base, without a question: the system ends the program, or the session."""
        if self.saisies is not None:
            self.saisies.tout_garder()
        self._reglages.setValue("fenetre/geometrie", self.saveGeometry())
        if self.contexte is not None:
            self.contexte.taches.arreter(5.0)
            self.desinstaller()

    def closeEvent(self, evenement: QCloseEvent) -> None:
        """Saves what is being typed, asks when a job runs, keeps the geometry, closes the base."""
        from ui.fin import libre

        if not libre(self, "quitter"):
            evenement.ignore()
            return
        champ = self.focusWidget()
        if champ is not None:
            champ.clearFocus()
        if self.saisies is not None and not self.saisies.quitter("quitter"):
            evenement.ignore()
            return
        self._reglages.setValue("fenetre/geometrie", self.saveGeometry())
        if self.contexte is not None:
            # A share that does not answer may hold a copy under way: nobody looks at a window that no longer moves.
            self.hide()
            self.desinstaller()
        evenement.accept()
