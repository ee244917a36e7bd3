"""The page Planning: the three plannings as one table beside one Gantt chart, and what the rules say of them."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esms_desktop.echanges.taches_collees import a_des_titres
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, pluriel
from esms_desktop.gestes.planning import plan as planning
from esms_desktop.gestes.planning import saisie as gestes
from esms_desktop.lecture import Dossier, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import Planning
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.commun.page import PageDossier
from ui.pages.financement.modele_couts import ColonneChoix
from ui.pages.planning import modele as mots
from ui.pages.planning.barre import BarrePlanning
from ui.pages.planning.collage import coller_cellules
from ui.pages.planning.constat import BandeauConstat
from ui.pages.planning.menus import MenusPlanning
from ui.pages.planning.modele import LignePlan, lignes, plan_de_la_cle
from ui.pages.planning.modele_colonnes import NOM, ModelePlanning
from ui.pages.planning.modele_gantt import contenu, limite_de
from ui.pages.planning.partage import Partage
from ui.pages.planning.tableau import TableauPlanning
from ui.pages.planning.tache import DialogueTache
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.gantt.vue import Gantt
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander

if TYPE_CHECKING:
    from esms_desktop.regles.constats import Examen
    from ui.contexte import Contexte

_AIDE = (
    "Entrée ouvre la tâche, F2 modifie une cellule. Alt et ← → déplacent d’un jour ouvré, avec Maj changent la durée. "
    "Dans le diagramme, L pose un lien, + et − changent l’échelle."
)


class PagePlanning(PageDossier):
    """Tasks, milestones and links, placed on worked days."""

    cle: ClassVar[str] = Page.PLANNING
    titre: ClassVar[str] = "Planning"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.planning: Planning | None = None
        self.montre = Montre()
        self._replies: frozenset[Plan] = frozenset()
        # Key of the current row: a task, or the heading of a plan.
        self.choisie: int | None = None
        self._limite: tuple[date, str] | None = None
        # The task just moved and the day asked: told when it could not be had.
        self._voulu: tuple[int, date] | None = None
        self.menus = MenusPlanning(self)
        self.exporter = self.entete.ajouter_action(
            "E&xporter…",
            lambda: None,
            aide="Imprimer le Gantt, ou le donner à un tableur, un agenda, un autre logiciel",
        )
        self.exporter.setMenu(self.menus.sorties)
        self.ajouter_action = self.entete.ajouter_action(
            "&Ajouter une tâche", self.ajouter, primaire=True, aide="Sous la tâche choisie, dans le même plan"
        )
        self.modele = ModelePlanning(self.lu, self._ecrire, self.refuser)
        self.tableau = TableauPlanning(self.modele, self._options, self._coller)
        self.gantt = Gantt("Diagramme de Gantt du planning")
        self.partage = Partage(self.tableau, self.gantt)
        self.barre = BarrePlanning(self.gantt, self.menus.plus)
        self.constat = BandeauConstat(self)
        self.pied = Libelle(_AIDE, "petit")
        self._composer()
        self._relier()

    def _composer(self) -> None:
        self.travail = QWidget()
        colonne = QVBoxLayout(self.travail)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(10)
        colonne.addWidget(self.barre)
        colonne.addWidget(self.constat)
        colonne.addWidget(self.partage, 1)
        colonne.addWidget(self.pied)
        self.etat_vide = EtatVide(
            "Aucune tâche pour l’instant",
            "Le planning tient en trois plans\u00a0: le projet, la conduite du changement, le déploiement. Le plan type pose les "
            "phases, les jalons et les services socles attendus par l’ARS, vague par vague, à partir d’une date de début\u00a0; "
            "vous l’ajustez ensuite. Un tableau copié d’un tableur ou un fichier de projet se reprend aussi.",
            ("Partir du plan type…", self.menus.plan_type),
            autre=("Coller un tableau…", self.menus.coller),
        )
        self.etat_vide.ajouter("Importer un fichier de projet (XML)…", self.menus.importer)
        self.vide = Carte()
        self.vide.ajouter(self.etat_vide)
        self.vide.corps.addStretch(1)
        self.vide.hide()
        self.corps.addWidget(self.vide)
        self.corps.addWidget(self.travail, 1)

    def _relier(self) -> None:
        g, t = self.gantt, self.tableau
        g.ouverte.connect(self.ouvrir_tache)
        g.deplacee.connect(self._deplacer)
        g.etiree.connect(self._etirer)
        g.liee.connect(self._lier)
        g.a_retirer.connect(lambda cle: self.retirer(cle))
        g.dit.connect(lambda texte: self.pied.setText(texte or _AIDE))
        for source in (g, t):
            source.repliee.connect(self.replier)
            source.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            source.customContextMenuRequested.connect(lambda point, s=source: self._proposer(s, point))
        t.activee.connect(lambda _: self.ouvrir_tache(self.choisie))
        self.partage.choisie.connect(self._suivre)
        self.barre.change.connect(self._montrer)
        self.barre.vue.connect(self.partage.fixer_vue)
        self.barre.aujourdhui.clicked.connect(lambda: g.aller_au(self.contexte.jour()))
        for touches, slot in (
            ("Ins", self.ajouter),
            ("Alt+Up", lambda: self.monter(-1)),
            ("Alt+Down", lambda: self.monter(1)),
            ("Ctrl+Shift+V", self.menus.coller),
        ):
            raccourci = QShortcut(QKeySequence(touches), self.travail)
            raccourci.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            raccourci.activated.connect(slot)

    # -- showing -----------------------------------------------------------------------------------------------

    def ouvrir(self, dossier_id: int) -> None:
        """Shows another dossier, all its plans open."""
        self._replies, self.choisie, self._voulu = frozenset(), None, None
        self.montre.lacher()
        self.dossier_id = dossier_id
        self.barre.oublier()
        super().ouvrir(dossier_id)
        self.gantt.tout_voir()

    def rafraichir(self) -> None:
        """Places the tasks again; what is chosen stays chosen."""
        lu = self.lecture()
        dossier = lu.dossier
        self.planning = lu.planning
        nom = self.montre.parti({p.tache.id for p in self.planning.taches})
        if nom:
            self.contexte.disparu.emit(disparu(nom, "Le planning est montré."))
        self._limite = limite_de(dossier, lu.campagne, self.planning)
        plein = bool(self.planning.taches)
        for partie, montree in ((self.vide, not plein), (self.travail, plein)):
            if not montree:
                partie.hide()
        (self.travail if plein else self.vide).show()
        self.exporter.setVisible(plein)
        reglage = dossier.reglage_planning
        self.barre.charger(dossier.ogs, reglage is not None and reglage.reference_le is not None)
        self.menus.actualiser(dossier, self.planning)
        self.entete.set_phrase(mots.phrase(self.planning, dossier))
        self.montrer_examen(self.examen())
        if plein:
            self._montrer()
            self._dire_ce_qui_retient()

    def montrer_examen(self, examen: "Examen | None") -> None:
        """What the rules say first of the planning."""
        self.entete.attendre("contrôles" if examen is None else "")
        self.constat.montrer(None if examen is None else examen.de_page(Page.PLANNING))

    def _montrer(self) -> None:
        """Shows the rows that are wanted."""
        if self.planning is None:
            return
        lu = self.lecture()
        montrees = lignes(self.planning, self.barre.filtre(self._replies))
        self.modele.montrer(montrees, lu.dossier)
        self.tableau.ajuster()
        self.partage.montrer(contenu(montrees, self.planning, lu.dossier, lu.jour, self._limite))
        if montrees and self.modele.ligne_de(self.choisie) < 0:
            premiere = next((x for x in montrees if x.placee is not None), montrees[0])
            self.choisie = premiere.cle
        if montrees:
            self.partage.choisir(self.choisie)
        elif not self.bandeau.isVisible():
            self.pied.setText(
                "Aucune tâche ne répond à ces choix\u00a0: rétablissez un plan, un organisme ou effacez la recherche."
            )
        if montrees and self.pied.text() != _AIDE and not self.gantt.lien_en_cours:
            self.pied.setText(_AIDE)

    def _suivre(self, ligne: LignePlan | None) -> None:
        self.choisie = None if ligne is None else ligne.cle
        if ligne is not None and ligne.tache is not None:
            self.montre.voir(ligne.tache.id, ligne.tache.nom)
        else:
            self.montre.lacher()

    def replier(self, cle: int) -> None:
        """Closes or opens the plan of a heading."""
        plan = plan_de_la_cle(cle)
        if plan is not None:
            self.choisie = cle
            self._replies = self._replies ^ {plan}
            self._montrer()

    def _dire_ce_qui_retient(self) -> None:
        if self._voulu is None or self.planning is None:
            return
        cle, jour = self._voulu
        self._voulu = None
        tache = self.tache(cle)
        if tache is not None and (texte := mots.retenue(self.planning, tache, jour)):
            self.bandeau.montrer(texte, "warn", ("Annuler", self.contexte.annuler), secondes=20)

    def dire(self, texte: str) -> None:
        """Says what was done, and offers to undo it."""
        self.bandeau.montrer(texte, "ok", ("Annuler", self.contexte.annuler), secondes=12)

    def refuser(self, texte: str) -> None:
        """Says what was not done, and why."""
        self.bandeau.montrer(texte, "bad")

    def _proposer(self, source: Gantt | TableauPlanning, point: QPoint) -> None:
        """The menu of the task under the pointer, or of the current one."""
        if isinstance(source, Gantt):
            rang = source.disposition.rang_a(source.du_contenu(point).y())
            if rang >= 0:
                source.choisir(source.disposition.contenu.barres[rang].cle, montrer=False)
        self.menus.tache.popup(source.viewport().mapToGlobal(point))

    # -- going somewhere ---------------------------------------------------------------------------------------

    def aller_a(self, cible: Cible) -> None:
        """Shows a task and, when a field is named, opens it there; else shows what the page says first."""
        if cible.objet == "tache" and cible.id is not None:
            self.montrer_tache(cible.id)
            if cible.champ:
                self.ouvrir_tache(cible.id, cible.champ)
        elif cible.objet in ("fermeture", "reglage_planning"):
            self.menus.regler()
        elif self.planning is None or not self.planning.taches:
            if self.etat_vide.bouton is not None:
                self.etat_vide.bouton.setFocus()
        else:
            self.partage.viser()

    def montrer_tache(self, cle: int) -> None:
        """Makes a task current, whatever was hidden."""
        if self.modele.ligne_de(cle) < 0:
            self._replies = frozenset()
            self.barre.oublier()
        self.choisie = cle
        self._montrer()
        self.partage.viser()

    def filtrer(self) -> None:
        """Puts the cursor in the search of a task."""
        self.barre.recherche.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def montrer_le_chemin(self) -> None:
        """Shows the critical path, from its first task."""
        self.barre.critique.setChecked(True)
        if self.planning is not None and self.planning.chemin:
            self.montrer_tache(self.planning.chemin[0].id)
            self.gantt.tout_voir()

    # -- reading -----------------------------------------------------------------------------------------------

    def dossier(self) -> Dossier:
        """The dossier shown."""
        return self.lecture().dossier

    def lu(self) -> Planning:
        """The planning shown."""
        if self.planning is None:
            self.planning = self.lecture().planning
        return self.planning

    def tache(self, cle: int | None) -> Tache | None:
        """The task of a key, None for a heading."""
        return next((p.tache for p in self.lu().taches if p.tache.id == cle), None)

    def choisies(self) -> list[Tache]:
        """The tasks selected, else the current one."""
        vues = [x.tache for x in self.tableau.choisies() if x.tache is not None]
        courante = self.tache(self.choisie)
        return vues if courante in vues or courante is None else [courante]

    def _options(self, colonne: int) -> Any:
        c = self.modele.colonnes[colonne]
        return (c.options(self.dossier()), c.libre) if isinstance(c, ColonneChoix) else None

    # -- gestures ----------------------------------------------------------------------------------------------

    def _ecrire(self, ligne: LignePlan, champs: dict[str, Any]) -> bool:
        if ligne.tache is None:
            return False
        if isinstance(champs.get("debut"), date):
            self._voulu = ligne.cle, champs["debut"]
        return self.contexte.reussir(
            self.refuser, gestes.ecrire, [(ligne.tache, champs)], self.contexte.jour()
        )

    def _coller(self, texte: str, plusieurs: bool) -> None:
        if a_des_titres(texte):
            # Lines under their titles are tasks to add: they are never written over others.
            self.menus.coller()
            return
        visees = self.tableau.choisies() if plusieurs else self.tableau.sous_la_courante()
        try:
            combien = coller_cellules(self, texte, visees, plusieurs)
        except ErreurSaisie as refus:
            self.refuser(str(refus))
            return
        if combien:
            self.dire(combien)

    def _deplacer(self, cle: int, debut: date) -> None:
        tache = self.tache(cle)
        if tache is not None:
            self._voulu = cle, debut
            self.contexte.accomplir_ou(self.refuser, planning.deplacer, tache, debut)

    def _etirer(self, cle: int, fin: date) -> None:
        tache = self.tache(cle)
        if tache is not None:
            self.contexte.accomplir_ou(self.refuser, planning.changer_duree, tache, fin, self.contexte.jour())

    def _lier(self, avant: int, apres: int, genre: str) -> None:
        a, b = self.tache(avant), self.tache(apres)
        if a is None or b is None:
            self.refuser("Un lien va d’une tâche à une autre, pas au titre d’un plan.")
        elif self.contexte.reussir(self.refuser, planning.lier, a, b, TypeLien(genre)):
            self.dire(f"«{NBSP}{b.nom}{NBSP}» attend maintenant «{NBSP}{a.nom}{NBSP}».")

    def ajouter(self, jalon: bool = False) -> None:
        """Adds a task under the current one, and opens its name to type in."""
        courante = self.partage.courante
        placee = courante.placee if courante else None
        cle = self.contexte.accomplir_ou(
            self.refuser,
            gestes.ajouter,
            self.dossier(),
            "",
            placee.tache if placee else None,
            jalon,
            courante.plan if courante else Plan.PROJET,
            placee.debut if placee else None,
        )
        if cle is None:
            return
        self.rafraichir()
        self.montrer_tache(cle)
        self.tableau.ouvrir_cellule(self.modele.ligne_de(cle), NOM)

    def monter(self, pas: int) -> None:
        """Moves the current task up (-1) or down (1) in its plan."""
        tache = self.tache(self.choisie)
        if tache is not None:
            self.contexte.accomplir_ou(self.refuser, gestes.monter, tache, pas)

    def retirer(self, cle: int | None = None) -> None:
        """Removes the tasks selected (or one), once what goes with them was said."""
        seule = self.tache(cle) if cle is not None else None
        visees = self.choisies()
        if seule is not None and seule not in visees:
            visees = [seule]
        if not visees:
            self.refuser("Choisissez d’abord une tâche.")
            return
        quoi = f"«{NBSP}{visees[0].nom}{NBSP}»" if len(visees) == 1 else pluriel(len(visees), "tâche")
        liens = {x.id for t in visees for x in (*t.entrants, *t.sortants)}
        suite = f" avec {pluriel(len(liens), 'lien')}" if liens else ""
        texte = f"{quoi} {accord(len(visees), 'quitte', 'quittent')} le planning{suite}. Vous pourrez annuler (Ctrl+Z)."
        noms = tuple(t.nom for t in visees) if len(visees) > 1 else ()
        if demander(self, "Retirer du planning\u00a0?", texte, "Retirer", "Garder", danger=True, lignes=noms):
            self.montre.lacher()
            if self.contexte.reussir(self.refuser, planning.retirer_taches, visees):
                self.dire(f"{quoi}{NBSP}: retrait fait.")

    def ouvrir_tache(self, cle: int | None, champ: str = "") -> None:
        """Opens the card of a task; closes or opens the plan of a heading."""
        if cle is None:
            return
        if plan_de_la_cle(cle) is not None:
            self.replier(cle)
        elif self.tache(cle) is not None:
            DialogueTache(self, cle, champ).open()
