"""Whether the solution of a project is chosen, or only expected until its planning chooses it (referentiel 03 § 5)."""

from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.planning.jalons import CHOIX_SOLUTION, role


@fait
def pressentie(dossier: Dossier) -> bool:
    """True while the choice is still to be made: an acquisition whose milestone « choix de la solution » is not reached.

    A mise en conformité keeps the solution in place: nothing is chosen.
    """
    if dossier.type_projet is not TypeProjet.ACQUISITION:
        return False
    return not any(t.avancement == 100 for t in dossier.taches if role(t) == CHOIX_SOLUTION)
