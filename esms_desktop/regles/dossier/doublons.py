"""ESSMS of the grappe that may be one and the same: same FINESS, same SIRET, same name at the same place."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from esms_desktop.francais import mots
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.numeros import (
    defaut_finess,
    defaut_siret,
    ecrire_finess,
    ecrire_siret,
    normaliser,
)


@dataclass(frozen=True)
class Doublon:
    """ESSMS that have something in common. `genre`: "finess", "siret" or "nom"; `sur`: True when it cannot be by right."""

    genre: str
    sur: bool
    raison: str
    essms: tuple[Essms, ...]


def doublons(dossier: Dossier) -> list[Doublon]:
    """The ESSMS that may be counted twice, the surest first; those already grouped by a stronger sign are not told again.

    Several structures under one FINESS number may be by right: the ARS may ask which (referentiel 01 § 3). A SIRET may be
    that of several services of one place.
    """
    trouves: list[Doublon] = []
    dits: set[frozenset[int]] = set()
    for genre, cle, sur in (("finess", _finess, True), ("nom", _nom, True), ("siret", _siret, False)):
        for groupe in _groupes(dossier, cle):
            ids = frozenset(e.id for e in groupe)
            if not any(ids <= dit for dit in dits):
                dits.add(ids)
                trouves.append(Doublon(genre, sur, _raison(genre, groupe[0]), tuple(groupe)))
    return trouves


def _raison(genre: str, e: Essms) -> str:
    if genre == "finess":
        return f"même numéro FINESS, {ecrire_finess(e.finess)}"
    if genre == "siret":
        return f"même SIRET, {ecrire_siret(e.siret)}"
    return f"même nom et même adresse, {e.commune or e.adresse}"


def _groupes(dossier: Dossier, cle: Callable[[Essms], Hashable]) -> list[list[Essms]]:
    groupes: dict[Hashable, list[Essms]] = {}
    for e in dossier.essms:
        if (commun := cle(e)) is not None:
            groupes.setdefault(commun, []).append(e)
    return [g for g in groupes.values() if len(g) > 1]


def _finess(e: Essms) -> str | None:
    numero = normaliser(e.finess)
    return numero if defaut_finess(numero) is None else None


def _siret(e: Essms) -> str | None:
    numero = normaliser(e.siret)
    return numero if defaut_siret(numero) is None else None


def _nom(e: Essms) -> tuple[str, str] | None:
    """The name and the place, the street when both have one; a name without a place tells nothing."""
    nom = " ".join(mots(e.nom))
    lieu = " ".join(mots(f"{e.adresse} {e.commune}"))
    return (nom, lieu) if nom and lieu else None
