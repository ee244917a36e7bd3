"""The only reader of resources/: data files as text, bytes or a real path."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import resources


def _noeud(chemin: str) -> Traversable:
    noeud = files(resources)
    for part in chemin.split("/"):
        noeud = noeud / part
    return noeud


def texte(chemin: str) -> str:
    """Text of `resources/<chemin>` (UTF-8)."""
    return _noeud(chemin).read_text(encoding="utf-8")


def octets(chemin: str) -> bytes:
    """Bytes of `resources/<chemin>`."""
    return _noeud(chemin).read_bytes()


def noms(dossier: str, suffixe: str) -> list[str]:
    """Sorted names of the files of `resources/<dossier>` that end with `suffixe`."""
    return sorted(n.name for n in _noeud(dossier).iterdir() if n.name.endswith(suffixe))


def chemin_reel(chemin: str) -> Path:
    """A path on disk for libraries that need one (fonts, migration scripts)."""
    with as_file(_noeud(chemin)) as p:
        return p
