"""What the application proposes for the maps of risks: the library of typical risks and the two scales (resources/listes)."""

from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.nomenclature.listes import lire, refus
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, NatureAction

PROBABILITE = "probabilite"
GRAVITE = "gravite"
AXES = {PROBABILITE: "Probabilité", GRAVITE: "Gravité"}
# Who a typical risk concerns: the grappe, a structure, or either of them.
PORTEES = {"grappe": "Grappe", "structure": "Structure", "deux": "Grappe et structure"}


@dataclass(frozen=True)
class ActionType:
    """An action the library proposes. `risque`: code of its risk; `nature`: value of `NatureAction`."""

    code: str
    risque: str
    nature: str
    intitule: str


@dataclass(frozen=True)
class RisqueType:
    """A typical risk. `niveau`: one of PORTEES. Never a probability nor a gravity: only the person assesses."""

    code: str
    categorie: str
    niveau: str
    intitule: str
    cause: str
    consequence: str
    source: str

    def convient(self, structure: bool) -> bool:
        """Whether it concerns a structure, or else the grappe."""
        return self.niveau in ("deux", "structure" if structure else "grappe")


@dataclass(frozen=True)
class NiveauType:
    """A level, 1 to 4, of a scale. `axe`: "probabilite" or "gravite"."""

    code: str
    axe: str
    niveau: int
    libelle: str
    definition: str


@cache
def risques_types() -> dict[str, RisqueType]:
    """The library by code, category by category in the order of `CategorieRisque` (referentiel 04 § 2)."""
    lus = lire("risques", "risque", RisqueType, assets.texte("listes/risques.toml"))
    categories = [c.value for c in CategorieRisque]
    for r in lus:
        if r.categorie not in categories:
            raise refus("risques", f"la catégorie « {r.categorie} » du risque « {r.code} » n’existe pas")
        if r.niveau not in PORTEES:
            raise refus("risques", f"le niveau « {r.niveau} » du risque « {r.code} » n’existe pas")
    return {r.code: r for c in categories for r in lus if r.categorie == c}


@cache
def actions_types() -> dict[str, tuple[ActionType, ...]]:
    """The actions proposed, by code of their risk, in their order."""
    lues = lire("risques", "action", ActionType, assets.texte("listes/risques.toml"))
    natures = [n.value for n in NatureAction]
    for a in lues:
        if a.risque not in risques_types():
            raise refus("risques", f"le risque « {a.risque} » de l’action « {a.code} » n’existe pas")
        if a.nature not in natures:
            raise refus("risques", f"la nature « {a.nature} » de l’action « {a.code} » n’existe pas")
    return {code: tuple(a for a in lues if a.risque == code) for code in risques_types()}


@cache
def niveaux_echelles() -> tuple[NiveauType, ...]:
    """Our two scales: probability then gravity, each from 1 to 4."""
    lus = lire("echelles", "niveau", NiveauType, assets.texte("listes/echelles.toml"))
    ordonnes = sorted(lus, key=lambda n: (n.axe != PROBABILITE, n.niveau))
    if [(n.axe, n.niveau) for n in ordonnes] != [(axe, d) for axe in AXES for d in (1, 2, 3, 4)]:
        raise refus("echelles", "chaque axe a quatre niveaux, de 1 à 4")
    return tuple(ordonnes)
