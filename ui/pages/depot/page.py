"""The Dépôt page: what is left before filing, the files to file, and the proof of what was written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import pluriel
from esms_desktop.lecture import Complement, Dossier
from esms_desktop.progress import Progress
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.pieces import a_deposer
from ui import sorties
from ui.pages.commun.page import PageDossier
from ui.pages.depot.complements import PanneauComplements
from ui.pages.depot.envoi import choisir_pieces
from ui.pages.depot.galis import PanneauGalis
from ui.pages.depot.journal import PanneauJournal
from ui.pages.depot.modele import Produit, fichiers_ecrits, manquantes, phrase, rien_ne_bloque, sans_depot
from ui.pages.depot.preparation import (
    CarteBundle,
    CarteChangements,
    CarteEcheances,
    CarteListe,
    carte_constats,
)
from ui.pages.depot.resultat import CarteResultat
from ui.widgets.etat_vide import EtatVide
from ui.widgets.onglets import Onglets
from ui.widgets.question import demander

if TYPE_CHECKING:
    from esms_desktop.depot.demande import Demande
    from esms_desktop.depot.publication import Depot
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte

_AVANT, _GALIS, _PRODUITS, _COMPLEMENTS = range(4)


class PageDepot(PageDossier):
    """Four views: before the filing and its files, the copy sheet of GALIS, the log of filings, the complements."""

    cle = Page.DEPOT
    titre = "Dépôt"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.produits: dict[int, Produit] = {}
        self.bouton_produire = self.entete.ajouter_action(
            "&Produire le dossier à déposer…",
            self.produire,
            primaire=True,
            aide="Écrit le PDF réuni, un fichier par pièce, le ZIP et le manifeste, puis les relit",
        )
        self.vide = EtatVide(
            "Rien à déposer pour le moment",
            "Cette page produit le dossier à déposer sur GALIS et prouve ce qui a été écrit. Ajoutez d’abord les "
            "organismes et les établissements de la grappe.",
            ("Ouvrir la grappe", lambda: self.demande_page.emit(Cible(Page.GRAPPE))),
        )
        self.corps.addWidget(self.vide)
        self.sans_depot = EtatVide("Cette campagne n’attend pas de dossier", "")
        self.corps.addWidget(self.sans_depot)
        self._plein, self._rang = False, _AVANT
        self.onglets = Onglets(
            "Vues de la page Dépôt",
            ("&Avant le dépôt", "Fiche &GALIS", "Dossiers pro&duits", "Comp&léments"),
        )
        self.onglets.change.connect(self.montrer)
        self.corps.addWidget(self.onglets)
        self.contenu = QWidget()
        self.fiche = PanneauGalis(self.bandeau)
        self.journal = PanneauJournal(contexte, self.bandeau)
        self.complements = PanneauComplements(contexte, self.bandeau)
        for vue in (self.contenu, self.fiche, self.journal, self.complements):
            self.corps.addWidget(vue)
        self.corps.addStretch(1)
        self.journal.produire.connect(self.produire)
        self.complements.produire.connect(self.produire_complement)
        self.complements.demande_page.connect(self.demande_page)
        self._composer(QVBoxLayout(self.contenu))

    def _composer(self, colonne: QVBoxLayout) -> None:
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        self.resultat = CarteResultat()
        self.obstacles = carte_constats("Ce qui empêche de déposer", "Rien ne s’oppose au dépôt.")
        self.conseils = carte_constats("À faire et conseillé", "")
        self.bundle = CarteBundle()
        self.echeances = CarteEcheances(self.contexte, lambda: self.lecture().dossier)
        self.changements = CarteChangements()
        self.galis = CarteListe(self.contexte, lambda: self.lecture().dossier)
        self.obstacles.aller.connect(self._aller)
        self.conseils.aller.connect(self._aller)
        self.bundle.demande_page.connect(self.demande_page)
        gauche, droite, rangee = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for boite in (gauche, droite, rangee):
            boite.setSpacing(14)
        gauche.addWidget(self.obstacles)
        gauche.addWidget(self.conseils)
        gauche.addStretch(1)
        droite.addWidget(self.changements)
        droite.addWidget(self.bundle)
        droite.addWidget(self.echeances)
        droite.addWidget(self.galis)
        droite.addStretch(1)
        rangee.addLayout(gauche, 3)
        rangee.addLayout(droite, 2)
        colonne.addWidget(self.resultat)
        colonne.addLayout(rangee)

    def _aller(self, cible: Cible) -> None:
        if cible.page is Page.DEPOT:
            self.aller_a(cible)
        else:
            self.demande_page.emit(cible)

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, its first findings in sight."""
        self.obstacles.remettre()
        self.conseils.remettre()
        self._rang = _AVANT
        super().ouvrir(dossier_id)

    def montrer(self, rang: int) -> None:
        """Shows one of the four views."""
        self._rang = rang
        self.onglets.fixer(rang)
        self.onglets.setVisible(self._plein)
        for place, vue in enumerate((self.contenu, self.fiche, self.journal, self.complements)):
            vue.setVisible(self._plein and place == rang)
        if self._plein and rang == _GALIS:
            self.fiche.afficher(self.lecture())

    def rafraichir(self) -> None:
        """Reads everything again."""
        lu = self.lecture()
        demande = a_deposer(lu.campagne)
        self._plein = plein = bool(lu.dossier.essms) and demande
        self.vide.setVisible(not plein and demande)
        self.sans_depot.setVisible(not demande)
        self.bouton_produire.setVisible(demande)
        self.bouton_produire.setEnabled(plein)
        self.montrer(self._rang)
        if not demande:
            self.sans_depot.texte.setText(sans_depot(lu))
            self.entete.set_phrase(self.sans_depot.titre.text() + ".")
            return
        if not plein:
            self.entete.set_phrase("La grappe ne compte encore aucun ESSMS.")
            return
        self.montrer_examen(self.examen())
        self.resultat.afficher(self.produits.get(self.dossier_id))
        attendus = sum(c.repondu_le is None for c in lu.dossier.complements)
        self.onglets.fixer_texte(_COMPLEMENTS, f"Comp&léments ({attendus})" if attendus else "Comp&léments")
        self.journal.afficher(lu)
        self.complements.afficher(lu)
        self.changements.afficher(lu)
        self.echeances.afficher(lu)
        self.galis.afficher(lu)

    def montrer_examen(self, examen: "Examen | None") -> None:
        """What stands in the way of the filing."""
        from esms_desktop.depot.preflight import preflight

        if not self._plein:
            return
        lu = self.lecture()
        pieces = lu.pieces if examen is None else lu.pieces_lues
        self.entete.set_phrase(phrase(examen, pieces))
        self.bundle.afficher(lu, pieces if examen is not None else None)
        self.galis.montrer_pieces(lu, pieces)
        if examen is None:
            self.obstacles.montrer(None)
            self.conseils.montrer(None)
            return
        bloquants, avis = preflight(lu.dossier, lu.campagne, lu.jour, examen)
        self.obstacles.rien.setText(rien_ne_bloque(manquantes(pieces)))
        self.obstacles.montrer(bloquants)
        self.conseils.montrer(avis)
        self.conseils.setVisible(bool(avis))

    def aller_a(self, cible: Cible) -> None:
        """Puts the cursor on what a finding names."""
        if not self._plein:
            return
        if cible.objet == "complement":
            self.montrer(_COMPLEMENTS)
            self.complements.choisir(cible.id or 0)
            return
        if cible.objet == "depot_fait":
            self.montrer(_PRODUITS)
            return
        self.montrer(_AVANT)
        (self.galis.etat if cible.champ == "etat" else self.echeances.date).viser()
        vise = self.focusWidget()
        if vise is not None:
            self.defilement.ensureWidgetVisible(vise)

    # The filing

    def produire(self) -> None:
        """Warns when the dossier is incomplete, asks for a folder, then produces the filing there."""
        self.contexte.examens.complet(self.dossier_id)
        absentes = manquantes(self.lecture().pieces_lues)
        if absentes and not demander(
            self,
            "Produire un dossier incomplet\u00a0?",
            "Des pièces obligatoires manquent. Le PDF sera produit avec la mention «\u00a0dossier incomplet\u00a0» et la liste "
            "ci-dessous\u00a0; il sert à relire et à faire circuler, pas à déposer.",
            "Produire quand même",
            "Compléter d’abord",
            lignes=tuple(f"{p.numero}. {p.titre}" + (f" : {p.manque}" if p.manque else "") for p in absentes),
        ):
            return
        sortie = sorties.demander_dossier(self, "Où écrire le dossier à déposer\u00a0?")
        if sortie is not None:
            self.produire_dans(sortie)

    def produire_dans(self, sortie: Path) -> None:
        """Writes the filing into `sortie` beside the window; what was there stays whole until the new one is proved."""
        from esms_desktop.gestes import deposer

        lu = self.lecture()
        self._lancer(
            lu.dossier,
            sortie,
            None,
            lambda depot, perime: self.contexte.base.accomplir(
                deposer.garder, lu.dossier, depot, perime=perime
            ),
        )

    def produire_complement(self, complement: Complement) -> None:
        """Asks for a folder, then produces there the answer to a complement."""
        lu = self.lecture()
        numeros: list[int] = []
        if complement.numero is None:
            choisis = choisir_pieces(self, lu.pieces)
            if choisis is None:
                return
            numeros = choisis
        sortie = sorties.demander_dossier(self, "Où écrire la réponse au complément\u00a0?")
        if sortie is not None:
            self.produire_complement_dans(complement.id, sortie, numeros)

    def produire_complement_dans(self, complement_id: int, sortie: Path, numeros: Sequence[int] = ()) -> None:
        """Writes the answer to a complement into `sortie`, beside the window, then notes it as answered.

        Args:
            numeros: pieces filed besides the one the complement names.
        """
        from esms_desktop.gestes import complements

        lu = self.lecture()
        demandes = [c for c in lu.dossier.complements if c.id == complement_id]
        try:
            demande = complements.preparer(lu.dossier, demandes, numeros)
        except ErreurEsms as e:
            self._echec(e)
            return

        def garder(depot: "Depot", perime: Callable[[], object]) -> None:
            frais = self.contexte.base.relire(lu.dossier)
            repondus = [c for c in frais.complements if c.id == complement_id]
            self.contexte.base.accomplir(
                complements.garder_reponse, lu.dossier, depot, repondus, lu.jour, perime
            )

        self._lancer(lu.dossier, sortie, demande, garder)

    def _lancer(
        self,
        dossier: Dossier,
        sortie: Path,
        demande: "Demande | None",
        garder: "Callable[[Depot, Callable[[], object]], object]",
    ) -> None:
        base, jour = self.contexte.base, self.lecture().jour

        def travail(progress: Progress) -> Produit:
            # What writes a filing loads what draws and reads PDFs: not before it is asked, and beside the window.
            from esms_desktop.gestes import deposer

            depot = base.demander(deposer.produire, dossier, sortie, jour, progress, demande)
            return Produit(depot, fichiers_ecrits(depot))

        titre = "Production de la réponse au complément" if demande else "Production du dossier à déposer"
        self.contexte.taches.lancer(
            titre, travail, lambda produit: self._produit(dossier.id, produit, garder), self._echec
        )

    def _produit(
        self, dossier_id: int, produit: Produit, garder: "Callable[[Depot, Callable[[], object]], object]"
    ) -> None:
        self.produits[dossier_id] = produit
        depot = produit.depot
        regret = ""
        perimes: list[bool] = []
        try:
            garder(depot, lambda: perimes.append(True))
        except (ErreurEsms, OSError) as e:
            regret = str(e)
        if dossier_id != self.dossier_id:
            return
        self.rafraichir()
        self.montrer(_AVANT)
        self.defilement.verticalScrollBar().setValue(0)
        self.resultat.viser()
        incomplet = "" if depot.complet else " Il porte la mention «\u00a0dossier incomplet\u00a0»."
        if depot.constats:
            copies = pluriel(
                len(depot.constats), "copie Word ou Excel manque", "copies Word ou Excel manquent"
            )
            incomplet += f" {copies} dans l’archive."
        quoi = "La réponse est écrite et relue" if depot.complements else "Le dossier est écrit et relu"
        if regret:
            dit, genre = f"{quoi}, mais la base n’en a rien gardé. {regret}", "bad"
        elif perimes:
            # Somebody else wrote between the proof and now: what stands on the disk is whole, and is not what the base says.
            dit, genre = (
                f"{quoi}, mais le dossier a changé depuis\u00a0: il n’est plus à jour. Produisez-le de nouveau.",
                "bad",
            )
        else:
            dit, genre = (
                f"{quoi}\u00a0: tout correspond.{incomplet}",
                "warn" if incomplet or depot.avis else "ok",
            )
        self.bandeau.montrer(dit, genre, ("Ouvrir le dossier", lambda: sorties.ouvrir(depot.dossier)))

    def _echec(self, erreur: ErreurEsms) -> None:
        if isinstance(erreur, Interruption):
            self.bandeau.montrer(
                "La production est annulée\u00a0; le dossier de destination n’a pas été touché.", "info"
            )
        else:
            self.bandeau.montrer(str(erreur), "bad")
