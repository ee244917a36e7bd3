"""Image attachments: can they be shown, and one A4 page that shows them upright."""

import io
import struct
import warnings
from typing import Any

import img2pdf
from pikepdf import Pdf
from PIL import ExifTags, Image, ImageOps
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from esms_desktop.depot.pdf_joint import controler
from esms_desktop.errors import ErreurPiece

# An A4 page scanned at 600 ppi has 35 million points; decoding 60 million takes about 240 MiB.
POINTS_MAX = 60_000_000
_MARGE_MM = 10
ANIMEE = "L’image est animée : seule la première vue est dans la copie du dossier."
REDESSINEE = "L’image est un peu abîmée : la copie du dossier la montre telle qu’elle a pu être lue."

# Built directly, these classes leave the kinds of image to us: nothing else is ever tried.
_LECTEURS: dict[str, type[ImageFile]] = {".png": PngImageFile, ".jpg": JpegImageFile, ".gif": GifImageFile}
_ERREURS_IMAGE = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    SyntaxError,
    RuntimeError,
    OverflowError,
    MemoryError,
    struct.error,
    img2pdf.ImageOpenError,
)


def _illisible(nom: str) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » est une image abîmée ou incomplète : elle ne peut pas être affichée.",
        "Numérisez ou exportez-la de nouveau, puis joignez la nouvelle image.",
    )


def _demesuree(nom: str) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » est une image démesurée : plus de {POINTS_MAX // 1_000_000} millions de points.",
        "Réduisez-la, ou numérisez la page à 300 points par pouce.",
    )


def image_en_pdf(nom: str, octets: bytes, extension: str) -> tuple[bytes, tuple[str, ...]]:
    """One A4 page (portrait or landscape, after the image) as a PDF, and the remarks it calls for.

    A photograph keeps its compressed data; the rotation told by the camera (EXIF) is applied.

    Raises:
        ErreurPiece: the image cannot be decoded whole, or has more than 60 million points.
    """
    try:
        image = _ouvrir(octets, extension)
        points = image.width * image.height
        if points > POINTS_MAX:
            raise _demesuree(nom)
        animee = extension == ".gif" and getattr(image, "n_frames", 1) > 1
        source = _source_jpeg(image, octets) if extension == ".jpg" else _en_png(image)
        pdf, remarques = _page(source), (ANIMEE,) if animee else ()
        if source is octets and not _conforme(pdf):
            # Pillow forgives what other readers may not: the page shows what Pillow understood.
            pdf, remarques = _page(_en_png(JpegImageFile(io.BytesIO(octets)))), (REDESSINEE,)
    except Image.DecompressionBombError as e:
        raise _demesuree(nom) from e
    except _ERREURS_IMAGE as e:
        raise _illisible(nom) from e
    return pdf, remarques


def _ouvrir(octets: bytes, extension: str) -> ImageFile:
    """Opens an image; our own limit is under the size Pillow warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return _LECTEURS[extension](io.BytesIO(octets))


def _conforme(pdf: bytes) -> bool:
    with Pdf.open(io.BytesIO(pdf)) as document:
        return not controler(document)


def _source_jpeg(image: ImageFile, octets: bytes) -> bytes:
    """The bytes themselves when img2pdf can place them, else the image redrawn. Decodes all of it, at a small scale."""
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    if orientation in (1, 3, 6, 8) and image.mode in ("L", "RGB", "CMYK"):
        image.draft(image.mode, (max(image.width // 8, 1), max(image.height // 8, 1)))
        image.load()
        return octets
    return _en_png(image)


def _en_png(image: ImageFile) -> bytes:
    droite: Image.Image = ImageOps.exif_transpose(image)
    if droite.mode.startswith("I;16") or droite.mode in ("I", "F"):
        # Sixteen bits of grey: Pillow would clip them to white instead of scaling them.
        droite = droite.convert("I").point(lambda v: v / 256).convert("L")
    elif droite.mode not in ("1", "L", "RGB"):
        avec_alpha = droite.convert("RGBA")
        droite = Image.new("RGB", droite.size, "white")
        droite.paste(avec_alpha, mask=avec_alpha.getchannel("A"))
    elif "transparency" in droite.info:
        droite = droite.convert("RGB")
    droite.info.pop("transparency", None)
    sortie = io.BytesIO()
    resolution = image.info.get("dpi")
    droite.save(sortie, "PNG", compress_level=4, **({"dpi": resolution} if resolution else {}))
    return sortie.getvalue()


def _page(source: bytes) -> bytes:
    marge = img2pdf.mm_to_pt(_MARGE_MM)
    disposition: Any = img2pdf.get_layout_fun(
        pagesize=(img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)),
        border=(marge, marge),
        fit=img2pdf.FitMode.shrink,
        auto_orient=True,
    )
    octets: bytes = img2pdf.convert(
        source,
        layout_fun=disposition,
        rotation=img2pdf.Rotation.ifvalid,
        engine=img2pdf.Engine.internal,
        nodate=True,
        producer="",
    )
    return octets
