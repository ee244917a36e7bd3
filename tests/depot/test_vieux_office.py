"""Old Office files (.doc, .xls): what is attached, what is told, what is refused."""

import struct
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique as f
from tests.depot.fabrique_ole import doc, ole, ooxml_chiffre, xls

DOC, XLS = doc(), xls()
# An Excel file that shows a Word text, and a Word file that shows a table: each is what its root says.
FEUILLE_AVEC_TEXTE = xls(MBD0001={"WordDocument": b"x"})
TEXTE_AVEC_FEUILLE = doc(ObjectPool={"_1": {"Workbook": b"x"}})


@pytest.mark.parametrize(
    ("nom", "octets", "mot"),
    [
        ("lettre.doc", DOC, ""),
        ("compte.xls", XLS, ""),
        ("ancien.xls", xls(nom="Book"), ""),
        ("objet.xls", FEUILLE_AVEC_TEXTE, ""),
        ("objet.doc", TEXTE_AVEC_FEUILLE, ""),
        ("macro.doc", doc(Macros={"VBA": {"dir": b"x"}}), "macros"),
        ("macro.xls", xls(_VBA_PROJECT_CUR={"VBA": {"dir": b"x"}}), "macros"),
    ],
)
def test_what_is_attached(nom: str, octets: bytes, mot: str) -> None:
    verifie = verifier_fichier(nom, octets, f.EXTENSIONS)
    assert verifie.extension == nom[-4:] and verifie.pages is None
    dites = [r for r in verifie.remarques if r != SANS_PAGES["absent"]]
    assert [mot in r for r in dites] == [True] * bool(mot)


@pytest.mark.parametrize(
    ("nom", "octets", "mots"),
    [
        ("lettre.doc", doc(chiffre=True), "demande un mot de passe"),
        ("compte.xls", xls(chiffre=True), "demande un mot de passe"),
        ("lettre.docx", ooxml_chiffre(), "mot de passe"),
        ("lettre.doc", ole({"Contents": b"x"}), "dit être"),
        ("lettre.doc", DOC[:1000], "dit être"),
        ("lettre.doc", DOC[:2_000], "dit être"),
        ("lettre.doc", DOC[:512], "dit être"),
    ],
)
def test_what_is_refused(nom: str, octets: bytes, mots: str) -> None:
    with pytest.raises(ErreurPiece) as e:
        verifier_fichier(nom, octets, f.EXTENSIONS)
    assert mots in str(e.value) and e.value.remede


@pytest.mark.parametrize(
    ("nom", "octets", "garde"), [("compte.xls", DOC, ".doc"), ("lettre.doc", XLS, ".xls")]
)
def test_what_is_kept_under_the_name_of_what_it_is(nom: str, octets: bytes, garde: str) -> None:
    verifie = verifier_fichier(nom, octets, f.EXTENSIONS)
    assert (verifie.nom_sobre, verifie.extension) == (nom[:-4] + garde, garde)
    assert "est en réalité" in verifie.remarques[0] and verifie.copie is None


def test_a_stream_that_leaves_the_file_is_told() -> None:
    octets = bytearray(DOC)
    # The first stream jumps from its second sector to one that is not there.
    struct.pack_into("<I", octets, 512 + 4 * 2, 900)
    with pytest.raises(ErreurPiece, match="endommagé"):
        verifier_fichier("lettre.doc", bytes(octets), f.EXTENSIONS)


def test_a_table_that_goes_round_fills_no_memory() -> None:
    """20,000 sectors of table in a file of a few kilobytes: its list of tables comes back to itself."""
    tables = 20_000
    octets = bytearray(ole({"0": struct.pack("<128I", *[0] * 127, 1), "WordDocument": b"x"}))
    struct.pack_into("<I", octets, 44, tables)
    struct.pack_into("<II", octets, 68, 1, -(-(tables - 109) // 127))
    tracemalloc.start()
    try:
        with pytest.raises(ErreurPiece):
            verifier_fichier("lettre.doc", bytes(octets), f.EXTENSIONS)
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


@given(st.data())
def test_a_damaged_file_is_attached_or_refused(data: st.DataObject) -> None:
    nom, entier = data.draw(st.sampled_from([("a.doc", DOC), ("a.xls", XLS), ("a.docx", ooxml_chiffre())]))
    octets = bytearray(entier[: data.draw(st.integers(8, len(entier)))])
    for position in (
        data.draw(st.lists(st.integers(8, len(octets) - 1), max_size=6)) if len(octets) > 8 else []
    ):
        octets[position] = data.draw(st.integers(0, 255))
    try:
        verifier_fichier(nom, bytes(octets), f.EXTENSIONS)
    except ErreurPiece as e:
        assert e.message and e.remede
