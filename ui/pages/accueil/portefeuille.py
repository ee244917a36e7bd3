"""The portfolio: every dossier of the base, and what to watch in each."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, accord, kilo_euros, nombre, pluriel
from ui.fil import EN_COURS
from ui.pages.accueil.modele_portefeuille import POIDS, Ligne, ModelePortefeuille, completer, ligne_de
from ui.pages.commun.page import MARGE, Entete
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.question import Boite
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.lecture import Dossier
    from ui.contexte import Contexte

_SEMAINE = 7


class CarteChiffre(Carte):
    """A large number and what it counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.corps.setSpacing(2)
        self.chiffre = self.ajouter_texte("–", "chiffre")
        self.texte = self.ajouter_texte("", "muet")
        self.corps.addStretch(1)

    def fixer(self, chiffre: str, texte: str, genre: str = "") -> None:
        """Shows a number, its words, and the colour that underlines them."""
        self.chiffre.setText(chiffre)
        self.chiffre.fixer_genre(genre)
        self.texte.setText(texte)
        self.setAccessibleName(f"{chiffre} {texte}")


class PagePortefeuille(QWidget):
    """`ouvrir_dossier(int)`: a dossier to open; `supprime(str)`: what was deleted, to offer to undo it."""

    ouvrir_dossier = Signal(int)
    nouveau_finess = Signal()
    nouveau_vide = Signal()
    # What is done with the file of a dossier: "exporter", "dupliquer" or "fusionner", and the dossier.
    fichier = Signal(str, int)
    supprime = Signal(str)

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fond")
        self.setAccessibleName("Portefeuille")
        self.contexte = contexte
        self.perimee = True
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(MARGE, 20, MARGE, 24)
        colonne.setSpacing(14)
        self.entete = Entete("Portefeuille")
        self.entete.ajouter_action(
            "Nouveau dossier &vide…", self.nouveau_vide.emit, aide="Commencer sans l’annuaire FINESS"
        )
        self.entete.ajouter_action(
            "&Nouveau dossier depuis FINESS…",
            self.nouveau_finess.emit,
            primaire=True,
            aide="Créer la grappe depuis l’annuaire national (Ctrl+N)",
        )
        colonne.addWidget(self.entete)
        self.modele = ModelePortefeuille(self)
        self._file: list[int] = []
        self.pile = QStackedWidget()
        self.pile.addWidget(self._liste())
        self.vide = EtatVide(
            "Votre premier dossier commence par un organisme",
            "Cherchez chaque organisme gestionnaire dans l’annuaire FINESS, par son nom ou sa commune : la grappe se construit "
            "avec ceux de leurs établissements et services que vous choisissez. Vous verrez ensuite ce qu’il reste à faire jusqu’au dépôt.",
            ("Nouveau dossier depuis FINESS…", self.nouveau_finess.emit),
            autre=("&Découvrir avec un dossier d’exemple", self._exemple),
        )
        cadre = Carte()
        cadre.ajouter(self.vide)
        cadre.corps.addStretch(1)
        self.pile.addWidget(cadre)
        colonne.addWidget(self.pile, 1)
        contexte.perimes.connect(self._perimer)
        contexte.change.connect(self._changement)
        contexte.examens.change.connect(self._examinee)

    def _liste(self) -> QWidget:
        liste = QWidget()
        colonne = QVBoxLayout(liste)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        rangee = QHBoxLayout()
        rangee.setSpacing(12)
        self.chiffres = [CarteChiffre() for _ in range(4)]
        for carte in self.chiffres:
            rangee.addWidget(carte, 1)
        colonne.addLayout(rangee)
        self.filtre = QLineEdit()
        self.filtre.setPlaceholderText("Rechercher un dossier, une campagne, un état… (Ctrl+F)")
        self.filtre.setAccessibleName("Rechercher un dossier")
        self.filtre.setClearButtonEnabled(True)
        self.filtre.textChanged.connect(self._filtrer)
        colonne.addWidget(self.filtre)
        self.tableau = Tableau("Dossiers", POIDS)
        self.tableau.setModel(self.modele)
        self.tableau.activee.connect(self._ouvrir_ligne)
        self.tableau.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tableau.customContextMenuRequested.connect(self._menu)
        self.tableau.setMinimumHeight(220)
        colonne.addWidget(self.tableau, 1)
        return liste

    # -- reading -----------------------------------------------------------------------------------------------

    def montrer(self) -> None:
        """Called when the portfolio comes back on screen."""
        if self.perimee:
            self.rafraichir()

    def rafraichir(self) -> None:
        """Lists the dossiers at once, then examines them a slice at a time."""
        self.perimee = False
        courant = self._courante()
        connues = {x.id: x for x in self.modele.lignes if x.examinee}
        self.modele.fixer([connues.get(d.id) or ligne_de(d) for d in self.contexte.base.resumes()])
        if courant is not None and (rang := self.modele.rang(courant.id)) >= 0:
            self.tableau.choisir(rang)
        self.pile.setCurrentIndex(0 if self.modele.lignes else 1)
        self._file = [x.id for x in self.modele.lignes if not x.examinee]
        self._chiffres()
        self._suivre()

    def arreter(self) -> None:
        """Stops examining: the base is about to close."""
        self._file = []
        self.perimee = False

    def showEvent(self, evenement: QShowEvent) -> None:
        """Goes on examining: nothing is while a dossier is open, which would wait for the others."""
        super().showEvent(evenement)
        self._suivre()

    def _perimer(self, dossiers: "frozenset[int] | None") -> None:
        for ligne in self.modele.lignes:
            if dossiers is None or ligne.id in dossiers:
                ligne.examinee = False

    def _changement(self) -> None:
        self.perimee = True
        if self.isVisible():
            QTimer.singleShot(0, self.montrer)

    def _suivre(self) -> None:
        """Asks for the next dossier; those that are known at once are completed on the way."""
        while self._file and not self.perimee and self.isVisible():
            cle = self._file[0]
            rang = self.modele.rang(cle)
            ligne = self.modele.lignes[rang]
            try:
                examen = self.contexte.examens.demander(cle)
                if examen is None:
                    return
                completer(ligne, self.contexte.lecture(cle), examen)
            except ErreurEsms as e:
                ligne.erreur, ligne.examinee = str(e), True
            self._file.remove(cle)
            self.modele.signaler(rang)
            self._chiffres()

    def _examinee(self, dossier_id: int) -> None:
        if self._file and self._file[0] == dossier_id:
            self._suivre()

    @property
    def examine(self) -> bool:
        """True when every dossier listed has been examined."""
        return not self._file and not self.perimee

    def _chiffres(self) -> None:
        lignes = self.modele.lignes
        n, essms = len(lignes), sum(x.essms for x in lignes)
        semaine = sum(x.echeance_jours is not None and 0 <= x.echeance_jours <= _SEMAINE for x in lignes)
        bloques = sum(bool(x.bloquants or x.erreur) for x in lignes)
        montant, avance = sum(x.montant_cents for x in lignes), sum(x.avance_cents for x in lignes)
        if not lignes:
            self.entete.set_phrase("Aucun dossier pour le moment.")
        elif self._file:
            self.entete.set_phrase(f"Examen des dossiers… {n - len(self._file)} sur {n}.")
        else:
            suite = (
                pluriel(semaine, "échéance") + " dans les 7 jours"
                if semaine
                else "aucune échéance dans les 7 jours"
            )
            self.entete.set_phrase(f"{pluriel(n, 'dossier')} · {essms}{NBSP}ESSMS · {suite}.")
        dossiers, suivis, demande, surveiller = self.chiffres
        dossiers.fixer(nombre(n), accord(n, "dossier dans le portefeuille", "dossiers dans le portefeuille"))
        suivis.fixer(nombre(essms), accord(essms, "ESSMS suivi", "ESSMS suivis"))
        if self._file:
            # A part of the sum, or of the count, is not one.
            demande.fixer("…", f"demandés{NBSP}: {EN_COURS}")
            surveiller.fixer("…", f"dossiers à surveiller{NBSP}: {EN_COURS}")
            return
        demande.fixer(kilo_euros(montant), f"demandés, dont {kilo_euros(avance)} d’avance")
        surveiller.fixer(
            nombre(bloques),
            accord(bloques, "dossier", "dossiers") + " à surveiller : un point bloque le dépôt",
            "bad" if bloques else "ok",
        )

    # -- gestures ----------------------------------------------------------------------------------------------

    def filtrer(self) -> None:
        """Puts the cursor in the search."""
        self.filtre.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filtre.selectAll()

    def _filtrer(self, texte: str) -> None:
        self.tableau.filtrer(texte)

    def _courante(self) -> Ligne | None:
        rang = self.tableau.ligne_courante()
        return self.modele.lignes[rang] if 0 <= rang < len(self.modele.lignes) else None

    def _ouvrir_ligne(self, rang: int) -> None:
        if 0 <= rang < len(self.modele.lignes):
            self.ouvrir_dossier.emit(self.modele.lignes[rang].id)

    def _menu(self, ou: QPoint) -> None:
        ligne = self._courante()
        if ligne is not None and self.tableau.indexAt(ou).isValid():
            self.menu_de(ligne).exec(self.tableau.viewport().mapToGlobal(ou))

    def menu_de(self, ligne: Ligne) -> QMenu:
        """The actions on a dossier."""
        menu = QMenu(self)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("&Ouvrir", lambda: self.ouvrir_dossier.emit(ligne.id)),
            ("&Renommer…", lambda: self.renommer(ligne)),
            ("&Exporter…", lambda: self.fichier.emit("exporter", ligne.id)),
            ("&Dupliquer pour une autre campagne…", lambda: self.fichier.emit("dupliquer", ligne.id)),
            ("&Fusionner avec une copie…", lambda: self.fichier.emit("fusionner", ligne.id)),
            ("&Supprimer…", lambda: self.supprimer(ligne)),
        )
        for texte, slot in actions:
            menu.addAction(texte).triggered.connect(lambda _=False, s=slot: s())
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _dossier(self, ligne: Ligne) -> "Dossier | None":
        """The dossier of a row as it is now; None, which is said, when it cannot be read."""
        try:
            return self.contexte.lecture(ligne.id).dossier
        except ErreurEsms as e:
            self.contexte.ecriture_echouee.emit(str(e))
            return None

    def renommer(self, ligne: Ligne) -> None:
        """Asks another name; an empty or taken name is refused with its reason."""
        vu = self._dossier(ligne)
        nom, oui = QInputDialog.getText(
            self, "Renommer le dossier", "Nouveau nom du dossier :", QLineEdit.EchoMode.Normal, ligne.nom
        )
        if oui and vu is not None and nom.strip() != ligne.nom:
            self.contexte.modifier(vu, f"Renommer «{NBSP}{ligne.nom}{NBSP}»", nom=nom.strip())

    def supprimer(self, ligne: Ligne) -> None:
        """Says what goes with the dossier, asks, deletes, and offers to undo."""
        dossier = self._dossier(ligne)
        if dossier is None:
            return
        avec = [f"{ligne.ogs}{NBSP}OG", f"{ligne.essms}{NBSP}ESSMS"]
        if dossier.joints:
            avec.append(pluriel(len(dossier.joints), "fichier joint", "fichiers joints"))
        if dossier.contacts:
            avec.append(pluriel(len(dossier.contacts), "contact"))
        boite = Boite(
            QMessageBox.Icon.Warning,
            "Supprimer le dossier",
            f"Supprimer «{NBSP}{ligne.nom}{NBSP}»{NBSP}?",
            parent=self,
        )
        boite.setInformativeText(
            f"Partiront avec lui{NBSP}: {', '.join(avec)}. Vous pourrez annuler avec Ctrl+Z."
        )
        oui = boite.addButton("Supprimer", QMessageBox.ButtonRole.DestructiveRole)
        boite.setDefaultButton(boite.addButton("Garder le dossier", QMessageBox.ButtonRole.RejectRole))
        boite.exec()
        if boite.clickedButton() is oui and self.contexte.retirer(
            dossier, libelle=f"Supprimer le dossier «{NBSP}{ligne.nom}{NBSP}»"
        ):
            self.supprime.emit(f"Le dossier «{NBSP}{ligne.nom}{NBSP}» est supprimé.")

    def _exemple(self) -> None:
        from esms_desktop.exemples.dossier import ajouter_exemple

        dossier_id = self.contexte.accomplir(ajouter_exemple)
        if dossier_id is not None:
            self.ouvrir_dossier.emit(dossier_id)
