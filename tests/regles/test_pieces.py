"""The fourteen pieces by campaign, and what satisfies each."""

from dataclasses import replace

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Dossier, Materiel
from esms_desktop.regles.dossier.pieces import NOMS_FICHIERS, TITRES, Etat, EtatPiece, etat_pieces
from tests.regles.fabrique import dossier, joindre

OBLI, F, X, P = "obligatoire", "facultative", "sans-objet", "a-preciser"


def piece(d, numero: int, campagne: str = "2023") -> EtatPiece:
    return etat_pieces(d, charger(campagne))[numero - 1]


@pytest.mark.parametrize(
    ("campagne", "obligations"),
    [
        ("2021-amorcage", [*[OBLI] * 9, F, X, X, F, F]),
        ("2022", [*[OBLI] * 9, F, X, X, F, F]),
        ("2022-centre-val-de-loire", [*[OBLI] * 9, OBLI, X, X, F, F]),
        ("2023", [*[OBLI] * 9, F, X, X, F, F]),
        ("2023-ile-de-france", [*[OBLI] * 9, F, X, X, F, F]),
        ("sons-vague-1", [X] * 14),
    ],
)
def test_obligations_par_campagne(campagne, obligations) -> None:
    etats = etat_pieces(dossier(8, 8), charger(campagne))
    assert [e.numero for e in etats] == list(TITRES) == list(NOMS_FICHIERS) == list(range(1, 15))
    assert [e.obligation for e in etats] == obligations
    assert all(e.raison and e.source and bool(e.manque) is not e.satisfaite for e in etats)


def petits(d: Dossier) -> Dossier:
    """Every OG runs the ESSMS of the project and no other."""
    for o in d.ogs:
        o.nb_essms_total = len(o.essms)
    return d


@pytest.mark.parametrize(
    ("campagne", "tailles", "obligation"),
    [
        ("2022", (8, 8), OBLI),
        ("2022", (14,), OBLI),
        ("2022", (15,), X),
        ("2022", (15, 3), OBLI),
        ("2021-amorcage", (15, 16), X),
        ("2021-amorcage", (15, 3), OBLI),
        ("sons-vague-1", (8,), X),
    ],
)
def test_la_liste_des_materiels_n_est_due_que_si_l_equipement_est_financable(
    campagne, tailles, obligation
) -> None:
    d = petits(dossier(*tailles, campagne_id=campagne, equipement_demande=True))
    assert piece(d, 11, campagne).obligation == obligation
    # A size that is not known keeps the question open.
    d.ogs[0].nb_essms_total = None
    assert (piece(d, 11, campagne).obligation == X) is (campagne == "sons-vague-1")


@pytest.mark.parametrize(("demande", "obligation"), [(None, P), (True, OBLI), (False, X)])
def test_liste_des_materiels(demande, obligation) -> None:
    etat = piece(petits(dossier(8, equipement_demande=demande)), 11)
    assert (etat.obligation, etat.satisfaite) == (obligation, obligation == X)


@pytest.mark.parametrize(
    ("reponses", "obligation"), [([False, False], X), ([False, None], P), ([None, True], OBLI), ([], P)]
)
def test_autorisation_de_l_entite_nationale(reponses, obligation) -> None:
    d = dossier(len(reponses))
    for e, reponse in zip(d.essms, reponses, strict=True):
        e.rattache_entite_nationale = reponse
    assert piece(d, 12).obligation == obligation


@pytest.mark.parametrize(("association", "obligation"), [(True, F), (None, F), (False, X)])
def test_publication_au_journal_officiel(association, obligation) -> None:
    d = dossier(8)
    d.ogs[0].association = association
    assert piece(d, 14).obligation == obligation


def test_les_pieces_generees_attendent_un_essms() -> None:
    for numero in (1, 2, 5, 6, 7, 8):
        assert piece(dossier(4), numero).satisfaite and piece(dossier(4), numero).production == "generee"
        assert not piece(dossier(0), numero).satisfaite


