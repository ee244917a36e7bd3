"""The numbers of the field and their keys: FINESS, SIREN, SIRET; how they are written. Each check answers None, or the reason in French."""

import re

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.fr import siren as _siren
from stdnum.fr import siret as _siret

from esms_desktop.francais import NBSP, accord

# \s takes the no-break spaces; the rest is what copies from PDF and spreadsheets leave (dashes, zero-width marks).
_SEPARATEURS = re.compile(r"[\s.\-\u2010-\u2015\u200b-\u200f\u2060\ufeff]+")


def normaliser(numero: str) -> str:
    """The number as it is kept: capitals, without spaces, dots or dashes."""
    return (numero if numero.isalnum() else _SEPARATEURS.sub("", numero)).upper()


def _grouper(numero: str, *tailles: int) -> str:
    n = normaliser(numero)
    if len(n) != sum(tailles):
        return numero.strip()
    groupes, debut = [], 0
    for taille in tailles:
        groupes.append(n[debut : debut + taille])
        debut += taille
    return NBSP.join(groupes)


def ecrire_finess(numero: str) -> str:
    """A FINESS number in groups, 06 002 044 3; left as typed when it does not have nine characters."""
    return _grouper(numero, 2, 3, 3, 1)


def ecrire_siren(numero: str) -> str:
    """A SIREN in groups, 732 829 320; left as typed when it does not have nine characters."""
    return _grouper(numero, 3, 3, 3)


def ecrire_siret(numero: str) -> str:
    """A SIRET in groups, 732 829 320 00074; left as typed when it does not have fourteen characters."""
    return _grouper(numero, 3, 3, 3, 5)


def defaut_finess(numero: str) -> str | None:
    """Why `numero` is not a FINESS number, None when it is.

    Nine characters; position 2 may be A or B (Corse), read as 1 or 2; third character 0; Luhn over the nine digits
    (checked on 10,588 real numbers, donnees/README).
    """
    n = normaliser(numero)
    if not n:
        return "le numéro est vide"
    if re.fullmatch(r"[0-9]{11}", n):
        return "11 chiffres, comme le numéro d’un groupement et non d’un établissement"
    if re.fullmatch(r"[0-9]{14}", n):
        return "14 chiffres, comme un SIRET"
    if len(n) != 9:
        return f"{len(n)} {accord(len(n), 'caractère', 'caractères')} au lieu de 9"
    if not re.fullmatch(r"[0-9][0-9AB][0-9]{7}", n, re.ASCII):
        return "un numéro FINESS n’a que des chiffres (et A ou B en deuxième position, pour la Corse)"
    if n[1] in "AB" and n[0] != "2":
        return "la lettre A ou B n’existe que pour la Corse (2A, 2B)"
    if n[2] != "0":
        return "le troisième caractère doit être 0"
    if not luhn.is_valid(n[0] + {"A": "1", "B": "2"}.get(n[1], n[1]) + n[2:]):
        return "la clé de contrôle est fausse, un chiffre a sans doute été mal recopié"
    return None


def defaut_siren(numero: str) -> str | None:
    """Why `numero` is not a SIREN (9 digits and their key), None when it is."""
    n = normaliser(numero)
    if not n:
        return "le numéro est vide"
    if not re.fullmatch(r"[0-9]{9}", n, re.ASCII):
        return f"un SIREN a 9 chiffres et rien d’autre ({len(n)} caractères ici)"
    try:
        _siren.validate(n)
    except ValidationError:
        return "la clé de contrôle est fausse, un chiffre a sans doute été mal recopié"
    return None


def defaut_siret(numero: str) -> str | None:
    """Why `numero` is not a SIRET (14 digits and their key, La Poste included), None when it is."""
    n = normaliser(numero)
    if not n:
        return "le numéro est vide"
    if not re.fullmatch(r"[0-9]{14}", n, re.ASCII):
        if re.fullmatch(r"[0-9]{9}", n, re.ASCII):
            return "9 chiffres, comme un SIREN ; il manque les 5 chiffres de l’établissement"
        return f"un SIRET a 14 chiffres et rien d’autre ({len(n)} caractères ici)"
    try:
        _siret.validate(n)
    except ValidationError:
        return "la clé de contrôle est fausse, un chiffre a sans doute été mal recopié"
    return None
