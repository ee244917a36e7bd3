"""Before the filing: the obstacles, the advice, what changed since the last one, the deadlines, the steps on GALIS."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import date_longue, majuscule, minuscule, pluriel
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import aide_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import EtatDossier
from esms_desktop.regles.constats import Cible, Page
from ui.fil import EN_COURS
from ui.models.table import ModeleTable
from ui.pages.depot.modele import COLONNES_ECHEANCES, etapes_faites, manquantes
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampDate
from ui.widgets.contacts_campagne import ContactsCampagne
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.reste_a_faire import ResteAFaire
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from esms_desktop.depot.liste_depot import Etape
    from esms_desktop.regles.dossier.pieces import EtatPiece
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_CHANGEMENTS = 5
_GENRES = {"faite": "ok", "a-faire": "warn", "sans-objet": "neutre", "a-declarer": "info"}


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
            libelle_de("dossier.date_depot_prevue"),
            lambda v: contexte.modifier(self.date.ligne, "Dater le dépôt prévu", date_depot_prevue=v),
        )
        self.ajouter(self.date)
        self.contacts = ContactsCampagne()
        self.ajouter(self.contacts)
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture") -> None:
        """Shows them on the day of the examination."""
        dates = lu.echeances
        self.modele.charger(dates)
        self.tableau.setVisible(bool(dates))
        self.vide.setVisible(not dates)
        self.date.fixer(lu.dossier.date_depot_prevue, lu.dossier)
        self.contacts.montrer(lu.campagne)


class CarteBundle(Carte):
    """Whether the bundle will be complete, and what it will lack."""

    demande_page = Signal(object)

    def __init__(self) -> None:
        super().__init__("Ce qui sera produit")
        self.badge = Badge()
        self.ajouter(self.badge)
        self.texte = self.ajouter_texte("")
        self.liste = self.ajouter_texte("", "muet")
        self.limites = self.ajouter_texte("", "petit")
        self.pieces = bouton("Ouvrir les pièces", lambda: self.demande_page.emit(Cible(Page.PIECES)))
        self.ajouter(self.pieces)
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture", pieces: "Sequence[EtatPiece] | None") -> None:
        """Lists the mandatory pieces that are missing, and the size limits of the campaign; None: not known yet."""
        from esms_desktop.depot.fichiers.limites import du_volume, phrases

        dits = list(phrases(lu.campagne))
        if du_volume(lu.campagne) is not None:
            dits.append("Le PDF réuni est partagé en volumes qui respectent ces limites.")
        self.limites.setText("\n".join(dits))
        self.texte.setVisible(pieces is not None)
        if pieces is None:
            self.badge.fixer(majuscule(EN_COURS), "neutre")
            self.liste.setVisible(False)
            self.pieces.setVisible(False)
            return
        absentes = manquantes(pieces)
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
        self.liste.setText("\n".join(f"{p.numero}. {p.titre} ({p.etat.libelle.lower()})" for p in absentes))
        self.liste.setVisible(bool(absentes))
        self.pieces.setVisible(bool(absentes))


class CarteChangements(Carte):
    """What changed since the last filing produced; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__("Depuis le dernier dossier produit")
        self.badge = Badge()
        self.ajouter(self.badge)
        self.texte = self.ajouter_texte("")
        self.suite = bouton("", self._tout, "lien")
        self.ajouter(self.suite)
        self._phrases: tuple[str, ...] = ()
        self._entier = False

    def afficher(self, lu: "Lecture") -> None:
        """Compares the dossier with what was produced."""
        from esms_desktop.depot.changements import depuis_le_dernier_depot, dernier_depot

        dernier = dernier_depot(lu.dossier)
        self.setVisible(dernier is not None)
        if dernier is None:
            return
        phrases = depuis_le_dernier_depot(lu.dossier, lu.campagne)
        self._entier = self._entier and phrases == self._phrases
        self._phrases = phrases
        quand = date_longue(dernier.produit_le.date())
        self.titre.setText(f"Depuis le dossier produit le {quand}")
        self.setAccessibleName(self.titre.text())
        self.badge.fixer(*((pluriel(len(phrases), "changement"), "warn") if phrases else ("À jour", "ok")))
        self._dessiner()

    def _tout(self) -> None:
        self._entier = True
        self._dessiner()

    def _dessiner(self) -> None:
        montrees = self._phrases if self._entier else self._phrases[:_CHANGEMENTS]
        if not self._phrases:
            self.texte.setText("Rien n’a changé\u00a0: ce qui a été produit dit encore le dossier.")
        else:
            self.texte.setText("\n".join(f"• {majuscule(p)}" for p in montrees))
        reste = len(self._phrases) - len(montrees)
        self.suite.setText(f"Afficher la suite ({pluriel(reste, 'autre')})")
        self.suite.setAccessibleName(self.suite.text())
        self.suite.setVisible(reste > 0)


