"""Backups in the window: taken without a word, in sight, brought back; and a base that is spoilt, set aside and mended."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.base import sauvegardes
from esms_desktop.base.sauvegardes import dossier_local, maintenant_local
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.reglages import lire_reglages
from tests.gui.ouvertes import accorder, finir, montre, ouverte, remplir, tourner
from ui.fenetre import Fenetre
from ui.ouverture import ouvrir_dans
from ui.pages.base.code_secours import DialogueCode
from ui.tasks import Taches
from ui.widgets import question


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "chez moi" / "base.sqlite"


@pytest.fixture
def fenetre(base: Path, habillee: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fenetre]:
    with ouverte(base, monkeypatch) as f:
        montre(DialogueCode).reject()
        yield f


def test_la_derniere_sauvegarde_se_voit_et_chaque_jour_a_la_sienne(fenetre: Fenetre) -> None:
    finir(fenetre)
    assert fenetre.pied.isVisible() and "Pas encore de sauvegarde" in fenetre.pied.texte.text()
    remplir(fenetre)
    fenetre.contexte.gardes.tour()
    finir(fenetre)
    assert "Dernière sauvegarde\u00a0: aujourd’hui" in fenetre.pied.texte.text()
    assert "hors de cet ordinateur" in fenetre.pied.texte.text()
    assert [s.motif for s in fenetre.contexte.gardes.etat.locales] == ["quotidienne"]


def test_une_semaine_sans_le_second_emplacement_se_dit(
    fenetre: Fenetre, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir(fenetre)
    # That of the opening, when it is under way, would be the one that is asked.
    finir(fenetre)
    cle_usb = tmp_path / "usb"
    cle_usb.mkdir()
    page = fenetre.montrer_base("sauvegardes")
    page._fixer_seconde(cle_usb)
    page.sauvegarder()
    finir(fenetre)
    assert len(list(cle_usb.glob("*.sauvegarde"))) == 1
    assert page.modele.objet(0).ou == "Ici et au second emplacement"
    # It is taken away, and a week goes by.
    for f in cle_usb.iterdir():
        f.unlink()
    cle_usb.rmdir()
    vrai = maintenant_local()
    monkeypatch.setattr(sauvegardes, "maintenant_local", lambda: vrai + timedelta(days=8))
    fenetre.contexte.gardes.relire()
    finir(fenetre)
    assert (
        "depuis une semaine" in fenetre.bandeau.texte.text()
        and "depuis une semaine" in fenetre.pied.texte.text()
    )
    assert fenetre.pied.texte.property("genre") == "bad"


def test_revenir_a_une_sauvegarde_montre_ce_qui_change_et_garde_le_present(fenetre: Fenetre) -> None:
    remplir(fenetre, "Ancien")
    page = fenetre.montrer_base("sauvegardes")
    page.sauvegarder()
    finir(fenetre)
    fenetre.contexte.retirer(
        fenetre.contexte.base.lire(fenetre.contexte.base.resumes()[0].id), libelle="Supprimer"
    )
    remplir(fenetre, "Récent")
    vues = accorder()
    page.tableau.choisir(0)
    page.regarder.click()
    for _ in range(4):
        finir(fenetre)
    [dits] = vues
    assert "Ne serait plus dans la base\u00a0: Récent" in dits and "Reviendrait\u00a0: Ancien" in dits
    assert [d.nom for d in fenetre.contexte.base.resumes()] == ["Ancien"]
    assert "Ce qui était là est dans" in page.bandeau.texte.text()
    assert {s.motif for s in fenetre.contexte.gardes.etat.locales} == {"demandee", "restauration"}


def test_une_copie_est_un_seul_fichier_qui_s_ouvre_dans_une_autre_base(
    fenetre: Fenetre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir(fenetre, "Emporté")
    usb = tmp_path / "usb"
    page = fenetre.montrer_base("sauvegardes")
    page.copier_dans(usb)
    finir(fenetre)
    [copie] = usb.iterdir()
    fenetre.desinstaller()
    # Another computer: another base, with a key of its own; the phrase of the environment opens the copy.
    ouvrir_dans(fenetre, str(tmp_path / "ailleurs" / "neuve.sqlite"))
    tourner()
    montre(DialogueCode).reject()
    page = fenetre.montrer_base("sauvegardes")
    accorder()
    page.restaurer.proposer(copie)
    for _ in range(4):
        finir(fenetre)
    assert [d.nom for d in fenetre.contexte.base.resumes()] == ["Emporté"]


def test_avant_un_import_la_base_est_gardee_telle_qu_elle_etait(fenetre: Fenetre, base: Path) -> None:
    remplir(fenetre, "Avant")
    assert fenetre.contexte.precaution("import")
    # Written while the copy may still be going on: it does not hold it.
    remplir(fenetre, "Après")
    finir(fenetre)
    [prise] = sauvegardes.lister(dossier_local(base))
    assert prise.motif == "import" and prise.inventaire.comptes["dossier"] == 1
    assert fenetre.contexte.precaution("import")
    finir(fenetre)
    assert len(sauvegardes.lister(dossier_local(base))) == 2
    # Nothing was written since: the last one holds it all.
    assert fenetre.contexte.precaution("campagne")
    finir(fenetre)
    assert len(sauvegardes.lister(dossier_local(base))) == 2


def test_une_copie_vers_un_partage_qui_ne_repond_pas_ne_retient_pas_un_import(
    fenetre: Fenetre, base: Path
) -> None:
    finir(fenetre)
    remplir(fenetre, "Avant")
    relacher = threading.Event()
    fenetre.contexte.gardes.taches.lancer("Copie", lambda _: relacher.wait(30), lambda _: None, discret=True)
    try:
        assert fenetre.contexte.precaution("import")
    finally:
        relacher.set()
    finir(fenetre)
    assert [s.motif for s in sauvegardes.lister(dossier_local(base))] == ["import"]


@pytest.mark.parametrize("accepte", [False, True])
def test_sans_copie_d_avant_on_demande(
    fenetre: Fenetre, base: Path, monkeypatch: pytest.MonkeyPatch, accepte: bool
) -> None:
    finir(fenetre)
    remplir(fenetre)
    dossier_local(base).rename(base.with_name("de côté"))
    dossier_local(base).write_text("un fichier à la place du dossier")
    demandees = []
    monkeypatch.setattr(question, "demander", lambda *dit, **_: demandees.append(dit[2]) or accepte)
    assert fenetre.contexte.precaution("import") is accepte
    finir(fenetre)
    [dit] = demandees
    assert "n’a pas pu être gardée. La sauvegarde n’a pas été faite" in dit
    # Asked once, it is not told besides.
    assert "La copie d’avant" not in fenetre.bandeau.texte.text()
    dossier_local(base).unlink()


def test_la_verification_entiere_se_demande_et_se_note(fenetre: Fenetre, base: Path) -> None:
    finir(fenetre)
    page = fenetre.montrer_base("sauvegardes")
    page.verifier.click()
    assert "Vérification" in page.sante.text()
    finir(fenetre)
    assert "La base est saine" in page.sante.text() and page.verifier.isEnabled()
    assert lire_reglages(base).verifiee


def _abimer(base: Path) -> bytes:
    octets = bytearray(base.read_bytes())
    for page in (1, 2, 5):
        octets[page * 4096 + 100 : page * 4096 + 140] = b"x" * 40
    octets[100:200] = b"y" * 100
    base.write_bytes(octets)
    return bytes(octets)


@pytest.mark.parametrize("remede", ["sauvegarde", "paration"])
def test_une_base_abimee_se_dit_et_revient_sans_etre_touchee(
    remede: str, fenetre: Fenetre, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir(fenetre, "À sauver")
    fenetre.montrer_base("sauvegardes").sauvegarder()
    finir(fenetre)
    fenetre.desinstaller()
    abimee = _abimer(base)
    ouvrir_dans(fenetre, str(base))
    assert fenetre.pile.currentWidget() is fenetre.echec
    assert "abîmée" in fenetre.echec.message.text() and "phrase" not in fenetre.echec.message.text()
    assert "esms-desktop" not in fenetre.echec.remede.text()
    [bouton] = [
        b for b in fenetre.echec.offertes if ("parer" if remede == "paration" else "dernière") in b.text()
    ]
    vues = accorder()
    bouton.click()
    for _ in range(400):
        for t in fenetre.findChildren(Taches):
            t.attendre(20)
        tourner()
        if fenetre.contexte is not None:
            break
    assert fenetre.contexte is not None, (vues, fenetre.bandeau.texte.text())
    assert [d.nom for d in fenetre.contexte.base.resumes()] == ["À sauver"]
    [cote] = [p for p in base.parent.iterdir() if ".abimee-" in p.name]
    assert cote.read_bytes() == abimee
    with connexion_nue(base, fenetre.contexte.base.cle) as connexion:
        assert connexion.execute("PRAGMA cipher_integrity_check").fetchall() == []


def test_une_base_qui_s_abime_pendant_qu_elle_est_ouverte_se_dit_et_se_ferme(
    fenetre: Fenetre, base: Path
) -> None:
    remplir(fenetre, "À sauver")
    fenetre.montrer_base("sauvegardes").sauvegarder()
    finir(fenetre)
    with connexion_nue(base, fenetre.contexte.base.cle) as connexion:
        connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with base.open("r+b") as flux:
        flux.seek(30 * 4096 + 200)
        flux.write(b"x" * 40)
    page = fenetre.montrer_base("sauvegardes")
    page.verifier.click()
    finir(fenetre)
    assert "Abîmé" in page.sante.text() and page.sante.property("genre") == "bad"
    assert "abîmée" in fenetre.bandeau.texte.text()
    fenetre.bandeau._action.click()
    assert fenetre.pile.currentWidget() is fenetre.echec and len(fenetre.echec.offertes) == 4
    assert fenetre.contexte is None
