"""From a secret phrase to a key; the work can be started ahead, in a thread, while the program loads."""

import hashlib
import os
import threading
import unicodedata
from pathlib import Path

from esms_desktop.errors import ErreurCle
from esms_desktop.store.temoin import Temoin, lire_temoin

VARIABLE = "ESMS_DESKTOP_PHRASE"

_Demande = tuple[str, Temoin]


class _Avance(threading.Thread):
    def __init__(self, demande: _Demande) -> None:
        super().__init__(name="derivation", daemon=True)
        self._demande = demande
        self.octets = b""

    def run(self) -> None:
        self.octets = _scrypt(*self._demande)


_avances: dict[_Demande, _Avance] = {}


def deriver(phrase: str, temoin: Temoin) -> bytes:
    """The 32 bytes scrypt makes from the phrase as the sidecar says; about 250 ms, less what was done ahead."""
    avance = _avances.pop((phrase, temoin), None)
    if avance is not None:
        avance.join()
        if avance.octets:
            return avance.octets
    return _scrypt(phrase, temoin)


def anticiper(base: Path) -> None:
    """Starts deriving the key of `base` from ESMS_DESKTOP_PHRASE, when that is how it opens; says nothing otherwise."""
    phrase = os.environ.get(VARIABLE)
    if not phrase:
        return
    try:
        temoin = lire_temoin(base)
    except ErreurCle:
        # The opening that follows meets the same file and tells the person.
        return
    if temoin is not None and temoin.mode == "phrase":
        avance = _avances[phrase, temoin] = _Avance((phrase, temoin))
        avance.start()


def _scrypt(phrase: str, temoin: Temoin) -> bytes:
    # The same phrase typed on two keyboards may come composed or not: NFC makes them one.
    octets = unicodedata.normalize("NFC", phrase).encode("utf-8")
    memoire = 128 * temoin.n * temoin.r + 2**20
    return hashlib.scrypt(
        octets, salt=bytes.fromhex(temoin.sel), n=temoin.n, r=temoin.r, p=temoin.p, maxmem=memoire, dklen=32
    )
