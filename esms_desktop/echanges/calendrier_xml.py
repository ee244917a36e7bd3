"""The calendar of a project file: the days of its weeks, its days off one by one, those that come back too."""

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from esms_desktop.echanges.projet import SEMAINE
from esms_desktop.echanges.xml_sur import entier, texte, vrai

# How an exception comes back: every so many days, months or years; each week on given days.
_QUOTIDIENNE, _ANNUELLE, _MENSUELLE, _HEBDOMADAIRE = 1, 2, 4, 6
# Further, an exception that never ends would fill a planning.
_JOURS_MAX = 1_500


def du_projet(racine: Element) -> Element | None:
    """The calendar of the project, else the first one."""
    tous = racine.findall("Calendars/Calendar")
    voulu = texte(racine, "CalendarUID").strip()
    return next((c for c in tous if texte(c, "UID").strip() == voulu), tous[0] if tous else None)


def semaine(calendrier: Element | None) -> frozenset[int]:
    """The days of the week that are worked, Monday being 0; the usual ones where the file does not say."""
    if calendrier is None:
        return SEMAINE
    jours = set(SEMAINE)
    for jour in calendrier.findall("WeekDays/WeekDay"):
        genre = entier(jour, "DayType") or 0
        if 1 <= genre <= 7:
            # Sunday is 1.
            rang = (genre - 2) % 7
            jours.add(rang) if vrai(jour, "DayWorking") else jours.discard(rang)
    return frozenset(jours)


def jours_de(exception: Element, debut: date, fin: date) -> Iterator[tuple[date, date]] | None:
    """The days an exception falls on, both ends included, one pair for days in a row; None when we do not know how it comes back."""
    genre, pas = entier(exception, "Type") or _QUOTIDIENNE, max(entier(exception, "Period") or 1, 1)
    fois = entier(exception, "Occurrences") or 0
    par_occurrences = vrai(exception, "EnteredByOccurrences") and fois > 0
    if genre == _QUOTIDIENNE and pas == 1:
        return iter([(debut, fin)])
    if genre not in (_QUOTIDIENNE, _HEBDOMADAIRE, _MENSUELLE, _ANNUELLE):
        return None
    masque = entier(exception, "DaysOfWeek") or 0
    quantieme, mois = entier(exception, "MonthDay") or debut.day, entier(exception, "Month")
    if genre == _HEBDOMADAIRE and not masque:
        return None

    def tombe(jour: date) -> bool:
        if genre == _QUOTIDIENNE:
            return (jour - debut).days % pas == 0
        if genre == _HEBDOMADAIRE:
            semaines = (jour - debut + timedelta(days=(debut.weekday() + 1) % 7)).days // 7
            return semaines % pas == 0 and bool(masque >> (jour.weekday() + 1) % 7 & 1)
        if genre == _MENSUELLE:
            return (
                jour.day == quantieme
                and ((jour.year - debut.year) * 12 + jour.month - debut.month) % pas == 0
            )
        return jour.day == quantieme and jour.month == (debut.month if mois is None else mois + 1)

    def tous() -> Iterator[tuple[date, date]]:
        compte = 0
        for saut in range(min((fin - debut).days, _JOURS_MAX) + 1):
            jour = debut + timedelta(days=saut)
            if tombe(jour):
                yield jour, jour
                compte += 1
                if par_occurrences and compte >= fois:
                    return

    return tous()
