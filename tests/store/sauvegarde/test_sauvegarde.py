"""Backups: taken while others write, proved before they have a name, kept as long as they should, given back whole."""

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.pied import lire_pied
from esms_desktop.store.porte import Porte
from esms_desktop.store.sauvegarde import copie, restauration
from esms_desktop.store.sauvegarde.sauvegarde import (
    Sauvegarde,
    copier_ailleurs,
    exiger_entiere,
    lister,
    sauvegarder,
)
from tests.store.aide import graphe, vivants

from .outils import LIGNEE


def test_une_sauvegarde_est_un_seul_fichier_chiffre_qui_se_dit(
    porte: Porte, prendre: Callable[..., Sauvegarde], cle: Cle, dossier_sauvegardes: Path
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    prise = prendre()
    assert [p.name for p in dossier_sauvegardes.iterdir()] == [prise.chemin.name]
    assert prise.chemin.name == f"base_{prise.quand:%Y%m%d-%H%M%S}_quotidienne.sauvegarde"
    assert prise.entiere and prise.motif == "quotidienne" and prise.taille == prise.chemin.stat().st_size
    assert prise.inventaire is not None and prise.inventaire.comptes["essms"] == 6
    assert abs(datetime.now() - prise.quand) < timedelta(minutes=1)
    octets = prise.chemin.read_bytes()
    assert not [n for n in (b"Tilleuls", b"Bellevue", b"Camille", b"CREATE TABLE") if n in octets]
    pied = lire_pied(prise.chemin)
    assert pied is not None and [e.genre for e in pied.emplacements] == ["code"], (
        "un code en attente n’y va pas"
    )
    if os.name == "posix":
        assert prise.chemin.stat().st_mode & 0o077 == 0 and dossier_sauvegardes.stat().st_mode & 0o077 == 0
    with restauration.en_lecture(prise.chemin, cle) as vue:
        assert vue.execute("SELECT count(*) FROM essms").fetchone() == (6,)
    assert prise.chemin.read_bytes() == octets


def test_deux_sauvegardes_de_la_meme_seconde_gardent_chacune_leur_nom(
    porte: Porte, prendre: Callable[..., Sauvegarde], dossier_sauvegardes: Path
) -> None:
    prises = [prendre() for _ in range(3)]
    assert len({p.chemin for p in prises}) == 3 == len(lister(dossier_sauvegardes))


def test_une_sauvegarde_prise_pendant_qu_on_ecrit_contient_tout_ce_qui_etait_acquis(
    porte: Porte, chemin: Path, cle: Cle, prendre: Callable[..., Sauvegarde]
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    acquis, fini = [0], threading.Event()

    def ecrire() -> None:
        with ouvrir(chemin, cle) as autre:
            while not fini.is_set():
                autre.modifier(vivants(autre)[0], notes=str(acquis[0] + 1))
                acquis[0] += 1

    fil = threading.Thread(target=ecrire)
    fil.start()
    try:
        while acquis[0] < 3:
            assert fil.is_alive()
        pages: list[int] = []
        avant = acquis[0]

        def un_pas(faites: int, total: int) -> None:
            # Each step waits for a further write: the copy must neither start again nor mix two instants.
            vus = acquis[0]
            while acquis[0] == vus and fil.is_alive():
                pass
            pages.append(faites)

        prise = prendre(suivre=un_pas)
    finally:
        fini.set()
        fil.join()
    assert pages == sorted(set(pages)) and acquis[0] > avant + len(pages) - 1
    with restauration.en_lecture(prise.chemin, cle) as vue:
        [(notes,)] = vue.execute("SELECT notes FROM dossier").fetchall()
        assert vue.execute("SELECT count(*) FROM journal WHERE libelle LIKE 'Modifier%'").fetchone() == (
            int(notes),
        )
    assert avant <= int(notes) <= acquis[0]


def test_ce_qu_on_arrete_ou_qui_n_est_pas_juste_ne_recoit_pas_de_nom(
    porte: Porte,
    prendre: Callable[..., Sauvegarde],
    dossier_sauvegardes: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    porte.ajouter(graphe(), libelle="Créer")

    def arreter(faites: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prendre(suivre=arreter)
    assert list(dossier_sauvegardes.iterdir()) == []
    vrai = copie.compter
    with monkeypatch.context() as m:
        m.setattr(copie, "compter", lambda c: vrai(c) | {"essms": 5})
        with pytest.raises(ErreurBase, match="ne contient pas tout"):
            prendre()
    assert list(dossier_sauvegardes.iterdir()) == []


def test_une_base_dont_une_page_ne_se_lit_pas_n_est_pas_sauvegardee(
    porte: Porte, chemin: Path, cle: Cle, tmp_path: Path
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    porte.fermer()
    octets = bytearray(chemin.read_bytes())
    octets[-2000] ^= 1
    chemin.write_bytes(octets)
    with pytest.raises(ErreurBaseAbimee, match="aucune copie n’en a été gardée"):
        sauvegarder(chemin, cle, tmp_path / "s", "quotidienne", [], LIGNEE)
    assert list((tmp_path / "s").iterdir()) == []


ABIMER: dict[str, Callable[[bytes], bytes]] = {
    "un bit d’une page": lambda o: o[:5000] + bytes([o[5000] ^ 4]) + o[5001:],
    "le premier octet": lambda o: bytes([o[0] ^ 1]) + o[1:],
    "coupée": lambda o: o[:-700],
    "sans fin": lambda o: o[: o.rfind(b"=== FIN")],
    "sans pied": lambda o: o[: o.rfind(b"=== ESMS")],
    "rallongée": lambda o: o + b"x",
    "une page en trop": lambda o: o[:4096] * 2 + o[4096:],
    "l’inventaire": lambda o: o.replace(b'"essms": 6', b'"essms": 7'),
    "un emplacement": lambda o: o.replace(b'"genre": "code"', b'"genre": "codf"'),
    "vide": lambda o: b"",
}


@pytest.mark.parametrize("cas", ABIMER)
def test_une_sauvegarde_abimee_ne_se_dit_pas_entiere(
    porte: Porte, prendre: Callable[..., Sauvegarde], dossier_sauvegardes: Path, cas: str
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    prise = prendre()
    exiger_entiere(prise.chemin)
    prise.chemin.write_bytes(ABIMER[cas](prise.chemin.read_bytes()))
    with pytest.raises(ErreurBase, match=r"n’est pas une sauvegarde entière|est abîmée"):
        exiger_entiere(prise.chemin)
    assert len(lister(dossier_sauvegardes)) == 1, "elle reste dans la liste, avec ce qu’en dit son nom"


def test_elle_se_copie_ailleurs_relue_et_une_seule_fois(
    porte: Porte, prendre: Callable[..., Sauvegarde], tmp_path: Path
) -> None:
    prise = prendre()
    la_bas = copier_ailleurs(prise, tmp_path / "clé usb")
    assert la_bas.chemin.read_bytes() == prise.chemin.read_bytes() and la_bas.entiere
    assert copier_ailleurs(prise, tmp_path / "clé usb").chemin == la_bas.chemin
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(ErreurBase, match="n’a pas été faite"):
        copier_ailleurs(prise, tmp_path / "fichier")
    la_bas.chemin.unlink()
    prise.chemin.write_bytes(prise.chemin.read_bytes()[:-50])
    with pytest.raises(ErreurBase, match="n’est pas une sauvegarde entière"):
        copier_ailleurs(prise, tmp_path / "clé usb")
    assert list((tmp_path / "clé usb").iterdir()) == []


REFUS = {"ENOSPC": 28, "EIO": 5, "EACCES": 13, "EROFS": 30}


@pytest.mark.parametrize("erreur", REFUS)
@pytest.mark.parametrize("appel", ["os.fsync", "os.link", "tempfile.mkstemp", "pathlib.Path.mkdir"])
def test_ce_que_le_disque_refuse_se_dit_et_ne_laisse_rien(
    porte: Porte,
    prendre: Callable[..., Sauvegarde],
    dossier_sauvegardes: Path,
    erreur: str,
    appel: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    if appel != "pathlib.Path.mkdir":
        dossier_sauvegardes.mkdir()

    def refuser(*_: object, **__: object) -> None:
        raise OSError(REFUS[erreur], os.strerror(REFUS[erreur]))

    with monkeypatch.context() as m:
        m.setattr(appel, refuser)
        if appel == "os.link":
            # No links on that disk: a rename does it.
            prendre()
        else:
            with pytest.raises(ErreurBase, match="La sauvegarde n’a pas été faite") as dit:
                prendre()
            assert os.strerror(REFUS[erreur]) not in str(dit.value)
    restes = list(dossier_sauvegardes.iterdir()) if dossier_sauvegardes.exists() else []
    assert len(restes) == (appel == "os.link")
    assert porte.modifier(vivants(porte)[0], notes="la base va bien") and prendre().entiere