@pytest.mark.parametrize(
    ("quantite", "prix", "satisfaite"),
    [(2, 80_000, True), (None, 80_000, False), (2, None, False), (0, 0, False)],
)
def test_la_liste_des_materiels_attend_une_ligne_chiffree(quantite, prix, satisfaite) -> None:
    d = petits(dossier(4, equipement_demande=True))
    assert not piece(d, 11).satisfaite and "quantité et un prix" in piece(d, 11).manque
    d.materiels.append(Materiel(libelle="Poste", quantite=quantite, prix_unitaire_ht_cents=prix))
    assert piece(d, 11).satisfaite is satisfaite and piece(d, 11).production == "generee"
    d.materiels.clear()
    joindre(d, 11)
    assert piece(d, 11).satisfaite


def test_un_fichier_satisfait_une_piece_jointe() -> None:
    d = dossier(4)
    assert not piece(d, 9).satisfaite
    joindre(d, 9)
    assert piece(d, 9).satisfaite and len(piece(d, 9).fichiers) == 1
    assert not piece(dossier(4, 4), 3).satisfaite and piece(d, 3).production == "signee"


def test_un_organisme_seul_n_a_pas_de_convention_a_signer() -> None:
    seule, partagee = piece(dossier(15), 3), piece(dossier(8, 7), 3)
    assert (seule.obligation, seule.etat, seule.satisfaite) == ("sans-objet", Etat.SANS_OBJET, True)
    assert "lui-même" in seule.raison and "à confirmer" in seule.raison
    assert (partagee.obligation, partagee.avec_blancs([]).etat) == ("obligatoire", Etat.A_SIGNER)


@pytest.mark.parametrize(
    ("numero", "gestes", "etat"),
    [
        (1, (), Etat.A_RELIRE),
        (3, (), Etat.A_RELIRE),
        (9, (), Etat.VIDE),
        (9, ((9, None),), Etat.JOINTE),
        (4, ((4, 1),), Etat.A_COMPLETER),
        (4, ((4, 1), (4, 2)), Etat.JOINTE),
        (3, ((3, None),), Etat.JOINTE),
        (11, (), Etat.SANS_OBJET),
        (12, (), Etat.SANS_OBJET),
    ],
)
def test_ce_qu_une_piece_est(numero, gestes, etat) -> None:
    d = dossier(4, 4)
    for joint, og in gestes:
        joindre(d, joint, og)
    assert piece(d, numero).etat is etat


def test_des_blancs_rendent_une_piece_incomplete() -> None:
    prete = piece(dossier(4, 4), 1)
    trouee = prete.avec_blancs(["DPO", "SIREN", "SIRET", "commune"])
    assert (prete.etat, prete.selon_document, prete.avec_blancs([]).etat) == (Etat.A_RELIRE, True, Etat.PRETE)
    assert not prete.avec_blancs([]).selon_document and not piece(dossier(4, 4), 3).selon_document
    assert (trouee.etat, trouee.satisfaite, trouee.manquante) == (Etat.A_COMPLETER, False, True)
    assert trouee.manque == "4\u00a0valeurs à saisir\u00a0: DPO, SIREN, SIRET et 1 autre."
    # What is asked of nobody may have gaps.
    assert not replace(prete, obligation="facultative").avec_blancs(["DPO"]).manquante


@pytest.mark.parametrize(
    ("og_ids", "satisfaite", "morceau"),
    [
        ([], False, "Association 1, Association 2 et Association 3"),
        ([1, 2], False, "Association 3"),
        ([1, 2, 3], True, ""),
        ([1, 1, 1], False, "Association 2 et Association 3"),
        ([None, None], False, "1\u00a0organisme"),
        ([None, None, None], True, ""),
        ([1, None, None], True, ""),
    ],
)
def test_une_lettre_par_organisme(og_ids, satisfaite, morceau) -> None:
    d = dossier(4, 4, 4)
    for og_id in og_ids:
        joindre(d, 4, og_id)
    etat = piece(d, 4)
    assert etat.satisfaite is satisfaite
    assert morceau in etat.manque


def test_convention_d_un_seul_organisme() -> None:
    assert "qu’un organisme" in piece(dossier(15), 3).raison
    assert "qu’un organisme" not in piece(dossier(8, 8), 3).raison
