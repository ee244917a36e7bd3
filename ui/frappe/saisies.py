"""What the window does of the texts that are not in the base: said when they lose their place, asked of before it closes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from esms_desktop.errors import ErreurBase, ErreurEsms
from esms_desktop.francais import NBSP, accord, pluriel
from esms_desktop.regles.constats import Cible, Page
from ui.frappe.veille import Veille, trouver
from ui.widgets.question import Question

if TYPE_CHECKING:
    from esms_desktop.base.saisies import Saisie
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

# A text longer than this is told by its beginning.
_DEBUT = 160


class SaisiesDeFenetre(QObject):
    """The watch over what is typed in one window, and what is said of it.

    Args:
        fenetre: the window.
        contexte: its base.
    """

    def __init__(self, fenetre: "Fenetre", contexte: "Contexte") -> None:
        super().__init__(fenetre)
        self._fenetre, self._contexte = fenetre, contexte
        self.veille = Veille(contexte.base, self)
        self.veille.change.connect(fenetre.actualiser)
        self.veille.perdue.connect(self._dire_perdue)
        self.veille.refusee.connect(self._dire_refusee)
        if self.veille.gardees:
            # Once the portfolio is on screen.
            QTimer.singleShot(0, self, self.montrer)

    def fermer(self) -> None:
        """The base closes."""
        self.veille.fermer()
        self.deleteLater()

    def montrer(self) -> None:
        """Shows what is kept."""
        from ui.frappe.saisies_gardees import DialogueSaisies

        noms = {r.id: r.nom for r in self._contexte.base.resumes()}
        DialogueSaisies(self.veille, lambda cle: noms.get(cle, ""), self._remettre, self._fenetre).open()

    def tout_garder(self) -> None:
        """Saves what can be, keeps the rest for the next start; nothing is asked."""
        self.veille.enregistrer()
        try:
            self.veille.tout_garder()
        except ErreurBase:
            # Nobody is there to be told any more; the log is.
            import logging

            logging.getLogger(__name__).error("texts typed could not be kept at the end of the program")

    def quitter(self, faire: str) -> bool:
        """Saves what is typed; asks when some of it is refused; True to go on, what is refused being kept."""
        self.veille.enregistrer()
        attente = self.veille.en_attente(demandes=False)
        if attente and not self._demander(attente, faire):
            return False
        try:
            self.veille.tout_garder(demandes=False)
        except ErreurBase as e:
            return self._abandonner(e, attente or self.veille.gardees, faire)
        return True

    def _demander(self, attente: "list[Saisie]", faire: str) -> bool:
        n = len(attente)
        return self._question(
            f"{pluriel(n, 'saisie n’est pas enregistrée', 'saisies ne sont pas enregistrées')}",
            f"{accord(n, 'Elle a été refusée ou attend', 'Elles ont été refusées ou attendent')} encore. Vous pouvez "
            f"{faire}{NBSP}: {accord(n, 'elle sera gardée et vous sera rendue', 'elles seront gardées et vous seront rendues')} "
            "à la prochaine ouverture.",
            f"Garder et {faire}",
            "Revenir à la saisie",
            False,
            attente,
        )

    def _abandonner(self, refus: ErreurBase, saisies: "list[Saisie]", faire: str) -> bool:
        return self._question(
            "Ces textes n’ont pu être gardés nulle part",
            f"{refus} Copiez-les ailleurs avant de {faire}, ou libérez de la place et recommencez.",
            f"{faire.capitalize()} sans les garder",
            "Revenir à la saisie",
            True,
            saisies,
        )

    def _question(
        self, titre: str, texte: str, oui: str, non: str, danger: bool, saisies: "list[Saisie]"
    ) -> bool:
        question = Question(
            self._fenetre, titre, texte, oui, non, danger=danger, lignes=tuple(map(_ligne, saisies))
        )
        accord_donne = question.exec() == Question.DialogCode.Accepted
        question.deleteLater()
        return accord_donne

    def _remettre(self, saisie: "Saisie") -> bool:
        """Goes where a text was typed and puts it back, not saved yet; False when that place is no more."""
        try:
            self._fenetre.ouvrir_dossier(saisie.dossier, saisie.page)
            vue = self._fenetre.dossier
            if vue is None or vue.page is None:
                return False
            if saisie.table and any(saisie.page == p.value for p in Page):
                vue.page.aller_a(Cible(Page(saisie.page), saisie.table, saisie.cle, ""))
        except ErreurEsms:
            return False
        QApplication.processEvents()
        source = trouver(saisie, vue)
        if source is None:
            return False
        # Once the window of the kept texts is closed: the keyboard goes to the field.
        page = vue.page

        def rendre() -> None:
            source.rendre(saisie.texte)
            page.defilement.ensureWidgetVisible(source, 0, 60)

        QTimer.singleShot(0, source, rendre)
        return True

    def _dire_perdue(self, saisie: "Saisie") -> None:
        ou = f"«{NBSP}{saisie.champ}{NBSP}»" + (f" de «{NBSP}{saisie.de}{NBSP}»" if saisie.de else "")
        self._fenetre.bandeau.montrer(
            f"Ce que vous tapiez dans {ou} n’est pas enregistré\u00a0: l’endroit où vous l’écriviez n’est plus montré. "
            f"Le texte est gardé{NBSP}: «{NBSP}{_debut(saisie.texte)}{NBSP}».",
            "warn",
            ("Voir…", self.montrer),
        )

    def _dire_refusee(self, phrase: str) -> None:
        self._fenetre.bandeau.montrer(
            f"Ce que vous tapez n’est ni enregistré ni gardé à part. {phrase}", "bad"
        )


def _ligne(saisie: "Saisie") -> str:
    nom = f"{saisie.champ} — {saisie.de}" if saisie.de else saisie.champ
    return f"{nom}{NBSP}: «{NBSP}{_debut(saisie.texte)}{NBSP}»"


def _debut(texte: str) -> str:
    plat = " ".join(texte.split())
    return plat if len(plat) <= _DEBUT else plat[:_DEBUT] + "…"
