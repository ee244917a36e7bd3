"""Word and Excel attachments, old and new: which they are, what closes them, what they bring along."""

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from esms_desktop.depot.fichiers import libreoffice
from esms_desktop.depot.fichiers.bureautique import controler_ole, controler_zip, nature_ole, nature_zip
from esms_desktop.depot.fichiers.conversion import Renvoi, convertible, convertir
from esms_desktop.depot.fichiers.fichiers import TAILLE_MAX, extension_de, nature, nom_sobre, verifier_fichier
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES, Tirage
from esms_desktop.depot.fichiers.modifiables import nom_du_jumeau
from esms_desktop.errors import ErreurPiece
from esms_desktop.model import Og
from tests.depot import fabrique as f
from tests.depot.fabrique_ole import ole
from tests.documents.dessin_lu import lire


def doc(drapeaux: int = 0, **autres: bytes) -> bytes:
    return ole({"WordDocument": bytes(10) + struct.pack("<H", drapeaux) + bytes(20)} | autres)


def enregistrement(genre: int, contenu: bytes) -> bytes:
    return struct.pack("<HH", genre, len(contenu)) + contenu


def xls(nom: str, *suite: bytes) -> bytes:
    return ole({nom: b"".join(suite)})


DEBUT = enregistrement(0x0809, bytes(16))
MOT_DE_PASSE = enregistrement(0x002F, bytes(4))


@pytest.mark.parametrize(
    ("octets", "nature_vue"),
    [
        (doc(), ".doc"),
        (xls("Workbook", DEBUT), ".xls"),
        (xls("Book", DEBUT), ".xls"),
        (ole({"EncryptedPackage": b"x", "WordDocument": b"x"}), "chiffre"),
        (ole({"Autre": b"x"}), ""),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ""),
        (bytes.fromhex("d0cf11e0a1b11ae1"), ""),
    ],
)
def test_ce_qu_est_un_fichier_ole(octets: bytes, nature_vue: str) -> None:
    assert nature_ole(octets) == nature_vue
    assert nature(octets) == (nature_vue or "application/x-ole-storage")


@pytest.mark.parametrize(
    ("octets", "extension", "dit"),
    [
        (doc(), ".doc", None),
        (doc(0x0100), ".doc", "mot de passe"),
        (doc(0xFEFF), ".doc", None),
        (xls("Workbook", DEBUT), ".xls", None),
        (xls("Workbook", DEBUT, MOT_DE_PASSE), ".xls", "mot de passe"),
        (xls("Book", DEBUT, MOT_DE_PASSE), ".xls", "mot de passe"),
        (xls("Workbook", *[enregistrement(1, b"")] * 11, MOT_DE_PASSE), ".xls", "mot de passe"),
        (xls("Workbook", *[enregistrement(1, b"")] * 12, MOT_DE_PASSE), ".xls", None),
        (xls("Workbook", enregistrement(1, bytes(4096 - 7)), MOT_DE_PASSE), ".xls", None),
        (xls("Workbook", enregistrement(1, bytes(4096 - 8)), MOT_DE_PASSE), ".xls", "mot de passe"),
        (xls("Workbook", DEBUT), ".doc", "endommagé"),
        (doc(), ".xls", "endommagé"),
    ],
)
def test_ce_qui_ferme_un_ancien_fichier(octets: bytes, extension: str, dit: str | None) -> None:
    if dit is None:
        assert controler_ole("x", octets, extension) == ()
    else:
        with pytest.raises(ErreurPiece, match=dit) as erreur:
            controler_ole("x", octets, extension)
        assert ("Word" if extension == ".doc" else "Excel") in erreur.value.remede


@pytest.mark.parametrize("nom", ["Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT"])
def test_des_macros_se_disent(nom: str) -> None:
    (remarque,) = controler_ole("x", doc(**{nom: b"x"}), ".doc")
    assert "macros" in remarque


def archive(parties: dict[str, bytes], **champs: int) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nom, octets in parties.items():
            # A date of its own: the bytes name a case, the same in each process.
            zip_.writestr(zipfile.ZipInfo(nom), octets, zipfile.ZIP_DEFLATED)
        for info in zip_.infolist():
            for cle, valeur in champs.items():
                setattr(info, cle, valeur)
    return sortie.getvalue()


