"""Categories of the FINESS directory, and the champ each gives an ESSMS (resources/finess/categories.csv)."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, cle, mots
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
# Filed in the social sector, and no ESSMS of art. L. 312-1 CASF all the same.
_HORS_LOI = {
    CATEGORIE_USLD: "unité de soins de longue durée : non éligible",
    # Named and excluded by 5° a.
    "247": "entreprise adaptée : l’article L. 312-1 du CASF ne la compte pas parmi les ESSMS",
    "609": "maison départementale des personnes handicapées : un groupement public (art. L. 146-4 CASF), non un ESSMS",
    "218": "aire d’accueil des gens du voyage : elle n’est pas un ESSMS (art. L. 312-1 CASF)",
}
# The law holds some of the établissements of these categories, not others: the category alone does not tell.
_A_CONFIRMER = frozenset({"216", "341", "342", "643", "644"})
# What people write, and two categories or more answer to.
_PLUSIEURS = {
    "sad": "460 (service autonomie aide) ou 209 (service autonomie aide et soins)",
    "accueildejour": "207 pour des personnes âgées ; en handicap, celle de l’établissement qui l’offre",
    "accueiltemporaire": "395 pour des adultes handicapés, 390 pour des enfants",
    "ehpa": "501 ou 502, selon les crédits de l’assurance maladie",
    "foyer": "252 (hébergement), 382 (vie) ou 437 (accueil médicalisé)",
}
# In the law by its own line (16°), although the nomenclature files it with those for people in difficulty.
_AIDE_AUX_FAMILLES = "640"


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
    if categorie is None or code in (CATEGORIE_USLD, _AIDE_AUX_FAMILLES):
        return None
    return _CHAMP_PAR_AGREGAT.get(categorie.agregat) or _CHAMP_PAR_AGREGAT.get(categorie.agregat[:2])


@cache
def nature(code: str, libelle: str = "") -> tuple[bool | None, str]:
    """Whether an établissement of that category is an ESSMS of art. L. 312-1 CASF, and why not.

    The one answer of the import, of the rules and of the pages. A champ typed by hand does not change it.

    Args:
        code: of the FINESS nomenclature; empty when not known.
        libelle: as the directory writes it, to name a category the nomenclature does not have.

    Returns:
        (True, ""), (False, reason), or (None, what keeps it from being told).
    """
    if code in _HORS_LOI:
        return False, _HORS_LOI[code]
    connue = categories().get(code)
    if connue is None:
        quoi = f"« {libelle or code} »" if libelle or code else "non renseignée"
        return None, f"catégorie {quoi} absente de la nomenclature : à ajouter à la main si c’est un ESSMS"
    if not connue.sociale:
        return False, f"{connue.libelle} : hors du secteur social et médico-social"
    if code == _AIDE_AUX_FAMILLES or (champ_de(code) is not None and code not in _A_CONFIRMER):
        return True, ""
    return (
        None,
        f"{connue.libelle} : la catégorie ne suffit pas à dire que c’est un ESSMS (art. L. 312-1 CASF), "
        "à ajouter à la main si l’ARS confirme",
    )


@cache
def _noms() -> dict[str, str]:
    """The code of a category by what people call it: its labels, its acronym, the usual abbreviations (letters and figures only)."""
    noms: dict[str, str] = {}
    # Open ones last: they win over a closed one of the same label.
    for c in sorted(categories().values(), key=lambda c: (c.ouverte, c.sociale)):
        acronyme = re.search(r"\(([A-Z.& ]{3,})\)?$", c.libelle)
        for nom in (c.libelle, c.libelle_court, c.libelle.split("(")[0], acronyme[1] if acronyme else ""):
            if serre := _serrer(nom):
                noms[serre] = c.code
    for ligne in csv.DictReader(assets.texte("finess/abreviations.csv").splitlines(), delimiter=";"):
        noms |= {_serrer(a): ligne["code"] for a in ligne["abreviations"].split("|")}
    return noms


def _serrer(texte: str) -> str:
    return "".join(mots(texte))


def lire_categorie(texte: str) -> Categorie | None:
    """A category by its code, its label or the usual abbreviation (EHPAD, F.A.M., foyer de vie); None when empty.

    « EHPAD public » is read by the one of its words that is an abbreviation.

    Raises:
        ErreurSaisie: none is called so, or several are.
    """
    decoupe = mots(texte)
    if not decoupe:
        return None
    connues, noms, serre = categories(), _noms(), "".join(decoupe)
    # « 500 », « 500 – EHPAD », « 500.0 » as a spreadsheet keeps a number.
    if (code := decoupe[0].zfill(3)) in connues and decoupe[0].isdecimal():
        return connues[code]
    if serre in noms:
        return connues[noms[serre]]
    if serre in _PLUSIEURS:
        raise ErreurSaisie(
            f"«{NBSP}{texte.strip()}{NBSP}» répond à plusieurs catégories\u00a0: {_PLUSIEURS[serre]}"
        )
    trouves = {noms[m] for m in decoupe if len(m) > 2 and m in noms}
    if len(trouves) == 1:
        return connues[trouves.pop()]
    if trouves:
        codes = " ou ".join(sorted(trouves))
        raise ErreurSaisie(
            f"«{NBSP}{texte.strip()}{NBSP}» nomme plusieurs catégories\u00a0: donnez un code, {codes}"
        )
    raise ErreurSaisie("catégorie absente de la nomenclature FINESS : donnez son code (500 pour un EHPAD)")


def valeurs_de_categorie(trouvee: Categorie | None) -> dict[str, object]:
    """The columns a category sets at once: its code, its label, and the champ when the nomenclature tells it."""
    if trouvee is None:
        return {"categorie": "", "categorie_libelle": ""}
    valeurs: dict[str, object] = {"categorie": trouvee.code, "categorie_libelle": trouvee.libelle}
    du_champ = champ_de(trouvee.code)
    if du_champ is not None:
        valeurs["champ"] = du_champ
    return valeurs


def lire_champ(texte: str) -> Champ | None:
    """A champ by its code or its label; None when empty.

    Raises:
        ErreurSaisie: there is none of that name.
    """
    cherche = cle(texte)
    if not cherche:
        return None
    for possible in Champ:
        if cherche in (cle(possible.value), cle(possible.libelle)):
            return possible
    raise ErreurSaisie("champ inconnu ; sont admis : " + ", ".join(c.value for c in Champ))
