"""Two programs on one base: each sees what the other wrote, and neither overwrites it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.model import Contact, Dossier, Essms
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.store.aide import graphe, tables, vivants, vu


@pytest.fixture
def autre(porte: Porte, chemin: Path, cle: Cle) -> Iterator[Porte]:
    with ouvrir(chemin, cle) as ouverte:
        yield ouverte


def test_chacune_voit_ce_que_l_autre_a_ecrit(porte: Porte, autre: Porte, dossier: Dossier) -> None:
    vu_d_ici = dossier_vivant(autre, dossier.id)
    assert vu_d_ici is not None
    autre.modifier(vu_d_ici, nom="Renommé")
    autre.ajouter(Contact(dossier=vu_d_ici, nom="Alix Martin"), libelle="Ajouter")
    assert [d.nom for d in porte.resumes()] == ["Renommé"]
    assert dossier.nom == "Renommé" and len(dossier.contacts) == 2
    assert porte.modifier(dossier, nom="Grappe du Ségala")
    assert vu(vivants(porte)) == vu(vivants(autre))


def test_une_ecriture_part_de_ce_qui_est_vrai(porte: Porte, autre: Porte, dossier: Dossier) -> None:
    autre.modifier(vivants(autre)[0], notes="d’ailleurs")
    # Same value as the other wrote: nothing to change, although this memory holds the former one.
    assert not porte.modifier(dossier, notes="d’ailleurs")


def test_un_nom_pris_de_l_autre_cote_est_refuse(porte: Porte, autre: Porte) -> None:
    autre.ajouter(graphe("Pris"), libelle="Créer")
    with pytest.raises(ErreurSaisie, match="s’appelle déjà"):
        porte.ajouter(graphe("Pris"), libelle="Créer")


def test_un_objet_retire_de_l_autre_cote_se_dit(porte: Porte, autre: Porte, dossier: Dossier) -> None:
    autre.retirer(vivants(autre)[0], libelle="Retirer")
    for ecrire in (
        lambda: porte.modifier(dossier, notes="x"),
        lambda: porte.retirer(dossier, libelle="x"),
    ):
        with pytest.raises(ErreurSaisie, match="n’existe plus"):
            ecrire()
    assert porte.resumes() == []


def test_annuler_ne_passe_pas_sur_le_travail_d_un_autre(
    porte: Porte, autre: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.modifier(dossier, notes="d’ici")
    autre.modifier(vivants(autre)[0], notes="d’ailleurs")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="ne peut plus être annulé"):
        porte.annuler()
    assert tables(chemin, cle) == avant
    assert porte.libelle_annuler == "Créer", "le pas refusé est abandonné"


def test_annuler_est_refuse_meme_si_l_autre_a_change_un_autre_champ(
    porte: Porte, autre: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.modifier(dossier, notes="d’ici")
    autre.modifier(vivants(autre)[0], contexte="d’ailleurs")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="ne peut plus être annulé"):
        porte.annuler()
    assert tables(chemin, cle) == avant


def test_annuler_un_retrait_quand_le_nom_a_ete_repris(
    porte: Porte, autre: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.retirer(dossier, libelle="Retirer")
    repris = graphe()
    autre.ajouter(repris, libelle="Créer")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="porte déjà ce nom"):
        porte.annuler()
    assert tables(chemin, cle) == avant
    autre.modifier(repris, nom="Autre")
    assert porte.annuler() == "Retirer", "le nom rendu, le retrait s’annule"


def test_annuler_une_creation_n_emporte_pas_ce_qu_un_autre_y_a_mis(
    porte: Porte, autre: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    og = vivants(autre)[0].ogs[0]
    autre.ajouter(Essms(og=og, nom="Ajouté d’ailleurs"), libelle="Ajouter")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="ne peut plus être annulé"):
        porte.annuler()
    assert tables(chemin, cle) == avant


def test_refaire_sous_un_parent_disparu_est_refuse(
    porte: Porte, autre: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.ajouter(Essms(og_id=dossier.ogs[0].id, nom="Foyer"), libelle="Ajouter")
    porte.annuler()
    autre.retirer(vivants(autre)[0].ogs[0], libelle="Retirer")
    avant = tables(chemin, cle)
    with pytest.raises(ErreurBase, match="ne peut plus être refait"):
        porte.refaire()
    assert tables(chemin, cle) == avant


def test_une_base_occupee_se_dit_et_rien_n_est_perdu(
    porte: Porte, autre: Porte, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with autre.geste("long"):
        # The waiting time of the connection is 5 s: shortened here, the answer is the same.
        porte._garde.connexion.exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(ErreurBase, match="occupée par une autre fenêtre"):
            porte.modifier(dossier, notes="x")
        assert vivants(porte)[0].notes == "", "on lit pendant que l’autre écrit"
        with pytest.raises(ErreurBase, match="occupée"):
            porte.annuler()
    assert porte.modifier(dossier, notes="x")
    assert porte.annuler() and porte.annuler() == "Créer"


def test_le_contenu_se_lit_depuis_un_autre_fil(porte: Porte, dossier: Dossier) -> None:
    fichier = porte.joindre(dossier, 9, "rib.pdf", "pdf", b"octets")
    empreinte, lus = fichier.sha256, []
    with porte.geste("pendant un geste"):
        fils = [threading.Thread(target=lambda: lus.append(porte.contenu(empreinte))) for _ in range(4)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    assert lus == [b"octets"] * 4
