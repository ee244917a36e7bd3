"""An edit carries the value it saw: what someone else wrote there meanwhile is told, never overwritten in silence."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esms_desktop import lecture, model
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.lecture import Ligne
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.conflits import ErreurConflit
from esms_desktop.store.porte import Porte
from tests.store.aide import tables


@pytest.fixture
def autre(porte: Porte, chemin: Path, cle: Cle) -> Iterator[Porte]:
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


@pytest.fixture
def lu(porte: Porte, dossier: model.Dossier) -> lecture.Dossier:
    return porte.relire(dossier)


def _dossier(d: lecture.Dossier) -> Ligne:
    return d


def _essms(d: lecture.Dossier) -> Ligne:
    return d.essms[0]


def _contact(d: lecture.Dossier) -> Ligne:
    return d.contacts[0]


# A row, what the other window writes, what this one wants: the columns refused.
CAS: list[tuple[str, Any, dict[str, Any], dict[str, Any], set[str]]] = [
    ("texte", _dossier, {"notes": "leur"}, {"notes": "nôtre"}, {"notes"}),
    ("la même valeur", _dossier, {"notes": "pareil"}, {"notes": "pareil"}, set()),
    ("une autre colonne", _dossier, {"notes": "leur"}, {"contexte": "nôtre"}, set()),
    ("oui et non", _dossier, {"sad": True}, {"sad": False}, {"sad"}),
    ("sans réponse", _dossier, {"sad": True}, {"sad": None}, {"sad"}),
    (
        "date",
        _dossier,
        {"date_convention": date(2024, 1, 2)},
        {"date_convention": date(2024, 1, 3)},
        {"date_convention"},
    ),
    ("entier", _essms, {"capacite": 40}, {"capacite": 0}, {"capacite"}),
    ("liste fermée", _essms, {"champ": Champ.PH}, {"champ": Champ.PDS}, {"champ"}),
    ("reprendre ce qui fut lu", _essms, {"nom": "leur"}, {"nom": "EHPAD Bellevue 0-0"}, {"nom"}),
    (
        "deux sur trois",
        _contact,
        {"nom": "leur", "telephone": "01", "fonction": "x"},
        {"nom": "nôtre", "telephone": "02", "courriel": "a@b.fr"},
        {"nom", "telephone"},
    ),
]


@pytest.mark.parametrize(
    ("choisir", "leurs", "notres", "refuses"), [c[1:] for c in CAS], ids=[c[0] for c in CAS]
)
def test_une_colonne_ecrite_ailleurs_n_est_pas_ecrasee(
    porte: Porte,
    autre: Porte,
    lu: lecture.Dossier,
    chemin: Path,
    cle: Cle,
    choisir: Any,
    leurs: dict[str, Any],
    notres: dict[str, Any],
    refuses: set[str],
) -> None:
    ligne = choisir(lu)
    autre.modifier(choisir(autre.relire(lu)), **leurs)
    avant = tables(chemin, cle)
    pas = porte.libelle_annuler
    # What is not in conflict is not written by half either.
    if refuses:
        with pytest.raises(ErreurConflit) as erreur:
            porte.modifier(ligne, **notres)
        assert {d.champ: (d.vue, d.presente, d.voulue) for d in erreur.value.divergences} == {
            c: (getattr(ligne, c), leurs[c], notres[c]) for c in refuses
        }
        assert {d.ligne for d in erreur.value.divergences} == {ligne}
        assert {d.qui for d in erreur.value.divergences} == {porte.journal()[0].qui}
        assert all(d.quand == autre.dernier_enregistrement for d in erreur.value.divergences)
        assert tables(chemin, cle) == avant and porte.libelle_annuler == pas
    else:
        porte.modifier(ligne, **notres)
    if refuses:
        with porte.ayant_vu(erreur.value):
            assert porte.modifier(ligne, **notres)
    relue = choisir(porte.relire(lu))
    assert {c: getattr(relue, c) for c in leurs | notres} == leurs | notres


def test_un_formulaire_ne_reprend_pas_ce_qu_il_n_a_pas_change(
    porte: Porte, autre: Porte, lu: lecture.Dossier
) -> None:
    contact = lu.contacts[0]
    autre.modifier(contact, courriel="leur@exemple.fr")
    assert porte.modifier(contact, nom=contact.nom, courriel=contact.courriel, telephone="02")
    relu = porte.relire(lu).contacts[0]
    assert (relu.nom, relu.courriel, relu.telephone) == ("Camille Durand", "leur@exemple.fr", "02")
    autre.modifier(autre.relire(lu).contacts[0], telephone="03")
    with pytest.raises(ErreurConflit) as erreur:
        porte.modifier(relu, courriel="nôtre@exemple.fr", telephone="04")
    assert [d.champ for d in erreur.value.divergences] == ["telephone"]
    assert porte.relire(lu).contacts[0].courriel == "leur@exemple.fr"


def test_le_refus_se_dit_en_francais(porte: Porte, autre: Porte, lu: lecture.Dossier) -> None:
    autre.modifier(lu.ogs[0], telephone="01", sigle="A")
    with pytest.raises(ErreurSaisie) as un:
        porte.modifier(lu.ogs[0], telephone="02")
    assert un.value.message == (
        "Le champ « téléphone » de « Association Les Tilleuls 0 » a été modifié entre-temps depuis une autre fenêtre ; "
        "rien n’a été enregistré."
    )
    with pytest.raises(ErreurSaisie, match=r"Les champs.*téléphone.*, .*sigle.*ont été modifiés") as deux:
        porte.modifier(lu.ogs[0], telephone="02", sigle="B")
    assert deux.value.remede
    autre.modifier(lu.ogs[1], telephone="01")
    with pytest.raises(ErreurSaisie, match=r"^Le champ «\xa0téléphone\xa0» a été modifié"):
        porte.modifier_tous([(og, {"telephone": "02"}) for og in lu.ogs], "Tous")


def test_ce_qui_fut_montre_puis_change_encore_est_refuse_de_nouveau(
    porte: Porte, autre: Porte, lu: lecture.Dossier
) -> None:
    autre.modifier(lu, notes="une")
    with pytest.raises(ErreurConflit) as premier:
        porte.modifier(lu, notes="nôtre")
    autre.modifier(autre.relire(lu), notes="deux")
    with pytest.raises(ErreurConflit) as second, porte.ayant_vu(premier.value):
        porte.modifier(lu, notes="nôtre")
    assert [d.presente for d in second.value.divergences] == ["deux"]
    with pytest.raises(ErreurConflit):
        porte.modifier(lu, notes="nôtre")
    with porte.ayant_vu(second.value):
        assert porte.modifier(lu, notes="nôtre")
    assert porte.annuler() and porte.relire(lu).notes == "deux"


def test_un_geste_peut_recrire_ce_qu_il_vient_d_ecrire(porte: Porte, lu: lecture.Dossier) -> None:
    with porte.geste("Plusieurs fois"):
        porte.modifier(lu, notes="une")
        porte.modifier(lu, notes="deux")
        porte.modifier(porte.relire(lu), notes="trois")
        porte.modifier_tous([(lu, {"notes": "quatre"}), (lu, {"notes": "cinq"})], "encore")
    assert porte.relire(lu).notes == "cinq"
    # A row that was read before does not say what the person wrote since: her own edits never meet.
    porte.modifier(lu, notes="six")
    assert porte.relire(lu).notes == "six"


def test_le_porteur_repris_d_un_autre_og_dans_le_meme_geste(porte: Porte, lu: lecture.Dossier) -> None:
    porteur, membre = lu.ogs
    with porte.geste("Aller et retour"):
        porte.modifier(membre, est_porteur=True)
        porte.modifier(porteur, est_porteur=True)
    assert [og.est_porteur for og in porte.relire(lu).ogs] == [True, False]
    assert porte.relire(lu).porteur == porteur


def test_une_relation_porte_aussi_ce_qui_fut_lu(
    porte: Porte, autre: Porte, dossier: model.Dossier, lu: lecture.Dossier
) -> None:
    [alpha] = dossier.solutions
    porte.ajouter(beta := model.Solution(dossier_id=dossier.id, nom="Logiciel Bêta"), libelle="Ajouter")
    autre.modifier(lu.essms[0], solution_id=alpha.id)
    with pytest.raises(ErreurConflit) as erreur:
        porte.modifier(lu.essms[0], solution=beta)
    assert [d[1:5] for d in erreur.value.divergences] == [("solution_id", None, alpha.id, beta.id)]
    assert porte.modifier(porte.relire(lu).essms[0], solution=beta)


def test_annuler_apres_la_correction_d_un_autre_est_refuse(
    porte: Porte, autre: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle
) -> None:
    porte.modifier(lu.essms[0], nom="d’ici")
    autre.modifier(autre.relire(lu).essms[0], nom="d’ailleurs")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="modifiées depuis une autre fenêtre"):
        porte.annuler()
    assert tables(chemin, cle) == avant
