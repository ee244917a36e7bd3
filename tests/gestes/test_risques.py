"""The gestures on the maps of risks: library, copy to structures, roll-up, order, scales, each undone in one step."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes import risques
from esms_desktop.model import Dossier, Essms, Risque
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.store.base import ouvrir
from esms_desktop.store.conflits import ErreurConflit
from esms_desktop.store.porte import Porte
from tests.bases import CLE, dossier_vivant
from tests.store.aide import graphe


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    projet = graphe(ogs=1, essms=13)
    porte.ajouter(projet, libelle="Créer")
    return projet


def carte(dossier: Dossier, essms: Essms | None) -> list[tuple[Any, ...]]:
    return [
        (r.intitule, r.probabilite, r.gravite, [(a.intitule, a.etat) for a in r.actions])
        for r in regles.risques_de(dossier, essms)
    ]


def intitules(dossier: Dossier, essms: Essms | None) -> list[str]:
    return [r.intitule for r in regles.risques_de(dossier, essms)]


def relire(porte: Porte, dossier: Dossier) -> Dossier:
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return relu


def remplir(porte: Porte, dossier: Dossier, essms: Essms | None) -> list[Risque]:
    reseau = risques.ajouter(
        porte, dossier, essms, intitule="Réseau insuffisant", categorie="technique", probabilite=4, gravite=3
    )
    risques.ajouter_action(
        porte,
        reseau,
        intitule="Mesurer",
        etat="faite",
        responsable="Alix",
        echeance=date(2023, 1, 2),
        cout_cents=50_000,
    )
    risques.ajouter_action(porte, reseau, intitule="Renoncer", etat="abandonnee")
    return [reseau, risques.ajouter(porte, dossier, essms, intitule="Travaux", probabilite=2)]


def test_la_bibliotheque_n_evalue_rien_et_n_ajoute_pas_deux_fois(porte: Porte, dossier: Dossier) -> None:
    un = dossier.essms[0]
    neufs = risques.ajouter_de_la_bibliotheque(porte, dossier, ["reseau", "equipements"], un)
    assert [r.origine for r in neufs] == ["reseau", "equipements"]
    assert all(r.probabilite is r.gravite is r.probabilite_residuelle is None for r in neufs)
    assert all(r.actions and all(not a.responsable and a.echeance is None for a in r.actions) for r in neufs)
    assert {a.dossier_id for r in neufs for a in r.actions} == {dossier.id}
    suite = risques.ajouter_de_la_bibliotheque(porte, dossier, ["rotation", "reseau"], un, avec_actions=False)
    assert [(r.origine, list(r.actions)) for r in suite] == [("rotation", [])]
    assert [r.rang for r in regles.risques_structure(dossier, un)] == [0, 1, 2]
    assert risques.ajouter_de_la_bibliotheque(porte, dossier, ["reseau"], un) == []
    assert regles.risques_grappe(dossier) == []
    # The same title typed by hand counts as there.
    risques.ajouter(porte, dossier, None, intitule="  réseau ou wi-fi INSUFFISANT ")
    assert risques.deja_la(dossier, None) == {"reseau"}
    with pytest.raises(ErreurSaisie):
        risques.ajouter_de_la_bibliotheque(porte, dossier, ["inconnu"])


def test_douze_structures_d_un_coup_et_un_seul_pas_a_annuler(porte: Porte, dossier: Dossier) -> None:
    source, *autres = dossier.essms
    assert len(autres) == 12
    remplir(porte, dossier, source)
    risques.ajouter(porte, dossier, autres[0], intitule="À lui", probabilite=1, gravite=1)
    risques.ajouter(porte, dossier, autres[0], intitule="réseau INSUFFISANT", probabilite=1, gravite=2)
    risques.dire_sans_risque(porte, dossier, autres[1], True)
    copies = risques.copier_carte(porte, dossier, source, [source, *autres, autres[3]])
    assert [(c.essms, c.ajoutes, c.deja, c.retires) for c in copies] == [
        (autres[0], 1, 1, 0),
        *((e, 2, 0, 0) for e in autres[1:]),
    ]
    assert carte(dossier, autres[0]) == [
        ("À lui", 1, 1, []),
        ("réseau INSUFFISANT", 1, 2, []),
        ("Travaux", 2, None, []),
    ]
    # What was done there is to be done here; what was given up is not copied.
    copie = [("Réseau insuffisant", 4, 3, [("Mesurer", "a-faire")]), ("Travaux", 2, None, [])]
    assert all(carte(dossier, e) == copie for e in autres[1:])
    action = regles.risques_structure(dossier, autres[5])[0].actions[0]
    assert (action.responsable, action.echeance, action.cout_cents) == ("Alix", date(2023, 1, 2), 50_000)
    assert regles.sans_risque(dossier, autres[1]) is None

    assert porte.annuler() == "Copier la carte des risques vers 12\u00a0structures"
    relu = relire(porte, dossier)
    assert [len(intitules(relu, e)) for e in relu.essms] == [2, 2, *[0] * 11]
    assert regles.sans_risque(relu, relu.essms[2]) is True
    porte.refaire()
    relu = relire(porte, dossier)
    assert [len(intitules(relu, e)) for e in relu.essms] == [2, 3, *[2] * 11]
    assert carte(relu, relu.essms[12]) == copie


def test_remplacer_retire_d_abord_les_risques_de_la_cible(porte: Porte, dossier: Dossier) -> None:
    source, cible, autre = dossier.essms[:3]
    remplir(porte, dossier, None)
    risques.ajouter(porte, dossier, cible, intitule="À lui")
    risques.ajouter(porte, dossier, autre, intitule="À l’autre")
    (copie,) = risques.copier_carte(porte, dossier, None, [cible], remplacer=True)
    assert (copie.ajoutes, copie.deja, copie.retires) == (2, 0, 1)
    assert intitules(dossier, cible) == ["Réseau insuffisant", "Travaux"]
    assert intitules(dossier, autre) == ["À l’autre"]
    porte.annuler()
    relu = relire(porte, dossier)
    assert intitules(relu, relu.essms[1]) == ["À lui"]
    with pytest.raises(ErreurSaisie, match="aucun risque"):
        risques.copier_carte(porte, relu, relu.essms[0], [relu.essms[1]])
    with pytest.raises(ErreurSaisie, match="Aucune structure"):
        risques.copier_carte(porte, relu, relu.essms[1], [relu.essms[1]], remplacer=True)
    assert source.id == relu.essms[0].id


def test_ce_que_les_structures_partagent_se_propose_a_la_grappe(porte: Porte, dossier: Dossier) -> None:
    un, deux = dossier.essms[:2]
    risques.ajouter(porte, dossier, un, intitule="Réseau", origine="reseau", probabilite=2, gravite=2)
    risques.ajouter(
        porte,
        dossier,
        deux,
        intitule="Réseau du B",
        origine="reseau",
        probabilite=3,
        gravite=4,
        notes="à nous",
    )
    risques.ajouter(porte, dossier, deux, intitule="Travaux")
    lignes = regles.remontee(dossier)
    neufs = risques.proposer_a_la_grappe(porte, dossier, lignes)
    assert [(r.intitule, r.origine, r.probabilite, r.gravite, r.notes) for r in neufs] == [
        ("Réseau du B", "reseau", 3, 4, ""),
        ("Travaux", "", None, None, ""),
    ]
    assert risques.proposer_a_la_grappe(porte, dossier, regles.remontee(dossier)) == []
    porte.annuler()
    assert regles.risques_grappe(relire(porte, dossier)) == []


def test_ranger_change_les_numeros(porte: Porte, dossier: Dossier) -> None:
    a, b = remplir(porte, dossier, None)
    assert risques.ranger(porte, [b, a])
    assert regles.numero(dossier) == {b: "R1", a: "R2"}
    assert not risques.ranger(porte, [b, a])
    porte.annuler()
    assert intitules(relire(porte, dossier), None) == ["Réseau insuffisant", "Travaux"]


def test_retirer_emporte_les_actions_et_s_annule(porte: Porte, dossier: Dossier) -> None:
    un, _ = remplir(porte, dossier, dossier.essms[0])
    risques.retirer(porte, [un])
    assert dossier.actions_risques == [] and len(dossier.risques) == 1
    assert porte.annuler() == "Retirer « Réseau insuffisant »"
    assert len(relire(porte, dossier).actions_risques) == 2


def test_retirer_une_structure_emporte_sa_carte_et_s_annule(porte: Porte, dossier: Dossier) -> None:
    un = dossier.essms[0]
    remplir(porte, dossier, un)
    risques.dire_sans_risque(porte, dossier, dossier.essms[1], True)
    porte.retirer(un, dossier.essms[1], libelle="Retirer deux structures")
    assert list(dossier.risques) == list(dossier.evaluations_structures) == []
    porte.annuler()
    relu = relire(porte, dossier)
    assert len(intitules(relu, relu.essms[0])) == 2
    assert regles.sans_risque(relu, relu.essms[1]) is True


def test_dire_qu_une_structure_n_a_pas_de_risque(porte: Porte, dossier: Dossier) -> None:
    un = dossier.essms[0]
    assert risques.dire_sans_risque(porte, dossier, un, True)
    assert not risques.dire_sans_risque(porte, dossier, un, True)
    assert regles.structure_evaluee(dossier, un) is True
    assert risques.dire_sans_risque(porte, dossier, un, None)
    assert len(dossier.evaluations_structures) == 1
    risques.dire_sans_risque(porte, dossier, un, True)
    risques.ajouter(porte, dossier, un, intitule="Travaux")
    assert regles.sans_risque(dossier, un) is None
    with pytest.raises(ErreurSaisie, match="1\u00a0risque"):
        risques.dire_sans_risque(porte, dossier, un, True)
    # The risk and the answer it takes back are one step.
    porte.annuler()
    relu = relire(porte, dossier)
    assert (intitules(relu, relu.essms[0]), regles.sans_risque(relu, relu.essms[0])) == ([], True)


def test_deux_fenetres_ne_font_qu_une_reponse_et_qu_une_echelle(porte: Porte, dossier: Dossier) -> None:
    vu = porte.relire(dossier)
    un = vu.essms[1]
    with ouvrir(porte.chemin, CLE) as la_bas:
        assert risques.dire_sans_risque(la_bas, la_bas.relire(vu), un, True)
    with pytest.raises(ErreurConflit):
        risques.dire_sans_risque(porte, vu, un, False)
    [reponse] = [e for e in porte.relire(dossier).evaluations_structures if e.essms_id == un.id]
    assert reponse.sans_risque is True
    nos = regles.echelle_type()

    def nommer(rang: int, mot: str, par: Porte = porte) -> None:
        niveaux = list(nos.gravite)
        niveaux[rang] = replace(niveaux[rang], libelle=mot)
        risques.renommer_echelle(par, vu, replace(nos, gravite=tuple(niveaux)))

    nommer(0, "Bénigne")
    with ouvrir(porte.chemin, CLE) as la_bas:
        nommer(3, "Vitale", la_bas)
    with pytest.raises(ErreurConflit):
        nommer(3, "Fatale")
    assert [n.libelle for n in porte.relire(dossier).niveaux_echelle] == ["Bénigne", "Vitale"]


def test_les_mots_des_echelles(porte: Porte, dossier: Dossier) -> None:
    nos = regles.echelle_type()
    vitale = replace(nos.gravite[3], libelle="Vitale")
    voulue = replace(nos, gravite=(*nos.gravite[:3], vitale))
    assert risques.renommer_echelle(porte, dossier, voulue)
    assert regles.echelles(dossier) == voulue
    assert not risques.renommer_echelle(porte, dossier, voulue)
    double = replace(nos, gravite=(*nos.gravite[:3], replace(vitale, libelle=" forte ")))
    with pytest.raises(ErreurSaisie, match="Gravité"):
        risques.renommer_echelle(porte, dossier, double)
    # Back to ours: nothing of the person is kept.
    vide = replace(nos, gravite=(*nos.gravite[:3], replace(vitale, libelle="")))
    assert risques.renommer_echelle(porte, dossier, vide)
    assert list(dossier.niveaux_echelle) == [] and regles.echelles(dossier) == nos
    porte.annuler()
    assert regles.echelles(relire(porte, dossier)) == voulue


def test_un_intitule_est_exige(porte: Porte, dossier: Dossier) -> None:
    with pytest.raises(ErreurSaisie, match="du risque"):
        risques.ajouter(porte, dossier, None, intitule="  ")
    un = risques.ajouter(porte, dossier, None, intitule="Un")
    with pytest.raises(ErreurSaisie, match="l’action"):
        risques.ajouter_action(porte, un)
    with pytest.raises(ErreurSaisie, match="va de 1 à 4"):
        risques.ajouter(porte, dossier, None, intitule="Deux", probabilite=5)
    with pytest.raises(ErreurSaisie, match="va de 1 à 4"):
        porte.modifier(un, gravite_residuelle=0)
    assert [r.intitule for r in relire(porte, dossier).risques] == ["Un"]
