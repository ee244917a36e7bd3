"""MS Project XML: our plans come back whole; those of other programs come in as far as a planning can hold them."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given

from esms_desktop.echanges import mspdi
from esms_desktop.echanges.lignes import LigneTache, Precedente
from esms_desktop.echanges.projet import JoursChomes, Projet
from esms_desktop.echanges.projet_xml import ecrire, lire
from esms_desktop.errors import ErreurSaisie

from .fabrique import JOUR, plat, projets

NS = {"p": mspdi.ESPACE}
LUNDI, VENDREDI = date(2023, 7, 3), date(2023, 7, 7)


def sans_numeros(projet: Projet) -> Projet:
    return replace(projet, lignes=tuple(replace(x, numero=0) for x in projet.lignes))


@given(projets())
def test_a_plan_of_ours_comes_back_whole(projet: Projet) -> None:
    lu = lire(ecrire(projet))
    assert lu.remarques == ()
    assert sans_numeros(lu.projet) == projet


@given(projets())
def test_writing_again_what_was_read_gives_the_same_file(projet: Projet) -> None:
    octets = ecrire(projet)
    assert ecrire(lire(octets).projet) == octets


def exemple() -> Projet:
    return Projet(
        "Grappe",
        JOUR,
        LUNDI,
        date(2023, 7, 10),
        (
            LigneTache(
                "Cadrage", phase="Lancement", duree=5, avancement=40, debut=LUNDI, fin=VENDREDI, notes="a\nb"
            ),
            LigneTache(
                "Dépôt",
                jalon=True,
                duree=0,
                echeance=date(2023, 7, 12),
                precedentes=(Precedente(0, None, "fin-debut", -2),),
                debut=VENDREDI,
                fin=VENDREDI,
            ),
            LigneTache(
                "Formation",
                plan="changement",
                duree=1,
                fixe=date(2023, 7, 10),
                precedentes=(Precedente(0, None, "debut-debut", 3), Precedente(1, None, "fin-fin", 0)),
                debut=date(2023, 7, 10),
                fin=date(2023, 7, 10),
                reference_debut=LUNDI,
                reference_fin=VENDREDI,
            ),
        ),
        (JoursChomes(date(2023, 7, 14), date(2023, 7, 14), "Fête nationale"),),
    )


def noms(racine: ElementTree.Element, chemin: str) -> list[str]:
    return [e.text or "" for e in racine.findall(chemin, NS)]


def test_what_is_written_is_what_ms_project_expects() -> None:
    racine = ElementTree.fromstring(ecrire(exemple()))
    assert racine.tag == f"{{{mspdi.ESPACE}}}Project"
    assert noms(racine, "p:Tasks/p:Task/p:Name") == [
        "Projet",
        "Lancement",
        "Cadrage",
        "Dépôt",
        "Conduite du changement",
        "Formation",
    ]
    assert noms(racine, "p:Tasks/p:Task/p:OutlineNumber") == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]
    assert noms(racine, "p:Tasks/p:Task/p:Summary") == ["1", "1", "0", "0", "1", "0"]
    cadrage, depot, formation = racine.findall("p:Tasks/p:Task[p:Summary='0']", NS)
    assert cadrage.findtext("p:Duration", None, NS) == "PT40H0M0S"
    assert cadrage.findtext("p:Start", None, NS) == "2023-07-03T08:00:00"
    assert cadrage.findtext("p:Finish", None, NS) == "2023-07-07T17:00:00"
    assert cadrage.findtext("p:PercentComplete", None, NS) == "40"
    assert depot.findtext("p:Milestone", None, NS) == "1"
    assert depot.findtext("p:Deadline", None, NS) == "2023-07-12T17:00:00"
    lien = depot.find("p:PredecessorLink", NS)
    assert lien is not None
    # Tenths of minutes: two days of eight hours, ahead.
    assert [e.text for e in lien] == ["1", "1", "0", "-9600", "7"]
    assert noms(formation, "p:PredecessorLink/p:Type") == ["3", "0"]
    assert formation.findtext("p:ConstraintType", None, NS) == "2"
    assert formation.findtext("p:ConstraintDate", None, NS) == "2023-07-10T08:00:00"
    assert formation.findtext("p:Baseline/p:Finish", None, NS) == "2023-07-07T17:00:00"
    exception = racine.find("p:Calendars/p:Calendar/p:Exceptions/p:Exception", NS)
    assert exception is not None
    assert exception.findtext("p:Name", None, NS) == "Fête nationale"
    assert exception.findtext("p:DayWorking", None, NS) == "0"
    assert noms(racine, "p:Calendars/p:Calendar/p:WeekDays/p:WeekDay/p:DayWorking") == list("01111100")


def test_a_free_task_keeps_its_day_in_another_program_and_stays_free_in_ours() -> None:
    libre = LigneTache("Libre", duree=2, debut=date(2023, 7, 5), fin=date(2023, 7, 6))
    projet = replace(exemple(), lignes=(*exemple().lignes[:1], libre))
    octets = ecrire(projet)
    tache = ElementTree.fromstring(octets).findall("p:Tasks/p:Task[p:Summary='0']", NS)[1]
    assert tache.findtext("p:ConstraintType", None, NS) == "4"
    assert lire(octets).projet.lignes[1].pas_avant is None
    # Moved there, it is no longer free.
    deplace = octets.replace(b"<ConstraintDate>2023-07-05", b"<ConstraintDate>2023-07-12")
    assert lire(deplace).projet.lignes[1].pas_avant == date(2023, 7, 12)


def fichier(taches: str, avant: str = "", apres: str = "") -> bytes:
    """A file of another program."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Project xmlns="{mspdi.ESPACE}"><Title>Autre</Title>'
        f"<StartDate>2023-07-03T08:00:00</StartDate><MinutesPerDay>420</MinutesPerDay>{avant}"
        f"<Tasks>{taches}</Tasks>{apres}</Project>"
    ).encode()


