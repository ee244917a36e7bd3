"""The planning out: printed, as a workbook, as a calendar, as a project file."""

from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.gantt.options import OptionsGantt
from esms_desktop.echanges import icalendrier, projet_xml
from esms_desktop.echanges.lignes import LigneTache, Precedente, personnes_de
from esms_desktop.echanges.mspdi import TEXTE_MAX
from esms_desktop.echanges.projet import JoursChomes, Projet
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, une_ligne
from esms_desktop.lecture import Dossier
from esms_desktop.regles.planning.jours_ouvres import JoursOuvres, feries
from esms_desktop.regles.planning.planning import Planning, lire
from esms_desktop.sorties import ecrire


class FormatPlanning(StrEnum):
    """What a planning can be exported as."""

    PDF = "pdf"
    XLSX = "xlsx"
    ICS = "ics"
    XML = "xml"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "pdf": "Gantt à imprimer (PDF)",
            "xlsx": "Tableau (Excel)",
            "ics": "Jalons dans un agenda (ICS)",
            "xml": "Projet pour MS Project ou ProjectLibre (XML)",
        }[self.value]

    @property
    def filtre(self) -> str:
        """The filter of the dialogue that asks for a file."""
        nom = {"pdf": "PDF", "xlsx": "Classeur Excel", "ics": "Agenda", "xml": "Projet XML"}[self.value]
        return f"{nom} (*.{self.value})"


def exporter(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    format_: FormatPlanning,
    chemin: Path,
    options: OptionsGantt | None = None,
) -> Path:
    """Writes the planning to a file, whole or not at all.

    Args:
        dossier, campagne: what it tells.
        jour: the day it is made; the « today » line of the print.
        format_: what is written.
        chemin: where; an existing file is replaced.
        options: how the Gantt is printed; read for a PDF only.

    Raises:
        ErreurSaisie: there is no task, or no milestone for a calendar.
        ErreurEsms: the folder or the disk refuses.
    """
    return ecrire(chemin, produire(dossier, campagne, jour, format_, options))


def produire(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    format_: FormatPlanning,
    options: OptionsGantt | None = None,
) -> bytes:
    """The file `exporter` writes."""
    if not dossier.taches:
        raise ErreurSaisie(
            "Le planning n’a encore aucune tâche.", "Partez du plan type ou ajoutez une tâche, puis exportez."
        )
    if format_ is FormatPlanning.PDF:
        from esms_desktop.documents.gantt.pdf import imprimer

        return imprimer(dossier, campagne, jour, options or OptionsGantt())
    if format_ is FormatPlanning.XLSX:
        from esms_desktop.documents.classeur import planning as classeur_planning
        from esms_desktop.documents.classeur.rendu import rendre_xlsx

        return rendre_xlsx(classeur_planning.classeur(dossier, campagne, jour), jour)
    planning = lire(dossier, jour)
    if format_ is FormatPlanning.XML:
        return projet_xml.ecrire(projet(dossier, planning, jour))
    lignes = projet(dossier, planning, jour).lignes
    if not any(ligne.jalon for ligne in lignes):
        raise ErreurSaisie(
            "Le planning n’a aucun jalon à mettre dans un agenda.", "Ajoutez un jalon, puis exportez."
        )
    return icalendrier.ecrire(dossier.nom, f"{dossier.id}|{dossier.nom}", lignes, jour)


def personnes(dossier: Dossier) -> tuple[str, ...]:
    """Who is named as answering for a task, in the order of the alphabet."""
    noms = {cle(n): n for t in dossier.taches for n in personnes_de(t.responsable or "")}
    return tuple(noms[c] for c in sorted(noms))


