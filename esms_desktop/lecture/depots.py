"""What was filed, kept as it left, and the complements the ARS asked for."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class DepotFait(Ligne):
    """A filing: the exact archive (under `sha256` in Contenu) and its manifest. `complement_id`: what it answers."""

    __slots__ = ()
    table = "depot_fait"

    id: int
    dossier_id: int
    complement_id: int | None
    produit_le: datetime
    depose_le: date | None
    complet: bool
    sha256: str
    taille: int
    pages: int
    manifeste: str
    accuse: str

    dossier: "Dossier" = parent("dossier", "dossier_id")


class Complement(Ligne):
    """A piece the ARS asked to complete after the filing."""

    __slots__ = ()
    table = "complement"

    id: int
    dossier_id: int
    numero: int | None
    demande: str
    demande_le: date | None
    echeance: date | None
    repondu_le: date | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
