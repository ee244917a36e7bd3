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
        temoin: the sidecar file just written for a base that does not exist yet; it is removed when the base
            cannot be created. None when the sidecar was there before, or when there is none.
    """

    __slots__ = ("_octets", "temoin")

    def __init__(self, octets: bytes, temoin: Path | None = None) -> None:
        if len(octets) != 32:
            raise ValueError("a key has 32 bytes")
        self._octets = octets
        self.temoin = temoin

    @property
    def octets(self) -> bytes:
        """The 32 bytes."""
        return self._octets

    @property
    def pragma(self) -> str:
        """The raw key as SQLCipher reads it: no derivation, 0.2 ms per connection."""
        return f"x'{self._octets.hex()}'"

    def __repr__(self) -> str:
        return "Cle(…)"

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, Cle) and hmac.compare_digest(self._octets, autre._octets)

    def __hash__(self) -> int:
        return hash(self._octets)


def page_une_scellee_par(chemin: Path, cle: Cle) -> bool:
    """Says whether the first page of the file carries the seal of `cle`.

    SQLCipher 4: the page is 16 bytes of salt, the ciphertext, 16 bytes of IV, then an HMAC-SHA512 over ciphertext, IV and
    page number, whose key comes from the raw key by two rounds of PBKDF2. Reading the file is enough: no lock, no -wal.

    Raises:
        OSError: the file cannot be read.
    """
    with chemin.open("rb") as flux:
        page = flux.read(PAGE)
    if len(page) < PAGE:
        return False
    sel = bytes(o ^ 0x3A for o in page[:_SEL])
    cle_du_sceau = hashlib.pbkdf2_hmac("sha512", cle.octets, sel, 2, 32)
    attendu = hmac.digest(cle_du_sceau, page[_SEL:-_SCEAU] + (1).to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(attendu, page[-_SCEAU:])
