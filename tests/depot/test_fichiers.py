"""What may be attached: names, extensions, contents that lie, damaged and trapped files."""

import io
import time

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from esms_desktop.depot.fichiers.conversion import Renvoi, convertir
from esms_desktop.depot.fichiers.fichiers import nom_sobre, verifier_fichier
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES
from esms_desktop.depot.fichiers.objets_pdf import champs
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique as f
from tests.depot.difficiles import TOUS, Difficile, image, nommes, office

RENVOI = Renvoi("Pièce 10", "Dossier", "Porteur", "originaux/10/x", f.JOUR)
DOCX = office("word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
XLSX = office("xl/workbook.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
DOCM = office("word/document.xml", "vnd.ms-word.document.macroEnabled.main+xml")


@pytest.mark.parametrize("difficile", TOUS, ids=lambda d: d.nom)
def test_every_awkward_file_is_attached_or_refused_with_a_reason(difficile: Difficile) -> None:
    debut = time.monotonic()
    octets, refus = difficile.octets(), ""
    try:
        verifie = verifier_fichier(difficile.nom, octets, f.EXTENSIONS)
        assert [r for r in verifie.remarques if difficile.remarque in r] or not difficile.remarque
        converti = convertir(verifie.nom_sobre, verifie.extension, octets, RENVOI)
        with Pdf.open(io.BytesIO(converti.octets)) as pdf:
            assert len(pdf.pages) == converti.pages == (verifie.pages or 1)
            assert controler(pdf) == []
    except ErreurPiece as e:
        refus = e.message
        assert e.remede
    assert difficile.refus in refus and bool(difficile.refus) == bool(refus)
    assert time.monotonic() - debut < 10


@pytest.mark.parametrize(
    ("nom", "octets", "extension", "pages"),
    [
        ("scan.PDF", f.pdf("page", 3), ".pdf", 3),
        ("photo.jpg", image("JPEG"), ".jpg", 1),
        ("plan.png", image("PNG"), ".png", 1),
        ("logo.gif", image("GIF"), ".gif", 1),
        ("texte.docx", DOCX, ".docx", None),
        ("tableau.xlsx", XLSX, ".xlsx", None),
    ],
)
def test_what_is_accepted(nom: str, octets: bytes, extension: str, pages: int | None) -> None:
    verifie = verifier_fichier(nom, octets, f.EXTENSIONS)
    attendues = () if pages else (SANS_PAGES["absent"],)
    assert (verifie.extension, verifie.pages, verifie.remarques) == (extension, pages, attendues)


@pytest.mark.parametrize(
    ("nom", "octets", "mots"),
    [
        ("scan.pdf", b"", "est vide"),
        ("texte.odt", b"PK", "Enregistrez-le en .docx"),
        ("archive.zip", b"PK", "Joignez un à un"),
        ("texte.docx", DOCM, "Office à macros"),
        ("texte.docx", DOCX[:-30], "n’est pas un document Word lisible"),
        ("sans-extension", b"bonjour", "n’a pas d’extension"),
        ("photo.avif", b"\0\0\0\x18ftypavif" + bytes(20), "en .jpg ou en .png"),
        ("message.msg", b"x", "imprimez-le en PDF"),
        ("texte.doc", b"{\\rtf1 x}", "un texte RTF"),
        ("page.pdf", b"<!DOCTYPE html><html>", "une page web"),
        ("notes.xls", "à;b".encode(), "du texte simple"),
        ("photo.jpg", image("JPEG", (400, 400))[:900], "abîmée ou incomplète"),
    ],
)
def test_what_is_refused_says_why(nom: str, octets: bytes, mots: str) -> None:
    with pytest.raises(ErreurPiece) as e:
        verifier_fichier(nom, octets, f.EXTENSIONS)
    assert mots in str(e.value).replace("\u00a0", " ")
    assert " »" not in str(e.value) and "« " not in str(e.value), "guillemets take no-break spaces"


@pytest.mark.parametrize(
    ("donne", "octets", "garde", "dit"),
    [
        ("rib.jpeg", image("JPEG"), "rib.jpg", "n’admet pas l’extension .jpeg"),
        ("rib.JFIF", image("JPEG"), "rib.jpg", "n’admet pas l’extension .jfif"),
        ("rib", f.pdf("x"), "rib.pdf", "n’a pas d’extension et contient un PDF"),
        ("Note v1.2", f.pdf("x"), "Note v1.2.pdf", "est en réalité un PDF"),
        ("scan.pdf", image("PNG"), "scan.png", "est en réalité une image PNG"),
        ("photo.png", image("JPEG"), "photo.jpg", "est en réalité une image JPEG"),
        ("photo.jpg", f.pdf("x"), "photo.pdf", "est en réalité un PDF"),
        ("texte.docx", XLSX, "texte.xlsx", "est en réalité un classeur Excel"),
        ("texte.doc", DOCX, "texte.docx", "est en réalité un document Word"),
        (
            "photo.jpg",
            image("WEBP"),
            "photo.webp",
            "est en réalité une image WebP, que le téléservice n’admet pas",
        ),
        ("fax.tif", image("TIFF"), "fax.tif", "C’est une image TIFF, que le téléservice n’admet pas"),
        ("fax.tiff", image("TIFF"), "fax.tiff", "sous le nom « fax.tiff »"),
        ("dessin.bmp", image("BMP"), "dessin.bmp", "sa page est tirée en PDF"),
    ],
)
def test_what_is_renamed_or_converted_says_it_and_keeps_the_original(
    donne: str, octets: bytes, garde: str, dit: str
) -> None:
    verifie = verifier_fichier(donne, octets, f.EXTENSIONS)
    assert verifie.nom_sobre == garde and garde.endswith(verifie.extension) and verifie.copie is None
    assert dit in verifie.remarques[0].replace("\u00a0", " ")
    assert verifier_fichier(garde, octets, f.EXTENSIONS).nom_sobre == garde
    assert convertir(garde, verifie.extension, octets, RENVOI).pages == 1


def test_the_campaign_decides_the_extensions() -> None:
    assert verifier_fichier("x.pdf", f.pdf("x"), ("PDF",)).extension == ".pdf"
    with pytest.raises(ErreurPiece, match="n’est pas admise"):
        verifier_fichier("x.png", image("PNG"), (".pdf",))


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("/tmp/../C:\\Documents\\RIB.PDF", "RIB.pdf"),
        ("a\x00b\u202ec\n.pdf", "abc.pdf"),
        ("aux.pdf", "aux_.pdf"),
        ("  ..secret. .pdf ", "secret.pdf"),
        ("e\u0301tat.pdf", "état.pdf"),
        ("", "fichier"),
    ],
)
def test_sober_names(nom: str, attendu: str) -> None:
    assert nom_sobre(nom) == attendu


