"""The door for attachments: a sober name, an admitted extension, a content that is what the extension says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
import olefile

from esms_desktop.depot import bureautique, images, pdf_joint
from esms_desktop.depot.pdf_joint import ErreurMotDePasse
from esms_desktop.errors import ErreurPiece

__all__ = [
    "TAILLE_MAX",
    "ErreurMotDePasse",
    "FichierVerifie",
    "extension_de",
    "nom_sobre",
    "verifier_fichier",
]

TAILLE_MAX = 200 * 2**20
SANS_MOT_DE_PASSE = "Le PDF demandait un mot de passe : c’est sa copie sans mot de passe qui est jointe, pour que le financeur la lise."
_LONGUEUR_NOM = 120
_LONGUEUR_SUFFIXE = 12
# Names Windows keeps for devices, whatever their extension.
_RESERVES = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")

MIMES = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
}
_EN_CLAIR = {
    ".pdf": "un PDF",
    ".doc": "un document Word 97-2003",
    ".docx": "un document Word",
    ".xls": "un classeur Excel 97-2003",
    ".xlsx": "un classeur Excel",
    ".png": "une image PNG",
    ".jpg": "une image JPEG",
    ".gif": "une image GIF",
    "odf": "un document OpenDocument (LibreOffice)",
    "macros": "un document Office à macros",
    "chiffre": "un document Office protégé par un mot de passe",
    "rtf": "un texte RTF",
    "html": "une page web",
    "texte": "du texte simple",
}
_CONSEILS = {
    ".jpeg": "Renommez-le avec l’extension .jpg : c’est le même format, mais le téléservice n’admet que .jpg.",
    ".odt": "Enregistrez-le en .docx ou exportez-le en PDF.",
    ".ods": "Enregistrez-le en .xlsx ou exportez-le en PDF.",
    ".docm": "Enregistrez-le sans macros, en .docx.",
    ".xlsm": "Enregistrez-le sans macros, en .xlsx.",
    ".zip": "Joignez un à un les fichiers qu’elle contient.",
    ".tif": "Convertissez l’image en PDF, en .png ou en .jpg.",
    ".tiff": "Convertissez l’image en PDF, en .png ou en .jpg.",
    ".heic": "Convertissez la photographie en .jpg.",
}


@dataclass(frozen=True)
class FichierVerifie:
    """A file that can be attached.

    Args:
        nom_sobre: name without path or control characters, at most 120 characters, extension in lower case.
        extension: with its dot, lower case.
        pages: pages it will take in the bundle; None for Word and Excel, which the bundle only names.
        remarques: what the person should know, in French sentences.
        copie: what to attach in place of the bytes that were given: the copy without its password. None: the bytes given.
    """

    nom_sobre: str
    extension: str
    mime: str
    pages: int | None
    remarques: tuple[str, ...]
    copie: bytes | None = None


def nom_sobre(nom: str) -> str:
    """The name of a file as it may be written on any system: no path, no control character, ≤ 120 characters."""
    feuille = PurePosixPath(unicodedata.normalize("NFC", nom).replace("\\", "/")).name
    propre = "".join(
        c for c in feuille if c not in '<>:"|?*' and not unicodedata.category(c).startswith(("C", "Zl", "Zp"))
    )
    # A leading dot may be all that is left before the extension.
    propre = re.sub(r"\s+", " ", propre).lstrip().rstrip(" .")
    tronc, point, extension = propre.rpartition(".")
    if not point:
        return propre[:_LONGUEUR_NOM] or "fichier"
    suffixe = f".{extension.lower()}"[:_LONGUEUR_SUFFIXE]
    tronc = tronc[: _LONGUEUR_NOM - len(suffixe)].strip(" .")
    if _RESERVES.fullmatch(tronc):
        tronc += "_"
    return (tronc or "fichier") + suffixe


def extension_de(nom: str) -> str:
    """The extension of a name, with its dot, in lower case; empty when there is none."""
    return PurePosixPath(nom).suffix.lower()


def nature(octets: bytes) -> str:
    """What the content really is: one of the eight extensions, a key of ours for a near miss, or a MIME type."""
    if b"%PDF-" in octets[:1024]:
        return ".pdf"
    if octets.startswith(olefile.MAGIC):
        return bureautique.nature_ole(octets) or "application/x-ole-storage"
    if octets.startswith(b"PK\x03\x04"):
        return bureautique.nature_zip(octets) or "application/zip"
    if octets.startswith(b"{\\rtf"):
        return "rtf"
    devine = filetype.guess(octets[:8192])
    if devine is not None:
        return next((e for e, mime in MIMES.items() if mime == devine.mime), str(devine.mime))
    debut = octets[:1024].lstrip().lower()
    if debut.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "texte" if b"\0" not in octets[:8192] else ""


def verifier_fichier(
    nom: str, octets: bytes, extensions: Sequence[str], mot_de_passe: str | None = None
) -> FichierVerifie:
    """Checks a file a person wants to attach.

    A PDF that opens with a password only cannot be filed as it is: nobody at the ARS could read it. With the password,
    its copy without protection is what gets attached; the password is kept nowhere.

    Args:
        nom: its name, path allowed (dropped).
        octets: all of it.
        extensions: those the campaign admits, with or without their dot (referentiel 03 § 2).
        mot_de_passe: what the person answered after an `ErreurMotDePasse`.

    Raises:
        ErreurMotDePasse: the password of the PDF is needed, or is not the right one.
        ErreurPiece: refused, with the reason and what to do; nothing else is ever raised.
    """
    sobre = nom_sobre(nom)
    extension = extension_de(sobre)
    admises = [e if e.startswith(".") else f".{e}" for e in (x.lower() for x in extensions)]
    if extension not in admises or extension not in MIMES:
        raise _extension_refusee(sobre, extension, admises)
    if not octets:
        raise ErreurPiece(
            f"« {sobre} » est vide (0 octet).", "Vérifiez que la copie du fichier est complète."
        )
    if len(octets) > TAILLE_MAX:
        raise ErreurPiece(
            f"« {sobre} » pèse {len(octets) // 2**20} Mo : plus que les {TAILLE_MAX // 2**20} Mo admis par fichier.",
            "Réduisez-le, ou partagez-le en plusieurs fichiers.",
        )
    trouvee = nature(octets)
    if trouvee != extension:
        raise _contenu_etranger(sobre, extension, trouvee)
    copie = (
        pdf_joint.ouvrir_protege(sobre, octets, mot_de_passe)
        if mot_de_passe and extension == ".pdf"
        else None
    )
    pages, remarques = _controler(sobre, octets if copie is None else copie, extension)
    if copie is not None:
        remarques = (SANS_MOT_DE_PASSE, *remarques)
    return FichierVerifie(sobre, extension, MIMES[extension], pages, remarques, copie)


def _controler(nom: str, octets: bytes, extension: str) -> tuple[int | None, tuple[str, ...]]:
    if extension == ".pdf":
        lu = pdf_joint.lire_pdf(nom, octets)
        return lu.pages, lu.remarques
    if extension in (".doc", ".xls"):
        return None, bureautique.controler_ole(nom, octets, extension)
    if extension in (".docx", ".xlsx"):
        return None, bureautique.controler_zip(nom, octets, extension)
    return 1, images.image_en_pdf(nom, octets, extension)[1]


def _extension_refusee(nom: str, extension: str, admises: Sequence[str]) -> ErreurPiece:
    liste = ", ".join(admises)
    if not extension:
        return ErreurPiece(f"« {nom} » n’a pas d’extension.", f"Le téléservice n’admet que : {liste}.")
    conseil = _CONSEILS.get(extension, "Exportez le document en PDF.")
    return ErreurPiece(
        f"« {nom} » : l’extension {extension} n’est pas admise par le téléservice ({liste}).", conseil
    )


def _contenu_etranger(nom: str, extension: str, trouvee: str) -> ErreurPiece:
    attendu = _EN_CLAIR[extension]
    if trouvee == "chiffre" and extension in (".docx", ".xlsx"):
        return ErreurPiece(
            f"« {nom} » demande un mot de passe à l’ouverture : le financeur ne pourrait pas le lire.",
            "Enlevez le mot de passe, enregistrez le document, puis joignez-le.",
        )
    if not trouvee:
        return ErreurPiece(
            f"« {nom} » n’est pas {attendu} lisible : son contenu ne correspond à aucun format admis.",
            "Ouvrez l’original, enregistrez-le de nouveau, puis joignez cette copie.",
        )
    reel = _EN_CLAIR.get(trouvee, f"un fichier de type {trouvee}")
    remede = "Enregistrez-le dans le format de son extension"
    if trouvee in MIMES:
        remede += f", ou renommez-le en {trouvee}"
    return ErreurPiece(f"« {nom} » dit être {attendu}, mais c’est {reel}.", f"{remede}, puis joignez-le.")
