"""The door: what came before an undo, who follows, what the journal says, the bytes that are attached."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.model import Dossier, Essms, Fichier, Og
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Changement, Porte
from tests.store.aide import tables, vivants


def test_un_objet_d_avant_l_annulation_s_ecrit_encore(porte: Porte, dossier: Dossier) -> None:
    og = dossier.ogs[0]
    porte.modifier(og, nom="Un")
    porte.annuler()
    assert porte.modifier(og, nom="Deux")
    neuf = Essms(og=og, nom="Foyer")
    porte.ajouter(neuf, libelle="Ajouter")
    relu = porte.trouver(Og, og.id)
    assert relu is not None and relu.nom == "Deux" and neuf in relu.essms
    porte.retirer(og, libelle="Retirer")
    with pytest.raises(ErreurSaisie, match="n’existe plus"):
        porte.modifier(og, nom="Trois")
    with pytest.raises(ErreurSaisie, match="n’existe plus"):
        porte.retirer(og, libelle="Retirer")


def test_ecrire_hors_de_la_porte_est_une_erreur_de_programme(
    porte: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    avant = tables(chemin, cle)
    dossier.notes = "en douce"
    with pytest.raises(RuntimeError, match="outside the door"):
        vivants(porte)
    assert tables(chemin, cle) == avant
    relu = vivants(porte)[0]
    assert relu.notes == ""
    relu.notes = "en douce, puis un geste"
    with pytest.raises(RuntimeError, match="outside the door"), porte.geste("Rien"):
        pass
    assert tables(chemin, cle) == avant
    relu = vivants(porte)[0]
    assert relu.notes == ""
    Essms(og=relu.ogs[0], nom="préparé, pas encore ajouté")
    assert len(porte.resumes()) == 1
    assert porte.modifier(relu, notes="par la porte") and len(relu.ogs[0].essms) == 3
    porte.annuler()
    jamais_deplie = porte.trouver(Og, relu.ogs[0].id)
    Essms(og=jamais_deplie, nom="préparé, pas encore ajouté")
    assert jamais_deplie is not None and porte.modifier(jamais_deplie, sigle="T")
    assert len(jamais_deplie.essms) == 3
    with pytest.raises(TypeError, match="not written through the door"):
        porte.retirer(porte.journal()[0], libelle="x")


def test_un_suiveur_qui_echoue_ne_defait_rien(
    porte: Porte, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    vus: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda genre, *_: vus.append(genre))
    recus: list[Changement] = []

    def casser(_: Changement) -> None:
        raise KeyError("suiveur")

    porte.abonner(casser)
    retirer = porte.abonner(recus.append)
    assert porte.modifier(dossier, notes="gardé")
    assert vus == [KeyError] and len(recus) == 1
    retirer()
    retirer()
    porte.modifier(dossier, notes="encore")
    assert len(recus) == 1
    assert porte.annuler() and vivants(porte)[0].notes == "gardé"


def test_un_suiveur_peut_lire_et_ecrire(porte: Porte, dossier: Dossier) -> None:
    def suivre(changement: Changement) -> None:
        if "og" in changement.tables:
            porte.modifier(vivants(porte)[0], notes=f"{len(vivants(porte)[0].ogs)} OG")

    porte.abonner(suivre)
    porte.retirer(dossier.ogs[1], libelle="Retirer")
    assert dossier.notes == "1 OG"


def test_le_journal_dit_qui_quand_quoi(porte: Porte, dossier: Dossier) -> None:
    avant = datetime.now(UTC)
    porte.modifier(
        dossier.essms[0],
        "Préciser",
        champ=Champ.PH,
        part_confort=True,
        nom="Foyer «\u00a0Le Lac\u00a0»",
    )
    entree = porte.journal(dossier.id)[0]
    assert (entree.table, entree.cle, entree.libelle, entree.sens) == (
        "essms",
        str(dossier.essms[0].id),
        "Préciser",
        "faire",
    )
    assert entree.avant == {"champ": "PA", "part_confort": None, "nom": "EHPAD Bellevue 0-0"}
    assert entree.apres == {"champ": "PH", "part_confort": True, "nom": "Foyer «\u00a0Le Lac\u00a0»"}
    assert entree.qui and avant - timedelta(seconds=1) <= entree.quand <= datetime.now(UTC)
    assert porte.dernier_enregistrement == entree.quand
    porte.modifier(dossier, date_convention=date(2024, 5, 1))
    assert porte.journal(limite=1)[0].apres == {"date_convention": "2024-05-01"}
    porte.annuler()
    annule = porte.journal(limite=1)[0]
    assert (annule.sens, annule.avant, annule.apres) == (
        "annuler",
        {"date_convention": "2024-05-01"},
        {"date_convention": None},
    )
    gestes = [e.geste for e in porte.journal(dossier.id)]
    assert gestes == sorted(gestes, reverse=True) and len(set(gestes)) == 4


def test_le_journal_d_un_dossier_retire_demeure(porte: Porte, dossier: Dossier) -> None:
    cle = dossier.id
    porte.retirer(dossier, libelle="Retirer")
    derniers = [e for e in porte.journal(cle) if e.libelle == "Retirer"]
    assert {e.table for e in derniers} == {"dossier", "og", "essms", "solution", "contact"}
    assert all(e.dossier_id == cle and e.apres is None and e.avant for e in derniers)


def test_un_libelle_demesure_ne_bloque_pas(porte: Porte, dossier: Dossier) -> None:
    porte.modifier(dossier, "x" * 1000, notes="n")
    assert len(porte.journal(limite=1)[0].libelle) == 300


def test_joindre_garde_les_octets_une_fois(porte: Porte, dossier: Dossier, chemin: Path, cle: Cle) -> None:
    un = porte.joindre(dossier, 9, "rib.pdf", "pdf", b"%PDF octets", og=dossier.ogs[0], pages=2)
    deux = porte.joindre(dossier, 13, "statuts.pdf", "pdf", b"%PDF octets")
    assert dossier.fichiers == [un, deux] and dossier.fichiers_de(9) == [un]
    assert (un.taille, un.pages, un.sha256) == (11, 2, deux.sha256)
    assert porte.trouver(Fichier, un.id) is un
    assert porte.contenu(un.sha256) == b"%PDF octets"
    assert "octets" not in repr([(e.avant, e.apres) for e in porte.journal()])
    empreinte = un.sha256
    while porte.annuler():
        pass
    assert porte.contenu(empreinte) == b"%PDF octets"
    while porte.refaire():
        pass
    assert len(vivants(porte)[0].fichiers) == 2
    with pytest.raises(ErreurBase, match="Le contenu d’un fichier joint"):
        porte.contenu("0" * 64)
    with pytest.raises(ErreurSaisie, match="n° 15"):
        porte.joindre(vivants(porte)[0], 15, "x.pdf", "pdf", b"x")


def test_ce_qui_n_a_plus_de_parent_est_refuse_en_francais(porte: Porte, dossier: Dossier) -> None:
    with pytest.raises(ErreurBase, match="n’existe plus"):
        porte.ajouter(Essms(og_id=999, nom="Orphelin"), libelle="Ajouter")
    assert porte.modifier(dossier, notes="la porte sert encore")
