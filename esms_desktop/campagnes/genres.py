"""What a leaf of a campaign file may hold: one reader per kind of value, each refusing with a reason in French."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

_AUCUN = ("aucun", "aucune")
# No amount, threshold or size of a call for projects comes near; no campaign is of another time.
_NOMBRE_MAX = 100_000_000_000
ANNEES = range(2000, 2101)
_TEXTE_MAX = 2000


@dataclass(frozen=True)
class Genre:
    """A kind of value. `lire` gives the value as the rules use it, or raises ValueError with the reason; `valeurs`: the words of a
    closed list."""

    nom: str
    lire: Callable[[object], object]
    valeurs: tuple[str, ...] = ()


def _entier(valeur: object) -> int:
    if isinstance(valeur, bool) or not isinstance(valeur, int):
        raise ValueError(f"un nombre entier est attendu, {_montrer(valeur)} est écrit")
    if valeur < 0:
        raise ValueError(f"un nombre négatif n’a pas de sens ici ({_court(valeur)})")
    if valeur > _NOMBRE_MAX:
        raise ValueError(f"ce nombre est hors de proportion ({_court(valeur)})")
    return valeur


def _court(valeur: int) -> str:
    """A number as it is written, not the thousands of figures of an absurd one."""
    try:
        ecrit = str(valeur)
    except ValueError:
        return "un nombre démesuré"
    return ecrit if len(ecrit) <= 30 else f"{ecrit[:30]}…"


def _montrer(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "« true »" if valeur else "« false »"
    if isinstance(valeur, (list, dict)):
        return "une liste" if isinstance(valeur, list) else "une table"
    if isinstance(valeur, int):
        return f"« {_court(valeur)} »"
    ecrit = str(valeur)
    return f"« {ecrit} »" if len(ecrit) <= 60 else f"« {ecrit[:60]}… »"


def _euros(valeur: object) -> int:
    try:
        return _entier(valeur)
    except ValueError as erreur:
        raise ValueError(f"montant en euros : {erreur}") from None


def _pourcent(valeur: object) -> int:
    nombre = _entier(valeur)
    if nombre > 100:
        raise ValueError(f"un pourcentage va de 0 à 100 ({nombre})")
    return nombre


def _oui_non(valeur: object) -> bool:
    if not isinstance(valeur, bool):
        raise ValueError(f"true ou false est attendu, {_montrer(valeur)} est écrit")
    return valeur


def _texte(valeur: object) -> str:
    if not isinstance(valeur, str) or not valeur.strip():
        raise ValueError(f"un texte non vide est attendu, {_montrer(valeur)} est écrit")
    if len(valeur) > _TEXTE_MAX:
        raise ValueError(f"ce texte a {len(valeur)} caractères, {_TEXTE_MAX} au plus sont admis")
    if any(ord(c) < 32 and c not in "\t\n" for c in valeur):
        raise ValueError("ce texte contient un caractère illisible")
    return valeur


def _annee(valeur: object) -> int:
    annee = _entier(valeur)
    if annee not in ANNEES:
        raise ValueError(f"une année va de {ANNEES[0]} à {ANNEES[-1]} ({_court(annee)})")
    return annee


def _courriel(valeur: object) -> str:
    texte = _texte(valeur)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", texte):
        raise ValueError(f"une adresse de courriel est attendue, {_montrer(valeur)} est écrit")
    return texte


def _date(valeur: object) -> datetime.date:
    if not isinstance(valeur, datetime.date) or isinstance(valeur, datetime.datetime):
        raise ValueError(f"une date est attendue, sans guillemets (2023-01-16), {_montrer(valeur)} est écrit")
    if valeur.year not in ANNEES:
        raise ValueError(f"une date va de {ANNEES[0]} à {ANNEES[-1]} ({valeur.year})")
    return valeur


def _ou_aucun(lire: Callable[[object], object]) -> Callable[[object], object]:
    def lire_ou_aucun(valeur: object) -> object:
        return None if valeur in _AUCUN else lire(valeur)

    return lire_ou_aucun


def _liste(lire: Callable[[object], object]) -> Callable[[object], object]:
    def lire_liste(valeur: object) -> object:
        if not isinstance(valeur, list):
            raise ValueError(f"une liste est attendue, {_montrer(valeur)} est écrit")
        lus = tuple(lire(v) for v in valeur)
        if len(set(lus)) != len(lus):
            raise ValueError("une valeur est écrite deux fois dans la liste")
        return lus

    return lire_liste


def choix(*valeurs: str) -> Genre:
    """A closed list of words."""

    def lire(valeur: object) -> str:
        if not isinstance(valeur, str) or valeur not in valeurs:
            raise ValueError(f"{_montrer(valeur)} n’est pas prévu ; au choix : {', '.join(valeurs)}")
        return valeur

    return Genre("choix", lire, valeurs)


def liste_de(*valeurs: str) -> Genre:
    """A list of words, each out of a closed list."""
    return Genre("liste", _liste(choix(*valeurs).lire), valeurs)


ENTIER = Genre("entier", _entier)
ANNEE = Genre("annee", _annee)
ENTIERS = Genre("entiers", _liste(_entier))
ENTIER_OU_AUCUN = Genre("entier", _ou_aucun(_entier))
EUROS = Genre("euros", _euros)
POURCENT = Genre("pourcent", _pourcent)
OUI_NON = Genre("oui-non", _oui_non)
TEXTE = Genre("texte", _texte)
COURRIEL = Genre("courriel", _courriel)
TEXTES = Genre("textes", _liste(_texte))
DATE_OU_AUCUNE = Genre("date", _ou_aucun(_date))
