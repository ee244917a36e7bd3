"""A damaged base: recognised as such, never a wrong phrase, left as it is; what still reads goes into a sound one."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.tables import TABLES as NOMS_DES_TABLES
from esms_desktop.nomenclature.tables import libelle_table
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import PAGE, Cle, Sceau
from esms_desktop.store.cles.recuperation import recolter
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.porte import Porte
from esms_desktop.store.sante import sante
from esms_desktop.store.sante.journal_wal import lire_wal
from esms_desktop.store.sante.pages import Pages
from esms_desktop.store.sante.reparation import Reparation, reparer
from esms_desktop.store.sante.sante import commits_perdus, regarder_le_fichier, verifier
from tests.store.aide import graphe, vivants

SEL = bytes(range(16))


@pytest.fixture
def saine(chemin: Path, cle: Cle) -> Path:
    """A base with two dossiers, a history and three files, closed; its -wal folded in."""
    cle.sel = SEL
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(ogs=3, essms=25), libelle="Créer")
        premier = graphe("Seconde", ogs=1)
        porte.ajouter(premier, libelle="Créer")
        for i in range(30):
            porte.modifier(premier, notes=f"note {i} " + "n" * 40 * i)
        for i in range(3):
            porte.joindre(premier, 9, f"{i}.pdf", "pdf", random.Random(i).randbytes(9000))
        porte.retirer(vivants(porte)[0].contacts[0], libelle="Retirer")
    return chemin


def abimer(chemin: Path, page: int, place: int = 60, octets: bytes = b"\0" * 40) -> None:
    lus = bytearray(chemin.read_bytes())
    debut = (page - 1) * PAGE + place
    assert lus[debut : debut + len(octets)] != octets
    lus[debut : debut + len(octets)] = octets
    chemin.write_bytes(lus)


def tables(chemin: Path, cle: Cle) -> dict[str, list[Any]]:
    """Every row of the tables of the dossiers, with who wrote it and how many times."""
    with connexion_nue(chemin, cle) as connexion:
        return {t: connexion.execute(f"SELECT * FROM {t} ORDER BY id").fetchall() for t in TABLES}


def remettre_dehors(chemin: Path, place: int, octets: bytes) -> None:
    """Writes in the file as the disk does: a process that closes a file lets go of the locks it has on it."""
    programme = "import sys; f = open(sys.argv[1], 'r+b'); f.seek(int(sys.argv[2])); f.write(bytes.fromhex(sys.argv[3]))"
    subprocess.run(
        [sys.executable, "-c", programme, str(chemin), str(place), octets.hex()], check=True, timeout=60
    )


def pages(chemin: Path) -> int:
    return chemin.stat().st_size // PAGE


def racines(chemin: Path, cle: Cle) -> dict[str, int]:
    with connexion_nue(chemin, cle) as connexion:
        return dict(
            connexion.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
        )


def remise(chemin: Path, cle: Cle) -> Reparation:
    avant = {p.name: p.read_bytes() for p in chemin.parent.glob(f"{chemin.name}*") if p.is_file()}
    sortie = chemin.with_name("saine.sqlite")
    sortie.unlink(missing_ok=True)
    faite = reparer(chemin, cle, SEL, sortie, [])
    assert {p.name: p.read_bytes() for p in chemin.parent.glob(f"{chemin.name}*") if p.is_file()} == avant
    with ouvrir(sortie, cle) as porte:
        for d in vivants(porte):
            assert porte.lire(d.id) is not None
    defauts = verifier(sortie, cle, complet=True).defauts
    assert len(defauts) == bool(faite.contenus) and all("fichiers joints" in d for d in defauts)
    return faite


def ecart(chemin: Path, cle: Cle, attendues: dict[str, list[Any]]) -> tuple[int, int]:
    """Rows of the dossiers that are missing, and rows that were never there."""
    lues = tables(chemin.with_name("saine.sqlite"), cle)
    manquent = sum(len(set(map(repr, v)) - set(map(repr, lues[t]))) for t, v in attendues.items())
    return manquent, sum(len(set(map(repr, lues[t])) - set(map(repr, v))) for t, v in attendues.items())


# Checked.


def test_une_base_saine_se_dit_saine(saine: Path, cle: Cle) -> None:
    etapes: list[str] = []
    vue = verifier(saine, cle, complet=True, suivre=lambda _f, _t, quoi: etapes.append(quoi))
    assert vue.sain and vue.complet and vue.pages == pages(saine)
    assert etapes == ["Pages", "Index", "Liens", "Fichiers joints"]
    assert verifier(saine, cle).sain and regarder_le_fichier(saine) == ()
    with ouvrir(saine, cle) as porte:
        assert porte.modifier(vivants(porte)[0], notes="pendant ce temps")
        assert verifier(saine, cle, complet=True).sain, "d’autres écrivent"


def test_chaque_page_abimee_est_vue(saine: Path, cle: Cle) -> None:
    octets = saine.read_bytes()
    tirage = random.Random(1)
    for page in tirage.sample(range(2, pages(saine) + 1), 4):
        place = tirage.randrange(PAGE)
        saine.write_bytes(octets)
        abimer(saine, page, place, bytes([octets[(page - 1) * PAGE + place] ^ 1]))
        vue = verifier(saine, cle, complet=True)
        assert any("pages du fichier" in d for d in vue.defauts), (page, place)


@pytest.mark.parametrize("reste", [0, 10, 3000, PAGE * 5, PAGE * 5 + 7])
def test_un_fichier_coupe_est_vu_et_ne_s_ouvre_pas(saine: Path, cle: Cle, reste: int) -> None:
    saine.write_bytes(saine.read_bytes()[:reste])
    avant = saine.read_bytes()
    assert regarder_le_fichier(saine) or not verifier(saine, cle, complet=True).sain
    with pytest.raises(ErreurBase) as dit:
        ouvrir(saine, cle)
    assert "phrase" not in dit.value.message and saine.read_bytes() == avant


def test_un_fichier_rallonge_est_vu(saine: Path, cle: Cle) -> None:
    octets = saine.read_bytes()
    saine.write_bytes(octets + octets[-PAGE:])
    assert not verifier(saine, cle, complet=True).sain
    saine.write_bytes(octets + b"x")
    assert any("coupé" in d for d in regarder_le_fichier(saine))


def _sans_index(chemin: Path, cle: Cle) -> None:
    """The table changes behind the back of its index."""
    nom = "ix_essms_og_id"
    with connexion_nue(chemin, cle) as connexion:
        ligne = connexion.execute("SELECT * FROM sqlite_master WHERE name = ?", (nom,)).fetchone()
        connexion.execute("PRAGMA writable_schema = ON")
        connexion.execute("DELETE FROM sqlite_master WHERE name = ?", (nom,))
    with connexion_nue(chemin, cle) as connexion:
        connexion.execute("UPDATE essms SET og_id = 2 WHERE og_id = 1")
        connexion.execute("PRAGMA writable_schema = ON")
        connexion.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", ligne)


def _par_un_ordre(ordre: str) -> Callable[[Path, Cle], None]:
    def faire(chemin: Path, cle: Cle) -> None:
        with connexion_nue(chemin, cle) as connexion:
            connexion.execute(ordre)

    return faire


FAUTES: dict[str, tuple[Callable[[Path, Cle], None], str]] = {
    "index": (_sans_index, "Des index ne correspondent plus"),
    "lien": (_par_un_ordre("UPDATE essms SET og_id = 999 WHERE id = 3"), "n’existe plus"),
    "fichier joint": (_par_un_ordre("UPDATE contenu SET octets = x'00'"), "1.pdf"),
}


@pytest.mark.parametrize("faute", FAUTES)
def test_ce_que_les_sceaux_ne_voient_pas_est_vu(saine: Path, cle: Cle, faute: str) -> None:
    faire, dit = FAUTES[faute]
    faire(saine, cle)
    assert dit in " ".join(verifier(saine, cle, complet=True).defauts)
    if faute == "index":
        # Every row in its place, the indexes made anew.
        attendues = tables(saine, cle)
        assert remise(saine, cle).entiere and ecart(saine, cle, attendues) == (0, 0)


def test_la_fin_perdue_d_un_wal_est_vue(porte: Porte, chemin: Path, cle: Cle, tmp_path: Path) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    for i in range(5):
        porte.modifier(vivants(porte)[0], notes=str(i))
    coupee = tmp_path / "coupee"
    coupee.mkdir()
    for p in chemin.parent.glob("base.sqlite*"):
        shutil.copy(p, coupee)
    copie, wal = coupee / chemin.name, coupee / f"{chemin.name}-wal"
    entier = wal.read_bytes()
    lu = lire_wal(wal)
    assert lu.perdus == 0 and lu.pages and commits_perdus(copie) == 0
    with connexion_nue(chemin, cle) as connexion:
        assert lu.taille == connexion.execute("PRAGMA page_count").fetchone()[0]
    cadres = (len(entier) - 32) // (24 + PAGE)
    # Cut as a kill leaves it: nothing was acknowledged past that.
    wal.write_bytes(entier[: -(PAGE // 2)])
    assert commits_perdus(copie) == 0
    for place, perdus in ((32 + 24 + 100, True), (40, True), (3, True), (25, True), (len(entier) - 9, True)):
        wal.write_bytes(entier[:place] + bytes([entier[place] ^ 1]) + entier[place + 1 :])
        assert (commits_perdus(copie) > 0) == perdus, place
        assert any("derniers enregistrements" in d for d in regarder_le_fichier(copie))
    assert cadres > 5
    wal.unlink()
    assert lire_wal(wal) == lire_wal(tmp_path / "absent-wal")


def test_les_pages_se_lisent_comme_sqlite_les_lit(saine: Path, cle: Cle) -> None:
    lues = Pages(saine, cle, SEL)
    assert (
        lues.nombre == pages(saine)
        and all(lues.page(n) for n in range(1, lues.nombre + 1))
        and not lues.abimees
    )
    assert (
        lues.page(1)[:16] == b"SQLite format 3\0"
        and lues.page(0) is None
        and lues.page(lues.nombre + 1) is None
    )
    assert Sceau(cle, SEL).tient(saine.read_bytes()[PAGE : 2 * PAGE], 2)
    recolte = recolter(saine, cle, SEL, [])
    attendues = tables(saine, cle)
    assert {t: [tuple(v) for _, v in sorted(recolte.lignes[t].items())] for t in attendues} == attendues
    assert recolte.revision and not recolte.manquantes and not recolte.entrees and not recolte.cellules


# Repaired.


def test_une_base_saine_se_refait_a_l_identique(saine: Path, cle: Cle) -> None:
    attendues = tables(saine, cle)
    faite = remise(saine, cle)
    assert ecart(saine, cle, attendues) == (0, 0) and faite.entiere and faite.abimees == 0
    with connexion_nue(saine, cle) as a, connexion_nue(saine.with_name("saine.sqlite"), cle) as b:
        for ordre in ("SELECT * FROM journal ORDER BY id", "SELECT * FROM contenu ORDER BY sha256"):
            assert a.execute(ordre).fetchall() == b.execute(ordre).fetchall()
        suites = "SELECT name, seq FROM sqlite_sequence WHERE name != 'journal' ORDER BY name"
        assert a.execute(suites).fetchall() == b.execute(suites).fetchall(), "aucun numéro n’est redonné"
    with pytest.raises(ErreurBase, match="déjà quelque chose"):
        reparer(saine, cle, SEL, saine.with_name("saine.sqlite"), [])


def test_le_contenu_d_un_wal_est_repris(porte: Porte, chemin: Path, cle: Cle, tmp_path: Path) -> None:
    porte.ajouter(graphe("Dans le wal"), libelle="Créer")
    coupee = tmp_path / "coupee"
    coupee.mkdir()
    for p in chemin.parent.glob("base.sqlite*"):
        shutil.copy(p, coupee)
    copie = coupee / chemin.name
    sel = copie.read_bytes()[:16]
    reparer(copie, cle, sel, tmp_path / "reprise.sqlite", [])
    with ouvrir(tmp_path / "reprise.sqlite", cle) as reprise:
        assert [d.nom for d in reprise.resumes()] == ["Dans le wal"]


def test_les_lignes_d_une_page_perdue_reviennent_du_journal(saine: Path, cle: Cle) -> None:
    attendues = tables(saine, cle)
    abimer(saine, racines(saine, cle)["essms"])
    faite = remise(saine, cle)
    assert ecart(saine, cle, attendues) == (0, 0)
    assert faite.abimees == 1 and faite.entiere and faite.du_journal <= 78


def test_sans_son_journal_une_racine_perdue_laisse_ses_feuilles(saine: Path, cle: Cle) -> None:
    attendues = tables(saine, cle)
    places = racines(saine, cle)
    for nom in ("essms", "journal"):
        abimer(saine, places[nom])
    remise(saine, cle)
    manquent, faux = ecart(saine, cle, attendues)
    assert faux == 0 and manquent <= len(attendues["essms"]) // 2


@pytest.mark.parametrize("debut", [b"\0" * 40, None], ids=["première page", "sel"])
def test_le_debut_du_fichier_perdu_ne_perd_pas_la_base(saine: Path, cle: Cle, debut: bytes | None) -> None:
    attendues = tables(saine, cle)
    if debut is None:
        saine.write_bytes(bytes(16) + saine.read_bytes()[16:])
    else:
        abimer(saine, 1)
    assert remise(saine, cle).entiere
    assert ecart(saine, cle, attendues) == (0, 0)


def test_des_octets_joints_perdus_se_disent_et_le_fichier_reste_liste(saine: Path, cle: Cle) -> None:
    with connexion_nue(saine, cle) as connexion:
        noms = [nom for (nom,) in connexion.execute("SELECT nom FROM fichier ORDER BY id")]
    octets = saine.read_bytes()
    trouves: set[str] = set()
    for page in range(pages(saine), 1, -1):
        saine.write_bytes(octets)
        abimer(saine, page)
        recolte = recolter(saine, cle, SEL, [])
        if len(recolte.lignes["contenu"]) < 3 and len(recolte.lignes["fichier"]) == 3:
            trouves.update(remise(saine, cle).contenus)
            break
    assert trouves and trouves <= set(noms)
    with ouvrir(saine.with_name("saine.sqlite"), cle) as porte:
        lu = porte.lire(next(d.id for d in porte.resumes() if d.nom == "Seconde"))
        assert lu is not None and [f.nom for f in lu.fichiers] == noms
        [perdu] = [f for f in lu.fichiers if f.nom in trouves]
        with pytest.raises(ErreurBase, match="manque dans la base ou y est abîmé"):
            porte.contenu(perdu.sha256)


def test_ce_qui_pendait_sur_ce_qui_est_perdu_se_dit(saine: Path, cle: Cle) -> None:
    attendues = tables(saine, cle)
    lues = Pages(saine, cle, SEL)
    # Every page that names an OG, those of the journal too: nothing can tell them again.
    for numero in range(2, lues.nombre + 1):
        if b"Association Les Tilleuls" in (lues.page(numero) or b""):
            abimer(saine, numero)
    faite = remise(saine, cle)
    manquent, faux = ecart(saine, cle, attendues)
    assert faux == 0 and manquent >= len(attendues["og"]) and not faite.entiere
    assert {t for t, _, _ in faite.manquantes} >= {"essms"} and faite.entrees > 0
    assert any(nom.startswith("EHPAD Bellevue") for t, _, nom in faite.manquantes if t == "essms")


def test_une_base_d_un_ancien_schema_se_refait_puis_se_met_a_jour(tmp_path: Path, cle: Cle) -> None:
    ancienne = tmp_path / "base.sqlite"
    with connexion_nue(ancienne, cle, SEL) as connexion:
        connexion.executescript((Path(__file__).parent / "schemas" / "0001.sql").read_text(encoding="utf-8"))
    abimer(ancienne, pages(ancienne))
    faite = reparer(ancienne, cle, SEL, tmp_path / "saine.sqlite", [])
    with ouvrir(tmp_path / "saine.sqlite", cle) as porte:
        assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala"]
    assert faite.lignes["dossier"] == 1


def test_un_fichier_dont_rien_ne_se_lit_le_dit(saine: Path, cle: Cle) -> None:
    for octets in (b"", os.urandom(PAGE * 4)):
        saine.write_bytes(octets)
        with pytest.raises(ErreurBase, match="ne se lit plus"):
            reparer(saine, cle, SEL, saine.with_name("saine.sqlite"), [])
        assert not saine.with_name("saine.sqlite").exists()


# While it is open.


def test_une_lecture_tardive_sur_une_page_perdue_parle_francais(saine: Path, cle: Cle) -> None:
    racines_ = racines(saine, cle)
    place = (racines_["og"] - 1) * PAGE + 60
    octets = saine.read_bytes()[place : place + 40]
    with ouvrir(saine, cle) as porte:
        dossier = porte.trouver(Dossier, 1)
        assert dossier is not None
        remettre_dehors(saine, (racines_["og"] - 1) * PAGE + 60, b"\0" * 40)
        # An attribute loaded late, then a read of the door, then a write: never an error of the driver.
        for lire in (
            lambda: dossier.ogs,
            lambda: porte.resumes(),
            lambda: porte.lire(1),
            lambda: porte.modifier(dossier, notes="x") and porte.lire(1),
        ):
            with pytest.raises(ErreurBaseAbimee, match="abîmée"):
                lire()
        remettre_dehors(saine, place, octets)
        # The disk answers again: the door serves, without being opened anew.
        assert [d.nom for d in porte.resumes()] == ["Grappe du Ségala", "Seconde"]
        assert porte.modifier(vivants(porte)[0], notes="y") and porte.annuler()


def test_une_lecture_qui_echoue_une_fois_est_verifiee_avant_d_etre_dite(porte: Porte) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    porte.ajouter(graphe(), libelle="Créer")
    with (
        pytest.raises(ErreurBase, match="relue en entier depuis, elle est saine") as dit,
        porte._garde.lecture(),
    ):
        raise sqlcipher.DatabaseError("database disk image is malformed")
    assert type(dit.value) is ErreurBase
    assert len(porte.resumes()) == 1 and porte.modifier(vivants(porte)[0], notes="z")


def test_une_ouverture_relit_avant_de_dire_abimee(
    saine: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets = saine.read_bytes()
    premiere = Pages(saine, cle, SEL).page(1)
    assert premiere is not None and premiere[100] == 5, "le schéma tient sur plusieurs pages"
    seconde = int.from_bytes(premiere[108:112], "big")
    abimer(saine, seconde)
    with pytest.raises(ErreurBaseAbimee):
        ouvrir(saine, cle)
    # The cable is pushed back between two attempts.
    monkeypatch.setattr(sante.time, "sleep", lambda _s: saine.write_bytes(octets))
    sante.exiger_lisible(saine, cle)


def test_chaque_table_a_un_nom_que_la_personne_connait() -> None:
    assert set(NOMS_DES_TABLES) == set(TABLES)
    assert (libelle_table("og", 2), libelle_table("inconnue")) == ("organismes", "inconnue")