TYPES = "[Content_Types].xml"
WORD, EXCEL = b"x.wordprocessingml.document.main+xml", b"x.spreadsheetml.sheet.main+xml"


@pytest.mark.parametrize(
    ("octets", "vue"),
    [
        (archive({TYPES: WORD}), ".docx"),
        (archive({TYPES: EXCEL}), ".xlsx"),
        (archive({TYPES: b"application/vnd.ms-word.document.macroEnabled.main+xml"}), "macros"),
        (archive({TYPES: b"autre"}), ""),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odf"),
        (archive({"mimetype": b"autre", TYPES: WORD}), ".docx"),
        (archive({"a": WORD}), ""),
        (archive({TYPES: b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"}), "xlsb"),
        (archive({TYPES: b"x.presentationml.presentation.main+xml"}), "diaporama"),
        (archive({TYPES: b"x.wordprocessingml.template.main+xml"}), "modele"),
        (b"PK\x03\x04 rien", "abime"),
    ],
)
def test_ce_qu_est_une_archive(octets: bytes, vue: str) -> None:
    assert nature_zip(octets) == vue
    assert nature(octets) == (vue or "application/zip")


def test_ce_qui_ferme_un_fichier_recent() -> None:
    assert controler_zip("x", archive({TYPES: WORD}), ".docx") == ()
    (remarque,) = controler_zip("x", archive({TYPES: WORD, "_xmlsignatures/a.xml": b""}), ".docx")
    assert "signé électroniquement" in remarque
    with pytest.raises(ErreurPiece, match="mot de passe"):
        controler_zip("x", archive({TYPES: WORD}, flag_bits=1), ".docx")
    with pytest.raises(ErreurPiece, match=r"occuperait 513\sMo une fois déplié"):
        controler_zip("x", archive({TYPES: WORD}, file_size=513 * 2**20), ".docx")
    entiere = archive({TYPES: WORD * 50, "a": b"abc" * 999})
    with pytest.raises(ErreurPiece, match="Excel ne pourrait pas"):
        controler_zip("x", entiere[:-20], ".xlsx")
    abimee = bytearray(entiere)
    abimee[70] ^= 0xFF
    with pytest.raises(ErreurPiece, match="endommagé"):
        controler_zip("x", bytes(abimee), ".docx")


@pytest.mark.parametrize(
    ("octets", "vue"),
    [
        (b"x" * 1019 + b"%PDF-", ".pdf"),
        (b"x" * 1020 + b"%PDF-", "texte"),
        (b"{\\rtf1", "rtf"),
        (b"  <!DOCTYPE html>", "html"),
        (b"\n<HTML>", "html"),
        (b"bonjour", "texte"),
        (b"bon\0jour", ""),
        (b"GIF89a" + bytes(20), ".gif"),
        (b"\xff\xd8\xff\xe0" + bytes(20), ".jpg"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), ".png"),
        (b"BM" + bytes(20), ".bmp"),
        (b"II*\0" + bytes(20), ".tif"),
        (b"MM\0*" + bytes(20), ".tif"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(20), "image/x-canon-cr2"),
        (b"RIFF\0\0\0\0WEBPVP8L" + bytes(20), ".webp"),
        (b"\0\0\0\x18ftypheic" + bytes(20), ".heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", ".heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "avif"),
        (b"\0\0\0\x18ftypisom" + bytes(20), "video/mp4"),
        (b"<?xml version='1.0'?><Workbook>", "xml"),
        (b"<meta charset=utf-8><table><tr>", "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "mht"),
    ],
)
def test_ce_que_dit_le_contenu(octets: bytes, vue: str) -> None:
    assert nature(octets) == vue


@pytest.mark.parametrize(
    ("nom", "octets", "message", "remede"),
    [
        ("a", b"x", "« a » n’a pas d’extension.", "Le téléservice n’admet que : .pdf, .jpg, .docx."),
        (
            "a.jpeg",
            b"x",
            "« a.jpeg » dit être une image JPEG, mais c’est du texte simple.",
            "Enregistrez-le dans le format de son extension, puis joignez-le.",
        ),
        ("a.xyz", b"x", "« a.xyz » : l’extension .xyz n’est pas admise", "Exportez le document en PDF."),
        ("a.pdf", b"", "« a.pdf » est vide (0 octet).", "Vérifiez"),
        (
            "a.pdf",
            b"bonjour",
            "« a.pdf » dit être un PDF, mais c’est du texte simple.",
            "Enregistrez-le dans le format de son extension, puis joignez-le.",
        ),
        (
            "a.pdf",
            b"GIF89a" + bytes(20),
            "« a.pdf » : l’extension .gif n’est pas admise par le téléservice (.pdf, .jpg, .docx).",
            "Exportez le document en PDF.",
        ),
        (
            "a.docm",
            archive({TYPES: b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "« a.docm » : l’extension .docm n’est pas admise",
            "Enregistrez-le sans macros (dans Word,",
        ),
        (
            "a.docx",
            archive({TYPES: b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "« a.docx » dit être un document Word, mais c’est un document Office à macros.",
            "Enregistrez-le sans macros (dans Word,",
        ),
        (
            "a.docx",
            b"<html>",
            "« a.docx » dit être un document Word, mais c’est une page web.",
            "Ouvrez-le dans Word",
        ),
        (
            "a.docx",
            archive({"a": b"x"}),
            "« a.docx » dit être un document Word, mais c’est une archive ZIP.",
            "Joignez un à un",
        ),
        (
            "a.docx",
            archive({"a": b"x"})[:-9],
            "« a.docx » n’est pas un document Word lisible",
            "Ouvrez l’original",
        ),
        (
            "a.docx",
            ole({"EncryptedPackage": b"x"}),
            "« a.docx » demande un mot de passe",
            "Enlevez le mot de passe",
        ),
        (
            "a.pdf",
            ole({"EncryptedPackage": b"x"}),
            "« a.pdf » dit être un PDF, mais c’est un document Office protégé",
            "Enregistrez-le",
        ),
        ("a.pdf", b"\0\1", "« a.pdf » n’est pas un PDF lisible", "Ouvrez l’original"),
    ],
)
def test_ce_qui_est_refuse_dit_pourquoi_et_quoi_faire(
    nom: str, octets: bytes, message: str, remede: str
) -> None:
    with pytest.raises(ErreurPiece) as dit:
        verifier_fichier(nom, octets, ["pdf", ".JPG", "docx"])
    assert dit.value.message.replace("\u00a0", " ").startswith(message)
    assert dit.value.remede.replace("\u00a0", " ").startswith(remede)


@pytest.mark.parametrize(("octets", "passe"), [(TAILLE_MAX, False), (TAILLE_MAX + 1, True)])
def test_un_fichier_pese_deux_cents_mebioctets_au_plus(octets: int, passe: bool) -> None:
    assert TAILLE_MAX == 209_715_200

    class Lourd(bytes):
        def __len__(self) -> int:
            return octets

    with pytest.raises(ErreurPiece) as dit:
        verifier_fichier("a.pdf", Lourd(b"bonjour"), [".pdf"])
    assert ("pèse 200" in dit.value.message) is passe


@pytest.mark.parametrize(
    ("nom", "sobre"),
    [
        ("C:\\dossier\\a.PDF", "a.pdf"),
        ("/x/é\u0301 b.Pdf", "é\u0301 b.pdf"),
        ("con.pdf", "con_.pdf"),
        ("COM1.pdf", "COM1_.pdf"),
        ("com10.pdf", "com10.pdf"),
        ('a<>:"|?*b.pdf', "ab.pdf"),
        ("a\x00\u2028b.pdf", "ab.pdf"),
        (" . .pdf", "fichier.pdf"),
        ('".gif', "fichier.gif"),
        ("...", "fichier"),
        ("", "fichier"),
        (" .. x .pdf", "x.pdf"),
        ("a" * 200 + ".pdf", "a" * 116 + ".pdf"),
        ("a" * 200, "a" * 120),
        ("a." + "b" * 30, "a." + "b" * 11),
        ("a \n b.pdf", "a b.pdf"),
    ],
)
def test_un_nom_sobre(nom: str, sobre: str) -> None:
    assert nom_sobre(nom) == sobre
    assert extension_de("a.b.PDF") == ".pdf" and extension_de("a") == ""


def test_la_page_qui_tient_la_place_d_un_fichier() -> None:
    renvoi = Renvoi("Pièce 9 – RIB", "Grappe", "Porteur", "originaux/09/rib.docx", f.JOUR)
    fait = convertir("rib.docx", ".docx", b"x", renvoi)
    assert (fait.pages, fait.remarques, fait.intact, fait.signets) == (
        1,
        (SANS_PAGES["absent"],),
        False,
        (),
    )
    mots = " ".join(x for x in lire(fait.octets) if x.startswith("«"))
    for mot in ("Fichier joint", "Pièce 9", "Grappe", "rib.docx", "originaux/09/rib.docx", "Word"):
        assert mot in mots
    assert sorted(convertible()) == [".doc", ".docx", ".xls", ".xlsx"]
    for extension in (".odt", ""):
        with pytest.raises(ErreurPiece, match=extension or "absente"):
            convertir("x", extension, b"x", renvoi)


def test_un_resultat_de_libreoffice_qui_n_est_pas_un_pdf_ne_sert_pas(tmp_path) -> None:  # type: ignore[no-untyped-def]
    renvoi = Renvoi("Pièce 9", "Grappe", "Porteur", "originaux/09/a.doc", f.JOUR)
    faux, vrai = tmp_path / "faux.pdf", tmp_path / "vrai.pdf"
    faux.write_bytes(b"rien")
    vrai.write_bytes(f.pdf("texte", 2))

    def tirage(chemin: Path) -> Tirage:
        return Tirage({hashlib.sha256(b"x").hexdigest(): chemin}, "echec")

    assert convertir("a.doc", ".doc", b"x", renvoi, tirage(faux)).remarques == (SANS_PAGES["echec"],)
    tire = convertir("a.doc", ".doc", b"x", renvoi, tirage(vrai))
    assert (tire.pages, tire.intact, [s.titre for s in tire.signets]) == (
        2,
        False,
        ["Partie 1", "Partie 2"],
    )
    assert "tirées du fichier par LibreOffice" in tire.remarques[0]
    assert (
        b"ReportLab" not in tire.octets
        and tire.octets == convertir("a.doc", ".doc", b"x", renvoi, tirage(vrai)).octets
    )


@pytest.mark.parametrize(
    ("code", "numero", "og", "nom"),
    [
        ("convention", 3, None, "03-convention"),
        ("lettre", 4, Og(nom="Été & Cie", sigle="ÉTÉ d’or"), "04-lettres-engagement-ete-d-or"),
        ("lettre", 4, Og(nom="…", sigle=""), "04-lettres-engagement-organisme"),
        ("fiche-recevabilite", 0, None, "fiche-recevabilite"),
        ("lettre", 4, Og(nom="a" * 90, sigle=""), "04-lettres-engagement-" + "a" * 58),
    ],
)
def test_le_nom_d_un_jumeau(code: str, numero: int, og: Og | None, nom: str) -> None:
    assert nom_du_jumeau(code, numero, og) == nom


def test_ou_libreoffice_se_trouve(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    ici = tmp_path / "soffice"
    ici.write_text("#!/bin/sh\n")
    ici.chmod(0o755)
    monkeypatch.setenv(libreoffice.VARIABLE, f" {ici} ")
    assert libreoffice.trouver() == ici
    monkeypatch.setenv(libreoffice.VARIABLE, str(tmp_path))
    assert libreoffice.trouver() is None
    monkeypatch.setenv(libreoffice.VARIABLE, "aucun")
    assert libreoffice.trouver() is None
    monkeypatch.setenv(libreoffice.VARIABLE, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.trouver() == ici
    ici.rename(tmp_path / "libreoffice")
    assert libreoffice.trouver() == tmp_path / "libreoffice"
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_EMPLACEMENTS", ("/absent", str(tmp_path / "libreoffice")))
    assert libreoffice.trouver() == tmp_path / "libreoffice"
    monkeypatch.setattr(libreoffice, "_EMPLACEMENTS", ("/absent",))
    assert libreoffice.trouver() is None
