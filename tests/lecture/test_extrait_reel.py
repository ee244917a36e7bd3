"""On dossiers made from the real FINESS extract: what is kept says what is computed anew, and what the objects say."""

from functools import cache
from typing import Any

import pytest

from esms_desktop.finess import creer_dossier, lire
from esms_desktop.finess.annuaire import Annuaire
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.porte import Porte
from tests.conftest import DONNEES
from tests.lecture.faits import tout
from tests.lecture.perturbations import neuf
from tests.regles.fabrique import JOUR

JSON = DONNEES / "finess/finess-structures-extrait-20260813.json.gz"


@cache
def annuaire() -> Annuaire:
    return lire(JSON)


@pytest.mark.parametrize("campagne", ["2023", "2022"])
def test_kept_equals_fresh_on_a_real_grappe(porte: Porte, campagne: str) -> None:
    lu = annuaire()
    porteuses = sorted(lu.entites, key=lambda e: -len(lu.entites[e].eligibles))[:5]
    cree = creer_dossier(lu, "Réel", campagne, TypeProjet.ACQUISITION, porteuses[0], porteuses[1:])
    porte.ajouter(cree.dossier, libelle="Créer")
    dossier: Dossier = porte.relire(cree.dossier)
    assert len(dossier.essms) > 40 and len(dossier.ogs) == 5
    vivant: Any = cree.dossier
    assert tout(dossier, JOUR) == tout(neuf(dossier), JOUR)
    assert tout(dossier, JOUR) == tout(vivant, JOUR)
    suites: tuple[tuple[Any, dict[str, object]], ...] = (
        (dossier, {"notes": "à revoir"}),
        (dossier.essms[3], {"categorie": "209", "champ": None}),
        (dossier.essms[0], {"finess": dossier.essms[1].finess}),
        (dossier.ogs[1], {"nb_essms_total": 3, "dpo_nom": "Lou Petit"}),
        (dossier.essms[5], {"departement": "", "capacite": 7}),
    )
    for objet, champs in suites:
        porte.modifier(objet, **champs)
        suivant = porte.lire(dossier.id, dossier)
        assert suivant is not None
        dossier = suivant
        assert tout(dossier, JOUR) == tout(neuf(dossier), JOUR), champs
    porte.annuler()
    suivant = porte.lire(dossier.id, dossier)
    assert suivant is not None and tout(suivant, JOUR) == tout(neuf(suivant), JOUR)
