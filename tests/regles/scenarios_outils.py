"""How a scenario is told: a dossier that is ready, and what is done to it."""

from collections.abc import Callable
from typing import Any

from esms_desktop.model import (
    Dossier,
    Risque,
)
from esms_desktop.nomenclature.vocabulaire import (
    TypeProjet,
)
from tests.regles.fabrique import dossier, og, preparer

CONF = TypeProjet.CONFORMITE


Geste = Callable[[Dossier], object]


def pret() -> Dossier:
    """Two OG, ten and eight ESSMS, one in Corsica's number but the Essonne: nothing left to do but the pieces."""
    return preparer(dossier(10, 8))


def poser(d: Dossier, chemin: str, valeur: Any) -> None:
    """Sets « ogs.1.siret » and the like; « * » stands for each."""
    objets: list[Any] = [d]
    *etapes, champ = chemin.split(".")
    for etape in etapes:
        if etape == "*":
            objets = [x for objet in objets for x in objet]
        elif etape.isdigit():
            objets = [objet[int(etape)] for objet in objets]
        else:
            objets = [getattr(objet, etape) for objet in objets]
    for objet in objets:
        setattr(objet, champ, valeur)


def avec(**champs: Any) -> Geste:
    """Fields of the dossier itself."""
    return changer(champs)


def changer(champs: dict[str, Any]) -> Geste:
    """Values at given paths."""

    def faire(d: Dossier) -> None:
        for chemin, valeur in champs.items():
            poser(d, chemin, valeur)

    return faire


def _ajouter_risque(d: Dossier, **champs: Any) -> Risque:
    risque = Risque(
        **{"intitule": "Départ du référent", "rang": len(d.risques), "probabilite": 2, "gravite": 2, "id": 90}
        | champs
    )
    d.risques.append(risque)
    return risque


def _trois_og_avec(champs: dict[str, Any]) -> Geste:
    def faire(d: Dossier) -> None:
        d.ogs.append(og(3, 1, 70, **champs))

    return faire


def _jalon(origine: str, **champs: Any) -> Geste:
    def faire(d: Dossier) -> None:
        tache = next(t for t in d.taches if t.origine == origine)
        for nom, valeur in champs.items():
            setattr(tache, nom, valeur)

    return faire


def _sans_tache(mot: str) -> Geste:
    def faire(d: Dossier) -> None:
        for tache in [t for t in d.taches if mot in t.nom]:
            for lien in [x for x in d.liens_taches if tache in (x.avant, x.apres)]:
                d.liens_taches.remove(lien)
                lien.avant.sortants.remove(lien)
                lien.apres.entrants.remove(lien)
            d.taches.remove(tache)

    return faire


def _ensemble(*gestes: Geste) -> Geste:
    def faire(d: Dossier) -> None:
        for geste in gestes:
            geste(d)

    return faire
