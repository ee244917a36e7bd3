"""A directory as the official one is, of fictitious bodies: several territories, what does not count, both formats."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from esms_desktop.finess import Annuaire, creer_dossier, lire
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from tests.finess import fabrique as f

AZUR, GUYANE, HOPITAL, FONDATION = map(f.numero, ("06000011", "97030011", "06000012", "2A000001"))


def _azur() -> dict[str, object]:
    """21 établissements: 16 that count, 2 closed, 2 maisons relais, 1 pharmacy; a service whose seat is in Corse."""
    corse = f.ege("2A000240", "446", nomEgeLong="SERVICE DE L’ÎLE FICTIVE")
    # The office is in Nice: the place of the service is its address 03.
    corse["adresse"][0] |= {"cogCommune": "06088", "codePostal": "06000"}
    return f.pmej(
        AZUR,
        *(f.ege(f"060010{i:02d}", "183") for i in range(10)),
        *(f.ege(f"060020{i:02d}", "500") for i in range(3)),
        *(f.ege(f"060030{i:02d}", "460") for i in range(2)),
        corse,
        *(f.ege(f"060040{i:02d}", "183", etatObjet="I", dateFermeture="2019-03-04") for i in range(2)),
        *(f.ege(f"060050{i:02d}", "258") for i in range(2)),
        f.ege("06006000", "620"),
        denominationLonguePmSmsse="ASSOCIATION FICTIVE DE L’AZUR",
    )


@pytest.fixture
def annuaire(tmp_path: Path) -> Annuaire:
    octets = f.annuaire_json(
        _azur(),
        f.pmej(GUYANE, *(f.ege(f"970301{i:02d}", "195") for i in range(4)), denominationPm="ADAPEI FICTIVE"),
        f.pmej(
            HOPITAL,
            f.ege("06007000", "355"),
            f.ege("06007001", "362"),
            f.ege("06007002", "354"),
            statutJuridique="13",
        ),
        f.pmej(FONDATION, f.ege("2A000300", "362"), statutJuridique="63"),
    )
    chemin = tmp_path / "annuaire.json.gz"
    chemin.write_bytes(gzip.compress(octets, mtime=0))
    return lire(chemin)


def test_two_bodies_of_two_territories(annuaire: Annuaire) -> None:
    resultat = creer_dossier(annuaire, "Fictif", "2023", TypeProjet.ACQUISITION, AZUR, [GUYANE])
    azur, guyane = resultat.dossier.ogs
    assert [(len(og.essms), og.nb_essms_total) for og in (azur, guyane)] == [(16, 16), (4, 4)]
    assert Counter(e.champ for e in azur.essms) == {Champ.PH: 11, Champ.PA: 3, Champ.DOM: 2}
    assert Counter(e.champ for e in guyane.essms) == {Champ.PH: 4}
    regions = Counter(departements()[e.departement].region.code for e in resultat.dossier.essms)
    assert regions == {"93": 15, "94": 1, "03": 4}
    assert Counter(e.etablissement.categorie for e in resultat.ecartes) == {"258": 2, "183": 2, "620": 1}
    assert {e.motif for e in resultat.ecartes if e.etablissement.categorie == "183"} == {
        "fermé depuis le 04/03/2019"
    }
    # A number of Guyane starts as all those overseas do; its department has its own code.
    assert {e.departement for e in guyane.essms} == {"9C"}
    ile = next(e for e in azur.essms if e.finess == f.numero("2A000240"))
    assert (ile.commune, ile.code_postal) == ("AJACCIO", "20000")
    assert resultat.alertes == ()


def test_hospitals_pharmacies_and_long_stay_units_are_not_counted(annuaire: Annuaire) -> None:
    assert (len(annuaire.entites), sum(len(e.etablissements) for e in annuaire.entites.values())) == (4, 29)
    hopital = annuaire.entite(HOPITAL)
    assert [(e.categorie, e.champ) for e in hopital.eligibles] == [("354", Champ.DOM)]
    assert not annuaire.entite(FONDATION).eligibles


def test_each_body_has_its_legal_form(annuaire: Annuaire) -> None:
    assert all(e.forme_juridique for e in annuaire.entites.values())
    assert {n: e.association for n, e in annuaire.entites.items()} == {
        AZUR: True,
        GUYANE: True,
        HOPITAL: False,
        FONDATION: False,
    }


@pytest.mark.parametrize("encodage", ["utf-8", "iso-8859-1"])
def test_the_former_format(tmp_path: Path, encodage: str) -> None:
    lignes = [
        f.ligne_et("06000101", AZUR),
        f.ligne_et("06000102", AZUR, 'LIEU DE VIE "LES ÉTÉS"', "462"),
        f.ligne_et("06000103", HOPITAL, "HÔPITAL", "355"),
        f.ligne_et("97030101", GUYANE, "FOYER", "252").replace(";088;06;ALPES MARITIMES;", ";302;9C;GUYANE;"),
    ]
    annuaire = lire(f.ecrire(tmp_path, f.annuaire_csv(*lignes, encodage=encodage)))
    assert (set(annuaire.entites), annuaire.alertes) == ({AZUR, HOPITAL, GUYANE}, ())
    eligibles = [e for ej in annuaire.entites.values() for e in ej.eligibles]
    assert {(e.finess, e.champ, e.departement) for e in eligibles} >= {
        (f.numero("06000101"), Champ.PA, "06"),
        (f.numero("97030101"), Champ.PH, "9C"),
    }
    assert 'LIEU DE VIE "LES ÉTÉS"' in {e.nom for e in annuaire.entite(AZUR).etablissements}
    assert not annuaire.entite(HOPITAL).eligibles
