"""What may be written: types are the programmer's business (TypeError), values are the person's (ErreurSaisie)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, String, inspect, select
from sqlalchemy.orm import MANYTOONE, Mapper, Session

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Base, Dossier, Og, Solution
from esms_desktop.nomenclature.champs import CHAMPS, libelle_champ
from esms_desktop.store.ecarts import CLASSES

_ENTIER_MAX = 2**63 - 1
_SUJETS = {
    "dossier": "du dossier",
    "og": "de l’OG",
    "essms": "de l’ESSMS",
    "solution": "de la solution",
    "contact": "du contact",
    "fichier": "du fichier",
    "instance": "de l’instance",
    "tache": "de la tâche",
    "vague": "de la vague",
}


def valider_champs(classe: type[Base], champs: Mapping[str, object]) -> None:
    """Checks values about to be set on an object of `classe`.

    Raises:
        TypeError: a field that does not exist or is not for writing, a value of the wrong type.
        ErreurSaisie: an empty name, a negative number, a text too long or unreadable.
    """
    if classe not in CLASSES:
        raise TypeError(f"{classe.__name__} is not written through the door")
    mapper: Mapper[Any] = inspect(classe)
    for nom, valeur in champs.items():
        if nom in mapper.columns and not mapper.columns[nom].primary_key:
            _valider(mapper.columns[nom], valeur)
        elif nom in mapper.relationships and mapper.relationships[nom].direction is MANYTOONE:
            attendu = mapper.relationships[nom].mapper.class_
            if valeur is not None and not isinstance(valeur, attendu):
                raise TypeError(f"{classe.__name__}.{nom}: {attendu.__name__} expected")
        else:
            raise TypeError(f"{classe.__name__}.{nom} cannot be written")


def _valider(colonne: Column[Any], valeur: object) -> None:
    if valeur is None:
        if not colonne.nullable:
            raise TypeError(f"{colonne} cannot be None")
        return
    attendu = colonne.type.python_type
    # bool is an int and datetime is a date: neither may stand for the other.
    exact = attendu in (bool, int, date, datetime) or issubclass(attendu, Enum)
    if (type(valeur) is not attendu) if exact else not isinstance(valeur, attendu):
        raise TypeError(f"{colonne}: {attendu.__name__} expected, got {type(valeur).__name__}")
    if isinstance(valeur, datetime) and valeur.tzinfo is None:
        raise TypeError(f"{colonne}: a moment says its zone")
    if isinstance(valeur, str) and not isinstance(valeur, Enum):
        _valider_texte(colonne, valeur)
    if type(valeur) is int:
        _valider_nombre(colonne, valeur)


def _valider_nombre(colonne: Column[Any], valeur: int) -> None:
    libelle = libelle_champ(colonne.name)
    decrit = CHAMPS.get(f"{colonne.table.name}.{colonne.name}")
    bas, haut = (decrit and decrit.bornes) or (0, _ENTIER_MAX)
    if valeur < 0 <= bas:
        raise ErreurSaisie(f"Le champ « {libelle} » ne peut pas être négatif.", "Saisissez zéro ou plus.")
    if valeur > _ENTIER_MAX:
        raise ErreurSaisie(f"Le champ « {libelle} » est trop grand.", "Vérifiez le nombre saisi.")
    if not bas <= valeur <= haut:
        raise ErreurSaisie(
            f"Le champ « {libelle} » va de {bas} à {haut}.", f"Choisissez une valeur entre {bas} et {haut}."
        )


def _valider_texte(colonne: Column[Any], texte: str) -> None:
    libelle = libelle_champ(colonne.name)
    if colonne.name == "nom" and not texte.strip():
        sujet = _SUJETS[colonne.table.name]
        raise ErreurSaisie(f"Le nom {sujet} ne peut pas être vide.", "Saisissez un nom.")
    longueur = colonne.type.length if isinstance(colonne.type, String) else None
    if longueur is not None and len(texte) > longueur:
        raise ErreurSaisie(
            f"Le champ « {libelle} » accepte {longueur} caractères au plus (ici : {len(texte)}).",
            "Raccourcissez le texte.",
        )
    # A lone surrogate cannot be written in UTF-8, and a zero character cuts the text for whoever reads it next.
    if "\x00" in texte or any("\ud800" <= c <= "\udfff" for c in texte):
        raise ErreurSaisie(
            f"Le champ « {libelle} » contient un caractère illisible.", "Tapez le texte au lieu de le coller."
        )


def verifier(session: Session) -> None:
    """Checks all that a session is about to write, and keeps one porteur and one retained solution per dossier.

    Raises:
        TypeError, ErreurSaisie: see `valider_champs`; also when a dossier takes the name of another.
    """
    neufs, modifies = list(session.new), [o for o in session.dirty if session.is_modified(o)]
    for objet in session.deleted:
        valider_champs(type(objet), {})
    for objet in neufs:
        valider_champs(type(objet), _champs_ecrits(objet, neuf=True))
    for objet in modifies:
        valider_champs(type(objet), _champs_ecrits(objet, neuf=False))
    _noms_de_dossiers(session, [o for o in neufs + modifies if isinstance(o, Dossier)])
    for classe, champ in ((Og, "est_porteur"), (Solution, "retenue")):
        _un_seul(session, [o for o in neufs + modifies if isinstance(o, classe)], champ)


def _champs_ecrits(objet: Base, neuf: bool) -> dict[str, object]:
    mapper: Mapper[Any] = inspect(type(objet))
    etat = inspect(objet)
    if not neuf:
        return {
            c.key: etat.attrs[c.key].value
            for c in mapper.column_attrs
            if etat.attrs[c.key].history.has_changes()
        }
    champs = {}
    for attribut in mapper.column_attrs:
        colonne = attribut.columns[0]
        valeur = getattr(objet, attribut.key)
        if valeur is None and (colonne.primary_key or colonne.default is not None or colonne.foreign_keys):
            continue
        if valeur is None and attribut.key == "nom":
            valeur = ""
        champs[attribut.key] = valeur
    return champs


def _noms_de_dossiers(session: Session, dossiers: Iterable[Dossier]) -> None:
    a_verifier = [d for d in dossiers if inspect(d).attrs.nom.history.has_changes()]
    if not a_verifier:
        return
    pris: dict[str, object] = {}
    disparus = {d.id for d in session.deleted if isinstance(d, Dossier)} | {d.id for d in a_verifier}
    for cle, nom in session.execute(select(Dossier.id, Dossier.nom)):
        if cle not in disparus:
            pris[francais.cle(nom)] = nom
    for d in a_verifier:
        if francais.cle(d.nom) in pris:
            raise ErreurSaisie(
                f"Un dossier s’appelle déjà « {pris[francais.cle(d.nom)]} ».",
                "Donnez un autre nom à celui-ci.",
            )
        pris[francais.cle(d.nom)] = d.nom


def _un_seul(session: Session, objets: Iterable[Any], champ: str) -> None:
    """The object just marked takes the mark of its siblings."""
    marques: dict[object, Any] = {}
    for objet in objets:
        if not (getattr(objet, champ) and True in (inspect(objet).attrs[champ].history.added or ())):
            continue
        # A dossier not saved yet has no id: the object itself stands for it.
        dossier = objet.dossier_id if objet.dossier is None else (objet.dossier.id or objet.dossier)
        if dossier in marques:
            raise ErreurSaisie(
                "Un dossier n’a qu’un OG porteur."
                if champ == "est_porteur"
                else "Un dossier ne retient qu’une solution.",
                "N’en désignez qu’un à la fois.",
            )
        marques[dossier] = objet
        if not isinstance(dossier, int):
            continue
        classe = type(objet)
        autres = select(classe).where(classe.dossier_id == dossier, getattr(classe, champ))
        for autre in session.scalars(autres):
            if autre is not objet and autre not in session.deleted:
                setattr(autre, champ, False)
