"""An edit carries the value it saw: what someone else wrote meanwhile is shown beside it, and the person chooses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from esms_desktop import model
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.gestes import preparation
from esms_desktop.lecture import Dossier, Essms, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.constats import Page
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.registre import VUE_ENSEMBLE
from ui.widgets.champs.champ import Champ
from ui.widgets.conflit import DialogueConflit


class Deux:
    """A window on a base, and another program that writes in it."""

    def __init__(self, fenetre: Fenetre, la_bas: Porte, cle: int) -> None:
        self.fenetre, self.la_bas, self.cle = fenetre, la_bas, cle
        assert fenetre.contexte is not None
        self.contexte: Contexte = fenetre.contexte

    def dossier(self) -> Dossier:
        return self.contexte.lecture(self.cle).dossier

    def ailleurs(self, ecrire: Callable[[Porte, Dossier], object]) -> None:
        """Someone else writes; the window does not know yet."""
        ecrire(self.la_bas, self.base())

    def base(self) -> Dossier:
        """What the base holds, whoever wrote."""
        lu = self.la_bas.lire(self.cle)
        assert lu is not None
        return lu

    def page(self, cle: str) -> Any:
        self.fenetre.ouvrir_dossier(self.cle, cle)
        self.fenetre.activateWindow()
        QApplication.processEvents()
        assert self.fenetre.dossier is not None
        return self.fenetre.dossier.page

    def conflit(self) -> DialogueConflit | None:
        return next((d for d in self.fenetre.findChildren(DialogueConflit) if d.isVisible()), None)


@pytest.fixture
def deux(tmp_path: Path, habillee: Any, qtbot: Any) -> Iterator[Deux]:
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as une, ouvrir(tmp_path / "base.sqlite", cle) as autre:
        dossier = creer_exemple(une)
        f = Fenetre()
        f.resize(1280, 800)
        f.show()
        f.installer(Contexte(une, lambda: JOUR, f))
        yield Deux(f, autre, dossier.id)
        if f.contexte is not None:
            f.contexte.taches.arreter()
        f.close()
        f.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _textes(dialogue: DialogueConflit) -> str:
    return " ".join(dialogue.valeurs.phrases)


# Where one types a value, what another window writes there meanwhile, what one wanted: (page, open, its field).
def _champ_du_dossier(d: Deux) -> Champ[Any]:
    champ: Champ[Any] = d.page(VUE_ENSEMBLE).projet.champs["hebergement"]
    return champ


def _champ_de_l_og(d: Deux) -> Champ[Any]:
    page = d.page(Page.GRAPPE)
    page.ogs.aller(d.dossier().ogs[1].id, "representant_nom")
    champ: Champ[Any] = page.ogs.fiche.formulaire.champs["representant_nom"]
    return champ


def _champ_de_l_essms(d: Deux) -> Champ[Any]:
    page = d.page(Page.GRAPPE)
    page.montrer_onglet(1)
    page.essms.aller(d.dossier().essms[2].id, "commune")
    champ: Champ[Any] = page.essms.fiche.formulaire.champs["commune"]
    return champ


CHAMPS: dict[str, tuple[Callable[[Deux], Champ[Any]], Callable[[Dossier], Any], str]] = {
    "dossier": (_champ_du_dossier, lambda d: d, "hebergement"),
    "og": (_champ_de_l_og, lambda d: d.ogs[1], "representant_nom"),
    "essms": (_champ_de_l_essms, lambda d: d.essms[2], "commune"),
}


def _taper(champ: Champ[Any], texte: str) -> None:
    champ.viser()
    QApplication.processEvents()
    assert champ.saisie.hasFocus()
    champ.saisie.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(champ.saisie, texte)


@pytest.mark.parametrize("quoi", CHAMPS)
@pytest.mark.parametrize("relue", [False, True], ids=["pas-encore-relue", "relue-pendant-la-frappe"])
@pytest.mark.parametrize("choix", ["la mienne", "la leur", "plus tard"])
def test_la_valeur_changee_pendant_la_frappe_se_montre_et_se_choisit(
    deux: Deux, quoi: str, relue: bool, choix: str
) -> None:
    trouver, ligne, nom = CHAMPS[quoi]
    champ = trouver(deux)
    _taper(champ, "Le mien")
    deux.ailleurs(lambda porte, d: porte.modifier(ligne(d), **{nom: "Le leur"}))
    if relue:
        deux.contexte.suivre_la_base()
        QApplication.processEvents()
        assert champ.texte_saisi() == "Le mien"
    assert not champ.valider()
    dialogue = deux.conflit()
    assert dialogue is not None and champ.texte_saisi() == "Le mien"
    assert "Le leur" in _textes(dialogue) and "Le mien" in _textes(dialogue)
    assert getattr(ligne(deux.base()), nom) == "Le leur", "nothing was written over it"
    QApplication.processEvents()
    if choix == "la mienne":
        dialogue.mettre.click()
    elif choix == "la leur":
        dialogue.garder.click()
    else:
        QTest.keyClick(dialogue, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert deux.conflit() is None
    voulu = "Le mien" if choix == "la mienne" else "Le leur"
    assert getattr(ligne(deux.base()), nom) == voulu
    if choix != "plus tard":
        assert champ.texte_saisi() == voulu and champ.erreur.isHidden()
        return
    assert champ.texte_saisi() == "Le mien" and not champ.erreur.isHidden()
    (bouton,) = [b for b in deux.fenetre.bandeau.findChildren(QPushButton) if b.text() == "Décider…"]
    assert "entre-temps" in deux.fenetre.bandeau.texte.text()
    bouton.click()
    repris = deux.conflit()
    assert repris is not None
    repris.mettre.click()
    assert getattr(ligne(deux.base()), nom) == "Le mien"


def test_ce_qui_dit_deja_ce_qu_on_voulait_ne_demande_rien(deux: Deux) -> None:
    champ = _champ_du_dossier(deux)
    _taper(champ, "Pareil")
    deux.ailleurs(lambda porte, d: porte.modifier(d, hebergement="Pareil"))
    assert champ.valider() and deux.conflit() is None


def test_une_autre_colonne_de_la_meme_ligne_ne_gene_pas(deux: Deux) -> None:
    champ = _champ_de_l_essms(deux)
    _taper(champ, "Melun")
    deux.ailleurs(lambda porte, d: porte.modifier(d.essms[2], capacite=77))
    assert champ.valider() and deux.conflit() is None
    ecrit = deux.dossier().essms[2]
    assert (ecrit.commune, ecrit.capacite) == ("Melun", 77)


@pytest.mark.parametrize("choix", ["la mienne", "la leur"])
@pytest.mark.parametrize("relue", [False, True], ids=["pas-encore-relue", "relue-pendant-la-frappe"])
def test_une_cellule_ouverte_aussi(deux: Deux, choix: str, relue: bool, qtbot: Any) -> None:
    page = deux.page(Page.PLANNING)
    tache = next(t for t in deux.dossier().taches if t.plan == Plan.PROJET and not t.jalon)
    page.montrer_tache(tache.id)
    colonne = next(i for i, c in enumerate(page.modele.colonnes) if c.titre == "Responsable")
    page.tableau.ouvrir_cellule(page.modele.ligne_de(tache.id), colonne)
    editeur = page.tableau.viewport().findChild(QLineEdit)
    editeur.selectAll()
    QTest.keyClicks(editeur, "Moi")
    deux.ailleurs(
        lambda porte, d: porte.modifier(next(t for t in d.taches if t.id == tache.id), responsable="Eux")
    )
    if relue:
        # Rows come and go too: the editor stays open, with what is typed.
        deux.ailleurs(
            lambda porte, d: porte.retirer(
                next(t for t in d.taches if t.plan == Plan.DEPLOIEMENT), libelle="R"
            )
        )
        deux.contexte.suivre_la_base()
        qtbot.wait(30)
        assert editeur.text() == "Moi"
    QTest.keyClick(editeur, Qt.Key.Key_Return)
    # Qt commits a cell at the next turn.
    QApplication.processEvents()
    dialogue = deux.conflit()
    assert dialogue is not None and "Eux" in _textes(dialogue) and "Moi" in _textes(dialogue)
    (dialogue.mettre if choix == "la mienne" else dialogue.garder).click()
    QApplication.processEvents()
    ecrite = deux.dossier().trouver(Tache, tache.id)
    assert ecrite is not None and ecrite.responsable == ("Moi" if choix == "la mienne" else "Eux")


def test_un_collage_entier_attend_la_reponse_et_se_refait_entier(deux: Deux) -> None:
    contexte = deux.contexte
    vus = deux.dossier().essms[:3]
    deux.ailleurs(lambda porte, d: porte.modifier(d.essms[1], capacite=12))
    assert not contexte.modifier_tous([(e, {"capacite": 99}) for e in vus], "Coller")
    assert [e.capacite for e in deux.dossier().essms[:3]] != [99] * 3, "all or none"
    dialogue = deux.conflit()
    assert dialogue is not None and _textes(dialogue).count("Votre saisie") == 1
    # Another write comes between the question and the answer: it is asked again, with both.
    deux.ailleurs(lambda porte, d: porte.modifier(d.essms[2], capacite=13))
    dialogue.mettre.click()
    QApplication.processEvents()
    second = deux.conflit()
    assert second is not None and "13" in _textes(second)
    second.mettre.click()
    assert [e.capacite for e in deux.dossier().essms[:3]] == [99] * 3
    assert contexte.base.libelle_annuler == "Coller"
    contexte.annuler()
    assert [e.capacite for e in deux.dossier().essms[1:3]] == [12, 13], (
        "undone in one step, to what they had written"
    )


def test_le_dialogue_se_mene_au_clavier_et_n_obeit_pas_a_entree(deux: Deux) -> None:
    champ = _champ_du_dossier(deux)
    _taper(champ, "Le mien")
    deux.ailleurs(lambda porte, d: porte.modifier(d, hebergement="Le leur"))
    champ.valider()
    dialogue = deux.conflit()
    assert dialogue is not None
    QApplication.processEvents()
    # Someone who types on presses Enter: nothing is chosen for her.
    QTest.keyClick(dialogue, Qt.Key.Key_Return)
    assert dialogue.isVisible()
    assert "Le leur" in dialogue.accessibleDescription() and "Le mien" in dialogue.accessibleDescription()
    parcourus = []
    for _ in range(4):
        QTest.keyClick(dialogue.focusWidget() or dialogue, Qt.Key.Key_Tab)
        parcourus.append(dialogue.focusWidget())
    assert {dialogue.tard, dialogue.garder, dialogue.mettre} <= set(parcourus)
    dialogue.mettre.setFocus()
    QTest.keyClick(dialogue.mettre, Qt.Key.Key_Return)
    assert deux.dossier().hebergement == "Le mien"


def test_le_meme_texte_de_document_reecrit_dans_deux_fenetres(deux: Deux, qtbot: Any) -> None:
    page = deux.page(Page.DOCUMENTS)
    page.modifier()
    editeur = page.editeur
    code, section = editeur._ligne.genere.code, editeur._section
    editeur.editeur.saisie.setPlainText("Ce que j’écris.")
    deux.ailleurs(
        lambda porte, d: porte.ajouter(_texte(d, code, section, "Ce qu’ils écrivent."), libelle="Leur texte")
    )
    assert not editeur.enregistrer()
    dialogue = deux.conflit()
    assert dialogue is not None
    assert "Ce qu’ils écrivent." in _textes(dialogue) and "Ce que j’écris." in _textes(dialogue)
    dialogue.garder.click()
    QApplication.processEvents()
    assert editeur.editeur.texte() == "Ce qu’ils écrivent."
    editeur.editeur.saisie.setPlainText("Ce que j’écris ensuite.")
    deux.ailleurs(lambda porte, d: porte.modifier(d.textes[-1], texte="Encore eux."))
    deux.contexte.suivre_la_base()
    QApplication.processEvents()
    assert editeur.editeur.texte() == "Ce que j’écris ensuite.", "what is typed stays"
    assert not editeur.enregistrer()
    dialogue = deux.conflit()
    assert dialogue is not None
    dialogue.mettre.click()
    assert [t.texte for t in deux.dossier().textes if t.section == section] == ["Ce que j’écris ensuite."]


def _texte(d: Dossier, code: str, section: str, texte: str) -> Any:
    return model.TexteDocument(dossier_id=d.id, document=code, section=section, texte=texte)


Repondre = Callable[[Contexte, Dossier], bool]


def _point(contexte: Contexte, d: Dossier) -> bool:
    return contexte.reussir(None, preparation.point, d, "objectifs-grappe", "Pilotage", commentaire="Moi")


def _autodiagnostic(contexte: Contexte, d: Dossier) -> bool:
    return contexte.reussir(None, preparation.autodiagnostic, d.ogs[0], "cyber", resultat="Moi")


# A row that the first answer makes: what I answer, what they answered before, where it reads.
PREMIERES: dict[str, tuple[Repondre, Callable[[Dossier], Any], Callable[[Dossier], list[str]]]] = {
    "point": (
        _point,
        lambda d: model.PointPreparation(dossier_id=d.id, code="objectifs-grappe", commentaire="Eux"),
        lambda d: [p.commentaire for p in d.points_preparation if p.code == "objectifs-grappe"],
    ),
    "autodiagnostic": (
        _autodiagnostic,
        lambda d: model.Autodiagnostic(og_id=d.ogs[0].id, genre="cyber", resultat="Eux"),
        lambda d: [a.resultat for a in d.ogs[0].autodiagnostics if a.genre == "cyber"],
    ),
}


@pytest.mark.parametrize("quoi", PREMIERES)
def test_une_premiere_reponse_donnee_des_deux_cotes(deux: Deux, quoi: str) -> None:
    repondre, la_leur, lire = PREMIERES[quoi]
    for fait in (*deux.dossier().points_preparation, *deux.dossier().ogs[0].autodiagnostics):
        deux.contexte.retirer(fait, libelle="Vider")
    vu = deux.dossier()
    assert lire(vu) == []
    deux.ailleurs(lambda porte, d: porte.ajouter(la_leur(d), libelle="Répondre"))
    assert not repondre(deux.contexte, vu)
    dialogue = deux.conflit()
    assert dialogue is not None and "Eux" in _textes(dialogue) and "Moi" in _textes(dialogue)
    dialogue.mettre.click()
    assert lire(deux.dossier()) == ["Moi"]


def test_les_valeurs_se_disent_en_mots(deux: Deux) -> None:
    vu = deux.dossier()
    essms = vu.essms[0]
    deux.ailleurs(
        lambda porte, d: porte.modifier(
            d.essms[0], solution_id=None, financement_europeen=True, departement="92"
        )
    )
    assert not deux.contexte.modifier(
        essms, solution_id=vu.solutions[0].id, financement_europeen=None, departement="93"
    )
    dialogue = deux.conflit()
    assert dialogue is not None
    dit = _textes(dialogue)
    for mot in ("Oui", "Non répondu", "Hauts-de-Seine", "Seine-Saint-Denis", essms.nom):
        assert mot in dit, mot
    assert isinstance(deux.dossier().trouver(Essms, essms.id), Essms)
    dialogue.reject()
