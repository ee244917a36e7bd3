"""Who has a base open, for the other computers that see its folder: one small file beside it for each program that has."""

import json
import os
import platform
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from esms_desktop.store.fichiers import ecrire_entier
from esms_desktop.store.lieu import lieu_de

# A program that has it open says so again this often; without news for four times as long, it is likely gone.
BATTEMENT_S = 300
_SILENCE_S = 4 * BATTEMENT_S
_TAILLE_MAX = 4096


@dataclass(frozen=True)
class Occupant:
    """A program of another computer that says it has the base open.

    Args:
        qui, machine: the account and the computer.
        depuis: when it opened the base, local time there, ISO.
        silence_s: for how long it has given no news, by the clock of the disk; 0 when the disk does not say.
        fichier: what says so.
        vue: by which path it sees the base, without telling it; empty when it does not say.
    """

    qui: str
    machine: str
    depuis: str
    silence_s: int
    fichier: Path
    vue: str = ""

    @property
    def parti(self) -> bool:
        """Whether it has been silent for so long that it likely ended without a word."""
        return self.silence_s > _SILENCE_S


def machine() -> str:
    """What tells this computer from another, without naming it."""
    nom = platform.node()
    with suppress(OSError):
        nom += Path("/etc/machine-id").read_text(encoding="ascii", errors="replace").strip()
    return sha256(nom.encode("utf-8", "replace")).hexdigest()[:12]


def _vue(base: Path) -> str:
    """By which path this program sees the base: two mounts of one folder know nothing of each other's locks."""
    return sha256(os.fsencode(os.path.realpath(base))).hexdigest()[:12]


def _dossier_et_nom(base: Path) -> tuple[Path, str]:
    vrai = Path(os.path.realpath(base))
    return vrai.parent, vrai.name


class Presence:
    """Says that this program has the base open, until `rendre`."""

    def __init__(self, base: Path, qui: str, depuis: datetime) -> None:
        dossier, nom = _dossier_et_nom(base)
        self._fichier = dossier / f"{nom}.ouverte-{machine()}-{os.getpid()}.json"
        self._texte = json.dumps(
            {
                "qui": qui,
                "machine": platform.node() or "un ordinateur",
                "depuis": depuis.isoformat(timespec="seconds"),
                "pid": os.getpid(),
                "vue": _vue(base),
            }
        )

    def prendre(self) -> None:
        """Writes it.

        Raises:
            OSError: the folder refuses.
        """
        ecrire_entier(self._fichier, self._texte.encode())

    def battre(self) -> None:
        """Says again that it is there; a folder that refuses for now is tried at the next beat."""
        with suppress(OSError):
            os.utime(self._fichier)

    def tenue(self) -> bool:
        """Whether it still says so: another computer may have taken the base over, told that this one was gone."""
        return self._fichier.exists()

    def rendre(self) -> None:
        """Takes it away."""
        with suppress(OSError):
            self._fichier.unlink(missing_ok=True)


def autres(base: Path) -> tuple[Occupant, ...]:
    """The programs of other computers that say they have the base open, and those of this one that see its folder by another
    mount; those of this one that died are forgotten.
    """
    dossier, nom = _dossier_et_nom(base)
    motif = re.compile(re.escape(nom) + r"\.ouverte-(?P<machine>[0-9a-f]{12})-(?P<pid>\d+)\.json")
    ici, vue, trouves = machine(), _vue(base), []
    du_reseau = lieu_de(base).genre == "reseau"
    try:
        fichiers = sorted(f.name for f in dossier.iterdir() if f.name.startswith(f"{nom}.ouverte-"))
    except OSError:
        return ()
    for fichier in fichiers:
        lu = motif.fullmatch(fichier)
        if lu is None:
            continue
        chemin = dossier / fichier
        occupant = _lire(chemin)
        if occupant is not None and lu["machine"] == ici and not _vit(int(lu["pid"])):
            # A sandbox may hide a program that lives: only a long silence has its file go.
            if occupant.parti:
                with suppress(OSError):
                    oublier((occupant,))
            continue
        if occupant is None or (lu["machine"] == ici and (not du_reseau or occupant.vue in ("", vue))):
            continue
        trouves.append(occupant)
    return tuple(trouves)


def oublier(occupants: tuple[Occupant, ...]) -> None:
    """Takes away what other computers left, once the person says they are gone.

    Raises:
        OSError: the folder refuses.
    """
    for occupant in occupants:
        occupant.fichier.unlink(missing_ok=True)


def _lire(chemin: Path) -> Occupant | None:
    try:
        with chemin.open("rb") as flux:
            octets = flux.read(_TAILLE_MAX)
        ecrit = chemin.stat().st_mtime
    except FileNotFoundError:
        # Gone between the two: the other one has closed.
        return None
    except OSError:
        octets, ecrit = b"", 0.0
    silence = _horloge(chemin.parent) - ecrit if ecrit else 0
    champs = {"qui": "quelqu’un", "machine": "un autre ordinateur", "depuis": "", "vue": ""}
    with suppress(ValueError, TypeError, AttributeError):
        lu = json.loads(octets)
        champs |= {n: str(lu[n])[:120] for n in champs if n in lu}
    return Occupant(**champs, silence_s=max(0, int(silence)), fichier=chemin)


def _horloge(dossier: Path) -> float:
    """Now, by the clock that dates the files of that folder; where nothing can be made, that of this computer."""
    import tempfile

    try:
        with tempfile.TemporaryFile(dir=dossier) as temoin:
            return os.fstat(temoin.fileno()).st_mtime
    except OSError:
        return time.time()


def _vit(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if os.name == "nt":  # pragma: no cover
        return _vit_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _vit_windows(pid: int) -> bool:  # pragma: no cover
    import ctypes

    poignee = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # type: ignore[attr-defined,unused-ignore]
    if not poignee:
        return False
    ctypes.windll.kernel32.CloseHandle(poignee)  # type: ignore[attr-defined,unused-ignore]
    return True
