"""An organisme of the directory and the choice of its ESSMS: what comes, what is left out, what is to check."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.nomenclature.numeros import normaliser
from ui.models.table import Colonne
from ui.pages.annuaire.recherche import RechercheAnnuaire
from ui.pages.commun.page_onglets import deroulant
from ui.pages.risques.choix import ModeleChoix, TableauChoix
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from esms_desktop.finess.annuaire import EntiteJuridique, Etablissement
    from ui.contexte import Contexte


class ChoixOrganisme(QWidget):
    """The search at the left, the organisme chosen at the right.

    Args:
        deja: the FINESS numbers that the grappe already has: they cannot be chosen again.
    """

    def __init__(
        self, contexte: "Contexte", deja: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._deja = frozenset(map(normaliser, deja))
        self.entite: EntiteJuridique | None = None
        self.recherche = RechercheAnnuaire(contexte)
        self.recherche.choisi.connect(self._montrer)
        self.titre = Libelle("", "fort")
        self.refus = Libelle("", "erreur")
        self.modele: ModeleChoix[Etablissement] = ModeleChoix(
            (
                Colonne("ESSMS", lambda e: e.nom, second=lambda e: f"{e.finess} · {e.categorie_libelle}"),
                Colonne("Commune", lambda e: e.commune),
                Colonne("Places", lambda e: "" if e.capacite is None else str(e.capacite)),
            ),
            lambda e: e.finess,
            lambda e: "Déjà là" if e.finess in self._deja else "",
        )
        self.tableau = TableauChoix("ESSMS de l’organisme", self.modele, (0.8, 3.2, 1.3, 0.7), {1: 24, 2: 12})
        self.tout = bouton("&Tout choisir ou rien", self._tout)
        self.notes = Libelle("", "petit")
        droite = QWidget()
        colonne = QVBoxLayout(droite)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        colonne.addWidget(self.titre)
        colonne.addWidget(self.refus)
        colonne.addWidget(self.tableau, 1)
        self.rangee = QHBoxLayout()
        self.rangee.setSpacing(10)
        self.rangee.addWidget(self.tout)
        self.rangee.addStretch(1)
        colonne.addLayout(self.rangee)
        zone = deroulant(self.notes)
        zone.setAccessibleName("Ce qui est laissé de côté, ce qui est à vérifier")
        zone.setMaximumHeight(110)
        self._zone = zone
        colonne.addWidget(zone)
        # Without the table, what is said stays at the top.
        colonne.addStretch(0)
        tout = QHBoxLayout(self)
        tout.setContentsMargins(0, 0, 0, 0)
        tout.setSpacing(16)
        tout.addWidget(self.recherche, 1)
        tout.addWidget(droite, 1)
        self._droite = droite
        self.recherche.ouvert.connect(self._disposer)
        self._disposer()
        self._montrer("")

    def _disposer(self) -> None:
        """Without a directory there is nothing to choose."""
        self._droite.setVisible(self.recherche.repertoire is not None)

    def retenir(self, numeros: Collection[str]) -> None:
        """More numbers that cannot be chosen again."""
        self._deja |= frozenset(map(normaliser, numeros))
        self._montrer(self.entite.finess if self.entite else "")

    def rendre(self, numeros: Collection[str]) -> None:
        """These numbers may be chosen again."""
        self._deja -= frozenset(map(normaliser, numeros))
        self._montrer(self.entite.finess if self.entite else "")

    @property
    def choisis(self) -> list[str]:
        """The FINESS numbers of the ESSMS chosen."""
        return [e.finess for e in self.tableau.objets_choisis()]

    def _tout(self) -> None:
        self.tableau.cocher(self.tableau.visibles())

    def _montrer(self, numero: str) -> None:
        repertoire = self.recherche.repertoire
        self.entite = repertoire.entite(numero) if repertoire is not None and numero else None
        entite = self.entite
        self.modele.choisis = set()
        for quoi in (self.tableau, self.tout, self._zone):
            quoi.setVisible(entite is not None)
        self.refus.hide()
        if entite is None:
            # Hints stay where the organisme will be.
            self.titre.setText(
                "Choisissez un organisme dans la liste : ses ESSMS se montrent ici." if repertoire else ""
            )
            self.modele.charger([])
            self.tableau.change.emit()
            return
        self.titre.setText(f"{entite.nom}{NBSP}· {pluriel(len(entite.eligibles), 'ESSMS', 'ESSMS')}")
        self._juger(entite)
        libres = [e for e in entite.eligibles if e.finess not in self._deja]
        refuse = not self.refus.isHidden()
        self.tableau.setVisible(not refuse)
        self.tout.setVisible(not refuse)
        self.modele.charger(list(entite.eligibles))
        self.tableau.cocher([] if refuse else libres, True)
        self.notes.setText(_notes(entite))
        self._zone.setVisible(bool(self.notes.text()))

    def _juger(self, entite: "EntiteJuridique") -> None:
        from esms_desktop.finess import og_depuis

        repertoire = self.recherche.repertoire
        assert repertoire is not None
        try:
            og_depuis(repertoire.annuaire([entite.finess]), entite.finess, porteur=False)
        except ErreurEsms as e:
            self.refus.setText(str(e))
            self.refus.show()


def _notes(entite: "EntiteJuridique") -> str:
    from esms_desktop.finess import alertes_de

    ecartes = [e for e in entite.etablissements if e.motif_exclusion]
    lignes = [f"À vérifier : {a}" for a in alertes_de(entite)]
    if ecartes:
        dits = pluriel(len(ecartes), "établissement laissé de côté", "établissements laissés de côté")
        lignes += [f"{dits} :", *(f"• {e.nom} : {e.motif_exclusion}" for e in ecartes)]
    return "\n".join(lignes)
