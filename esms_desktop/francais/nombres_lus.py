"""Numbers and amounts as people and spreadsheets write them, read in one place. Each refusal is the end of a sentence."""

import re

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais.nombres import nombre
from esms_desktop.francais.plis import une_ligne
from esms_desktop.francais.typographie import NBSP, TIRET

# No amount, no number of a dossier is beyond: another key was held down.
MAXIMUM_CENTS = 10**13
MAXIMUM = 999_999
_VIDES = frozenset(("", "-", "–", TIRET))
_EUROS = ("€", "euros", "euro", "eur")
# Groups of three after the first, or none.
_ENTIER = r"\d+(?: \d{3})*"
_DECIMAL = r"(\d+(?: \d{3})*|\d{1,3}(?:\.\d{3})+(?=,)|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](\d+))?"
# « 12.500 » and « 12,500 »: twelve thousand five hundred for some, twelve and a half for others.
_DEUX_FACONS = r"[1-9]\d{0,2}[.,]\d{3}"


def lire_entier(texte: str, maximum: int = MAXIMUM) -> int | None:
    """A whole number, zero or more; None when empty.

    Raises:
        ErreurSaisie: it is no whole number, or one over `maximum`.
    """
    net = une_ligne(texte).casefold()
    if net in _VIDES:
        return None
    if not re.fullmatch(_ENTIER, net, re.ASCII):
        raise ErreurSaisie("un nombre entier est attendu, par exemple 42")
    chiffres = net.replace(" ", "").lstrip("0") or "0"
    # Python itself refuses to read a number of some thousands of figures.
    if len(chiffres) > len(str(maximum)) or int(chiffres) > maximum:
        raise ErreurSaisie(f"ce nombre dépasse {nombre(maximum)}")
    return int(chiffres)


def lire_decimal(texte: str, decimales: int, exemple: str, unites: tuple[str, ...] = ()) -> int | None:
    """A number as a whole count of its last decimal (« 0,5 » with two decimals: 50); None when empty.

    Args:
        exemple: what to write, told when the text is no such number.
        unites: what may follow the number, in small letters, the longest first.

    Raises:
        ErreurSaisie: it is no number, one with more decimals, or one that may be read in two ways.
    """
    net = une_ligne(texte).casefold()
    if net in _VIDES:
        return None
    for unite in unites:
        if net.endswith(unite):
            net = net.removesuffix(unite).rstrip()
            break
    trouve = re.fullmatch(_DECIMAL, net, re.ASCII)
    reste = ((trouve[2] or "") if trouve else "").rstrip("0")
    if trouve is None or len(reste) > decimales:
        raise ErreurSaisie(f"un nombre est attendu, par exemple {exemple}")
    if re.fullmatch(_DEUX_FACONS, net, re.ASCII) and decimales < 3:
        en_milliers, a_virgule = re.sub("[.,]", NBSP, net), f"{trouve[1]},{reste or '0'}"
        raise ErreurSaisie(f"ce nombre se lit de deux façons{NBSP}: écrivez {en_milliers} ou {a_virgule}")
    entier = re.sub("[ .,]", "", trouve[1]).lstrip("0") or "0"
    if len(entier) + decimales > len(str(MAXIMUM_CENTS)):
        raise ErreurSaisie("ce nombre est trop grand")
    return int(entier + reste.ljust(decimales, "0"))


def lire_euros(texte: str) -> int | None:
    """An amount in euros, as cents: « 12 500 », « 12500,5 € », « 12.500,50 EUR »; None when empty.

    Raises:
        ErreurSaisie: it is no amount, or one too great to be meant.
    """
    cents = lire_decimal(texte, 2, f"12{NBSP}500 ou 12{NBSP}500,50", _EUROS)
    if cents is not None and cents > MAXIMUM_CENTS:
        raise ErreurSaisie("ce montant est trop grand")
    return cents
