"""From an attached file to the pages that stand for it in the filing. The original bytes are never touched."""

import hashlib
import io
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pikepdf import Name, ObjectStreamMode, Pdf

from esms_desktop.depot.fichiers import images
from esms_desktop.depot.fichiers.bureautique import NOM_FAMILLE, pages_annoncees
from esms_desktop.depot.fichiers.libreoffice import SANS_PAGES, Tirage
from esms_desktop.depot.fichiers.nature import nature
from esms_desktop.depot.fichiers.objets_pdf import ERREURS_PDF, Signet
from esms_desktop.depot.fichiers.pdf_joint import PdfLu, lire_pdf
from esms_desktop.depot.fichiers.portefeuille import phrase_deplie
from esms_desktop.depot.reunion.apparence import phrase_blanches, regarder
from esms_desktop.depot.reunion.intitules import en_mots
from esms_desktop.depot.reunion.reliure import ajouter_pages
from esms_desktop.documents.arbre.arbre import Document, Encadre, Paragraphe, gras
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import ErreurPiece
from esms_desktop.francais import pluriel

CONVERTI = "Les pages sont tirées du fichier par LibreOffice\u00a0: l’original est gardé tel quel dans l’archive\u00a0; comparez-les avant de déposer."
# LibreOffice does not cut pages where Word does: fewer pages mean that some are missing only beyond this share.
_PART_ENTIERE = 0.8


@dataclass(frozen=True)
class Converti:
    """An attached file as PDF pages.

    Args:
        octets: a PDF; the very bytes of the file when `intact`.
        pages: how many pages it has.
        signets: the bookmarks it came with.
        remarques: what was changed on the way, in French sentences.
        intact: the file is itself a PDF that nothing had to be done to.
    """

    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    intact: bool = False


@dataclass(frozen=True)
class Renvoi:
    """What the page that stands for a Word or Excel file says: the piece, the dossier, where the file is."""

    titre_piece: str
    dossier_nom: str
    porteur: str
    chemin_archive: str
    jour: date


def convertible() -> Collection[str]:
    """The extensions whose pages only an office suite can draw."""
    return NOM_FAMILLE.keys()


def convertir(
    nom: str,
    extension: str,
    octets: bytes,
    renvoi: Renvoi,
    tirage: Tirage | None = None,
    rigoureux: bool = True,
) -> Converti:
    """Makes PDF pages of an attached file.

    Args:
        nom: name of the file, used in the errors.
        extension: one that may be attached, with its dot.
        octets: the file.
        renvoi: used only for Word and Excel files.
        tirage: the PDF an office suite made of Word and Excel files, by the SHA-256 of their bytes; None when there is
            no office suite.
        rigoureux: reads an attached PDF to its last byte, not its structure only.

    Raises:
        ErreurPiece: the file cannot be shown, with the reason.
    """
    tirage = tirage or Tirage()
    if extension == ".pdf":
        lu = lire_pdf(nom, octets, rigoureux)
        if lu.internes:
            return _deplier(nom, lu, renvoi, tirage, rigoureux)
        return Converti(lu.octets, lu.pages, lu.signets, lu.remarques, intact=lu.intact)
    if extension in images.EXTENSIONS:
        lue = images.image_en_pdf(nom, octets, extension)
        return Converti(lue.pdf, lue.pages, (), lue.remarques)
    if extension in NOM_FAMILLE:
        pages = tirage.pdfs.get(hashlib.sha256(octets).hexdigest())
        tire = _tirer(nom, pages, pages_annoncees(octets, extension)) if pages else None
        if tire is not None:
            return tire
        rendu = rendre(_page_de_renvoi(nom, extension, renvoi), renvoi.jour)
        return Converti(rendu.octets, rendu.pages, (), (SANS_PAGES["echec" if pages else tirage.raison],))
    raise ErreurPiece(
        f"« {nom} » : l’extension {extension or 'absente'} n’est pas admise par le téléservice.",
        "Retirez ce fichier de la pièce, ou joignez-le dans un format admis.",
    )


