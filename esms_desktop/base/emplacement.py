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


def anticiper(chemin: Path) -> None:
    """Begins to derive the key of a base beside what is loaded meanwhile."""
    from esms_desktop.store.cles.derivation import anticiper

    anticiper(chemin)


def danger_du_lieu(chemin: Path) -> str:
    """What the folder of a base puts at risk, in whole sentences; empty when nothing."""
    from esms_desktop.store.lieu import lieu_de

    return lieu_de(chemin).danger


def sur_un_reseau(chemin: Path) -> bool:
    """Whether the folder of a base is on a disk of the network."""
    from esms_desktop.store.lieu import lieu_de

    return lieu_de(chemin).genre == "reseau"
