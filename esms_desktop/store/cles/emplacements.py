"""The slots of a key: each one gives it back from one secret (keyring, phrase, recovery code), says whether it is whole, and
stands alone.

A slot is one flat JSON object on a line of its own, with a sum over itself: what spoils one leaves the others as they are.
"""

import contextlib
import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from esms_desktop.store.cles.chiffrement import Cle

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

Genre = Literal["trousseau", "phrase", "code", "attente"]
GENRES = ("trousseau", "phrase", "code", "attente")

# scrypt, about 250 ms and 32 MiB: what OWASP holds equivalent to N = 2^17, p = 1.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 3
_PLAFOND_MEMOIRE = 2**28
_INFO = b"esms-desktop emplacement 1 "
_OBJET = re.compile(r"\{[^{}]*\}")


class Scrypt(NamedTuple):
    """How scrypt goes from a phrase to 32 bytes. `sel`: hex."""

    sel: str
    n: int
    r: int
    p: int


@dataclass(frozen=True)
class Emplacement:
    """One slot.

    Args:
        genre: "trousseau" (the key is in the keyring), "phrase", "code" (the code makes the key), or "attente" (the code itself,
            sealed by the key, until the person has shown that the sheet is in hand).
        base: the first 16 bytes of the file it opens, in hex; empty in a slot of the first format, which does not say.
        controle: what recognises the key, in hex; empty in a slot of the first format.
        nom: its entry in the keyring.
        sel, n, r, p: how scrypt goes from the phrase to the pair of keys of the slot.
        publique, scelle: the public key of the slot and the key sealed to it (HPKE), in hex. A slot of the first format has
            neither: what scrypt gives is the key.
    """

    genre: Genre
    base: str = ""
    controle: str = ""
    nom: str = ""
    sel: str = ""
    n: int = 0
    r: int = 0
    p: int = 0
    publique: str = ""
    scelle: str = ""

    @property
    def ancien(self) -> bool:
        """Whether it is of the first format."""
        return not self.base

    @property
    def scrypt(self) -> Scrypt:
        """The numbers of scrypt."""
        return Scrypt(self.sel, self.n, self.r, self.p)

    def reconnait(self, cle: Cle) -> bool:
        """Whether `cle` is the key this slot keeps; a slot of the first format cannot say and answers no."""
        return bool(self.controle) and hmac.compare_digest(self.controle, controle(cle, self.base))


class Lus(NamedTuple):
    """What was read of a text of slots. `abimes`: something in it is not whole."""

    emplacements: tuple[Emplacement, ...]
    abimes: bool


def controle(cle: Cle, base: str) -> str:
    """What recognises a key without giving it."""
    return hmac.digest(cle.octets, b"esms-desktop controle 1 " + base.encode(), "sha256")[:16].hex()


# Making and opening.


def du_trousseau(cle: Cle, base: str) -> Emplacement:
    """The slot of a key that the keyring keeps; the name of its entry can be told from the base alone."""
    return Emplacement("trousseau", base, controle(cle, base), nom=nom_au_trousseau(base))


def nom_au_trousseau(base: str) -> str:
    """Under what name the keyring keeps the key of a base."""
    return f"base-{base}"


def du_code(cle: Cle, base: str) -> Emplacement:
    """The slot that recognises the code: the key is made of it, nothing is kept."""
    return Emplacement("code", base, controle(cle, base))


def de_la_phrase(cle: Cle, base: str, derive: bytes, nombres: Scrypt) -> Emplacement:
    """The slot of a phrase, from what scrypt made of it with `nombres`."""
    publique = _privee(derive).public_key().public_bytes_raw().hex()
    return Emplacement(
        "phrase",
        base,
        controle(cle, base),
        **nombres._asdict(),
        publique=publique,
        scelle=_sceller(cle, base, publique),
    )


def pour_une_autre_cle(emplacement: Emplacement, cle: Cle, base: str) -> Emplacement:
    """The same phrase for another key of the base: its public key is enough, nobody types the phrase again."""
    scelle = _sceller(cle, base, emplacement.publique)
    return Emplacement(
        "phrase",
        base,
        controle(cle, base),
        **emplacement.scrypt._asdict(),
        publique=emplacement.publique,
        scelle=scelle,
    )


def ouvrir_par_phrase(emplacement: Emplacement, derive: bytes) -> Cle | None:
    """The key, None when this is not the phrase; `derive`: what scrypt made of it. The first format answers whatever it is."""
    if emplacement.ancien:
        return Cle(derive)
    from cryptography.exceptions import InvalidTag

    privee = _privee(derive)
    if privee.public_key().public_bytes_raw().hex() != emplacement.publique:
        return None
    try:
        cle = Cle(_suite().decrypt(bytes.fromhex(emplacement.scelle), privee, _info(emplacement.base)))
    except (InvalidTag, ValueError):
        return None
    return cle if emplacement.reconnait(cle) else None