def apercu(nom: str, extension: str, octets: bytes, jour: date) -> bytes:
    """The pages that stand for an attached image or PDF in the filing, to be looked at.

    Raises:
        ErreurPiece: the file cannot be shown, with the reason.
    """
    return convertir(nom, extension, octets, Renvoi("", "", "", nom, jour), rigoureux=False).octets


def _deplier(nom: str, lu: PdfLu, renvoi: Renvoi, tirage: Tirage, rigoureux: bool) -> Converti:
    """The files of a portfolio one after the other, after its own pages when they are more than a notice."""
    parties = [] if regarder(lu.octets).invitation else [Converti(lu.octets, lu.pages, lu.signets, ())]
    titres = [nom] * len(parties)
    remarques = [phrase_deplie(tuple(i.nom for i in lu.internes)), *lu.remarques]
    for interne in lu.internes:
        converti = convertir(interne.nom, nature(interne.octets), interne.octets, renvoi, tirage, rigoureux)
        parties.append(converti)
        titres.append(interne.nom)
        remarques += [f"« {interne.nom} » – {r}" for r in converti.remarques]
    signets: list[Signet] = []
    avant = 0
    sortie = io.BytesIO()
    with ExitStack() as ouverts:
        pdf = ouverts.enter_context(Pdf.new())
        for titre, partie in zip(titres, parties, strict=True):
            source = ouverts.enter_context(Pdf.open(io.BytesIO(partie.octets)))
            ajouter_pages(pdf, source, jointe=True)
            signets.append(Signet(1, en_mots(titre), avant + 1))
            signets += [replace(s, niveau=s.niveau + 1, page=avant + s.page) for s in partie.signets]
            avant += partie.pages
        if Name.Outlines in pdf.Root:
            del pdf.Root[Name.Outlines]
        pdf.save(sortie, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return Converti(sortie.getvalue(), avant, tuple(signets), tuple(dict.fromkeys(remarques)))


def _tirer(nom: str, chemin: Path, annoncees: int | None) -> Converti | None:
    """The pages an office suite made, read like any PDF of somebody else's; None when they are not a sound PDF, or blank."""
    try:
        # Rid of what changes at each run, so that the same file gives the same bytes.
        with Pdf.open(chemin) as pdf:
            for cle in (Name.CreationDate, Name.ModDate, Name.Producer, Name.Creator):
                if cle in pdf.docinfo:
                    del pdf.docinfo[cle]
            if Name.Metadata in pdf.Root:
                del pdf.Root[Name.Metadata]
            if Name.ID in pdf.trailer:
                del pdf.trailer[Name.ID]
            sortie = io.BytesIO()
            pdf.save(sortie, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        lu = lire_pdf(nom, sortie.getvalue())
    except (ErreurPiece, *ERREURS_PDF):
        return None
    vue = regarder(lu.octets)
    if len(vue.blanches) == lu.pages:
        return None
    blanches = phrase_blanches(vue)
    remarques = [_partiel(lu.pages, annoncees) or CONVERTI, *([blanches] if blanches else []), *lu.remarques]
    return Converti(lu.octets, lu.pages, lu.signets, tuple(remarques))


def _partiel(pages: int, annoncees: int | None) -> str:
    if annoncees is None or pages >= annoncees * _PART_ENTIERE:
        return ""
    combien = f"que {pluriel(pages, 'page')}" if pages > 1 else "qu’une page"
    tirees = f"LibreOffice n’a tiré {combien}"
    return (
        f"{tirees} de ce fichier, qui en compte {annoncees}\u00a0: l’original est gardé tel quel dans l’archive\u00a0; comparez, et "
        "s’il en manque imprimez-le vous-même en PDF et joignez ce PDF."
    )


def _page_de_renvoi(nom: str, extension: str, renvoi: Renvoi) -> Document:
    return Document(
        code="fichier-joint",
        titre="Fichier joint",
        sous_titre=renvoi.titre_piece,
        dossier_nom=renvoi.dossier_nom,
        porteur=renvoi.porteur,
        blocs=(
            Paragraphe(("Cette pièce est fournie sous la forme d’un fichier ", NOM_FAMILLE[extension], " :")),
            Paragraphe((gras(nom),)),
            Encadre("info", ("À ouvrir dans l’archive du dossier : ", gras(renvoi.chemin_archive))),
        ),
    )
