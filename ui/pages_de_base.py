"""The pages of the base itself in the window: shown over the work, left the way they came; what they ask of the window is done here."""

from importlib import import_module
from typing import TYPE_CHECKING

from esms_desktop.errors import ErreurEsms

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from esms_desktop.base.seance import Cle
    from ui.fenetre import Fenetre
    from ui.pages.base.page_base import PageBase

_CLASSES = {
    "sauvegardes": "ui.pages.base.sauvegardes:PageSauvegardes",
    "protection": "ui.pages.base.protection:PageProtection",
    "reglages": "ui.pages.base.reglages:PageReglages",
}


class PagesDeBase:
    """The pages made so far of the base that is open."""

    def __init__(self, fenetre: "Fenetre") -> None:
        self._fenetre = fenetre
        self.pages: dict[str, PageBase] = {}
        self._avant: QWidget | None = None

    def montrer(self, cle: str) -> "PageBase | None":
        """Shows one of them by its key; None without a base."""
        fenetre = self._fenetre
        if fenetre.contexte is None or fenetre.contexte.base.cle is None:
            return None
        page = self.pages.get(cle)
        if page is None:
            page = self._creer(cle)
        courante = fenetre.pile.currentWidget()
        if courante not in self.pages.values():
            self._avant = courante
        page.bandeau.fermer()
        page.rafraichir()
        fenetre.pile.setCurrentWidget(page)
        return page

    def _creer(self, cle: str) -> "PageBase":
        fenetre = self._fenetre
        module, nom = _CLASSES[cle].split(":")
        page: PageBase = getattr(import_module(module), nom)(fenetre.contexte)
        page.retour.connect(self.revenir)
        page.autre.connect(self.montrer)
        if cle == "protection":
            page.montrer_code.connect(self.montrer_code)  # type: ignore[attr-defined]
            page.changer_code.connect(self._changer_code)  # type: ignore[attr-defined]
        if cle == "reglages":
            page.verrouiller.connect(fenetre.verrouiller)  # type: ignore[attr-defined]
            page.change.connect(fenetre.verrou.surveiller)  # type: ignore[attr-defined]
        self.pages[cle] = page
        fenetre.pile.addWidget(page)
        fenetre.batie.emit()
        return page

    def restaurer(self, fichier: str) -> None:
        """Looks at a backup that the person opened from elsewhere."""
        from pathlib import Path

        page = self.montrer("sauvegardes")
        if page is not None:
            page.restaurer.proposer(Path(fichier))  # type: ignore[attr-defined]

    def revenir(self) -> None:
        """Back to what was shown before."""
        avant = self._avant or self._fenetre.portefeuille
        if avant is not None:
            self._fenetre.pile.setCurrentWidget(avant)

    def oublier(self) -> None:
        """The base closes: its pages go."""
        for page in self.pages.values():
            self._fenetre.pile.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self._avant = None

    def montrer_code(self, code: str) -> None:
        """Shows a recovery code until the person holds its sheet."""
        from ui.pages.base.code_secours import DialogueCode

        fenetre = self._fenetre
        if fenetre.contexte is None:
            return
        dialogue = DialogueCode(fenetre.contexte, code, fenetre)
        dialogue.confirme.connect(self._code_confirme)
        dialogue.rejected.connect(self._code_remis)
        dialogue.finished.connect(dialogue.deleteLater)
        dialogue.open()

    def _code_confirme(self) -> None:
        self._fenetre.bandeau.montrer(
            "Le code de secours est sur votre feuille, et plus nulle part ailleurs. Rangez-la loin de l’ordinateur.",
            "ok",
        )
        for page in self.pages.values():
            page.rafraichir()

    def _code_remis(self) -> None:
        self._fenetre.bandeau.montrer(
            "Le code de secours n’est pas encore sur une feuille\u00a0: il sera montré de nouveau au prochain démarrage.",
            "warn",
            ("Le montrer", self.demander_le_code),
        )

    def demander_le_code(self) -> bool:
        """Shows the code that waits to be on a sheet; False when none does."""
        from esms_desktop.base.cles import a_confirmer

        contexte = self._fenetre.contexte
        if contexte is None or contexte.base.cle is None or contexte.base.lecture_seule:
            return False
        try:
            code = a_confirmer(contexte.base.chemin, contexte.base.cle)
        except ErreurEsms as e:
            self._fenetre.bandeau.montrer(str(e), "bad")
            return False
        if code is None:
            self._dire_sans_code()
            return False
        self.montrer_code(code)
        return True

    def _dire_sans_code(self) -> None:
        """A base made before there were codes: told once at each opening, until it has one."""
        from esms_desktop.base.cles import etat_des_cles

        contexte = self._fenetre.contexte
        if contexte is None or "code" in etat_des_cles(contexte.base.chemin, contexte.base.cle).ouvrent:
            return
        self._fenetre.bandeau.montrer(
            "Cette base n’a pas de code de secours\u00a0: si sa clé est perdue, plus rien ne l’ouvre.",
            "warn",
            ("En créer un…", lambda: self.montrer("protection")),
        )

    def _changer_code(self) -> None:
        from ui.ouverture import hors_base

        def changer(chemin: "Path", cle: "Cle") -> "Cle":
            from esms_desktop.base.cles import changer_le_code

            return changer_le_code(chemin, cle)

        hors_base(self._fenetre, "Changement du code de secours", changer)
