"""From an attached file to the pages that stand for it in the filing. The original bytes are never touched."""

from dataclasses import dataclass
from datetime import date

from esms_desktop.depot.bureautique import NOM_FAMILLE
from esms_desktop.depot.images import image_en_pdf
from esms_desktop.depot.objets_pdf import Signet
from esms_desktop.depot.pdf_joint import lire_pdf
from esms_desktop.documents.arbre import Document, Encadre, Paragraphe, gras
from esms_desktop.documents.rendu_pdf import rendre
from esms_desktop.errors import ErreurPiece

_SANS_PAGES = "Le fichier est joint tel quel dans l’archive ; une page le représente dans le dossier."


@dataclass(frozen=True)
class Converti:
    """An attached file as PDF pages.

    Args:
        octets: a PDF; the very bytes of the file when `intact`.
        pages: how many pages it has.
        signets: the bookmarks it came with.
        remarques: what was changed on the way, in French sentences.
        intact: the file is itself a PDF that nothing had to be done to.
        page_de_renvoi: the page only names the file, which is to be opened in the archive.
    """

    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    intact: bool = False
    page_de_renvoi: bool = False


@dataclass(frozen=True)
class Renvoi:
    """What the page that stands for a Word or Excel file says: the piece, the dossier, where the file is."""

    titre_piece: str
    dossier_nom: str
    porteur: str
    chemin_archive: str
    jour: date


def convertir(nom: str, extension: str, octets: bytes, renvoi: Renvoi) -> Converti:
    """Makes PDF pages of an attached file.

    Args:
        nom: name of the file, used in the errors.
        extension: one of the eight, with its dot.
        octets: the file.
        renvoi: used only for Word and Excel files.

    Raises:
        ErreurPiece: the file cannot be shown, with the reason.
    """
    if extension == ".pdf":
        lu = lire_pdf(nom, octets)
        return Converti(lu.octets, lu.pages, lu.signets, lu.remarques, intact=lu.intact)
    if extension in (".png", ".jpg", ".gif"):
        pdf, remarques = image_en_pdf(nom, octets, extension)
        return Converti(pdf, 1, (), remarques)
    if extension in NOM_FAMILLE:
        rendu = rendre(_page_de_renvoi(nom, extension, renvoi), renvoi.jour)
        return Converti(rendu.octets, rendu.pages, (), (_SANS_PAGES,), page_de_renvoi=True)
    raise ErreurPiece(
        f"« {nom} » : l’extension {extension or 'absente'} n’est pas admise par le téléservice.",
        "Retirez ce fichier de la pièce, ou joignez-le dans un format admis.",
    )


def _page_de_renvoi(nom: str, extension: str, renvoi: Renvoi) -> Document:
    return Document(
        code="fichier-joint",
        titre="Fichier joint",
        sous_titre=renvoi.titre_piece,
        dossier_nom=renvoi.dossier_nom,
        porteur=renvoi.porteur,
        blocs=(
            Paragraphe(("Cette pièce est fournie sous la forme d’un fichier ", NOM_FAMILLE[extension], " :")),
            Paragraphe((gras(nom),)),
            Encadre("info", ("À ouvrir dans l’archive du dossier : ", gras(renvoi.chemin_archive))),
        ),
    )
