"""The sidecar of a base, `<base>.cle.json`: how its key is kept, never the key."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from esms_desktop.errors import ErreurCle

# scrypt, about 250 ms and 32 MiB: what OWASP holds equivalent to N = 2^17, p = 1.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 3
_PLAFOND_MEMOIRE = 2**28


@dataclass(frozen=True)
class Temoin:
    """How a key is kept. `id`: its entry in the keyring; `sel` (hex), `n`, `r`, `p`: how scrypt makes it from the phrase."""

    mode: Literal["trousseau", "phrase"]
    id: str = ""
    sel: str = ""
    n: int = 0
    r: int = 0
    p: int = 0


def chemin_du_temoin(base: Path) -> Path:
    """Where the sidecar of a base is."""
    return base.with_name(base.name + ".cle.json")


def lire_temoin(base: Path) -> Temoin | None:
    """The sidecar of the base, None when there is none.

    Raises:
        ErreurCle: it is there but cannot be read.
    """
    chemin = chemin_du_temoin(base)
    try:
        donnees = json.loads(chemin.read_text(encoding="utf-8"))
        temoin = Temoin(**donnees)
        if not _coherent(temoin):
            raise ValueError("champs incohérents")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as erreur:
        raise ErreurCle(
            f"« {chemin.name} », qui dit comment la clé de la base est gardée, ne se lit pas.",
            "La base n’a pas été touchée ; remettez ce fichier depuis une copie de sauvegarde.",
        ) from erreur
    return temoin


def _coherent(t: Temoin) -> bool:
    if t.mode == "trousseau":
        return isinstance(t.id, str) and bool(t.id)
    if t.mode != "phrase" or not isinstance(t.sel, str) or len(bytes.fromhex(t.sel)) < 16:
        return False
    entiers = all(type(v) is int and v > 0 for v in (t.n, t.r, t.p))
    # A spoilt number must not eat the memory of the machine.
    return entiers and t.n > 1 and t.n & (t.n - 1) == 0 and 128 * t.n * t.r <= _PLAFOND_MEMOIRE and t.p <= 16


def ecrire_temoin(base: Path, temoin: Temoin) -> Path | None:
    """Writes the sidecar whole, and never over another: None when one was put there meanwhile."""
    chemin = chemin_du_temoin(base)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    poignee, nom = tempfile.mkstemp(prefix=f".{chemin.name}.", dir=chemin.parent)
    neuf = Path(nom)
    try:
        with os.fdopen(poignee, "w", encoding="utf-8") as flux:
            json.dump(asdict(temoin), flux, indent=1)
            flux.flush()
            os.fsync(flux.fileno())
        return chemin if poser(neuf, chemin) else None
    finally:
        neuf.unlink(missing_ok=True)


def poser(neuf: Path, place: Path) -> bool:
    """Puts a finished file in its place unless something is already there; says whether it did.

    A hard link is the atomic way to never overwrite; where the disk has none, a rename does it.
    """
    try:
        os.link(neuf, place)
    except FileExistsError:
        return False
    except OSError:
        if place.exists():
            return False
        neuf.replace(place)
    return True
