"""A planning on its days: milestones, holidays and closures, slack, drift, loops, trials."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.model import Dossier, Fermeture, LienTache, ReglagePlanning, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import lire, territoire_feries
from tests.regles.fabrique import JOUR, dossier

LUNDI = date(2023, 10, 2)


def planifie(**champs: Any) -> Dossier:
    return dossier(3, **({"date_debut_projet": LUNDI} | champs))


def tache(d: Dossier, nom: str, duree: int = 5, **champs: Any) -> Tache:
    defauts = {"plan": "projet", "phase": "", "jalon": duree == 0, "avancement": 0, "rang": len(d.taches)}
    return Tache(dossier=d, nom=nom, duree=max(duree, 1), **(defauts | champs))


def lier(d: Dossier, avant: Tache, apres: Tache, type: str = "fin-debut", decalage: int = 0) -> LienTache:
    return LienTache(dossier=d, avant=avant, apres=apres, type=type, decalage=decalage)


def ou(d: Dossier, t: Tache) -> tuple[date, date]:
    placee = lire(d, JOUR).de(t)
    return placee.debut, placee.fin


def test_sans_tache_rien_n_est_place() -> None:
    planning = lire(planifie(), JOUR)
    assert (planning.taches, planning.debut, planning.fin, planning.chemin) == ((), None, None, ())


def test_les_taches_se_suivent_par_dessus_les_jours_chomes() -> None:
    d = planifie()
    d.fermetures.append(Fermeture(motif="Congés", debut=date(2023, 10, 23), fin=date(2023, 10, 27)))
    # A closure typed the wrong way round does not count.
    d.fermetures.append(Fermeture(motif="Erreur", debut=date(2023, 11, 30), fin=date(2023, 11, 1)))
    a, b, c = tache(d, "A", 14), tache(d, "B", 4), tache(d, "C", 1)
    lier(d, a, b)
    lier(d, b, c, "debut-debut", 4)
    assert ou(d, a) == (LUNDI, date(2023, 10, 19))
    assert ou(d, b) == (date(2023, 10, 20), date(2023, 11, 2))
    assert ou(d, c) == (date(2023, 11, 3), date(2023, 11, 3))


def test_le_territoire_est_celui_choisi_sinon_celui_du_porteur() -> None:
    d = planifie(date_debut_projet=date(2024, 3, 25))
    for e in d.ogs[0].essms[:2]:
        e.departement = "67"
    t = tache(d, "Avant Pâques", 6)
    assert territoire_feries(d) == "6AE"
    # Good Friday and Easter Monday.
    assert ou(d, t)[1] == date(2024, 4, 3)
    d.reglages_planning.append(ReglagePlanning(territoire=""))
    assert ou(d, t)[1] == date(2024, 4, 2)
    d.reglages_planning[0].territoire = None
    assert territoire_feries(d) == "6AE"


def test_un_jalon_tombe_au_soir_de_ce_qu_il_attend_et_au_matin_de_sa_date() -> None:
    d = planifie()
    a, fin, suite = tache(d, "A"), tache(d, "Fin de A", 0), tache(d, "Suite")
    encore, seul = tache(d, "Encore", 0), tache(d, "Début", 0)
    lier(d, a, fin)
    lier(d, fin, suite)
    lier(d, fin, encore)
    vendredi = date(2023, 10, 6)
    assert ou(d, fin) == ou(d, encore) == (vendredi, vendredi)
    assert ou(d, suite)[0] == date(2023, 10, 9)
    assert ou(d, seul) == (LUNDI, LUNDI)
    fin.pas_avant = date(2023, 10, 7)
    # Said not before the weekend: not on the Friday.
    assert ou(d, fin)[0] == date(2023, 10, 9)
    fin.pas_avant, fin.fixe = None, date(2023, 10, 9)
    assert ou(d, fin)[0] == date(2023, 10, 9)


@pytest.mark.parametrize(
    ("genre", "decalage", "quand"),
    [
        # From an end, an evening, whatever the lag; from a start, a morning.
        ("fin-debut", 0, date(2023, 10, 6)),
        ("fin-debut", 1, date(2023, 10, 9)),
        ("fin-debut", 5, date(2023, 10, 13)),
        ("fin-debut", -2, date(2023, 10, 4)),
        ("fin-fin", 1, date(2023, 10, 9)),
        ("debut-debut", 0, LUNDI),
        ("debut-debut", 1, date(2023, 10, 3)),
    ],
)
def test_un_decalage_porte_le_soir_ou_le_matin_d_un_jalon(genre: str, decalage: int, quand: date) -> None:
    d = planifie()
    a, jalon, suivant, suite = tache(d, "A"), tache(d, "J", 0), tache(d, "K", 0), tache(d, "Suite")
    lier(d, a, jalon, genre, decalage)
    lier(d, jalon, suivant, "debut-debut", 1)
    lier(d, jalon, suite)
    assert ou(d, jalon) == (quand, quand)
    # A milestone hands on its evening or its morning, with a lag of its own.
    lendemain = lire(d, JOUR).calendrier.jour(lire(d, JOUR).calendrier.indice(quand) + 1)
    assert ou(d, suivant)[0] == lendemain
    assert ou(d, suite)[0] == (quand if genre == "debut-debut" else lendemain)


def test_le_projet_part_de_sa_date_sinon_de_la_premiere_sinon_du_jour() -> None:
    d = planifie()
    libre, datee = tache(d, "Libre"), tache(d, "Datée", pas_avant=date(2023, 11, 6))
    assert ou(d, libre)[0] == LUNDI
    d.date_debut_projet = None
    assert ou(d, libre)[0] == date(2023, 11, 6)
    datee.pas_avant = None
    assert ou(d, libre)[0] == JOUR


def test_marge_chemin_et_ce_qui_tient_une_tache() -> None:
    d = planifie()
    a, court, long, fin = tache(d, "A"), tache(d, "Court", 3), tache(d, "Long", 10), tache(d, "Fin", 0)
    for x in (court, long):
        lier(d, a, x)
        lier(d, x, fin)
    planning = lire(d, JOUR)
    assert planning.chemin == (a, long, fin)
    assert (planning.de(court).marge, planning.de(court).critique) == (7, False)
    assert planning.de(long).critique
    assert planning.de(fin).tenue_par == (long,)
    assert (planning.debut, planning.fin) == (LUNDI, date(2023, 10, 20))


def test_retard_sur_l_echeance_et_derive_depuis_la_reference() -> None:
    d = planifie()
    t = tache(d, "A", 5, echeance=date(2023, 10, 4), reference_fin=date(2023, 10, 9))
    placee = lire(d, JOUR).de(t)
    assert (placee.retard, placee.derive) == (2, -3)
    t.echeance = t.reference_fin = None
    placee = lire(d, JOUR).de(t)
    assert (placee.retard, placee.derive) == (0, None)


def test_les_plans_se_lisent_dans_leur_ordre() -> None:
    d = planifie()
    for nom, plan in (("D", "deploiement"), ("C", "changement"), ("P2", "projet"), ("P1", "projet")):
        tache(d, nom, plan=plan)
    d.taches[3].rang = -1
    planning = lire(d, JOUR)
    assert [p.tache.nom for p in planning.taches] == ["P1", "P2", "C", "D"]
    assert [p.tache.nom for p in planning.du_plan(Plan.CHANGEMENT)] == ["C"]
    with pytest.raises(KeyError):
        planning.de(Tache(nom="Ailleurs"))


def test_une_boucle_laisse_les_taches_visibles_sans_leurs_liens() -> None:
    d = planifie()
    a, b = tache(d, "A"), tache(d, "B")
    lier(d, a, b)
    lier(d, b, a)
    planning = lire(d, JOUR)
    assert planning.boucle is not None and "« A » → « B » → « A »" in planning.boucle.message
    assert [p.debut for p in planning.taches] == [LUNDI, LUNDI]


def test_un_lien_contredit_se_retrouve_avec_ce_qu_il_manque() -> None:
    d = planifie()
    a, b = tache(d, "A", 5), tache(d, "B", 5, fixe=date(2023, 10, 4))
    rompu, tenu = lier(d, a, b), lier(d, a, tache(d, "C"))
    planning = lire(d, JOUR)
    assert planning.contredits == (rompu,)
    assert planning.manque([rompu]) == 3
    assert planning.manque([tenu]) == 0
    rompu.type, rompu.decalage = "fin-fin", 1
    assert lire(d, JOUR).contredits == ()


@given(
    st.lists(st.integers(0, 12), min_size=2, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12, unique=True),
    st.integers(0, 7),
    st.dates(date(2023, 9, 1), date(2024, 6, 1)),
    st.integers(1, 30),
    st.booleans(),
)
def test_un_essai_dit_ce_que_le_geste_ferait(durees, paires, rang, debut, duree, fixee) -> None:
    d = planifie()
    posees = [tache(d, f"T{i}", n) for i, n in enumerate(durees)]
    for a, b in paires:
        if a < b < len(posees):
            lier(d, posees[a], posees[b], "fin-fin" if (a + b) % 3 == 0 else "fin-debut", a - 1)
    choisie = posees[rang % len(posees)]
    if fixee:
        choisie.fixe = date(2023, 10, 10)
    essai = lire(d, JOUR).essayer(choisie, debut, duree)
    choisie.duree = duree
    if fixee:
        choisie.fixe = debut
    else:
        choisie.pas_avant = debut
    assert essai == tuple((p.debut, p.fin) for p in lire(d, JOUR).taches)
