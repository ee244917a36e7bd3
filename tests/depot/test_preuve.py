"""The proof: whatever the filing claims is changed, one thing at a time, and the proof names the thing."""

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf

from esms_desktop.depot import preuve
from esms_desktop.depot.assemblage import Etabli, preparer
from esms_desktop.depot.fichiers.disque import mesurer
from esms_desktop.depot.manifeste import archiver, entrees
from esms_desktop.depot.reunion.bundle import Volume, relier
from esms_desktop.depot.reunion.lot import ErreurConformite, Lot
from esms_desktop.errors import ErreurDepot
from esms_desktop.progress import SansProgress
from tests.depot import fabrique as f

Deja = Callable[[Path], Path]
Relie = tuple[Lot, tuple[Volume, ...]]


@pytest.fixture(scope="module")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Relie:
    projet, contenus = f.complet()
    racine = tmp_path_factory.mktemp("prepare")
    etabli = Etabli(racine / "depot", racine / "travail")
    lot = preparer(projet, f.campagne(), f.JOUR, contenus.__getitem__, etabli, SansProgress())
    return lot, relier(projet, f.campagne(), f.JOUR, lot, etabli.depot, SansProgress())


@pytest.fixture
def sortie(tmp_path: Path, deja_depose: Deja) -> Path:
    return deja_depose(tmp_path / "sortie")


