"""The plans of the project: tasks and milestones, what links them, the days when nobody works."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, enfants, par, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.deploiement import Vague
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.grappe import Essms
    from esms_desktop.lecture.risques import ActionRisque


class Tache(Ligne):
    """A task or a milestone. What is kept is what the person wants; where it falls is computed (regles/planning.py).

    Attributes:
        plan: value of `Plan`.
        duree: worked days; not read for a milestone.
        pas_avant: day before which it may not start (where the person dragged it).
        fixe: day it starts whatever its links say; wins over `pas_avant`.
        echeance: day it must be finished; does not move it, only raises a finding.
        avancement: 0 to 100.
        essms_id, vague_id: what it is about; neither when it is about the whole grappe.
        action_id: the action on a risk it carries out.
        origine: key of the model plan (resources/plans), empty for a task of the person's own.
        reference_debut, reference_fin: where it fell when the reference was taken, at the deposit.
    """

    __slots__ = ()
    table = "tache"
    ordre = staticmethod(par("rang"))

    id: int
    dossier_id: int
    rang: int
    plan: str
    phase: str
    nom: str
    jalon: bool
    duree: int
    pas_avant: date | None
    fixe: date | None
    echeance: date | None
    responsable: str
    avancement: int
    essms_id: int | None
    vague_id: int | None
    action_id: int | None
    origine: str
    reference_debut: date | None
    reference_fin: date | None
    notes: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "Essms | None" = parent("essms", "essms_id")
    vague: "Vague | None" = parent("vague", "vague_id")
    action: "ActionRisque | None" = parent("action_risque", "action_id")
    entrants: "list[LienTache]" = enfants("lien_tache", "apres_id")
    sortants: "list[LienTache]" = enfants("lien_tache", "avant_id")


class LienTache(Ligne):
    """`apres` waits for `avant`. `type`: value of `regles.ordonnancement.TypeLien`; `decalage`: worked days, may be negative."""

    __slots__ = ()
    table = "lien_tache"

    id: int
    dossier_id: int
    avant_id: int
    apres_id: int
    type: str
    decalage: int

    dossier: "Dossier" = parent("dossier", "dossier_id")
    avant: "Tache" = parent("tache", "avant_id")
    apres: "Tache" = parent("tache", "apres_id")


class Fermeture(Ligne):
    """Days when the grappe does not work on the project, both included."""

    __slots__ = ()
    table = "fermeture"
    ordre = staticmethod(par("debut"))

    id: int
    dossier_id: int
    motif: str
    debut: date
    fin: date

    dossier: "Dossier" = parent("dossier", "dossier_id")


class ReglagePlanning(Ligne):
    """What holds for all the tasks of a dossier; at most one row a dossier.

    Attributes:
        territoire: whose public holidays count (a key of `regles.jours_ouvres.TERRITOIRES`); None: that of the porteur.
        reference_le: the day the reference dates of the tasks were taken; None while there is no reference.
    """

    __slots__ = ()
    table = "reglage_planning"

    id: int
    dossier_id: int
    territoire: str | None
    reference_le: date | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
