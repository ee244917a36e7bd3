"""Volumes when the campaign limits the sizes, twins in the archive, damage found at the proof, answers to complements."""

import hashlib
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Name, Pdf

from esms_desktop.campagnes.schema import Campagne, Parametre
from esms_desktop.depot import demande
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.fichiers import limites
from esms_desktop.depot.fichiers.pdf_joint import REPARE, controler, lire_pdf
from esms_desktop.depot.manifeste import entrees
from esms_desktop.depot.publication import Depot, deposer
from esms_desktop.errors import ErreurDepot, ErreurPiece
from esms_desktop.model import Complement, Dossier
from tests.depot import fabrique as f


def ecrire(
    projet: Dossier,
    contenus: dict[str, bytes],
    sortie: Path,
    campagne: Campagne | None = None,
    a: Demande | None = None,
) -> Depot:
    return deposer(projet, campagne or f.campagne(), f.JOUR, sortie, contenus.__getitem__, demande=a)


def limitee(fichier: int | None = None, total: int | None = None) -> Campagne:
    campagne = f.campagne()
    regles = replace(
        campagne.limites, fichier_octets=Parametre(fichier, "essai"), total_octets=Parametre(total, "essai")
    )
    return replace(campagne, limites=regles)


def textes(chemin: Path) -> list[str]:
    document = pypdfium2.PdfDocument(chemin)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("champ", ["fichier", "total"])
def test_volumes_stay_under_the_limit_and_hold_everything_once(tmp_path: Path, champ: str) -> None:
    limite = 150_000
    depot = ecrire(*f.complet(), tmp_path / "sortie", limitee(**{champ: limite}))
    noms = [v.name for v in depot.volumes]
    assert noms == [f"dossier-{i}.pdf" for i in range(1, len(noms) + 1)] and len(noms) > 1
    assert depot.bundle == depot.volumes[0]
    manifeste = json.loads(depot.manifeste.read_text(encoding="utf-8"))
    assert [v["fichier"] for v in manifeste["volumes"]] == noms
    assert [n for v in manifeste["volumes"] for n in v["pieces"]] == [p.numero for p in depot.pieces]
    assert sum(v["pages"] for v in manifeste["volumes"]) == depot.pages
    for rang, (volume, decrit) in enumerate(zip(depot.volumes, manifeste["volumes"], strict=True), 1):
        assert volume.stat().st_size <= limite or len(decrit["pieces"]) == 1
        pages = textes(volume)
        assert f"Volume {rang} sur {len(noms)}" in pages[0] and "Autres volumes" in pages[1]
        for numero, page in enumerate(pages, 1):
            assert f"Dossier vol. {rang} p. {numero} / {len(pages)}" in page
        with Pdf.open(volume) as pdf:
            assert controler(pdf) == []
    for piece in depot.pieces:
        premiere = textes(depot.volumes[piece.volume - 1])[piece.premiere_page - 1]
        assert piece.numero not in (9, 7) or f"Pièce {piece.numero}, page 1" in premiere
    with zipfile.ZipFile(depot.zip) as archive:
        assert set(noms) <= set(archive.namelist()) and "dossier.pdf" not in archive.namelist()


def test_a_piece_heavier_than_the_limit_is_alone_and_said(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    with Pdf.open(io.BytesIO(f.pdf("RIB"))) as pdf:
        pdf.Root[Name.Lourd] = pdf.make_stream(random.Random(1).randbytes(90_000))
        f.joindre(projet, contenus, 9, "rib.pdf", f.enregistrer(pdf))
    depot = ecrire(projet, contenus, tmp_path / "sortie", limitee(fichier=80_000))
    manifeste = json.loads(depot.manifeste.read_text(encoding="utf-8"))
    assert [9] in [v["pieces"] for v in manifeste["volumes"]]
    assert any("09-rib.pdf" in a and "par fichier" in a for a in depot.avis)


def test_going_from_volumes_to_one_bundle_leaves_none_behind(tmp_path: Path) -> None:
    sortie = tmp_path / "sortie"
    assert len(ecrire(*f.complet(), sortie, limitee(fichier=150_000)).volumes) > 1
    ecrire(*f.complet(), sortie)
    assert sorted(p.name for p in sortie.glob("dossier*.pdf")) == ["dossier.pdf"]


def test_a_filing_of_the_former_format_is_replaced(
    tmp_path: Path, deja_depose: Callable[[Path], Path]
) -> None:
    sortie = tmp_path / "sortie"
    deja_depose(sortie)
    manifeste = json.loads((sortie / "manifest.json").read_bytes())
    manifeste["dossier_complet"] = manifeste.pop("volumes")[0]
    (sortie / "manifest.json").write_text(json.dumps(manifeste))
    ecrire(*f.complet(), sortie)
    assert "volumes" in json.loads((sortie / "manifest.json").read_bytes())


def test_limits_are_shown_even_when_none_is_known() -> None:
    assert all("aucune limite connue" in p for p in limites.phrases(f.campagne()))
    assert "2,0\u00a0Mo au plus (essai)" in limites.phrases(limitee(fichier=2_000_000))[0]
    assert limites.du_volume(f.campagne()) is None
    assert limites.du_volume(limitee(fichier=9, total=5)) == 5
    assert limites.depassements(limitee(total=10), [("a.pdf", 6), ("b.pdf", 5)])[0].startswith("Les 2")
    assert limites.depassements(f.campagne(), [("a.pdf", 10**12)]) == ()


def test_the_archive_holds_the_twins_of_what_was_generated_and_the_pages_do_not(tmp_path: Path) -> None:
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 3, "convention.pdf", f.pdf("Convention signée"))
    depot = ecrire(projet, contenus, tmp_path / "sortie")
    manifeste = json.loads(depot.manifeste.read_text(encoding="utf-8"))
    attendus = {m["fichier"] for m in manifeste["modifiables"]}
    assert {
        "modifiables/01-note-de-presentation.docx",
        "modifiables/04-lettres-engagement-af1.docx",
        "modifiables/04-lettres-engagement-af2.docx",
        "modifiables/06-plan-de-financement.docx",
        "modifiables/06-plan-de-financement.xlsx",
        "modifiables/fiche-recevabilite.docx",
    } <= attendus
    assert "modifiables/03-convention.docx" not in attendus, "the signed scan took its place"
    with zipfile.ZipFile(depot.zip) as archive:
        noms = set(archive.namelist())
        for decrit in manifeste["modifiables"]:
            octets = archive.read(decrit["fichier"])
            assert hashlib.sha256(octets).hexdigest() == decrit["sha256"]
            assert zipfile.ZipFile(io.BytesIO(octets)).testzip() is None
    assert {n for n in noms if n.startswith("modifiables/")} == attendus
    assert not (depot.dossier / "modifiables").exists()
    with Pdf.open(depot.bundle) as pdf:
        assert len(pdf.attachments) == 0


