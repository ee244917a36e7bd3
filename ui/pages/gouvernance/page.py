"""The page Gouvernance: the team, the référents, the instances, the DPO and AMOA, and the chart they make."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes import gouvernance as gestes
from esms_desktop.lecture import Contact, Instance
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Cible, Page
from ui.pages.commun.liste_fiche import PanneauListe
from ui.pages.commun.page_onglets import PageOnglets, deroulant
from ui.pages.gouvernance.appuis import PanneauAppuis
from ui.pages.gouvernance.listes import EQUIPE, INSTANCES
from ui.pages.gouvernance.modele import equipe, est_referent_de_structure, referents
from ui.pages.gouvernance.organigramme import PanneauOrganigramme
from ui.pages.gouvernance.referents import PanneauReferents

if TYPE_CHECKING:
    from ui.contexte import Contexte

LISTE_EQUIPE, REFERENTS, LISTE_INSTANCES, APPUIS, ORGANIGRAMME = range(5)
_APPUIS = frozenset(("amoa", "amoa_nom", "mutualisation", "dpo", "dpo_nom", "dpo_courriel"))


class PageGouvernance(PageOnglets):
    """Who decides, who works, who answers for what."""

    cle: ClassVar[str] = Page.GOUVERNANCE
    titre: ClassVar[str] = "Gouvernance"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.entete.ajouter_action(
            "A&jouter une personne",
            self.ajouter_personne,
            primaire=True,
            aide="Ajouter quelqu’un à l’équipe projet",
        )
        self.equipe: PanneauListe[Contact] = PanneauListe(
            contexte,
            EQUIPE,
            self.dire,
            self.refuser,
        )
        self.referents = PanneauReferents(contexte, self.dire, self.refuser)
        self.instances: PanneauListe[Instance] = PanneauListe(
            contexte,
            INSTANCES,
            self.dire,
            self.refuser,
            (
                "Proposer les instances &habituelles",
                self.proposer,
                "Un comité de pilotage et un comité opérationnel",
            ),
        )
        self.appuis = PanneauAppuis(contexte, self.dire, self.refuser)
        self.organigramme = PanneauOrganigramme()
        vide = (
            "La grappe est encore vide",
            "Les référents et les délégués à la protection des données se désignent pour chaque structure et chaque "
            "organisme. Ajoutez-les d’abord dans la page Grappe.",
        )
        self.apres = {
            rang: self.apres_la_grappe(partie, *vide)
            for rang, partie in ((REFERENTS, self.referents), (APPUIS, self.appuis))
        }
        self.composer(
            (
                ("É&quipe", self.equipe, lambda v: self.equipe.charger(v.dossier)),
                ("R&éférents", self.apres[REFERENTS], lambda v: self.referents.charger(v.dossier)),
                ("&Instances", self.instances, lambda v: self.instances.charger(v.dossier)),
                ("&DPO et AMOA", self.apres[APPUIS], lambda v: self.appuis.charger(v.dossier)),
                (
                    "Or&ganigramme",
                    deroulant(self.organigramme),
                    lambda v: self.organigramme.charger(v.dossier),
                ),
            )
        )

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, from its team."""
        self.dossier_id = dossier_id
        self.montrer_onglet(LISTE_EQUIPE)
        super().ouvrir(dossier_id)

    def rafraichir(self) -> None:
        """Reads the dossier again; what is chosen stays chosen."""
        dossier = self.lecture().dossier
        self.apres[REFERENTS].fixer_vide(not dossier.essms)
        self.apres[APPUIS].fixer_vide(not dossier.ogs)
        self.recharger()
        gens, lignes = equipe(dossier), referents(dossier)
        designes = sum(r.contact is not None for r in lignes)
        for rang, compte in (
            (LISTE_EQUIPE, f"{len(gens)}"),
            (REFERENTS, f"{designes}/{len(lignes)}"),
            (LISTE_INSTANCES, f"{len(dossier.instances)}"),
        ):
            self.compter(rang, compte)
        if self.instances.proposer is not None:
            self.instances.proposer.setVisible(bool(gestes.instances_a_proposer(dossier)))
        phrase = (
            f"{pluriel(len(gens), 'personne')} dans l’équipe, {pluriel(len(dossier.instances), 'instance')}"
        )
        if lignes:
            phrase += f", un référent pour {designes} des {pluriel(len(lignes), 'structure')}"
        self.entete.set_phrase(f"{phrase}.")

    def aller_a(self, cible: Cible) -> None:
        """Shows what a finding is about, and puts the cursor in its field."""
        if cible.objet == "instance" or cible.champ == "instances":
            self.montrer_onglet(LISTE_INSTANCES)
            self.instances.aller(cible.id, cible.champ)
        elif cible.objet == "essms" or cible.champ == "referent":
            self.montrer_onglet(REFERENTS)
            self.referents.aller(cible.id)
        elif cible.objet == "og" or cible.champ in _APPUIS:
            self.montrer_onglet(APPUIS)
            self.appuis.viser(cible.champ, cible.id)
        else:
            self._aller_personne(cible)

    def _aller_personne(self, cible: Cible) -> None:
        contacts = self.lecture().dossier.contacts
        role = next((r for r in RoleContact if cible.objet == "role" and r.value == cible.champ), None)
        if role is not None:
            contact = next((c for c in contacts if c.role is role), None)
        else:
            contact = next((c for c in contacts if cible.objet == "contact" and c.id == cible.id), None)
        if contact is not None and est_referent_de_structure(contact):
            self.montrer_onglet(REFERENTS)
            self.referents.aller(contact.essms_id)
            return
        self.montrer_onglet(LISTE_EQUIPE)
        if contact is not None:
            self.equipe.aller(contact.id, cible.champ if role is None else "nom")
        elif role is not None:
            self._offrir(role)

    def _offrir(self, role: RoleContact) -> None:
        """Nobody holds a role yet: offers to add someone who will."""
        self.bandeau.montrer(
            f"Personne n’a encore le rôle «{NBSP}{role.libelle}{NBSP}» dans l’équipe.",
            "info",
            ("Ajouter cette personne", lambda: self.equipe.nouveau(role=role)),
        )

    def filtrer(self) -> None:
        """Puts the cursor in the search of the référents."""
        self.montrer_onglet(REFERENTS)
        self.referents.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ajouter_personne(self) -> None:
        """Adds someone to the team."""
        self.montrer_onglet(LISTE_EQUIPE)
        self.equipe.nouveau()

    def proposer(self) -> None:
        """Adds the usual instances that are not there."""
        combien = self.contexte.accomplir(gestes.proposer_instances, self.lecture().dossier)
        if combien:
            self.dire(
                f"{pluriel(combien, 'instance proposée', 'instances proposées')}. Ajustez les textes à votre projet."
            )
