"""What was typed and is not in the base is kept beside it, sealed, wherever the disk takes it."""

import errno
import os
import stat
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase
from esms_desktop.store import saisies as module
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.saisies import Saisie, Saisies

UNE = Saisie("douze", "Capacité", "Résidence du Parc", 1, "grappe", "essms", 3, "2023-06-01T10:00:00")
AUTRE = Saisie("Un long\ntexte « accentué »", "Contexte", "", 1, "vue-ensemble", quand="2023-06-01T10:00:01")


@pytest.fixture(autouse=True)
def chez_soi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chez-soi"))


def test_ce_qui_attend_revient(chemin: Path, cle: Cle) -> None:
    assert Saisies(chemin, cle).lire() == []
    place = Saisies(chemin, cle).ecrire([UNE, AUTRE])
    assert place is not None
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert b"douze" not in place.read_bytes()
    assert Saisies(chemin, cle).lire() == [UNE, AUTRE]
    assert Saisies(chemin, Cle(bytes(32))).lire() == []
    Saisies(chemin, cle).ecrire([])
    assert not place.exists()


@pytest.mark.parametrize("octets", [b"", b"ESMS saisies 1\n", b"ESMS saisies 1\n" + bytes(80), b"x" * 500])
def test_un_fichier_abime_ne_dit_rien(chemin: Path, cle: Cle, octets: bytes) -> None:
    chemin.with_name(chemin.name + ".saisies").write_bytes(octets)
    assert Saisies(chemin, cle).lire() == []


def test_un_lien_pose_la_n_est_pas_suivi(chemin: Path, cle: Cle, tmp_path: Path) -> None:
    victime = tmp_path / "victime"
    victime.write_text("à moi", encoding="utf-8")
    chemin.with_name(chemin.name + ".saisies").symlink_to(victime)
    Saisies(chemin, cle).ecrire([UNE])
    assert victime.read_text(encoding="utf-8") == "à moi"
    assert Saisies(chemin, cle).lire() == [UNE]


def test_disque_plein_la_reserve_fait_la_place(
    chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    gardees = Saisies(chemin, cle)
    gardees.reserver()
    reserve = chemin.with_name(chemin.name + ".reserve")
    assert reserve.stat().st_size >= 128 * 1024
    vrai = module.ecrire_entier

    def plein(place: Path, octets: bytes) -> None:
        if reserve.exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        vrai(place, octets)

    monkeypatch.setattr(module, "ecrire_entier", plein)
    assert gardees.ecrire([UNE]) == chemin.with_name(chemin.name + ".saisies")
    monkeypatch.undo()
    assert Saisies(chemin, cle).lire() == [UNE]


def test_a_cote_refuse_on_garde_ailleurs_et_on_y_retrouve(
    chemin: Path, cle: Cle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chez-soi"))
    vrai = module.ecrire_entier

    def refuse(place: Path, octets: bytes) -> None:
        if place.parent == chemin.parent:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        vrai(place, octets)

    monkeypatch.setattr(module, "ecrire_entier", refuse)
    place = Saisies(chemin, cle).ecrire([UNE])
    assert place is not None and tmp_path / "chez-soi" in place.parents
    assert Saisies(chemin, cle).lire() == [UNE]
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "chez-soi"))
    # The next time, beside the base again, and nowhere else.
    Saisies(chemin, cle).ecrire([AUTRE])
    assert not place.exists()
    assert Saisies(chemin, cle).lire() == [AUTRE]


def test_nulle_part_se_dit_en_francais(chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(place: Path, octets: bytes) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(module, "ecrire_entier", refuse)
    with pytest.raises(ErreurBase, match="l’accès est refusé"):
        Saisies(chemin, cle).ecrire([UNE])
