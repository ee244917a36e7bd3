"""The three lists of a campaign (filing windows, contacts, remarks): what each of their elements says, and what a new one is."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from esms_desktop.campagnes import genres
from esms_desktop.campagnes.genres import Genre
from esms_desktop.campagnes.lecture import CAS, NIVEAUX, ROLES, TYPES, Table
from esms_desktop.errors import ErreurSaisie

_CLE = re.compile(r"(fenetres|contacts|remarques)\.([1-9][0-9]?)(?:\.([a-z_]+))?")
_ORIGINE = ("source", "hypothese", "note")


@dataclass(frozen=True)
class Liste:
    """A list of a campaign.

    Args:
        nom: one of its elements, as a person names it.
        feminin: its grammatical gender.
        champs: what an element says: kind of value and words, by key.
        neuve: what an element says of itself when nothing is typed; a field that is not there must be.
        hypotheses: whether an element may be a hypothesis.
    """

    nom: str
    feminin: bool
    champs: Mapping[str, tuple[Genre, str]]
    neuve: Mapping[str, Any]
    hypotheses: bool = True


LISTES: dict[str, Liste] = {
    "fenetres": Liste(
        "Fenêtre",
        True,
        {
            "libelle": (genres.TEXTE, "nom"),
            "debut": (genres.DATE_OU_AUCUNE, "début"),
            "fin": (genres.DATE_OU_AUCUNE, "fin"),
            "niveau": (genres.choix(*NIVEAUX), "projets concernés"),
            "conseillee": (genres.OUI_NON, "seulement conseillée"),
        },
        {
            "libelle": "Dépôt des candidatures",
            "debut": "aucune",
            "fin": "aucune",
            "niveau": "tous",
            "conseillee": False,
        },
    ),
    "contacts": Liste(
        "Contact",
        False,
        {
            "role": (genres.choix(*ROLES), "rôle"),
            "nom": (genres.TEXTE, "nom"),
            "courriel": (genres.COURRIEL, "courriel"),
        },
        {},
    ),
    "remarques": Liste(
        "Remarque",
        True,
        {
            "texte": (genres.TEXTE, "texte"),
            "type_projet": (TYPES, "type de projet"),
            "essms": (CAS["essms"], "nombres d’ESSMS"),
            "statuts": (CAS["statuts"], "états de la solution"),
            "champs": (CAS["champs"], "champs d’activité"),
            "postes": (CAS["postes"], "postes du calcul"),
        },
        {"type_projet": "tous", "essms": [], "statuts": [], "champs": [], "postes": []},
        hypotheses=False,
    ),
}


class Place(NamedTuple):
    """Where a key stands in a list; `champ` empty for the whole element. `rang` counts from 1."""

    liste: str
    rang: int
    champ: str


def place(cle: str) -> Place | None:
    """The place of « contacts.2.nom » or « contacts.2 »; None for a key that is of no list, or of none of its fields."""
    lue = _CLE.fullmatch(cle)
    if lue is None or (lue[3] and lue[3] not in LISTES[lue[1]].champs):
        return None
    return Place(lue[1], int(lue[2]), lue[3] or "")


def poser(tables: Table, ici: Place, valeur: object, origine: Mapping[str, Any]) -> Table:
    """The tables with one field of an element changed; the rank after the last adds a window. Raises ErreurSaisie."""
    elements = tables.get(ici.liste, [])
    neuve = LISTES[ici.liste].neuve
    if ici.rang == len(elements) + 1 and set(neuve) == set(LISTES[ici.liste].champs):
        return ajouter(tables, ici.liste, {ici.champ: valeur}, origine)
    tables = deepcopy(tables)
    element = _element(tables.get(ici.liste, []), ici)
    garde = {c: v for c, v in element.items() if c not in _ORIGINE}
    tables[ici.liste][ici.rang - 1] = {**garde, ici.champ: valeur, **_origine(ici.liste, origine)}
    return tables


def ajouter(tables: Table, nom: str, valeurs: Mapping[str, object], origine: Mapping[str, Any]) -> Table:
    """The tables with an element more at the end of a list. Raises ErreurSaisie when a field is missing."""
    liste, tables = LISTES[nom], deepcopy(tables)
    dits = {**liste.neuve, **valeurs}
    for champ, (_, mot) in liste.champs.items():
        if champ not in dits:
            raise ErreurSaisie(f"{liste.nom} : « {mot} » manque.", "Complétez, puis recommencez.")
    tables.setdefault(nom, []).append({**dits, **_origine(nom, origine)})
    return tables


def _origine(nom: str, origine: Mapping[str, Any]) -> Mapping[str, Any]:
    if LISTES[nom].hypotheses:
        return origine
    if origine.get("hypothese") or "note" in origine:
        raise ErreurSaisie(
            "Une remarque cite le texte dont elle parle : elle n’est pas une hypothèse et n’a pas de note.",
            "Décochez l’hypothèse et videz la note.",
        )
    return {"source": origine["source"]}


def retirer(tables: Table, cle: str) -> Table:
    """The tables without one element (« contacts.2 »). Raises ErreurSaisie when there is none."""
    ici = place(cle)
    if ici is None:
        raise ErreurSaisie(
            f"« {cle[:60]} » ne désigne ni une fenêtre, ni un contact, ni une remarque.",
            "Écrivez par exemple contacts.2.",
        )
    neuve = deepcopy(tables)
    elements = neuve.get(ici.liste, [])
    _element(elements, ici)
    del elements[ici.rang - 1]
    return neuve


def _element(elements: list[Table], ici: Place) -> Table:
    liste = LISTES[ici.liste]
    if not 1 <= ici.rang <= len(elements):
        suivant = "La suivante à ajouter est la" if liste.feminin else "Le suivant à ajouter est le"
        raise ErreurSaisie(
            f"La campagne n’a pas de {liste.nom.lower()} {ici.rang}.", f"{suivant} {len(elements) + 1}."
        )
    return elements[ici.rang - 1]
