"""The lists a person answers or picks from (resources/listes): check points, maturity bricks, natures of costs."""

import tomllib
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, TypeVar

from esms_desktop import assets
from esms_desktop.errors import ErreurEsms

T = TypeVar("T")

THEMES_NATURES = {
    "editeur": "Éditeur",
    "equipement": "Équipements et infrastructures",
    "amoa": "AMOA et pilotage",
    "accompagnement": "Conduite du changement",
    "autre": "Autres dépenses",
}


@dataclass(frozen=True)
class Theme:
    """A theme of the preparation. `conseil`: good practice only; `regroupement`: for several OG; `region`: INSEE code
    of the only region whose campaigns ask it, empty for all."""

    code: str
    titre: str
    source: str
    conseil: bool = False
    regroupement: bool = False
    region: str = ""


@dataclass(frozen=True)
class PointControle:
    """A question of the preparation. `aide`: what it means; `remede`: what to do when the answer is no.

    Args:
        contenu: what the note de présentation tells of it, in the words of the person; empty when it tells nothing.
        champ: the column of the dossier that holds these words; empty: the comment of the answer does.
    """

    code: str
    theme: str
    titre: str
    question: str
    aide: str
    remede: str
    source: str
    contenu: str = ""
    champ: str = ""


@dataclass(frozen=True)
class BriqueMaturite:
    """One of the ten bricks of digital maturity. `contenu`: what it takes to have it."""

    code: str
    titre: str
    contenu: str
    source: str


@dataclass(frozen=True)
class Nature:
    """A nature of cost; `theme`: one of THEMES_NATURES."""

    code: str
    libelle: str
    theme: str


@dataclass(frozen=True)
class CibleUsage:
    """A target of use. `valeur`: per cent, at least; `calcul`: how it is measured; `court`: its words in a sentence."""

    code: str
    libelle: str
    court: str
    calcul: str
    valeur: int


@cache
def themes() -> dict[str, Theme]:
    """Themes of the preparation by code, in their order (referentiel 03 § 1)."""
    return {t.code: t for t in lire("preparation", "theme", Theme, _source("preparation"))}


@cache
def points_controle() -> dict[str, PointControle]:
    """Check points by code, theme by theme (referentiel 03 § 1)."""
    lus = lire("preparation", "point", PointControle, _source("preparation"))
    for point in lus:
        if point.theme not in themes():
            raise refus("preparation", f"le thème « {point.theme} » du point « {point.code} » n’existe pas")
    return {p.code: p for theme in themes() for p in lus if p.theme == theme}


@cache
def briques() -> dict[str, BriqueMaturite]:
    """The ten bricks by code, in their order (referentiel 01 § 10)."""
    return {b.code: b for b in lire("maturite", "brique", BriqueMaturite, _source("maturite"))}


@cache
def natures() -> dict[str, Nature]:
    """Natures of costs by code, in their order (referentiel 02 § 3)."""
    lues = lire("natures", "nature", Nature, _source("natures"))
    for nature in lues:
        if nature.theme not in THEMES_NATURES:
            raise refus("natures", f"le thème « {nature.theme} » n’existe pas")
    return {n.code: n for n in lues}


@cache
def cibles() -> tuple[CibleUsage, ...]:
    """The targets of use, in their order (referentiel 04 § 3)."""
    return lire("cibles", "cible", CibleUsage, _source("cibles"))


def libelle_nature(code: str) -> str:
    """What the person reads for a nature; the code itself when the list no longer has it."""
    nature = natures().get(code)
    return nature.libelle if nature else code


def lire(nom: str, table: str, classe: type[T], texte: str) -> tuple[T, ...]:
    """The entries `[[table]]` of a list as `classe`, strictly: no key unknown, missing, empty or of another type.

    Raises:
        ErreurEsms: with the file and the reason.
    """
    try:
        brut = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise refus(nom, f"ce n’est pas du TOML lisible ({erreur})") from None
    entrees = brut.get(table)
    if not isinstance(entrees, list) or not entrees:
        raise refus(nom, f"aucune entrée « {table} »")
    lues = tuple(_entree(nom, f"{table} {rang}", classe, e) for rang, e in enumerate(entrees, 1))
    codes = [e["code"] for e in entrees]
    if len(set(codes)) != len(codes):
        raise refus(nom, f"un code de « {table} » est écrit deux fois")
    return lues


def _entree(nom: str, ou: str, classe: type[T], entree: Any) -> T:
    if not isinstance(entree, dict):
        raise refus(nom, f"{ou} : une table est attendue")
    champs = {c.name: c for c in fields(classe)}  # type: ignore[arg-type]
    for cle, valeur in entree.items():
        if cle not in champs:
            raise refus(nom, f"{ou} : clé inconnue « {cle} »")
        if not isinstance(valeur, champs[cle].type) or valeur == "":  # type: ignore[arg-type]
            raise refus(nom, f"{ou} : valeur inattendue pour « {cle} »")
    for cle, champ in champs.items():
        if cle not in entree and champ.default is MISSING:
            raise refus(nom, f"{ou} : clé manquante « {cle} »")
    return classe(**entree)


def _source(nom: str) -> str:
    return assets.texte(f"listes/{nom}.toml")


def refus(nom: str, raison: str) -> ErreurEsms:
    """The error for a list that cannot be used, with its name and the reason."""
    return ErreurEsms(f"La liste « {nom}.toml » est refusée : {raison}.", "Réinstallez l’application.")
