"""The campaigns window: compare, copy, change a value, bring in, take out, undo; a dossier changes campaign after a preview."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from esms_desktop.campagnes import chargement
from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.model import Dossier
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from tests.gui.outils_grappe import choisir, repondre_a_la_question
from ui.contexte import Contexte
from ui.dialogues import montrer_campagnes
from ui.fenetre import Fenetre
from ui.pages.campagnes.copie import DialogueCopie, identifiant
from ui.pages.campagnes.element import DialogueElement
from ui.pages.campagnes.page import DialogueCampagnes
from ui.pages.campagnes.valeur import DialogueValeur
from ui.pages.vue_ensemble.page import PageVueEnsemble
from ui.widgets.champs.champs import ChampChoix


@pytest.fixture(autouse=True)
def fraiches() -> None:
    chargement.oublier()


@pytest.fixture
def fen(qtbot: Any) -> DialogueCampagnes:
    d = DialogueCampagnes(JOUR)
    qtbot.addWidget(d)
    d.show()
    return d


def copier(fen: DialogueCampagnes, source: str, titre: str) -> str:
    fen.choisir(source)
    fen.b_copier.click()
    dialogue = fen.findChildren(DialogueCopie)[-1]
    dialogue.titre.setText(titre)
    dialogue.titre.textEdited.emit(titre)
    dialogue.garder()
    return identifiant(titre)


def editer(fen: DialogueCampagnes, cle: str) -> DialogueValeur:
    fen.valeurs.choisir(fen.table.ligne_de(cle))
    fen.b_modifier.click()
    return fen.findChildren(DialogueValeur)[-1]


def test_on_compare_deux_campagnes_ligne_a_ligne(fen: DialogueCampagnes) -> None:
    fen.choisir("2022")
    assert fen.table.rowCount() > 90 and not fen.ecarts.isEnabled()
    choisir(fen.autre, "2023")
    assert fen.table.columnCount() == 4 and "valeurs diffèrent" in fen.compte.text()
    fen.ecarts.setChecked(True)
    ecarts = fen.table.rowCount()
    assert 15 < ecarts < 60 and fen.compte.text().startswith(str(ecarts))
    fen.recherche.setText("logiciel")
    assert 0 < fen.table.rowCount() < ecarts
    fen.recherche.setText("rien de tel")
    assert fen.table.rowCount() == 0
    assert not fen.b_supprimer.isEnabled() and not fen.b_modifier.isEnabled()


def test_une_copie_se_modifie_s_annule_et_se_supprime(fen: DialogueCampagnes, qtbot: Any) -> None:
    with qtbot.waitSignal(fen.change):
        id = copier(fen, "2022", "ESMS numérique 2026, Bretagne")
    assert id == "esms-numerique-2026-bretagne" and id in identifiants()
    assert fen.choisie is not None and fen.choisie.a_vous and fen.choisie.campagne.id == id
    dialogue = editer(fen, "taille.minimum")
    assert dialogue.valeur.text() == "15" and "AAP" in dialogue.source.text()
    dialogue.valeur.setText("douze")
    dialogue.garder()
    assert "nombre entier" in dialogue.erreur.text() and not dialogue.erreur.isHidden()
    assert charger(id).taille.minimum.valeur == 15
    dialogue.valeur.setText("12")
    dialogue.source.setText("Presse")
    dialogue.hypothese.setChecked(True)
    dialogue.note.clear()
    dialogue.garder()
    assert "pourquoi" in dialogue.erreur.text()
    dialogue.note.setText("annoncé en mars")
    dialogue.garder()
    p = charger(id).taille.minimum
    assert (p.valeur, p.source, p.hypothese, p.note) == (12, "Presse", True, "annoncé en mars")
    assert fen.bandeau._action is not None
    fen.bandeau._action.click()
    assert charger(id).taille.minimum.valeur == 15
    repondre_a_la_question(True, [])
    fen.b_supprimer.click()
    assert id not in identifiants()
    assert fen.bandeau._action is not None
    fen.bandeau._action.click()
    assert id in identifiants()


def ajouter(fen: DialogueCampagnes, liste: str, **saisis: str) -> DialogueElement:
    fen.b_listes[liste].click()
    dialogue = fen.findChildren(DialogueElement)[-1]
    for champ, dit in saisis.items():
        cible = dialogue.champs.get(champ) or getattr(dialogue, champ)
        choisir(cible, dit) if isinstance(cible, ChampChoix) else cible.setText(dit)
    dialogue.garder()
    return dialogue


def test_une_fenetre_un_contact_et_une_remarque_s_ajoutent_se_changent_et_se_retirent(
    fen: DialogueCampagnes,
) -> None:
    id = copier(fen, "2022", "Essai 2026")
    avant = charger(id)
    ajouter(
        fen, "fenetres", libelle="Printemps", debut="1/2/2026", fin="30/6/2026", source="Instruction 2026"
    )
    f = charger(id).fenetres[-1]
    assert (f.libelle, f.debut, f.fin, f.source) == (
        "Printemps",
        date(2026, 2, 1),
        date(2026, 6, 30),
        "Instruction 2026",
    )
    rang = len(avant.contacts) + 1
    dialogue = ajouter(fen, "contacts", role="grades", nom="GRADeS d’essai", source="Annexe 3")
    assert "courriel" in dialogue.erreur.text() and len(charger(id).contacts) == rang - 1
    dialogue.champs["courriel"].setText("pas une adresse")  # type: ignore[union-attr]
    dialogue.garder()
    assert "adresse" in dialogue.erreur.text()
    dialogue.champs["courriel"].setText("grades@exemple.fr")  # type: ignore[union-attr]
    dialogue.garder()
    assert fen.ligne is not None and fen.ligne.cle == f"contacts.{rang}.role"
    assert charger(id).contacts[-1].courriel == "grades@exemple.fr"
    dialogue_valeur = editer(fen, f"contacts.{rang}.nom")
    dialogue_valeur.valeur.setText("SESAN")
    dialogue_valeur.garder()
    assert charger(id).contacts[-1].nom == "SESAN"
    ajouter(fen, "remarques", texte="Deux textes se contredisent.", essms="12, 15", source="ANS ; AAP")
    r = charger(id).remarques[-1]
    assert (r.texte, r.essms, r.statuts, r.type_projet) == (
        "Deux textes se contredisent.",
        (12, 15),
        (),
        None,
    )
    fen.recherche.clear()
    fen.valeurs.choisir(fen.table.ligne_de(f"contacts.{rang}.nom"))
    fen.b_retirer.click()
    assert charger(id).contacts == avant.contacts
    assert fen.bandeau._action is not None
    fen.bandeau._action.click()
    assert charger(id).contacts[-1].nom == "SESAN"
    fen.valeurs.choisir(fen.table.ligne_de("taille.minimum"))
    assert not fen.b_retirer.isEnabled()
    fen.choisir("2022")
    assert not any(b.isVisible() for b in (*fen.b_listes.values(), fen.b_retirer))


def test_une_campagne_de_l_application_propose_d_etre_copiee(fen: DialogueCampagnes) -> None:
    fen.choisir("2022")
    fen.valeurs.choisir(0)
    fen.modifier()
    assert "Copiez-la" in fen.bandeau.texte.text()


def test_importer_exporter_et_un_fichier_refuse(fen: DialogueCampagnes, tmp_path: Path) -> None:
    id = copier(fen, "2023", "Essai")
    fen.exporter_vers(tmp_path)
    assert (tmp_path / f"{id}.toml").is_file()
    fen.importer_de(tmp_path / f"{id}.toml")
    assert "Vous avez déjà" in fen.bandeau.texte.text()
    faux = tmp_path / "faux.toml"
    faux.write_text(
        '[campagne]\nid = "faux"\ntitre = "F"\nbase = "2023"\n[taille]\nminimum = 3\n', encoding="utf-8"
    )
    fen.importer_de(faux)
    assert "ligne 6" in fen.bandeau.texte.text() and "faux" not in identifiants()
    bon = tmp_path / "2026-bretagne.toml"
    bon.write_text(
        '[campagne]\nid = "2026-bretagne"\ntitre = "Bretagne 2026"\nbase = "2023"\n', encoding="utf-8"
    )
    fen.importer_de(bon)
    assert fen.choisie is not None and fen.choisie.campagne.titre == "Bretagne 2026"


def test_un_fichier_casse_est_dit_a_l_ouverture(qtbot: Any) -> None:
    sien = chargement.dossier_personnel()
    assert sien is not None
    sien.mkdir(parents=True)
    (sien / "cassee.toml").write_text("rien", encoding="utf-8")
    d = DialogueCampagnes(JOUR)
    qtbot.addWidget(d)
    assert "cassee.toml" in d.bandeau.texte.text() and d.modele.rowCount() == 8


def test_un_dossier_change_de_campagne_apres_un_apercu(
    contexte: Contexte, exemple: Dossier, qtbot: Any
) -> None:
    page = PageVueEnsemble(contexte)
    qtbot.addWidget(page)
    contexte.change.connect(page.rafraichir)
    page.ouvrir(exemple.id)
    page.show()
    champ = page.projet.champs["campagne_id"]
    avant = page.lecture().dossier.campagne_id
    dits: list[str] = []
    repondre_a_la_question(False, dits)
    choisir(champ, "2021-amorcage")
    qtbot.waitUntil(lambda: champ.valeur == avant)
    assert page.lecture().dossier.campagne_id == avant
    assert "Total" in dits[0] and "Pièce" in dits[0] and "Nouveau" in dits[0]
    repondre_a_la_question(True, dits)
    choisir(champ, "2021-amorcage")
    assert page.lecture().dossier.campagne_id == "2021-amorcage" and champ.valeur == "2021-amorcage"
    contexte.annuler()
    assert page.lecture().dossier.campagne_id == avant


def test_ce_que_la_fenetre_change_se_relit_partout(fenetre: Fenetre, exemple: Dossier, qtbot: Any) -> None:
    fenetre.ouvrir_dossier(exemple.id)
    montrer_campagnes(fenetre)
    fen = fenetre.findChildren(DialogueCampagnes)[-1]
    id = copier(fen, "2023-ile-de-france", "IDF 2026")
    assert fenetre.contexte is not None
    fenetre.contexte.modifier(exemple, campagne_id=id)
    dialogue = editer(fen, "taille.minimum")
    dialogue.valeur.setText("40")
    dialogue.source.setText("Instruction 2026")
    dialogue.garder()
    assert fenetre.contexte.lecture(exemple.id).orientation.minimum == 40


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe(fenetre: Fenetre, habillee: Any, echelle: float, qtbot: Any) -> None:
    habillee(echelle)
    montrer_campagnes(fenetre)
    fen = fenetre.findChildren(DialogueCampagnes)[-1]
    choisir(fen.autre, "2023")
    for _ in range(5):
        QApplication.processEvents()
    assert defauts(fen) == []
    copier(fen, "2022", "Copie à moi")
    dialogue = editer(fen, "orientation.ars_de_depot")
    for _ in range(5):
        QApplication.processEvents()
    assert defauts(dialogue) == []
    dialogue.reject()
    for nom, bouton in fen.b_listes.items():
        bouton.click()
        element = fen.findChildren(DialogueElement)[-1]
        element.garder()
        for _ in range(5):
            QApplication.processEvents()
        assert defauts(element) == [], nom
        element.reject()
