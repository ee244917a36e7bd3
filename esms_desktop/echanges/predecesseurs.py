"""What a task waits for, as people write it: « 3 », « 3FD+2 », « 3DD », « 3FF-1 j », « Formation FD+2 ; 4 »."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from esms_desktop.errors import ErreurSaisie

T = TypeVar("T")

_TYPES = {"fin-debut": "FD", "debut-debut": "DD", "fin-fin": "FF"}
# English codes are those of exported files.
_CODES = {"FD": "fin-debut", "FS": "fin-debut", "DD": "debut-debut", "SS": "debut-debut", "FF": "fin-fin"}
_CODES_REFUSES = ("DF", "SF")
_DECALAGE = r"(?:\s*(?P<signe>[+\-−])\s*(?P<jours>\d{1,4})\s*(?:jours?|jrs?|jo|days?|j|d)?\.?)?"
_SUITE = rf"\s*(?P<code>FD|DD|FF|DF|FS|SS|SF)?{_DECALAGE}"
_NUMERO = re.compile(rf"(?P<numero>\d{{1,6}}){_SUITE}", re.IGNORECASE)
_NOM = re.compile(rf"(?P<nom>.+?){_SUITE}", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Attente(Generic[T]):
    """What is waited for, how (`regles.ordonnancement.TypeLien`), and the worked days added."""

    cible: T
    type: str
    decalage: int


def lire(
    texte: str, du_numero: Callable[[int], T | None], du_nom: Callable[[str], Sequence[T]]
) -> tuple[Attente[T], ...]:
    """The list of what is waited for, empty when nothing is.

    Args:
        texte: items set apart by semicolons, line ends, or commas when they are numbers.
        du_numero: what bears that number, None when nothing does.
        du_nom: what bears that name; several when the name is ambiguous.

    Raises:
        ErreurSaisie: an item that names nothing, or two things, or a kind of link that is not offered. The message is the end
            of a sentence.
    """
    attentes: list[Attente[T]] = []
    for morceau in re.split(r"[;\n]", texte):
        if morceau.strip():
            attentes += _morceau(morceau.strip(), du_numero, du_nom)
    vus: list[T] = []
    for attente in attentes:
        if any(attente.cible is v or attente.cible == v for v in vus):
            raise ErreurSaisie("la même tâche précédente est citée deux fois")
        vus.append(attente.cible)
    return tuple(attentes)


def ecrire(repere: int | str, type_: str, decalage: int) -> str:
    """A link as it is written: « 3 », « 3DD », « 3FD+2 j ». `repere`: the number, or the name, of what is waited for."""
    code = _TYPES[type_]
    if decalage:
        signe = "+" if decalage > 0 else "-"
        return f"{repere}{'' if isinstance(repere, int) else ' '}{code}{signe}{abs(decalage)} j"
    if code == "FD":
        return str(repere)
    return f"{repere}{code}" if isinstance(repere, int) else f"{repere} {code}"


def _morceau(
    morceau: str, du_numero: Callable[[int], T | None], du_nom: Callable[[str], Sequence[T]]
) -> list[Attente[T]]:
    if trouve := _NUMERO.fullmatch(morceau):
        cible = du_numero(int(trouve["numero"]))
        if cible is None:
            # A task may be called « 2024 ».
            nommees = du_nom(morceau)
            if not nommees:
                raise ErreurSaisie(f"la tâche précédente n° {trouve['numero']} n’existe pas")
            return [_attente(_seule(morceau, nommees), trouve, nom=True)]
        return [_attente(cible, trouve)]
    if nommees := du_nom(morceau):
        return [Attente(_seule(morceau, nommees), "fin-debut", 0)]
    trouve = _NOM.fullmatch(morceau)
    if trouve and trouve["nom"] != morceau and (nommees := du_nom(trouve["nom"])):
        return [_attente(_seule(trouve["nom"], nommees), trouve)]
    if "," in morceau:
        return [
            a
            for part in morceau.split(",")
            if part.strip()
            for a in _morceau(part.strip(), du_numero, du_nom)
        ]
    raise ErreurSaisie(f"la tâche précédente «\u00a0{morceau}\u00a0» n’existe pas")


def _seule(nom: str, cibles: Sequence[T]) -> T:
    if len(cibles) > 1:
        raise ErreurSaisie(
            f"plusieurs tâches s’appellent «\u00a0{nom.strip()}\u00a0»\u00a0; indiquez leur numéro"
        )
    return cibles[0]


def _attente(cible: T, trouve: re.Match[str], nom: bool = False) -> Attente[T]:
    if nom:
        return Attente(cible, "fin-debut", 0)
    code = (trouve["code"] or "FD").upper()
    if code in _CODES_REFUSES:
        raise ErreurSaisie(
            f"le lien «\u00a0{code}\u00a0» (début à fin) n’est pas proposé\u00a0; choisissez FD, DD ou FF"
        )
    jours = int(trouve["jours"] or 0)
    return Attente(cible, _CODES[code], jours if trouve["signe"] in (None, "+") else -jours)
