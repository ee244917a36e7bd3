"""A file given as a list: what it really is decides how it is read; what cannot be read is refused with its cause."""

from dataclasses import replace
from pathlib import Path

from esms_desktop import entrees
from esms_desktop.echanges.tables.classeur import lire_classeur
from esms_desktop.echanges.tables.grille import Source
from esms_desktop.echanges.tables.texte import lire_csv, recouper
from esms_desktop.errors import ErreurSaisie, raison_systeme
from esms_desktop.francais import NBSP

_TAILLE_MAX = 32 * 2**20
_CONSEIL = "Dans votre tableur, choisissez «\u00a0Enregistrer sous\u00a0», puis le format .xlsx ou .csv."
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
# What a file is when it begins so, and why it is no list.
_AUTRES = (
    (b"%PDF", "un document PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une photographie"),
    (b"{\\rtf", "un document RTF"),
    (b"\x1f\x8b", "un fichier compressé"),
    (b"7z\xbc\xaf", "un fichier compressé"),
    (b"Rar!", "un fichier compressé"),
    (b"SQLite format 3", "une base de données"),
)


def lire_fichier(chemin: Path) -> Source:
    """The sheets of a file: .xlsx, .xlsm, .csv, .txt, .tsv.

    Raises:
        ErreurSaisie: it cannot be opened, or is something else, with what it is and what to do.
    """
    nom = chemin.name
    try:
        octets = entrees.lire(chemin, _TAILLE_MAX)
    except OSError as e:
        raise ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» n’a pas pu être lu\u00a0: {raison_systeme(e)}.", "Vérifiez son chemin."
        ) from e
    if len(octets) > _TAILLE_MAX:
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» dépasse 32 Mio\u00a0: ce n’est pas une liste d’ESSMS.")
    return lire_octets(octets, nom)


def lire_octets(octets: bytes, nom: str) -> Source:
    """As `lire_fichier`, of bytes already read."""
    if not octets.strip(b" \t\r\n\x00"):
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est vide.", "Choisissez le fichier de la liste.")
    if octets.startswith(_ZIP):
        return _zip(octets, nom)
    if octets.startswith(_OLE):
        raise _ole(octets, nom)
    if octets.startswith(b"finess;etalab") or b'"pmej"' in octets[:4096] or b"PMEJ" in octets[:4096]:
        raise ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» est l’annuaire FINESS national, pas une liste de votre grappe.",
            "Choisissez-le dans «\u00a0Ajouter depuis FINESS\u00a0».",
        )
    for debut, quoi in _AUTRES:
        if octets.startswith(debut):
            raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est {quoi}, pas une liste.", _CONSEIL)
    tete = octets[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if tete.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body")):
        raise ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» est une page web, quel que soit son nom, pas un classeur.",
            f"Ouvrez-le dans un tableur. {_CONSEIL}",
        )
    if tete.startswith((b"<?xml", b"<workbook")):
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est un fichier XML, pas une liste.", _CONSEIL)
    if tete.startswith((b"{", b"[")):
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est un fichier JSON, pas une liste.", _CONSEIL)
    return lire_csv(octets, nom)


def _zip(octets: bytes, nom: str) -> Source:
    """A workbook, or something else that is an archive too."""
    tete = octets[:4096]
    if b"application/vnd.oasis.opendocument" in tete:
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est un document LibreOffice (.ods).", _CONSEIL)
    if b"xl/workbook.bin" in octets:
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est un classeur binaire (.xlsb).", _CONSEIL)
    if b"xl/workbook.xml" not in octets:
        quoi = "un document Word" if b"word/document.xml" in octets else "une archive"
        raise ErreurSaisie(f"«{NBSP}{nom}{NBSP}» est {quoi}, pas un classeur.", _CONSEIL)
    lu = lire_classeur(octets, nom)
    return replace(lu, grilles=tuple(map(recouper, lu.grilles)))


def _ole(octets: bytes, nom: str) -> ErreurSaisie:
    # Names of streams are in UTF-16 in the directory of the file.
    if "EncryptedPackage".encode("utf-16-le") in octets:
        return ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» est protégé par un mot de passe.",
            "Ouvrez-le dans un tableur, retirez le mot de passe, enregistrez, puis recommencez.",
        )
    return ErreurSaisie(
        f"«{NBSP}{nom}{NBSP}» est d’un ancien format de Microsoft Office (.xls, .doc).", _CONSEIL
    )
