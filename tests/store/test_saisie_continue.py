"""Writes of one visit are one step of undo; a window never meets its own edits; what goes is what was seen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esms_desktop import lecture, model
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.conflits import RETRAIT, ErreurConflit
from esms_desktop.store.porte import Porte
from tests.store.aide import tables


@pytest.fixture
def autre(porte: Porte, chemin: Path, cle: Cle) -> Iterator[Porte]:
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


@pytest.fixture
def lu(porte: Porte, dossier: model.Dossier) -> lecture.Dossier:
    return porte.relire(dossier)


def test_une_visite_est_un_pas(porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle) -> None:
    debut, visite = tables(chemin, cle), object()
    for texte in ("a", "ab", "abc"):
        with porte.visite(visite):
            porte.modifier(porte.relire(lu), "Écrire", notes=texte)
    assert porte.libelle_annuler == "Écrire"
    porte.annuler()
    assert tables(chemin, cle) == debut
    porte.refaire()
    assert porte.relire(lu).notes == "abc"


def test_une_visite_qui_revient_au_depart_n_est_pas_un_pas(porte: Porte, lu: lecture.Dossier) -> None:
    avant, visite = porte.libelle_annuler, object()
    for texte in ("a", lu.notes):
        with porte.visite(visite):
            porte.modifier(porte.relire(lu), "Écrire", notes=texte)
    assert porte.libelle_annuler == avant


def test_un_geste_au_milieu_separe_les_pas(porte: Porte, lu: lecture.Dossier) -> None:
    visite = object()
    with porte.visite(visite):
        porte.modifier(porte.relire(lu), "Écrire", notes="a")
    porte.modifier(porte.relire(lu), "Autre", contexte="x")
    with porte.visite(visite):
        porte.modifier(porte.relire(lu), "Écrire", notes="ab")
    assert [porte.annuler() for _ in range(3)] == ["Écrire", "Autre", "Écrire"]
    assert porte.relire(lu).notes == ""


def test_deux_frappes_depuis_la_meme_lecture(porte: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu, notes="a")
    porte.modifier(lu, notes="ab")
    assert porte.relire(lu).notes == "ab"


def test_mais_pas_par_dessus_celle_d_un_autre(porte: Porte, autre: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu, notes="a")
    autre.modifier(autre.relire(lu), notes="leur")
    with pytest.raises(ErreurConflit):
        porte.modifier(lu, notes="ab")
    assert porte.relire(lu).notes == "leur"


# What the other window does, what this one removes: the columns told.
RETRAITS: list[tuple[str, Any, Any, set[tuple[str, str]]]] = [
    (
        "la ligne",
        lambda d: (d.contacts[0], {"telephone": "01"}),
        lambda d: d.contacts[0],
        {("contact", "telephone")},
    ),
    (
        "ce qui pend dessous",
        lambda d: (d.essms[0], {"capacite": 40}),
        lambda d: d.ogs[0],
        {("essms", "capacite")},
    ),
    ("le dossier entier", lambda d: (d.essms[4], {"capacite": 40}), lambda d: d, {("essms", "capacite")}),
    ("une autre ligne", lambda d: (d.contacts[0], {"telephone": "01"}), lambda d: d.ogs[0], set()),
]


@pytest.mark.parametrize(
    ("modifie", "retire", "dits"), [c[1:] for c in RETRAITS], ids=[c[0] for c in RETRAITS]
)
def test_ce_qu_un_autre_a_ecrit_ne_part_pas(
    porte: Porte,
    autre: Porte,
    lu: lecture.Dossier,
    chemin: Path,
    cle: Cle,
    modifie: Any,
    retire: Any,
    dits: Any,
) -> None:
    ligne, champs = modifie(autre.relire(lu))
    autre.modifier(ligne, **champs)
    avant = tables(chemin, cle)
    if not dits:
        porte.retirer(retire(lu), libelle="Retirer")
        return
    with pytest.raises(ErreurConflit, match="rien n’a été retiré") as refus:
        porte.retirer(retire(lu), libelle="Retirer")
    assert {(d.ligne.table, d.champ) for d in refus.value.divergences} == dits
    assert all(d.voulue is RETRAIT for d in refus.value.divergences)
    assert tables(chemin, cle) == avant
    with porte.ayant_vu(refus.value):
        porte.retirer(retire(lu), libelle="Retirer")
    porte.annuler()
    assert tables(chemin, cle) == avant


def test_ce_qu_un_autre_a_ajoute_ne_part_pas(porte: Porte, autre: Porte, lu: lecture.Dossier) -> None:
    autre.ajouter(model.Essms(og_id=lu.ogs[0].id, nom="Le neuf", rang=9), libelle="Ajouter")
    with pytest.raises(ErreurConflit) as refus:
        porte.retirer(lu.ogs[0], libelle="Retirer")
    (d,) = refus.value.divergences
    assert (d.ligne.table, d.champ, d.vue, d.presente) == ("essms", "nom", None, "Le neuf")


def test_ce_que_j_ai_ecrit_moi_meme_part(porte: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu.essms[0], capacite=3)
    porte.ajouter(model.Essms(og_id=lu.ogs[0].id, nom="Le neuf", rang=9), libelle="Ajouter")
    with porte.geste("Ensemble"):
        porte.modifier(lu.essms[1], capacite=4)
        porte.retirer(lu.ogs[0], libelle="Retirer")
    assert len(porte.relire(lu).ogs) == 1
