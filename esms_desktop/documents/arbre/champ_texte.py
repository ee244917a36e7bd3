"""A field that a text may use, and the usual ways to read its words in a dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import commun
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import premiere


class Sujet(NamedTuple):
    """What a text is about. `og`: the organisme it is made for; None for a document of the whole project."""

    dossier: Dossier
    campagne: Campagne
    og: Og | None = None


# The words of a field; None when the dossier does not hold them yet. An empty text is a value: there is nothing to say.
Valeur = Callable[[Sujet], str | None]


@dataclass(frozen=True)
class Champ:
    """A field. `manque`: what its gap is called, `code` the field of the catalogue that fills it; `bloc`: paragraphs and lists
    typed by a person, not words of a sentence."""

    nom: str
    description: str
    manque: str
    valeur: Valeur
    bloc: bool = False
    code: str = ""


def ou_rien(mots: str) -> str | None:
    """The words; None when there are none."""
    return mots.strip() or None


def compte(n: int, suite: str = "") -> str:
    """A number; nothing while there is nothing to count."""
    return f"{francais.nombre(n)}{suite}" if n else ""


def du_porteur(lire: Callable[[Og], str]) -> Valeur:
    """Of the porteur; None while there is none."""
    return lambda c: ou_rien(lire(c.dossier.porteur)) if c.dossier.porteur else None


def de_l_og(lire: Callable[[Og], str]) -> Valeur:
    """Of the organisme the text is about."""
    return lambda c: ou_rien(lire(c.og)) if c.og else None


def du_dossier(lire: Callable[[Dossier], str]) -> Valeur:
    """Of the dossier."""
    return lambda c: ou_rien(lire(c.dossier) or "")


def le_jour(lire: Callable[[Dossier], date | None]) -> Valeur:
    """A date of the dossier, in full."""

    def mots(c: Sujet) -> str | None:
        jour = lire(c.dossier)
        return francais.date_longue(jour) if jour else None

    return mots


def la_personne(role: RoleContact) -> Valeur:
    """The first person of a role, in one line."""

    def mots(c: Sujet) -> str | None:
        contact = premiere(c.dossier, role)
        return commun.personne(contact) if contact else None

    return mots