@given(st.text(max_size=400))
def test_a_sober_name_is_always_safe(nom: str) -> None:
    sobre = nom_sobre(nom)
    assert 0 < len(sobre) <= 121
    assert not set(sobre) & set('/\\<>:"|?*\0\n\r')
    assert sobre not in (".", "..")
    assert nom_sobre(sobre) == sobre


def test_scripts_and_hidden_files_are_taken_out_and_said() -> None:
    octets = f.pdf_piege()
    lu = verifier_fichier("piege.pdf", octets, f.EXTENSIONS)
    assert any("scripts" in r for r in lu.remarques) and any(
        "(« secret.txt »)" in r.replace("\u00a0", " ") for r in lu.remarques
    )
    copie = convertir("piege.pdf", ".pdf", octets, RENVOI)
    assert not copie.intact
    for mot in (b"JavaScript", b"EmbeddedFile", b"FileAttachment", b"Launch"):
        assert mot in f.enregistrer(
            Pdf.open(io.BytesIO(octets)), object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
        propre = f.enregistrer(
            Pdf.open(io.BytesIO(copie.octets)), object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
        assert mot not in propre


def test_a_plain_pdf_goes_through_untouched() -> None:
    octets = f.pdf("x", 2)
    converti = convertir("x.pdf", ".pdf", octets, RENVOI)
    assert converti.intact and converti.octets is octets
    assert [(s.titre, s.page) for s in converti.signets] == [("Partie 1", 1), ("Partie 2", 2)]


def test_owner_password_is_accepted_user_password_is_not() -> None:
    with Pdf.open(io.BytesIO(f.pdf("x"))) as pdf:
        permis = f.enregistrer(pdf, encryption=pikepdf.Encryption(owner="secret", user="", R=4))
        ferme = f.enregistrer(pdf, encryption=pikepdf.Encryption(owner="secret", user="autre", R=4))
    assert "interdit des usages" in verifier_fichier("x.pdf", permis, f.EXTENSIONS).remarques[0]
    with Pdf.open(io.BytesIO(convertir("x.pdf", ".pdf", permis, RENVOI).octets)) as pdf:
        assert not pdf.is_encrypted
    with pytest.raises(ErreurPiece, match="mot de passe"):
        verifier_fichier("x.pdf", ferme, f.EXTENSIONS)


@pytest.mark.parametrize("difficile", nommes("formulaire.pdf", "xfa.pdf", "sample-files__pdflatex-forms.pdf"))
def test_form_fields_are_kept(difficile: Difficile) -> None:
    octets = difficile.octets()
    with Pdf.open(io.BytesIO(octets)) as avant:
        noms = sorted(str(c.get(Name.T)) for c in champs(avant))
    assert noms
    with Pdf.open(io.BytesIO(convertir("x.pdf", ".pdf", octets, RENVOI).octets)) as apres:
        assert sorted(str(c.get(Name.T)) for c in champs(apres)) == noms


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_rotation_puts_the_photograph_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    octets = image("JPEG", (400, 100), exif=exif)
    with Pdf.open(io.BytesIO(convertir("p.jpg", ".jpg", octets, RENVOI).octets)) as pdf:
        page = pdf.pages[0]
        _, _, large, haut = (float(v) for v in page.obj[Name.MediaBox])
        if int(page.obj.get(Name.Rotate, 0)) % 180:
            large, haut = haut, large
    # Orientations 5 to 8 lay the picture on its side: upright, it is a tall one, on a tall page.
    assert (haut > large) == (orientation >= 5)


def test_a_transparent_or_animated_image_is_shown() -> None:
    transparente = io.BytesIO()
    Image.new("RGBA", (30, 30), (255, 0, 0, 0)).save(transparente, "PNG")
    assert convertir("t.png", ".png", transparente.getvalue(), RENVOI).pages == 1
    animee = io.BytesIO()
    vues = [Image.new("RGB", (30, 30), couleur) for couleur in ("red", "green", "blue")]
    vues[0].save(animee, "GIF", save_all=True, append_images=vues[1:])
    assert "animée" in convertir("a.gif", ".gif", animee.getvalue(), RENVOI).remarques[0]


def test_a_huge_image_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ErreurPiece, match="démesurée"):
        verifier_fichier("x.png", image("PNG", (10_000, 6_001)), f.EXTENSIONS)


BASES = {
    "x.pdf": f.pdf_piege(),
    "y.pdf": f.pdf("x", 2, rotation=90),
    "x.docx": DOCX,
    "x.png": image("PNG"),
    "x.jpg": image("JPEG"),
    "x.gif": image("GIF"),
}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(BASES)),
    st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=0, max_size=6)), max_size=8),
    st.integers(0, 60_000),
)
def test_mutated_files_are_attached_or_refused(
    nom: str, retouches: list[tuple[int, bytes]], coupe: int
) -> None:
    octets = bytearray(BASES[nom])
    for position, morceau in retouches:
        debut = position % len(octets)
        octets[debut : debut + len(morceau)] = morceau
    octets = octets[: len(octets) - coupe % 50 if coupe % 3 else len(octets)]
    try:
        verifie = verifier_fichier(nom, bytes(octets), f.EXTENSIONS)
        converti = convertir(nom, verifie.extension, bytes(octets), RENVOI)
    except ErreurPiece as e:
        assert e.message
        return
    with Pdf.open(io.BytesIO(converti.octets)) as pdf:
        assert controler(pdf) == []


