"""The former format: encodings, sections, quotes, bad lines."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess import lire
from esms_desktop.nomenclature.vocabulaire import Champ
from tests.finess import fabrique as f

SIRET = "41051615700402"


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "iso-8859-1"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encodage: str, fin: str) -> None:
    texte = f.annuaire_csv(f.ligne_et("06000101", f.EJ, siret=SIRET)).decode().replace("\n", fin)
    annuaire = lire(f.ecrire(tmp_path, texte.encode(encodage), gz=fin == "\n"))
    assert annuaire.date_source == date(2026, 5, 12)
    ej = annuaire.entite(f.EJ)
    (etablissement,) = ej.eligibles
    assert (etablissement.nom, etablissement.champ, etablissement.siret) == ("RÉSIDENCE", Champ.PA, SIRET)
    assert etablissement.adresse == "12 R DES LILAS, BP 4"
    assert (etablissement.code_postal, etablissement.commune, etablissement.departement) == (
        "06100",
        "NICE",
        "06",
    )
    assert etablissement.categorie_libelle == "Libellé du fichier"


def test_without_its_section_an_entity_has_only_its_number(tmp_path: Path) -> None:
    octets = f.annuaire_csv(
        f.ligne_et("06000101", f.EJ, siret=SIRET),
        f.ligne_et("06000102", f.EJ),
        f.ligne_et("06000103", f.EJ_MEMBRE),
    )
    annuaire = lire(f.ecrire(tmp_path, octets))
    ej = annuaire.entite(f.EJ)
    assert (ej.nom, ej.siren, ej.association) == (f"Entité juridique {f.EJ}", "410516157", None)
    assert len(ej.reserves) == 2
    assert annuaire.entite(f.EJ_MEMBRE).siren == ""
    assert len(annuaire.entite(f.EJ_MEMBRE).reserves) == 1


def test_the_siren_is_not_guessed_from_two(tmp_path: Path) -> None:
    octets = f.annuaire_csv(
        f.ligne_et("06000101", f.EJ, siret=SIRET), f.ligne_et("06000102", f.EJ, siret="38319237400056")
    )
    assert lire(f.ecrire(tmp_path, octets)).entite(f.EJ).siren == ""


def test_section_of_entities_names_them(tmp_path: Path) -> None:
    octets = f.annuaire_csv(
        f.ligne_ej(f.EJ), f.ligne_et("06000101", f.EJ), "geolocalisation;060001012;1;2;IGN;2020-01-01"
    )
    annuaire = lire(f.ecrire(tmp_path, octets))
    ej = annuaire.entite(f.EJ)
    assert (ej.nom, ej.sigle, ej.siren, ej.association) == (
        "ASSOCIATION DES LILAS",
        "LILAS",
        "410516157",
        True,
    )
    assert (ej.adresse, ej.commune, ej.departement) == ("6 AV DU PORT", "NICE", "06")
    assert (ej.reserves, annuaire.alertes) == ((), ())


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ('"LIEU ""LES LILAS"""', 'LIEU "LES LILAS"'),
        ('"LILAS ; ANNEXE"', "LILAS ; ANNEXE"),
        ('LE "CHALET"', 'LE "CHALET"'),
        ('"LES LILAS', '"LES LILAS'),
    ],
)
def test_quotes(tmp_path: Path, ecrit: str, lu: str) -> None:
    octets = f.annuaire_csv(f.ligne_et("06000101", f.EJ, ecrit), f.ligne_et("06000102", f.EJ))
    noms = [e.nom for e in lire(f.ecrire(tmp_path, octets)).entite(f.EJ).etablissements]
    assert noms == [lu, "RÉSIDENCE"]


def test_bad_lines_are_left_aside_and_counted(tmp_path: Path) -> None:
    bonnes = [f.ligne_et(f"060{n:05}", f.EJ) for n in range(20)]
    octets = f.annuaire_csv(*bonnes[:5], "structureet;trop;court", *bonnes[5:])
    annuaire = lire(f.ecrire(tmp_path, octets))
    assert len(annuaire.entite(f.EJ).etablissements) == 20
    assert annuaire.alertes[0].startswith("Annuaire\u00a0: 1\u00a0ligne a été laissée de côté")
    assert "ligne 7" in annuaire.alertes[0]


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (b"finess;etalab;111;2026-05-12\n", "aucun établissement"),
        (f.annuaire_csv(f.ligne_ej(f.EJ)), "aucun établissement"),
        (f.annuaire_csv(f.ligne_et("06000101", f.EJ), "structureet;a;b"), "1\u00a0ligne sur 2"),
        (
            f.annuaire_csv("structureet;a", "structureet;b", f.ligne_et("06000101", f.EJ)),
            "2\u00a0lignes sur 3",
        ),
        (f.annuaire_csv(f.ligne_et("06000101", f.EJ))[:-20], "incomplet"),
        (f.annuaire_csv(f.ligne_et("06000101", f.EJ, nom="É")).split("É".encode())[0] + b"\xc3", "incomplet"),
        (
            f.annuaire_csv(*[f.ligne_et("06000101", f.EJ)] * 9, "structureet;\xff").replace(
                b"\xc3\xbf", b"\xff"
            ),
            "abîmé",
        ),
        (f.annuaire_csv(f.ligne_et("06000101", f.EJ), encodage="utf-16"), "UTF-16"),
        (f.annuaire_csv(f.ligne_et("06000101", f.EJ), encodage="utf-16-le"), "UTF-16"),
    ],
)
def test_what_is_refused(tmp_path: Path, octets: bytes, attendu: str) -> None:
    with pytest.raises(ErreurFiness) as capture:
        lire(f.ecrire(tmp_path, octets))
    assert attendu in capture.value.message and capture.value.remede
