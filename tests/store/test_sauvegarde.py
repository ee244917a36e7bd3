"""Backups: taken while others write, proved before they have a name, kept as long as they should, given back whole."""

import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import emplacements
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.cles.pied import Inventaire, lire_pied
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.fichiers import balayer, brouillon, ecrire_entier
from esms_desktop.store.porte import Porte
from esms_desktop.store.sauvegarde import copie, restauration, sauvegarde
from esms_desktop.store.sauvegarde.rotation import JOURS, MOIS, SEMAINES, a_garder, tourner
from esms_desktop.store.sauvegarde.sauvegarde import (
    Sauvegarde,
    copier_ailleurs,
    exiger_entiere,
    lister,
    sauvegarder,
)
from tests.store.aide import graphe, tables, vivants, vu

LIGNEE = "0" * 32


@pytest.fixture
def dossier_sauvegardes(tmp_path: Path) -> Path:
    return tmp_path / "sauvegardes"


@pytest.fixture
def prendre(porte: Porte, chemin: Path, cle: Cle, dossier_sauvegardes: Path) -> Callable[..., Sauvegarde]:
    """Takes a backup of the open base."""

    def faire(motif: str = "quotidienne", **options: object) -> Sauvegarde:
        slots = [
            emplacements.du_code(cle, "ab" * 16),
            emplacements.mettre_en_attente(cle, "ab" * 16, bytes(20)),
        ]
        return sauvegarder(chemin, cle, dossier_sauvegardes, motif, slots, LIGNEE, **options)  # type: ignore[arg-type]

    return faire


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


# Which are kept.

MIDI = datetime(2026, 11, 27, 12)


def une(
    quand: datetime, motif: str = "quotidienne", entiere: bool = True, lignee: str = LIGNEE
) -> Sauvegarde:
    inventaire = Inventaire("", motif, lignee, "0001", 0, {}, 0, "")
    return Sauvegarde(Path(f"{quand:%Y%m%d-%H%M%S}-{motif}"), quand, motif, inventaire, 0, entiere)


def test_un_an_de_sauvegardes_quotidiennes_en_laisse_dix_sept_au_plus() -> None:
    gardees: set[Sauvegarde] = set()
    for jour in range(400):
        maintenant = MIDI + timedelta(days=jour)
        gardees = a_garder([*gardees, une(maintenant)], maintenant)
        assert len(gardees) <= JOURS + SEMAINES + MOIS
    ages = sorted((MIDI + timedelta(days=399) - s.quand).days for s in gardees)
    assert (
        ages[:7] == [0, 1, 2, 3, 4, 5, 6]
        and len([a for a in ages if 7 <= a < 32]) >= 2
        and 120 < ages[-1] < 190
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.booleans(), st.sampled_from(["quotidienne", "import", "demandee"]))
    )
)
def test_la_plus_recente_et_celles_qu_on_a_voulues_restent_toujours(
    faites: list[tuple[int, bool, str]],
) -> None:
    toutes = [une(MIDI - timedelta(hours=h), motif, entiere) for h, entiere, motif in dict.fromkeys(faites)]
    gardees = a_garder(toutes, MIDI)
    entieres = sorted((s for s in toutes if s.entiere), key=lambda s: (s.quand, s.chemin.name))
    assert gardees <= set(toutes) and set(entieres[-1:]) & gardees == set(entieres[-1:])
    assert all(s in gardees for s in toutes if s.motif == "demandee")
    assert a_garder(gardees, MIDI) == gardees


def test_les_precautions_de_la_semaine_restent_et_les_abimees_ne_comptent_pas() -> None:
    matin = [une(MIDI - timedelta(minutes=m), "import") for m in range(5)]
    abimee = une(MIDI + timedelta(hours=1), entiere=False)
    vieille = une(MIDI - timedelta(days=3))
    assert a_garder([*matin, abimee, vieille], MIDI) == {*matin, vieille}
    assert len(a_garder(matin, MIDI + timedelta(days=8))) == 1


