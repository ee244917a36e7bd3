"""The journal told to a person, the bin, the undo of a window that was closed."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esms_desktop import lecture, model
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe, tables


@pytest.fixture
def lu(porte: Porte, dossier: model.Dossier) -> lecture.Dossier:
    return porte.relire(dossier)


def test_l_historique_dit_qui_quoi_avant_apres(porte: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu.essms[0], capacite=12)
    porte.retirer(lu.contacts[0], libelle="Retirer un contact")
    (retrait, modif), _ = porte.historique(lu.id, limite=2)
    assert (retrait.genre, retrait.table, retrait.nom) == ("retrait", "contact", "Camille Durand")
    assert (modif.genre, modif.nom) == ("modification", "EHPAD Bellevue 0-0")
    assert [(c.champ, c.avant, c.apres) for c in modif.changements] == [("capacite", None, 12)]
    assert porte.auteurs(lu.id) == [modif.qui]
    filtres, _ = porte.historique(lu.id, texte="bellevue 12")
    assert filtres == [modif]
    assert porte.historique(lu.id, qui="personne d’ici") == ([], None)


def test_une_visite_est_une_ligne(porte: Porte, lu: lecture.Dossier) -> None:
    for texte in ("a", "ab", "abc"):
        porte.modifier(porte.relire(lu), "Écrire", notes=texte)
    (une, creation), _ = porte.historique(lu.id, limite=4)
    assert [(c.avant, c.apres) for c in une.changements] == [("", "abc")] and creation.genre == "ajout"


def test_l_historique_continue_ou_il_s_arrete(porte: Porte, lu: lecture.Dossier) -> None:
    tout, fin = porte.historique()
    assert fin is None
    suite: list[Any] = []
    depuis = None
    while True:
        lus, depuis = porte.historique(avant=depuis, limite=3)
        suite += lus
        if depuis is None:
            break
    assert suite == tout


def test_remettre_une_valeur_est_un_geste(porte: Porte, lu: lecture.Dossier) -> None:
    porte.modifier(lu.essms[0], capacite=12)
    porte.modifier(porte.relire(lu).essms[0], capacite=15)
    (e,), _ = porte.historique(lu.id, limite=1)
    assert porte.remettre_valeur(e, "capacite") and porte.relire(lu).essms[0].capacite == 12
    porte.annuler()
    assert porte.relire(lu).essms[0].capacite == 15
    porte.retirer(porte.relire(lu).essms[0], libelle="Retirer")
    with pytest.raises(ErreurSaisie, match="corbeille"):
        porte.remettre_valeur(e, "capacite")


RETIRER: list[tuple[str, Callable[[lecture.Dossier], Any]]] = [
    ("dossier", lambda d: d),
    ("og", lambda d: d.ogs[0]),
    ("essms", lambda d: d.essms[3]),
    ("fichier", lambda d: d.fichiers[0]),
    ("risque", lambda d: next(r for r in d.risques if r.actions)),
    ("tache", lambda d: next(t for t in d.taches if any(x.avant_id == t.id for x in d.liens_taches))),
]


@pytest.mark.parametrize(("table", "choisir"), RETIRER, ids=[r[0] for r in RETIRER])
def test_ce_qui_fut_retire_revient_avec_ce_qui_y_pendait(
    porte: Porte, chemin: Path, cle: Cle, table: str, choisir: Callable[[lecture.Dossier], Any]
) -> None:
    creer_exemple(porte)
    (resume,) = porte.resumes()
    lu = porte.lire(resume.id)
    assert lu is not None
    avant, objet = tables(chemin, cle), choisir(lu)
    porte.retirer(objet, libelle="Retirer")
    sans = tables(chemin, cle)
    (retire,) = porte.corbeille()
    assert (retire.table, retire.cle) == (table, objet.id)
    porte.remettre(retire)
    assert tables(chemin, cle) == avant
    assert porte.corbeille() == []
    porte.annuler()
    assert tables(chemin, cle) == sans
    assert [r.cle for r in porte.corbeille()] == [objet.id]
    with ouvrir(chemin, cle) as autre:
        autre.remettre(autre.corbeille()[0])
    assert tables(chemin, cle) == avant
    with pytest.raises(ErreurSaisie, match="déjà revenu"):
        porte.remettre(retire)


def test_ce_qui_pendait_a_un_absent_ne_revient_pas_seul(porte: Porte, lu: lecture.Dossier) -> None:
    porte.retirer(lu.essms[0], libelle="Retirer")
    porte.retirer(porte.relire(lu).ogs[0], libelle="Retirer")
    essms = next(r for r in porte.corbeille() if r.table == "essms")
    with pytest.raises(ErreurSaisie, match="organisme"):
        porte.remettre(essms)
    porte.remettre(next(r for r in porte.corbeille() if r.table == "og"))
    porte.remettre(essms)
    assert len(porte.relire(lu).essms) == 6 and porte.corbeille() == []


def test_ce_qui_revient_ne_prend_la_place_de_personne(porte: Porte, lu: lecture.Dossier) -> None:
    porteur = next(og for og in lu.ogs if og.est_porteur)
    porte.retirer(porteur, libelle="Retirer")
    porte.modifier(porte.relire(lu).ogs[0], est_porteur=True)
    porte.remettre(porte.corbeille()[0])
    assert [og.est_porteur for og in porte.relire(lu).ogs] == [True, False]
    porte.retirer(porte.relire(lu), libelle="Supprimer")
    porte.ajouter(graphe(), libelle="Créer")
    porte.remettre(porte.corbeille()[0])
    assert [r.nom for r in porte.resumes()] == ["Grappe du Ségala", "Grappe du Ségala (remis)"]


def test_annuler_apres_avoir_referme(porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle) -> None:
    etats = [tables(chemin, cle)]
    gestes: list[Callable[[lecture.Dossier], object]] = [
        lambda d: porte.modifier(d, notes="a"),
        lambda d: porte.modifier(d.ogs[1], est_porteur=True),
        lambda d: porte.ajouter(model.Essms(og_id=d.ogs[0].id, nom="Le neuf", rang=9), libelle="Ajouter"),
        lambda d: porte.retirer(next(o for o in d.ogs if o.est_porteur), libelle="Retirer l’OG"),
        lambda d: porte.modifier(d, contexte="b"),
    ]
    for geste in gestes:
        geste(porte.relire(lu))
        etats.append(tables(chemin, cle))
    porte.annuler()
    with ouvrir(chemin, cle) as suivante:
        assert suivante.libelle_annuler is None
        suivante.reprendre_les_pas()
        for etat in reversed(etats[:-2]):
            assert suivante.annuler() is not None
            assert tables(chemin, cle) == etat
        for etat in etats[1:-1]:
            assert suivante.refaire() is not None
            assert tables(chemin, cle) == etat


def test_ce_qu_un_autre_a_change_depuis_ne_s_annule_pas(
    porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch
) -> None:
    porte.modifier(lu, "Noter", notes="a")
    porte.modifier(lu.essms[0], "Compter", capacite=3)
    monkeypatch.setattr(getpass, "getuser", lambda: "alix")
    with ouvrir(chemin, cle) as autre:
        autre.modifier(autre.relire(lu).essms[0], "Recompter", capacite=4)
    monkeypatch.undo()
    with ouvrir(chemin, cle) as suivante:
        suivante.reprendre_les_pas()
        assert suivante.libelle_annuler == "Compter"
        with pytest.raises(ErreurBase, match="ne peut plus être annulé"):
            suivante.annuler()
        assert suivante.relire(lu).essms[0].capacite == 4
        # The one before still matches.
        assert suivante.annuler() == "Noter" and suivante.relire(lu).notes == ""
