"""The reading that follows another says what a new one would, whoever wrote since, and shares what did not change."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Date, Integer, event

from esms_desktop import lecture
from esms_desktop.errors import ErreurEsms
from esms_desktop.lecture import Ligne
from esms_desktop.model import Base, Contact, LienTache, Og, Risque, Tache
from esms_desktop.model.base import Instant
from esms_desktop.store import suivre
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import CLASSE_DE, CLASSES, TABLES
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.porte import Porte
from tests.bases import CLE, base_neuve
from tests.store.aide import graphe

JEU = st.integers(0, 2**16)
QUOI = (
    "ajouter",
    "modifier",
    "modifier",
    "retirer",
    "déplacer",
    "plusieurs",
    "abandonner",
    "annuler",
    "refaire",
)
# Which of the two doors, what it does, a seed for the rest, whether both read afterwards.
gestes = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(QUOI), JEU, st.booleans()), min_size=1, max_size=12
)


class Abandon(Exception):
    """A geste given up half-way."""


def _valeur(colonne: Any, hasard: random.Random) -> Any:
    """Any value the column may hold; never a key."""
    if colonne.nullable and hasard.random() < 0.3:
        return None
    if liste := getattr(colonne.type, "enum_class", None):
        return hasard.choice(list(liste))
    if isinstance(colonne.type, JSON):
        return hasard.choice([{"é": [1, 2.5, None, True, "« »"]}, [], {"a": {"b": "c"}}])
    if isinstance(colonne.type, Boolean):
        return hasard.random() < 0.5
    if isinstance(colonne.type, Instant):
        return datetime(2023, 5, 2, 10, hasard.randrange(60), 3, hasard.choice([0, 250000]), UTC)
    if isinstance(colonne.type, Date):
        return date(2023, hasard.randint(1, 12), 2)
    if isinstance(colonne.type, Integer):
        return hasard.randint(1, 4)
    return hasard.choice(["", "é’\u00a0", "12", "1.5", "null", "x" * 9])


def _cle(colonne: Any, hasard: random.Random, lu: lecture.Dossier) -> Any:
    """A row of the dossier that a key may name; the bytes are those of its file."""
    cible = next(iter(colonne.foreign_keys)).column.table.name
    if cible == "contenu":
        return lu.fichiers[0].sha256 if lu.fichiers else "0" * 64
    cles: list[Any] = list(lu.version.tables[cible]) + [None] * colonne.nullable
    return hasard.choice(cles) if cles else None


def _objet(hasard: random.Random, lu: lecture.Dossier) -> Base:
    classe = hasard.choice([c for c in CLASSES if c.__tablename__ != "dossier" or hasard.random() < 0.3])
    champs = {
        c.key: _cle(c, hasard, lu) if c.foreign_keys else _valeur(c, hasard)
        for c in classe.__mapper__.columns
        if not c.primary_key
    }
    return classe(**champs)


def _choisir(hasard: random.Random, lu: lecture.Dossier) -> Ligne:
    table = hasard.choice([t for t, lignes in lu.version.tables.items() if lignes])
    trouvee: Ligne = lu.version.ligne(table, hasard.choice(list(lu.version.tables[table])))
    return trouvee


def _modifier(porte: Porte, hasard: random.Random, lu: lecture.Dossier) -> None:
    ligne = _choisir(hasard, lu)
    mapper = CLASSE_DE[ligne.table].__mapper__
    colonnes = [c for c in mapper.columns if not c.primary_key]
    c = hasard.choice(colonnes)
    porte.modifier(ligne, **{c.name: _cle(c, hasard, lu) if c.foreign_keys else _valeur(c, hasard)})


def _agir(porte: Porte, quoi: str, hasard: random.Random, lus: list[lecture.Dossier]) -> None:
    if not lus:
        return
    lu = hasard.choice(lus)
    if quoi == "ajouter":
        porte.ajouter(_objet(hasard, lu), libelle="Ajouter")
    elif quoi == "modifier":
        _modifier(porte, hasard, lu)
    elif quoi == "retirer":
        porte.retirer(*{_choisir(hasard, lu) for _ in range(2)}, libelle="Retirer")
    elif quoi == "déplacer" and lu.ogs:
        ailleurs = hasard.choice(lus)
        if ailleurs.ogs and lu.essms and hasard.random() < 0.5:
            porte.modifier(hasard.choice(lu.essms), og_id=ailleurs.ogs[0].id)
        else:
            porte.modifier(hasard.choice(lu.ogs), dossier_id=ailleurs.id)
    elif quoi in ("plusieurs", "abandonner"):
        with porte.geste(quoi):
            for suite in ("ajouter", "modifier", "retirer", "modifier"):
                _agir(porte, suite, hasard, lus)
                # Inside a geste too, what it has written so far is read; a row it has just removed is gone.
                lus = [suite for d in lus if (suite := porte.lire(d.id, d))]
                for d in lus:
                    memes(porte.lire(d.id), d)
            if quoi == "abandonner":
                raise Abandon
    elif quoi == "annuler":
        porte.annuler()
    elif quoi == "refaire":
        porte.refaire()


def dit(dossier: lecture.Dossier | None) -> Any:
    """All that a reading says: tables, rows and columns in order, values with their types."""
    return dossier and {
        table: [(cle, [(c, type(v), v) for c, v in ligne.items()]) for cle, ligne in lignes.items()]
        for table, lignes in dossier.version.tables.items()
    }


def memes(frais: lecture.Dossier | None, suite: lecture.Dossier | None) -> None:
    assert dit(suite) == dit(frais)


def partage(avant: lecture.Dossier, suite: lecture.Dossier) -> None:
    """What says the same is the same object."""
    for table, lignes in suite.version.tables.items():
        anciennes = avant.version.tables[table]
        if lignes == anciennes:
            assert lignes is anciennes, table
        for cle, ligne in lignes.items():
            if ligne == anciennes.get(cle):
                assert ligne is anciennes[cle], (table, cle)


def _peupler(porte: Porte) -> list[int]:
    """Two dossiers, with at least one row where others hang."""
    for nom in ("Grappe du Ségala", "Grappe voisine"):
        porte.ajouter(d := graphe(nom, 2, 1), libelle="Créer")
        porte.ajouter(
            un := Tache(dossier=d, nom="Recette"), deux := Tache(dossier=d, nom="Bilan"), libelle="+"
        )
        porte.ajouter(LienTache(dossier_id=d.id, avant_id=un.id, apres_id=deux.id), libelle="+")
        porte.ajouter(Risque(dossier=d, intitule="Retard", essms_id=d.essms[0].id), libelle="+")
        porte.joindre(d, 9, "rib.pdf", ".pdf", b"%PDF rib", og=d.ogs[0])
    return [r.id for r in porte.resumes()]


@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[p for p in Phase if p is not Phase.explain],
)
@given(gestes)
def test_la_suite_dit_ce_que_dirait_une_lecture_neuve(suite: list[tuple[int, str, int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as ailleurs, ExitStack() as pile:
        chemin = Path(ailleurs) / "base.sqlite"
        portes = [pile.enter_context(base_neuve(chemin)), pile.enter_context(ouvrir(chemin, CLE))]
        cles = _peupler(portes[0])
        lus = [{cle: porte.lire(cle) for cle in cles} for porte in portes]
        for qui, quoi, graine, lire in suite:
            # What a person acts on is what she saw last, which another may have changed.
            vus = [d for d in lus[qui].values() if d is not None]
            with suppress(ErreurEsms, Abandon):
                if vus:
                    _agir(portes[qui], quoi, random.Random(graine), vus)
            for porte, siens in zip(portes, lus, strict=True) if lire else ():
                for cle, avant in siens.items():
                    neuf, apres = porte.lire(cle), porte.lire(cle, avant)
                    memes(neuf, apres)
                    if avant is not None and apres is not None:
                        partage(avant, apres)
                    siens[cle] = apres


@pytest.fixture
def lu(porte: Porte) -> lecture.Dossier:
    """A dossier as it was read before anything of what a test does to it."""
    trouve = porte.lire(_peupler(porte)[0])
    assert trouve is not None
    return trouve


@pytest.fixture
def autre(porte: Porte, chemin: Path, cle: Cle) -> Iterator[Porte]:
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


@pytest.fixture
def requetes(porte: Porte) -> Iterator[list[str]]:
    """The queries that the base is asked, transactions left aside."""
    vues: list[str] = []

    def noter(_connexion: Any, _curseur: Any, ordre: str, *_: object) -> None:
        vues.append(ordre)

    event.listen(porte._engine, "before_cursor_execute", noter)
    yield vues
    event.remove(porte._engine, "before_cursor_execute", noter)


def _suite(porte: Porte, lu: lecture.Dossier) -> lecture.Dossier:
    """The reading after, which says what a new one does."""
    suite = porte.lire(lu.id, lu)
    memes(porte.lire(lu.id), suite)
    assert suite is not None
    partage(lu, suite)
    return suite


def test_une_suite_ne_lit_que_le_journal(
    porte: Porte, autre: Porte, lu: lecture.Dossier, requetes: list[str]
) -> None:
    assert porte.lire(lu.id, lu) is lu, "rien n’a été écrit"
    porte.modifier(lu.essms[0], nom="d’ici")
    autre.retirer(lu.ogs[1], libelle="Retirer")
    porte.ajouter(Contact(dossier_id=lu.id, nom="Alix Martin"), libelle="Ajouter")
    porte.annuler()
    requetes.clear()
    suite = porte.lire(lu.id, lu)
    assert len([r for r in requetes if not r.startswith("PRAGMA")]) == 1, requetes
    assert suite is not None and [e.nom for e in suite.essms] == ["d’ici"]
    memes(porte.lire(lu.id), suite)
    partage(lu, suite)


def test_ce_qui_revient_reprend_sa_place(porte: Porte, lu: lecture.Dossier) -> None:
    porte.retirer(lu.ogs[0], libelle="Retirer")
    sans = _suite(porte, lu)
    # The base itself emptied the keys that named it, and took what hung on it.
    assert [f.og_id for f in sans.fichiers] == [None] and len(sans.essms) == 1
    porte.annuler()
    assert [og.id for og in _suite(porte, sans).version.lignes("og")] == [og.id for og in lu.ogs]
    assert list(_suite(porte, sans).version.tables["og"]) == [og.id for og in lu.ogs]


def test_un_og_qui_change_de_dossier_emmene_ses_essms(porte: Porte, lu: lecture.Dossier) -> None:
    voisin = next(d for r in porte.resumes() if r.id != lu.id and (d := porte.lire(r.id)))
    porte.modifier(lu.ogs[0], dossier_id=voisin.id)
    assert len(_suite(porte, lu).essms) == 1
    assert len(_suite(porte, voisin).essms) == 3
    porte.modifier(_suite(porte, lu).essms[0], og_id=voisin.ogs[0].id)
    assert _suite(porte, lu).essms == [] and len(_suite(porte, voisin).essms) == 4


def test_ce_qui_fut_ajoute_puis_change_avant_d_etre_lu(
    porte: Porte, lu: lecture.Dossier, requetes: list[str]
) -> None:
    porte.ajouter(og := Og(dossier_id=lu.id, nom="Un"), libelle="Ajouter")
    porte.modifier(og, nom="Deux", est_porteur=True)
    porte.ajouter(passager := Contact(dossier_id=lu.id, nom="De passage"), libelle="Ajouter")
    porte.modifier(passager, nom="Toujours de passage")
    porte.retirer(passager, libelle="Retirer")
    requetes.clear()
    suite = porte.lire(lu.id, lu)
    assert len([r for r in requetes if not r.startswith("PRAGMA")]) == 1, requetes
    memes(porte.lire(lu.id), suite)
    assert suite is not None and suite.porteur is not None and suite.porteur.nom == "Deux"
    assert suite.version.tables["contact"] is lu.version.tables["contact"]


def test_un_dossier_retire_ne_se_lit_plus_et_revient(porte: Porte, lu: lecture.Dossier) -> None:
    porte.retirer(lu, libelle="Retirer")
    assert porte.lire(lu.id, lu) is None
    porte.annuler()
    assert dit(_suite(porte, lu)) == dit(porte.lire(lu.id))


def test_ce_qui_n_est_pas_enregistre_ne_se_suit_pas(porte: Porte, lu: lecture.Dossier) -> None:
    with suppress(Abandon), porte.geste("abandonné"):
        porte.modifier(lu, notes="jamais")
        pendant = porte.relire(lu)
        assert pendant.notes == "jamais"
        raise Abandon
    assert _suite(porte, pendant).notes == ""
    essai = lu.avec({"dossier": {lu.id: {**lu.version.tables["dossier"][lu.id], "notes": "essai"}}})
    assert _suite(porte, essai).notes == ""


def test_un_journal_trop_long_ou_qui_n_est_pas_le_sien_se_relit_en_entier(
    porte: Porte,
    lu: lecture.Dossier,
    tmp_path: Path,
    chemin: Path,
    cle: Cle,
    monkeypatch: pytest.MonkeyPatch,
    requetes: list[str],
) -> None:
    with base_neuve(tmp_path / "autre.sqlite") as ailleurs:
        ailleurs.ajouter(graphe("Grappe du Ségala", 1, 1), libelle="Créer")
        memes(ailleurs.lire(lu.id), ailleurs.lire(lu.id, lu))
    monkeypatch.setattr(suivre, "ENTREES_MAX", 2)
    porte.modifier_tous([(e, {"capacite": 3}) for e in lu.essms], "Deux")
    requetes.clear()
    suite = _suite(porte, lu)
    deux = len(requetes)
    porte.modifier_tous([(og, {"sigle": "T"}) for og in suite.ogs], "Deux")
    porte.modifier(suite, notes="Un de trop")
    requetes.clear()
    _suite(porte, suite)
    assert len(requetes) > deux + len(TABLES) // 2
    with connexion_nue(chemin, cle) as nue:
        nue.execute("DELETE FROM journal WHERE id < (SELECT max(id) FROM journal)")
    monkeypatch.undo()
    requetes.clear()
    memes(porte.lire(lu.id), porte.lire(lu.id, lu))
    assert len(requetes) > 2 * len(TABLES)
