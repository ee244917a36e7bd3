"""Where the project goes: level, financeur, ARS, threshold, and the national scope the person declares."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import pluriel
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.regles.recevabilite.orientation import Orientation
from ui.widgets.badge import Badge
from ui.widgets.carte import Carte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.contacts_campagne import ContactsCampagne
from ui.widgets.fondement import PastilleFondement
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.lecture import Lecture

_NIVEAUX = {"regional": "Régional", "national": "National", "indetermine": "À déterminer"}


class CarteOrientation(Carte):
    """The card. `ecrire(dossier, champs)` saves what is declared."""

    def __init__(
        self, ecrire: Callable[[Dossier, dict[str, object]], bool], origine: Callable[[Dossier, str], str]
    ) -> None:
        super().__init__("Orientation du projet")
        self._ecrire, self._origine = ecrire, origine
        self._dossier: Dossier | None = None
        self.faits: dict[str, Libelle] = {}
        grille = QGridLayout()
        grille.setHorizontalSpacing(22)
        grille.setVerticalSpacing(2)
        for rang, (nom, titre) in enumerate(
            (
                ("niveau", "Niveau"),
                ("ars", "Où déposer"),
                ("financeur", "Financeur à choisir dans GALIS"),
                ("taille", "Taille"),
            )
        ):
            grille.addWidget(Libelle(titre, "etiquette"), 0, rang)
            self.faits[nom] = Libelle("", "fort")
            grille.addWidget(self.faits[nom], 1, rang, Qt.AlignmentFlag.AlignTop)
            grille.setColumnStretch(rang, 2 if nom in ("ars", "financeur") else 1)
        self.seuil = Badge()
        grille.addWidget(self.seuil, 2, 3, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.regions = Libelle("", "petit")
        grille.addWidget(self.regions, 2, 0, 1, 3, Qt.AlignmentFlag.AlignTop)
        self.corps.addLayout(grille)
        self.portee = ChoixTriEtat(
            libelle_de("dossier.portee_nationale"), aide_de("dossier.portee_nationale")
        )
        self.portee.change.connect(self._repondre)
        self.notes = Libelle("", "muet")
        self.sources = Libelle("", "petit")
        textes = QVBoxLayout()
        textes.setSpacing(6)
        textes.addWidget(self.notes)
        self.fondement = PastilleFondement()
        textes.addWidget(self.fondement)
        textes.addWidget(self.sources)
        self.contacts = ContactsCampagne()
        textes.addWidget(self.contacts)
        textes.addStretch(1)
        bas = QWidget()
        rangee = QHBoxLayout(bas)
        rangee.setContentsMargins(0, 4, 0, 0)
        rangee.setSpacing(22)
        rangee.addLayout(textes, 1)
        rangee.addWidget(self.portee, 1, Qt.AlignmentFlag.AlignTop)
        self.ajouter(bas)

    def charger(self, lu: "Lecture") -> None:
        """Shows the orientation of the dossier."""
        o: Orientation = lu.orientation
        self._dossier = lu.dossier
        self.faits["niveau"].setText(_NIVEAUX[o.niveau])
        self.faits["ars"].setText(
            o.ars or ("Téléservice national" if o.niveau == "national" else "À déterminer")
        )
        self.faits["financeur"].setText(o.financeur or "À déterminer")
        self.faits["taille"].setText(pluriel(o.nombre, "ESSMS éligible", "ESSMS éligibles"))
        self.seuil.fixer(
            f"Minimum {o.minimum} {'atteint' if o.atteint else 'non atteint'}", "ok" if o.atteint else "warn"
        )
        self.regions.setText(
            "Par région : " + ", ".join(f"{nom} {n}" for _, nom, n in o.regions) + "."
            if o.regions
            else "Aucune région connue pour l’instant."
        )
        self.notes.setText("\n".join(o.notes))
        self.notes.setVisible(bool(o.notes))
        self.fondement.montrer(o.fondement)
        self.sources.setText(f"Source : {' ; '.join(o.sources)}.")
        self.contacts.montrer(lu.campagne)
        self.portee.fixer(lu.dossier.portee_nationale)
        self.portee.dire_origine(self._origine(lu.dossier, "portee_nationale"))

    def _repondre(self, valeur: bool | None) -> None:
        if self._dossier is not None and not self._ecrire(self._dossier, {"portee_nationale": valeur}):
            self.portee.fixer(self._dossier.portee_nationale)