def abime_en_profondeur(dessin: bool) -> bytes:
    """A PDF that opens without a word, one of whose streams (its drawing, or another) cannot be read to its end."""
    with Pdf.open(io.BytesIO(f.pdf("RIB"))) as pdf:
        page = pdf.pages[0].obj
        if not dessin:
            page[Name.PieceInfo] = pdf.make_stream(b"")
        abime = page[Name.Contents if dessin else Name.PieceInfo]
        abime.write(zlib.compress(b"q Q " * 400)[:-9], filter=Name.FlateDecode)
        return f.enregistrer(pdf, compress_streams=False)


@pytest.mark.parametrize("dessin", [True, False])
def test_damage_seen_only_at_the_proof_is_mended_or_named(tmp_path: Path, dessin: bool) -> None:
    projet, contenus = f.dossier(), {}
    octets = abime_en_profondeur(dessin)
    # Nothing is seen of it as long as the file is not read whole.
    assert lire_pdf("rib.pdf", octets, rigoureux=False).intact
    f.joindre(projet, contenus, 9, "rib.pdf", octets)
    try:
        depot = ecrire(projet, contenus, tmp_path / "sortie")
    except ErreurPiece as e:
        assert "rib.pdf" in str(e) and list(tmp_path.iterdir()) == []
        return
    assert REPARE in next(p for p in depot.pieces if p.numero == 9).remarques
    for chemin in (depot.bundle, depot.dossier / "pieces" / "09-rib.pdf"):
        with Pdf.open(chemin) as pdf:
            assert controler(pdf) == []


DEMANDES = [
    Complement(
        numero=9, demande="Au nom du porteur.", demande_le=date(2023, 6, 20), echeance=date(2023, 7, 5)
    ),
    Complement(numero=3, demande="", demande_le=None, echeance=None),
]


def test_an_answer_files_only_what_was_asked(tmp_path: Path) -> None:
    projet, contenus = f.complet()
    depot = ecrire(projet, contenus, tmp_path / "sortie", a=demande.lire(DEMANDES))
    assert depot.complet and [p.numero for p in depot.pieces] == [3, 9] and len(depot.complements) == 2
    manifeste = json.loads(depot.manifeste.read_text(encoding="utf-8"))
    assert manifeste["fiche_de_recevabilite"] is None
    assert [(c["numero"], c["demande_le"]) for c in manifeste["complements"]] == [
        (9, "2023-06-20"),
        (3, None),
    ]
    assert len(entrees(manifeste)) == 3
    pages = textes(depot.bundle)
    assert "Réponse à une demande de complément" in pages[0] and "Au nom du porteur" in pages[0]
    assert "Montants demandés" not in pages[0] and "Convention signée, page 1" in pages[2]
    with zipfile.ZipFile(depot.zip) as archive:
        assert set(archive.namelist()) == {
            "dossier.pdf",
            "pieces/03-convention.pdf",
            "pieces/09-rib.pdf",
            "manifest.json",
        }


def test_an_answer_without_its_piece_is_incomplete_or_nothing(tmp_path: Path) -> None:
    projet = f.dossier()
    depot = ecrire(projet, {}, tmp_path / "partiel", a=demande.lire(DEMANDES))
    assert not depot.complet and "RÉPONSE INCOMPLÈTE" in textes(depot.bundle)[0]
    with pytest.raises(ErreurDepot, match="aucune des pièces demandées"):
        ecrire(projet, {}, tmp_path / "rien", a=demande.lire(DEMANDES[:1]))
    assert [p.name for p in tmp_path.iterdir()] == ["partiel"]


def test_an_answer_never_takes_the_place_of_the_filing(tmp_path: Path) -> None:
    projet, contenus = f.complet()
    ecrire(projet, contenus, tmp_path / "depot")
    ecrire(projet, contenus, tmp_path / "reponse", a=demande.lire(DEMANDES))
    with pytest.raises(ErreurDepot, match="contient déjà le dépôt complet"):
        ecrire(projet, contenus, tmp_path / "depot", a=demande.lire(DEMANDES))
    with pytest.raises(ErreurDepot, match="une réponse à un complément"):
        ecrire(projet, contenus, tmp_path / "reponse")
    ecrire(projet, contenus, tmp_path / "reponse", a=demande.lire(DEMANDES))
