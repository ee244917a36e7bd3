"""The scheduling engine: a published network, each kind of link, loops, and what must hold of any network."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.regles.planning.ordonnancement import (
    Activite,
    Attache,
    Boucle,
    Ordre,
    TypeLien,
    ordonner,
    tour,
)

FD, DD, FF = TypeLien


def test_le_chantier_de_hillier_et_lieberman() -> None:
    """The plant of the Reliable Construction Co., fourteen activities in weeks.

    Hillier and Lieberman, Introduction to Operations Research, chapter on PERT and CPM: 44 weeks, critical path
    A-B-C-E-F-J-L-N. The table of early and late times was checked by hand.
    """
    reseau = {
        "A": (2, ""),
        "B": (4, "A"),
        "C": (10, "B"),
        "D": (6, "C"),
        "E": (4, "C"),
        "F": (5, "E"),
        "G": (7, "D"),
        "H": (9, "EG"),
        "I": (7, "C"),
        "J": (8, "FI"),
        "K": (4, "J"),
        "L": (5, "J"),
        "M": (2, "H"),
        "N": (6, "KL"),
    }
    ordre = ordonner(
        [Activite(ord(c), duree) for c, (duree, _) in reseau.items()],
        [Attache(ord(a), ord(c)) for c, (_, avant) in reseau.items() for a in avant],
    )
    table = {chr(c): (p.debut, p.fin, p.debut_tard, p.fin_tard) for c, p in ordre.positions.items()}
    assert table == {
        "A": (0, 2, 0, 2),
        "B": (2, 6, 2, 6),
        "C": (6, 16, 6, 16),
        "D": (16, 22, 20, 26),
        "E": (16, 20, 16, 20),
        "F": (20, 25, 20, 25),
        "G": (22, 29, 26, 33),
        "H": (29, 38, 33, 42),
        "I": (16, 23, 18, 25),
        "J": (25, 33, 25, 33),
        "K": (33, 37, 34, 38),
        "L": (33, 38, 33, 38),
        "M": (38, 40, 42, 44),
        "N": (38, 44, 38, 44),
    }
    assert ordre.fin == 44
    assert "".join(map(chr, ordre.chemin)) == "ABCEFJLN"
    assert "".join(chr(c) for c, p in ordre.positions.items() if p.critique) == "ABCEFJLN"


@pytest.mark.parametrize(
    ("type_lien", "decalage", "debut"),
    [
        (FD, 0, 15),
        (FD, 3, 18),
        (FD, -2, 13),
        (DD, 0, 10),
        (DD, 4, 14),
        (DD, -4, 10),
        (FF, 0, 12),
        (FF, 2, 14),
        (FF, -2, 10),
        (FF, -9, 10),
    ],
)
def test_chaque_lien_tient_ce_qu_il_dit(type_lien: TypeLien, decalage: int, debut: int) -> None:
    """A task of 3 days after one of 5 that starts at 10; nothing starts before the project."""
    activites = [Activite(1, 5, pas_avant=10), Activite(2, 3)]
    ordre = ordonner(activites, [Attache(1, 2, type_lien, decalage)], depart=10)
    assert (ordre.positions[2].debut, ordre.positions[2].fin) == (debut, debut + 3)


@pytest.mark.parametrize(
    ("type_lien", "decalage", "tard"), [(FD, 2, 13), (DD, 2, 18), (FF, 2, 16), (FD, -1, 16), (FF, -3, 20)]
)
def test_la_marge_suit_le_lien(type_lien: TypeLien, decalage: int, tard: int) -> None:
    """What a task of 5 days leaves to one of 3 that must end at 23, the end of a longer one beside them."""
    activites = [Activite(1, 5), Activite(2, 3), Activite(3, 23)]
    ordre = ordonner(activites, [Attache(1, 2, type_lien, decalage)])
    position = ordre.positions[1]
    assert (position.debut, position.debut_tard) == (0, min(tard, 18))


def test_une_date_a_soi_peut_preceder_le_projet_et_ce_qui_suit_suit() -> None:
    activites = [Activite(1, 0, pas_avant=-30), Activite(2, 5), Activite(3, 5), Activite(4, 40)]
    ordre = ordonner(activites, [Attache(1, 2), Attache(3, 4, FF)])
    assert [ordre.positions[c].debut for c in (1, 2, 3)] == [-30, -30, 0]
    # An end held by another end does not pull a start before that of what it waits for.
    assert ordre.positions[4].debut == 0
    assert ordre.debut == -30


def test_une_date_fixe_l_emporte_et_le_lien_rompu_se_dit() -> None:
    liens = [Attache(1, 2), Attache(2, 3), Attache(1, 3)]
    activites = [Activite(1, 10), Activite(2, 5, pas_avant=12, fixe=4), Activite(3, 1)]
    ordre = ordonner(activites, liens)
    assert ordre.positions[2].debut == 4
    assert ordre.contredites == (liens[0],)
    assert ordre.positions[1].marge < 0 and ordre.positions[1].critique
    assert ordre.positions[3].debut == 10
    assert ordonner([*activites[:1], Activite(2, 5, fixe=10), activites[2]], liens).contredites == ()


def test_la_marge_s_arrete_a_la_date_fixe_qui_suit() -> None:
    """The fixed task could slide to 35 without delaying the project; what comes before it must still be ready at 20."""
    activites = [Activite(1, 5), Activite(2, 5, fixe=20), Activite(3, 40)]
    ordre = ordonner(activites, [Attache(1, 2)])
    assert (ordre.positions[1].marge, ordre.positions[2].marge) == (15, 15)
    assert ordre.positions[1].debut_tard == 15


def test_rien_a_placer() -> None:
    ordre = ordonner([], [Attache(1, 2)], depart=7)
    assert (ordre.debut, ordre.fin, ordre.chemin, ordre.positions) == (7, 7, (), {})
    seule = ordonner([Activite(1, 3)], [Attache(1, 2), Attache(3, 1)])
    assert seule.chemin == (1,)


@pytest.mark.parametrize("retourner", [False, True])
def test_une_boucle_se_dit_avec_ses_noms_et_sans_les_autres(retourner: bool) -> None:
    noms = {1: "Cadrer", 2: "Choisir", 3: "Former", 4: "Avant", 5: "Après"}
    activites = [Activite(c, 1, nom=n) for c, n in noms.items()]
    liens = [Attache(4, 1), Attache(1, 2), Attache(2, 3), Attache(3, 1), Attache(3, 5)]
    with pytest.raises(Boucle) as refus:
        ordonner(activites[::-1] if retourner else activites, liens[::-1] if retourner else liens)
    assert refus.value.cles == (1, 2, 3)
    assert refus.value.message == (
        "Ces tâches s’attendent l’une l’autre : « Cadrer » → « Choisir » → « Former » → « Cadrer »."
    )
    with pytest.raises(Boucle) as seule:
        ordonner([Activite(1, 1)], [Attache(1, 1, DD)])
    assert seule.value.cles == (1,)


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [(3, 1, (3, 1, 2)), (4, 1, (4, 1)), (1, 3, ()), (2, 4, ()), (5, 1, ()), (2, 2, (2,))],
)
def test_la_boucle_qu_un_lien_fermerait(avant: int, apres: int, attendu: tuple[int, ...]) -> None:
    assert tour([Attache(1, 2), Attache(2, 3), Attache(1, 4), Attache(2, 4)], avant, apres) == attendu


# What must hold of any network.


@st.composite
def reseaux(tirer, dates: bool = True, simples: bool = False) -> tuple[list[Activite], list[Attache]]:
    n = tirer(st.integers(1, 25))
    jour = st.none() | st.integers(-10, 60) if dates else st.none()
    activites = [Activite(c, tirer(st.integers(0, 12)), tirer(jour)) for c in range(n)]
    paires = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1])
    tires = tirer(st.lists(paires, unique=True, max_size=60)) if n > 1 else []
    # Keys that do not follow the order in which tasks wait for one another.
    cles = tirer(st.permutations(range(n)))
    liens = [
        Attache(cles[a], cles[b])
        if simples
        else Attache(cles[a], cles[b], tirer(st.sampled_from(TypeLien)), tirer(st.integers(-6, 10)))
        for a, b in tires
    ]
    return activites, liens


def plancher(cle: int, activites: dict[int, Activite], liens: list[Attache]) -> int:
    """Its own date, else the start of the project or the earliest date of all it waits for."""
    propre = activites[cle].pas_avant
    if propre is not None:
        return propre
    return min([0, *(plancher(x.avant, activites, liens) for x in liens if x.apres == cle)])


def tient(ordre: Ordre, lien: Attache) -> bool:
    a, b = ordre.positions[lien.avant], ordre.positions[lien.apres]
    return {
        FD: b.debut >= a.fin + lien.decalage,
        DD: b.debut >= a.debut + lien.decalage,
        FF: b.fin >= a.fin + lien.decalage,
    }[lien.type]


def tient_tard(ordre: Ordre, lien: Attache) -> bool:
    a, b = ordre.positions[lien.avant], ordre.positions[lien.apres]
    return {
        FD: b.debut_tard >= a.fin_tard + lien.decalage,
        DD: b.debut_tard >= a.debut_tard + lien.decalage,
        FF: b.fin_tard >= a.fin_tard + lien.decalage,
    }[lien.type]


@given(reseaux())
def test_personne_ne_part_trop_tot_ni_plus_tard_qu_il_ne_faut(reseau) -> None:
    activites, liens = reseau
    ordre = ordonner(activites, liens)
    assert all(tient(ordre, x) for x in liens)
    assert ordre.contredites == ()
    for a in activites:
        p = ordre.positions[a.cle]
        assert p.fin - p.debut == a.duree
        # Held by a date, by the start of the project, or by a link.
        seuil = plancher(a.cle, {x.cle: x for x in activites}, liens)
        assert p.debut >= seuil
        assert p.debut == seuil or p.tenue_par


@given(reseaux())
def test_la_marge_n_est_jamais_negative_et_ne_retarde_pas_la_fin(reseau) -> None:
    activites, liens = reseau
    ordre = ordonner(activites, liens)
    assert all(p.marge >= 0 for p in ordre.positions.values())
    assert all(tient_tard(ordre, x) for x in liens)
    assert max(p.fin_tard for p in ordre.positions.values()) == ordre.fin
    # Each task put off by all its slack leaves the end where it is; one day more does not.
    for a in activites[:6]:
        tard = ordre.positions[a.cle].debut_tard
        for retard in (0, 1):
            cale = Activite(-1, 0, tard + retard)
            recule = ordonner([*activites, cale], [*liens, Attache(-1, a.cle, DD)])
            assert recule.positions[a.cle].debut == tard + retard
            fin = max(p.fin for cle, p in recule.positions.items() if cle >= 0)
            assert (fin > ordre.fin) is bool(retard)


@given(reseaux(dates=False))
def test_le_chemin_critique_a_la_longueur_du_projet(reseau) -> None:
    activites, liens = reseau
    ordre = ordonner(activites, liens)
    chemin = [ordre.positions[c] for c in ordre.chemin]
    assert chemin[-1].fin == ordre.fin
    assert not chemin[0].tenue_par
    assert all(p.critique for p in chemin)
    for avant, apres in pairwise(ordre.chemin):
        assert avant in ordre.positions[apres].tenue_par
        assert any(x.avant == avant and x.apres == apres for x in liens)


@given(reseaux(dates=False, simples=True))
def test_sans_decalage_les_durees_du_chemin_font_le_projet(reseau) -> None:
    activites, liens = reseau
    ordre = ordonner(activites, liens)
    durees = {a.cle: a.duree for a in activites}
    assert sum(durees[c] for c in ordre.chemin) == ordre.fin - ordre.debut


@given(reseaux(), st.randoms(use_true_random=False))
def test_l_ordre_des_taches_et_des_liens_ne_change_rien(reseau, hasard: random.Random) -> None:
    activites, liens = reseau
    attendu = ordonner(activites, liens)
    melange, meles = activites[:], liens[:]
    hasard.shuffle(melange)
    hasard.shuffle(meles)
    obtenu = ordonner(melange, meles)
    assert obtenu.positions == attendu.positions
    assert (obtenu.debut, obtenu.fin, obtenu.chemin) == (attendu.debut, attendu.fin, attendu.chemin)


@given(reseaux(), st.integers(0, 24), st.integers(0, 24))
def test_un_lien_de_trop_est_refuse_quand_il_ferme_une_boucle_et_alors_seulement(
    reseau, a: int, b: int
) -> None:
    activites, liens = reseau
    a, b = a % len(activites), b % len(activites)
    fermee = tour(liens, a, b)
    try:
        ordonner(activites, [*liens, Attache(a, b)])
    except Boucle as refus:
        assert fermee and fermee[0] == a
        suivants = {(x.avant, x.apres) for x in liens} | {(a, b)}
        for cles in (fermee, refus.cles):
            assert all(p in suivants for p in zip(cles, (*cles[1:], cles[0]), strict=True))
            assert len(set(cles)) == len(cles)
    else:
        assert fermee == ()
