"""How the solution reaches the structures: waves, training sessions, communication actions."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, enfants, par, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.grappe import Essms


class Vague(Ligne):
    """A wave of deployment; `pilote` marks the sites that go first. Its ESSMS point to it."""

    __slots__ = ()
    table = "vague"
    ordre = staticmethod(par("rang"))

    id: int
    dossier_id: int
    rang: int
    nom: str
    pilote: bool
    debut: date | None
    fin: date | None
    prerequis: str
    assistance: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "list[Essms]" = enfants("essms", "vague_id")


class SessionFormation(Ligne):
    """A training session. `duree_heures`: hours for one session; `effectif`: people trained over all sessions."""

    __slots__ = ()
    table = "session_formation"

    id: int
    dossier_id: int
    vague_id: int | None
    intitule: str
    public: str
    effectif: int | None
    sessions: int | None
    duree_heures: int | None
    formateur: str
    date: date | None

    dossier: "Dossier" = parent("dossier", "dossier_id")


class ActionCommunication(Ligne):
    """An action of communication or awareness towards a public."""

    __slots__ = ()
    table = "action_communication"

    id: int
    dossier_id: int
    objet: str
    cible: str
    support: str
    responsable: str
    date: date | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
