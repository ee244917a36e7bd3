"""What leaves the program is for its owner: rights, links planted in the way, logs, children, leftovers."""

import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from esms_desktop import journalisation
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.depot import chantiers, echange
from esms_desktop.depot.fichiers import libreoffice
from esms_desktop.sorties import ecrire
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.cles.cles import cle_jetable
from tests.store.aide import graphe

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights and links of another system")


@pytest.fixture(autouse=True)
def chez_soi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chez-soi"))
    return tmp_path / "chez-soi"


def test_un_export_est_a_son_auteur_et_ne_suit_pas_de_lien(tmp_path: Path) -> None:
    victime = tmp_path / "victime"
    victime.write_text("à moi", encoding="utf-8")
    (tmp_path / "planning.pdf").symlink_to(victime)
    ecrire(tmp_path / "planning.pdf", b"%PDF")
    assert victime.read_text(encoding="utf-8") == "à moi"
    assert stat.S_IMODE((tmp_path / "planning.pdf").lstat().st_mode) == 0o600
    # A name as long as names go.
    long = tmp_path / ("é" * 125 + ".pdf")
    assert ecrire(long, b"%PDF") == long


def test_le_verrou_d_un_depot_ne_suit_pas_de_lien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with echange.verrou(tmp_path / "sortie"):
        (verrou,) = tmp_path.glob("*.verrou")
    verrou.unlink()
    verrou.symlink_to(tmp_path / "ailleurs")
    with pytest.raises(OSError), echange.verrou(tmp_path / "sortie"):
        pass
    assert not (tmp_path / "ailleurs").exists()


def test_libreoffice_ne_recoit_rien_de_nous(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recu = tmp_path / "recu"
    faux = tmp_path / "soffice"
    faux.write_text(f"#!/bin/sh\nenv > {recu}\n", encoding="utf-8")
    faux.chmod(0o755)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "tres secrete")
    monkeypatch.setenv("ESMS_DESKTOP_LIBREOFFICE", str(faux))
    fichier = tmp_path / "a.docx"
    fichier.write_bytes(b"PK")

    class Muet:
        def etape(self, fait: int, total: int, message: str) -> None: ...

    libreoffice.convertir({"a": fichier}, tmp_path / "atelier", Muet())
    assert "PATH=" in recu.read_text() and "ESMS" not in recu.read_text()


def test_le_journal_ne_garde_aucun_nom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "etat"))
    racine = logging.getLogger()
    avant = racine.handlers[:]
    racine.handlers[:] = []
    try:
        try:
            try:
                {}["Camille Durand"]
            except KeyError as e:
                raise ValueError("Résidence du Parc") from e
        except ValueError as e:
            chemin = journalisation.noter_imprevu(e)
        for sortie in racine.handlers:
            sortie.close()
    finally:
        racine.handlers[:] = avant
    assert chemin is not None
    texte = chemin.read_text(encoding="utf-8")
    assert "KeyError" in texte and "ValueError" in texte and "test_prives.py" in texte
    # The lines of code that failed are there; what they were given is not.
    assert "Résidence" not in texte.replace('raise ValueError("Résidence du Parc") from e', "")
    assert stat.S_IMODE(chemin.stat().st_mode) == 0o600


def test_ce_qu_un_depot_tue_laisse_est_balaye_ou_qu_il_fut(tmp_path: Path) -> None:
    cible = tmp_path / "au loin" / "sortie"
    with pytest.raises(KeyboardInterrupt), chantiers.inscrit(cible):
        reste = echange.creer_atelier(cible)
        (reste / "note.pdf").write_bytes(b"%PDF")
        assert stat.S_IMODE(reste.stat().st_mode) == 0o700
        raise KeyboardInterrupt
    assert chantiers.balayer() == 1
    assert not reste.exists() and chantiers.balayer() == 0
    # One under way is left alone.
    with echange.verrou(cible), chantiers.inscrit(cible):
        en_cours = echange.creer_atelier(cible)
        assert chantiers.balayer() == 0 and en_cours.exists()


def test_le_programme_n_ecrit_que_pour_son_auteur_et_sans_image_de_sa_memoire() -> None:
    code = (
        "import os, resource; from esms_desktop.terminal import conduire\n"
        "def c():\n"
        "    print(resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))\n    return 0\n"
        "conduire(c)"
    )
    dit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert dit.split() == ["(0,", "0)", "0o77"]


def test_une_base_ouverte_une_fois_en_lecture_ne_le_reste_pas(tmp_path: Path) -> None:
    base, cle = tmp_path / "base.sqlite", cle_jetable()
    with ouvrir(base, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    for suffixe in ("-wal", "-shm"):
        base.with_name(base.name + suffixe).touch(mode=0o400)
        base.with_name(base.name + suffixe).chmod(0o400)
    with ouvrir(base, cle) as porte:
        porte.modifier(porte.dossier("Grappe du Ségala"), notes="s’écrit")
        modes = {
            stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir() if p.name.startswith("base.sqlite")
        }
        assert modes == {0o600}


def test_ce_qu_un_programme_tue_laisse_pres_de_la_base_est_balaye(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "quatre canards sous l’érable")
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    reste, recent = tmp_path / ".esms-brouillon.base.x", tmp_path / ".esms-brouillon.base.y"
    for fichier in (reste, recent):
        fichier.write_bytes(b"x")
    os.utime(reste, (0, 0))
    ouvrir_base(tmp_path / "base.sqlite").fermer()
    assert not reste.exists() and recent.exists()
