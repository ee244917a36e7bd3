"""What comes from outside: pipes and devices never waited for, archives bounded, refusals in French."""

import errno
import os
import zlib
from pathlib import Path

import pytest

from esms_desktop import entrees
from esms_desktop.errors import ErreurFiness, ErreurPiece, ErreurSaisie, PasUnFichier, raison_systeme
from esms_desktop.finess import lecture
from esms_desktop.finess.lecture import lire
from esms_desktop.gestes.planning.importer import lire_projet
from ui.pages.pieces.lecture import _octets

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")


@pytest.fixture
def tuyau(tmp_path: Path) -> Path:
    chemin = tmp_path / "tuyau"
    os.mkfifo(chemin)
    return chemin


def test_un_tuyau_n_est_jamais_attendu(tuyau: Path) -> None:
    with pytest.raises(PasUnFichier):
        entrees.lire(tuyau, 10)
    with pytest.raises(ErreurFiness, match="fichier ordinaire"):
        lire(tuyau)
    with pytest.raises(ErreurSaisie, match="fichier ordinaire"):
        lire_projet(tuyau)
    with pytest.raises(ErreurPiece, match="fichier ordinaire"):
        _octets(tuyau)


def test_un_peripherique_non_plus() -> None:
    for chemin in (Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(PasUnFichier):
            entrees.lire(chemin, 10)


def test_un_fichier_ordinaire_se_lit_jusqu_ou_l_on_veut(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    assert entrees.lire(tmp_path / "a", 10) == b"0123456789"
    assert entrees.lire(tmp_path / "a", 4) == b"01234"
    with pytest.raises(IsADirectoryError):
        entrees.lire(tmp_path, 4)


@pytest.mark.parametrize("debut", [b'{"x": [', b"structureet;"])
def test_une_archive_qui_se_deplie_sans_fin_est_refusee(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, debut: bytes
) -> None:
    monkeypatch.setattr(lecture, "_DECOMPRESSE_MAX", 3 * 2**20)
    monkeypatch.setattr(lecture, "_CSV_MAX", 2 * 2**20)
    from esms_desktop.finess.etalab_csv import ENTETE

    tete = ENTETE.encode() + b"\n" if debut.startswith(b"s") else debut
    tasse = zlib.compressobj(9, zlib.DEFLATED, 31)
    chemin = tmp_path / "bombe.gz"
    chemin.write_bytes(tasse.compress(tete + b"1,\n" * 3 * 2**20) + tasse.flush())
    assert chemin.stat().st_size < 100_000
    with pytest.raises(ErreurFiness, match="trop gros"):
        lire(chemin)


def test_le_systeme_repond_en_francais() -> None:
    for numero in errno.errorcode:
        dit = raison_systeme(OSError(numero, os.strerror(numero)))
        assert os.strerror(numero) not in dit
    assert raison_systeme(OSError("Something went wrong")) == "le système ne dit pas pourquoi"
