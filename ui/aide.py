"""The help dialog: how the application works, and the words of the field."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from esms_desktop import __version__
from esms_desktop.francais import NBSP, cle
from ui.pages.commun.page import Defilement
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.question import Boite

# The words of the field (referentiel 01 § 1).
GLOSSAIRE: dict[str, str] = {
    "AMOA": "Assistance à maîtrise d’ouvrage : l’appui qu’un projet s’offre pour choisir et déployer sa solution.",
    "ARS": "Agence régionale de santé. Elle instruit les projets régionaux et verse l’aide.",
    "Chemin critique": "Les tâches sans marge : un jour de retard sur l’une d’elles retarde tout le projet.",
    "CNSA": "Caisse nationale de solidarité pour l’autonomie. Elle instruit les projets nationaux.",
    "Criticité": "Probabilité × gravité d’un risque, de 1 à 16 : elle classe ce dont il faut s’occuper d’abord.",
    "DUI": "Dossier usager informatisé : le logiciel que le projet acquiert ou met en conformité.",
    "ESSMS": "Établissement ou service social ou médico-social (article L. 312-1 du code de l’action sociale et des familles).",
    "FINESS EJ": "Numéro FINESS juridique : les 9 caractères de l’organisme gestionnaire, son « entité juridique ».",
    "FINESS géographique": "Les 9 caractères d’un établissement ou service. Le dernier est une clé de contrôle.",
    "GALIS": "Le téléservice « PAI numérique » où le dossier est déposé.",
    "Grappe": "Les organismes gestionnaires qui portent ensemble le projet.",
    "Jalon": "Une date qui marque une étape (dépôt, VA, VSR…) : elle n’a pas de durée.",
    "Marge": "Les jours ouvrés dont une tâche peut glisser sans retarder la fin du projet.",
    "OG": "Organisme gestionnaire : l’association, l’établissement public ou la société qui gère des ESSMS.",
    "Porteur": "L’organisme gestionnaire qui dépose la demande au nom de la grappe.",
    "Référencée Ségur": "Solution reconnue conforme par l’Agence du numérique en santé.",
    "SAD": "Système d’acquisition dynamique du RESAH : une procédure d’achat déjà ouverte aux établissements.",
    "SONS": "Système ouvert et non sélectif : l’État paie directement l’éditeur d’une mise en conformité.",
    "VA": "Vérification d’aptitude : la solution fait ce qui était demandé.",
    "VSR": "Vérification de service régulier : la solution tient dans l’usage courant.",
}
_FONCTIONNEMENT = (
    (
        "Rien à enregistrer",
        "Chaque saisie est gardée dès que vous vous arrêtez de taper, et quand vous quittez le champ. Le pied de la barre latérale "
        "donne l’heure du dernier enregistrement ; Ctrl+Z annule le dernier geste et Ctrl+Y le rétablit, même après avoir refermé. "
        "Un texte refusé attend dans son champ, et vous est rendu à la prochaine ouverture.",
    ),
    (
        "Ce qui fut fait, ce qui fut retiré",
        "La page Historique dit qui a changé quoi, quand, et la valeur d’avant, qui peut se remettre. La corbeille (menu Édition) rend "
        "ce qui fut retiré avec tout ce qui en dépendait.",
    ),
    (
        "L’annuaire FINESS",
        "Importé une fois depuis un fichier public, il reste sur cet ordinateur. Nouveau dossier et Grappe y cherchent un organisme par son "
        "nom, sa commune ou un numéro ; « Comparer à l’annuaire » dit ce qui a fermé, changé de nom ou d’organisme.",
    ),
    (
        "Ce qu’il reste à faire",
        "La vue d’ensemble réunit tous les contrôles du dossier. Chaque ligne dit ce qui manque, pourquoi, quel texte le "
        "demande, et son bouton mène au champ à remplir. Les anneaux de la barre latérale comptent les mêmes contrôles.",
    ),
    (
        "Non répondu n’est pas non",
        "Une question sans réponse ne compte jamais comme satisfaite et n’ajoute jamais d’argent au financement.",
    ),
    (
        "Au clavier",
        "Ctrl+N crée un dossier, Ctrl+O ouvre une autre base, Ctrl+F cherche dans la page, Ctrl+1 à Ctrl+9 changent de page. Dans "
        "un tableau, Ctrl+C et Ctrl+V échangent avec Excel, Entrée ouvre la ligne.",
    ),
    (
        "Planning et risques",
        "Dans le diagramme, les flèches choisissent une tâche, Alt et une flèche la déplace d’un jour ouvré, L la lie à une autre, "
        "Entrée l’ouvre. Sur une carte des risques, les flèches vont de l’un à l’autre et Ctrl avec une flèche change la note.",
    ),
    (
        "Vos données",
        "Tout reste sur cet ordinateur, dans une base chiffrée. L’application n’envoie rien. Fichier, « Données personnelles », donne ou "
        "efface tout ce qui nomme une personne.",
    ),
    (
        "Ne rien perdre",
        "Une sauvegarde se prend d’elle-même chaque jour, et avant un import ou un changement de campagne ; le bas de la fenêtre dit quand. "
        "Fichier, Sauvegardes, choisit un second emplacement (clé, partage), revient à l’une d’elles, enregistre une copie qui s’ouvre ailleurs.",
    ),
    (
        "Ce qui ouvre la base",
        "Le trousseau de votre session, une phrase secrète, et le code de secours de la feuille imprimée : chacun suffit. Fichier, Protection, les "
        "change. Sans aucun des trois, personne ne peut ouvrir la base. Ctrl+L verrouille la fenêtre, et les Réglages disent après combien de temps elle "
        "le fait d’elle-même.",
    ),
    (
        "À plusieurs",
        "Une base a une seule fenêtre par ordinateur. Dans un dossier que deux ordinateurs voient, le second lit seulement. Dans un dossier "
        "synchronisé (OneDrive, Dropbox, Nextcloud…), gardez des sauvegardes plutôt que la base. Pour travailler chacun de son côté, "
        "exportez le dossier (Fichier), puis fusionnez la copie qui revient : ce qui est indépendant se réunit, le reste se choisit.",
    ),
)


class DialogueAide(QDialog):
    """The guide, then the glossary with its search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Guide et définitions")
        self.resize(680, 620)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(22, 18, 22, 16)
        tout.setSpacing(10)
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Rechercher un mot…")
        self.recherche.setAccessibleName("Rechercher dans l’aide")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.textChanged.connect(self._filtrer)
        tout.addWidget(self.recherche)
        defilement = Defilement("Aide")
        colonne = QVBoxLayout(defilement.interieur)
        colonne.setContentsMargins(0, 4, 12, 4)
        colonne.setSpacing(10)
        self._entrees: list[tuple[str, list[QWidget]]] = []
        colonne.addWidget(Libelle("Comment ça marche", "sous-titre"))
        for titre, texte in _FONCTIONNEMENT:
            self._entree(colonne, titre, texte)
        colonne.addWidget(Filet())
        colonne.addWidget(Libelle("Les mots du dossier", "sous-titre"))
        for mot, sens in GLOSSAIRE.items():
            self._entree(colonne, mot, sens)
        self.rien = Libelle("Aucune entrée ne contient ces mots.", "muet")
        self.rien.hide()
        colonne.addWidget(self.rien)
        colonne.addStretch(1)
        tout.addWidget(defilement, 1)
        boutons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        boutons.rejected.connect(self.reject)
        tout.addWidget(boutons)

    def _entree(self, colonne: QVBoxLayout, titre: str, texte: str) -> None:
        bloc = QVBoxLayout()
        bloc.setSpacing(2)
        libelles: list[QWidget] = [Libelle(titre, "fort"), Libelle(texte, "muet")]
        for libelle in libelles:
            bloc.addWidget(libelle)
        colonne.addLayout(bloc)
        self._entrees.append((cle(f"{titre} {texte}"), libelles))

    def _filtrer(self, texte: str) -> None:
        mots = cle(texte).split()
        vues = 0
        for contenu, libelles in self._entrees:
            visible = all(m in contenu for m in mots)
            vues += visible
            for libelle in libelles:
                libelle.setVisible(visible)
        self.rien.setVisible(not vues)


def definition(mot: str) -> str:
    """The definition of a word for a tooltip, empty when the glossary does not hold it."""
    return GLOSSAIRE.get(mot, "")


def montrer_a_propos(parent: QWidget) -> None:
    """Says what the application is and its version."""
    boite = Boite(QMessageBox.Icon.Information, "À propos", "ESMS Desktop", parent=parent)
    boite.setInformativeText(
        f"Version {__version__}. Préparer, prouver et suivre un dossier ESMS numérique, hors ligne{NBSP}: "
        "les données restent chiffrées sur cet ordinateur.\n\nPolice IBM Plex Sans, licence SIL OFL 1.1."
    )
    boite.exec()
