"""A plugin of pytest that notes which functions of the core each test calls, and how long it takes."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.mutations.points import PAQUETS

_DEBUTS = tuple(f"esms_desktop/{p}/" for p in PAQUETS)
_connus: dict[int, str] = {}
_appels: dict[str, set[str]] = {}
_durees: dict[str, float] = {}
_partages: dict[str, list[str]] = {}
_courant: set[str] = set()


def _noter(trame: FrameType, evenement: str, _objet: object) -> None:
    if evenement == "call":
        code = trame.f_code
        cle = _connus.get(id(code))
        if cle is None:
            chemin = os.path.relpath(code.co_filename).replace(os.sep, "/")
            nom = code.co_qualname.replace("<locals>.", "")
            cle = _connus[id(code)] = f"{chemin}::{nom}" if chemin.startswith(_DEBUTS) else ""
        if cle:
            _courant.add(cle)


def _vers(nom: str) -> set[str]:
    global _courant
    avant, _courant = _courant, _appels.setdefault(nom, set())
    return avant


def pytest_collection_finish(session: pytest.Session) -> None:
    """Starts once everything is imported."""
    _partages.update(
        {i.nodeid: list(i.fixturenames) for i in session.items if isinstance(i, pytest.Function)}
    )
    threading.setprofile(_noter)
    sys.setprofile(_noter)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """One test, from its fixtures to their end."""
    debut = time.process_time()
    _vers(item.nodeid)
    result = yield
    _durees[item.nodeid] = time.process_time() - debut
    return result


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """What a shared fixture calls counts for every test that asks for it."""
    global _courant
    if fixturedef.scope == "function":
        return (yield)
    avant = _vers(f"fixture:{fixturedef.argname}")
    try:
        return (yield)
    finally:
        _courant = avant


def pytest_sessionfinish() -> None:
    """Writes, for each function, the tests that call it, the quickest first."""
    sys.setprofile(None)
    essais: dict[str, list[str]] = {}
    for test in sorted(_durees, key=lambda t: _durees[t]):
        for cle in _appels[test].union(*(_appels.get(f"fixture:{n}", ()) for n in _partages.get(test, ()))):
            essais.setdefault(cle, []).append(test)
    notes = json.dumps({"essais": essais, "durees": _durees})
    Path(os.environ["ESMS_DESKTOP_APPELS"]).write_text(notes, encoding="utf-8")
