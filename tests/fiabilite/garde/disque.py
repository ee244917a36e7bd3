"""A disk that is full, fails or refuses, at each write in turn: it is said in French, and what was there is before or after."""

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from esms_desktop.base import restaurer, sauvegardes
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.depot import manifeste
from esms_desktop.errors import ErreurEsms
from esms_desktop.gestes import deposer
from esms_desktop.store.cles.cles import cle_de_la_base
from esms_desktop.store.reglages import dossier_local
from esms_desktop.store.sauvegarde.sauvegarde import exiger_entiere, lister
from tests.fiabilite.garde.outils import (
    Compte,
    copier,
    en_francais,
    faire_base,
    hasard,
    machine,
    premier,
    saine,
)
from tests.store.aide import vivants

JOUR = date(2023, 6, 1)
_ERREURS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
_CIBLES = 40


@dataclass(frozen=True)
class Sorte:
    """What is done while the disk refuses, what is checked afterwards (`reussi`: it said that it was done), its share."""

    nom: str
    faire: Callable[[Path], object]
    verifier: Callable[[Path, bool], object]
    part: int


def _enregistrer(base: Path) -> None:
    with ouvrir_base(base) as porte:
        porte.modifier(porte.lire(premier(porte)), notes="après " + "n" * 9000)  # type: ignore[arg-type]


def _enregistree(base: Path, reussi: bool) -> None:
    with ouvrir_base(base) as porte:
        notes = vivants(porte)[0].notes
    assert notes in ("", "après " + "n" * 9000)
    assert notes or not reussi, "acknowledged and lost"


def _sauvegarder(base: Path) -> None:
    sauvegardes.faire(base, cle_de_la_base(base), "demandee", sauvegardes.maintenant_local())


def _sauvegardee(base: Path, reussi: bool) -> None:
    prises = lister(dossier_local(base))
    for prise in prises:
        exiger_entiere(prise.chemin)
    assert len(prises) == 2 if reussi else len(prises) in (1, 2), [p.chemin.name for p in prises]


def _restaurer(base: Path) -> None:
    prise = lister(dossier_local(base))[-1]
    restaurer.restaurer(restaurer.preparer(prise.chemin, base), base)


def _restauree(base: Path, reussi: bool) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        assert d.nom in ({"Grappe du Ségala"} if reussi else {"Grappe du Ségala", "Présent"}), d.nom
        assert len(d.essms) == 6


def _deposer(base: Path) -> None:
    with ouvrir_base(base) as porte:
        deposer.deposer_dossier(porte, porte.lire(premier(porte)), base.parent / "sortie", JOUR)  # type: ignore[arg-type]


def _deposee(base: Path, reussi: bool) -> None:
    sortie = base.parent / "sortie"
    if reussi:
        with ouvrir_base(base) as porte:
            assert [porte.contenu(x.sha256) for x in vivants(porte)[0].depots]
    if sortie.exists() and (sortie / manifeste.NOM).exists():
        lu = json.loads((sortie / manifeste.NOM).read_text(encoding="utf-8"))
        for entree in manifeste.entrees(lu):
            octets = (sortie / str(entree["fichier"])).read_bytes()
            assert sha256(octets).hexdigest() == entree["sha256"]
    else:
        assert not reussi and not (sortie.exists() and any(sortie.iterdir()))


def _exporter(base: Path) -> None:
    with ouvrir_base(base) as porte:
        depot = porte.lire(premier(porte)).depots[0]  # type: ignore[union-attr]
        deposer.exporter(porte, depot, base.parent / "sorties" / "archive.zip")


def _exportee(base: Path, reussi: bool) -> None:
    ecrits = list((base.parent / "sorties").iterdir())
    with ouvrir_base(base) as porte:
        attendu = porte.contenu(vivants(porte)[0].depots[0].sha256)
    assert [e.name for e in ecrits] == ["archive.zip"]
    assert ecrits[0].read_bytes() in ((attendu,) if reussi else (attendu, b"avant"))


SORTES = (
    Sorte("enregistrer", _enregistrer, _enregistree, 6),
    Sorte("sauvegarder", _sauvegarder, _sauvegardee, 6),
    Sorte("restaurer", _restaurer, _restauree, 6),
    Sorte("déposer", _deposer, _deposee, 2),
    Sorte("exporter", _exporter, _exportee, 3),
)


