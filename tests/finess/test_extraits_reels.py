"""The real extracts; the counts were made by hand on the raw files."""

import csv
from collections import Counter

from esms_desktop.finess import creer_dossier, lire
from esms_desktop.nomenclature.numeros import defaut_finess, defaut_siret
from esms_desktop.nomenclature.territoires import departement_du_lieu, departement_du_numero, departements
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from tests.conftest import DONNEES

JSON = DONNEES / "finess/finess-structures-extrait-20260813.json.gz"
NUMEROS = DONNEES / "finess/sae-numeros-2022.csv"
CSV = DONNEES / "finess/etalab-cs1100502-extrait-20260512.csv"

ISATIS = "060020443"
ADAPEI = "970302477"


def test_isatis_and_the_adapei_of_guyane() -> None:
    annuaire = lire(JSON)
    resultat = creer_dossier(annuaire, "Réel", "2023", TypeProjet.ACQUISITION, ISATIS, [ADAPEI])
    isatis, adapei = resultat.dossier.ogs
    # 33 établissements: 7 closed, 5 maisons relais; 18 établissements: 2 closed.
    assert [(len(og.essms), og.nb_essms_total) for og in (isatis, adapei)] == [(21, 21), (16, 16)]
    assert Counter(e.champ for e in isatis.essms) == {Champ.PH: 18, Champ.AHI: 2, Champ.PDS: 1}
    assert Counter(e.champ for e in adapei.essms) == {Champ.PH: 13, Champ.AHI: 2, Champ.DOM: 1}
    regions = Counter(departements()[e.departement].region.code for e in resultat.dossier.essms)
    assert regions == {"93": 18, "94": 3, "03": 16}
    assert Counter(e.etablissement.categorie == "258" for e in resultat.ecartes) == {True: 5, False: 9}
    assert all(
        e.motif.startswith("fermé depuis") for e in resultat.ecartes if e.etablissement.categorie != "258"
    )
    assert (isatis.nom, isatis.sigle, isatis.association) == ("ASSOCIATION ISATIS", "ISATIS", True)
    assert isatis.siege == "6 AVENUE HENRI BARBUSSE, 06100 NICE"
    # Its number, its seat and all its ESSMS are in Guyane.
    assert (adapei.code_postal, adapei.commune) == ("97300", "CAYENNE")
    assert {e.departement for e in adapei.essms} == {"9C"}
    # The place of a service that also has a secondary address in another department.
    ajaccio = next(e for e in isatis.essms if e.finess == "2A0002408")
    assert (ajaccio.commune, ajaccio.code_postal) == ("AJACCIO", "20000")
    assert resultat.alertes == ()


def test_hospitals_pharmacies_and_long_stay_units_are_not_counted() -> None:
    annuaire = lire(JSON)
    assert (len(annuaire.entites), sum(len(e.etablissements) for e in annuaire.entites.values())) == (20, 158)
    chaumont = annuaire.entite("520780032")
    assert sorted(e.categorie for e in chaumont.eligibles) == ["354", "500"]
    assert "362" in {e.categorie for e in chaumont.etablissements}
    assert not annuaire.entite("010002277").eligibles
    assert [e.champ for e in annuaire.entite("010000339").eligibles] == [Champ.PA, Champ.DOM]


def test_every_real_entity_has_a_known_legal_form() -> None:
    annuaire = lire(JSON)
    assert all(e.forme_juridique for e in annuaire.entites.values())
    assert sum(e.association is True for e in annuaire.entites.values()) == 7


def test_the_former_format() -> None:
    annuaire = lire(CSV)
    assert (len(annuaire.entites), annuaire.alertes) == (13, ())
    eligibles = [e for ej in annuaire.entites.values() for e in ej.eligibles]
    assert {e.finess: (e.champ, e.departement) for e in eligibles} == {
        "970210126": (Champ.PH, "9B"),
        "970405767": (Champ.PDE, "9D"),
        "970302287": (Champ.PA, "9C"),
        "970216057": (Champ.PJM, "9B"),
    }
    tous = [e for ej in annuaire.entites.values() for e in ej.etablissements]
    assert 'LIEU DE VIE ET D\'ACCUEIL "MAVOUNA MEMA 1"' in {e.nom for e in tous}
    assert {e.departement for e in tous} == {"01", "9A", "9B", "9C", "9D", "9F", "9J"}


def test_real_numbers() -> None:
    with NUMEROS.open(encoding="iso-8859-1", newline="") as fichier:
        lignes = list(csv.DictReader(fichier, delimiter=";"))
    assert len(lignes) == 3995
    assert [x["fi"] for x in lignes if defaut_finess(x["fi"])] == []
    assert [x["fi_ej"] for x in lignes if x["fi_ej"] and defaut_finess(x["fi_ej"])] == []
    courts = [x["sir"] for x in lignes if len(x["sir"]) == 9]
    assert len(courts) == 45
    assert all("SIREN" in (defaut_siret(s) or "") for s in courts)
    # One real SIRET of fourteen digits has a wrong key.
    assert sum(defaut_siret(x["sir"]) is not None for x in lignes if len(x["sir"]) == 14) == 1


def test_real_places_and_numbers_agree() -> None:
    with NUMEROS.open(encoding="iso-8859-1", newline="") as fichier:
        for ligne in csv.DictReader(fichier, delimiter=";"):
            attendu = departements()[ligne["dep"]]
            assert departement_du_numero(ligne["fi"]) is attendu
            assert departement_du_lieu(ligne["COMINSEE"]) is attendu
            assert departement_du_lieu("", ligne["CPO"]) is attendu
