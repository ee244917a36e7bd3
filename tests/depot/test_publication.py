"""The target folder holds the former filing or the new one, whole, whatever happens."""

import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from esms_desktop.campagnes.schema import Parametre
from esms_desktop.depot import echange
from esms_desktop.depot.fichiers.disque import mesurer
from esms_desktop.depot.manifeste import entrees
from esms_desktop.depot.preflight import preflight
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.errors import ErreurDepot, ErreurPiece, Interruption
from esms_desktop.regles.constats import examen
from tests.depot import fabrique as f

RACINE = Path(__file__).resolve().parents[2]
Deja = Callable[[Path], Path]
SCRIPT = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from tests.depot import fabrique as f
    from esms_desktop.depot.publication import deposer
    from esms_desktop.errors import ErreurDepot

    projet, contenus = f.complet()
    projet.objectifs = sys.argv[2]
    print("prêt", flush=True)
    try:
        for _ in range(int(sys.argv[3])):
            deposer(projet, f.campagne(), f.JOUR, Path(sys.argv[1]), contenus.__getitem__)
    except ErreurDepot as e:
        sys.exit(f"ErreurDepot: {e}")
    """
)


def ecrire(sortie: Path, marque: str = "", **options: object) -> Depot:
    projet, contenus = f.complet()
    projet.objectifs = marque or projet.objectifs
    return deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__, **options)  # type: ignore[arg-type]


def entier(sortie: Path) -> bool:
    """Whether every file the manifest names is there, with its hash."""
    manifeste = json.loads((sortie / "manifest.json").read_bytes())
    return all(mesurer(sortie / e["fichier"]).sha256 == e["sha256"] for e in entrees(manifeste))


def restes(sortie: Path) -> list[Path]:
    return [p for p in sortie.parent.iterdir() if p != sortie]


def lancer(sortie: Path, marque: str, fois: int = 1, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(sortie), marque, str(fois)],
        cwd=RACINE,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("prealable", ["absent", "vide", "depot"])
def test_the_folder_is_published_whole(tmp_path: Path, deja_depose: Deja, prealable: str) -> None:
    sortie = tmp_path / "parent" / "sortie"
    if prealable == "vide":
        sortie.mkdir(parents=True)
    if prealable == "depot":
        deja_depose(sortie)
        avant = (sortie / "dossier.pdf").read_bytes()
    ecrire(sortie, "second")
    assert entier(sortie) and restes(sortie) == []
    assert {p.name for p in sortie.iterdir()} == {
        "dossier.pdf",
        "depot.zip",
        "manifest.json",
        "fiche-de-recevabilite.pdf",
        "pieces",
    }
    assert prealable != "depot" or (sortie / "dossier.pdf").read_bytes() != avant


def test_what_the_person_put_there_stays(tmp_path: Path, deja_depose: Deja) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    (sortie / "notes.txt").write_text("à moi")
    (sortie / "pieces" / "brouillon.docx").write_text("à moi aussi")
    (sortie / "vide").mkdir()
    (sortie / "lien").symlink_to("notes.txt")
    ecrire(sortie, "second")
    assert (sortie / "notes.txt").read_text() == "à moi"
    assert (sortie / "pieces" / "brouillon.docx").read_text() == "à moi aussi"
    assert (sortie / "vide").is_dir() and (sortie / "lien").is_symlink()
    assert entier(sortie) and restes(sortie) == []


def test_files_are_in_both_folders_before_the_exchange_and_late_ones_follow(
    tmp_path: Path, deja_depose: Deja
) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    (sortie / "notes.txt").write_text("à moi")

    class AvantPublication:
        def etape(self, fait: int, total: int, message: str) -> None:
            if message == "Publication":
                (atelier,) = restes(sortie)
                assert (atelier / "notes.txt").samefile(sortie / "notes.txt")
                (sortie / "tardif.txt").write_text("écrit pendant la publication")

    ecrire(sortie, "second", progress=AvantPublication())
    assert (sortie / "tardif.txt").exists() and (sortie / "notes.txt").exists()
    assert entier(sortie) and restes(sortie) == []


def test_an_open_database_in_the_folder_goes_on_living(tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    sortie.mkdir()
    base = sqlite3.connect(sortie / "base.sqlite")
    base.execute("pragma journal_mode=wal")
    base.execute("create table t(x)")
    ecrire(sortie)
    base.execute("insert into t values (1)")
    base.commit()
    base.close()
    relue = sqlite3.connect(sortie / "base.sqlite")
    assert relue.execute("select x from t").fetchall() == [(1,)]
    relue.close()


def test_a_file_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    sortie.mkdir()
    (sortie / "dossier.pdf").write_text("le mien")
    with pytest.raises(ErreurDepot, match="ne vient pas d’un dépôt"):
        ecrire(sortie)
    assert (sortie / "dossier.pdf").read_text() == "le mien" and restes(sortie) == []


def test_the_filing_of_another_dossier_is_never_replaced(tmp_path: Path, deja_depose: Deja) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    with pytest.raises(ErreurDepot, match="contient déjà le dépôt de"):
        deposer(f.dossier(nom="Autre"), f.campagne(), f.JOUR, sortie, {}.__getitem__)
    assert entier(sortie)


@pytest.mark.parametrize("cas", ["fichier", "parent-fichier", "encombre"])
def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path, cas: str) -> None:
    sortie = tmp_path / "sortie"
    if cas == "fichier":
        sortie.write_text("x")
    elif cas == "parent-fichier":
        sortie.write_text("x")
        sortie = sortie / "dessous"
    else:
        sortie.mkdir()
        for i in range(201):
            (sortie / f"{i}.txt").touch()
    with pytest.raises(ErreurDepot) as e:
        ecrire(sortie)
    assert e.value.remede and len(list(tmp_path.iterdir())) == 1


def test_disk_full_leaves_the_former_filing(tmp_path: Path, deja_depose: Deja) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    avant = {p: p.read_bytes() for p in sortie.rglob("*") if p.is_file()}
    processus = lancer(
        sortie, "second", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
    )
    _, erreurs = processus.communicate(timeout=60)
    assert processus.returncode == 1
    assert "ErreurDepot: Le disque est plein" in erreurs and "Traceback" not in erreurs
    assert {p: p.read_bytes() for p in sortie.rglob("*") if p.is_file()} == avant
    assert restes(sortie) == []


def test_killed_at_any_moment_the_folder_is_whole(tmp_path: Path, deja_depose: Deja) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    (sortie / "notes.txt").write_text("à moi")
    hasard = random.Random(20231106)
    for tour in range(3):
        processus = lancer(sortie, f"tour {tour + 1}", fois=20)
        assert processus.stdout is not None
        processus.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            processus.wait(timeout=0.3 + hasard.random())
        processus.send_signal(signal.SIGKILL)
        processus.communicate()
        assert entier(sortie)
        assert (sortie / "notes.txt").read_text() == "à moi"
    ecrire(sortie, "dernier")
    assert entier(sortie) and restes(sortie) == []


def test_killed_between_two_renames_the_former_filing_comes_back(tmp_path: Path, deja_depose: Deja) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    sortie.rename(tmp_path / ".sortie.ancien-00000000")
    (tmp_path / ".sortie.depot-00000000").mkdir()
    echange.reprendre(sortie)
    assert entier(sortie) and restes(sortie) == []


def test_where_folders_cannot_be_exchanged_two_renames_do(
    tmp_path: Path, deja_depose: Deja, monkeypatch: pytest.MonkeyPatch
) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    (sortie / "notes.txt").write_text("à moi")
    monkeypatch.setattr(sys, "platform", "autre")
    ecrire(sortie, "second")
    assert entier(sortie) and (sortie / "notes.txt").exists() and restes(sortie) == []


class _Annule:
    """A person who cancels at a given percentage."""

    def __init__(self, seuil: int) -> None:
        self.seuil = seuil

    def etape(self, fait: int, total: int, message: str) -> None:
        if fait >= self.seuil:
            raise Interruption("Dépôt annulé.")


@pytest.mark.parametrize("seuil", [0, 20, 50, 75, 95])
def test_cancelling_leaves_nothing_behind(tmp_path: Path, seuil: int) -> None:
    sortie = tmp_path / "sortie"
    with pytest.raises(Interruption):
        ecrire(sortie, progress=_Annule(seuil))
    assert list(tmp_path.iterdir()) == []


def test_progress_goes_from_0_to_100(tmp_path: Path) -> None:
    vus: list[int] = []

    class Suivi:
        def etape(self, fait: int, total: int, message: str) -> None:
            assert message and total == 100
            vus.append(fait)

    ecrire(tmp_path / "sortie", progress=Suivi())
    assert vus == sorted(vus) and vus[0] == 0 and vus[-1] == 100


def test_two_filings_at_once_into_one_folder(tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    entre, sors = threading.Event(), threading.Event()

    def tenir() -> None:
        with echange.verrou(sortie):
            entre.set()
            sors.wait(10)

    fil = threading.Thread(target=tenir)
    fil.start()
    entre.wait(10)
    try:
        with pytest.raises(ErreurDepot, match="déjà en cours"):
            ecrire(sortie)
    finally:
        sors.set()
        fil.join()
    ecrire(sortie)


def test_an_attached_file_that_changed_in_the_base_is_not_filed(tmp_path: Path) -> None:
    projet, contenus = f.complet()
    contenus = {cle: valeur + b" " for cle, valeur in contenus.items()}
    with pytest.raises(ErreurDepot, match="n’est plus celui qui a été joint"):
        deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    assert list(tmp_path.iterdir()) == []


def test_an_attached_file_that_cannot_be_shown_is_named_with_its_piece(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 9, "rib.pdf", b"%PDF-1.4 rien")
    with pytest.raises(ErreurPiece, match=r"Pièce 9.*rib\.pdf"):
        deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)


def test_preflight_adds_sizes_and_dates() -> None:
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 9, "rib.pdf", f.pdf("RIB"))
    campagne = f.campagne()
    assert preflight(projet, campagne, f.JOUR, examen([])) == ((), ())
    limites = replace(
        campagne.limites, fichier_octets=Parametre(10, "AAP § 9"), total_octets=Parametre(10, "AAP § 9")
    )
    veille = f.JOUR.replace(year=2022)
    bloquants, avis = preflight(projet, replace(campagne, limites=limites), veille, examen([]))
    assert [c.code for c in bloquants] == ["depot.taille-fichier", "depot.taille-totale"]
    assert [c.code for c in avis] == ["depot.date"]


def test_permissions_of_the_folder_are_kept(tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    sortie.mkdir()
    sortie.chmod(0o750)
    ecrire(sortie)
    assert sortie.stat().st_mode & 0o777 == 0o750
