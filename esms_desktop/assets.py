"""The only reader of resources/: data files as text, bytes or a real path."""

from pathlib import Path

import resources

# importlib.resources would cost the first paint 10 ms; resources/ always lies on disk, frozen or not.
_RACINE = Path(next(iter(resources.__path__)))


def texte(chemin: str) -> str:
    """Text of `resources/<chemin>` (UTF-8)."""
    return chemin_reel(chemin).read_text(encoding="utf-8")


def octets(chemin: str) -> bytes:
    """Bytes of `resources/<chemin>`."""
    return chemin_reel(chemin).read_bytes()


def noms(dossier: str, suffixe: str) -> list[str]:
    """Sorted names of the files of `resources/<dossier>` that end with `suffixe`."""
    return sorted(p.name for p in chemin_reel(dossier).iterdir() if p.name.endswith(suffixe))


def chemin_reel(chemin: str) -> Path:
    """The path on disk of `resources/<chemin>`."""
    return _RACINE / chemin
