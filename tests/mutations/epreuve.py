"""A plugin of pytest that tries faults: everything imported and collected once, then a fork for each fault, two at a time."""

import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import NoReturn

import pytest

from tests.mutations.gardes import IMPORT, gardes
from tests.mutations.points import Mutation, tirer

ENSEMBLE = 2
# Seconds: of tests for one fault, the quickest first; then in all, whatever hangs.
BUDGET, DELAI = 60.0, 600.0
# A test is lost in a loop past this many seconds of processor, or so many times what it takes.
PERDU, FOIS = 20.0, 10.0
_PYTEST = ("-m", "pytest", "-x", "-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=no")


@dataclass(frozen=True)
class Carte:
    """Which tests call each function; what each test and each shared fixture costs; which of these a test asks for."""

    essais: dict[str, set[str]]
    durees: dict[str, float]
    partages: dict[str, list[str]]

    @classmethod
    def lire(cls, notes: Path) -> "Carte":
        """What the workers wrote."""
        carte = cls(defaultdict(set), {}, {})
        for fichier in notes.glob("appels-*.json"):
            lu = json.loads(fichier.read_text(encoding="utf-8"))
            carte.durees.update(lu["durees"])
            carte.partages.update(lu["partages"])
            for cle, tests in lu["essais"].items():
                carte.essais[cle].update(tests)
        return carte

    def cout(self, test: str, payes: Collection[str] = ()) -> float:
        """Seconds of a test, with the shared fixtures that are not made yet."""
        partages = (n for n in self.partages[test] if n not in payes)
        return self.durees[test] + sum(self.durees.get(n, 0.0) for n in partages)

    def choisir(self, cle: str) -> list[str]:
        """The tests that call a function, the quickest first, those of a file together; as many as the budget holds."""
        reste, choisis, payes = BUDGET, [], set()
        for test in sorted(self.essais.get(cle, set()) - {IMPORT}, key=self.cout):
            cout = self.cout(test, payes)
            if cout <= reste:
                reste -= cout
                choisis.append(test)
                payes.update(self.partages[test])
        return sorted(choisis, key=lambda t: (int(self.cout(t) * 20).bit_length(), t.split("::")[0]))


def _codes(code: CodeType) -> Iterator[CodeType]:
    for interne in code.co_consts:
        if isinstance(interne, CodeType):
            yield interne
            yield from _codes(interne)


