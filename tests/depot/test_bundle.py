"""The filing itself: bound pages, links, bookmarks, numbers, fonts, manifest, archive."""

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from contextlib import closing
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, Pdf

from esms_desktop.depot.fichiers.fichiers import verifier_fichier
from esms_desktop.depot.fichiers.objets_pdf import champs
from esms_desktop.depot.manifeste import entrees
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.documents import catalogue
from esms_desktop.model import Dossier
from tests.depot import fabrique as f
from tests.depot.difficiles import TOUS


def ecrire(projet: Dossier, contenus: dict[str, bytes], sortie: Path) -> Depot:
    return deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__)


def textes(chemin: Path) -> list[str]:
    """The text of each page as another library reads it."""
    document = pypdfium2.PdfDocument(chemin)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def qpdf(chemin: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf absent")
    resultat = subprocess.run(["qpdf", "--check", str(chemin)], capture_output=True, text=True, check=False)
    assert resultat.returncode == 0, resultat.stdout + resultat.stderr


def liens(pdf: Pdf) -> list[int]:
    """Ranks, from 0, of the pages the links of the table of contents lead to."""
    rangs = {page.obj.objgen: rang for rang, page in enumerate(pdf.pages)}
    return [
        rangs[a[Name.A][Name.D][0].objgen]
        for page in list(pdf.pages)[1:2]
        for a in page.obj.get(Name.Annots, [])
    ]


def test_the_bundle_is_clean(depose: Depot) -> None:
    qpdf(depose.bundle)
    for piece in depose.pieces:
        qpdf(piece.chemin)


def test_all_fonts_are_embedded(depose: Depot) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("pdffonts absent")
    lignes = subprocess.run(
        ["pdffonts", str(depose.bundle)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert lignes
    assert all(ligne.split()[-5] == "yes" for ligne in lignes), lignes


def test_as_many_top_bookmarks_as_pieces_each_on_its_page(depose: Depot) -> None:
    document = pypdfium2.PdfDocument(depose.bundle)
    try:
        tetes = [
            (s.get_title(), s.get_dest().get_index() + 1)
            for s in document.get_toc(max_depth=1)
            if s.level == 0
        ]
        tous = list(document.get_toc())
    finally:
        document.close()
    assert tetes == [
        ("Couverture", 1),
        ("Sommaire", 2),
        ("Fiche de recevabilité", 3),
        *((f"{p.numero}. {p.titre}", p.premiere_page) for p in depose.pieces),
    ]
    assert len(tous) > len(tetes), "the headings of the pieces are nested below"


def test_every_link_lands_on_the_page_it_names(depose: Depot) -> None:
    pages = textes(depose.bundle)
    with Pdf.open(depose.bundle) as pdf:
        cibles = liens(pdf)
    assert cibles == [2, *(p.premiere_page - 1 for p in depose.pieces)]
    attendus = {
        0: "Fiche de recevabilité",
        1: "Note de présentation",
        2: "Pièce 2, page 1",
        3: "Convention signée, page 1",
        4: "Lettre AF1, page 1",
        5: "Pièce 5, page 1",
        6: "Plan de financement",
        7: "Pièce 7, page 1",
        8: "Pièce 8, page 1",
        9: "Pièce 9, page 1",
        10: "Autodiagnostic AF1, page 1",
    }
    for cible, numero in zip(cibles, [0, *(p.numero for p in depose.pieces)], strict=True):
        assert attendus[numero] in pages[cible].replace("\u00a0", " ")
    # The table of contents prints the very page numbers its links lead to.
    sommaire = pages[1].replace("\u00a0", " ")
    for piece in depose.pieces:
        assert f"p. {piece.premiere_page}" in sommaire and piece.titre in sommaire


def test_every_page_carries_its_number(depose: Depot) -> None:
    pages = textes(depose.bundle)
    assert len(pages) == depose.pages
    for numero, texte in enumerate(pages, 1):
        assert f"Dossier p. {numero} / {len(pages)}" in texte


def test_language_and_metadata(depose: Depot) -> None:
    with Pdf.open(depose.bundle) as pdf:
        assert str(pdf.Root[Name.Lang]) == "fr-FR"
        assert "Les Pins & l’Océan" in str(pdf.docinfo[Name.Title])
        assert str(pdf.docinfo[Name.CreationDate]) == "D:20230601000000Z"


def test_the_manifest_says_what_is_there(depose: Depot) -> None:
    manifeste = json.loads(depose.manifeste.read_text(encoding="utf-8"))
    assert (manifeste["complet"], manifeste["manquantes"], manifeste["date"]) == (True, [], "2023-06-01")
    assert [p["numero"] for p in manifeste["pieces"]] == list(range(1, 11))
    for entree in entrees(manifeste):
        octets = (depose.dossier / entree["fichier"]).read_bytes()
        assert (hashlib.sha256(octets).hexdigest(), len(octets)) == (entree["sha256"], entree["taille"])
        with Pdf.open(io.BytesIO(octets)) as pdf:
            assert len(pdf.pages) == entree["pages"]
    assert manifeste["pieces"][2]["fichier"] == "pieces/03-convention.pdf"
    assert manifeste["pieces"][2]["sources"][0]["joint_le"] == "2023-05-30T14:00:00"


def test_the_archive_holds_the_originals_byte_for_byte(depose: Depot) -> None:
    _, contenus = f.complet()
    with zipfile.ZipFile(depose.zip) as archive:
        assert archive.testzip() is None
        presents = {hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
        noms = archive.namelist()
    assert contenus.keys() <= presents
    assert {
        "dossier.pdf",
        "manifest.json",
        "pieces/03-convention.pdf",
        "originaux/10/autodiagnostic (2).pdf",
    } <= set(noms)


def test_same_dossier_same_bytes(tmp_path: Path, depose: Depot) -> None:
    second = ecrire(*f.complet(), tmp_path / "b")
    for chemin in ("dossier.pdf", "depot.zip", "manifest.json", "pieces/04-lettres-engagement.pdf"):
        assert (depose.dossier / chemin).read_bytes() == (second.dossier / chemin).read_bytes(), chemin


def test_an_incomplete_dossier_says_so_and_lists_what_is_missing(tmp_path: Path) -> None:
    projet = f.dossier()
    depot = ecrire(projet, {}, tmp_path / "sortie")
    etats = catalogue.pieces(projet, f.campagne(), f.JOUR)
    assert not depot.complet
    # Everything the application draws is there, models to sign included; what only a person has is missing.
    dessinees = {g.piece for g in catalogue.generes() if g.piece} - {
        e.numero for e in etats if e.obligation == "sans-objet"
    }
    assert {p.numero for p in depot.pieces} == dessinees >= {1, 3, 4, 6}
    attendues = [e.numero for e in etats if e.obligation == "obligatoire" and not e.satisfaite]
    assert {1, 2, 3, 4, 5, 6, 7, 8, 9} <= set(attendues)
    pages = [" ".join(t.split()) for t in textes(depot.bundle)]
    assert "DOSSIER INCOMPLET" in pages[0]
    for manquante in depot.manquantes:
        assert " ".join(manquante.split())[:30] in " ".join(pages[1:4])
    assert "Non signée" in pages[1]
    manifeste = json.loads(depot.manifeste.read_text(encoding="utf-8"))
    assert [m["numero"] for m in manifeste["manquantes"]] == attendues
    with Pdf.open(depot.bundle) as pdf:
        assert "(incomplet)" in str(pdf.docinfo[Name.Title])


def test_letters_are_signed_one_by_one(tmp_path: Path) -> None:
    projet, contenus = f.dossier(ogs=3), {}
    f.joindre(projet, contenus, 4, "lettre.pdf", f.pdf("Lettre signée, page"), og=2)
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    lettres = next(p for p in depot.pieces if p.numero == 4)
    texte = " ".join(textes(lettres.chemin))
    assert "Lettre signée, page 1" in texte
    assert "Association fictive n° 1" in texte.replace("\u00a0", " ") and "AF2" not in depot.manquantes[2]
    assert not depot.complet


def test_bookmarks_that_pages_bring_along_are_not_those_of_the_bundle(tmp_path: Path) -> None:
    """pikepdf 10.18 carries the bookmarks of each file with its pages, 10.17 does not: ours are alone either way."""
    projet, contenus = f.dossier(ogs=2), {}
    f.joindre(projet, contenus, 9, "rib 1.pdf", f.pdf("RIB", pages=2))
    f.joindre(projet, contenus, 9, "rib 2.pdf", f.pdf("Autre RIB"))
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    rib = next(p for p in depot.pieces if p.numero == 9)

    def arbre(chemin: Path) -> list[tuple[str, list[str]]]:
        with Pdf.open(chemin) as pdf:
            return [(i.title, [e.title for e in i.children]) for i in pdf.open_outline().root]

    assert arbre(rib.chemin) == [("RIB (1)", ["Partie 1", "Partie 2"]), ("RIB (2)", ["Partie 1"])]
    tetes = arbre(depot.bundle)
    assert [titre for titre, _ in tetes][3:] == [f"{p.numero}. {p.titre}" for p in depot.pieces if p.numero]
    assert dict(tetes)[f"9. {rib.titre}"] == ["RIB (1)", "RIB (2)"]


def test_the_number_reads_at_the_lower_right_whatever_the_page(tmp_path: Path) -> None:
    formes = list(
        product([(595.0, 842.0), (842.0, 595.0), (200.0, 200.0), (2000.0, 1400.0)], [0, 90, 180, 270])
    )
    with Pdf.new() as assemble:
        for taille, rotation in formes:
            with Pdf.open(io.BytesIO(f.pdf("RIB", 1, taille, rotation))) as pdf:
                assemble.add_pages_from(pdf)
        octets = f.enregistrer(assemble)
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 9, "rib.pdf", octets)
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    premiere = next(p.premiere_page for p in depot.pieces if p.numero == 9)
    for rang, forme in enumerate(formes):
        with closing(pypdfium2.PdfDocument(depot.bundle)) as document:
            image = document[premiere - 1 + rang].render(scale=1700 / max(forme[0])).to_pil().convert("L")
        large, haut = image.size
        coin = image.crop((int(large * 0.55), int(haut * 0.9), large, haut))
        assert coin.getextrema()[0] < 160, f"the number is drawn in that corner of {forme}"
        reste = image.crop((int(large * 0.55), int(haut * 0.6), large, int(haut * 0.9)))
        assert reste.getextrema()[0] > 240, forme


def test_a_page_that_leaves_its_drawing_open_does_not_bend_the_number(tmp_path: Path) -> None:
    with Pdf.open(io.BytesIO(f.pdf("RIB"))) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream(b"q 0.1 0 0 0.1 300 300 cm q 1 0 0 1 0 0 cm BT"))
        octets = f.enregistrer(pdf)
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 9, "rib.pdf", octets)
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    numero = next(p.premiere_page for p in depot.pieces if p.numero == 9)
    document = pypdfium2.PdfDocument(depot.bundle)
    try:
        page = document[numero - 1].get_textpage()
        texte = page.get_text_bounded(left=400, right=560, bottom=5, top=40)
    finally:
        document.close()
    assert f"Dossier p. {numero} /" in texte


def test_all_the_awkward_files_at_once(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    originaux = set()
    for difficile in TOUS:
        if difficile.refus:
            continue
        octets = difficile.octets()
        verifie = verifier_fichier(difficile.nom, octets, f.EXTENSIONS)
        f.joindre(projet, contenus, 13, verifie.nom_sobre, octets)
        originaux.add(hashlib.sha256(octets).hexdigest())
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    qpdf(depot.bundle)
    with zipfile.ZipFile(depot.zip) as archive:
        presents = {hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
    assert originaux <= presents
    with Pdf.open(depot.bundle) as pdf:
        assert any(c.get(Name.FT) == Name.Tx for c in champs(pdf)), "form fields are alive in the bundle"
        assert not any(c.get(Name.FT) == Name.Sig for c in champs(pdf))
        clair = f.enregistrer(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/JavaScript" not in clair
    assert any("macros" in r or "archive" in r for r in depot.pieces[-1].remarques)
