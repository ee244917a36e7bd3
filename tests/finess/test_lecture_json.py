"""The current format: what is read, what is tolerated, what is refused and in which words."""

import gzip
import json
import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.errors import ErreurFiness, Interruption
from esms_desktop.finess import lire
from esms_desktop.finess.lignes import Recit
from esms_desktop.nomenclature.vocabulaire import Champ
from tests.finess import fabrique as f


@pytest.mark.parametrize("gz", [False, True])
def test_reads_entities_and_etablissements(tmp_path: Path, gz: bool) -> None:
    annuaire = lire(f.ecrire(tmp_path, f.petit(), gz=gz))
    assert annuaire.date_source == date(2026, 8, 13)
    assert set(annuaire.entites) == {f.EJ, f.EJ_MEMBRE}
    ej = annuaire.entite(f"{f.EJ[:3]} {f.EJ[3:6]} {f.EJ[6:]}")
    assert (ej.nom, ej.sigle, ej.siren, ej.association, ej.active) == (
        "ASSOCIATION DES LILAS",
        "LILAS",
        "410516157",
        True,
        True,
    )
    assert ej.forme_juridique == "Association loi 1901 non reconnue d’utilité publique"
    assert (ej.adresse, ej.code_postal, ej.commune, ej.departement) == ("6 AV DU PORT", "06100", "NICE", "06")
    assert (ej.telephone, ej.courriel) == ("04 92 07 87 87", "lilas@exemple.fr")
    premier = ej.etablissements[0]
    assert (premier.finess, premier.finess_ej, premier.nom) == (f.EHPAD, f.EJ, "ETABLISSEMENT 06000101")
    assert (premier.champ, premier.departement, premier.commune) == (Champ.PA, "06", "NICE")
    assert premier.adresse == "1 RUE DES LILAS, BP 3"
    assert premier.categorie_libelle == "Etablissement d'hébergement pour personnes âgées dépendantes"


def test_the_date_may_come_after_the_entities(tmp_path: Path) -> None:
    futur = f.ege("06000101", dateFermeture="2026-12-31")
    octets = json.dumps({"pmej": [f.pmej(f.EJ, futur)], "generatedAt": "2026-08-13"}).encode()
    annuaire = lire(f.ecrire(tmp_path, octets))
    assert annuaire.date_source == date(2026, 8, 13)
    assert annuaire.entite(f.EJ).eligibles


@pytest.mark.parametrize(
    ("champs", "ouvert"),
    [
        ({"etatObjet": "A"}, True),
        ({"etatObjet": None}, True),
        ({"etatObjet": "I"}, False),
        ({"etatObjet": "X"}, False),
        ({"dateFermeture": "2026-08-13"}, False),
        ({"dateFermeture": "2026-08-14"}, True),
        ({"dateFermeture": "1900-01-01"}, True),
        ({"dateFermeture": "bientôt"}, True),
    ],
)
def test_open_or_closed(tmp_path: Path, champs: dict[str, str | None], ouvert: bool) -> None:
    annuaire = lire(f.ecrire(tmp_path, f.annuaire_json(f.pmej(f.EJ, f.ege("06000101", **champs)))))
    assert annuaire.entite(f.EJ).etablissements[0].actif is ouvert
    assert bool(annuaire.entite(f.EJ).eligibles) is ouvert


@pytest.mark.parametrize(
    ("categorie", "motif"),
    [
        ("362", "soins de longue durée"),
        ("258", "à ajouter à la main si l’ARS confirme"),
        ("620", "hors du secteur"),
        ("355", "hors du secteur"),
        ("247", "L. 312-1"),
        ("999", "absente de la nomenclature"),
        (None, "non renseignée"),
    ],
)
def test_why_an_etablissement_is_left_out(tmp_path: Path, categorie: str | None, motif: str) -> None:
    annuaire = lire(f.ecrire(tmp_path, f.annuaire_json(f.pmej(f.EJ, f.ege("06000101", categorie)))))
    assert motif in annuaire.entite(f.EJ).etablissements[0].motif_exclusion


def test_nulls_everywhere_are_tolerated(tmp_path: Path) -> None:
    vide = {
        "informationsGeneralesPMEJ": {"numFinessPm": f.EJ},
        "ege": [None, {}, {"adresse": None}],
        "contact": None,
    }
    muette = {
        "informationsGeneralesPMEJ": {"numFinessPm": f.EJ_MEMBRE, "siren": 410516157},
        "adresse": [None],
    }
    annuaire = lire(f.ecrire(tmp_path, f.annuaire_json(None, {}, vide, muette)))
    assert annuaire.entite(f.EJ).nom == f"Entité juridique {f.EJ}"
    assert annuaire.entite(f.EJ).reserves
    assert annuaire.entite(f.EJ).association is None
    assert annuaire.entite(f.EJ_MEMBRE).siren == "410516157"
    assert annuaire.alertes == ("Annuaire\u00a0: 2\u00a0entités sans numéro ont été laissées de côté.",)


def test_control_characters_and_lone_surrogates_are_dropped(tmp_path: Path) -> None:
    octets = f.annuaire_json(f.pmej(f.EJ, denominationLonguePmSmsse="LES@LILAS")).replace(
        b"@", rb"\ud800\u0000 "
    )
    assert lire(f.ecrire(tmp_path, octets)).entite(f.EJ).nom == "LES LILAS"


