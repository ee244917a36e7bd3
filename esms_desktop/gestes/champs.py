"""What an argument of a geste or a cell makes of a field of the catalogue: how a text becomes its value."""

import re
from enum import Enum
from functools import cache
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import (
    cle,
    enumerer,
    lire_date,
    lire_decimal,
    lire_entier,
    lire_euros,
    lire_oui_non,
)
from esms_desktop.nomenclature import champs as catalogue
from esms_desktop.nomenclature.champs import Champ, Genre

_ENTIER = re.compile(r"-?\d{1,9}")
# The kinds of the catalogue as the command line names them.
_NOMS = {
    Genre.LONG: "texte",
    Genre.NUMERO: "texte",
    Genre.POUR_CENT: "entier",
    Genre.CENTIEMES: "decimal",
    Genre.TAUX: "decimal",
}


@cache
def champs_de(table: str) -> dict[str, Champ]:
    """The fields of a table that a person fills in, by their column, in its order."""
    return {nom: c for nom, c in catalogue.champs_de(table).items() if c.se_remplit}


def nom_du_genre(champ: Champ) -> str:
    """How the command line names the kind of a field."""
    return _NOMS.get(champ.genre, champ.genre.value)


def lire(champ: Champ, texte: str) -> Any:
    """The value of a field as a person writes it; None when nothing is written, but for a text.

    Raises:
        ErreurSaisie: it is not of that kind.
    """
    match champ.genre:
        case Genre.OUI_NON:
            return lire_oui_non(texte)
        case Genre.DATE:
            return lire_date(texte)
        case Genre.MONTANT:
            return lire_euros(texte)
        case Genre.CENTIEMES | Genre.TAUX:
            return lire_decimal(texte, 2, "0,5", ("%", "ETP"))
        case Genre.ENTIER | Genre.POUR_CENT:
            return lire_nombre(texte)
        case Genre.CHOIX if champ.choix is not None:
            return lire_choix(champ.choix, texte)
    return texte


def codes(champ: Champ) -> tuple[str, ...]:
    """The codes of a choice; none for another kind."""
    return tuple(str(v.value) for v in champ.choix or ())


def lire_nombre(texte: str) -> int | None:
    """A whole number, of any sign; None when empty.

    Raises:
        ErreurSaisie: anything else.
    """
    net = texte.strip()
    if _ENTIER.fullmatch(net):
        return int(net)
    return lire_entier(texte)


def lire_choix(genre: type[Enum], texte: str) -> Any:
    """The value of an enumeration by its code or by what it is called; None when empty.

    Raises:
        ErreurSaisie: none is called so; the remedy gives them all.
    """
    net = cle(texte)
    if not net:
        return None
    for valeur in genre:
        if net in (cle(str(valeur.value)), cle(valeur.libelle)):  # type: ignore[attr-defined]
            return valeur
    codes = enumerer([str(v.value) for v in genre])
    raise ErreurSaisie(f"«\u00a0{texte}\u00a0» n’est pas une valeur connue.", f"Au choix\u00a0: {codes}.")