def test_seules_celles_de_cette_base_sont_retirees(tmp_path: Path) -> None:
    nos = [replace(une(MIDI - timedelta(days=j)), chemin=tmp_path / f"{j}") for j in range(40)]
    autre = replace(une(MIDI - timedelta(days=50), lignee="f" * 32), chemin=tmp_path / "autre")
    sans_pied = replace(une(MIDI - timedelta(days=60)), chemin=tmp_path / "sans pied", inventaire=None)
    for s in (*nos, autre, sans_pied):
        s.chemin.touch()
    retirees = tourner([*nos, autre, sans_pied], LIGNEE, MIDI)
    assert autre.chemin.exists() and sans_pied.chemin.exists()
    assert {s.chemin for s in retirees} == {s.chemin for s in nos if not s.chemin.exists()} and len(
        retirees
    ) > 20


# Given back.


@pytest.fixture
def sauvee(porte: Porte, prendre: Callable[..., Sauvegarde]) -> Iterator[Sauvegarde]:
    """A backup of « Grappe du Ségala »; since then the base was renamed, and has another dossier."""
    porte.ajouter(graphe(), libelle="Créer")
    prise = prendre()
    porte.modifier(vivants(porte)[0], notes="depuis")
    porte.ajouter(graphe("Seconde"), libelle="Créer")
    yield prise


def remettre(sauvee: Sauvegarde, chemin: Path, cle: Cle) -> None:
    restauration.remettre_dans(sauvee.chemin, cle, chemin, cle, "moi", MIDI.astimezone(), "Restaurer")


def test_ce_qui_changerait_se_dit_d_abord(sauvee: Sauvegarde, chemin: Path, cle: Cle, tmp_path: Path) -> None:
    c = restauration.comparer(sauvee.chemin, cle, chemin, cle)
    assert [(d.nom, d.ogs, d.essms, d.fichiers) for d in c.contenu] == [("Grappe du Ségala", 2, 6, 0)]
    assert (c.disparaissent, c.reviennent, c.changent, c.gestes) == (
        ("Seconde",),
        (),
        ("Grappe du Ségala",),
        2,
    )
    ailleurs = tmp_path / "ailleurs.sqlite"
    with ouvrir(ailleurs, cle) as autre:
        autre.ajouter(Dossier(nom="Autre", campagne_id="c", type_projet=TypeProjet.ACQUISITION), libelle="x")
    c = restauration.comparer(sauvee.chemin, cle, ailleurs, cle)
    assert c.gestes is None and c.reviennent == ("Grappe du Ségala",) and c.disparaissent == ("Autre",)
    assert restauration.comparer(sauvee.chemin, cle, None, None).contenu


def test_une_fenetre_ouverte_lit_aussitot_ce_qui_est_restaure(
    porte: Porte, sauvee: Sauvegarde, chemin: Path, cle: Cle
) -> None:
    lus = {d.nom: porte.lire(d.id) for d in vivants(porte)}
    remettre(sauvee, chemin, cle)
    assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala"]
    relu = porte.lire(lus["Grappe du Ségala"].id, lus["Grappe du Ségala"])
    assert relu is not None and relu.notes == ""
    assert porte.lire(lus["Seconde"].id, lus["Seconde"]) is None
    assert [e.libelle for e in porte.journal(limite=1)] == ["Restaurer"]
    with pytest.raises(ErreurBase, match="ne peut plus être annulé"):
        porte.annuler()
    assert porte.modifier(relu, notes="après")
    assert porte.lire(relu.id, relu).notes == "après"


def test_l_histoire_d_une_autre_base_ne_se_prend_pas_pour_la_notre(
    porte: Porte, chemin: Path, cle: Cle, tmp_path: Path
) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    ailleurs = tmp_path / "ailleurs.sqlite"
    with ouvrir(ailleurs, cle) as autre:
        autre.ajouter(graphe("Venue d’ailleurs", ogs=1), libelle="Créer")
        for i in range(9):
            autre.modifier(vivants(autre)[0], notes=str(i))
    prise = sauvegarder(ailleurs, cle, tmp_path / "s", "demandee", [], "f" * 32)
    lu = porte.lire(vivants(porte)[0].id)
    assert lu is not None
    remettre(prise, chemin, cle)
    relu = porte.lire(lu.id, lu)
    assert relu is not None and (relu.nom, relu.notes, len(relu.ogs)) == ("Venue d’ailleurs", "8", 1)
    assert relu == porte.lire(lu.id) and vars(relu.version).keys()


