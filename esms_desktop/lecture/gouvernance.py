"""Who steers the project: the instances. The team and the référents are contacts (contacts.py)."""

from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, par, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class Instance(Ligne):
    """A committee of the project: comité de pilotage, comité opérationnel… (referentiel 03 § 1)."""

    __slots__ = ()
    table = "instance"
    ordre = staticmethod(par("rang"))

    id: int
    dossier_id: int
    rang: int
    nom: str
    role: str
    composition: str
    frequence: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
