"""A list of ESSMS, from a file or pasted: shown as differences before anything is written, then applied in one step."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esms_desktop.echanges.tables.ecarts import Change, OgVoulu, Rapprochement
from esms_desktop.echanges.tables.entete import plier
from esms_desktop.echanges.tables.grille import Source
from esms_desktop.echanges.tables.liste_essms import lire_tableau, reconnaitre
from esms_desktop.echanges.tables.rapprochement import OG_A_NOMMER, rapprocher
from esms_desktop.echanges.tables.rubriques_essms import PAR_NOM
from esms_desktop.echanges.tables.source import lire_fichier
from esms_desktop.echanges.tables.tableau import Colonne, Tableau
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.errors import ErreurEsms, ErreurSaisie, Interruption
from esms_desktop.francais import NBSP, accord, de, enumerer, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.gestes.echanges.listes import annuaire_de
from esms_desktop.progress import Progress
from ui.models.table import ModeleTable
from ui.pages.grappe.liste_tables import (
    COLONNES_DITS,
    COLONNES_ECARTS,
    Colonnes,
    Decisions,
    Dit,
    Ecart,
    dits,
    tableau,
)
from ui.widgets.boutons import bouton
from ui.widgets.champs.liste import Liste
from ui.widgets.libelle import Libelle
from ui.widgets.onglets import Onglets

if TYPE_CHECKING:
    from ui.contexte import Contexte

_DOSSIER, _COLONNES = "liste/dossier", "liste/colonnes"
_FILTRE = "Listes (*.xlsx *.xlsm *.csv *.txt *.tsv);;Tous les fichiers (*)"
ECARTS, A_DECIDER, DITS, COLONNES = range(4)


class DialogueListe(QDialog):
    """What a list would change; the columns, the sheet, the OG and the decisions can be changed, and all is reckoned again.

    Args:
        dossier_id: the dossier whose grappe it is set against.
        dire: told of what was done.
    """

    def __init__(
        self,
        contexte: "Contexte",
        dossier_id: int,
        source: Source,
        dire: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.contexte, self._dossier_id, self._source, self._dire = contexte, dossier_id, source, dire
        self._choix = _colonnes_gardees()
        self._decisions: dict[str, str] = {}
        self._ecartes: set[tuple[object, ...]] = set()
        self._feuille: str | None = None
        self.lu: Rapprochement | None = None
        self.setWindowTitle("Importer une liste d’ESSMS")
        self.setModal(True)
        self.finished.connect(self.deleteLater)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        titre = f"Importer «{NBSP}{source.nom}{NBSP}»" if source.nom else "Importer ce qui a été copié"
        tout.addWidget(Libelle(titre, "sous-titre"))
        self.bilan = Libelle("", "fort")
        tout.addWidget(self.bilan)
        tout.addLayout(self._reglages())
        self.onglets = Onglets(
            "Ce que dit la liste", ("&Différences", "À dé&cider", "&Réparé et laissé", "C&olonnes")
        )
        self.onglets.change.connect(self.montrer_onglet)
        tout.addWidget(self.onglets)
        self.vues = QStackedWidget()
        tout.addWidget(self.vues, 1)
        self._vues()
        self.message = Libelle("", "erreur")
        self.message.hide()
        tout.addWidget(self.message)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        self.ecarter = bouton(
            "&Écarter ou reprendre", self._basculer, aide="Les différences choisies ne sont pas écrites"
        )
        pied.addWidget(self.ecarter)
        pied.addStretch(1)
        self.renoncer = bouton("&Ne rien changer", self.reject)
        pied.addWidget(self.renoncer)
        self.accord = bouton("&Appliquer", self.appliquer, "primaire")
        pied.addWidget(self.accord)
        tout.addLayout(pied)
        self.resize(960, 640)
        contexte.change.connect(self.calculer)
        self.calculer()
        self.montrer_onglet(self._par_ou_commencer())
        self.accord.setDefault(True)

    def _par_ou_commencer(self) -> int:
        """The view that asks for something first."""
        if self.lu is None:
            return COLONNES
        return A_DECIDER if self.lu.vide and self.lu.a_decider else ECARTS

    def _reglages(self) -> QHBoxLayout:
        """The sheet that is read, and the OG of the new ones."""
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.feuilles = Liste()
        self.feuilles.setAccessibleName("Feuille lue")
        self.feuilles.activated.connect(self._changer_feuille)
        self._dit_feuille = Libelle("Feuille", "muet")
        dossier = self.contexte.lecture(self._dossier_id).dossier
        self.organismes = Liste()
        self.organismes.setAccessibleName("Organisme des nouveaux ESSMS")
        self.organismes.addItem("Celui que dit la liste", None)
        for og in dossier.ogs:
            self.organismes.addItem(og.nom_court, og.id)
        self.organismes.activated.connect(lambda _: self.calculer())
        self.organisme = QLineEdit()
        self.organisme.setAccessibleName("Nom de l’organisme des nouveaux ESSMS")
        self.organisme.setPlaceholderText(OG_A_NOMMER)
        self.organisme.setMaxLength(300)
        self.organisme.editingFinished.connect(self.calculer)
        self.organismes.setVisible(len(dossier.ogs) > 1)
        self.organisme.setVisible(not dossier.ogs)
        dit = Libelle("Organisme des nouveaux ESSMS", "muet")
        dit.setVisible(len(dossier.ogs) != 1)
        for w in (self._dit_feuille, self.feuilles, dit, self.organismes, self.organisme):
            rangee.addWidget(w, 1 if isinstance(w, Liste | QLineEdit) else 0)
        return rangee

    def _vues(self) -> None:
        self.ecarts: ModeleTable[Ecart] = ModeleTable(COLONNES_ECARTS, lambda e: e.cle)
        self.table_ecarts = tableau("Différences", (0.8, 2, 1.3, 1.5, 2, 0.7), {1: 18, 2: 12, 3: 10, 4: 18})
        self.table_ecarts.setModel(self.ecarts)
        self.decisions = Decisions(self._decider)
        self.dits: ModeleTable[Dit] = ModeleTable(COLONNES_DITS, id)
        table_dits = tableau("Réparé et laissé de côté", (0.8, 1.2, 1.6, 1.2, 2.2), {2: 14, 3: 12, 4: 22})
        table_dits.setModel(self.dits)
        self.colonnes = Colonnes(self._choisir_colonne)
        for vue in (self.table_ecarts, self.decisions, table_dits, self.colonnes):
            self.vues.addWidget(vue)

    # -- what it says ------------------------------------------------------------------------------------------

    def calculer(self) -> None:
        """Reads the list again with what was chosen, and shows what it would change."""
        try:
            dossier = self.contexte.lecture(self._dossier_id).dossier
        except ErreurEsms:
            # The dossier is gone: its window says so.
            self.reject()
            return
        self.message.hide()
        try:
            lu = lire_tableau(self._source, self._feuille, self._choix)
        except ErreurSaisie as refus:
            self._montrer_refus(str(refus), None)
            return
        self._montrer_feuilles(lu)
        try:
            reconnaitre(lu)
        except ErreurSaisie as refus:
            self._montrer_refus(f"{refus.message} Dites dans «{NBSP}Colonnes{NBSP}» ce qu’elles sont.", lu)
            return
        self.lu = rapprocher(dossier, lu, self._organisme(), self._decisions, annuaire_de(lu))
        self._montrer()

    def _organisme(self) -> OgVoulu | None:
        dossier = self.contexte.lecture(self._dossier_id).dossier
        if not dossier.ogs:
            nom = " ".join(self.organisme.text().split())
            return OgVoulu(None, nom) if nom else None
        choisi = self.organismes.currentData()
        og = next((o for o in dossier.ogs if o.id == choisi), None)
        return OgVoulu(og) if og is not None else None

    def _montrer_refus(self, phrase: str, lu: Tableau | None) -> None:
        self.lu = None
        self.bilan.setText("Cette liste ne peut pas encore être importée.")
        self.message.setText(phrase)
        self.message.show()
        self.ecarts.charger(())
        self.decisions.charger(())
        self.dits.charger(())
        self.colonnes.charger(lu.colonnes if lu is not None else ())
        self.accord.setEnabled(False)
        self._compter(0, 0, 0, len(lu.colonnes) if lu is not None else 0)

    def _montrer_feuilles(self, lu: Tableau) -> None:
        if self.feuilles.count() != len(lu.feuilles):
            self.feuilles.clear()
            self.feuilles.addItems(list(lu.feuilles))
        if lu.feuille in lu.feuilles:
            self.feuilles.setCurrentIndex(lu.feuilles.index(lu.feuille))
        for w in (self.feuilles, self._dit_feuille):
            w.setVisible(len(lu.feuilles) > 1)

    def _montrer(self) -> None:
        lu = self.lu
        assert lu is not None
        lignes = [Ecart(n) for n in lu.nouveaux] + [Ecart(c) for c in lu.changes]
        lignes = [replace(e, retenu=e.cle not in self._ecartes) for e in lignes]
        self.ecarts.charger(lignes)
        if lignes and self.table_ecarts.ligne_courante() < 0:
            self.table_ecarts.choisir(0)
        self.decisions.charger(lu.a_decider)
        autres = dits(lu)
        self.dits.charger(autres)
        self.colonnes.charger(lu.tableau.colonnes)
        self._compter(len(lignes), len(lu.a_decider), len(autres), len(lu.tableau.colonnes))
        self.bilan.setText(_bilan(lu))
        retenus = sum(e.retenu for e in lignes)
        self.accord.setEnabled(bool(retenus))
        self.accord.setText(f"&Appliquer {pluriel(retenus, 'différence')}" if retenus else "&Appliquer")

    def _compter(self, ecarts: int, a_decider: int, autres: int, colonnes: int) -> None:
        textes = ("&Différences", "À dé&cider", "&Réparé et laissé", "C&olonnes")
        for rang, (texte, nombre) in enumerate(
            zip(textes, (ecarts, a_decider, autres, colonnes), strict=True)
        ):
            self.onglets.fixer_texte(rang, f"{texte} ({nombre})")

    def montrer_onglet(self, rang: int) -> None:
        """Shows one of the four views."""
        self.onglets.fixer(rang)
        self.vues.setCurrentIndex(rang)
        self.ecarter.setVisible(rang == ECARTS)

    # -- what is chosen ----------------------------------------------------------------------------------------

    def _changer_feuille(self, _rang: int) -> None:
        self._feuille = self.feuilles.currentText()
        self._decisions.clear()
        self._ecartes.clear()
        self.calculer()

    def _decider(self, cle: str, code: str) -> None:
        self._decisions[cle] = code
        self.calculer()

    def _choisir_colonne(self, colonne: Colonne, rubrique: str) -> None:
        repere = plier(colonne.titre) or colonne.lettre.lower()
        if rubrique:
            # A field has one column: the one chosen last.
            self._choix = {t: "" if r == rubrique else r for t, r in self._choix.items()}
        self._choix[repere] = rubrique
        self.calculer()

    def _basculer(self) -> None:
        for rang in self.table_ecarts.lignes_choisies():
            self._ecartes ^= {self.ecarts.objet(rang).cle}
        self._montrer()

    def appliquer(self) -> None:
        """Writes what is kept, in one step; a refusal is said here."""
        if self.lu is None:
            return
        retenus = [e.quoi for e in (self.ecarts.objet(r) for r in range(self.ecarts.rowCount())) if e.retenu]
        voulu = replace(
            self.lu,
            nouveaux=tuple(q for q in retenus if not isinstance(q, Change)),
            changes=tuple(q for q in retenus if isinstance(q, Change)),
        )
        if not self.contexte.precaution("import"):
            return
        dossier = self.contexte.lecture(self._dossier_id).dossier
        # What is written must not be reckoned again while it is.
        self.contexte.change.disconnect(self.calculer)
        fait = self.contexte.accomplir_ou(self._refuser, gestes.importer_ecarts, dossier, voulu)
        if fait is None:
            self.contexte.change.connect(self.calculer)
            return
        # A letter names a column of this list alone.
        titres = {plier(c.titre) for c in self.lu.tableau.colonnes} - {""}
        gardes = _colonnes_gardees() | {t: r for t, r in self._choix.items() if t in titres}
        QSettings().setValue(_COLONNES, json.dumps(gardes, ensure_ascii=False))
        self.accept()
        self._dire(f"{pluriel(fait, 'ESSMS ajouté ou changé', 'ESSMS ajoutés ou changés')} par la liste.")

    def _refuser(self, phrase: str) -> None:
        self.message.setText(phrase)
        self.message.show()


def _bilan(lu: Rapprochement) -> str:
    morceaux = []
    if lu.nouveaux:
        morceaux.append(pluriel(len(lu.nouveaux), "nouvel ESSMS", "nouveaux ESSMS"))
    if lu.changes:
        touches = len({c.essms.id for c in lu.changes})
        morceaux.append(f"{pluriel(len(lu.changes), 'changement')} sur {pluriel(touches, 'ESSMS', 'ESSMS')}")
    if lu.inchanges:
        morceaux.append(pluriel(lu.inchanges, "inchangé", "inchangés"))
    if lu.a_decider:
        morceaux.append(f"{len(lu.a_decider)}{NBSP}à décider")
    if lu.refus:
        n = len(lu.refus)
        morceaux.append(f"{pluriel(n, 'valeur')} {accord(n, 'laissée', 'laissées')} de côté")
    return f"{enumerer(morceaux) or 'Cette liste ne dit rien de nouveau'}. Rien n’est encore écrit."


def _colonnes_gardees() -> dict[str, str]:
    """What the person chose for columns of these titles, the last times."""
    try:
        gardees = json.loads(str(QSettings().value(_COLONNES, "{}")))
    except ValueError:
        return {}
    if not isinstance(gardees, dict):
        return {}
    return {str(t): r for t, r in gardees.items() if r == "" or r in PAR_NOM}


class ImportListe:
    """Asks for a file or takes the clipboard, reads it beside the window, then opens the dialog."""

    def __init__(
        self,
        contexte: "Contexte",
        parent: QWidget,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        self._contexte, self._parent, self._dire, self._refuser = contexte, parent, dire, refuser
        self.dialogue: DialogueListe | None = None

    def choisir(self, dossier_id: int) -> None:
        """Asks for a file."""
        reglages = QSettings()
        depart = str(reglages.value(_DOSSIER, "") or Path.home())
        choisi, _ = QFileDialog.getOpenFileName(self._parent, "Importer une liste d’ESSMS", depart, _FILTRE)
        if choisi:
            reglages.setValue(_DOSSIER, str(Path(choisi).parent))
            self.lire(dossier_id, Path(choisi))

    def lire(self, dossier_id: int, chemin: Path) -> None:
        """Reads a file, then shows what it would change."""

        def travail(progress: Progress) -> Source:
            progress.etape(0, 0, f"Lecture {de(chemin.name)}")
            return lire_fichier(chemin)

        def echec(erreur: ErreurEsms) -> None:
            if not isinstance(erreur, Interruption):
                self._refuser(str(erreur))

        self._contexte.taches.lancer(
            "Lecture de la liste", travail, lambda source: self.ouvrir(dossier_id, source), echec
        )

    def coller(self, dossier_id: int, texte: str | None = None) -> None:
        """Shows what the clipboard would change; says what to copy when it is empty."""
        copie = QGuiApplication.clipboard().text() if texte is None else texte
        if not copie.strip():
            self._refuser(
                "Le presse-papiers est vide. Copiez d’abord les lignes d’un tableur, avec leurs titres (FINESS, SIRET, nom, places…)."
            )
            return
        try:
            self.ouvrir(dossier_id, presse_papiers(copie))
        except ErreurSaisie as refus:
            self._refuser(str(refus))

    def ouvrir(self, dossier_id: int, source: Source) -> None:
        """Opens the dialog."""
        try:
            lire_tableau(source)
        except ErreurSaisie as refus:
            self._refuser(str(refus))
            return
        self.dialogue = DialogueListe(self._contexte, dossier_id, source, self._dire, self._parent)
        self.dialogue.open()
