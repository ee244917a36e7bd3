"""From a secret phrase to 32 bytes; the work can be started ahead, in a thread, while the program loads."""

import hashlib
import os
import threading
import unicodedata
from pathlib import Path

from esms_desktop.store.cles.emplacements import Scrypt
from esms_desktop.store.cles.temoin import rassembler

VARIABLE = "ESMS_DESKTOP_PHRASE"

_Demande = tuple[str, Scrypt]


class _Avance(threading.Thread):
    def __init__(self, demande: _Demande) -> None:
        super().__init__(name="derivation", daemon=True)
        self._demande = demande
        self.octets = b""

    def run(self) -> None:
        self.octets = _scrypt(*self._demande)


_avances: dict[_Demande, _Avance] = {}


def deriver(phrase: str, nombres: Scrypt) -> bytes:
    """The 32 bytes scrypt makes from the phrase with these numbers; about 250 ms, less what was done ahead."""
    avance = _avances.pop((phrase, nombres), None)
    if avance is not None:
        avance.join()
        if avance.octets:
            return avance.octets
    return _scrypt(phrase, nombres)


def anticiper(base: Path) -> None:
    """Starts deriving from ESMS_DESKTOP_PHRASE what the first phrase slot of `base` asks; says nothing when there is none."""
    phrase = os.environ.get(VARIABLE)
    if not phrase:
        return
    premier = next((e for e in rassembler(base)[0] if e.genre == "phrase"), None)
    if premier is not None:
        avance = _avances[phrase, premier.scrypt] = _Avance((phrase, premier.scrypt))
        avance.start()


def _scrypt(phrase: str, nombres: Scrypt) -> bytes:
    # The same phrase typed on two keyboards may come composed or not: NFC makes them one.
    octets = unicodedata.normalize("NFC", phrase).encode("utf-8")
    memoire = 128 * nombres.n * nombres.r + 2**20
    return hashlib.scrypt(
        octets,
        salt=bytes.fromhex(nombres.sel),
        n=nombres.n,
        r=nombres.r,
        p=nombres.p,
        maxmem=memoire,
        dklen=32,
    )
