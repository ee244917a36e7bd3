"""What a photograph says besides what it shows: where it was taken is told, and left out of the copy that is filed."""

import io
import re
import struct
import warnings
from typing import Any

from PIL import ExifTags, Image, JpegImagePlugin, TiffImagePlugin

POSITION = (
    "La photographie dit où elle a été prise (position GPS)\u00a0: la position est retirée de la copie du dossier et reste "
    "dans l’original, gardé dans l’archive\u00a0; n’envoyez que la copie."
)
POSITION_PDF = (
    "Une photographie du PDF dit où elle a été prise (position GPS)\u00a0: la position est retirée de la copie du dossier et "
    "reste dans l’original, gardé dans l’archive\u00a0; n’envoyez que la copie."
)
_GPS_INFO = 0x8825
# Latitude and longitude of the camera, then of what it was aimed at.
_POSITIONS = (2, 4, 20, 22)
_POSITION_XMP = re.compile(rb"GPSL(atitude|ongitude)")
_TETE_EXIF, _TETE_ICC, _TETE_JFIF = b"Exif\0\0", b"ICC_PROFILE\0", b"JFIF\0"
_APP0, _APP1, _APP2, _APP14, _APP15, _COM, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9
# In the middle of coded points, only these follow FF without being a marker.
_MARQUEUR = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
# What a photograph says of itself is at its beginning.
_DEBUT = 512 * 1024


_ERREURS_EXIF = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    SyntaxError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)


def exif_de(image: Image.Image, groupe: int = 0) -> dict[int, Any]:
    """The EXIF data of a picture, or one of their groups; none when they cannot be read, which costs the picture nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lues = image.getexif()
            return dict(lues.get_ifd(groupe) if groupe else lues)
    except _ERREURS_EXIF:
        return {}


def orientation(image: Image.Image) -> int:
    """How the camera was held, 1 to 8; 1 when it does not tell."""
    lue = exif_de(image).get(ExifTags.Base.Orientation, 1)
    return lue if isinstance(lue, int) and lue in range(1, 9) else 1


def situee(image: Image.Image) -> bool:
    """True when the picture tells a position, in its EXIF data or beside them."""
    gps = exif_de(image, _GPS_INFO)
    if any(cle in gps for cle in _POSITIONS):
        return True
    dits = (image.info.get(cle) for cle in ("xmp", "XML:com.adobe.xmp", "Raw profile type xmp"))
    return any(_dit_position(d) for d in dits)


def _dit_position(xmp: object) -> bool:
    octets = xmp.encode("utf-8", "ignore") if isinstance(xmp, str) else xmp
    return isinstance(octets, bytes) and bool(_POSITION_XMP.search(octets))


def retirer_position(jpeg: bytes) -> bytes | None:
    """A JPEG picture of a PDF without what tells where it was taken; None when it does not tell it."""
    debut = jpeg[:_DEBUT]
    if _TETE_EXIF not in debut and not _POSITION_XMP.search(debut):
        return None
    try:
        if not situee(JpegImagePlugin.JpegImageFile(io.BytesIO(jpeg))):
            return None
        # A PDF shows the points as they are coded, whatever the camera said of its orientation.
        return alleger(jpeg)
    except _ERREURS_EXIF:
        return None


def alleger(jpeg: bytes, exif: bytes = b"") -> bytes:
    """A JPEG with its points, its colours and nothing else, and the EXIF data given.

    What follows the picture (the other views and the video some telephones add) is left out.

    Raises:
        ValueError: it is not made as a JPEG should be.
    """
    if not jpeg.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    sortie = bytearray(b"\xff\xd8")
    place, fin = 2, len(jpeg)
    ajout = _segment(_APP1, exif) if exif else b""
    while place + 1 < fin:
        if jpeg[place] != 0xFF:
            raise ValueError("no marker")
        marqueur = jpeg[place + 1]
        if marqueur == 0xFF:
            place += 1
        elif marqueur == _EOI:
            return bytes(sortie) + b"\xff\xd9"
        else:
            if place + 4 > fin:
                break
            longueur = int.from_bytes(jpeg[place + 2 : place + 4], "big")
            suite = place + 2 + longueur
            if longueur < 2 or suite > fin:
                raise ValueError("segment cut")
            contenu = jpeg[place + 4 : suite]
            if ajout and marqueur != _APP0:
                sortie += ajout
                ajout = b""
            if _garde(marqueur, contenu):
                sortie += jpeg[place:suite]
            place = suite
            if marqueur == _SOS:
                trouve = _MARQUEUR.search(jpeg, place)
                suivant = trouve.start() if trouve else fin
                sortie += jpeg[place:suivant]
                place = suivant
    return bytes(sortie)


def _segment(marqueur: int, contenu: bytes) -> bytes:
    return bytes((0xFF, marqueur)) + struct.pack(">H", len(contenu) + 2) + contenu


def _garde(marqueur: int, contenu: bytes) -> bool:
    """What the points need to be shown: all but the words, the thumbnails and the data of the camera."""
    if marqueur == _COM:
        return False
    if not _APP0 <= marqueur <= _APP15:
        return True
    return (
        marqueur == _APP14
        or (marqueur == _APP0 and contenu.startswith(_TETE_JFIF))
        or (marqueur == _APP2 and contenu.startswith(_TETE_ICC))
    )


def exif_utile(image: Image.Image) -> bytes:
    """The EXIF data that change how a picture is shown: which way is up, how large; empty when none does."""
    lues, utiles = exif_de(image), Image.Exif()
    base = ExifTags.Base
    for cle in (base.Orientation, base.XResolution, base.YResolution, base.ResolutionUnit):
        if isinstance(lues.get(cle), int | float | TiffImagePlugin.IFDRational):
            utiles[cle] = lues[cle]
    try:
        return utiles.tobytes() if len(utiles) else b""
    except _ERREURS_EXIF:
        return b""
