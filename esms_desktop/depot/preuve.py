"""The proof: the filing is read back from the disk, and everything it claims is checked."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Name, Pdf

from esms_desktop import francais
from esms_desktop.depot.fichiers import disque
from esms_desktop.depot.fichiers.objets_pdf import ERREURS_PDF, annotations, polices_manquantes, signets
from esms_desktop.depot.fichiers.pdf_joint import controler
from esms_desktop.depot.manifeste import NOM, NOM_ZIP, chemin_piece, contenus, entrees
from esms_desktop.depot.reunion import numerotation
from esms_desktop.depot.reunion.bundle import SIGNETS_DE_TETE, Volume, titre_signet
from esms_desktop.depot.reunion.lot import ErreurConformite, Lot, PieceLot
from esms_desktop.errors import ErreurDepot
from esms_desktop.progress import Progress, SansProgress

# Bytes read at a time.
_MORCEAU = 2**20
_NOM_SOBRE = re.compile(r"(?:pieces/)?[a-z0-9-]+\.(?:pdf|zip|json)")


@dataclass(frozen=True)
class Preuve:
    """What was checked after writing, one French sentence each."""

    controles: tuple[str, ...]


class _Defaut(Exception):
    """A claim that does not hold; the text says which, in French."""


def prouver(dossier: Path, lot: Lot, volumes: Sequence[Volume], progress: Progress | None = None) -> Preuve:
    """Reads back the filing written in the folder `dossier`.

    Raises:
        ErreurConformite: a bound PDF is not conform.
        ErreurDepot: something is not what the manifest says; the sentence tells what.
        OSError: a file cannot be read.
    """
    suivi = progress or SansProgress()
    pas = len(volumes) + 3
    try:
        suivi.etape(0, pas, "Relecture : empreintes")
        manifeste, controles = _empreintes(dossier, lot, volumes)
        for rang, volume in enumerate(volumes, 1):
            suivi.etape(rang, pas, f"Relecture : {volume.fichier.chemin.name}")
            controles += _volume(dossier, manifeste, volume)
        suivi.etape(len(volumes) + 1, pas, "Relecture : pièces")
        controles += _pieces(dossier, manifeste, lot)
        suivi.etape(len(volumes) + 2, pas, "Relecture : archive")
        controles += _archive(dossier, lot, volumes)
    except _Defaut as e:
        raise _echec(str(e)) from e
    except (*ERREURS_PDF, zipfile.BadZipFile, EOFError) as e:
        raise _echec("un fichier écrit ne peut pas être relu") from e
    return Preuve(tuple(controles))


def _echec(raison: str, classe: type[ErreurDepot] = ErreurDepot) -> ErreurDepot:
    return classe(
        f"Le dépôt n’a pas passé sa relecture : {raison}.",
        "Rien n’a été publié ; recommencez, et vérifiez le disque si cela se reproduit.",
    )


def _exiger(vrai: bool, defaut: str) -> None:
    if not vrai:
        raise _Defaut(defaut)


def _empreintes(dossier: Path, lot: Lot, volumes: Sequence[Volume]) -> tuple[dict[str, Any], list[str]]:
    manifeste = json.loads((dossier / NOM).read_bytes())
    decrits = entrees(manifeste)
    for entree in decrits:
        lu = disque.mesurer(dossier / entree["fichier"])
        _exiger(lu.taille == entree["taille"], f"la taille de {entree['fichier']} diffère du manifeste")
        _exiger(lu.sha256 == entree["sha256"], f"l’empreinte de {entree['fichier']} diffère du manifeste")
    presents = {p.relative_to(dossier).as_posix() for p in dossier.rglob("*") if p.is_file()}
    attendus = {e["fichier"] for e in decrits} | {NOM, NOM_ZIP}
    _exiger(presents == attendus, "des fichiers manquent ou sont en trop")
    _exiger(all(_NOM_SOBRE.fullmatch(p) for p in presents), "un nom de fichier n’est pas sobre")
    _exiger(manifeste["complet"] == lot.complet, "le manifeste se trompe sur ce qui manque")
    _exiger(len(manifeste["volumes"]) == len(volumes), "le manifeste se trompe sur les volumes")
    return manifeste, [
        f"{francais.pluriel(len(decrits), 'fichier')} : noms, tailles et empreintes conformes au manifeste."
    ]


def _volume(dossier: Path, manifeste: dict[str, Any], volume: Volume) -> list[str]:
    decrit = manifeste["volumes"][volume.rang - 1]
    nom = f"Volume {volume.rang} sur {volume.total}" if volume.suffixe else "Dossier relié"
    with Pdf.open(dossier / decrit["fichier"]) as pdf:
        pages = list(pdf.pages)
        _exiger(len(pages) == volume.pages == decrit["pages"], "le nombre de pages du dossier est faux")
        _conforme(pdf)
        for numero, page in enumerate(pages, 1):
            dernier = page.obj[Name.Contents][-1].read_bytes()
            texte = numerotation.libelle(numero, len(pages), volume.suffixe).encode()
            _exiger(b"(" + texte + b")" in dernier, f"la page {numero} ne porte pas son numéro")
        entrees_ = _entrees(manifeste, volume)
        _signets(pdf, volume, entrees_)
        liens = _sommaire(pages, volume, entrees_, decrit["pages_du_sommaire"])
        jointes = {volume.premieres[p.numero] + rang for p in volume.suite for rang in p.pages_jointes}
        notres = [page for numero, page in enumerate(pages, 1) if numero not in jointes]
        manquantes = polices_manquantes(notres)
        _exiger(not manquantes, f"une police n’est pas incorporée ({', '.join(manquantes)})")
    return [
        f"{nom} : {francais.pluriel(len(pages), 'page')}, toutes numérotées, structure conforme.",
        f"{nom} : {francais.pluriel(len(volume.suite) + len(SIGNETS_DE_TETE), 'signet')} en tête : couverture, sommaire et "
        "chaque pièce présente, chacun sur sa page.",
        f"{nom} : {francais.pluriel(liens, 'lien')} du sommaire, chacun sur la page qu’il nomme.",
        f"{nom} : polices des pages produites toutes incorporées.",
    ]


def _conforme(pdf: Pdf) -> None:
    raison = "le PDF du dossier n’est pas conforme"
    try:
        defauts = controler(pdf)
    except ERREURS_PDF as e:
        raise _echec(raison, ErreurConformite) from e
    if defauts:
        raise _echec(raison, ErreurConformite)


def _entrees(manifeste: dict[str, Any], volume: Volume) -> list[dict[str, Any]]:
    """What the manifest says of the pieces of a volume, in the order of its pages."""
    fiche = manifeste["fiche_de_recevabilite"]
    toutes = [*([fiche] if fiche else []), *manifeste["pieces"]]
    return [e for e in toutes if e["volume"] == volume.rang]


def _signets(pdf: Pdf, volume: Volume, decrits: list[dict[str, Any]]) -> None:
    tetes = [(s.titre, s.page) for s in signets(pdf, profondeur=1)]
    premieres = [e["premiere_page_du_dossier"] for e in decrits]
    attendus = list(zip(SIGNETS_DE_TETE, (1, volume.sommaire[0]), strict=True))
    attendus += [(titre_signet(p)[:200], n) for p, n in zip(volume.suite, premieres, strict=True)]
    _exiger(tetes == attendus, "les signets ne correspondent pas aux pièces")


def _sommaire(
    pages: list[pikepdf.Page], volume: Volume, decrits: list[dict[str, Any]], numeros: list[int]
) -> int:
    rangs = {page.obj.objgen: i for i, page in enumerate(pages, 1)}
    cibles: list[int | None] = []
    for numero in numeros:
        for lien in annotations(pages[numero - 1]):
            destination = lien[Name.A][Name.D]
            cibles.append(rangs.get(destination[0].objgen))
    _exiger(cibles == [e["premiere_page_du_dossier"] for e in decrits], "un lien du sommaire tombe à côté")
    for piece, page in zip(volume.suite, cibles, strict=True):
        _exiger(
            page is not None and _meme_page(pages[page - 1], piece), f"« {piece.titre} » n’est pas à sa page"
        )
    return len(cibles)


def _meme_page(page: pikepdf.Page, piece: PieceLot) -> bool:
    """Whether a page of the bundle shows the first page of the piece: same content, the number apart."""
    if 0 in piece.pages_jointes:
        reliee = page.obj[Name.Resources][Name.XObject][Name.EsmsPage].read_bytes()
    else:
        reliee = b"\n".join(flux.read_bytes() for flux in list(page.obj[Name.Contents])[:-1])
    with Pdf.open(piece.fichier.chemin) as pdf:
        contenu = pdf.pages[0].obj.get(Name.Contents)
        flux = list(contenu) if isinstance(contenu, Array) else [contenu] if contenu is not None else []
        origine = b"\n".join(f.read_bytes() for f in flux)
    return bool(reliee.split() == origine.split())


def _pieces(dossier: Path, manifeste: dict[str, Any], lot: Lot) -> list[str]:
    """Each file of a piece opens without being mended; its pages were read one by one in the volume they are bound in."""
    fiche = manifeste["fiche_de_recevabilite"]
    decrits = [*([fiche] if fiche else []), *manifeste["pieces"]]
    for piece, entree in zip(lot.suite, decrits, strict=True):
        _exiger(entree["fichier"] == chemin_piece(piece), "le manifeste et les pièces diffèrent")
        with Pdf.open(dossier / entree["fichier"], attempt_recovery=False) as pdf:
            _exiger(
                len(pdf.pages) == entree["pages"] == piece.pages,
                f"{entree['fichier']} n’a pas toutes ses pages",
            )
            _exiger(not pdf.get_warnings(), f"{entree['fichier']} n’est pas conforme")
    return [f"{francais.pluriel(len(lot.pieces), 'pièce')} relues, page par page."]


def _archive(dossier: Path, lot: Lot, volumes: Sequence[Volume]) -> list[str]:
    attendus = {chemin: fichier.sha256 for chemin, fichier in contenus(lot, volumes).items()}
    attendus[NOM] = disque.mesurer(dossier / NOM).sha256
    with zipfile.ZipFile(dossier / NOM_ZIP) as archive:
        trouves = dict(_entrees_du_zip(archive))
        _exiger(len(trouves) == len(archive.infolist()), "l’archive contient deux fois le même nom")
    _exiger(trouves == attendus, "l’archive ne contient pas exactement le dépôt")
    return [f"Archive : {francais.pluriel(len(trouves), 'fichier')}, relus octet par octet."]


def _entrees_du_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for entree in archive.infolist():
        with archive.open(entree) as flux:
            # A member of a ZIP reads like a file, without being one that `file_digest` knows.
            somme = hashlib.sha256()
            while morceau := flux.read(_MORCEAU):
                somme.update(morceau)
        yield entree.filename, somme.hexdigest()
