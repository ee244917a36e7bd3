"""The whole directory poured into a file of its own: two tables, their numbers, the words to search and their trigrams.

The file is public data: it is not encrypted, and holds nothing of the dossiers.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurFiness, Interruption
from esms_desktop.finess.lecture import parcourir, parcourir_activites
from esms_desktop.finess.lignes import LigneEj, LigneEt, Recit, siren_commun
from esms_desktop.nomenclature.categories import categories
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.progress import Progress, SansProgress

# What says, in the header of the file, that it is ours, and of which shape its tables are.
MARQUE = 0x46494E45
VERSION = 1

# How SQLite says that the disk refuses.
_REFUS = ("full", "I/O", "readonly", "unable to open")

_EJ, _ET = LigneEj._fields, LigneEt._fields
_HACHAGE = 4 * 2**20
_MOTS = "tokenize='unicode61 remove_diacritics 2', content='', detail=none, columnsize=0"
_TABLES = f"""
CREATE TABLE source (cle TEXT PRIMARY KEY, valeur TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entite (id INTEGER PRIMARY KEY, {", ".join(_EJ)}, ouverts INTEGER NOT NULL DEFAULT 0);
CREATE TABLE etablissement (id INTEGER PRIMARY KEY, {", ".join(_ET)});
CREATE TABLE capacite (finess TEXT PRIMARY KEY, places INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE sigle (categorie TEXT PRIMARY KEY, sigle TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE lieu (code TEXT PRIMARY KEY, nom TEXT NOT NULL) WITHOUT ROWID;
"""
_SUITE = (
    "CREATE INDEX etablissement_ej ON etablissement (finess_ej, etat)",
    "CREATE INDEX etablissement_siret ON etablissement (siret) WHERE siret != ''",
    # The former format names no entity: those its lines speak of, known by their number only.
    f"""INSERT INTO entite ({", ".join(_EJ)}) SELECT finess_ej, {", ".join("''" for _ in _EJ[1:-1])}, 0 FROM etablissement
        WHERE finess_ej NOT IN (SELECT finess FROM entite) GROUP BY finess_ej ORDER BY finess_ej""",
    """UPDATE entite SET ouverts = (SELECT count(*) FROM etablissement t
        WHERE t.finess_ej = entite.finess AND t.etat != 'I')""",
    f"CREATE VIRTUAL TABLE mots_ej USING fts5(texte, {_MOTS}, prefix='2 3')",
    f"CREATE VIRTUAL TABLE mots_et USING fts5(texte, {_MOTS}, prefix='2 3')",
    # Fewer, larger pieces to put together at the end: a fifth less time, and faster searches.
    f"INSERT INTO mots_ej (mots_ej, rank) VALUES ('hashsize', {_HACHAGE})",
    f"INSERT INTO mots_et (mots_et, rank) VALUES ('hashsize', {_HACHAGE})",
    """INSERT INTO mots_ej (rowid, texte) SELECT e.id,
        replace(replace(e.nom || ' ' || sigle || ' ' || commune, 'Œ', 'OE'), 'œ', 'oe')
        || ' ' || code_postal || ' ' || coalesce(l.nom, '')
        FROM entite e LEFT JOIN lieu l ON l.code = e.departement ORDER BY e.id""",
    """INSERT INTO mots_et (rowid, texte) SELECT t.id,
        replace(replace(t.nom || ' ' || t.commune || ' ' || coalesce(e.nom, ''), 'Œ', 'OE'), 'œ', 'oe')
        || ' ' || t.code_postal || ' ' || coalesce(s.sigle, '') || ' ' || coalesce(l.nom, '')
        FROM etablissement t LEFT JOIN entite e ON e.finess = t.finess_ej LEFT JOIN sigle s ON s.categorie = t.categorie
        LEFT JOIN lieu l ON l.code = t.departement ORDER BY t.id""",
    "CREATE INDEX entite_siren ON entite (siren) WHERE siren != ''",
    "CREATE VIRTUAL TABLE temp.vocabulaire_ej USING fts5vocab(main, mots_ej, row)",
    "CREATE VIRTUAL TABLE temp.vocabulaire_et USING fts5vocab(main, mots_et, row)",
    # The words that a badly typed one is brought near to.
    "CREATE TABLE mot (id INTEGER PRIMARY KEY, mot TEXT NOT NULL)",
    """INSERT INTO mot (mot) SELECT term FROM temp.vocabulaire_ej WHERE length(term) > 3 AND term NOT GLOB '[0-9]*'
        UNION SELECT term FROM temp.vocabulaire_et WHERE length(term) > 3 AND term NOT GLOB '[0-9]*'""",
    "CREATE INDEX mot_mot ON mot (mot)",
    "CREATE VIRTUAL TABLE trigrammes USING fts5(mot, tokenize='trigram', content='mot', content_rowid='id', detail=none)",
    "INSERT INTO trigrammes (trigrammes) VALUES ('rebuild')",
)


def verser(chemin: Path, place: Path, precedent: Path | None, progress: Progress | None = None) -> None:
    """Reads a directory file and writes it whole in `place`, an empty file.

    Args:
        chemin: « FINESS structures » (JSON) or « etalab » (CSV).
        precedent: the directory kept so far, whose capacities are taken along; None when there is none.
        progress: told the share of the file read, then that the words are sorted; may stop it.

    Raises:
        ErreurFiness: the file does not read. Interruption: the person cancelled. OSError: the disk refuses.
    """
    suivi = progress or SansProgress()
    with _ecrire(place, suivi) as base:
        for ordre in _TABLES.strip().split(";\n"):
            base.execute(ordre)
        base.executemany("INSERT INTO sigle VALUES (?, ?)", _sigles())
        base.executemany("INSERT INTO lieu VALUES (?, ?)", ((d.code, d.nom) for d in departements().values()))
        recit = Recit()
        ej = f"INSERT INTO entite ({', '.join(_EJ)}) VALUES ({', '.join('?' * len(_EJ))})"
        et = f"INSERT INTO etablissement ({', '.join(_ET)}) VALUES ({', '.join('?' * len(_ET))})"
        for lot in parcourir(chemin, recit, suivi):
            base.executemany(ej, lot.entites)
            base.executemany(et, lot.etablissements)
        if not base.execute("SELECT 1 FROM etablissement").fetchone():
            raise ErreurFiness(
                f"«\u00a0{chemin.name}\u00a0» ne contient aucun établissement.",
                "Choisissez le fichier « finess-structures » de tout le pays.",
            )
        suivi.etape(0, 0, "Classement des mots de l’annuaire")
        for table in ("entite", "etablissement"):
            _unique(base, table)
        for ordre in _SUITE:
            base.execute(ordre)
        _deduire_les_siren(base)
        base.execute("DROP TABLE temp.vocabulaire_ej")
        base.execute("DROP TABLE temp.vocabulaire_et")
        dit = {
            "format": recit.format,
            "date": recit.date_source.isoformat() if recit.date_source else "",
            "fichier": chemin.name,
            "importe_le": datetime.now().astimezone().isoformat(timespec="seconds"),
            "alertes": json.dumps(recit.alertes, ensure_ascii=False),
        }
        base.executemany("INSERT INTO source VALUES (?, ?)", dit.items())
        if precedent is not None:
            _reprendre_les_capacites(base, precedent)


def joindre_capacites(chemin: Path, place: Path, progress: Progress | None = None) -> int:
    """Writes in `place`, a copy of the directory, the places that the twin file gives; answers for how many établissements.

    Raises:
        ErreurFiness: the file does not read. Interruption: the person cancelled.
    """
    suivi = progress or SansProgress()
    with _ecrire(place, suivi) as base:
        connus = {n for (n,) in base.execute("SELECT finess FROM etablissement")}
        base.execute("DELETE FROM capacite")
        recit = Recit()
        lues = parcourir_activites(chemin, recit, suivi)
        places = {numero: nombre for numero, nombre in lues if numero in connus}
        base.executemany("INSERT INTO capacite VALUES (?, ?)", places.items())
        jour = recit.date_source
        dit = {"activites_date": jour.isoformat() if jour else "", "activites_fichier": chemin.name}
        base.executemany("INSERT OR REPLACE INTO source VALUES (?, ?)", dit.items())
        return len(places)


@contextmanager
def _ecrire(place: Path, suivi: Progress) -> Iterator[Any]:
    """A connection that writes as fast as it can: the file is thrown away unless it is whole."""
    with closing(sqlcipher.connect(str(place), isolation_level=None)) as base:
        arret: list[BaseException] = []
        base.set_progress_handler(_surveiller(suivi, arret), 1_000_000)
        for reglage in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "cache_size = -24000",
            "temp_store = FILE",
        ):
            base.execute(f"PRAGMA {reglage}")
        base.execute(f"PRAGMA application_id = {MARQUE}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.execute("BEGIN")
        try:
            yield base
            base.execute("COMMIT")
        except sqlcipher.OperationalError as erreur:
            if arret:
                raise arret[0] from erreur
            if not any(refus in str(erreur) for refus in _REFUS):
                raise
            raise ErreurFiness(
                "L’annuaire n’a pas pu être écrit\u00a0: le disque est plein ou refuse.",
                "Libérez de la place, puis recommencez.",
            ) from erreur


def _surveiller(suivi: Progress, arret: list[BaseException]) -> Callable[[], int]:
    def tour() -> int:
        try:
            suivi.etape(0, 0, "Classement des mots de l’annuaire")
        except Interruption as erreur:
            arret.append(erreur)
            return 1
        return 0

    return tour


def _unique(base: Any, table: str) -> None:
    """Numbers are unique: of a row given twice, the last one counts."""
    base.execute(f"CREATE INDEX {table}_finess ON {table} (finess)")
    if base.execute(f"SELECT count(*) > count(DISTINCT finess) FROM {table}").fetchone()[0]:
        base.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT max(id) FROM {table} GROUP BY finess)")


def _sigles() -> list[tuple[str, str]]:
    """The abbreviations that people use for a category (EHPAD, IME, SESSAD…)."""
    courts = ((c.code, c.libelle_court.replace(".", "")) for c in categories().values())
    return [(code, sigle) for code, sigle in courts if sigle.isupper() and sigle.isalpha() and len(sigle) < 9]


def _deduire_les_siren(base: Any) -> None:
    """An entity without a line of its own has the SIREN its établissements share, so that it is found by it."""
    sirets: dict[str, set[str]] = {}
    for ej, siret in base.execute(
        "SELECT finess_ej, siret FROM etablissement WHERE finess_ej IN (SELECT finess FROM entite WHERE NOT fiche)"
    ):
        sirets.setdefault(ej, set()).add(siret)
    trouves = ((siren, ej) for ej, s in sirets.items() if (siren := siren_commun(s)))
    base.executemany("UPDATE entite SET siren = ? WHERE finess = ?", trouves)


def _reprendre_les_capacites(base: Any, precedent: Path) -> None:
    with closing(sqlcipher.connect(f"{precedent.as_uri()}?mode=ro", uri=True)) as avant:
        try:
            places = avant.execute("SELECT finess, places FROM capacite").fetchall()
            dit = avant.execute("SELECT cle, valeur FROM source WHERE cle LIKE 'activites_%'").fetchall()
        except sqlcipher.DatabaseError:
            # A directory that no longer reads gives nothing to the next one.
            return
    connus = {n for (n,) in base.execute("SELECT finess FROM etablissement")}
    base.executemany("INSERT INTO capacite VALUES (?, ?)", (p for p in places if p[0] in connus))
    base.executemany("INSERT INTO source VALUES (?, ?)", dit)
