"""Backups taken while another program writes without a stop: they open elsewhere, and hold all that was acknowledged before."""

import os
from collections.abc import Iterator
from pathlib import Path

from esms_desktop.base import restaurer, sauvegardes
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.store.cles.cles import cle_de_la_base
from tests.fiabilite.garde.outils import Compte, faire_base, machine, premier
from tests.store.aide import vivants


def mesurer(tours: int) -> Iterator[Compte]:
    """One backup a round, opened in another folder."""
    compte = Compte("sauvegarde prise pendant qu’on écrit sans arrêt")
    with machine() as ici:
        base = ici / "base.sqlite"
        faire_base(base, ogs=5, essms=60)
        lire, ecrire = os.pipe()
        fin, finir = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(lire)
            os.close(finir)
            os._exit(_ecrire_sans_arret(base, ecrire, fin))
        os.close(ecrire)
        os.close(fin)
        try:
            cle = cle_de_la_base(base)
            os.set_blocking(lire, False)
            vu, ecrites = 0, 0
            for i in range(tours):

                def un_tour(i: int = i) -> None:
                    nonlocal vu, ecrites
                    vu = _acquis(lire, vu)
                    while not vu:
                        vu = _acquis(lire, vu)
                    avant = vu
                    prise = sauvegardes.vers(base, cle, ici / "usb")
                    vu = _acquis(lire, vu)
                    ecrites += vu - avant
                    ailleurs = ici / f"ailleurs-{i}" / "base.sqlite"
                    restaurer.restaurer(restaurer.preparer(prise.chemin, ailleurs), ailleurs)
                    with ouvrir_base(ailleurs) as porte:
                        garde = int(vivants(porte)[0].notes)
                    assert avant <= garde <= vu + 1, f"acknowledged {avant} before, holds {garde}"

                compte.tour(un_tour)
            compte.dit = f"{ecrites} modifications pendant les copies"
        finally:
            os.close(finir)
            os.waitpid(pid, 0)
            os.close(lire)
    yield compte


def _acquis(lire: int, vu: int) -> int:
    import contextlib

    morceaux = []
    with contextlib.suppress(BlockingIOError):
        while lu := os.read(lire, 65536):
            morceaux.append(lu)
    lignes = b"".join(morceaux).split(b"\n")
    # The last piece may be the beginning of a number.
    return max([vu, *(int(x) for x in lignes[:-1] if x)])


def _ecrire_sans_arret(base: Path, ecrire: int, fin: int) -> int:
    import select

    with ouvrir_base(base) as porte:
        d, i = premier(porte), 0
        while not select.select([fin], [], [], 0)[0]:
            i += 1
            porte.modifier(porte.lire(d), notes=str(i))  # type: ignore[arg-type]
            os.write(ecrire, f"{i}\n".encode())
    return 0
