"""A dossier read frozen says what the objects of the session say: findings, fingerprints of the documents, filing byte for byte."""

import hashlib
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.publication import deposer
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import empreinte
from esms_desktop.exemples.dossier import JOUR, creer_exemple, dossier_exemple
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.lecture.ligne import CLASSES, NON_ECRITE
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.ecarts import TABLES
from esms_desktop.store.lire import figer
from esms_desktop.store.porte import Porte
from tests.fiabilite.dossiers import construire
from tests.fiabilite.recettes import GRANDES, PETITES, tirer

LONG = os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite"


def dit(dossier: Any) -> dict[str, Any]:
    """All that the rules and the documents say of a dossier."""
    campagne = charger(dossier.campagne_id)
    return {
        "constats": [c.en_dict() for c in verifier_dossier(dossier, JOUR).constats],
        "documents": {
            (g.code, og.id if og else None): empreinte(
                catalogue.produire(g.code, dossier, campagne, JOUR, og)
            )
            for g, og in catalogue.tous(dossier)
        },
    }


def test_each_column_of_the_base_is_in_the_reading() -> None:
    assert CLASSES.keys() == TABLES.keys()
    for nom, table in TABLES.items():
        declarees = {
            c for c, genre in vars(CLASSES[nom])["__annotations__"].items() if not isinstance(genre, str)
        }
        assert declarees | set(NON_ECRITE) == set(table.columns.keys()), nom


def test_the_sample_reads_the_same_frozen(porte: Porte, tmp_path: Path) -> None:
    vivant: Any = creer_exemple(porte)
    fige = porte.relire(vivant)
    assert dit(vivant) == dit(fige)
    campagne = charger(vivant.campagne_id)
    archives = [
        deposer(d, campagne, JOUR, tmp_path / nom, porte.contenu).zip.read_bytes()
        for nom, d in (("vivant", vivant), ("fige", fige))
    ]
    assert archives[0] == archives[1]


@pytest.mark.parametrize("graine", range(50 if LONG else 3))
def test_any_dossier_reads_the_same_frozen(porte: Porte, tmp_path: Path, graine: int) -> None:
    type_projet = list(TypeProjet)[graine % 2]
    vivant: Any = construire(
        porte, tirer("2023", type_projet, GRANDES if LONG else PETITES, graine), tmp_path
    )
    assert dit(vivant) == dit(porte.relire(vivant))


def test_a_draft_reads_as_it_will_once_saved(porte: Porte) -> None:
    ebauche = dossier_exemple("Ébauche")
    avant = dit(figer(ebauche))["constats"]
    porte.ajouter(ebauche, libelle="Créer")
    apres = dit(porte.relire(ebauche))["constats"]
    assert [c["code"] for c in avant] == [c["code"] for c in apres]


def test_a_version_never_changes(porte: Porte) -> None:
    dossier = porte.relire(creer_exemple(porte))
    og = dossier.ogs[0]
    with pytest.raises(AttributeError):
        og.nom = "autre"
    with pytest.raises(AttributeError):
        del og.nom
    nom = og.nom
    assert porte.modifier(og, nom="Renommé")
    assert (og.nom, porte.relire(dossier).ogs[0].nom) == (nom, "Renommé")
    porte.annuler()
    assert porte.relire(dossier).ogs[0].nom == nom
    assert porte.relire(dossier).ogs[0] == og and og.dossier is dossier


def test_a_draft_over_a_version_leaves_it_alone(porte: Porte) -> None:
    dossier = porte.relire(creer_exemple(porte))
    premier, dernier = dossier.ogs[0], dossier.ogs[-1]
    essai = dossier.avec(
        {"og": {premier.id: {**vars(premier), "nom": "Essai"}, dernier.id: None}, "essms": {}}
    )
    assert [og.nom for og in essai.ogs] == ["Essai", *(og.nom for og in dossier.ogs[1:-1])]
    assert essai.porteur == dossier.porteur and dossier.ogs[0].nom != "Essai"
    assert essai.ogs[0].essms == premier.essms


@pytest.mark.parametrize("tour", range(20 if LONG else 1))
def test_a_filing_is_of_one_version_whatever_is_undone_meanwhile(
    porte: Porte, tmp_path: Path, tour: int
) -> None:
    exemple = creer_exemple(porte)
    for n in range(8):
        porte.modifier(porte.relire(exemple).ogs[n % 3], nom=f"Organisme renommé {n}")
    dossier, campagne = porte.relire(exemple), charger(exemple.campagne_id)
    attendu = deposer(dossier, campagne, JOUR, tmp_path / "seul", porte.contenu).sha256_zip
    faits: list[Any] = []

    def produire() -> None:
        try:
            faits.append(deposer(dossier, campagne, JOUR, tmp_path / "pendant", porte.contenu))
        except Exception as e:
            faits.append(e)

    fil = threading.Thread(target=produire)
    fil.start()
    gestes = 0
    while fil.is_alive():
        for geste in (porte.annuler, porte.annuler, porte.refaire, porte.refaire):
            assert geste() is not None
            gestes += 1
    fil.join()
    assert gestes >= 50
    assert hashlib.sha256((tmp_path / "pendant" / "depot.zip").read_bytes()).hexdigest() == attendu, faits
