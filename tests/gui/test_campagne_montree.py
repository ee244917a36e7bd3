"""What the window says of a campaign: whether it is open, whom to ask."""

from datetime import date

import pytest

from esms_desktop.model import Dossier
from esms_desktop.regles.constats import Page
from esms_desktop.store.porte import Porte
from tests.gui.marcheur import defauts
from ui.contexte import Contexte
from ui.fenetre import Fenetre
from ui.pages.accueil.nouveau import DialogueVide
from ui.pages.depot.page import PageDepot
from ui.pages.recevabilite.page import PageRecevabilite


@pytest.mark.parametrize(
    ("jour", "proposee", "dit"),
    [
        (date(2023, 6, 1), "2023", ""),
        (date(2024, 1, 2), "2024", "n’est pas encore ouverte"),
        (date(2025, 3, 3), "2025", "ne sont pas connues"),
        (date(2026, 11, 27), "2025", "est close"),
    ],
)
def test_un_nouveau_dossier_recoit_la_campagne_ouverte_sinon_on_le_dit(
    porte: Porte, qtbot: object, jour: date, proposee: str, dit: str
) -> None:
    contexte = Contexte(porte, jour=lambda: jour)
    dialogue = DialogueVide(contexte)
    dialogue.show()
    assert dialogue.campagne.valeur == proposee
    assert dialogue.ouverture.isHidden() is (not dit) and dit in dialogue.ouverture.text()
    assert not defauts(dialogue)
    # The sentence follows the campaign that is chosen.
    valeurs = [dialogue.campagne.liste.itemText(i) for i in range(dialogue.campagne.liste.count())]
    dialogue.campagne.liste.setCurrentIndex(valeurs.index("ESMS numérique 2022, généralisation"))
    dialogue.campagne.valider()
    assert ("est close" in dialogue.ouverture.text()) is (jour.year > 2022)
    dialogue.close()
    contexte.fermer()


def test_les_contacts_se_lisent_la_ou_l_on_confirme_et_depose(
    fenetre: Fenetre, porte: Porte, exemple: Dossier
) -> None:
    porte.modifier(exemple, campagne_id="2023-ile-de-france")
    fenetre.ouvrir_dossier(exemple.id, Page.DEPOT)
    assert fenetre.dossier is not None
    depot = fenetre.dossier.montrer(Page.DEPOT)
    recevabilite = fenetre.dossier.montrer(Page.RECEVABILITE)
    assert isinstance(depot, PageDepot) and isinstance(recevabilite, PageRecevabilite)
    vus = [*fenetre.findChildren(type(recevabilite.orientation.contacts))]
    assert len(vus) == 2
    for contacts in vus:
        assert "mailto:ars-idf-si-esms@ars.sante.fr" in contacts.text() and "KIT § 7" in contacts.text()
    # A national campaign names nobody: nothing is shown, no region's address leaks.
    porte.modifier(exemple, campagne_id="2023")
    recevabilite = fenetre.dossier.montrer(Page.RECEVABILITE)
    recevabilite.rafraichir()
    assert recevabilite.orientation.contacts.isHidden() and not recevabilite.orientation.contacts.text()