class Epreuve:
    """One run: the tests collected stay still in this process; each fork changes one function and runs its tests."""

    def __init__(self, notes: Path, graines: Sequence[int], nombre: int) -> None:
        self.notes, self.graines, self.nombre = notes, graines, nombre
        self.carte = Carte.lire(notes)
        self.tube = -1

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In the place of the tests, the faults."""
        gc.unfreeze()
        self.fonctions: dict[str, list[FunctionType]] = defaultdict(list)
        for objet in gc.get_objects():
            if type(objet) is FunctionType:
                self.fonctions[objet.__code__.co_filename].append(objet)
        self.gardes = gardes()
        self.par_nom = {item.nodeid: item for item in session.items}
        for graine in self.graines:
            self._une_graine(graine)
        return True

    def _une_graine(self, graine: int) -> None:
        debut = time.monotonic()
        racine = Path.cwd()
        en_cours: dict[int, tuple[int, float, int]] = {}
        mutations = tirer(racine, graine, self.nombre)
        reponses = [""] * len(mutations)
        suivante = 0
        while suivante < len(mutations) or en_cours:
            if suivante < len(mutations) and len(en_cours) < ENSEMBLE:
                lire, ecrire = os.pipe()
                if not (pid := os.fork()):
                    os.close(lire)
                    self.tube = ecrire
                    self._enfant(mutations[suivante], suivante)
                os.close(ecrire)
                en_cours[pid] = suivante, time.monotonic(), lire
                suivante += 1
                continue
            fini, _ = os.waitpid(-1, os.WNOHANG)
            trop = [p for p, (_, depuis, _) in en_cours.items() if time.monotonic() - depuis > DELAI]
            for pid in [fini] if fini else trop:
                rang, depuis, lire = en_cours.pop(pid)
                _tuer(pid)
                if not fini:
                    os.waitpid(pid, 0)
                dit = os.read(lire, 4096).decode() if fini else "=délai"
                if not dit:
                    raise SystemExit(f"The fork of the fault {rang + 1} ended without an answer.")
                reponses[rang] = dit[1:]
                os.close(lire)
                shutil.rmtree(self.notes / str(rang), ignore_errors=True)
                _dire(mutations[rang], rang, reponses[rang], time.monotonic() - depuis)
            if not fini:
                time.sleep(0.02)
        vues = sum(map(bool, reponses))
        print(
            f"\nGraine {graine} : {vues} sur {self.nombre} vues, en {time.monotonic() - debut:.0f} s.",
            flush=True,
        )
        for rang, (mutation, reponse) in enumerate(zip(mutations, reponses, strict=True)):
            if not reponse:
                _dire(mutation, rang, reponse, 0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The first failure ends the fork."""
        if self.tube >= 0 and report.failed:
            self._rendre(report.nodeid)

    def _rendre(self, reponse: str) -> NoReturn:
        os.write(self.tube, f"={reponse}".encode()[:4096])
        os._exit(0)

    def _enfant(self, mutation: Mutation, rang: int) -> NoReturn:
        os.setsid()
        rien = os.open(os.devnull, os.O_RDWR)
        for sortie in (0, 1, 2):
            os.dup2(rien, sortie)
        place = self.notes / str(rang)
        place.mkdir()
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(place)
        cle = f"{mutation.fichier.relative_to(Path.cwd()).as_posix()}::{mutation.fonction}"
        choisis = self.carte.choisir(cle)
        seul = not self._remplacer(mutation) or IMPORT in self.carte.essais.get(cle, ())
        for vider in self.gardes:
            vider()
        signal.signal(signal.SIGPROF, lambda *_: self._rendre("délai"))
        items = [self.par_nom[t] for t in choisis]
        for item, suivant in zip(items, [*items[1:], None], strict=False):
            signal.setitimer(signal.ITIMER_PROF, PERDU + FOIS * self.carte.cout(item.nodeid))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=suivant)
        signal.setitimer(signal.ITIMER_PROF, 0)
        # What is fixed at import, and the tests that start Python anew, need the file itself.
        paquet = cle.split("/")[1]
        fichiers = sorted({t.split("::")[0] for t in self.par_nom if t.startswith(f"tests/{paquet}/")})
        relances = [f for f in fichiers if _lance_python(f)]
        self._rendre(_a_neuf(mutation, place, [*choisis, *relances] if seul else relances))

    def _remplacer(self, mutation: Mutation) -> bool:
        """Puts the faulty code in the function that is already there; False when that cannot tell the fault."""
        chemin = str(mutation.fichier)
        neufs = {
            (c.co_qualname, c.co_firstlineno): c for c in _codes(compile(mutation.arbre, chemin, "exec"))
        }
        change = False
        for fonction in self.fonctions[chemin]:
            ancien = fonction.__code__
            neuf = neufs.get((ancien.co_qualname, ancien.co_firstlineno))
            if neuf is not None and neuf != ancien:
                if len(neuf.co_freevars) != len(ancien.co_freevars):
                    return False
                fonction.__code__ = neuf
                change = True
        return change


def _lance_python(fichier: str) -> bool:
    texte = Path(fichier).read_text(encoding="utf-8")
    return "sys.executable" in texte or "multiprocessing" in texte


def _a_neuf(mutation: Mutation, place: Path, essais: Sequence[str]) -> str:
    if not essais:
        return ""
    copie = place / "seul" / "projet"
    subprocess.run(["git", "clone", "--quiet", str(Path.cwd()), str(copie)], check=True)
    (copie / mutation.fichier.relative_to(Path.cwd())).write_text(mutation.source, encoding="utf-8")
    liste = place / "essais.txt"
    liste.write_text("\n".join(essais), encoding="utf-8")
    fait = subprocess.run(
        [sys.executable, *_PYTEST, f"@{liste}"], cwd=copie, capture_output=True, text=True, check=False
    )
    echecs = [x for x in fait.stdout.splitlines() if x.startswith(("FAILED", "ERROR"))]
    return (echecs[0].split(" - ")[0].split(" ", 1)[1] if echecs else "import") if fait.returncode else ""


def _tuer(groupe: int) -> None:
    """What a fork started ends with it."""
    try:
        os.killpg(groupe, signal.SIGKILL)
    except ProcessLookupError:
        return


def _dire(mutation: Mutation, rang: int, reponse: str, secondes: float) -> None:
    ou = mutation.fichier.relative_to(Path.cwd()).as_posix()
    print(
        f"{rang + 1:3} {ou}:{mutation.ligne} {mutation.fonction} [{mutation.genre}]\n"
        f"      {mutation.avant}\n    → {mutation.apres}\n    {reponse or 'SURVIT'} ({secondes:.0f} s)",
        flush=True,
    )


def pytest_configure(config: pytest.Config) -> None:
    """The run is told by the environment: where the map is, the seeds, how many faults for each."""
    notes = Path(os.environ["ESMS_DESKTOP_MUTATIONS"])
    graines = [int(g) for g in os.environ["ESMS_DESKTOP_GRAINES"].split()]
    config.pluginmanager.register(Epreuve(notes, graines, int(os.environ["ESMS_DESKTOP_NOMBRE"])), "epreuve")
