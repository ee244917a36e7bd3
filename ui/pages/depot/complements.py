"""The complements the ARS asks for after the filing: what, by when, and the small filing that answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP
from esms_desktop.gestes.lignes import neuve
from esms_desktop.lecture import Complement
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.pieces import TITRES
from ui.models.table import ModeleTable
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.depot.modele_suivi import colonnes_complements, phrase_complements, piece, reste
from ui.widgets.badge import Badge
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampTexte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

# What an ARS usually leaves to answer when nothing says otherwise: proposed, and to be corrected.
_DELAI = timedelta(days=15)


class PanneauComplements(QWidget):
    """`produire(Complement)`: the person wants its answer written; `demande_page(Cible)`.

    Args:
        bandeau: where what happened is said.
    """

    produire = Signal(object)
    demande_page = Signal(object)

    def __init__(self, contexte: "Contexte", bandeau: Bandeau, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contexte, self._bandeau = contexte, bandeau
        self._lu: Lecture | None = None
        self.montre = Montre()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        self.vide = EtatVide(
            "Aucun complément demandé",
            "Après le dépôt, l’instructeur peut demander une pièce manquante ou corrigée. Notez ici chaque demande et son "
            "échéance\u00a0: l’application compte les jours et produit un dépôt qui ne contient que la réponse.",
            ("Noter une demande", self.ajouter),
        )
        colonne.addWidget(self.vide)
        self.carte = Carte("Compléments demandés par l’ARS")
        self.b_ajouter = self.carte.ajouter_action(bouton("&Noter une demande", self.ajouter))
        self.phrase = self.carte.ajouter_texte("", "muet")
        self.modele: ModeleTable[Complement] = ModeleTable(
            colonnes_complements(contexte.jour()), lambda c: c.id
        )
        self.tableau = TableauEntier("Compléments demandés", self.modele, (1.6, 3, 1, 1.4), triable=True)
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.tableau.activee.connect(lambda _ligne: self.demande.viser())
        self.carte.ajouter(self.tableau)
        colonne.addWidget(self.carte)
        colonne.addWidget(self._detail())
        colonne.addStretch(1)

    def _detail(self) -> Carte:
        self.detail = Carte(" ")
        self.b_retirer = self.detail.ajouter_action(
            bouton("Re&tirer", self.retirer, "danger", "Le geste s’annule")
        )
        self.b_piece = self.detail.ajouter_action(bouton("&Ouvrir la pièce", self._ouvrir_piece))
        self.b_produire = self.detail.ajouter_action(
            bouton(
                "Produire le &complément…",
                lambda: self._emettre(self.produire.emit),
                "primaire",
                "Un dépôt qui ne contient que la réponse à cette demande",
            )
        )
        tete = QHBoxLayout()
        self.badge = Badge()
        tete.addWidget(self.badge)
        tete.addStretch(1)
        self.detail.corps.addLayout(tete)
        self.numero = ChampChoix(
            libelle_de("complement.numero"),
            [(None, "Autre demande"), *((n, f"{n}. {t}") for n, t in TITRES.items())],
            lambda v: self._modifier("Choisir la pièce du complément", self.numero.ligne, numero=v),
        )
        self.demande = ChampTexte(
            libelle_de("complement.demande"),
            lambda v: self._modifier("Décrire le complément", self.demande.ligne, demande=v),
            multiligne=True,
            indication="Les termes de la demande, tels que GALIS les montre",
        )
        self.demande_le = ChampDate(
            libelle_de("complement.demande_le"),
            lambda v: self._modifier("Dater la demande de complément", self.demande_le.ligne, demande_le=v),
        )
        self.echeance = ChampDate(
            libelle_de("complement.echeance"),
            lambda v: self._modifier("Changer l’échéance du complément", self.echeance.ligne, echeance=v),
        )
        self.repondu_le = ChampDate(
            libelle_de("complement.repondu_le"),
            lambda v: self._modifier("Dater la réponse au complément", self.repondu_le.ligne, repondu_le=v),
        )
        grille = QGridLayout()
        grille.setHorizontalSpacing(18)
        grille.setVerticalSpacing(10)
        grille.addWidget(self.numero, 0, 0, 1, 3)
        grille.addWidget(self.demande, 1, 0, 1, 3)
        for rang, champ in enumerate((self.demande_le, self.echeance, self.repondu_le)):
            grille.addWidget(champ, 2, rang)
        self.detail.corps.addLayout(grille)
        return self.detail

    # What is shown

    @property
    def choisi(self) -> Complement | None:
        """The complement selected."""
        return self.modele.en(self.tableau.ligne_courante())

    def afficher(self, lu: "Lecture") -> None:
        """Reads the complements again; the one selected stays so."""
        avant = self.choisi.id if self.choisi else None
        if self._lu is not None and self._lu.jour != lu.jour:
            self.modele.colonnes = tuple(colonnes_complements(lu.jour))
        self._lu = lu
        demandes = list(lu.dossier.complements)
        self.vide.setVisible(not demandes)
        for widget in (self.carte, self.detail):
            widget.setVisible(bool(demandes))
        self.phrase.setText(phrase_complements(lu.dossier, lu.jour))
        if avant is None:
            self.montre.lacher()
        nom = self.montre.parti({x.id for x in demandes})
        if nom:
            saisies = [
                (x.etiquette.text(), t)
                for x in (self.demande, self.demande_le, self.echeance, self.repondu_le)
                if (t := x.abandonner())
            ]
            self._contexte.disparu.emit(disparu(nom, "La liste des compléments est montrée.", saisies))
        self.modele.charger(demandes)
        if demandes:
            self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self._montrer()

    def _montrer(self) -> None:
        c, lu = self.choisi, self._lu
        if c is None or lu is None:
            return
        self.detail.titre.setText(piece(c.numero))
        self.detail.setAccessibleName(f"Complément{NBSP}: {piece(c.numero)}")
        self.montre.voir(c.id, piece(c.numero))
        self.badge.fixer(*reste(c, lu.jour))
        self.numero.fixer(c.numero, c)
        self.demande.fixer(c.demande, c)
        self.demande_le.fixer(c.demande_le, c)
        self.echeance.fixer(c.echeance, c)
        self.repondu_le.fixer(c.repondu_le, c)
        self.b_piece.setVisible(c.numero is not None)

    # Writing

    def ajouter(self) -> None:
        """Notes a demand received today and puts the cursor in its words."""
        lu = self._lu
        if lu is None:
            return
        neuf = neuve(
            "complement", dossier_id=lu.dossier.id, demande="", demande_le=lu.jour, echeance=lu.jour + _DELAI
        )
        if cles := self._contexte.ajouter(neuf, libelle="Noter une demande de complément"):
            self.afficher(self._contexte.lecture(lu.dossier.id))
            self.choisir(cles[0])
            self.demande.viser()

    def choisir(self, cle: int) -> None:
        """Selects a complement."""
        ligne = self.modele.ligne_de(cle)
        if ligne >= 0:
            self.tableau.choisir(ligne)

    def retirer(self) -> None:
        """Removes the demand selected; the message offers to undo."""
        c = self.choisi
        self.montre.lacher()
        if c is not None and self._contexte.retirer(c, libelle="Retirer une demande de complément"):
            self._bandeau.montrer(
                "La demande de complément est retirée.",
                "info",
                ("Annuler", self._contexte.annuler),
                secondes=20,
            )

    def _modifier(self, libelle: str, c: Complement | None, **champs: object) -> bool:
        return c is not None and self._contexte.modifier(c, libelle, **champs)

    def _emettre(self, signal: Callable[[object], object]) -> None:
        c = self.choisi
        if c is not None:
            signal(c)

    def _ouvrir_piece(self) -> None:
        c = self.choisi
        if c is not None and c.numero is not None:
            self.demande_page.emit(Cible(Page.PIECES, "piece", c.numero))
