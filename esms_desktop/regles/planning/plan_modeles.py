"""The entries of the model plans, as resources/plans keeps them."""

import re
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.errors import ErreurEsms
from esms_desktop.nomenclature.listes import lire as lire_liste
from esms_desktop.nomenclature.vocabulaire import Plan, TypeProjet
from esms_desktop.regles.planning.ordonnancement import TypeLien

_TYPES = {"FD": TypeLien.FIN_DEBUT, "DD": TypeLien.DEBUT_DEBUT, "FF": TypeLien.FIN_FIN}
_LIEN = re.compile(r"([a-z-]+)(?: (FD|DD|FF))?([+-]\d+)?")


@dataclass(frozen=True)
class LienType:
    """A task of the plan waits for that of key `avant`."""

    avant: str
    type: TypeLien = TypeLien.FIN_DEBUT
    decalage: int = 0


@dataclass(frozen=True)
class Modele:
    """An entry of resources/plans; its keys are told at the head of acquisition.toml."""

    code: str
    plan: str
    phase: str
    nom: str
    duree: int = 0
    minimum: int = 0
    par_essms: int = 0
    jalon: bool = False
    par_vague: bool = False
    apres: str = ""
    apres_pilote: str = ""

    def liens(self, pilote: bool = False) -> tuple[LienType, ...]:
        """What it waits for, as the file writes it; `pilote`: for a pilot wave.

        Raises:
            ErreurEsms: the text is not that of links.
        """
        texte = self.apres_pilote if pilote and self.apres_pilote else self.apres
        return tuple(_lien(x.strip()) for x in texte.split(",") if x.strip())


@cache
def modeles(type_projet: TypeProjet) -> tuple[Modele, ...]:
    """The entries of the model plan of a type of project.

    Raises:
        ErreurEsms: the file is broken; with its name and the reason.
    """
    nom = "acquisition" if type_projet is TypeProjet.ACQUISITION else "conformite"
    return lire_modeles(nom, assets.texte(f"plans/{nom}.toml"))


def lire_modeles(nom: str, texte: str) -> tuple[Modele, ...]:
    """The entries of a file of resources/plans, strictly.

    Raises:
        ErreurEsms: a key is missing or unknown, a link or a plan does not exist.
    """
    lus = lire_liste(nom, "tache", Modele, texte)
    connus = {m.code for m in lus} | {"pilotes", "vagues", "precedente"}
    for m in lus:
        inconnu = next((x.avant for x in (*m.liens(), *m.liens(True)) if x.avant not in connus), None)
        if inconnu is not None or m.plan not in set(Plan):
            raise _refus(f"le plan ou un lien de « {m.code} » n’existe pas")
    return lus


def _lien(texte: str) -> LienType:
    lu = _LIEN.fullmatch(texte)
    if lu is None:
        raise _refus(f"« {texte} » n’est pas un lien")
    return LienType(lu[1], _TYPES[lu[2] or "FD"], int(lu[3] or 0))


def _refus(raison: str) -> ErreurEsms:
    return ErreurEsms(f"Un plan type est refusé : {raison}.", "Réinstallez l’application.")
