"""The priced list of materials: sums, gaps, findings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Materiel
from esms_desktop.regles.financement.materiels import avec_tva, controler_materiels, liste
from tests.regles.fabrique import dossier

entiers = st.none() | st.integers(0, 10**6)


def codes(d) -> list[str]:
    vus = controler_materiels(d, charger("2022"))
    return [c.code for k in vus for c in k.constats]


@given(
    st.lists(
        st.tuples(entiers, entiers, st.sampled_from([0, 550, 2000]), st.sampled_from([None, 1, 2, 9])),
        max_size=8,
    )
)
def test_les_totaux_par_organisme_font_le_total(lignes) -> None:
    d = dossier(2, 2)
    for quantite, prix, tva, og_id in lignes:
        d.materiels.append(
            Materiel(
                libelle="x",
                quantite=quantite,
                prix_unitaire_ht_cents=prix,
                tva_pour_dix_mille=tva,
                og_id=og_id,
            )
        )
    vue = liste(d)
    for champ in ("lignes", "incompletes", "ht_cents", "tva_cents", "ttc_cents"):
        assert sum(getattr(t, champ) for t in vue.par_og) == getattr(vue.total, champ)
    assert vue.total.ht_cents == sum(q * p for q, p, _, _ in lignes if q is not None and p is not None)
    assert vue.total.incompletes == sum(q is None or p is None for q, p, _, _ in lignes)
    assert [t.og_id for t in vue.par_og] == [k for k in (1, 2, None) if k in {x.og_id for x in vue.lignes}]
    assert ("materiels.prix-quantite" in codes(d)) is bool(vue.total.incompletes)


@pytest.mark.parametrize(
    ("ht", "taux", "ttc"),
    [(100, 2000, 120), (0, 2000, 0), (33, 550, 35), (10, 550, 11), (9, 550, 9), (1, 0, 1)],
)
def test_la_taxe_s_arrondit_au_centime(ht, taux, ttc) -> None:
    assert avec_tva(ht, taux) == ttc


def test_une_ligne_nomme_son_organisme_et_sa_structure() -> None:
    d = dossier(2)
    d.essms[0].id = 5
    d.materiels.append(
        Materiel(id=3, libelle="Tablette", og_id=1, essms_id=5, quantite=2, prix_unitaire_ht_cents=45_000)
    )
    (ligne,) = liste(d).lignes
    assert (ligne.og, ligne.essms, ligne.ht_cents, ligne.ttc_cents) == (
        "Association 1",
        "Résidence 1",
        90_000,
        108_000,
    )


@pytest.mark.parametrize(
    ("demande", "lignes", "attendus"),
    [
        (True, 0, ["materiels.vide"]),
        (True, 1, []),
        (False, 0, []),
        (False, 1, ["materiels.sans-demande"]),
        (None, 0, []),
        (None, 1, []),
    ],
)
def test_la_liste_et_la_demande(demande, lignes, attendus) -> None:
    d = dossier(2, equipement_demande=demande)
    d.materiels.extend(Materiel(libelle="x", quantite=1, prix_unitaire_ht_cents=1) for _ in range(lignes))
    assert codes(d) == attendus
