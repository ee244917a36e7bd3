"""Where the slots of a key are kept: in the sidecar of the base, and in a copy that this computer keeps of it."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import platformdirs

from esms_desktop.store.cles import page_claire
from esms_desktop.store.cles.chiffrement import identite
from esms_desktop.store.cles.emplacements import Emplacement, Lus, en_texte, lire_texte
from esms_desktop.store.cles.pied import lire_pied
from esms_desktop.store.fichiers import ecrire_entier

SUFFIXE = ".cle.json"
# A sidecar holds a few hundred bytes for each slot; what is past this is not one.
_LIMITE = 64 * 1024
_VOISINS_MAX = 200


def chemin_du_temoin(base: Path) -> Path:
    """Where the sidecar of a base is: beside the file itself, when the path is a link to it."""
    vrai = _vrai(base)
    return vrai.with_name(vrai.name + SUFFIXE)


def lire_temoin(base: Path) -> Lus | None:
    """The slots of the sidecar of the base, whatever base they open; None when there is none."""
    return _lire(chemin_du_temoin(base))


def rassembler(base: Path, qui: str | None = None) -> tuple[tuple[Emplacement, ...], bool]:
    """The slots that may open this base, the surest first, and whether its sidecar should be written again.

    They come from its sidecar, with the copy this computer keeps; else from the foot of the file, when it is a backup; else from
    the sidecars beside it, for a base that was renamed, and from its backups. A slot tells which base it opens: those of the first format, and those of a sidecar when the base no longer
    says what it is, come last.

    Args:
        base: the base.
        qui: its identity, when it is open in this process; None reads it.
    """
    fermee = qui is None
    qui = identite(base) if qui is None else qui
    lu = lire_temoin(base)
    trouves = dict.fromkeys(lu.emplacements if lu else ())
    nos = [e for e in trouves if e.base == qui]
    a_refaire = lu is None or lu.abimes or not nos
    for autre in _ailleurs(base, qui, fermee):
        if nos and autre.parent != _dossier_des_copies(qui):
            break
        copie = _lire(autre)
        for e in copie.emplacements if copie else ():
            if e not in trouves and e.base == qui and _remplace(e, nos) is None:
                nos.append(e)
                a_refaire = True
    nos.sort(key=lambda e: e.ancien)
    return (*nos, *(e for e in trouves if e.base != qui)), a_refaire


def _remplace(e: Emplacement, parmi: Iterable[Emplacement]) -> Emplacement | None:
    """The slot of the same kind that a sidecar already has: it is the newer one."""
    return next((x for x in parmi if x.genre == e.genre), None)


def _ailleurs(base: Path, qui: str, fermee: bool) -> Iterator[Path]:
    if qui:
        copie = copie_de_cet_ordinateur(qui)
        if copie is not None:
            yield copie
    lien = base.with_name(base.name + SUFFIXE)
    if lien != chemin_du_temoin(base):
        yield lien
    vrai = _vrai(base)
    # A backup says in its foot how it opens, and how the base it is a copy of does; a base, in a page of its own.
    if fermee:
        yield vrai
    with contextlib.suppress(OSError):
        yield from sorted(vrai.parent.glob(f"*{SUFFIXE}"))[:_VOISINS_MAX]
        yield from sorted(vrai.parent.glob(f"{vrai.name}.sauvegardes/*.sauvegarde"))[-_VOISINS_MAX:]


def _dossier_des_copies(qui: str) -> Path | None:
    copie = copie_de_cet_ordinateur(qui)
    return copie.parent if copie else None


def copie_de_cet_ordinateur(qui: str) -> Path | None:
    """Where this computer keeps a copy of the slots of a base; None when this account has no folder for it."""
    try:
        return Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / "cles" / f"{qui}{SUFFIXE}"
    except (OSError, RuntimeError):
        return None


def ecrire_temoin(base: Path, emplacements: Iterable[Emplacement], sans: Iterable[Emplacement] = ()) -> Path:
    """Writes the sidecar whole: these slots, then those that it held for other bases.

    Args:
        base: the base.
        emplacements: all the slots of the base.
        sans: slots that these replace.

    Raises:
        OSError: the disk refuses; the sidecar is as it was.
    """
    chemin = chemin_du_temoin(base)
    nos = tuple(emplacements)
    lu = lire_temoin(base)
    partis, nos_bases = {*nos, *sans}, {e.base for e in nos if not e.ancien}
    autres = [e for e in (lu.emplacements if lu else ()) if e not in partis and e.base not in nos_bases]
    chemin.parent.mkdir(parents=True, exist_ok=True)
    ecrire_entier(chemin, en_texte((*nos, *autres)).encode())
    return chemin


def garder_une_copie(emplacements: Iterable[Emplacement]) -> None:
    """Has this computer keep a copy of the slots of a base, for the day its sidecar is lost.

    Raises:
        OSError: the disk refuses.
    """
    nos = tuple(e for e in emplacements if not e.ancien)
    chemin = copie_de_cet_ordinateur(nos[0].base) if nos else None
    if chemin is None:
        return
    octets = en_texte(nos).encode()
    if chemin.is_file() and chemin.read_bytes() == octets:
        return
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ecrire_entier(chemin, octets)


def _lire(chemin: Path) -> Lus | None:
    """The slots of a file; one that cannot be read is as one that is spoilt: others may serve."""
    try:
        if not chemin.name.endswith(SUFFIXE):
            pied = lire_pied(chemin)
            if pied:
                return Lus(pied.emplacements, False)
            en_clair = page_claire.lire(chemin)
            return lire_texte(en_clair) if en_clair else None
        # A pipe put there would never end.
        if not chemin.is_file():
            return Lus((), True) if chemin.exists() else None
        with chemin.open("rb") as flux:
            octets = flux.read(_LIMITE)
    except OSError:
        return Lus((), True)
    lus = lire_texte(octets.decode("utf-8", "replace"))
    return lus._replace(abimes=lus.abimes or not lus.emplacements)


def _vrai(base: Path) -> Path:
    try:
        return Path(os.path.realpath(base))
    except OSError:
        return base
