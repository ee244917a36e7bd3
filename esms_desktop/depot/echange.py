"""Puts a finished folder in the place of another in one move, and keeps what the person had put there."""

import contextlib
import ctypes
import errno
import hashlib
import json
import logging
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from esms_desktop.errors import ErreurDepot

_JOURNAL = logging.getLogger(__name__)
_AU_CWD = -100
_ECHANGER = 2
_NON_PRIS_EN_CHARGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_ATELIER, _ANCIEN = "depot", "ancien"
# Beyond, the folder is not one a filing was meant for: a desktop, a home, a whole disk.
_ETRANGERS_MAX = 200


@contextlib.contextmanager
def verrou(cible: Path) -> Iterator[None]:
    """Lets one filing at a time be written into `cible`.

    Raises:
        ErreurDepot: another one is being written there.
    """
    marque = hashlib.sha256(os.fsencode(cible)).hexdigest()[:24]
    proprietaire = os.getuid() if hasattr(os, "getuid") else ""
    chemin = Path(tempfile.gettempdir()) / f"esms-desktop-{proprietaire}-{marque}.verrou"
    # A link planted under this name, in a folder that all share, is refused.
    drapeaux = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(chemin, drapeaux, 0o600), "r+b") as fichier:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(fichier.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            raise ErreurDepot(
                f"Un autre dépôt est déjà en cours dans {cible}.",
                "Attendez qu’il se termine, puis recommencez.",
            ) from e
        yield


def creer_atelier(cible: Path) -> Path:
    """An empty folder beside `cible`, on the same disk, where the new filing is written."""
    cible.parent.mkdir(parents=True, exist_ok=True)
    atelier = cible.parent / f".{cible.name}.{_ATELIER}-{secrets.token_hex(4)}"
    # What a filing holds is for its owner: the folder takes the rights of the one it replaces, if any.
    atelier.mkdir(mode=0o700)
    return atelier


def effacer(dossier: Path) -> None:
    """Removes a folder of ours. What resists is left for the next filing, and logged."""

    def noter(_fonction: object, _chemin: str, _erreur: object) -> None:
        _JOURNAL.warning("a file of a former filing could not be removed")

    shutil.rmtree(dossier, onerror=noter)


def reprendre(cible: Path) -> None:
    """Clears what a killed filing left beside `cible`, and puts a former filing back when it had been moved away."""
    if not cible.parent.is_dir():
        return
    anciens = sorted(cible.parent.glob(f".{_glob(cible.name)}.{_ANCIEN}-*"))
    if anciens and not cible.exists():
        anciens.pop().rename(cible)
    for reste in (*anciens, *cible.parent.glob(f".{_glob(cible.name)}.{_ATELIER}-*")):
        effacer(reste)


def _glob(nom: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in nom)


def lire_manifeste(cible: Path, application: str, nom_manifeste: str) -> dict[str, Any]:
    """The manifest of the filing that is in `cible`; empty when there is none of ours."""
    try:
        manifeste = json.loads((cible / nom_manifeste).read_bytes())
        return dict(manifeste) if manifeste["application"] == application else {}
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError):
        # A manifest that somebody else made, or changed: everything in the folder is theirs.
        return {}


def etrangers(cible: Path, notres: Iterable[str]) -> list[str]:
    """Relative paths of the files (and links, and empty folders) of `cible` that are not of the former filing.

    Raises:
        ErreurDepot: more than 200: the folder serves another purpose.
    """
    connus = set(notres)
    trouves: list[str] = []
    for racine, dossiers, noms in os.walk(cible):
        base = Path(racine)
        liens = [d for d in dossiers if (base / d).is_symlink()]
        vide = [] if dossiers or noms or base == cible else [""]
        for nom in (*noms, *liens, *vide):
            relatif = (base / nom).relative_to(cible).as_posix()
            if relatif not in connus:
                trouves.append(relatif)
        if len(trouves) > _ETRANGERS_MAX:
            raise ErreurDepot(
                f"Le dossier {cible} contient déjà beaucoup d’autres fichiers.",
                "Choisissez un dossier vide, ou un nouveau sous-dossier.",
            )
    return trouves


def accueillir(cible: Path, atelier: Path, chemins: Iterable[str]) -> None:
    """Gives the files of the person a second name in the new folder, so that they are there at every moment.

    Raises:
        ErreurDepot: one of them is where a file of the filing goes, or the disk knows no second names.
    """
    for relatif in chemins:
        origine, arrivee = cible / relatif, atelier / relatif
        if arrivee.exists() and not (origine.is_dir() and arrivee.is_dir()):
            raise ErreurDepot(
                f"Le dossier {cible} contient déjà « {relatif} », qui ne vient pas d’un dépôt.",
                "Déplacez ce fichier, ou choisissez un autre dossier : rien n’a été remplacé.",
            )
        try:
            if origine.is_dir() and not origine.is_symlink():
                arrivee.mkdir(parents=True, exist_ok=True)
                continue
            arrivee.parent.mkdir(parents=True, exist_ok=True)
            os.link(origine, arrivee, follow_symlinks=False)
        except FileNotFoundError:
            # Removed by its owner since the list was made.
            continue
        except (OSError, NotImplementedError) as e:
            if isinstance(e, OSError) and e.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise ErreurDepot(
                f"Le dossier {cible} contient d’autres fichiers, que ce disque ne permet pas de garder en place.",
                "Choisissez un dossier vide, ou un nouveau sous-dossier.",
            ) from e


def rapatrier(ancien: Path, cible: Path, notres: Iterable[str]) -> None:
    """Brings into `cible` what the person wrote into the former folder while the new one was taking its place.

    Raises:
        ErreurDepot: it could not be brought; it is then left in a folder beside, whose name the sentence gives.
    """
    try:
        for relatif in etrangers(ancien, notres):
            origine, arrivee = ancien / relatif, cible / relatif
            if arrivee.exists() and (origine.is_dir() or arrivee.samefile(origine)):
                continue
            arrivee.parent.mkdir(parents=True, exist_ok=True)
            origine.replace(arrivee)
    except (OSError, ErreurDepot) as e:
        visible = cible.parent / f"{cible.name} - fichiers gardés {secrets.token_hex(2)}"
        ancien.rename(visible)
        raise ErreurDepot(
            "Le nouveau dépôt est en place, mais des fichiers ajoutés pendant son écriture n’ont pas pu y être remis.",
            f"Ils sont dans {visible}.",
        ) from e


def publier(atelier: Path, cible: Path) -> Path | None:
    """Gives `atelier` the name `cible`, in one move. Returns the folder that now holds the former content, if any.

    Where the system cannot exchange two folders, the former one is moved away first and put back if the new one
    cannot take its place; `reprendre` mends a process killed in between.
    """
    if not cible.exists():
        atelier.rename(cible)
        return None
    shutil.copymode(cible, atelier)
    if _echanger(atelier, cible):
        return atelier
    ancien = cible.parent / f".{cible.name}.{_ANCIEN}-{secrets.token_hex(4)}"
    cible.rename(ancien)
    try:
        atelier.rename(cible)
    except BaseException:
        ancien.rename(cible)
        raise
    return ancien


def _echanger(a: Path, b: Path) -> bool:
    """Exchanges two names atomically; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    fonction = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if fonction is None:
        return False
    if fonction(_AU_CWD, os.fsencode(a), _AU_CWD, os.fsencode(b), _ECHANGER) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NON_PRIS_EN_CHARGE:
        return False
    raise OSError(code, os.strerror(code), str(b))
