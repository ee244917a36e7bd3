"""What is kept from one version to the next is what would be computed anew, whatever changes, comes, goes or moves."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from typing import Any

import pytest

from esms_desktop.documents import catalogue
from esms_desktop.lecture import Dossier, Version
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.lecture.memoire import Memoire, noter
from esms_desktop.store.porte import Porte
from esms_desktop.travaux.exemple import JOUR, creer_exemple
from esms_desktop.travaux.verifier import verifier_dossier
from tests.bases import base_neuve

LONG = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"


def _autre(valeur: Any) -> Any:
    """Another value a column might hold; never a key."""
    if isinstance(valeur, bool):
        return not valeur
    if isinstance(valeur, Enum):
        return next(m for m in type(valeur) if m is not valeur)
    if isinstance(valeur, int):
        return valeur + 1
    if isinstance(valeur, date):
        return valeur + timedelta(days=40)
    if isinstance(valeur, str):
        return "" if valeur else "rempli"
    return None


def _colonnes(table: str) -> list[str]:
    cles = {
        "id",
        "campagne_id",
        "type_projet",
        "plan",
        "categorie",
        "nature",
        "etat",
        "type",
        "genre",
        "document",
    }
    cles |= {"code", "role", "axe", "origine", "produit_le", "joint_le", "manifeste"}
    return [
        c
        for c, genre in vars(CLASSES[table])["__annotations__"].items()
        if not isinstance(genre, str) and c not in cles and not c.endswith("_id")
    ]


def dit(dossier: Dossier) -> list[dict[str, Any]]:
    return [c.en_dict() for c in verifier_dossier(dossier, JOUR).constats]


def neuf(dossier: Dossier) -> Dossier:
    """The same rows, of which nothing was computed before."""
    trouve: Any = Version(dossier.version.tables).ligne("dossier", dossier.id)
    resultat: Dossier = trouve
    return resultat


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    return porte.relire(creer_exemple(porte))


@pytest.fixture(scope="module")
def lu(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The sample dossier, read once for all: nothing written to its version can change it."""
    with base_neuve(tmp_path_factory.mktemp("lecture") / "base.sqlite") as porte:
        return porte.relire(creer_exemple(porte))


@pytest.mark.parametrize("table", sorted(CLASSES))
def test_memoised_equals_fresh_whatever_is_perturbed(lu: Dossier, table: str) -> None:
    dossier = lu
    dit(dossier)
    lignes = dossier.version.tables[table]
    if not lignes:
        return
    premiere = next(iter(lignes))
    changements: list[dict[int, Any]] = [
        {premiere: {**lignes[premiere], c: _autre(lignes[premiere][c])}} for c in _colonnes(table)
    ]
    if not LONG:
        changements = changements[:: max(len(changements) // 2, 1)]
    if table != "dossier":
        changements.append({premiere: None})
        changements.append({max(lignes) + 1: {**lignes[premiere], "id": max(lignes) + 1}})
    if len(lignes) > 1 and "rang" in lignes[premiere]:
        derniere = list(lignes)[-1]
        changements.append(
            {
                premiere: {**lignes[premiere], "rang": lignes[derniere]["rang"]},
                derniere: {**lignes[derniere], "rang": lignes[premiere]["rang"]},
            }
        )
    orphelins = {"tache", "risque", "og", "essms", "vague", "solution", "complement", "fichier"}
    for changement in changements:
        if table in orphelins and None in changement.values():
            # The base would take with it, or empty, what hangs on such a row: not a state it can be in.
            continue
        perturbe = dossier.avec({table: changement})
        assert dit(perturbe) == dit(neuf(perturbe)), changement


def test_an_edit_computes_again_only_the_documents_that_read_its_table(
    porte: Porte, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    dit(dossier)
    produits: list[str] = []
    produire = catalogue.produire

    def compter(code: str, *reste: Any) -> Any:
        produits.append(code)
        return produire(code, *reste)

    monkeypatch.setattr(catalogue, "produire", compter)
    assert porte.modifier(dossier.risques[0], intitule="Autrement dit")
    suivant = porte.lire(dossier.id, dossier)
    assert suivant is not None
    dit(suivant)
    assert produits and "note-presentation" not in produits and "lettre-engagement" not in produits
    produits.clear()
    dit(suivant)
    assert produits == []


def test_a_version_shares_what_did_not_change(porte: Porte, dossier: Dossier) -> None:
    assert porte.modifier(dossier.taches[0], nom="Autrement dit")
    suivant = porte.lire(dossier.id, dossier)
    assert suivant is not None
    changees = {t for t, lignes in suivant.version.tables.items() if lignes is not dossier.version.tables[t]}
    assert changees == {"tache"}
    assert suivant.taches[0].nom == "Autrement dit" != dossier.taches[0].nom


def test_what_is_read_through_a_kept_value_counts_for_what_is_around_it() -> None:
    memoire = Memoire()
    tables: dict[str, Any] = {"dossier": {}, "og": {}, "tache": {}}
    appels: list[str] = []

    def dedans() -> int:
        appels.append("dedans")
        noter("tache")
        return len(tables["tache"])

    def autour(calcul: Callable[[], int]) -> int:
        appels.append("autour")
        return 10 + calcul()

    def lire() -> int:
        return memoire.retenir(
            tables, "autour", (), lambda: autour(lambda: memoire.retenir(tables, "dedans", (), dedans))
        )

    assert memoire.retenir(tables, "dedans", (), dedans) == 0
    assert (lire(), appels) == (10, ["dedans", "autour"])
    tables = {**tables, "tache": {1: {}}}
    assert (lire(), appels) == (11, ["dedans", "autour", "autour", "dedans"])


def test_another_campaign_or_another_day_is_another_value() -> None:
    memoire, tables = Memoire(), {"dossier": {}, "og": {}}
    une, autre = object(), object()
    assert memoire.retenir(tables, "x", (une,), lambda: 1) == 1
    assert memoire.retenir(tables, "x", (une,), lambda: 2) == 1
    assert memoire.retenir(tables, "x", (autre,), lambda: 3) == 3
    assert memoire.retenir(tables, ("x", 1), (autre,), lambda: 4) == 4
