"""The risks of the project, of the grappe and of each structure, and the actions that answer them (referentiel 04 § 2)."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, enfants, par, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.grappe import Essms


class Risque(Ligne):
    """A risk of the grappe, or of one structure when `essms_id` is set.

    Attributes:
        categorie: value of `CategorieRisque`.
        probabilite, gravite: 1 to 4, None when not assessed yet.
        probabilite_residuelle, gravite_residuelle: the same once the actions are done; None when not assessed.
        origine: key of the library (resources/listes/risques.toml), empty for a risk of the person's own.
    """

    __slots__ = ()
    table = "risque"
    ordre = staticmethod(par("rang"))

    id: int
    dossier_id: int
    essms_id: int | None
    rang: int
    intitule: str
    categorie: str
    cause: str
    consequence: str
    probabilite: int | None
    gravite: int | None
    probabilite_residuelle: int | None
    gravite_residuelle: int | None
    origine: str
    notes: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "Essms | None" = parent("essms", "essms_id")
    actions: "list[ActionRisque]" = enfants("action_risque", "risque_id")


class ActionRisque(Ligne):
    """What is done about a risk. `nature`, `etat`: values of the lists above; `cout_cents`: cost in cents.

    Its dossier is that of its risk: give both when making one.
    """

    __slots__ = ()
    table = "action_risque"
    ordre = staticmethod(par("rang"))

    id: int
    dossier_id: int
    risque_id: int
    rang: int
    intitule: str
    nature: str
    responsable: str
    echeance: date | None
    etat: str
    cout_cents: int | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
    risque: "Risque" = parent("risque", "risque_id")


class EvaluationStructure(Ligne):
    """What was said of a structure as a whole. `sans_risque`: no risk of its own; None: not answered. One row a structure."""

    __slots__ = ()
    table = "evaluation_structure"

    id: int
    dossier_id: int
    essms_id: int
    sans_risque: bool | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
    essms: "Essms" = parent("essms", "essms_id")


class NiveauEchelle(Ligne):
    """The words of one level of a scale, when the person rewrote them. `axe`: "probabilite" or "gravite"; `niveau`: 1 to 4."""

    __slots__ = ()
    table = "niveau_echelle"

    id: int
    dossier_id: int
    axe: str
    niveau: int
    libelle: str
    definition: str

    dossier: "Dossier" = parent("dossier", "dossier_id")
