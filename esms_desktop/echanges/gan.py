"""A project of GanttProject (.gan) told as MS Project XML tells it, so that one reader reads both."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement

from esms_desktop.echanges import mspdi

# Its kinds of links, as those of MS Project: start-start, finish-start, finish-finish, start-finish.
_LIENS = {"1": 3, "2": 1, "3": 0, "4": 2}
_JOURS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DUREE_MAX = 10_000


def en_projet(gan: Element) -> Element:
    """The same project as MS Project XML; what cannot be read of it is left to the reader, which tells it."""
    racine = Element("Project")
    _mettre(racine, "Title", gan.get("name", ""))
    _mettre(racine, "CalendarUID", "1")
    calendrier = SubElement(SubElement(racine, "Calendars"), "Calendar")
    _mettre(calendrier, "UID", "1")
    repos, chomes, travailles = _semaine(gan), set(), set()
    exceptions = Element("Exceptions")
    for jour in gan.findall("calendars/date"):
        lu = _date_du_calendrier(jour)
        if lu is None:
            continue
        if jour.get("type") == "WORKING_DAY":
            travailles.add(lu)
            _exception(exceptions, lu, travaille=True)
        else:
            chomes.add(lu)
            _exception(exceptions, lu, nom=(jour.text or "").strip())
    semaine = SubElement(calendrier, "WeekDays")
    for rang in range(7):
        element = SubElement(semaine, "WeekDay")
        # Sunday is 1.
        _mettre(element, "DayType", str((rang + 1) % 7 + 1))
        _mettre(element, "DayWorking", "0" if rang in repos else "1")
    calendrier.append(exceptions)

    def ouvre(jour: date) -> bool:
        return jour in travailles or (jour.weekday() not in repos and jour not in chomes)

    taches = SubElement(racine, "Tasks")
    liens: dict[str, list[tuple[str, Element]]] = {}
    for element, niveau in _en_ordre(gan.findall("tasks/task"), 1):
        _tache(SubElement(taches, "Task"), element, niveau, ouvre)
        for lien in element.findall("depend"):
            liens.setdefault(f"g{lien.get('id', '')}", []).append((f"g{element.get('id', '')}", lien))
    for tache in taches:
        for avant, lien in liens.get(tache.findtext("UID") or "", ()):
            predecesseur = SubElement(tache, "PredecessorLink")
            _mettre(predecesseur, "PredecessorUID", avant)
            _mettre(predecesseur, "Type", str(_LIENS.get(lien.get("type", "2"), 9)))
            _mettre(
                predecesseur, "LinkLag", str(_entier(lien.get("difference")) * mspdi.MINUTES_PAR_JOUR * 10)
            )
            _mettre(predecesseur, "LagFormat", str(mspdi.FORMAT_JOURS))
    _equipe(racine, gan)
    return racine


def _mettre(parent: Element, nom: str, valeur: str) -> None:
    SubElement(parent, nom).text = valeur


def _entier(ecrit: str | None) -> int:
    try:
        return max(min(int(float(ecrit or 0)), _DUREE_MAX), -_DUREE_MAX)
    except (ValueError, OverflowError):
        return 0


def _semaine(gan: Element) -> set[int]:
    """The days of the week nobody works, Monday being 0."""
    habituelle = gan.find("calendars/day-types/default-week")
    if habituelle is None:
        return {5, 6}
    repos = {rang for rang, nom in enumerate(_JOURS) if habituelle.get(nom) == "1"}
    return repos if len(repos) < 7 else {5, 6}


def _date_du_calendrier(jour: Element) -> date | None:
    """A day of its calendar; one that comes back each year has no year and no length here: it is left aside."""
    try:
        return date(*(int(jour.get(nom, "")) for nom in ("year", "month", "date")))
    except ValueError:
        return None


def _exception(exceptions: Element, jour: date, nom: str = "", travaille: bool = False) -> None:
    element = SubElement(exceptions, "Exception")
    periode = SubElement(element, "TimePeriod")
    _mettre(periode, "FromDate", mspdi.horaire(jour, "00:00:00"))
    _mettre(periode, "ToDate", mspdi.horaire(jour, "23:59:00"))
    _mettre(element, "Name", nom)
    _mettre(element, "DayWorking", "1" if travaille else "0")


def _en_ordre(taches: list[Element], niveau: int) -> Iterator[tuple[Element, int]]:
    for tache in taches:
        yield tache, niveau
        yield from _en_ordre(tache.findall("task"), niveau + 1)


def _tache(sortie: Element, tache: Element, niveau: int, ouvre: Callable[[date], bool]) -> None:
    jalon, duree = tache.get("meeting") == "true", max(_entier(tache.get("duration")), 0)
    _mettre(sortie, "UID", f"g{tache.get('id', '')}")
    _mettre(sortie, "ID", tache.get("id", ""))
    _mettre(sortie, "Name", tache.get("name", ""))
    _mettre(sortie, "OutlineLevel", str(niveau))
    _mettre(sortie, "Start", f"{tache.get('start', '')}T{mspdi.MATIN}")
    try:
        fin = date.fromisoformat(tache.get("start", ""))
        reste = 0 if jalon else max(duree, 1)
        while reste and fin.year < date.max.year:
            reste -= ouvre(fin)
            fin += timedelta(days=1) if reste else timedelta(0)
        _mettre(sortie, "Finish", mspdi.horaire(fin, mspdi.SOIR))
    # The reader says that this day cannot be read.
    except ValueError:
        pass
    _mettre(sortie, "Duration", mspdi.duree(0 if jalon else max(duree, 1)))
    _mettre(sortie, "DurationFormat", str(mspdi.FORMAT_JOURS))
    _mettre(sortie, "Milestone", "1" if jalon else "0")
    _mettre(sortie, "Summary", "1" if tache.find("task") is not None else "0")
    _mettre(sortie, "PercentComplete", str(_entier(tache.get("complete"))))
    if tache.get("thirdDate-constraint") == "1" and tache.get("thirdDate"):
        _mettre(sortie, "ConstraintType", str(mspdi.DEBUT_PAS_AVANT))
        _mettre(sortie, "ConstraintDate", f"{tache.get('thirdDate')}T{mspdi.MATIN}")
    _mettre(sortie, "Notes", (tache.findtext("notes") or "").strip())


def _equipe(racine: Element, gan: Element) -> None:
    ressources, affectations = SubElement(racine, "Resources"), SubElement(racine, "Assignments")
    for r in gan.findall("resources/resource"):
        ressource = SubElement(ressources, "Resource")
        _mettre(ressource, "UID", r.get("id", ""))
        _mettre(ressource, "Name", r.get("name", ""))
    for a in gan.findall("allocations/allocation"):
        affectation = SubElement(affectations, "Assignment")
        _mettre(affectation, "TaskUID", f"g{a.get('task-id', '')}")
        _mettre(affectation, "ResourceUID", a.get("resource-id", ""))
