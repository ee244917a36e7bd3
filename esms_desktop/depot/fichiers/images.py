"""Image attachments: can they be shown, and the A4 pages that show them upright, without what only the camera knew."""

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import img2pdf
from pikepdf import Pdf
from PIL import Image
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from esms_desktop.depot.fichiers import metadonnees
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.errors import ErreurPiece

# An A4 page scanned at 600 ppi has 35 million points; decoding 60 million takes about 240 MiB.
POINTS_MAX = 60_000_000
# What all the pages of one file may have: two hundred A4 pages at 300 ppi.
POINTS_EN_TOUT = 1_800_000_000
VUES_MAX = 200
_MARGE_MM = 10
_QUALITE = 90
ANIMEE = "L’image est animée\u00a0: seule sa première vue est dans le dossier, l’original est gardé tel quel\u00a0; joignez les autres à part si elles comptent."
PRINCIPALE = "La photographie contient plusieurs vues\u00a0: seule la principale est dans le dossier, l’original est gardé tel quel\u00a0; joignez les autres à part si elles comptent."
REDESSINEE = "L’image est un peu abîmée\u00a0: la copie du dossier la montre telle qu’elle a pu être lue, l’original est gardé tel quel\u00a0; vérifiez qu’elle est entière."
_COULEURS = ("1", "L", "RGB")
# What a TIFF page may be besides a page: a thumbnail, a mask.
_GENRE_VUE, _REDUITE, _MASQUE = 254, 1, 4
_COMPRESSION_TIFF, _JPEG_TIFF = 259, (6, 7)
_DNG = 50706
_TOURS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class ImageLue:
    """An image as PDF pages, and the remarks it calls for."""

    pdf: bytes
    pages: int
    remarques: tuple[str, ...]


def _heif(flux: io.BytesIO) -> ImageFile:
    # Its libraries take their time to load: only for a photograph of this kind.
    from pi_heif.as_plugin import HeifImageFile

    fichier: ImageFile = HeifImageFile(flux)
    return fichier


# Built directly, these classes leave the kinds of image to us: nothing else is ever tried.
_LECTEURS: dict[str, Any] = {
    ".png": PngImageFile,
    ".jpg": JpegImageFile,
    ".gif": GifImageFile,
    ".bmp": BmpImageFile,
    ".tif": TiffImageFile,
    ".tiff": TiffImageFile,
    ".webp": WebPImageFile,
    ".heic": _heif,
    ".heif": _heif,
}
EXTENSIONS = tuple(_LECTEURS)
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
    ZeroDivisionError,
    struct.error,
    img2pdf.ImageOpenError,
)


def _illisible(nom: str, extension: str) -> ErreurPiece:
    if extension not in (".png", ".jpg", ".gif"):
        return ErreurPiece(
            f"« {nom} » ne peut pas être lue : l’image est abîmée, incomplète, ou d’une variante que l’application ne connaît pas.",
            "Exportez-la en .jpg ou en PDF, puis joignez cette copie.",
        )
    return ErreurPiece(
        f"« {nom} » est une image abîmée ou incomplète : elle ne peut pas être affichée.",
        "Numérisez ou exportez-la de nouveau, puis joignez la nouvelle image.",
    )


def _demesuree(nom: str, points: int = POINTS_MAX) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » est une image démesurée : plus de {points // 1_000_000} millions de points.",
        "Réduisez-la, ou numérisez la page à 300 points par pouce.",
    )


def image_en_pdf(nom: str, octets: bytes, extension: str) -> ImageLue:
    """One A4 page per page of the image, portrait or landscape after it, with the remarks it calls for.

    A JPEG photograph keeps its compressed data; the rotation told by the camera (EXIF) is applied. What the camera says
    of itself, of the day and of the place is left out.

    Raises:
        ErreurPiece: the image cannot be decoded whole, has more than 60 million points or 200 pages.
    """
    try:
        # Pillow warns of what it forgives, and of sizes above our own limit: the person is told by us.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: ImageFile = _LECTEURS[extension](io.BytesIO(octets))
            _mesurer(nom, image)
            if extension == ".jpg":
                return _jpeg(image, octets)
            if extension in (".tif", ".tiff"):
                return _tiff(nom, image)
            return _seule(image, octets, extension)
    except Image.DecompressionBombError as e:
        raise _demesuree(nom) from e
    except _ERREURS_IMAGE as e:
        raise _illisible(nom, extension) from e


def _mesurer(nom: str, image: Image.Image) -> int:
    points = image.width * image.height
    if points > POINTS_MAX:
        raise _demesuree(nom)
    return points


def _jpeg(image: ImageFile, octets: bytes) -> ImageLue:
    remarques = (metadonnees.POSITION,) if metadonnees.situee(image) else ()
    source = _source_jpeg(image, octets)
    if source is not None:
        pdf = _pages([source])
        if _conforme(pdf):
            return ImageLue(pdf, 1, remarques)
        # Pillow forgives what other readers may not: the page shows what Pillow understood.
        remarques = (*remarques, REDESSINEE)
    return ImageLue(_pages([_redessiner(JpegImageFile(io.BytesIO(octets)), photo=True)]), 1, remarques)


