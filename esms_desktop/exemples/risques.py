"""The maps of risks of the sample dossier (resources/exemples/risques.toml): entries of the library, assessed."""

import tomllib
from typing import Any

from esms_desktop import assets
from esms_desktop.model import ActionRisque, Dossier, Essms, Risque
from esms_desktop.nomenclature.risques_types import actions_types, risques_types
from esms_desktop.nomenclature.vocabulaire import EtatAction


def ajouter_risques(dossier: Dossier) -> None:
    """Hangs the maps of the grappe and of every structure on a dossier not saved yet."""
    donnees = tomllib.loads(assets.texte("exemples/risques.toml"))
    structures = dossier.essms
    for carte in donnees["carte"]:
        cibles: list[Essms | None] = [structures[i] for i in carte["essms"]] or [None]
        for essms in cibles:
            for rang, brut in enumerate(carte["risque"]):
                _ajouter(dossier, essms, rang, brut)


def _ajouter(dossier: Dossier, essms: Essms | None, rang: int, brut: dict[str, Any]) -> None:
    modele = risques_types()[brut["code"]]
    risque = Risque(
        dossier=dossier,
        essms=essms,
        rang=rang,
        origine=modele.code,
        intitule=modele.intitule,
        categorie=modele.categorie,
        cause=modele.cause,
        consequence=modele.consequence,
    )
    risque.probabilite, risque.gravite = brut["avant"]
    risque.probabilite_residuelle, risque.gravite_residuelle = brut["apres"]
    proposees = actions_types()[modele.code]
    for place, action in enumerate(brut["actions"]):
        proposee = proposees[action["numero"] - 1]
        ActionRisque(
            dossier=dossier,
            risque=risque,
            rang=place,
            intitule=proposee.intitule,
            nature=proposee.nature,
            responsable=action["responsable"],
            echeance=action["echeance"],
            etat=action.get("etat", EtatAction.A_FAIRE.value),
            cout_cents=action["euros"] * 100 if "euros" in action else None,
        )
