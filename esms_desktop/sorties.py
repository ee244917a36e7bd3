"""Writing one file outside the base: beside, then renamed."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from esms_desktop.errors import ErreurEsms, raison_systeme
from esms_desktop.store.fichiers import mettre_en_place


def ecrire(chemin: Path, octets: bytes) -> Path:
    """Writes `octets` to `chemin` whole, or leaves what was there.

    Raises:
        ErreurEsms: the folder or the disk refuses; nothing is left behind.
    """
    provisoire: Path | None = None
    try:
        descripteur, nom = tempfile.mkstemp(prefix=f".{chemin.name[:40]}.", dir=chemin.parent)
        provisoire = Path(nom)
        with os.fdopen(descripteur, "wb") as sortie:
            sortie.write(octets)
            sortie.flush()
            os.fsync(sortie.fileno())
        # Readable by its owner only, as mkstemp made it: an export holds names.
        mettre_en_place(provisoire, chemin)
    except OSError as e:
        if provisoire is not None:
            with suppress(FileNotFoundError):
                provisoire.unlink()
        raise ErreurEsms(
            f"«\u00a0{chemin.name}\u00a0» n’a pas pu être écrit dans {chemin.parent} ({raison_systeme(e)}).",
            "Rien n’a été changé\u00a0; choisissez un autre dossier ou libérez de la place, puis recommencez.",
        ) from e
    return chemin