def _source_jpeg(image: ImageFile, octets: bytes) -> bytes | None:
    """The compressed points themselves when img2pdf can place them, else None. Decodes all of it, at a small scale."""
    if metadonnees.orientation(image) not in (1, 3, 6, 8) or image.mode not in ("L", "RGB", "CMYK"):
        return None
    exif = metadonnees.exif_utile(image)
    image.draft(image.mode, (max(image.width // 8, 1), max(image.height // 8, 1)))
    image.load()
    return metadonnees.alleger(octets, exif)


def _seule(image: ImageFile, octets: bytes, extension: str) -> ImageLue:
    remarques = [metadonnees.POSITION] if metadonnees.situee(image) else []
    if getattr(image, "n_frames", 1) > 1:
        remarques.append(PRINCIPALE if extension in (".heic", ".heif") else ANIMEE)
    # A WebP that lost nothing of its points says so first.
    photo = extension in (".heic", ".heif") or (extension == ".webp" and octets[12:16] != b"VP8L")
    return ImageLue(_pages([_redessiner(image, photo)]), 1, tuple(remarques))


def _tiff(nom: str, image: ImageFile) -> ImageLue:
    etiquettes: Any = getattr(image, "tag_v2", {})
    if _DNG in etiquettes:
        raise ErreurPiece(
            f"« {nom} » est une photographie brute (DNG) : ses pages ne peuvent pas en être tirées.",
            "Exportez-la en .jpg ou en PDF, puis joignez cette copie.",
        )
    position = False
    sources = []
    for vue in _vues(nom, image):
        position = position or metadonnees.situee(vue)
        photo = getattr(vue, "tag_v2", {}).get(_COMPRESSION_TIFF) in _JPEG_TIFF
        sources.append(_redessiner(vue, photo))
    return ImageLue(_pages(sources), len(sources), (metadonnees.POSITION,) if position else ())


def _vues(nom: str, image: ImageFile) -> Iterator[ImageFile]:
    """The pages of a TIFF, thumbnails and masks left out."""
    nombre = int(getattr(image, "n_frames", 1))
    if nombre > VUES_MAX:
        raise ErreurPiece(
            f"« {nom} » compte {nombre} pages : plus que les {VUES_MAX} admises pour une image.",
            "Exportez-la en PDF, ou partagez-la en plusieurs fichiers.",
        )
    total = 0
    for rang in range(nombre):
        image.seek(rang)
        etiquettes: Any = getattr(image, "tag_v2", {})
        if rang and etiquettes.get(_GENRE_VUE, 0) & (_REDUITE | _MASQUE):
            continue
        total += _mesurer(nom, image)
        if total > POINTS_EN_TOUT:
            raise _demesuree(nom, POINTS_EN_TOUT)
        yield image


def _conforme(pdf: bytes) -> bool:
    with Pdf.open(io.BytesIO(pdf)) as document:
        return not controler(document)


def _redessiner(image: ImageFile, photo: bool) -> bytes:
    """The points upright, opaque, in colours a PDF shows. `photo`: compressed as a photograph, which is ten times less."""
    tour = _TOURS.get(metadonnees.orientation(image))
    resolution = image.info.get("dpi")
    # A TIFF turns round by itself while it loads, and forgets that it had to.
    image.load()
    droite: Image.Image = image.transpose(tour) if tour is not None and image.format != "TIFF" else image
    if droite.mode.startswith("I;16") or droite.mode in ("I", "F"):
        # Sixteen bits of grey: Pillow would clip them to white instead of scaling them.
        droite = droite.convert("I").point(lambda v: v / 256).convert("L")
    elif droite.mode in ("CMYK", "YCbCr"):
        droite = droite.convert("RGB")
    elif droite.mode not in _COULEURS:
        avec_alpha = droite.convert("RGBA")
        droite = Image.new("RGB", droite.size, "white")
        droite.paste(avec_alpha, mask=avec_alpha.getchannel("A"))
    elif "transparency" in droite.info:
        droite = droite.convert("RGB")
    # Written from its points alone, with nothing of what came with them.
    droite.info = {}
    options: dict[str, Any] = {"dpi": resolution} if resolution else {}
    sortie = io.BytesIO()
    if photo and droite.mode in ("L", "RGB"):
        droite.save(sortie, "JPEG", quality=_QUALITE, **options)
    else:
        droite.save(sortie, "PNG", compress_level=4, **options)
    return sortie.getvalue()


def _pages(sources: list[bytes]) -> bytes:
    marge = img2pdf.mm_to_pt(_MARGE_MM)
    disposition: Any = img2pdf.get_layout_fun(
        pagesize=(img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)),
        border=(marge, marge),
        fit=img2pdf.FitMode.shrink,
        auto_orient=True,
    )
    octets: bytes = img2pdf.convert(
        sources,
        layout_fun=disposition,
        rotation=img2pdf.Rotation.ifvalid,
        engine=img2pdf.Engine.internal,
        nodate=True,
        producer="",
    )
    return octets
