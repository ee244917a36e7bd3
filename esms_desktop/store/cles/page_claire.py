"""One page of a base that reads without its key: the slots of the phrase and of the code, for a base copied alone.

SQLCipher leaves no room for it: every byte of a page is ciphertext, vector or seal. But whoever has the key may choose the
ciphertext. A row of the table `ouverture` holds bytes that mean nothing, long enough for a page of their own; that page is written
from outside SQLite, so that its *ciphertext* is our text. Its vector makes its first clear bytes those of the last page of a chain,
its seal is right: SQLite, SQLCipher and every check read a page like any other, whose content nobody uses.

What writes the page again (VACUUM, a restoration) only loses the text, which the next opening puts back.
"""

import logging
import mmap
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.store.cles.chiffrement import PAGE, Cle, Sceau
from esms_desktop.store.cles.emplacements import Emplacement, en_texte
from esms_desktop.store.engine import connexion_nue

_journal = logging.getLogger(__name__)
MARQUE = b"=ESMS CLES 0001="
# A page: ciphertext, 16 bytes of vector, 64 of seal.
_UTILE, _VECTEUR = PAGE - 80, 16
# SQLite keeps 479 bytes of such a row in its leaf and fills one page with the rest; 4 bytes of it say what the row holds.
_ICI, _AILLEURS = 479, _UTILE - 4
_LONGUEUR = _ICI + _AILLEURS - 4
# Where it is looked for at each opening: a table made with the base is among its first pages.
_DEBUT = 512 * PAGE


def a_montrer(emplacements: Iterable[Emplacement]) -> str:
    """The text of the slots that a page holds: none where no phrase opens the base."""
    nos = [e for e in emplacements if not e.ancien and e.genre in ("phrase", "code")]
    return en_texte(nos) if any(e.genre == "phrase" for e in nos) else ""


def lire(chemin: Path, debut: bool = False) -> str | None:
    """The text of the page of a base; None when it has none.

    Never of a base this process has open: closing a file lets go of the locks the process holds on it.

    Args:
        debut: only the first pages are looked at.

    Raises:
        OSError: the file cannot be read.
    """
    with chemin.open("rb") as flux:
        taille = flux.seek(0, 2)
        if taille < PAGE:
            return None
        with mmap.mmap(
            flux.fileno(), min(taille, _DEBUT) if debut else taille, access=mmap.ACCESS_READ
        ) as vue:
            place = vue.find(MARQUE)
            while place >= 0 and place % PAGE:
                place = vue.find(MARQUE, place + 1)
            return None if place < 0 else _texte(vue[place : place + PAGE])


def _texte(page: bytes) -> str:
    return page[len(MARQUE) : _UTILE].rstrip(b"\0").decode("utf-8", "replace")


def poser(chemin: Path, cle: Cle, emplacements: Iterable[Emplacement]) -> bool:
    """Has the base hold these slots where they read without its key; whether it does now.

    Whoever else has the base open may make it wait for the next time: nothing of it is ever needed to open the base here. To be
    called while this process does not have it open.
    """
    voulu = a_montrer(emplacements)
    try:
        if (lire(chemin, debut=True) or "") == voulu:
            return True
        if len(voulu.encode()) > _UTILE - len(MARQUE) or cle.sel is None:
            return False
        # The file is closed after the connection, and not before: see `lire`.
        with chemin.open("r+b", buffering=0) as flux, connexion_nue(chemin, cle) as connexion:
            connexion.execute("PRAGMA busy_timeout = 0")
            connexion.execute("PRAGMA synchronous = FULL")
            return _poser(connexion, flux, chemin, cle, voulu)
    except (OSError, sqlcipher.Error) as erreur:
        _journal.info("les emplacements n’ont pas pu être écrits dans la base : %s", type(erreur).__name__)
        return False


def _poser(connexion: Any, flux: BinaryIO, chemin: Path, cle: Cle, voulu: str) -> bool:
    racine = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ouverture'").fetchone()
    if racine is None:
        if not voulu:
            return True
        connexion.execute("BEGIN IMMEDIATE")
        connexion.execute("CREATE TABLE ouverture (id INTEGER PRIMARY KEY, octets BLOB NOT NULL)")
        connexion.execute("INSERT INTO ouverture VALUES (1, ?)", (secrets.token_bytes(_LONGUEUR),))
        connexion.execute("COMMIT")
        racine = connexion.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ouverture'").fetchone()
    occupe = connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connexion.execute("BEGIN IMMEDIATE")
    try:
        wal = chemin.with_name(chemin.name + "-wal")
        if occupe[0] or (wal.exists() and wal.stat().st_size):
            # The file does not hold all there is: its pages may have moved.
            return False
        assert cle.sel is not None
        sceau = Sceau(cle, cle.sel)
        numero = _page_du_reste(_dechiffrer(_lue(flux, racine[0]), cle))
        if numero is None or not _est_la_notre(connexion, _lue(flux, numero), numero, cle, sceau):
            return False
        flux.seek((numero - 1) * PAGE)
        flux.write(_page(voulu, numero, cle, sceau))
        os.fsync(flux.fileno())
        return True
    finally:
        connexion.execute("ROLLBACK")


def _lue(flux: BinaryIO, numero: int) -> bytes:
    flux.seek((numero - 1) * PAGE)
    return flux.read(PAGE)


def _page_du_reste(feuille: bytes) -> int | None:
    """The page where the only row of the table goes on; None when it is not as this module made it."""
    if feuille[0] != 0x0D or feuille[3:5] != b"\0\1":
        return None
    place = int.from_bytes(feuille[8:10], "big")
    # Its length, on two bytes; its number, on one; what is here of it; the page of the rest.
    longueur = (feuille[place] & 0x7F) << 7 | feuille[place + 1]
    if longueur != _ICI + _AILLEURS:
        return None
    fin = place + 3 + _ICI
    return int.from_bytes(feuille[fin : fin + 4], "big")


def _est_la_notre(connexion: Any, page: bytes, numero: int, cle: Cle, sceau: Sceau) -> bool:
    """Whether a page is that of the row: it holds what SQLite reads there, or our text, cut short by a power cut."""
    if len(page) < PAGE:
        return False
    if not sceau.tient(page, numero):
        return page.startswith(MARQUE)
    octets: bytes = connexion.execute("SELECT octets FROM ouverture WHERE id = 1").fetchone()[0]
    return _dechiffrer(page, cle) == bytes(4) + octets[-_AILLEURS:]


def _page(texte: str, numero: int, cle: Cle, sceau: Sceau) -> bytes:
    """A page whose ciphertext is a text, which decrypts to the last page of a chain, and whose seal holds."""
    chiffre = (MARQUE + texte.encode()).ljust(_UTILE, b"\0")
    premier = _dechiffrer(chiffre + bytes(_VECTEUR), cle)[:_VECTEUR]
    voulu = bytes(4) + secrets.token_bytes(_VECTEUR - 4)
    vecteur = bytes(a ^ b for a, b in zip(premier, voulu, strict=True))
    return chiffre + vecteur + sceau.de(chiffre + vecteur, numero)


def _dechiffrer(page: bytes, cle: Cle) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    dechiffreur = Cipher(AES256(cle.octets), CBC(page[_UTILE : _UTILE + _VECTEUR])).decryptor()
    return dechiffreur.update(page[:_UTILE]) + dechiffreur.finalize()
