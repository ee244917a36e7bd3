"""What leaves the page Risques: the maps of the grappe, of one structure or of all, printed, in Word or in Excel."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP
from esms_desktop.lecture import Dossier, Essms
from ui import sorties
from ui.pages.documents.sorties import FILTRE_EXCEL, FILTRE_WORD, ecrire_excel, ecrire_word
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.impression import apercevoir
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

if TYPE_CHECKING:
    from esms_desktop.documents.arbre.arbre import Document
    from esms_desktop.documents.classeur.classeur import Classeur
    from ui.contexte import Contexte
    from ui.lecture import Lecture

TOUT, GRAPPE, STRUCTURE = "tout", "grappe", "structure"
IMPRIMER, WORD, EXCEL = "imprimer", "word", "excel"
_NOMS = {TOUT: "cartographie-des-risques", GRAPPE: "risques-grappe", STRUCTURE: "risques-structure"}


class DialogueSortie(DialogueAjuste):
    """Which maps, and in what form: `forme` is one of IMPRIMER, WORD, EXCEL once accepted.

    Args:
        dossier: whose maps they are.
        quoi: TOUT, GRAPPE or STRUCTURE at first.
        essms: the structure at first.
    """

    def __init__(
        self, dossier: Dossier, quoi: str, essms: Essms | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Imprimer ou exporter")
        self.setMinimumWidth(560)
        self._dossier = dossier
        self.forme = ""
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Imprimer ou exporter les risques", "sous-titre"))
        quois = [
            (TOUT, "Tout : la grappe, chaque structure, le plan d’actions"),
            (GRAPPE, "La carte de la grappe"),
        ]
        if dossier.essms:
            quois.append((STRUCTURE, "La carte d’une structure"))
        self.quoi = ChampChoix("Quoi", quois)
        self.quoi.change.connect(lambda _: self._changer())
        self.quoi.fixer(quoi if quoi in dict(quois) else TOUT)
        self.structure = ChampChoix("Structure", [(e.id, e.nom) for e in dossier.essms])
        premiere = essms or (dossier.essms[0] if dossier.essms else None)
        self.structure.fixer(premiere.id if premiere else None)
        colonne.addWidget(self.quoi)
        colonne.addWidget(self.structure)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(bouton("Annuler", self.reject))
        rangee.addStretch(1)
        self.excel = bouton(
            "&Excel…", lambda: self._choisir(EXCEL), aide="Classeur avec le registre et les actions"
        )
        self.word = bouton("&Word…", lambda: self._choisir(WORD), aide="Document modifiable")
        self.imprimer = bouton("&Aperçu et impression", lambda: self._choisir(IMPRIMER), "primaire")
        for b in (self.excel, self.word, self.imprimer):
            rangee.addWidget(b)
        colonne.addLayout(rangee)
        self.imprimer.setDefault(True)
        self._changer()

    @property
    def essms(self) -> Essms | None:
        """The structure chosen, None for the others."""
        if self.quoi.valeur != STRUCTURE:
            return None
        return next((e for e in self._dossier.essms if e.id == self.structure.valeur), None)

    def _changer(self) -> None:
        self.structure.setVisible(self.quoi.valeur == STRUCTURE)
        self.ajuster()

    def _choisir(self, forme: str) -> None:
        self.forme = forme
        self.accept()


def document_de(lu: "Lecture", quoi: str, essms: Essms | None) -> "Document":
    """The tree of the maps asked."""
    from esms_desktop.documents.produits import risques

    if quoi == STRUCTURE and essms is not None:
        return risques.document_structure(lu.dossier, lu.campagne, lu.jour, essms)
    if quoi == GRAPPE:
        return risques.document_grappe(lu.dossier, lu.campagne, lu.jour)
    return risques.document(lu.dossier, lu.campagne, lu.jour)


def classeur_de(lu: "Lecture", quoi: str, essms: Essms | None) -> "Classeur":
    """The workbook of the maps asked."""
    from esms_desktop.documents.classeur import risques as classeur_risques

    if quoi == TOUT:
        return classeur_risques.classeur(lu.dossier, lu.campagne, lu.jour)
    return classeur_risques.classeur_carte(lu.dossier, lu.campagne, lu.jour, essms)


class Sorties:
    """Makes what was asked, beside the window.

    Args:
        contexte: the one way to the core.
        parent: the page.
        dire: says that a file is written: (sentence, file).
        echoue: says why not.
    """

    def __init__(
        self,
        contexte: "Contexte",
        parent: QWidget,
        dire: Callable[[str, Path], object],
        echoue: Callable[[str, str], object],
    ) -> None:
        self._contexte, self._parent = contexte, parent
        self._dire, self._echoue = dire, echoue

    def imprimer(self, lu: "Lecture", quoi: str, essms: Essms | None) -> None:
        """Shows the pages, then prints them or makes a PDF of them."""
        arbre = document_de(lu, quoi, essms)
        apercevoir(
            self._parent,
            self._contexte.taches,
            "Imprimer les risques",
            _NOMS[quoi],
            [(arbre.sous_titre or arbre.titre, arbre)],
            lu.jour,
            self._echec,
        )

    def ecrire(
        self, lu: "Lecture", quoi: str, essms: Essms | None, forme: str, chemin: Path | None = None
    ) -> None:
        """Asks where a file goes, unless it is known, and writes it."""
        filtre, suffixe = (FILTRE_WORD, ".docx") if forme == WORD else (FILTRE_EXCEL, ".xlsx")
        if chemin is None:
            chemin = sorties.demander_fichier(
                self._parent, "Enregistrer les risques", f"{_NOMS[quoi]}{suffixe}", filtre
            )
        if chemin is None:
            return
        chemin = chemin if chemin.suffix else chemin.with_suffix(suffixe)
        taches, jour = self._contexte.taches, lu.jour
        if forme == WORD:
            ecrire_word(taches, document_de(lu, quoi, essms), chemin, jour, self._fini, self._echec)
        else:
            ecrire_excel(taches, classeur_de(lu, quoi, essms), chemin, jour, self._fini, self._echec)

    def _fini(self, chemins: list[Path]) -> None:
        self._dire(f"Enregistré{NBSP}: {chemins[0]}", chemins[0])

    def _echec(self, erreur: ErreurEsms) -> None:
        self._echoue(str(erreur), "info" if isinstance(erreur, Interruption) else "bad")
