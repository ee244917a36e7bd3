"""A dossier as a file, from the window: out under a phrase, in again, for another campaign, and two copies brought together."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from esms_desktop.gestes.echanges.dossiers import exporter, importer
from esms_desktop.gestes.lignes import saisir
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from tests.gui.marcheur import defauts
from ui.dialogues import echanger
from ui.fenetre import Fenetre
from ui.pages.echanges.dossiers import DialogueExport, DialogueNom, DialoguePhraseDuFichier, EchangesDossier
from ui.pages.echanges.fusion import DialogueFusion

PHRASE = "quatre mots bien distincts"


class Dits:
    """What the acts say."""

    def __init__(self, fenetre: Fenetre) -> None:
        self.bons: list[str] = []
        self.refus: list[str] = []
        self.ouverts: list[int] = []
        assert fenetre.contexte is not None
        self.actes = EchangesDossier(
            fenetre.contexte, fenetre, self.bons.append, self.refus.append, self.ouverts.append
        )


@pytest.fixture
def dits(fenetre: Fenetre) -> Dits:
    return Dits(fenetre)


def _repondre(*suites: Any) -> None:
    """Answers the dialogs that open one after the other."""
    restantes = list(suites)

    def tour() -> None:
        boite = QApplication.activeModalWidget()
        if not isinstance(boite, QDialog):
            QTimer.singleShot(10, tour)
            return
        suite = restantes.pop(0)
        if restantes:
            QTimer.singleShot(10, tour)
        suite(boite)

    QTimer.singleShot(0, tour)


def _phrase(texte: str) -> Any:
    def taper(boite: QDialog) -> None:
        assert isinstance(boite, DialoguePhraseDuFichier)
        boite.saisie.setText(texte)
        boite.valider()

    return taper


def test_exporter_demande_une_phrase_forte_ou_le_clair(
    fenetre: Fenetre, exemple: Any, dits: Dits, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chemin = tmp_path / "sortie.esms"
    monkeypatch.setattr("ui.sorties.demander_fichier", lambda *_: chemin)

    def remplir(boite: QDialog) -> None:
        assert isinstance(boite, DialogueExport)
        boite.saisie.setText("1234")
        boite.encore.setText("1234")
        assert not boite.accord.isEnabled()
        boite.clair.setChecked(True)
        assert boite.accord.isEnabled() and not boite.saisie.isEnabled()
        boite.clair.setChecked(False)
        boite.saisie.setText(PHRASE)
        boite.encore.setText(PHRASE)
        boite.valider()

    _repondre(remplir)
    dits.actes.exporter(exemple.id)
    qtbot.waitUntil(lambda: bool(dits.bons), timeout=20_000)
    assert chemin.read_bytes().startswith(b"ESMS-DOSSIER") and not dits.refus


def test_importer_redemande_la_phrase_puis_un_autre_nom(
    fenetre: Fenetre, exemple: Any, dits: Dits, porte: Porte, tmp_path: Path
) -> None:
    chemin = exporter(porte, exemple.id, tmp_path / "copie.esms", PHRASE)

    def nommer(boite: QDialog) -> None:
        assert isinstance(boite, DialogueNom) and "déjà dans la base" in boite.texte.text()
        assert boite.nom == "copie"
        boite.accept()

    _repondre(_phrase("une autre"), _phrase(PHRASE), nommer, _phrase(PHRASE))
    dits.actes.prendre(chemin)
    assert dits.bons == ["Le dossier est importé."] and len(dits.ouverts) == 1
    assert {r.nom for r in porte.resumes()} >= {"copie"}
    (tmp_path / "rien.esms").write_bytes(b"rien")
    dits.actes.prendre(tmp_path / "rien.esms")
    assert "n’est pas un dossier" in dits.refus[0]


def test_dupliquer_pour_une_autre_campagne(fenetre: Fenetre, exemple: Any, dits: Dits, porte: Porte) -> None:
    def remplir(boite: QDialog) -> None:
        assert isinstance(boite, DialogueNom) and boite.campagne is not None
        boite.saisie.fixer("La suite")
        boite.campagne.fixer("2024")
        boite.accept()

    _repondre(remplir)
    dits.actes.dupliquer(exemple.id)
    assert porte.dossier("La suite").campagne_id == "2024" and len(dits.ouverts) == 1
    _repondre(remplir)
    dits.actes.dupliquer(exemple.id)
    assert "La suite" in dits.refus[0]


@pytest.fixture
def divergee(porte: Porte, exemple: Any, tmp_path: Path) -> Path:
    """A copy of the sample, where the name of an OG was changed on both sides and a town on theirs."""
    aller = exporter(porte, exemple.id, tmp_path / "aller.esms", None)
    with ouvrir(tmp_path / "autre.sqlite", cle_jetable()) as autre:
        la = importer(autre, aller, str)
        lu = autre.lire(la)
        assert lu is not None
        saisir(autre, lu.ogs[0], sigle="LÀ-BAS", commune="Étampes")
        retour = exporter(autre, la, tmp_path / "retour.esms", None)
    ici = porte.lire(exemple.id)
    assert ici is not None
    saisir(porte, ici.ogs[0], sigle="ICI")
    return retour


@pytest.mark.parametrize("leur", [True, False, None])
def test_fusionner_montre_puis_prend_ce_qui_est_decide(
    leur: bool | None, fenetre: Fenetre, exemple: Any, dits: Dits, porte: Porte, divergee: Path
) -> None:
    def decider(boite: QDialog) -> None:
        assert isinstance(boite, DialogueFusion)
        assert "Étampes" in boite.reprises.text() and boite.modele.rowCount() == 1
        assert "pour plus tard" in boite.accord.text()
        if leur is not None:
            (boite.leur if leur else boite.ici).click()
            assert boite.accord.text() == "&Fusionner"
        boite.accept()

    _repondre(decider)
    dits.actes.rapprocher(exemple.id, divergee)
    lu = porte.lire(exemple.id)
    assert lu is not None
    assert (lu.ogs[0].sigle, lu.ogs[0].commune) == ("LÀ-BAS" if leur else "ICI", "Étampes")
    assert dits.bons[0].startswith("La copie est fusionnée.") and ("plus tard" in dits.bons[0]) is (
        leur is None
    )
    fenetre.annuler()
    lu = porte.lire(exemple.id)
    assert lu is not None and lu.ogs[0].sigle == "ICI" and lu.ogs[0].commune != "Étampes"


def test_le_menu_et_le_portefeuille_offrent_les_memes_actes(
    fenetre: Fenetre, exemple: Any, qtbot: Any
) -> None:
    assert fenetre.portefeuille is not None
    fenetre.montrer_portefeuille()
    ligne = next(x for x in fenetre.portefeuille.modele.lignes if x.id == exemple.id)
    textes = [a.text().replace("&", "") for a in fenetre.portefeuille.menu_de(ligne).actions()]
    assert textes[2:5] == ["Exporter…", "Dupliquer pour une autre campagne…", "Fusionner avec une copie…"]
    _repondre(lambda boite: boite.reject())
    with qtbot.waitSignal(fenetre.portefeuille.fichier):
        fenetre.portefeuille.fichier.emit("exporter", exemple.id)
    _repondre(lambda boite: boite.reject())
    echanger(fenetre, "dupliquer", exemple.id)


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe(
    echelle: float,
    fenetre: Fenetre,
    exemple_long: Any,
    porte: Porte,
    habillee: Any,
    qtbot: Any,
    tmp_path: Path,
) -> None:
    from esms_desktop.gestes.echanges.dossiers import rapprocher

    habillee(echelle)
    aller = exporter(porte, exemple_long.id, tmp_path / "aller.esms", None)
    lu = porte.lire(exemple_long.id)
    assert lu is not None
    vu = rapprocher(porte, lu, aller, str)
    for dialogue in (
        DialogueExport(lu.nom, fenetre),
        DialoguePhraseDuFichier("copie.esms", "", fenetre),
        DialogueNom("Dupliquer", "Pour une autre campagne.", lu.nom, lu.campagne_id, fenetre),
        DialogueFusion(vu, aller.name, fenetre),
    ):
        dialogue.show()
        qtbot.wait(60)
        assert defauts(dialogue) == []
        dialogue.reject()
