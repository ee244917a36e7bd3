"""What comes in: a pasted table or a project file, shown line by line before anything is added."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout

from esms_desktop.echanges import predecesseurs
from esms_desktop.echanges.lignes import Lecture, LigneTache, Remarque
from esms_desktop.echanges.projet import ProjetLu
from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.francais import NBSP, date_courte, de, ou_tiret, pluriel
from esms_desktop.gestes.planning import importer as entree
from esms_desktop.gestes.planning.rapprocher import rapprocher
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.progress import Progress
from ui.models.table import Colonne, ModeleTable
from ui.pages.planning.modele import JALON
from ui.pages.planning.rapprochement import PanneauEcarts
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_large import TableauLarge

if TYPE_CHECKING:
    from esms_desktop.base.seance import Porte
    from ui.pages.planning.page import PagePlanning

_EXEMPLE = "Tâche, Plan, Phase, Début, Fin, Durée, Responsable, Avancement, Prédécesseurs, Jalon, Échéance"


def _attend(ligne: LigneTache, lignes: Sequence[LigneTache]) -> str:
    morceaux = []
    for p in ligne.precedentes:
        if p.ligne is not None:
            repere: int | str = lignes[p.ligne].numero or p.ligne + 1
        else:
            repere = p.tache.nom if p.tache is not None else ""
        morceaux.append(predecesseurs.ecrire(repere, p.type, p.decalage))
    return f"{NBSP}; ".join(morceaux)


def _colonnes(lignes: Sequence[LigneTache]) -> tuple[Colonne[LigneTache], ...]:
    return (
        Colonne("N°", lambda x: str(x.numero or lignes.index(x) + 1), a_droite=True),
        Colonne("Tâche", lambda x: x.nom),
        Colonne(entete_de("tache.plan"), lambda x: Plan(x.plan).libelle),
        Colonne(entete_de("tache.duree"), lambda x: JALON if x.jalon else f"{x.duree}{NBSP}j", a_droite=True),
        Colonne(entete_de("tache.debut"), lambda x: ou_tiret(date_courte, x.fixe or x.pas_avant or x.debut)),
        Colonne("Attend", lambda x: _attend(x, lignes)),
        Colonne(entete_de("tache.responsable"), lambda x: x.responsable),
    )


class DialogueImport(QDialog):
    """The good lines offered, the others told with their number and their reason.

    Args:
        titre: what is added.
        lignes: the good ones.
        refus: those left out; `remarques`: what was changed in the good ones.
        ajouter: adds them in one gesture and gives the tasks; a refusal is said here.
        ecarts: of a project file, the tasks that would not keep its dates; None for what has none.
    """

    def __init__(
        self,
        page: "PagePlanning",
        titre: str,
        lignes: Sequence[LigneTache],
        refus: Sequence[Remarque],
        remarques: Sequence[Remarque],
        ajouter: "Callable[[Porte], list[Any]]",
        ecarts: "Callable[[DialogueImport], PanneauEcarts] | None" = None,
    ) -> None:
        super().__init__(page)
        self._page, self._ajouter = page, ajouter
        self.setWindowTitle(titre)
        self.setModal(True)
        # Deleted with the page otherwise: it holds what was read.
        self.finished.connect(self.deleteLater)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        colonne.addWidget(Libelle(titre, "sous-titre"))
        bonnes = pluriel(len(lignes), "tâche peut être ajoutée", "tâches peuvent être ajoutées")
        texte = f"{bonnes}. Rien n’est encore changé."
        if refus:
            ecartees = pluriel(len(refus), "ligne est écartée", "lignes sont écartées")
            texte = f"{bonnes}, {ecartees}. Rien n’est encore changé."
        self.bilan = Libelle(texte, "muet")
        colonne.addWidget(self.bilan)
        self.modele: ModeleTable[LigneTache] = ModeleTable(_colonnes(lignes), id)
        self.tableau = TableauLarge("Tâches à ajouter", (0.5, 3, 1.2, 0.8, 0.9, 1, 1.2), {1: 20, 5: 10})
        self.tableau.setSortingEnabled(False)
        self.tableau.setModel(self.modele)
        self.modele.charger(lignes)
        self.tableau.setMinimumHeight(150)
        colonne.addWidget(self.tableau, 2)
        self.tableau.setVisible(bool(lignes))
        self.ecarts = ecarts(self) if ecarts is not None else None
        if self.ecarts is not None:
            colonne.addWidget(self.ecarts, 2)
        self.fautes: ModeleTable[Remarque] = ModeleTable(
            (Colonne("Ce qui est écarté ou changé", str),),
            id,
        )
        self.dites = (*refus, *remarques)
        self.fautes.charger(self.dites)
        self.tableau_fautes = TableauLarge("Ce qui est écarté ou changé", (1,), {})
        self.tableau_fautes.setSortingEnabled(False)
        self.tableau_fautes.setModel(self.fautes)
        self.tableau_fautes.setMinimumHeight(110)
        colonne.addWidget(self.tableau_fautes, 1)
        self.tableau_fautes.setVisible(bool(self.dites))
        self.message = Libelle("", "erreur")
        self.message.hide()
        colonne.addWidget(self.message)
        pied = QHBoxLayout()
        pied.setSpacing(10)
        pied.addStretch(1)
        self.renoncer = bouton("&Ne rien ajouter" if lignes else "&Fermer", self.reject)
        pied.addWidget(self.renoncer)
        self.accord = bouton(f"&Ajouter {pluriel(len(lignes), 'tâche')}", self._accepter, "primaire")
        if not lignes:
            self.accord.hide()
        pied.addWidget(self.accord)
        colonne.addLayout(pied)
        self.resize(940 if self.ecarts is not None else 820, 760 if self.dites and self.ecarts else 600)

    def _refuser(self, texte: str) -> None:
        self.message.setText(texte)
        self.message.show()

    def _accepter(self) -> None:
        page = self._page
        if not page.contexte.precaution("import"):
            return
        neuves = page.contexte.accomplir_ou(self._refuser, self._ajouter)
        if neuves is not None:
            self.accept()
            page.rafraichir()
            if neuves:
                page.montrer_tache(neuves[0].id)
            page.dire(f"{pluriel(len(neuves), 'tâche ajoutée', 'tâches ajoutées')}.")


def proposer_tableau(page: "PagePlanning", texte: str) -> None:
    """Shows what a pasted table holds; says what is expected when it holds nothing."""
    if not texte.strip():
        page.refuser(
            f"Le presse-papiers est vide. Copiez d’abord des lignes d’un tableur, avec leurs titres ou dans cet ordre{NBSP}: "
            f"{_EXEMPLE}."
        )
        return
    contexte = page.contexte
    try:
        lecture: Lecture = entree.lire_tableau(texte, page.dossier(), contexte.jour())
    except ErreurSaisie as refus:
        page.refuser(str(refus))
        return
    DialogueImport(
        page,
        "Coller un tableau de tâches",
        lecture.lignes,
        lecture.refus,
        lecture.remarques,
        lambda porte: entree.ajouter_lecture(porte, page.dossier(), lecture),
    ).open()


def demander_projet(page: "PagePlanning") -> None:
    """Asks for a project file and shows what it holds."""
    choisi, _ = QFileDialog.getOpenFileName(
        page,
        "Importer un fichier de projet",
        str(Path.home()),
        "Projets (*.xml *.pod *.gan);;Tous les fichiers (*)",
    )
    if choisi:
        importer_projet(page, Path(choisi))


def importer_projet(page: "PagePlanning", chemin: Path) -> None:
    """Reads a project file beside the window, then shows what it holds."""

    def travail(progress: Progress) -> ProjetLu:
        progress.etape(0, 0, f"Lecture {de(chemin.name)}")
        return entree.lire_projet(chemin)

    def echec(erreur: ErreurEsms) -> None:
        page.refuser(str(erreur))

    page.contexte.taches.lancer(
        "Lecture du fichier de projet", travail, lambda lu: montrer_projet(page, lu), echec
    )


def montrer_projet(page: "PagePlanning", lu: ProjetLu) -> None:
    """Shows the tasks of a project file; what it says of closures comes with them."""
    contexte = page.contexte
    fermetures = entree.fermetures_nouvelles(lu, page.dossier(), contexte.jour())
    remarques = list(lu.remarques)
    if fermetures:
        noms = ", ".join(
            f"{f.motif or 'fermeture'} ({date_courte(f.debut)} – {date_courte(f.fin)})" for f in fermetures
        )
        remarques.append(Remarque(0, "", f"Fermetures reprises avec les tâches\u00a0: {noms}"))
    dossier, jour = page.dossier(), contexte.jour()
    panneaux: list[PanneauEcarts] = []

    def ecarts(dialogue: DialogueImport) -> PanneauEcarts:
        panneaux.append(PanneauEcarts(lambda gardees: rapprocher(lu, dossier, jour, gardees), dialogue))
        return panneaux[0]

    if deplacees := rapprocher(lu, dossier, jour).deplacees:
        bougent = pluriel(deplacees, "tâche du planning change", "tâches du planning changent")
        remarques.append(Remarque(0, "", f"{bougent} de dates avec les fermetures du fichier"))
    DialogueImport(
        page,
        "Importer un fichier de projet",
        lu.projet.lignes,
        (),
        remarques,
        lambda porte: entree.ajouter_projet(porte, page.dossier(), panneaux[0].lu, contexte.jour()),
        ecarts,
    ).open()
