"""Each kind of block in a Word file, element by element."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop.documents.rendu_docx import rendre_docx
from tests.attendus import comparer

from .blocs import TOUS, document
from .docx_lu import lire

ATTENDUS = Path(__file__).parent / "attendus"


@pytest.mark.parametrize("nom", TOUS)
def test_ce_que_chaque_bloc_ecrit(nom: str) -> None:
    comparer(ATTENDUS / f"docx-{nom}.txt", lire(rendre_docx(document(*TOUS[nom]()), date(2023, 1, 2))))
