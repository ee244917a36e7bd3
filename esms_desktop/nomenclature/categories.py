"""Categories of the FINESS directory, and the champ each gives an ESSMS (resources/finess/categories.csv)."""

import csv
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.nomenclature.vocabulaire import Champ

# The category decides before its aggregate: these three work at home although filed under 4605 (donnees/README).
_CHAMP_PAR_CATEGORIE = {"209": Champ.DOM, "354": Champ.DOM, "460": Champ.DOM}
_CHAMP_PAR_AGREGAT = {
    "41": Champ.PH,
    "43": Champ.PH,
    "44": Champ.PA,
    "45": Champ.PDE,
    "4601": Champ.AHI,
    "4604": Champ.PDS,
    "4608": Champ.PJM,
}
# Soins de longue durée: never an ESSMS (referentiel 01 § 3).
CATEGORIE_USLD = "362"
# Named and excluded by art. L. 312-1 I 5° a CASF, although filed among the services for disabled people.
CATEGORIE_ENTREPRISE_ADAPTEE = "247"


@dataclass(frozen=True)
class Categorie:
    """A category of the nomenclature. `agregat`: code of its level-3 aggregate; `sociale`: under aggregate 4000."""

    code: str
    libelle: str
    libelle_court: str
    agregat: str
    sociale: bool
    ouverte: bool


@cache
def categories() -> dict[str, Categorie]:
    """All 312 categories by code."""
    lignes = csv.DictReader(assets.texte("finess/categories.csv").splitlines(), delimiter=";")
    return {
        ligne["code"]: Categorie(
            ligne["code"],
            ligne["libelle"],
            ligne["libelle_court"],
            ligne["agregat3_code"],
            ligne["agregat1_code"] == "4000",
            not ligne["date_fin"],
        )
        for ligne in lignes
    }


@cache
def champ_de(code: str) -> Champ | None:
    """The champ a category gives, None when the nomenclature does not tell (source: donnees/README)."""
    if code in _CHAMP_PAR_CATEGORIE:
        return _CHAMP_PAR_CATEGORIE[code]
    categorie = categories().get(code)
    if categorie is None or code == CATEGORIE_USLD:
        return None
    return _CHAMP_PAR_AGREGAT.get(categorie.agregat) or _CHAMP_PAR_AGREGAT.get(categorie.agregat[:2])
