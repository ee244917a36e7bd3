"""Hostile variants of attachments of every kind: cut, flipped, spliced, renamed, stretched; the same for the same seed."""

import random
from collections.abc import Iterator
from functools import cache

from PIL import Image

from tests.depot import fabrique as f
from tests.depot.difficiles import formulaire, image, office, signe
from tests.depot.fabrique_images import HEIC_DEUX_VUES, HEIC_TOURNEE, exif, moities, octets
from tests.depot.fabrique_ole import doc, ooxml_chiffre, xls
from tests.depot.test_bureautique_contenu import NOTE, SUIVI, classeur, docx, xlsx
from tests.depot.test_portefeuille import DEUX, portefeuille_de

_NOMS = (
    ".pdf",
    ".jpg",
    ".jpeg",
    ".heic",
    ".tif",
    ".webp",
    ".docx",
    ".doc",
    ".xls",
    ".xlsx",
    ".png",
    ".bmp",
    "",
)


@cache
def souches() -> tuple[tuple[str, bytes], ...]:
    """Sound files to start from, one of each kind."""
    bruit = Image.effect_noise((90, 60), 90)
    return (
        ("a.pdf", f.pdf("x", 3, rotation=90)),
        ("piege.pdf", f.pdf_piege()),
        ("signe.pdf", signe()),
        ("formulaire.pdf", formulaire("nom", "ville")),
        ("envoi.pdf", portefeuille_de(DEUX)),
        ("a.jpg", octets(bruit, "JPEG", exif=exif(6, True))),
        ("progressif.jpg", octets(moities(), "JPEG", progressive=True, exif=exif(5))),
        ("a.png", octets(moities(mode="RGBA"), "PNG", exif=exif(8, True))),
        ("a.gif", image("GIF", (90, 60))),
        ("a.webp", octets(bruit, "WEBP", exif=exif(3, True))),
        ("sans-perte.webp", octets(moities(mode="RGBA"), "WEBP", lossless=True)),
        ("a.bmp", octets(bruit, "BMP")),
        ("a.tif", octets(moities(), "TIFF", exif=exif(6, True))),
        (
            "fax.tif",
            octets(moities(mode="1"), "TIFF", save_all=True, append_images=[bruit]),
        ),
        ("a.heic", HEIC_TOURNEE),
        ("deux.heic", HEIC_DEUX_VUES),
        ("a.docx", docx(SUIVI, word__comments=NOTE)),
        ("a.xlsx", xlsx(classeur(Paie="hidden"))),
        ("vide.docx", office("word/document.xml", "vnd.ms-word.document.macroEnabled.main+xml")),
        ("a.doc", doc(Macros={"VBA": {"dir": b"x"}})),
        ("a.xls", xls()),
        ("clos.docx", ooxml_chiffre()),
    )


def variantes(graine: int, nombre: int) -> Iterator[tuple[str, bytes]]:
    """So many hostile files: a name, which may lie, and the bytes."""
    hasard = random.Random(graine)
    for rang in range(nombre):
        nom, brut = souches()[rang % len(souches())]
        for _ in range(hasard.randint(1, 3)):
            brut = _GESTES[hasard.randrange(len(_GESTES))](brut, hasard)
        if hasard.random() < 0.25:
            nom = nom.rpartition(".")[0] + hasard.choice(_NOMS)
        yield nom, brut


def _couper(brut: bytes, hasard: random.Random) -> bytes:
    return brut[: hasard.randrange(len(brut) + 1)]


def _retourner(brut: bytes, hasard: random.Random) -> bytes:
    octets_ = bytearray(brut)
    for _ in range(hasard.randint(1, 12)):
        if octets_:
            octets_[hasard.randrange(len(octets_))] ^= 1 << hasard.randrange(8)
    return bytes(octets_)


def _etirer(brut: bytes, hasard: random.Random) -> bytes:
    """Four bytes that may be a size say the largest one."""
    if len(brut) < 8:
        return brut
    place = hasard.randrange(len(brut) - 4)
    return brut[:place] + hasard.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0" * 4)) + brut[place + 4 :]


def _trouer(brut: bytes, hasard: random.Random) -> bytes:
    debut = hasard.randrange(len(brut) + 1)
    return brut[:debut] + brut[debut + hasard.randint(1, 400) :]


def _greffer(brut: bytes, hasard: random.Random) -> bytes:
    """A piece of another kind of file in the middle."""
    _, autre = hasard.choice(souches())
    place, debut = hasard.randrange(len(brut) + 1), hasard.randrange(len(autre))
    return brut[:place] + autre[debut : debut + 600] + brut[place:]


def _prolonger(brut: bytes, hasard: random.Random) -> bytes:
    return brut + hasard.choice(souches())[1]


_GESTES = (_couper, _retourner, _retourner, _etirer, _trouer, _greffer, _prolonger)
