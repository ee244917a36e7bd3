"""What Word and Excel files show beyond their text, and the pages an office suite gives: told, with what to do."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from esms_desktop.depot.fichiers.bureautique import controler_ole, controler_zip, pages_annoncees
from esms_desktop.depot.fichiers.conversion import CONVERTI, Renvoi, convertir
from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES, Tirage
from tests.depot import fabrique as f
from tests.depot.fabrique_ole import ole
from tests.depot.test_apparence import dessine, mot, vierge

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(corps: str = "<w:p/>", **parties: str) -> bytes:
    """A .docx of this body; other parts by their path, « __ » for « / »."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{_TYPES}"/></Types>')
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{corps}</w:body></w:document>")
        for nom, contenu in parties.items():
            archive.writestr(nom.replace("__", "/") + (".bin" if "vba" in nom else ".xml"), contenu)
    return sortie.getvalue()


def remarques(octets: bytes, extension: str) -> list[str]:
    controler = controler_ole if extension in (".doc", ".xls") else controler_zip
    return [r.replace("\u00a0", " ") for r in controler("x", octets, extension)]


SUIVI = '<w:ins w:id="1" w:author="A"><w:r><w:t>mot</w:t></w:r></w:ins>'
NOTE = f'<w:comments {W}><w:comment w:id="0"/><w:comment w:id="1"><w:p/></w:comment></w:comments>'


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (docx(), ""),
        # What only looks like it: text deleted nowhere, an instruction, a formula.
        (docx("<w:delInstrText/><w:insideH/><w:r><w:t>&lt;w:ins &gt;</w:t></w:r>"), ""),
        (docx(SUIVI), "porte des modifications suivies, que le financeur pourrait lire"),
        (docx('<w:del w:id="2"><w:r><w:delText>mot</w:delText></w:r></w:del>'), "des modifications suivies"),
        (docx('<w:p><w:pPr><w:pPrChange w:id="3"></w:pPrChange></w:pPr></w:p>'), "des modifications suivies"),
        (docx(word__header1=f"<w:hdr {W}>{SUIVI}</w:hdr>"), "des modifications suivies"),
        (docx(word__comments=NOTE), "porte 2 commentaires, que le financeur pourrait lire"),
        (docx(SUIVI, word__comments=NOTE), "des modifications suivies et 2 commentaires"),
        (docx(word__vbaProject="x"), "contient des macros"),
        (docx(_xmlsignatures__sig1="<x/>"), "signé électroniquement"),
    ],
)
def test_what_a_word_file_shows(octets: bytes, dit: str) -> None:
    dites = remarques(octets, ".docx")
    assert len(dites) == bool(dit) and all(dit in r and "gardé tel quel" in r for r in dites)


def test_what_to_do_is_of_what_there_is() -> None:
    (suivi,) = remarques(docx(SUIVI), ".docx")
    (note,) = remarques(docx(word__comments=NOTE), ".docx")
    assert "acceptez ou refusez" in suivi and "supprimez les commentaires" not in suivi
    assert "acceptez" not in note and "supprimez les commentaires" in note


def classeur(**etats: str) -> Workbook:
    """A workbook of a full visible sheet, and of others in these states."""
    livre = Workbook()
    feuille = livre.active
    assert feuille is not None
    feuille["A1"] = "visible"
    for nom, etat in etats.items():
        autre = livre.create_sheet(nom)
        autre["A1"], autre.sheet_state = 1, etat
    return livre


def xlsx(livre: Workbook) -> bytes:
    sortie = io.BytesIO()
    livre.save(sortie)
    return sortie.getvalue()


