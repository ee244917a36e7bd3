"""Hostile attachments of every kind: attached with sound pages, or refused with a reason; never worse, never silent."""

import io
import os
import re
import time

import pytest
from pikepdf import Pdf

from esms_desktop.depot.fichiers.conversion import convertir
from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.metadonnees import retirer_position
from esms_desktop.depot.fichiers.objets_pdf import photographies
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique as f
from tests.depot.hostiles import souches, variantes
from tests.depot.test_fichiers import RENVOI

NOMBRE = 300 if os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite" else 22
_CITE = re.compile(r"«[^»]*»|\([^)]*\)|\.(docx|xlsx|jpeg|jfif|jpg|pdf)\b")


def une_phrase(remarque: str) -> bool:
    """One sentence, its names between guillemets apart."""
    nue = _CITE.sub("x", remarque)
    return nue.endswith(".") and nue.count(".") == 1 and "\n" not in remarque


def juger(nom: str, brut: bytes) -> str:
    """« joint », or why it is not; fails when it is neither."""
    try:
        verifie = verifier_fichier(nom, brut, f.EXTENSIONS)
    except ErreurPiece as e:
        assert e.message and e.remede and "\n" not in str(e)
        return str(e)
    assert all(une_phrase(r) for r in verifie.remarques), verifie.remarques
    converti = convertir(verifie.nom_sobre, verifie.extension, brut, RENVOI)
    with Pdf.open(io.BytesIO(converti.octets), attempt_recovery=False) as pdf:
        assert len(pdf.pages) == converti.pages == (verifie.pages or converti.pages)
        assert controler(pdf) == []
        photos = [p.read_raw_bytes() for p in photographies(pdf.pages)]
    assert [p for p in photos if retirer_position(p) is not None] == []
    return "joint"


@pytest.mark.parametrize("souche", souches(), ids=lambda s: s[0])
def test_each_sound_file_is_judged(souche: tuple[str, bytes]) -> None:
    dit = juger(*souche)
    assert (dit == "joint") is (souche[0] not in ("vide.docx", "clos.docx"))


@pytest.mark.parametrize(
    ("nom", "brut"), list(variantes(1, NOMBRE)), ids=lambda v: v if isinstance(v, str) else ""
)
def test_each_hostile_variant_is_attached_or_refused(nom: str, brut: bytes) -> None:
    debut = time.monotonic()
    assert juger(nom, brut)
    assert time.monotonic() - debut < 10
