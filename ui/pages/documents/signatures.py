"""The signature circuit: each signatory and each document, its dates, its scan, what changed since it was signed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP, accord, de, pluriel
from esms_desktop.gestes import signatures as gestes
from esms_desktop.lecture import Og
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.signatures import A_SIGNER, PIECES
from ui.models.table import ModeleTable
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.documents.modele_signatures import (
    COLONNES,
    DATES,
    Etape,
    EtatSignature,
    a_completer,
    a_imprimer,
    badge,
    cle,
    imprimees,
    jeu,
    phrase,
)
from ui.pages.pieces.lecture import FichiersLus, demander_fichiers, lire_avec_mots_de_passe
from ui.widgets.badge import Badge
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampDate
from ui.widgets.etat_vide import EtatVide
from ui.widgets.impression import apercevoir
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture


class PanneauSignatures(QWidget):
    """`demande_page(Cible)`: the person wants to go elsewhere.

    Args:
        bandeau: where what happened is said.
    """

    demande_page = Signal(object)

    def __init__(self, contexte: "Contexte", bandeau: Bandeau, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contexte, self.bandeau = contexte, bandeau
        self._lu: Lecture | None = None
        self.vus: tuple[EtatSignature, ...] = ()
        self.montre = Montre()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        self.vide = EtatVide(
            "Personne à faire signer pour le moment",
            "La convention et les lettres d’engagement se signent organisme par organisme. Ajoutez d’abord les organismes "
            "de la grappe.",
            ("Ouvrir la grappe", lambda: self.demande_page.emit(Cible(Page.GRAPPE))),
        )
        colonne.addWidget(self.vide)
        self.carte = Carte("Circuit de signature")
        self.b_jeu = self.carte.ajouter_action(
            bouton(
                "Imprimer le &jeu de signature…",
                self.imprimer_jeu,
                "primaire",
                "Une convention par partie et sa lettre, à l’aperçu puis à l’imprimante ou en PDF",
                "Ctrl+P",
            )
        )
        self.phrase = self.carte.ajouter_texte("", "muet")
        self.modele = ModeleTable(COLONNES, cle)
        self.tableau = TableauEntier(
            "Documents à signer, par signataire",
            self.modele,
            (2.2, 1.6, 1.4, 0.8, 0.8, 0.8, 0.8),
            triable=True,
        )
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.carte.ajouter(self.tableau)
        colonne.addWidget(self.carte)
        colonne.addWidget(self._detail())
        colonne.addStretch(1)

    def _detail(self) -> Carte:
        self.detail = Carte(" ")
        tete = QHBoxLayout()
        tete.setSpacing(10)
        self.badge = Badge()
        self.qui = Libelle("", "muet")
        tete.addWidget(self.badge)
        tete.addWidget(self.qui, 1)
        self.detail.corps.addLayout(tete)
        rangee = QHBoxLayout()
        rangee.setSpacing(24)
        grille = QGridLayout()
        grille.setHorizontalSpacing(14)
        grille.setVerticalSpacing(10)
        self.dates: dict[str, ChampDate] = {}
        for rang, (nom, titre) in enumerate(DATES):
            champ = ChampDate(titre, self._dateur(nom, titre))
            self.dates[nom] = champ
            grille.addWidget(champ, rang // 2, rang % 2)
        gauche = QVBoxLayout()
        gauche.addLayout(grille)
        gauche.addStretch(1)
        rangee.addLayout(gauche, 1)
        droite = QVBoxLayout()
        droite.setSpacing(8)
        self.scan = Libelle("")
        droite.addWidget(self.scan)
        self.b_scan = bouton(
            "Joindre le document &signé…",
            self.demander_scan,
            aide="Joint le document numérisé à sa pièce et date la signature",
        )
        self.b_voir = bouton("&Voir la pièce", self._voir)
        self.b_og = bouton(
            "Imprimer pour cet &organisme…",
            lambda: self.imprimer_jeu(self.choisi.og if self.choisi else None),
            aide="Sa convention et sa lettre",
        )
        for b in (self.b_scan, self.b_og, self.b_voir):
            droite.addWidget(b)
        self.changements = Libelle("", "erreur")
        droite.addWidget(self.changements)
        droite.addStretch(1)
        rangee.addLayout(droite, 1)
        self.detail.corps.addLayout(rangee)
        return self.detail

    # What is shown

    @property
    def choisi(self) -> EtatSignature | None:
        """The row selected."""
        return self.modele.en(self.tableau.ligne_courante())

    def afficher(self, lu: "Lecture") -> None:
        """Reads the circuit again; the row selected stays so."""
        if self._lu is not None and self._lu.dossier.id != lu.dossier.id:
            self.montre.lacher()
        avant = cle(self.choisi) if self.choisi else None
        self._lu = lu
        self.vus = lu.signatures
        plein = bool(self.vus)
        nom = self.montre.parti({cle(e) for e in self.vus})
        if nom:
            saisies = [(c.etiquette.text(), t) for c in self.dates.values() if (t := c.abandonner())]
            self.contexte.disparu.emit(disparu(nom, "Le circuit de signature est montré.", saisies))
        self.vide.setVisible(not plein)
        self.carte.setVisible(plein)
        self.detail.setVisible(plein)
        self.phrase.setText(phrase(self.vus))
        self.modele.charger(self.vus)
        if plein:
            self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self._montrer()

    def choisir(self, document: str, og_id: int | None) -> None:
        """Selects a document of a signatory."""
        ligne = self.modele.ligne_de((document, og_id))
        if ligne >= 0:
            self.tableau.choisir(ligne)
        self.tableau.setFocus()

    def _montrer(self) -> None:
        e = self.choisi
        if e is None or self._lu is None:
            return
        self.detail.titre.setText(f"{A_SIGNER[e.document].capitalize()} — {e.og.nom}")
        self.detail.setAccessibleName(self.detail.titre.text())
        self.montre.voir(cle(e), self.detail.titre.text())
        self.badge.fixer(*badge(e))
        signataire = ", ".join(t for t in (e.og.representant_nom, e.og.representant_qualite) if t)
        self.qui.setText(signataire or "Le représentant de cet organisme n’est pas renseigné.")
        for nom, champ in self.dates.items():
            champ.fixer(getattr(e.signature, nom) if e.signature else None, e)
        fichier = next(
            (f for f in self._lu.dossier.fichiers if e.signature and f.id == e.signature.fichier_id), None
        )
        self.scan.setText(
            f"Document signé joint\u00a0: {fichier.nom}"
            if fichier
            else "Le document signé n’est pas encore joint."
        )
        if e.changements:
            quand = "la signature" if e.etape is Etape.SIGNE else "l’impression"
            puces = "\n".join(f"• {c}" for c in e.changements)
            self.changements.setText(f"Depuis {quand}, le dossier a changé\u00a0:\n{puces}")
        self.changements.setVisible(bool(e.changements))

    # Dates

    def _dateur(self, champ: str, titre: str) -> Callable[[date | None], bool]:
        return lambda jour: self._dater(champ, titre, jour)

    def _dater(self, champ: str, titre: str, jour: date | None) -> bool:
        e, lu = self.dates[champ].ligne, self._lu
        if e is None or lu is None:
            return False
        return self.contexte.reussir(
            None, gestes.dater, lu.dossier, e, champ, jour, titre.removesuffix(" le")
        )

    # Printing

    def imprimer_jeu(self, og: Og | None = None) -> None:
        """Shows the set before it leaves: for one OG, or for all that is not signed; dates the print once it has left."""
        if self._lu is None:
            return
        # As it is now: another window may have written since it was shown.
        lu = self.contexte.lecture(self._lu.dossier.id)
        vus = a_imprimer(lu.signatures, og)
        if not vus:
            return
        try:
            documents = jeu(lu, vus)
        except ErreurEsms as e:
            self._echec(e)
            return
        troues = a_completer(lu, vus, documents)
        if troues and not demander(
            self,
            "Imprimer un jeu à compléter ?",
            "Des documents ont encore des blancs : personne ne devrait les signer. Ils peuvent s’imprimer pour être relus ; leur "
            "impression ne sera pas datée.",
            "Imprimer pour relire",
            "Compléter d’abord",
            lignes=tuple(troues.values()),
        ):
            return
        entiers = [e for e in vus if cle(e) not in troues]
        apercevoir(
            self,
            self.contexte.taches,
            "Jeu de signature",
            f"jeu-de-signature-{og.nom_court}".replace("/", "-").replace(" ", "-")
            if og
            else "jeu-de-signature",
            documents,
            lu.jour,
            self._echec,
            lambda: self._imprime(lu, entiers, len(troues)),
        )

    def _imprime(self, lu: "Lecture", vus: list[EtatSignature], a_relire: int) -> None:
        non = (
            f" {pluriel(a_relire, 'document à compléter n’est', 'documents à compléter ne sont')} pas "
            f"{accord(a_relire, 'daté', 'datés')}."
            if a_relire
            else ""
        )
        if not vus:
            self.bandeau.montrer(f"L’impression sert à relire.{non}", "info", secondes=20)
            return
        frais = {cle(e): e for e in self.contexte.lecture(lu.dossier.id).signatures}
        concernes = [frais[cle(e)] for e in vus if cle(e) in frais]
        refaits = sum(e.a_refaire and e.etape is Etape.SIGNE for e in concernes)
        faites = imprimees(lu, concernes)
        if self.contexte.reussir(None, gestes.marquer_imprimees, lu.dossier, faites, lu.jour):
            suite = (
                f" {pluriel(refaits, 'document signé repart', 'documents signés repartent')} à la signature\u00a0: "
                "l’ancien document signé reste joint à sa pièce."
                if refaits
                else ""
            )
            self.bandeau.montrer(
                f"L’impression est datée du jour pour {pluriel(len(concernes), 'document')}.{non}{suite}",
                "ok",
                ("Annuler", self.contexte.annuler),
                secondes=20,
            )

    # The signed document

    def demander_scan(self) -> None:
        """Asks for the signed document, then attaches it."""
        e, lu = self.choisi, self._lu
        if e is None or lu is None:
            return
        chemins = demander_fichiers(
            self,
            f"Document signé\u00a0: {A_SIGNER[e.document]}",
            lu.campagne.extensions.valeur,
            un_seul=True,
        )
        if chemins:
            self.joindre_scan(chemins[0])

    def joindre_scan(self, chemin: Path) -> None:
        """Attaches the signed document to its piece, and dates the signature when it is not."""
        e, lu = self.choisi, self._lu
        if e is None or lu is None:
            return
        lire_avec_mots_de_passe(
            self,
            self.contexte.taches,
            [chemin],
            lu.campagne.extensions.valeur,
            lambda lus: self._attacher(lu, e, lus),
            self._echec,
        )

    def _attacher(self, lu: "Lecture", e: EtatSignature, lus: FichiersLus) -> None:
        for refus in lus.refus:
            self.bandeau.montrer(f"{refus} Rien n’a été joint.", "bad")
        if not lus.acceptes:
            return
        verifie, octets = lus.acceptes[0]
        quoi = A_SIGNER[e.document]
        if self.contexte.reussir(
            None,
            gestes.joindre_signe,
            lu.dossier,
            e,
            verifie.nom_sobre,
            verifie.extension,
            octets,
            verifie.pages,
            lu.jour,
        ):
            remarques = " ".join(verifie.remarques)
            self.bandeau.montrer(
                f"La {quoi} signée {de(e.og.nom_court)} est jointe à la pièce {PIECES[e.document]}.{NBSP}{remarques}".strip(),
                "ok",
                ("Annuler", self.contexte.annuler),
                secondes=20,
            )

    def _voir(self) -> None:
        e = self.choisi
        if e is not None:
            self.demande_page.emit(Cible(Page.PIECES, "piece", PIECES[e.document]))

    def _echec(self, erreur: ErreurEsms) -> None:
        self.bandeau.montrer(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
