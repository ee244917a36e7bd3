"""A dossier under another campaign: told before, written in one gesture, taken back by one undo; and by the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.campagnes import chargement
from esms_desktop.cli import main
from esms_desktop.errors import ErreurCampagne
from esms_desktop.gestes.changer_campagne import apercu, changer
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.porte import Porte
from esms_desktop.store.sauvegarde.sauvegarde import lister
from tests.documents.test_vierge import nu
from tests.finess import fabrique

JOUR = date(2026, 11, 27)


@pytest.fixture
def lu(porte: Porte) -> Any:
    d = nu("2022", TypeProjet.CONFORMITE)
    porte.ajouter(d, libelle="Créer")
    return porte.relire(d)


def test_l_apercu_dit_ce_qui_change_et_n_ecrit_rien(porte: Porte, lu: Any) -> None:
    vu = apercu(lu, "2022-centre-val-de-loire", JOUR)
    assert {p.numero for p in vu.pieces} == {10}
    assert (vu.pieces[0].avant, vu.pieces[0].apres) == ("facultative", "obligatoire, manquante")
    codes = {c.code for c in vu.nouveaux}
    assert {"preparation.priorites", "pieces.piece-10"} <= codes
    assert vu.montants == () and vu.total.avant_cents == vu.total.apres_cents == 37 * 500_000
    autre = apercu(lu, "2021-amorcage", JOUR)
    assert autre.montants[0].apres_cents == 30 * 1_000_000
    assert autre.total.apres_cents != autre.total.avant_cents
    assert apercu(lu, "2022", JOUR).rien
    assert porte.relire(lu).campagne_id == "2022"


def test_le_changement_est_un_geste_que_defait_une_annulation(porte: Porte, lu: Any) -> None:
    attendus = apercu(lu, "2023", JOUR).nouveaux
    assert changer(porte, lu, "2023")
    apres = porte.relire(lu)
    assert apres.campagne_id == "2023" and porte.libelle_annuler == "Changer de campagne"
    dits = {(c.code, c.titre) for c in verifier_dossier(apres, JOUR).constats}
    assert {(c.code, c.titre) for c in attendus} <= dits
    porte.annuler()
    assert porte.relire(lu).campagne_id == "2022"
    with pytest.raises(ErreurCampagne):
        changer(porte, lu, "1999")
    assert porte.relire(lu).campagne_id == "2022"


def test_la_ligne_de_commande(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    chargement.oublier()

    def dire(*argv: str, code: int = 0) -> str:
        assert main(argv) == code
        lus = capsys.readouterr()
        return (lus.out if code < 2 else lus.err).replace("\u00a0", " ")

    assert "à vous" in dire("campagne", "copier", "2022", "2026-essai", "--titre", "Essai 2026")
    assert "12 (Presse (hypothèse))" in dire(
        *("campagne", "modifier", "2026-essai", "taille.minimum", "12", "--source", "Presse"),
        *("--hypothese", "annoncé"),
    )
    compare = json.loads(dire("campagne", "comparer", "2022", "2026-essai", "--json"))
    assert [(x["cle"], x["valeurs"], x["hypotheses"]) for x in compare["lignes"]] == [
        ("taille.minimum", ["15", "12"], [False, True])
    ]
    assert "1 valeur diffère" in dire("campagne", "comparer", "2022", "2026-essai")
    [sienne] = [c for c in json.loads(dire("campagnes", "--json")) if c["a_vous"]]
    assert sienne["id"] == "2026-essai"
    dire("campagne", "exporter", "2026-essai", str(tmp_path))
    assert "Vous avez déjà" in dire("campagne", "importer", str(tmp_path / "2026-essai.toml"), code=2)
    dire("campagne", "supprimer", "2026-essai")
    assert "est ajoutée" in dire("campagne", "importer", str(tmp_path / "2026-essai.toml"))
    (tmp_path / "faux.toml").write_text("campagne = 3", encoding="utf-8")
    assert "« campagne », ligne 1" in dire("campagne", "importer", str(tmp_path / "faux.toml"), code=2)
    sien = chargement.dossier_personnel()
    assert sien is not None
    (sien / "cassee.toml").write_text("rien", encoding="utf-8")
    assert "Refusée : Le fichier de campagne « cassee.toml »" in dire("campagnes", code=1)


def test_changer_de_campagne_par_la_ligne_de_commande(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une phrase d’essai")
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(tmp_path / "base.sqlite"))
    fichier = fabrique.ecrire(tmp_path, fabrique.petit(), "annuaire.json.gz", gz=True)
    porteur = fabrique.EJ
    creer = ("dossier", "creer", "--finess", str(fichier), "--nom", "G", "--campagne", "2022")
    assert main([*creer, "--type", "conformite", "--porteur", porteur]) == 0
    capsys.readouterr()
    assert main(["dossier", "changer-campagne", "G", "2021-amorcage", "--json"]) == 0
    vu = json.loads(capsys.readouterr().out)
    assert vu["applique"] is False and vu["montants"][-1]["poste"] == "Total"
    appliquer = ["dossier", "changer-campagne", "G", "2021-amorcage", "--appliquer"]
    meme_geste = ["geste", "dossier.changer-campagne", "G", "--campagne-id", "2021-amorcage"]
    # Where no copy of before can be kept, nothing is done that nobody accepted.
    copies = tmp_path / "base.sqlite.sauvegardes"
    copies.rename(tmp_path / "de côté")
    copies.write_text("à la place du dossier")
    for commande in (appliquer, meme_geste):
        assert main(commande) == 2
        dit = capsys.readouterr().err
        assert "La copie d’avant n’a pas pu être gardée" in dit and "--sans-sauvegarde" in dit
    assert main(["dossier", "liste", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["campagne"] == "2022"
    assert main([*meme_geste[:-1], "2023", "--sans-sauvegarde"]) == 0
    copies.unlink()
    assert main(appliquer) == 0
    assert "suit maintenant" in capsys.readouterr().out
    assert len(lister(copies)) == 1
    assert main(["dossier", "liste", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["campagne"] == "2021-amorcage"
    assert main(["piece", "sans-objet", "G", "9", "--motif", "dispense"]) == 0
    assert "couverture" in capsys.readouterr().out
    assert main(["piece", "sans-objet", "G", "9"]) == 0
    assert "demandée de nouveau" in capsys.readouterr().out
    assert main(["piece", "sans-objet", "G", "9", "--motif", " "]) == 2
