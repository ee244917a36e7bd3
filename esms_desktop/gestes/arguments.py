"""What a geste is given from outside the window: each argument of its function, and how a text becomes its value."""

import inspect
import json
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import lire_date, lire_oui_non
from esms_desktop.gestes.champs import champs_de, codes, lire_choix, lire_nombre, nom_du_genre
from esms_desktop.gestes.champs import lire as lire_champ
from esms_desktop.gestes.designer import designee, designees
from esms_desktop.gestes.lignes import Neuve, dernier_rang
from esms_desktop.gestes.registre import Geste
from esms_desktop.lecture import Dossier, Ligne
from esms_desktop.nomenclature.champs import Champ, libelle_champ
from esms_desktop.store.porte import Porte

CHAMPS = "champs"
# What an argument is wherever it is asked.
_AIDES = {
    "titre": "comment le journal l’appelle",
    "libelle": "comment le journal l’appelle",
    "lignes": "chacune «\u00a0table:désignation\u00a0», par exemple essms:330780123",
    "neuves": 'des lignes en JSON, {"table": "contact", "nom": "…"}',
    "og": "l’organisme\u00a0: numéro FINESS, sigle ou nom",
    "ogs": "les organismes, ou «\u00a0tous\u00a0»",
    "essms": "ESSMS\u00a0: numéro FINESS ou nom",
    "taches": "les tâches, par leur nom",
    "risques": "les risques, par leur intitulé",
    "actions": "les actions, par leur intitulé",
    "liens": "les liens, «\u00a0id:12\u00a0»",
    "cibles": "les ESSMS qui reçoivent, ou «\u00a0tous\u00a0»",
    "fichier": "le fichier joint, par son nom",
    "avec_actions": "avec leurs actions\u00a0: oui ou non",
    "remplacer": "retirer d’abord ce qu’elles ont\u00a0: oui ou non",
    "pas": "de combien de rangs",
    "lien": "le lien, «\u00a0id:12\u00a0»",
    "tache": "la tâche, par son nom",
    "risque": "le risque, par son intitulé",
    "solution": "la solution, par son nom",
}
_DONNES = (Porte, Campagne)
_UNION = (Union, types.UnionType)


@dataclass(frozen=True)
class Argument:
    """An argument. `genre`: as `nom_du_genre` gives, or "ligne", "lignes", "neuves", "champs", "fichier".

    Attributes:
        nom: of the function's parameter, or of the column.
        aide: what it is, in French.
        oblige: True when the geste cannot be done without it.
        choix: the codes of a choice.
        lire: makes its value of what is given, in a dossier.
    """

    nom: str
    genre: str
    aide: str
    oblige: bool
    choix: tuple[str, ...]
    lire: Callable[[Dossier, Any], Any]

    def en_dict(self) -> dict[str, Any]:
        """What is said of it in JSON."""
        return {
            "nom": self.nom,
            "genre": self.genre,
            "aide": self.aide,
            "obligatoire": self.oblige,
            "choix": list(self.choix),
        }


@cache
def arguments(nom: str) -> tuple[Argument, ...]:
    """What the geste of that name takes, in order; the door, the dossier, the campaign and the day apart."""
    from esms_desktop.gestes.registre import trouver

    return tuple(_arguments(trouver(nom)))


def _arguments(geste: Geste) -> list[Argument]:
    trouves: list[Argument] = []
    types_ = get_type_hints(geste.fonction)
    for parametre in inspect.signature(geste.fonction).parameters.values():
        genre = types_.get(parametre.name, Any)
        if parametre.kind is parametre.VAR_KEYWORD:
            # What changes a row asks for none of its fields.
            existe = any(getattr(g, "table", "") == geste.table for g in types_.values())
            trouves += _des_champs(geste, existe)
        elif genre not in _DONNES and genre is not Dossier and parametre.name != "jour":
            trouves.append(_argument(geste, parametre, genre))
    return trouves


def _des_champs(geste: Geste, existe: bool) -> list[Argument]:
    if not geste.table:
        aide = "les champs à écrire, « colonne=valeur »"
        return [Argument(CHAMPS, CHAMPS, aide, True, (), lambda d, v: v)]
    pris = geste.aides.get("sauf", "").split()
    return [_de_champ(c, existe) for c in champs_de(geste.table).values() if c.nom not in pris]


def _de_champ(champ: Champ, existe: bool) -> Argument:
    return Argument(
        champ.nom,
        nom_du_genre(champ),
        champ.dit,
        champ.oblige and not existe,
        codes(champ),
        lambda d, v: valeur_de(d, champ, v),
    )


def valeur_de(dossier: Dossier, champ: Champ, donnee: Any) -> Any:
    """What a field holds once `donnee` is written in it: a text as a person writes it, or a value of JSON.

    Raises:
        ErreurSaisie: it is not of that kind.
    """
    texte = _en_texte(donnee)
    if champ.vers:
        return designee(dossier, champ.vers, texte).id if texte.strip() else _rien(champ)
    try:
        lue = lire_champ(champ, texte)
    except ErreurSaisie as e:
        raise ErreurSaisie(f"«\u00a0{champ.dit}\u00a0»\u00a0: {e.message}", e.remede) from e
    return _rien(champ) if lue is None else lue


def _rien(champ: Champ) -> None:
    if not champ.vide:
        raise ErreurSaisie(f"«\u00a0{champ.dit}\u00a0» ne peut pas rester vide.", "Donnez une valeur.")


def _en_texte(donnee: Any) -> str:
    if donnee is None:
        return ""
    if isinstance(donnee, bool):
        return "oui" if donnee else "non"
    return str(donnee)


