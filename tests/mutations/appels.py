"""A plugin of pytest that notes which functions of the core each test calls, and how long it takes."""

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.mutations.gardes import IMPORT, gardes
from tests.mutations.points import PAQUETS

_DEBUTS = tuple(f"esms_desktop/{p}/" for p in PAQUETS)
_connus: dict[int, str] = {}
_appels: dict[str, set[str]] = {IMPORT: set()}
# Seconds of each test, and of each shared fixture, which whoever asks for it first pays.
_durees: dict[str, float] = {}
_partages: dict[str, list[str]] = {}
_courant = _appels[IMPORT]
_a_deduire = 0.0
_gardes: list[Callable[[], None]] = []
_fichier = ""


def _noter(trame: FrameType, evenement: str, _objet: object) -> None:
    if evenement == "call":
        code = trame.f_code
        cle = _connus.get(id(code))
        if cle is None:
            chemin = os.path.relpath(code.co_filename).replace(os.sep, "/")
            nom = code.co_qualname.replace("<locals>.", "")
            cle = _connus[id(code)] = f"{chemin}::{nom}" if chemin.startswith(_DEBUTS) else ""
            _codes.append(code)
        if cle:
            _courant.add(cle)


# Kept alive, so that no other code takes the number of one that is gone.
_codes: list[object] = []
threading.setprofile(_noter)
sys.setprofile(_noter)


def _processeur() -> float:
    """Seconds of processor of this process and of those it waited for: what else runs here does not count."""
    return sum(os.times()[:4])


def _vers(nom: str) -> set[str]:
    global _courant
    avant, _courant = _courant, _appels.setdefault(nom, set())
    return avant


def _fixture(nom: str, base: str) -> str:
    return f"fixture:{base}:{nom}"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Notes the shared fixtures that each test asks for."""
    _gardes.extend(gardes())
    for item in session.items:
        if isinstance(item, pytest.Function):
            definitions = [d[-1] for d in item._fixtureinfo.name2fixturedefs.values() if d]
            _partages[item.nodeid] = [
                _fixture(d.argname, d.baseid) for d in definitions if d.scope != "function"
            ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """One test, from its fixtures to their end; the first of each file finds nothing kept from those before."""
    global _a_deduire, _fichier
    if _fichier != (_fichier := item.nodeid.split("::")[0]):
        for vider in _gardes:
            vider()
    debut, _a_deduire = _processeur(), 0.0
    _vers(item.nodeid)
    result = yield
    _durees[item.nodeid] = _processeur() - debut - _a_deduire
    return result


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """What a shared fixture calls counts for every test that asks for it."""
    global _courant, _a_deduire
    if fixturedef.scope == "function":
        return (yield)
    nom, debut = _fixture(fixturedef.argname, fixturedef.baseid), _processeur()
    avant = _vers(nom)
    try:
        return (yield)
    finally:
        _courant = avant
        _durees[nom] = max(_processeur() - debut, _durees.get(nom, 0.0))
        _a_deduire += _processeur() - debut


def pytest_sessionfinish() -> None:
    """Writes, for each function, the tests that call it, and what each costs; a file for each worker."""
    sys.setprofile(None)
    essais: dict[str, list[str]] = {cle: [IMPORT] for cle in _appels[IMPORT]}
    faits = {test: partages for test, partages in _partages.items() if test in _durees}
    for test, partages in faits.items():
        for cle in _appels[test].union(*(_appels.get(n, ()) for n in partages)):
            essais.setdefault(cle, []).append(test)
    if faits:
        qui = os.environ.get("PYTEST_XDIST_WORKER", "")
        vers = Path(os.environ["ESMS_DESKTOP_MUTATIONS"]) / f"appels-{qui}.json"
        notes = {"essais": essais, "durees": _durees, "partages": faits}
        vers.write_text(json.dumps(notes), encoding="utf-8")
