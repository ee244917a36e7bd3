"""Word and Excel attachments through LibreOffice: pages when it can, a page that names the file when it cannot."""

import io
import os
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Pdf

from esms_desktop.depot.fichiers import libreoffice
from esms_desktop.depot.fichiers.conversion import CONVERTI
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES, Tirage
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.documents import catalogue
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.errors import Interruption
from esms_desktop.progress import SansProgress
from tests.depot import fabrique as f
from tests.depot.test_fichiers import DOCX


@pytest.fixture
def avec_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(libreoffice.VARIABLE)
    if libreoffice.trouver() is None:
        pytest.skip("LibreOffice absent : installer libreoffice-writer-nogui et libreoffice-calc-nogui")


def ecrire(sortie: Path, fichiers: dict[str, bytes]) -> Depot:
    projet, contenus = f.dossier(), {}
    for nom, octets in fichiers.items():
        f.joindre(projet, contenus, 13, nom, octets)
    return deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__)


def remarques(depot: Depot) -> tuple[str, ...]:
    return next(p for p in depot.pieces if p.numero == 13).remarques


def mots(depot: Depot) -> str:
    document = pypdfium2.PdfDocument(next(p.chemin for p in depot.pieces if p.numero == 13))
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def faux(dossier: Path, corps: str) -> Path:
    """A program that stands where LibreOffice would: `sortie` and `fichiers` are what it was given."""
    if sys.platform == "win32":
        pytest.skip("script POSIX")
    chemin = dossier / "soffice"
    chemin.write_text(
        f"#!{sys.executable}\nimport sys, time, pathlib, subprocess\n"
        "sortie = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "fichiers = [pathlib.Path(a) for a in sys.argv[sys.argv.index('--outdir') + 2:]]\n" + corps
    )
    chemin.chmod(chemin.stat().st_mode | stat.S_IXUSR)
    return chemin


@pytest.mark.usefixtures("avec_libreoffice")
def test_a_word_file_gives_its_pages_and_stays_as_it_is(tmp_path: Path) -> None:
    projet = f.dossier()
    note = rendre_docx(catalogue.produire("note-presentation", projet, f.campagne(), f.JOUR), f.JOUR)
    # One sound file, one that has only the looks of one: the second must not cost the first its pages.
    depot = ecrire(tmp_path / "a", {"note.docx": note, "faux.docx": DOCX})
    assert remarques(depot)[:1] == (f"«\u00a0note.docx\u00a0» – {CONVERTI}",)
    assert remarques(depot)[-1] == f"«\u00a0faux.docx\u00a0» – {SANS_PAGES['echec']}"
    assert "Situation actuelle" in mots(depot) and "faux.docx" in mots(depot)
    with zipfile.ZipFile(depot.zip) as archive:
        assert archive.read("originaux/13/note.docx") == note
    with Pdf.open(depot.bundle) as pdf:
        assert controler(pdf) == []
    encore = ecrire(tmp_path / "b", {"note.docx": note, "faux.docx": DOCX})
    assert encore.zip.read_bytes() == depot.zip.read_bytes(), "same bytes, whatever LibreOffice writes in it"


@pytest.mark.parametrize(
    "corps",
    [
        "",
        "(sortie / '001.pdf').write_bytes(b'')",
        "(sortie / '001.pdf').write_bytes(b'%PDF-1.7 rien')",
        "(sortie / 'autre.pdf').write_bytes(b'%PDF-1.7')",
        "sys.exit(3)",
    ],
)
def test_a_conversion_that_gives_nothing_sound_leaves_the_page_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corps: str
) -> None:
    monkeypatch.setenv(libreoffice.VARIABLE, str(faux(tmp_path, corps)))
    depot = ecrire(tmp_path / "sortie", {"note.docx": DOCX})
    assert remarques(depot) == (SANS_PAGES["echec"],) and "note.docx" in mots(depot)