def tache(uid: int, nom: str, plus: str = "", debut: str = "2023-07-03", heures: int = 35) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{nom}</Name><OutlineLevel>2</OutlineLevel>"
        f"<Start>{debut}T08:00:00</Start><Finish>2023-07-07T17:00:00</Finish>"
        f"<Duration>PT{heures}H0M0S</Duration><DurationFormat>7</DurationFormat>{plus}</Task>"
    )


def recap(uid: int, nom: str, niveau: int = 1, plus: str = "") -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{nom}</Name><OutlineLevel>{niveau}</OutlineLevel>"
        f"<Summary>1</Summary>{plus}</Task>"
    )


def lien(uid: int | str, type_: int = 1, decalage: int = 0, forme: int = 7) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{type_}</Type>"
        f"<LinkLag>{decalage}</LinkLag><LagFormat>{forme}</LagFormat></PredecessorLink>"
    )


def test_a_file_of_another_program_keeps_plans_phases_links_and_people() -> None:
    octets = fichier(
        "<Task><UID>0</UID><ID>0</ID><Name>Autre</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>"
        + recap(1, "DÉPLOIEMENT")
        + recap(2, "Pilotes", 2)
        + tache(3, "Installer", "<Inconnu><Plus>x</Plus></Inconnu>").replace("Level>2", "Level>3")
        + tache(4, "Vérifier", lien(3, 3, 2 * 420 * 10)).replace("Level>2", "Level>3")
        + "<Task><UID>9</UID><ID>9</ID><IsNull>1</IsNull></Task>"
        + recap(5, "Divers")
        + tache(6, "Bilan", lien(4) + lien(3, 0), heures=0),
        apres="<Resources><Resource><UID>1</UID><Name>Alix</Name></Resource></Resources>"
        "<Assignments><Assignment><TaskUID>3</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments>",
    )
    lu = lire(octets)
    installer, verifier, bilan = lu.projet.lignes
    assert lu.remarques == ()
    assert (installer.plan, installer.phase, installer.responsable) == ("deploiement", "Pilotes", "Alix")
    assert (installer.duree, installer.pas_avant) == (5, LUNDI)
    assert verifier.precedentes == (Precedente(0, None, "debut-debut", 2),)
    assert verifier.pas_avant is None
    assert (bilan.plan, bilan.phase, bilan.jalon, bilan.duree) == ("projet", "Divers", True, 0)
    assert bilan.precedentes == (Precedente(1, None, "fin-debut", 0), Precedente(0, None, "fin-fin", 0))