def test_what_a_workbook_hides() -> None:
    assert remarques(xlsx(classeur(Autre="visible")), ".xlsx") == []
    (dite,) = remarques(xlsx(classeur(Paie="hidden", Calculs="veryHidden")), ".xlsx")
    assert dite.startswith(
        "Ce classeur a 2 feuilles masquées (« Paie » et « Calculs »), que le financeur peut afficher"
    )
    livre = classeur()
    livre.create_sheet("R&D <x>").sheet_state = "hidden"
    livre.worksheets[0].row_dimensions[3].hidden = True
    (dite,) = remarques(xlsx(livre), ".xlsx")
    assert "1 feuille masquée (« R&D <x> ») et des lignes ou des colonnes masquées" in dite
    livre = classeur()
    livre.worksheets[0].column_dimensions["C"].hidden = True
    livre.worksheets[0]["A1"].comment = Comment("à revoir", "A")
    note, masquees = remarques(xlsx(livre), ".xlsx")
    assert "porte 1 commentaire" in note and "a des lignes ou des colonnes masquées" in masquees


def test_links_to_other_workbooks_and_hidden_macros_are_told() -> None:
    sortie = io.BytesIO(xlsx(classeur()))
    with zipfile.ZipFile(sortie, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<x/>")
        archive.writestr("xl/macrosheets/sheet1.xml", "<x/>")
    macros, liens = remarques(sortie.getvalue(), ".xlsx")
    assert "contient des macros" in macros and "d’autres classeurs" in liens


def _fib(commentaires: int = 0, auteurs: bytes = b"", version: int = 0xC1) -> dict[str, bytes]:
    tete = bytearray(0x9A + 8 * 60)
    struct.pack_into("<HH6xH", tete, 0, 0xA5EC, version, 0x0200)
    longueur = 4 + 34 * commentaires if commentaires else 0
    struct.pack_into("<II", tete, 0x9A + 8 * 4, 0, longueur)
    struct.pack_into("<II", tete, 0x9A + 8 * 51, longueur, len(auteurs))
    return {"WordDocument": bytes(tete), "1Table": bytes(longueur) + auteurs}


INCONNU = b"\xff\xff\1\0\0\0"
DEUX_AUTEURS = b"\xff\xff\2\0\0\0"


@pytest.mark.parametrize(
    ("flux", "dit"),
    [
        (_fib(), ""),
        (_fib(auteurs=INCONNU), ""),
        (_fib(3), "porte 3 commentaires"),
        (_fib(auteurs=DEUX_AUTEURS), "porte sans doute des modifications suivies"),
        (_fib(1, DEUX_AUTEURS), "sans doute des modifications suivies et 1 commentaire"),
        # Word 6 puts other things at these places.
        (_fib(3, DEUX_AUTEURS, version=0x65), ""),
        # Lists that are beyond the end of their table are not believed.
        ({**_fib(3), "1Table": b""} | {"WordDocument": _fib(9_999)["WordDocument"]}, ""),
        (_fib() | {"Macros": b"x"}, "contient des macros"),
    ],
)
def test_what_an_old_word_file_shows(flux: dict[str, bytes], dit: str) -> None:
    dites = remarques(ole(flux), ".doc")
    assert len(dites) == bool(dit) and all(dit in r for r in dites)


def _feuille(nom: str, etat: int = 0, sorte: int = 0, large: bool = False) -> bytes:
    brut = nom.encode("utf-16-le" if large else "latin-1")
    corps = struct.pack("<IBBBB", 0, etat, sorte, len(nom), large) + brut
    return struct.pack("<HH", 0x85, len(corps)) + corps


@pytest.mark.parametrize(
    ("feuilles", "dit"),
    [
        ([_feuille("Feuil1")], ""),
        ([_feuille("Feuil1"), _feuille("Paie", 1)], "1 feuille masquée (« Paie »)"),
        (
            [_feuille("Élèves", 2, large=True), _feuille("été", 1)],
            "2 feuilles masquées (« Élèves » et « été »)",
        ),
        ([_feuille("Macro1", 0, 1)], "contient des macros"),
        ([_feuille("Module", 2, 6)], ""),
        ([b"\x85\0\3\0abc"], ""),
        ([struct.pack("<HH", 0x0A, 0), _feuille("Après", 1)], ""),
    ],
)
def test_what_an_old_workbook_hides(feuilles: list[bytes], dit: str) -> None:
    debut = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5)
    dites = remarques(ole({"Workbook": debut + b"".join(feuilles) + struct.pack("<HH", 0x0A, 0)}), ".xls")
    assert len(dites) == bool(dit) and all(dit in r for r in dites)


