"""From EJ numbers to a dossier: what it holds, what is left out, what is refused."""

from pathlib import Path

import pytest

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess import Annuaire, Import, creer_dossier, lire, og_depuis
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from tests.finess import fabrique as f


def _annuaire(tmp_path: Path, octets: bytes | None = None) -> Annuaire:
    return lire(f.ecrire(tmp_path, octets or f.petit()))


def _creer(annuaire: Annuaire, porteur: str, *membres: str) -> Import:
    return creer_dossier(annuaire, "Grappe", "2023", TypeProjet.ACQUISITION, porteur, membres)


def test_the_dossier_holds_the_og_and_their_eligible_essms(tmp_path: Path) -> None:
    resultat = _creer(_annuaire(tmp_path), f.EJ, f.EJ_MEMBRE)
    porteur, membre = resultat.dossier.ogs
    assert resultat.dossier.porteur is porteur
    assert (porteur.est_porteur, membre.est_porteur, porteur.rang, membre.rang) == (True, False, 0, 1)
    assert (porteur.finess_ej, porteur.siren, porteur.siret, porteur.association) == (
        f.EJ,
        "410516157",
        "",
        True,
    )
    assert (porteur.siege, porteur.telephone) == ("6 AV DU PORT, 06100 NICE", "04 92 07 87 87")
    assert (porteur.nb_essms_total, membre.nb_essms_total) == (2, 1)
    assert (membre.nom, membre.sigle) == ("ÉTÉ", "")
    assert [(e.champ, e.departement, e.rang) for e in resultat.dossier.essms] == [
        (Champ.PA, "06", 0),
        (Champ.PH, "06", 1),
        (Champ.PH, "9C", 0),
    ]
    assert resultat.dossier.essms[0].finess == f.EHPAD
    assert [e.etablissement.categorie for e in resultat.ecartes] == ["362", "258", "620", "500", "247", "999"]
    assert resultat.ecartes[3].motif == "fermé depuis le 04/03/2019"
    assert resultat.alertes == ()


def test_nothing_is_answered_in_the_place_of_the_person(tmp_path: Path) -> None:
    og, _ = og_depuis(_annuaire(tmp_path), f.EJ, porteur=False)
    assert (og.commande_publique, og.marche_en_cours) == (None, None)
    assert all(e.financement_europeen is None and e.esms_numerique_anterieur is None for e in og.essms)


def test_a_number_of_another_department_is_an_alert(tmp_path: Path) -> None:
    ailleurs = f.ege("06000101")
    ailleurs["adresse"][1] |= {"cogCommune": "2A004", "codePostal": "20000"}
    nulle_part = f.ege("06000102", adresse=[])
    resultat = _creer(_annuaire(tmp_path, f.annuaire_json(f.pmej(f.EJ, ailleurs, nulle_part))), f.EJ)
    assert [e.departement for e in resultat.dossier.essms] == ["2A", ""]
    assert "Alpes-Maritimes" in resultat.alertes[0] and "Corse-du-Sud" in resultat.alertes[0]
    assert "ne se lit pas" in resultat.alertes[1]


def test_a_wrong_key_in_the_directory_is_an_alert(tmp_path: Path) -> None:
    faux = f.ege("06000101", numFinessEge="060001010")
    resultat = _creer(_annuaire(tmp_path, f.annuaire_json(f.pmej(f.EJ, faux))), f.EJ)
    assert "n’est pas valide" in resultat.alertes[0]


def test_the_former_format_warns_that_the_entity_has_no_name(tmp_path: Path) -> None:
    octets = f.annuaire_csv(f.ligne_et("06000101", f.EJ))
    resultat = _creer(_annuaire(tmp_path, octets), f.EJ)
    assert resultat.dossier.ogs[0].nom == f"Entité juridique {f.EJ}"
    assert "sont à saisir" in resultat.alertes[0]


@pytest.mark.parametrize(
    ("numeros", "attendu"),
    [
        ([f.numero("06000099")], "Aucune entité juridique"),
        (["060000010"], "clé de contrôle"),
        (["06000001"], "8 caractères au lieu de 9"),
        ([""], "vide"),
        ([f.EHPAD], f"{f.EHPAD} est le numéro d’un établissement"),
        ([f.EJ, f.EJ], "deux fois"),
        ([f.EJ, f.EJ_MEMBRE, f"{f.EJ_MEMBRE[:3]} {f.EJ_MEMBRE[3:]}"], "deux fois"),
        ([f.EJ, "123"], "3 caractères"),
    ],
)
def test_numbers_that_are_refused(tmp_path: Path, numeros: list[str], attendu: str) -> None:
    with pytest.raises(ErreurFiness) as capture:
        _creer(_annuaire(tmp_path), *numeros)
    assert attendu in capture.value.message
    assert capture.value.message.endswith(".")


def test_the_entity_of_an_etablissement_is_named(tmp_path: Path) -> None:
    with pytest.raises(ErreurFiness) as capture:
        _creer(_annuaire(tmp_path), f.EHPAD)
    assert f.EJ in capture.value.remede


@pytest.mark.parametrize(
    ("entite", "attendu"),
    [
        (f.pmej(f.EJ, f.ege("06000101"), etatObjet="I"), "plus active"),
        (f.pmej(f.EJ, f.ege("06000101"), dateFermeture="2020-01-01"), "plus active"),
        (f.pmej(f.EJ), "aucun ESSMS"),
        (f.pmej(f.EJ, f.ege("06000101", "620")), "aucun ESSMS"),
        (f.pmej(f.EJ, ege=None), "aucun ESSMS"),
    ],
)
def test_entities_that_are_refused(tmp_path: Path, entite: dict[str, object], attendu: str) -> None:
    with pytest.raises(ErreurFiness, match=attendu) as capture:
        _creer(_annuaire(tmp_path, f.annuaire_json(entite)), f.EJ)
    assert "13/08/2026" in capture.value.message and capture.value.remede
