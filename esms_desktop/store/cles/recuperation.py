"""What can still be read of a spoilt base: rows of its pages, rows the journal tells again, and the list of what is missing."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.sante.arbres import FEUILLE, NOEUD, Lignes, feuilles_isolees, lire_table
from esms_desktop.store.sante.pages import Pages

_JOURNAL = ("id", "quand", "qui", "geste", "libelle", "sens", "dossier_id", "table_", "cle", "avant", "apres")


class Colonne(NamedTuple):
    """A column as it is declared. `affinite`: "entier", "texte", "octets" or ""; `defaut`: what a row without it holds."""

    nom: str
    affinite: str
    obligatoire: bool
    defaut: Any

    @property
    def omissible(self) -> bool:
        """Whether a row may do without it."""
        return not self.obligatoire or self.defaut is not None


@dataclass(frozen=True)
class Table:
    """A table as the base declares it. `rang`: place of the integer key among its columns, or -1."""

    nom: str
    racine: int
    colonnes: tuple[Colonne, ...]
    rang: int


@dataclass
class Recolte:
    """What was salvaged.

    Args:
        revision: the schema of the rows, empty when it could not be read.
        tables: the tables found, by name.
        lignes: for each table, its rows by number, in the order of its columns.
        trouees: tables of which a page or a row could not be read.
        pages, abimees: pages of the base, and those whose seal does not hold.
        du_journal: rows that only the journal still told.
        manquantes: rows the journal knows and that were found nowhere: (table, number, name when it is known).
        cellules: cells that did not read in pages that do.
        entrees: entries of the journal that are missing.
        commits: commits of the -wal that nobody can read any more.
    """

    revision: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    lignes: dict[str, dict[int, list[Any]]] = field(default_factory=dict)
    trouees: set[str] = field(default_factory=set)
    pages: int = 0
    abimees: int = 0
    du_journal: dict[str, int] = field(default_factory=dict)
    manquantes: list[tuple[str, int, str]] = field(default_factory=list)
    cellules: int = 0
    entrees: int = 0
    commits: int = 0


def recolter(
    base: Path, cle: Cle, sel: bytes, schemas: Iterable[tuple[str, list[tuple[str, int, str]]]]
) -> Recolte:
    """Reads all that can be of a base that nothing has open; the file is not touched.

    Args:
        base: the base.
        cle: its key.
        sel: the first 16 bytes it should have.
        schemas: what stands for its own schema when that does not read, the likeliest first: (revision, tables), a table being
            its name, its root and its declaration.

    Raises:
        OSError: the file cannot be read.
    """
    pages = Pages(base, cle, sel)
    recolte = Recolte(pages=pages.nombre, commits=pages.perdus)
    connues: set[int] = {1}
    recolte.tables = _tables(pages, connues)
    secours = list(schemas)
    for revision, tables in secours:
        for nom, racine, ordre in tables:
            if nom not in recolte.tables and _racine_possible(pages, racine, connues):
                table = _declarer(nom, racine, ordre)
                if table is not None:
                    recolte.tables[nom] = table
                    recolte.revision = recolte.revision or revision
    for table in recolte.tables.values():
        lues = lire_table(pages, table.racine)
        connues |= lues.pages
        recolte.cellules += lues.cellules_perdues
        if lues.trouee or lues.cellules_perdues:
            recolte.trouees.add(table.nom)
        recolte.lignes[table.nom] = {r: _completer(table, r, v) for r, v in lues.lignes.items()}
    _reprendre_les_isolees(pages, connues | _liste_libre(pages), recolte)
    revisions = [str(v[0]) for v in recolte.lignes.get("alembic_version", {}).values() if v]
    recolte.revision = revisions[0] if revisions else recolte.revision
    _reprendre_du_journal(recolte)
    for numero in range(1, pages.nombre + 1):
        pages.page(numero)
    recolte.abimees = len(pages.abimees)
    return recolte


def _tables(pages: Pages, connues: set[int]) -> dict[str, Table]:
    """The tables that the base itself declares."""
    lues = lire_table(pages, 1)
    connues |= lues.pages
    tables = {}
    for valeurs in lues.lignes.values():
        if len(valeurs) == 5 and valeurs[0] == "table" and isinstance(valeurs[3], int):
            table = _declarer(str(valeurs[1]), valeurs[3], str(valeurs[4]))
            if table is not None:
                tables[table.nom] = table
    return tables


def _declarer(nom: str, racine: int, ordre: str) -> Table | None:
    # The declarations are those this program writes: one column or one constraint a line, or all on one line for SQLite's own.
    corps = ordre.partition("(")[2].rpartition(")")[0]
    colonnes: list[Colonne] = []
    rang = -1
    for morceau in _morceaux(corps):
        mots = morceau.split()
        if not mots or mots[0].upper() in ("CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK"):
            continue
        genre = mots[1].upper() if len(mots) > 1 else ""
        if genre == "INTEGER" and "PRIMARY KEY" in morceau.upper():
            rang = len(colonnes)
        obligatoire = "NOT NULL" in morceau.upper()
        colonnes.append(Colonne(mots[0].strip('"'), _affinite(genre), obligatoire, _defaut(morceau)))
    if not colonnes:
        return None
    cle = re.search(r"PRIMARY KEY \((\w+)\)", corps)
    if rang < 0 and cle is not None:
        rang = next((i for i, c in enumerate(colonnes) if c.nom == cle[1] and c.affinite == "entier"), -1)
    return Table(nom, racine, tuple(colonnes), rang)


def _defaut(morceau: str) -> Any:
    trouve = re.search(r"DEFAULT (?:'([^']*)'|(-?\d+))", morceau)
    if trouve is None:
        return None
    return trouve[1] if trouve[1] is not None else int(trouve[2])


def _morceaux(corps: str) -> list[str]:
    morceaux, profondeur, debut = [], 0, 0
    for i, c in enumerate(corps):
        profondeur += (c == "(") - (c == ")")
        if c == "," and not profondeur:
            morceaux.append(corps[debut:i].strip())
            debut = i + 1
    return [*morceaux, corps[debut:].strip()]


def _affinite(genre: str) -> str:
    if "INT" in genre or genre == "BOOLEAN":
        return "entier"
    if genre == "BLOB":
        return "octets"
    if any(mot in genre for mot in ("CHAR", "TEXT", "DATE", "JSON")):
        return "texte"
    return ""


def _racine_possible(pages: Pages, racine: int, connues: set[int]) -> bool:
    octets = pages.page(racine) if racine not in connues else None
    return octets is None or octets[0] in (FEUILLE, NOEUD)


def _completer(table: Table, rang: int, valeurs: list[Any]) -> list[Any]:
    if 0 <= table.rang < len(valeurs) and valeurs[table.rang] is None:
        valeurs[table.rang] = rang
    # Rows written before a column was added do not have it.
    return valeurs + [c.defaut for c in table.colonnes[len(valeurs) :]]


def _liste_libre(pages: Pages) -> set[int]:
    """The pages SQLite holds as free: what they say is what was removed."""
    premiere = pages.page(1)
    if premiere is None:
        return set()
    libres: set[int] = set()
    tronc = int.from_bytes(premiere[32:36], "big")
    while tronc and tronc not in libres:
        libres.add(tronc)
        octets = pages.page(tronc)
        if octets is None:
            break
        combien = min(int.from_bytes(octets[4:8], "big"), len(octets) // 4 - 2)
        libres |= {int.from_bytes(octets[8 + 4 * i : 12 + 4 * i], "big") for i in range(combien)}
        tronc = int.from_bytes(octets[:4], "big")
    return libres


# Leaves that nothing leads to any more.


def _reprendre_les_isolees(pages: Pages, connues: set[int], recolte: Recolte) -> None:
    isolees = [lues for _, lues in feuilles_isolees(pages, connues)]
    journal = recolte.tables.get("journal")
    reste = []
    for lues in isolees:
        # First the journal: it then says which table the others are of.
        if journal is not None and _ressemble(journal, lues) and _seule(recolte, journal, lues):
            _ajouter(recolte, journal, lues)
        else:
            reste.append(lues)
    sus = {cle: entree is not None for cle, entree in _derniers_etats(recolte).items()}
    for lues in reste:
        recolte.cellules += lues.cellules_perdues
        table = _table_de(recolte, lues, sus)
        if table is None:
            recolte.cellules += len(lues.lignes)
            continue
        # A page that was freed may still hold rows that were removed since.
        lues.lignes = {r: v for r, v in lues.lignes.items() if sus.get((table.nom, r), True)}
        _ajouter(recolte, table, lues)


def _seule(recolte: Recolte, table: Table, lues: Lignes) -> bool:
    return [t for t in recolte.tables.values() if _ressemble(t, lues)] == [table]


def _table_de(recolte: Recolte, lues: Lignes, sus: dict[tuple[str, int], bool]) -> Table | None:
    candidates = [t for t in recolte.tables.values() if _ressemble(t, lues)]
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    notes = [
        sum((t.nom, r) in sus and r not in recolte.lignes[t.nom] for r in lues.lignes) for t in candidates
    ]
    meilleure = max(notes)
    return candidates[notes.index(meilleure)] if meilleure and notes.count(meilleure) == 1 else None


def _ressemble(table: Table, lues: Lignes) -> bool:
    return all(_convient(table, valeurs) for valeurs in lues.lignes.values())


def _convient(table: Table, valeurs: list[Any]) -> bool:
    if len(valeurs) > len(table.colonnes) or not all(c.omissible for c in table.colonnes[len(valeurs) :]):
        return False
    for i, (valeur, (_nom, affinite, obligatoire, _defaut)) in enumerate(
        zip(valeurs, table.colonnes, strict=False)
    ):
        if i == table.rang:
            if valeur is not None:
                return False
        elif valeur is None:
            if obligatoire:
                return False
        elif (
            (affinite == "entier" and not isinstance(valeur, int))
            or (affinite == "texte" and not isinstance(valeur, str))
            or (affinite == "octets" and not isinstance(valeur, bytes))
        ):
            return False
    return True


def _ajouter(recolte: Recolte, table: Table, lues: Lignes) -> None:
    tenues = recolte.lignes.setdefault(table.nom, {})
    for rang, valeurs in lues.lignes.items():
        tenues.setdefault(rang, _completer(table, rang, valeurs))


# What the journal tells again.


def _derniers_etats(recolte: Recolte) -> dict[tuple[str, int], dict[str, Any] | None]:
    """For each row the journal knows: what it last was, as far as it says; None when it was removed."""
    table = recolte.tables.get("journal")
    if table is None:
        return {}
    noms = [c.nom for c in table.colonnes]
    if not set(_JOURNAL) <= set(noms):
        return {}
    place = {nom: noms.index(nom) for nom in _JOURNAL}
    etats: dict[tuple[str, int], dict[str, Any] | None] = {}
    for _, valeurs in sorted(recolte.lignes.get("journal", {}).items()):
        try:
            cle = (str(valeurs[place["table_"]]), int(valeurs[place["cle"]]))
            avant, apres = (
                None if valeurs[place[n]] is None else dict(json.loads(valeurs[place[n]]))
                for n in ("avant", "apres")
            )
        except (ValueError, TypeError, IndexError):
            continue
        if apres is None:
            # Neither before nor after: an entry about the base itself.
            if avant is not None:
                etats[cle] = None
        else:
            connu = etats.get(cle) or {}
            etats[cle] = apres if avant is None else {**connu, **apres}
    return etats


def _reprendre_du_journal(recolte: Recolte) -> None:
    recolte.entrees = _entrees_perdues(recolte)
    for (nom, rang), etat in sorted(_derniers_etats(recolte).items()):
        table = recolte.tables.get(nom)
        # Of a table read whole, a row that is not there was removed, whatever a journal that lost its end says.
        if table is None or nom not in recolte.trouees or etat is None or rang in recolte.lignes[nom]:
            continue
        colonnes = list(enumerate(table.colonnes))
        if all(i == table.rang or c.nom in etat or c.omissible for i, c in colonnes):
            valeurs = [rang if i == table.rang else etat.get(c.nom, c.defaut) for i, c in colonnes]
            recolte.lignes[nom][rang] = [int(v) if isinstance(v, bool) else v for v in valeurs]
            recolte.du_journal[nom] = recolte.du_journal.get(nom, 0) + 1
        else:
            recolte.manquantes.append((nom, rang, str(etat.get("nom") or etat.get("intitule") or "")))


def _entrees_perdues(recolte: Recolte) -> int:
    """How many entries the journal should have and has not: its numbers follow one another, but before a restoration."""
    table = recolte.tables.get("journal")
    noms = [c.nom for c in table.colonnes] if table else []
    if "table_" not in noms:
        return 0
    place = noms.index("table_")
    entrees = sorted(recolte.lignes.get("journal", {}).items())
    perdues, suivant = 0, 1
    restaure = any(len(v) > place and v[place] == "base" for _, v in entrees)
    for rang, valeurs in entrees:
        saute = (valeurs[place] if len(valeurs) > place else "") == "base" or (suivant == 1 and restaure)
        perdues += 0 if saute else rang - suivant
        suivant = rang + 1
    suites = {v[0]: v[1] for v in recolte.lignes.get("sqlite_sequence", {}).values() if len(v) == 2}
    donne = suites.get("journal")
    return perdues + (max(donne + 1 - suivant, 0) if isinstance(donne, int) else 0)
