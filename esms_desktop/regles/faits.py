"""The findings of a rule over many ESSMS, said once: one constat that names a few and counts the rest."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Essms, Og
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page


@dataclass(frozen=True)
class Modele:
    """What a constat says whatever the objects it bears on."""

    code: str
    gravite: Gravite
    titre: str
    explication: str
    remede: str
    source: str

    def constat(
        self, cible: Cible, preuve: str = "", sur: Sequence[Essms | Og] = (), retard: int = 0
    ) -> Constat:
        """The constat, on one object, or on all of `sur` of which it aims at one."""
        return Constat(
            self.code,
            self.gravite,
            self.titre,
            self.explication,
            self.remede,
            self.source,
            cible,
            preuve,
            sur=cles(sur),
            retard=retard,
        )


def cles(objets: Sequence[Essms | Og]) -> tuple[int, ...]:
    """Their keys; one that is not kept yet has none."""
    return tuple(o.id for o in objets if o.id is not None)


def cible_essms(essms: Essms, champ: str) -> Cible:
    """The field of an ESSMS, on the page of the grappe."""
    return Cible(Page.GRAPPE, "essms", essms.id, champ)


def nommer(liste: Sequence[Essms]) -> str:
    """« 49 ESSMS (A, B, C et 46 autres) »."""
    return f"{francais.pluriel(len(liste), 'ESSMS')} ({francais.resumer([e.nom for e in liste])})"


def groupe(modele: Modele, liste: Sequence[Essms], champ: str) -> tuple[Constat, ...]:
    """One constat for all these ESSMS, aimed at the first; none when the list is empty."""
    if not liste:
        return ()
    return (modele.constat(cible_essms(liste[0], champ), nommer(liste), liste),)


def attendu(campagne: Campagne) -> Gravite:
    """How much a gap in the preparation weighs: to be done, but for SONS, which asks no project and no piece."""
    return Gravite.CONSEIL if campagne.programme == "sons" else Gravite.A_FAIRE


def controle(
    modele: Modele,
    cible: Cible,
    manque: bool,
    preuve: str = "",
    sur: Sequence[Essms | Og] = (),
    retard: int = 0,
) -> Controle:
    """A check of one finding, made when something is missing."""
    constats = (modele.constat(cible, preuve, sur, retard),) if manque else ()
    return Controle(modele.code, cible.page, constats)
