"""The library of typical risks: search, choose several, read what each says, add them to a map in one gesture."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes.risques import deja_la
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import entete_de, libelle_de
from esms_desktop.nomenclature.risques_types import PORTEES, RisqueType, actions_types, risques_types
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, NatureAction
from ui.models.table import Colonne
from ui.pages.commun.page_onglets import deroulant
from ui.pages.risques.choix import ModeleChoix, TableauChoix
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle

_COLONNES: tuple[Colonne[RisqueType], ...] = (
    Colonne(entete_de("risque.intitule"), lambda t: t.intitule),
    Colonne(entete_de("risque.categorie"), lambda t: CategorieRisque(t.categorie).libelle),
    Colonne("Pour", lambda t: PORTEES[t.niveau]),
)


class DialogueBibliotheque(QDialog):
    """The choice.

    Args:
        dossier: whose map is filled.
        essms: the structure, None for the grappe.
    """

    def __init__(self, dossier: Dossier, essms: Essms | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bibliothèque de risques")
        self._essms = essms
        deja = deja_la(dossier, essms)
        self.modele: ModeleChoix[RisqueType] = ModeleChoix(
            _COLONNES, lambda t: t.code, lambda t: "Déjà là" if t.code in deja else ""
        )
        self.tableau = TableauChoix(
            "Risques de la bibliothèque", self.modele, (0.7, 3.0, 1.2, 1.0), {1: 26, 2: 14}
        )
        self.tableau.change.connect(self._compter)
        self.tableau.choisie.connect(self._montrer)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 16)
        colonne.setSpacing(10)
        ou = f"la carte de «{NBSP}{essms.nom}{NBSP}»" if essms else "la carte de la grappe"
        colonne.addWidget(Libelle(f"Ajouter à {ou}", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "Espace choisit les lignes sélectionnées. Rien n’est coté d’avance : la probabilité et la gravité sont "
                "les vôtres.",
                "muet",
            )
        )
        colonne.addLayout(self._filtres())
        milieu = QHBoxLayout()
        milieu.setSpacing(12)
        milieu.addWidget(self.tableau, 62)
        milieu.addWidget(self._detail(), 38)
        colonne.addLayout(milieu, 1)
        colonne.addLayout(self._pied())
        self.resize(1040, 640)
        self._filtrer()
        self._compter()
        self.recherche.setFocus()

    def _filtres(self) -> QHBoxLayout:
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher…")
        self.recherche.setAccessibleName("Chercher dans la bibliothèque")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.textChanged.connect(self.tableau.filtrer)
        categories = [(None, "Toutes les catégories"), *((c.value, c.libelle) for c in CategorieRisque)]
        self.categorie = ChampChoix(entete_de("risque.categorie"), categories)
        pour = "une structure" if self._essms else "la grappe"
        self.portee = ChampChoix("Montrer", ((True, f"Ceux qui concernent {pour}"), (False, "Tous")))
        self.portee.fixer(True)
        for champ in (self.categorie, self.portee):
            champ.change.connect(lambda _: self._filtrer())
            champ.liste.setMinimumContentsLength(22)
        rangee = QHBoxLayout()
        rangee.setSpacing(12)
        rangee.addWidget(self.recherche, 1, Qt.AlignmentFlag.AlignBottom)
        rangee.addWidget(self.categorie)
        rangee.addWidget(self.portee)
        return rangee

    def _detail(self) -> QWidget:
        self.detail = Carte("Risque")
        self.cause, self.consequence = Libelle(""), Libelle("")
        self.proposees, self.source = Libelle(""), Libelle("", "petit")
        for titre, texte in (
            (libelle_de("risque.cause"), self.cause),
            (libelle_de("risque.consequence"), self.consequence),
            ("Actions proposées", self.proposees),
        ):
            self.detail.ajouter_texte(titre, "fort")
            self.detail.ajouter(texte)
        self.detail.ajouter(self.source)
        self.detail.corps.addStretch(1)
        zone = deroulant(self.detail)
        zone.setAccessibleName("Détail du risque")
        zone.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        zone.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return zone

    def _pied(self) -> QHBoxLayout:
        self.avec_actions = QCheckBox("Avec les a&ctions proposées")
        self.avec_actions.setChecked(True)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(self.avec_actions)
        rangee.addWidget(bouton("&Tout choisir", lambda: self.tableau.cocher(self.tableau.visibles(), True)))
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("Ajouter", self.accept, "primaire")
        rangee.addWidget(self.accord)
        return rangee

    def codes(self) -> list[str]:
        """The entries chosen, in the order of the library."""
        return [t for t in risques_types() if t in self.modele.choisis]

    def _filtrer(self) -> None:
        categorie, portee = self.categorie.valeur, self.portee.valeur
        vus = [
            t
            for t in risques_types().values()
            if (categorie is None or t.categorie == categorie)
            and (not portee or t.convient(self._essms is not None))
        ]
        self.modele.charger(vus)
        if vus and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)
        self._montrer(self.tableau.ligne_courante())

    def _montrer(self, rang: int) -> None:
        if not 0 <= rang < self.modele.rowCount():
            return
        t = self.modele.objet(rang)
        self.detail.titre.setText(t.intitule)
        self.cause.setText(t.cause)
        self.consequence.setText(t.consequence)
        self.proposees.setText(
            "\n".join(
                f"{NatureAction(a.nature).libelle}{NBSP}: {a.intitule}" for a in actions_types()[t.code]
            )
        )
        self.source.setText(f"Source{NBSP}: {t.source}.")

    def _compter(self) -> None:
        combien = len(self.modele.choisis)
        self.accord.setText(f"&Ajouter {pluriel(combien, 'risque')}" if combien else "&Ajouter")
        self.accord.setAccessibleName(self.accord.text().replace("&", ""))
        self.accord.setEnabled(bool(combien))
