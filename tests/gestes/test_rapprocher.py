"""A project file against the planning it would enter: every task whose dates change is told, with its cause, before anything is."""

import json
from datetime import date
from pathlib import Path

import pytest

from esms_desktop import lecture
from esms_desktop.cli import main
from esms_desktop.gestes.planning import importer
from esms_desktop.gestes.planning.rapprocher import rapprocher
from esms_desktop.regles.planning.planning import lire
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe

JOUR = date(2023, 6, 1)
CAS = Path(__file__).parents[3] / "shared" / "donnees" / "cas" / "planning"


@pytest.fixture
def dossier(porte: Porte) -> lecture.Dossier:
    porte.ajouter(graphe("Planning fictif", 1, 1), libelle="Créer")
    lu = porte.lire(next(r.id for r in porte.resumes() if r.nom == "Planning fictif"))
    assert lu is not None
    return lu


def tache(uid: int, debut: str, fin: str, jours: float = 5, plus: str = "", niveau: int = 1) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>T{uid}</Name><OutlineLevel>{niveau}</OutlineLevel>"
        f"<Start>{debut}T08:00:00</Start><Finish>{fin}T17:00:00</Finish><Duration>PT{int(jours * 8)}H0M0S</Duration>"
        f"<DurationFormat>7</DurationFormat>{plus}</Task>"
    )


def lien(uid: int, genre: int = 1, jours: int = 0) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{genre}</Type>"
        f"<LinkLag>{jours * 4800}</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
    )


def fichier(tmp_path: Path, taches: str, calendrier: str = "") -> Path:
    chemin = tmp_path / "projet.xml"
    chemin.write_text(
        '<Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>480</MinutesPerDay><CalendarUID>1</CalendarUID>'
        f"<Calendars><Calendar><UID>1</UID><Name>Standard</Name>{calendrier}</Calendar></Calendars><Tasks>{taches}</Tasks></Project>",
        encoding="utf-8",
    )
    return chemin


def recap(uid: int, plus: str = "") -> str:
    return tache(uid, "2024-01-08", "2024-01-19", 10, f"<Summary>1</Summary>{plus}")


def exception(debut: str, fin: str, plus: str) -> str:
    return (
        f"<Exception><TimePeriod><FromDate>{debut}T00:00:00</FromDate><ToDate>{fin}T23:59:00</ToDate></TimePeriod>"
        f"<Name>Fictive</Name><DayWorking>0</DayWorking>{plus}</Exception>"
    )


