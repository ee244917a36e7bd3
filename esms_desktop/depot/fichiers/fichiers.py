"""The door for attachments: what each one really is, under which name it is kept, what the person should know of it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from esms_desktop.depot.fichiers import bureautique, images, libreoffice, pdf_joint, xfa
from esms_desktop.depot.fichiers.nature import CANONIQUES, MIMES, lisible, nature
from esms_desktop.depot.fichiers.pdf_joint import ErreurMotDePasse, PdfLu
from esms_desktop.depot.fichiers.portefeuille import phrase_deplie
from esms_desktop.depot.reunion.apparence import phrase_blanches, regarder
from esms_desktop.errors import ErreurPiece
from esms_desktop.nomenclature.formats import IMAGES_CONVERTIES, SYNONYMES, images_admises

__all__ = [
    "TAILLE_MAX",
    "ErreurMotDePasse",
    "FichierVerifie",
    "extension_de",
    "nature",
    "nom_sobre",
    "verifier_fichier",
]

TAILLE_MAX = 200 * 2**20
SANS_MOT_DE_PASSE = "Le PDF demande un mot de passe\u00a0: c’est sa copie sans mot de passe qui est jointe, et le mot de passe n’est gardé nulle part\u00a0; gardez votre original."
_LONGUEUR_NOM = 120
_LONGUEUR_SUFFIXE = 12
# Names Windows keeps for devices, whatever their extension.
_RESERVES = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")
_FAMILLES = {".doc": "Word", ".docx": "Word", ".xls": "Excel", ".xlsx": "Excel"}
_SANS_MACROS = "Enregistrez-le sans macros (dans {}, Fichier, Enregistrer sous, {}), ou exportez-le en PDF, puis joignez cette copie."
_OUVRIR = "Ouvrez-le dans {}, enregistrez-le en {} ou imprimez-le en PDF, puis joignez cette copie."
_CONSEILS = {
    ".odt": "Enregistrez-le en .docx ou exportez-le en PDF.",
    ".ods": "Enregistrez-le en .xlsx ou exportez-le en PDF.",
    ".docm": _SANS_MACROS.format("Word", "Document Word .docx"),
    ".xlsm": _SANS_MACROS.format("Excel", "Classeur Excel .xlsx"),
    ".xlsb": _OUVRIR.format("Excel", ".xlsx"),
    ".zip": "Joignez un à un les fichiers qu’elle contient.",
    ".svg": "Exportez l’image en PDF ou en .png.",
    ".avif": "Enregistrez l’image en .jpg ou en .png.",
    ".msg": "Ouvrez le message, imprimez-le en PDF, et joignez ses pièces à part.",
    ".eml": "Ouvrez le message, imprimez-le en PDF, et joignez ses pièces à part.",
    ".ppt": "Exportez le diaporama en PDF.",
    ".pptx": "Exportez le diaporama en PDF.",
    ".pages": "Exportez le document en PDF.",
    ".numbers": "Exportez le tableau en PDF ou en .xlsx.",
}


@dataclass(frozen=True)
class FichierVerifie:
    """A file that can be attached.

    Args:
        nom_sobre: name without path or control characters, at most 120 characters, ending as its content does.
        extension: with its dot, lower case.
        pages: pages it will take in the bundle; None when it is, or holds, a Word or Excel file.
        remarques: what the person should know: one French sentence each, that says what it is, what was kept, what to do.
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
    admises = tuple(e if e.startswith(".") else f".{e}" for e in (x.lower() for x in extensions))
    if not octets:
        raise ErreurPiece(
            f"« {sobre} » est vide (0 octet).", "Vérifiez que la copie du fichier est complète."
        )
    if len(octets) > TAILLE_MAX:
        raise ErreurPiece(
            f"« {sobre} » pèse {len(octets) // 2**20} Mo : plus que les {TAILLE_MAX // 2**20} Mo admis par fichier.",
            "Réduisez-le, ou partagez-le en plusieurs fichiers.",
        )
    trouvee = nature(octets)
    if not _admise(trouvee, admises):
        raise _refus(sobre, trouvee, admises)
    nom_garde = _renommer(sobre, trouvee)
    extension = extension_de(nom_garde)
    copie = (
        pdf_joint.ouvrir_protege(sobre, octets, mot_de_passe) if mot_de_passe and trouvee == ".pdf" else None
    )
    pages, remarques = _controler(sobre, octets if copie is None else copie, trouvee, extensions)
    dites = [
        *([SANS_MOT_DE_PASSE] if copie is not None else []),
        *_dire_format(sobre, nom_garde, trouvee, pages),
        *remarques,
    ]
    return FichierVerifie(nom_garde, extension, MIMES[trouvee], pages, tuple(dict.fromkeys(dites)), copie)


