"""Taking a backup of a base while it is in use: copied at one instant, opened again and counted, and only then named."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.emplacements import Emplacement
from esms_desktop.store.cles.pied import Inventaire, ecrire_pied, empreinte_des_pages, lire_pied
from esms_desktop.store.engine import connexion_nue, journal_de
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import brouillon, forcer, forcer_dossier, poser
from esms_desktop.store.fil_bas import fil_bas
from esms_desktop.store.sauvegarde.copie import Comptes, compter, copier_la_connexion, prouver
from esms_desktop.store.sauvegarde.copie import exiger_entiere as copie_entiere
from esms_desktop.store.schema import lire_revision

SUFFIXE = ".sauvegarde"
# Why a backup is taken, and how its name says it.
MOTIFS = {
    "demandee": "à la demande",
    "quotidienne": "chaque jour",
    "mise-a-jour": "avant une mise à jour de la base",
    "import": "avant un import",
    "fusion": "avant une fusion",
    "restauration": "avant une restauration",
    "campagne": "avant un changement de campagne",
    "code": "au changement du code de secours",
    "reparation": "avant une réparation",
}
# Taken because something else was about to happen, not because a day went by.
PRECAUTIONS = frozenset(MOTIFS) - {"demandee", "quotidienne"}
_NOM = re.compile(r"(?P<base>.+)_(?P<jour>\d{8})-(?P<heure>\d{6})(?:-\d+)?_(?P<motif>[a-z-]+)\.sauvegarde")
# Bytes sent to the disk at a time: what waits to be written must not make an edit wait.
_LOT = 4 << 20
_PAGES_DU_LOT = _LOT // 4096
_PAUSE_S = 0.001

Suivre = Callable[[int, int], object]


@dataclass(frozen=True)
class Sauvegarde:
    """A backup on the disk, as its foot says it. `quand`: local time; `entiere`: its foot is whole."""

    chemin: Path
    quand: datetime
    motif: str
    inventaire: Inventaire | None
    taille: int
    entiere: bool


@dataclass(frozen=True)
class Contenu:
    """What a base holds at an instant, in numbers."""

    revision: str
    derniere: int
    comptes: Comptes


def sauvegarder(
    base: Path,
    cle: Cle,
    dossier: Path,
    motif: str,
    emplacements: Iterable[Emplacement],
    lignee: str,
    suivre: Suivre = lambda fait, total: None,
    doucement: bool = False,
    fixe: Callable[[], object] = lambda: None,
) -> Sauvegarde:
    """Takes a backup of a base into a folder, others writing in it or not.

    Args:
        base: the base.
        cle: its key, which is that of the backup, with the salt of the file.
        dossier: where it goes; made when absent.
        motif: one of `MOTIFS`.
        emplacements: the slots of the key.
        lignee: which base it is.
        suivre: called with the pages done and their total; what it raises stops the work and leaves nothing.
        doucement: True beside a person who types: the disk and the processor are left to them.
        fixe: called once the instant is fixed: what is written from then on is not in the backup, and need not wait for it.

    Raises:
        ErreurBaseAbimee: a page of the base does not read; nothing was written.
        ErreurBase: the base or the disk refuses, or the copy is not what it should be; nothing was written.
    """
    with _en_francais(dossier):
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        instant = datetime.now(UTC)
        place = dossier / nom_de(base, instant, motif)
        with brouillon(place) as neuf:
            contenu = _copier(base, cle, neuf, suivre, doucement, fixe)
            _finir(neuf, instant, motif, contenu, emplacements, lignee)
            place = _nommer(neuf, place)
        return lire(place)


def _copier(
    base: Path, cle: Cle, neuf: Path, suivre: Suivre, doucement: bool, fixe: Callable[[], object]
) -> Contenu:
    sel = cle.sel or _sel_de(base, cle)
    # With a rollback journal, who reads makes who writes wait: the copy is then made as fast as it can be.
    cote_a_cote = journal_de(base) == "WAL"
    doucement = doucement and cote_a_cote
    with fil_bas(doucement), connexion_nue(base, cle) as lue:
        lue.execute("BEGIN")
        lue.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if cote_a_cote:
            fixe()
        contenu = contenu_de(lue)
        avance = _Avance(neuf, suivre, doucement)
        copier_la_connexion(lue, neuf, cle, sel, avance.un_pas)
        lue.execute("ROLLBACK")
        if not cote_a_cote:
            fixe()
        copie_entiere(lue)
        prouver(neuf, cle, contenu.comptes)
    return contenu


def contenu(base: Path, cle: Cle) -> Contenu:
    """What a base holds now, in numbers.

    Raises:
        ErreurBase: it does not read.
    """
    try:
        with connexion_nue(base, cle) as connexion:
            connexion.execute("BEGIN")
            return contenu_de(connexion)
    except (sqlcipher.Error, OSError) as erreur:
        raise traduire(erreur) from erreur


def contenu_de(connexion: sqlcipher.Connection) -> Contenu:
    """What a base holds, in numbers, as an open connection sees it."""
    comptes = compter(connexion)
    derniere = 0
    if "journal" in comptes:
        derniere = int(connexion.execute("SELECT coalesce(max(id), 0) FROM journal").fetchone()[0])
    return Contenu(lire_revision(connexion) or "", derniere, comptes)


def _finir(
    neuf: Path,
    instant: datetime,
    motif: str,
    contenu: Contenu,
    emplacements: Iterable[Emplacement],
    lignee: str,
) -> None:
    taille = neuf.stat().st_size
    inventaire = Inventaire(
        quand=instant.isoformat(timespec="microseconds"),
        motif=motif,
        lignee=lignee,
        revision=contenu.revision,
        derniere=contenu.derniere,
        comptes=contenu.comptes,
        taille=taille,
        empreinte=empreinte_des_pages(neuf, taille),
    )
    with neuf.open("ab") as flux:
        ecrire_pied(flux, (e for e in emplacements if e.genre != "attente"), inventaire)
    forcer(neuf)
    exiger_entiere(neuf)


def exiger_entiere(chemin: Path) -> Inventaire:
    """Reads a backup from one end to the other and compares it to its foot.

    Raises:
        ErreurBase: it is not whole. OSError: it cannot be read.
    """
    pied = lire_pied(chemin)
    inventaire = pied.inventaire if pied else None
    if pied is None or inventaire is None or not pied.entier:
        raise ErreurBase(
            f"« {chemin.name} » n’est pas une sauvegarde entière d’ESMS Desktop.",
            "Choisissez une autre sauvegarde.",
        )
    if empreinte_des_pages(chemin, pied.debut) != inventaire.empreinte:
        raise ErreurBase(
            f"« {chemin.name} » est abîmée : son contenu n’est plus celui qui a été écrit.",
            "Choisissez une autre sauvegarde.",
        )
    return inventaire


def copier_ailleurs(sauvegarde: Sauvegarde, dossier: Path) -> Sauvegarde:
    """Copies a backup to another place, reads it back there, and only then names it.

    Raises:
        ErreurBase: the other place refuses, or does not give back what was written; nothing is left there.
    """
    with _en_francais(dossier):
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = dossier / sauvegarde.chemin.name
        if place.exists():
            exiger_entiere(place)
            return lire(place)
        with brouillon(place) as neuf:
            with sauvegarde.chemin.open("rb") as source, neuf.open("wb") as flux:
                while morceau := source.read(_LOT):
                    flux.write(morceau)
                    flux.flush()
                    os.fsync(flux.fileno())
            exiger_entiere(neuf)
            place = _nommer(neuf, place)
        return lire(place)


def lire(chemin: Path) -> Sauvegarde:
    """A backup as its foot says it, or as its name does when the foot is spoilt.

    Raises:
        OSError: the file cannot be read.
    """
    pied = lire_pied(chemin)
    inventaire = pied.inventaire if pied else None
    trouve = _NOM.fullmatch(chemin.name)
    etat = chemin.stat()
    if inventaire is not None:
        quand = datetime.fromisoformat(inventaire.quand)
    else:
        quand = datetime.fromtimestamp(etat.st_mtime, UTC)
    motif = inventaire.motif if inventaire else trouve["motif"] if trouve else ""
    local = quand.astimezone().replace(tzinfo=None)
    return Sauvegarde(chemin, local, motif, inventaire, etat.st_size, pied is not None and pied.entier)


def lister(dossier: Path) -> list[Sauvegarde]:
    """The backups of a folder, newest first; none when the folder is absent or closed."""
    trouvees = []
    try:
        for chemin in dossier.glob(f"*{SUFFIXE}"):
            if _NOM.fullmatch(chemin.name) and chemin.is_file():
                try:
                    trouvees.append(lire(chemin))
                # Removed or closed meanwhile: the others are worth listing.
                except OSError:
                    continue
    except OSError:
        return []
    return sorted(trouvees, key=lambda s: (s.quand, s.chemin.name), reverse=True)


def nom_de(base: Path, instant: datetime, motif: str) -> str:
    """The name of a backup: which base, when (local time), why."""
    return f"{base.stem}_{instant.astimezone():%Y%m%d-%H%M%S}_{motif}{SUFFIXE}"


def _nommer(neuf: Path, place: Path) -> Path:
    """Puts a backup under its name, or under the next one when two are taken in the same second."""
    rang, voulue = 1, place
    while not poser(neuf, voulue):
        rang += 1
        voulue = place.with_name(re.sub(r"_([a-z-]+\.sauvegarde)$", rf"-{rang}_\1", place.name))
    forcer_dossier(voulue.parent)
    return voulue


def _sel_de(base: Path, cle: Cle) -> bytes:
    with connexion_nue(base, cle) as connexion:
        connexion.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return bytes.fromhex(str(connexion.execute("PRAGMA cipher_salt").fetchone()[0]))


class _Avance:
    """What is done between two steps of a copy."""

    def __init__(self, neuf: Path, suivre: Suivre, doucement: bool) -> None:
        self._neuf, self._suivre, self._doucement = neuf, suivre, doucement
        self._forcees = 0

    def un_pas(self, faites: int, total: int) -> None:
        self._suivre(faites, total)
        if not self._doucement:
            return
        time.sleep(_PAUSE_S)
        if faites - self._forcees >= _PAGES_DU_LOT:
            self._forcees = faites
            forcer(self._neuf)


@contextmanager
def _en_francais(dossier: Path) -> Iterator[None]:
    try:
        yield
    except (sqlcipher.Error, MemoryError) as erreur:
        dit = traduire(erreur)
        if isinstance(dit, ErreurBaseAbimee):
            raise ErreurBaseAbimee(
                "La base est abîmée : une partie ne se lit plus, et aucune copie n’en a été gardée.",
                dit.remede,
            ) from erreur
        raise ErreurBase(f"La sauvegarde n’a pas été faite. {dit.message}", dit.remede) from erreur
    except OSError as erreur:
        from esms_desktop.errors import raison_systeme

        raise ErreurBase(
            f"La sauvegarde n’a pas été faite : {raison_systeme(erreur)} ({dossier}).",
            "Vérifiez ce dossier et la place libre, puis recommencez ; la base n’a pas été touchée.",
        ) from erreur
