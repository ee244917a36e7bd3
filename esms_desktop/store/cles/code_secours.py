"""The recovery code: 160 random bits as a person copies them, and the key of the base they make."""

import hashlib
import secrets

from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles.chiffrement import Cle

OCTETS = 20
GROUPES = 9
# Crockford's 32 signs: no I, L, O nor U, which a hand mistakes for 1, 1, 0 and V.
_SIGNES = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRIS_POUR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LONGUEUR = 4 * GROUPES


def tirer() -> bytes:
    """A new code."""
    return secrets.token_bytes(OCTETS)


def ecrire(code: bytes) -> str:
    """The code in nine groups of four signs joined by hyphens; the last group checks the others."""
    signes = _en_signes(code) + _controle(code)
    return "-".join(signes[i : i + 4] for i in range(0, _LONGUEUR, 4))


def dernier_groupe(code: bytes) -> str:
    """What the person types back to show that the sheet is in hand."""
    return _controle(code)


def nettoyer(texte: str) -> str:
    """What was typed, in the signs of a code: case, spaces and hyphens do not count, nor an O for a zero."""
    return "".join(c for c in texte.upper().translate(_PRIS_POUR) if c.isalnum())


def lire(texte: str) -> bytes:
    """The code that was typed.

    Raises:
        ErreurCle: it is not whole, or a sign at least is wrong; no file was looked at.
    """
    signes = nettoyer(texte)
    if len(signes) != _LONGUEUR:
        raise ErreurCle(
            f"Le code de secours compte {GROUPES} groupes de 4 signes ; vous en avez donné {len(signes)} sur {_LONGUEUR}.",
            "Recopiez-le en entier depuis la feuille.",
        )
    intrus = sorted({c for c in signes if c not in _SIGNES})
    if intrus:
        raise ErreurCle(
            f"Le code de secours ne contient jamais le signe « {intrus[0]} ».",
            "Vérifiez-le signe par signe sur la feuille.",
        )
    nombre = 0
    for signe in signes[:-4]:
        nombre = nombre * 32 + _SIGNES.index(signe)
    code = nombre.to_bytes(OCTETS, "big")
    if _controle(code) != signes[-4:]:
        raise ErreurCle(
            "Le code de secours est mal recopié : son dernier groupe ne correspond pas aux autres.",
            "Vérifiez-le signe par signe sur la feuille.",
        )
    return code


def ressemble(texte: str) -> bool:
    """Whether what was typed for a phrase is a whole code."""
    try:
        lire(texte)
    except ErreurCle:
        return False
    return True


def cle_du_code(code: bytes) -> Cle:
    """The key of a base made with this code (HKDF-SHA256): with the code, the base alone is enough."""
    # Late: 30 ms that a base opened by the keyring does not pay.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return Cle(HKDF(SHA256(), length=32, salt=None, info=b"esms-desktop base 1").derive(code))


def _en_signes(octets: bytes) -> str:
    nombre = int.from_bytes(octets, "big")
    return "".join(_SIGNES[nombre >> (5 * i) & 31] for i in reversed(range(len(octets) * 8 // 5)))


def _controle(code: bytes) -> str:
    return _en_signes(hashlib.sha256(b"esms-desktop code 1" + code).digest()[:5])[:4]
