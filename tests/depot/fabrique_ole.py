"""Small compound files of our own: what an old Office file (.doc, .xls) looks like to one who opens its streams."""

import struct
from collections.abc import Mapping
from typing import TypeAlias

Arbre: TypeAlias = Mapping[str, "bytes | Arbre"]

_SECTEUR = 512
_FIN, _LIBRE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
# Below this size a stream would have to live in the small sectors: every stream is made longer.
_SEUIL = 4096
_CHIFFRE_DOC, _FILEPASS = 0x0100, 0x002F


def ole(arbre: Arbre) -> bytes:
    """A compound file (version 3) of one table sector that holds these storages and streams."""
    entrees: list[list[object]] = [["Root Entry", 5, _LIBRE, _LIBRE, _FIN, 0]]
    corps: list[bytes] = []
    _ranger(arbre, 0, entrees, corps)
    table = [_TABLE]
    debuts = []
    for octets in corps:
        debuts.append(len(table))
        secteurs = len(octets) // _SECTEUR
        table += [*range(len(table) + 1, len(table) + secteurs), _FIN]
    repertoire = b"".join(_entree(e, debuts) for e in entrees)
    repertoire += b"\0" * (-len(repertoire) % _SECTEUR)
    racine = len(table)
    table += [*range(racine + 1, racine + len(repertoire) // _SECTEUR), _FIN]
    assert len(table) <= _SECTEUR // 4, "one sector of table is enough for what the tests need"
    table += [_LIBRE] * (_SECTEUR // 4 - len(table))
    entete = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, racine, 0, _SEUIL, _FIN, 0, _FIN, 0),
    )
    entete += struct.pack("<109I", 0, *[_LIBRE] * 108)
    return entete + struct.pack(f"<{_SECTEUR // 4}I", *table) + b"".join(corps) + repertoire


def _ranger(arbre: Arbre, parent: int, entrees: list[list[object]], corps: list[bytes]) -> None:
    """Adds the entries of a storage, each the right-hand brother of the one before it."""
    precedente = None
    for nom, contenu in sorted(arbre.items(), key=lambda e: (len(e[0]), e[0].upper())):
        rang = len(entrees)
        if precedente is None:
            entrees[parent][3] = rang
        else:
            entrees[precedente][2] = rang
        precedente = rang
        if isinstance(contenu, bytes):
            octets = contenu.ljust(_SEUIL, b"\0")
            entrees.append([nom, 2, _LIBRE, _LIBRE, len(corps), len(octets)])
            corps.append(octets + b"\0" * (-len(octets) % _SECTEUR))
        else:
            entrees.append([nom, 1, _LIBRE, _LIBRE, 0, 0])
            _ranger(contenu, rang, entrees, corps)


def _entree(entree: list[object], debuts: list[int]) -> bytes:
    nom, genre, droite, enfant, corps, taille = entree
    debut = debuts[int(str(corps))] if genre == 2 else corps if genre == 5 else 0
    utf16 = str(nom).encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", utf16, len(utf16), genre, 1, _LIBRE, droite, enfant, debut, taille)


def doc(chiffre: bool = False, **autres: "bytes | Arbre") -> bytes:
    """A .doc: a Word stream whose flags say whether it asks for a password."""
    fib = struct.pack("<HH6xH", 0xA5EC, 0xC1, _CHIFFRE_DOC if chiffre else 0)
    return ole({"WordDocument": fib, "1Table": b"table", **autres})


def xls(chiffre: bool = False, nom: str = "Workbook", **autres: "bytes | Arbre") -> bytes:
    """A .xls: a first record, then the one that asks for a password when it does."""
    debut = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)
    secret = struct.pack("<HHH", _FILEPASS, 2, 0) if chiffre else b""
    return ole({nom: debut + secret + struct.pack("<HH", 0x000A, 0), **autres})


def ooxml_chiffre() -> bytes:
    """What Office writes for a .docx or .xlsx with a password: a compound file around what is encrypted."""
    return ole({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"secret"})
