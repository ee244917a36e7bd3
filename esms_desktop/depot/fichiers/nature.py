"""What the content of a file really is, whatever its name says, and how a person calls it."""

import re

import filetype
import olefile

from esms_desktop.depot.fichiers import bureautique

MIMES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".webp": "image/webp",
    ".heic": "image/heic",
}
EN_CLAIR = {
    ".pdf": "un PDF",
    ".doc": "un document Word 97-2003",
    ".docx": "un document Word",
    ".xls": "un classeur Excel 97-2003",
    ".xlsx": "un classeur Excel",
    ".png": "une image PNG",
    ".jpg": "une image JPEG",
    ".gif": "une image GIF",
    ".bmp": "une image BMP",
    ".tif": "une image TIFF",
    ".webp": "une image WebP",
    ".heic": "une photographie HEIC",
    "odf": "un document OpenDocument (LibreOffice)",
    "macros": "un document Office à macros",
    "xlsb": "un classeur Excel binaire (.xlsb)",
    "modele": "un modèle Office, et non un document",
    "diaporama": "un diaporama PowerPoint",
    "chiffre": "un document Office protégé par un mot de passe",
    "application/zip": "une archive ZIP",
    "application/x-ole-storage": "un fichier Office d’une autre sorte (ni Word, ni Excel)",
    "rtf": "un texte RTF",
    "html": "une page web",
    "mht": "une page web archivée",
    "xml": "un fichier XML",
    "texte": "du texte simple",
    "avif": "une image AVIF",
    "image/jp2": "une image JPEG 2000",
    "image/x-canon-cr2": "une photographie brute (CR2)",
    "image/vnd.adobe.photoshop": "une image Photoshop",
    "application/x-msdownload": "un programme",
}
# How the names of some of them also end.
CANONIQUES = {".jpeg": ".jpg", ".jfif": ".jpg", ".jpe": ".jpg", ".tiff": ".tif", ".heif": ".heic"}
_MARQUES_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_MARQUES_AVIF = frozenset((b"avif", b"avis"))
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_MHT = re.compile(rb"(?i)^(from:|mime-version:)[\s\S]*content-type:\s*multipart/related")


def nature(octets: bytes) -> str:
    """What the content really is: an extension we can file, a key of ours for a near miss, or a MIME type."""
    if b"%PDF-" in octets[:1024]:
        return ".pdf"
    if octets.startswith(olefile.MAGIC):
        return bureautique.nature_ole(octets) or "application/x-ole-storage"
    if octets.startswith(b"PK\x03\x04"):
        return bureautique.nature_zip(octets) or "application/zip"
    if octets.startswith(b"{\\rtf"):
        return "rtf"
    if octets.startswith(_TIFF) and octets[8:10] != b"CR":
        return ".tif"
    if octets[4:8] == b"ftyp":
        return _iso(octets)
    devine = filetype.guess(octets[:8192])
    if devine is not None:
        return next((e for e, mime in MIMES.items() if mime == devine.mime), str(devine.mime))
    return _ecrit(octets)


def _iso(octets: bytes) -> str:
    """The kind of a file made of boxes, as photographs and films are."""
    fin = min(int.from_bytes(octets[:4], "big"), 256)
    marques = {octets[8:12], *(octets[i : i + 4] for i in range(16, fin, 4))}
    if marques & _MARQUES_AVIF:
        return "avif"
    return ".heic" if marques & _MARQUES_HEIC else "video/mp4"


def _ecrit(octets: bytes) -> str:
    debut = octets[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    bas = debut.lower()
    if bas.startswith((b"<!doctype html", b"<html")) or (
        (b"<html" in bas or b"<table" in bas) and bas.startswith(b"<")
    ):
        return "html"
    if bas.startswith(b"<?xml"):
        return "xml"
    if _MHT.match(debut):
        return "mht"
    return "texte" if b"\0" not in octets[:8192] else ""


def lisible(trouvee: str) -> str:
    """What a person calls it."""
    return EN_CLAIR.get(trouvee, f"un fichier de type {trouvee}")
