"""The fourteen pieces by campaign, and what satisfies each."""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Materiel
from esms_desktop.regles.pieces import NOMS_FICHIERS, TITRES, EtatPiece, etat_pieces
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


@pytest.mark.parametrize(("demande", "obligation"), [(None, P), (True, OBLI), (False, X)])
def test_liste_des_materiels(demande, obligation) -> None:
    etat = piece(dossier(8, equipement_demande=demande), 11)
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
    d = dossier(4, equipement_demande=True)
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
    assert not piece(d, 3).satisfaite and piece(d, 3).production == "signee"


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