def octet(chemin: Path) -> None:
    octets = bytearray(chemin.read_bytes())
    octets[len(octets) // 2] ^= 1
    chemin.write_bytes(octets)


def redire(sortie: Path, changer: Callable[[dict[str, Any]], object]) -> None:
    """Changes what the manifest says."""
    manifeste = json.loads((sortie / "manifest.json").read_bytes())
    changer(manifeste)
    (sortie / "manifest.json").write_text(json.dumps(manifeste))


def retoucher(sortie: Path, changer: Callable[[Pdf], object], chemin: str = "dossier.pdf") -> None:
    """Changes one PDF, and what the manifest says of its bytes: only its content can be found wrong."""
    with Pdf.open(sortie / chemin, allow_overwriting_input=True) as pdf:
        changer(pdf)
        pdf.save()
    recompter(sortie, chemin)


def recompter(sortie: Path, chemin: str) -> None:
    lu = mesurer(sortie / chemin)

    def dire(manifeste: dict[str, Any]) -> None:
        (entree,) = (e for e in entrees(manifeste) if e["fichier"] == chemin)
        entree |= {"taille": lu.taille, "sha256": lu.sha256}

    redire(sortie, dire)


def test_the_filing_as_it_is_passes(sortie: Path, prepare: Relie) -> None:
    assert len(preuve.prouver(sortie, *prepare).controles) == 7


# Names, sizes and hashes: what is on the disk against what the manifest says.
def _renommee(d: Path) -> None:
    (d / "pieces" / "09-rib.pdf").rename(d / "pieces" / "09-ribs.pdf")
    redire(d, lambda m: m["pieces"][8].update(fichier="pieces/09-ribs.pdf"))


def _majuscule(d: Path) -> None:
    (d / "pieces" / "09-rib.pdf").rename(d / "pieces" / "09-RIB.pdf")
    redire(d, lambda m: m["pieces"][8].update(fichier="pieces/09-RIB.pdf"))


DISQUE: list[tuple[Callable[[Path], object], str]] = [
    (lambda d: octet(d / "dossier.pdf"), "l’empreinte de dossier.pdf diffère du manifeste"),
    (lambda d: octet(d / "pieces/09-rib.pdf"), "l’empreinte de pieces/09-rib.pdf diffère du manifeste"),
    (
        lambda d: (d / "dossier.pdf").write_bytes((d / "dossier.pdf").read_bytes() + b"\n"),
        "la taille de dossier.pdf",
    ),
    (lambda d: redire(d, lambda m: m["pieces"][0].update(taille=1)), "la taille de pieces/01-"),
    (
        lambda d: redire(d, lambda m: m["fiche_de_recevabilite"].update(sha256="0" * 64)),
        "l’empreinte de fiche-",
    ),
    (lambda d: (d / "intrus.pdf").touch(), "des fichiers manquent ou sont en trop"),
    (lambda d: (d / "pieces" / "intrus.pdf").touch(), "des fichiers manquent ou sont en trop"),
    (lambda d: (d / "depot.zip").unlink(), "des fichiers manquent ou sont en trop"),
    (_majuscule, "un nom de fichier n’est pas sobre"),
    (lambda d: redire(d, lambda m: m.update(complet=False)), "le manifeste se trompe sur ce qui manque"),
    (lambda d: redire(d, lambda m: m["volumes"].append(m["volumes"][0])), "le manifeste se trompe sur les"),
    (_renommee, "le manifeste et les pièces diffèrent"),
]


# The bound pages, once the manifest agrees with their bytes.
def _numero_change(rang: int) -> Callable[[Pdf], None]:
    def changer(pdf: Pdf) -> None:
        flux = list(pdf.pages[rang].obj[Name.Contents])[-1]
        flux.write(flux.read_bytes().replace(b"(Dossier p. ", b"(Dossier p. 1"))

    return changer


def _signet(changer: Callable[[list[OutlineItem]], object]) -> Callable[[Pdf], None]:
    def ouvrir(pdf: Pdf) -> None:
        with pdf.open_outline() as plan:
            changer(plan.root)

    return ouvrir


def _lien(rang: int, page: int) -> Callable[[Pdf], None]:
    def changer(pdf: Pdf) -> None:
        pdf.pages[1].obj[Name.Annots][rang][Name.A][Name.D][0] = pdf.pages[page].obj

    return changer


def _contenu(rang: int) -> Callable[[Pdf], None]:
    """Another drawing on the page: of ours in its stream, of somebody else in the form it was shut in."""

    def changer(pdf: Pdf) -> None:
        page = pdf.pages[rang].obj
        formes = page[Name.Resources].get(Name.XObject, Dictionary())
        flux = formes[Name.EsmsPage] if Name.EsmsPage in formes else next(iter(page[Name.Contents]))
        flux.write(flux.read_bytes() + b" 0 0 1 1 re f")

    return changer


def _police_retiree(pdf: Pdf) -> None:
    courier = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    pdf.pages[0].obj[Name.Resources][Name.Font] = Dictionary(F1=courier)


RELIES: list[tuple[Callable[[Pdf], object], str]] = [
    (lambda p: p.pages.__delitem__(-1), "le nombre de pages du dossier est faux"),
    (_numero_change(0), "la page 1 ne porte pas son numéro"),
    (_numero_change(-1), "la page 29 ne porte pas son numéro"),
    (_signet(lambda r: r.pop()), "les signets ne correspondent pas aux pièces"),
    (_signet(lambda r: setattr(r[0], "title", "Autre")), "les signets ne correspondent pas aux pièces"),
    (_signet(lambda r: r.insert(0, r.pop())), "les signets ne correspondent pas aux pièces"),
    (_lien(0, 0), "un lien du sommaire tombe à côté"),
    (_lien(-1, 3), "un lien du sommaire tombe à côté"),
    (lambda p: p.pages[1].obj[Name.Annots].__delitem__(0), "un lien du sommaire tombe à côté"),
    (_police_retiree, "une police n’est pas incorporée (Courier)"),
]


def refus(sortie: Path, prepare: Relie, classe: type[ErreurDepot] = ErreurDepot) -> str:
    """The sentence of the proof that fails, with plain spaces."""
    with pytest.raises(ErreurDepot, match="Rien n’a été publié") as e:
        preuve.prouver(sortie, *prepare)
    assert type(e.value) is classe
    return str(e.value).replace("\xa0", " ")


@pytest.mark.parametrize(("abimer", "mots"), DISQUE)
def test_the_disk_against_the_manifest(
    sortie: Path, prepare: Relie, abimer: Callable[[Path], object], mots: str
) -> None:
    abimer(sortie)
    assert f"relecture : {mots}" in refus(sortie, prepare)


@pytest.mark.parametrize(("changer", "mots"), RELIES)
def test_the_bound_pages(sortie: Path, prepare: Relie, changer: Callable[[Pdf], object], mots: str) -> None:
    retoucher(sortie, changer)
    assert f"relecture : {mots}" in refus(sortie, prepare)


def test_a_file_that_is_not_there_is_told_by_the_system(sortie: Path, prepare: Relie) -> None:
    (sortie / "pieces" / "09-rib.pdf").unlink()
    with pytest.raises(FileNotFoundError):
        preuve.prouver(sortie, *prepare)


def test_every_first_page_is_the_one_of_its_piece(sortie: Path, prepare: Relie) -> None:
    _, (volume,) = prepare
    intact = sortie.parent / "intact"
    shutil.copytree(sortie, intact)
    for piece in volume.suite[::4]:
        retoucher(sortie, _contenu(volume.premieres[piece.numero] - 1))
        assert f"relecture : « {piece.titre} » n’est pas à sa page" in refus(sortie, prepare)
        for nom in ("dossier.pdf", "manifest.json"):
            shutil.copy2(intact / nom, sortie / nom)


@pytest.mark.parametrize("de_plus", [-1, 1])
def test_the_pages_counted_three_times(sortie: Path, prepare: Relie, de_plus: int) -> None:
    lot, (volume,) = prepare
    faux = "le nombre de pages du dossier est faux"
    assert faux in refus(sortie, (lot, (replace(volume, pages=volume.pages + de_plus),)))
    redire(sortie, lambda m: m["volumes"][0].update(pages=volume.pages + de_plus))
    assert faux in refus(sortie, prepare)


@pytest.mark.parametrize("rang", [3, 9])
def test_a_first_page_off_by_one(sortie: Path, prepare: Relie, rang: int) -> None:
    redire(sortie, lambda m: m["pieces"][rang].update(premiere_page_du_dossier=2))
    assert "les signets ne correspondent pas aux pièces" in refus(sortie, prepare)


def test_the_pieces_one_by_one(sortie: Path, prepare: Relie) -> None:
    lot, volumes = prepare
    redire(sortie, lambda m: m["pieces"][8].update(pages=9))
    assert "relecture : pieces/09-rib.pdf n’a pas toutes ses pages" in refus(sortie, prepare)
    redire(sortie, lambda m: m["pieces"][8].update(pages=2))
    pieces = [replace(p, pages=p.pages + (p.numero == 9)) for p in lot.pieces]
    assert "n’a pas toutes ses pages" in refus(sortie, (replace(lot, pieces=tuple(pieces)), volumes))


def test_a_piece_that_is_mended_to_be_read_is_not_conform(sortie: Path, prepare: Relie) -> None:
    chemin = sortie / "pieces" / "09-rib.pdf"
    with Pdf.open(chemin, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj[Name.Zzzz] = Name.Page
        pdf.save(object_stream_mode=ObjectStreamMode.disable)
    # A key told twice: readable, with a warning.
    chemin.write_bytes(chemin.read_bytes().replace(b"/Zzzz ", b"/Type "))
    recompter(sortie, "pieces/09-rib.pdf")
    assert "pieces/09-rib.pdf n’est pas conforme" in refus(sortie, prepare)


def test_a_bound_file_that_is_not_conform_asks_to_be_read_again(sortie: Path, prepare: Relie) -> None:
    def abimer(pdf: Pdf) -> None:
        page = pdf.pages[4].obj
        page[Name.Contents] = Array([pdf.make_stream(b"q (sans fin"), *page[Name.Contents]])

    retoucher(sortie, abimer)
    assert "le PDF du dossier n’est pas conforme" in refus(sortie, prepare, ErreurConformite)


# The archive against the folder.
def _refaire(d: Path, changer: Callable[[dict[str, Path]], object]) -> None:
    with zipfile.ZipFile(d / "depot.zip") as archive:
        archive.extractall(d.parent / "tout")
        fichiers = {n: d.parent / "tout" / n for n in archive.namelist()}
    changer(fichiers)
    with (d / "depot.zip").open("wb") as cible:
        archiver(cible, fichiers, f.JOUR)


def _deux_fois(d: Path) -> None:
    with zipfile.ZipFile(d / "depot.zip", "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("dossier.pdf", (d / "dossier.pdf").read_bytes())


ARCHIVES: list[tuple[Callable[[Path], object], str]] = [
    (lambda d: _refaire(d, lambda t: t.pop("dossier.pdf")), "l’archive ne contient pas exactement le dépôt"),
    (lambda d: _refaire(d, lambda t: t.pop("manifest.json")), "l’archive ne contient pas exactement"),
    (lambda d: _refaire(d, lambda t: t.update(x=d / "dossier.pdf")), "l’archive ne contient pas exactement"),
    (
        lambda d: _refaire(d, lambda t: t["pieces/09-rib.pdf"].write_bytes(b"%PDF")),
        "l’archive ne contient pas exactement",
    ),
    (_deux_fois, "l’archive contient deux fois le même nom"),
    (lambda d: octet(d / "depot.zip"), "un fichier écrit ne peut pas être relu"),
    (lambda d: (d / "depot.zip").write_bytes(b"rien"), "un fichier écrit ne peut pas être relu"),
]


@pytest.mark.parametrize(("changer", "mots"), ARCHIVES)
def test_the_archive(sortie: Path, prepare: Relie, changer: Callable[[Path], object], mots: str) -> None:
    changer(sortie)
    assert f"relecture : {mots}" in refus(sortie, prepare)
