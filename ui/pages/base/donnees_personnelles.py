"""Personal data, for the one who answers for them: how long, hand over, erase, the entry of the register."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, pluriel
from ui import sorties
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampEntier, ChampTexte
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste, demander

if TYPE_CHECKING:
    from collections.abc import Callable

    from esms_desktop.base.donnees_personnelles import Efface, Export
    from esms_desktop.base.seance import Cle
    from esms_desktop.progress import Progress
    from ui.contexte import Contexte

T = TypeVar("T")
_MOIS_MAX = 240


class DialogueDonnees(DialogueAjuste):
    """What is asked of a person, and of the base."""

    def __init__(self, contexte: "Contexte", cle: "Cle", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._contexte, self._cle = contexte, cle
        self._base = contexte.base.chemin
        self.setWindowTitle("Données personnelles")
        self.setAccessibleName("Données personnelles")
        self.setMinimumWidth(640)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle("Données personnelles", "sous-titre"))
        self.bandeau = Bandeau()
        colonne.addWidget(self.bandeau)
        colonne.addWidget(self._personne())
        colonne.addWidget(self._duree())
        colonne.addWidget(self._registre())
        bas = QHBoxLayout()
        bas.addStretch(1)
        bas.addWidget(bouton("&Fermer", self.accept))
        colonne.addLayout(bas)

    def _personne(self) -> Carte:
        carte = Carte("Une personne")
        self.nom = ChampTexte(
            "Prénom et nom",
            aide="Cherchés partout, aux accents et aux majuscules près, avec le courriel et le téléphone de son contact.",
        )
        carte.ajouter(self.nom)
        rangee = QHBoxLayout()
        rangee.setSpacing(8)
        self.b_donner = bouton(
            "&Enregistrer tout ce qui la nomme…", self.donner, aide="Un fichier JSON, lisible par vous seul"
        )
        self.b_effacer = bouton(
            "E&ffacer cette personne…",
            self.effacer,
            "danger",
            "Dossiers, journal et corbeille\u00a0; ne s’annule pas",
        )
        rangee.addWidget(self.b_donner)
        rangee.addStretch(1)
        rangee.addWidget(self.b_effacer)
        carte.corps.addLayout(rangee)
        return carte

    def _duree(self) -> Carte:
        from esms_desktop.base import donnees_personnelles

        carte = Carte("Ce qui est retiré")
        self.mois = ChampEntier(
            "Mois dans la corbeille",
            self._fixer_mois,
            "0 ou vide\u00a0: sans limite. Passé ce délai, ce qui fut retiré s’efface pour de bon à l’ouverture de la base.",
            maximum=_MOIS_MAX,
        )
        self.mois.fixer(donnees_personnelles.conservation(self._base, self._cle) or None)
        carte.ajouter(self.mois)
        return carte

    def _registre(self) -> Carte:
        carte = Carte("Registre des traitements")
        self.fiche = carte.ajouter_texte("", "petit")
        carte.ajouter_action(bouton("&Copier la fiche", self.copier))
        self._montrer_registre()
        return carte

    def _montrer_registre(self) -> None:
        from esms_desktop.base import donnees_personnelles

        actes = donnees_personnelles.actes(self._base, self._cle)
        derniers = [donnees_personnelles.phrase_acte(a) for a in actes[-3:]]
        self.fiche.setText(
            "La fiche à compléter (RGPD, article 30), et ce qui fut effacé ou remis. "
            + (f"Derniers actes{NBSP}: {' ; '.join(derniers)}." if derniers else "Aucun acte pour le moment.")
        )

    def _fixer_mois(self, mois: int | None) -> bool:
        from esms_desktop.base import donnees_personnelles

        donnees_personnelles.fixer_conservation(self._base, self._cle, mois or 0)
        self.bandeau.montrer(donnees_personnelles.phrase_conservation(mois or 0), "ok", secondes=8)
        self._montrer_registre()
        return True

    def donner(self) -> None:
        """Asks where, then writes all that names the person."""
        if not self._nomme():
            return
        chemin = sorties.demander_fichier(
            self, "Enregistrer les données d’une personne", "donnees-personnelles.json", "JSON (*.json)"
        )
        if chemin is not None:
            self.donner_vers(chemin)

    def donner_vers(self, chemin: Path) -> None:
        """Writes all that names the person into a file."""
        from esms_desktop.base import donnees_personnelles

        base, cle, nom = self._base, self._cle, self._nom()

        def fini(fait: "Export") -> None:
            dites = fait.trouves.phrases("Joignez-les à votre réponse.")
            combien = pluriel(fait.endroits, "endroit nomme", "endroits nomment")
            self.bandeau.montrer(" ".join((f"{combien} cette personne{NBSP}: {chemin}.", *dites)), "ok")
            self._montrer_registre()

        self._chercher(lambda: donnees_personnelles.exporter_personne(base, cle, nom, chemin), fini)

    def _chercher(self, travail: "Callable[[], T]", fini: "Callable[[T], None]") -> None:
        """Does it beside the window: every file of the base is read."""
        for b in (self.b_donner, self.b_effacer):
            b.setEnabled(False)

        def rendre() -> None:
            for b in (self.b_donner, self.b_effacer):
                b.setEnabled(True)

        def reussi(resultat: "T") -> None:
            rendre()
            fini(resultat)

        def echec(e: ErreurEsms) -> None:
            rendre()
            self.bandeau.montrer(str(e), "bad")

        self._contexte.taches.lancer(
            "Recherche de la personne", lambda _: travail(), reussi, echec, discret=True
        )

    def effacer(self) -> None:
        """Asks, then erases the person everywhere."""
        from esms_desktop.base import donnees_personnelles

        nom = self._nom()
        if not self._nomme() or not demander(
            self,
            "Effacer cette personne ?",
            f"Le contact «{NBSP}{nom}{NBSP}» quitte les dossiers, et son nom, son courriel et son téléphone y deviennent "
            "«\u00a0[effacé]\u00a0», dans le journal aussi. Cela ne s’annule pas, et rien de ce qui fut fait avant ne s’annulera plus.",
            "Effacer",
            "Garder",
            danger=True,
        ):
            return
        base, cle = self._base, self._cle

        def fini(efface: "Efface") -> None:
            self._contexte.base.oublier_les_pas()
            self._contexte.suivre_la_base()
            self.bandeau.montrer(" ".join(efface.phrases), "ok")
            self._montrer_registre()

        self._chercher(lambda: donnees_personnelles.effacer_personne(base, cle, nom), fini)

    def copier(self) -> None:
        """Puts the entry of the register on the clipboard."""
        from esms_desktop.base import donnees_personnelles

        fiche = donnees_personnelles.fiche_registre(self._base, self._cle)
        QGuiApplication.clipboard().setText("\n".join(donnees_personnelles.phrases_registre(fiche)))
        self.bandeau.montrer("La fiche est dans le presse-papiers.", "ok", secondes=6)

    def _nom(self) -> str:
        return " ".join(self.nom.texte_saisi().split())

    def _nomme(self) -> bool:
        if self._nom():
            return True
        self.nom.montrer_erreur("Donnez le prénom et le nom de la personne.")
        self.nom.viser()
        return False


def effacer_perimes(contexte: "Contexte") -> None:
    """Erases behind the window what was removed longer ago than the setting says."""
    from datetime import datetime

    from esms_desktop.base import donnees_personnelles

    chemin, cle = contexte.base.chemin, contexte.base.cle
    if cle is None:
        return

    def faire(_progress: "Progress") -> None:
        donnees_personnelles.effacer_perimes(chemin, cle, datetime.now().astimezone())

    # What fails is done at the next opening.
    contexte.taches.lancer("Corbeille", faire, lambda _: None, lambda _: None, discret=True)
