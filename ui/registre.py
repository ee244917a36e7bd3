"""The pages of a dossier in the order of the sidebar; each is imported when it is first shown."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Cible
    from ui.contexte import Contexte
    from ui.pages.page import PageDossier

VUE_ENSEMBLE = "vue-ensemble"
# Fields of the dossier that are edited on the overview, whatever page their findings count for.
CHAMPS_DU_DOSSIER = frozenset(
    (
        "nom",
        "campagne_id",
        "type_projet",
        "etat",
        "date_depot_prevue",
        "date_convention",
        "date_debut_projet",
        "date_debut_parametrage",
        "date_fin_deploiement",
        "date_solde",
        "contexte",
        "objectifs",
        "hebergement",
        "reprise_donnees",
        "points_attention",
        "notes",
    )
)
# Keys are the values of `constats.Page`, written here so that the first paint does not wait for the rules.
# Those fields that another page edits too: a finding of that page stays there.
_AUSSI_SUR = {
    "date_depot_prevue": "depot",
    "date_convention": "financement",
    "date_fin_deploiement": "financement",
    "date_solde": "financement",
}


def page_de(cible: "Cible") -> str:
    """The key of the page that can show `cible`: its own, or the overview for what only the overview edits."""
    du_dossier = cible.objet == "dossier" and cible.champ in CHAMPS_DU_DOSSIER
    contact = cible.objet == "contact" and cible.page != "gouvernance"
    if contact or (du_dossier and _AUSSI_SUR.get(cible.champ) != cible.page):
        return VUE_ENSEMBLE
    return cible.page.value


class Inscription(NamedTuple):
    """A page of the sidebar.

    Args:
        cle: the value of a `Page`, or "vue-ensemble".
        titre: what the sidebar says.
        section: heading above it; empty for none.
        classe: "module:Class".
    """

    cle: str
    titre: str
    section: str
    classe: str

    def creer(self, contexte: "Contexte") -> "PageDossier":
        """Imports the page and builds it."""
        module, nom = self.classe.split(":")
        page: PageDossier = getattr(import_module(module), nom)(contexte)
        return page


PAGES: tuple[Inscription, ...] = (
    Inscription(VUE_ENSEMBLE, "Vue d’ensemble", "", "ui.pages.vue_ensemble:PageVueEnsemble"),
    Inscription("grappe", "Grappe", "Construire", "ui.pages.grappe:PageGrappe"),
    Inscription("recevabilite", "Recevabilité", "Construire", "ui.pages.recevabilite:PageRecevabilite"),
    Inscription("preparation", "Préparation", "Construire", "ui.pages.preparation:PagePreparation"),
    Inscription("gouvernance", "Gouvernance", "Construire", "ui.pages.gouvernance:PageGouvernance"),
    Inscription("deploiement", "Déploiement", "Organiser", "ui.pages.deploiement:PageDeploiement"),
    Inscription("planning", "Planning", "Organiser", "ui.pages.planning:PagePlanning"),
    Inscription("risques", "Risques", "Organiser", "ui.pages.risques:PageRisques"),
    Inscription("financement", "Financement", "Organiser", "ui.pages.financement:PageFinancement"),
    Inscription("documents", "Documents", "Déposer", "ui.pages.documents:PageDocuments"),
    Inscription("pieces", "Pièces", "Déposer", "ui.pages.pieces:PagePieces"),
    Inscription("depot", "Dépôt", "Déposer", "ui.pages.depot:PageDepot"),
    Inscription("historique", "Historique", "", "ui.pages.historique:PageHistorique"),
)
