"""What a base asks of its backups, and what is known of them: a small file in the folder of the backups, beside the base."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import ecrire_entier
from esms_desktop.store.sauvegarde.sauvegarde import lister

REGLAGES = "reglages.json"
_TAILLE_MAX = 64 * 1024


@dataclass(frozen=True)
class Reglages:
    """What this base asks of its backups, and what is known of them.

    Args:
        lignee: which base it is, whatever keys it has.
        seconde: the second place (a stick, a share), empty for none.
        seconde_depuis: when it was chosen; seconde_reussie: when a backup last went there (local time, ISO), empty for never.
        echec: what the last automatic backup was refused for, empty when it went well.
        verifiee: when the base was last checked whole (local time, ISO).
    """

    lignee: str = ""
    seconde: str = ""
    seconde_depuis: str = ""
    seconde_reussie: str = ""
    echec: str = ""
    verifiee: str = ""


def dossier_local(base: Path) -> Path:
    """The folder of the backups of a base, beside it."""
    vrai = Path(os.path.realpath(base))
    return vrai.with_name(f"{vrai.name}.sauvegardes")


def lire_reglages(base: Path) -> Reglages:
    """The settings of the backups of a base; those of a new one when there are none, or when they cannot be read."""
    try:
        with (dossier_local(base) / REGLAGES).open("rb") as flux:
            lus = json.loads(flux.read(_TAILLE_MAX))
        return Reglages(**{nom: str(lus[nom]) for nom in asdict(Reglages()) if nom in lus})
    except (OSError, ValueError, TypeError):
        return Reglages()


def ecrire_reglages(base: Path, reglages: Reglages) -> None:
    """Keeps the settings of the backups of a base.

    Raises:
        ErreurBase: the disk refuses.
    """
    dossier = dossier_local(base)
    try:
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        ecrire_entier(dossier / REGLAGES, json.dumps(asdict(reglages), indent=1).encode())
    except OSError as erreur:
        raise traduire(erreur) from erreur


def avec_lignee(base: Path) -> Reglages:
    """The settings of a base, which say which base it is: drawn the first time, found again in its backups."""
    reglages = lire_reglages(base)
    if reglages.lignee:
        return reglages
    # The folder may have been emptied of its settings, and still hold the backups.
    connue = next((s.inventaire.lignee for s in lister(dossier_local(base)) if s.inventaire), "")
    return replace(reglages, lignee=connue or secrets.token_hex(16))
