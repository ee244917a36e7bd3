"""What is erased is nowhere left: rows, journal, bytes, pages; the register says so without saying what."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from esms_desktop import lecture, model
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.store import purge
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.personnes import Termes
from esms_desktop.store.porte import Porte
from esms_desktop.store.saisies import Saisie, Saisies
from tests.store.aide import graphe


@pytest.fixture
def lu(porte: Porte, dossier: model.Dossier) -> lecture.Dossier:
    return porte.relire(dossier)


def clair(chemin: Path, cle: Cle) -> bytes:
    """All the pages of the base and of its -wal once decrypted, the free ones too."""
    with connexion_nue(chemin, cle) as connexion:
        connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = connexion.execute("PRAGMA page_count").fetchone()[0]
        libres = connexion.execute("PRAGMA freelist_count").fetchone()[0]
        assert libres == 0
        # Every page is of a table or an index: dumping them all reads them all.
        tout = []
        for nom, sql in connexion.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            tout += [sql or "", *(repr(x) for x in connexion.execute(f'SELECT * FROM "{nom}"').fetchall())]
        assert pages
    return "\n".join(tout).encode()


def test_un_dossier_efface_n_est_plus_nulle_part(
    porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle
) -> None:
    porte.joindre(lu, 9, "rib.pdf", "pdf", b"%PDF le compte des Tilleuls")
    porte.modifier(porte.relire(lu).essms[0], nom="Résidence du Parc")
    porte.ajouter(graphe("Un autre dossier"), libelle="Créer")
    autre = next(r.id for r in porte.resumes() if r.nom == "Un autre dossier")
    vu_autre = porte.lire(autre)
    assert vu_autre is not None
    garde = porte.joindre(vu_autre, 9, "rib.pdf", "pdf", b"%PDF l autre compte")
    porte.retirer(garde, libelle="Retirer le RIB")
    Saisies(chemin, cle).ecrire([Saisie("a", dossier=lu.id), Saisie("b", dossier=autre)])
    bilan = purge.effacer_dossier(chemin, cle, "grappe du segala")
    assert bilan.tasse and bilan.contenus == 1 and bilan.dossiers == (lu.id,)
    reste = clair(chemin, cle)
    for nom in ("Segala", "Ségala", "Parc", "le compte des Tilleuls"):
        assert nom.encode() not in reste
    assert [r.nom for r in porte.resumes()] == ["Un autre dossier"]
    assert porte.lire(lu.id, lu) is None
    # The bin of the other one still gives back, bytes included.
    porte.remettre(porte.corbeille()[0])
    assert porte.contenu(porte.relire(vu_autre).fichiers[0].sha256) == b"%PDF l autre compte"
    assert [s.texte for s in Saisies(chemin, cle).lire()] == ["b"]
    (acte,) = purge.actes(chemin, cle)
    assert acte["acte"] == "purge" and "gala" not in json.dumps(acte)


def test_une_fenetre_ouverte_ne_ramene_pas_ce_qui_fut_efface(
    porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle
) -> None:
    porte.retirer(lu, libelle="Supprimer")
    assert purge.effacer_dossier(chemin, cle, lu.nom).entrees
    assert porte.corbeille() == []
    with pytest.raises(ErreurBase, match="effacé"):
        porte.annuler()
    assert porte.resumes() == [] and porte.libelle_annuler is None
    with ouvrir(chemin, cle) as suivante:
        suivante.reprendre_les_pas()
        with pytest.raises((ErreurBase, AssertionError)):
            assert suivante.annuler() is not None
        assert suivante.resumes() == []


def test_un_nom_inconnu_n_efface_rien(porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle) -> None:
    avant = clair(chemin, cle)
    with pytest.raises(ErreurSaisie):
        purge.effacer_dossier(chemin, cle, "Un autre")
    with pytest.raises(ErreurSaisie):
        purge.effacer_personne(chemin, cle, "Li")
    with pytest.raises(ErreurSaisie):
        purge.effacer_personne(chemin, cle, "Personne D’Ici")
    assert clair(chemin, cle) == avant


def test_une_personne_effacee_n_est_plus_nommee(
    porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle
) -> None:
    porte.modifier(lu.contacts[0], courriel="camille@exemple.invalid", telephone="0102030405")
    porte.modifier(lu, notes="Appeler CAMILLE  DURAND, camille@exemple.invalid, avant lundi.")
    porte.modifier(lu.ogs[0], representant_nom="Camille Durand")
    porte.ajouter(model.Contact(dossier_id=lu.id, nom="Éloïse Durand"), libelle="Ajouter")
    porte.ajouter(
        model.Tache(dossier_id=lu.id, nom="Cadrage", responsable="camille durand"), libelle="Ajouter"
    )
    export = purge.exporter_personne(chemin, cle, "Camille Durand")
    assert {(d["table"], d["champ"]) for d in export["donnees"]} >= {
        ("contact", "nom"),
        ("contact", "courriel"),
        ("dossier", "notes"),
        ("og", "representant_nom"),
        ("tache", "responsable"),
    }
    assert export["journal"]
    avant = porte.relire(lu)
    purge.effacer_personne(chemin, cle, "Camille Durand")
    reste = clair(chemin, cle).lower()
    assert b"camille durand" not in reste and b"camille@" not in reste and b"0102030405" not in reste
    apres = porte.lire(lu.id, avant)
    assert apres is not None and [c.nom for c in apres.contacts] == ["Éloïse Durand"]
    assert apres.notes == "Appeler [effacé], [effacé], avant lundi."
    assert apres.ogs[0].representant_nom == "" and apres.taches[0].responsable == ""
    with pytest.raises(ErreurSaisie):
        purge.exporter_personne(chemin, cle, "Camille Durand")
    assert [a["acte"] for a in purge.actes(chemin, cle)] == ["export", "purge"]


@pytest.mark.parametrize(
    ("texte", "sans"),
    [
        ("Éloïse Durand", ""),
        ("ÉLOÏSE\u00a0DURAND", ""),
        ("voir eloise  durand et Éloïse Durand.", "voir [effacé] et [effacé]."),
        ("Éloïse Durandeau, Marie-Éloïse Durand", "Éloïse Durandeau, Marie-[effacé]"),
        ("rien", "rien"),
    ],
)
def test_le_nom_se_trouve_comme_il_s_ecrit(texte: str, sans: str) -> None:
    assert Termes("Éloïse Durand").sans(texte) == sans


def test_ce_qui_fut_retire_il_y_a_longtemps_part(
    porte: Porte, lu: lecture.Dossier, chemin: Path, cle: Cle
) -> None:
    porte.retirer(lu.contacts[0], libelle="Retirer")
    assert purge.conservation(chemin, cle) == 0
    purge.fixer_conservation(chemin, cle, 24)
    assert purge.conservation(chemin, cle) == 24
    maintenant = datetime.now().astimezone()
    assert purge.effacer_perimes(chemin, cle, maintenant - timedelta(days=1)).entrees == 0
    assert purge.effacer_perimes(chemin, cle, maintenant + timedelta(days=1)).entrees == 2
    assert b"Camille" not in clair(chemin, cle)
    assert porte.relire(lu).contacts == [] and len(porte.relire(lu).essms) == 6
