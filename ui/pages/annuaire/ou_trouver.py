"""Where the directory file comes from, step by step: the application itself never goes on the network."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.question import DialogueAjuste

ETAPES = (
    "Sur un ordinateur relié à Internet, ouvrez www.data.gouv.fr et cherchez « FINESS structures » (publié par l’Agence du "
    "numérique en santé).",
    "Dans « Fichiers », téléchargez le plus récent « finess-structures » (.json.gz, une trentaine de Mo). Ne l’ouvrez pas dans un tableur.",
    "S’il vous faut les capacités, téléchargez aussi son jumeau « finess-activites ».",
    "Sur un ordinateur sans réseau, apportez les fichiers sur une clé USB.",
    "Ici, « Importer un fichier… » : d’abord « finess-structures », puis « finess-activites ». Refaites-le tous les deux ou trois mois.",
)


class DialogueOuTrouver(DialogueAjuste):
    """The steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Où trouver le fichier FINESS")
        self.setMinimumWidth(600)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Où trouver le fichier FINESS", "sous-titre"))
        colonne.addWidget(
            Libelle(
                "L’application ne va jamais sur le réseau : vous lui donnez le fichier, elle le garde sur cet ordinateur. "
                "C’est une donnée publique, qui ne dit rien de vos dossiers.",
                "muet",
            )
        )
        for rang, etape in enumerate(ETAPES, 1):
            colonne.addWidget(Libelle(f"{rang}. {etape}"))
        colonne.addWidget(
            Libelle(
                "L’ancien fichier « etalab » (.csv, jusqu’en mai 2026) se lit aussi ; il ne nomme pas les organismes.",
                "petit",
            )
        )
        rangee = QHBoxLayout()
        rangee.addStretch(1)
        rangee.addWidget(bouton("Fermer", self.accept, "primaire"))
        colonne.addLayout(rangee)
