"""The rows of a table read from its pages (SQLite's b-trees and records), going around those that are spoilt."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from esms_desktop.store.sante.pages import UTILE, Pages

FEUILLE, NOEUD = 0x0D, 0x05
_NOEUD_INDEX, _FEUILLE_INDEX = 0x02, 0x0A
_PROFONDEUR_MAX = 30


@dataclass
class Lignes:
    """What was read of a table: rows by their number, how many cells could not be, whether a page of it was missing."""

    lignes: dict[int, list[Any]] = field(default_factory=dict)
    cellules_perdues: int = 0
    trouee: bool = False
    pages: set[int] = field(default_factory=set)


def lire_table(pages: Pages, racine: int) -> Lignes:
    """Every row that can be reached from the root of a table."""
    lues = Lignes()
    _descendre(pages, racine, lues, 0)
    return lues


def feuilles_isolees(pages: Pages, connues: set[int]) -> Iterator[tuple[int, Lignes]]:
    """The leaves that no readable page leads to: number, and their rows."""
    for numero in range(2, pages.nombre + 1):
        if numero in connues:
            continue
        octets = pages.page(numero)
        if octets is not None and octets[0] == FEUILLE:
            lues = Lignes()
            _lire_feuille(pages, octets, 0, lues)
            if lues.lignes:
                yield numero, lues


def _descendre(pages: Pages, numero: int, lues: Lignes, profondeur: int) -> None:
    octets = pages.page(numero) if profondeur < _PROFONDEUR_MAX and numero not in lues.pages else None
    if octets is None:
        lues.trouee = True
        return
    lues.pages.add(numero)
    debut = 100 if numero == 1 else 0
    genre = octets[debut]
    if genre == FEUILLE:
        _lire_feuille(pages, octets, debut, lues)
    elif genre == NOEUD:
        for place in _cellules(octets, debut, 12):
            if place + 4 <= UTILE:
                _descendre(pages, int.from_bytes(octets[place : place + 4], "big"), lues, profondeur + 1)
        _descendre(pages, int.from_bytes(octets[debut + 8 : debut + 12], "big"), lues, profondeur + 1)
    else:
        lues.trouee = True


def _cellules(octets: bytes, debut: int, entete: int) -> Iterator[int]:
    combien = int.from_bytes(octets[debut + 3 : debut + 5], "big")
    for i in range(combien):
        ici = debut + entete + 2 * i
        if ici + 2 > UTILE:
            return
        yield int.from_bytes(octets[ici : ici + 2], "big")


def _lire_feuille(pages: Pages, octets: bytes, debut: int, lues: Lignes) -> None:
    for place in _cellules(octets, debut, 8):
        try:
            taille, place = _varint(octets, place)
            rang, place = _varint(octets, place)
            contenu = _contenu(pages, octets, place, taille)
            lues.lignes[rang] = _valeurs(contenu)
        # Whatever a cell says that it should not, it is this cell that is lost.
        except (IndexError, ValueError, struct.error, UnicodeDecodeError):
            lues.cellules_perdues += 1


def _contenu(pages: Pages, octets: bytes, place: int, taille: int) -> bytes:
    """The record of a cell, its overflow pages included."""
    if not 0 <= taille <= pages.nombre * UTILE:
        raise ValueError("size")
    local = _part_locale(taille)
    contenu = octets[place : place + local]
    if local == taille:
        if len(contenu) < taille:
            raise ValueError("short")
        return contenu
    suite = int.from_bytes(octets[place + local : place + local + 4], "big")
    morceaux, reste, vues = [contenu], taille - local, set()
    while reste > 0:
        page = pages.page(suite) if suite and suite not in vues else None
        if page is None:
            raise ValueError("overflow")
        vues.add(suite)
        morceaux.append(page[4 : 4 + min(reste, UTILE - 4)])
        reste -= UTILE - 4
        suite = int.from_bytes(page[:4], "big")
    return b"".join(morceaux)


def _part_locale(taille: int) -> int:
    """How many bytes of a record stand in the leaf (SQLite file format, 1.6)."""
    maximum = UTILE - 35
    if taille <= maximum:
        return taille
    minimum = (UTILE - 12) * 32 // 255 - 23
    k = minimum + (taille - minimum) % (UTILE - 4)
    return k if k <= maximum else minimum


def _valeurs(contenu: bytes) -> list[Any]:
    entete, place = _varint(contenu, 0)
    if not 1 <= entete <= len(contenu):
        raise ValueError("header")
    genres = []
    while place < entete:
        genre, place = _varint(contenu, place)
        genres.append(genre)
    valeurs = []
    place = entete
    for genre in genres:
        valeur, taille = _valeur(contenu, place, genre)
        valeurs.append(valeur)
        place += taille
    if place != len(contenu):
        raise ValueError("length")
    return valeurs


_ENTIERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


def _valeur(contenu: bytes, place: int, genre: int) -> tuple[Any, int]:
    if genre == 0:
        return None, 0
    if genre in _ENTIERS:
        taille = _ENTIERS[genre]
        return int.from_bytes(_tranche(contenu, place, taille), "big", signed=True), taille
    if genre == 7:
        return struct.unpack(">d", _tranche(contenu, place, 8))[0], 8
    if genre in (8, 9):
        return genre - 8, 0
    if genre < 12:
        raise ValueError("type")
    taille = (genre - 12) // 2
    octets = _tranche(contenu, place, taille)
    return (octets.decode("utf-8") if genre % 2 else octets), taille


def _tranche(contenu: bytes, place: int, taille: int) -> bytes:
    octets = contenu[place : place + taille]
    if len(octets) < taille:
        raise ValueError("short")
    return octets


def _varint(octets: bytes, place: int) -> tuple[int, int]:
    valeur = 0
    for i in range(9):
        octet = octets[place + i]
        if i == 8:
            valeur = (valeur << 8) | octet
            return valeur - (1 << 64) if valeur >> 63 else valeur, place + 9
        valeur = (valeur << 7) | (octet & 0x7F)
        if octet < 0x80:
            return valeur, place + i + 1
    raise ValueError("varint")
