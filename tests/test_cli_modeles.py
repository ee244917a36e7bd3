"""`esms-desktop modele …`: the fields told, a template kept with its dossier, filled from the disk or from the base, refused in French."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.cli import main
from esms_desktop.depot.preflight import preflight
from esms_desktop.documents.gabarit_word import champs_disponibles
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import MODELE_WORD
from esms_desktop.regles.constats import Constat
from esms_desktop.regles.examen import examiner
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.cles.cles import cle_de_la_base
from tests.documents.test_gabarit_word import modele
from tests.test_cli import refus

NOM = "Grappe des Tilleuls (exemple fictif)"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base with the sample dossier, opened by a phrase."""
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "quatre canards sous l’érable")
    chemin = tmp_path / "base.sqlite"
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(chemin))
    with ouvrir(chemin, cle_de_la_base(chemin, None, creer=True)) as porte:
        creer_exemple(porte, NOM)
    return chemin


@pytest.fixture
def gabarit(tmp_path: Path) -> Path:
    chemin = tmp_path / "modèle de l’ARS.docx"
    chemin.write_bytes(modele("Porteur : {porteur.nom}", "Pour {og.nom}, {ars.signataire}"))
    return chemin


def test_the_fields_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["modele", "champs"]) == 0
    dits = capsys.readouterr().out
    assert all(f"{{{nom}}}" in dits for nom, _ in champs_disponibles())
    assert main(["modele", "champs", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(champs_disponibles())


def test_a_template_is_kept_then_filled_without_its_file(
    base: Path, gabarit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["modele", "garder", NOM, str(gabarit)]) == 0
    assert "est gardé avec le dossier" in capsys.readouterr().out
    nom = gabarit.name
    gabarit.unlink()
    sortie = base.parent / "rempli.docx"
    ej = "91 099 000 1"
    assert main(["modele", "remplir", NOM, nom, "--sortie", str(sortie), "--og", ej, "--json"]) == 1
    dit = json.loads(capsys.readouterr().out)
    assert dit["inconnus"] == [{"champ": "ars.signataire", "proche": None}]
    assert dit["manques"] == []
    textes = [p.text.replace("\u00a0", " ") for p in docx.Document(BytesIO(sortie.read_bytes())).paragraphs]
    assert textes[0] == "Porteur : Association Les Trois Tilleuls (fictive)"
    assert textes[1].startswith("Pour Association Les Trois Tilleuls")
    # It is no piece: it is neither filed, nor weighed, nor judged.
    with ouvrir(base, cle_de_la_base(base, None)) as porte:
        dossier = porte.dossier(NOM)
        assert [f.nom for f in dossier.fichiers_de(MODELE_WORD)] == [nom]
        assert nom not in {f.nom for f in dossier.joints}
        constats = [c for groupe in preflight_constats(dossier) for c in groupe]
        assert not [c for c in constats if nom in f"{c.titre}{c.explication}"]
        # Taken away, its bytes go with the undo alone.
        porte.retirer(dossier.fichiers_de(MODELE_WORD)[0], libelle="Retirer")
        porte.annuler()
        assert [f.nom for f in porte.dossier(NOM).fichiers_de(MODELE_WORD)] == [nom]


def preflight_constats(dossier: Dossier) -> tuple[tuple[Constat, ...], tuple[Constat, ...]]:
    campagne = charger(dossier.campagne_id)
    jour = date(2023, 6, 1)
    return preflight(dossier, campagne, jour, examiner(dossier, campagne, jour))


def test_a_template_of_the_disk_is_filled_as_it_is(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chemin = tmp_path / "m.docx"
    chemin.write_bytes(modele("{dossier.nom}"))
    assert main(["modele", "remplir", NOM, str(chemin), "--sortie", str(tmp_path / "s.docx")]) == 0
    assert "1 champ rempli" in capsys.readouterr().out.replace("\u00a0", " ")


def test_what_cannot_be_done_is_one_french_sentence(
    base: Path, tmp_path: Path, gabarit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vieux = tmp_path / "vieux.doc"
    vieux.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "ancien format" in refus(capsys, "modele", "garder", NOM, str(vieux))
    assert "il n’existe pas" in refus(capsys, "modele", "garder", NOM, str(tmp_path / "rien.docx"))
    sortie = ["--sortie", str(tmp_path / "s.docx")]
    assert "FINESS juridique" in refus(
        capsys, "modele", "remplir", NOM, str(gabarit), *sortie, "--og", "750000001"
    )
    ailleurs = ["--sortie", str(tmp_path / "pas" / "là" / "s.docx")]
    assert "n’a pas pu être écrit" in refus(capsys, "modele", "remplir", NOM, str(gabarit), *ailleurs)
    assert not (tmp_path / "s.docx").exists()