def test_one_call_for_all_with_a_profile_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = tmp_path / "appels"
    corps = (
        f"open({str(journal)!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        "for f in fichiers: (sortie / f'{f.stem}.pdf').write_bytes(b'%PDF-1.7')"
    )
    monkeypatch.setenv(libreoffice.VARIABLE, str(faux(tmp_path, corps)))
    ecrire(tmp_path / "sortie", {"a.docx": DOCX, "b.docx": DOCX + b" ", "c.docx": DOCX + b"  "})
    (appel,) = journal.read_text().splitlines()
    assert "-env:UserInstallation=file:///" in appel and "--headless" in appel
    assert all(nom in appel for nom in ("001.docx", "002.docx", "003.docx"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["appels", "soffice", "sortie"]


def _vivants(marque: str) -> int:
    sortie = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return sum(marque in ligne for ligne in sortie.splitlines())


def test_too_long_or_cancelled_it_is_stopped_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marque = f"time.sleep({600 + os.getpid() % 97}.25)"
    corps = f"subprocess.run([sys.executable, '-c', 'import time; {marque}'])"
    monkeypatch.setenv(libreoffice.VARIABLE, str(faux(tmp_path, corps)))
    monkeypatch.setattr(libreoffice, "_DEMARRAGE", 0.6)
    monkeypatch.setattr(libreoffice, "_PAR_FICHIER", 0.0)
    fichier = tmp_path / "a.docx"
    fichier.write_bytes(DOCX)
    assert libreoffice.convertir({"a": fichier}, tmp_path / "un", SansProgress()) == Tirage({}, "delai")
    assert _vivants(marque) == 0

    class Annule:
        def etape(self, fait: int, total: int, message: str) -> None:
            raise Interruption("Dépôt annulé.")

    with pytest.raises(Interruption):
        libreoffice.convertir({"a": fichier}, tmp_path / "deux", Annule())
    assert _vivants(marque) == 0


def test_two_at_once_wait_for_each_other_and_say_how_far_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pret").mkdir()
    corps = (
        f"pret = pathlib.Path({str(tmp_path / 'pret')!r})\n"
        "(sortie / f'{fichiers[0].stem}.pdf').write_bytes(b'%PDF-1.7')\n"
        "while not list(pret.iterdir()): time.sleep(0.02)\n"
    )
    monkeypatch.setenv(libreoffice.VARIABLE, str(faux(tmp_path, corps)))
    fichiers = {nom: tmp_path / f"{nom}.docx" for nom in ("a", "b")}
    for fichier in fichiers.values():
        fichier.write_bytes(DOCX)
    commence, dits = threading.Event(), {"un": set(), "deux": set()}

    class Suivi:
        def __init__(self, nom: str) -> None:
            self.nom = nom

        def etape(self, fait: int, total: int, message: str) -> None:
            dits[self.nom].add((fait, total, message))
            if self.nom == "deux":
                (tmp_path / "pret" / "oui").touch()
            elif fait:
                commence.set()

    rendus: dict[str, Tirage] = {}

    def convertir(nom: str) -> None:
        rendus[nom] = libreoffice.convertir(fichiers, tmp_path / nom, Suivi(nom))

    premier = threading.Thread(target=convertir, args=("un",))
    premier.start()
    assert commence.wait(20)
    convertir("deux")
    premier.join(20)
    assert [sorted(rendus[nom].pdfs) for nom in ("un", "deux")] == [["a"], ["a"]]
    assert dits["un"] >= {(1, 3, "Conversion des fichiers Word et Excel")}
    assert (0, 3, "Une autre conversion se termine") in dits["deux"]
    assert {total for fait, total, _ in dits["un"] | dits["deux"]} == {3}


@pytest.mark.parametrize(
    ("corps", "faits", "appels"),
    [
        # It stops at the second: those after it are tried again without it.
        ("for f in fichiers:\n    if f.stem == 'b': sys.exit(1)\n    ecrire(f)", ["a", "c", "d"], 2),
        # The first stops it.
        ("for f in fichiers:\n    if f.stem == 'a': sys.exit(1)\n    ecrire(f)", ["b", "c", "d"], 2),
        # It gives up one and goes on: nothing to try again.
        ("for f in fichiers:\n    if f.stem != 'b': ecrire(f)", ["a", "c", "d"], 1),
        # The last stops it.
        ("for f in fichiers:\n    if f.stem == 'd': sys.exit(1)\n    ecrire(f)", ["a", "b", "c"], 1),
        # It gives up the first, then the third stops it.
        (
            "for f in fichiers:\n    if f.stem == 'c': sys.exit(1)\n    if f.stem != 'a': ecrire(f)",
            ["b", "d"],
            2,
        ),
        # It never works: not tried for ever.
        ("sys.exit(1)", [], 4),
    ],
)
def test_a_file_that_stops_it_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corps: str, faits: list[str], appels: int
) -> None:
    journal = tmp_path / "appels"
    debut = (
        f"open({str(journal)!r}, 'a').write('x')\n"
        "def ecrire(f): (sortie / f'{f.stem}.pdf').write_bytes(b'%PDF-1.7')\n"
    )
    monkeypatch.setenv(libreoffice.VARIABLE, str(faux(tmp_path, debut + corps)))
    fichiers = {nom: tmp_path / f"{nom}.docx" for nom in "abcd"}
    for fichier in fichiers.values():
        fichier.write_bytes(DOCX)
    tirage = libreoffice.convertir(fichiers, tmp_path / "atelier", SansProgress())
    assert (sorted(tirage.pdfs), tirage.raison, len(journal.read_text())) == (faits, "echec", appels)


def test_absent_it_changes_nothing(tmp_path: Path) -> None:
    assert libreoffice.trouver() is None
    assert libreoffice.convertir({"a": tmp_path / "a.docx"}, tmp_path, SansProgress()) == Tirage()
    assert io.BytesIO(DOCX).read(2) == b"PK" and list(tmp_path.iterdir()) == []
