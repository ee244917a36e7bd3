"""Tables written as text: the clipboard, and .csv files of any usual encoding and separator."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

from esms_desktop.echanges.tables.grille import (
    CELLULES_MAX,
    COLONNES_MAX,
    RANGEES_MAX,
    Cellule,
    Grille,
    Rangee,
    Source,
    adresse,
)
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, majuscule, nombre, pluriel

# What French writes, and Windows-1252 and Mac OS Roman put at other places.
_LETTRES = frozenset("éèêëàâäîïôöùûüçœæÉÈÊËÀÂÄÎÏÔÖÙÛÜÇŒÆŸÿ’«»°–…€\u00a0")
_ECHANTILLON = 64 * 1024
_SEP = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def presse_papiers(texte: str, point_virgule: bool = True) -> Source:
    """What was copied in a spreadsheet, or in a mail: tabs between the cells, or semicolons. A comma is that of a number.

    Args:
        point_virgule: False when a semicolon is always one of a sentence.

    Raises:
        ErreurSaisie: it is no table, or one too large.
    """
    propre = _propre(texte)
    virgule = point_virgule and "\t" not in propre and ";" in propre.lstrip("\n").partition("\n")[0]
    return _source("", propre, "le presse-papiers", (), ";" if virgule else "\t")


def lire_csv(octets: bytes, nom: str) -> Source:
    """A text file of a spreadsheet.

    Args:
        nom: of the file, for sentences.

    Raises:
        ErreurSaisie: it is no text, or no table, or one too large.
    """
    texte, codage = decoder(octets, nom)
    dits: tuple[str, ...] = () if codage == "UTF-8" else (f"Le fichier est lu en {codage}.",)
    if abimes := texte.count("\ufffd"):
        dits += (
            f"{pluriel(abimes, 'caractère')} du fichier ne se {accord(abimes, 'lit', 'lisent')} pas (�).",
        )
    propre = _propre(texte)
    if impose := _SEP.match(propre):
        return _source(nom, propre[impose.end() :], f"«{NBSP}{nom}{NBSP}»", dits, impose[1], decalage=1)
    return _source(nom, propre, f"«{NBSP}{nom}{NBSP}»", dits)


def decoder(octets: bytes, nom: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    UTF-8 when it is, else the one of UTF-16, Windows-1252 and Mac OS Roman that gives French letters.

    Raises:
        ErreurSaisie: it is no text.
    """
    for marque, codage, dit in (
        (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
        (b"\xff\xfe", "utf-16", "UTF-16"),
        (b"\xfe\xff", "utf-16", "UTF-16"),
    ):
        if octets.startswith(marque):
            try:
                return octets.decode(codage), dit
            except UnicodeDecodeError:
                if codage == "utf-16":
                    raise _illisible(nom) from None
    if b"\x00" in octets[:_ECHANTILLON]:
        # Without a mark: the zeros of the plain letters say which half comes first.
        codage = "utf-16-be" if octets[:1] == b"\x00" else "utf-16-le"
        try:
            texte = octets.decode(codage)
        except UnicodeDecodeError:
            raise _illisible(nom) from None
        if "\x00" in texte or not _ressemble(texte):
            raise _illisible(nom)
        return texte, "UTF-16"
    try:
        return octets.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    candidats = [
        # A file of which a byte or two were spoilt is still what the rest of it is.
        (octets.decode("utf-8", "replace"), "UTF-8"),
        (octets.decode("cp1252", "replace"), "Windows-1252"),
        (octets.decode("mac-roman"), "Mac OS Roman"),
        (octets.decode("cp850"), "CP850 (MS-DOS)"),
    ]
    texte, codage = max(candidats, key=lambda c: _francais(c[0]))
    if not _ressemble(texte):
        raise _illisible(nom)
    return texte, codage


def _francais(texte: str) -> int:
    """How much the letters beyond ASCII look like those of French."""
    debut = f" {texte[:_ECHANTILLON]} "
    return sum(
        1 if c in _LETTRES and not _mal_placee(debut[i : i + 3]) else -2
        for i, c in enumerate(debut[1:-1])
        if not c.isascii()
    )


def _mal_placee(trois: str) -> bool:
    """Whether the middle letter is a capital inside a word."""
    avant, c, apres = trois[0], trois[1], trois[2]
    return c.isupper() and (avant.islower() or (avant.isalpha() and apres.islower()))


def _ressemble(texte: str) -> bool:
    debut = texte[:_ECHANTILLON]
    droles = sum(ord(c) < 32 and c not in "\t\r\n\f\v" for c in debut)
    return droles * 50 <= len(debut)


def _illisible(nom: str) -> ErreurSaisie:
    return ErreurSaisie(
        f"«{NBSP}{nom}{NBSP}» n’est pas un tableau lisible.",
        "Enregistrez la liste au format .xlsx ou .csv, puis recommencez.",
    )


def _propre(texte: str) -> str:
    return texte.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _source(
    nom: str, texte: str, quoi: str, dits: tuple[str, ...], separateur: str = "", decalage: int = 0
) -> Source:
    lignes = _decouper(texte, separateur or _separateur(texte), quoi)
    remarques = list(dits)
    rangees = []
    cellules = 0
    for rang, ligne in enumerate(lignes, 1 + decalage):
        pleines = {i: Cellule(c, adresse(i, rang)) for i, c in enumerate(ligne) if c.strip()}
        if pleines:
            rangees.append(Rangee(rang, pleines, longueur=len(ligne)))
            cellules += len(pleines)
    borner(quoi, len(rangees), max((max(r.cellules) + 1 for r in rangees), default=0), cellules)
    return Source(nom, (Grille("", tuple(rangees)),), tuple(remarques))


def recouper(grille: Grille) -> Grille:
    """A sheet of one column whose cells are lines of a .csv (opened without being cut), cut; another one as it is."""
    if grille.largeur != 1 or len(grille.rangees) < 2:
        return grille
    textes = [r.cellules[0].texte for r in grille.rangees]
    separateur = next((s for s in ("\t", ";") if all(s in t for t in textes)), "")
    if not separateur:
        return grille
    rangees = []
    for rangee in grille.rangees:
        (decoupe,) = csv.reader([rangee.cellules[0].texte.replace("\n", " ")], delimiter=separateur)
        ou = rangee.cellules[0].adresse
        rangees.append(
            replace(rangee, cellules={i: Cellule(c, ou) for i, c in enumerate(decoupe) if c.strip()})
        )
    dit = "Chaque ligne tenait dans une seule cellule\u00a0: elle est coupée à ses séparateurs."
    return replace(
        grille, rangees=tuple(r for r in rangees if r.cellules), remarques=(*grille.remarques, dit)
    )


def borner(quoi: str, rangees: int, colonnes: int, cellules: int) -> None:
    """Refuses what no list of a grappe holds.

    Raises:
        ErreurSaisie: more rows, columns or cells than any.
    """
    conseil = "Ne gardez que la liste, puis recommencez."
    if rangees > RANGEES_MAX:
        raise ErreurSaisie(f"{majuscule(quoi)} a plus de {nombre(RANGEES_MAX)} lignes.", conseil)
    if colonnes > COLONNES_MAX:
        raise ErreurSaisie(f"{majuscule(quoi)} a plus de {COLONNES_MAX} colonnes.", conseil)
    if cellules > CELLULES_MAX:
        raise ErreurSaisie(f"{majuscule(quoi)} a plus de {nombre(CELLULES_MAX)} cellules.", conseil)


def _decouper(texte: str, separateur: str, quoi: str) -> list[list[str]]:
    try:
        lues = list(csv.reader(io.StringIO(texte.rstrip("\n"), newline=""), delimiter=separateur))
    except csv.Error:
        raise ErreurSaisie(
            f"{majuscule(quoi)} ne contient pas un tableau lisible\u00a0; rien n’a été changé.",
            "Copiez les lignes dans le tableur, titres compris, puis recommencez.",
        ) from None
    if len(lues) > 1 and separateur != "\t" and any("\n" in c for ligne in lues for c in ligne):
        return lues
    return _sans_guillemet_ouvert(texte, lues, separateur)


def _sans_guillemet_ouvert(texte: str, lues: list[list[str]], separateur: str) -> list[list[str]]:
    """The lines cut at each line break, when a lone quote made one cell of several lines."""
    avales = any(c.count("\n") > 0 and separateur in c for ligne in lues for c in ligne)
    if not avales or texte.count('"') % 2 == 0:
        return lues
    lignes: Sequence[str] = texte.rstrip("\n").split("\n")
    return [ligne.split(separateur) for ligne in lignes]


def _separateur(texte: str) -> str:
    """The separator that cuts the first lines in the same number of cells, the most."""
    debut = texte[:_ECHANTILLON]
    if "\t" in debut:
        return "\t"

    def note(separateur: str) -> tuple[int, int]:
        try:
            lignes = list(csv.reader(io.StringIO(debut, newline=""), delimiter=separateur))[:40]
        except csv.Error:
            return 0, 0
        larges = [len(ligne) for ligne in lignes if len(ligne) > 1]
        if not larges:
            return 0, 0
        commun = max(set(larges), key=larges.count)
        return larges.count(commun), commun

    notes = {s: note(s) for s in (";", ",", "|")}
    meilleur = max(notes, key=lambda s: notes[s])
    return meilleur if notes[meilleur][0] else ";"
