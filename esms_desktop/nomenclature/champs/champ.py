"""What a field is, and how a file of the catalogue describes those of its tables."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any

from esms_desktop.francais import majuscule


class Genre(StrEnum):
    """The kind of a field: how it is typed, shown and read."""

    TEXTE = "texte"
    LONG = "texte-long"
    NUMERO = "numero"
    ENTIER = "entier"
    POUR_CENT = "pour-cent"
    CENTIEMES = "centiemes"
    TAUX = "taux"
    MONTANT = "montant"
    DATE = "date"
    INSTANT = "instant"
    OUI_NON = "oui-non"
    CHOIX = "choix"
    LIEN = "lien"
    DONNEES = "donnees"


class Declarant(StrEnum):
    """Who may say what a field holds. APPLICATION: what is reckoned or kept alone; GESTE: what an act of its own writes."""

    PORTEUR = "porteur"
    ORGANISME = "organisme"
    STRUCTURE = "structure"
    EDITEUR = "éditeur"
    ARS = "ARS"
    GESTE = "geste"
    APPLICATION = "application"


@dataclass(frozen=True)
class Champ:
    """A field of a table.

    Attributes:
        table, nom: where it is kept.
        dit: how a sentence calls it.
        genre: its kind.
        titre: above it in a form; `court`: at the head of its column.
        longueur: of a text, in characters; 0 when it is free.
        bornes: the least and the most of a number, None when it has none but zero.
        aide: what a person reads under it; `bulle`: on its column.
        source: where what it holds is found.
        declarant: who may say it.
        oblige: True when a row cannot be added without it.
        vide: True when nothing may be said.
        choix: the values of a closed list.
        vers: the table of the row that a link names.
        controle: of a number, the function of `nomenclature.numeros` that says why it is wrong (see `defaut`).
        garde: False for what is reckoned and not kept, and shown as a field all the same.
    """

    table: str
    nom: str
    dit: str
    genre: Genre
    titre: str = ""
    court: str = ""
    longueur: int = 0
    bornes: tuple[int, int] | None = None
    aide: str = ""
    bulle: str = ""
    source: str = ""
    declarant: Declarant = Declarant.PORTEUR
    oblige: bool = False
    vide: bool = False
    choix: type[Enum] | None = None
    vers: str = ""
    controle: str = ""
    garde: bool = True

    @property
    def code(self) -> str:
        """« essms.capacite »."""
        return f"{self.table}.{self.nom}"

    @property
    def defaut(self) -> Callable[[str], str | None] | None:
        """Says why a number is wrong, None when it is right; None for another kind of field."""
        if not self.controle:
            return None
        # What checks numbers is not loaded with the words.
        from esms_desktop.nomenclature import numeros

        controle: Callable[[str], str | None] = getattr(numeros, self.controle)
        return controle

    @property
    def se_remplit(self) -> bool:
        """Whether a person fills it in, as any other."""
        return self.garde and self.declarant not in (Declarant.APPLICATION, Declarant.GESTE)


def _champ(nom: str, dit: str, genre: Genre, **reste: Any) -> Champ:
    titre = reste.pop("titre", "") or majuscule(dit)
    return Champ("", nom, dit, genre, titre, reste.pop("court", "") or titre, **reste)


def texte(nom: str, dit: str, longueur: int, **reste: Any) -> Champ:
    """A line of at most `longueur` characters."""
    return _champ(nom, dit, Genre.TEXTE, longueur=longueur, **reste)


def long(nom: str, dit: str, **reste: Any) -> Champ:
    """A text of several lines, as long as one wants."""
    return _champ(nom, dit, Genre.LONG, **reste)


def numero(nom: str, dit: str, controle: str, **reste: Any) -> Champ:
    """An official number, kept as typed; `controle`: what says why it is wrong."""
    return _champ(nom, dit, Genre.NUMERO, longueur=20, controle=controle, **reste)


def entier(nom: str, dit: str, **reste: Any) -> Champ:
    """A whole number, positive or zero, or nothing."""
    return _champ(nom, dit, Genre.ENTIER, **{"vide": True, **reste})


def pour_cent(nom: str, dit: str, **reste: Any) -> Champ:
    """A whole number from 0 to 100, or nothing."""
    return _champ(nom, dit, Genre.POUR_CENT, **{"vide": True, "bornes": (0, 100), **reste})


def centiemes(nom: str, dit: str, **reste: Any) -> Champ:
    """Hundredths of a unit, or nothing."""
    return _champ(nom, dit, Genre.CENTIEMES, **{"vide": True, **reste})


def taux(nom: str, dit: str, **reste: Any) -> Champ:
    """Ten-thousandths, read as a percentage with two decimals, or nothing."""
    return _champ(nom, dit, Genre.TAUX, **{"vide": True, **reste})


def montant(nom: str, dit: str, **reste: Any) -> Champ:
    """An amount in cents, or nothing."""
    return _champ(nom, dit, Genre.MONTANT, vide=True, **reste)


def jour(nom: str, dit: str, **reste: Any) -> Champ:
    """A date, or nothing."""
    return _champ(nom, dit, Genre.DATE, **{"vide": True, **reste})


def instant(nom: str, dit: str, **reste: Any) -> Champ:
    """A moment, which the application writes."""
    return _champ(nom, dit, Genre.INSTANT, oblige=True, declarant=Declarant.APPLICATION, **reste)


def oui_non(nom: str, dit: str, **reste: Any) -> Champ:
    """Yes, no, or not answered yet."""
    return _champ(nom, dit, Genre.OUI_NON, **{"vide": True, **reste})


def choix(nom: str, dit: str, valeurs: type[Enum], **reste: Any) -> Champ:
    """One of the values of an enumeration."""
    return _champ(nom, dit, Genre.CHOIX, choix=valeurs, **reste)


def lien(nom: str, dit: str, vers: str, **reste: Any) -> Champ:
    """A row of the table `vers`, or nothing."""
    return _champ(nom, dit, Genre.LIEN, vers=vers, **{"vide": True, **reste})


def donnees(nom: str, dit: str, **reste: Any) -> Champ:
    """What the application keeps for itself."""
    return _champ(nom, dit, Genre.DONNEES, declarant=Declarant.APPLICATION, **{"vide": True, **reste})


def table(nom: str, declarant: Declarant, *champs: Champ) -> tuple[Champ, ...]:
    """The fields of a table, which `declarant` may say unless one of them tells otherwise."""
    return tuple(
        replace(c, table=nom, declarant=declarant if c.declarant is Declarant.PORTEUR else c.declarant)
        for c in champs
    )


def du_dossier() -> Champ:
    """The dossier a row belongs to: nobody types it."""
    return lien("dossier_id", "dossier", "dossier", vide=False, oblige=True, declarant=Declarant.APPLICATION)


def rang() -> Champ:
    """The place of a row in its list: moved by an act of its own."""
    return entier("rang", "rang", vide=False, declarant=Declarant.GESTE)
