"""The menu bar: what can be done, with its shortcuts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from esms_desktop.francais import NBSP
from ui import dialogues
from ui.journalisation import ouvrir_dossier_journal
from ui.registre import pages

if TYPE_CHECKING:
    from ui.fenetre import Fenetre


class Menus:
    """Fills the menus of the window and keeps the actions whose text or state changes.

    Args:
        fenetre: the window.
        menus: its four menus: file, edition, pages, help.
    """

    def __init__(self, fenetre: "Fenetre", menus: Sequence[QMenu]) -> None:
        self._fenetre = fenetre
        fichier, edition, aller, aide = menus
        self.de_base = [
            self._action(fichier, "&Nouveau dossier depuis FINESS…", fenetre.nouveau_finess, "Ctrl+N"),
            self._action(fichier, "Nouveau dossier &vide…", fenetre.nouveau_vide, "Ctrl+Shift+N"),
        ]
        self.de_base.append(
            self._action(fichier, "&Importer un dossier…", partial(dialogues.echanger, fenetre, "importer"))
        )
        # On the dossier that is open.
        self.de_fichier = [
            self._action(fichier, "&Exporter ce dossier…", partial(dialogues.echanger, fenetre, "exporter")),
            self._action(
                fichier,
                "Dupliquer pour une au&tre campagne…",
                partial(dialogues.echanger, fenetre, "dupliquer"),
            ),
            self._action(
                fichier, "&Fusionner avec une copie…", partial(dialogues.echanger, fenetre, "fusionner")
            ),
        ]
        fichier.addSeparator()
        self._action(fichier, "&Campagnes…", partial(dialogues.montrer_campagnes, fenetre))
        fichier.addSeparator()
        self._action(fichier, "&Ouvrir une autre base…", fenetre.changer_de_base, "Ctrl+O")
        self.de_base.append(
            self._action(fichier, "&Données personnelles…", partial(dialogues.montrer_donnees, fenetre))
        )
        fichier.addSeparator()
        self.de_base += [
            self._action(fichier, "&Sauvegardes…", lambda: fenetre.montrer_base("sauvegardes")),
            self._action(fichier, "&Protection…", lambda: fenetre.montrer_base("protection")),
            self._action(fichier, "&Réglages…", lambda: fenetre.montrer_base("reglages")),
            self._action(fichier, "Verrou&iller", fenetre.verrouiller, "Ctrl+L"),
        ]
        fichier.addSeparator()
        self._action(fichier, "&Quitter", fenetre.close, "Ctrl+Q")
        self.annuler = self._action(edition, "&Annuler", fenetre.annuler, "Ctrl+Z")
        self.retablir = self._action(edition, "&Rétablir", fenetre.retablir, "Ctrl+Y", "Ctrl+Shift+Z")
        edition.addSeparator()
        self.de_base.append(self._action(edition, "Re&chercher", fenetre.rechercher, "Ctrl+F"))
        self.de_base.append(
            self._action(edition, "Cor&beille…", partial(dialogues.montrer_corbeille, fenetre))
        )
        self.saisies = self._action(edition, "&Saisies gardées…", fenetre.montrer_saisies)
        self.de_base.append(self._action(aller, "&Portefeuille", fenetre.montrer_portefeuille, "Ctrl+1"))
        self.de_dossier = [
            # Ten digits for shortcuts: pages further down the sidebar have none.
            self._action(
                aller,
                p.titre,
                self._vers(p.cle),
                *([f"Ctrl+{i % 10}"] if i <= 10 else []),
            )
            for i, p in enumerate(pages(), start=2)
        ]
        self._action(aide, "&Guide et définitions", partial(dialogues.montrer_aide, fenetre), "F1")
        self._action(aide, "Ouvrir le dossier du &journal", ouvrir_dossier_journal)
        self._action(aide, "À &propos", partial(dialogues.montrer_a_propos, fenetre))
        self.actualiser(None, None, base=False, dossier=False)

    def _vers(self, cle: str) -> Callable[[], object]:
        return lambda: self._fenetre.montrer_page(cle)

    def actualiser(
        self, annuler: str | None, retablir: str | None, base: bool, dossier: bool, saisies: int = 0
    ) -> None:
        """Enables what can be done and names what would be undone or redone; `saisies`: texts kept out of the base."""
        self.saisies.setEnabled(bool(saisies))
        self.saisies.setText(f"&Saisies gardées ({saisies})…" if saisies else "&Saisies gardées…")
        for action, verbe, libelle in (
            (self.annuler, "&Annuler", annuler),
            (self.retablir, "&Rétablir", retablir),
        ):
            action.setEnabled(libelle is not None)
            nom = (libelle or "").replace("&", "&&")
            action.setText(f"{verbe} «{NBSP}{nom}{NBSP}»" if nom else verbe)
        for action in self.de_base:
            action.setEnabled(base)
        for action in (*self.de_dossier, *self.de_fichier):
            action.setEnabled(dossier)

    def _action(self, menu: QMenu, texte: str, slot: Callable[[], object], *raccourcis: str) -> QAction:
        action = QAction(texte, self._fenetre)
        action.setShortcuts([QKeySequence(r) for r in raccourcis])
        action.triggered.connect(lambda _=False: slot())
        menu.addAction(action)
        return action