def _admise(trouvee: str, admises: tuple[str, ...]) -> bool:
    """Whether a kind of content can be filed: the campaign admits it, or we make pages of it."""
    return trouvee in MIMES and (
        trouvee in admises or (trouvee in IMAGES_CONVERTIES and images_admises(admises))
    )


def _renommer(nom: str, trouvee: str) -> str:
    """The name under which a file is kept: the one given, unless it does not end as its content does."""
    extension = extension_de(nom)
    if CANONIQUES.get(extension, extension) == trouvee and extension not in SYNONYMES:
        return nom
    connue = extension in (*MIMES, *CANONIQUES, *_CONSEILS)
    return nom_sobre((nom.removesuffix(extension) if connue else nom) + trouvee)


def _dire_format(donne: str, garde: str, trouvee: str, pages: int | None) -> list[str]:
    """What to say of the name and of the kind of a file that the teleservice would not take as it is."""
    extension = extension_de(donne)
    if trouvee in IMAGES_CONVERTIES:
        vrai = (
            ""
            if CANONIQUES.get(extension, extension) == trouvee
            else f"«\u00a0{donne}\u00a0» est en réalité {lisible(trouvee)}, que"
        )
        debut = vrai or f"C’est {lisible(trouvee)}, que"
        sujet = "sa page est tirée" if pages == 1 else f"ses {pages}\u00a0pages sont tirées"
        return [
            f"{debut} le téléservice n’admet pas\u00a0: {sujet} en PDF pour le dossier, l’original est gardé tel quel sous le nom «\u00a0{garde}\u00a0»\u00a0; "
            "vérifiez qu’on y lit tout."
        ]
    if garde == donne:
        return []
    if extension in SYNONYMES and trouvee == ".jpg":
        return [
            f"Le téléservice n’admet pas l’extension {extension}\u00a0: le fichier est joint sous le nom «\u00a0{garde}\u00a0», sans que "
            "son contenu change\u00a0; rien à faire."
        ]
    constat = (
        f"est en réalité {lisible(trouvee)}"
        if extension
        else f"n’a pas d’extension et contient {lisible(trouvee)}"
    )
    return [
        f"«\u00a0{donne}\u00a0» {constat}\u00a0: il est joint sous le nom «\u00a0{garde}\u00a0», sans que son contenu change\u00a0; "
        "vérifiez que c’est le bon fichier."
    ]


def _controler(
    nom: str, octets: bytes, trouvee: str, extensions: Sequence[str]
) -> tuple[int | None, tuple[str, ...]]:
    if trouvee == ".pdf":
        return _controler_pdf(nom, octets, extensions)
    if trouvee in _FAMILLES:
        controler = bureautique.controler_ole if trouvee in (".doc", ".xls") else bureautique.controler_zip
        remarques = controler(nom, octets, trouvee)
        return None, remarques if libreoffice.trouver() else (*remarques, libreoffice.SANS_PAGES["absent"])
    lue = images.image_en_pdf(nom, octets, trouvee)
    blanches = phrase_blanches(regarder(lue.pdf), image=True)
    return lue.pages, (*lue.remarques, *([blanches] if blanches else []))


