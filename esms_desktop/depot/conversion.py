"""From an attached file to the pages that stand for it in the filing. The original bytes are never touched."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pikepdf import Name, ObjectStreamMode, Pdf

from esms_desktop.depot.bureautique import NOM_FAMILLE
from esms_desktop.depot.images import image_en_pdf
from esms_desktop.depot.objets_pdf import ERREURS_PDF, Signet
from esms_desktop.depot.pdf_joint import lire_pdf
from esms_desktop.documents.arbre import Document, Encadre, Paragraphe, gras
from esms_desktop.documents.rendu_pdf import rendre
from esms_desktop.errors import ErreurPiece

SANS_PAGES = "Le fichier est joint tel quel dans l’archive ; une page le représente dans le dossier."
CONVERTI = (
    "Les pages ont été tirées du fichier par LibreOffice : comparez-les à l’original, joint à l’archive."
)


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
    pages_bureautique: Path | None = None,
    rigoureux: bool = True,
) -> Converti:
    """Makes PDF pages of an attached file.

    Args:
        nom: name of the file, used in the errors.
        extension: one of the eight, with its dot.
        octets: the file.
        renvoi: used only for Word and Excel files.
        pages_bureautique: the PDF an office suite made of a Word or Excel file; None when there is none.
        rigoureux: reads an attached PDF to its last byte, not its structure only.

    Raises:
        ErreurPiece: the file cannot be shown, with the reason.
    """
    if extension == ".pdf":
        lu = lire_pdf(nom, octets, rigoureux)
        return Converti(lu.octets, lu.pages, lu.signets, lu.remarques, intact=lu.intact)
    if extension in (".png", ".jpg", ".gif"):
        pdf, remarques = image_en_pdf(nom, octets, extension)
        return Converti(pdf, 1, (), remarques)
    if extension in NOM_FAMILLE:
        tire = _tirer(nom, pages_bureautique) if pages_bureautique else None
        if tire is not None:
            return tire
        rendu = rendre(_page_de_renvoi(nom, extension, renvoi), renvoi.jour)
        return Converti(rendu.octets, rendu.pages, (), (SANS_PAGES,))
    raise ErreurPiece(
        f"« {nom} » : l’extension {extension or 'absente'} n’est pas admise par le téléservice.",
        "Retirez ce fichier de la pièce, ou joignez-le dans un format admis.",
    )


def _tirer(nom: str, chemin: Path) -> Converti | None:
    """The pages an office suite made, read like any PDF of somebody else's; None when they are not a sound PDF."""
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
    return Converti(lu.octets, lu.pages, lu.signets, (CONVERTI, *lu.remarques))


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
