"""The pages of a base read one by one with its key, from outside SQLite: a spoilt page costs that page, and nothing else."""

from pathlib import Path

from esms_desktop.store.cles.chiffrement import PAGE, Cle, Sceau
from esms_desktop.store.sante.journal_wal import lire_wal

# SQLCipher keeps 16 bytes of IV and 64 of seal at the end of each page.
RESERVE = 80
UTILE = PAGE - RESERVE
_ENTETE_EN_CLAIR = b"SQLite format 3\x00"


class Pages:
    """The pages of a base and of its -wal, in clear, in memory only.

    Args:
        base: a base that nothing has open.
        cle: its key.
        sel: the first 16 bytes it should have.
    """

    def __init__(self, base: Path, cle: Cle, sel: bytes) -> None:
        self._octets = base.read_bytes()
        wal = base.with_name(base.name + "-wal")
        journal = lire_wal(wal)
        self._wal = wal.read_bytes() if journal.pages else b""
        self._journal = journal
        self._sceau = Sceau(cle, sel)
        self._cle = cle
        self.nombre = journal.taille or -(-len(self._octets) // PAGE)
        self.abimees: set[int] = set()
        self._lues: dict[int, bytes | None] = {}

    @property
    def perdus(self) -> int:
        """Commits of the -wal that nobody can read any more."""
        return self._journal.perdus

    def page(self, numero: int) -> bytes | None:
        """The 4016 useful bytes of a page; None when it is absent or its seal does not hold, which is noted."""
        if numero not in self._lues:
            self._lues[numero] = self._lire(numero)
            if self._lues[numero] is None:
                self.abimees.add(numero)
        return self._lues[numero]

    def _lire(self, numero: int) -> bytes | None:
        place = self._journal.pages.get(numero)
        brute = (
            self._octets[(numero - 1) * PAGE : numero * PAGE]
            if place is None
            else self._wal[place : place + PAGE]
        )
        if numero < 1 or len(brute) < PAGE or not self._sceau.tient(brute, numero):
            return None
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES256
        from cryptography.hazmat.primitives.ciphers.modes import CBC

        debut = 16 if numero == 1 else 0
        dechiffreur = Cipher(AES256(self._cle.octets), CBC(brute[UTILE : UTILE + 16])).decryptor()
        clair = dechiffreur.update(brute[debut:UTILE]) + dechiffreur.finalize()
        return (_ENTETE_EN_CLAIR + clair) if numero == 1 else clair
