"""The page Recevabilité: where the project goes, the ten points, and how to mend each."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.campagnes.fondement import A_CONFIRMER
from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import accord
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.recevabilite.orientation import Orientation
from esms_desktop.regles.recevabilite.recevabilite import Point, Verdict
from ui.models import declarations
from ui.models.table import ModeleTable
from ui.pages.commun.page import PageDossier
from ui.pages.recevabilite.detail import DetailPoint
from ui.pages.recevabilite.faits import FAIT_DU_POINT
from ui.pages.recevabilite.modele_points import COLONNES
from ui.pages.recevabilite.orientation import CarteOrientation
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte


def phrase(points: tuple[Point, ...]) -> str:
    """« 6 points sur 10 sont satisfaits ; 1 reste à apprécier par l’ARS. »"""
    n = {v: sum(p.verdict is v for p in points) for v in Verdict}
    faits = n[Verdict.SATISFAIT]
    reserves = sum(p.verdict is Verdict.SATISFAIT and bool(p.fondement.reserve) for p in points)
    dont = f", dont {reserves} {A_CONFIRMER}" if reserves else ""
    if faits == len(points):
        return f"Les {faits} points sont satisfaits{dont}."
    debut = f"{faits} {accord(faits, 'point', 'points')} sur {len(points)} {accord(faits, 'est satisfait', 'sont satisfaits')}"
    if not faits:
        debut = f"Aucun des {len(points)} points n’est encore satisfait"
    suites = [
        (n[Verdict.NON_SATISFAIT], "ne l’est pas", "ne le sont pas"),
        (n[Verdict.A_VERIFIER], "est à vérifier", "sont à vérifier"),
        (n[Verdict.A_APPRECIER], "reste à apprécier par l’ARS", "restent à apprécier par l’ARS"),
    ]
    return (
        "\u00a0; ".join([f"{debut}{dont}", *(f"{k} {accord(k, un, des)}" for k, un, des in suites if k)])
        + "."
    )


def lieu(orientation: Orientation) -> str:
    """« Projet régional, à déposer auprès de : ARS Île-de-France. », empty while it cannot be told."""
    if orientation.niveau == "national":
        return "Projet national."
    if orientation.niveau == "regional" and orientation.ars:
        return f"Projet régional, déposé auprès de\u00a0: {orientation.ars}."
    return ""


class PageRecevabilite(PageDossier):
    """What the ARS will look at first, before reading the project."""

    cle: ClassVar[str] = Page.RECEVABILITE
    titre: ClassVar[str] = "Recevabilité"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._numero = 0
        self.imprimer = self.entete.ajouter_action(
            "&Imprimer la fiche…",
            self.imprimer_fiche,
            primaire=True,
            raccourci="Ctrl+P",
            aide="La fiche des dix points\u00a0: aperçu, puis impression ou PDF (Ctrl+P)",
        )
        self.orientation = CarteOrientation(
            self._ecrire, lambda dossier, champ: declarations.du_dossier(contexte, dossier, champ)
        )
        self.modele = ModeleTable(COLONNES, lambda p: p.numero)
        self.tableau = TableauEntier("Les dix points de la recevabilité", self.modele, (0.2, 2.4, 1.4, 3.4))
        self.detail = DetailPoint(contexte, self._dire)
        self.detail.aller.connect(self._aller)
        bas = QHBoxLayout()
        bas.setSpacing(14)
        gauche = QVBoxLayout()
        gauche.addWidget(self.tableau)
        gauche.addStretch(1)
        droite = QVBoxLayout()
        droite.addWidget(self.detail)
        droite.addStretch(1)
        bas.addLayout(gauche, 62)
        bas.addLayout(droite, 38)
        self.detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.corps.addLayout(bas)
        self.corps.addWidget(self.orientation)
        self.corps.addStretch(1)
        self.tableau.choisie.connect(self._choisir)
        self.tableau.activee.connect(lambda _: self._aller_au_premier())

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its first point to settle."""
        self._numero = 0
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the points again; the one chosen stays chosen."""
        lu = self.lecture()
        self.entete.set_phrase(f"{phrase(lu.points)} {lieu(lu.orientation)}".strip())
        self.orientation.charger(lu)
        self.modele.charger(lu.points)
        if not self._numero:
            reste = next((p for p in lu.points if p.verdict is not Verdict.SATISFAIT), lu.points[0])
            self._numero = reste.numero
        self.choisir(self._numero)
        self._montrer()

    def choisir(self, numero: int) -> None:
        """Selects a point by its number (1 to 10)."""
        ligne = self.modele.ligne_de(numero)
        if ligne >= 0 and self.tableau.ligne_courante() != ligne:
            self.tableau.choisir(ligne)
        self._numero = numero

    def aller_a(self, cible: Cible) -> None:
        """Selects the point whose fact `cible` names, and puts the focus on it."""
        if cible.champ == "portee_nationale":
            self.defilement.ensureWidgetVisible(self.orientation)
            self.orientation.portee.viser()
            return
        if cible.champ in ("mise_en_ordre_marche", "date_mise_en_ordre_marche"):
            self.choisir(5)
            self._montrer()
            reponse = cible.champ == "mise_en_ordre_marche"
            (self.detail.operation.reponse if reponse else self.detail.operation.date).viser()
            return
        numero = next((n for n, fait in FAIT_DU_POINT.items() if fait.nom == cible.champ), 0)
        if numero:
            self.choisir(numero)
            self._montrer()
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choisir(self, ligne: int) -> None:
        if ligne >= 0:
            self._numero = self.modele.objet(ligne).numero
            self._montrer()

    def _montrer(self) -> None:
        lu = self.lecture()
        self.detail.charger(lu, next(p for p in lu.points if p.numero == self._numero))

    def _aller_au_premier(self) -> None:
        point = next(p for p in self.lecture().points if p.numero == self._numero)
        if point.cibles:
            self._aller(point.cibles[0].cible)

    def _aller(self, cible: Cible) -> None:
        if cible.page is Page.RECEVABILITE:
            self.aller_a(cible)
        else:
            self.demande_page.emit(cible)

    def _ecrire(self, dossier: Dossier, champs: dict[str, object]) -> bool:
        return self.contexte.modifier(dossier, **champs)

    def _dire(self, texte: str) -> None:
        self.bandeau.montrer(texte, "ok", ("Annuler", self.contexte.annuler), secondes=12)

    # -- printing ----------------------------------------------------------------------------------------------

    def imprimer_fiche(self) -> None:
        """Shows the sheet of the ten points, then prints it or writes its PDF."""
        from esms_desktop.documents.catalogue import produire
        from esms_desktop.documents.produits.fiche_recevabilite import CODE, TITRE
        from ui.widgets.impression import apercevoir

        lu = self.lecture()
        document = produire(CODE, lu.dossier, lu.campagne, lu.jour)
        apercevoir(self, self.contexte.taches, TITRE, CODE, [(TITRE, document)], lu.jour, self._echec)

    def _echec(self, erreur: ErreurEsms) -> None:
        if not isinstance(erreur, Interruption):
            self.bandeau.montrer(str(erreur), "bad")
