"""Each kind of block in a Word file, element by element."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.documents.arbre.arbre import Paragraphe, Titre
from esms_desktop.documents.docx.rendu import rendre_docx
from tests.attendus import comparer

from .blocs import PHRASE, TOUS, document
from .docx_lu import lire

ATTENDUS = Path(__file__).parent / "attendus"


@pytest.mark.parametrize("nom", TOUS)
def test_ce_que_chaque_bloc_ecrit(nom: str) -> None:
    comparer(ATTENDUS / f"docx-{nom}.txt", lire(rendre_docx(document(*TOUS[nom]()), date(2023, 1, 2))))


def test_le_sommaire_d_un_long_document() -> None:
    titres = [
        b for i in range(1, 4) for b in (Titre(1, f"Partie {i}"), Titre(2, f"Point {i}"), Titre(3, "Détail"))
    ]
    blocs = [x for t in titres for x in (t, Paragraphe(PHRASE * 25))]
    lignes = lire(rendre_docx(document(*blocs), date(2023, 1, 2)))
    comparer(ATTENDUS / "docx-sommaire.txt", [x for x in lignes if PHRASE not in x])


@pytest.mark.parametrize(
    ("jour", "date_zip"), [(date(2023, 6, 1), None), (date(1979, 5, 6), (1980, 5, 6, 0, 0, 0))]
)
def test_chaque_membre_du_fichier_est_le_meme_sur_tout_systeme(
    jour: date, date_zip: tuple[int, ...] | None
) -> None:
    octets = rendre_docx(document(Paragraphe("x")), jour)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        dits = {(i.external_attr, i.create_system, i.compress_type, i.date_time) for i in archive.infolist()}
    attendue = date_zip or (jour.year, jour.month, jour.day, 0, 0, 0)
    assert dits == {(0o600 << 16, 3, zipfile.ZIP_DEFLATED, attendue)}
