"""The people of the project."""

from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, parent
from esms_desktop.nomenclature.vocabulaire import RoleContact

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier


class Contact(Ligne):
    """A person of the project and how to reach them."""

    __slots__ = ()
    table = "contact"

    id: int
    dossier_id: int
    og_id: int | None
    # The structure a référent stands for; None for the whole project or OG.
    essms_id: int | None
    role: RoleContact
    nom: str
    fonction: str
    telephone: str
    courriel: str
    # Share of working time given to the project, 0 to 100.
    part_temps_pour_cent: int | None

    dossier: "Dossier" = parent("dossier", "dossier_id")
