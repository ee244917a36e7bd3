"""What is being typed: the visit of a field its writes belong to, and who keeps what cannot be written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from weakref import WeakSet

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

# Milliseconds without a key before what is typed is saved.
PAUSE_MS = 1_500


# All that is typed in: fields, cells, editors. `en_attente()` gives the name of the place and what is typed there and not
# saved, None when nothing waits.
SOURCES: WeakSet[Any] = WeakSet()


class Gardien(Protocol):
    """Keeps texts that are not in the base."""

    def relever(self) -> None:
        """Something typed waits somewhere in the window, or waits no more: what waits is kept as it is now."""

    def perdre(self, source: QObject, champ: str, texte: str) -> None:
        """The place where something was typed shows something else, or is gone: the text is kept apart, and it is said."""


_visite: object = None
_frappe = False
_cede = False
_gardien: Gardien | None = None


@contextmanager
def pendant(laquelle: object, frappe: bool = False) -> Iterator[None]:
    """Meanwhile, what is written comes from one visit of a field. `frappe`: the person is still typing, nothing is asked."""
    global _visite, _frappe
    avant = _visite, _frappe
    _visite, _frappe = laquelle, frappe
    try:
        yield
    finally:
        _visite, _frappe = avant


def courante() -> object:
    """The visit that what is written now comes from, None when it comes from none."""
    return _visite


def en_frappant() -> bool:
    """Whether the person is typing: a refusal and a question wait until she leaves the field."""
    return _frappe


@contextmanager
def cedant() -> Iterator[None]:
    """Meanwhile, what was refused because someone else wrote gives way to what they wrote."""
    global _cede
    avant, _cede = _cede, True
    try:
        yield
    finally:
        _cede = avant


def cede() -> bool:
    """Whether what was refused gives way."""
    return _cede


def nommer_gardien(gardien: Gardien | None) -> None:
    """Who keeps what cannot be written, from now on."""
    global _gardien
    _gardien = gardien


def relever() -> None:
    """See `Gardien.relever`."""
    if _gardien is not None:
        _gardien.relever()


def perdre(source: QObject, champ: str, texte: str) -> None:
    """See `Gardien.perdre`."""
    if _gardien is not None and texte:
        _gardien.perdre(source, champ, texte)


def vivantes() -> list[Any]:
    """The places where one types that Qt has not destroyed; Python lets go of the others later."""
    presentes = []
    for source in tuple(SOURCES):
        try:
            source.objectName()
        except RuntimeError:
            SOURCES.discard(source)
        else:
            presentes.append(source)
    return presentes


def deloger(widget: QWidget) -> None:
    """What is under a widget is about to show something else: what waits there is kept apart."""
    for source in vivantes():
        if hasattr(source, "abandonner") and widget.isAncestorOf(source):
            source.abandonner()