def agenda_de(dossier: Dossier, jour: date, personne: str, chemin: Path) -> Path:
    """Writes the calendar of a person: each of her tasks and milestones.

    Raises:
        ErreurSaisie: no task names her. ErreurEsms: the folder or the disk refuses.
    """
    connues = personnes(dossier)
    if cle(personne) not in map(cle, connues):
        raise ErreurSaisie(
            f"Aucune tâche n’a «\u00a0{personne}\u00a0» pour responsable.",
            f"Sont nommés\u00a0: {', '.join(connues)}."
            if connues
            else "Donnez d’abord des responsables aux tâches.",
        )
    lignes = projet(dossier, lire(dossier, jour), jour).lignes
    return ecrire(
        chemin, icalendrier.ecrire(dossier.nom, f"{dossier.id}|{dossier.nom}", lignes, jour, personne)
    )


def nom_propose(dossier: Dossier, format_: FormatPlanning) -> str:
    """A sober name for the file."""
    return (
        f"planning.{format_.value}"
        if not dossier.nom
        else f"planning - {_sobre(dossier.nom)}.{format_.value}"
    )


def projet(dossier: Dossier, planning: Planning, jour: date) -> Projet:
    """The planning as project files tell it."""
    rangs = {id(p.tache): rang for rang, p in enumerate(planning.taches)}
    lignes = []
    for rang, placee in enumerate(planning.taches):
        t = placee.tache
        precedentes = tuple(
            Precedente(rangs[id(x.avant)], None, x.type, x.decalage)
            for x in t.entrants
            if id(x.avant) in rangs
        )
        lignes.append(
            LigneTache(
                nom=t.nom,
                plan=t.plan,
                phase=t.phase or "",
                jalon=bool(t.jalon),
                duree=0 if t.jalon else max(t.duree, 1),
                pas_avant=t.pas_avant,
                fixe=t.fixe,
                echeance=t.echeance,
                responsable=t.responsable or "",
                avancement=t.avancement or 0,
                essms="" if t.essms is None else t.essms.finess or t.essms.nom,
                vague="" if t.vague is None else t.vague.nom,
                action="" if t.action is None else t.action.intitule[:TEXTE_MAX],
                origine=t.origine or "",
                reference_debut=t.reference_debut,
                reference_fin=t.reference_fin,
                notes=t.notes or "",
                precedentes=precedentes,
                debut=placee.debut,
                fin=placee.fin,
                numero=rang + 1,
                soir=placee.position.soir,
            )
        )
    reglage = dossier.reglage_planning
    return Projet(
        nom=dossier.nom,
        jour=jour,
        debut=planning.debut,
        fin=planning.fin,
        lignes=tuple(lignes),
        chomes=_chomes(dossier, planning),
        territoire=planning.calendrier.territoire,
        reference_le=None if reglage is None else reglage.reference_le,
    )


def _chomes(dossier: Dossier, planning: Planning) -> tuple[JoursChomes, ...]:
    """The public holidays of the years of the planning that fall on a weekday, and the closures."""
    if planning.debut is None or planning.fin is None:
        return ()
    jours: JoursOuvres = planning.calendrier
    # Other programs refuse days that two exceptions hold: closures first, then the public holidays they leave.
    trouves: list[JoursChomes] = []
    for f in sorted((f for f in dossier.fermetures if f.debut <= f.fin), key=lambda f: (f.debut, f.fin)):
        debut = max(f.debut, trouves[-1].fin + timedelta(days=1)) if trouves else f.debut
        if debut <= f.fin:
            trouves.append(JoursChomes(debut, f.fin, f.motif or "", True))
    fermes = tuple(trouves)
    trouves += [
        JoursChomes(quand, quand, nom)
        for annee in range(planning.debut.year, planning.fin.year + 1)
        for quand, nom in sorted(feries(jours.territoire, annee).items())
        if quand.weekday() < 5 and not any(c.debut <= quand <= c.fin for c in fermes)
    ]
    return tuple(sorted(trouves, key=lambda c: (c.debut, c.fin, c.motif)))


def _sobre(nom: str) -> str:
    propre = "".join(" " if c in '\\/:*?"<>|' or ord(c) < 32 else c for c in nom)
    return une_ligne(propre)[:80].strip(" .") or "dossier"
