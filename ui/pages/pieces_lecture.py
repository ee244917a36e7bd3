"""Reading the files a person attaches, beside the window: bytes in hand and checked, or refused with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from esms_desktop.depot.fichiers import TAILLE_MAX, FichierVerifie, verifier_fichier
from esms_desktop.errors import ErreurPiece
from esms_desktop.progress import Progress


@dataclass(frozen=True)
class Lecture:
    """What was read: the files that can be attached, and the refusals in whole sentences."""

    acceptes: tuple[tuple[FichierVerifie, bytes], ...]
    refus: tuple[ErreurPiece, ...]


def _octets(chemin: Path) -> bytes:
    try:
        with chemin.open("rb") as source:
            return source.read(TAILLE_MAX + 1)
    except OSError as e:
        raison = {
            FileNotFoundError: "il n’existe pas",
            IsADirectoryError: "c’est un dossier, non un fichier",
            PermissionError: "vous n’avez pas le droit de le lire",
        }.get(type(e), e.strerror or str(e))
        raise ErreurPiece(
            f"«\u00a0{chemin.name}\u00a0» ne peut pas être lu\u00a0: {raison}.",
            "Vérifiez son emplacement, puis recommencez.",
        ) from e


def lire_fichiers(chemins: Sequence[Path], extensions: Sequence[str], progress: Progress) -> Lecture:
    """Reads and checks each file; one refusal does not stop the others.

    Raises:
        Interruption: the person cancelled.
    """
    acceptes, refus = [], []
    for rang, chemin in enumerate(chemins):
        progress.etape(rang, len(chemins), f"Lecture de «\u00a0{chemin.name}\u00a0»")
        try:
            octets = _octets(chemin)
            acceptes.append((verifier_fichier(chemin.name, octets, extensions), octets))
        except ErreurPiece as e:
            refus.append(e)
    return Lecture(tuple(acceptes), tuple(refus))
