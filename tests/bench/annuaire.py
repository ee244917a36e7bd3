"""The national directory: the import of 200,000 rows beside a plain parse, its peak of memory; the search beside the bare query."""

import random
import resource  # noqa: F401  (the process of `pic` uses it)
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.finess.repertoire import Repertoire
from esms_desktop.finess.versement import verser
from tests.bench.outils import finess

LIGNES, PAR_EJ, REQUETES = 200_000, 3, 1_000
_NOMS = [
    "LES TILLEULS",
    "LES HIRONDELLES",
    "SAINT JOSEPH",
    "LA ROSERAIE",
    "LE CLOS FLEURI",
    "L'OREE DU BOIS",
    "LES GLYCINES",
    "BEL AIR",
    "LE VERGER",
    "LA SOURCE",
    "LES MARRONNIERS",
    "NOTRE DAME",
    "LE GRAND PRE",
    "VAL DE LOIRE",
    "LES CHARMILLES",
    "LA CHENAIE",
    "MON REPOS",
    "LES ACACIAS",
]
_GENRES = [
    "EHPAD",
    "IME",
    "ESAT",
    "FOYER D'HEBERGEMENT",
    "SERVICE DE SOINS INFIRMIERS",
    "MAISON D'ACCUEIL SPECIALISEE",
    "SESSAD",
]
_SYLLABES = [
    "BA",
    "CHA",
    "DOU",
    "VILLE",
    "MONT",
    "SAINT",
    "LA",
    "RO",
    "GER",
    "NAY",
    "LES",
    "COURT",
    "FON",
    "TAINE",
    "VER",
    "NEUIL",
    "PON",
    "TOISE",
    "BRI",
    "LOUR",
    "MARS",
]


