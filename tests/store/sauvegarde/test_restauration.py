"""A backup given back: what would change, what is kept, what a stop leaves."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.fichiers import balayer, brouillon, ecrire_entier
from esms_desktop.store.porte import Porte
from esms_desktop.store.sauvegarde import restauration, sauvegarde
from esms_desktop.store.sauvegarde.sauvegarde import (
    Sauvegarde,
    sauvegarder,
)
from tests.store.aide import graphe, tables, vivants, vu

from .outils import LIGNEE, MIDI


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
        connexion.executescript(
            (Path(__file__).parents[1] / "schemas" / "0001.sql").read_text(encoding="utf-8")
        )
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