def _argument(geste: Geste, parametre: inspect.Parameter, genre: Any) -> Argument:
    nom = parametre.name
    etoile = parametre.kind is parametre.VAR_POSITIONAL
    oblige = parametre.default is parametre.empty
    aide = geste.aides.get(nom) or _AIDES.get(nom) or libelle_champ(nom)
    sorte, choix, lire = _lecture(genre, etoile)
    return Argument(nom, sorte, aide, oblige, choix, lire)


def _lecture(genre: Any, etoile: bool) -> tuple[str, tuple[str, ...], Callable[[Dossier, Any], Any]]:
    if get_origin(genre) in _UNION:
        reels = [g for g in get_args(genre) if g is not type(None)]
        if set(reels) == {int, date}:
            return "entier ou date", (), lambda d, v: _nombre_ou_jour(_en_texte(v))
        sorte, choix, lire = _lecture(reels[0], etoile)
        return sorte, choix, lambda d, v: None if v is None or v == "" else lire(d, v)
    plusieurs = etoile
    if get_origin(genre) is not None and issubclass(get_origin(genre), Iterable):
        genre, plusieurs = get_args(genre)[0], True
    if genre is Neuve:
        return "neuves", (), lambda d, v: [neuve_lue(d, x) for x in _liste(v)]
    if isinstance(genre, type) and issubclass(genre, Ligne):
        return _des_lignes(genre, plusieurs)
    if plusieurs:
        sorte, choix, lire = _simple(genre)
        return f"{sorte}s", choix, lambda d, v: [lire(d, x) for x in _liste(v)]
    return _simple(genre)


def _nombre_ou_jour(texte: str) -> int | date | None:
    return int(texte) if texte.strip().isdecimal() else lire_date(texte)


def _des_lignes(
    genre: type[Ligne], plusieurs: bool
) -> tuple[str, tuple[str, ...], Callable[[Dossier, Any], Any]]:
    table = vars(genre).get("table", "")
    if plusieurs and table:
        return f"lignes de {table}", (), lambda d, v: designees(d, table, map(str, _liste(v)))
    if plusieurs:
        return "lignes", (), lambda d, v: [_de_table(d, str(x)) for x in _liste(v)]
    if table:
        return f"ligne de {table}", (), lambda d, v: designee(d, table, str(v))
    return "ligne", (), lambda d, v: _de_table(d, str(v))


def _de_table(dossier: Dossier, texte: str) -> Any:
    table, deux_points, reste = texte.partition(":")
    if not deux_points or not champs_de(table):
        raise ErreurSaisie(
            f"«\u00a0{texte}\u00a0» ne désigne aucune ligne.",
            "Écrivez la table, deux points, puis ce qui la nomme\u00a0: essms:330780123, contact:Camille Roy.",
        )
    return designee(dossier, table, reste)


def _simple(genre: Any) -> tuple[str, tuple[str, ...], Callable[[Dossier, Any], Any]]:
    if isinstance(genre, type) and issubclass(genre, Enum):
        codes = tuple(str(v.value) for v in genre)
        return "choix", codes, lambda d, v: lire_choix(genre, _en_texte(v))
    lectures: Mapping[Any, tuple[str, Callable[[str], Any]]] = {
        bool: ("oui-non", lire_oui_non),
        date: ("date", lire_date),
        int: ("entier", lire_nombre),
        Path: ("fichier", Path),
    }
    sorte, lire = lectures.get(genre, ("texte", str))
    return sorte, (), lambda d, v: lire(_en_texte(v))


def _liste(valeur: Any) -> Sequence[Any]:
    """Several values: a list of JSON, or a name given several times."""
    return valeur if isinstance(valeur, list | tuple) else [valeur]


def neuve_lue(dossier: Dossier, donnee: Any) -> Neuve:
    """The row to add that {"table": …, "colonne": …} says, as a value or as a text; it belongs to the dossier.

    Raises:
        ErreurSaisie: it is not such an object, a column is unknown, or a value is not of its kind.
    """
    if isinstance(donnee, str):
        try:
            donnee = json.loads(donnee)
        except ValueError as e:
            raise ErreurSaisie(
                "La ligne à ajouter ne se lit pas.",
                'Écrivez-la en JSON\u00a0: {"table": "contact", "nom": "…"}.',
            ) from e
    table = donnee.get("table") if isinstance(donnee, dict) else None
    if not isinstance(table, str) or not champs_de(table):
        raise ErreurSaisie("La ligne à ajouter ne dit pas sa table.", 'Par exemple "table": "contact".')
    valeurs = dict(donnees(dossier, table, {k: v for k, v in donnee.items() if k != "table"}))
    toutes = _colonnes(table)
    if "dossier_id" in toutes:
        valeurs["dossier_id"] = dossier.id
    if "rang" in toutes:
        valeurs["rang"] = dernier_rang(dossier.version.lignes(table))
    return Neuve(table, valeurs)


def donnees(dossier: Dossier, table: str, champs: Mapping[str, Any]) -> dict[str, Any]:
    """The values of these fields of a table.

    Raises:
        ErreurSaisie: the table has no such field, or a value is not of its kind.
    """
    connus = champs_de(table)
    if inconnus := [c for c in champs if c not in connus]:
        raise ErreurSaisie(
            f"«\u00a0{table}\u00a0» n’a pas de champ «\u00a0{inconnus[0]}\u00a0» qui se remplisse.",
            f"Ses champs\u00a0: {', '.join(connus)}.",
        )
    return {nom: valeur_de(dossier, connus[nom], v) for nom, v in champs.items()}


def _colonnes(table: str) -> frozenset[str]:
    from esms_desktop.lecture.ligne import CLASSES

    return frozenset(CLASSES[table].colonnes())
