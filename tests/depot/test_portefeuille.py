"""Portfolios and dynamic forms: the files of the first take their place, the second say how to have their pages."""

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream

from esms_desktop.depot.fichiers import portefeuille
from esms_desktop.depot.fichiers.conversion import convertir
from esms_desktop.depot.fichiers.fichiers import ErreurMotDePasse, verifier_fichier
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES
from esms_desktop.depot.publication import deposer
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique as f
from tests.depot.difficiles import formulaire, image, modifie
from tests.depot.test_fichiers import DOCX, RENVOI
from tests.depot.test_libreoffice import mots

NOTE = "For the best experience, open this PDF portfolio in Acrobat X or Adobe Reader X, or later."
ATTENTE = (
    "Please wait... If this message is not eventually replaced by the proper contents of the document, your PDF viewer "
    "may not be able to display this type of document."
)


def portefeuille_de(fichiers: dict[str, bytes], couverture: str = NOTE, **options: object) -> bytes:
    """A portfolio of these files, behind a page that says `couverture`."""

    def remplir(pdf: Pdf) -> None:
        for nom, octets in fichiers.items():
            pdf.attachments[nom] = AttachedFileSpec(pdf, octets, filename=nom)
        pdf.Root[Name.Collection] = Dictionary(Type=Name.Collection, View=Name.T)

    return modifie(f.pdf(couverture, taille=(1200, 842)), remplir, **options)


STATUTS, RECEPISSE = f.pdf("Statuts", 2), f.pdf("Récépissé")
DEUX = {"statuts.pdf": STATUTS, "recepisse.pdf": RECEPISSE}


def _texte(octets: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(octets) as pdf:
        return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.parametrize(
    ("couverture", "options", "pages"),
    [
        (NOTE, {}, 3),
        (NOTE, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}, 3),
        (NOTE, {"encryption": pikepdf.Encryption(owner="x", user="", R=6)}, 3),
        ("Pour une expérience optimale, ouvrez ce portefeuille PDF dans Acrobat X.", {}, 3),
        ("Bordereau d’envoi de l’association", {}, 4),
    ],
)
def test_the_files_of_a_portfolio_take_its_place(
    couverture: str, options: dict[str, object], pages: int
) -> None:
    octets = portefeuille_de(DEUX, couverture, **options)
    verifie = verifier_fichier("envoi.pdf", octets, f.EXTENSIONS)
    assert verifie.pages == pages and verifie.copie is None
    dite = verifie.remarques[0].replace("\u00a0", " ")
    assert dite.startswith(
        "Le portefeuille PDF est déplié : les 2 fichiers qu’il contient (« recepisse.pdf » et « statuts.pdf »)"
    )
    assert not any("ne montrent pas" in r for r in verifie.remarques)
    converti = convertir("envoi.pdf", ".pdf", octets, RENVOI)
    assert (converti.pages, converti.intact) == (pages, False)
    tetes = [s.titre for s in converti.signets if s.niveau == 1]
    assert tetes == [*(["envoi"] if pages == 4 else []), "recepisse", "statuts"]
    lu = _texte(converti.octets)
    assert all(mot in lu for mot in ("Statuts 1", "Statuts 2", "Récépissé 1"))
    assert ("Acrobat" in lu) is False and (couverture.split()[0] in lu) is (pages == 4)


