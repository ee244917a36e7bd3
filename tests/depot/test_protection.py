"""Passwords, awkward files within their time and memory, mutated files: attached or refused, never worse."""

import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from esms_desktop.depot.fichiers.conversion import convertir
from esms_desktop.depot.fichiers.fichiers import SANS_MOT_DE_PASSE, ErreurMotDePasse, verifier_fichier
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.documents import catalogue
from esms_desktop.documents.classeur import financement as classeur_financement
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique as f
from tests.depot.difficiles import TOUS, image
from tests.depot.test_fichiers import RENVOI

RACINE = Path(__file__).resolve().parents[2]


def protege(utilisateur: str, proprietaire: str = "maître", pages: int = 2) -> bytes:
    with Pdf.open(io.BytesIO(f.pdf("Secret", pages))) as pdf:
        sortie = io.BytesIO()
        pdf.save(sortie, encryption=pikepdf.Encryption(user=utilisateur, owner=proprietaire, R=6))
        return sortie.getvalue()


@pytest.mark.parametrize("mot", ["clé-é", "maître"])
def test_with_its_password_a_copy_without_it_is_attached(mot: str) -> None:
    octets = protege("clé-é")
    with pytest.raises(ErreurMotDePasse, match="demande un mot de passe"):
        verifier_fichier("a.pdf", octets, f.EXTENSIONS)
    with pytest.raises(ErreurMotDePasse, match="n’ouvre pas"):
        verifier_fichier("a.pdf", octets, f.EXTENSIONS, "autre")
    verifie = verifier_fichier("a.pdf", octets, f.EXTENSIONS, mot)
    assert verifie.pages == 2 and verifie.remarques[0] == SANS_MOT_DE_PASSE
    assert verifie.copie is not None
    with Pdf.open(io.BytesIO(verifie.copie)) as pdf:
        assert not pdf.is_encrypted and len(pdf.pages) == 2 and controler(pdf) == []
    assert verifier_fichier("a.pdf", verifie.copie, f.EXTENSIONS).remarques == ()


def test_a_file_without_a_password_is_attached_as_it_is() -> None:
    for octets in (f.pdf("x"), protege("")):
        assert verifier_fichier("a.pdf", octets, f.EXTENSIONS).copie is None
    assert verifier_fichier("a.pdf", f.pdf("x"), f.EXTENSIONS, "inutile").copie is None
    with pytest.raises(ErreurPiece):
        verifier_fichier("a.pdf", b"%PDF-1.4 rien", f.EXTENSIONS, "inutile")


SCRIPT = textwrap.dedent(
    """
    import json, resource, sys, time
    from pathlib import Path
    from esms_desktop.depot.fichiers.conversion import convertir
    from esms_desktop.depot.fichiers.fichiers import verifier_fichier
    from esms_desktop.documents.pdf.polices import enregistrer
    from esms_desktop.errors import ErreurPiece
    from tests.depot import fabrique as f
    from tests.depot.test_fichiers import RENVOI

    enregistrer()
    resource.setrlimit(resource.RLIMIT_AS, (500 * 2**20, 500 * 2**20))
    for chemin in map(Path, sys.argv[1:]):
        debut, verdict = time.monotonic(), "joint"
        octets = chemin.read_bytes()
        try:
            verifie = verifier_fichier(chemin.name, octets, f.EXTENSIONS)
            convertir(verifie.nom_sobre, verifie.extension, octets, RENVOI)
        except ErreurPiece as e:
            verdict = str(e)
        print(json.dumps([chemin.name, verdict, time.monotonic() - debut]), flush=True)
    """
)


@pytest.mark.skipif(sys.platform == "win32", reason="limite de mémoire POSIX")
def test_each_awkward_file_within_ten_seconds_and_500_mib(tmp_path: Path) -> None:
    chemins = [tmp_path / d.nom for d in TOUS]
    for chemin, difficile in zip(chemins, TOUS, strict=True):
        chemin.write_bytes(difficile.octets())
    # The address space of one process for all of them: none may need the memory another one left behind.
    fini = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, chemins)],
        cwd=RACINE,
        text=True,
        capture_output=True,
        timeout=340,
        check=False,
    )
    assert fini.returncode == 0, fini.stderr
    lus = [json.loads(ligne) for ligne in fini.stdout.splitlines()]
    assert [nom for nom, _, _ in lus] == [c.name for c in chemins]
    for nom, verdict, secondes in lus:
        assert secondes < 10, nom
        assert verdict == "joint" or "MemoryError" not in verdict, nom
    assert [verdict == "joint" for _, verdict, _ in lus] == [not d.refus for d in TOUS]


def _office() -> dict[str, bytes]:
    projet, campagne = f.dossier(ogs=1, essms=2), f.campagne()
    note = catalogue.produire("lettre-engagement", projet, campagne, f.JOUR, projet.ogs[0])
    return {
        "x.docx": rendre_docx(note, f.JOUR),
        "x.xlsx": rendre_xlsx(classeur_financement.classeur(projet, campagne, f.JOUR), f.JOUR),
    }


BASES = {
    **_office(),
    "x.png": image("PNG", (90, 60)),
    "x.jpg": image("JPEG", (90, 60), quality=70),
    "y.jpg": image("JPEG", (64, 64), progressive=True),
    "x.gif": image("GIF", (90, 60)),
    "x.pdf": protege("clé"),
}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(BASES)),
    st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=8)), max_size=6),
    st.tuples(st.integers(0, 2**20), st.integers(0, 300)),
    st.booleans(),
)
def test_mutated_office_files_images_and_locked_pdfs(
    nom: str, retouches: list[tuple[int, bytes]], trou: tuple[int, int], tronquer: bool
) -> None:
    octets = bytearray(BASES[nom])
    for position, morceau in retouches:
        debut = position % len(octets)
        octets[debut : debut + len(morceau)] = morceau
    debut = trou[0] % len(octets)
    del octets[debut : len(octets) if tronquer and trou[1] % 5 == 0 else debut + trou[1]]
    try:
        verifie = verifier_fichier(nom, bytes(octets), f.EXTENSIONS, "clé")
        gardes = bytes(octets) if verifie.copie is None else verifie.copie
        converti = convertir(nom, verifie.extension, gardes, RENVOI)
    except ErreurPiece as e:
        assert e.message and "\u202f" not in str(e)
        return
    with Pdf.open(io.BytesIO(converti.octets)) as pdf:
        assert len(pdf.pages) == converti.pages and controler(pdf) == []
