"""Opening a base: what is created, what is refused, and that a refused file is left as it was."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.engine import connexion_nue, creer_engine
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe, tables, vivants, vu

NOMS = (
    b"Tilleuls",
    b"Bellevue",
    b"Camille Durand",
    b"Logiciel Alpha",
    b"EHPAD",
    b"CREATE TABLE",
    b"SQLite format",
)


def _empreintes(dossier: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in dossier.iterdir()}


def test_une_base_neuve_est_a_son_proprietaire_seul(tmp_path: Path, cle: Cle) -> None:
    chemin = tmp_path / "sous" / "dossier" / "base.sqlite"
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        assert {p.name for p in chemin.parent.iterdir()} == {
            "base.sqlite",
            "base.sqlite-wal",
            "base.sqlite-shm",
        }
        assert {stat.S_IMODE(p.stat().st_mode) for p in chemin.parent.iterdir()} == {0o600}
    assert [p.name for p in chemin.parent.iterdir()] == ["base.sqlite"]


def test_les_reglages_de_la_connexion(chemin: Path, cle: Cle) -> None:
    ouvrir(chemin, cle).fermer()
    engine = creer_engine(chemin, cle)
    with engine.connect() as connexion:
        lus = {
            p: connexion.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store")
        }
    engine.dispose()
    assert lus == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
    }


def test_aucun_nom_ne_se_lit_sur_le_disque(porte: Porte, chemin: Path) -> None:
    porte.ajouter(graphe(), libelle="Créer la grappe des Tilleuls")
    d = vivants(porte)[0]
    porte.joindre(d, 9, "rib Tilleuls.pdf", "pdf", b"Camille Durand " * 2000)
    porte.modifier(d, notes="EHPAD Bellevue")
    fichiers = list(chemin.parent.iterdir())
    assert {p.suffix for p in fichiers} == {".sqlite", ".sqlite-wal", ".sqlite-shm"}
    for p in fichiers:
        octets = p.read_bytes()
        assert not [n for n in NOMS if n in octets or n.decode().encode("utf-16-le") in octets], p.name
    porte.fermer()
    assert not [n for n in NOMS if n in chemin.read_bytes()]


def _en_clair(chemin: Path) -> None:
    with sqlite3.connect(chemin) as connexion:
        connexion.execute("CREATE TABLE t (a)")
    connexion.close()


def _autre_sqlcipher(chemin: Path) -> None:
    with connexion_nue(chemin, Cle(random.Random(7).randbytes(32))) as connexion:
        connexion.execute("CREATE TABLE t (a)")


PAS_DES_BASES: list[tuple[str, Callable[[Path], object], type[ErreurBase], str]] = [
    ("vide", lambda p: p.touch(), ErreurBase, "n’est pas une base"),
    ("texte", lambda p: p.write_text("bonjour"), ErreurBase, "n’est pas une base"),
    ("hasard", lambda p: p.write_bytes(random.Random(1).randbytes(20_000)), ErreurCle, "ne se déchiffre pas"),
    ("en clair", _en_clair, ErreurBase, "n’est pas chiffrée"),
    ("autres tables", _autre_sqlcipher, ErreurBase, "ne contient pas les tables"),
    ("dossier", lambda p: p.mkdir(), ErreurBase, "est un dossier"),
]


@pytest.mark.parametrize(
    ("faire", "genre", "phrase"), [c[1:] for c in PAS_DES_BASES], ids=[c[0] for c in PAS_DES_BASES]
)
def test_ce_qui_n_est_pas_une_base_est_laisse_tel_quel(
    chemin: Path, cle: Cle, faire: Callable[[Path], object], genre: type[ErreurBase], phrase: str
) -> None:
    faire(chemin)
    avant = {} if chemin.is_dir() else _empreintes(chemin.parent)
    with pytest.raises(ErreurBase, match=phrase) as erreur:
        ouvrir(chemin, cle)
    assert type(erreur.value) is genre and erreur.value.remede
    assert [p.name for p in chemin.parent.iterdir()] == [chemin.name]
    assert chemin.is_dir() or _empreintes(chemin.parent) == avant


def test_une_mauvaise_cle_ne_touche_a_rien(porte: Porte, chemin: Path, tmp_path: Path) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    # A base whose last writes are still in its -wal, as a power cut leaves it.
    coupee = tmp_path / "coupee"
    coupee.mkdir()
    for p in list(chemin.parent.glob("base.sqlite*")):
        shutil.copy(p, coupee)
    avant = _empreintes(coupee)
    with pytest.raises(ErreurCle, match="ne se déchiffre pas"):
        ouvrir(coupee / chemin.name, cle_jetable())
    assert _empreintes(coupee) == avant
    porte.fermer()
    avant = {chemin.name: chemin.read_bytes()}
    with pytest.raises(ErreurCle):
        ouvrir(chemin, cle_jetable())
    assert {p.name: p.read_bytes() for p in chemin.parent.iterdir() if p.is_file()} == avant


def test_une_coupure_se_repare_meme_si_la_premiere_page_est_dechiree(
    porte: Porte, chemin: Path, cle: Cle, tmp_path: Path
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    with connexion_nue(chemin, cle) as connexion:
        connexion.execute("PRAGMA user_version = 1")  # puts the first page in the -wal
    coupee = tmp_path / "coupee"
    coupee.mkdir()
    for p in list(chemin.parent.glob("base.sqlite*")):
        shutil.copy(p, coupee)
    with (coupee / chemin.name).open("r+b") as flux:
        flux.seek(2000)
        flux.write(b"\x00" * 500)
    with ouvrir(coupee / chemin.name, cle) as reparee:
        assert vu(vivants(reparee)) == vu(vivants(porte))


def test_une_base_deja_ouverte_ailleurs_s_ouvre(porte: Porte, chemin: Path, cle: Cle) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    with ouvrir(chemin, cle) as autre, porte.geste("ouvert"):
        assert len(autre.resumes()) == 1
    with ouvrir(chemin, cle) as autre:
        assert autre.dernier_enregistrement == porte.dernier_enregistrement


def test_une_creation_manquee_retire_son_temoin(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    temoin = tmp_path / "base.sqlite.cle.json"
    temoin.write_text("{}")
    with pytest.raises(ErreurBase, match="Le système refuse l’accès"):
        ouvrir(tmp_path / "fichier" / "base.sqlite", Cle(bytes(32), temoin=temoin))
    assert not temoin.exists()


def test_disque_plein(chemin: Path, cle: Cle) -> None:
    pytest.importorskip("resource", reason="pas de limite de taille de fichier sous Windows")
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        attendu = vu(vivants(porte))
    avant = tables(chemin, cle)
    programme = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from esms_desktop.model import Dossier
        from esms_desktop.errors import ErreurBase
        from esms_desktop.store.base import ouvrir
        from esms_desktop.store.cles.chiffrement import Cle

        porte = ouvrir(Path(sys.argv[1]), Cle(bytes.fromhex(sys.argv[2])))
        d = porte.trouver(Dossier, porte.resumes()[0].id)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        try:
            with porte.geste("Gros"):
                porte.modifier(d, notes="à demi écrit")
                porte.joindre(d, 9, "gros.pdf", "pdf", bytes(3_000_000))
        except ErreurBase as erreur:
            print(erreur)
        print(d.notes == "" and d.fichiers == [] and porte.libelle_annuler is None)
        print(porte.modifier(porte.lire(porte.resumes()[0].id), notes="petit"))
        porte.annuler()
        porte.fermer()
        """
    )
    resultat = subprocess.run(
        [sys.executable, "-c", programme, str(chemin), cle.octets.hex()],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert resultat.returncode == 0, resultat.stderr
    phrase, intact, petit = resultat.stdout.splitlines()
    assert phrase.startswith("Le disque") and "rien n’a été enregistré" in phrase
    assert (intact, petit) == ("True", "True")
    assert tables(chemin, cle) == avant
    with ouvrir(chemin, cle) as porte:
        assert vu(vivants(porte)) == attendu


def test_pas_de_place_pour_creer(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="pas de limite de taille de fichier sous Windows")
    programme = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from esms_desktop.errors import ErreurBase
        from esms_desktop.store.base import ouvrir
        from esms_desktop.store.cles.cles import cle_de_la_base

        base = Path(sys.argv[1])
        cle = cle_de_la_base(base, None, creer=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))
        try:
            ouvrir(base, cle)
        except ErreurBase as erreur:
            print(erreur)
        """
    )
    resultat = subprocess.run(
        [sys.executable, "-c", programme, str(tmp_path / "base.sqlite")],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ESMS_DESKTOP_PHRASE": "une phrase"},
    )
    assert resultat.returncode == 0, resultat.stderr
    assert resultat.stdout.startswith("Le disque")
    assert list(tmp_path.iterdir()) == [], "ni base, ni témoin, ni brouillon"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of size on this system")
def test_un_disque_plein_ne_laisse_jamais_une_base_abimee(tmp_path: Path, cle: Cle) -> None:
    import resource

    garde = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limite in (4_000, 100_000, 200_000, 250_000, 300_000, 340_000, 400_000):
        base = tmp_path / f"{limite}.sqlite"
        resource.setrlimit(resource.RLIMIT_FSIZE, (limite, garde[1]))
        try:
            ouvrir(base, cle).fermer()
        except ErreurBase as erreur:
            assert "disque" in str(erreur)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, garde)
        if base.exists():
            with ouvrir(base, cle) as porte:
                assert porte.resumes() == []
