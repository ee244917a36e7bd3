"""What comes in and goes out of a planning: its tasks as plain lines, what was refused, what must be told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from esms_desktop.francais import cle
from esms_desktop.lecture import Dossier, Essms, Tache, Vague
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.vocabulaire import Plan

_AVANT, _APRES = re.compile(r" (?=[:;!?»%→])"), re.compile(r"(?<=«) ")


class Calendrier(Protocol):
    """Worked days, numbered one after the other (regles/jours_ouvres.py)."""

    def compter(self, debut: date, fin: date) -> int:
        """How many worked days from one day to another, both included."""

    def indice(self, jour: date) -> int:
        """The number of that day, or of the first worked day after it."""

    def jour(self, indice: int) -> date:
        """The worked day of that number."""


@dataclass(frozen=True, slots=True)
class Precedente:
    """What a line waits for: another line read with it, or a task already in the planning.

    Args:
        ligne: index of the line among those read together, None when it waits for `tache`.
        tache: the task already there, None when it waits for `ligne`.
        type: "fin-debut", "debut-debut" or "fin-fin".
        decalage: worked days, negative to overlap.
    """

    ligne: int | None = None
    tache: Tache | None = None
    type: str = "fin-debut"
    decalage: int = 0


@dataclass(frozen=True, slots=True)
class LigneTache:
    """A task or a milestone; the fields are those of `model.planning.Tache`, in plain values.

    Args:
        duree: worked days, 0 for a milestone.
        essms: FINESS géographique of the structure it is about, else its name; empty when none (see `structure_de`).
        vague: name of the wave it is about; empty when none (see `vague_de`).
        action: title of the action on a risk it carries out; empty when none.
        debut, fin: where it falls, for what is sent out; what a file says, for what comes in. They decide nothing.
        numero: its number where it was read, from 1.
        soir: of a milestone sent out, whether it falls in the evening of its day.
    """

    nom: str
    plan: str = Plan.PROJET.value
    phase: str = ""
    jalon: bool = False
    duree: int = 1
    pas_avant: date | None = None
    fixe: date | None = None
    echeance: date | None = None
    responsable: str = ""
    avancement: int = 0
    essms: str = ""
    vague: str = ""
    action: str = ""
    origine: str = ""
    reference_debut: date | None = None
    reference_fin: date | None = None
    notes: str = ""
    precedentes: tuple[Precedente, ...] = ()
    debut: date | None = None
    fin: date | None = None
    numero: int = 0
    soir: bool = False


@dataclass(frozen=True, slots=True)
class Remarque:
    """What must be told of a line. `numero`: from 1, 0 for the whole; `raison`: what is said, without its last stop."""

    numero: int
    nom: str
    raison: str

    def __str__(self) -> str:
        nom = f" « {self.nom} »" if self.nom else ""
        phrase = f"Ligne {self.numero}{nom} : {self.raison}." if self.numero else f"{self.raison}."
        return _APRES.sub("\u00a0", _AVANT.sub("\u00a0", phrase))


@dataclass(frozen=True)
class Lecture:
    """What was read; nothing is applied.

    Args:
        lignes: the good lines; their `precedentes` count from 0 in this tuple.
        refus: the lines left out, each with its reason.
        remarques: what was changed or left aside in the good lines.
    """

    lignes: tuple[LigneTache, ...]
    refus: tuple[Remarque, ...] = ()
    remarques: tuple[Remarque, ...] = ()


def personnes_de(responsable: str) -> tuple[str, ...]:
    """The people a text names, separated by commas, semicolons or « et », each once."""
    noms = (" ".join(n.split()) for n in re.split(r"[,;/]|\bet\b", responsable))
    return tuple(dict.fromkeys(n for n in noms if n))


def plan_de(texte: str) -> Plan | None:
    """The planning a text names, in full or by its main word; None when it names none."""
    voulu = cle(texte)
    for plan in Plan:
        if voulu in (plan.value, cle(plan.libelle)):
            return plan
    return Plan.CHANGEMENT if voulu in ("accompagnement", "accompagnement du changement") else None


def structure_de(dossier: Dossier, texte: str) -> Essms | None:
    """The structure a text names, by FINESS géographique else by name; None when it names none of the dossier."""
    numero, nom = normaliser(texte), cle(texte)
    essms = dossier.essms
    return next((e for e in essms if numero and e.finess == numero), None) or next(
        (e for e in essms if nom and cle(e.nom) == nom), None
    )


def vague_de(dossier: Dossier, texte: str) -> Vague | None:
    """The wave a text names; None when it names none of the dossier."""
    nom = cle(texte)
    return next((v for v in dossier.vagues if nom and cle(v.nom) == nom), None)


def boucles(precedents: Mapping[int, Iterable[int]]) -> list[tuple[int, ...]]:
    """The loops among keys, each in the order it turns, until none is left; a key belongs to one loop at most.

    Args:
        precedents: for each key, those it waits for; keys that are not there are left aside.
    """
    from graphlib import CycleError, TopologicalSorter

    reste = {c: [a for a in avant if a in precedents] for c, avant in precedents.items()}
    trouvees: list[tuple[int, ...]] = []
    while True:
        try:
            TopologicalSorter(reste).prepare()
        except CycleError as erreur:
            tour = tuple(erreur.args[1][:-1])
            trouvees.append(tour)
            parti = set(tour)
            reste = {c: [a for a in v if a not in parti] for c, v in reste.items() if c not in parti}
        else:
            return trouvees
