"""Awkward files made here, one of each kind met in real dossiers; the real ones too where they lie beside the project."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import img2pdf
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, TiffImagePlugin
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import DONNEES
from tests.depot import fabrique as f
from tests.depot.fabrique_images import HEIC_TOURNEE
from tests.depot.fabrique_ole import doc, ooxml_chiffre, xls


class Difficile(NamedTuple):
    """A file. `refus`: a word of the sentence that refuses it, empty when it is attached; `remarque`: of a remark it gets."""

    nom: str
    octets: Callable[[], bytes]
    refus: str = ""
    remarque: str = ""


def image(genre: str, taille: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    sortie = io.BytesIO()
    Image.new(mode, taille, 1 if mode == "1" else "teal" if mode == "RGB" else 0).save(
        sortie, genre, **options
    )
    return sortie.getvalue()


def office(partie: str, type_: str, *autres: str) -> bytes:
    """The least of a .docx or .xlsx, with other parts when named."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="application/{type_}"/></Types>'
        )
        for nom in (partie, *autres):
            archive.writestr(nom, "<x/>")
    return sortie.getvalue()


_WORD = ("word/document.xml", "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
_EXCEL = ("xl/workbook.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")


def _bombe() -> bytes:
    """44 bytes that say to be a picture of 65,535 by 65,535 points."""
    cote = struct.pack("<HH", 65535, 65535)
    return b"GIF89a" + cote + b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0" + cote + b"\0\x02\x02D\x01\0;"


def _couchee() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return image("JPEG", (128, 64), exif=exif)


def _fax() -> bytes:
    """A multipage fax."""
    sortie = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(sortie, True) as tiff:
        for _ in range(2):
            Image.new("1", (200, 300), 1).save(tiff, "TIFF", compression="group4")
            tiff.newFrame()
    return sortie.getvalue()


def formulaire(*noms: str) -> bytes:
    """A form of text fields, in a font the file does not hold."""
    tampon = io.BytesIO()
    toile = Canvas(tampon, invariant=1)
    for rang, nom in enumerate(noms):
        toile.acroForm.textfield(name=nom, x=50, y=700 - 40 * rang, value=f"réponse {rang}")
    toile.showPage()
    toile.save()
    return tampon.getvalue()


def modifie(octets: bytes, geste: Callable[[Pdf], object], **options: object) -> bytes:
    """A PDF after a gesture on its objects."""
    with Pdf.open(io.BytesIO(octets)) as document:
        geste(document)
        return f.enregistrer(document, **options)


def signe() -> bytes:
    """A PDF that says to be signed; what the signature is worth is not looked at."""

    def signer(document: Pdf) -> None:
        page = document.pages[0].obj
        champ = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T="Signature",
            Rect=Array([0, 0, 0, 0]),
            V=Dictionary(
                Type=Name.Sig,
                Filter=Name("/Adobe.PPKLite"),
                SubFilter=Name("/adbe.pkcs7.detached"),
                ByteRange=Array([0, 10, 20, 10]),
                Contents=b"\0" * 32,
            ),
        )
        champ = document.make_indirect(champ)
        page[Name.Annots] = Array([champ])
        document.Root[Name.AcroForm] = Dictionary(Fields=Array([champ]), SigFlags=3)

    return modifie(f.pdf("Signé"), signer)


def _xfa(document: Pdf) -> None:
    document.Root.AcroForm[Name.XFA] = Stream(document, b"<xdp/>")
    document.Root.AcroForm.Fields[0][Name.AA] = Dictionary(K=Dictionary(S=Name.JavaScript, JS="x"))


def _tournee(document: Pdf) -> None:
    for page in document.pages:
        page.obj[Name.Rotate] = document.make_indirect(90)


def _en_boucle(document: Pdf) -> None:
    racine = document.Root.Pages
    racine.Kids.append(racine)


def _flux_abime() -> bytes:
    """A PDF whose page does not unpack to its end."""
    octets = modifie(f.pdf("x"), lambda pdf: pdf.pages[0].contents_coalesce())
    with Pdf.open(io.BytesIO(octets)) as document:
        brut = document.pages[0].Contents.read_raw_bytes()
    milieu = len(brut) // 2
    return octets.replace(brut, brut[:milieu] + b"\xff" * 16 + brut[milieu + 16 :])


def _sans_pages(document: Pdf) -> None:
    del document.pages[:]


def _date_fausse(document: Pdf) -> None:
    document.docinfo[Name.CreationDate] = "hier matin"


def _image_pdf(mode: str) -> bytes:
    return bytes(img2pdf.convert(image("JPEG" if mode == "CMYK" else "PNG", mode=mode)))


def _ferme(utilisateur: str) -> bytes:
    cle = pikepdf.Encryption(owner="maître", user=utilisateur, R=6)
    return modifie(f.pdf("Secret"), lambda _: None, encryption=cle)


