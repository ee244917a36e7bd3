"""The command « geste champs » says what the catalogue says; what it says of a field is what the field takes."""

import json

import pytest

from esms_desktop.cli import main
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.champs import champs_de, lire
from esms_desktop.nomenclature.champs import champ


def _dits(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["geste", "champs", *arguments, "--json"]) == 0
    lus: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return lus


def test_les_champs_d_une_table_se_disent(capsys: pytest.CaptureFixture[str]) -> None:
    og = _dits(capsys, "og")
    assert [c["champ"] for c in og] == [f"og.{nom}" for nom in champs_de("og")]
    siren = next(c for c in og if c["champ"] == "og.siren")
    assert (siren["libelle"], siren["longueur"], siren["source"]) == ("SIREN", 20, "Répertoire FINESS")
    assert {c["declarant"] for c in og} == {"organisme"}
    risque = {c["champ"]: c for c in _dits(capsys, "risque")}
    assert risque["risque.gravite"]["bornes"] == [1, 4]
    assert "humain" in risque["risque.categorie"]["choix"]  # type: ignore[operator]
    assert len(_dits(capsys)) > 200


def test_une_table_inconnue_se_refuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geste", "champs", "ogs"]) == 2
    assert "evaluation_structure" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "texte", "valeur"),
    [
        ("cout.montant_ht_cents", "12 500,5 €", 1_250_050),
        ("cout_rh.etp_centiemes", "0,5", 50),
        ("tache.avancement", "40", 40),
        ("lien_tache.decalage", "-3", -3),
        ("essms.capacite", "", None),
        ("og.nom", "", ""),
        ("action_risque.etat", "Faite", "faite"),
        ("essms.champ", "PH", "PH"),
        ("vague.pilote", "oui", True),
    ],
)
def test_un_champ_se_lit_selon_son_genre(code: str, texte: str, valeur: object) -> None:
    assert lire(champ(code), texte) == valeur


def test_un_choix_inconnu_dit_ceux_qui_le_sont() -> None:
    with pytest.raises(ErreurSaisie) as refus:
        lire(champ("tache.plan"), "autre")
    assert "deploiement" in refus.value.remede
