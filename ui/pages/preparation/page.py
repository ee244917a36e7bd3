"""The page Préparation: the check points of the kit, the maturity of each OG, its autodiagnostics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from esms_desktop.francais import pluriel
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.preparation import etat_autodiagnostics, etat_briques, etat_themes
from ui.pages.commun.page_onglets import PageOnglets
from ui.pages.preparation.autodiagnostics import PanneauAutodiagnostics
from ui.pages.preparation.maturite import PanneauMaturite
from ui.pages.preparation.points import PanneauPoints

if TYPE_CHECKING:
    from ui.contexte import Contexte

POINTS, MATURITE, AUTODIAGNOSTICS = 0, 1, 2


class PagePreparation(PageOnglets):
    """What to think through before filing."""

    cle: ClassVar[str] = Page.PREPARATION
    titre: ClassVar[str] = "Préparation"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.suivant = self.entete.ajouter_action(
            "&Question suivante",
            self.aller_au_suivant,
            primaire=True,
            aide="Aller à la première question sans réponse",
        )
        self.points = PanneauPoints(contexte)
        self.maturite = PanneauMaturite(contexte, self.dire, self.refuser)
        self.autodiagnostics = PanneauAutodiagnostics(contexte, self.dire, self.refuser)
        self.autodiagnostics.demande_page.connect(self.demande_page)
        vide = (
            "Aucun organisme dans la grappe",
            "Ces questions se posent à chaque organisme. Ajoutez-les d’abord dans la page Grappe, par leur numéro FINESS "
            "ou à la main.",
        )
        self.par_og = [
            self.apres_la_grappe(partie, *vide) for partie in (self.maturite, self.autodiagnostics)
        ]
        self.composer(
            (
                ("Points de &contrôle", self.points, self.points.charger),
                ("&Maturité", self.par_og[0], self.maturite.charger),
                ("&Autodiagnostics", self.par_og[1], self.autodiagnostics.charger),
            )
        )

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its check points."""
        self.dossier_id = dossier_id
        self.montrer_onglet(POINTS)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the dossier again; what is chosen stays chosen."""
        lu = self.lecture()
        etats = etat_themes(lu.dossier, lu.campagne)
        for partie in self.par_og:
            partie.fixer_vide(not lu.dossier.ogs)
        self.recharger()
        faits, total = sum(t.repondus for t in etats), sum(len(t.points) for t in etats)
        briques = [e.acquise for og in lu.dossier.ogs for e in etat_briques(og)]
        diagnostics = [e.realise for e in etat_autodiagnostics(lu.dossier)]
        comptes = ((faits, total), _repondus(briques), _repondus(diagnostics))
        for rang, (fait, sur) in enumerate(comptes):
            self.compter(rang, f"{fait}/{sur}")
        self.suivant.setEnabled(faits < total)
        non = sum(p.reponse is False for t in etats for p in t.points)
        phrase = f"{pluriel(faits, 'question a', 'questions ont')} une réponse, sur {total}."
        if non:
            phrase += f" {pluriel(non, 'point n’est', 'points ne sont')} pas encore acquis."
        self.entete.set_phrase(
            phrase if faits < total or non else f"Les {total} questions ont une réponse, tout est acquis."
        )

    def aller_au_suivant(self) -> None:
        """Goes to the first question without an answer."""
        self.montrer_onglet(POINTS)
        self.points.aller(self.points.premier_sans_reponse())

    def aller_a(self, cible: Cible) -> None:
        """Shows the question, the brick or the autodiagnostic of a finding."""
        if cible.champ.startswith("autodiagnostic"):
            self.montrer_onglet(AUTODIAGNOSTICS)
            self.autodiagnostics.aller(cible.id, cible.champ.partition("-")[2] or "si")
        elif cible.objet == "og":
            self.montrer_onglet(MATURITE)
            self.maturite.aller(cible.id)
        else:
            self.montrer_onglet(POINTS)
            self.points.aller(cible.champ)


def _repondus(reponses: Sequence[bool | None]) -> tuple[int, int]:
    return sum(r is not None for r in reponses), len(reponses)
