"""One window for each base on a computer, and the base that another computer has open, in the window."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from esms_desktop.store.cles.temoin import chemin_du_temoin
from tests.gui.ouvertes import accorder, finir, montre, ouverte, remplir, tourner
from ui import lancement
from ui.fenetre import Fenetre
from ui.instance import Guichet, nom_de, passer_la_main
from ui.ouverture import ouvrir_dans
from ui.pages.base.code_secours import DialogueCode

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "base.sqlite"


@pytest.fixture
def fenetre(base: Path, habillee: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fenetre]:
    with ouverte(base, monkeypatch) as f:
        montre(DialogueCode).reject()
        yield f


def _second_demarrage(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui.lancement", *arguments],
        cwd=RACINE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")
def test_un_second_demarrage_ramene_la_fenetre_et_lui_passe_son_fichier(
    fenetre: Fenetre, base: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    remplir(fenetre)
    page = fenetre.montrer_base("sauvegardes")
    page.copier_dans(tmp_path / "usb")
    finir(fenetre)
    [copie] = (tmp_path / "usb").iterdir()
    fenetre.montrer_portefeuille()
    fenetre.showMinimized()
    lien = tmp_path / "raccourci.sqlite"
    lien.symlink_to(base)
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(base))
    recus: list[str] = []
    monkeypatch.setattr(page.restaurer, "proposer", lambda f: recus.append(str(f)))
    for arguments, attendu in ((("--base", str(lien)), []), ((str(copie),), [str(copie)])):
        second = _second_demarrage(*arguments)
        qtbot.waitUntil(lambda s=second: s.poll() is not None, timeout=20_000)
        assert second.returncode == 0, second.stderr.read()
        assert recus == attendu
        assert not fenetre.windowState() & Qt.WindowState.WindowMinimized
        for flux in (second.stdout, second.stderr):
            flux.close()


def test_une_autre_base_a_sa_fenetre_et_une_fenetre_tuee_ne_retient_personne(
    fenetre: Fenetre, base: Path, tmp_path: Path
) -> None:
    assert not passer_la_main(tmp_path / "autre.sqlite")
    reste = nom_de(tmp_path / "autre.sqlite")
    Path(reste).write_text("laissé par une fenêtre tuée")
    assert not passer_la_main(tmp_path / "autre.sqlite")
    guichet = Guichet(tmp_path / "autre.sqlite", lambda _: None)
    assert guichet.ecoute
    guichet.fermer()
    fenetre.desinstaller()
    assert not passer_la_main(base)


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")
def test_deux_demarrages_au_meme_moment_ne_laissent_qu_une_fenetre(
    fenetre: Fenetre, base: Path, qtbot: Any
) -> None:
    assert fenetre.guichet.ecoute
    assert not Guichet(base, lambda _: None).ecoute, "the first one goes on listening"
    script = f"from ui.app import lancer; import ui.app; ui.app._deja_la = lambda *_: False; print(lancer({str(base)!r}))"
    second = subprocess.Popen([sys.executable, "-c", script], cwd=RACINE, stdout=subprocess.PIPE, text=True)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.stdout.read() == "0\n"
    second.stdout.close()
    assert fenetre.isVisible() and fenetre.contexte is not None


def test_ce_qui_est_donne_a_ouvrir_est_une_base_ou_une_sauvegarde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    donnes: list[Any] = []
    monkeypatch.setattr("ui.app.lancer", lambda b, f="": donnes.append((b, f)) or 0)
    monkeypatch.chdir(tmp_path)
    for nom in ("b.sqlite", "s.sauvegarde"):
        Path(nom).touch()
        assert lancement.main([nom]) == 0
    assert donnes == [(str(tmp_path / "b.sqlite"), ""), (None, str(tmp_path / "s.sauvegarde"))]


def test_la_base_qu_un_autre_ordinateur_a_ouverte_se_lit_puis_s_ecrit(fenetre: Fenetre, base: Path) -> None:
    cle = remplir(fenetre, "Partagé")
    fenetre.desinstaller()
    la_bas = base.with_name(f"{base.name}.ouverte-{'0' * 12}-1.json")
    la_bas.write_text('{"qui": "c.durand", "machine": "accueil", "depuis": "2026-11-27T09:02:00"}')
    ouvrir_dans(fenetre, str(base))
    assert fenetre.pile.currentWidget() is fenetre.echec
    assert "« accueil », par c.durand" in fenetre.echec.message.text().replace("\u00a0", " ")
    assert "esms-desktop" not in fenetre.echec.remede.text()
    lire, _quand_meme = fenetre.echec.offertes
    lire.click()
    tourner()
    finir(fenetre)
    assert "lecture seule" in fenetre.bandeau.texte.text() and "Lecture seule" in fenetre.pied.texte.text()
    lu = fenetre.contexte.lecture(cle).dossier
    assert not fenetre.contexte.modifier(lu, notes="x")
    assert "lecture seule" in fenetre.bandeau.texte.text() and fenetre.bandeau.property("genre") == "bad"
    page = fenetre.montrer_base("sauvegardes")
    assert not page.maintenant.isEnabled() and not page.autre_fichier.isEnabled()
    # It closes there: here it is not read-only for ever.
    la_bas.unlink()
    from ui.ouverture import _rouvrir_pour_ecrire

    _rouvrir_pour_ecrire(fenetre)
    tourner()
    assert fenetre.contexte.modifier(fenetre.contexte.lecture(cle).dossier, notes="écrit")


def test_ouvrir_quand_meme_se_demande(fenetre: Fenetre, base: Path) -> None:
    fenetre.desinstaller()
    la_bas = base.with_name(f"{base.name}.ouverte-{'0' * 12}-1.json")
    la_bas.write_text("{}")
    ouvrir_dans(fenetre, str(base))
    dits = accorder()
    fenetre.echec.offertes[1].click()
    assert "se perdront" in dits[0] and not la_bas.exists()
    assert fenetre.contexte is not None and not fenetre.contexte.base.lecture_seule


def test_un_dossier_recopie_dit_son_danger(
    tmp_path: Path, habillee: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ouverte(tmp_path / "Dropbox" / "base.sqlite", monkeypatch) as f:
        assert "Dropbox" in f.bandeau.texte.text() and "second emplacement" in f.bandeau.texte.text()
        assert chemin_du_temoin(f.contexte.base.chemin).exists()
        montre(DialogueCode).reject()


def test_une_base_reprise_par_un_autre_ordinateur_se_dit_au_premier_refus(
    fenetre: Fenetre, base: Path
) -> None:
    cle = remplir(fenetre)
    finir(fenetre)
    assert "Lecture seule" not in fenetre.pied.texte.text()
    [dite] = base.parent.glob("*.ouverte-*")
    dite.unlink()
    assert not fenetre.contexte.modifier(fenetre.contexte.lecture(cle).dossier, notes="x")
    assert "repris" in fenetre.bandeau.texte.text() and "Lecture seule" in fenetre.pied.texte.text()
    fenetre.contexte.gardes.relire()
    finir(fenetre)
    assert "Lecture seule" in fenetre.pied.texte.text()
