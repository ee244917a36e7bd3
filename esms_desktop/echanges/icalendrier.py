"""The milestones of a planning as a calendar file (.ics, RFC 5545) that Outlook, Google and phones open."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta

from esms_desktop.echanges.lignes import LigneTache, personnes_de
from esms_desktop.francais import cle as francais_cle
from esms_desktop.francais import date_courte

_FIN = "\r\n"
_OCTETS_PAR_LIGNE = 75
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def ecrire(nom: str, cle: str, lignes: Iterable[LigneTache], jour: date, personne: str = "") -> bytes:
    """A calendar of one all-day event per dated milestone; that of a person has all her tasks, over the days they last.

    Args:
        nom: of the dossier, shown as the name of the calendar.
        cle: what tells this dossier from another; the same milestone of the same dossier keeps its identifier, so that a file
            imported again moves events instead of doubling them.
        lignes: tasks and milestones; tasks that last are left out, but for a person.
        jour: the day the file is made.
        personne: whose calendar it is, as `personnes_de` names her; empty for that of the dossier.
    """
    sortie = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ESMS Desktop//Planning//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_echapper(f'{personne} — {nom}' if personne else nom)}",
    ]
    connus: dict[str, int] = {}
    for ligne in lignes:
        if ligne.fin is None or (not ligne.jalon and not personne):
            continue
        if personne and francais_cle(personne) not in map(francais_cle, personnes_de(ligne.responsable)):
            continue
        identite = f"{cle}|{ligne.origine}|{ligne.plan}|{ligne.nom}|{ligne.vague}|{ligne.essms}"
        connus[identite] = connus.get(identite, 0) + 1
        sortie += _evenement(nom, f"{identite}|{connus[identite]}", ligne, ligne.fin, jour)
    sortie.append("END:VCALENDAR")
    return "".join(_plier(x) + _FIN for x in sortie).encode()


def _evenement(nom: str, identite: str, ligne: LigneTache, quand: date, jour: date) -> list[str]:
    uid = hashlib.sha256(identite.encode("utf-8", "replace")).hexdigest()[:32]
    details = [f"Dossier\u00a0: {nom}"]
    if ligne.phase:
        details.append(f"Phase\u00a0: {ligne.phase}")
    if ligne.responsable:
        details.append(f"Responsable\u00a0: {ligne.responsable}")
    if ligne.echeance is not None:
        details.append(f"Échéance\u00a0: {date_courte(ligne.echeance)}")
    if ligne.notes.strip():
        details.append(ligne.notes.strip())
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@esms-desktop",
        f"DTSTAMP:{jour:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{quand if ligne.jalon else ligne.debut or quand:%Y%m%d}",
        f"DTEND;VALUE=DATE:{_lendemain(quand):%Y%m%d}",
        f"SUMMARY:{_echapper(ligne.nom)}",
        f"DESCRIPTION:{_echapper(chr(10).join(details))}",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]


def _echapper(texte: str) -> str:
    propre = _INTERDITS.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))
    for signe in ("\\", ";", ","):
        propre = propre.replace(signe, f"\\{signe}")
    return propre.replace("\n", "\\n")


def _plier(ligne: str) -> str:
    """Lines of at most 75 bytes, never cut inside a character; a continuation starts with a space."""
    morceaux, courant, place = [], "", _OCTETS_PAR_LIGNE
    for c in ligne:
        taille = len(c.encode("utf-8", "replace"))
        if taille > place:
            morceaux.append(courant)
            courant, place = "", _OCTETS_PAR_LIGNE - 1
        courant += c
        place -= taille
    return f"{_FIN} ".join([*morceaux, courant])


def _lendemain(jour: date) -> date:
    """The day after, which the format asks for; the last of the calendar has none."""
    return jour if jour == date.max else jour + timedelta(1)
