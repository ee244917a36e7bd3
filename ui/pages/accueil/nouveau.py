"""The two ways to start a dossier: from the FINESS directory, or empty."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, ErreurSaisie, Interruption
from esms_desktop.nomenclature.champs import libelle_de
from ui.pages.accueil.nouveau_resultat import ResultatFiness, Verification, verifier
from ui.pages.commun.page import Defilement
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.libelle import Filet, Libelle

if TYPE_CHECKING:
    from esms_desktop.base.seance import Porte
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from ui.contexte import Contexte

_DERNIER = "finess/fichier"


class _DialogueNouveau(QDialog):
    """Name, campaign and type, common to both. `cree(int)`: the dossier made."""

    cree = Signal(int)

    def __init__(self, contexte: "Contexte", titre: str, intro: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from esms_desktop.campagnes.chargement import toutes
        from esms_desktop.campagnes.ouverture import par_defaut
        from esms_desktop.nomenclature.vocabulaire import TypeProjet

        self.contexte = contexte
        self.setWindowTitle(titre)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle(titre, "titre"))
        texte = Libelle(intro, "muet")
        texte.setMinimumWidth(520)
        tout.addWidget(texte)
        self.bandeau = Bandeau()
        tout.addWidget(self.bandeau)
        self.defilement = Defilement(titre)
        self.formulaire = QVBoxLayout(self.defilement.interieur)
        self.formulaire.setContentsMargins(0, 0, 10, 0)
        self.formulaire.setSpacing(12)
        tout.addWidget(self.defilement, 1)
        self.nom = ChampTexte(libelle_de("dossier.nom"), indication="Grappe Val de Sèvre")
        campagnes = toutes()
        self._campagnes = {c.id: c for c in campagnes}
        self.campagne = ChampChoix(
            libelle_de("dossier.campagne_id"), [(c.id, c.titre) for c in campagnes], self._dire_ouverture
        )
        self.ouverture = Libelle("", "muet")
        if (proposee := par_defaut(campagnes, contexte.jour())) is not None:
            self.campagne.fixer(proposee.id)
        self.type_projet = ChampChoix(libelle_de("dossier.type_projet"), [(t, t.libelle) for t in TypeProjet])
        self.type_projet.fixer(TypeProjet.ACQUISITION)
        self.formulaire.addWidget(self.nom)
        self.formulaire.addWidget(self.campagne)
        self.formulaire.addWidget(self.ouverture)
        self._dire_ouverture(self.campagne.valeur)
        self.formulaire.addWidget(self.type_projet)
        self.rangee_actions = QHBoxLayout()
        self.rangee_actions.setSpacing(10)
        self.rangee_actions.addStretch(1)
        self.rangee_actions.addWidget(bouton("&Fermer", self.reject))
        tout.addWidget(Filet())
        tout.addLayout(self.rangee_actions)

    def _dire_ouverture(self, id: str | None) -> None:
        """Says whether the campaign chosen takes filings; nothing when it does."""
        from esms_desktop.campagnes.ouverture import phrase

        campagne = self._campagnes.get(id or "")
        self.ouverture.setText("" if campagne is None else phrase(campagne, self.contexte.jour()))
        self.ouverture.setVisible(bool(self.ouverture.text()))

    def ajouter_action(self, b: QPushButton) -> QPushButton:
        """Puts a button at the right of « Fermer »."""
        self.rangee_actions.addWidget(b)
        return b

    def choix_communs(self) -> "tuple[str, str, TypeProjet] | None":
        """(name, campaign, type) when they can be used; otherwise says why under the field and gives None."""
        nom = self.nom.texte_saisi().strip()
        if not nom:
            self._refuser_nom(
                "Donnez un nom au dossier : c’est lui que vous retrouverez dans le portefeuille."
            )
            return None
        self.nom.montrer_erreur("")
        return nom, self.campagne.valeur, self.type_projet.valeur

    def _refuser_nom(self, raison: str) -> None:
        self.nom.montrer_erreur(raison)
        self.nom.viser()

    def garder(self, creer: "Callable[[Porte], int]") -> None:
        """Saves the dossier that `creer` makes, closes, and says which was made."""
        try:
            dossier_id = self.contexte.base.accomplir(creer)
        except ErreurSaisie as e:
            self._refuser_nom(str(e))
            return
        except (ErreurEsms, OSError) as e:
            self.bandeau.montrer(
                f"Le dossier n’a pas été créé. {e} Ce que vous avez saisi est toujours là.", "bad"
            )
            return
        self.accept()
        self.cree.emit(dossier_id)


class DialogueVide(_DialogueNouveau):
    """A dossier whose grappe will be typed by hand."""

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(
            contexte,
            "Nouveau dossier vide",
            "La grappe est vide au départ : vous ajouterez les organismes et leurs ESSMS à la main ou par copier-coller.",
            parent,
        )
        self.creer = self.ajouter_action(bouton("&Créer le dossier", self._creer, "primaire"))
        self.formulaire.addStretch(1)
        self.resize(620, 470)

    def _creer(self) -> None:
        from esms_desktop.gestes.creer import creer_vide

        choix = self.choix_communs()
        if choix is not None:
            nom, campagne, genre = choix
            self.garder(lambda porte: creer_vide(porte, nom, campagne, genre))


class DialogueFiness(_DialogueNouveau):
    """A dossier from EJ numbers: the directory is read beside the window, what it holds is shown, then it is created."""

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(
            contexte,
            "Nouveau dossier depuis FINESS",
            "Chaque organisme gestionnaire entre avec tous ses établissements et services actifs et éligibles. Ceux qui sont "
            "laissés de côté sont montrés, avec leur motif, avant la création.",
            parent,
        )
        self._reglages = QSettings()
        self._verification: Verification | None = None
        self.fichier = ChampTexte(
            "Fichier FINESS",
            aide="L’un des deux formats officiels : « FINESS structures » (JSON) ou « etalab » (CSV), compressé ou non.",
            indication="Choisissez le fichier téléchargé",
        )
        self.fichier.fixer(str(self._reglages.value(_DERNIER, "") or ""))
        rangee = QHBoxLayout()
        rangee.addWidget(bouton("Choisir le &fichier…", self._parcourir))
        rangee.addStretch(1)
        self.porteur = ChampTexte("Numéro FINESS juridique du porteur", indication="060020443")
        self.membres = ChampTexte(
            "Numéros FINESS juridiques des autres membres, un par ligne",
            multiligne=True,
            aide="Laissez vide pour un porteur seul ; vous pourrez ajouter des membres plus tard.",
        )
        self.formulaire.addWidget(Filet())
        self.formulaire.addWidget(self.fichier)
        self.formulaire.addLayout(rangee)
        self.formulaire.addWidget(self.porteur)
        self.formulaire.addWidget(self.membres)
        self.resultat = ResultatFiness()
        self.resultat.hide()
        self.formulaire.addWidget(self.resultat)
        self.formulaire.addStretch(1)
        self.verifier = self.ajouter_action(bouton("&Vérifier dans l’annuaire", self._verifier))
        self.creer = self.ajouter_action(bouton("&Créer le dossier", self._creer, "primaire"))
        for champ in (self.fichier, self.porteur, self.membres):
            champ.frappe.connect(self._perimer)
        self._perimer()
        self.resize(780, 720)

    def numeros(self) -> list[str]:
        """The EJ numbers typed: the porteur first, then the members."""
        saisis = self.membres.texte_saisi()
        autres = [n.strip() for n in saisis.replace(",", "\n").replace(";", "\n").splitlines()]
        return [self.porteur.texte_saisi().strip(), *(n for n in autres if n)]

    def _parcourir(self) -> None:
        actuel = self.fichier.texte_saisi()
        choix, _ = QFileDialog.getOpenFileName(
            self,
            "Fichier FINESS",
            actuel,
            "Fichiers FINESS (*.json *.json.gz *.csv *.csv.gz *.gz);;Tous les fichiers (*)",
        )
        if choix:
            self.fichier.fixer(choix)

    def _perimer(self) -> None:
        self._verification = None
        self.creer.setEnabled(False)
        self.creer.setToolTip("Vérifiez d’abord les numéros dans l’annuaire.")
        self.resultat.hide()

    def _verifier(self) -> None:
        chemin, numeros = self.fichier.texte_saisi().strip(), self.numeros()
        self.fichier.montrer_erreur("" if chemin else "Choisissez le fichier FINESS à lire.")
        self.porteur.montrer_erreur("" if numeros[0] else "Donnez le numéro FINESS juridique du porteur.")
        if not chemin or not numeros[0]:
            (self.fichier if not chemin else self.porteur).viser()
            return
        self.bandeau.fermer()
        self.verifier.setEnabled(False)
        self.contexte.taches.lancer(
            "Lecture de l’annuaire FINESS",
            lambda progress: verifier(Path(chemin).expanduser(), numeros, progress),
            lambda resultat: self._verifie(resultat, chemin),
            self._echoue,
        )

    def _verifie(self, resultat: Verification, chemin: str) -> None:
        self.verifier.setEnabled(True)
        self._reglages.setValue(_DERNIER, chemin)
        self._verification = resultat
        self.resultat.montrer(resultat)
        self.resultat.show()
        self.creer.setEnabled(resultat.utilisable)
        self.creer.setToolTip("" if resultat.utilisable else "Corrigez d’abord les numéros refusés.")
        (self.creer if resultat.utilisable else self.verifier).setFocus()
        # Once the result is laid out: its top comes to the top of the dialog.
        QTimer.singleShot(0, self._montrer_resultat)

    def _montrer_resultat(self) -> None:
        self.defilement.verticalScrollBar().setValue(self.resultat.y())

    def _echoue(self, erreur: ErreurEsms) -> None:
        self.verifier.setEnabled(True)
        if not isinstance(erreur, Interruption):
            self.fichier.montrer_erreur(str(erreur))
            self.fichier.viser()

    def _creer(self) -> None:
        from esms_desktop.finess import creer_dossier
        from esms_desktop.gestes.creer import garder

        choix, verification = self.choix_communs(), self._verification
        if choix is None or verification is None:
            return
        nom, campagne, genre = choix
        porteur, *membres = self._sequence(verification)
        try:
            lu = creer_dossier(verification.annuaire, nom, campagne, genre, porteur, membres)
        except ErreurEsms as e:
            self.bandeau.montrer(f"Le dossier n’a pas été créé. {e}", "bad")
            return
        self.garder(lambda porte: garder(porte, lu))

    def _sequence(self, verification: Verification) -> Sequence[Any]:
        return [entite.numero for entite in verification.entites]
