"""A base alone says how its phrase opens it, in a page that SQLite and SQLCipher find as sound as any other."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles import changer_cles, cle_neuve, page_claire
from esms_desktop.store.cles.chiffrement import PAGE, Cle
from esms_desktop.store.cles.cles import cle_de_la_base
from esms_desktop.store.engine import connexion_nue
from tests.store.aide import graphe

PHRASE, AUTRE = "quatre canards sous l’érable", "sept loutres dans le verger"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "maison"))
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", PHRASE)
    chemin = tmp_path / "chez moi" / "base.sqlite"
    with ouvrir_base(chemin) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    yield chemin


def _seule(base: Path, monkeypatch: pytest.MonkeyPatch, phrase: str) -> Cle:
    """The key of a copy of the file alone, on a computer that knows nothing of it."""
    ailleurs = base.parent.parent / "ailleurs"
    shutil.rmtree(ailleurs, ignore_errors=True)
    ailleurs.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(ailleurs / "maison"))
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", phrase)
    return cle_de_la_base(Path(shutil.copyfile(base, ailleurs / "seule.sqlite")))


def _saine(base: Path, cle: Cle) -> None:
    with connexion_nue(base, cle) as connexion:
        assert connexion.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert connexion.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_une_base_copiee_seule_s_ouvre_par_sa_phrase(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cle = _seule(base, monkeypatch, PHRASE)
    assert cle == cle_de_la_base(base)
    _saine(base, cle)
    with pytest.raises(ErreurCle):
        _seule(base, monkeypatch, AUTRE)


def test_la_nouvelle_phrase_prend_la_place_de_l_ancienne(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ouvrir_base(base) as porte:
        assert porte.cle is not None
        changer_cles.changer_phrase(base, porte.cle, AUTRE)
        cle = porte.cle
    assert _seule(base, monkeypatch, AUTRE) == cle
    with pytest.raises(ErreurCle):
        _seule(base, monkeypatch, PHRASE)


def test_ce_qui_recrit_la_page_ne_la_perd_que_pour_un_temps(base: Path) -> None:
    avant = page_claire.lire(base)
    cle = cle_de_la_base(base)
    with connexion_nue(base, cle) as connexion:
        connexion.execute("VACUUM")
    assert page_claire.lire(base) is None
    ouvrir_base(base).fermer()
    assert page_claire.lire(base) == avant
    _saine(base, cle)


def test_une_coupure_au_milieu_de_la_page_se_repare(base: Path) -> None:
    avant, cle = page_claire.lire(base), cle_de_la_base(base)
    octets = base.read_bytes()
    place = octets.index(page_claire.MARQUE)
    assert place % PAGE == 0
    base.write_bytes(octets[: place + 512] + os.urandom(PAGE - 512) + octets[place + PAGE :])
    with connexion_nue(base, cle) as connexion:
        assert connexion.execute("PRAGMA cipher_integrity_check").fetchall()
    ouvrir_base(base).fermer()
    assert page_claire.lire(base) == avant
    _saine(base, cle)


def test_la_page_d_un_autre_n_est_jamais_ecrite(base: Path) -> None:
    """What looks like the place of the text and is not keeps its bytes."""
    cle = cle_de_la_base(base)
    with connexion_nue(base, cle) as connexion:
        connexion.execute("UPDATE ouverture SET octets = ?", (os.urandom(9000),))
    avant = base.read_bytes()
    assert not page_claire.poser(base, cle, changer_cles.emplacements_de(base, cle))
    assert base.read_bytes() == avant
    _saine(base, cle)


def test_une_base_prise_par_un_autre_attend_la_fois_d_apres(base: Path) -> None:
    cle = cle_de_la_base(base)
    nos = changer_cles.emplacements_de(base, cle)
    with connexion_nue(base, cle) as autre:
        autre.execute("VACUUM")
        autre.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        autre.execute("BEGIN IMMEDIATE")
        autre.execute("DELETE FROM registre")
        assert not page_claire.poser(base, cle, nos)
        autre.execute("ROLLBACK")
    assert page_claire.poser(base, cle, nos)
    _saine(base, cle)


def test_sans_phrase_la_base_ne_dit_rien(base: Path) -> None:
    cle = cle_de_la_base(base)
    nos = changer_cles.emplacements_de(base, cle)
    assert page_claire.poser(base, cle, [e for e in nos if e.genre != "phrase"])
    assert page_claire.lire(base) == "" and b"scelle" not in base.read_bytes()
    _saine(base, cle)
