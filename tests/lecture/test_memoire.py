"""What is kept from one version to the next is what would be computed anew, whatever changes, comes, goes or moves."""

import os
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.lecture import Dossier, Ligne
from esms_desktop.lecture import fait as memoire
from esms_desktop.lecture.fait import fait
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.store.porte import Porte
from tests.bases import base_neuve
from tests.lecture.faits import contenus, declares, tout
from tests.lecture.perturbations import changements, complet, neuf, version

LONG = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    return porte.relire(creer_exemple(porte))


@pytest.fixture(scope="module")
def lu(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The sample dossier with rows in every table, cut short in a usual run; nothing written to it can change it."""
    with base_neuve(tmp_path_factory.mktemp("lecture") / "base.sqlite") as porte:
        return complet(porte.relire(creer_exemple(porte)), None if LONG else 3)


def suivante(dossier: Dossier, tables: Any) -> Dossier:
    """The version after this one, that holds these tables."""
    trouve: Any = dossier.version.suivante(tables).ligne("dossier", dossier.id)
    resultat: Dossier = trouve
    return resultat


@pytest.mark.parametrize("table", sorted(CLASSES))
def test_kept_equals_fresh_whatever_changes(lu: Dossier, table: str) -> None:
    attendu = tout(lu, JOUR)
    for rang, (quoi, tables) in enumerate(changements(lu.version.tables, table, LONG)):
        apres = suivante(lu, tables)
        # A document is made for its gaps, and again for its fingerprint: a usual run takes the second one time in four.
        tous = LONG or rang % 4 == 0
        assert tout(apres, JOUR, tous) == tout(neuf(apres), JOUR, tous), quoi
    assert tout(lu, JOUR) == attendu


def test_kept_equals_fresh_after_many_changes(lu: Dossier) -> None:
    """One change upon another, undone now and then, with a draft looked at in between."""
    hasard = Random(17)
    for _ in range(20 if LONG else 1):
        dossier, vus = lu, [lu.version.tables]
        for tour in range(60 if LONG else 8):
            if tour % 4 == 3:
                tables: Any = hasard.choice(vus)
            else:
                table = hasard.choice([t for t in CLASSES if dossier.version.tables[t]])
                possibles = list(changements(dossier.version.tables, table, True))
                tables = hasard.choice(possibles)[1]
            ebauche = dossier.avec({"dossier": {dossier.id: {**vars(dossier), "sad": None, "nom": "Essai"}}})
            assert tout(ebauche, JOUR) == tout(neuf(ebauche), JOUR)
            dossier = suivante(dossier, tables)
            vus.append(tables)
            assert tout(dossier, JOUR) == tout(neuf(dossier), JOUR)


@pytest.mark.parametrize(
    ("table", "colonne"),
    [
        ("essms", "nom"),
        ("essms", "categorie"),
        ("og", "dpo_nom"),
        ("tache", "duree"),
        ("dossier", "sad"),
        ("risque", "rang"),
    ],
)
def test_a_column_read_without_a_trace_is_found_out(
    lu: Dossier, monkeypatch: pytest.MonkeyPatch, table: str, colonne: str
) -> None:
    classe = memoire._observee(table)
    monkeypatch.setattr(classe, colonne, property(lambda ligne: ligne._valeurs[colonne]))
    depart = neuf(lu)
    tout(depart, JOUR)
    ecarts = 0
    for quoi, tables in changements(depart.version.tables, table, False):
        if f".{colonne} " in quoi or "rangs" in quoi:
            apres = suivante(depart, tables)
            ecarts += tout(apres, JOUR) != tout(neuf(apres), JOUR)
    assert ecarts


def test_rows_that_come_without_a_trace_are_found_out(lu: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memoire, "_lignes", lambda table: frozenset())
    # Where there were none: a column that is read would tell it otherwise.
    depart = version({**lu.version.tables, "session_formation": {}})
    tout(depart, JOUR)
    apres = suivante(
        depart, {**depart.version.tables, "session_formation": lu.version.tables["session_formation"]}
    )
    assert tout(apres, JOUR) != tout(neuf(apres), JOUR)


def test_a_value_kept_holds_no_row_and_every_fact_was_tried(lu: Dossier) -> None:
    dossier = neuf(lu)
    tout(dossier, JOUR)
    retenus = list(dossier.version.memoire._retenus.values())
    assert {r.appel.fonction.__name__ for r in retenus} == declares()
    for retenu in retenus:
        for dit in contenus(retenu.valeur):
            assert not isinstance(dit, (Ligne, list, set)), (retenu.appel.fonction.__name__, dit)
            assert not callable(dit) or isinstance(dit, type), (retenu.appel.fonction.__name__, dit)


def calcules(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the facts computed from now on."""
    faits: list[str] = []
    calculer = memoire.Regard._calculer

    def noter(regard: Any, appel: Any) -> Any:
        faits.append(appel.fonction.__name__)
        return calculer(regard, appel)

    monkeypatch.setattr(memoire.Regard, "_calculer", noter)
    return faits


def test_an_edit_computes_again_only_what_reads_its_column(
    porte: Porte, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier_dossier(dossier, JOUR)
    faits = calcules(monkeypatch)

    def apres(objet: Ligne, **champs: object) -> list[str]:
        nonlocal dossier
        assert porte.modifier(objet, **champs)
        suivant = porte.lire(dossier.id, dossier)
        assert suivant is not None
        dossier = suivant
        faits.clear()
        verifier_dossier(dossier, JOUR)
        return sorted(faits)

    assert apres(dossier, notes="À relire") == []
    assert apres(dossier.ogs[1], telephone="01 02 03 04 05") == ["_lacunes"] * 3
    assert apres(dossier.taches[0], notes="À relire") == []
    # Which task chooses the solution is the same: the letters, which say whether it is chosen, are left alone.
    assert (
        "financer_dossier" not in (nom := apres(dossier.taches[0], nom="Autrement dit"))
        and nom.count("_lacunes") <= 2
    )
    # The letters, the convention and the governance print it; the rule on the DPO only asks whether there is one.
    dpo = apres(dossier.ogs[0], dpo_nom="Une autre personne")
    assert "financer_dossier" not in dpo and "_jugements" not in dpo and dpo.count("_lacunes") <= 6
    verifier_dossier(dossier, JOUR)
    assert sorted(faits) == dpo


def test_what_is_made_of_a_fact_that_answers_the_same_is_not_computed_again(
    lu: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    tout(lu, JOUR)
    premiere = lu.essms[0]
    essms = dict(lu.version.tables["essms"])
    essms[premiere.id] = {**essms[premiere.id], "finess": f" {premiere.finess}"}
    faits = calcules(monkeypatch)
    verifier_dossier(suivante(lu, {**lu.version.tables, "essms": essms}), JOUR)
    assert "_jugements" in faits
    assert not {"orienter_dossier", "financer_dossier", "plan"} & set(faits)


def test_a_version_shares_what_did_not_change(porte: Porte, dossier: Dossier) -> None:
    assert porte.modifier(dossier.taches[0], nom="Autrement dit")
    suivant = porte.lire(dossier.id, dossier)
    assert suivant is not None
    changees = {t for t, lignes in suivant.version.tables.items() if lignes is not dossier.version.tables[t]}
    assert changees == {"tache"}
    assert suivant.taches[0].nom == "Autrement dit" != dossier.taches[0].nom


# Facts of our own, small enough to follow.


def petite(**colonnes: object) -> Dossier:
    tables = {
        "dossier": {1: CLASSES["dossier"].vierge(id=1, nom="Projet", **colonnes)},
        "risque": {5: CLASSES["risque"].vierge(id=5, dossier_id=1, intitule="Un")},
    }
    return version(tables)


def changer(dossier: Dossier, table: str, cle: int, **colonnes: object) -> Dossier:
    tables = dict(dossier.version.tables)
    tables[table] = {**tables[table], cle: {**tables[table][cle], **colonnes}}
    return suivante(dossier, tables)


def test_what_is_read_through_a_kept_fact_counts_for_what_is_around_it() -> None:
    appels: list[str] = []

    @fait
    def dedans(dossier: Dossier) -> int:
        appels.append("dedans")
        return len(dossier.risques[0].intitule)

    @fait
    def autour(dossier: Dossier) -> str:
        appels.append("autour")
        return f"{dossier.nom} {dedans(dossier)}"

    dossier = petite()
    assert (dedans(dossier), autour(dossier)) == (2, "Projet 2")
    assert appels == ["dedans", "autour"]
    dossier = changer(dossier, "risque", 5, intitule="Deux")
    assert autour(dossier) == "Projet 4"
    assert appels == ["dedans", "autour", "dedans", "autour"]
    # Another title as long: what is around is not made again.
    dossier = changer(dossier, "risque", 5, intitule="Cinq")
    assert autour(dossier) == "Projet 4" and appels[4:] == ["dedans"]
    dossier = changer(dossier, "risque", 5, gravite=3)
    assert autour(dossier) == "Projet 4" and appels[5:] == []


def test_emptiness_is_read() -> None:
    @fait
    def risques(dossier: Dossier) -> bool:
        return bool(dossier.risques)

    dossier = petite()
    assert risques(dossier)
    dossier = suivante(dossier, {**dossier.version.tables, "risque": {}})
    assert not risques(dossier)
    dossier = suivante(dossier, {**dossier.version.tables, "risque": petite().version.tables["risque"]})
    assert risques(dossier)


def test_a_row_asked_by_its_id_and_not_found_is_read() -> None:
    @fait
    def intitule(dossier: Dossier, cle: int) -> str:
        risque: Any = dossier.version.ligne("risque", cle)
        return risque.intitule if risque else "aucun"

    dossier = petite()
    assert (intitule(dossier, 5), intitule(dossier, 6)) == ("Un", "aucun")
    ligne = dict(dossier.version.tables["risque"][5])
    dossier = suivante(dossier, {**dossier.version.tables, "risque": {5: ligne, 6: {**ligne, "id": 6}}})
    assert intitule(dossier, 6) == "Un"


def test_a_fact_that_fails_is_not_kept_and_what_does_without_it_follows() -> None:
    @fait
    def fragile(dossier: Dossier) -> str:
        if not dossier.contexte:
            raise ValueError("sans contexte")
        return dossier.contexte

    @fait
    def prudent(dossier: Dossier) -> str:
        try:
            return fragile(dossier)
        except ValueError as e:
            return str(e)

    dossier = petite()
    assert prudent(dossier) == "sans contexte"
    dossier = changer(dossier, "dossier", 1, contexte="là")
    assert (prudent(dossier), fragile(dossier)) == ("là", "là")
    dossier = changer(dossier, "dossier", 1, contexte="")
    assert prudent(dossier) == "sans contexte"
    with pytest.raises(ValueError, match="sans contexte"):
        fragile(dossier)


def test_another_campaign_or_another_day_is_another_value(lu: Dossier) -> None:
    appels: list[date] = []

    @fait
    def compter(dossier: Dossier, campagne: object, jour: date, code: str) -> tuple[object, ...]:
        appels.append(jour)
        return dossier.nom, campagne, jour, code

    un, autre = charger("2022"), charger("2023")
    for campagne, jour, code in (
        (un, JOUR, "a"),
        (un, date(JOUR.year, JOUR.month, JOUR.day), "a"),
        (un, JOUR, "b"),
        (un, JOUR, "a"),
        (autre, JOUR, "a"),
        (autre, JOUR + timedelta(days=1), "a"),
        (autre, JOUR + timedelta(days=1), "b"),
    ):
        assert compter(lu, campagne, jour, code) == (lu.nom, campagne, jour, code)
    assert len(appels) == 5


def test_a_draft_leaves_what_is_kept_alone(lu: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    attendu = tout(lu, JOUR)
    faits = calcules(monkeypatch)
    for nom in ("Un essai", "Un autre"):
        ebauche = lu.avec({"dossier": {lu.id: {**vars(lu), "nom": nom}}})
        faits.clear()
        assert tout(ebauche, JOUR) != attendu
        assert "_lacunes" in faits and "points" not in faits
    faits.clear()
    assert tout(lu, JOUR) == attendu and faits == []


def test_what_a_fact_may_not_do() -> None:
    @fait
    def garder(dossier: Dossier) -> Any:
        return dossier.risques[0]

    @fait
    def ebaucher(dossier: Dossier) -> Any:
        return dossier.avec({}).nom

    @fait
    def compter(dossier: Dossier, quoi: Any) -> int:
        return 0

    @fait
    def signer(dossier: Dossier) -> list[Any]:
        return [getattr(dossier.risques[0], c) for c in ("uid", "revision", "auteur")][:1]

    dossier = petite()
    assert dossier.risques[0].revision == 0
    with pytest.raises(LookupError, match="not on who wrote it"):
        signer(dossier)
    with pytest.raises(LookupError, match="outside"):
        garder(dossier).intitule
    with pytest.raises(LookupError, match="outside"):
        garder(dossier).dossier
    with pytest.raises(TypeError, match="draft"):
        ebaucher(dossier)
    with pytest.raises(TypeError, match="id of a row"):
        compter(dossier, dossier.risques[0])
    with pytest.raises(TypeError, match="by position"):
        compter(dossier, quoi=1)


def test_all_the_columns_of_a_row_taken_at_once_are_read() -> None:
    @fait
    def colonnes(dossier: Dossier) -> tuple[object, ...]:
        return tuple(vars(dossier.risques[0]).values())

    dossier = petite()
    avant = colonnes(dossier)
    dossier = changer(dossier, "risque", 5, notes="à revoir")
    assert colonnes(dossier) != avant and "à revoir" in colonnes(dossier)
