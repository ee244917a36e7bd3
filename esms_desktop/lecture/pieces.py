"""The files attached to the fourteen pieces, and their bytes, kept inside the encrypted base."""

from datetime import datetime
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, par, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class Fichier(Ligne):
    """A file attached to a piece. `og_id` names the OG it stands for when the piece is asked of each OG; `entite`, the national
    entity when it is asked of each of them."""

    __slots__ = ()
    table = "fichier"
    ordre = staticmethod(par("numero"))

    id: int
    dossier_id: int
    og_id: int | None
    numero: int
    nom: str
    extension: str
    sha256: str
    taille: int
    pages: int | None
    joint_le: datetime
    entite: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