DIFFICILES = (
    Difficile("abimee.png", lambda: image("PNG")[:60], "abîmée"),
    Difficile("bombe.gif", _bombe, "démesurée"),
    Difficile("fax.tiff", _fax, remarque="pages sont tirées en PDF"),
    Difficile("couchee.jpg", _couchee),
    Difficile("cmjn.jpg", lambda: image("JPEG", mode="CMYK")),
    Difficile("usages-interdits.pdf", lambda: _ferme(""), remarque="interdit des usages"),
    Difficile("mot-de-passe.pdf", lambda: _ferme("secret"), "mot de passe"),
    Difficile("table-fausse.pdf", lambda: f.pdf("x").replace(b"startxref\n", b"startxref\n9"), "", "abîmé"),
    Difficile("signe.pdf", signe, remarque="signé électroniquement"),
    Difficile("fax.pdf", lambda: _image_pdf("1")),
    Difficile("gris.pdf", lambda: _image_pdf("L")),
    Difficile("cmjn.pdf", lambda: _image_pdf("CMYK")),
    Difficile("xfa.pdf", lambda: modifie(formulaire("nom"), _xfa), remarque="XFA"),
    Difficile("formulaire.pdf", lambda: formulaire("nom", "ville"), remarque="polices"),
    Difficile("date-fausse.pdf", lambda: modifie(f.pdf("x"), _date_fausse)),
    Difficile("tournee.pdf", lambda: f.pdf("x", rotation=180)),
    Difficile("rotation-indirecte.pdf", lambda: modifie(f.pdf("x", 3), _tournee)),
    Difficile("piege.pdf", f.pdf_piege, remarque="scripts"),
    Difficile("sans-racine.pdf", lambda: b"%PDF-1.7\ntrailer << /Root << /Pages 1 >> >>\n", "endommagé"),
    Difficile("flux-abime.pdf", _flux_abime, "trop endommagé"),
    Difficile("sans-pages.pdf", lambda: modifie(f.pdf("x"), _sans_pages), "sans aucune page"),
    Difficile("pages-en-boucle.pdf", lambda: modifie(f.pdf("x"), _en_boucle), "trop endommagé"),
    Difficile("coupe.pdf", lambda: f.pdf("x", 3)[:2_000], "endommagé"),
    Difficile("ancien.doc", doc),
    Difficile("mot-de-passe.doc", lambda: doc(chiffre=True), "mot de passe"),
    Difficile("macros.xls", lambda: xls(_VBA_PROJECT_CUR={"dir": b"x"}), remarque="macros"),
    Difficile("mot-de-passe.xls", lambda: xls(chiffre=True), "mot de passe"),
    Difficile("mot-de-passe.xlsx", ooxml_chiffre, "mot de passe"),
    Difficile("lecture-seule.docx", lambda: office(*_WORD, "word/settings.xml")),
    Difficile("signe.docx", lambda: office(*_WORD, "_xmlsignatures/sig1.xml"), remarque="signé"),
    Difficile("structure-protegee.xlsx", lambda: office(*_EXCEL)),
    Difficile("telephone.heic", lambda: HEIC_TOURNEE, remarque="position GPS"),
    Difficile("nom-menteur.jpg", lambda: image("WEBP"), remarque="est en réalité une image WebP"),
    Difficile("scan.jfif", lambda: image("JPEG"), remarque="joint sous le nom"),
    Difficile(
        "export.xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "mais c’est une page web"
    ),
)

# What is refused among the real files, by a word of the sentence.
_REFUS_REELS = {
    "Pillow__broken.png": "abîmée",
    "Pillow__decompression_bomb.gif": "démesurée",
    "poi__PasswordProtected.doc": "mot de passe",
    "poi__password.xls": "mot de passe",
    "poi__protected_passtika.xlsx": "mot de passe",
    "pypdf__r6-user-password.pdf": "mot de passe",
    "qpdf__bad-direct-root.pdf": "n’est pas un PDF lisible",
    "qpdf__damaged-stream.pdf": "trop endommagé",
    "qpdf__empty.pdf": "sans aucune page",
    "qpdf__enc-XI-R6,V5,U=attachment,encrypted-attachments.pdf": "mot de passe",
    "qpdf__pages-loop.pdf": "trop endommagé",
    "sample-files__unreadablemetadata.pdf": "trop endommagé",
    "export-portail.xls": "mais c’est une page web",
    # Its first bytes are those of a photograph, the others are zeros.
    "photo.heic": "ne peut pas être lue",
    "xfa-dynamique.pdf": "formulaire dynamique (XFA)",
}
_REMARQUES_REELLES = {
    "pdf.js__signed_verified.pdf": "signé électroniquement",
    "poi__SimpleMacro.xls": "macros",
    "pdf.js__empty_protected.pdf": "paraît blanche",
    "portfolio.pdf": "Le portefeuille PDF est déplié",
    "rib.jpeg": "joint sous le nom",
    "rib-webp.jpg": "est en réalité une image WebP",
    "Pillow__g4-multi.tiff": "pages sont tirées en PDF",
}


def _reels(dossier: Path) -> tuple[Difficile, ...]:
    chemins = sorted(p for p in dossier.glob("*") if p.name != "MANIFEST.csv")
    return tuple(
        Difficile(p.name, p.read_bytes, _REFUS_REELS.get(p.name, ""), _REMARQUES_REELLES.get(p.name, ""))
        for p in chemins
    )


TOUS = DIFFICILES + _reels(DONNEES / "pieces-jointes") + _reels(DONNEES / "cas" / "pieces")


def nommes(*noms: str) -> list[Difficile]:
    """Those of these names that are here: ours always are."""
    trouves = [d for d in TOUS if d.nom in noms]
    assert any(d in DIFFICILES for d in trouves)
    return trouves
