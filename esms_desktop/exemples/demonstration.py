"""The demonstration: a fresh base with a throw-away key, the sample dossier, and its complete filing."""

import tempfile
from pathlib import Path

from esms_desktop.depot.publication import Depot
from esms_desktop.errors import ErreurDepot, raison_systeme
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.gestes.deposer import deposer_dossier
from esms_desktop.progress import Progress
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.fichiers import ecrire_entier

NOM_BASE = "base-exemple.sqlite"


def demonstration(sortie: Path, progress: Progress | None = None) -> Depot:
    """Writes the sample filing into `sortie`, and beside it the base it came from, whose key is then forgotten.

    Raises:
        ErreurDepot: the folder cannot be written; a former filing in it is untouched.
    """
    with tempfile.TemporaryDirectory(prefix="esms-exemple-") as atelier:
        base = Path(atelier) / NOM_BASE
        with ouvrir(base, cle_jetable()) as porte:
            dossier = creer_exemple(porte)
            depot = deposer_dossier(porte, porte.relire(dossier), sortie, JOUR, progress)
        try:
            ecrire_entier(sortie / NOM_BASE, base.read_bytes())
        except OSError as e:
            raise ErreurDepot(
                f"Le dépôt est écrit, mais sa base n’a pas pu être copiée dans {sortie} ({raison_systeme(e)}).",
                "Libérez de la place ou choisissez un autre dossier avec --sortie.",
            ) from e
    return depot