def fabriquer(chemin: Path, lignes: int = LIGNES) -> None:
    """Writes a fictitious « etalab » file of the whole country: names, towns and numbers drawn, always the same."""
    tire = random.Random(14)
    toutes = sorted({"".join(tire.choices(_SYLLABES, k=tire.randint(2, 4))) for _ in range(30_000)})
    with chemin.open("w", encoding="utf-8", newline="\n") as f:
        f.write("finess;etalab;111;2026-05-12\n")
        for rang in range(lignes):
            departement = f"{1 + rang * 95 // lignes:02d}".replace("20", "19")
            debut = int(departement) * 100
            commune, nom = tire.choice(toutes[debut : debut + 100]), tire.choice(_NOMS)
            nom = f"{tire.choice(_GENRES)} {nom} {''.join(tire.choices(_SYLLABES, k=2))}"
            numero, ej = (
                finess(departement, rang % 100_000),
                finess(departement, (rang // PAR_EJ) % 100_000),
            )
            if rang % PAR_EJ == 0:
                f.write(
                    f"structureej;{ej};{nom[:20].strip()};ASSOCIATION {nom};;6;AV;DU PORT;;;;088;{departement}100 {commune};"
                    f"{departement};DEPT;0492078787;60;Association;;;{rang:09d};8730A;1990-01-01\n"
                )
            f.write(
                f"structureet;{numero};{ej};{nom};{nom} DE {commune};;;{rang % 90};R;DES LILAS;;BP 4;088;{departement};DEPT;"
                f"{departement}100 {commune};0492078787;;500;EHPAD;4401;Agrégat;{rang:014d};8710A;40;ARS;1;Public;1988-05-02;"
                "1900-01-01;2024-04-22;\n"
            )


def brut(source: Path, place: Path) -> None:
    """A plain parse and `executemany`: each line cut at its semicolons, all its fields in a table, nothing else."""
    base = sqlcipher.connect(str(place), isolation_level=None)
    for reglage in ("journal_mode = OFF", "synchronous = OFF"):
        base.execute(f"PRAGMA {reglage}")
    base.execute("BEGIN")
    for table, combien in (("et", 32), ("ej", 23)):
        base.execute(f"CREATE TABLE {table} ({', '.join(f'c{i}' for i in range(combien))})")
    lots: dict[str, list[list[str]]] = {"et": [], "ej": []}
    ordres = {
        "et": f"INSERT INTO et VALUES ({', '.join('?' * 32)})",
        "ej": f"INSERT INTO ej VALUES ({', '.join('?' * 23)})",
    }
    with source.open(encoding="utf-8") as f:
        next(f)
        for ligne in f:
            valeurs = ligne.rstrip("\n").split(";")
            table = valeurs[0][-2:]
            lots[table].append(valeurs)
            if len(lots[table]) == 4000:
                base.executemany(ordres[table], lots[table])
                lots[table].clear()
    for table, reste in lots.items():
        base.executemany(ordres[table], reste)
    base.execute("COMMIT")
    base.close()


def _chronometrer(fonction: Callable[[], object]) -> float:
    debut = time.perf_counter()
    fonction()
    return time.perf_counter() - debut


def _neuf(dossier: Path, nom: str) -> Path:
    place = dossier / nom
    place.unlink(missing_ok=True)
    place.touch()
    return place


def pic(fonction: str, *arguments: Path) -> float:
    """The peak of memory of one of these functions in a process of its own, in MiB."""
    ordre = f"from tests.bench.annuaire import *; {fonction}(*map(Path, sys.argv[1:])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    sortie = subprocess.run(
        [sys.executable, "-c", ordre, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return int(sortie.stdout.split()[-1]) / 1024


def importer(source: Path, place: Path) -> None:
    """The import, as the application does it."""
    verser(source, place, None)


def requetes(repertoire: Repertoire) -> list[str]:
    """A thousand searches as people type them: the beginnings of words, of towns, of numbers."""
    tire = random.Random(5)
    lignes = repertoire._base.execute(
        "SELECT nom, commune, finess FROM etablissement WHERE id % 97 = 0"
    ).fetchall()
    voulues = []
    while len(voulues) < REQUETES:
        nom, commune, numero = tire.choice(lignes)
        mot = tire.choice(nom.split())
        fin = tire.randint(2, len(commune))
        voulues.append(
            tire.choice(
                (
                    mot[: tire.randint(2, 9)],
                    f"{mot} {commune[:fin]}",
                    commune[:fin],
                    numero[: tire.randint(6, 9)],
                )
            )
        )
    return voulues


def _brute(repertoire: Repertoire, texte: str) -> None:
    """The bare questions behind a search, with the rows they answer."""
    from esms_desktop.finess.recherche import _CHIFFRES_NUMERO, _cherches

    if texte.isdigit() and len(texte) >= _CHIFFRES_NUMERO:
        repertoire._recherche._par_numero(texte)
    elif mots := _cherches(texte):
        repertoire._recherche._par_mots(" ".join(f'"{m}"*' for m in mots))


def _percentiles(fonction: Callable[[str], object], textes: list[str]) -> tuple[float, float]:
    durees = sorted(_chronometrer(lambda t=t: fonction(t)) * 1000 for t in textes)  # type: ignore[misc]
    return statistics.median(durees), durees[len(durees) * 99 // 100]


def mesurer() -> Iterator[str]:
    """Says the figures, line by line."""
    with tempfile.TemporaryDirectory() as nom:
        dossier = Path(nom)
        source = dossier / "etalab.csv"
        fabriquer(source)
        plats, imports = [], []
        for _ in range(3):
            plats.append(_chronometrer(lambda: brut(source, _neuf(dossier, "brut"))))
            imports.append(_chronometrer(lambda: importer(source, _neuf(dossier, "annuaire"))))
        plat, entier = min(plats), min(imports)
        yield (
            f"annuaire, {LIGNES} établissements : import {entier:.2f} s, lecture nue et executemany {plat:.2f} s, "
            f"rapport {entier / plat:.2f} (visé 1,5)"
        )
        yield (
            f"  pic de mémoire de l’import : {pic('importer', source, _neuf(dossier, 'pic')):.0f} Mio (moins de 150)"
        )
        with Repertoire(dossier / "annuaire") as repertoire:
            textes = requetes(repertoire)
            _percentiles(repertoire.chercher, textes)
            nue = _percentiles(lambda t: _brute(repertoire, t), textes)
            trouvee = _percentiles(repertoire.chercher, textes)
            rapports = " et ".join(f"{a / b:.2f}" for a, b in zip(trouvee, nue, strict=True))
            yield (
                f"  recherche, {REQUETES} demandes : p50 {trouvee[0]:.2f} ms, p99 {trouvee[1]:.2f} ms ; "
                f"question nue {nue[0]:.2f} et {nue[1]:.2f} ms, rapports {rapports} (visé 2)"
            )
            fautes = [t[:2] + t[3:] for t in textes if len(t) > 5 and not t[0].isdigit()][:200]
            proche = _percentiles(repertoire.chercher, fautes)
            yield (
                f"  avec une faute de frappe : p50 {proche[0]:.2f} ms, p99 {proche[1]:.2f} ms (moins de 30)"
            )


if __name__ == "__main__":
    for dit in mesurer():
        print(dit, flush=True)
