"""What the tests of the plan of the page Financement share: its tables, read and typed in."""

from typing import Any

NBSP = "\u00a0"


def textes(modele: Any, colonne: int) -> list[str]:
    """What a column shows."""
    return [str(modele.index(r, colonne).data()) for r in range(modele.rowCount())]
