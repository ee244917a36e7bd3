"""Does a geste by its name, with arguments given as texts or as JSON, and says what it wrote."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_type_hints

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.arguments import CHAMPS, arguments, donnees
from esms_desktop.gestes.registre import trouver
from esms_desktop.lecture import Dossier, Ligne
from esms_desktop.store.porte import Porte

# The gestes that make a dossier rather than write in one.
SANS_DOSSIER = frozenset({"dossier.creer"})


@dataclass(frozen=True)
class Fait:
    """What a geste did.

    Attributes:
        libelle: how the journal calls it, empty when nothing was written.
        lignes: the rows it added ("ajoutee"), changed or removed: (table, id, what).
        resultat: what its function answered, when that says something by itself.
    """

    libelle: str
    lignes: tuple[tuple[str, int, str], ...]
    resultat: object

    def en_dict(self) -> dict[str, Any]:
        """What is said of it in JSON."""
        return {
            "libelle": self.libelle,
            "ecrit": bool(self.lignes),
            "lignes": [{"table": t, "id": cle, "fait": fait} for t, cle, fait in self.lignes],
            "resultat": self.resultat,
        }


def accomplir(
    porte: Porte, nom: str, dossier: Dossier | None, donnees_: Mapping[str, Any], jour: date
) -> Fait:
    """Does the geste of that name on a dossier.

    Args:
        dossier: None for a geste that makes one.
        donnees_: its arguments by their names.
        jour: the day it reckons with.

    Raises:
        ErreurSaisie: no such geste, an argument missing, unknown or refused. ErreurBase: the base refuses.
    """
    geste = trouver(nom)
    connus = {a.nom: a for a in arguments(nom)}
    if inconnus := [n for n in donnees_ if n not in connus]:
        raise ErreurSaisie(
            f"«\u00a0{nom}\u00a0» ne prend pas «\u00a0{inconnus[0]}\u00a0».",
            f"Il prend\u00a0: {', '.join(connus)}." if connus else "Il ne prend rien d’autre que le dossier.",
        )
    if manquants := [a.nom for a in connus.values() if a.oblige and a.nom not in donnees_]:
        raise ErreurSaisie(
            f"Il manque à «\u00a0{nom}\u00a0»\u00a0: {', '.join(manquants)}.", "Rien n’a été fait."
        )
    if dossier is None:
        if SANS_DOSSIER.isdisjoint({nom}):
            raise ErreurSaisie(
                f"«\u00a0{nom}\u00a0» se fait sur un dossier.", "Donnez son nom après celui du geste."
            )
        dossier = Dossier.vide()
    valeurs = {n: connus[n].lire(dossier, v) for n, v in donnees_.items()}
    return _executer(porte, geste.fonction, dossier, valeurs, jour)


def _executer(porte: Porte, fonction: Any, dossier: Dossier, valeurs: dict[str, Any], jour: date) -> Fait:
    positions: list[Any] = []
    nommes: dict[str, Any] = {}
    types_ = get_type_hints(fonction)
    for p in inspect.signature(fonction).parameters.values():
        genre = types_.get(p.name)
        if p.kind is p.VAR_KEYWORD:
            ligne = next((v for v in positions if isinstance(v, Ligne)), dossier)
            champs = valeurs.pop(CHAMPS, None)
            nommes |= valeurs if champs is None else donnees(dossier, ligne.table, champs)
            continue
        if p.kind is p.VAR_POSITIONAL:
            positions += valeurs.pop(p.name)
            continue
        if genre is Porte:
            valeur: Any = porte
        elif genre is Dossier:
            valeur = dossier
        elif genre is Campagne:
            valeur = charger(dossier.campagne_id)
        elif p.name == "jour":
            valeur = jour
        elif p.name in valeurs:
            valeur = valeurs.pop(p.name)
        else:
            valeur = p.default
        if p.kind is p.KEYWORD_ONLY:
            nommes[p.name] = valeur
        else:
            positions.append(valeur)
    avant = porte.dernier_pas
    resultat = fonction(*positions, **nommes)
    pas = porte.dernier_pas
    if pas is None or pas is avant:
        return Fait("", (), _dicible(resultat))
    lignes = tuple(
        (e.table, e.cle, "ajoutee" if e.avant is None else "retiree" if e.apres is None else "changee")
        for e in pas.ecrits
    )
    return Fait(pas.libelle, lignes, _dicible(resultat))


def _dicible(resultat: object) -> object:
    simple = isinstance(resultat, bool | int | str) or resultat is None
    return (
        resultat
        if simple or (isinstance(resultat, list) and all(isinstance(x, int) for x in resultat))
        else None
    )
