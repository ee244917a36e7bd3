"""The rules of names and of the porteur are held by the base itself, whatever writes in it."""

import sqlite3
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais, model
from esms_desktop.errors import ErreurBase
from esms_desktop.model.contraintes import _PLIS, plie
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe, tables
from tests.store.test_migrations import SCHEMAS

_SIGNES = "".join(_PLIS.values()) + "".join(_PLIS) + " aZ"


def test_un_autre_sqlite_lit_le_schema() -> None:
    with sqlite3.connect(":memory:") as autre:
        autre.execute("CREATE TABLE dossier (nom TEXT)")
        autre.execute(f"CREATE UNIQUE INDEX uq ON dossier ({plie('nom')})")


@pytest.mark.parametrize("nom", ["grappe du segala", "GRAPPE DU SÉGALA", " Grappe  du\u00a0Ségala ", ""])
def test_un_nom_pris_ou_vide_est_refuse_par_la_base(
    porte: Porte, dossier: model.Dossier, chemin: Path, cle: Cle, nom: str
) -> None:
    with connexion_nue(chemin, cle) as brute:
        with pytest.raises(sqlcipher.IntegrityError) as refus:
            brute.execute("INSERT INTO dossier SELECT NULL, ?" + _suite(brute, "dossier"), (nom,))
        with pytest.raises(sqlcipher.IntegrityError):
            brute.execute("UPDATE dossier SET nom = ''")
    dit = traduire(refus.value)
    assert isinstance(dit, ErreurBase) and "nom" in str(dit) and "constraint" not in str(dit)


def _suite(brute: object, table: str) -> str:
    """The other columns of the row that is there, its identity aside."""
    colonnes = [c[1] for c in brute.execute(f"PRAGMA table_info({table})")][2:]  # type: ignore[attr-defined]
    choisies = ", ".join("''" if c == "uid" else f'"{c}"' for c in colonnes)
    return f", {choisies} FROM {table} LIMIT 1"


def test_la_base_n_a_qu_un_porteur_et_qu_une_solution(
    porte: Porte, dossier: model.Dossier, chemin: Path, cle: Cle
) -> None:
    with connexion_nue(chemin, cle) as brute:
        brute.execute("UPDATE og SET est_porteur = 1 WHERE nom = 'Association Les Tilleuls 1'")
        assert brute.execute("SELECT nom FROM og WHERE est_porteur").fetchall() == [
            ("Association Les Tilleuls 1",)
        ]
        brute.execute("INSERT INTO solution (dossier_id, nom, retenue" + _autres(brute) + " FROM solution")
        assert brute.execute("SELECT nom FROM solution WHERE retenue").fetchall() == [("Autre",)]


def _autres(brute: object) -> str:
    infos = brute.execute("PRAGMA table_info(solution)").fetchall()  # type: ignore[attr-defined]
    noms = [c[1] for c in infos if c[1] not in ("id", "dossier_id", "nom", "retenue", "uid")]
    return ", " + ", ".join(noms) + ") SELECT dossier_id, 'Autre', 1, " + ", ".join(noms)


def test_le_porteur_passe_de_l_un_a_l_autre_et_revient(
    porte: Porte, dossier: model.Dossier, chemin: Path, cle: Cle
) -> None:
    avant = tables(chemin, cle)

    def porteurs() -> list[str]:
        return [og.nom[-1] for og in porte.relire(dossier).ogs if og.est_porteur]

    for rang in "101":
        og = next(o for o in porte.relire(dossier).ogs if o.nom.endswith(rang))
        porte.modifier(og, est_porteur=True)
        assert porteurs() == [rang]
    for _ in range(3):
        porte.annuler()
    assert tables(chemin, cle) == avant
    for _ in range(3):
        porte.refaire()
    assert porteurs() == ["1"]


@given(st.text(alphabet=_SIGNES, max_size=12), st.text(alphabet=_SIGNES, max_size=12))
def test_la_base_ne_refuse_rien_que_l_application_accepte(un: str, autre: str) -> None:
    with sqlcipher.connect(":memory:") as brute:
        plis = [
            brute.execute(f"SELECT {plie('?')}".replace("?", "?1"), (t,)).fetchone()[0] for t in (un, autre)
        ]
    if plis[0] == plis[1]:
        assert francais.cle(un) == francais.cle(autre)


def test_une_ancienne_base_que_d_autres_ont_ecrite_est_reparee(tmp_path: Path, cle: Cle) -> None:
    chemin = tmp_path / "ancienne.sqlite"
    with connexion_nue(chemin, cle) as brute:
        brute.executescript((SCHEMAS / "0005.sql").read_text(encoding="utf-8"))
        brute.execute("INSERT INTO dossier SELECT NULL, 'GRAPPE DU SEGALA'" + _suite(brute, "dossier"))
        brute.execute("UPDATE og SET est_porteur = 1")
    with ouvrir(chemin, cle) as porte:
        assert [r.nom for r in porte.resumes()] == ["Grappe du Ségala", "GRAPPE DU SEGALA (2)"]
        lu = porte.dossier("Grappe du Ségala")
        assert sum(og.est_porteur for og in lu.ogs) == 1
        porte.ajouter(graphe("Une autre"), libelle="Créer")