def mesurer(tours: int) -> Iterator[Compte]:
    """In a process where the library of the disk stands before that of C."""
    compilateur = shutil.which("cc") or shutil.which("gcc")
    if compilateur is None or not sys.platform.startswith("linux"):
        yield Compte("disque qui refuse", dit="non mesuré, absent : un compilateur C sous Linux")
        return
    with TemporaryDirectory() as temp:
        bibliotheque = Path(temp) / "disque.so"
        source = Path(__file__).with_name("disque.c")
        subprocess.run(
            [compilateur, "-shared", "-fPIC", "-O1", "-w", "-o", str(bibliotheque), str(source), "-ldl"],
            check=True,
        )
        fini = subprocess.Popen(
            [sys.executable, "-m", "tests.fiabilite.garde.disque", str(bibliotheque), str(tours)],
            env=os.environ | {"LD_PRELOAD": str(bibliotheque)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert fini.stdout is not None
        for ligne in fini.stdout:
            genre, n, dit, echecs = ligne.rstrip("\n").split("\t", 3)
            yield Compte(genre, int(n), [x for x in echecs.split("\x1f") if x], dit)
        if fini.wait():
            yield Compte("disque qui refuse", 1, ["the process ended"])


def _preparer(ici: Path) -> Path:
    base = ici / "modele" / "base.sqlite"
    faire_base(base)
    sauvegardes.faire(base, cle_de_la_base(base), "demandee", sauvegardes.maintenant_local())
    with ouvrir_base(base) as porte:
        porte.modifier(porte.lire(premier(porte)), nom="Présent")  # type: ignore[arg-type]
    return base


def _dans_le_processus(bibliotheque: str, tours: int) -> None:
    disque = ctypes.CDLL(bibliotheque)
    disque.disque_regler.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_int, ctypes.c_int)
    total = sum(s.part for s in SORTES)
    for sorte in SORTES:
        compte = Compte(f"disque qui refuse, {sorte.nom}")
        with machine() as ici:
            modele = _preparer(ici)
            if sorte.nom == "exporter":
                _deposer(modele)
                shutil.rmtree(modele.parent / "sortie")

            def place(modele: Path = modele, ici: Path = ici) -> Path:
                base = copier(modele, ici / "tour")
                shutil.copytree(dossier_local(modele), dossier_local(base))
                (base.parent / "sorties").mkdir()
                (base.parent / "sorties" / "archive.zip").write_bytes(b"avant")
                return base

            appels = _essayer(disque, sorte, place(), 0, 0, False)[1]
            places = sorted({1 + i * appels // _CIBLES for i in range(_CIBLES)})
            h = hasard(sorte.nom)
            dits = []
            for _ in range(max(3, tours * sorte.part // total)):
                ou = (h.choice(places), h.choice(tuple(_ERREURS)), h.random() < 0.5)
                dits.append(compte.tour(_un_tour, disque, sorte, place(), *ou))
        dit = f"{appels} écritures, {dits.count(False)} refus dits"
        print(
            compte.genre,
            compte.tours,
            dit,
            "\x1f".join(compte.echecs).replace("\n", " "),
            sep="\t",
            flush=True,
        )


def _un_tour(disque: ctypes.CDLL, sorte: Sorte, base: Path, n: int, nom: str, dure: bool) -> bool:
    """Whether it was done; what is there afterwards is before or after."""
    dit, _ = _essayer(disque, sorte, base, n, _ERREURS[nom], dure)
    try:
        assert dit in ("fait", "refus"), dit
        sorte.verifier(base, dit == "fait")
        saine(base)
    except Exception as e:
        raise AssertionError(
            f"{nom} {'lasting' if dure else 'once'} at write {n}: {type(e).__name__} {e}"
        ) from e
    return dit == "fait"


def _essayer(
    disque: ctypes.CDLL, sorte: Sorte, base: Path, n: int, erreur: int, dure: bool
) -> tuple[str, int]:
    """Does the work in a process whose disk refuses; answers how it ended, and how many calls wrote."""
    lire, ecrire = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(lire)
        disque.disque_regler(os.fsencode(base.parent), n, erreur, int(dure))
        try:
            sorte.faire(base)
            dit = "fait"
        except ErreurEsms as e:
            try:
                en_francais(e)
                dit = "refus"
            except AssertionError as faute:
                dit = f"told: {faute}"
        except BaseException as e:
            dit = f"escaped: {type(e).__name__} {e}"
        ecrits = disque.disque_compte()
        disque.disque_regler(b"", 0, 0, 0)
        os.write(ecrire, f"{ecrits} {dit}".encode("utf-8", "replace"))
        os._exit(0)
    os.close(ecrire)
    with os.fdopen(lire, "rb") as flux:
        compte, _, dit = flux.read().decode("utf-8", "replace").partition(" ")
    os.waitpid(pid, 0)
    return dit, int(compte or 0)


if __name__ == "__main__":
    _dans_le_processus(sys.argv[1], int(sys.argv[2]))
