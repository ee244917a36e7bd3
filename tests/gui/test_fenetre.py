"""The window: painted before the base, its pages on demand, undo in sight, errors in sentences, a quiet end."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMessageBox

from esms_desktop.francais import NBSP
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import porte_de
from tests.gui.ouvertes import tourner
from ui import aide, lancement
from ui.fenetre import Fenetre
from ui.fil import EN_COURS
from ui.registre import VUE_ENSEMBLE, page_de, pages
from ui.widgets.phrase import DialoguePhrase

RACINE = Path(__file__).resolve().parents[2]


def _environnement(maison: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "ESMS_DESKTOP_PHRASE": "une phrase pour l’essai",
        "HOME": str(maison),
        "XDG_DATA_HOME": str(maison),
        "XDG_CONFIG_HOME": str(maison),
        "XDG_STATE_HOME": str(maison),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }


def test_la_fenetre_puis_les_pages_se_chargent_avant_ce_qui_ecrit_et_dessine(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from ui import app\n"
        "from ui.fenetre import Fenetre\n"
        "application = app.creer_application()\n"
        "fenetre = Fenetre()\n"
        "lourds = ('sqlalchemy', 'sqlcipher3', 'alembic', 'reportlab', 'pikepdf', 'keyring')\n"
        "def peint():\n"
        "    print([m for m in lourds if m in sys.modules])\n"
        "    from importlib import import_module\n"
        "    from ui.registre import pages\n"
        "    pages = [import_module(p.classe.split(':')[0]) for p in pages()]\n"
        "    dessins = ('pikepdf', 'img2pdf', 'pypdfium2', 'reportlab', 'docx', 'xlsxwriter')\n"
        "    print(len(pages), [m for m in dessins if m in sys.modules])\n"
        "    application.quit()\n"
        "fenetre.premier_affichage.connect(peint)\n"
        "fenetre.show()\n"
        "application.exec()\n"
    )
    resultat = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=RACINE,
        env=_environnement(tmp_path),
        timeout=60,
        check=True,
    )
    # The pages themselves are shown before what draws and reads files is loaded.
    assert resultat.stdout.splitlines() == ["[]", f"{len(pages())} []"], resultat.stderr


def test_le_banc_mesure_le_premier_affichage_puis_la_fin_du_chargement(tmp_path: Path) -> None:
    base = tmp_path / "base.sqlite"
    resultat = subprocess.run(
        [sys.executable, "-m", "ui.lancement", "--base", str(base)],
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={**_environnement(tmp_path), "ESMS_DESKTOP_MESURE": "1"},
        timeout=60,
        check=False,
    )
    assert resultat.returncode == 0, resultat.stderr
    mesures = dict(ligne.split() for ligne in resultat.stdout.splitlines())
    assert 0 < int(mesures["premier_affichage"]) < int(mesures["pret"])
    assert base.exists()


@pytest.mark.parametrize(
    ("arguments", "base"),
    [([], None), (["--base", "x.sqlite"], "x.sqlite"), (["--base=x.sqlite"], "x.sqlite")],
)
def test_sans_commande_c_est_la_fenetre(
    arguments: list[str], base: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    demandes: list[str | None] = []
    monkeypatch.setattr("ui.app.lancer", lambda b, _fichier: demandes.append(b) or 0)
    assert lancement.main(arguments) == 0
    assert demandes == [base]


def test_une_commande_ne_passe_pas_par_la_fenetre(capsys: pytest.CaptureFixture[str]) -> None:
    assert lancement.main(["finess", "verifier", "060020443"]) == 0
    assert "060020443 valide" in capsys.readouterr().out


def test_les_pages_se_chargent_quand_on_les_demande(fenetre: Fenetre, exemple: Dossier) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    assert fenetre.dossier is not None
    assert list(fenetre.dossier.pages) == [VUE_ENSEMBLE]
    fenetre.montrer_page(Page.GRAPPE)
    assert set(fenetre.dossier.pages) == {VUE_ENSEMBLE, Page.GRAPPE}
    assert fenetre.dossier.barre.entrees[Page.GRAPPE].isChecked()


@pytest.mark.parametrize("inscription", pages(), ids=lambda i: str(i.cle))
def test_chaque_page_s_ouvre_et_se_relit_apres_un_changement(
    inscription: Any, fenetre: Fenetre, exemple: Dossier, qtbot: Any
) -> None:
    fenetre.ouvrir_dossier(exemple.id, inscription.cle)
    page = fenetre.dossier.page
    assert page is not None and page.titre and page.dossier_id == exemple.id
    fenetre.contexte.modifier(fenetre.contexte.lecture(exemple.id).dossier, "Renommer", nom="Autre nom")
    qtbot.waitUntil(lambda: fenetre.dossier.barre.nom.text() == "Autre nom")
    assert not page.perimee


def test_la_barre_dit_l_avancement_en_mots(fenetre: Fenetre, exemple: Dossier) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    entree = fenetre.dossier.barre.entrees[Page.GRAPPE]
    assert entree.accessibleName() == f"Grappe{NBSP}: {EN_COURS}" and not entree.anneau.connu
    fait, total = fenetre.contexte.examens.complet(exemple.id).avancement(Page.GRAPPE)
    assert entree.anneau.connu
    assert entree.accessibleName() == entree.toolTip()
    assert entree.accessibleName().startswith("Grappe") and f"sur {total}" in entree.accessibleName()
    assert (entree.anneau.fait, entree.anneau.total) == (fait, total)
    assert fenetre.dossier.barre.pied.text().startswith("Enregistré à ")
    assert fenetre.dossier.barre.pied.text().endswith("Chiffré")


def test_un_constat_mene_au_champ_du_dossier(fenetre: Fenetre, exemple: Dossier, qtbot: Any) -> None:
    fenetre.ouvrir_dossier(exemple.id, Page.GRAPPE)
    fenetre.activateWindow()
    qtbot.waitUntil(fenetre.isActiveWindow)
    fenetre.dossier.aller_a(Cible(Page.RECEVABILITE, "dossier", exemple.id, "date_depot_prevue"))
    assert fenetre.dossier.page.cle == VUE_ENSEMBLE
    assert fenetre.dossier.page.projet.champs["date_depot_prevue"].saisie.hasFocus()


@pytest.mark.parametrize(
    ("cible", "attendue"),
    [
        (Cible(Page.RECEVABILITE, "dossier", None, "date_debut_parametrage"), VUE_ENSEMBLE),
        (Cible(Page.RECEVABILITE, "dossier", None, "portee_nationale"), Page.RECEVABILITE),
        (Cible(Page.FINANCEMENT, "dossier", None, "date_convention"), Page.FINANCEMENT),
        (Cible(Page.PIECES, "piece", 9), Page.PIECES),
        (Cible(Page.GRAPPE, "contact", 1), VUE_ENSEMBLE),
    ],
)
def test_une_cible_va_a_la_page_qui_porte_son_champ(cible: Cible, attendue: str) -> None:
    assert page_de(cible) == attendue


def test_annuler_se_nomme_et_se_retablit(fenetre: Fenetre, exemple: Dossier, qtbot: Any) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    avant = exemple.nom
    fenetre.contexte.modifier(exemple, "Renommer le dossier", nom="Autre nom")
    assert "Renommer le dossier" in fenetre.menus.annuler.text()
    fenetre.menus.annuler.trigger()
    assert fenetre.contexte.lecture(exemple.id).dossier.nom == avant
    assert "Renommer le dossier" in fenetre.bandeau.texte.text()
    qtbot.waitUntil(lambda: fenetre.dossier.barre.nom.text() == avant)
    assert QKeySequence("Ctrl+Shift+Z") in fenetre.menus.retablir.shortcuts()
    fenetre.menus.retablir.trigger()
    assert fenetre.contexte.lecture(exemple.id).dossier.nom == "Autre nom"


def test_annuler_la_creation_ramene_au_portefeuille(fenetre: Fenetre, exemple: Dossier, qtbot: Any) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    fenetre.annuler()
    qtbot.waitUntil(lambda: fenetre.pile.currentWidget() is fenetre.portefeuille)
    assert not fenetre.bandeau.isHidden()
    assert not fenetre.menus.de_dossier[0].isEnabled()


def test_une_ecriture_refusee_se_voit_aussitot(fenetre: Fenetre, exemple: Dossier) -> None:
    assert not fenetre.contexte.modifier(exemple, "Renommer", nom="")
    assert fenetre.bandeau.property("genre") == "bad"
    assert "n’a pas abouti" in fenetre.bandeau.texte.text()


def test_la_base_qui_ne_s_ouvre_pas_dit_pourquoi_et_ce_qui_est_garde(
    fenetre: Fenetre, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.ouverture import ouvrir_dans

    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une phrase")
    faux = tmp_path / "notes.sqlite"
    faux.write_text("ceci n’est pas une base " * 400)
    avant = faux.read_bytes()
    fenetre.desinstaller()
    ouvrir_dans(fenetre, str(faux))
    assert fenetre.pile.currentWidget() is fenetre.echec
    assert fenetre.echec.message.text()
    assert "n’a pas été modifié" in fenetre.echec.garde.text()
    assert faux.read_bytes() == avant
    faux.unlink()
    for reste in tmp_path.glob("notes.sqlite*"):
        reste.unlink()
    fenetre.echec.reessayer.click()
    qtbot.waitUntil(lambda: fenetre.pile.currentWidget() is fenetre.portefeuille)


def test_la_sauvegarde_du_jour_se_prend_a_l_ouverture(
    fenetre: Fenetre, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esms_desktop.base.sauvegardes import dossier_local, lister
    from ui.ouverture import ouvrir_dans

    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "sept chevaux gris sous la pluie de mars")
    base = tmp_path / "a-sauver.sqlite"
    for attendues in (0, 1, 1):
        fenetre.desinstaller()
        ouvrir_dans(fenetre, str(base))
        tourner()
        assert fenetre.contexte.gardes.taches.attendre(60)
        # Nothing to keep in an empty base; then once a day.
        assert len([s for s in lister(dossier_local(base)) if s.entiere]) == attendues
        if not attendues:
            porte_de(fenetre.contexte).ajouter(
                Dossier(nom="À garder", campagne_id="2022", type_projet=TypeProjet.ACQUISITION),
                libelle="Créer",
            )


def test_quitter_pendant_un_travail_demande_d_abord(fenetre: Fenetre, qtbot: Any) -> None:
    erreurs: list[Any] = []

    def travail(progress: Any) -> None:
        while True:
            progress.etape(0, 0, "encore")

    fenetre.contexte.taches.lancer("Assembler le dépôt", travail, lambda _: None, erreurs.append)
    qtbot.waitUntil(lambda: fenetre.contexte.taches.en_vue != "")
    questions: list[str] = []

    def repondre(texte: str) -> None:
        boite = next(
            w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()
        )
        questions.append(boite.text())
        next(b for b in boite.buttons() if b.text() == texte).click()

    QTimer.singleShot(50, lambda: repondre("Attendre la fin"))
    assert not fenetre.close()
    assert "Assembler le dépôt" in questions[0]
    assert fenetre.isVisible() and fenetre.contexte is not None
    QTimer.singleShot(50, lambda: repondre("Arrêter le travail"))
    assert fenetre.close()
    assert len(erreurs) == 1


def test_les_raccourcis_ne_se_disputent_pas(fenetre: Fenetre) -> None:
    vus: dict[str, str] = {}
    for menu in fenetre.menuBar().actions():
        for action in menu.menu().actions():
            for raccourci in action.shortcuts():
                assert raccourci.toString() not in vus, (raccourci.toString(), action.text())
                vus[raccourci.toString()] = action.text()
    assert {"Ctrl+N", "Ctrl+O", "Ctrl+Q", "Ctrl+Z", "Ctrl+Y", "Ctrl+F", "F1", "Ctrl+1", "Ctrl+7"} <= set(vus)


def test_l_aide_donne_les_mots_du_metier(fenetre: Fenetre) -> None:
    dialogue = aide.DialogueAide(fenetre)
    dialogue.recherche.setText("vérification")
    visibles = [libelles[0].text() for _, libelles in dialogue._entrees if not libelles[0].isHidden()]
    assert visibles == ["VA", "VSR"]
    dialogue.recherche.setText("zzz")
    assert not dialogue.rien.isHidden()


def test_la_phrase_se_tape_cachee_et_se_montre(qtbot: Any, habillee: Any) -> None:
    dialogue = DialoguePhrase("Donnez la phrase de passe de la base.")
    qtbot.addWidget(dialogue)
    assert not dialogue.accord.isEnabled()
    dialogue.saisie.setText("tilleul")
    assert dialogue.accord.isEnabled()
    assert dialogue.saisie.displayText() != "tilleul"
    dialogue.saisie.voir.click()
    assert dialogue.saisie.displayText() == "tilleul"


def test_la_base_reste_lisible_apres_la_fermeture(fenetre: Fenetre, porte: Porte, exemple: Dossier) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    assert fenetre.close()
    assert fenetre.contexte is None and porte.chemin.exists()
