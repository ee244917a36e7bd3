"""Two copies of a dossier side by side: what is taken, and for what both have written, which of the two."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import date_heure, pluriel
from ui.models.table import Colonne, ModeleTable
from ui.pages.commun.page_onglets import deroulant
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from esms_desktop.gestes.echanges.rapprochement import Dit, Question, Rapprochement

_LIGNES = 60


def _auteur(dit: "Dit") -> str:
    quand = f"le {date_heure(dit.quand)}" if dit.quand else ""
    return ", ".join(x for x in (dit.qui, quand) if x)


class DialogueFusion(QDialog):
    """What the copy brings, then the points to decide. `prises`: those decided, whether theirs is taken.

    A point left undecided stays as it is here, and is asked again at the next merge.
    """

    def __init__(self, vu: "Rapprochement", fichier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fusionner avec une copie")
        self._choix: dict[str, bool] = {}
        questions = vu.questions()
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 16)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Fusionner avec une copie", "sous-titre"))
        colonne.addWidget(Libelle(f"Fichier : {fichier}", "muet"))
        self.phrases = Libelle("\n".join(vu.phrases()))
        colonne.addWidget(self.phrases)
        dits = [vu.dire(op) for op in vu.fusion.operations]
        suite = f"\n… et {len(dits) - _LIGNES} de plus" if len(dits) > _LIGNES else ""
        self.reprises = Libelle("\n".join(f"• {d}" for d in dits[:_LIGNES]) + suite, "petit")
        zone = deroulant(self.reprises)
        zone.setAccessibleName("Ce que la copie apporte")
        zone.setVisible(bool(dits))
        zone.setMaximumHeight(150 if questions else 420)
        colonne.addWidget(zone)
        self.modele: ModeleTable[Question] = ModeleTable(
            (
                Colonne("Point", lambda q: q.titre),
                Colonne("Ici", lambda q: q.notre.texte, second=lambda q: _auteur(q.notre)),
                Colonne("Dans la copie", lambda q: q.leur.texte, second=lambda q: _auteur(q.leur)),
                Colonne("On garde", self._decide, badge=lambda q: "ok" if q.cle in self._choix else "warn"),
            ),
            lambda q: q.cle,
        )
        self.tableau = TableauLarge("Points à décider", (2.0, 1.8, 1.8, 1.1), {0: 18, 1: 18, 2: 18})
        self.tableau.setModel(self.modele)
        self.modele.charger(questions)
        self.tableau.setVisible(bool(questions))
        colonne.addWidget(self.tableau, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.ici = bouton(
            "Garder ce qui est &ici", lambda: self._choisir(False), aide="Pour les lignes sélectionnées"
        )
        self.leur = bouton(
            "Prendre la &copie", lambda: self._choisir(True), aide="Pour les lignes sélectionnées"
        )
        for b in (self.ici, self.leur):
            b.setVisible(bool(questions))
            rangee.addWidget(b)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("&Fusionner", self.accept, "primaire")
        self.accord.setVisible(bool(dits or questions))
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)
        if questions:
            self.tableau.selectRow(0)
        self._compter()
        self.resize(1020, 620 if questions else 420)

    @property
    def prises(self) -> Mapping[str, bool]:
        """For the points decided, whether theirs is taken."""
        return dict(self._choix)

    def _decide(self, q: "Question") -> str:
        if q.cle not in self._choix:
            return "À décider"
        return "La copie" if self._choix[q.cle] else "Ici"

    def _choisir(self, leur: bool) -> None:
        rangs = self.tableau.lignes_choisies()
        for rang in rangs:
            self._choix[self.modele.objet(rang).cle] = leur
            self.modele.relire(rang)
        if len(rangs) == 1 and rangs[0] + 1 < self.modele.rowCount():
            self.tableau.selectRow(rangs[0] + 1)
        self._compter()

    def _compter(self) -> None:
        reste = self.modele.rowCount() - len(self._choix)
        texte = "&Fusionner"
        if reste:
            texte += f" ({pluriel(reste, 'point laissé', 'points laissés')} pour plus tard)"
        self.accord.setText(texte)
        self.accord.setAccessibleName(texte.replace("&", ""))