# Tasks, calendar, then the cause of each difference, by the number of the task.
CAS_FICTIFS: dict[str, tuple[str, str, dict[int, str]]] = {
    "rien ne change": (tache(1, "2024-01-08", "2024-01-12"), "", {}),
    "jour férié": (tache(1, "2024-05-06", "2024-05-10"), "", {1: "Fête de la Victoire, chômé ici"}),
    "samedi": (tache(1, "2024-01-13", "2024-01-13", 1), "", {1: "samedi, chômé ici (13/01/2024)"}),
    "suite": (
        tache(1, "2024-05-06", "2024-05-08", 3) + tache(2, "2024-05-09", "2024-05-09", 1, lien(1)),
        "",
        {1: "Fête de la Victoire", 2: "suit « T1 », qui tombe ailleurs"},
    ),
    "heures": (tache(1, "2024-01-08", "2024-01-08", 3), "", {1: "3 jours de travail y tiennent en 1"}),
    "interrompue": (
        tache(1, "2024-01-08", "2024-01-19", 5),
        "",
        {1: "10 jours entre ses dates, pour une durée de 5"},
    ),
    "calendrier propre": (
        tache(1, "2024-01-08", "2024-01-19", 5, "<CalendarUID>7</CalendarUID>"),
        "",
        {1: "calendrier propre à la tâche"},
    ),
    "semaine de quatre jours": (
        tache(1, "2024-01-08", "2024-01-15", 5),
        "<WeekDays><WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays>",
        {1: "vendredi, travaillé ici (12/01/2024)"},
    ),
    "mercredis fermés": (
        tache(1, "2024-01-08", "2024-01-15", 5),
        "<Exceptions>"
        + exception("2024-01-03", "2024-06-26", "<Type>6</Type><Period>1</Period><DaysOfWeek>8</DaysOfWeek>")
        + "</Exceptions>",
        {},
    ),
    "un jour par mois fermé": (
        tache(1, "2024-01-08", "2024-01-15", 5),
        "<Exceptions>"
        + exception("2024-01-10", "2024-12-31", "<Type>4</Type><Period>1</Period><MonthDay>10</MonthDay>")
        + "</Exceptions>",
        {},
    ),
    "lien début à fin": (
        tache(1, "2024-01-15", "2024-01-19") + tache(2, "2024-01-08", "2024-01-12", 5, lien(1, 2)),
        "",
        {},
    ),
    "commencée en retard": (
        tache(1, "2024-01-08", "2024-01-12")
        + tache(2, "2024-02-05", "2024-02-09", 5, f"<ActualStart>2024-02-05T08:00:00</ActualStart>{lien(1)}"),
        "",
        {},
    ),
    "contrainte perdue": (
        tache(1, "2024-01-08", "2024-01-12")
        + tache(
            2,
            "2024-01-22",
            "2024-01-26",
            5,
            "<ConstraintType>5</ConstraintType><ConstraintDate>2024-01-30T08:00:00</ConstraintDate>"
            + lien(1),
        ),
        "",
        {},
    ),
    "attend une tâche récapitulative": (
        recap(9)
        + tache(1, "2024-01-08", "2024-01-12", niveau=2)
        + tache(2, "2024-01-15", "2024-01-19", 5, lien(1), 2)
        + tache(3, "2024-01-22", "2024-01-26", 5, lien(9)),
        "",
        {},
    ),
    "une tâche récapitulative attend": (
        tache(3, "2024-01-01", "2024-01-05")
        + recap(9, lien(3))
        + tache(1, "2024-01-08", "2024-01-12", niveau=2)
        + tache(2, "2024-01-15", "2024-01-19", 5, lien(1), 2),
        "",
        {3: "Jour de l'an, chômé ici", 1: "suit « T3 »", 2: "suit « T1 »"},
    ),
    "jalons au soir, décalage compris": (
        tache(1, "2024-01-08", "2024-01-12")
        + tache(2, "2024-01-12", "2024-01-12", 0, "<Milestone>1</Milestone>" + lien(1))
        + tache(3, "2024-01-15", "2024-01-15", 0, "<Milestone>1</Milestone>" + lien(1, 1, 1))
        + tache(4, "2024-01-10", "2024-01-10", 0, "<Milestone>1</Milestone>" + lien(1, 1, -2)),
        "",
        {},
    ),
}


@pytest.mark.parametrize("cas", CAS_FICTIFS)
def test_chaque_date_qui_change_est_dite_avec_sa_cause(
    porte: Porte, dossier: lecture.Dossier, tmp_path: Path, cas: str
) -> None:
    taches, calendrier, causes = CAS_FICTIFS[cas]
    lu = importer.lire_projet(fichier(tmp_path, taches, calendrier))
    vu = rapprocher(lu, dossier, JOUR)
    assert {e.numero for e in vu.ecarts} == set(causes)
    for e in vu.ecarts:
        assert causes[e.numero].replace("'", "’") in e.cause.replace("\u00a0", " ").replace("'", "’")
    _comme_dit(porte, dossier, lu)


def _comme_dit(porte: Porte, dossier: lecture.Dossier, lu: importer.ProjetLu) -> None:
    """Imported, each task falls where it was told: in the file, or elsewhere; so does it once the dates are kept."""
    for garde in (lu, importer.garder_les_dates_du_fichier(lu, dossier, JOUR)):
        ecarts = {e.rang: e.ici for e in rapprocher(garde, dossier, JOUR).ecarts}
        importer.ajouter_projet(porte, dossier, garde, JOUR)
        apres = lire(porte.relire(dossier), JOUR)
        places = {p.tache.rang: (p.debut, p.fin) for p in apres.taches}
        for rang, ligne in enumerate(lu.projet.lignes):
            assert ligne.debut is not None and ligne.fin is not None
            du_fichier = (ligne.fin, ligne.fin) if ligne.jalon else (ligne.debut, ligne.fin)
            assert places[rang] == ecarts.get(rang, du_fichier), ligne.nom
        porte.annuler()