def test_only_the_numbers_asked_for_are_kept(tmp_path: Path) -> None:
    chemin = f.ecrire(tmp_path, f.petit())
    assert set(lire(chemin, seulement=[f.EJ_MEMBRE]).entites) == {f.EJ_MEMBRE}
    par_etablissement = lire(chemin, seulement=[f" {f.EHPAD}"])
    with pytest.raises(ErreurFiness, match="établissement"):
        par_etablissement.entite(f.EHPAD)
    with pytest.raises(ValueError):
        par_etablissement.entite(f.EJ_MEMBRE)


@pytest.mark.parametrize("taille", [1, 7, 4096])
def test_the_size_of_the_pieces_read_changes_nothing(taille: int) -> None:
    from esms_desktop.finess.structures_json import lire_structures

    texte = f.petit().decode()
    morceaux = (texte[i : i + taille] for i in range(0, len(texte), taille))
    lots = list(lire_structures(lambda _: next(morceaux, ""), Recit()))
    assert [e[0] for lot in lots for e in lot.entites] == [f.EJ, f.EJ_MEMBRE]
    assert Counter(e[1] for lot in lots for e in lot.etablissements) == {f.EJ: 8, f.EJ_MEMBRE: 1}


def test_progress_is_told_and_may_interrupt(tmp_path: Path) -> None:
    class Suivi:
        faits: list[int]

        def __init__(self, limite: int) -> None:
            self.faits, self.limite = [], limite

        def etape(self, fait: int, total: int, message: str) -> None:
            assert 0 <= fait <= total and message
            self.faits.append(fait)
            if len(self.faits) > self.limite:
                raise Interruption("Lecture interrompue.")

    chemin = f.ecrire(tmp_path, f.petit(), gz=True)
    suivi = Suivi(1000)
    lire(chemin, suivi)
    assert suivi.faits[-1] == 100 and suivi.faits == sorted(suivi.faits)
    with pytest.raises(Interruption):
        lire(chemin, Suivi(1))


def _refus(chemin: Path) -> ErreurFiness:
    with pytest.raises(ErreurFiness) as capture:
        lire(chemin)
    erreur = capture.value
    assert erreur.message.endswith(".") and erreur.remede and "\n" not in str(erreur)
    return erreur


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (b"", "vide"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"<!DOCTYPE html>", "page web"),
        (b"\x1f", "pas un fichier FINESS"),
        (b"\x00" * 100, "pas un fichier FINESS"),
        (random.Random(1).randbytes(5000), "pas un fichier FINESS"),
        (b"[1, 2]", "pas un fichier FINESS"),
        (b"{}", "n’est pas l’annuaire"),
        (b'{"a": 1}', "n’est pas l’annuaire"),
        (b'{"pmej": {}}', "n’est pas l’annuaire"),
        (b'{"pmej": [}, "a": "aaaaaaaaaaaaaaaaaa"}', "abîmé"),
        (b'{"pmej": []} suite', "abîmé"),
        (b'{"pmej" []}', "abîmé"),
        (b'{"a": ' + b"9" * 5000 + b', "pmej": []}', "abîmé"),
        (b'{"pmej": [' + b"[" * 100_000, "abîmé"),
        (f.petit()[:-1], "incomplet"),
        (f.petit().split("É".encode())[0] + b"\xc3", "incomplet"),
        (f.petit().decode().encode("iso-8859-1"), "UTF-8"),
        (f.petit().decode().encode("utf-16"), "UTF-16"),
        (f.petit().decode().encode("utf-16-le"), "UTF-16"),
        (gzip.compress(f.petit(), mtime=0)[:-3], "incomplet"),
        (gzip.compress(f.petit(), mtime=0)[:-8] + b"\x00" * 8, "abîmé"),
        (gzip.compress(b"", mtime=0), "pas un fichier FINESS"),
        (gzip.compress(f.petit(), mtime=0) + b"suite", "abîmé"),
    ],
)
def test_what_is_refused(tmp_path: Path, octets: bytes, attendu: str) -> None:
    assert attendu in _refus(f.ecrire(tmp_path, octets)).message


def test_absent_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert "n’existe pas" in _refus(tmp_path / "absent.json").message
    assert "dossier" in _refus(tmp_path).message


@given(st.data())
def test_a_cut_file_is_never_read(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    for octets in (gzip.compress(f.petit(), mtime=0), f.petit()):
        coupe = data.draw(st.integers(0, len(octets) - 1))
        chemin = f.ecrire(tmp_path_factory.getbasetemp(), octets[:coupe], "coupe")
        with pytest.raises(ErreurFiness):
            lire(chemin)


@given(st.data())
def test_a_damaged_file_never_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    octets = bytearray(data.draw(st.sampled_from([f.petit(), gzip.compress(f.petit(), mtime=0)])))
    for position in data.draw(st.lists(st.integers(0, len(octets) - 1), min_size=1, max_size=8)):
        octets[position] = data.draw(st.integers(0, 255))
    chemin = f.ecrire(tmp_path_factory.getbasetemp(), bytes(octets), "abime")
    try:
        lire(chemin)
    except ErreurFiness as erreur:
        assert erreur.message
