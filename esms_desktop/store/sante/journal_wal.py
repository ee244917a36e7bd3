"""The -wal of a base read from the outside: which frames hold, which page each one carries, whether commits were lost in it."""

import struct
from dataclasses import dataclass
from pathlib import Path

from esms_desktop.store.cles.chiffrement import PAGE

_ENTETE = 32
_CADRE = 24 + PAGE
_MAGIES = (0x377F0682, 0x377F0683)
# Far more than a session leaves; past it the rest is not looked at.
_CADRES_MAX = 200_000


@dataclass(frozen=True)
class JournalWal:
    """A -wal.

    Args:
        pages: for each page of the last whole commit, where its bytes are in the file.
        taille: pages of the base after that commit, 0 when there is none.
        perdus: commits of the same series that follow a frame which does not hold: nobody can read them any more.
    """

    pages: dict[int, int]
    taille: int
    perdus: int


def lire_wal(chemin: Path) -> JournalWal:
    """Reads the -wal of a base; an absent or an empty one holds nothing.

    Raises:
        OSError: it cannot be read.
    """
    try:
        octets = chemin.read_bytes()
    except FileNotFoundError:
        octets = b""
    if len(octets) < _ENTETE:
        return JournalWal({}, 0, 0)
    magie, _version, page, _point, sel1, sel2, s1, s2 = struct.unpack(">8I", octets[:_ENTETE])
    if magie not in _MAGIES or page != PAGE:
        # Whatever it held is out of reach, if it held anything.
        return JournalWal({}, 0, _commits(octets, None, 0))
    ordre = ">" if magie & 1 else "<"
    somme = _somme(octets[: _ENTETE - 8], 0, 0, ordre)
    if somme != (s1, s2):
        return JournalWal({}, 0, _commits(octets, (sel1, sel2), 0))
    attente: dict[int, int] = {}
    pages: dict[int, int] = {}
    taille, rang = 0, 0
    while rang < _CADRES_MAX:
        debut = _ENTETE + rang * _CADRE
        cadre = octets[debut : debut + _CADRE]
        if len(cadre) < _CADRE:
            break
        numero, fin, c1, c2, k1, k2 = struct.unpack(">6I", cadre[:24])
        if (c1, c2) != (sel1, sel2):
            break
        suite = _somme(cadre[24:], *_somme(cadre[:8], *somme, ordre), ordre)
        if suite != (k1, k2) or not numero:
            break
        somme = suite
        attente[numero] = debut + 24
        if fin:
            pages.update(attente)
            attente.clear()
            taille = fin
        rang += 1
    return JournalWal(pages, taille, _commits(octets, (sel1, sel2), rang))


def _commits(octets: bytes, sels: tuple[int, int] | None, rang: int) -> int:
    """How many frames from that one on end a commit of the same series."""
    combien = 0
    while rang < _CADRES_MAX:
        debut = _ENTETE + rang * _CADRE
        # A frame cut short is the last thing a power cut was writing: nobody was told that it was kept.
        if len(octets) < debut + _CADRE:
            break
        numero, fin, c1, c2 = struct.unpack(">4I", octets[debut : debut + 16])
        combien += bool(numero and fin and (sels is None or (c1, c2) == sels))
        rang += 1
    return combien


def _somme(octets: bytes, s1: int, s2: int, ordre: str) -> tuple[int, int]:
    mots = struct.unpack(f"{ordre}{len(octets) // 4}I", octets)
    for i in range(0, len(mots), 2):
        s1 = (s1 + mots[i] + s2) & 0xFFFFFFFF
        s2 = (s2 + mots[i + 1] + s1) & 0xFFFFFFFF
    return s1, s2