def _resume(pages: int, genre: int = 3) -> bytes:
    section = struct.pack("<IIII", 24, 1, 14, 16) + struct.pack("<Ii", genre, pages)
    return bytes(44) + struct.pack("<I", 48) + section


@pytest.mark.parametrize(
    ("octets", "extension", "pages"),
    [
        (docx(docProps__app="<Properties><Pages>12</Pages></Properties>"), ".docx", 12),
        (docx(), ".docx", None),
        (xlsx(classeur(B="visible", C="hidden")), ".xlsx", 2),
        (xlsx(Workbook()), ".xlsx", None),
        (ole({**_fib(), "\x05SummaryInformation": _resume(7)}), ".doc", 7),
        (ole({**_fib(), "\x05SummaryInformation": _resume(7, 30)}), ".doc", None),
        (ole({**_fib(), "\x05SummaryInformation": b"\xff" * 60}), ".doc", None),
        (ole(_fib()), ".doc", None),
        (b"rien", ".docx", None),
        (b"rien", ".doc", None),
    ],
)
def test_how_many_pages_a_file_says_to_have(octets: bytes, extension: str, pages: int | None) -> None:
    assert pages_annoncees(octets, extension) == pages


RENVOI = Renvoi("Pièce 13", "Grappe", "Porteur", "originaux/13/a.docx", f.JOUR)


@pytest.mark.parametrize(
    ("tirees", "annoncees", "dites"),
    [
        (f.pdf("x", 12), 12, ["Les pages sont tirées du fichier par LibreOffice"]),
        (f.pdf("x", 8), 10, ["Les pages sont tirées du fichier par LibreOffice"]),
        (f.pdf("x", 7), 10, ["LibreOffice n’a tiré que 7 pages de ce fichier, qui en compte 10"]),
        (f.pdf("x", 1), 10, ["LibreOffice n’a tiré qu’une page de ce fichier, qui en compte 10"]),
        (dessine(mot, vierge), 2, ["Les pages sont tirées", "La page 2 paraît blanche"]),
        (dessine(vierge, vierge), 2, ["LibreOffice n’a pas pu tirer les pages"]),
        (b"%PDF-1.7 rien", 2, ["LibreOffice n’a pas pu tirer les pages"]),
    ],
)
def test_pages_that_are_missing_are_told(
    tirees: bytes, annoncees: int, dites: list[str], tmp_path: Path
) -> None:
    octets = docx(docProps__app=f"<Properties><Pages>{annoncees}</Pages></Properties>")
    (tmp_path / "a.pdf").write_bytes(tirees)
    tirage = Tirage({hashlib.sha256(octets).hexdigest(): tmp_path / "a.pdf"}, "echec")
    lues = [
        r.replace("\u00a0", " ")
        for r in convertir("a.docx", ".docx", octets, RENVOI, tirage).remarques
        if "polices" not in r
    ]
    assert len(lues) == len(dites) and all(
        lue.startswith(dite) for lue, dite in zip(lues, dites, strict=True)
    )
    assert CONVERTI.replace("\u00a0", " ").startswith("Les pages sont tirées")


@pytest.mark.parametrize("raison", ["absent", "delai", "echec"])
def test_without_pages_the_reason_is_told(raison: str) -> None:
    converti = convertir("a.docx", ".docx", docx(), RENVOI, Tirage({}, raison))  # type: ignore[arg-type]
    assert converti.remarques == (SANS_PAGES[raison],) and converti.pages == 1


def test_the_absence_of_an_office_suite_is_told_when_the_file_is_attached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verifier_fichier("a.docx", docx(), f.EXTENSIONS).remarques == (SANS_PAGES["absent"],)
    programme = tmp_path / "soffice"
    programme.write_text("")
    monkeypatch.setenv("ESMS_DESKTOP_LIBREOFFICE", str(programme))
    assert verifier_fichier("a.docx", docx(), f.EXTENSIONS).remarques == ()
