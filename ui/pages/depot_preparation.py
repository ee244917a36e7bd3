"""Before the filing: what stands in the way, what is advised, the deadlines, the steps on GALIS."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from esms_desktop.model import Dossier, EtatDossier
from esms_desktop.regles.constats import Cible, Page
from ui.models.depot import COLONNES_ECHEANCES, etapes, manquantes
from ui.models.table import ModeleTable
from ui.textes import pluriel
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs import ChampChoix, ChampDate
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.reste_a_faire import ResteAFaire
from ui.widgets.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte, Vue


def carte_constats(titre: str, rien: str) -> ResteAFaire:
    """A list of findings under its own title, with what it says when there is none."""
    carte = ResteAFaire()
    carte.titre.setText(titre)
    carte.setAccessibleName(titre)
    carte.rien.setText(rien)
    return carte


class CarteEcheances(Carte):
    """The deadlines and how far they are."""

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__("Échéances")
        self.modele = ModeleTable(COLONNES_ECHEANCES, lambda e: (e.date, e.libelle))
        self.tableau = TableauEntier("Échéances", self.modele, (2, 1))
        self.ajouter(self.tableau)
        self.vide = self.ajouter_texte("La campagne ne fixe aucune date à venir.", "muet")
        self.date = ChampDate(
            "Date à laquelle vous prévoyez de déposer",
            lambda v: contexte.modifier(dossier(), "Dater le dépôt prévu", date_depot_prevue=v),
        )
        self.ajouter(self.date)
        self.corps.addStretch(1)

    def afficher(self, vue: "Vue") -> None:
        """Shows them on the day of the examination."""
        from esms_desktop.regles.examen import echeances

        dates = echeances(vue.dossier, vue.campagne, vue.jour)
        self.modele.charger(dates)
        self.tableau.setVisible(bool(dates))
        self.vide.setVisible(not dates)
        self.date.fixer(vue.dossier.date_depot_prevue)


class CarteBundle(Carte):
    """Whether the bundle will be complete, and what it will lack."""

    demande_page = Signal(object)

    def __init__(self) -> None:
        super().__init__("Ce qui sera produit")
        self.badge = Badge()
        self.ajouter(self.badge)
        self.texte = self.ajouter_texte("")
        self.liste = self.ajouter_texte("", "muet")
        self.pieces = bouton("Ouvrir les pièces", lambda: self.demande_page.emit(Cible(Page.PIECES)))
        self.ajouter(self.pieces)
        self.corps.addStretch(1)

    def afficher(self, vue: "Vue") -> None:
        """Lists the mandatory pieces that are missing."""
        absentes = manquantes(vue.pieces)
        self.badge.fixer(*(("Dossier incomplet", "warn") if absentes else ("Dossier complet", "ok")))
        if absentes:
            self.texte.setText(
                "Le PDF portera la mention «\u00a0dossier incomplet\u00a0», et donnera la liste de ce qui manque\u00a0: "
                f"{pluriel(len(absentes), 'pièce')}."
            )
        else:
            self.texte.setText(
                "Un PDF réuni avec sommaire et signets, un fichier par pièce, une archive ZIP et un manifeste\u00a0: "
                "toutes les pièces obligatoires y sont."
            )
        self.liste.setText("\n".join(f"{p.numero}. {p.titre}" for p in absentes))
        self.liste.setVisible(bool(absentes))
        self.pieces.setVisible(bool(absentes))


class CarteGalis(Carte):
    """The steps of the filing, and where the application stands."""

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__("Déposer sur GALIS, pas à pas")
        self._etapes = [(Libelle("", "fort"), Libelle("", "muet")) for _ in range(4)]
        for titre, texte in self._etapes:
            bloc = QVBoxLayout()
            bloc.setSpacing(0)
            bloc.addWidget(titre)
            bloc.addWidget(texte)
            self.corps.addLayout(bloc)
        self.ajouter(Filet())
        self.etat = ChampChoix(
            "Où en est la demande",
            [(e, e.libelle) for e in EtatDossier],
            lambda v: contexte.modifier(dossier(), "Changer l’état de la demande", etat=v),
            aide="À mettre à jour vous-même, au fil des réponses de l’instructeur.",
        )
        self.ajouter(self.etat)
        self.corps.addStretch(1)

    def afficher(self, vue: "Vue") -> None:
        """Names the right financeur, and the state kept."""
        for rang, ((titre, texte), (quoi, comment)) in enumerate(
            zip(self._etapes, etapes(vue.orientation), strict=True), 1
        ):
            titre.setText(f"{rang}. {quoi}")
            texte.setText(comment)
        self.etat.fixer(vue.dossier.etat)