@pytest.mark.parametrize("difficile", nommes("signe.pdf", "pdf.js__signed_verified.pdf"))
def test_a_signed_pdf_is_said_to_be(difficile: Difficile) -> None:
    octets = difficile.octets()
    assert any(
        "signé électroniquement" in r for r in verifier_fichier("s.pdf", octets, f.EXTENSIONS).remarques
    )
    converti = convertir("s.pdf", ".pdf", octets, RENVOI)
    assert converti.intact and converti.octets == octets


def test_a_form_script_chained_behind_a_link_is_found() -> None:
    with Pdf.open(io.BytesIO(f.pdf("x"))) as pdf:
        pdf.Root[Name.OpenAction] = Dictionary(S=Name.GoTo, Next=Dictionary(S=Name.JavaScript, JS="x"))
        octets = f.enregistrer(pdf)
    assert any("scripts" in r for r in verifier_fichier("x.pdf", octets, f.EXTENSIONS).remarques)


def test_broken_bookmarks_do_not_cost_the_pages() -> None:
    with Pdf.open(io.BytesIO(f.pdf("x", 2))) as pdf:
        pdf.Root[Name.Outlines][Name.First][Name.Next] = 12
        octets = f.enregistrer(pdf)
    verifie = verifier_fichier("x.pdf", octets, f.EXTENSIONS)
    assert verifie.pages == 2 and sum("signets" in r for r in verifie.remarques) == 1
    converti = convertir("x.pdf", ".pdf", octets, RENVOI)
    with Pdf.open(io.BytesIO(converti.octets), attempt_recovery=False) as copie:
        assert len(copie.pages) == 2 and Name.Outlines not in copie.Root and not controler(copie)
