"""The planning in: a pasted table, a project file. Read first, with nothing applied; then added in one gesture."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esms_desktop import entrees, model
from esms_desktop.echanges import lecture_xml, taches_collees
from esms_desktop.echanges.lignes import Lecture, LigneTache, structure_de, vague_de
from esms_desktop.echanges.mspdi import TEXTE_MAX
from esms_desktop.echanges.projet import ProjetLu
from esms_desktop.errors import ErreurSaisie, raison_systeme
from esms_desktop.gestes.planning.plan import TacheVoulue, ajouter_taches
from esms_desktop.gestes.planning.rapprocher import fermetures_de, rapprocher, tenir_au_debut
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import calendrier
from esms_desktop.store.porte import Porte

_TAILLE_MAX = 64 * 2**20


def lire_tableau(
    texte: str, dossier: Dossier, jour: date, colonnes: tuple[str, ...] = taches_collees.COLONNES
) -> Lecture:
    """Reads a pasted table of tasks; nothing is applied.

    Args:
        texte: what the clipboard holds.
        dossier: whose tasks, structures and waves can be named, and whose worked days count.
        jour: today.
        colonnes: the fields of the columns when the table has no header.

    Raises:
        ErreurSaisie: it is no table of tasks.
    """
    return taches_collees.lire(texte, dossier, calendrier(dossier, jour), colonnes)


def lire_projet(chemin: Path) -> ProjetLu:
    """Reads a MS Project XML file; nothing is applied.

    Raises:
        ErreurSaisie: it cannot be read, or it is no project.
    """
    try:
        octets = entrees.lire(chemin, _TAILLE_MAX)
        if len(octets) > _TAILLE_MAX:
            raise ErreurSaisie(f"«\u00a0{chemin.name}\u00a0» dépasse 64 Mio\u00a0: ce n’est pas un projet.")
    except OSError as e:
        raise ErreurSaisie(f"«\u00a0{chemin.name}\u00a0» n’a pas pu être lu ({raison_systeme(e)}).") from e
    return lecture_xml.lire(octets)


def ajouter_lecture(porte: Porte, dossier: Dossier, lecture: Lecture) -> list[model.Tache]:
    """Adds the good lines of a pasted table, with their links, in one gesture.

    Raises:
        ErreurSaisie: a value is refused; nothing is added.
    """
    return ajouter_taches(porte, dossier, voulues(dossier, lecture.lignes), "Coller des tâches")


def ajouter_projet(porte: Porte, dossier: Dossier, lu: ProjetLu, jour: date) -> list[model.Tache]:
    """Adds the tasks of a project file, their links and their reference, and the closures it knows, in one gesture.

    Raises:
        ErreurSaisie: a value is refused; nothing is added.
    """
    lu = tenir_au_debut(lu, dossier)
    projet = lu.projet
    fermetures = fermetures_nouvelles(lu, dossier, jour)
    with porte.geste("Importer un fichier de projet"):
        taches = ajouter_taches(porte, dossier, voulues(dossier, projet.lignes))
        suites = [
            (t, champs)
            for t, ligne in zip(taches, projet.lignes, strict=True)
            if (champs := _suite(dossier, ligne))
        ]
        if suites:
            porte.modifier_tous(suites, "Reprendre la référence")
        for fermeture in fermetures:
            fermeture.dossier_id = dossier.id
        if fermetures:
            porte.ajouter(*fermetures, libelle="Reprendre les fermetures")
        _reprendre_reglage(porte, dossier, projet.reference_le)
    return taches


def fermetures_nouvelles(lu: ProjetLu, dossier: Dossier, jour: date) -> tuple[model.Fermeture, ...]:
    """The closures of a project file that take worked days off the calendar of the dossier, not saved yet."""
    return tuple(
        model.Fermeture(motif=a.motif, debut=a.debut, fin=a.fin)
        for a in fermetures_de(lu, calendrier(dossier, jour))
    )


def voulues(dossier: Dossier, lignes: Sequence[LigneTache]) -> list[TacheVoulue]:
    """Lines that were read, as tasks to add; a structure or a wave the dossier does not have is left aside."""
    return [
        TacheVoulue(
            cle=rang,
            nom=x.nom,
            plan=Plan(x.plan),
            phase=x.phase,
            jalon=x.jalon,
            duree=max(x.duree, 1),
            pas_avant=x.pas_avant,
            fixe=x.fixe,
            echeance=x.echeance,
            responsable=x.responsable,
            avancement=x.avancement,
            essms=structure_de(dossier, x.essms),
            vague=vague_de(dossier, x.vague),
            notes=x.notes,
            origine=x.origine,
            predecesseurs=tuple(
                (cible, TypeLien(p.type), p.decalage)
                for p in x.precedentes
                if (cible := p.tache if p.tache is not None else p.ligne) is not None
            ),
        )
        for rang, x in enumerate(lignes)
    ]


def _suite(dossier: Dossier, ligne: LigneTache) -> dict[str, object]:
    """What a task keeps beside what is typed: its reference, the action it carries out."""
    champs: dict[str, object] = {}
    if ligne.reference_debut is not None:
        champs["reference_debut"] = ligne.reference_debut
    if ligne.reference_fin is not None:
        champs["reference_fin"] = ligne.reference_fin
    action = next(
        (a for a in dossier.actions_risques if ligne.action and a.intitule[:TEXTE_MAX] == ligne.action), None
    )
    if action is not None:
        champs["action_id"] = action.id
    return champs


def _reprendre_reglage(porte: Porte, dossier: Dossier, reference_le: date | None) -> None:
    reglage = dossier.reglage_planning
    if reference_le is None or (reglage is not None and reglage.reference_le is not None):
        return
    if reglage is None:
        nouveau = model.ReglagePlanning(dossier_id=dossier.id, reference_le=reference_le)
        porte.ajouter(nouveau, libelle="Reprendre la référence")
    else:
        porte.modifier(reglage, "Reprendre la référence", reference_le=reference_le)


@geste(
    "planning.importer",
    "Importer un fichier de projet (XML)",
    "",
    "import",
    chemin="le fichier",
    garder_les_dates="oui : chaque tâche garde les dates du fichier, quoi que disent ses liens",
)
def importer(porte: Porte, dossier: Dossier, chemin: Path, jour: date, garder_les_dates: bool = False) -> int:
    """Reads a project file and adds its tasks, links and closures, in one gesture; says how many tasks.

    Raises:
        ErreurSaisie: the file does not read, or a value is refused; nothing is added.
    """
    lu = lire_projet(chemin)
    if garder_les_dates:
        lu = garder_les_dates_du_fichier(lu, dossier, jour)
    return len(ajouter_projet(porte, dossier, lu, jour))


def garder_les_dates_du_fichier(lu: ProjetLu, dossier: Dossier, jour: date) -> ProjetLu:
    """The same file, where each task that would fall elsewhere is pinned where it says."""
    ecarts = {e.rang for e in rapprocher(lu, dossier, jour).ecarts}
    garder = set(ecarts)
    # What they held moves back with them; what then falls elsewhere is pinned too.
    while ecarts:
        vu = rapprocher(lu, dossier, jour, garder)
        ecarts = {e.rang for e in vu.ecarts} - garder
        garder |= ecarts
    return rapprocher(lu, dossier, jour, garder).lu


@geste(
    "planning.coller",
    "Ajouter les tâches d’un tableau copié",
    "",
    "import",
    texte="le tableau, une tâche par ligne",
)
def coller(porte: Porte, dossier: Dossier, texte: str, jour: date) -> int:
    """Adds the good lines of a table, with their links, in one gesture; says how many tasks.

    Raises:
        ErreurSaisie: it is no table, or a value is refused; nothing is added.
    """
    return len(ajouter_lecture(porte, dossier, lire_tableau(texte, dossier, jour)))