class LigneEtape:
    """A step of the filing: its state, its title, how to do it, and the box that dates it; laid out in the grid it is given.

    Args:
        dater: writes the day of a step (None takes it back); False when refused.
    """

    def __init__(self, grille: QGridLayout, rang: int, dater: Callable[["Etape", object, Any], bool]) -> None:
        haut = Qt.AlignmentFlag.AlignTop
        self._dater = dater
        self._etape: Etape | None = None
        self._jour: date | None = None
        self.badge, self.titre, self.detail = Badge(), Libelle("", "fort"), Libelle("", "muet")
        self.case = QCheckBox("C’est fait")
        self.case.clicked.connect(self._cocher)
        self.date = ChampDate("", self._saisir)
        faite = QWidget()
        rangee = QHBoxLayout(faite)
        rangee.setContentsMargins(0, 2, 0, 8)
        rangee.setSpacing(10)
        rangee.addWidget(self.case)
        rangee.addWidget(self.date)
        rangee.addStretch(1)
        self.faite = faite
        grille.addWidget(self.badge, 3 * rang, 0, haut | Qt.AlignmentFlag.AlignLeft)
        grille.addWidget(self.titre, 3 * rang, 1)
        grille.addWidget(self.detail, 3 * rang + 1, 1, haut)
        grille.addWidget(faite, 3 * rang + 2, 1, haut)

    def afficher(self, etape: "Etape", connue: bool, lu: "Lecture") -> None:
        """Shows a step; its state is not known while what it waits for is read."""
        self._etape, self._jour = etape, lu.jour
        etat = etape.etat.libelle if connue else majuscule(EN_COURS)
        self.badge.fixer(etat, _GENRES[etape.etat.value] if connue else "neutre")
        self.titre.setText(etape.titre)
        self.titre.setAccessibleName(f"{etape.titre}\u00a0: {etat}")
        self.detail.setText(etape.detail)
        self.faite.setVisible(bool(etape.champ))
        self.case.setChecked(etape.fait_le is not None)
        self.case.setAccessibleName(f"C’est fait\u00a0: {etape.titre}")
        self.date.setVisible(etape.fait_le is not None)
        self.date.saisie.setAccessibleName(f"Jour\u00a0: {etape.titre}")
        self.date.fixer(etape.fait_le, lu.dossier)

    def _cocher(self, oui: bool) -> None:
        assert self._etape is not None
        if not self._dater(self._etape, self._jour if oui else None, self.date.ligne):
            self.case.setChecked(self._etape.fait_le is not None)

    def _saisir(self, jour: date | None) -> bool:
        assert self._etape is not None and self._jour is not None
        if jour is not None and jour > self._jour:
            raise ErreurSaisie("Ce qui est fait ne peut pas être daté de l’avenir.")
        return self._dater(self._etape, jour, self.date.ligne)


class CarteListe(Carte):
    """The deposit checklist, and where the person says the request stands."""

    def __init__(self, contexte: "Contexte", dossier: Callable[[], Dossier]) -> None:
        super().__init__("Déposer sur GALIS, pas à pas")
        self._contexte, self._dossier = contexte, dossier
        self.phrase = self.ajouter_texte("", "muet")
        self.lignes: list[LigneEtape] = []
        self._grille = QGridLayout()
        self._grille.setHorizontalSpacing(12)
        self._grille.setVerticalSpacing(3)
        self._grille.setColumnStretch(1, 1)
        self.corps.addLayout(self._grille)
        self.ajouter(Filet())
        self.etat = ChampChoix(
            libelle_de("dossier.etat"),
            [(e, e.libelle) for e in EtatDossier],
            lambda v: contexte.modifier(self.etat.ligne, "Changer l’état de la demande", etat=v),
            aide=aide_de("dossier.etat"),
        )
        self.ajouter(self.etat)
        self.corps.addStretch(1)

    def afficher(self, lu: "Lecture") -> None:
        """Shows the state kept."""
        self.etat.fixer(lu.dossier.etat, lu.dossier)

    def montrer_pieces(self, lu: "Lecture", pieces: "Sequence[EtatPiece]") -> None:
        """Shows each step."""
        from esms_desktop.depot.liste_depot import etapes

        vues = etapes(lu.dossier, lu.campagne, lu.jour, pieces)
        lues = not any(p.due and p.selon_document for p in pieces)
        faites = etapes_faites(vues) if lues else f"Étapes faites\u00a0: {EN_COURS}"
        self.phrase.setText(f"{faites} Source\u00a0: {vues[0].source}.")
        while len(self.lignes) < len(vues):
            self.lignes.append(LigneEtape(self._grille, len(self.lignes), self._dater))
        for ligne, etape in zip(self.lignes, vues, strict=True):
            ligne.afficher(etape, lues or etape.code != "pieces", lu)

    def _dater(self, etape: "Etape", jour: object, vu: Any) -> bool:
        libelle = f"{'Noter faite' if jour else 'Ne plus noter faite'}\u00a0: {minuscule(etape.titre)}"
        return self._contexte.modifier(vu or self._dossier(), libelle, **{etape.champ: jour})
