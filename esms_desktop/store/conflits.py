"""An edit or a removal that meets another edit: what the person saw, what is there now, what she wanted."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, inspect, select

from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Ligne, Version
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.model import Base, EntreeJournal
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.champs import libelle_champ, nom_propre
from esms_desktop.store.ecarts import Ecart
from esms_desktop.store.suivre import en_lecture

L = TypeVar("L", bound=Ligne)


class Retrait:
    """What the person wants of a row that she removes: not a value, that it goes."""

    def __repr__(self) -> str:
        return "RETRAIT"


RETRAIT = Retrait()
# The columns a row may be named by, the first that is there.
_NOMS = ("nom", "intitule", "libelle", "texte")


class Divergence(NamedTuple):
    """One column that someone else changed since the person saw it.

    Attributes:
        ligne: the row as the person saw it.
        champ: the column.
        vue: the value she saw, the one of `ligne`.
        presente: the value in the base now (theirs).
        voulue: the value she wanted to write (ours); `RETRAIT`: she wanted the row to go.
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
        self.retrait = any(d.voulue is RETRAIT for d in divergences)
        super().__init__(
            f"{quoi}{de} {a_change} entre-temps depuis une autre fenêtre ; rien n’a été "
            f"{'retiré' if self.retrait else 'enregistré'}.",
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
    les_notres: Collection[int] = (),
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
        les_notres: the entries of the journal written by the same window: an edit does not meet the one just before it.
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
            numero, qui, quand = _auteur(connexion, ligne.table, ligne.id, champ)
            if numero in les_notres:
                a_ecrire[nom] = voulues[nom]
            else:
                divergences.append(Divergence(ligne, champ, vue, presente, voulue, qui, quand))
    return a_ecrire, tuple(divergences)


def confronter_retrait(
    connexion: Connection,
    versions: Mapping[Version, Ligne],
    partis: Iterable[Ecart],
    su: Callable[[Ligne, str, Any], bool],
    les_notres: Collection[int] = (),
) -> tuple[Divergence, ...]:
    """What goes with a removal, and is not as the person saw it: columns written, rows hung on it since.

    Args:
        connexion: where the journal is read.
        versions: what the person saw, and in each the row that she removes.
        partis: the rows that go, as they are now, by the diffs of the transaction under way.
        su: as in `confronter`, of a row.
        les_notres: as in `confronter`.
    """
    divergences: list[Divergence] = []
    for e in partis:
        if e.apres is not None or e.avant is None:
            continue
        presente = en_lecture(e.table, e.avant)
        for ligne, champ, vue in _divergentes(versions, e, presente):
            numero, qui, quand = _auteur(connexion, e.table, e.cle, champ)
            # No entry: the geste under way wrote it itself.
            if numero and numero not in les_notres and not su(ligne, champ, presente[champ]):
                divergences.append(Divergence(ligne, champ, vue, presente[champ], RETRAIT, qui, quand))
    return tuple(divergences)


def _divergentes(
    versions: Mapping[Version, Ligne], e: Ecart, presente: dict[str, Any]
) -> Iterator[tuple[Ligne, str, Any]]:
    """The columns of a row that do not say what was seen; the one that names it, of a row nobody saw."""
    classe = CLASSES[e.table]
    vues = [(v, v.tables[e.table][e.cle]) for v in versions if e.cle in v.tables.get(e.table, ())]
    if not vues:
        version = next(iter(versions))
        nom = next((n for n in _NOMS if n in presente), "id")
        yield classe.de(version, presente), nom, None
        return
    version, vue = vues[-1]
    for champ in presente.keys() - COLONNES_DE_SUIVI - {"uid"}:
        if vue.get(champ) != presente[champ]:
            yield classe.de(version, vue), champ, vue.get(champ)


def _colonne(objet: Base, nom: str, valeur: object) -> tuple[str, object]:
    """The column that a field writes, and the value of it."""
    relations = inspect(type(objet)).relationships
    if nom not in relations:
        return nom, valeur
    return next(iter(relations[nom].local_columns)).name, getattr(valeur, "id", None)


def _auteur(connexion: Connection, table: str, cle: int, champ: str) -> tuple[int, str, datetime | None]:
    """The entry of the journal that last wrote the column, who wrote it and when; zero when there is none."""
    j = EntreeJournal.__table__.c
    entrees = connexion.execute(
        select(j.id, j.qui, j.quand, j.apres)
        .where(j.table_ == table, j.cle == str(cle))
        .order_by(j.id.desc())
    )
    return next(
        ((numero, qui, quand) for numero, qui, quand, apres in entrees if champ in (apres or ())),
        (0, "", None),
    )
