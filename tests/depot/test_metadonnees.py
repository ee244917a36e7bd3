"""Where a photograph was taken: told, left out of the pages that are filed, kept in the original."""

import io
import zlib
from typing import Any

import img2pdf
import pypdfium2
import pytest
from pikepdf import Array, Name, Pdf
from PIL import Image, PngImagePlugin

from esms_desktop.depot.fichiers.conversion import convertir
from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.images import image_en_pdf
from esms_desktop.depot.fichiers.metadonnees import POSITION, POSITION_PDF, alleger
from tests.depot import fabrique as f
from tests.depot.fabrique_images import HEIC_DROITE, HEIC_TOURNEE, exif, moities, octets
from tests.depot.test_fichiers import RENVOI

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>48,51.0N</exif:GPSLatitude></x:xmpmeta>'
SITUEE = exif(position=True)


def _png(**blocs: bytes) -> bytes:
    infos = PngImagePlugin.PngInfo()
    for cle, valeur in blocs.items():
        infos.add_itxt(
            cle.replace("_", ":").replace("XML:com:adobe:xmp", "XML:com.adobe.xmp"), valeur.decode()
        )
    return octets(moities(), "PNG", pnginfo=infos)


def image_de(pdf: Pdf) -> Any:
    """The only picture of the first page."""
    (image,) = pdf.pages[0].obj[Name.Resources][Name.XObject].values()
    return image


PHOTOS = [
    ("a.jpg", octets(moities(), "JPEG", exif=SITUEE), True),
    ("tournee.jpg", octets(moities(), "JPEG", exif=exif(6, True)), True),
    ("miroir.jpg", octets(moities(), "JPEG", exif=exif(5, True)), True),
    ("xmp.jpg", octets(moities(), "JPEG", xmp=XMP), True),
    ("sans.jpg", octets(moities(), "JPEG", exif=exif(1)), False),
    ("a.png", octets(moities(), "PNG", exif=SITUEE), True),
    ("xmp.png", _png(XML_com_adobe_xmp=XMP), True),
    ("sans.png", octets(moities(), "PNG"), False),
    ("a.webp", octets(moities(), "WEBP", exif=SITUEE), True),
    ("a.tif", octets(moities(), "TIFF", exif=SITUEE), True),
    ("a.heic", HEIC_TOURNEE, True),
    ("sans.heic", HEIC_DROITE, False),
]


@pytest.mark.parametrize(("nom", "photo", "situee"), PHOTOS, ids=[p[0] for p in PHOTOS])
def test_the_position_is_told_and_left_out_of_the_pages(nom: str, photo: bytes, situee: bool) -> None:
    extension = "." + nom.rpartition(".")[2]
    lue = image_en_pdf(nom, photo, extension)
    assert lue.remarques == ((POSITION,) if situee else ())
    assert POSITION in verifier_fichier(nom, photo, f.EXTENSIONS).remarques or not situee
    with Pdf.open(io.BytesIO(lue.pdf)) as pdf:
        image = image_de(pdf)
        brut = image.read_raw_bytes()
    for trace in (b"GPS", b"\x88\x25", b"\x25\x88", b"xmpmeta"):
        assert trace not in brut[:2048] and trace not in lue.pdf[:512]


def test_the_compressed_points_of_a_photograph_are_not_touched() -> None:
    photo = octets(moities((200, 100)), "JPEG", exif=SITUEE, quality=77)
    nue = octets(moities((200, 100)), "JPEG", quality=77)
    assert alleger(photo) == nue
    with Image.open(io.BytesIO(alleger(photo, exif(6)))) as relue:
        assert relue.getexif()[0x0112] == 6 and relue.tobytes() == Image.open(io.BytesIO(nue)).tobytes()


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"subsampling": 0}, {"comment": b"de ma main"}]
)
def test_what_follows_or_comments_a_photograph_is_left_out(options: dict[str, object]) -> None:
    nue = octets(moities(), "JPEG", **{k: v for k, v in options.items() if k != "comment"})
    suivie = (
        octets(moities(), "JPEG", exif=SITUEE, **options) + b"\0\0\0\x18ftypmp42 le film de la photographie"
    )
    assert alleger(suivie) == nue


def test_colours_told_by_a_profile_or_by_adobe_are_kept() -> None:
    cmjn = octets(
        Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "JPEG", exif=SITUEE, icc_profile=b"profil" * 20
    )
    legere = alleger(cmjn)
    assert b"Adobe" in legere and b"profil" * 20 in legere and b"Exif" not in legere
    with Image.open(io.BytesIO(legere)) as relue:
        assert relue.mode == "CMYK" and relue.info["icc_profile"] == b"profil" * 20


@pytest.mark.parametrize(
    "brut", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\0\1", b"\xff\xd8rien", b"\xff\xd8\xff\xe1\xff\xff"]
)
def test_what_is_no_jpeg_is_refused(brut: bytes) -> None:
    if brut == b"\xff\xd8":
        assert alleger(brut) == brut
        return
    with pytest.raises(ValueError):
        alleger(brut)


@pytest.mark.parametrize(
    "brouille", [b"Exif\0\0MM\0*" + b"\xff" * 40, b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0\xff\xff"]
)
def test_exif_data_that_cannot_be_read_do_not_cost_the_photograph(brouille: bytes) -> None:
    lue = image_en_pdf("a.jpg", octets(moities(), "JPEG", exif=brouille), ".jpg")
    assert lue.pages == 1 and POSITION not in lue.remarques and b"Exif" not in lue.pdf


def _pdf_photo(photo: bytes, serre: bool = False) -> bytes:
    octets_ = img2pdf.convert(photo)
    if not serre:
        return bytes(octets_)
    with Pdf.open(io.BytesIO(octets_)) as pdf:
        image = image_de(pdf)
        image.write(zlib.compress(image.read_raw_bytes()), filter=Array([Name.FlateDecode, Name.DCTDecode]))
        return f.enregistrer(pdf)


@pytest.mark.parametrize("serre", [False, True])
def test_the_photographs_inside_a_pdf_lose_their_position_too(serre: bool) -> None:
    photo = octets(moities(), "JPEG", exif=SITUEE)
    donne = _pdf_photo(photo, serre)
    verifie = verifier_fichier("a.pdf", donne, f.EXTENSIONS)
    assert verifie.remarques == (POSITION_PDF,) and verifie.copie is None
    converti = convertir("a.pdf", ".pdf", donne, RENVOI)
    with Pdf.open(io.BytesIO(converti.octets)) as pdf:
        image = image_de(pdf)
        assert image.read_raw_bytes() == alleger(photo)
    with pypdfium2.PdfDocument(converti.octets) as avant, pypdfium2.PdfDocument(donne) as apres:
        assert avant[0].render().to_pil().tobytes() == apres[0].render().to_pil().tobytes()


def test_a_pdf_whose_photographs_tell_nothing_is_left_as_it_is() -> None:
    donne = _pdf_photo(octets(moities(), "JPEG", exif=exif(3)))
    converti = convertir("a.pdf", ".pdf", donne, RENVOI)
    assert converti.intact and converti.octets is donne