def test_une_sauvegarde_d_avant_est_mise_a_jour_en_revenant(chemin: Path, cle: Cle, tmp_path: Path) -> None:
    ancienne = tmp_path / "ancienne.sqlite"
    with connexion_nue(ancienne, cle) as connexion:
        connexion.executescript((Path(__file__).parent / "schemas" / "0001.sql").read_text(encoding="utf-8"))
    prise = sauvegarder(ancienne, cle, tmp_path / "s", "demandee", [], LIGNEE)
    with ouvrir(chemin, cle) as porte:
        remettre(prise, chemin, cle)
        assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala"]
        assert porte.modifier(vivants(porte)[0], notes="s’écrit")
    neuve = tmp_path / "neuve.sqlite"
    sel = random.Random(3).randbytes(16)
    assert (
        restauration.mettre_a_la_place(
            prise.chemin, cle, neuve, cle, sel, "moi", MIDI.astimezone(), "Restaurer"
        )
        is None
    )
    assert neuve.read_bytes()[:16] == sel
    with ouvrir(neuve, cle) as porte:
        assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala"]


def test_une_base_qui_ne_se_lit_pas_est_mise_de_cote_telle_quelle(
    porte: Porte, sauvee: Sauvegarde, chemin: Path, cle: Cle, tmp_path: Path
) -> None:
    # As a power cut leaves it, then spoilt: its -wal must not go into the new file.
    for p in list(tmp_path.glob("base.sqlite-*")):
        shutil.copy(p, tmp_path / f"garde{p.name[11:]}")
    porte.fermer()
    for p in list(tmp_path.glob("garde-*")):
        p.rename(tmp_path / f"base.sqlite{p.name[5:]}")
    octets = chemin.read_bytes()
    chemin.write_bytes(octets[:9000] + bytes(200) + octets[9200:])
    avant = {p.name: p.read_bytes() for p in tmp_path.glob("base.sqlite*")}
    autre = cle_jetable()
    cote = restauration.mettre_a_la_place(
        sauvee.chemin,
        cle,
        chemin,
        autre,
        random.Random(4).randbytes(16),
        "moi",
        MIDI.astimezone(),
        "Restaurer",
    )
    assert cote is not None and cote.name == "base.sqlite.abimee-20261127-120000"
    for nom, contenu in avant.items():
        if not nom.endswith("-shm"):
            assert (tmp_path / nom.replace("base.sqlite", cote.name)).read_bytes() == contenu
    with ouvrir(chemin, autre) as reprise:
        assert [d.nom for d in reprise.resumes()] == ["Grappe du Ségala"]


@pytest.mark.parametrize("limite", [4_000, 100_000, 300_000, 400_000])
def test_un_disque_plein_pendant_une_restauration_laisse_la_base(
    porte: Porte, sauvee: Sauvegarde, chemin: Path, cle: Cle, limite: int
) -> None:
    resource = pytest.importorskip("resource", reason="pas de limite de taille de fichier sous Windows")
    attendu = vu(vivants(porte))
    porte.fermer()
    avant = tables(chemin, cle)
    garde = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limite, garde[1]))
    try:
        remettre(sauvee, chemin, cle)
        fait = True
    except ErreurBase as erreur:
        assert "disque" in str(erreur)
        fait = False
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, garde)
    with ouvrir(chemin, cle) as rouverte:
        if fait:
            assert [d.nom for d in rouverte.resumes()] == ["Grappe du Ségala"]
        else:
            assert tables(chemin, cle) == avant and vu(vivants(rouverte)) == attendu
    assert not list(chemin.parent.glob(".esms-brouillon*"))


def test_ce_qu_un_arret_brutal_laisse_est_balaye_plus_tard(tmp_path: Path) -> None:
    with brouillon(tmp_path / "x") as neuf:
        neuf.write_bytes(b"reste")
        vieux = tmp_path / f"{neuf.name}.vieux"
        shutil.copy(neuf, vieux)
        os.utime(vieux, (0, 0))
        (tmp_path / "à moi").touch()
        os.utime(tmp_path / "à moi", (0, 0))
        assert balayer(tmp_path) == 1 and neuf.exists() and not vieux.exists()
    assert [p.name for p in tmp_path.iterdir()] == ["à moi"] and balayer(tmp_path / "absent") == 0
    ecrire_entier(tmp_path / "y", b"entier")
    assert (tmp_path / "y").read_bytes() == b"entier" and sauvegarde.SUFFIXE == ".sauvegarde"