@pytest.mark.parametrize(
    ("plus", "attendu", "mots"),
    [
        (lien(77), {}, "tâche absente (n° 77)"),
        (lien(1, 2), {}, "un lien début à fin avec « A »"),
        (lien(2), {}, "un lien avec elle-même"),
        (lien(1, 1, 50, 19), {}, "un décalage de 50 % de la durée de « A » devient 2 jours"),
        (lien(1, 1, 7 * 14400, 8), {}, ""),
        (
            "<ConstraintType>2</ConstraintType><ConstraintDate>2023-07-20T08:00:00</ConstraintDate>",
            {"fixe": 20},
            "",
        ),
        (
            "<ConstraintType>4</ConstraintType><ConstraintDate>2023-07-20T08:00:00</ConstraintDate>",
            {"pas_avant": 20},
            "",
        ),
        (
            "<ConstraintType>7</ConstraintType><ConstraintDate>2023-07-20T08:00:00</ConstraintDate>",
            {"echeance": 20, "pas_avant": 3},
            "devient son échéance",
        ),
        (
            "<ConstraintType>5</ConstraintType><ConstraintDate>2023-07-20T08:00:00</ConstraintDate>",
            {"fixe": 3},
            "devient un début fixe",
        ),
        ("<ConstraintType>1</ConstraintType>", {"pas_avant": 3}, "le plus tard possible"),
        ("<Deadline>2023-02-31T08:00:00</Deadline>", {}, "« 2023-02-31T08:00:00 » (Deadline)"),
        ("<Deadline>1984-01-01T08:00:00</Deadline>", {}, "n’est pas celle d’un projet"),
        ("<Deadline>NA</Deadline>", {}, ""),
    ],
)
def test_what_a_planning_cannot_hold_is_told_with_its_task(
    plus: str, attendu: dict[str, int], mots: str
) -> None:
    lu = lire(fichier(tache(1, "A") + tache(2, "B", plus)))
    assert len(lu.projet.lignes) == 2
    for champ, quantieme in attendu.items():
        assert getattr(lu.projet.lignes[1], champ) == date(2023, 7, quantieme)
    if mots:
        (remarque,) = lu.remarques
        assert (remarque.numero, remarque.nom) == (2, "B")
        assert mots in plat(remarque.raison)
    else:
        assert lu.remarques == ()


def test_a_loop_loses_one_link_and_says_which() -> None:
    lu = lire(fichier(tache(1, "A", lien(3)) + tache(2, "B", lien(1)) + tache(3, "C", lien(2))))
    (remarque,) = lu.remarques
    assert "tourne en rond" in remarque.raison
    assert sum(len(x.precedentes) for x in lu.projet.lignes) == 2
    assert all(f"« {nom} »" in plat(remarque.raison) for nom in "ABC")


def test_durations_that_are_not_whole_worked_days_are_rounded_up_and_told() -> None:
    lu = lire(
        fichier(
            tache(1, "Demi", heures=10)
            + tache(2, "Écoulée", heures=24 * 7).replace("Format>7", "Format>8")
            + tache(3, "Fausse").replace("PT35H0M0S", "cinq jours")
            + tache(4, "Sans fin").replace("PT35H0M0S", f"PT{'9' * 5000}H0M0S")
        )
    )
    assert [x.duree for x in lu.projet.lignes] == [2, 5, 1, 1]
    assert [r.numero for r in lu.remarques] == [1, 2, 3, 4]


BOMBE = (
    b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<Project><Title>&b;</Title></Project>"
)


@pytest.mark.parametrize(
    ("octets", "mots"),
    [
        (b"", "pas un XML lisible"),
        (b"bonjour", "erreur à la ligne 1"),
        (b"<Project><Tasks>", "pas un XML lisible"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "n’est pas un projet MS Project"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "n’est pas au format XML"),
        (b"PK\x03\x04" + bytes(60), "n’est pas au format XML"),
        (BOMBE, "DOCTYPE"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "XML"),
        (b"<a>" * 200 + b"</a>" * 200, "trop emboîtés"),
        (fichier(""), "aucune tâche"),
        (fichier(recap(0, "Seule")), "aucune tâche"),
        (ecrire(exemple())[:-200], "pas un XML lisible"),
    ],
)
def test_another_file_is_refused_in_french(octets: bytes, mots: str) -> None:
    with pytest.raises(ErreurSaisie, match=mots.replace("(", r"\(")):
        lire(octets)


def test_a_name_too_long_and_a_name_missing_are_mended() -> None:
    lu = lire(fichier(tache(1, "x" * 300) + tache(2, " ")))
    longue, vide = lu.projet.lignes
    assert len(longue.nom) == 200
    assert longue.notes == "x" * 300
    assert vide.nom == "Tâche 2"
    assert [r.numero for r in lu.remarques] == [1, 2]


