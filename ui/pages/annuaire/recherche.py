"""The search of the directory, as one types; what it is of, how to import it, where its file comes from."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import date_courte, nombre, pluriel
from ui.models.table import Colonne, ModeleTable
from ui.pages.annuaire.ou_trouver import DialogueOuTrouver
from ui.widgets.boutons import bouton
from ui.widgets.etat_vide import EtatVide
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.finess.recherche import Trouvaille
    from esms_desktop.finess.repertoire import Etat, Repertoire
    from ui.contexte import Contexte

_DERNIER = "finess/fichier"
_FILTRE = "Fichiers FINESS (*.json *.json.gz *.csv *.csv.gz *.gz);;Tous les fichiers (*)"
# Two keys typed in a row are one search.
_PAUSE_MS = 40


def _second(t: "Trouvaille") -> str:
    dits = [t.commune, f"EJ {t.finess}", f"SIREN {t.siren}" if t.siren else ""]
    if t.touches:
        dits.append("dont " + ", ".join(e.nom for e in t.touches[:2]))
    return " · ".join(d for d in dits if d)


class RechercheAnnuaire(QWidget):
    """The field, what it finds, and the state of the directory. `choisi(str)`: the EJ number of the row that became current,
    empty when none is; `ouvert()`: there is a directory since, or there is none any more."""

    choisi = Signal(str)
    ouvert = Signal()

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contexte = contexte
        self._reglages = QSettings()
        self._repertoire: Repertoire | None = None
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        self.saisie = QLineEdit()
        self.saisie.setPlaceholderText("Nom, commune, SIREN ou numéro FINESS…")
        self.saisie.setAccessibleName("Chercher un organisme dans l’annuaire")
        self.saisie.setClearButtonEnabled(True)
        self.dit = Libelle("", "petit")
        self.modele: ModeleTable[Trouvaille] = ModeleTable(
            (
                Colonne("Organisme", lambda t: t.nom or f"Entité juridique {t.finess}", second=_second),
                Colonne(
                    "Établissements",
                    lambda t: nombre(t.ouverts) if t.active else "Fermé",
                    badge=lambda t: None if t.active else "neutre",
                ),
            ),
            lambda t: t.finess,
        )
        self.tableau = Tableau("Organismes trouvés", (4.0, 1.0))
        self.tableau.setModel(self.modele)
        self.tableau.setSortingEnabled(False)
        self.tableau.choisie.connect(self._choisir)
        self.vide = EtatVide(
            "Aucun annuaire sur cet ordinateur",
            "L’annuaire national FINESS permet de trouver un organisme par son nom ou sa commune, sans connaître aucun numéro. "
            "Il s’importe une fois, depuis un fichier public.",
            ("&Importer un fichier…", self.importer),
            autre=("Où le &trouver ?", self.expliquer),
        )
        cherchee = QWidget()
        dedans = QVBoxLayout(cherchee)
        dedans.setContentsMargins(0, 0, 0, 0)
        dedans.setSpacing(6)
        dedans.addWidget(self.saisie)
        dedans.addWidget(self.dit)
        dedans.addWidget(self.tableau, 1)
        self.pile = QStackedWidget()
        seul = QWidget()
        haut = QVBoxLayout(seul)
        haut.addWidget(self.vide)
        haut.addStretch(1)
        self.pile.addWidget(seul)
        self.pile.addWidget(cherchee)
        colonne.addWidget(self.pile, 1)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        self.etat = Libelle("", "petit")
        self.importation = bouton(
            "&Importer un fichier…", self.importer, aide="Un annuaire plus récent, ou les capacités"
        )
        self.aide = bouton("Où le &trouver ?", self.expliquer)
        pied.addWidget(self.etat, 1)
        pied.addWidget(self.importation)
        pied.addWidget(self.aide)
        colonne.addLayout(pied)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.chercher)
        self.saisie.textChanged.connect(lambda _: self._pause.start())
        self.ouvrir()

    def ouvrir(self) -> None:
        """Opens the directory that is kept, if there is one."""
        from esms_desktop.finess.repertoire import Repertoire, place

        self.fermer()
        phrase = ""
        if place().is_file():
            try:
                self._repertoire = Repertoire()
            except ErreurEsms as e:
                phrase = str(e)
        la = self._repertoire is not None
        self.pile.setCurrentIndex(int(la))
        self.importation.setVisible(la)
        self.aide.setVisible(la)
        if self._repertoire is not None:
            phrase = dire(self._repertoire.etat)
        self.etat.setText(phrase)
        self.etat.setVisible(bool(phrase))
        self.ouvert.emit()
        self.chercher()

    def fermer(self) -> None:
        """Lets the file of the directory go."""
        if self._repertoire is not None:
            self._repertoire.fermer()
            self._repertoire = None

    @property
    def repertoire(self) -> "Repertoire | None":
        """The directory, None while there is none."""
        return self._repertoire

    def chercher(self) -> None:
        """Shows what the text finds."""
        self._pause.stop()
        if self._repertoire is None:
            return
        texte = self.saisie.text()
        trouve = self._repertoire.chercher(texte)
        if trouve.corrige:
            self.dit.setText(f"Rien ne s’écrit ainsi : voici « {trouve.corrige} ».")
        elif trouve.trouvailles:
            self.dit.setText(pluriel(len(trouve.trouvailles), "organisme"))
        elif len(texte.strip()) > 1:
            self.dit.setText("Rien de tel. Essayez un mot de moins, la commune, ou le SIREN.")
        else:
            self.dit.setText("Le début des mots suffit ; les accents et une faute de frappe ne gênent pas.")
        self.modele.charger(list(trouve.trouvailles))
        if trouve.trouvailles:
            self.tableau.choisir(0)
        else:
            self.choisi.emit("")

    def _choisir(self, rang: int) -> None:
        self.choisi.emit(self.modele.objet(rang).finess if 0 <= rang < self.modele.rowCount() else "")

    def expliquer(self) -> None:
        """Says where the file comes from."""
        DialogueOuTrouver(self).open()

    def importer(self) -> None:
        """Asks for a file, then keeps it."""
        dernier = str(self._reglages.value(_DERNIER, "") or "")
        choix, _ = QFileDialog.getOpenFileName(self, "Fichier FINESS", dernier, _FILTRE)
        if choix:
            self._reglages.setValue(_DERNIER, choix)
            self.prendre(Path(choix))

    def prendre(self, chemin: Path) -> None:
        """Imports a file beside the window, then searches in it."""
        from esms_desktop.gestes.echanges.annuaire import importer

        # An open file cannot be replaced everywhere.
        self.fermer()
        self._contexte.taches.lancer(
            "Import de l’annuaire FINESS",
            lambda progress: importer(chemin, progress),
            self._importe,
            self._echoue,
        )

    def _importe(self, _etat: "Etat") -> None:
        self.ouvrir()
        self.saisie.setFocus()

    def _echoue(self, erreur: ErreurEsms) -> None:
        self.ouvrir()
        if not isinstance(erreur, Interruption):
            self.etat.setText(str(erreur))
            self.etat.show()


def dire(etat: "Etat") -> str:
    """What the directory is of, in a sentence."""
    quand = f" du {date_courte(etat.date_source)}" if etat.date_source else ", sans date"
    places = f", capacités de {nombre(etat.capacites)}" if etat.capacites else ""
    return (
        f"Annuaire FINESS{quand} : {pluriel(etat.entites, 'organisme')}, {pluriel(etat.etablissements, 'établissement')}{places}. "
        f"Importé le {date_courte(etat.importe_le.date())}."
    )
