"""The Financement page: what is asked, what the project costs, the materials, and the plan that balances them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui import sorties
from ui.pages.commun.page import PageDossier
from ui.pages.documents.sorties import FILTRE_EXCEL, ecrire_excel
from ui.pages.financement.couts import OngletCouts, OngletRh
from ui.pages.financement.demande import OngletDemande
from ui.pages.financement.materiels import OngletMateriels, de_materiels
from ui.pages.financement.modele import phrase
from ui.pages.financement.plan import OngletPlan, du_plan
from ui.pages.financement.saisie import PanneauTable
from ui.widgets.onglets import Onglets

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte

DEMANDE, COUTS, RH, MATERIELS, PLAN = range(5)
_ONGLETS = ("De&mande", "&Coûts", "&Ressources humaines", "Ma&tériels", "Plan pluria&nnuel")
# Which tab edits what a finding names.
_TABLES = {"cout": COUTS, "cout_rh": RH, "materiel": MATERIELS, "ressource": PLAN, "og": PLAN, "plan": PLAN}


class PageFinancement(PageDossier):
    """The money of the project, in five tabs."""

    cle = Page.FINANCEMENT
    titre = "Financement"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.bouton_excel = self.entete.ajouter_action(
            "&Exporter en Excel…",
            self.exporter,
            aide="Coûts, personnel, plan pluriannuel et programme, avec leurs formules",
        )
        self.bouton_imprimer = self.entete.ajouter_action(
            "&Imprimer le plan de financement…",
            self.imprimer,
            primaire=True,
            raccourci="Ctrl+P",
            aide="Le plan de financement\u00a0: aperçu, puis impression ou PDF (Ctrl+P)",
        )
        self.onglets = Onglets("Parties de la page Financement", _ONGLETS)
        self.onglets.change.connect(self.montrer_onglet)
        self.corps.addWidget(self.onglets)
        self.demande = OngletDemande(contexte, lambda: self.lecture().dossier)
        self.couts = OngletCouts(contexte, self._dire, self._refuser)
        self.rh = OngletRh(contexte, self._dire, self._refuser)
        self.materiels = OngletMateriels(contexte, self._dire, self._refuser, self.exporter_materiels)
        self.plan = OngletPlan(contexte, lambda: self.lecture().dossier, self._dire, self._refuser)
        for source in (self.demande, self.materiels, self.plan):
            source.demande_page.connect(self._demander)
        self.vues: tuple[QWidget, ...] = (self.demande, self.couts, self.rh, self.materiels, self.plan)
        for rang, vue in enumerate(self.vues):
            self.corps.addWidget(vue, 1)
            vue.setVisible(rang == DEMANDE)
        self._rang = DEMANDE

    # -- showing -----------------------------------------------------------------------------------------------

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from what is asked."""
        if dossier_id != self.dossier_id:
            self.dossier_id = dossier_id
            for liste in (self.materiels.constats, self.plan.constats):
                liste.remettre()
                liste.hide()
            self._montrer(DEMANDE)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads again what the tab shows."""
        lu = self.lecture()
        dossier, plan = lu.dossier, lu.plan
        plein = lu.financement.demande.essms > 0 or bool(dossier.essms)
        self.bouton_imprimer.setEnabled(plein)
        self.bouton_excel.setEnabled(plein)
        self.entete.set_phrase(self._phrase(plan))
        comptes = (None, len(dossier.couts), len(dossier.couts_rh), len(dossier.materiels), None)
        for rang, compte in enumerate(comptes):
            self.onglets.fixer_texte(rang, f"{_ONGLETS[rang]} ({compte})" if compte else _ONGLETS[rang])
        affichages: tuple[Callable[[], None], ...] = (
            lambda: self.demande.charger(lu, plan, plein),
            lambda: self.couts.charger(dossier, plan),
            lambda: self.rh.charger(dossier, plan),
            lambda: self.materiels.charger(
                dossier,
                plan,
                lu.campagne.financement.bareme(dossier.type_projet).equipement_euros.source,
            ),
            lambda: self.plan.charger(dossier, plan),
        )
        affichages[self._rang]()
        self.montrer_examen(self.examen())

    def montrer_examen(self, examen: "Examen | None") -> None:
        """What the rules say of the plan and of the materials."""
        listes = {MATERIELS: (self.materiels.constats, de_materiels), PLAN: (self.plan.constats, du_plan)}
        if self._rang in listes:
            liste, concerne = listes[self._rang]
            constats = None if examen is None else list(filter(concerne, examen.de_page(Page.FINANCEMENT)))
            liste.montrer(constats)
            # An empty list says nothing; while it is looked at again, it stays where it was.
            if constats is not None:
                liste.setVisible(bool(constats))

    def _phrase(self, plan: PlanPluriannuel) -> str:
        dite = phrase(self.lecture().financement)
        if not (plan.emplois or plan.rh):
            return dite
        if plan.equilibre:
            return f"{dite} Le plan est équilibré."
        return f"{dite} Le plan n’est pas encore équilibré."

    def montrer_onglet(self, rang: int) -> None:
        """Shows a tab, up to date."""
        self._montrer(rang)
        self.rafraichir()
        self.defilement.verticalScrollBar().setValue(0)

    def _montrer(self, rang: int) -> None:
        self._rang = rang
        self.onglets.fixer(rang)
        # The one shown leaves first: both at once would not fit.
        for autre, vue in enumerate(self.vues):
            if autre != rang:
                vue.hide()
        self.vues[rang].show()

    def _demander(self, cible: Cible) -> None:
        if cible.page is Page.FINANCEMENT:
            self.aller_a(cible)
        else:
            self.demande_page.emit(cible)

    def aller_a(self, cible: Cible) -> None:
        """Puts the cursor on the question, the date, the line or the key a finding names."""
        if not cible.objet:
            cible = self._manque() or cible
        rang = _TABLES.get(cible.objet, DEMANDE)
        if cible.champ == "cle_repartition":
            rang = PLAN
        self.montrer_onglet(rang)
        if rang == DEMANDE:
            self.demande.viser(cible)
        elif rang == PLAN and cible.objet == "ressource":
            self.plan.ressources.aller(cible.id, cible.champ)
        elif rang == PLAN:
            (self.plan.equilibre if cible.objet == "plan" else self.plan.reste).viser(cible)
        else:
            panneaux: dict[int, PanneauTable[Any]] = {
                COUTS: self.couts.panneau,
                RH: self.rh.panneau,
                MATERIELS: self.materiels.panneau,
            }
            panneau = panneaux[rang]
            panneau.aller(cible.id, cible.champ)
        vise = self.focusWidget()
        if vise is not None:
            self.defilement.ensureWidgetVisible(vise)

    def _manque(self) -> Cible | None:
        """The first line of the plan without an amount or a year: what a finding on the whole page means."""
        dossier = self.lecture().dossier
        attendus: tuple[tuple[str, Sequence[Any], tuple[str, ...]], ...] = (
            ("cout", dossier.couts, ("montant_ht_cents", "annee")),
            ("cout_rh", dossier.couts_rh, ("etp_centiemes", "cout_annuel_cents", "annee")),
            ("ressource", dossier.ressources, ("montant_cents", "annee")),
        )
        for objet, lignes, champs in attendus:
            for ligne in lignes:
                for champ in champs:
                    if getattr(ligne, champ) is None:
                        return Cible(Page.FINANCEMENT, objet, ligne.id, champ)
        return Cible(Page.FINANCEMENT, "plan") if dossier.couts or dossier.couts_rh else None

    # -- out ---------------------------------------------------------------------------------------------------

    def imprimer(self) -> None:
        """Shows the plan de financement, then prints it or writes its PDF."""
        from esms_desktop.documents.catalogue import produire
        from esms_desktop.documents.produits.plan_financement import CODE, TITRE
        from ui.widgets.impression import apercevoir

        lu = self.lecture()
        try:
            document = produire(CODE, lu.dossier, lu.campagne, lu.jour)
        except ErreurEsms as e:
            self._refuser(str(e))
            return
        apercevoir(self, self.contexte.taches, TITRE, CODE, [(TITRE, document)], lu.jour, self._echec)

    def exporter(self) -> None:
        """Asks where the workbook of the plan goes, then writes it."""
        from esms_desktop.documents.produits.plan_financement import CODE, TITRE

        self._demander_classeur(CODE, TITRE)

    def exporter_materiels(self) -> None:
        """Asks where the workbook of the materials goes, then writes it."""
        from esms_desktop.documents.produits.liste_materiels import CODE, TITRE

        self._demander_classeur(CODE, TITRE)

    def _demander_classeur(self, code: str, titre: str) -> None:
        chemin = sorties.demander_fichier(
            self, f"Exporter «\u00a0{titre}\u00a0»", f"{code}.xlsx", FILTRE_EXCEL
        )
        if chemin is not None:
            self.exporter_vers(code, chemin if chemin.suffix else chemin.with_suffix(".xlsx"))

    def exporter_vers(self, code: str, chemin: Path) -> None:
        """Writes the workbook of a document, beside the window."""
        from esms_desktop.documents.classeur.classeurs import classeur_de

        lu = self.lecture()
        try:
            arbre = classeur_de(code, lu.dossier, lu.campagne, lu.jour)
        except ErreurEsms as e:
            self._refuser(str(e))
            return
        if arbre is not None:
            ecrire_excel(self.contexte.taches, arbre, chemin, lu.jour, self._ecrit, self._echec)

    def _ecrit(self, chemins: list[Path]) -> None:
        self.bandeau.montrer(
            f"Le classeur est enregistré\u00a0: {chemins[0]}",
            "ok",
            ("Ouvrir le classeur", lambda: sorties.ouvrir(chemins[0])),
        )

    def _dire(self, texte: str) -> None:
        self.bandeau.montrer(texte, "ok", ("Annuler", self.contexte.annuler), secondes=12)

    def _refuser(self, texte: str) -> None:
        self.bandeau.montrer(texte, "bad")