# The order of the published schema (mspdi_pj12.xsd), for what we write: MS Project refuses another one.
ORDRES = {
    "Project": "SaveVersion Name Title Subject CreationDate ScheduleFromStart StartDate FinishDate CurrencyCode CalendarUID "
    "DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth DurationFormat HonorConstraints "
    "NewTasksEffortDriven WeekStartDay ExtendedAttributes Calendars Tasks Resources Assignments",
    "Task": "UID ID Name Type IsNull Contact WBS OutlineNumber OutlineLevel Start Finish Duration DurationFormat "
    "EffortDriven Estimated Milestone Summary PercentComplete ConstraintType ConstraintDate Deadline Notes "
    "PredecessorLink ExtendedAttribute Baseline",
    "PredecessorLink": "PredecessorUID Type CrossProject LinkLag LagFormat",
    "ExtendedAttribute": "FieldID FieldName Alias Value",
    "Baseline": "Number Start Finish",
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Exception": "EnteredByOccurrences TimePeriod Occurrences Name Type DayWorking",
    "Resource": "UID ID Name Type IsNull",
    "Assignment": "UID TaskUID ResourceUID Finish Start Units Work",
    "TimePeriod": "FromDate ToDate",
    "WorkingTime": "FromTime ToTime",
}


@given(projets())
def test_elements_follow_the_order_of_the_schema(projet: Projet) -> None:
    for element in ElementTree.fromstring(ecrire(projet)).iter():
        ordre = ORDRES.get(element.tag.rpartition("}")[2], "").split()
        if ordre:
            rangs = [ordre.index(e.tag.rpartition("}")[2]) for e in element]
            assert rangs == sorted(rangs)
            assert len(set(rangs)) == len(rangs) or "Task" in element.tag
            assert "CurrencyCode" not in ordre or element.find("p:CurrencyCode", NS) is not None


@given(projets())
def test_numbers_and_levels_of_tasks_hold_together(projet: Projet) -> None:
    taches = ElementTree.fromstring(ecrire(projet)).findall("p:Tasks/p:Task", NS)
    uids = [t.findtext("p:UID", None, NS) for t in taches]
    assert len(set(uids)) == len(uids)
    assert [t.findtext("p:ID", None, NS) for t in taches] == [str(i) for i in range(1, len(taches) + 1)]
    niveau = 0
    for tache in taches:
        suivant = int(tache.findtext("p:OutlineLevel", "0", NS))
        assert suivant <= niveau + 1
        assert len((tache.findtext("p:OutlineNumber", "", NS)).split(".")) == suivant
        # Nothing stands under a task that is no summary.
        niveau = suivant if tache.findtext("p:Summary", "", NS) == "1" else suivant - 1
    numeros = [t.findtext("p:OutlineNumber", None, NS) for t in taches]
    assert len(set(numeros)) == len(numeros)


GAN = """<?xml version="1.0" encoding="UTF-8"?>
<project name="Fictif" version="3.2"><calendars><day-types><default-week id="1" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>
</day-types><date year="2024" month="1" date="10" type="HOLIDAY"><![CDATA[Fermé]]></date></calendars>
<tasks empty-milestones="true">
<task id="0" name="Déploiement" meeting="false" start="2024-01-08" duration="7" complete="0">
 <task id="1" name="Installer" meeting="false" start="2024-01-08" duration="5" complete="40"><notes><![CDATA[À deux]]></notes>
  <depend id="2" type="2" difference="0" hardness="Strong"/></task>
 <task id="2" name="Vérifier" meeting="false" start="2024-01-16" duration="2" complete="0"/>
 <depend id="3" type="2" difference="0" hardness="Strong"/></task>
<task id="3" name="Fini" meeting="true" start="2024-01-17" duration="0" complete="0"/>
</tasks><resources><resource id="7" name="Alix"/></resources>
<allocations><allocation task-id="1" resource-id="7" load="100.0"/></allocations></project>"""


def test_un_projet_de_ganttproject_se_lit_comme_les_autres() -> None:
    lu = lire(GAN.encode())
    installer, verifier, fini = lu.projet.lignes
    assert (installer.plan, installer.nom, installer.duree, installer.avancement) == (
        "deploiement",
        "Installer",
        5,
        40,
    )
    assert (installer.responsable, installer.notes) == ("Alix", "À deux")
    # The closure of Wednesday is not worked.
    assert (installer.debut, installer.fin) == (date(2024, 1, 8), date(2024, 1, 15))
    assert verifier.precedentes == (Precedente(0),) and fini.precedentes == (Precedente(1),)
    assert fini.jalon and [c.debut for c in lu.projet.chomes] == [date(2024, 1, 10)]


def test_un_pod_tient_un_projet_xml() -> None:
    xml = ecrire(exemple())
    pod = b"\xac\xed\x00\x05sr\x00" + b"@" * 10 + b"ProjectLibreSeparator_MSXML" + b"@" * 10 + xml
    assert lire(pod) == lire(xml)
    with pytest.raises(ErreurSaisie, match=r"1\. Ouvrez-le"):
        lire(b"\xac\xed\x00\x05sr\x00 sans projet")
