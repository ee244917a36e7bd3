"""The words a file holds, to look for a person in them: pages, properties and comments of a PDF, parts of an office file, archives."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

import olefile

from esms_desktop.depot.fichiers.nature import nature
from esms_desktop.documents.pdf.pdfium import VERROU

# What is read of one part, of one file and of archives in archives: a text is never that long.
_PARTIE_MAX, _TOUT_MAX, _PROFONDEUR_MAX = 64 * 2**20, 256 * 2**20, 2
_FIN_DE_MOT = re.compile(
    r"</(?:\w+:)?(?:p|si|c|comment|author|t_|h|list-item|table-cell|[Dd]escription|creator|lastModifiedBy)>"
    r"|<(?:\w+:)?(?:br|tab|cr|line-break|s)\s*/>"
)
_BALISE = re.compile(r"<[^>]*>")
_EN_XML = (".xml", ".rels", ".vml")
_RTF_UNI = re.compile(r"\\u(-?\d{1,6})\s?\??")
_RTF_OCTET = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_MOT = re.compile(r"\\[a-z]+-?\d* ?|[{}]")


@dataclass
class TexteJoint:
    """What was read. `entier`: nothing was left that a person could read, image or page without text, and we could not."""

    morceaux: list[str] = field(default_factory=list)
    entier: bool = True
    lu: int = 0

    @property
    def texte(self) -> str:
        """All of it."""
        return "\n".join(self.morceaux)

    def ajouter(self, texte: str) -> None:
        """One more part."""
        self.morceaux.append(texte)
        self.lu += len(texte)
        if self.lu > _TOUT_MAX:
            self.entier = False


def texte_de(octets: bytes) -> TexteJoint:
    """The words of a file; what cannot be read of it is said by `entier`, never raised."""
    lu = TexteJoint()
    _lire(octets, lu, 0)
    return lu


def _lire(octets: bytes, lu: TexteJoint, profondeur: int) -> None:
    quoi = nature(octets)
    if quoi == ".pdf":
        _pdf(octets, lu)
    elif octets.startswith(b"PK\x03\x04"):
        _zip(octets, lu, profondeur)
    elif octets.startswith(olefile.MAGIC):
        _ole(octets, lu)
    elif quoi == "rtf":
        _rtf(octets, lu)
    elif quoi in ("html", "mht", "xml", "texte"):
        _xml(_decoder(octets[:_PARTIE_MAX]), lu)
    else:
        lu.entier = False


def _pdf(octets: bytes, lu: TexteJoint) -> None:
    import pypdfium2
    from pypdfium2 import raw

    with VERROU:
        try:
            with pypdfium2.PdfDocument(octets) as document:
                lu.ajouter("\n".join(document.get_metadata_dict().values()))
                for rang in range(len(document)):
                    page = document[rang]
                    mots = page.get_textpage()
                    texte = mots.get_text_range()
                    mots.close()
                    # Its annotations, its fields, its scan: nothing of them is in the text of the page.
                    if not texte.strip() or raw.FPDFPage_GetAnnotCount(page.raw):
                        lu.entier = False
                    page.close()
                    lu.ajouter(texte)
                    if lu.lu > _TOUT_MAX:
                        return
        except pypdfium2.PdfiumError:
            lu.entier = False
            return
    if not lu.entier:
        _annotations(octets, lu)


def _annotations(octets: bytes, lu: TexteJoint) -> None:
    """What is written in the notes and the fields of a PDF."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(octets)) as document:
            for page in document.pages:
                for note in page.get("/Annots", []):
                    lu.ajouter("\n".join(str(note[c]) for c in ("/Contents", "/T", "/V", "/TU") if c in note))
    # A PDF that pdfium reads and qpdf does not: what it holds besides its text stays unread, which is said.
    except (pikepdf.PdfError, TypeError, ValueError, RuntimeError):
        lu.entier = False


def _zip(octets: bytes, lu: TexteJoint, profondeur: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            for partie in archive.infolist():
                if partie.is_dir():
                    continue
                if partie.flag_bits & 1 or lu.lu > _TOUT_MAX:
                    lu.entier = False
                    continue
                with archive.open(partie) as flux:
                    contenu = flux.read(_PARTIE_MAX + 1)
                if len(contenu) > _PARTIE_MAX:
                    lu.entier = False
                    contenu = contenu[:_PARTIE_MAX]
                lu.ajouter(partie.filename)
                if partie.filename.lower().endswith(_EN_XML):
                    _xml(_decoder(contenu), lu)
                elif profondeur < _PROFONDEUR_MAX:
                    _lire(contenu, lu, profondeur + 1)
                else:
                    lu.entier = False
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        lu.entier = False


def _xml(texte: str, lu: TexteJoint) -> None:
    """The words between tags, and those of attributes: a name may be the author of a change."""
    lu.ajouter(unescape(_BALISE.sub("", _FIN_DE_MOT.sub(" ", texte))))
    lu.ajouter(unescape(" ".join(re.findall(r'"([^"<>]{3,2000})"', texte))))


def _ole(octets: bytes, lu: TexteJoint) -> None:
    """The former Word and Excel: their texts are whole in the streams, in one of two encodings."""
    try:
        with olefile.OleFileIO(io.BytesIO(octets)) as fichier:
            for nom in fichier.listdir():
                brut = fichier.openstream(nom).read(_PARTIE_MAX)
                for encodage in ("cp1252", "utf-16-le"):
                    lu.ajouter(brut.decode(encodage, "replace"))
                lu.ajouter(brut[1:].decode("utf-16-le", "replace"))
    except (OSError, ValueError, IndexError):
        lu.entier = False


def _rtf(octets: bytes, lu: TexteJoint) -> None:
    texte = octets[:_PARTIE_MAX].decode("cp1252", "replace")
    texte = _RTF_UNI.sub(lambda m: chr(int(m[1]) % 65536), texte)
    texte = _RTF_OCTET.sub(lambda m: bytes.fromhex(m[1]).decode("cp1252", "replace"), texte)
    lu.ajouter(_RTF_MOT.sub("", re.sub(r"\\(?:par|line|tab|cell)\b ?", "\n", texte)))


def _decoder(octets: bytes) -> str:
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")