def mettre_en_attente(cle: Cle, base: str, code: bytes) -> Emplacement:
    """The code, sealed by the key it makes, for as long as the sheet is not confirmed."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    publique = X25519PrivateKey.from_private_bytes(_graine_de_l_attente(cle)).public_key()
    scelle = _suite().encrypt(code, publique, _info(base)).hex()
    return Emplacement("attente", base, controle(cle, base), scelle=scelle)


def code_en_attente(emplacement: Emplacement, cle: Cle) -> bytes | None:
    """The code that waits for its confirmation; None when it is not of this key."""
    from cryptography.exceptions import InvalidTag

    try:
        privee = _privee(_graine_de_l_attente(cle))
        code: bytes = _suite().decrypt(bytes.fromhex(emplacement.scelle), privee, _info(emplacement.base))
    except (InvalidTag, ValueError):
        return None
    return code


def _graine_de_l_attente(cle: Cle) -> bytes:
    return hmac.digest(cle.octets, b"esms-desktop attente 1", "sha256")


def _privee(octets: bytes) -> "X25519PrivateKey":
    # Late: 30 ms that a base opened by the keyring does not pay.
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(octets)


def _sceller(cle: Cle, base: str, publique: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    destinataire = X25519PublicKey.from_public_bytes(bytes.fromhex(publique))
    return str(_suite().encrypt(cle.octets, destinataire, _info(base)).hex())


def _suite() -> Any:
    # HPKE (RFC 9180): a key sealed to a public key, so that the key of the base can change without its phrase.
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _info(base: str) -> bytes:
    return _INFO + base.encode()


# Text.


def en_texte(emplacements: Iterable[Emplacement]) -> str:
    """One line for each slot."""
    return "".join(_ligne(e) + "\n" for e in emplacements)


def _ligne(emplacement: Emplacement) -> str:
    champs = {nom: v for nom, v in asdict(emplacement).items() if v not in ("", 0)}
    return json.dumps(champs | {"somme": _somme(champs)})


def _somme(champs: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(champs, sort_keys=True).encode()).hexdigest()[:16]


def lire_texte(texte: str) -> Lus:
    """The slots that are whole in a text, each once, whatever surrounds them; and whether something is not whole."""
    trouves: dict[Emplacement, None] = {}
    abimes = bool(_OBJET.sub("", texte).strip())
    for objet in _OBJET.findall(texte):
        emplacement = _lire_objet(objet)
        if emplacement is None:
            abimes = True
        else:
            trouves[emplacement] = None
    return Lus(tuple(trouves), abimes)


_CHAMPS = frozenset(f.name for f in fields(Emplacement))


def _lire_objet(objet: str) -> Emplacement | None:
    with contextlib.suppress(ValueError, TypeError, KeyError):
        champs = json.loads(objet)
        if "mode" in champs:
            emplacement = _premier_format(champs)
        else:
            somme = champs.pop("somme")
            if somme != _somme(champs) or not champs.keys() <= _CHAMPS:
                return None
            emplacement = Emplacement(**champs)
        if _coherent(emplacement):
            return emplacement
    return None


def _premier_format(champs: dict[str, Any]) -> Emplacement:
    """The sidecar that kept one way only: `{"mode", "id", "sel", "n", "r", "p"}`."""
    if not {"mode", "id", "sel", "n", "r", "p"} >= champs.keys():
        raise ValueError("unknown field")
    return Emplacement(
        champs["mode"],
        nom=champs.get("id", ""),
        **{nom: champs[nom] for nom in ("sel", "n", "r", "p") if nom in champs},
    )


def _coherent(e: Emplacement) -> bool:
    if e.genre not in GENRES or not all(
        isinstance(v, str) for v in (e.base, e.controle, e.nom, e.sel, e.publique, e.scelle)
    ):
        return False
    if not e.ancien and (len(bytes.fromhex(e.base)) != 16 or len(bytes.fromhex(e.controle)) != 16):
        return False
    if e.genre == "trousseau":
        return bool(e.nom)
    if e.genre == "code":
        return not e.ancien
    if e.genre == "attente":
        return not e.ancien and bool(bytes.fromhex(e.scelle))
    if len(bytes.fromhex(e.sel)) < 16:
        return False
    if not e.ancien and (len(bytes.fromhex(e.publique)) != 32 or not bytes.fromhex(e.scelle)):
        return False
    entiers = all(type(v) is int and v > 0 for v in (e.n, e.r, e.p))
    # A spoilt number must not eat the memory of the machine.
    return entiers and e.n > 1 and e.n & (e.n - 1) == 0 and 128 * e.n * e.r <= _PLAFOND_MEMOIRE and e.p <= 16
