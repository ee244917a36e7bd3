"""What a whole dossier is made of, in a few words that a failure can print; and how chance draws one."""

import random
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace

from esms_desktop.nomenclature.vocabulaire import TypeProjet
from tests.fiabilite.ecritures import GENRES, RELISIBLES

MONTANTS = ("ordinaires", "nuls", "centimes", "enormes")
DATES = ("ordinaires", "absentes", "lointaines", "en-desordre")
REPONSES = ("rien", "tout", "melange")


@dataclass(frozen=True)
class Recette:
    """How many of each thing a dossier holds, and of which kind its values are.

    Args:
        formations, contacts, couts, materiels, fichiers: rows of each.
        risques: entries of the library put on the map of the grappe; half as many on some structures.
        reponses: how the questions are answered.
        noms: kinds of `ecritures.GENRES`.
        graine: seed of all the rest.
    """

    campagne: str
    type_projet: TypeProjet
    ogs: int = 0
    essms: int = 0
    vagues: int = 0
    formations: int = 0
    risques: int = 0
    contacts: int = 0
    couts: int = 0
    solutions: int = 0
    materiels: int = 0
    fichiers: int = 0
    plan_type: bool = False
    signatures: bool = False
    textes: bool = False
    reponses: str = "rien"
    montants: str = "ordinaires"
    dates: str = "ordinaires"
    noms: tuple[str, ...] = ("ordinaire",)
    graine: int = 0

    @property
    def relisible(self) -> bool:
        """Whether every number comes back from a PDF as it was written."""
        return set(self.noms) <= set(RELISIBLES)


@dataclass(frozen=True)
class Tailles:
    """The largest dossier drawn."""

    ogs: int
    essms: int
    vagues: int
    lignes: int


GRANDES = Tailles(ogs=15, essms=200, vagues=8, lignes=30)
PETITES = Tailles(ogs=2, essms=6, vagues=2, lignes=3)


def tirer(campagne: str, type_projet: TypeProjet, tailles: Tailles, graine: int) -> Recette:
    """A recipe of a campaign and a type, always the same for a seed. Nothing, one and the most come more often."""
    hasard = random.Random(f"{campagne}/{type_projet}/{graine}")

    def nombre(plus: int) -> int:
        return hasard.choice((0, 1, plus, hasard.randint(0, plus), hasard.randint(0, plus)))

    genres = hasard.choice((RELISIBLES, tuple(GENRES)))
    return Recette(
        campagne=campagne,
        type_projet=type_projet,
        ogs=nombre(tailles.ogs),
        essms=nombre(tailles.essms),
        vagues=nombre(tailles.vagues),
        formations=nombre(tailles.lignes),
        risques=nombre(tailles.lignes),
        contacts=nombre(tailles.lignes),
        couts=nombre(tailles.lignes),
        solutions=nombre(3),
        materiels=nombre(tailles.lignes),
        fichiers=nombre(min(tailles.lignes, 8)),
        plan_type=hasard.random() < 0.5,
        signatures=hasard.random() < 0.5,
        textes=hasard.random() < 0.5,
        reponses=hasard.choice(REPONSES),
        montants=hasard.choice(MONTANTS),
        dates=hasard.choice(DATES),
        noms=tuple(hasard.sample(genres, hasard.randint(1, 4))),
        graine=hasard.randrange(2**32),
    )


def reduire(recette: Recette, echoue: Callable[[Recette], bool], essais: int = 40) -> Recette:
    """The simplest recipe that still fails, found in at most `essais` tries: without a thing, with half of it, with one kind."""
    reste = essais
    for champ in fields(Recette):
        if champ.default is MISSING:
            continue
        while reste and (plus_simple := _plus_simple(recette, champ.name, champ.default)) is not None:
            for candidat in plus_simple:
                reste -= 1
                if echoue(candidat):
                    recette = candidat
                    break
            else:
                break
    return recette


def _plus_simple(recette: Recette, champ: str, defaut: object) -> list[Recette] | None:
    """What to try instead of a field, the simplest first; None when it cannot be simpler."""
    valeur = getattr(recette, champ)
    if valeur == defaut or champ == "graine":
        return None
    essais: list[object] = [defaut]
    if isinstance(valeur, tuple) and len(valeur) > 1:
        essais += [(v,) for v in valeur]
    elif type(valeur) is int and valeur > 1:
        essais.append(valeur // 2)
    return [replace(recette, **{champ: v}) for v in essais]
