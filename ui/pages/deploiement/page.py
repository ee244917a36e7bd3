"""The page Déploiement: waves and their structures, the calendar they make, training, communication, strategy."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import deploiement as gestes
from esms_desktop.lecture import ActionCommunication, Dossier, SessionFormation, Vague
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.planning.deploiement import sans_vague
from esms_desktop.regles.planning.vagues import proposer
from ui.pages.commun.liste_fiche import PanneauListe
from ui.pages.commun.page_onglets import PageOnglets, deroulant
from ui.pages.deploiement.affectation import PanneauAffectation
from ui.pages.deploiement.frise import PanneauFrise
from ui.pages.deploiement.listes import COMMUNICATIONS, FORMATIONS, VAGUES
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampTexte
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte

LISTE_VAGUES, AFFECTATION, CALENDRIER, LISTE_FORMATIONS, LISTE_COMMUNICATIONS, STRATEGIE = range(6)
_STRATEGIES = (
    (
        "strategie_deploiement",
        libelle_de("dossier.strategie_deploiement"),
        "Comment le projet avance d’une structure à l’autre : choix des pilotes, ordre des vagues, reprise des données, "
        "recette, bascule, assistance. La pièce 7 reprend ce texte.",
    ),
    (
        "strategie_formation",
        libelle_de("dossier.strategie_formation"),
        "Qui est formé, par qui, combien d’heures, et ce qui est prévu pour les remplaçants et les arrivées. "
        "La pièce 8 reprend ce texte.",
    ),
)


class PageDeploiement(PageOnglets):
    """How the solution reaches each structure, and how people are brought along."""

    cle: ClassVar[str] = Page.DEPLOIEMENT
    titre: ClassVar[str] = "Déploiement"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.repartir_action = self.entete.ajouter_action(
            "Ré&partir automatiquement",
            self.repartir,
            primaire=True,
            aide="Sites pilotes d’abord, puis organisme par organisme ; ce qui est déjà placé ne bouge pas",
        )
        self.vagues: PanneauListe[Vague] = PanneauListe(
            contexte,
            VAGUES,
            self.dire,
            self.refuser,
            (
                "Répartir automatiquement",
                self.repartir,
                "Sites pilotes d’abord, puis organisme par organisme",
            ),
        )
        self.affectation = PanneauAffectation(contexte, self.dire, self.refuser)
        self.frise = PanneauFrise()
        self.formations: PanneauListe[SessionFormation] = PanneauListe(
            contexte, FORMATIONS, self.dire, self.refuser
        )
        self.communications: PanneauListe[ActionCommunication] = PanneauListe(
            contexte, COMMUNICATIONS, self.dire, self.refuser
        )
        self.strategies: dict[str, ChampTexte] = {}
        self.apres = self.apres_la_grappe(
            self.affectation,
            "La grappe est encore vide",
            "Les structures se répartissent en vagues une fois connues. Ajoutez-les d’abord dans la page Grappe.",
        )
        self.composer(
            (
                ("&Vagues", self.vagues, lambda v: self.vagues.charger(v.dossier)),
                ("&Structures", self.apres, lambda v: self.affectation.charger(v.dossier)),
                ("&Calendrier", deroulant(self.frise), lambda v: self.frise.charger(v.dossier)),
                ("&Formations", self.formations, lambda v: self.formations.charger(v.dossier)),
                ("C&ommunication", self.communications, lambda v: self.communications.charger(v.dossier)),
                ("S&tratégie", deroulant(self._strategie()), lambda v: self._charger_textes(v.dossier)),
            )
        )

    def _strategie(self) -> Carte:
        carte = Carte("Stratégie, dans vos mots")
        for nom, etiquette, aide in _STRATEGIES:
            champ = ChampTexte(etiquette, self._ecrire_texte(nom, etiquette), aide, multiligne=True)
            self.strategies[nom] = champ
            carte.ajouter(champ, 1)
        return carte

    def _charger_textes(self, dossier: Dossier) -> None:
        for nom, champ in self.strategies.items():
            champ.fixer(getattr(dossier, nom), dossier)

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its waves."""
        self.dossier_id = dossier_id
        self.montrer_onglet(LISTE_VAGUES)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the dossier again; what is chosen stays chosen."""
        dossier = self.lecture().dossier
        self.apres.fixer_vide(not dossier.essms)
        self.recharger()
        essms = dossier.essms
        places = len(essms) - len(sans_vague(dossier))
        for rang, compte in (
            (LISTE_VAGUES, f"{len(dossier.vagues)}"),
            (AFFECTATION, f"{places}/{len(essms)}"),
            (LISTE_FORMATIONS, f"{len(dossier.formations)}"),
            (LISTE_COMMUNICATIONS, f"{len(dossier.communications)}"),
        ):
            self.compter(rang, compte)
        self.repartir_action.setEnabled(places < len(essms))
        if self.vagues.proposer is not None:
            self.vagues.proposer.hide()
        formes = sum(f.effectif or 0 for f in dossier.formations)
        phrase = f"{pluriel(len(dossier.vagues), 'vague')}, {places} des {pluriel(len(essms), 'structure')} placées"
        phrase = phrase if len(essms) > 1 else pluriel(len(dossier.vagues), "vague")
        phrase += f", {pluriel(len(dossier.formations), 'formation')}"
        phrase += f" pour {pluriel(formes, 'personne')}" if formes else ""
        phrase += f", {pluriel(len(dossier.communications), 'action')} de communication."
        self.entete.set_phrase(phrase)

    def aller_a(self, cible: Cible) -> None:
        """Shows what a finding is about, and puts the cursor in its field."""
        listes: dict[str, tuple[int, PanneauListe[Any]]] = {
            "vague": (LISTE_VAGUES, self.vagues),
            "session_formation": (LISTE_FORMATIONS, self.formations),
            "formations": (LISTE_FORMATIONS, self.formations),
            "action_communication": (LISTE_COMMUNICATIONS, self.communications),
            "communications": (LISTE_COMMUNICATIONS, self.communications),
        }
        if cible.champ in self.strategies:
            self.montrer_onglet(STRATEGIE)
            self.strategies[cible.champ].viser()
        elif cible.objet == "essms" or cible.champ == "vague_id":
            self.montrer_onglet(AFFECTATION)
            self.affectation.aller(cible.id)
        else:
            rang, panneau = listes.get(cible.objet) or listes.get(cible.champ) or listes["vague"]
            self.montrer_onglet(rang)
            panneau.aller(cible.id, cible.champ)

    def filtrer(self) -> None:
        """Puts the cursor in the search of the structures."""
        self.montrer_onglet(AFFECTATION)
        self.affectation.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def repartir(self) -> None:
        """Shows the waves proposed for the structures that have none, and makes them if agreed."""
        dossier = self.lecture().dossier
        propositions = proposer(dossier)
        if not propositions:
            self.refuser(
                "Toutes les structures ont déjà leur vague."
                if dossier.essms
                else "Ajoutez d’abord les structures dans la page Grappe."
            )
            return
        lignes = tuple(
            f"{p.vague.nom if p.vague else p.nom}{NBSP}: {pluriel(len(p.essms), 'ESSMS', 'ESSMS')} — "
            + ", ".join(e.nom for e in p.essms)
            for p in propositions
        )
        combien = sum(len(p.essms) for p in propositions)
        texte = (
            f"{pluriel(combien, 'structure reçoit', 'structures reçoivent')} une vague ; ce qui est déjà placé ne bouge "
            "pas. Vous pourrez tout changer ensuite, ou annuler (Ctrl+Z)."
        )
        if demander(
            self, "Répartir les structures ainsi ?", texte, "Répartir", "Ne rien faire", lignes=lignes
        ):
            places = self.contexte.accomplir(gestes.repartir, dossier, propositions)
            if places:
                self.dire(f"{pluriel(places, 'structure placée', 'structures placées')}.")

    def _ecrire_texte(self, nom: str, etiquette: str) -> Callable[[str], bool]:
        return lambda texte: self.contexte.modifier(
            self.strategies[nom].ligne, f"Modifier «{NBSP}{etiquette}{NBSP}»", **{nom: texte}
        )
