"""The page Risques: the map of the grappe, those of the structures, what they share, and the actions that answer them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import risques as gestes
from esms_desktop.gestes.planning.plan import taches_des_actions
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import CategorieRisque
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier import risques as regles
from ui import sorties
from ui.pages.commun.page_onglets import PageOnglets, deroulant
from ui.pages.risques.actions import PanneauActions
from ui.pages.risques.bibliotheque import DialogueBibliotheque
from ui.pages.risques.carte import PanneauCarte
from ui.pages.risques.chaleur import PanneauChaleur, PanneauRemontee
from ui.pages.risques.copie import DialogueCopie
from ui.pages.risques.echelles import DialogueEchelles
from ui.pages.risques.fiche import DialogueRisque
from ui.pages.risques.sorties import GRAPPE as SORTIE_GRAPPE
from ui.pages.risques.sorties import IMPRIMER, STRUCTURE, TOUT, DialogueSortie, Sorties
from ui.pages.risques.structures import PanneauStructures, phrase_structures

if TYPE_CHECKING:
    from ui.contexte import Contexte

GRAPPE, STRUCTURES, CHALEUR, ACTIONS, REMONTEE = range(5)
_RESIDUELS = frozenset(("probabilite_residuelle", "gravite_residuelle"))
# The fields that have their column in the register.
_COLONNES = frozenset(("intitule", "categorie", "probabilite", "gravite")) | _RESIDUELS


class PageRisques(PageOnglets):
    """What could go wrong, for the grappe and for each structure, and what is done about it."""

    cle: ClassVar[str] = Page.RISQUES
    titre: ClassVar[str] = "Risques"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self._apres = False
        self.exporter = self.entete.ajouter_action(
            "&Imprimer ou exporter…", self.demander_sortie, raccourci="Ctrl+P", aide="PDF, Word ou Excel"
        )
        self.neuf = self.entete.ajouter_action(
            "&Nouveau risque",
            self.nouveau,
            primaire=True,
            aide="Sur la carte montrée : la grappe, ou la structure choisie",
        )
        self.sorties = Sorties(
            contexte,
            self,
            lambda phrase, chemin: self._ecrit(phrase, chemin),
            lambda phrase, genre: self.bandeau.montrer(phrase, genre),
        )
        self.grappe = PanneauCarte(
            contexte,
            "de la grappe",
            (
                "Aucun risque sur la carte de la grappe",
                "Le dossier dit ce qui pourrait faire échouer le projet et ce que vous ferez. Choisissez dans la "
                "bibliothèque les risques qui vous concernent, cotez leur probabilité et leur gravité, puis donnez à "
                "chacun ses actions. Une liste copiée d’un tableur se colle : risque, P, G.",
            ),
            self.dire,
            self.refuser,
        )
        self.structures = PanneauStructures(contexte, self.dire, self.refuser)
        self.chaleur = PanneauChaleur()
        self.plan = PanneauActions(contexte, self.dire, self.refuser)
        self.remontee = PanneauRemontee(contexte, self.dire, self.refuser)
        vide = (
            "La grappe est encore vide",
            "Chaque structure a ses propres risques, à côté de ceux de la grappe. Ajoutez-les d’abord dans la page Grappe.",
        )
        self.apres = {
            rang: self.apres_la_grappe(partie, *vide)
            for rang, partie in (
                (STRUCTURES, self.structures),
                (CHALEUR, self.chaleur),
                (REMONTEE, self.remontee),
            )
        }
        self._relier()
        self.composer(
            (
                (
                    "&Grappe",
                    deroulant(self.grappe),
                    lambda v: self.grappe.charger(v.dossier, None, self._apres),
                ),
                (
                    "Par &structure",
                    self.apres[STRUCTURES],
                    lambda v: self.structures.charger(v.dossier, self._apres),
                ),
                (
                    "Structures × caté&gories",
                    self.apres[CHALEUR],
                    lambda v: self.chaleur.charger(v.dossier, self._apres),
                ),
                ("Plan &d’actions", self.plan, self.plan.charger),
                ("Re&montée", self.apres[REMONTEE], lambda v: self.remontee.charger(v.dossier)),
            )
        )

    def _relier(self) -> None:
        for panneau in (self.grappe, self.structures.panneau):
            panneau.ouvrir.connect(self.ouvrir_risque)
            panneau.bibliotheque.connect(self.ouvrir_bibliotheque)
            panneau.apres.connect(self._fixer_apres)
            panneau.echelles.connect(self.changer_echelles)
        self.structures.copier.connect(lambda essms: self.copier(essms, ()))
        self.structures.recevoir.connect(lambda essms: self.copier(None, (essms,)))
        self.chaleur.apres.connect(self._fixer_apres)
        self.chaleur.ouvrir.connect(self._ouvrir_case)
        self.plan.ouvrir.connect(self.ouvrir_risque)
        self.plan.commencer.connect(lambda: self.montrer_onglet(GRAPPE))
        self.plan.planifier.connect(self._planifier)
        self.remontee.structures.connect(lambda: self.montrer_onglet(STRUCTURES))

    # -- showing -----------------------------------------------------------------------------------------------

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from the map of the grappe."""
        self.dossier_id = dossier_id
        self._apres = False
        self.montrer_onglet(GRAPPE)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the dossier again; what is chosen stays chosen."""
        dossier = self.lecture().dossier
        for rang in self.apres:
            self.apres[rang].fixer_vide(not dossier.essms)
        self.recharger()
        evaluees = sum(bool(v) for v in regles.evaluations(dossier).values())
        self.compter(GRAPPE, str(len(regles.risques_grappe(dossier))))
        self.compter(STRUCTURES, f"{evaluees}/{len(dossier.essms)}")
        self.compter(ACTIONS, str(len(dossier.actions_risques)))
        self.entete.set_phrase(phrase(dossier))

    def filtrer(self) -> None:
        """Puts the cursor in the search of the tab shown."""
        recherches = {
            GRAPPE: self.grappe.registre.recherche,
            STRUCTURES: self.structures.recherche,
            ACTIONS: self.plan.recherche,
            REMONTEE: self.remontee.recherche,
        }
        recherche = recherches.get(self.vues.currentIndex())
        if recherche is not None and recherche.isVisible():
            recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def aller_a(self, cible: Cible) -> None:
        """Shows what a finding is about: a structure, a risk and its cell, its actions, an action."""
        if cible.objet == "essms":
            self.montrer_onglet(STRUCTURES)
            self.structures.aller(cible.id)
        elif cible.objet == "action_risque":
            self.montrer_onglet(ACTIONS)
            self.plan.aller(cible.id, entete_de(f"action_risque.{cible.champ}") if cible.champ else "")
        elif cible.objet == "risque" and cible.id is not None:
            self.aller_au_risque(cible.id, cible.champ)
        else:
            self.montrer_onglet(GRAPPE)

    def aller_au_risque(self, risque_id: int, champ: str = "") -> None:
        """Shows a risk on its map, with the cursor in the cell of a field; its card for its actions."""
        risque = self.contexte.lecture(self.dossier_id).dossier.trouver(Risque, risque_id)
        if risque is None:
            return
        if champ in _COLONNES:
            self._fixer_apres(champ in _RESIDUELS)
        if risque.essms is None:
            self.montrer_onglet(GRAPPE)
            self.grappe.choisir(risque_id)
            panneau = self.grappe
        else:
            self.montrer_onglet(STRUCTURES)
            self.structures.aller(risque.essms_id, risque_id)
            panneau = self.structures.panneau
        panneau.registre.viser(entete_de(f"risque.{champ}") if champ in _COLONNES else "")
        if champ == "actions":
            self.ouvrir_risque(risque_id, champ)

    def _ouvrir_case(self, essms: Essms | None, categorie: CategorieRisque | None) -> None:
        """A cell of the heat map: the map of the structure, on its heaviest risk of the category."""
        siens = [
            r
            for r in regles.risques_de(self.lecture().dossier, essms)
            if categorie is None or regles.categorie(r) is categorie
        ]
        siens.sort(key=lambda r: -(regles.criticite(r, self._apres) or 0))
        if siens and categorie is not None:
            self.aller_au_risque(siens[0].id)
        elif essms is not None:
            self.montrer_onglet(STRUCTURES)
            self.structures.aller(essms.id)
        else:
            self.montrer_onglet(GRAPPE)

    def _fixer_apres(self, apres: bool) -> None:
        if apres is not self._apres:
            self._apres = apres
            self.recharger()

    # -- gestures ----------------------------------------------------------------------------------------------

    def carte_montree(self) -> Essms | None:
        """The structure whose map is shown, None for the grappe."""
        return self.structures.essms if self.vues.currentIndex() == STRUCTURES else None

    def nouveau(self) -> None:
        """Adds a risk to the map shown and opens its card."""
        essms = self.carte_montree()
        if self.vues.currentIndex() not in (GRAPPE, STRUCTURES):
            self.montrer_onglet(GRAPPE)
        neuf = self.contexte.accomplir(
            gestes.ajouter, self.lecture().dossier, essms, intitule="Nouveau risque"
        )
        if neuf is not None:
            self.rafraichir()
            self.aller_au_risque(neuf.id)
            self.ouvrir_risque(neuf.id, "intitule")

    def ouvrir_risque(self, risque_id: int, champ: str = "") -> None:
        """Opens the card of a risk."""
        DialogueRisque(self.contexte, self.dossier_id, risque_id, champ, self).open()

    def ouvrir_bibliotheque(self) -> None:
        """Offers typical risks for the map shown, and adds those chosen."""
        dossier, essms = self.lecture().dossier, self.carte_montree()
        dialogue = DialogueBibliotheque(dossier, essms, self)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            ajoutes = self.contexte.accomplir(
                gestes.ajouter_de_la_bibliotheque,
                dossier,
                dialogue.codes(),
                essms,
                dialogue.avec_actions.isChecked(),
            )
            if ajoutes:
                self.dire(
                    f"{pluriel(len(ajoutes), 'risque ajouté', 'risques ajoutés')}. Donnez-leur une probabilité et une gravité."
                )
        dialogue.deleteLater()

    def copier(self, source: Essms | None, cibles: Sequence[Essms]) -> None:
        """Asks which map goes to which structures, and copies it."""
        dossier = self.lecture().dossier
        if not dossier.risques:
            self.refuser(
                "Aucune carte n’a encore de risque à copier : remplissez d’abord celle de la grappe ou d’une structure."
            )
            return
        dialogue = DialogueCopie(dossier, source, cibles, self)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            copies = self.contexte.accomplir(
                gestes.copier_carte, dossier, dialogue.source, dialogue.cibles, dialogue.remplacer
            )
            if copies:
                ajoutes = sum(c.ajoutes for c in copies)
                self.dire(
                    f"{pluriel(len(copies), 'structure remplie', 'structures remplies')}, "
                    f"{pluriel(ajoutes, 'risque copié', 'risques copiés')}. Ajustez chaque carte."
                )
        dialogue.deleteLater()

    def changer_echelles(self) -> None:
        """Opens the words of the scales."""
        dossier = self.lecture().dossier
        dialogue = DialogueEchelles(
            regles.echelles(dossier),
            lambda voulue: self.contexte.base.accomplir(gestes.renommer_echelle, dossier, voulue),
            self,
        )
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            self.dire("Les mots des échelles sont enregistrés.")
        dialogue.deleteLater()

    def _planifier(self, actions: Sequence[ActionRisque]) -> None:
        dossier = self.lecture().dossier
        taches = self.contexte.accomplir(taches_des_actions, dossier, actions)
        if taches is None:
            return
        if not taches:
            self.refuser("Ces actions sont déjà au planning, ou abandonnées.")
            return
        phrase = f"{pluriel(len(taches), 'tâche ajoutée', 'tâches ajoutées')} au planning."
        self.bandeau.montrer(
            phrase, "ok", ("Voir le planning", lambda: self.demande_page.emit(Cible(Page.PLANNING)))
        )

    # -- out ---------------------------------------------------------------------------------------------------

    def demander_sortie(self) -> None:
        """Asks which maps leave, and in what form."""
        lu, essms = self.lecture(), self.carte_montree()
        onglet = self.vues.currentIndex()
        quoi = STRUCTURE if essms else SORTIE_GRAPPE if onglet == GRAPPE else TOUT
        dialogue = DialogueSortie(lu.dossier, quoi, essms, self)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            if dialogue.forme == IMPRIMER:
                self.sorties.imprimer(lu, dialogue.quoi.valeur, dialogue.essms)
            else:
                self.sorties.ecrire(lu, dialogue.quoi.valeur, dialogue.essms, dialogue.forme)
        dialogue.deleteLater()

    def _ecrit(self, phrase: str, chemin: Path) -> None:
        self.bandeau.montrer(phrase, "ok", ("Ouvrir", lambda: sorties.ouvrir(chemin)))


def phrase(dossier: Dossier) -> str:
    """Where the maps stand: « Grappe : 6 risques, 2 critiques, 6 avec action · Structures : 12 sur 17 évaluées »."""
    siens = regles.risques_grappe(dossier)
    cotes = [c for r in siens if (c := regles.criticite(r)) is not None]
    critiques = sum(map(regles.critique, cotes))
    avec = sum(not regles.sans_action(r) for r in siens)
    dite = f"Grappe{NBSP}: {pluriel(len(siens), 'risque')}" if siens else f"Grappe{NBSP}: aucun risque"
    if siens:
        a_coter = len(siens) - len(cotes)
        dite += f", {a_coter} à coter" if a_coter else ""
        dite += f", {pluriel(critiques, 'critique')}, {avec} avec action"
    return f"{dite} · {phrase_structures(dossier)}." if dossier.essms else f"{dite}."
