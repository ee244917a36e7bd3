"""Whether a base is whole: a quick look at its file and its structure, or every page, every index, every link and every file."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurBaseAbimee
from esms_desktop.nomenclature.tables import libelle_table
from esms_desktop.store.cles.chiffrement import PAGE, Cle
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.sante.journal_wal import lire_wal
from esms_desktop.store.sauvegarde.copie import pages_abimees

# What is listed of one kind; the rest is counted.
_EXEMPLES = 20
_ESSAIS = 3

Suivre = Callable[[int, int, str], object]


@dataclass(frozen=True)
class Bilan:
    """What was found of a base.

    Args:
        defauts: French sentences, one for each thing that is not whole.
        complet: whether all of it was looked at.
        pages: how many pages it has, 0 when it does not say.
    """

    defauts: tuple[str, ...]
    complet: bool
    pages: int

    @property
    def sain(self) -> bool:
        """Whether nothing was found."""
        return not self.defauts


def regarder_le_fichier(chemin: Path) -> tuple[str, ...]:
    """What a file and its -wal say without a key; of a base that nothing has open in this process.

    Raises:
        ErreurBase: it cannot be read.
    """
    defauts = []
    try:
        taille = chemin.stat().st_size
        if not taille:
            defauts.append("Le fichier est vide.")
        elif taille % PAGE:
            defauts.append(
                f"Le fichier est coupé : sa taille ({taille} octets) n’est pas celle de pages entières."
            )
        perdus = commits_perdus(chemin)
    except OSError as erreur:
        raise traduire(erreur) from erreur
    if perdus:
        defauts.append(
            f"Les derniers enregistrements ne se lisent plus : {perdus} au moins, dans « {chemin.name}-wal »."
        )
    return tuple(defauts)


def commits_perdus(chemin: Path) -> int:
    """How many commits of the -wal can no longer be read; somebody writing there just now is waited for.

    Raises:
        OSError: it cannot be read.
    """
    wal = Path(os.path.realpath(chemin))
    wal = wal.with_name(wal.name + "-wal")
    perdus = 0
    for essai in range(_ESSAIS):
        perdus = lire_wal(wal).perdus
        if not perdus:
            return 0
        time.sleep(0.05 * essai)
    return perdus


def verifier(
    chemin: Path, cle: Cle, complet: bool = False, suivre: Suivre = lambda fait, total, quoi: None
) -> Bilan:
    """Looks at a base with its key, while others use it or not; nothing is changed.

    Args:
        chemin: the base.
        cle: its key.
        complet: True for every page, index, link and attached file; False for the structure only.
        suivre: called at each step; what it raises stops the work.

    Raises:
        ErreurBase: it is busy, or the disk refuses: nothing is known.
    """
    defauts: list[str] = []
    pages = 0
    etapes: list[tuple[str, Callable[[Any, list[str]], None]]] = [("Structure", _structure)]
    if complet:
        etapes = [
            ("Pages", _pages),
            ("Index", _index),
            ("Liens", _liens),
            ("Fichiers joints", _contenus),
        ]
    for rang, (nom, etape) in enumerate(etapes):
        suivre(rang, len(etapes), nom)
        # A connection to itself: once SQLCipher has refused a page, the same one answers nothing any more.
        try:
            with connexion_nue(chemin, cle) as connexion:
                etape(connexion, defauts)
                if not rang:
                    pages = int(connexion.execute("PRAGMA page_count").fetchone()[0])
        except (sqlcipher.Error, MemoryError, OSError) as erreur:
            dit = traduire(erreur)
            if not isinstance(dit, ErreurBaseAbimee):
                raise dit from erreur
            defauts.append(f"{nom} : une partie ne se lit plus.")
    return Bilan(tuple(dict.fromkeys(defauts)), complet, pages)


def _structure(connexion: Any, defauts: list[str]) -> None:
    _noter_sqlite(connexion.execute("PRAGMA quick_check").fetchall(), defauts)
    _longueur(connexion, defauts)


def _pages(connexion: Any, defauts: list[str]) -> None:
    dits = pages_abimees(connexion)
    if dits:
        defauts.append(f"Des pages du fichier sont abîmées : {len(dits)}.")
    _longueur(connexion, defauts)


def _longueur(connexion: Any, defauts: list[str]) -> None:
    """A file that is longer than its base was written to by something else, or is not the one that was."""
    fichier = next((f for _, nom, f in connexion.execute("PRAGMA database_list") if nom == "main"), "")
    attendues = int(connexion.execute("PRAGMA page_count").fetchone()[0])
    chemin = Path(str(fichier))
    wal = chemin.with_name(chemin.name + "-wal")
    # What waits in a -wal may make the base shorter than its file, until it is folded in.
    en_attente = wal.exists() and wal.stat().st_size > 0
    if chemin.stat().st_size > attendues * PAGE and not en_attente:
        defauts.append(f"Le fichier est plus long que la base, qui compte {attendues} pages.")


def _index(connexion: Any, defauts: list[str]) -> None:
    _noter_sqlite(connexion.execute("PRAGMA integrity_check").fetchall(), defauts)


def _noter_sqlite(lignes: list[tuple[Any, ...]], defauts: list[str]) -> None:
    dits = [str(ligne[0]) for ligne in lignes]
    if dits == ["ok"]:
        return
    index = [d for d in dits if "index" in d.lower()]
    if index:
        defauts.append(f"Des index ne correspondent plus aux données : {len(index)} écarts.")
    if len(index) < len(dits):
        defauts.append(f"La structure de la base est abîmée : {len(dits) - len(index)} défauts.")


def _liens(connexion: Any, defauts: list[str]) -> None:
    casses = connexion.execute("PRAGMA foreign_key_check").fetchall()
    if casses:
        tables = sorted({libelle_table(str(c[0]), 2) for c in casses})
        defauts.append(
            f"Des éléments dépendent de ce qui n’existe plus : {len(casses)} ({', '.join(tables)})."
        )


def _contenus(connexion: Any, defauts: list[str]) -> None:
    noms = [
        str(nom)
        for (nom,) in connexion.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'contenu'"
        )
    ]
    if not noms:
        return
    faux = []
    for sha256, octets in connexion.execute("SELECT sha256, octets FROM contenu"):
        if hashlib.sha256(octets).hexdigest() != sha256:
            faux.append(sha256)
    if faux:
        marques = ", ".join("?" * len(faux[:_EXEMPLES]))
        joints = connexion.execute(
            f"SELECT DISTINCT nom FROM fichier WHERE sha256 IN ({marques})", faux[:_EXEMPLES]
        ).fetchall()
        defauts.append(
            f"Le contenu de fichiers joints est perdu ou abîmé : {len(faux)} ("
            + ", ".join(str(nom) for (nom,) in joints)
            + ")."
        )


def exiger_lisible(chemin: Path, cle: Cle) -> None:
    """The quick look of an opening: the header, the length, the schema; a few milliseconds whatever the size.

    Raises:
        ErreurBaseAbimee: the file is cut, or its schema does not read.
    """
    for essai in range(_ESSAIS):
        try:
            with connexion_nue(chemin, cle) as connexion:
                connexion.execute("SELECT name, sql FROM sqlite_master").fetchall()
                connexion.execute("PRAGMA page_count").fetchone()
                return
        except (sqlcipher.Error, MemoryError) as erreur:
            dit = traduire(erreur)
            # A read that failed once may have been the cable: a new connection reads anew.
            if essai + 1 == _ESSAIS or not isinstance(dit, ErreurBaseAbimee):
                raise dit from erreur
            time.sleep(0.05)
