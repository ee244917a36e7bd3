"""Two programs, then two computers, on one base: no edit is lost, and none that was refused is told as kept."""

import contextlib
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurBase, ErreurOccupee
from esms_desktop.model import Contact
from esms_desktop.store.conflits import ErreurConflit
from esms_desktop.store.porte import Porte
from tests.fiabilite.garde.outils import Compte, faire_base, hasard, machine, premier, saine
from tests.store.aide import vivants

EDITIONS = 50
_PATIENCE_S = 900


def mesurer(tours: int) -> Iterator[Compte]:
    """Rounds of two programs with fifty edits each."""
    compte = Compte(f"deux processus sur une base, {EDITIONS} modifications chacun")
    for i in range(tours):
        compte.tour(lambda i=i: _deux_processus(i))
    yield compte
    with contextlib.ExitStack() as pile:
        vues, manque = _deux_vues(pile)
        compte = Compte(f"deux vues sshfs d’un dossier, deux ordinateurs, {EDITIONS} modifications chacun")
        if vues is None:
            compte.dit = f"non mesuré : {manque}"
        else:
            refus = [0]
            for i in range(tours):
                compte.tour(lambda i=i: _deux_ordinateurs(vues, i, refus))
            compte.dit = f"{refus[0]} ouvertures refusées parce que l’autre l’avait"
        yield compte


def _editer(porte: Porte, qui: str, i: int) -> None:
    """One edit of what both write, seen first, and one of what only this one writes."""
    while True:
        vu = porte.lire(premier(porte))
        assert vu is not None
        try:
            porte.modifier(vu, notes=vu.notes + qui[0])
            break
        except ErreurConflit:
            continue
        except ErreurBase as e:
            if "occupée" not in str(e):
                raise
    porte.ajouter(Contact(dossier_id=premier(porte), nom=f"{qui} {i}"), libelle=f"Ajouter {qui} {i}")


def _deux_processus(graine: int) -> None:
    with machine() as ici:
        base = ici / "base.sqlite"
        faire_base(base)

        def travailler(qui: str) -> None:
            h = hasard(f"{graine} {qui}")
            with ouvrir_base(base) as porte:
                for i in range(EDITIONS):
                    _editer(porte, qui, i)
                    time.sleep(h.random() * 0.004)

        _ensemble({q: lambda q=q: travailler(q) for q in ("camille", "alix")})
        _rien_de_perdu(base)


def _ensemble(travaux: dict[str, Callable[[], object]]) -> None:
    pids = {}
    for qui, travail in travaux.items():
        pid = os.fork()
        if pid == 0:
            code = 0
            try:
                travail()
            except BaseException:
                import traceback

                traceback.print_exc()
                code = 1
            os._exit(code)
        pids[qui] = pid
    finis = {qui: os.waitpid(pid, 0)[1] for qui, pid in pids.items()}
    assert not any(finis.values()), finis


def _rien_de_perdu(base: Path) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        assert len(d.notes) == 2 * EDITIONS, f"{len(d.notes)} edits of the same field kept of {2 * EDITIONS}"
        noms = [c.nom for c in d.contacts if c.nom.startswith(("camille ", "alix "))]
        attendus = {f"{q} {i}" for q in ("camille", "alix") for i in range(EDITIONS)}
        assert set(noms) == attendus and len(noms) == len(attendus), attendus - set(noms)
    saine(base)


# Two computers.


def _deux_vues(pile: contextlib.ExitStack) -> tuple[tuple[Path, Path] | None, str]:
    """Two mounts of one folder, each with a memory of its own; or what is missing for that."""
    manquants = [n for n in ("sshfs", "ssh-keygen", "fusermount3") if not shutil.which(n)]
    serveur = shutil.which("sshd") or ("/usr/sbin/sshd" if Path("/usr/sbin/sshd").exists() else None)
    if manquants or serveur is None or not os.access("/dev/fuse", os.W_OK):
        return None, f"absent : {', '.join(manquants) or ('sshd' if serveur is None else '/dev/fuse')}"
    temp = Path(pile.enter_context(TemporaryDirectory(prefix="esms-vues-")))
    for cle in ("hote", "moi"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(temp / cle)], check=True)
    port = 20000 + os.getpid() % 20000
    (temp / "cfg").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {temp}/hote\nAuthorizedKeysFile {temp}/moi.pub\nPidFile {temp}/pid\n"
        "StrictModes no\nUsePAM no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    processus = subprocess.Popen([serveur, "-D", "-f", str(temp / "cfg")], stderr=subprocess.DEVNULL)
    pile.callback(lambda: (processus.terminate(), processus.wait()))
    (temp / "partage").mkdir()
    vues = []
    options = f"IdentityFile={temp}/moi,StrictHostKeyChecking=no,UserKnownHostsFile=/dev/null,LogLevel=ERROR"
    for nom in ("une", "autre"):
        vue = temp / nom
        vue.mkdir()
        ordre = ["sshfs", "-p", str(port), "-o", options, f"127.0.0.1:{temp}/partage", str(vue)]
        for _ in range(50):
            if not subprocess.run(ordre, capture_output=True, check=False).returncode:
                break
            time.sleep(0.1)
        else:
            return None, "sshfs ne se monte pas ici"
        pile.callback(subprocess.run, ["fusermount3", "-u", "-z", str(vue)], check=False)
        vues.append(vue)
    return (vues[0], vues[1]), ""


def _deux_ordinateurs(vues: tuple[Path, Path], graine: int, refus: list[int]) -> None:
    with machine() as ici:
        une = vues[0] / f"tour-{graine}" / "base.sqlite"
        faire_base(une)
        compteur = ici / "refus"

        def travailler(qui: str, vue: Path) -> None:
            if graine % 2:
                # Two computers; else two mounts on one, which know as little of each other.
                platform.node = lambda: f"poste-{qui}"
            os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = str(ici / qui)
            base, h, faites = vue / f"tour-{graine}" / "base.sqlite", hasard(f"{graine} {qui}"), 0
            fin = time.monotonic() + _PATIENCE_S
            while faites < EDITIONS:
                assert time.monotonic() < fin, f"{faites} edits only"
                try:
                    with ouvrir_base(base) as porte:
                        for _ in range(h.randint(1, 12)):
                            if faites < EDITIONS:
                                _editer(porte, qui, faites)
                                faites += 1
                except ErreurOccupee:
                    with compteur.open("a") as flux:
                        flux.write(".")
                    time.sleep(h.random() * 0.05)
                time.sleep(h.random() * 0.02)

        _ensemble(
            {q: lambda q=q, v=v: travailler(q, v) for q, v in zip(("camille", "alix"), vues, strict=True)}
        )
        refus[0] += compteur.stat().st_size if compteur.exists() else 0
        _rien_de_perdu(une)