def test_les_dates_gardees_le_sont_ou_la_raison_est_dite(dossier: lecture.Dossier, tmp_path: Path) -> None:
    taches = (
        tache(1, "2024-05-06", "2024-05-10")
        + tache(2, "2024-05-18", "2024-05-18", 1)
        + tache(3, "2024-05-21", "2024-05-22", 2, lien(1))
    )
    lu = importer.lire_projet(fichier(tmp_path, taches))
    assert {e.numero for e in rapprocher(lu, dossier, JOUR).ecarts} >= {1, 2}
    gardees = importer.garder_les_dates_du_fichier(lu, dossier, JOUR)
    [reste] = rapprocher(gardees, dossier, JOUR).ecarts
    assert (reste.numero, reste.ici) == (
        2,
        (date(2024, 5, 21), date(2024, 5, 21)),
    ) and "samedi" in reste.cause
    assert gardees.projet.lignes[0].duree == 3


def test_les_taches_deja_la_que_des_fermetures_deplacent_sont_comptees(
    porte: Porte, dossier: lecture.Dossier, tmp_path: Path
) -> None:
    importer.ajouter_projet(
        porte, dossier, importer.lire_projet(fichier(tmp_path, tache(1, "2024-01-08", "2024-01-12"))), JOUR
    )
    ferme = "<Exceptions>" + exception("2024-01-10", "2024-01-11", "<Type>1</Type>") + "</Exceptions>"
    lu = importer.lire_projet(fichier(tmp_path, tache(1, "2024-03-04", "2024-03-08"), ferme))
    vu = rapprocher(lu, porte.relire(dossier), JOUR)
    assert (vu.ecarts, vu.deplacees) == ((), 1)


def test_la_ligne_de_commande(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "quatre canards sous l’érable")
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(tmp_path / "base.sqlite"))
    assert (
        main(
            ["geste", "dossier.creer", "--nom", "P", "--campagne-id", "2023", "--type-projet", "acquisition"]
        )
        == 0
    )
    capsys.readouterr()
    chemin = str(fichier(tmp_path, tache(1, "2024-05-06", "2024-05-10")))
    assert main(["planning", "importer", "P", chemin, "--essai", "--json"]) == 0
    dit = json.loads(capsys.readouterr().out)
    [ecart] = dit["ecarts"]
    assert dit["taches"] == 1 and ecart["tache"] == "T1" and "Victoire" in ecart["cause"]
    assert ecart["fichier"] == {"debut": "2024-05-06", "fin": "2024-05-10"}
    assert ecart["ici"] == {"debut": "2024-05-06", "fin": "2024-05-14"}
    assert main(["planning", "importer", "P", chemin, "--garder-les-dates"]) == 0
    assert "1 tâche ajoutée" in capsys.readouterr().out.replace("\u00a0", " ")
    agenda = ["planning", "agenda", "P", "--personne", "Alix", "--vers", str(tmp_path / "alix.ics")]
    assert main(agenda) == 2 and "pour responsable" in capsys.readouterr().err


# What each shared case gives: its tasks, and those whose dates change.
ATTENDUS = {
    "commencee.xml": (2, {}),
    "jalon.xml": (4, {}),
    "jour-de-24-h.xml": (4, {1: "heures", 2: "samedi", 3: "Fête du Travail"}),
    "mercredis.xml": (1, {1: "10 jours de travail y tiennent en 9"}),
    "noel.xml": (3, {}),
    "recap.xml": (3, {}),
}


@pytest.mark.skipif(not CAS.is_dir(), reason="les données partagées ne sont pas là")
@pytest.mark.parametrize("nom", ATTENDUS)
def test_les_cas_partages(porte: Porte, dossier: lecture.Dossier, nom: str) -> None:
    combien, causes = ATTENDUS[nom]
    lu = importer.lire_projet(CAS / nom)
    ecarts = rapprocher(lu, dossier, JOUR).ecarts
    assert len(lu.projet.lignes) == combien and {e.numero for e in ecarts} == set(causes)
    assert all(causes[e.numero] in e.cause.replace("\u00a0", " ") for e in ecarts)
    _comme_dit(porte, dossier, lu)
