"""Bases spoilt in every way: none escapes in a traceback, none is called a wrong phrase, the whole check sees each, rows come back."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from esms_desktop.base import sante
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.store.cles.chiffrement import PAGE
from tests.fiabilite.garde.outils import (
    Compte,
    copier,
    en_francais,
    faire_base,
    hasard,
    machine,
    premier,
    tuer_pendant,
)
from tests.store.aide import vivants

Abimer = Callable[[bytearray, Random], None]


def _octet(octets: bytearray, h: Random) -> None:
    octets[h.randrange(len(octets))] ^= 1 << h.randrange(8)


def _page_effacee(octets: bytearray, h: Random) -> None:
    debut = h.randrange(len(octets) // PAGE) * PAGE
    octets[debut : debut + PAGE] = bytes(PAGE)


def _page_au_hasard(octets: bytearray, h: Random) -> None:
    debut = h.randrange(len(octets) // PAGE) * PAGE
    octets[debut : debut + PAGE] = h.randbytes(PAGE)


def _page_d_ailleurs(octets: bytearray, h: Random) -> None:
    une, autre = h.sample(range(len(octets) // PAGE), 2)
    octets[une * PAGE : (une + 1) * PAGE] = octets[autre * PAGE : (autre + 1) * PAGE]


def _coupee(octets: bytearray, h: Random) -> None:
    del octets[h.randrange(len(octets)) :]


def _coupee_a_une_page(octets: bytearray, h: Random) -> None:
    del octets[h.randrange(len(octets) // PAGE) * PAGE :]


def _allongee(octets: bytearray, h: Random) -> None:
    octets += h.randbytes(h.choice((7, PAGE, 3 * PAGE)))


def _debut(octets: bytearray, h: Random) -> None:
    octets[: h.choice((16, 100, PAGE))] = h.randbytes(16)


def _vide(octets: bytearray, _h: Random) -> None:
    octets.clear()


SORTES: dict[str, tuple[Abimer, int]] = {
    "un bit changé": (_octet, 30),
    "une page effacée": (_page_effacee, 14),
    "une page au hasard": (_page_au_hasard, 14),
    "une page à la place d’une autre": (_page_d_ailleurs, 12),
    "fichier coupé": (_coupee, 10),
    "fichier coupé à une page": (_coupee_a_une_page, 8),
    "fichier allongé": (_allongee, 6),
    "début écrasé": (_debut, 5),
    "fichier vidé": (_vide, 1),
}


def mesurer(tours: int) -> Iterator[Compte]:
    """Each damage is met by an opening, a whole check and a repair."""
    total = sum(part for _, part in SORTES.values())
    with machine() as ici:
        modele = ici / "modele" / "base.sqlite"
        faire_base(modele, ogs=4, essms=30)
        with ouvrir_base(modele) as porte:
            for i in range(60):
                porte.modifier(porte.lire(premier(porte)), notes=f"note {i} " + "n" * 30 * i)  # type: ignore[arg-type]
            for i in range(3):
                porte.joindre(porte.lire(premier(porte)), 9, f"{i}.pdf", "pdf", hasard(i).randbytes(20_000))  # type: ignore[arg-type]
        entieres = sum(sante.reparer_vers(modele, None, ici / "entiere.sqlite").reparation.lignes.values())
        pages = modele.stat().st_size // PAGE
        for nom, (abimer, part) in SORTES.items():
            compte = Compte(f"dommage, {nom}")
            reprises = [
                compte.tour(_un_dommage, ici, modele, abimer, f"{nom} {i}") or 0
                for i in range(max(1, tours * part // total))
            ]
            compte.dit = (
                f"{sum(reprises)} lignes reprises sur {entieres * compte.tours} ({pages} pages)"
                if reprises
                else ""
            )
            yield compte
    yield from _dans_le_wal(tours)


def _dans_le_wal(tours: int) -> Iterator[Compte]:
    """A bit changed in what a killed program left in its -wal: seen, or nothing that was acknowledged is missing."""
    compte = Compte("dommage, un bit changé dans le -wal")
    with machine() as ici:
        modele = ici / "modele" / "base.sqlite"
        faire_base(modele)

        def editer(acquitter: Callable[[str], object]) -> None:
            porte = ouvrir_base(modele)
            for i in range(12):
                porte.modifier(porte.lire(premier(porte)), notes=f"{i} " + "n" * 300 * i)  # type: ignore[arg-type]
                acquitter(str(i))

        acquis, fini, mort = tuer_pendant(editer, 60)
        assert fini and not mort, mort
        for i in range(max(1, tours // 10)):
            compte.tour(_un_bit_du_wal, ici, modele, acquis[-1], i)
    yield compte


def _un_bit_du_wal(ici: Path, modele: Path, acquis: str, graine: int) -> None:
    base = copier(modele, ici / "tour")
    base.with_name(base.name + "-shm").unlink(missing_ok=True)
    wal = base.with_name(base.name + "-wal")
    octets = bytearray(wal.read_bytes())
    _octet(octets, hasard(f"wal {graine}"))
    wal.write_bytes(octets)
    if sante.examiner(base, None, complet=True).bilan.sain:
        with ouvrir_base(base) as porte:
            assert vivants(porte)[0].notes.split(" ")[0] == acquis, "lost, and not seen"


def _un_dommage(ici: Path, modele: Path, abimer: Abimer, graine: str) -> int:
    base = copier(modele, ici / "tour")
    octets = bytearray(base.read_bytes())
    avant = bytes(octets)
    abimer(octets, hasard(graine))
    assert bytes(octets) != avant
    base.write_bytes(octets)
    tel_quel = base.read_bytes()
    dites = []
    try:
        ouvrir_base(base).fermer()
    except ErreurBase as e:
        en_francais(e)
        assert isinstance(e, ErreurBaseAbimee), f"told as {type(e).__name__}: {e}"
        dites.append(e.message)
        assert base.read_bytes() == tel_quel, "touched by an opening that was refused"
    base = copier(modele, ici / "tour")
    base.write_bytes(tel_quel)
    vue = sante.examiner(base, None, complet=True)
    dites += vue.phrases()
    assert not vue.bilan.sain, "the whole check sees nothing"
    assert not [d for d in dites if "phrase secrète n’ouvre" in d or "phrase n’ouvre" in d], dites
    assert base.read_bytes() == tel_quel, "touched by the check"
    sortie = ici / "reparee.sqlite"
    for reste in ici.glob("reparee.sqlite*"):
        shutil.rmtree(reste) if reste.is_dir() else reste.unlink()
    try:
        faite = sante.reparer_vers(base, None, sortie)
    except ErreurBase as e:
        en_francais(e)
        return 0
    assert base.read_bytes() == tel_quel, "touched by the repair"
    defauts = sante.examiner(sortie, None, complet=True).bilan.defauts
    # Files whose bytes are lost keep their name, and are told.
    assert not [d for d in defauts if not (d.startswith("Le contenu") and faite.reparation.contenus)], defauts
    return sum(faite.reparation.lignes.values())
