"""What the tests of the page Planning do with their hands: a small planning, the page open, a cell typed in."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog

from esms_desktop.gestes.planning.plan import TacheVoulue, ajouter_taches
from esms_desktop.model import Dossier, Tache, Vague
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.constats import Page
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.store.porte import Porte
from ui.fenetre import Fenetre
from ui.pages.planning.modele_colonnes import ModelePlanning
from ui.pages.planning.page import PagePlanning

FD = TypeLien.FIN_DEBUT


def petit_planning(porte: Porte, dossier: Dossier, long: bool = False) -> list[Tache]:
    """Five tasks and a milestone over the three plans; two structures and a wave are named.

    1 Cadrage (5 days from 04/09/2023) → 2 Paramétrage (10) → 3 Début (milestone); 4 Groupe alone; 5 Vague 1 → 6 Vague 2.
    """
    suite = " de toutes les structures du groupement, des plus petites aux plus grandes" * 2 if long else ""
    vague = Vague(dossier_id=dossier.id, nom=f"Vague 1{suite}", pilote=False)
    porte.ajouter(vague, libelle="Ajouter une vague")
    autre = dossier.ogs[1].essms[0]
    voulues = [
        TacheVoulue(0, f"Cadrage{suite}", Plan.PROJET, f"Cadrage{suite}", False, 5, date(2023, 9, 4)),
        TacheVoulue(1, f"Paramétrage{suite}", Plan.PROJET, "Paramétrage", False, 10, predecesseurs=((0, FD, 0),)),
        TacheVoulue(2, f"Début du service{suite}", Plan.PROJET, "", True, predecesseurs=((1, FD, 0),)),
        TacheVoulue(3, f"Groupe de travail{suite}", Plan.CHANGEMENT, "", False, 8, responsable=f"Amélie Roche{suite}"),
        TacheVoulue(4, f"Déployer la vague 1{suite}", Plan.DEPLOIEMENT, "", False, 20, vague=vague),
        TacheVoulue(5, f"Déployer ailleurs{suite}", Plan.DEPLOIEMENT, "", False, 20, essms=autre, predecesseurs=((4, FD, 0),)),
    ]  # fmt: skip
    return ajouter_taches(porte, dossier, voulues)


def poser() -> None:
    """Lets the window do what waits."""
    for _ in range(8):
        QApplication.processEvents()


def ouvrir(fenetre: Fenetre, dossier: Dossier) -> PagePlanning:
    """Opens the page of a dossier in the whole window."""
    fenetre.activateWindow()
    fenetre.ouvrir_dossier(dossier.id, Page.PLANNING)
    poser()
    assert fenetre.dossier is not None
    page = fenetre.dossier.page
    assert isinstance(page, PagePlanning)
    return page


def relire(page: PagePlanning) -> Dossier:
    """The dossier as the base has it."""
    dossier = page.contexte.base.lire(page.dossier_id)
    assert dossier is not None
    return dossier


def tache(page: PagePlanning, nom: str) -> Tache:
    """A task by its name."""
    return next(t for t in relire(page).taches if t.nom == nom)


def dates(page: PagePlanning, nom: str) -> tuple[date, date]:
    """Where a task falls on the page."""
    assert page.planning is not None
    placee = next(p for p in page.planning.taches if p.tache.nom == nom)
    return placee.debut, placee.fin


def noms(page: PagePlanning) -> list[str]:
    """What the rows of the table say."""
    return page.modele.textes(1)


def saisir(page: PagePlanning, nom: str, colonne: str, texte: str) -> bool:
    """Types in a cell of the table."""
    modele: ModelePlanning = page.modele
    rang = modele.ligne_de(tache(page, nom).id)
    titres = [c.titre for c in modele.colonnes]
    fait = modele.setData(modele.index(rang, titres.index(colonne)), texte)
    poser()
    return fait


def dialogue(page: PagePlanning, classe: type[QDialog]) -> Any:
    """The dialogue of that kind that is open."""
    poser()
    return next(d for d in page.findChildren(classe) if d.isVisible())
