"""The twin of the directory, « FINESS activités » (JSON): the places of each établissement.

As the rules published with the file say: of the activities that run, the capacities without any detail of funding,
habilitation, lodging or gender; the installed ones (status 09), else the authorised ones (01).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.flux_json import FluxObjet
from esms_desktop.finess.lignes import Recit
from esms_desktop.finess.structures_json import elements, exiger_schema, objets
from esms_desktop.finess.valeurs import jour, texte
from esms_desktop.nomenclature.numeros import normaliser

FORMAT = "FINESS activités (JSON)"
_DETAILS = ("modeFinancement", "habilitation", "typeLogement", "genre")
_AUTORISEE, _INSTALLEE = "01", "09"
_PLACES_MAX = 100_000


def lire_activites(lire: Callable[[int], str], recit: Recit) -> Iterator[tuple[str, int]]:
    """The FINESS number and the places of each établissement that has some; fills `recit` in at the end.

    Args:
        lire: gives about as many more characters as asked, an empty text at the end.

    Raises:
        ErreurFiness: cut or damaged text, another schema, or no activities in it.
    """
    flux, jumeau = FluxObjet(lire, "pmej"), False
    for pmej in elements(flux):
        exiger_schema(flux)
        jumeau |= "activitesAutorisees" in pmej
        autorisees = {
            texte(_generales(a).get("activiteAeId")): a for a in objets(pmej.get("activitesAutorisees"))
        }
        for ege in objets(pmej.get("ege")):
            jumeau |= "activitesExercees" in ege
            exercees = [
                a for a in objets(ege.get("activitesExercees")) if _generales(a).get("etatObjet") != "I"
            ]
            numero = normaliser(texte(ege.get("numFinessEge")))
            places = _total(exercees, _INSTALLEE) or _autorisees(exercees, autorisees)
            if numero and 0 < places <= _PLACES_MAX:
                yield numero, places
    if not jumeau:
        raise ErreurFiness(
            "Ce fichier JSON n’est pas «\u00a0FINESS activités\u00a0»\u00a0: aucune activité n’y est décrite.",
            "Choisissez le fichier «\u00a0finess-activites\u00a0» publié sur data.gouv.fr.",
        )
    recit.format, recit.date_source = FORMAT, jour(flux.autres.get("generatedAt"))


def _generales(activite: dict[str, Any]) -> dict[str, Any]:
    generales = activite.get("caracteristiquesGeneriques")
    return generales if isinstance(generales, dict) else {}


def _total(activites: Iterable[dict[str, Any]], statut: str) -> int:
    total = 0
    for activite in activites:
        for c in objets(activite.get("capacite")):
            nombre = texte(c.get("nombre"))
            if texte(c.get("statutCapacite")) == statut and nombre.isdecimal() and len(nombre) < 7:
                total += 0 if any(c.get(d) for d in _DETAILS) else int(nombre)
    return total


def _autorisees(exercees: list[dict[str, Any]], autorisees: dict[str, dict[str, Any]]) -> int:
    liees = {texte(_generales(a).get("identifiantAutorisation")) for a in exercees}
    return _total([autorisees[i] for i in liees if i in autorisees], _AUTORISEE) or _total(
        exercees, _AUTORISEE
    )
