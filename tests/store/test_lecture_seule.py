"""A base that may only be read: what is asked of it is answered, what is written is refused, and it is not so for ever."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurBase, ErreurDepot
from esms_desktop.gestes import deposer
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from tests.store.aide import graphe, tables, vivants, vu


def test_elle_se_lit_et_ne_s_ecrit_pas(chemin: Path, cle: Cle, tmp_path: Path) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        attendu = vu(vivants(porte))
    octets = chemin.read_bytes()
    with ouvrir(chemin, cle, lecture_seule="Un autre ordinateur l’a ouverte.") as porte:
        assert porte.lecture_seule and vu(vivants(porte)) == attendu
        lu = porte.lire(porte.resumes()[0].id)
        for ecrire in (
            lambda: porte.ajouter(graphe("Autre"), libelle="Créer"),
            lambda: porte.modifier(lu, notes="x"),
            lambda: porte.retirer(lu, libelle="Retirer"),
        ):
            with pytest.raises(ErreurBase, match=r"lecture seule.*Un autre ordinateur"):
                ecrire()
        with pytest.raises(ErreurDepot, match="lecture seule"):
            deposer.produire(porte, lu, tmp_path / "sortie", date(2023, 6, 1))
        assert vu(vivants(porte)) == attendu
    assert chemin.read_bytes() == octets
    with ouvrir(chemin, cle) as porte:
        assert not porte.lecture_seule and porte.modifier(porte.lire(porte.resumes()[0].id), notes="x")


def test_elle_suit_ce_qu_un_autre_y_ecrit(chemin: Path, cle: Cle) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
        with ouvrir(chemin, cle, lecture_seule="Pour lire.") as lue:
            avant = lue.ecrit_ailleurs
            porte.modifier(vivants(porte)[0], notes="vu")
            assert lue.ecrit_ailleurs != avant and vivants(lue)[0].notes == "vu"


@pytest.mark.skipif(os.name != "posix", reason="droits de POSIX")
def test_ce_qu_une_lecture_a_laisse_n_empeche_pas_d_ecrire_ensuite(chemin: Path, cle: Cle) -> None:
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(graphe(), libelle="Créer")
    avant = tables(chemin, cle)
    with ouvrir(chemin, cle, lecture_seule="Pour lire."):
        # As made beside a base that nobody could write, and still open.
        voisins = [chemin.with_name(chemin.name + s) for s in ("-wal", "-shm")]
        for voisin in voisins:
            voisin.chmod(0o400)
        with ouvrir(chemin, cle) as porte:
            assert {stat.S_IMODE(v.stat().st_mode) for v in voisins} == {0o600}
            assert porte.modifier(vivants(porte)[0], notes="écrite")
    assert tables(chemin, cle) != avant
