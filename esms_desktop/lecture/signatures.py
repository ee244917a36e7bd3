"""The signature circuit of the convention and the letters, signatory by signatory."""

from datetime import date
from typing import TYPE_CHECKING, Any

from esms_desktop.lecture.ligne import Ligne, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class Signature(Ligne):
    """Where one document stands with one OG. `empreinte`, `donnees`: fingerprint and content of what was printed."""

    __slots__ = ()
    table = "signature"

    id: int
    dossier_id: int
    og_id: int
    # Code of documents/catalogue.py: "convention" or "lettre-engagement".
    document: str
    genere_le: date | None
    imprime_le: date | None
    envoye_le: date | None
    signe_le: date | None
    fichier_id: int | None
    empreinte: str
    donnees: Any | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
