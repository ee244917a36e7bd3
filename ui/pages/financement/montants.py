"""The amounts: the total, how each was reckoned, who gets what, when, and what stays uncertain."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from esms_desktop.francais import euros, minuscule
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Page
from ui.models.table import ModeleTable
from ui.pages.commun.date_du_dossier import date_du_dossier
from ui.pages.financement.modele import (
    COLONNES_ANNEE,
    COLONNES_CALCUL,
    COLONNES_OG,
    POSTES,
    TOTAL,
    lignes_annee,
    lignes_og,
)
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture


class CarteTotal(Carte):
    """What is asked, in one figure, then by poste and by payment."""

    def __init__(self) -> None:
        super().__init__("Financement demandé")
        self.total = self.ajouter_texte("", "chiffre")
        self.postes = self.ajouter_texte("", "muet")
        self.ajouter(Filet())
        self.avance = self.ajouter_texte("")
        self.solde = self.ajouter_texte("")
        self.source = self.ajouter_texte("", "petit")
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture") -> None:
        """Shows the amounts of the project."""
        projet, versements = lu.financement.projet, lu.campagne.versements
        self.total.setText(euros(projet.total_cents))
        parts = [
            f"{euros(projet.postes_cents[p])} {minuscule(nom) if nom[1].islower() else nom}"
            for p, nom in POSTES.items()
            if projet.postes_cents.get(p)
        ]
        self.postes.setText(" + ".join(parts) or "Aucun poste n’est ouvert pour le moment.")
        self.avance.setText(
            f"{euros(projet.avance_cents)} d’avance ({versements.avance_pourcent.valeur}\u00a0%), à la convention"
        )
        self.solde.setText(
            f"{euros(projet.solde_cents)} de solde ({versements.solde_pourcent.valeur}\u00a0%), sur atteinte des cibles d’usage"
        )
        self.source.setText(f"Source\u00a0: {versements.avance_pourcent.source}")


class CarteCalcul(Carte):
    """Line by line, where each amount comes from."""

    def __init__(self) -> None:
        super().__init__("Comment le montant est calculé")
        self.modele = ModeleTable(COLONNES_CALCUL, lambda x: (x.poste, x.libelle, x.formule))
        self.tableau = TableauEntier("Lignes de calcul", self.modele, (1.5, 1.6, 0.8, 1.7))
        self.ajouter(self.tableau)
        self.vide = self.ajouter_texte(
            "Aucune ligne pour le moment\u00a0: rien de ce qui est déclaré n’ouvre droit à un montant.",
            "muet",
        )

    def afficher(self, lu: "Lecture") -> None:
        """Shows the lines of the project."""
        lignes = lu.financement.projet.lignes
        self.modele.charger(lignes)
        self.tableau.setVisible(bool(lignes))
        self.vide.setVisible(not lignes)


class CarteRepartition(Carte):
    """The split between the OG, to the cent."""

    demande_page = Signal(object)

    def __init__(self) -> None:
        super().__init__("Répartition par organisme")
        self.modele = ModeleTable(COLONNES_OG, lambda x: x.cle, lambda x: x.cle == TOTAL)
        self.tableau = TableauEntier("Répartition par organisme", self.modele, (3.0, 1, 1, 1, 1, 1, 1.1))
        self.tableau.activee.connect(self._ouvrir)
        self.ajouter(self.tableau)
        self.note = self.ajouter_texte("", "petit")

    def _ouvrir(self, ligne: int) -> None:
        cle = self.modele.objet(ligne).cle
        if cle != TOTAL:
            self.demande_page.emit(Cible(Page.GRAPPE, "og", int(str(cle)), "nb_essms_total"))

    def afficher(self, lu: "Lecture") -> None:
        """Shows the parts of the OG; the postes nobody gets have no column."""
        seuil = lu.campagne.taille.petit_og_sous
        self.modele.charger(lignes_og(lu.financement, seuil.valeur))
        for rang, poste in enumerate(POSTES, 1):
            self.tableau.setColumnHidden(rang, not lu.financement.projet.postes_cents.get(poste))
        inconnus = [p.nom for p in lu.financement.parts if p.petit is None]
        texte = f"Petit organisme\u00a0: moins de {seuil.valeur} ESSMS gérés en tout ({seuil.source})."
        if inconnus:
            texte += (
                " À préciser\u00a0: le nombre total d’ESSMS gérés manque, rien de réservé aux petits organismes "
                "n’est donc compté. Un double clic sur la ligne ouvre la fiche."
            )
        self.note.setText(texte)
        self.tableau.ajuster()


class CarteVersements(Carte):
    """What comes in which year, and the two dates that decide it."""

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__("Versements par année")
        self._contexte = contexte
        self._dossier = dossier
        self.modele = ModeleTable(COLONNES_ANNEE, lambda x: (x.libelle, x.annee))
        self.tableau = TableauEntier("Versements par année", self.modele, (0.6, 2.2, 0.9))
        self.ajouter(self.tableau)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.note = Libelle("Une année reste à fixer\u00a0: elle dépend d’une date du projet.", "petit")
        self.fixer_dates = bouton("Fixer la date", self.viser_manquante)
        rangee.addWidget(self.note, 1)
        rangee.addWidget(self.fixer_dates)
        self.corps.addLayout(rangee)
        self.convention = date_du_dossier(
            contexte, "date_convention", "Dater la convention", "L’avance tombe dans son année."
        )
        self.deploiement = date_du_dossier(
            contexte,
            "date_fin_deploiement",
            "Dater la fin du déploiement",
            "La demande du solde la suit.",
        )
        self.solde = date_du_dossier(
            contexte,
            "date_solde",
            "Dater la demande du solde",
            "Le solde tombe dans son année. Vide\u00a0: quelques mois après la fin du déploiement.",
        )
        self.ajouter(self.convention)
        self.ajouter(self.deploiement)
        self.ajouter(self.solde)
        self.corps.addStretch(1)

    def viser_manquante(self) -> None:
        """Puts the cursor in the first date that is missing."""
        (self.convention if self._dossier().date_convention is None else self.deploiement).viser()

    def viser(self, cible: Cible) -> None:
        """Puts the cursor in the date a finding names."""
        champs = {"date_fin_deploiement": self.deploiement, "date_solde": self.solde}
        champs.get(cible.champ, self.convention).viser()

    def afficher(self, lu: "Lecture") -> None:
        """Shows the payments and the dates."""
        lignes = lignes_annee(lu.financement)
        self.modele.charger(lignes)
        self.tableau.setVisible(bool(lignes))
        manque = [ligne for ligne in lignes if ligne.annee is None]
        self.fixer_dates.setVisible(bool(manque))
        self.note.setVisible(bool(manque))
        self.convention.fixer(lu.dossier.date_convention, lu.dossier)
        self.deploiement.fixer(lu.dossier.date_fin_deploiement, lu.dossier)
        self.solde.fixer(lu.dossier.date_solde, lu.dossier)


class CarteSegur(Carte):
    """The service SONS pays to the éditeur: examples only, apart from the amounts of the project."""

    def __init__(self) -> None:
        super().__init__("À part\u00a0: la prestation Ségur, versée à l’éditeur")
        self.montant = self.ajouter_texte("", "fort")
        self.detail = self.ajouter_texte("", "muet")
        self.source = self.ajouter_texte("", "petit")
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture") -> bool:
        """Shows the indicative amounts; False, and hidden, when the campaign has none to show."""
        prestation = lu.financement.projet.prestation_segur
        self.setVisible(prestation is not None)
        if prestation is None:
            return False
        self.montant.setText(
            f"Environ {euros(prestation.total_cents)}\u00a0: {prestation.formule}, à titre indicatif"
        )
        self.detail.setText(
            f"{euros(prestation.avance_cents)} d’avance puis {euros(prestation.solde_cents)} de solde, sans reste à charge. "
            f"{prestation.note}"
        )
        self.source.setText(f"Source\u00a0: {prestation.source}")
        return True


class CarteReserves(Carte):
    """What the texts do not settle: hypotheses taken, remarks, sources."""

    def __init__(self) -> None:
        super().__init__("Hypothèses et remarques")
        self.textes = Libelle("")
        self.ajouter(self.textes)
        self.ajouter(Filet())
        self.sources = self.ajouter_texte("", "petit")
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture") -> None:
        """Lists them."""
        projet = lu.financement.projet
        lignes = [f"• Hypothèse à confirmer\u00a0: {t}" for t in projet.hypotheses]
        lignes += [f"• {t}" for t in projet.notes]
        self.textes.setText(
            "\n".join(lignes) or "Aucune\u00a0: tous les montants viennent d’un texte de la campagne."
        )
        self.sources.setText("Sources\u00a0: " + " ; ".join(projet.sources) if projet.sources else "")
        self.sources.setVisible(bool(projet.sources))
