"""The milestones as a calendar: what RFC 5545 asks, one event a milestone, the same identifiers from one time to the next."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.echanges.icalendrier import ecrire
from esms_desktop.echanges.lignes import LigneTache

from .fabrique import plat

JOUR = date(2023, 6, 1)


def jalon(nom: str, quand: date = date(2023, 6, 15), **champs: object) -> LigneTache:
    return LigneTache(nom, jalon=True, duree=0, debut=quand, fin=quand, **champs)  # type: ignore[arg-type]


def evenements(octets: bytes) -> list[dict[str, str]]:
    """The events, lines unfolded and texts unescaped."""
    texte = octets.decode().replace("\r\n ", "")
    blocs = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", texte, re.DOTALL)
    lus = []
    for bloc in blocs:
        paires = (ligne.partition(":") for ligne in bloc.split("\r\n") if ligne)
        lus.append({cle: re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), v) for cle, _, v in paires})
    return lus


def test_each_milestone_is_a_whole_day() -> None:
    lignes = [
        jalon("Dépôt", responsable="Alix", echeance=date(2023, 6, 30), phase="Dossier", notes="à Nice"),
        LigneTache("Tâche", debut=JOUR, fin=JOUR),
        jalon("VA", date(2023, 12, 31)),
    ]
    octets = ecrire("Grappe", "1", lignes, JOUR)
    assert octets.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert octets.endswith(b"END:VCALENDAR\r\n")
    depot, va = evenements(octets)
    assert depot["SUMMARY"] == "Dépôt"
    assert (depot["DTSTART;VALUE=DATE"], depot["DTEND;VALUE=DATE"]) == ("20230615", "20230616")
    assert plat(depot["DESCRIPTION"]).split("\n") == [
        "Dossier : Grappe",
        "Phase : Dossier",
        "Responsable : Alix",
        "Échéance : 30/06/2023",
        "à Nice",
    ]
    assert va["DTEND;VALUE=DATE"] == "20240101"
    assert va["DTSTAMP"] == "20230601T000000Z"


def test_a_milestone_that_moved_keeps_its_identifier_and_two_alike_do_not_share_it() -> None:
    avant = evenements(ecrire("Grappe", "1", [jalon("VA"), jalon("VA"), jalon("VSR")], JOUR))
    apres = evenements(
        ecrire("Grappe", "1", [jalon("VA", date(2024, 1, 8)), jalon("VA"), jalon("VSR")], JOUR)
    )
    assert [e["UID"] for e in avant] == [e["UID"] for e in apres]
    assert len({e["UID"] for e in avant}) == 3
    assert evenements(ecrire("Autre", "2", [jalon("VA")], JOUR))[0]["UID"] != avant[0]["UID"]


@given(st.text(min_size=1, max_size=200))
def test_any_name_comes_back_in_short_lines(nom: str) -> None:
    octets = ecrire(nom, "1", [jalon(nom)], JOUR)
    assert all(len(ligne) <= 75 for ligne in octets.split(b"\r\n"))
    octets.decode()
    (evenement,) = evenements(octets)
    permis = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", nom.replace("\r\n", "\n").replace("\r", "\n"))
    assert evenement["SUMMARY"] == permis


def test_l_agenda_d_une_personne_a_ses_taches_sur_leurs_jours() -> None:
    lignes = [
        LigneTache("Cadrer", responsable="Alix Martin, Ali Ben", debut=JOUR, fin=date(2023, 6, 7)),
        jalon("Dépôt", responsable="ALIX  MARTIN"),
        jalon("Autre", responsable="Alix Martinet"),
    ]
    cadrer, depot = evenements(ecrire("Grappe", "1", lignes, JOUR, "Alix Martin"))
    assert (cadrer["DTSTART;VALUE=DATE"], cadrer["DTEND;VALUE=DATE"]) == ("20230601", "20230608")
    assert depot["SUMMARY"] == "Dépôt" and depot["DTSTART;VALUE=DATE"] == "20230615"