def test_what_a_portfolio_holds_is_in_the_filing_and_the_portfolio_in_the_archive(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    octets = portefeuille_de({"photo.jpg": image("JPEG"), "statuts.pdf": STATUTS, "note.docx": DOCX})
    f.joindre(projet, contenus, 13, "envoi.pdf", octets)
    depot = deposer(projet, f.campagne(), f.JOUR, tmp_path / "sortie", contenus.__getitem__)
    (piece,) = (p for p in depot.pieces if p.numero == 13)
    assert piece.pages == 4 and any("déplié" in r for r in piece.remarques)
    assert any(SANS_PAGES["absent"] in r and "note.docx" in r for r in piece.remarques)
    lu = mots(depot)
    assert "Statuts 2" in lu and "note.docx" in lu and "originaux/13/envoi.pdf" in lu
    with zipfile.ZipFile(depot.zip) as archive:
        assert archive.read("originaux/13/envoi.pdf") == octets


def _bombe(pdf: Pdf) -> None:
    serre = zlib.compressobj(9)
    brut = b"".join(serre.compress(bytes(2**20)) for _ in range(201)) + serre.flush()
    flux = pdf.Root.Names.EmbeddedFiles.Names[1].EF.F
    flux.write(brut, filter=Name.FlateDecode)


def _illisible(pdf: Pdf) -> None:
    pdf.Root.Names.EmbeddedFiles.Names[1].EF.F.write(b"x", filter=Name.JBIG2Decode)


@pytest.mark.parametrize(
    ("fichiers", "geste", "raison"),
    [
        ({"virus.exe": b"MZ" + bytes(60)}, None, "« virus.exe » : l’extension .exe n’est pas admise"),
        ({"vide.pdf": b""}, None, "« vide.pdf » est vide"),
        ({"autre.pdf": portefeuille_de(DEUX)}, None, "« autre.pdf » est un autre portefeuille PDF"),
        (
            {
                "clos.pdf": modifie(
                    STATUTS, lambda _: None, encryption=pikepdf.Encryption(owner="x", user="y")
                )
            },
            None,
            "« clos.pdf » demande un mot de passe",
        ),
        ({f"{i:03d}.pdf": b"%PDF-" for i in range(101)}, None, "compte plus de 100 fichiers"),
        (DEUX, _bombe, "qui n’a pas pu en être tiré"),
        (DEUX, _illisible, "qui n’a pas pu en être tiré"),
    ],
    ids=["programme", "vide", "emboite", "clos", "nombreux", "bombe", "illisible"],
)
def test_a_portfolio_that_cannot_be_unpacked_whole_is_refused(
    fichiers: dict[str, bytes], geste: Callable[[Pdf], None] | None, raison: str
) -> None:
    octets = portefeuille_de(fichiers)
    octets = modifie(octets, geste) if geste else octets
    with pytest.raises(ErreurPiece) as dit:
        verifier_fichier("envoi.pdf", octets, f.EXTENSIONS)
    assert raison in dit.value.message.replace("\u00a0", " ") and not isinstance(dit.value, ErreurMotDePasse)
    assert "enregistrez-en les fichiers" in dit.value.remede


@pytest.mark.parametrize(
    ("noms", "dit"),
    [
        (("a.docx",), "porte un fichier que ses pages ne montrent pas (« a.docx »)"),
        (("a.docx", "b.txt"), "porte 2 fichiers que ses pages ne montrent pas (« a.docx » et « b.txt »)"),
        (
            tuple("abcde"),
            "porte 5 fichiers que ses pages ne montrent pas (« a », « b », « c », « d » et 1 autre)",
        ),
    ],
)
def test_the_files_that_pages_do_not_show_are_named(noms: tuple[str, ...], dit: str) -> None:
    def attacher(pdf: Pdf) -> None:
        for nom in noms:
            pdf.attachments[nom] = AttachedFileSpec(pdf, b"x", filename=f"C:\\dossier\\{nom}")

    octets = modifie(STATUTS, attacher)
    verifie = verifier_fichier("a.pdf", octets, f.EXTENSIONS)
    assert dit in verifie.remarques[0].replace("\u00a0", " ") and verifie.pages == 2
    with Pdf.open(io.BytesIO(convertir("a.pdf", ".pdf", octets, RENVOI).octets)) as pdf:
        assert list(pdf.attachments) == []


def test_a_name_inside_a_portfolio_is_read_without_path_or_tricks() -> None:
    lus = [
        portefeuille.nom_de(Dictionary(**{cle: pikepdf.String(nom)}))
        for cle, nom in (
            ("UF", "../../etc/passwd"),
            ("F", "C:\\x\\a\u202eb\n.pdf"),
            ("F", " / "),
            ("Autre", "x"),
        )
    ]
    assert lus == ["passwd", "a b .pdf", "sans nom", "sans nom"]


def _xfa(paquet: bytes = b"<xdp/>", exige: bool = False, sans_champ: bool = False) -> bytes:
    def poser(pdf: Pdf) -> None:
        pdf.Root.AcroForm[Name.XFA] = Array(["template", Stream(pdf, paquet)])
        if exige:
            pdf.Root[Name.NeedsRendering] = True
        if sans_champ:
            pdf.Root.AcroForm[Name.Fields] = Array([])
            del pdf.pages[0].obj[Name.Annots]

    return modifie(formulaire("nom"), poser)


@pytest.mark.parametrize(
    ("octets", "refuse"),
    [
        (_xfa(exige=True), True),
        (_xfa(sans_champ=True), True),
        (_xfa(b"<config><dynamicRender>required</dynamicRender></config>"), True),
        (_xfa(b"<config><dynamicRender>forbidden</dynamicRender></config>"), False),
        (_xfa(), False),
        # Printed by a program that could not show it either.
        (f.pdf(ATTENTE, taille=(1400, 842)), True),
        (f.pdf("Veuillez patienter… ce message sera remplacé par le contenu", taille=(1400, 842)), True),
        (f.pdf("Please wait for our answer"), False),
        (f.pdf(ATTENTE, 2, taille=(1400, 842)), False),
    ],
)
def test_a_dynamic_form_says_how_to_have_its_pages(octets: bytes, refuse: bool) -> None:
    if not refuse:
        assert verifier_fichier("a.pdf", octets, f.EXTENSIONS).pages
        return
    with pytest.raises(ErreurPiece, match="formulaire dynamique") as dit:
        verifier_fichier("a.pdf", octets, f.EXTENSIONS)
    assert "Adobe Acrobat Reader" in dit.value.remede


def test_the_notice_of_a_portfolio_printed_alone_is_refused() -> None:
    with pytest.raises(ErreurPiece, match="n’y sont pas"):
        verifier_fichier("a.pdf", f.pdf(NOTE, taille=(1200, 842)), f.EXTENSIONS)
