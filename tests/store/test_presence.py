"""Two computers that see one folder: the second is told who has the base, where and since when, and may only read."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurBase, ErreurOccupee
from esms_desktop.store import presence
from esms_desktop.store.cles import cle_neuve
from tests.store.aide import graphe, vivants

PHRASE = "quatre canards sous l’érable"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sans_trousseau: None) -> Iterator[Path]:
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", PHRASE)
    chemin = tmp_path / "base.sqlite"
    with ouvrir_base(chemin) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    yield chemin


def _d_un_autre_ordinateur(base: Path) -> Path:
    """What a window of another computer left beside the base."""
    fichier = base.with_name(f"{base.name}.ouverte-{'0' * 12}-4242.json")
    fichier.write_text(
        '{"qui": "c.durand", "machine": "accueil", "depuis": "2026-11-27T09:02:00+01:00", "pid": 4242}'
    )
    return fichier


def test_un_autre_ordinateur_qui_l_a_ouverte_est_nomme_et_rien_n_est_ouvert(base: Path) -> None:
    fichier = _d_un_autre_ordinateur(base)
    with pytest.raises(ErreurOccupee, match=r"« accueil », par c\.durand depuis le 27/11/2026 à 09:02") as e:
        ouvrir_base(base)
    assert fichier.name in e.value.remede and "sans y écrire" in e.value.remede
    with ouvrir_base(base, lecture_seule=True) as porte:
        assert porte.lecture_seule and len(porte.resumes()) == 1
    assert fichier.exists()
    with ouvrir_base(base, malgre=True) as porte:
        assert not fichier.exists() and porte.modifier(vivants(porte)[0], notes="x")


def test_un_long_silence_se_dit(base: Path) -> None:
    fichier = _d_un_autre_ordinateur(base)
    os.utime(fichier, (fichier.stat().st_mtime - 3600,) * 2)
    with pytest.raises(ErreurOccupee, match=r"pas donné de nouvelles depuis (59|60) minutes"):
        ouvrir_base(base)


def test_ce_que_dit_le_fichier_n_est_que_du_texte(base: Path) -> None:
    fichier = _d_un_autre_ordinateur(base)
    for texte in (
        "",
        "[]",
        "{",
        '{"qui": ["x"], "depuis": 12}',
        "x" * 100_000,
        '{"qui": "' + "y" * 500 + '"}',
    ):
        fichier.write_text(texte)
        with pytest.raises(ErreurOccupee):
            ouvrir_base(base)


def test_une_fenetre_se_dit_et_une_commande_de_cet_ordinateur_ecrit_a_cote(base: Path) -> None:
    with ouvrir_base(base, demeure=True) as porte:
        [dite] = base.parent.glob("*.ouverte-*")
        assert presence.machine() in dite.name and dite.stat().st_mode & 0o077 == 0
        with ouvrir_base(base) as autre:
            assert autre.modifier(vivants(autre)[0], notes="à côté")
        assert vivants(porte)[0].notes == "à côté"
        porte.presence.battre()
    assert not list(base.parent.glob("*.ouverte-*"))


def test_une_fenetre_tuee_n_empeche_personne(base: Path) -> None:
    mort = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    reste = base.with_name(f"{base.name}.ouverte-{presence.machine()}-{mort.stdout.decode().strip()}.json")
    reste.write_text("{}")
    with ouvrir_base(base, demeure=True) as porte:
        assert not porte.lecture_seule
    os.utime(reste, (reste.stat().st_mtime - 3600,) * 2)
    with ouvrir_base(base, demeure=True):
        assert not reste.exists()


def test_qui_s_est_fait_reprendre_la_base_n_y_ecrit_plus(base: Path) -> None:
    with ouvrir_base(base, demeure=True) as porte:
        d = vivants(porte)[0]
        assert porte.modifier(d, notes="à moi")
        # Another computer was told that this one was gone.
        [dite] = base.parent.glob("*.ouverte-*")
        dite.unlink()
        with pytest.raises(ErreurBase, match=r"lecture seule.*repris"):
            porte.modifier(d, notes="perdu")
        assert porte.lecture_seule and vivants(porte)[0].notes == "à moi"


def test_sur_un_disque_que_d_autres_voient_une_commande_se_dit_aussi(base: Path) -> None:
    nuage = base.parent / "Dropbox" / "base.sqlite"
    with ouvrir_base(nuage):
        assert list(nuage.parent.glob("*.ouverte-*"))
    assert not list(nuage.parent.glob("*.ouverte-*"))
