"""The bin: what was removed and is not back, read from the journal, which keeps each row whole; and how it comes back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle as plie
from esms_desktop.model import EntreeJournal
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.champs import nom_propre
from esms_desktop.store.ecarts import TABLES

# What a person looks for: the rest comes back with it. Parents first.
RACINES = ("dossier", "og", "essms", "fichier", "risque", "tache")
_NOM_MAX = {"dossier": 200}
# One row of a dossier has it at most: what comes back does not take it from the one that has it now.
_MARQUES = {"og": "est_porteur", "solution": "retenue"}


@dataclass(frozen=True)
class Retire:
    """Something removed.

    Args:
        geste: the geste that removed it; quand, qui: when and by whom.
        table, cle, nom: what it is.
        dossier: the dossier it was of; nom_dossier: its name, empty when it is gone too.
        avec: how many rows went with it, table by table.
    """

    geste: int
    quand: datetime
    qui: str
    table: str
    cle: int
    nom: str
    dossier: int | None
    nom_dossier: str
    avec: Mapping[str, int]


def lister(connexion: Connection, dossier_id: int | None = None) -> list[Retire]:
    """What can come back, the last removed first; of one dossier, or of all of them."""
    j = EntreeJournal.__table__.c
    requete = (
        select(j.geste, j.quand, j.qui, j.table_, j.cle, j.dossier_id, j.avant, j.id)
        .where(j.apres.is_(None), j.avant.is_not(None), j.table_.in_(RACINES))
        .order_by(j.id.desc())
    )
    if dossier_id is not None:
        requete = requete.where(j.dossier_id == dossier_id)
    presentes = {nom: set(connexion.scalars(select(TABLES[nom].c.id))) for nom in RACINES}
    dossiers = connexion.execute(select(TABLES["dossier"].c.id, TABLES["dossier"].c.nom))
    noms = {ligne.id: ligne.nom for ligne in dossiers}
    vus: set[tuple[str, str]] = set()
    gestes: dict[int, dict[tuple[str, int], dict[str, Any]]] = {}
    retires: list[Retire] = []
    for ligne in connexion.execute(requete).fetchall():
        if (ligne.table_, ligne.cle) in vus or int(ligne.cle) in presentes[ligne.table_]:
            continue
        vus.add((ligne.table_, ligne.cle))
        if ligne.geste not in gestes:
            gestes[ligne.geste] = _partis(connexion, ligne.geste)
        partis = gestes[ligne.geste]
        if _parent_parti(ligne.table_, int(ligne.cle), partis):
            continue
        avec: dict[str, int] = {}
        for table, cle in _ce_qui_pend(ligne.table_, int(ligne.cle), partis):
            if (table, cle) != (ligne.table_, int(ligne.cle)):
                avec[table] = avec.get(table, 0) + 1
        retires.append(
            Retire(
                ligne.geste,
                ligne.quand,
                ligne.qui,
                ligne.table_,
                int(ligne.cle),
                nom_propre(ligne.avant),
                ligne.dossier_id,
                noms.get(ligne.dossier_id, ""),
                avec,
            )
        )
    return retires


def remettre(connexion: Connection, retire: Retire) -> None:
    """Writes back what was removed, with what went with it, and what named it and names nothing now.

    Raises:
        ErreurSaisie: it is back already, what it hung on is gone, or it was erased for good.
    """
    partis = _partis(connexion, retire.geste)
    if (retire.table, retire.cle) not in partis:
        raise ErreurSaisie("Ce qui fut retiré a été effacé pour de bon\u00a0: il ne peut plus revenir.")
    reviennent = _ce_qui_pend(retire.table, retire.cle, partis)
    _exiger_la_place(connexion, retire, partis[retire.table, retire.cle])
    connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for nom, table in TABLES.items():
        for (t, _), valeurs in sorted(reviennent.items(), key=lambda x: x[0][1]):
            if t == nom:
                _inserer(connexion, nom, valeurs, set(table.columns.keys()), reviennent.keys())
    _renouer(connexion, retire.geste, set(reviennent))
    if connexion.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise ErreurSaisie(
            "Ce dont dépendait ce qui fut retiré n’est plus là\u00a0: il ne peut pas revenir seul.",
            "Remettez d’abord ce dont il faisait partie.",
        )


def _partis(connexion: Connection, geste: int) -> dict[tuple[str, int], dict[str, Any]]:
    """The rows that a geste removed, whole."""
    j = EntreeJournal.__table__.c
    lignes = connexion.execute(
        select(j.table_, j.cle, j.avant).where(j.geste == geste, j.apres.is_(None), j.avant.is_not(None))
    )
    return {(t, int(c)): {**avant, "id": int(c)} for t, c, avant in lignes if t in TABLES}


def _parents(table: str) -> list[tuple[str, str]]:
    """The columns of a table that name another row, and the table of that row."""
    return [
        (c.name, next(iter(c.foreign_keys)).column.table.name)
        for c in TABLES[table].columns
        if c.foreign_keys and next(iter(c.foreign_keys)).column.table.name in TABLES
    ]


def _cascade(table: str) -> list[tuple[str, str]]:
    """Among them, those without which the row goes."""
    return [
        (c.name, cle.column.table.name)
        for c in TABLES[table].columns
        for cle in c.foreign_keys
        if cle.ondelete == "CASCADE"
    ]


def _parent_parti(table: str, cle: int, partis: Mapping[tuple[str, int], Mapping[str, Any]]) -> bool:
    ligne = partis.get((table, cle), {})
    return any((vers, ligne.get(colonne)) in partis for colonne, vers in _cascade(table))


def _ce_qui_pend(
    table: str, cle: int, partis: Mapping[tuple[str, int], dict[str, Any]]
) -> dict[tuple[str, int], dict[str, Any]]:
    """A row and all that went with it in the same geste."""
    pris = {(table, cle): partis[table, cle]} if (table, cle) in partis else {}
    while True:
        suite = {
            qui: ligne
            for qui, ligne in partis.items()
            if qui not in pris
            and any((vers, ligne.get(colonne)) in pris for colonne, vers in _cascade(qui[0]))
        }
        if not suite:
            return pris
        pris.update(suite)


def _exiger_la_place(connexion: Connection, retire: Retire, ligne: Mapping[str, Any]) -> None:
    table = TABLES[retire.table]
    if connexion.scalar(select(table.c.id).where(table.c.id == retire.cle)) is not None:
        raise ErreurSaisie("Ce qui fut retiré est déjà revenu.", "Rouvrez le dossier pour le voir.")
    for colonne, vers in _cascade(retire.table):
        parent = TABLES[vers]
        if ligne.get(colonne) is not None and (
            connexion.scalar(select(parent.c.id).where(parent.c.id == ligne[colonne])) is None
        ):
            quoi = {"dossier": "son dossier", "og": "son organisme"}.get(vers, "ce dont il faisait partie")
            raise ErreurSaisie(
                f"Il ne peut pas revenir\u00a0: {quoi} a aussi été retiré.", f"Remettez d’abord {quoi}."
            )


def _inserer(
    connexion: Connection,
    nom: str,
    ligne: Mapping[str, Any],
    connues: set[str],
    reviennent: Collection[tuple[str, int]],
) -> None:
    valeurs = {c: int(v) if isinstance(v, bool) else v for c, v in ligne.items() if c in connues}
    for colonne, vers in _parents(nom):
        if valeurs.get(colonne) is None or colonne in {c for c, _ in _cascade(nom)}:
            continue
        # What it named and is no longer there: it names nothing.
        if (vers, valeurs[colonne]) not in reviennent and not _la(connexion, vers, valeurs[colonne]):
            valeurs[colonne] = None
    marque = _MARQUES.get(nom)
    if marque and valeurs.get(marque) and _prise(connexion, nom, marque, valeurs["dossier_id"]):
        valeurs[marque] = 0
    if nom == "dossier":
        valeurs["nom"] = _nom_libre(connexion, str(valeurs["nom"]))
    valeurs["version"] = int(valeurs.get("version") or 1) + 1
    colonnes = ", ".join(f'"{c}"' for c in valeurs)
    marques = ", ".join("?" * len(valeurs))
    connexion.exec_driver_sql(f'INSERT INTO "{nom}" ({colonnes}) VALUES ({marques})', tuple(valeurs.values()))


def _la(connexion: Connection, table: str, cle: int) -> bool:
    return connexion.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE id = ?', (cle,)).first() is not None


def _prise(connexion: Connection, table: str, marque: str, dossier: int) -> bool:
    sql = f'SELECT 1 FROM "{table}" WHERE dossier_id = ? AND "{marque}"'
    return connexion.exec_driver_sql(sql, (dossier,)).first() is not None


def _nom_libre(connexion: Connection, nom: str) -> str:
    pris = {plie(n) for n in connexion.scalars(select(TABLES["dossier"].c.nom))}
    if plie(nom) not in pris:
        return nom
    for rang in range(1, 1000):
        suite = " (remis)" if rang == 1 else f" (remis {rang})"
        essai = nom[: _NOM_MAX["dossier"] - len(suite)] + suite
        if plie(essai) not in pris:
            return essai
    raise ErreurSaisie("Un dossier porte déjà ce nom.", "Renommez-le, puis recommencez.")


def _renouer(connexion: Connection, geste: int, reviennent: set[tuple[str, int]]) -> None:
    """Rows that named one of those that come back, and name nothing since, name it again."""
    j = EntreeJournal.__table__.c
    lignes: list[Any] = list(
        connexion.execute(
            select(j.table_, j.cle, j.avant, j.apres).where(
                j.geste == geste, j.apres.is_not(None), j.avant.is_not(None)
            )
        )
    )
    for table, cle, avant, apres in lignes:
        for colonne, vers in _parents(table) if table in TABLES else ():
            if colonne in COLONNES_DE_SUIVI or apres.get(colonne, 0) is not None:
                continue
            if (vers, avant.get(colonne)) in reviennent:
                connexion.exec_driver_sql(
                    f'UPDATE "{table}" SET "{colonne}" = ? WHERE id = ? AND "{colonne}" IS NULL',
                    (avant[colonne], int(cle)),
                )
