"""A grappe beside the directory: what is said of each row, and what applying it writes, in one step that undoes."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop import lecture
from esms_desktop.errors import ErreurFiness, ErreurSaisie
from esms_desktop.finess.comparaison import Difference, comparer
from esms_desktop.finess.repertoire import Repertoire
from esms_desktop.gestes.appel import accomplir
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.gestes.echanges import annuaire
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.porte import Porte
from tests.finess import fabrique as f

JOUR = date(2026, 8, 13)
IME = f.numero("06000102")


def _importer(tmp_path: Path, *entites: object) -> None:
    annuaire.importer(f.ecrire(tmp_path, f.annuaire_json(*entites)))


@pytest.fixture
def cree(porte: Porte, tmp_path: Path) -> lecture.Dossier:
    """Two OG drawn from the directory, with two ESSMS and one."""
    _importer(
        tmp_path,
        f.pmej(f.EJ, f.ege("06000101"), f.ege("06000102", "183")),
        f.pmej(f.EJ_MEMBRE, f.ege("97030101", "183")),
    )
    cle = creer_vide(porte, "Essai", "2023", TypeProjet.ACQUISITION)
    for numero in (f.EJ, f.EJ_MEMBRE):
        assert annuaire.ajouter(porte, _lire(porte, cle), numero) > 0
    return _lire(porte, cle)


def _lire(porte: Porte, cle: int) -> lecture.Dossier:
    lu = porte.lire(cle)
    assert lu is not None
    return lu


def _differences(dossier: lecture.Dossier) -> dict[str, Difference]:
    with Repertoire() as repertoire:
        return {d.cle: d for d in comparer(dossier, repertoire)}


def test_what_comes_from_the_directory_differs_in_nothing(cree: lecture.Dossier) -> None:
    assert [(og.finess_ej, og.est_porteur, len(og.essms)) for og in cree.ogs] == [
        (f.EJ, True, 2),
        (f.EJ_MEMBRE, False, 1),
    ]
    assert _differences(cree) == {}


def test_closed_renamed_moved_unknown(porte: Porte, cree: lecture.Dossier, tmp_path: Path) -> None:
    large = f.numero("97030101")
    porte.modifier(next(e for e in cree.essms if e.finess == f.EHPAD), nom="Établissement  06000101")
    porte.modifier(cree.ogs[0], nom="Association des Lilas")
    cree = _lire(porte, cree.id)
    assert _differences(cree) == {}  # Capitals and accents are no difference.
    _importer(
        tmp_path,
        f.pmej(
            f.EJ,
            f.ege("06000101", etatObjet="I", dateFermeture="2025-12-31"),
            denominationLonguePmSmsse="NOUVEAU NOM",
        ),
        f.pmej(f.EJ_MEMBRE, f.ege("06000102", "183", siret="41051615700881"), etatObjet="I"),
    )
    vues = _differences(cree)
    assert {c: (d.genre, d.applicable) for c, d in vues.items()} == {
        f"og:{f.EJ}:nom": ("change", True),
        f"og:{f.EJ_MEMBRE}:ferme": ("ferme", False),
        f"essms:{f.EHPAD}:ferme": ("ferme", False),
        f"essms:{IME}:og_id": ("deplace", True),
        f"essms:{IME}:siret": ("change", True),
        f"essms:{large}:inconnu": ("inconnu", False),
    }
    assert "31/12/2025" in vues[f"essms:{f.EHPAD}:ferme"].phrase
    fait = accomplir(porte, "annuaire.mettre-a-jour", cree, {"choisies": f"essms:{IME}:og_id"}, JOUR)
    apres = _lire(porte, cree.id)
    assert fait.resultat == 1 and [len(og.essms) for og in apres.ogs] == [1, 2]
    assert accomplir(porte, "annuaire.mettre-a-jour", apres, {}, JOUR).resultat == 2
    apres = _lire(porte, cree.id)
    assert apres.ogs[0].nom == "NOUVEAU NOM" and not any(d.applicable for d in _differences(apres).values())
    porte.annuler()
    assert _lire(porte, cree.id).ogs[0].nom == "Association des Lilas"
    with pytest.raises(ErreurSaisie, match="ne dit rien d’autre"):
        annuaire.mettre_a_jour(porte, _lire(porte, cree.id), ["essms:1:nom"])


def test_an_ej_out_of_the_grappe_is_said_and_not_written(cree: lecture.Dossier, tmp_path: Path) -> None:
    ailleurs = f.numero("06000999")
    _importer(
        tmp_path,
        f.pmej(f.EJ, f.ege("06000101")),
        f.pmej(f.EJ_MEMBRE, f.ege("97030101", "183")),
        f.pmej(ailleurs, f.ege("06000102", "183")),
    )
    [vue] = _differences(cree).values()
    assert (vue.genre, vue.applicable, vue.apres) == ("deplace", False, ailleurs)


def test_adding_again_adds_what_is_missing(porte: Porte, cree: lecture.Dossier, tmp_path: Path) -> None:
    assert annuaire.ajouter(porte, cree, f.EJ) == 0
    porte.retirer(next(e for e in cree.essms if e.finess == IME), libelle="x")
    cree = _lire(porte, cree.id)
    with pytest.raises(ErreurSaisie, match="n’est pas un ESSMS"):
        annuaire.ajouter(porte, cree, f.EJ, ["060009999"])
    with pytest.raises(ErreurFiness, match="Aucune entité"):
        annuaire.ajouter(porte, cree, f.numero("06000998"))
    assert annuaire.ajouter(porte, cree, f" {f.EJ} ", [IME]) == 1
    assert [len(og.essms) for og in _lire(porte, cree.id).ogs] == [2, 1]
