"""Two copies that diverged come together the same way from either side; what both wrote is shown, and nothing is lost."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esms_desktop.echanges.esms.fusion import Fusion, fusionner
from esms_desktop.gestes.echanges.dossiers import plan
from tests.echanges.esms.jeu import Personne, agir, depart

ACTES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 60), st.integers(0, 30)), max_size=10)


def _fusion(a: Personne, b: Personne, **prises: bool) -> Fusion:
    return fusionner(a.copie, b.copie, plan(), prises)


def _dit(p: Personne) -> dict[str, Any]:
    """What a copy says, whatever two rows made apart under one code are called."""
    dit = {t: {u: dict(r) for u, r in rs.items()} for t, rs in p.lignes.items()}
    points = dit.pop("point_preparation")
    return {**dit, "points": sorted(map(repr, points.values()))}


def _cles(fusion: Fusion, a: Personne, b: Personne) -> set[str]:
    """The conflicts, those of two rows made apart named by their code."""
    codes = {u: r["code"] for p in (a, b) for u, r in p.lignes["point_preparation"].items()}
    return {f"{c.table}:{codes.get(c.uid, c.uid)}:{c.champ or c.genre}" for c in fusion.conflits}


@given(ACTES, ACTES)
@example([(7, 1, 20)], [(3, 26, 0)])
def test_the_same_from_either_side(a: list[Any], b: list[Any]) -> None:
    anne, bruno = depart()
    for acte in a:
        agir(anne, *acte)
    for acte in b:
        agir(bruno, *acte)
    ici, la = _fusion(anne, bruno), _fusion(bruno, anne)
    assert _cles(ici, anne, bruno) == _cles(la, anne, bruno)
    assert {(repr(c.notre), repr(c.leur)) for c in ici.conflits} == {
        (repr(c.leur), repr(c.notre)) for c in la.conflits
    }
    anne.recevoir(ici)
    bruno.recevoir(la)
    if not ici.conflits:
        assert _dit(anne) == _dit(bruno)
    _coherente(anne)
    # What was decided is not asked again; what was not is, as long as it is not.
    assert not _fusion(anne, bruno).operations
    assert _cles(_fusion(anne, bruno), anne, bruno) <= _cles(ici, anne, bruno)


def _coherente(p: Personne) -> None:
    for t, rs in p.lignes.items():
        for r in rs.values():
            for colonne, vers in plan().cles[t].items():
                assert r.get(colonne) is None or r[colonne] in p.lignes[vers]
        marque = plan().marques.get(t)
        assert marque is None or sum(bool(r[marque]) for r in rs.values()) <= 1


@given(ACTES, ACTES)
def test_nothing_that_one_wrote_is_lost(a: list[Any], b: list[Any]) -> None:
    anne, bruno = depart()
    avant = _dit(anne)
    for acte in a:
        agir(anne, *acte)
    for acte in b:
        agir(bruno, *acte)
    siens = {
        (t, u, c): v
        for t, rs in bruno.lignes.items()
        for u, r in rs.items()
        for c, v in r.items()
        if c not in ("rang", "est_porteur", "retenue")
    }
    fusion = _fusion(anne, bruno)
    disputes = {(c.table, c.uid) for c in fusion.conflits}
    retires = any(c.genre == "retrait" for c in fusion.conflits)
    nous = {u for rs in anne.lignes.values() for u in rs}
    anne.recevoir(fusion)
    for (t, u, c), v in siens.items():
        if t == "point_preparation" or avant.get(t, {}).get(u, {}).get(c) == v or (t, u) in disputes:
            continue
        if u not in anne.lignes[t]:
            # Removed by Anne: it is in conflict, or hung on what is.
            assert retires, (t, u, c, v)
        elif not (retires and (v is None or (isinstance(v, str) and "-" in v and v not in nous))):
            assert anne.lignes[t][u][c] == v, (t, u, c, v)


@given(ACTES, ACTES, st.booleans())
def test_once_all_is_decided_both_say_the_same(a: list[Any], b: list[Any], leur: bool) -> None:
    anne, bruno = depart()
    for acte in a:
        agir(anne, *acte)
    for acte in b:
        agir(bruno, *acte)
    prises = {c.cle: leur for c in _fusion(anne, bruno).conflits}
    decidee = _fusion(anne, bruno, **prises)
    assert decidee.conflits == []
    anne.recevoir(decidee)
    _coherente(anne)
    retour = _fusion(bruno, anne)
    if not any(cle.endswith(":retrait") for cle in prises):
        assert retour.conflits == []
        bruno.recevoir(retour)
        assert _dit(anne) == _dit(bruno)


def _deux() -> tuple[Personne, Personne, str, str]:
    anne, bruno = depart()
    return anne, bruno, next(iter(anne.lignes["og"])), next(iter(anne.lignes["essms"]))


def test_independent_edits_meet_and_a_field_both_wrote_is_shown_with_who_and_when() -> None:
    anne, bruno, og, essms = _deux()
    anne.changer("og", og, nom="Les Lilas", commune="Nice")
    bruno.changer("og", og, nom="Le Lilas")
    bruno.changer("essms", essms, capacite=12)
    fusion = _fusion(anne, bruno)
    [conflit] = fusion.conflits
    assert (conflit.champ, conflit.notre[:2], conflit.leur[:2]) == (
        "nom",
        ("Les Lilas", "anne"),
        ("Le Lilas", "bruno"),
    )
    assert conflit.notre.quand < conflit.leur.quand
    anne.recevoir(fusion)
    assert anne.lignes["essms"][essms]["capacite"] == 12 and anne.lignes["og"][og]["nom"] == "Les Lilas"
    # Not decided: asked again, until it is.
    assert [c.cle for c in _fusion(anne, bruno).conflits] == [conflit.cle]
    anne.recevoir(_fusion(anne, bruno, **{conflit.cle: True}))
    assert anne.lignes["og"][og]["nom"] == "Le Lilas" and _fusion(anne, bruno).conflits == []


@pytest.mark.parametrize(
    ("acte", "conflit"),
    [("rien", False), ("champ", True), ("enfant", True), ("nomme", True), ("rang", False)],
)
def test_a_row_removed_by_one_goes_unless_the_other_wrote_in_it(acte: str, conflit: bool) -> None:
    anne, bruno, og, essms = _deux()
    anne.retirer("og", og)
    if acte == "champ":
        bruno.changer("essms", essms, capacite=3)
    elif acte == "enfant":
        bruno.ajouter("essms", nom="Neuf", og_id=og)
    elif acte == "nomme":
        bruno.ajouter("contact", nom="Paul", essms_id=essms)
    elif acte == "rang":
        bruno.changer("essms", essms, rang=7)
    for qui, autre in ((anne, bruno), (bruno, anne)):
        assert [c.genre for c in _fusion(qui, autre).conflits] == (["retrait"] if conflit else [])
    vers_bruno = _fusion(bruno, anne)
    bruno.recevoir(vers_bruno)
    assert (og in bruno.lignes["og"]) is conflit
    if conflit:
        rendue = _fusion(anne, bruno, **{f"og:{og}:retrait": True})
        anne.recevoir(rendue)
        assert og in anne.lignes["og"] and essms in anne.lignes["essms"]
        assert len(anne.lignes["essms"]) == len(bruno.lignes["essms"])


def test_two_porteurs_are_one_question() -> None:
    anne, bruno, og, _ = _deux()
    neuf = anne.ajouter("og", nom="Neuf")
    anne.changer("og", neuf, est_porteur=True)
    bruno.changer("og", next(u for u in bruno.lignes["og"] if u != og), est_porteur=True)
    fusion = _fusion(bruno, anne)
    assert [(c.genre, c.leur.valeur) for c in fusion.conflits] == [("marque", neuf)]
    bruno.recevoir(fusion)
    _coherente(bruno)
    bruno.recevoir(_fusion(bruno, anne, **{fusion.conflits[0].cle: True}))
    assert [u for u, r in bruno.lignes["og"].items() if r["est_porteur"]] == [neuf]


def test_the_same_point_answered_apart_is_one_row() -> None:
    anne, bruno, *_ = _deux()
    point = anne.ajouter("point_preparation", code="c", reponse=True)
    bruno.ajouter("point_preparation", code="c", commentaire="Vu")
    fusion = _fusion(anne, bruno)
    assert fusion.conflits == []
    anne.recevoir(fusion)
    assert anne.lignes["point_preparation"] == {point: {"code": "c", "reponse": True, "commentaire": "Vu"}}
