"""The declared facts a point of the recevabilité rests on, answered where the point is read."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import de, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.recevabilite.recevabilite import Point
from ui.models import declarations
from ui.models.fiches import FAITS, ChampFiche
from ui.pages.grappe.reponse import dire_reponses, repondre_pour_plusieurs
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampDate
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte

# Points 6 to 8 rest on one declared fact each (referentiel 01 § 5).
FAIT_DU_POINT: dict[int, ChampFiche] = {6 + rang: fait for rang, fait in enumerate(FAITS[:3])}
# Facts of point 1 for which « nobody is concerned » is an answer (referentiel 01 § 3).
_FAITS_DU_POINT_1 = {f.nom: f for f in FAITS if f.nom in ("rattache_entite_nationale", "part_confort")}
_MONTRES = 6


def fait_du_point(point: Point) -> ChampFiche | None:
    """The declared fact a point waits for, None when it rests on something else."""
    if point.numero in FAIT_DU_POINT:
        return FAIT_DU_POINT[point.numero]
    champs = [c.cible.champ for c in point.cibles] if point.numero == 1 else []
    return next((_FAITS_DU_POINT_1[c] for c in champs if c in _FAITS_DU_POINT_1), None)


class NouvelleOperation(QWidget):
    """Point 5: whether the software is already in working order under a contract, and since when."""

    def __init__(self, contexte: "Contexte") -> None:
        super().__init__()
        self._contexte = contexte
        self._dossier: Dossier | None = None
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(10)
        self.reponse = ChoixTriEtat(
            libelle_de("dossier.mise_en_ordre_marche"),
            aide_de("dossier.mise_en_ordre_marche"),
        )
        self.reponse.change.connect(self._repondre)
        self.date = ChampDate(
            libelle_de("dossier.date_mise_en_ordre_marche"),
            self._dater,
            aide_de("dossier.date_mise_en_ordre_marche"),
        )
        colonne.addWidget(self.reponse)
        colonne.addWidget(self.date)

    def charger(self, dossier: Dossier) -> None:
        """Shows the answers of the dossier."""
        self._dossier = dossier
        self.reponse.fixer(dossier.mise_en_ordre_marche)
        self.reponse.dire_origine(declarations.du_dossier(self._contexte, dossier, "mise_en_ordre_marche"))
        self.date.fixer(dossier.date_mise_en_ordre_marche, dossier)

    def _repondre(self, valeur: bool | None) -> None:
        if self._dossier is not None and not self._contexte.modifier(
            self._dossier, mise_en_ordre_marche=valeur
        ):
            self.reponse.fixer(self._dossier.mise_en_ordre_marche)

    def _dater(self, valeur: object) -> bool:
        vu = self.date.ligne
        return vu is None or self._contexte.modifier(vu, date_mise_en_ordre_marche=valeur)


class FaitParEssms(QWidget):
    """Points 6 to 8: how many ESSMS answered, which did not, and one answer for all of these.

    `aller(Cible)`: the card of an ESSMS is asked for.
    """

    aller = Signal(object)

    def __init__(self, contexte: "Contexte", dire: Callable[[str], object]) -> None:
        super().__init__()
        self._contexte, self._dire = contexte, dire
        self._dossier: Dossier | None = None
        self.fait = FAITS[0]
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        self.question = Libelle("", "fort")
        self.compte = Libelle("")
        self.origine = Libelle("", "petit")
        self.aucun = bouton("&Aucun ESSMS n’est concerné", self._aucun)
        self.plusieurs = bouton("Répondre pour pl&usieurs…", self._plusieurs)
        colonne.addWidget(self.question)
        colonne.addWidget(self.compte)
        colonne.addWidget(self.origine)
        colonne.addWidget(self.aucun)
        colonne.addWidget(self.plusieurs)
        self.liste = QWidget()
        self._lignes = QVBoxLayout(self.liste)
        self._lignes.setContentsMargins(0, 4, 0, 0)
        self._lignes.setSpacing(4)
        colonne.addWidget(self.liste)

    def charger(self, dossier: Dossier, fait: ChampFiche) -> None:
        """Shows the answers given to `fait`."""
        self._dossier, self.fait = dossier, fait
        self.question.setText(fait.libelle)
        reponses = [getattr(e, fait.nom) for e in dossier.essms]
        self.compte.setText(
            f"« Non » : {reponses.count(False)}. « Oui » : {reponses.count(True)}. « Non répondu » : {reponses.count(None)}."
        )
        dit = declarations.resume(self._contexte, dossier.id, dossier.essms, fait.nom)
        self.origine.setText(dit)
        self.origine.setVisible(bool(dit))
        autre = "Aucun des autres ESSMS n’est concerné" if True in reponses else "Aucun ESSMS n’est concerné"
        self.aucun.setText(f"&{autre}")
        self.aucun.setAccessibleName(autre)
        self.aucun.setEnabled(None in reponses)
        self.plusieurs.setEnabled(bool(reponses))
        concernes = [e for e in dossier.essms if getattr(e, fait.nom)]
        self._lister(("Ont répondu « Oui »", concernes), ("Non répondu", self._sans_reponse()))

    def _sans_reponse(self) -> list[Essms]:
        return [e for e in self._dossier.essms if getattr(e, self.fait.nom) is None] if self._dossier else []

    def _lister(self, *groupes: tuple[str, Sequence[Essms]]) -> None:
        while (ligne := self._lignes.takeAt(0)) is not None:
            widget = ligne.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for titre, essms in groupes:
            if not essms:
                continue
            self._lignes.addWidget(Libelle(f"{titre} ({len(essms)})", "etiquette"))
            for un in essms[:_MONTRES]:
                self._lignes.addWidget(self._ligne(un))
            if len(essms) > _MONTRES:
                reste = pluriel(len(essms) - _MONTRES, "autre")
                self._lignes.addWidget(Libelle(f"et {reste}.", "petit"))

    def _ligne(self, essms: Essms) -> QWidget:
        ligne = QWidget()
        rangee = QHBoxLayout(ligne)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(8)
        rangee.addWidget(Libelle(essms.nom), 1)
        cible = Cible(Page.GRAPPE, "essms", essms.id, self.fait.nom)
        rangee.addWidget(
            bouton("Ouvrir", lambda: self.aller.emit(cible), "lien", f"Ouvrir la fiche {de(essms.nom)}")
        )
        return ligne

    def _aucun(self) -> None:
        sans = self._sans_reponse()
        dire_reponses(
            self._contexte.accomplir(gestes.repondre, sans, self.fait.nom, False, self.fait.libelle) or 0,
            self._dire,
        )

    def _plusieurs(self) -> None:
        if self._dossier is not None:
            repondre_pour_plusieurs(self, self._contexte, self._dossier.essms, [], self._dire, self.fait.nom)
