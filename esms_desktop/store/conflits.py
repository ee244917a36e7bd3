"""An edit that meets another one: what the person saw, what is there now, what she wanted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, inspect, select

from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Ligne
from esms_desktop.model import Base, EntreeJournal
from esms_desktop.nomenclature.champs import libelle_champ, nom_propre

L = TypeVar("L", bound=Ligne)


class Divergence(NamedTuple):
    """One column that someone else changed since the person saw it.

    Attributes:
        ligne: the row as the person saw it.
        champ: the column.
        vue: the value she saw, the one of `ligne`.
        presente: the value in the base now (theirs).
        voulue: the value she wanted to write (ours).
        qui: who wrote `presente`, as the journal says; empty when it does not.
        quand: when, None likewise.
    """

    ligne: Ligne
    champ: str
    vue: Any
    presente: Any
    voulue: Any
    qui: str = ""
    quand: datetime | None = None


class ErreurConflit(ErreurSaisie):
    """Values changed since they were seen: nothing is written. See `Porte.ayant_vu` to write all the same."""

    def __init__(self, divergences: tuple[Divergence, ...]) -> None:
        noms = [f"« {libelle_champ(d.champ)} »" for d in divergences]
        distincts = list(dict.fromkeys(noms))
        quoi = f"Le champ {distincts[0]}" if len(distincts) == 1 else f"Les champs {', '.join(distincts)}"
        lignes = {d.ligne: nom_propre(vars(d.ligne)) for d in divergences}
        nom = next(iter(lignes.values())) if len(lignes) == 1 else None
        de = f" de « {nom} »" if nom else ""
        a_change = "a été modifié" if len(distincts) == 1 else "ont été modifiés"
        super().__init__(
            f"{quoi}{de} {a_change} entre-temps depuis une autre fenêtre ; rien n’a été enregistré.",
            "Regardez ce qui y est maintenant, puis recommencez.",
        )
        self.divergences = divergences


def jamais_vue(ligne: L) -> L:
    """A row made by someone else, as the person saw it, who saw none: nothing in it."""
    return type(ligne).de(ligne.version, type(ligne).vierge(id=ligne.id))


def confronter(
    connexion: Connection,
    ligne: Ligne,
    actuel: Base,
    voulues: Mapping[str, object],
    su: Callable[[str, Any], bool],
) -> tuple[dict[str, object], tuple[Divergence, ...]]:
    """What of an edit is to be written, and what of it meets another one.

    A field given as it was seen is no edit of its own beside another one that is (a form gives all of its fields): what
    someone else wrote there stays.

    Args:
        connexion: where the journal is read.
        ligne: what the person saw.
        actuel: the same row as it is now.
        voulues: what she wants, by name of column or of relationship.
        su: says of a column, and of its present value, that the person knows it although `ligne` does not say it.
    """
    colonnes = {nom: _colonne(actuel, nom, valeur) for nom, valeur in voulues.items()}
    edite = any(getattr(ligne, champ) != voulue for champ, voulue in colonnes.values())
    a_ecrire: dict[str, object] = {}
    divergences = []
    for nom, (champ, voulue) in colonnes.items():
        vue, presente = getattr(ligne, champ), getattr(actuel, champ)
        if presente == vue or su(champ, presente):
            a_ecrire[nom] = voulues[nom]
        elif presente != voulue and not (edite and vue == voulue):
            qui, quand = _auteur(connexion, ligne, champ)
            divergences.append(Divergence(ligne, champ, vue, presente, voulue, qui, quand))
    return a_ecrire, tuple(divergences)


def _colonne(objet: Base, nom: str, valeur: object) -> tuple[str, object]:
    """The column that a field writes, and the value of it."""
    relations = inspect(type(objet)).relationships
    if nom not in relations:
        return nom, valeur
    return next(iter(relations[nom].local_columns)).name, getattr(valeur, "id", None)


def _auteur(connexion: Connection, ligne: Ligne, champ: str) -> tuple[str, datetime | None]:
    """Who last wrote the column, and when."""
    j = EntreeJournal.__table__.c
    entrees = connexion.execute(
        select(j.qui, j.quand, j.apres)
        .where(j.table_ == ligne.table, j.cle == str(ligne.id))
        .order_by(j.id.desc())
    )
    return next(((qui, quand) for qui, quand, apres in entrees if champ in (apres or ())), ("", None))
