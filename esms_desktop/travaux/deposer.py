"""File a dossier: read it through the door, then let depot write and prove it."""

from datetime import date
from pathlib import Path

from esms_desktop.depot.publication import Depot
from esms_desktop.depot.publication import deposer as publier
from esms_desktop.model import Dossier
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.regles.campagnes import charger
from esms_desktop.store.porte import Porte


def deposer_dossier(
    porte: Porte, dossier: Dossier, sortie: Path, jour: date, progress: Progress | None = None
) -> Depot:
    """Writes the filing of `dossier` into `sortie` and proves it.

    Raises:
        ErreurDepot: it could not be written or proved; what was in `sortie` is untouched.
    """
    return publier(
        dossier, charger(dossier.campagne_id), jour, sortie, porte.contenu, progress or SansProgress()
    )
