"""All that is computed of a dossier, gathered so that two readings can be compared."""

import ast
import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import esms_desktop
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.lecture import Dossier
from esms_desktop.regles.dossier import pieces, signatures
from esms_desktop.regles.financement import financement, materiels, pluriannuel
from esms_desktop.regles.planning import calendrier, planning, reports
from esms_desktop.regles.recevabilite import orientation, recevabilite
from esms_desktop.regles.recevabilite.eligibilite import relever


def tout(dossier: Dossier, jour: date, empreintes: bool = True) -> dict[str, Any]:
    """Every fact of a dossier on a day, rows told by their ids.

    Args:
        empreintes: the fingerprints of the documents too: they read what their gaps read, and each makes its document again.
    """
    campagne = charger(dossier.campagne_id)
    place = planning.lire(dossier, jour)
    return {
        "constats": verifier_dossier(dossier, jour),
        "releve": [
            (x.essms.id, x.og.id, x.eligible, x.motif, x.numero, x.departement)
            for x in relever(dossier, campagne).lignes
        ],
        "orientation": orientation.orienter_dossier(dossier, campagne),
        "montants": financement.financer_dossier(dossier, campagne),
        "plan": pluriannuel.plan(dossier, campagne),
        "materiels": materiels.liste(dossier),
        "points": recevabilite.points(dossier, campagne, jour),
        "echeances": calendrier.echeances(dossier, campagne, jour),
        "planifies": reports.champs_planifies(dossier, jour),
        "pieces": [
            (dataclasses.replace(e, fichiers=()), [f.id for f in e.fichiers])
            for e in pieces.etat_pieces(dossier, campagne)
        ],
        "signatures": [
            (
                e.document,
                e.og.id,
                e.signature and e.signature.id,
                e.etape,
                e.date,
                e.verifiable,
                e.changements,
            )
            for e in signatures.etats(dossier, campagne)
        ],
        "planning": [
            (p.tache.id, p.debut, p.fin, p.marge, p.critique, [t.id for t in p.tenue_par])
            for p in place.taches
        ],
        "chemin": ([t.id for t in place.chemin], [x.id for x in place.contredits], str(place.boucle)),
        "documents": {
            (g.code, og and og.id): (
                catalogue.manques(g.code, dossier, campagne, jour, og),
                catalogue.empreinte(g.code, dossier, campagne, jour, og) if empreintes else "",
            )
            for g, og in catalogue.tous(dossier)
        },
    }


def declares() -> set[str]:
    """The names of the functions the program makes facts of."""
    noms = set()
    for fichier in Path(esms_desktop.__file__).parent.rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.FunctionDef) and any(
                isinstance(d, ast.Name) and d.id == "fait" for d in noeud.decorator_list
            ):
                noms.add(noeud.name)
    return noms


def contenus(valeur: Any) -> Iterator[Any]:
    """All that a value holds, itself first."""
    yield valeur
    if isinstance(valeur, Enum):
        return
    if dataclasses.is_dataclass(valeur):
        for champ in dataclasses.fields(valeur):
            yield from contenus(getattr(valeur, champ.name))
    elif isinstance(valeur, Mapping):
        for cle, dit in valeur.items():
            yield from contenus(cle)
            yield from contenus(dit)
    elif isinstance(valeur, (tuple, list, set, frozenset)):
        for dit in valeur:
            yield from contenus(dit)
