"""The SAD obligation (referentiel 01 § 6) and the cumul with SONS (§ 2), line by line."""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Gravite
from esms_desktop.regles.recevabilite.cumul import controler_cumul, cumul
from esms_desktop.regles.recevabilite.sad import controler_sad
from tests.regles.fabrique import dossier

ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE
MARCHE, HORS = ExceptionSad.MARCHE_EN_COURS, ExceptionSad.HORS_CHAMPS
REF, NON = StatutSolution.REFERENCEE, StatutSolution.NON_REFERENCEE
BLOQUE, FAIRE = Gravite.BLOQUANT, Gravite.A_FAIRE


@pytest.mark.parametrize(
    ("sad", "exception", "dans_sad", "statut", "code", "marche", "champ", "attendu"),
    [
        (None, None, True, REF, None, None, Champ.PA, FAIRE),
        (True, None, True, REF, None, None, Champ.PA, None),
        (True, None, None, REF, None, None, Champ.PA, FAIRE),
        (True, None, False, REF, None, None, Champ.PA, BLOQUE),
        (False, None, True, REF, None, None, Champ.PA, FAIRE),
        (False, MARCHE, True, NON, True, True, Champ.PA, None),
        (False, MARCHE, False, REF, True, True, Champ.PA, None),
        (False, MARCHE, False, NON, True, True, Champ.PA, BLOQUE),
        (False, MARCHE, None, NON, True, True, Champ.PA, FAIRE),
        (False, MARCHE, True, REF, False, True, Champ.PA, BLOQUE),
        (False, MARCHE, True, REF, None, True, Champ.PA, FAIRE),
        (False, MARCHE, True, REF, True, None, Champ.PA, FAIRE),
        (False, HORS, False, REF, None, None, Champ.PDE, None),
        (False, HORS, False, NON, None, None, Champ.PDE, BLOQUE),
        (False, HORS, False, None, None, None, Champ.PDE, FAIRE),
        (False, HORS, False, REF, None, None, Champ.PA, BLOQUE),
    ],
)
def test_obligation_du_sad(sad, exception, dans_sad, statut, code, marche, champ, attendu) -> None:
    d = dossier(15, sad=sad, sad_exception=exception)
    d.solutions[0].dans_sad, d.solutions[0].statut = dans_sad, statut
    d.ogs[0].commande_publique, d.ogs[0].marche_en_cours = code, marche
    for e in d.essms:
        e.champ = champ
    controle = controler_sad(d, charger("2022"))
    assert [c.gravite for c in controle.constats] == ([] if attendu is None else [attendu])
    assert controle.satisfait is (attendu is None)


@pytest.mark.parametrize(
    ("campagne", "type_projet"), [("2022", CONF), ("2021-amorcage", ACQ), ("sons-vague-1", ACQ)]
)
def test_pas_d_obligation(campagne, type_projet) -> None:
    assert controler_sad(dossier(15, sad=None, type_projet=type_projet), charger(campagne)).satisfait


def test_sans_solution_le_sad_n_est_pas_satisfait() -> None:
    d = dossier(15)
    d.solutions[0].retenue = False
    assert not controler_sad(d, charger("2022")).satisfait


@pytest.mark.parametrize(
    ("campagne", "type_projet", "version", "possible"),
    [
        ("2021-amorcage", ACQ, None, True),
        ("2022", ACQ, None, False),
        ("2023", ACQ, None, False),
        ("2021-amorcage", CONF, False, True),
        ("2022", CONF, False, True),
        ("2023", CONF, False, True),
        ("2021-amorcage", CONF, True, False),
        ("2022", CONF, True, False),
        ("2023", CONF, True, False),
        ("2022", CONF, None, None),
    ],
)
def test_cumul_avec_le_sons(campagne, type_projet, version, possible) -> None:
    resultat = cumul(charger(campagne), type_projet, version)
    assert resultat.possible is possible
    assert (
        resultat.explication and resultat.source == "SONS § cumul" and resultat.fondement is Fondement.TEXTE
    )


def test_le_cumul_est_un_conseil() -> None:
    controle = controler_cumul(dossier(15), charger("2022"))
    assert [c.gravite for c in controle.constats] == [Gravite.CONSEIL] and controle.satisfait
    vus = controler_cumul(dossier(15), charger("sons-vague-1")).constats
    assert [c.code for c in vus] == ["cumul.reengagement"]
