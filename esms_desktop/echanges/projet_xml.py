"""A planning as MS Project XML (MSPDI), as MS Project and ProjectLibre open it. `lire` is in lecture_xml.py."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from esms_desktop.echanges import mspdi
from esms_desktop.echanges.lecture_xml import lire
from esms_desktop.echanges.lignes import LigneTache, personnes_de
from esms_desktop.echanges.projet import Projet
from esms_desktop.nomenclature.vocabulaire import Plan

__all__ = ["ecrire", "lire"]

# What XML 1.0 refuses.
_INTERDITS = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEMAINE = range(1, 8)
_CHOMES = (1, 7)


def ecrire(projet: Projet) -> bytes:
    """The project as a file. What the format has no place for is kept in text fields of the tasks (see mspdi.CHAMPS).

    Raises:
        ValueError: a task waits for a line that does not exist.
    """
    racine = Element("Project", xmlns=mspdi.ESPACE)
    _entete(racine, projet)
    _champs(racine)
    _calendrier(SubElement(racine, "Calendars"), projet)
    _taches(SubElement(racine, "Tasks"), projet)
    _equipe(racine, projet)
    indent(racine, " ")
    contenu: bytes = tostring(racine, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + contenu + b"\n"


def _mettre(parent: Element, nom: str, valeur: str | int | bool) -> None:
    if isinstance(valeur, bool):
        valeur = int(valeur)
    texte = valeur if isinstance(valeur, str) else str(valeur)
    SubElement(parent, nom).text = _INTERDITS.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))


def _entete(racine: Element, projet: Projet) -> None:
    _mettre(racine, "SaveVersion", 14)
    _mettre(racine, "Name", f"{projet.nom}.xml")
    _mettre(racine, "Title", projet.nom)
    if projet.reference_le is not None:
        _mettre(racine, "Subject", f"{mspdi.REFERENCE}{projet.reference_le.isoformat()}")
    if projet.jour is not None:
        _mettre(racine, "CreationDate", mspdi.horaire(projet.jour, mspdi.MATIN))
    _mettre(racine, "ScheduleFromStart", 1)
    if projet.debut is not None and projet.fin is not None:
        _mettre(racine, "StartDate", mspdi.horaire(projet.debut, mspdi.MATIN))
        _mettre(racine, "FinishDate", mspdi.horaire(projet.fin, mspdi.SOIR))
    _mettre(racine, "CurrencyCode", "EUR")
    _mettre(racine, "CalendarUID", 1)
    _mettre(racine, "DefaultStartTime", mspdi.MATIN)
    _mettre(racine, "DefaultFinishTime", mspdi.SOIR)
    _mettre(racine, "MinutesPerDay", mspdi.MINUTES_PAR_JOUR)
    _mettre(racine, "MinutesPerWeek", mspdi.MINUTES_PAR_JOUR * 5)
    _mettre(racine, "DaysPerMonth", 20)
    _mettre(racine, "DurationFormat", mspdi.FORMAT_JOURS)
    _mettre(racine, "HonorConstraints", 1)
    _mettre(racine, "NewTasksEffortDriven", 0)
    _mettre(racine, "WeekStartDay", 1)


def _champs(racine: Element) -> None:
    definitions = SubElement(racine, "ExtendedAttributes")
    for identifiant, nom, alias in mspdi.CHAMPS.values():
        definition = SubElement(definitions, "ExtendedAttribute")
        _mettre(definition, "FieldID", identifiant)
        _mettre(definition, "FieldName", nom)
        _mettre(definition, "Alias", alias)


def _calendrier(calendriers: Element, projet: Projet) -> None:
    calendrier = SubElement(calendriers, "Calendar")
    _mettre(calendrier, "UID", 1)
    territoire = "" if projet.territoire is None else projet.territoire or mspdi.METROPOLE
    _mettre(calendrier, "Name", f"{mspdi.CALENDRIER}{territoire}")
    _mettre(calendrier, "IsBaseCalendar", 1)
    _mettre(calendrier, "BaseCalendarUID", -1)
    semaine = SubElement(calendrier, "WeekDays")
    for rang in _SEMAINE:
        jour = SubElement(semaine, "WeekDay")
        _mettre(jour, "DayType", rang)
        _mettre(jour, "DayWorking", rang not in _CHOMES)
        if rang not in _CHOMES:
            heures = SubElement(jour, "WorkingTimes")
            for de, a in ((mspdi.MATIN, "12:00:00"), ("13:00:00", mspdi.SOIR)):
                plage = SubElement(heures, "WorkingTime")
                _mettre(plage, "FromTime", de)
                _mettre(plage, "ToTime", a)
    if not projet.chomes:
        return
    # Each one twice: older programs read the days of the week, newer ones the exceptions.
    exceptions = SubElement(calendrier, "Exceptions")
    for chome in projet.chomes:
        jour = SubElement(semaine, "WeekDay")
        _mettre(jour, "DayType", 0)
        _mettre(jour, "DayWorking", 0)
        exception = SubElement(exceptions, "Exception")
        _mettre(exception, "EnteredByOccurrences", 0)
        for parent in (jour, exception):
            periode = SubElement(parent, "TimePeriod")
            _mettre(periode, "FromDate", mspdi.horaire(chome.debut, "00:00:00"))
            _mettre(periode, "ToDate", mspdi.horaire(chome.fin, "23:59:00"))
        _mettre(exception, "Occurrences", (chome.fin - chome.debut).days + 1)
        _mettre(exception, "Name", f"{mspdi.FERMETURE if chome.fermeture else ''}{chome.motif}")
        _mettre(exception, "Type", 1)
        _mettre(exception, "DayWorking", 0)


def _taches(taches: Element, projet: Projet) -> None:
    """The tasks under summary tasks: one per planning, one per phase."""
    lignes = projet.lignes
    recaps = len(lignes)
    chemin: tuple[str, ...] = ()
    rangs: list[int] = []
    identifiant = 0
    for uid, ligne in enumerate(lignes, 1):
        voulu = (_nom_plan(ligne.plan), *((ligne.phase,) if ligne.phase else ()))
        for niveau, titre, dessous in _ouvertures(lignes, uid - 1, chemin, voulu):
            rangs = [*rangs[:niveau], (rangs[niveau] if niveau < len(rangs) else 0) + 1]
            recaps += 1
            identifiant += 1
            _recapitulatif(taches, (recaps, identifiant), titre, rangs, dessous)
        chemin = voulu
        niveau = len(voulu)
        rangs = [*rangs[:niveau], (rangs[niveau] if niveau < len(rangs) else 0) + 1]
        identifiant += 1
        _tache(SubElement(taches, "Task"), projet, uid, identifiant, rangs)


def _nom_plan(plan: str) -> str:
    return Plan(plan).libelle if plan in list(Plan) else plan


def _ouvertures(
    lignes: Sequence[LigneTache], index: int, chemin: tuple[str, ...], voulu: tuple[str, ...]
) -> Iterator[tuple[int, str, list[LigneTache]]]:
    """The summary tasks that open before a line: level from 0, title, the lines under each."""
    for niveau, titre in enumerate(voulu):
        if chemin[: niveau + 1] == voulu[: niveau + 1]:
            continue
        dessous = []
        for suivante in lignes[index:]:
            sien = (_nom_plan(suivante.plan), *((suivante.phase,) if suivante.phase else ()))
            if sien[: niveau + 1] != voulu[: niveau + 1]:
                break
            dessous.append(suivante)
        yield niveau, titre, dessous


def _recapitulatif(
    taches: Element, cles: tuple[int, int], titre: str, rangs: Sequence[int], dessous: Sequence[LigneTache]
) -> None:
    tache = SubElement(taches, "Task")
    _mettre(tache, "UID", cles[0])
    _mettre(tache, "ID", cles[1])
    _mettre(tache, "Name", titre)
    _mettre(tache, "Type", 1)
    _mettre(tache, "IsNull", 0)
    _mettre(tache, "WBS", ".".join(map(str, rangs)))
    _mettre(tache, "OutlineNumber", ".".join(map(str, rangs)))
    _mettre(tache, "OutlineLevel", len(rangs))
    debuts = [x.debut for x in dessous if x.debut]
    fins = [x.fin for x in dessous if x.fin]
    if debuts and fins:
        _mettre(tache, "Start", mspdi.horaire(min(debuts), mspdi.MATIN))
        _mettre(tache, "Finish", mspdi.horaire(max(fins), mspdi.SOIR))
    _mettre(tache, "Milestone", 0)
    _mettre(tache, "Summary", 1)


def _tache(tache: Element, projet: Projet, uid: int, identifiant: int, rangs: Sequence[int]) -> None:
    ligne = projet.lignes[uid - 1]
    _mettre(tache, "UID", uid)
    _mettre(tache, "ID", identifiant)
    _mettre(tache, "Name", ligne.nom)
    _mettre(tache, "Type", 1)
    _mettre(tache, "IsNull", 0)
    if ligne.responsable:
        _mettre(tache, "Contact", ligne.responsable)
    _mettre(tache, "WBS", ".".join(map(str, rangs)))
    _mettre(tache, "OutlineNumber", ".".join(map(str, rangs)))
    _mettre(tache, "OutlineLevel", len(rangs))
    if ligne.debut is not None and ligne.fin is not None:
        du_soir = ligne.jalon and ligne.soir
        _mettre(tache, "Start", mspdi.horaire(ligne.debut, mspdi.SOIR if du_soir else mspdi.MATIN))
        _mettre(
            tache,
            "Finish",
            mspdi.horaire(ligne.fin, mspdi.MATIN if ligne.jalon and not du_soir else mspdi.SOIR),
        )
    _mettre(tache, "Duration", mspdi.duree(0 if ligne.jalon else ligne.duree))
    _mettre(tache, "DurationFormat", mspdi.FORMAT_JOURS)
    _mettre(tache, "EffortDriven", 0)
    _mettre(tache, "Estimated", 0)
    _mettre(tache, "Milestone", ligne.jalon)
    _mettre(tache, "Summary", 0)
    _mettre(tache, "PercentComplete", ligne.avancement)
    pas_avant = _contraindre(tache, projet, ligne)
    if ligne.echeance is not None:
        _mettre(tache, "Deadline", mspdi.horaire(ligne.echeance, mspdi.SOIR))
    if ligne.notes:
        _mettre(tache, "Notes", ligne.notes)
    for precedente in ligne.precedentes:
        if precedente.ligne is None or not 0 <= precedente.ligne < len(projet.lignes):
            raise ValueError(f"task {uid} waits for a line that does not exist")
        lien = SubElement(tache, "PredecessorLink")
        _mettre(lien, "PredecessorUID", precedente.ligne + 1)
        _mettre(lien, "Type", mspdi.TYPES_LIENS[precedente.type])
        _mettre(lien, "CrossProject", 0)
        _mettre(lien, "LinkLag", precedente.decalage * mspdi.MINUTES_PAR_JOUR * 10)
        _mettre(lien, "LagFormat", mspdi.FORMAT_JOURS)
    textes = {
        "plan": ligne.plan,
        "phase": ligne.phase,
        "essms": ligne.essms,
        "vague": ligne.vague,
        "origine": ligne.origine,
        "action": ligne.action,
        "pas_avant": pas_avant,
    }
    for champ, texte in textes.items():
        if texte:
            attribut = SubElement(tache, "ExtendedAttribute")
            _mettre(attribut, "FieldID", mspdi.CHAMPS[champ][0])
            _mettre(attribut, "Value", texte)
    if ligne.reference_debut is not None or ligne.reference_fin is not None:
        reference = SubElement(tache, "Baseline")
        _mettre(reference, "Number", 0)
        if ligne.reference_debut is not None:
            _mettre(reference, "Start", mspdi.horaire(ligne.reference_debut, mspdi.MATIN))
        if ligne.reference_fin is not None:
            _mettre(reference, "Finish", mspdi.horaire(ligne.reference_fin, mspdi.SOIR))


def _equipe(racine: Element, projet: Projet) -> None:
    """Who does what: a resource for each person, an assignment for each of her tasks."""
    personnes: dict[str, int] = {}
    faits = []
    for uid, ligne in enumerate(projet.lignes, 1):
        for nom in personnes_de(ligne.responsable):
            faits.append((uid, personnes.setdefault(nom, len(personnes) + 1), ligne))
    if not personnes:
        return
    ressources = SubElement(racine, "Resources")
    for nom, numero in personnes.items():
        ressource = SubElement(ressources, "Resource")
        _mettre(ressource, "UID", numero)
        _mettre(ressource, "ID", numero)
        _mettre(ressource, "Name", nom)
        _mettre(ressource, "Type", 1)
        _mettre(ressource, "IsNull", 0)
    affectations = SubElement(racine, "Assignments")
    for rang, (uid, numero, ligne) in enumerate(faits, 1):
        affectation = SubElement(affectations, "Assignment")
        _mettre(affectation, "UID", rang)
        _mettre(affectation, "TaskUID", uid)
        _mettre(affectation, "ResourceUID", numero)
        if ligne.debut is not None and ligne.fin is not None:
            _mettre(affectation, "Finish", mspdi.horaire(ligne.fin, mspdi.SOIR))
            _mettre(affectation, "Start", mspdi.horaire(ligne.debut, mspdi.MATIN))
        _mettre(affectation, "Units", 1)
        _mettre(affectation, "Work", mspdi.duree(0 if ligne.jalon else ligne.duree))


def _contraindre(tache: Element, projet: Projet, ligne: LigneTache) -> str:
    """Writes the constraint of a task; answers what the text field must keep of it."""
    if ligne.fixe is not None:
        _mettre(tache, "ConstraintType", mspdi.DEBUT_LE)
        _mettre(tache, "ConstraintDate", mspdi.horaire(ligne.fixe, mspdi.MATIN))
        return "" if ligne.pas_avant is None else ligne.pas_avant.isoformat()
    if ligne.pas_avant is not None:
        _mettre(tache, "ConstraintType", mspdi.DEBUT_PAS_AVANT)
        _mettre(tache, "ConstraintDate", mspdi.horaire(ligne.pas_avant, mspdi.MATIN))
        return ""
    if not ligne.precedentes and ligne.debut is not None and ligne.debut != projet.debut:
        # Free, but not on the first day: another program would bring it back there.
        _mettre(tache, "ConstraintType", mspdi.DEBUT_PAS_AVANT)
        _mettre(tache, "ConstraintDate", mspdi.horaire(ligne.debut, mspdi.MATIN))
        return f"{mspdi.LIBRE}{ligne.debut.isoformat()}"
    _mettre(tache, "ConstraintType", mspdi.AU_PLUS_TOT)
    return ""
