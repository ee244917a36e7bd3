"""Who pays what is left: the key of distribution, what it needs of each OG, and the rest to pay to the cent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from esms_desktop.francais import NBSP, euros, pluriel
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.pages.commun.collage import lire_bloc
from ui.pages.commun.liste_tableau import TableauSaisie
from ui.pages.financement import modele_plan as lignes
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte

_AIDES = {
    "essms": "Chaque organisme paie selon le nombre d’ESSMS qu’il engage. Rien de plus à saisir.",
    "places": "Chaque organisme paie selon les places de ses ESSMS. La capacité se saisit dans la page Grappe.",
    "etp": "Chaque organisme paie selon son effectif. Saisissez les ETP de chacun dans le tableau.",
    "libre": "Chaque organisme paie la part convenue. Saisissez la part de chacun dans le tableau ; elles font 100 % ensemble.",
}


class _TableauRestes(TableauSaisie):
    """Every row in sight: one per OG."""

    hauteur_suit_lignes = True

    def __init__(self, nom: str, modele: lignes.ModeleRestes, coller: Callable[[str, bool], object]) -> None:
        super().__init__(nom, modele, (2.4, 0.9, 0.8, 1, 1, 1, 1), {}, coller)
        self.setMinimumHeight(0)
        self.setSortingEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All the rows."""
        deborde = self.horizontalHeader().length() > self.viewport().width()
        barre = self.horizontalScrollBar().sizeHint().height() if deborde else 0
        return QSize(super().sizeHint().width(), self.hauteur_contenu() + barre)

    def minimumSizeHint(self) -> QSize:
        """All the rows."""
        return QSize(240, self.sizeHint().height())


class CarteReste(Carte):
    """The key and the table."""

    demande_page = Signal(object)

    def __init__(
        self, contexte: "Contexte", dossier: Callable[[], Dossier], refuser: Callable[[str], object]
    ) -> None:
        super().__init__("Reste à charge par organisme")
        self._contexte, self._dossier, self._refuser = contexte, dossier, refuser
        rangee = QHBoxLayout()
        rangee.setSpacing(22)
        self.cle = ChampChoix(
            libelle_de("dossier.cle_repartition"),
            list(lignes.LIBELLES_CLES.items()),
            lambda v: contexte.modifier(self.cle.ligne, "Choisir la clé de répartition", cle_repartition=v),
        )
        self.aide = Libelle("", "muet")
        self.vers_grappe = bouton(
            "Saisir les capacités", lambda: self.demande_page.emit(self._capacite()), "lien"
        )
        rangee.addWidget(self.cle, 2)
        rangee.addWidget(self.aide, 3)
        rangee.addWidget(self.vers_grappe)
        self.corps.addLayout(rangee)
        self.manque = self.ajouter_texte("", "fort")
        self.manque.fixer_genre("warn")
        self.modele = lignes.ModeleRestes(
            lignes.colonnes_reste("essms"), lambda x: x.id, self._ecrire, refuser
        )
        self.tableau = _TableauRestes("Reste à charge par organisme", self.modele, self._coller)
        self.ajouter(self.tableau)
        self.note = self.ajouter_texte("", "petit")

    def montrer(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows who pays what."""
        cle = plan.cle
        self.cle.fixer(cle.code, dossier)
        self.aide.setText(_AIDES[cle.code])
        self.vers_grappe.setVisible(cle.code == "places" and not cle.complete)
        self.manque.setText(f"Clé incomplète{NBSP}: {cle.manque}." if cle.manque and dossier.ogs else "")
        self.manque.setVisible(bool(self.manque.text()))
        self.modele.montrer_plan(dossier, plan)
        self.tableau.ajuster()
        self.tableau.setVisible(bool(dossier.ogs))
        self.note.setText(
            f"Reste à charge = coûts ({euros(plan.emplois_cents)}) − programme "
            f"({euros(plan.origine_cents('programme'))}) − autres ressources "
            f"({euros(plan.origine_cents('autre'))}) = {euros(plan.reste_cents)}. Chaque organisme paie ses coûts propres "
            f"non couverts et sa part des coûts communs, au centime. Source{NBSP}: KIT, pièce 6{NBSP}; AAP § 4.2."
        )

    def viser(self, cible: Cible) -> None:
        """Puts the cursor on the key, or on the weight of an OG."""
        rang = self.modele.ligne_de(cible.id) if cible.objet == "og" else -1
        if rang < 0:
            self.cle.viser()
            return
        self.tableau.choisir(rang)
        self.tableau.setCurrentIndex(self.tableau.proxy.mapFromSource(self.modele.index(rang, 1)))
        self.tableau.setFocus()

    def _capacite(self) -> Cible:
        sans = next((e.id for e in self._dossier().essms if e.capacite is None), None)
        return Cible(Page.GRAPPE, "essms", sans, "capacite")

    def _ecrire(self, ligne: lignes.LigneReste, champs: dict[str, object]) -> bool:
        if ligne.og is None:
            return False
        return self._contexte.modifier(
            ligne.og, f"Fixer le poids de «{NBSP}{ligne.og.nom_court}{NBSP}»", **champs
        )

    def _coller(self, texte: str, plusieurs: bool) -> None:
        choisis = self.tableau.choisis() if plusieurs else self.tableau.sous_la_courante()
        vises = [x for x in choisis if x.og is not None]
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            lignes.colonnes_reste(self._dossier().cle_repartition),
            self._dossier(),
            vises,
            self.tableau.currentIndex().column(),
            False,
            len(vises) if plusieurs else 1,
            toutes=[x for x in self.tableau.toutes() if x.og is not None],
        )
        if collage is not None and collage.valeurs:
            ecrits = [(ligne.og, champs) for ligne, champs in collage.modifs if ligne.og is not None]
            self._contexte.modifier_tous(ecrits, f"Coller {pluriel(collage.valeurs, 'valeur')}")
