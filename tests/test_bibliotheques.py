"""What we lean on in libraries beyond what they promise, each named: a new release that changes it fails here first."""

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from pikepdf import Dictionary, Name, Pdf
from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame, Paragraph, Spacer

from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.documents.pdf import polices
from esms_desktop.store.erreurs import traduire

# --- reportlab --------------------------------------------------------------------------------------------------------


def _toile() -> Canvas:
    polices.enregistrer()
    return Canvas(io.BytesIO(), pagesize=(200, 200), initialFontName=polices.NORMAL)


def _cadre() -> Frame:
    return Frame(0, 0, 200, 200, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def test_a_frame_of_reportlab_knows_how_far_down_it_is_used() -> None:
    """gabarit_pdf reads `_y` to tell how full the last page is."""
    cadre = _cadre()
    assert cadre.add(Spacer(10, 30), _toile())
    assert vars(cadre)["_y"] == pytest.approx(170)


def test_a_frame_of_reportlab_draws_through_the_drawon_of_the_flowable_itself() -> None:
    """gabarit_pdf replaces it on the flowable, to place without drawing."""
    appels: list[tuple[Any, ...]] = []
    bloc: Any = Spacer(10, 30)
    bloc.drawOn = lambda *a, **_: appels.append(a)
    assert _cadre().add(bloc, _toile())
    assert [(x, y) for _, x, y in appels] == [(0, 170)]


@pytest.mark.parametrize(("texte", "genre"), [("deux mots", 0), ("<b>deux</b> mots", 1)])
def test_a_paragraph_of_reportlab_keeps_its_lines_as_words(texte: str, genre: int) -> None:
    """blocs_pdf turns the Arabic words of a line round in `blPara`, whose lines are of two kinds."""
    polices.enregistrer()
    style = ParagraphStyle("x", fontName=polices.NORMAL, fontSize=10)
    paragraphe: Any = Paragraph(texte, style)
    paragraphe.wrap(200, 200)
    assert paragraphe.blPara.kind == genre
    (ligne,) = paragraphe.blPara.lines
    if genre == 0:
        assert list(ligne[1]) == ["deux", "mots"]
        assert paragraphe.blPara.fontName == polices.NORMAL
    else:
        assert [(m.text.strip(), m.fontName) for m in ligne.words] == [
            ("deux", polices.GRAS),
            ("mots", polices.NORMAL),
        ]


def test_reportlab_leaves_streams_in_plain_bytes() -> None:
    """polices sets `useA85`, which a canvas reads when it is made."""
    polices.enregistrer()
    assert rl_config.useA85 == 0
    tampon = io.BytesIO()
    toile = Canvas(tampon, initialFontName=polices.NORMAL)
    toile.drawString(10, 10, "essai")
    toile.save()
    assert b"FlateDecode" in tampon.getvalue() and b"ASCII85" not in tampon.getvalue()


def test_a_face_of_reportlab_tells_the_characters_it_draws() -> None:
    """polices asks `face.charToGlyph` what the font has."""
    polices.enregistrer()
    connus = pdfmetrics.getFont(polices.NORMAL).face.charToGlyph
    assert ord("é") in connus and ord("你") not in connus


# --- pikepdf and the qpdf inside it -----------------------------------------------------------------------------------


def test_pikepdf_tells_missing_decoders_by_a_warning_that_we_know() -> None:
    """pdf_joint silences that warning alone: the stream of a scan is passed on as it is."""
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        image = pdf.make_stream(
            b"not decoded", Type=Name.XObject, Subtype=Name.Image, Filter=Name.JBIG2Decode
        )
        pdf.pages[0].obj[Name.Resources] = Dictionary(XObject=Dictionary(Im=image))
        tampon = io.BytesIO()
        pdf.save(tampon)
    with Pdf.open(tampon) as pdf, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert all("JBIG2" in defaut for defaut in controler(pdf))


def test_pikepdf_warns_of_a_file_it_had_to_mend_and_only_then() -> None:
    """Whether there are warnings counts for us, their words never."""
    tampon = io.BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tampon)
    with Pdf.open(io.BytesIO(tampon.getvalue())) as pdf:
        assert not pdf.get_warnings() and not pdf.check_pdf_syntax()
    abime = re.sub(rb"startxref\s+\d+", b"startxref\n7", tampon.getvalue())
    with Pdf.open(io.BytesIO(abime)) as pdf:
        assert pdf.get_warnings()
    with pytest.raises(pikepdf.PdfError):
        Pdf.open(io.BytesIO(abime), attempt_recovery=False)


