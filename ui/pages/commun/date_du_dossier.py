"""A date of the dossier, wherever it is asked: its words are those of the catalogue, and it saves itself."""

from typing import TYPE_CHECKING

from esms_desktop.nomenclature.champs import libelle_de
from ui.widgets.champs.champs import ChampDate

if TYPE_CHECKING:
    from ui.contexte import Contexte


def date_du_dossier(contexte: "Contexte", nom: str, geste: str, aide: str = "") -> ChampDate:
    """The field of a date of the dossier. `nom`: its column; `geste`: what the journal calls it; `aide`: what it changes here."""
    champ = ChampDate(
        libelle_de(f"dossier.{nom}"), lambda v: contexte.modifier(champ.ligne, geste, **{nom: v}), aide=aide
    )
    return champ
