"""Word and Excel attachments: is it really one, of the kind its extension says, and can the ARS open it?"""

import io
import struct
import zipfile
import zlib

from olefile import DEFECT_INCORRECT, OleFileIO

from esms_desktop.depot.fichiers import bureautique_contenu
from esms_desktop.errors import ErreurPiece

NOM_FAMILLE = {".doc": "Word", ".docx": "Word", ".xls": "Excel", ".xlsx": "Excel"}
_PARTIE = {".docx": b"wordprocessingml.document.main+xml", ".xlsx": b"spreadsheetml.sheet.main+xml"}
_ZIP_ILLISIBLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    KeyError,
)
# What olefile raises on tables that cannot be followed; a tree of entries may also be endless.
_OLE_ILLISIBLE = (OSError, struct.error, IndexError, ValueError, RecursionError, OverflowError)
_TAILLE_TYPES = 4 * 2**20
# What the parts of a .docx or .xlsx may weigh once unpacked; beyond, the file is made to fill a memory.
_TAILLE_DEPLOYEE = 512 * 2**20
_FILEPASS = 0x002F
_RACINES = {"EncryptedPackage": "chiffre", "WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls"}
# Where a compound file says how many sectors its table takes, and the size of the smallest sector.
_TABLES = struct.Struct("<44xI")
_SECTEUR = 512


def _illisible(nom: str, famille: str) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » est endommagé : {famille} ne pourrait pas l’ouvrir.",
        f"Ouvrez l’original dans {famille}, enregistrez-le de nouveau, puis joignez cette copie.",
    )


def _avec_mot_de_passe(nom: str, famille: str) -> ErreurPiece:
    return ErreurPiece(
        f"« {nom} » demande un mot de passe à l’ouverture : le financeur ne pourrait pas le lire.",
        f"Enlevez le mot de passe dans {famille} (Fichier, Informations, Protéger), enregistrez, puis joignez-le.",
    )


def nature_ole(octets: bytes) -> str:
    """What a compound file is: ".doc", ".xls", "chiffre" (an encrypted .docx or .xlsx) or "" for anything else."""
    try:
        with _ouvrir_ole(octets) as ole:
            # The root alone counts: a workbook may hold a Word text among its objects.
            presents = [nature for nom, nature in _RACINES.items() if ole.exists(nom)]
    except _OLE_ILLISIBLE:
        return ""
    return next(iter(presents), "")


def nature_zip(octets: bytes) -> str:
    """What a ZIP is: ".docx", ".xlsx", a key of ours for another office file, "abime" when it does not open, or ""."""
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            noms = set(archive.namelist())
            if "mimetype" in noms and b"opendocument" in _lire(archive, "mimetype"):
                return "odf"
            if "[Content_Types].xml" not in noms:
                return ""
            types = _lire(archive, "[Content_Types].xml")
    except _ZIP_ILLISIBLE:
        return "abime"
    if b"sheet.binary" in types:
        return "xlsb"
    if b"macroEnabled" in types:
        return "macros"
    if b"presentationml" in types and not any(partie in types for partie in _PARTIE.values()):
        return "diaporama"
    if b"template.main+xml" in types:
        return "modele"
    return next((extension for extension, partie in _PARTIE.items() if partie in types), "")


def _lire(archive: zipfile.ZipFile, nom: str) -> bytes:
    with archive.open(nom) as flux:
        return flux.read(_TAILLE_TYPES)


def controler_ole(nom: str, octets: bytes, extension: str) -> tuple[str, ...]:
    """Checks a .doc or .xls and returns the remarks it calls for.

    Raises:
        ErreurPiece: a password is needed to open it, or its tables are broken.
    """
    famille = NOM_FAMILLE[extension]
    try:
        with _ouvrir_ole(octets) as ole:
            _suivre(ole)
            chiffre = _doc_chiffre(ole) if extension == ".doc" else _xls_chiffre(ole)
            contenu = None if chiffre else bureautique_contenu.lire_ole(ole, extension)
    except _OLE_ILLISIBLE as e:
        raise _illisible(nom, famille) from e
    if contenu is None:
        raise _avec_mot_de_passe(nom, famille)
    return bureautique_contenu.remarques(contenu, famille)


def _ouvrir_ole(octets: bytes) -> OleFileIO:
    # A table of sectors longer than the file is made to fill a memory: olefile would follow it in circles.
    if len(octets) >= _TABLES.size and _TABLES.unpack_from(octets)[0] > len(octets) // _SECTEUR:
        raise OSError("more tables than sectors")
    return OleFileIO(io.BytesIO(octets), raise_defects=DEFECT_INCORRECT)


def _suivre(ole: OleFileIO) -> None:
    """Follows every stream to its end; OSError at the first one that is cut."""
    for chemin in ole.listdir():
        # What an empty stream points to means nothing, and some programs write anything there.
        if ole.get_size(chemin):
            ole.openstream(chemin)


def _doc_chiffre(ole: OleFileIO) -> bool:
    drapeaux: int = struct.unpack_from("<H", ole.openstream("WordDocument").read(32), 10)[0]
    return bool(drapeaux & 0x0100)


def _xls_chiffre(ole: OleFileIO) -> bool:
    octets = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read(4096)
    position = 0
    # FILEPASS comes right after the beginning of the workbook: a few records are enough.
    for _ in range(12):
        if position + 4 > len(octets):
            break
        genre, longueur = struct.unpack_from("<HH", octets, position)
        if genre == _FILEPASS:
            return True
        position += 4 + longueur
    return False


def controler_zip(nom: str, octets: bytes, extension: str) -> tuple[str, ...]:
    """Checks a .docx or .xlsx and returns the remarks it calls for.

    Raises:
        ErreurPiece: a part is broken, hidden by a password, or unpacks beyond measure.
    """
    famille = NOM_FAMILLE[extension]
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            parties = archive.infolist()
            deploye = sum(p.file_size for p in parties)
            if any(p.flag_bits & 1 for p in parties):
                raise _avec_mot_de_passe(nom, famille)
            if deploye > _TAILLE_DEPLOYEE:
                raise ErreurPiece(
                    f"« {nom} » occuperait {deploye // 2**20} Mo une fois déplié : il n’est pas accepté.",
                    "Joignez une version plus légère, ou son impression en PDF.",
                )
            abimee = archive.testzip()
            contenu = bureautique_contenu.lire_zip(archive) if abimee is None else None
    except _ZIP_ILLISIBLE as e:
        raise _illisible(nom, famille) from e
    if contenu is None:
        raise _illisible(nom, famille)
    return bureautique_contenu.remarques(contenu, famille)


def pages_annoncees(octets: bytes, extension: str) -> int | None:
    """How many pages the file says to have, or how many of its sheets have something to print; None when it does not say."""
    try:
        if extension in (".doc", ".xls"):
            with _ouvrir_ole(octets) as ole:
                return bureautique_contenu.lire_ole(ole, extension).pages
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return bureautique_contenu.lire_zip(archive).pages
    except (*_ZIP_ILLISIBLE, *_OLE_ILLISIBLE):
        return None
