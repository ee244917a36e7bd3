"""The pages of a dossier, which each folder of `ui/pages` declares, and where a finding sends."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from ui.inscriptions import Inscription, inscrites

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Cible

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


@cache
def _lire() -> None:
    paquet = import_module("ui.pages")
    for dossier in iter_modules(paquet.__path__):
        import_module(f"ui.pages.{dossier.name}")


def pages() -> tuple[Inscription, ...]:
    """The pages of a dossier in the order of the sidebar."""
    _lire()
    return inscrites()
