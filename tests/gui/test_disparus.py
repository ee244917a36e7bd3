"""What a page shows is gone, removed elsewhere or by an undo: the page falls back to its list, says so, and loses nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from esms_desktop import model
from esms_desktop.exemples.dossier import JOUR, creer_exemple
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Page
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.pages.planning.tache import DialogueTache
from ui.pages.risques.fiche import DialogueRisque


class Deux(NamedTuple):
    """A window on a base, and another program that writes in it."""

    fenetre: Fenetre
    la_bas: Porte
    cle: int

    @property
    def contexte(self) -> Contexte:
        assert self.fenetre.contexte is not None
        return self.fenetre.contexte

    def dossier(self) -> Dossier:
        return self.contexte.lecture(self.cle).dossier

    def page(self, cle: str) -> Any:
        self.fenetre.ouvrir_dossier(self.cle, cle)
        self.fenetre.activateWindow()
        QApplication.processEvents()
        assert self.fenetre.dossier is not None
        return self.fenetre.dossier.page


@pytest.fixture
def deux(tmp_path: Path, habillee: Any, qapp: QApplication) -> Iterator[Deux]:
    cle = cle_jetable()
    with ouvrir(tmp_path / "base.sqlite", cle) as une, ouvrir(tmp_path / "base.sqlite", cle) as autre:
        dossier = creer_exemple(une)
        # What the sample has not: a demand of the ARS, a filing, a map of a structure.
        une.ajouter(
            model.Complement(dossier_id=dossier.id, demande="Le RIB signé", demande_le=JOUR, numero=9),
            model.Complement(dossier_id=dossier.id, demande="La convention", demande_le=JOUR, numero=3),
            libelle="Compléments",
        )
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


class Cas(NamedTuple):
    """A page that shows one object: how it is shown, what it is, whether it is still shown after."""

    page: Page
    montrer: Callable[[Any, Dossier], object]
    objet: Callable[[Dossier], Any]
    nom: Callable[[Any], str]
    encore: Callable[[Any], Any]


def _og(page: Any, d: Dossier) -> None:
    page.ogs.aller(d.ogs[2].id, "representant_nom")


def _essms(page: Any, d: Dossier) -> None:
    page.montrer_onglet(1)
    page.essms.aller(d.essms[4].id, "commune")


def _solution(page: Any, d: Dossier) -> None:
    page.montrer_onglet(2)
    page.solutions.aller(d.solutions[0].id, "editeur")


def _contact(page: Any, d: Dossier) -> None:
    page.montrer_onglet(0)
    page.equipe.aller(d.contacts[1].id, "fonction")


def _piece(page: Any, d: Dossier) -> None:
    page.tableau.choisir_numero(d.fichiers[0].numero)
    page.panneau.choisir_fichier(d.fichiers[0].id)


def _signature(page: Any, d: Dossier) -> None:
    page.montrer(1)
    page.signatures.choisir("lettre-engagement", d.ogs[2].id)


def _lettre(page: Any, d: Dossier) -> None:
    page.tableau.choisir(page.modele.ligne_de(("lettre-engagement", d.ogs[2].id)))
    page.modifier()


def _risque(page: Any, d: Dossier) -> None:
    page.aller_au_risque(d.risques[0].id)
    page.ouvrir_risque(d.risques[0].id)


def _risque_au_registre(page: Any, d: Dossier) -> None:
    page.aller_au_risque(d.risques[1].id)


def _structure(page: Any, d: Dossier) -> None:
    page.montrer_onglet(1)
    page.structures.aller(d.essms[4].id)


def _tache(page: Any, d: Dossier) -> None:
    page.montrer_tache(d.taches[3].id)
    page.ouvrir_tache(d.taches[3].id)


def _tache_au_planning(page: Any, d: Dossier) -> None:
    page.montrer_tache(d.taches[5].id)


def _complement(page: Any, d: Dossier) -> None:
    page.montrer(3)
    page.complements.choisir(d.complements[0].id)


def _autodiagnostic(page: Any, d: Dossier) -> None:
    page.montrer_onglet(2)
    page.autodiagnostics.aller(d.ogs[2].id, "cyber")


def _brique(page: Any, d: Dossier) -> None:
    page.montrer_onglet(1)
    page.maturite.aller(d.ogs[2].id)


def _dialogue(genre: type[QDialog]) -> Callable[[Any], list[Any]]:
    return lambda page: [x for x in page.findChildren(genre) if x.isVisible()]


def _nom(objet: Any) -> str:
    return str(objet.nom)


def _og2(d: Dossier) -> Any:
    return d.ogs[2]


CAS: dict[str, Cas] = {
    "og": Cas(Page.GRAPPE, _og, _og2, _nom, lambda p: p.ogs.choisi().nom),
    "essms": Cas(Page.GRAPPE, _essms, lambda d: d.essms[4], _nom, lambda p: p.essms.choisi().nom),
    "solution": Cas(Page.GRAPPE, _solution, lambda d: d.solutions[0], _nom, lambda p: p.solutions.choisie()),
    "personne": Cas(
        Page.GOUVERNANCE, _contact, lambda d: d.contacts[1], _nom, lambda p: p.equipe.choisi().nom
    ),
    "fichier joint": Cas(
        Page.PIECES, _piece, lambda d: d.fichiers[0], _nom, lambda p: p.panneau.titre.text()
    ),
    "signature": Cas(Page.DOCUMENTS, _signature, _og2, _nom, lambda p: p.signatures.detail.titre.text()),
    "lettre": Cas(Page.DOCUMENTS, _lettre, _og2, lambda og: og.nom_court, lambda p: p.editeur.isVisible()),
    "risque": Cas(
        Page.RISQUES, _risque, lambda d: d.risques[0], lambda r: r.intitule, _dialogue(DialogueRisque)
    ),
    "risque du registre": Cas(
        Page.RISQUES,
        _risque_au_registre,
        lambda d: d.risques[1],
        lambda r: r.intitule,
        lambda p: p.grappe.registre.montre.nom,
    ),
    "structure": Cas(
        Page.RISQUES, _structure, lambda d: d.essms[4], _nom, lambda p: p.structures.titre.text()
    ),
    "tâche": Cas(Page.PLANNING, _tache, lambda d: d.taches[3], _nom, _dialogue(DialogueTache)),
    "tâche du planning": Cas(
        Page.PLANNING, _tache_au_planning, lambda d: d.taches[5], _nom, lambda p: p.montre.nom
    ),
    "complément": Cas(
        Page.DEPOT,
        _complement,
        lambda d: d.complements[0],
        lambda c: "RIB",
        lambda p: p.complements.detail.titre.text(),
    ),
    "autodiagnostic": Cas(
        Page.PREPARATION, _autodiagnostic, _og2, _nom, lambda p: p.autodiagnostics.og.text()
    ),
    "brique": Cas(Page.PREPARATION, _brique, _og2, _nom, lambda p: p.maturite.og.text()),
}


@pytest.mark.parametrize("quoi", CAS)
def test_ce_qui_est_parti_ailleurs_ramene_a_sa_liste_et_se_dit(deux: Deux, quoi: str) -> None:
    cas = CAS[quoi]
    page = deux.page(cas.page)
    vu = deux.dossier()
    cas.montrer(page, vu)
    QApplication.processEvents()
    objet = cas.objet(vu)
    nom = cas.nom(objet)
    assert nom in str(cas.encore(page)) or cas.encore(page), "it is shown"
    assert page.bandeau.isHidden()
    la_bas = deux.la_bas.lire(deux.cle)
    assert la_bas is not None
    deux.la_bas.retirer(cas.objet(la_bas), libelle="Retirer ailleurs")
    deux.contexte.suivre_la_base()
    for _ in range(3):
        QApplication.processEvents()
    assert page.bandeau.isVisible(), "it says so"
    dit = page.bandeau.texte.text().replace("\u200b", "")
    assert nom in dit and "n’est plus dans le dossier" in dit and "montré" in dit, dit
    assert not cas.encore(page) or nom not in str(cas.encore(page)), "nothing of it is shown any more"
    assert deux.fenetre.dossier is not None and deux.fenetre.dossier.page is page
    # And the page goes on.
    page.rafraichir()
    deux.contexte.fil.finir()


@pytest.mark.parametrize("quoi", ["og", "essms", "risque", "tâche"])
def test_ce_qu_on_y_ecrivait_se_dit_aussi(deux: Deux, quoi: str) -> None:
    cas = CAS[quoi]
    page = deux.page(cas.page)
    vu = deux.dossier()
    cas.montrer(page, vu)
    QApplication.processEvents()
    dialogues = cas.encore(page) if quoi in ("risque", "tâche") else ()
    vise = (dialogues[0] if dialogues else deux.fenetre).focusWidget()
    assert vise is not None
    vise.selectAll()
    QTest.keyClicks(vise, "Pas encore dit")
    la_bas = deux.la_bas.lire(deux.cle)
    assert la_bas is not None
    deux.la_bas.retirer(cas.objet(la_bas), libelle="Retirer ailleurs")
    echecs: list[str] = []
    deux.contexte.ecriture_echouee.connect(echecs.append)
    deux.contexte.suivre_la_base()
    for _ in range(3):
        QApplication.processEvents()
    dit = page.bandeau.texte.text().replace("\u200b", "")
    assert "Pas encore dit" in dit and "n’est pas enregistré" in dit, dit
    assert echecs == [], "nothing was tried on what is gone, nor on its neighbour"
    apres = deux.dossier()
    ecrits = [str(v) for t in apres.version.tables.values() for ligne in t.values() for v in ligne.values()]
    assert "Pas encore dit" not in ecrits


def test_une_annulation_aussi(deux: Deux) -> None:
    page = deux.page(Page.GRAPPE)
    page.ogs.nouveau()
    QApplication.processEvents()
    assert page.ogs.choisi().nom == "Nouvel organisme"
    deux.fenetre.annuler()
    for _ in range(3):
        QApplication.processEvents()
    assert "Nouvel organisme" in page.bandeau.texte.text() and page.bandeau.isVisible()
    assert page.ogs.choisi().nom != "Nouvel organisme"


def test_ce_que_l_on_retire_soi_meme_ne_s_explique_pas(deux: Deux) -> None:
    page = deux.page(Page.GRAPPE)
    page.montrer_onglet(1)
    essms = deux.dossier().essms[4]
    page.essms.aller(essms.id)
    assert page.essms._retires(essms, libelle="Retirer")
    for _ in range(3):
        QApplication.processEvents()
    assert page.bandeau.isHidden() and page.essms.choisi().id != essms.id


@pytest.mark.parametrize("page", [Page.RISQUES, Page.PLANNING])
def test_un_dossier_parti_ferme_ce_qui_etait_ouvert_et_ramene_au_portefeuille(
    deux: Deux, page: Page, qtbot: Any
) -> None:
    cas = CAS["risque" if page is Page.RISQUES else "tâche"]
    montree = deux.page(page)
    cas.montrer(montree, deux.dossier())
    assert cas.encore(montree)
    la_bas = deux.la_bas.lire(deux.cle)
    assert la_bas is not None
    deux.la_bas.retirer(la_bas, libelle="Supprimer")
    deux.contexte.suivre_la_base()
    for _ in range(3):
        QApplication.processEvents()
    assert deux.fenetre.pile.currentWidget() is deux.fenetre.portefeuille
    assert "n’existe plus" in deux.fenetre.bandeau.texte.text() and not cas.encore(montree)
