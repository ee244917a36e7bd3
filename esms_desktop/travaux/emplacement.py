"""Where the base is, without opening it: light enough to be asked before anything heavy is imported."""

import os
from pathlib import Path

import platformdirs

VARIABLE = "ESMS_DESKTOP_BASE"
NOM_FICHIER = "esms-desktop.sqlite"


def chemin_base(option: str | None = None) -> Path:
    """The file of the base: the option, else `ESMS_DESKTOP_BASE`, else the user's data folder."""
    choisi = option or os.environ.get(VARIABLE)
    if choisi:
        return Path(choisi).expanduser()
    return Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / NOM_FICHIER
