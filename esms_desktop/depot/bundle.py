"""The one PDF that holds the whole application: cover, table of contents, pieces, page numbers, bookmarks."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, String

from esms_desktop.depot import numerotation
from esms_desktop.depot.assemblage import A_COMPLETER, NON_SIGNE, Lot, PieceLot, libelle_manquante, planter
from esms_desktop.depot.couverture import LigneSommaire, PagesDeTete, composer
from esms_desktop.depot.nettoyage import figer_signatures
from esms_desktop.depot.objets_pdf import ERREURS_PDF
from esms_desktop.depot.texte_couverture import Couverture, redige
from esms_desktop.documents import typo
from esms_desktop.errors import ErreurDepot
from esms_desktop.model import Dossier
from esms_desktop.progress import Progress
from esms_desktop.regles.campagne import Campagne


@dataclass(frozen=True)
class Bundle:
    """The bound PDF and where each thing is in it.

    Args:
        octets: the PDF.
        pages: how many pages it has.
        premieres: first page, from 1, of the sheet (number 0) and of each piece, by number.
        sommaire: pages of the table of contents, from 1.
    """

    octets: bytes
    pages: int
    premieres: dict[int, int]
    sommaire: tuple[int, ...]


def titre_signet(piece: PieceLot) -> str:
    """The words of the top bookmark of a piece."""
    return f"{piece.numero}. {piece.titre}"


def _mention(piece: PieceLot) -> str:
    if NON_SIGNE in piece.remarques:
        return "Non signée : modèle à faire signer"
    if any(r.startswith(A_COMPLETER) for r in piece.remarques):
        return "À compléter"
    return ""


def _tete(couverture: Couverture, lot: Lot, jour: date) -> tuple[PagesDeTete, dict[int, int]]:
    """The first pages, drawn once to be counted, then with the right numbers."""
    suite = (lot.fiche, *lot.pieces)
    debut = 0
    premieres: dict[int, int] = {}
    while True:
        premieres = _premieres(suite, debut)
        lignes = tuple(
            LigneSommaire(p.numero, p.titre, premieres[p.numero], p.pages, _mention(p)) for p in suite
        )
        tete = composer(couverture, lignes, jour)
        if tete.pages == debut:
            return tete, premieres
        debut = tete.pages


def _premieres(suite: Sequence[PieceLot], debut: int) -> dict[int, int]:
    premieres = {}
    for piece in suite:
        premieres[piece.numero] = debut + 1
        debut += piece.pages
    return premieres


def relier(dossier: Dossier, campagne: Campagne, jour: date, lot: Lot, progress: Progress) -> Bundle:
    """Binds the pieces into one PDF.

    Every line of the table of contents links to the first page of its piece; the top bookmarks are the pieces, one
    each; every page carries « Dossier p. x / y » (from 1, cover included).

    Raises:
        ErreurDepot: the pages of a piece cannot be bound; the sentence names the piece.
    """
    couverture = redige(dossier, campagne, tuple(libelle_manquante(m) for m in lot.manquantes), jour)
    tete, premieres = _tete(couverture, lot, jour)
    suite = (lot.fiche, *lot.pieces)
    sources: list[Pdf] = []
    sortie = io.BytesIO()
    try:
        with Pdf.new() as pdf:
            sources.append(Pdf.open(io.BytesIO(tete.octets)))
            pdf.add_pages_from(sources[0])
            for rang, piece in enumerate(suite):
                progress.etape(rang, len(suite) + 1, f"Reliure : {piece.titre}")
                sources.append(_ajouter(pdf, piece))
            progress.etape(len(suite), len(suite) + 1, "Numérotation des pages")
            numerotation.numeroter(pdf)
            _lier_sommaire(pdf, tete, [(premieres[p.numero], p) for p in suite])
            _signets(pdf, lot.pieces, premieres)
            _metadonnees(pdf, dossier, campagne, lot, jour)
            pdf.save(sortie, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
            pages = len(pdf.pages)
    except ERREURS_PDF as e:
        raise ErreurDepot(
            "Le PDF du dossier n’a pas pu être relié.", "Rien n’a été écrit ; le dépôt précédent est intact."
        ) from e
    finally:
        for source in sources:
            source.close()
    return Bundle(sortie.getvalue(), pages, premieres, tuple(range(2, tete.pages + 1)))


def _ajouter(pdf: Pdf, piece: PieceLot) -> Pdf:
    """Adds the pages of a piece. The file they come from is returned: it must stay open until the bundle is saved."""
    debut = len(pdf.pages)
    try:
        source = Pdf.open(io.BytesIO(piece.octets))
        figer_signatures(source)
        pdf.add_pages_from(source)
        for rang in sorted(piece.pages_jointes):
            numerotation.isoler(pdf, pdf.pages[debut + rang])
    except ERREURS_PDF as e:
        raise ErreurDepot(
            f"La pièce {piece.numero} ({piece.titre}) n’a pas pu être reliée au dossier.",
            "Imprimez en PDF le fichier joint, remplacez-le par la copie obtenue, puis recommencez.",
        ) from e
    return source


def _lier_sommaire(pdf: Pdf, tete: PagesDeTete, cibles: list[tuple[int, PieceLot]]) -> None:
    for (rang, rectangle), (page, piece) in zip(tete.zones, cibles, strict=True):
        lien = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(v, 2) for v in rectangle]),
            Border=Array([0, 0, 0]),
            F=4,
            Contents=String(f"{piece.titre}, page {page}"),
            A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[page - 1].obj, Name.Fit])),
        )
        porteuse = pdf.pages[rang].obj
        if Name.Annots not in porteuse:
            porteuse[Name.Annots] = Array()
        porteuse[Name.Annots].append(pdf.make_indirect(lien))


def _signets(pdf: Pdf, pieces: tuple[PieceLot, ...], premieres: dict[int, int]) -> None:
    with pdf.open_outline() as plan:
        for piece in pieces:
            premiere = premieres[piece.numero]
            item = OutlineItem(titre_signet(piece), premiere - 1)
            item.is_closed = True
            planter(piece.signets, premiere - 1, item.children)
            plan.root.append(item)


def _metadonnees(pdf: Pdf, dossier: Dossier, campagne: Campagne, lot: Lot, jour: date) -> None:
    porteur = dossier.porteur
    titre = f"Dossier de candidature – {dossier.nom}"
    if not lot.complet:
        titre += " (incomplet)"
    pdf.Root[Name.Lang] = String("fr-FR")
    pdf.Root[Name.PageMode] = Name.UseOutlines
    pdf.Root[Name.ViewerPreferences] = Dictionary(DisplayDocTitle=True)
    date_pdf = String(f"D:{jour:%Y%m%d}000000Z")
    infos = {
        Name.Title: titre,
        Name.Author: porteur.nom if porteur else "",
        Name.Subject: campagne.titre,
        Name.Creator: "ESMS Desktop",
        Name.Keywords: typo.enumeration(["ESMS numérique", "dossier usager informatisé"]),
    }
    for cle, valeur in infos.items():
        pdf.docinfo[cle] = String(valeur)
    pdf.docinfo[Name.CreationDate] = date_pdf
    pdf.docinfo[Name.ModDate] = date_pdf
