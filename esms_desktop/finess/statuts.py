"""Legal forms of the directory: label, and whether the form is an association (resources/finess/statuts.csv)."""

import csv
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets


@dataclass(frozen=True)
class Statut:
    """A « statut juridique » of the FINESS nomenclature. `association`: None when the form does not tell."""

    code: str
    libelle: str
    association: bool | None


_INCONNU = Statut("", "", None)


@cache
def statuts() -> dict[str, Statut]:
    """All legal forms by code (ANS nomenclature TRE_R72, « statut juridique FINESS »)."""
    lignes = csv.DictReader(assets.texte("finess/statuts.csv").splitlines(), delimiter=";")
    reponses = {"oui": True, "non": False}
    return {
        ligne["code"]: Statut(ligne["code"], ligne["libelle"], reponses.get(ligne["association"]))
        for ligne in lignes
    }


def statut_de(code: str) -> Statut:
    """The legal form under `code`; an empty one, that answers nothing, when the nomenclature has none."""
    return statuts().get(code, _INCONNU)