# --- python-docx ------------------------------------------------------------------------------------------------------


def test_the_empty_document_of_python_docx_has_the_parts_we_fill() -> None:
    """docx_gabarit replaces the content of these parts and drops the relationships that say nothing of our document."""
    fichier = docx.Document()
    noms = {str(p.partname) for p in fichier.part.package.parts}
    assert {"/word/document.xml", "/word/styles.xml", "/word/settings.xml", "/word/numbering.xml"} <= noms
    avant = len(fichier.part.rels)
    fichier.part.drop_rel(next(iter(fichier.part.rels)))
    assert len(fichier.part.rels) in (avant, avant - 1)
    assert fichier.sections[0].header.part.element.tag.endswith("}hdr")


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _pleine(chemin: Path) -> None:
    base = sqlcipher.connect(str(chemin))
    base.execute("PRAGMA max_page_count = 2")
    base.execute("CREATE TABLE t (x)")
    base.execute("INSERT INTO t VALUES (zeroblob(100000))")


def _occupee(chemin: Path) -> None:
    une, autre = (sqlcipher.connect(str(chemin), isolation_level=None, timeout=0) for _ in range(2))
    une.execute("BEGIN EXCLUSIVE")
    try:
        autre.execute("BEGIN EXCLUSIVE")
    finally:
        une.close()


def _en_lecture_seule(chemin: Path) -> None:
    sqlcipher.connect(str(chemin)).executescript("CREATE TABLE t (x);").close()
    sqlcipher.connect(f"file:{chemin}?mode=ro", uri=True).execute("INSERT INTO t VALUES (1)")


def _ailleurs(chemin: Path) -> None:
    sqlcipher.connect(str(chemin / "nulle" / "part"))


def _abimee(chemin: Path) -> None:
    base = sqlcipher.connect(str(chemin))
    base.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(9000));")
    base.commit()
    base.close()
    octets = bytearray(chemin.read_bytes())
    octets[4096:8192] = b"\xff" * 4096
    chemin.write_bytes(octets)
    sqlcipher.connect(str(chemin)).execute("SELECT * FROM t").fetchall()


def _orpheline(chemin: Path) -> None:
    base = sqlcipher.connect(str(chemin))
    base.executescript(
        "PRAGMA foreign_keys = ON; CREATE TABLE a (x PRIMARY KEY); CREATE TABLE b (x REFERENCES a);"
    )
    base.execute("INSERT INTO b VALUES (1)")


def _deux_fois(chemin: Path) -> None:
    base = sqlcipher.connect(str(chemin))
    base.execute("CREATE TABLE t (x UNIQUE)")
    base.execute("INSERT INTO t VALUES (1), (1)")


def _autre_chose(chemin: Path) -> None:
    chemin.write_bytes(b"tout autre chose" * 1000)
    sqlcipher.connect(str(chemin)).execute("SELECT * FROM sqlite_master")


@pytest.mark.parametrize(
    ("provoquer", "phrase"),
    [
        (_pleine, "Le disque est plein"),
        (_occupee, "occupée par une autre fenêtre"),
        (_en_lecture_seule, "en lecture seule"),
        (_ailleurs, "ne peut pas être ouverte à cet endroit"),
        (_abimee, "La base est abîmée"),
        (_orpheline, "n’existe plus"),
        (_deux_fois, "La même chose vient d’être écrite"),
        (_autre_chose, "est abîmée"),
    ],
)
def test_sqlite_names_its_errors_as_we_know_them(
    provoquer: Callable[[Path], None], phrase: str, tmp_path: Path
) -> None:
    """store/erreurs knows an error by its name; by its words where sqlcipher3 gives constraints one name for all."""
    with pytest.raises(sqlcipher.Error) as erreur:
        provoquer(tmp_path / "base.db")
    assert phrase in traduire(erreur.value).message
