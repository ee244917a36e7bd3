"""The key of a base, and the check of a key against a file that touches nothing."""

import hashlib
import hmac
from pathlib import Path

PAGE = 4096
_SEL = 16
_SCEAU = 64
ENTETE_EN_CLAIR = b"SQLite format 3\x00"


class Cle:
    """A raw 32-byte key. Its `repr` hides it.

    Args:
        octets: the 32 bytes.
        sel: the first 16 bytes of its file, made or to make; None when nobody asked.
        temoin: the sidecar file just written for a base that does not exist yet; it is removed when the base
            cannot be created. None when the sidecar was there before, or when there is none.
    """

    __slots__ = ("_octets", "sel", "temoin")

    def __init__(self, octets: bytes, temoin: Path | None = None, sel: bytes | None = None) -> None:
        if len(octets) != 32:
            raise ValueError("a key has 32 bytes")
        self._octets = octets
        self.sel = sel
        self.temoin = temoin

    @property
    def octets(self) -> bytes:
        """The 32 bytes."""
        return self._octets

    @property
    def pragma(self) -> str:
        """The raw key as SQLCipher reads it: no derivation, 0.2 ms per connection."""
        return f"x'{self._octets.hex()}'"

    def pragma_avec(self, sel: bytes) -> str:
        """The raw key and the first 16 bytes of the file, which SQLCipher then neither draws nor reads."""
        return f"x'{self._octets.hex()}{sel.hex()}'"

    def __repr__(self) -> str:
        return "Cle(…)"

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Cle) and hmac.compare_digest(self._octets, autre._octets)

    def __hash__(self) -> int:
        return hash(self._octets)


def identite(base: Path) -> str:
    """What tells a base from another without its key: its first 16 bytes, drawn when it was made, in hex; empty when unread.

    Never of a base this process has open: closing a file lets go of the locks the process holds on it.
    """
    try:
        with base.open("rb") as flux:
            debut = flux.read(_SEL)
    except OSError:
        return ""
    return debut.hex() if len(debut) == _SEL and debut != ENTETE_EN_CLAIR else ""


def page_une_scellee_par(chemin: Path, cle: Cle) -> bool:
    """Says whether the first page of the file carries the seal of `cle`. Reading the file is enough: no lock, no -wal.

    Raises:
        OSError: the file cannot be read.
    """
    with chemin.open("rb") as flux:
        page = flux.read(PAGE)
    return len(page) == PAGE and Sceau(cle, page[:_SEL]).tient(page, 1)


class Sceau:
    """Checks the seals of the pages of a file.

    SQLCipher 4: a page is the ciphertext, 16 bytes of IV, then an HMAC-SHA512 over ciphertext, IV and page number, whose key
    comes from the raw key and the salt by two rounds of PBKDF2. The first page begins with the 16 bytes of salt.
    """

    def __init__(self, cle: Cle, sel: bytes) -> None:
        self._cle = hashlib.pbkdf2_hmac("sha512", cle.octets, bytes(o ^ 0x3A for o in sel), 2, 32)

    def tient(self, page: bytes, numero: int) -> bool:
        """Whether the page of that number, from 1, is as it was written."""
        debut = _SEL if numero == 1 else 0
        return hmac.compare_digest(self.de(page[debut:-_SCEAU], numero), page[-_SCEAU:])

    def de(self, corps: bytes, numero: int) -> bytes:
        """The seal of a page: of its ciphertext, its vector and its number."""
        return hmac.digest(self._cle, corps + numero.to_bytes(4, "little"), "sha512")


def une_page_scellee_par(chemin: Path, cle: Cle, sel: bytes, combien: int = 64) -> bool:
    """Says whether a page at least, among `combien` of the whole file, carries the seal of `cle`: the key is then right.

    Args:
        sel: the salt, that of the file or the one a slot remembers.

    Raises:
        OSError: the file cannot be read.
    """
    sceau = Sceau(cle, sel)
    with chemin.open("rb") as flux:
        pages = flux.seek(0, 2) // PAGE
        choisies = {1 + i * pages // combien for i in range(combien)} | {1, 2, 3, pages}
        for numero in sorted(n for n in choisies if 1 <= n <= pages):
            flux.seek((numero - 1) * PAGE)
            if sceau.tient(flux.read(PAGE), numero):
                return True
    return False
