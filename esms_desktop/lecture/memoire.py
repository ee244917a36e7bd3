"""What was computed from a dossier, kept as long as the tables it was read from have not changed."""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
# What the caller holds before it computes is read without a trace: these always count.
_TOUJOURS = ("dossier", "og")


class _Trace(threading.local):
    """The tables that the computation under way in this thread has read; None when none is under way."""

    lues: set[str] | None = None


_trace = _Trace()


def noter(table: str) -> None:
    """Says that a table is read: its rows, their order, or that it has none."""
    if _trace.lues is not None:
        _trace.lues.add(table)


@contextmanager
def _tracer() -> Iterator[set[str]]:
    """The tables read meanwhile; a computation around this one has read them too."""
    autour, lues = _trace.lues, set(_TOUJOURS)
    _trace.lues = lues
    try:
        yield lues
    finally:
        _trace.lues = autour
        if autour is not None:
            autour |= lues


class _Retenu(NamedTuple):
    """A value, and what it was computed from: the very tables, and what else it was given."""

    tables: Mapping[str, Any]
    avec: tuple[object, ...]
    valeur: Any


class Memoire:
    """Values kept from one version of a dossier to the next. Any thread may use it.

    A value holds no row: a row belongs to its version, and would go on saying what that one said.
    """

    def __init__(self) -> None:
        self._retenus: dict[Hashable, _Retenu] = {}

    def retenir(
        self, tables: Mapping[str, Any], cle: Hashable, avec: tuple[object, ...], calcul: Callable[[], T]
    ) -> T:
        """What `calcul` gives, computed again only when a table it read, or an object of `avec`, is another one.

        Args:
            tables: those of the version it is computed from.
            cle: what is computed.
            avec: all that it reads besides the dossier (its campaign).
        """
        connu = self._retenus.get(cle)
        if (
            connu is not None
            and all(a is b for a, b in zip(connu.avec, avec, strict=True))
            and all(tables.get(nom) is table for nom, table in connu.tables.items())
        ):
            for nom in connu.tables:
                noter(nom)
            valeur: T = connu.valeur
            return valeur
        with _tracer() as lues:
            valeur = calcul()
        self._retenus[cle] = _Retenu({nom: tables.get(nom) for nom in lues}, avec, valeur)
        return valeur
