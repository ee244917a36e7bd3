"""Values as the directory writes them, made plain: text, dates, telephone numbers, the seven fields of an address."""

import re
from dataclasses import dataclass
from datetime import date

_BARRES = re.compile(r"\s*\\+\s*")
_DATE_ABSENTE = date(1900, 1, 1)


def texte(valeur: object) -> str:
    """The text of a field, runs of spaces made one; empty for null and for what is not a text nor a number."""
    if valeur is None:
        return ""
    if isinstance(valeur, str):
        # « ADULTE \\\\ TED »: an escape of the directory's own for a slash.
        propre = " ".join((_BARRES.sub(" / ", valeur) if "\\" in valeur else valeur).split())
        # Control characters and lone surrogates would break the base and the documents.
        return propre if propre.isprintable() else "".join(c for c in propre if c.isprintable())
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return str(valeur)
    return ""


def jour(valeur: object) -> date | None:
    """The day a field starts with (AAAA-MM-JJ…), None when it has none; 1900-01-01 means absent (donnees/README)."""
    if valeur is None:
        return None
    try:
        lu = date.fromisoformat(texte(valeur)[:10])
    except ValueError:
        return None
    return None if lu == _DATE_ABSENTE else lu


def iso(valeur: object) -> str:
    """The day a field starts with, AAAA-MM-JJ; empty when it has none."""
    lu = jour(valeur)
    return lu.isoformat() if lu else ""


def telephone(valeur: object) -> str:
    """A telephone number in pairs of digits, as read in France; left as it is when it is not ten digits."""
    numero = texte(valeur)
    if len(numero) == 10 and numero.isdecimal():
        return " ".join(numero[i : i + 2] for i in range(0, 10, 2))
    return numero


@dataclass(frozen=True, slots=True)
class Adresse:
    """A postal address. `departement`: FINESS code, empty when the place does not tell."""

    voie: str = ""
    code_postal: str = ""
    commune: str = ""
    departement: str = ""


def joindre(*morceaux: object, separateur: str = " ") -> str:
    """The texts that are not empty, joined."""
    return separateur.join(m for m in map(texte, morceaux) if m)
