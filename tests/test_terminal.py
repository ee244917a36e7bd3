"""However a command ends: one French sentence, a status of its own, the traceback in the log and nowhere else."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from esms_desktop.cli import main
from esms_desktop.errors import ErreurBase, ErreurImprevue
from esms_desktop.terminal import conduire


@pytest.fixture(autouse=True)
def journal_a_part() -> Iterator[None]:
    """No log file of a test serves the next one."""
    garde, raise_ = list(logging.getLogger().handlers), logging.raiseExceptions
    yield
    for sortie in logging.getLogger().handlers[:]:
        if sortie not in garde:
            logging.getLogger().removeHandler(sortie)
            sortie.close()
    logging.raiseExceptions = raise_


def _lever(erreur: BaseException) -> Callable[[], int]:
    def commande() -> int:
        raise erreur

    return commande


FINS = [
    (ErreurBase("La base est occupée.", "Attendez."), 2, "La base est occupée. Attendez."),
    (PermissionError(13, "Permission denied", "/ailleurs"), 2, "pour /ailleurs : l’accès est refusé"),
    (OSError(28, "No space left on device"), 2, "le disque est plein"),
    (KeyboardInterrupt(), 130, "Interrompu"),
    (
        ErreurImprevue("Le planning ne se dessine pas.", "Joignez le vôtre."),
        3,
        "Joignez le vôtre. Si cela se",
    ),
    (IndexError("list index out of range"), 3, "Erreur imprévue (IndexError)"),
    (MemoryError(), 3, "La mémoire manque"),
    (RecursionError("trop"), 3, "RecursionError"),
    (ImportError("libEGL.so.1"), 3, "libEGL.so.1"),
    (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates"), 3, "UnicodeEncodeError"),
]


@pytest.mark.parametrize(("erreur", "code", "mots"), FINS, ids=lambda v: type(v).__name__)
def test_each_end_has_its_sentence_and_its_status(
    capsys: pytest.CaptureFixture[str], erreur: BaseException, code: int, mots: str
) -> None:
    assert conduire(_lever(erreur)) == code
    dit = capsys.readouterr()
    assert dit.out == "" and mots in dit.err
    assert len(dit.err.strip().splitlines()) == 1 and "Traceback" not in dit.err


def _journal_nomme(dit: str) -> Path:
    trouve = re.search(r"dans le journal : (.+\.log)", dit)
    assert trouve is not None, dit
    return Path(trouve[1])


@pytest.mark.parametrize("dossier", ["libre", "refuse"])
def test_the_log_holds_what_the_sentence_does_not(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dossier: str,
) -> None:
    # A home that cannot be written: the log goes to a temporary file, which the sentence names.
    (tmp_path / "fichier").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ("fichier" if dossier == "refuse" else "etat")))
    assert conduire(_lever(IndexError("le détail"))) == 3
    journal = _journal_nomme(capsys.readouterr().err)
    texte = journal.read_text(encoding="utf-8")
    assert "Traceback" in texte and "IndexError: le détail" in texte and "erreur imprévue" in texte
    assert journal.is_relative_to(tmp_path / "etat") == (dossier == "libre")


def test_what_goes_well_leaves_no_line_in_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campagnes"]) == 0
    assert capsys.readouterr().err == ""
    assert not any(isinstance(h, RotatingFileHandler) for h in logging.getLogger().handlers)


REFUS = [
    (("financement", "--campagne", "2022", "--type", "conformite", "--essms", "9" * 5000), "trop grand"),
    (("financement", "--campagne", "2022", "--type", "conformite", "--essms", "trois"), "nombre entier"),
    (("orienter", "--campagne", "2022", "--par-region", "11=" + "9" * 5000), "--par-region"),
    (("dossier", "liste", "--base", ""), "un chemin est attendu"),
    (("dossier", "liste", "--base", "/tmp/" + "y" * 300), "trop long"),
    (("dossier", "liste", "--base", "~personne-de-ce-nom/b.sqlite"), "dossier personnel"),
    (("dossier", "liste", "--base", "/"), "n’est pas le fichier d’une base"),
    (("dossier", "liste", "--base", "/dev/null"), "n’est pas le fichier d’une base"),
    (("dossier", "liste", "--base", "/tmp/\udcff.sqlite"), "caractère illisible"),
    (("deposer", "X", "--sortie", " "), "un chemin est attendu"),
]


@pytest.mark.parametrize(("argv", "mots"), REFUS, ids=[f"{a[0]}-{m}" for a, m in REFUS])
def test_odd_arguments_are_refused_in_french(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], mots: str
) -> None:
    try:
        code = main(argv)
    except SystemExit as e:
        code = e.code
    dit = capsys.readouterr()
    assert code == 2 and mots in dit.err
    assert "invalid" not in dit.err and len(dit.err.strip().splitlines()) == 1


def _lancer(*argv: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    commande = [sys.executable, "-m", "esms_desktop.cli", *argv]
    return subprocess.run(commande, stderr=subprocess.PIPE, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_output_that_refuses_takes_nothing_away_from_the_work() -> None:
    with Path("/dev/full").open("wb") as plein:
        fin = _lancer("campagnes", "--json", stdout=plein)
    assert fin.returncode == 2
    assert fin.stderr.decode() == (
        "Le travail est fait, mais la réponse n’a pas pu être écrite en entier : le disque est plein.\n"
    )


def test_a_reader_who_leaves_is_no_error() -> None:
    lecture, ecriture = os.pipe()
    os.close(lecture)
    try:
        fin = _lancer("campagnes", "--json", stdout=ecriture)
    finally:
        os.close(ecriture)
    assert (fin.returncode, fin.stderr) == (0, b"")


def test_a_poor_terminal_shows_plain_letters() -> None:
    pauvre = {**os.environ, "PYTHONIOENCODING": "ascii"}
    fin = _lancer("campagnes", stdout=subprocess.PIPE, env=pauvre)
    assert fin.returncode == 0 and b"ESMS numerique 2022, generalisation" in fin.stdout
    fin = _lancer("campagnes", "--json", stdout=subprocess.PIPE, env=pauvre)
    assert "généralisation" in {c["titre"].split(", ")[-1] for c in json.loads(fin.stdout.decode("ascii"))}


def test_closed_streams_stop_nothing(tmp_path: Path) -> None:
    def fermer() -> None:
        for descripteur in (0, 1):
            os.close(descripteur)

    fin = _lancer("dossier", "liste", "--base", str(tmp_path / "b.sqlite"), preexec_fn=fermer)
    assert fin.returncode == 2 and fin.stderr.decode().startswith("Il n’y a pas encore de base")


@pytest.mark.skipif(sys.platform != "linux", reason="screens of another kind")
@pytest.mark.parametrize("ecran", [{}, {"DISPLAY": ":4242"}], ids=["aucun", "injoignable"])
def test_without_a_screen_the_window_says_so_in_french(ecran: dict[str, str], tmp_path: Path) -> None:
    sans = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    commande = [sys.executable, "-m", "ui.lancement"]
    fin = subprocess.run(commande, env=sans | ecran, capture_output=True, text=True, check=False)
    assert (fin.returncode, fin.stdout) == (3 if ecran else 2, "")
    assert len(fin.stderr.strip().splitlines()) == 1 and "session graphique" in fin.stderr
