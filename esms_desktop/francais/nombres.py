"""Numbers and amounts as French writes them. Money is in whole cents, rates in whole counts of their last decimal."""

from esms_desktop.francais.typographie import MOINS, NBSP


def nombre(n: int) -> str:
    """A whole number, its thousands apart: 1 128 500."""
    return f"{MOINS if n < 0 else ''}{abs(n):,}".replace(",", NBSP)


def decimal(valeur: int, decimales: int = 2, zeros: bool = True, milliers: bool = True) -> str:
    """A count of hundredths (or of another last decimal) as a number: 5 000,50 for 500050.

    Args:
        zeros: keep the zeros that end it; without them 550 is 5,5 and 500 is 5.
        milliers: set the thousands apart; a portal or a spreadsheet would take them for a text.
    """
    entier, reste = divmod(abs(valeur), 10**decimales)
    suite = f"{reste:0{decimales}d}" if decimales else ""
    if not zeros:
        suite = suite.rstrip("0")
    signe = MOINS if valeur < 0 else ""
    return f"{signe}{nombre(entier) if milliers else entier}{',' + suite if suite else ''}"


def pour_cent(pour_dix_mille: int, zeros: bool = True) -> str:
    """A share in ten-thousandths: 33,30 %, 20 %; a rate without its last zero, 5,5 %, when `zeros` is false."""
    entiere = pour_dix_mille % 100 == 0
    return f"{decimal(pour_dix_mille, 2, zeros and not entiere)}{NBSP}%"


def euros(cents: int, decimales: bool = False) -> str:
    """An amount in cents: 7 000 €. Cents show when asked, and whenever there are some: nothing is rounded away."""
    sans = not decimales and cents % 100 == 0
    return f"{nombre(cents // 100) if sans else decimal(cents)}{NBSP}€"


def euros_signes(cents: int) -> str:
    """A difference in cents with its sign: + 15 000 €, − 3 000 €."""
    return f"{'+' if cents > 0 else MOINS}{NBSP}{euros(abs(cents))}" if cents else euros(0)


def kilo_euros(cents: int) -> str:
    """An amount in cents to the nearest thousand of euros: 1 638 k€."""
    return f"{nombre((cents + 50_000) // 100_000)}{NBSP}k€"


def taille(octets: int) -> str:
    """A size for people: 812 o, 34 ko, 2,1 Mo (thousands, as the disks are sold)."""
    if octets < 1000:
        return f"{octets}{NBSP}o"
    if octets < 999_500:
        return f"{round(octets / 1000)}{NBSP}ko"
    return f"{decimal(round(octets / 100_000), 1)}{NBSP}Mo"
