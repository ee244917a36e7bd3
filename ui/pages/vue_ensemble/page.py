"""The overview of a dossier: what remains to be done, where it stands, the money, the dates, and its own settings."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import NBSP, accord, date_courte, delai, euros, majuscule, pluriel
from esms_desktop.regles.constats import Cible, Gravite, Page
from esms_desktop.regles.dossier.demarche import demarche
from esms_desktop.regles.dossier.pieces import a_deposer
from ui.fil import EN_COURS
from ui.models.avancement import mesures
from ui.pages.commun.page import PageDossier
from ui.pages.vue_ensemble.contacts import CarteContacts
from ui.pages.vue_ensemble.projet import CarteProjet
from ui.registre import VUE_ENSEMBLE
from ui.widgets.carte import Carte
from ui.widgets.ensuite import CarteEnsuite
from ui.widgets.libelle import Libelle, garder_place
from ui.widgets.prochain_pas import CartePas

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from esms_desktop.regles.planning.calendrier import Echeance
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_ECHEANCES = 4


class PageVueEnsemble(PageDossier):
    """The page a dossier opens on."""

    cle: ClassVar[str] = VUE_ENSEMBLE
    titre: ClassVar[str] = "Vue d’ensemble"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.liste = self.entete.ajouter_action("I&mprimer la liste", self.imprimer)
        self.deposer = self.entete.ajouter_action(
            "&Préparer le dépôt", lambda: self.demande_page.emit(Cible(Page.DEPOT))
        )
        haut = QHBoxLayout()
        haut.setSpacing(14)
        self.pas, self.ensuite = CartePas(), CarteEnsuite()
        gauche = QVBoxLayout()
        gauche.setSpacing(14)
        for carte in (self.pas, self.ensuite):
            carte.aller.connect(self.demande_page)
            gauche.addWidget(carte)
        gauche.addWidget(self._orientation())
        gauche.addStretch(1)
        haut.addLayout(gauche, 11)
        cote = QVBoxLayout()
        cote.setSpacing(14)
        cote.addWidget(self._avancement())
        cote.addWidget(self._financement())
        cote.addWidget(self._dates())
        cote.addStretch(1)
        haut.addLayout(cote, 6)
        self.corps.addLayout(haut)
        self.projet = CarteProjet(contexte, self.lecture)
        self.contacts = CarteContacts(contexte, self.lecture)
        self.corps.addWidget(self.projet)
        self.corps.addWidget(self.contacts)
        self.corps.addStretch(1)

    def _avancement(self) -> Carte:
        carte = Carte("Avancement")
        self.barres: list[tuple[Libelle, QProgressBar]] = []
        for _ in range(4):
            texte = carte.ajouter_texte("", "muet")
            barre = QProgressBar()
            barre.setTextVisible(False)
            barre.setProperty("role", "fine")
            garder_place(barre)
            carte.ajouter(barre)
            self.barres.append((texte, barre))
        return carte

    def _financement(self) -> Carte:
        carte = Carte("Financement demandé")
        self.total = carte.ajouter_texte("", "chiffre")
        self.versements = carte.ajouter_texte("", "muet")
        self.sources = carte.ajouter_texte("", "petit")
        self.hypotheses = carte.ajouter_texte("", "petit")
        return carte

    def _dates(self) -> Carte:
        carte = Carte("Échéances")
        self.echeances = [
            (
                carte.ajouter_texte("", "fort"),
                carte.ajouter_texte("", "muet"),
                carte.ajouter_texte("", "petit"),
            )
            for _ in range(_ECHEANCES)
        ]
        self.sans_echeance = carte.ajouter_texte("", "muet")
        return carte

    def _orientation(self) -> Carte:
        carte = Carte("Orientation")
        self.niveau = carte.ajouter_texte("", "fort")
        self.instruction = carte.ajouter_texte("", "muet")
        self.orientation_source = carte.ajouter_texte("", "petit")
        return carte

    def imprimer(self) -> None:
        """Shows the list of what is done and what remains, then prints it or writes its PDF."""
        from esms_desktop.documents.catalogue import produire
        from esms_desktop.documents.produits.liste_controle import CODE, TITRE
        from ui.widgets.impression import apercevoir

        lu = self.lecture()
        document = produire(CODE, lu.dossier, lu.campagne, lu.jour)
        apercevoir(self, self.contexte.taches, TITRE, CODE, [(TITRE, document)], lu.jour, self._echec)

    def _echec(self, erreur: ErreurEsms) -> None:
        if not isinstance(erreur, Interruption):
            self.bandeau.montrer(str(erreur), "bad")

    # -- reading -----------------------------------------------------------------------------------------------

    def ouvrir(self, dossier_id: int) -> None:
        """Another dossier: the list starts over and the page goes back to its top."""
        self.pas.remettre()
        self.ensuite.remettre()
        super().ouvrir(dossier_id)
        self.defilement.verticalScrollBar().setValue(0)

    def rafraichir(self) -> None:
        """Reads the dossier again."""
        lu = self.lecture()
        self._montrer_dates(lu)
        self.deposer.setVisible(a_deposer(lu.campagne))
        self.montrer_examen(self.examen())
        self._montrer_financement(lu)
        self._montrer_orientation(lu)
        self.projet.rafraichir()
        self.contacts.rafraichir()

    def montrer_examen(self, examen: "Examen | None") -> None:
        """The findings, and how far the dossier is."""
        lu = self.lecture()
        self.entete.set_phrase(f"{phrase(examen)}{_prochaine(lu)}")
        suite = None
        if examen is not None:
            suite = demarche(lu.dossier, examen, a_deposer(lu.campagne))
        self.pas.montrer(suite)
        self.ensuite.montrer(suite)
        for (texte, barre), mesure in zip(self.barres, mesures(lu, examen), strict=True):
            texte.setText(mesure.texte)
            barre.setAccessibleName(mesure.texte)
            # Its place is kept while it is counted again; a mere fact has none.
            garder_place(barre, examen is None or mesure.fait is not None)
            barre.setVisible(mesure.fait is not None)
            if mesure.fait is not None:
                barre.setRange(0, max(mesure.total, 1))
                barre.setValue(mesure.fait if mesure.total else 1)

    def _montrer_dates(self, lu: "Lecture") -> None:
        dates = _a_venir(lu)
        for rang, (titre, quand, source) in enumerate(self.echeances):
            present = rang < len(dates)
            for libelle in (titre, quand, source):
                libelle.setVisible(present)
            if present:
                e = dates[rang]
                titre.setText(e.libelle)
                quand.setText(f"{date_courte(e.date)} · {delai(e.jours_restants)}")
                source.setText(f"Source{NBSP}: {e.source}")
                source.setVisible(bool(e.source))
        self.sans_echeance.setText(_sans_date(lu))
        self.sans_echeance.setVisible(not dates)

    def _montrer_financement(self, lu: "Lecture") -> None:
        projet = lu.financement.projet
        self.total.setText(euros(projet.total_cents))
        self.versements.setText(
            f"{euros(projet.avance_cents)} d’avance, {euros(projet.solde_cents)} de solde"
            if projet.total_cents
            else "Rien n’est demandé pour le moment : la grappe ou la solution reste à préciser."
            if a_deposer(lu.campagne)
            else "Rien n’est versé au projet : le SONS paie l’éditeur, sans reste à charge."
        )
        self.sources.setText(f"Source{NBSP}: {' ; '.join(projet.sources)}")
        self.sources.setVisible(bool(projet.sources))
        self.hypotheses.setText(
            f"{accord(len(projet.hypotheses), 'Hypothèse', 'Hypothèses')}{NBSP}: {' ; '.join(projet.hypotheses)}"
        )
        self.hypotheses.setVisible(bool(projet.hypotheses))

    def _montrer_orientation(self, lu: "Lecture") -> None:
        o = lu.orientation
        niveaux = {"regional": "Projet régional", "national": "Projet national"}
        self.niveau.setText(niveaux.get(o.niveau, "Niveau encore inconnu"))
        morceaux = [f"{o.nombre}{NBSP}ESSMS pour {o.minimum} requis"]
        if o.financeur:
            morceaux.append(f"financeur{NBSP}: {o.financeur}")
        if o.ars:
            morceaux.append(f"dépôt{NBSP}: {o.ars}")
        self.instruction.setText(" · ".join(morceaux))
        self.orientation_source.setText(f"Source{NBSP}: {' ; '.join(o.sources)}")
        self.orientation_source.setVisible(bool(o.sources))

    def aller_a(self, cible: Cible) -> None:
        """Puts the cursor in the field of the dossier, or shows the contacts."""
        champ = self.projet.champs.get(cible.champ)
        if champ is not None:
            champ.viser()
            self.defilement.ensureWidgetVisible(champ, 0, 60)
        elif cible.objet == "contact":
            self.defilement.ensureWidgetVisible(self.contacts, 0, 60)


def phrase(examen: "Examen | None") -> str:
    """How far the dossier is from its filing, in one sentence."""
    if examen is None:
        return majuscule(EN_COURS)
    bloquants, a_faire = examen.nombre(Gravite.BLOQUANT), examen.nombre(Gravite.A_FAIRE)
    parts = []
    if bloquants:
        parts.append(f"{pluriel(bloquants, 'point')} {accord(bloquants, 'bloque', 'bloquent')} le dépôt")
    if a_faire:
        parts.append(f"{pluriel(a_faire, 'point')} {accord(a_faire, 'reste', 'restent')} à faire")
    return f"{' et '.join(parts) or 'Tous les contrôles sont satisfaits'}."


def _a_venir(lu: "Lecture") -> "list[Echeance]":
    return [e for e in lu.echeances if e.jours_restants >= 0]


def _sans_date(lu: "Lecture") -> str:
    passees = [e for e in lu.echeances if e.jours_restants < 0]
    if not passees:
        return "Aucune date connue. Indiquez la date de dépôt prévue dans le calendrier, plus bas."
    derniere = passees[-1]
    return (
        f"Toutes les dates connues sont passées. La dernière{NBSP}: {derniere.libelle}, le {date_courte(derniere.date)}, "
        f"{delai(derniere.jours_restants)}."
    )


def _prochaine(lu: "Lecture") -> str:
    dates = _a_venir(lu)
    if not dates:
        return ""
    return f" Prochaine échéance{NBSP}: {dates[0].libelle}, {delai(dates[0].jours_restants)}."
