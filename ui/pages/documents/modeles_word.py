"""The Word templates of the person: kept with the dossier, filled with its values; the fields they may hold, to be copied."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, date_heure, espacer, pluriel
from esms_desktop.lecture import Fichier, Og
from ui import sorties
from ui.models.table import Colonne, ModeleTable
from ui.widgets.badge import Badge
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.liste import Liste
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.documents.gabarit_word import Rempli
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_FILTRE = "Modèle Word (*.docx *.dotx)"
_SORTIE = "Document Word (*.docx)"
_VIDE = (
    "Un modèle de l’ARS, de la CNSA ou le vôtre : écrivez-y des champs entre accolades, comme {porteur.nom}, puis ajoutez-le ici. "
    "Il est gardé avec le dossier, et rempli avec ses valeurs."
)

# More of them are counted.
_LIGNES = 8

Champ = tuple[str, str]


class PanneauModeles(QWidget):
    """The templates at the left, what the one chosen lacks under them; the fields at the right.

    Args:
        bandeau: where what happened is said.
    """

    def __init__(self, contexte: "Contexte", bandeau: Bandeau, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contexte, self.bandeau = contexte, bandeau
        self._lu: Lecture | None = None
        # The template just kept, chosen once it is shown.
        self._neuf: int | None = None
        self._remplis: dict[tuple[str, int | None], Rempli | ErreurEsms] = {}
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        separateur = QSplitter()
        separateur.setChildrenCollapsible(False)
        separateur.setHandleWidth(14)
        separateur.addWidget(self._modeles())
        separateur.addWidget(self._champs())
        separateur.setStretchFactor(0, 1)
        separateur.setStretchFactor(1, 1)
        colonne.addWidget(separateur, 1)

    def _modeles(self) -> Carte:
        self.carte = Carte("Vos modèles Word")
        self.b_ajouter = self.carte.ajouter_action(
            bouton(
                "&Ajouter un modèle…",
                self.ajouter,
                "primaire",
                "Garde un modèle Word avec le dossier",
                "Ctrl+N",
            )
        )
        self.vide = self.carte.ajouter_texte(_VIDE, "muet")
        self.vide.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.modele: ModeleTable[Fichier] = ModeleTable(
            (Colonne("Modèle", lambda f: f.nom), Colonne("Gardé le", lambda f: date_heure(f.joint_le))),
            lambda f: f.id,
        )
        self.tableau = Tableau("Modèles Word gardés avec le dossier", (2.2, 1.2))
        self.tableau.setModel(self.modele)
        self.tableau.choisie.connect(lambda _ligne: self._montrer())
        self.tableau.activee.connect(lambda _ligne: self.remplir())
        self.carte.ajouter(self.tableau, 1)
        self.og = Liste()
        self.og.setToolTip("L’organisme dont parlent les champs {og.…}")
        self.og.setAccessibleName("Organisme que désignent les champs {og.…}")
        self.og.currentIndexChanged.connect(lambda _rang: self._montrer())
        etiquette = Libelle("&Organisme que disent les champs {og.…}")
        etiquette.setBuddy(self.og)
        self.pour = QWidget()
        pile = QVBoxLayout(self.pour)
        pile.setContentsMargins(0, 0, 0, 0)
        pile.setSpacing(4)
        pile.addWidget(etiquette)
        pile.addWidget(self.og)
        self.carte.ajouter(self.pour)
        tete = QHBoxLayout()
        tete.setSpacing(10)
        self.badge = Badge()
        self.dit = Libelle("", "muet")
        tete.addWidget(self.badge)
        tete.addWidget(self.dit, 1)
        self.carte.corps.addLayout(tete)
        self.detail = self.carte.ajouter_texte("")
        self.b_remplir = bouton(
            "&Remplir et enregistrer…", self.remplir, aide="Écrit le document Word rempli, à l’endroit choisi"
        )
        self.b_retirer = bouton(
            "Re&tirer", self.retirer, aide="Ôte le modèle du dossier ; se défait par Ctrl+Z"
        )
        boutons = QHBoxLayout()
        boutons.setSpacing(8)
        for b in (self.b_remplir, self.b_retirer):
            boutons.addWidget(b)
        boutons.addStretch(1)
        self.carte.corps.addLayout(boutons)
        return self.carte

    def _champs(self) -> Carte:
        carte = Carte("Champs à écrire dans un modèle")
        carte.ajouter_texte(
            "Entre accolades, ou comme balise d’un contrôle de contenu. Ctrl+C copie les champs choisis.",
            "petit",
        )
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher un champ")
        self.recherche.setAccessibleName("Chercher un champ")
        self.recherche.setClearButtonEnabled(True)
        self.champs: ModeleTable[Champ] = ModeleTable(
            (Colonne("Champ", lambda c: f"{{{c[0]}}}"), Colonne("Ce qu’il dit", lambda c: espacer(c[1]))),
            lambda c: c[0],
        )
        self.liste = Tableau("Champs des modèles", (1.1, 2))
        self.liste.setModel(self.champs)
        self.liste.setSortingEnabled(False)
        self.recherche.textChanged.connect(self.liste.filtrer)
        carte.ajouter(self.recherche)
        carte.ajouter(self.liste, 1)
        return carte

    # What is shown

    def afficher(self, lu: "Lecture") -> None:
        """Shows the templates of a dossier; the one chosen stays so."""
        from esms_desktop.documents.gabarit_word import champs_disponibles
        from esms_desktop.gestes.modeles_word import gardes

        if not self.champs.rowCount():
            self.champs.charger(champs_disponibles())
        self._lu, self._remplis = lu, {}
        avant = self._neuf or (self.choisi.id if self.choisi else None)
        self._neuf = None
        self.modele.charger(gardes(lu.dossier))
        self._organismes(list(lu.dossier.ogs))
        if self.modele.rowCount():
            self.tableau.choisir(max(self.modele.ligne_de(avant), 0))
        self._montrer()

    def _organismes(self, ogs: list[Og]) -> None:
        avant = self.og.currentData()
        self.og.blockSignals(True)
        self.og.clear()
        self.og.addItem("Aucun : document de tout le projet", None)
        for og in ogs:
            self.og.addItem(og.nom, og.id)
        self.og.setCurrentIndex(max(self.og.findData(avant), 0))
        self.og.blockSignals(False)

    @property
    def choisi(self) -> Fichier | None:
        """The template selected."""
        return self.modele.en(self.tableau.ligne_courante())

    def _rempli(self) -> "Rempli | ErreurEsms | None":
        """The template chosen, filled with what the dossier says now."""
        from esms_desktop.gestes import modeles_word

        f, lu = self.choisi, self._lu
        if f is None or lu is None:
            return None
        og = next((og for og in lu.dossier.ogs if og.id == self.og.currentData()), None)
        cle = (f.sha256, og.id if og else None)
        if cle not in self._remplis:
            try:
                octets = self.contexte.base.contenu(f.sha256)
                self._remplis[cle] = modeles_word.remplir(f.nom, octets, lu.dossier, og)
            except ErreurEsms as e:
                self._remplis[cle] = e
        return self._remplis[cle]

    def _montrer(self) -> None:
        rempli = self._rempli()
        self.vide.setVisible(not self.modele.rowCount())
        for w in (self.tableau, self.pour, self.badge, self.dit, self.detail, self.b_remplir, self.b_retirer):
            w.setVisible(rempli is not None)
        if rempli is None:
            return
        if isinstance(rempli, ErreurEsms):
            self.badge.fixer("Illisible", "bad")
            self.dit.setText(str(rempli))
            self.detail.setText("")
            self.b_remplir.setEnabled(False)
            return
        self.b_remplir.setEnabled(True)
        self.badge.fixer(*_etat(rempli))
        self.dit.setText(pluriel(len(rempli.champs), "champ rempli", "champs remplis"))
        self.detail.setText(_detail(rempli))
        self.detail.setVisible(bool(self.detail.text()))

    # Gestures

    def ajouter(self) -> None:
        """Asks for a template, then keeps it."""
        choisi, _ = QFileDialog.getOpenFileName(self, "Ajouter un modèle Word", str(Path.home()), _FILTRE)
        if choisi:
            self.garder(Path(choisi))

    def garder(self, chemin: Path) -> None:
        """Keeps a template with the dossier; refused, the sentence says why."""
        from esms_desktop.gestes import modeles_word

        if self._lu is None:
            return
        try:
            octets = modeles_word.verifier(chemin)
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "bad")
            return
        dossier = self._lu.dossier

        garde = self.contexte.accomplir(modeles_word.ranger, dossier, chemin.name, octets)
        if garde is not None:
            self._neuf = garde.id
            self.bandeau.montrer(
                f"Le modèle «{NBSP}{chemin.name}{NBSP}» est gardé avec le dossier.",
                "ok",
                ("Annuler", self.contexte.annuler),
                secondes=20,
            )

    def remplir(self) -> None:
        """Asks where the filled document goes, then writes it."""
        f, rempli = self.choisi, self._rempli()
        if f is None or rempli is None or isinstance(rempli, ErreurEsms):
            return
        chemin = sorties.demander_fichier(
            self, f"Enregistrer «{NBSP}{f.nom}{NBSP}» rempli", f"{Path(f.nom).stem} - rempli.docx", _SORTIE
        )
        if chemin is not None:
            self.remplir_vers(chemin if chemin.suffix else chemin.with_suffix(".docx"))

    def remplir_vers(self, chemin: Path) -> None:
        """Writes the template chosen, filled."""
        rempli = self._rempli()
        if rempli is None or isinstance(rempli, ErreurEsms):
            return
        try:
            sorties.ecrire(chemin, rempli.octets)
        except ErreurEsms as e:
            self.bandeau.montrer(str(e), "bad")
            return
        reste = _etat(rempli)
        suite = "" if reste[1] == "ok" else f" Il y reste à reprendre{NBSP}: {reste[0].lower()}."
        self.bandeau.montrer(
            f"Le document est enregistré{NBSP}: {chemin}.{suite}",
            "ok",
            ("Ouvrir", lambda: sorties.ouvrir(chemin)),
        )

    def retirer(self) -> None:
        """Takes the template chosen away; undone in one step."""
        f = self.choisi
        if f is not None and self.contexte.retirer(
            f, libelle=f"Retirer le modèle Word «{NBSP}{f.nom}{NBSP}»"
        ):
            self.bandeau.montrer(
                f"Le modèle «{NBSP}{f.nom}{NBSP}» est retiré.",
                "info",
                ("Annuler", self.contexte.annuler),
                secondes=20,
            )


def _etat(rempli: "Rempli") -> tuple[str, str]:
    """(words, kind of badge) of a filled template."""
    if rempli.inconnus:
        return pluriel(len(rempli.inconnus), "champ inconnu", "champs inconnus"), "warn"
    if rempli.manques:
        return f"{pluriel(len(rempli.manques), 'valeur')} à compléter", "warn"
    if not rempli.champs:
        return "Aucun champ", "neutre"
    return "Complet", "ok"


def _detail(rempli: "Rempli") -> str:
    blocs: list[tuple[str, list[str]]] = [
        ("", list(rempli.remarques)),
        ("Champs inconnus, laissés tels quels", [i.phrase for i in rempli.inconnus]),
        ("Valeurs que le dossier n’a pas encore", list(rempli.manques)),
    ]
    dits = []
    for titre, lignes in blocs:
        montrees = [
            *lignes[:_LIGNES],
            *([f"… et {pluriel(len(lignes) - _LIGNES, 'autre')}"] if len(lignes) > _LIGNES else []),
        ]
        if titre and lignes:
            dits.append(f"{titre}{NBSP}:\n" + "\n".join(f"• {x}" for x in montrees))
        elif lignes:
            dits.append("\n".join(lignes))
    return "\n\n".join(dits)
