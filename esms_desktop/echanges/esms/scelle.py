"""A file sealed by a phrase, written and read piece by piece: nothing of it ever lies in clear on the disk.

scrypt makes a key of the phrase; each piece of 64 KiB is sealed by ChaCha20-Poly1305 under its rank and whether it is the last
one, the header with it: a piece changed, moved, missing or added does not open.
"""

import hashlib
import io
import os
import struct
import unicodedata
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from esms_desktop.errors import ErreurSaisie

MAGIE = b"ESMS-DOSSIER\x00"
_VERSION = 1
# Magic, version of the sealing, log2 of n, r, p, salt, nonce.
_ENTETE = struct.Struct(f"!{len(MAGIE)}sBBBB16s7s")
_LOG_N, _R, _P = 15, 8, 1
# What a hostile header may not ask of this computer: more than 256 MiB, or minutes.
_LOG_N_MAX, _R_MAX, _P_MAX = 18, 8, 4
_MORCEAU, _SCEAU = 1 << 16, 16


def est_scelle(debut: bytes) -> bool:
    """Whether a file that starts so is sealed."""
    return debut.startswith(MAGIE)


def _cle(phrase: str, log_n: int, r: int, p: int, sel: bytes) -> ChaCha20Poly1305:
    octets = unicodedata.normalize("NFC", phrase).encode("utf-8", "replace")
    n = 1 << log_n
    memoire = 128 * n * r + 2**21
    return ChaCha20Poly1305(hashlib.scrypt(octets, salt=sel, n=n, r=r, p=p, maxmem=memoire, dklen=32))


def _nonce(prefixe: bytes, rang: int, dernier: bool) -> bytes:
    return prefixe + struct.pack("!IB", rang, dernier)


class Scelleur(io.RawIOBase):
    """Writes a sealed file; `conclure` writes the last piece, without which the file does not open."""

    def __init__(self, sortie: BinaryIO, phrase: str) -> None:
        super().__init__()
        sel, self._prefixe = os.urandom(16), os.urandom(7)
        self._entete = _ENTETE.pack(MAGIE, _VERSION, _LOG_N, _R, _P, sel, self._prefixe)
        self._cle = _cle(phrase, _LOG_N, _R, _P, sel)
        self._sortie, self._reste, self._rang, self._ecrits = sortie, bytearray(), 0, 0
        sortie.write(self._entete)

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """How much was written."""
        return self._ecrits

    def write(self, octets: object, /) -> int:
        """Seals what makes whole pieces, and keeps the rest."""
        lus = bytes(octets)  # type: ignore[call-overload]
        self._reste += lus
        self._ecrits += len(lus)
        # One byte at least stays for the last piece.
        while len(self._reste) > _MORCEAU:
            self._sceller(bytes(self._reste[:_MORCEAU]), False)
            del self._reste[:_MORCEAU]
        return len(lus)

    def _sceller(self, clair: bytes, dernier: bool) -> None:
        nonce = _nonce(self._prefixe, self._rang, dernier)
        self._sortie.write(self._cle.encrypt(nonce, clair, self._entete))
        self._rang += 1

    def conclure(self) -> None:
        """Writes the last piece."""
        self._sceller(bytes(self._reste), True)
        self._reste.clear()


class Descelleur(io.RawIOBase):
    """Reads a sealed file, from any place in it.

    Raises:
        ErreurSaisie: another version, a spoilt or cut file, or the wrong phrase.
    """

    def __init__(self, source: BinaryIO, phrase: str, nom: str) -> None:
        super().__init__()
        self._source, self._nom = source, nom
        self._entete = source.read(_ENTETE.size)
        if len(self._entete) != _ENTETE.size:
            raise self._abime()
        magie, version, log_n, r, p, sel, self._prefixe = _ENTETE.unpack(self._entete)
        if magie != MAGIE:
            raise self._abime()
        if version != _VERSION:
            raise ErreurSaisie(
                f"«\u00a0{nom}\u00a0» est scellé d’une façon que cette version du logiciel ne connaît pas.",
                "Installez la dernière version du logiciel.",
            )
        if not (10 <= log_n <= _LOG_N_MAX and 1 <= r <= _R_MAX and 1 <= p <= _P_MAX):
            raise self._abime()
        self._cle = _cle(phrase, log_n, r, p, sel)
        corps = source.seek(0, io.SEEK_END) - _ENTETE.size
        self._pieces, reste = divmod(corps, _MORCEAU + _SCEAU)
        if reste:
            if reste < _SCEAU:
                raise self._abime()
            self._pieces += 1
        elif not self._pieces:
            raise self._abime()
        self._taille = corps - self._pieces * _SCEAU
        self._place, self._connu, self._clair = 0, -1, b""
        try:
            self._piece(0)
        except InvalidTag as e:
            raise ErreurSaisie(
                f"«\u00a0{nom}\u00a0» ne s’ouvre pas avec cette phrase, ou son début est abîmé.",
                "Vérifiez la phrase auprès de qui l’a donné\u00a0; rien n’a été changé.",
            ) from e

    def _abime(self) -> ErreurSaisie:
        return ErreurSaisie(
            f"«\u00a0{self._nom}\u00a0» est abîmé ou incomplet.",
            "Demandez-en une nouvelle copie\u00a0; rien n’a été changé.",
        )

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the reading is."""
        return self._place

    def seek(self, place: int, depuis: int = io.SEEK_SET, /) -> int:
        """Goes elsewhere."""
        debut = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._taille}[depuis]
        self._place = max(0, debut + place)
        return self._place

    def readinto(self, tampon: object, /) -> int:
        """Opens the piece that is there."""
        vue = memoryview(tampon).cast("B")  # type: ignore[arg-type]
        if self._place >= self._taille or not len(vue):
            return 0
        rang, debut = divmod(self._place, _MORCEAU)
        try:
            clair = self._piece(rang)[debut : debut + len(vue)]
        except InvalidTag as e:
            raise self._abime() from e
        vue[: len(clair)] = clair
        self._place += len(clair)
        return len(clair)

    def _piece(self, rang: int) -> bytes:
        if rang != self._connu:
            self._source.seek(_ENTETE.size + rang * (_MORCEAU + _SCEAU))
            scellee = self._source.read(_MORCEAU + _SCEAU)
            nonce = _nonce(self._prefixe, rang, rang == self._pieces - 1)
            self._clair = self._cle.decrypt(nonce, scellee, self._entete)
            self._connu = rang
        return self._clair
