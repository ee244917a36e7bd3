"""Where the base is, without opening it: light enough to be asked before anything heavy is imported."""

import os
from pathlib import Path

import platformdirs

from esms_desktop.errors import ErreurBase

VARIABLE = "ESMS_DESKTOP_BASE"
NOM_FICHIER = "esms-desktop.sqlite"


def chemin_base(option: str | None = None) -> Path:
    """The file of the base: the option, else `ESMS_DESKTOP_BASE`, else the user's data folder.

    Raises:
        ErreurBase: the home it is in cannot be found.
    """
    choisi = option or os.environ.get(VARIABLE)
    try:
        if choisi:
            return Path(choisi).expanduser()
        return Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / NOM_FICHIER
    except RuntimeError as e:
        raise ErreurBase(
            "Le dossier personnel où chercher la base est introuvable.",
            "Donnez le chemin entier de la base avec --base.",
        ) from e
