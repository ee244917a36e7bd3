"""The XML of a workbook as a stream: one element at a time, the empty rows of a sheet taken out before they are parsed."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol

from lxml import etree

_MORCEAU = 2**20
# No row is so long: what follows is not looked into.
_SANS_RANGEE_MAX = 16 * 2**20
_FIN = b"</row>"
# Cells and rows that only have a format. Without their number, those after them would move: they stay.
_CELLULES = re.compile(rb'<c\s[^>]*?\br="[A-Z]+\d+"[^>]*/>')
_RANGEES = re.compile(rb'<row\s[^>]*?\br="\d+"[^>]*(?:/>|>\s*</row>)')


class Lisible(Protocol):
    """What a parser reads."""

    def read(self, taille: int = -1, /) -> bytes:
        """About that many bytes more, none at the end."""


class SansVides:
    """A sheet without its empty cells and rows: a column formatted to the bottom has a million of them."""

    def __init__(self, flux: BinaryIO) -> None:
        self._flux, self._reste = flux, b""

    def read(self, _taille: int = -1, /) -> bytes:
        """The next rows that say something; none at the end."""
        while morceau := self._flux.read(_MORCEAU):
            tout = self._reste + morceau
            fin = tout.rfind(_FIN)
            if fin < 0:
                if len(tout) > _SANS_RANGEE_MAX:
                    self._reste = b""
                    return tout
                self._reste = tout
                continue
            fin += len(_FIN)
            self._reste = tout[fin:]
            if utile := _RANGEES.sub(b"", _CELLULES.sub(b"", tout[:fin])):
                return utile
        fini, self._reste = self._reste, b""
        return fini


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def evenements(flux: Lisible, *noms: str) -> Iterator[tuple[str, Any]]:
    """Each element of these names once it is whole, with its name."""
    lus = etree.iterparse(
        flux,
        events=("end",),
        tag=[f"{{*}}{n}" for n in noms],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for _, element in lus:
        yield local(element), element


def oublier(element: Any) -> None:
    """Frees an element and those before it: a sheet of a million rows holds one at a time."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
