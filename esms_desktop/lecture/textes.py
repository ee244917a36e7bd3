"""The narrative sections a person rewrote for a dossier; absent, the default text of resources/modeles serves."""

from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class TexteDocument(Ligne):
    """The text of one section of one document, in Markdown with fields (`{porteur.nom}`)."""

    __slots__ = ()
    table = "texte_document"

    id: int
    dossier_id: int
    document: str
    section: str
    texte: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
