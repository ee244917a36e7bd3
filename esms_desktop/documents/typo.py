"""French typography of values: euros, dates, numbers, identifiers. No-break spaces are always U+00A0."""

from datetime import date

from esms_desktop.nomenclature.numeros import normaliser

INSECABLE = "\u00a0"
_MOINS = "\u2212"
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def nombre(valeur: int) -> str:
    """A whole number, thousands set apart: 1 128 500."""
    chiffres = f"{abs(valeur):,}".replace(",", INSECABLE)
    return f"{_MOINS}{chiffres}" if valeur < 0 else chiffres


def euros(cents: int, decimales: bool = False) -> str:
    """An amount given in cents: 7 000 €. Cents show when asked, and whenever there are some: nothing is rounded away."""
    unites, reste = divmod(abs(cents), 100)
    texte = nombre(unites) + (f",{reste:02d}" if decimales or reste else "") + f"{INSECABLE}€"
    return f"{_MOINS}{texte}" if cents < 0 else texte


def date_longue(jour: date) -> str:
    """A date in full: 1er février 2026."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{_MOIS[jour.month - 1]} {jour.year}"


def date_courte(jour: date) -> str:
    """A date in figures: 01/02/2026."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def _grouper(numero: str, *tailles: int) -> str:
    n = normaliser(numero)
    if len(n) != sum(tailles):
        return numero.strip()
    groupes, debut = [], 0
    for taille in tailles:
        groupes.append(n[debut : debut + taille])
        debut += taille
    return INSECABLE.join(groupes)


def finess(numero: str) -> str:
    """A FINESS number in groups, 06 002 044 3; left as typed when it does not have nine characters."""
    return _grouper(numero, 2, 3, 3, 1)


def siren(numero: str) -> str:
    """A SIREN in groups, 732 829 320; left as typed when it does not have nine characters."""
    return _grouper(numero, 3, 3, 3)


def siret(numero: str) -> str:
    """A SIRET in groups, 732 829 320 00074; left as typed when it does not have fourteen characters."""
    return _grouper(numero, 3, 3, 3, 5)


def pluriel(n: int, singulier: str, pluriel_: str = "") -> str:
    """`n` and its noun: 1 structure, 12 structures. `pluriel_`: the plural when it is not the singular plus s."""
    nom = singulier if abs(n) < 2 else (pluriel_ or f"{singulier}s")
    return f"{nombre(n)}{INSECABLE}{nom}"


def minuscule(texte: str) -> str:
    """The text to go on with inside a sentence: its first letter small, the others (ARS, Ségur) untouched."""
    return texte[:1].lower() + texte[1:]


def majuscule(texte: str) -> str:
    """The text as it starts a line: its first letter capital, the others untouched."""
    return texte[:1].upper() + texte[1:]


def enumeration(elements: list[str]) -> str:
    """Items in one sentence: a, b et c."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"
