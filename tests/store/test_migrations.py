"""The schema: one way or the other the same tables, and a base of an older version brought to the present one."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from esms_desktop.errors import ErreurBase
from esms_desktop.model import Base
from esms_desktop.store import engine as moteur
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles import emplacements
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.pied import lire_pied
from esms_desktop.store.cles.temoin import ecrire_temoin
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.migration import appliquer
from esms_desktop.store.reglages import dossier_local
from esms_desktop.store.sauvegarde import sauvegarde
from esms_desktop.store.sauvegarde.restauration import mettre_a_la_place
from esms_desktop.store.sauvegarde.sauvegarde import exiger_entiere, lister
from esms_desktop.store.schema import SCHEMA, Schema
from tests.store.aide import graphe, tables, vivants, vu

SCHEMAS = Path(__file__).parent / "schemas"

AJOUTER_UNE_TABLE = '''"""A further revision."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{avant}"


def upgrade() -> None:
    op.create_table("essai", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE dossier SET notes = 'migré'")
    {suite}
'''


def _tables(chemin: Path, cle: Cle) -> list[Any]:
    with connexion_nue(chemin, cle) as connexion:
        lignes = connexion.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
    return [(*ligne[:3], _parties(ligne[3])) for ligne in lignes]


def _parties(sql: str) -> list[str]:
    """The columns and the constraints of a table: one added later comes last, written without going to the next line."""
    tete, _, corps = " ".join(sql.split()).partition(" (")
    parties, niveau, debut = [], 0, 0
    for i, c in enumerate(corps):
        niveau += (c == "(") - (c == ")")
        if c == "," and niveau == 0:
            parties.append(corps[debut:i].strip())
            debut = i + 1
    parties.append(corps[debut:].strip().removesuffix(")").strip())
    return [tete, *sorted(x for partie in parties for x in _reference(partie))]


def _reference(partie: str) -> list[str]:
    """A column added with what it refers to says both at once; a table made whole says them apart."""
    trouve = re.fullmatch(r"(\w+) (\w+) CONSTRAINT (\w+) REFERENCES (.+)", partie)
    if trouve is None:
        return [partie]
    nom, genre, contrainte, suite = trouve.groups()
    return [f"{nom} {genre}", f"CONSTRAINT {contrainte} FOREIGN KEY({nom}) REFERENCES {suite}"]


def _schema_suivant(tmp_path: Path, suite: str) -> Schema:
    scripts = tmp_path / "scripts à 100 %"
    (scripts / "versions").mkdir(parents=True)
    for p in (SCHEMA.scripts / "env.py", *(SCHEMA.scripts / "versions").glob("*.py")):
        (scripts / p.relative_to(SCHEMA.scripts)).write_text(p.read_text(encoding="utf-8"), encoding="utf-8")
    (scripts / "versions" / "9999_essai.py").write_text(
        AJOUTER_UNE_TABLE.format(suite=suite, avant=SCHEMA.courante), encoding="utf-8"
    )
    return Schema((*SCHEMA.revisions, "9999"), scripts)


def test_les_revisions_connues_sont_celles_d_alembic() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(SCHEMA.scripts))
    scripts = ScriptDirectory.from_config(configuration)
    assert scripts.get_heads() == [SCHEMA.courante]
    assert tuple(s.revision for s in reversed(list(scripts.walk_revisions()))) == SCHEMA.revisions


def test_une_base_neuve_et_une_base_migree_ont_les_memes_tables(tmp_path: Path, cle: Cle) -> None:
    neuve, migree = tmp_path / "neuve.sqlite", tmp_path / "migree.sqlite"
    ouvrir(neuve, cle).fermer()
    engine = moteur.creer_engine(migree, cle)
    with engine.begin() as connexion:
        appliquer(connexion, SCHEMA)
    engine.dispose()
    assert _tables(neuve, cle) == _tables(migree, cle)
    assert {t[1] for t in _tables(neuve, cle)} >= set(Base.metadata.tables)


@pytest.mark.parametrize("revision", SCHEMA.revisions)
def test_une_base_de_chaque_version_publiee_s_ouvre(revision: str, tmp_path: Path, cle: Cle) -> None:
    ancienne, neuve = tmp_path / "ancienne.sqlite", tmp_path / "neuve.sqlite"
    with connexion_nue(ancienne, cle) as connexion:
        connexion.executescript((SCHEMAS / f"{revision}.sql").read_text(encoding="utf-8"))
    with ouvrir(ancienne, cle) as porte:
        dossier = porte.dossier("Grappe du Ségala")
        assert dossier.porteur is not None and dossier.porteur.nom == "Association Les Tilleuls 0"
        assert [e.nom for e in dossier.essms] == ["EHPAD Bellevue 0-0", "EHPAD Bellevue 1-0"]
        assert porte.contenu(dossier.fichiers[0].sha256) == b"%PDF-1.4 rib"
        assert porte.modifier(dossier, notes="s’écrit")
    ouvrir(neuve, cle).fermer()
    assert _tables(ancienne, cle) == _tables(neuve, cle)


def test_une_base_plus_ancienne_est_copiee_puis_mise_a_jour(tmp_path: Path, chemin: Path, cle: Cle) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        attendu = vu(vivants(porte))
    slot = emplacements.du_code(cle, chemin.read_bytes()[:16].hex())
    ecrire_temoin(chemin, [slot])
    avant = tables(chemin, cle)
    schema = _schema_suivant(tmp_path, "")
    with ouvrir(chemin, cle, schema) as porte:
        assert vivants(porte)[0].notes == "migré"
    assert "essai" in {t[1] for t in _tables(chemin, cle)}
    [copie] = lister(dossier_local(chemin))
    assert copie.motif == "mise-a-jour" and copie.entiere and copie.inventaire.revision == SCHEMA.courante
    exiger_entiere(copie.chemin)
    assert copie.chemin.stat().st_mode & 0o077 == 0 and b"Tilleuls" not in copie.chemin.read_bytes()
    assert lire_pied(copie.chemin).emplacements == (slot,)
    reprise = tmp_path / "reprise.sqlite"
    mettre_a_la_place(copie.chemin, cle, reprise, cle, bytes(16), "", datetime(2026, 1, 1).astimezone(), "")
    assert tables(reprise, cle) == avant
    with ouvrir(reprise, cle) as porte:
        assert vu(vivants(porte)) == attendu
    with ouvrir(chemin, cle, schema):
        pass
    assert lister(dossier_local(chemin)) == [copie], "une base à jour n’est plus copiée"


@pytest.mark.parametrize(
    "suite", ["raise ValueError('cassé')", 'op.execute("INSERT INTO og (dossier_id, rang) VALUES (1, 1)")']
)
def test_une_mise_a_jour_manquee_laisse_la_base_comme_elle_etait(
    tmp_path: Path, chemin: Path, cle: Cle, suite: str
) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    avant, schema_avant = tables(chemin, cle), _tables(chemin, cle)
    with pytest.raises(ErreurBase, match="restée comme elle était") as erreur:
        ouvrir(chemin, cle, _schema_suivant(tmp_path, suite))
    assert lister(dossier_local(chemin)) == []
    dit = erreur.value.message.replace("\u00a0", " ")
    assert dit.startswith("« base.sqlite » n’a pas pu être mise à jour ; elle est restée comme elle était.")
    assert erreur.value.remede
    assert tables(chemin, cle) == avant and _tables(chemin, cle) == schema_avant
    ouvrir(chemin, cle).fermer()


def test_une_mise_a_jour_qui_casse_un_lien_est_refusee(tmp_path: Path, chemin: Path, cle: Cle) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="restée comme elle était"):
        ouvrir(chemin, cle, _schema_suivant(tmp_path, 'op.execute("UPDATE essms SET og_id = 999")'))
    assert tables(chemin, cle) == avant


def test_une_base_plus_recente_est_refusee_sans_y_toucher(tmp_path: Path, chemin: Path, cle: Cle) -> None:
    ouvrir(chemin, cle, _schema_suivant(tmp_path, "")).fermer()
    octets = chemin.read_bytes()
    noms = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(ErreurBase, match="version plus récente d’ESMS Desktop \\(schéma 9999\\)"):
        ouvrir(chemin, cle)
    assert chemin.read_bytes() == octets and sorted(p.name for p in tmp_path.iterdir()) == noms


def test_alembic_n_est_pas_charge_pour_une_base_a_jour(chemin: Path, cle: Cle) -> None:
    programme = (
        "import sys; from pathlib import Path\n"
        "from esms_desktop.store.base import ouvrir\n"
        "from esms_desktop.store.cles.chiffrement import Cle\n"
        "for _ in range(2):\n"
        "    with ouvrir(Path(sys.argv[1]), Cle(bytes.fromhex(sys.argv[2]))) as porte: porte.resumes()\n"
        "print([m for m in ('alembic', 'keyring') if m in sys.modules])"
    )
    resultat = subprocess.run(
        [sys.executable, "-c", programme, str(chemin), cle.octets.hex()],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert resultat.stdout.strip() == "[]", resultat.stderr


def test_une_copie_qui_echoue_ne_laisse_rien(
    tmp_path: Path, chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouvrir(chemin, cle).fermer()
    avant = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def refuser(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(sauvegarde, "prouver", refuser)
    with pytest.raises(ErreurBase, match=r"plein|espace|place"):
        ouvrir(chemin, cle, _schema_suivant(tmp_path, ""))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == avant
    assert [p.name for p in dossier_local(chemin).iterdir()] == ["reglages.json"]
