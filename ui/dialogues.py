"""The windows that the menus open over the main one, whatever page is shown."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.fenetre import Fenetre


def montrer_corbeille(fenetre: "Fenetre") -> None:
    """Shows what was removed from the dossier that is open, or from the base."""
    if fenetre.contexte is not None:
        from ui.pages.base.corbeille import DialogueCorbeille

        ouvert = fenetre.dossier.dossier_id if fenetre.dossier is not None else 0
        DialogueCorbeille(fenetre.contexte, ouvert or None, fenetre).open()


def montrer_donnees(fenetre: "Fenetre") -> None:
    """Shows what can be asked of the personal data of the base."""
    if fenetre.contexte is not None and fenetre.contexte.base.cle is not None:
        from ui.pages.base.donnees_personnelles import DialogueDonnees

        DialogueDonnees(fenetre.contexte, fenetre.contexte.base.cle, fenetre).open()


def montrer_campagnes(fenetre: "Fenetre") -> None:
    """Shows the campaigns, to read, compare, copy and change them."""
    from ui.pages.campagnes.page import DialogueCampagnes

    def changees() -> None:
        if fenetre.contexte is not None:
            fenetre.contexte.relire_tout()

    jour = fenetre.contexte.jour() if fenetre.contexte is not None else date.today()
    dialogue = DialogueCampagnes(jour, parent=fenetre)
    dialogue.change.connect(changees)
    dialogue.open()


def montrer_aide(fenetre: "Fenetre") -> None:
    """Shows the guide."""
    from ui.aide import DialogueAide

    DialogueAide(fenetre).open()


def montrer_a_propos(fenetre: "Fenetre") -> None:
    """Says what the application is."""
    from ui import aide

    aide.montrer_a_propos(fenetre)


def echanger(fenetre: "Fenetre", acte: str, dossier_id: int = 0) -> None:
    """Does an act on the file of a dossier: "importer", or on the one given, else the one open, "exporter", "dupliquer", "fusionner"."""
    if fenetre.contexte is None:
        return
    from ui.pages.echanges.dossiers import EchangesDossier

    bandeau = fenetre.bandeau
    echanges = EchangesDossier(
        fenetre.contexte,
        fenetre,
        lambda phrase: bandeau.montrer(phrase, "ok"),
        lambda phrase: bandeau.montrer(phrase, "bad"),
        fenetre.ouvrir_dossier,
    )
    ouvert = dossier_id or (fenetre.dossier.dossier_id if fenetre.dossier is not None else 0)
    if acte == "importer":
        echanges.importer()
    elif ouvert:
        {"exporter": echanges.exporter, "dupliquer": echanges.dupliquer, "fusionner": echanges.fusionner}[
            acte
        ](ouvert)
