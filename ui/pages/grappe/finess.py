"""Adding an OG from the FINESS directory, or the ESSMS that an OG of the dossier does not have yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import majuscule, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.gestes.grappe import OgLu, Valeurs, og_lu
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.progress import Progress
from ui.pages.accueil.nouveau_resultat import EntiteVerifiee, ResultatFiness, Verification, verifier
from ui.pages.commun.page import Defilement
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampTexte
from ui.widgets.libelle import Libelle

if TYPE_CHECKING:
    from ui.contexte import Contexte

_DERNIER = "finess/fichier"


@dataclass(frozen=True)
class Trouve:
    """What the directory gives for a number. `og`: None when the number cannot be used."""

    verification: Verification
    og: OgLu | None


def chercher(chemin: Path, numero: str, progress: Progress) -> Trouve:
    """Reads the directory for one EJ number.

    Raises:
        ErreurFiness: the file cannot be read.
        Interruption: the person cancelled.
    """
    verification = verifier(chemin, [numero], progress)
    if not verification.utilisable:
        return Trouve(verification, None)
    return Trouve(verification, og_lu(verification.annuaire, numero))


def og_du_dossier(dossier: Dossier, ej: str) -> Og | None:
    """The OG of the dossier that has this EJ number."""
    return next((og for og in dossier.ogs if numeros.normaliser(og.finess_ej) == ej), None)


def manquants(dossier: Dossier, trouve: OgLu) -> list[Valeurs]:
    """The ESSMS of an OG of the directory that the dossier does not have, by their FINESS number."""
    connus = {numeros.normaliser(e.finess) for e in dossier.essms}
    return [e for e in trouve.essms if numeros.normaliser(e["finess"]) not in connus]


class DialogueAjout(QDialog):
    """A file, a number, what the directory says of it, and the button that adds it.

    Args:
        dossier_id: the dossier it is added to.
    """

    def __init__(self, contexte: "Contexte", dossier_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contexte = contexte
        self._dossier_id = dossier_id
        self._reglages = QSettings()
        self.trouve: Trouve | None = None
        self.setWindowTitle("Ajouter depuis FINESS")
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle("Ajouter depuis FINESS", "titre"))
        tout.addWidget(
            Libelle(
                "Un organisme entre avec tous ses ESSMS actifs et éligibles. S’il est déjà dans la grappe, seuls les ESSMS "
                "qui lui manquent sont ajoutés ; ce que vous avez saisi n’est pas touché.",
                "muet",
            )
        )
        self.bandeau = Bandeau()
        tout.addWidget(self.bandeau)
        self.defilement = Defilement("Ajouter depuis FINESS")
        formulaire = QVBoxLayout(self.defilement.interieur)
        formulaire.setContentsMargins(0, 0, 10, 0)
        formulaire.setSpacing(12)
        self.fichier = ChampTexte(
            "Fichier FINESS",
            aide="L’un des deux formats officiels : « FINESS structures » (JSON) ou « etalab » (CSV), compressé ou non.",
            indication="Choisissez le fichier téléchargé",
        )
        self.fichier.fixer(str(self._reglages.value(_DERNIER, "") or ""))
        self.numero = ChampTexte(
            "Numéro FINESS juridique (EJ) de l’organisme",
            aide="Neuf caractères ; celui d’un de ses établissements ne convient pas.",
            indication="060020443",
        )
        rangee = QHBoxLayout()
        rangee.addWidget(bouton("Choisir le &fichier…", self._parcourir))
        rangee.addStretch(1)
        self.resultat = ResultatFiness()
        self.effet = Libelle("", "fort")
        formulaire.addWidget(self.fichier)
        formulaire.addLayout(rangee)
        formulaire.addWidget(self.numero)
        formulaire.addWidget(self.effet)
        formulaire.addWidget(self.resultat)
        formulaire.addStretch(1)
        tout.addWidget(self.defilement, 1)
        actions = QHBoxLayout()
        actions.setSpacing(10)
        actions.addStretch(1)
        actions.addWidget(bouton("Fermer", self.reject))
        self.verifier = bouton("&Vérifier dans l’annuaire", self._verifier)
        self.accord = bouton("&Ajouter", self.accept, "primaire")
        actions.addWidget(self.verifier)
        actions.addWidget(self.accord)
        tout.addLayout(actions)
        self.verifier.setDefault(True)
        for champ in (self.fichier, self.numero):
            champ.frappe.connect(self._perimer)
        self._perimer()
        contexte.change.connect(self._relire)
        self.resize(720, 600)

    def _relire(self) -> None:
        """The grappe may have changed meanwhile: what adding would do is said again."""
        try:
            self.contexte.lecture(self._dossier_id)
        except ErreurEsms:
            # The dossier is gone: its window says so.
            self.reject()
            return
        if self.trouve is not None:
            self.montrer(self.trouve)

    def _perimer(self) -> None:
        self.trouve = None
        self.accord.setEnabled(False)
        self.resultat.hide()
        self.effet.hide()

    def _parcourir(self) -> None:
        filtre = "Fichiers FINESS (*.json *.json.gz *.csv *.csv.gz *.gz);;Tous les fichiers (*)"
        choix, _ = QFileDialog.getOpenFileName(self, "Fichier FINESS", self.fichier.texte_saisi(), filtre)
        if choix:
            self.fichier.fixer(choix)

    def _verifier(self) -> None:
        chemin = self.fichier.texte_saisi().strip()
        numero = numeros.normaliser(self.numero.texte_saisi())
        defaut = numeros.defaut_finess(numero)
        self.fichier.montrer_erreur("" if chemin else "Choisissez le fichier FINESS à lire.")
        self.numero.montrer_erreur(f"{majuscule(defaut)}." if defaut else "")
        if not chemin or defaut:
            (self.numero if chemin else self.fichier).viser()
            return
        self.bandeau.fermer()
        self.verifier.setEnabled(False)
        self.contexte.taches.lancer(
            "Lecture de l’annuaire FINESS",
            lambda progress: chercher(Path(chemin).expanduser(), numero, progress),
            lambda trouve: self.montrer(trouve, chemin),
            self._echoue,
        )

    def montrer(self, trouve: Trouve, chemin: str = "") -> None:
        """Shows what was found, and what adding it would do."""
        self.verifier.setEnabled(True)
        if chemin:
            self._reglages.setValue(_DERNIER, chemin)
        self.trouve = trouve
        entite = trouve.verification.entites[0]
        dossier = self.contexte.lecture(self._dossier_id).dossier
        present = og_du_dossier(dossier, trouve.og.finess_ej) if trouve.og else None
        neufs = manquants(dossier, trouve.og) if trouve.og else []
        self.resultat.montrer(
            replace(trouve.verification, entites=(self._entite(entite, neufs, trouve.og),)), ("Organisme",)
        )
        self.resultat.show()
        self.effet.setText(_effet(present, neufs, trouve.og))
        self.effet.setVisible(trouve.og is not None)
        self.accord.setEnabled(bool(neufs))
        (self.accord if neufs else self.numero.saisie).setFocus()

    def _entite(self, entite: EntiteVerifiee, neufs: list[Valeurs], og: OgLu | None) -> EntiteVerifiee:
        return entite if og is None else replace(entite, retenus=len(neufs))

    def _echoue(self, erreur: ErreurEsms) -> None:
        self.verifier.setEnabled(True)
        if not isinstance(erreur, Interruption):
            self.fichier.montrer_erreur(str(erreur))
            self.fichier.viser()


def _effet(present: Og | None, neufs: list[Valeurs], og: OgLu | None) -> str:
    if og is None:
        return ""
    if not neufs:
        return f"Tous les ESSMS éligibles de « {og.nom} » sont déjà dans la grappe."
    deja = len(og.essms) - len(neufs)
    if present is None and not deja:
        return f"« {og.nom} » entrera dans la grappe avec {pluriel(len(neufs), 'ESSMS', 'ESSMS')}."
    if present is None:
        return (
            f"« {og.nom} » entrera dans la grappe avec {pluriel(len(neufs), 'ESSMS', 'ESSMS')} ; "
            f"{pluriel(deja, 'autre est déjà', 'autres sont déjà')} dans la grappe, sous un autre organisme."
        )
    return f"« {present.nom} » est déjà dans la grappe : {pluriel(len(neufs), 'ESSMS lui sera ajouté', 'ESSMS lui seront ajoutés')}."


class AjoutFiness:
    """Opens the dialog and writes what was agreed, in one gesture."""

    def __init__(
        self,
        contexte: "Contexte",
        parent: QWidget,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
    ) -> None:
        self._contexte, self._parent = contexte, parent
        self._dire, self._refuser = dire, refuser

    def lancer(self, dossier: Dossier) -> None:
        """Asks, then adds."""
        dialogue = DialogueAjout(self._contexte, dossier.id, self._parent)
        if dialogue.exec() == QDialog.DialogCode.Accepted and dialogue.trouve and dialogue.trouve.og:
            self.ecrire(dossier.id, dialogue.trouve.og)
        dialogue.deleteLater()

    def ecrire(self, dossier_id: int, trouve: OgLu) -> bool:
        """Adds an OG of the directory, or the ESSMS its twin in the dossier lacks; False when refused."""
        dossier = self._contexte.lecture(dossier_id).dossier
        neufs = manquants(dossier, trouve)
        present = og_du_dossier(dossier, trouve.finess_ej)
        self._contexte.precaution("import")
        if present is not None:
            fait = bool(self._contexte.accomplir(gestes.completer_og, present, neufs))
        else:
            fait = bool(self._contexte.accomplir(gestes.ajouter_og_lu, dossier, trouve, neufs))
        if fait:
            nom = (present or trouve).nom_court
            self._dire(f"{pluriel(len(neufs), 'ESSMS ajouté', 'ESSMS ajoutés')} avec « {nom} ».")
        else:
            self._refuser("Rien n’a été ajouté.")
        return fait