def _controler_pdf(nom: str, octets: bytes, extensions: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    lu = pdf_joint.lire_pdf(nom, octets)
    vue = regarder(lu.octets)
    if lu.internes:
        return _controler_portefeuille(nom, lu, 0 if vue.invitation else lu.pages, extensions)
    if vue.attente:
        raise xfa.refus(nom)
    if vue.invitation:
        raise ErreurPiece(
            f"«\u00a0{nom}\u00a0» ne montre que l’invitation à ouvrir un portefeuille PDF\u00a0: les fichiers du portefeuille n’y sont pas.",
            "Joignez le portefeuille lui-même, ou les fichiers qu’il contient.",
        )
    blanches = phrase_blanches(vue)
    return lu.pages, (*([blanches] if blanches else []), *lu.remarques)


def _controler_portefeuille(
    nom: str, lu: PdfLu, propres: int, extensions: Sequence[str]
) -> tuple[int | None, tuple[str, ...]]:
    """Each file of a portfolio as if it were attached alone; one that is refused costs the portfolio, which says it."""
    pages: int | None = propres
    remarques = [phrase_deplie(tuple(i.nom for i in lu.internes)), *lu.remarques]
    for interne in lu.internes:
        try:
            if nature(interne.octets) == ".pdf" and pdf_joint.lire_pdf(interne.nom, interne.octets).internes:
                raise ErreurPiece(f"« {interne.nom} » est un autre portefeuille PDF.")
            verifie = verifier_fichier(interne.nom, interne.octets, extensions)
        except ErreurPiece as e:
            raise ErreurPiece(
                f"«\u00a0{nom}\u00a0» est un portefeuille PDF dont un fichier n’est pas admis\u00a0: {e.message}",
                "Ouvrez-le dans Acrobat Reader, enregistrez-en les fichiers, puis joignez un à un ceux qui comptent.",
            ) from e
        pages = None if pages is None or verifie.pages is None else pages + verifie.pages
        remarques += [f"« {interne.nom} » – {r}" for r in verifie.remarques]
    return pages, tuple(remarques)


def _refus(nom: str, trouvee: str, admises: tuple[str, ...]) -> ErreurPiece:
    """Why a file cannot be attached: what it is, or what its name says when nothing more is known."""
    extension = extension_de(nom)
    attendue = CANONIQUES.get(extension, extension)
    if trouvee in MIMES:
        return _extension_refusee(nom, trouvee, admises)
    if not _admise(attendue, admises):
        return _extension_refusee(nom, extension, admises)
    return _contenu_etranger(nom, attendue, trouvee)


def _extension_refusee(nom: str, extension: str, admises: Sequence[str]) -> ErreurPiece:
    liste = ", ".join(admises)
    if not extension:
        return ErreurPiece(f"« {nom} » n’a pas d’extension.", f"Le téléservice n’admet que : {liste}.")
    conseil = _CONSEILS.get(extension, "Exportez le document en PDF.")
    return ErreurPiece(
        f"« {nom} » : l’extension {extension} n’est pas admise par le téléservice ({liste}).", conseil
    )


def _contenu_etranger(nom: str, extension: str, trouvee: str) -> ErreurPiece:
    attendu = lisible(extension)
    famille = _FAMILLES.get(extension)
    if trouvee == "chiffre" and extension in (".docx", ".xlsx"):
        return ErreurPiece(
            f"« {nom} » demande un mot de passe à l’ouverture : le financeur ne pourrait pas le lire.",
            "Enlevez le mot de passe, enregistrez le document, puis joignez-le.",
        )
    if not trouvee or trouvee == "abime":
        return ErreurPiece(
            f"« {nom} » n’est pas {attendu} lisible : son contenu ne correspond à aucun format admis.",
            "Ouvrez l’original, enregistrez-le de nouveau, puis joignez cette copie.",
        )
    if famille is not None:
        neuve = ".docx" if famille == "Word" else ".xlsx"
        if trouvee == "macros":
            conseil = _SANS_MACROS.format(famille, neuve)
        elif trouvee == "application/zip":
            conseil = "Joignez un à un les fichiers qu’elle contient."
        else:
            conseil = _OUVRIR.format(famille, neuve)
    else:
        conseil = "Enregistrez-le dans le format de son extension, puis joignez-le."
    return ErreurPiece(f"« {nom} » dit être {attendu}, mais c’est {lisible(trouvee)}.", conseil)
