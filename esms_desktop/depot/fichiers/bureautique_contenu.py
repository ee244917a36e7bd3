"""What a Word or Excel attachment shows beyond its text: macros, tracked changes, comments, hidden sheets, links; told, never touched."""

import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from olefile import OleFileIO

from esms_desktop.francais import enumerer, pluriel, resumer

# What is read of one part: a document of a thousand pages has about 30 Mo of text.
_PARTIE_MAX = 64 * 2**20
_NOMS_DITS = 4
_MACROS = re.compile(r"(?i)(^|/)(vbaProject\.bin|macrosheets/[^/]+|intlMacrosheets/[^/]+)$")
_TEXTES_WORD = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# The comments of a conversation are there too, under their first words.
_COMMENTAIRES = re.compile(r"(word/comments|xl/comments\d*|xl/comments/comment\d*)\.xml")
_FEUILLES = re.compile(r"xl/worksheets/[^/]+\.xml")
_LIENS = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_SUIVIES = re.compile(
    rb"<(?:\w+:)?(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|tblPrChange|sectPrChange)[\s>]"
)
_COMMENTAIRE = re.compile(rb"<(?:\w+:)?comment[\s>]")
_FEUILLE = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_ATTRIBUT = re.compile(rb"""\s(name|state)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LIGNES_MASQUEES = re.compile(rb"""<(?:\w+:)?(?:row|col)\s[^>]*?hidden\s*=\s*["'](?:1|true)["']""")
_CELLULE = re.compile(rb"<(?:\w+:)?(?:v|is|f|drawing)[\s/>]")
_ENTITES = ((b"&lt;", b"<"), (b"&gt;", b">"), (b"&quot;", b'"'), (b"&apos;", b"'"), (b"&amp;", b"&"))
_PAGES = re.compile(rb"<(?:\w+:)?Pages>(\d{1,6})</")
# Places of the lists of comments and of the authors of changes in the head of a .doc ([MS-DOC] 2.5).
_FIB_COMMENTAIRES, _FIB_AUTEURS, _FIB_TABLE = 0x9A + 8 * 4, 0x9A + 8 * 51, 0x0A
_TABLE_1 = 0x0200
# Its mark and the first version that is made this way.
_WORD_97 = (0xA5EC, 0x00C1)
_RESUME, _RESUME_MAX, _NOMBRE_PAGES, _ENTIER = "\x05SummaryInformation", 64 * 1024, 14, 3
_FEUILLE_XLS, _CLASSEUR_LU = 0x0085, 2**20


@dataclass
class Contenu:
    """What was seen of an office file. `pages`: how many it says to have, or how many sheets have something to print."""

    macros: bool = False
    suivies: bool = False
    auteurs: bool = False
    commentaires: int = 0
    feuilles_masquees: list[str] = field(default_factory=list)
    lignes_masquees: bool = False
    liens: bool = False
    signe: bool = False
    pages: int | None = None


def lire_zip(archive: zipfile.ZipFile) -> Contenu:
    """Looks into a .docx or .xlsx that was found sound."""
    contenu = Contenu()
    noms = archive.namelist()
    contenu.macros = any(_MACROS.search(n) for n in noms)
    contenu.liens = any(_LIENS.fullmatch(n) for n in noms)
    contenu.signe = any(n.startswith("_xmlsignatures/") for n in noms)
    for nom in noms:
        if _TEXTES_WORD.fullmatch(nom):
            contenu.suivies = contenu.suivies or bool(_SUIVIES.search(_partie(archive, nom)))
        elif _COMMENTAIRES.fullmatch(nom):
            contenu.commentaires += len(_COMMENTAIRE.findall(_partie(archive, nom)))
    if "docProps/app.xml" in noms and "word/document.xml" in noms:
        annonce = _PAGES.search(_partie(archive, "docProps/app.xml"))
        contenu.pages = int(annonce.group(1)) if annonce else None
    if "xl/workbook.xml" in noms:
        _lire_classeur(archive, noms, contenu)
    return contenu


def _partie(archive: zipfile.ZipFile, nom: str) -> bytes:
    with archive.open(nom) as flux:
        return flux.read(_PARTIE_MAX)


def _lire_classeur(archive: zipfile.ZipFile, noms: Sequence[str], contenu: Contenu) -> None:
    visibles = 0
    for feuille in _FEUILLE.findall(_partie(archive, "xl/workbook.xml")):
        attributs = {cle: double or simple for cle, double, simple in _ATTRIBUT.findall(feuille)}
        if attributs.get(b"state", b"visible") == b"visible":
            visibles += 1
        else:
            contenu.feuilles_masquees.append(_texte(attributs.get(b"name", b"")))
    remplies = 0
    for nom in noms:
        if _FEUILLES.fullmatch(nom):
            feuille = _partie(archive, nom)
            remplies += bool(_CELLULE.search(feuille))
            contenu.lignes_masquees = contenu.lignes_masquees or bool(_LIGNES_MASQUEES.search(feuille))
    # Each sheet with something in it takes a page at least; which of them are hidden is not looked for further.
    contenu.pages = max(min(visibles, remplies - len(contenu.feuilles_masquees)), 0) or None


def _texte(brut: bytes) -> str:
    for entite, signe in _ENTITES:
        brut = brut.replace(entite, signe)
    return _propre(brut.decode("utf-8", "replace"))


def _propre(nom: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in nom).split()) or "sans nom"


def lire_ole(ole: OleFileIO, extension: str) -> Contenu:
    """Looks into a .doc or .xls that was found sound."""
    contenu = Contenu()
    noms = {nom for chemin in ole.listdir(streams=True, storages=True) for nom in chemin}
    contenu.macros = bool(noms & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros"})
    if extension == ".doc":
        _lire_doc(ole, contenu)
    else:
        _lire_xls(ole, contenu)
    return contenu


def _lire_doc(ole: OleFileIO, contenu: Contenu) -> None:
    tete = ole.openstream("WordDocument").read(_FIB_AUTEURS + 8)
    if len(tete) == _FIB_AUTEURS + 8 and struct.unpack_from("<HH", tete) >= _WORD_97:
        (drapeaux,) = struct.unpack_from("<H", tete, _FIB_TABLE)
        nom = "1Table" if drapeaux & _TABLE_1 else "0Table"
        table = ole.openstream(nom).read() if ole.exists(nom) else b""
        # n + 1 places of four bytes, then n descriptions of thirty.
        commentaires = _tranche(table, tete, _FIB_COMMENTAIRES)
        contenu.commentaires = (len(commentaires) - 4) // 34 if len(commentaires) > 4 else 0
        # The first author is always « Unknown ».
        auteurs = _tranche(table, tete, _FIB_AUTEURS)
        contenu.auteurs = len(auteurs) >= 4 and struct.unpack_from("<H", auteurs, 2)[0] > 1
    if ole.exists(_RESUME):
        contenu.pages = _pages_du_resume(ole.openstream(_RESUME).read(_RESUME_MAX))


def _tranche(table: bytes, tete: bytes, ou: int) -> bytes:
    """A list of the table, where the head says it is; nothing when it is said to be beyond its end."""
    place, longueur = struct.unpack_from("<II", tete, ou)
    return table[place : place + longueur] if place + longueur <= len(table) else b""


def _pages_du_resume(octets: bytes) -> int | None:
    """The number of pages among the properties of a document ([MS-OLEPS]); None when they cannot be followed."""
    try:
        (section,) = struct.unpack_from("<I", octets, 44)
        (nombre,) = struct.unpack_from("<I", octets, section + 4)
        for rang in range(min(nombre, 100)):
            cle, place = struct.unpack_from("<II", octets, section + 8 + 8 * rang)
            if cle == _NOMBRE_PAGES:
                genre, pages = struct.unpack_from("<Ii", octets, section + place)
                return pages if genre == _ENTIER and 0 < pages < 100_000 else None
    except struct.error:
        return None
    return None


def _lire_xls(ole: OleFileIO, contenu: Contenu) -> None:
    octets = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read(_CLASSEUR_LU)
    for genre, corps in _enregistrements(octets):
        if genre == _FEUILLE_XLS and len(corps) >= 8:
            etat, sorte, longueur, large = corps[4] & 3, corps[5], corps[6], corps[7] & 1
            if sorte == 1:
                contenu.macros = True
            if etat and sorte != 6:
                brut = corps[8 : 8 + longueur * (2 if large else 1)]
                contenu.feuilles_masquees.append(
                    _propre(brut.decode("utf-16-le" if large else "latin-1", "replace"))
                )


def _enregistrements(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the first part of a workbook, up to its end."""
    place = 0
    while place + 4 <= len(octets):
        genre, longueur = struct.unpack_from("<HH", octets, place)
        if genre == 0x000A:
            return
        yield genre, octets[place + 4 : place + 4 + longueur]
        place += 4 + longueur


def remarques(contenu: Contenu, famille: str) -> tuple[str, ...]:
    """What to say of it, one French sentence each: what there is, that it was kept, what to do."""
    word = famille == "Word"
    quoi = "document Word" if word else "classeur"
    dites = []
    if contenu.signe:
        dites.append(
            f"Ce {quoi} est signé électroniquement\u00a0: la signature ne vaut que pour l’original, gardé tel quel dans l’archive\u00a0; "
            "tenez-le prêt si l’ARS le demande."
        )
    if contenu.macros:
        dites.append(
            f"Ce {quoi} contient des macros, que le poste du financeur peut bloquer\u00a0: il est gardé tel quel, et elles ne sont "
            f"jamais lancées ici\u00a0; joignez plutôt une copie sans macros ({'.docx' if word else '.xlsx'}) ou un PDF."
        )
    traces = _traces(contenu)
    if traces:
        gestes = [
            *(["acceptez ou refusez les modifications"] if contenu.suivies or contenu.auteurs else []),
            *(["supprimez les commentaires"] if contenu.commentaires else []),
        ]
        dites.append(
            f"Ce {quoi} porte {traces}, que le financeur pourrait lire\u00a0: il est gardé tel quel\u00a0; {', '.join(gestes)}, puis joignez la version nette."
        )
    cachees = _cachees(contenu)
    if cachees:
        dites.append(
            f"Ce classeur a {cachees}, que le financeur peut afficher\u00a0: il est gardé tel quel\u00a0; supprimez ce qui ne doit pas "
            "être lu, ou joignez le PDF des seules feuilles utiles."
        )
    if contenu.liens:
        dites.append(
            "Ce classeur tire des valeurs d’autres classeurs, que le financeur n’aura pas\u00a0: il est gardé tel quel\u00a0; rompez les "
            "liens (Données, Modifier les liens), puis joignez la copie."
        )
    return tuple(dites)


def _traces(contenu: Contenu) -> str:
    dites = []
    if contenu.suivies:
        dites.append("des modifications suivies")
    elif contenu.auteurs:
        dites.append("sans doute des modifications suivies")
    if contenu.commentaires:
        dites.append(pluriel(contenu.commentaires, "commentaire"))
    return enumerer(dites)


def _cachees(contenu: Contenu) -> str:
    dites = []
    noms = contenu.feuilles_masquees
    if noms:
        exemples = resumer([f"«\u00a0{n}\u00a0»" for n in noms], _NOMS_DITS)
        dites.append(f"{pluriel(len(noms), 'feuille masquée', 'feuilles masquées')} ({exemples})")
    if contenu.lignes_masquees:
        dites.append("des lignes ou des colonnes masquées")
    return enumerer(dites)
