"""Each row says who it is, how many times it was written and by whom, whatever wrote it."""

import getpass
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from esms_desktop import lecture, model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import empreinte
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.porte import Porte
from tests.store.test_migrations import SCHEMAS


@pytest.fixture(autouse=True)
def camille(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who writes, in every door opened here unless someone else is named."""
    monkeypatch.setattr(getpass, "getuser", lambda: "camille")


@pytest.fixture
def lu(porte: Porte, dossier: model.Dossier) -> lecture.Dossier:
    return porte.relire(dossier)


@pytest.fixture
def alix(lu: lecture.Dossier, chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch) -> Iterator[Porte]:
    """The door of someone else, whose name would end a text of SQL."""
    monkeypatch.setattr(getpass, "getuser", lambda: "alix d'Ax")
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


def suivi(dossier: lecture.Dossier) -> dict[tuple[str, int], tuple[str, int, str]]:
    """Who each row is, how many times and by whom it was written."""
    return {
        (table, cle): (ligne["uid"], ligne["version"], ligne["auteur"])
        for table, lignes in dossier.version.tables.items()
        for cle, ligne in lignes.items()
    }


def test_une_ligne_neuve_a_son_identite_et_son_auteur(lu: lecture.Dossier) -> None:
    tous = suivi(lu)
    assert len(tous) > 8 and {(v, qui) for _, v, qui in tous.values()} == {(1, "camille")}
    uids = [UUID(uid) for uid, _, _ in tous.values()]
    assert len(set(uids)) == len(tous) and {u.version for u in uids} == {4}
    essms = lu.essms[0]
    assert (essms.uid, essms.revision, essms.auteur) == tous["essms", essms.id]


def test_ce_qui_change_avance_d_un_et_porte_un_nom(porte: Porte, alix: Porte, lu: lecture.Dossier) -> None:
    avant = suivi(lu)
    alix.modifier(lu.essms[0], nom="Autrement", capacite=3)
    apres = suivi(porte.relire(lu))
    cle = ("essms", lu.essms[0].id)
    assert apres == avant | {cle: (avant[cle][0], 2, "alix d'Ax")}
    porte.modifier(porte.relire(lu).essms[0], nom="Encore")
    assert suivi(porte.relire(lu))[cle] == (avant[cle][0], 3, "camille")


def test_ce_que_la_base_change_elle_meme_avance_aussi(porte: Porte, alix: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu.essms[0], solution_id=lu.solutions[0].id)
    porte.modifier(lu.contacts[0], og_id=lu.ogs[0].id)
    avant = suivi(porte.relire(lu))
    # The base empties the keys that named it.
    alix.retirer(lu.solutions[0], libelle="Retirer")
    apres = suivi(porte.relire(lu))
    cle = ("essms", lu.essms[0].id)
    assert apres[cle] == (avant[cle][0], 3, "alix d'Ax")
    # And the door gives the mark of the porteur to another.
    alix.modifier(lu.ogs[1], est_porteur=True)
    assert [suivi(porte.relire(lu))["og", og.id][1:] for og in lu.ogs] == [(2, "alix d'Ax")] * 2


def test_annuler_est_un_changement_et_rend_l_identite(porte: Porte, alix: Porte, lu: lecture.Dossier) -> None:
    alix.modifier(lu.contacts[0], nom="Alix")
    alix.retirer(lu.contacts[0], libelle="Retirer")
    uid = lu.contacts[0].uid
    vus = []
    for aller in (alix.annuler, alix.annuler, alix.refaire, alix.refaire, alix.annuler):
        aller()
        vus.append([(c.uid, c.nom, c.revision) for c in porte.relire(lu).contacts])
    assert vus == [
        [(uid, "Alix", 3)],
        [(uid, "Camille Durand", 4)],
        [(uid, "Alix", 5)],
        [],
        [(uid, "Alix", 6)],
    ]
    assert porte.relire(lu).contacts[0].auteur == "alix d'Ax"
    assert alix.annuler() and porte.relire(lu).contacts[0].nom == "Camille Durand"


def test_un_ajout_refait_avance_aussi(porte: Porte, lu: lecture.Dossier) -> None:
    porte.ajouter(neuf := model.Contact(dossier_id=lu.id, nom="Un"), libelle="Ajouter")
    porte.modifier(neuf, nom="Deux")
    uid = porte.relire(lu).contacts[-1].uid
    for _ in range(2):
        porte.annuler()
    assert len(porte.relire(lu).contacts) == 1
    porte.refaire()
    # Written, changed, changed back: it comes back as the fourth.
    revenu = porte.relire(lu).contacts[-1]
    assert (revenu.uid, revenu.nom, revenu.revision) == (uid, "Un", 4)


def _neuf(porte: Porte, lu: lecture.Dossier) -> lecture.Dossier:
    """The dossier as the base holds it, not as the journal tells it."""
    trouve = porte.lire(lu.id)
    assert trouve is not None
    return trouve


def test_revenir_a_ce_qu_on_disait_n_est_pas_un_changement(
    porte: Porte, alix: Porte, lu: lecture.Dossier
) -> None:
    avant, entrees, annulable = suivi(lu), len(porte.journal()), alix.libelle_annuler
    with alix.geste("Aller et retour"):
        alix.modifier(lu, notes="un")
        alix.modifier(lu, notes="")
    assert suivi(_neuf(porte, lu)) == avant and alix.libelle_annuler == annulable
    assert len(porte.journal()) == entrees
    with alix.geste("Aller, retour et autre chose"):
        alix.modifier(lu, notes="un")
        alix.modifier(lu, notes="")
        alix.modifier(lu.contacts[0], nom="Alix")
    apres = suivi(_neuf(porte, lu))
    assert {cle for cle in apres if apres[cle] != avant[cle]} == {("contact", lu.contacts[0].id)}


def test_rien_ne_passe_a_cote(chemin: Path, cle: Cle, porte: Porte, lu: lecture.Dossier) -> None:
    with connexion_nue(chemin, cle) as nue:
        nue.execute("UPDATE essms SET capacite = 4, version = 0")
        for _ in range(2):
            nue.execute(
                "INSERT INTO fermeture (dossier_id, motif, debut, fin) VALUES (?, 'x', '2023-08-01', '2023-08-02')",
                (lu.id,),
            )
    relu = porte.lire(lu.id)
    assert relu is not None and {e.revision for e in relu.essms} == {2}
    uids = {UUID(f.uid).version for f in relu.fermetures}
    assert len({f.uid for f in relu.fermetures}) == 2 and uids == {4}


@pytest.mark.parametrize("champ", ["uid", "version", "auteur"])
def test_la_porte_ne_les_ecrit_pas(porte: Porte, lu: lecture.Dossier, champ: str) -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        porte.modifier(lu.essms[0], **{champ: 1})


def test_le_journal_dit_ce_qui_change_et_rien_de_plus(porte: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu, notes="un")
    [entree] = porte.journal(limite=1)
    assert (entree.avant, entree.apres) == ({"notes": ""}, {"notes": "un"})
    porte.ajouter(model.Contact(dossier_id=lu.id, nom="Un"), libelle="Ajouter")
    [entree] = porte.journal(limite=1)
    assert entree.avant is None and {"version", "auteur"}.isdisjoint(entree.apres)


def test_aucun_document_n_en_depend(porte: Porte) -> None:
    lu = porte.relire(creer_exemple(porte))
    campagne = charger(lu.campagne_id)

    def empreintes(d: lecture.Dossier) -> dict[Any, str]:
        return {
            (g.code, og and og.id): empreinte(catalogue.produire(g.code, d, campagne, JOUR, og))
            for g, og in catalogue.tous(d)
        }

    avant = empreintes(lu)
    suite = lu
    for ligne in (lu, *lu.ogs, *lu.essms, *lu.contacts, *lu.taches, *lu.risques, *lu.signatures):
        champ = next(c for c in ("notes", "nom", "intitule", "empreinte") if c in vars(ligne))
        porte.modifier(ligne, **{champ: "ailleurs"})
        porte.annuler()
    suite = porte.relire(lu)
    assert {o.revision for o in (suite, *suite.essms, *suite.taches)} == {lu.revision + 2}
    assert empreintes(suite) == avant


@pytest.fixture
def la_reunion(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine four hours ahead of UTC, where the system can be told so."""
    monkeypatch.setenv("TZ", "Indian/Reunion")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_une_ancienne_base_recoit_identites_auteurs_et_moments(
    la_reunion: None, tmp_path: Path, cle: Cle
) -> None:
    chemin = tmp_path / "ancienne.sqlite"
    entree = "INSERT INTO journal (quand, qui, geste, libelle, sens, dossier_id, table_, cle, avant, apres) VALUES "
    with connexion_nue(chemin, cle) as nue:
        nue.executescript((SCHEMAS / "0002.sql").read_text(encoding="utf-8"))
        [(joint,)] = nue.execute("SELECT joint_le FROM fichier").fetchall()
        for qui, table, cote in (
            ("camille", "essms", '{"nom": "Un"}'),
            ("alix", "essms", '{"nom": "Deux"}'),
            ("camille", "fichier", '{"joint_le": "2023-07-14 02:30:00.000000", "nom": "rib.pdf"}'),
        ):
            valeurs = (
                f"('2023-07-14 02:30:00.000000', '{qui}', 1, 'x', 'faire', 1, '{table}', '1', NULL, '{cote}')"
            )
            nue.execute(entree + valeurs)
        anciennes = {
            t: [dict(zip([c[0] for c in lignes.description], x, strict=True)) for x in lignes]
            for t in TABLES
            if (lignes := nue.execute(f"SELECT * FROM {t} ORDER BY id"))
        }
    with ouvrir(chemin, cle) as porte:
        dossier = porte.dossier("Grappe du Ségala")
        for table, lignes in anciennes.items():
            for avant, apres in zip(lignes, dossier.version.tables[table].values(), strict=True):
                assert UUID(apres["uid"]).version == 4 and apres["version"] == 1
                # Later revisions add columns of their own.
                assert avant.keys() | {"uid", "version", "auteur"} <= apres.keys()
        tous = suivi(dossier)
        assert len({uid for uid, _, _ in tous.values()}) == len(tous)
        assert [e.auteur for e in dossier.essms] == ["alix", ""]
        [fichier] = dossier.fichiers
        assert fichier.auteur == "camille" and fichier.joint_le == datetime.fromisoformat(joint).astimezone()
        assert fichier.joint_le.replace(tzinfo=None) == datetime.fromisoformat(joint), (
            "l’heure montrée est la même"
        )
        dernier = porte.journal(limite=1)[0]
        assert dernier.quand == datetime.fromisoformat("2023-07-14 02:30:00").astimezone()
        en_utc = dernier.quand.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        assert dernier.apres == {"joint_le": en_utc, "nom": "rib.pdf"}
        assert porte.modifier(dossier.essms[0], nom="Trois")
        assert porte.journal(limite=1)[0].geste > dernier.geste
        assert porte.annuler() and [e.revision for e in porte.relire(dossier).essms] == [3, 1]
    with connexion_nue(chemin, cle) as nue:
        [(garde,)] = nue.execute("SELECT joint_le FROM fichier").fetchall()
        assert datetime.fromisoformat(garde).replace(tzinfo=UTC) == fichier.joint_le
