"""What opens the base, in the window: the code on its sheet, the phrase, the lock, and a base whose other keys are lost."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from esms_desktop.base import cles
from esms_desktop.store.cles import page_claire
from esms_desktop.store.cles.code_secours import cle_du_code, lire
from esms_desktop.store.cles.temoin import chemin_du_temoin, copie_de_cet_ordinateur
from tests.gui.ouvertes import PHRASE, finir, montre, ouverte, remplir, tourner
from ui.fenetre import Fenetre
from ui.ouverture import ouvrir_dans
from ui.pages.base.code_secours import DialogueCode
from ui.verrou import Verrou, delai, fixer_delai
from ui.widgets.champs.secret import DialogueCodeTape, DialogueNouvellePhrase
from ui.widgets.impression import DialogueImpression
from ui.widgets.question import Question


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "base.sqlite"


@pytest.fixture
def fenetre(base: Path, habillee: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fenetre]:
    with ouverte(base, monkeypatch) as f:
        yield f


def _confirmer(dialogue: DialogueCode) -> str:
    code = dialogue._code
    dialogue.suite.click()
    dialogue.saisie.setText(code[-4:].lower())
    dialogue.valider.click()
    tourner()
    return code


def _repondre(classe: type[QDialog], faire: Any) -> None:
    """Does something in the next dialog of that class, which stops the test until it is answered."""

    def essayer() -> None:
        vus = [w for w in QApplication.topLevelWidgets() if isinstance(w, classe) and w.isVisible()]
        if vus:
            faire(vus[0])
        else:
            QTimer.singleShot(5, essayer)

    QTimer.singleShot(0, essayer)


def test_au_premier_demarrage_le_code_est_montre_jusqu_a_ce_que_sa_feuille_soit_en_main(
    fenetre: Fenetre, base: Path
) -> None:
    dialogue = montre(DialogueCode)
    code = dialogue._code
    assert dialogue.imprimer.isDefault(), "Entrée n’ajourne rien"
    dialogue.reject()
    tourner()
    assert "prochain démarrage" in fenetre.bandeau.texte.text()
    # As if it had been killed there: the next start shows the same one.
    fenetre.desinstaller()
    ouvrir_dans(fenetre, str(base))
    tourner()
    dialogue = montre(DialogueCode)
    assert dialogue._code == code
    dialogue.suite.click()
    dialogue.saisie.setText("0000" if not code.endswith("0000") else "1111")
    dialogue.valider.click()
    assert dialogue.isVisible() and "pas le dernier groupe" in dialogue.erreur.text()
    dialogue.saisie.setText(code[-4:])
    dialogue.valider.click()
    tourner()
    assert not dialogue.isVisible() and "plus nulle part" in fenetre.bandeau.texte.text()
    assert not fenetre.pages_de_base.demander_le_code()
    ecrits = b"".join(f.read_bytes() for f in base.parent.rglob("*") if f.is_file())
    for groupes in (code, code.replace("-", "")):
        assert groupes.encode() not in ecrits
    assert fenetre.contexte is not None and fenetre.contexte.base.cle == cle_du_code(lire(code))


def test_sans_trousseau_la_premiere_phrase_se_choisit_en_une_fois(
    fenetre: Fenetre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    montre(DialogueCode).reject()
    fenetre.desinstaller()
    monkeypatch.delenv("ESMS_DESKTOP_PHRASE")

    def choisir(d: DialogueNouvellePhrase) -> None:
        d.saisie.setText("loutre velours cascade")
        d.encore.setText("loutre velours cascade")
        d.accord.click()

    neuve = tmp_path / "neuve.sqlite"
    _repondre(DialogueNouvellePhrase, choisir)
    ouvrir_dans(fenetre, str(neuve))
    assert fenetre.contexte is not None and neuve.exists()
    assert cles.deverrouille(neuve, fenetre.contexte.base.cle, "loutre velours cascade")
    # Given up: nothing is made.
    fenetre.desinstaller()
    _repondre(DialogueNouvellePhrase, lambda d: d.reject())
    ouvrir_dans(fenetre, str(tmp_path / "autre.sqlite"))
    assert fenetre.contexte is None and not list(tmp_path.glob("autre*"))


def test_la_feuille_se_voit_avant_d_etre_imprimee_et_rien_n_en_reste_sur_le_disque(
    fenetre: Fenetre, base: Path, maison_a_part: Path
) -> None:
    dialogue = montre(DialogueCode)
    dialogue.imprimer.click()
    assert fenetre.contexte.taches.attendre(30)
    tourner()
    apercu = montre(DialogueImpression)
    [feuillet] = apercu.feuillets
    lu = pikepdf.open(io.BytesIO(feuillet.octets))
    assert len(lu.pages) == 1
    texte = "".join(str(o) for o in pdfium_texte(feuillet.octets))
    assert all(g in texte for g in dialogue._code.split("-"))
    apercu.reject()
    tourner()
    dialogue.reject()
    for dossier in (base.parent, maison_a_part):
        for f in dossier.rglob("*"):
            if f.is_file():
                octets = f.read_bytes()
                assert dialogue._code.encode() not in octets and b"%PDF" not in octets, f


def pdfium_texte(octets: bytes) -> list[str]:
    """The words of a PDF."""
    import pypdfium2

    lu = pypdfium2.PdfDocument(octets)
    return [page.get_textpage().get_text_bounded() for page in lu]


def test_une_base_sans_code_le_dit_et_en_recoit_un(fenetre: Fenetre, base: Path, qtbot: Any) -> None:
    montre(DialogueCode).reject()
    temoin = chemin_du_temoin(base)
    sans = [x for x in temoin.read_text().splitlines() if '"code"' not in x and '"attente"' not in x]
    qui = fenetre.contexte.base.cle.sel.hex()
    fenetre.desinstaller()
    # As a base made before there were codes.
    temoin.write_text("\n".join(sans))
    copie_de_cet_ordinateur(qui).write_text("\n".join(sans))
    ouvrir_dans(fenetre, str(base))
    tourner()
    assert "n’a pas de code de secours" in fenetre.bandeau.texte.text()
    page = fenetre.montrer_base("protection")
    assert "Créer un code" in page.changer.text()
    _repondre(Question, lambda q: q.accord.click())
    page.changer.click()
    qtbot.waitUntil(
        lambda: any(isinstance(w, DialogueCode) and w.isVisible() for w in QApplication.topLevelWidgets()),
        timeout=20_000,
    )


def test_la_phrase_se_change_et_une_trop_faible_est_refusee(fenetre: Fenetre, base: Path) -> None:
    page = fenetre.montrer_base("protection")

    def taper(d: DialogueNouvellePhrase) -> None:
        for texte, admise in (("azerty", False), ("123456789", False), ("loutre velours", True)):
            d.saisie.setText(texte)
            d.encore.setText(texte)
            assert d.accord.isEnabled() is admise, texte
        assert d.force.text().startswith("Cette phrase protège") or d.force.text().startswith("Faible")
        d.encore.setText("loutre velour")
        d.accord.click()
        assert d.isVisible() and "différentes" in d.erreur.text()
        d.encore.setText("loutre velours")
        d.accord.click()

    _repondre(DialogueNouvellePhrase, taper)
    page.changer_phrase.click()
    cle = fenetre.contexte.base.cle
    assert cles.deverrouille(base, cle, "loutre velours") and not cles.deverrouille(base, cle, PHRASE)
    assert "nouvelle phrase" in page.bandeau.texte.text()


def test_le_code_se_change_apres_une_sauvegarde_et_la_base_se_rouvre(
    fenetre: Fenetre, base: Path, qtbot: Any
) -> None:
    ancien = _confirmer(montre(DialogueCode))
    remplir(fenetre)
    page = fenetre.montrer_base("protection")
    assert not page.feuille.isVisible()
    _repondre(Question, lambda q: q.accord.click())
    page.changer.click()
    qtbot.waitUntil(
        lambda: any(isinstance(w, DialogueCode) and w.isVisible() for w in QApplication.topLevelWidgets()),
        timeout=20_000,
    )
    nouveau = _confirmer(montre(DialogueCode))
    cle = fenetre.contexte.base.cle
    assert nouveau != ancien and cle == cle_du_code(lire(nouveau)) != cle_du_code(lire(ancien))
    assert [d.nom for d in fenetre.contexte.base.resumes()] == ["Grappe fictive"]
    finir(fenetre)
    assert "code" in {s.motif for s in fenetre.contexte.gardes.etat.locales}


def test_une_base_dont_tout_le_reste_est_perdu_s_ouvre_avec_sa_feuille(
    fenetre: Fenetre, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _confirmer(montre(DialogueCode))
    remplir(fenetre)
    cle = fenetre.contexte.base.cle
    qui = cle.sel.hex()
    fenetre.desinstaller()
    # What the base itself says of its phrase, too.
    assert page_claire.poser(base, cle, [])
    chemin_du_temoin(base).unlink()
    copie_de_cet_ordinateur(qui).unlink()
    shutil.rmtree(base.with_name(base.name + ".sauvegardes"), ignore_errors=True)
    monkeypatch.delenv("ESMS_DESKTOP_PHRASE")
    ouvrir_dans(fenetre, str(base))
    assert fenetre.pile.currentWidget() is fenetre.echec
    [par_code] = [b for b in fenetre.echec.offertes if "code" in b.text()]

    def taper(d: DialogueCodeTape) -> None:
        d.saisie.setText(code[:-1])
        d.accord.click()
        assert d.isVisible() and "35 sur 36" in d.erreur.text()
        d.saisie.setText(code.lower().replace("-", " "))
        _repondre(DialogueNouvellePhrase, choisir)
        d.accord.click()

    def choisir(d: DialogueNouvellePhrase) -> None:
        d.saisie.setText("loutre velours cascade")
        d.encore.setText("loutre velours cascade")
        # The window asks it again to open the base: answered by the environment here.
        monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "loutre velours cascade")
        d.accord.click()

    _repondre(DialogueCodeTape, taper)
    par_code.click()
    assert [d.nom for d in fenetre.contexte.base.resumes()] == ["Grappe fictive"]


def test_le_verrou_cache_tout_et_rend_ce_qui_etait_tape(fenetre: Fenetre) -> None:
    montre(DialogueCode).reject()
    cle = remplir(fenetre, "Dossier à cacher")
    fenetre.ouvrir_dossier(cle)
    tourner()
    fiche = QDialog(fenetre)
    fiche.setWindowTitle("Dossier à cacher : fiche")
    saisie = QLineEdit(fiche)
    saisie.setText("à moitié tap")
    fiche.setModal(True)
    fiche.open()
    tourner()
    fenetre.verrouiller()
    tourner()
    dialogue = fenetre.verrou.dialogue
    assert dialogue is not None and dialogue.isVisible() and not fenetre.centre.isVisible()
    assert "cacher" not in fenetre.windowTitle() + fiche.windowTitle()
    assert fiche.childAt(saisie.geometry().center()) is not saisie, (
        "ce qui est dessous ne se voit ni ne se touche"
    )
    # What happens meanwhile shows nothing either.
    fenetre._actualiser()
    assert "cacher" not in fenetre.windowTitle()
    autre = QDialog(fenetre)
    autre.setWindowTitle("Dossier à cacher : fini")
    autre.open()
    tourner()
    assert "cacher" not in autre.windowTitle() and QApplication.activeModalWidget() is dialogue
    dialogue.saisie.setText("une autre phrase")
    dialogue.accord.click()
    assert dialogue.isVisible() and "ni la phrase ni le code" in dialogue.erreur.text()
    dialogue.reject()
    assert dialogue.isVisible()
    dialogue.saisie.setText(PHRASE)
    dialogue.accord.click()
    tourner()
    assert fenetre.verrou.dialogue is None and fenetre.centre.isVisible()
    assert saisie.text() == "à moitié tap" and fiche.isVisible()
    assert "cacher" in fenetre.windowTitle() and "cacher" in fiche.windowTitle()
    for d in (autre, fiche):
        d.close()


def test_le_verrou_suit_son_reglage(fenetre: Fenetre, qtbot: Any) -> None:
    montre(DialogueCode).reject()
    page = fenetre.montrer_base("reglages")
    verrou: Verrou = fenetre.verrou
    assert delai() == 15 and verrou._minuterie.isActive()
    page._fixer(0)
    assert delai() == 0 and not verrou._minuterie.isActive()
    page._fixer(5)
    assert verrou._minuterie.interval() == 5 * 60_000
    # As if nobody had touched anything for a while.
    verrou._minuterie.start(1_000)
    QTest.keyClick(fenetre.windowHandle(), Qt.Key.Key_A)
    assert verrou._minuterie.remainingTime() <= 1_100 and verrou._minuterie.isActive()
    verrou._minuterie.timeout.emit()
    assert verrou.dialogue is not None
    fenetre.desinstaller()
    assert verrou.dialogue is None
    fixer_delai(15)
