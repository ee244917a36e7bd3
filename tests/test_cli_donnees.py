"""`esms-desktop base purger`, `personne`, `conservation`, `registre`: what they answer and what they leave."""

import json
import stat
from pathlib import Path

import pytest

from esms_desktop.base.ouverture import ouvrir_base
from tests.depot import fabrique
from tests.store.aide import vivants
from tests.test_cli import refus
from tests.test_cli_base import base, dire

__all__ = ["base"]


def test_purger_un_dossier_puis_le_registre(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dire(capsys, "base", "sauvegarder", "--vers", str(tmp_path))
    dit = dire(capsys, "base", "purger", "--dossier", "Grappe du Ségala")
    assert "effacé pour de bon" in dit and "sauvegarde" in dit
    with ouvrir_base(base) as porte:
        assert porte.resumes() == [] and porte.corbeille() == []
    registre = json.loads(dire(capsys, "base", "registre", "--json"))
    assert [a["acte"] for a in registre["actes"]] == ["purge"]
    assert "Ségala" not in json.dumps(registre, ensure_ascii=False)
    assert "effacement d’un dossier" in dire(capsys, "base", "registre")
    assert "ni dans la corbeille" in refus(capsys, "base", "purger", "--dossier", "Grappe du Ségala")


def test_une_personne_se_donne_puis_s_efface(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fichier = tmp_path / "camille.json"
    with ouvrir_base(base) as porte:
        d = vivants(porte)[0]
        porte.joindre(d, 9, "rib.pdf", "pdf", fabrique.pdf("Compte de Camille Durand"))
        porte.joindre(d, 9, "plan.pdf", "pdf", fabrique.pdf("Personne ici"))
        porte.joindre(d, 9, "photo.png", "png", b"\x89PNG\r\n\x1a\n")
    dit = dire(capsys, "base", "personne", "Camille Durand", "--vers", str(fichier))
    assert "1 fichier la nomme encore : « rib.pdf » de « Grappe du Ségala ». Joignez" in dit.replace(
        "\u00a0", " "
    )
    assert "photo.png" in dit and "plan.pdf" not in dit
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    lu = json.loads(fichier.read_text(encoding="utf-8"))
    assert {d["champ"] for d in lu["donnees"]} == {"nom"} and lu["journal"]
    assert (
        len(lu["fichiers"]) == 1
        and "rib.pdf" in lu["fichiers"][0]
        and "photo.png" in lu["fichiers_a_regarder"][0]
    )
    dit = dire(capsys, "base", "purger", "--personne", "Camille Durand")
    assert "n’est plus nommé" in dit and "rib.pdf" in dit and "Retirez-les" in dit
    assert "ne nomme personne" in refus(capsys, "base", "personne", "Camille Durand", "--vers", str(fichier))
    dit = refus(capsys, "base", "purger", "--personne", "Camille Durand")
    assert "ne nomme personne" in dit and "rib.pdf" in dit


def test_la_duree_de_conservation(capsys: pytest.CaptureFixture[str]) -> None:
    assert "sans limite" in dire(capsys, "base", "conservation")
    assert "24\u00a0mois" in dire(capsys, "base", "conservation", "24")
    assert "24\u00a0mois" in dire(capsys, "base", "registre")
    assert "240" in refus(capsys, "base", "conservation", "999")
