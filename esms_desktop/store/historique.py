"""What the journal tells a person: who changed what, when, from which value to which, one line for what one visit wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from esms_desktop.francais import cle as plie
from esms_desktop.model import EntreeJournal
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.champs import nom_propre
from esms_desktop.store.ecarts import CLASSE_DE, TABLES
from esms_desktop.store.suivre import en_lecture

# Entries that follow one another on the same fields, by the same person, within that time, are one line.
_ENSEMBLE = timedelta(minutes=2)
_MUETTES = COLONNES_DE_SUIVI | {"id", "uid", "dossier_id", "rang"}


@dataclass(frozen=True)
class Changement:
    """A field, before and after, in the values a reading gives."""

    champ: str
    avant: Any
    apres: Any


@dataclass(frozen=True)
class Evenement:
    """One row that one geste changed.

    Args:
        entree: number of its entry in the journal, the last one when several make the line.
        geste: number of the geste.
        quand: local time; qui: who.
        libelle: what the geste was; sens: "faire", "annuler" or "refaire".
        dossier, table, cle: the row; nom: its name, empty when the journal does not say it.
        genre: "ajout", "retrait" or "modification".
        changements: the fields, empty when the row came or went.
        efface: what was written was erased for good.
    """

    entree: int
    geste: int
    quand: datetime
    qui: str
    libelle: str
    sens: str
    dossier: int | None
    table: str
    cle: int
    nom: str
    genre: str
    changements: tuple[Changement, ...] = ()
    efface: bool = False


def lire(
    connexion: Connection,
    dossier_id: int | None = None,
    avant: int | None = None,
    limite: int = 300,
    texte: str = "",
    qui: str = "",
) -> tuple[list[Evenement], int | None]:
    """The last events, newest first, and the entry to go on from; None when there is no more.

    Args:
        connexion: inside a read.
        dossier_id: of one dossier; None for all.
        avant: entries older than this one.
        limite: entries read.
        texte: events whose words hold each word of it, accents and case aside.
        qui: by that person.
    """
    j = EntreeJournal.__table__.c
    requete: Select[Any] = select(EntreeJournal.__table__).order_by(j.id.desc()).limit(limite)
    if dossier_id is not None:
        requete = requete.where(j.dossier_id == dossier_id)
    if avant is not None:
        requete = requete.where(j.id < avant)
    if qui:
        requete = requete.where(j.qui == qui)
    lues = connexion.execute(requete).fetchall()
    noms = _noms(connexion, lues)
    evenements = _reunir(e for ligne in lues if (e := _evenement(ligne, noms)) is not None)
    mots = plie(texte).split()
    if mots:
        evenements = [e for e in evenements if all(m in _tout(e) for m in mots)]
    return evenements, lues[-1].id if len(lues) == limite else None


def personnes(connexion: Connection, dossier_id: int | None = None) -> list[str]:
    """Who wrote in the journal, in the order of their names."""
    j = EntreeJournal.__table__.c
    requete = select(j.qui).distinct()
    if dossier_id is not None:
        requete = requete.where(j.dossier_id == dossier_id)
    return sorted(connexion.scalars(requete), key=plie)


def _noms(connexion: Connection, lignes: Iterable[Row[Any]]) -> dict[tuple[str, int], str]:
    """What the rows are called now, or when they went."""
    cles: dict[str, set[int]] = {}
    for ligne in lignes:
        if ligne.table_ in CLASSE_DE and ligne.cle.isdigit():
            cles.setdefault(ligne.table_, set()).add(int(ligne.cle))
    noms: dict[tuple[str, int], str] = {}
    for nom, voulues in cles.items():
        table = TABLES[nom]
        for valeurs in connexion.execute(select(table).where(table.c.id.in_(voulues))).mappings():
            noms[nom, valeurs["id"]] = nom_propre(valeurs)  # type: ignore[arg-type]
    return noms


def _evenement(ligne: Row[Any], noms: Mapping[tuple[str, int], str]) -> Evenement | None:
    if ligne.table_ not in TABLES or not ligne.cle.isdigit():
        return None
    table, cle = str(ligne.table_), int(ligne.cle)
    avant, apres = _valeurs(table, ligne.avant), _valeurs(table, ligne.apres)
    dite = (ligne.apres if apres else ligne.avant) or {}
    nom = noms.get((table, cle)) or nom_propre(dite)
    commun = (
        ligne.id, ligne.geste, ligne.quand, ligne.qui, ligne.libelle, ligne.sens, ligne.dossier_id, table, cle, nom
    )  # fmt: skip
    if ligne.avant is None and ligne.apres is None:
        return Evenement(*commun, genre="retrait", efface=True)
    if ligne.avant is None:
        return Evenement(*commun, genre="ajout")
    if ligne.apres is None:
        return Evenement(*commun, genre="retrait")
    changements = tuple(
        Changement(c, avant.get(c), apres.get(c))
        for c in (x.name for x in TABLES[table].columns)
        if c not in _MUETTES and (c in avant or c in apres)
    )
    return Evenement(*commun, genre="modification", changements=changements) if changements else None


def _valeurs(table: str, brut: Mapping[str, Any] | None) -> dict[str, Any]:
    try:
        return en_lecture(table, brut or {})
    except (ValueError, TypeError, LookupError):
        # Written by a version that kept it otherwise.
        return dict(brut or {})


def _reunir(evenements: Iterable[Evenement]) -> list[Evenement]:
    """One line for what one visit of a field wrote."""
    suite: list[Evenement] = []
    for e in evenements:
        # Newest first: `e` came before `suite[-1]`.
        apres = suite[-1] if suite else None
        if apres is not None and _d_une_visite(e, apres):
            premiers = {c.champ: c.avant for c in e.changements}
            suite[-1] = replace(
                apres, changements=tuple(replace(c, avant=premiers[c.champ]) for c in apres.changements)
            )
        else:
            suite.append(e)
    return suite


def _d_une_visite(avant: Evenement, apres: Evenement) -> bool:
    return (
        avant.genre == apres.genre == "modification"
        and avant.sens == apres.sens == "faire"
        and (avant.table, avant.cle, avant.qui, avant.libelle)
        == (apres.table, apres.cle, apres.qui, apres.libelle)
        and [c.champ for c in avant.changements] == [c.champ for c in apres.changements]
        and apres.quand - avant.quand <= _ENSEMBLE
    )


def _tout(e: Evenement) -> str:
    valeurs = (str(v) for c in e.changements for v in (c.avant, c.apres) if v is not None)
    return plie(" ".join((e.libelle, e.nom, e.qui, *valeurs)))
