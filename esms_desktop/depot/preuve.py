"""The proof: the filing is read back from the disk, and everything it claims is checked."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Name, Pdf

from esms_desktop.depot import numerotation
from esms_desktop.depot.assemblage import Lot, PieceLot
from esms_desktop.depot.bundle import Bundle, titre_signet
from esms_desktop.depot.manifeste import (
    NOM,
    NOM_BUNDLE,
    NOM_ZIP,
    chemin_piece,
    contenus,
    empreinte,
)
from esms_desktop.depot.objets_pdf import ERREURS_PDF, annotations, polices_manquantes, signets
from esms_desktop.depot.pdf_joint import controler
from esms_desktop.documents import typo
from esms_desktop.errors import ErreurDepot

_NOM_SOBRE = re.compile(r"(?:pieces/)?[a-z0-9-]+\.(?:pdf|zip|json)")


@dataclass(frozen=True)
class Preuve:
    """What was checked after writing, one French sentence each."""

    controles: tuple[str, ...]


class _Defaut(Exception):
    """A claim that does not hold; the text says which, in French."""


def prouver(dossier: Path, lot: Lot, bundle: Bundle) -> Preuve:
    """Reads back the filing written in the folder `dossier`.

    Raises:
        ErreurDepot: something is not what the manifest says; the sentence tells what.
        OSError: a file cannot be read.
    """
    try:
        manifeste, controles = _empreintes(dossier, lot)
        controles += _bundle(dossier / NOM_BUNDLE, manifeste, lot, bundle)
        controles += _pieces(dossier, manifeste, lot)
        controles += _archive(dossier, lot, bundle)
    except _Defaut as e:
        raise _echec(str(e)) from e
    except (*ERREURS_PDF, zipfile.BadZipFile, EOFError) as e:
        raise _echec("un fichier écrit ne peut pas être relu") from e
    return Preuve(tuple(controles))


def _echec(raison: str) -> ErreurDepot:
    return ErreurDepot(
        f"Le dépôt n’a pas passé sa relecture : {raison}.",
        "Rien n’a été publié ; recommencez, et vérifiez le disque si cela se reproduit.",
    )


def _exiger(vrai: bool, defaut: str) -> None:
    if not vrai:
        raise _Defaut(defaut)


def _empreintes(dossier: Path, lot: Lot) -> tuple[dict[str, Any], list[str]]:
    manifeste = json.loads((dossier / NOM).read_bytes())
    entrees = [manifeste["dossier_complet"], manifeste["fiche_de_recevabilite"], *manifeste["pieces"]]
    for entree in entrees:
        octets = (dossier / entree["fichier"]).read_bytes()
        _exiger(len(octets) == entree["taille"], f"la taille de {entree['fichier']} diffère du manifeste")
        _exiger(
            empreinte(octets) == entree["sha256"], f"l’empreinte de {entree['fichier']} diffère du manifeste"
        )
    presents = {p.relative_to(dossier).as_posix() for p in dossier.rglob("*") if p.is_file()}
    attendus = {e["fichier"] for e in entrees} | {NOM, NOM_ZIP}
    _exiger(presents == attendus, "des fichiers manquent ou sont en trop")
    _exiger(all(_NOM_SOBRE.fullmatch(p) for p in presents), "un nom de fichier n’est pas sobre")
    _exiger(manifeste["complet"] == lot.complet, "le manifeste se trompe sur ce qui manque")
    return manifeste, [
        f"{typo.pluriel(len(entrees), 'fichier')} : noms, tailles et empreintes conformes au manifeste."
    ]


def _bundle(chemin: Path, manifeste: dict[str, Any], lot: Lot, bundle: Bundle) -> list[str]:
    with Pdf.open(chemin) as pdf:
        pages = len(pdf.pages)
        _exiger(
            pages == bundle.pages == manifeste["dossier_complet"]["pages"],
            "le nombre de pages du dossier est faux",
        )
        _exiger(not controler(pdf), "le PDF du dossier n’est pas conforme")
        for numero, page in enumerate(pdf.pages, 1):
            dernier = page.obj[Name.Contents][-1].read_bytes()
            texte = numerotation.libelle(numero, pages).encode()
            _exiger(b"(" + texte + b")" in dernier, f"la page {numero} ne porte pas son numéro")
        _signets(pdf, lot, manifeste)
        liens = _sommaire(pdf, lot, manifeste)
        jointes = {
            bundle.premieres[p.numero] + rang for p in (lot.fiche, *lot.pieces) for rang in p.pages_jointes
        }
        notres = [page for numero, page in enumerate(pdf.pages, 1) if numero not in jointes]
        manquantes = polices_manquantes(notres)
        _exiger(not manquantes, f"une police n’est pas incorporée ({', '.join(manquantes)})")
    return [
        f"Dossier relié : {typo.pluriel(pages, 'page')}, toutes numérotées, structure conforme.",
        f"{typo.pluriel(len(lot.pieces), 'signet')} en tête, un par pièce présente, chacun sur sa page.",
        f"{typo.pluriel(liens, 'lien')} du sommaire, chacun sur la page qu’il nomme.",
        "Polices des pages produites : toutes incorporées.",
    ]


def _signets(pdf: Pdf, lot: Lot, manifeste: dict[str, Any]) -> None:
    tetes = [(s.titre, s.page) for s in signets(pdf, profondeur=1)]
    attendus = [
        (titre_signet(p)[:200], e["premiere_page_du_dossier"])
        for p, e in zip(lot.pieces, manifeste["pieces"], strict=True)
    ]
    _exiger(tetes == attendus, "les signets ne correspondent pas aux pièces")


def _sommaire(pdf: Pdf, lot: Lot, manifeste: dict[str, Any]) -> int:
    rangs = {page.obj.objgen: i for i, page in enumerate(pdf.pages, 1)}
    cibles: list[int | None] = []
    for numero in manifeste["dossier_complet"]["pages_du_sommaire"]:
        for lien in annotations(pdf.pages[numero - 1]):
            destination = lien[Name.A][Name.D]
            cibles.append(rangs.get(destination[0].objgen))
    suite = (lot.fiche, *lot.pieces)
    entrees = [manifeste["fiche_de_recevabilite"], *manifeste["pieces"]]
    _exiger(cibles == [e["premiere_page_du_dossier"] for e in entrees], "un lien du sommaire tombe à côté")
    for piece, page in zip(suite, cibles, strict=True):
        _exiger(
            page is not None and _meme_page(pdf.pages[page - 1], piece),
            f"« {piece.titre} » n’est pas à sa page",
        )
    return len(cibles)


def _meme_page(page: pikepdf.Page, piece: PieceLot) -> bool:
    """Whether a page of the bundle shows the first page of the piece: same content, the number apart."""
    if 0 in piece.pages_jointes:
        reliee = page.obj[Name.Resources][Name.XObject][Name.EsmsPage].read_bytes()
    else:
        reliee = b"\n".join(flux.read_bytes() for flux in list(page.obj[Name.Contents])[:-1])
    with Pdf.open(io.BytesIO(piece.octets)) as pdf:
        contenu = pdf.pages[0].obj.get(Name.Contents)
        flux = list(contenu) if isinstance(contenu, Array) else [contenu] if contenu is not None else []
        origine = b"\n".join(f.read_bytes() for f in flux)
    return bool(reliee.split() == origine.split())


def _pieces(dossier: Path, manifeste: dict[str, Any], lot: Lot) -> list[str]:
    entrees = [manifeste["fiche_de_recevabilite"], *manifeste["pieces"]]
    for piece, entree in zip((lot.fiche, *lot.pieces), entrees, strict=True):
        _exiger(entree["fichier"] == chemin_piece(piece), "le manifeste et les pièces diffèrent")
        with Pdf.open(dossier / entree["fichier"]) as pdf:
            _exiger(
                len(pdf.pages) == entree["pages"] == piece.pages,
                f"{entree['fichier']} n’a pas toutes ses pages",
            )
            # Pages of one source were checked in the bundle; several sources were merged into a file of its own.
            if len(piece.parties) > 1:
                _exiger(not controler(pdf), f"{entree['fichier']} n’est pas conforme")
    return [f"{typo.pluriel(len(lot.pieces), 'pièce')} relues, page par page."]


def _archive(dossier: Path, lot: Lot, bundle: Bundle) -> list[str]:
    attendus = {chemin: empreinte(octets) for chemin, octets in contenus(lot, bundle).items()}
    attendus[NOM] = empreinte((dossier / NOM).read_bytes())
    with zipfile.ZipFile(dossier / NOM_ZIP) as archive:
        trouves = {entree.filename: empreinte(archive.read(entree)) for entree in archive.infolist()}
        _exiger(len(trouves) == len(archive.infolist()), "l’archive contient deux fois le même nom")
    _exiger(trouves == attendus, "l’archive ne contient pas exactement le dépôt")
    return [f"Archive : {typo.pluriel(len(trouves), 'fichier')}, relus octet par octet."]
