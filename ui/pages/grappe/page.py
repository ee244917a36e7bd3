"""The page Grappe: the OG, their ESSMS, the solutions, each as a table with the card of the row chosen."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import Ligne
from esms_desktop.regles.constats import Cible, Page
from ui.fil import EN_COURS
from ui.pages.commun.page import PageDossier
from ui.pages.grappe.essms import PanneauEssms
from ui.pages.grappe.finess import AjoutFiness
from ui.pages.grappe.liste import ImportListe
from ui.pages.grappe.og import PanneauOg
from ui.pages.grappe.solutions import PanneauSolutions
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.onglets import Onglets

if TYPE_CHECKING:
    from esms_desktop.lecture import Dossier
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte

ORGANISMES, ESSMS, SOLUTIONS = 0, 1, 2


class PageGrappe(PageDossier):
    """Who takes part in the project, with which establishments and which software."""

    cle: ClassVar[str] = Page.GRAPPE
    titre: ClassVar[str] = "Grappe"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.entete.ajouter_action(
            "Ajouter depuis FI&NESS…",
            self.ajouter_finess,
            primaire=True,
            aide="Un organisme et ses ESSMS, par son nom, sa commune ou un numéro",
        )
        self.liste = ImportListe(contexte, self, self._dire, self._refuser)
        self.entete.ajouter_action(
            "Importer une &liste…",
            self.importer_liste,
            aide="Une liste d’ESSMS tenue dans un tableur : ce qu’elle changerait est montré avant d’être écrit",
        )
        self.ogs = PanneauOg(contexte, self._ecrire, self._dire)
        self.essms = PanneauEssms(
            contexte, self._ecrire, self._dire, self._refuser, self.ogs.choisi, self.liste
        )
        self.essms.ajouter_outil(
            bouton(
                "&Comparer à l’annuaire…",
                self.comparer,
                aide="Ce qui a fermé, changé de nom ou d’organisme depuis",
            )
        )
        self.solutions = PanneauSolutions(contexte, self._ecrire, self._dire)
        self.finess = AjoutFiness(contexte, self, self._dire, self._refuser)
        self.onglets = Onglets("Parties de la page Grappe", ("Or&ganismes", "ESS&MS", "Solu&tions"))
        self.onglets.change.connect(self.montrer_onglet)
        self.vues = QStackedWidget()
        for panneau in (self.ogs, self.essms, self.solutions):
            self.vues.addWidget(panneau)
        travail = QWidget()
        colonne = QVBoxLayout(travail)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(12)
        colonne.addWidget(self.onglets)
        colonne.addWidget(self.vues, 1)
        vide = Carte()
        self.vide = EtatVide(
            "La grappe est encore vide",
            "Une grappe réunit les organismes gestionnaires qui portent le projet ensemble, et leurs établissements et "
            "services. Cherchez un organisme dans l’annuaire national, par son nom ou sa commune : ses ESSMS viennent avec lui. "
            "Une liste tenue dans un tableur s’importe, ou se colle ici (Ctrl+V).",
            ("Importer depuis FINESS", self.ajouter_finess),
            autre=("Importer une liste", self.importer_liste),
        )
        self.vide.ajouter("Coller une liste", self.coller_liste)
        self.vide.ajouter("Ajouter un OG à la main", self.ogs.nouveau)
        # Only while the page is empty: elsewhere Ctrl+V belongs to what has the focus.
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.vide).activated.connect(
            self.coller_liste
        )
        vide.ajouter(self.vide)
        vide.corps.addStretch(1)
        self.pile = QStackedWidget()
        self.pile.addWidget(travail)
        self.pile.addWidget(vide)
        self.corps.addWidget(self.pile, 1)

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its OG."""
        self.montrer_onglet(ORGANISMES)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the dossier again; what is chosen stays chosen."""
        lu = self.lecture()
        dossier = lu.dossier
        self.pile.setCurrentIndex(0 if dossier.ogs or dossier.solutions else 1)
        self.ogs.charger(dossier, {p.og_id: p.petit for p in lu.financement.parts})
        self.essms.charger(lu)
        self.solutions.charger(dossier)
        for rang, (texte, nombre) in enumerate(
            (
                ("Or&ganismes", len(dossier.ogs)),
                ("ESS&MS", len(dossier.essms)),
                ("Solu&tions", len(dossier.solutions)),
            )
        ):
            self.onglets.fixer_texte(rang, f"{texte} ({nombre})")
        self.montrer_examen(self.examen())

    def montrer_examen(self, examen: "Examen | None") -> None:
        """How much is left to fill in."""
        self.entete.set_phrase(_phrase(self.lecture().dossier, examen))

    def montrer_onglet(self, rang: int) -> None:
        """Shows the OG, the ESSMS or the solutions."""
        self.onglets.fixer(rang)
        self.vues.setCurrentIndex(rang)

    def aller_a(self, cible: Cible) -> None:
        """Selects the OG, the ESSMS or the solution, and puts the cursor in its field."""
        if cible.objet == "essms":
            self.montrer_onglet(ESSMS)
            if cible.id is not None:
                self.essms.aller(cible.id, cible.champ)
        elif cible.objet == "solution" or cible.champ in ("solution", "solutions", "retenue"):
            self.montrer_onglet(SOLUTIONS)
            if cible.id is not None:
                self.solutions.aller(cible.id, cible.champ)
        else:
            self.montrer_onglet(ORGANISMES)
            if cible.objet == "og" and cible.id is not None:
                self.ogs.aller(cible.id, cible.champ)

    def filtrer(self) -> None:
        """Puts the cursor in the search of the ESSMS."""
        self.montrer_onglet(ESSMS)
        self.essms.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ajouter_finess(self) -> None:
        """Adds an OG and its ESSMS from the directory, or completes an OG of the dossier."""
        self.finess.lancer(self.lecture().dossier)

    def importer_liste(self) -> None:
        """Asks for a list, and shows what it would change."""
        self.liste.choisir(self.dossier_id)

    def coller_liste(self) -> None:
        """Shows what the list that was copied would change."""
        self.liste.coller(self.dossier_id)

    def comparer(self) -> None:
        """Shows what the directory says otherwise of the grappe, then takes what is chosen of it."""
        from esms_desktop.errors import ErreurEsms
        from esms_desktop.finess.comparaison import comparer
        from esms_desktop.finess.repertoire import Repertoire
        from esms_desktop.gestes.echanges import annuaire
        from ui.pages.annuaire.comparaison import DialogueComparaison

        dossier = self.lecture().dossier
        try:
            with Repertoire() as repertoire:
                dialogue = DialogueComparaison(comparer(dossier, repertoire), repertoire.etat, self)
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "warn", ("Ouvrir l’annuaire", self.ajouter_finess))
            return
        accepte = dialogue.exec() == DialogueComparaison.DialogCode.Accepted
        choisies = dialogue.choisies
        dialogue.deleteLater()
        if accepte and choisies and self.contexte.precaution("import"):
            combien = self.contexte.accomplir(annuaire.mettre_a_jour, dossier, choisies)
            if combien:
                self._dire(f"{pluriel(combien, 'ligne mise', 'lignes mises')} à jour d’après l’annuaire.")

    def _ecrire(self, objet: Ligne, champs: dict[str, object]) -> bool:
        return self.contexte.modifier(objet, **champs)

    def _dire(self, texte: str) -> None:
        self.bandeau.montrer(texte, "ok", ("Annuler", self.contexte.annuler), secondes=12)

    def _refuser(self, texte: str) -> None:
        self.bandeau.montrer(texte, "bad")


def _phrase(dossier: "Dossier", examen: "Examen | None") -> str:
    if not dossier.ogs:
        return "Aucun organisme pour l’instant."
    phrase = f"{pluriel(len(dossier.ogs), 'organisme')}, {pluriel(len(dossier.essms), 'ESSMS', 'ESSMS')}"
    if dossier.porteur is None:
        phrase += ", aucun porteur désigné"
    if examen is None:
        return f"{phrase}. Contrôles{NBSP}: {EN_COURS}"
    manques = len(examen.de_page(Page.GRAPPE))
    if not manques:
        return f"{phrase}. Tout est renseigné."
    return f"{phrase}. {pluriel(manques, 'point reste', 'points restent')} à compléter."
