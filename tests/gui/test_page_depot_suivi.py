"""After the filing: the log and its archives, what changed, the copy sheet of GALIS, the complements."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from esms_desktop.depot import galis
from esms_desktop.documents.arbre.arbre import Document, Paragraphe
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Complement, Dossier
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.gui import exemples
from tests.gui.conftest import JOUR
from tests.gui.marcheur import defauts
from ui.fenetre import Fenetre
from ui.pages.depot.envoi import DialoguePieces
from ui.pages.depot.modele_suivi import reste
from ui.pages.depot.page import PageDepot


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PageDepot:
    fenetre.ouvrir_dossier(dossier.id, Page.DEPOT)
    assert fenetre.dossier is not None
    page = fenetre.dossier.montrer(Page.DEPOT)
    assert isinstance(page, PageDepot)
    return page


@pytest.fixture
def page(fenetre: Fenetre, exemple: Dossier) -> PageDepot:
    """The page of the sample dossier, in the window."""
    return ouvrir(fenetre, exemple)


def relire(porte: Porte, dossier: Dossier) -> Dossier:
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None
    return relu


def poser(page: PageDepot, qtbot: Any) -> None:
    for _ in range(3):
        qtbot.waitUntil(lambda: not page.contexte.taches.en_cours, timeout=120_000)
        for _ in range(6):
            QApplication.processEvents()


def produire(page: PageDepot, sortie: Path, qtbot: Any) -> None:
    page.produire_dans(sortie)
    poser(page, qtbot)
    assert not page.bandeau.isHidden()


def joindre(porte: Porte, dossier: Dossier, numero: int, nom: str) -> None:
    octets = rendre(Document("p", nom, "", "essai", "essai", (Paragraphe(nom),)), JOUR).octets
    porte.joindre(dossier, numero, nom, ".pdf", octets, pages=1)


def test_le_depot_est_inscrit_avec_son_archive_exacte(
    page: PageDepot, porte: Porte, exemple: Dossier, tmp_path: Path, qtbot: Any
) -> None:
    page.montrer(2)
    assert page.journal.vide.isVisible()
    produire(page, tmp_path / "depot", qtbot)
    [fait] = relire(porte, exemple).depots
    archive = (tmp_path / "depot" / "depot.zip").read_bytes()
    assert fait.sha256 == hashlib.sha256(archive).hexdigest()
    page.montrer(2)
    journal = page.journal
    assert journal.carte.isVisible() and journal.modele.rowCount() == 1
    assert journal.modele.index(0, 1).data() == "Incomplet"
    journal.enregistrer_vers(tmp_path / "copie.zip")
    poser(page, qtbot)
    assert (tmp_path / "copie.zip").read_bytes() == archive
    page.bandeau.fermer()
    journal.enregistrer_vers(tmp_path / "absent" / "copie.zip")
    poser(page, qtbot)
    assert "n’a pas pu être écrit" in page.bandeau.texte.text()
    journal.date.saisie.setText("02/06/2023")
    assert journal.date.valider()
    journal.accuse.saisie.setText("GAL-2023-0042")
    assert journal.accuse.valider()
    [fait] = relire(porte, exemple).depots
    assert (fait.depose_le, fait.accuse) == (date(2023, 6, 2), "GAL-2023-0042")
    poser(page, qtbot)
    assert journal.modele.index(0, 5).data() == "GAL-2023-0042"
    for _ in range(3):
        page.contexte.annuler()
    assert relire(porte, exemple).depots == []


def test_ce_qui_change_depuis_le_dernier_depot_se_dit(
    page: PageDepot, porte: Porte, exemple: Dossier, tmp_path: Path, qtbot: Any
) -> None:
    assert page.changements.isHidden()
    produire(page, tmp_path / "depot", qtbot)
    assert not page.changements.isHidden()
    assert page.changements.badge.texte == "À jour"
    joindre(porte, relire(porte, exemple), 9, "rib.pdf")
    poser(page, qtbot)
    assert "1\u00a0changement" in page.changements.badge.texte
    assert "«\u00a0rib.pdf\u00a0» a été joint" in page.changements.texte.text()


def test_les_limites_inconnues_sont_dites(page: PageDepot) -> None:
    assert page.bundle.limites.text().count("aucune limite connue") == 2


def test_la_liste_de_depot_dit_ou_en_est_chaque_etape(page: PageDepot) -> None:
    page.contexte.fil.finir()
    lignes = {x.titre.text(): x.badge.texte for x in page.galis.lignes}
    assert len(lignes) == 7
    assert lignes["Le financeur à choisir est connu"] == "Fait"
    assert lignes["Les pièces obligatoires sont réunies"] == "À faire"
    assert lignes["Les pièces complémentaires demandées sont déposées"] == "Sans objet"


def test_la_fiche_galis_copie_chaque_valeur_et_chaque_tableau(
    page: PageDepot, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    page.montrer(1)
    ecrans = galis.fiche(exemple, page.lecture().campagne, JOUR)
    cartes = page.fiche.cartes
    assert [c.titre.text() for c in cartes] == [f"{i}. {e.titre}" for i, e in enumerate(ecrans, 1)]
    for carte, ecran in zip(cartes, ecrans, strict=True):
        for bouton, champ in zip(carte.boutons, ecran.champs, strict=True):
            assert bouton.accessibleName() == f"Copier\u00a0: {champ.libelle}"
            assert bouton.isEnabled() == bool(champ.copie)
            if bouton.isEnabled():
                bouton.click()
                assert QGuiApplication.clipboard().text() == champ.copie
        carte.copier_tout.click()
        assert QGuiApplication.clipboard().text().replace("\r\n", "\n") == galis.tsv(ecran).replace(
            "\r\n", "\n"
        )
    assert any(c.tableau is not None for c in cartes)
    page.contexte.modifier(relire(porte, exemple), "Renommer", nom="Autre nom")
    poser(page, qtbot)
    assert any(b.text() == "Autre nom" for c in page.fiche.cartes for b in c.findChildren(type(c.titre)))


def test_un_complement_se_note_se_produit_et_se_repond(
    page: PageDepot, porte: Porte, exemple: Dossier, tmp_path: Path, qtbot: Any
) -> None:
    page.montrer(3)
    panneau = page.complements
    assert panneau.vide.isVisible()
    panneau.vide.bouton.click()
    poser(page, qtbot)
    assert page.onglets.boutons[3].text().replace("&", "") == "Compléments (1)"
    panneau.numero.liste.setCurrentIndex(9)
    assert panneau.numero.valider()
    panneau.demande.saisie.setPlainText("Le RIB est illisible.")
    assert panneau.demande.valider()
    panneau.echeance.saisie.setText("05/06/2023")
    assert panneau.echeance.valider()
    poser(page, qtbot)
    [complement] = relire(porte, exemple).complements
    assert (complement.numero, complement.demande, complement.echeance) == (
        9,
        "Le RIB est illisible.",
        date(2023, 6, 5),
    )
    assert panneau.badge.texte == "Dans 4\u00a0jours"
    assert "dans 4\u00a0jours" in panneau.phrase.text()
    # Nothing answers yet: said, nothing written.
    page.produire_complement_dans(complement.id, tmp_path / "vide")
    poser(page, qtbot)
    assert page.bandeau.property("genre") == "bad"
    assert not (tmp_path / "vide").exists()
    joindre(porte, relire(porte, exemple), 9, "rib lisible.pdf")
    poser(page, qtbot)
    page.produire_complement_dans(complement.id, tmp_path / "reponse")
    poser(page, qtbot)
    assert "La réponse est écrite et relue" in page.bandeau.texte.text()
    relu = relire(porte, exemple)
    assert relu.complements[0].repondu_le == JOUR
    assert [d.complement_id for d in relu.depots] == [complement.id]
    assert (tmp_path / "reponse" / "pieces" / "09-rib.pdf").exists()
    page.montrer(3)
    assert panneau.badge.texte == "Répondu"
    with qtbot.waitSignal(page.demande_page) as recu:
        panneau.b_piece.click()
    assert recu.args[0] == Cible(Page.PIECES, "piece", 9)


def test_une_demande_retiree_revient(page: PageDepot, porte: Porte, exemple: Dossier, qtbot: Any) -> None:
    page.montrer(3)
    page.complements.ajouter()
    page.complements.b_retirer.click()
    assert relire(porte, exemple).complements == []
    page.contexte.annuler()
    assert len(relire(porte, exemple).complements) == 1


def test_une_demande_sans_piece_fait_choisir(
    page: PageDepot, porte: Porte, exemple: Dossier, qtbot: Any
) -> None:
    joindre(porte, exemple, 9, "rib.pdf")
    porte.ajouter(Complement(dossier_id=exemple.id, demande="Précisez", numero=None), libelle="Noter")
    poser(page, qtbot)
    page.montrer(3)
    vus: list[list[int]] = []

    def renoncer() -> None:
        dialogue = next(w for w in QApplication.topLevelWidgets() if isinstance(w, DialoguePieces))
        assert not dialogue.accord.isEnabled()
        dialogue.cases[9].setChecked(True)
        assert dialogue.accord.isEnabled()
        assert defauts(dialogue) == []
        vus.append(dialogue.choisies())
        dialogue.reject()

    QTimer.singleShot(100, renoncer)
    page.complements.b_produire.click()
    assert vus == [[9]]


@pytest.mark.parametrize(
    ("echeance", "repondu", "attendu"),
    [
        (None, None, ("Sans échéance", "neutre")),
        (date(2023, 5, 30), None, ("Passée depuis 2\u00a0jours", "bad")),
        (date(2023, 6, 1), None, ("Aujourd’hui", "warn")),
        (date(2023, 6, 30), None, ("Dans 29\u00a0jours", "info")),
        (date(2023, 5, 30), date(2023, 5, 29), ("Répondu", "ok")),
    ],
)
def test_le_compte_a_rebours(echeance: date | None, repondu: date | None, attendu: tuple[str, str]) -> None:
    assert reste(Complement(demande="", echeance=echeance, repondu_le=repondu), JOUR) == attendu


@pytest.mark.parametrize("echelle", [1.0, 1.25])
def test_rien_n_est_coupe_dans_les_vues(
    fenetre: Fenetre, porte: Porte, habillee: Any, echelle: float, qtbot: Any, tmp_path: Path
) -> None:
    habillee(echelle)
    dossier = exemples.exemple_long(porte)
    page = ouvrir(fenetre, dossier)
    produire(page, tmp_path / "depot", qtbot)
    porte.ajouter(
        Complement(
            dossier_id=dossier.id,
            demande="Une demande très longue. " * 12,
            numero=10,
            echeance=date(2023, 6, 3),
        ),
        libelle="Noter",
    )
    joindre(porte, relire(porte, dossier), 9, "un-nom-de-fichier-interminable-" * 3 + ".pdf")
    for rang in range(4):
        page.montrer(rang)
        poser(page, qtbot)
        assert [(rang, d) for d in defauts(fenetre)] == []
