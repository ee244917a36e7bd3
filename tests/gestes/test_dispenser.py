"""A piece without object: a typed reason, printed on the cover, undone in one gesture; a campaign that asks no piece."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.reunion.texte_couverture import redige
from esms_desktop.errors import ErreurDepot, ErreurSaisie
from esms_desktop.gestes.deposer import deposer_dossier
from esms_desktop.gestes.dispenser import MOTIF_MAX, dispenser, redemander
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.dossier.pieces import Etat, etat_pieces
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from tests.documents.test_vierge import nu
from tests.regles.fabrique import dossier

JOUR = date(2022, 5, 2)
MOTIF = "l’ARS en dispense les projets d’une seule commune (courriel du 3 mars 2022)"


@pytest.fixture
def porte(tmp_path: Path) -> Any:
    with ouvrir(tmp_path / "base.sqlite", cle_jetable()) as p:
        yield p


def garder(porte: Porte, campagne: str = "2022") -> Any:
    d = nu(campagne, TypeProjet.CONFORMITE)
    porte.ajouter(d, libelle="Créer")
    return porte.relire(d)


def piece(lu: Any, numero: int) -> Any:
    return etat_pieces(lu, charger(lu.campagne_id))[numero - 1]


def test_un_motif_rend_la_piece_sans_objet_et_s_annule(porte: Porte) -> None:
    lu = garder(porte)
    assert piece(lu, 9).manquante
    dispenser(porte, lu, 9, f"  {MOTIF} \n")
    lu = porte.relire(lu)
    vue = piece(lu, 9)
    assert (vue.etat, vue.motif, vue.dispensee, vue.manquante) == (Etat.SANS_OBJET, MOTIF, True, False)
    assert MOTIF in vue.raison
    couverture = redige(lu, charger("2022"), (), JOUR)
    assert ("Sans objet", f"Pièce 9 – RIB\u00a0: {MOTIF}") in couverture.faits
    dispenser(porte, lu, 9, "autre motif")
    lu = porte.relire(lu)
    assert piece(lu, 9).motif == "autre motif" and len(lu.textes) == 1
    assert redemander(porte, lu, 9) and not redemander(porte, porte.relire(lu), 9)
    assert piece(porte.relire(lu), 9).manquante
    porte.annuler()
    assert piece(porte.relire(lu), 9).motif == "autre motif"


@pytest.mark.parametrize(
    ("numero", "motif", "dit"),
    [
        (9, "", "sans motif"),
        (9, " \n\t", "sans motif"),
        (9, "x" * (MOTIF_MAX + 1), "caractères"),
        (0, MOTIF, "Il n’y a pas de pièce 0"),
        (15, MOTIF, "Il n’y a pas de pièce 15"),
        (13, MOTIF, "n’est pas demandée"),
    ],
)
def test_ce_qui_ne_dispense_de_rien(porte: Porte, numero: int, motif: str, dit: str) -> None:
    lu = garder(porte)
    with pytest.raises(ErreurSaisie, match=dit):
        dispenser(porte, lu, numero, motif)
    assert porte.relire(lu).textes == []


def test_un_organisme_seul_le_dit_sur_la_couverture() -> None:
    from esms_desktop.store.lire import figer

    lu = figer(dossier(16))
    assert piece(lu, 3).motif.startswith("le projet n’a qu’un organisme")
    [(_, dit)] = [f for f in redige(lu, charger("2022"), (), JOUR).faits if f[0] == "Sans objet"]
    assert dit.startswith("Pièce 3 – Convention entre les parties\u00a0: le projet n’a qu’un organisme")


def test_le_motif_s_imprime_et_n_est_pas_un_texte_de_document(porte: Porte, tmp_path: Path) -> None:
    lu = garder(porte)
    dispenser(porte, lu, 9, "{champ.inconnu} : motif")
    lu = porte.relire(lu)
    depot = deposer_dossier(porte, lu, tmp_path / "sortie", JOUR)
    with pypdfium2.PdfDocument(depot.bundle) as pdf:
        texte = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert "{champ.inconnu}" in texte and "Sans objet" in texte
    assert not any(m.startswith("Pièce 9 ") for m in depot.manquantes)
    from esms_desktop.gestes.verifier import verifier_dossier

    assert "documents.champs" not in {c.code for c in verifier_dossier(lu, JOUR).constats}


def test_une_campagne_sans_piece_n_a_pas_de_dossier_a_deposer(porte: Porte, tmp_path: Path) -> None:
    lu = garder(porte, "sons-vague-1")
    with pytest.raises(ErreurDepot, match="ne demande aucune pièce"):
        deposer_dossier(porte, lu, tmp_path / "sortie", JOUR)
    assert not (tmp_path / "sortie").exists()
