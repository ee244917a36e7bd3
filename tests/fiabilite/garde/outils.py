"""What the parts share: a base, what a killed process acknowledged, and the count of rounds and failures of each kind."""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from esms_desktop.base import restaurer
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import accord
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.porte import Porte
from esms_desktop.store.reglages import dossier_local
from esms_desktop.store.sauvegarde.sauvegarde import exiger_entiere, lister
from tests.store.aide import graphe, vivants

PHRASE = "quatre canards sous l’érable"
T = TypeVar("T")
Acquitter = Callable[[str], object]
# Names of the sample, which no file may hold in clear.
NOMS = (b"Tilleuls", b"Bellevue", b"Camille Durand", b"Logiciel Alpha", b"gala", b"Partant num")


@dataclass(frozen=True)
class Sorte:
    """One kind of work: what makes its base, what it does, what must hold afterwards, and its share of the rounds."""

    nom: str
    faire: Callable[[Path], object]
    travail: Callable[[Path, Acquitter], object]
    verifier: Callable[[Path, list[str]], object]
    part: int


@dataclass
class Compte:
    """Rounds and failures of one kind."""

    genre: str
    tours: int = 0
    echecs: list[str] = field(default_factory=list)
    dit: str = ""

    def tour(self, verifier: Callable[..., T], *arguments: object) -> T | None:
        """One round: an exception of `verifier(*arguments)` is a failure; answers what it does, None when it failed."""
        self.tours += 1
        try:
            return verifier(*arguments)
        except Exception as e:
            trace = traceback.extract_tb(e.__traceback__)[-1]
            self.echecs.append(f"{type(e).__name__} {e} ({Path(trace.filename).name}:{trace.lineno})"[:400])
            return None

    def __str__(self) -> str:
        suite = f" ; {self.dit}" if self.dit else ""
        echecs = f"{len(self.echecs)} {accord(len(self.echecs), 'échec', 'échecs')}"
        return f"{self.genre} : {self.tours} {accord(self.tours, 'tour', 'tours')}, {echecs}{suite}"


@contextlib.contextmanager
def machine() -> Iterator[Path]:
    """A folder of its own, a home in it, the phrase in the environment, and scrypt made short."""
    avant = dict(os.environ)
    cle_neuve.SCRYPT_N = 16
    with tempfile.TemporaryDirectory(prefix="esms-garde-") as temp:
        maison = Path(temp) / "maison"
        for nom in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[nom] = str(maison)
        os.environ["ESMS_DESKTOP_PHRASE"] = PHRASE
        try:
            yield Path(temp)
        finally:
            os.environ.clear()
            os.environ.update(avant)


def faire_base(chemin: Path, ogs: int = 2, essms: int = 3) -> None:
    """A base with a dossier."""
    with ouvrir_base(chemin) as porte:
        d = graphe(ogs=ogs, essms=essms)
        d.campagne_id = "2023"
        porte.ajouter(d, libelle="Créer")


def copier(base: Path, vers: Path) -> Path:
    """The base and its key file in another folder, made empty first."""
    shutil.rmtree(vers, ignore_errors=True)
    vers.mkdir(parents=True)
    for fichier in base.parent.iterdir():
        if fichier.name.startswith(base.name) and fichier.is_file():
            shutil.copy2(fichier, vers / fichier.name)
    return vers / base.name


def premier(porte: Porte) -> int:
    """The first dossier."""
    return porte.resumes()[0].id


def tuer_pendant(
    travail: Callable[[Callable[[str], object]], object], quand_s: float
) -> tuple[list[str], bool, str]:
    """Runs `travail(acquitter)` in a process of its own, killed -9 after `quand_s`.

    Returns:
        What it acknowledged, whether it ended by itself, and what it died of when not of the signal.
    """
    lire, ecrire = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(lire)
        code = 0
        try:
            travail(lambda dit: os.write(ecrire, f"{dit}\n".encode()))
        except BaseException as e:
            os.write(ecrire, f"!{type(e).__name__} {e}\n".encode("utf-8", "replace"))
            code = 1
        os._exit(code)
    os.close(ecrire)
    fin = time.monotonic() + quand_s
    morceaux, fini = [], False
    os.set_blocking(lire, False)
    while not fini and time.monotonic() < fin:
        with contextlib.suppress(BlockingIOError):
            lu = os.read(lire, 65536)
            fini = not lu
            morceaux.append(lu)
        time.sleep(0.001)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.set_blocking(lire, True)
    while lu := os.read(lire, 65536):
        morceaux.append(lu)
    os.close(lire)
    lignes = b"".join(morceaux).decode("utf-8", "replace").splitlines()
    return (
        [x for x in lignes if not x.startswith("!")],
        fini,
        next((x for x in lignes if x.startswith("!")), ""),
    )


def duree_de(travail: Callable[[Callable[[str], object]], object]) -> float:
    """How long it takes to its end, in seconds."""
    debut = time.monotonic()
    _, fini, mort = tuer_pendant(travail, 120)
    assert fini and not mort, mort
    return time.monotonic() - debut


def rien_en_clair(dossier: Path) -> None:
    """No file beside the base, nor among its backups, holds a name of the sample."""
    for fichier in [*dossier.iterdir(), *dossier.glob("*.sauvegardes/*")]:
        if fichier.is_file():
            octets = fichier.read_bytes()
            trouves = [n for n in NOMS if n in octets]
            assert not trouves, f"{trouves} in {fichier.name}"


def saine(base: Path) -> None:
    """Every page of the base holds, and so do its structure and its links."""
    with ouvrir_base(base) as porte:
        assert porte.cle is not None
        with connexion_nue(base, porte.cle) as connexion:
            assert connexion.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert connexion.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connexion.execute("PRAGMA foreign_key_check").fetchall() == []


def toutes_restaurent(base: Path) -> None:
    """Every file named a backup of the base is whole, and makes a sound base with its dossiers."""
    for rang, prise in enumerate(lister(dossier_local(base))):
        exiger_entiere(prise.chemin)
        vers = base.parent / f"reprise-{rang}" / "base.sqlite"
        restaurer.restaurer(restaurer.preparer(prise.chemin, vers), vers)
        saine(vers)
        with ouvrir_base(vers) as porte:
            assert len(vivants(porte)) >= 1


def en_francais(erreur: BaseException) -> None:
    """What a person is told: one of our errors, whole sentences, no word of the driver."""
    assert isinstance(erreur, ErreurEsms), repr(erreur)
    dit = str(erreur)
    assert dit.rstrip().endswith((".", "»", ")")), dit
    for mot in ("sqlite", "database", "disk", "errno", "Traceback"):
        assert mot not in dit.replace(".sqlite", "").lower(), dit


def hasard(graine: object) -> random.Random:
    """Chance that can be tried again."""
    return random.Random(str(graine))


def journaliser(texte: str) -> None:
    """A line for who waits."""
    print(texte, file=sys.stderr, flush=True)
