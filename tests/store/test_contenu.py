"""Bytes kept through the door for an object of the same geste."""

from datetime import UTC, datetime

import pytest

from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.model import DepotFait, Dossier
from esms_desktop.store.porte import Porte


def test_des_octets_se_gardent_dans_un_geste_seulement(porte: Porte, dossier: Dossier) -> None:
    with pytest.raises(RuntimeError, match="outside a geste"):
        porte.ranger_contenu(b"abc")

    def ajouter(manque: bool) -> str:
        with porte.geste("Garder"):
            somme = porte.ranger_contenu(b"abc")
            assert porte.ranger_contenu(b"abc") == somme
            porte.ajouter(
                DepotFait(
                    dossier_id=dossier.id,
                    produit_le=datetime(2023, 6, 1, tzinfo=UTC),
                    complet=True,
                    sha256=somme,
                    taille=3,
                    pages=1,
                    manifeste="{}",
                ),
                libelle="Garder",
            )
            if manque:
                raise ErreurSaisie("Non.")
        return somme

    with pytest.raises(ErreurSaisie):
        ajouter(manque=True)
    somme = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    with pytest.raises(ErreurBase):
        porte.contenu(somme)
    assert ajouter(manque=False) == somme and porte.contenu(somme) == b"abc"
