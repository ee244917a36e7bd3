"""A pasted table of tasks: columns by header or by place, each bad line told with its number, nothing applied."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.echanges.lignes import Lecture, Precedente
from esms_desktop.echanges.taches_collees import lire
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier

from .fabrique import dossier, jours, plat

ENTETE = "Tâche\tPlan\tPhase\tDébut\tFin\tDurée\tResponsable\tAvancement\tPrédécesseurs\tJalon\tÉchéance"


def coller(*lignes: str, entete: str = ENTETE, dans: Dossier | None = None) -> Lecture:
    return lire("\n".join((entete, *lignes) if entete else lignes), dans or dossier(), jours())


def raison(lecture: Lecture) -> str:
    (refus,) = lecture.refus
    return plat(refus.raison)


def test_a_whole_line_is_read() -> None:
    (ligne,) = coller(
        "Recette\tdéploiement\tEssais\t03/07/2023\t14/07/2023\t\tAlix\t40 %\t\tnon\t20/07/2023"
    ).lignes
    assert (ligne.nom, ligne.plan, ligne.phase, ligne.responsable) == (
        "Recette",
        "deploiement",
        "Essais",
        "Alix",
    )
    # From the 3rd to the 14th, less two days of weekend and the 14th of July.
    assert (ligne.pas_avant, ligne.duree, ligne.avancement) == (date(2023, 7, 3), 9, 40)
    assert ligne.echeance == date(2023, 7, 20)
    assert not ligne.jalon


def test_columns_are_known_by_their_header_in_any_order() -> None:
    lecture = coller(
        "2\tFormation\t1FD+2\toui mais\t5 j",
        "1\tCadrage\t\t\t1 semaine",
        entete="N°\tNOM DE LA TACHE\tprédécesseur\tCouleur\tduree",
    )
    formation, cadrage = lecture.lignes
    assert (formation.duree, cadrage.duree) == (5, 5)
    assert formation.precedentes == (Precedente(1, None, "fin-debut", 2),)
    assert [str(r) for r in lecture.remarques] == ["Colonnes laissées de côté\u00a0: «\u00a0Couleur\u00a0»."]


def test_two_columns_that_say_the_same_the_first_is_read_and_the_other_told() -> None:
    lecture = lire("Tâche\tNom\nA\tB", dossier(), jours())
    assert [x.nom for x in lecture.lignes] == ["A"]
    assert "« Nom »" in plat(str(lecture.remarques[0]))


def test_titles_lines_above_and_totals_are_left_out_and_told() -> None:
    lecture = lire("Plan du projet\n\nTâche\tDurée\nA\t3\nTotal\t3", dossier(), jours())
    assert [x.nom for x in lecture.lignes] == ["A"]
    assert [plat(str(r))[:2] for r in lecture.remarques] == ["A1", "A5"]


def test_a_number_of_a_line_left_behind_costs_its_link_and_not_the_line() -> None:
    lecture = coller("4\tB\t3", "5\tC\t4", entete="N°\tTâche\tPrédécesseurs")
    assert [(x.nom, len(x.precedentes)) for x in lecture.lignes] == [("B", 0), ("C", 1)]
    assert "n° 3, qui n’est pas dans ce tableau" in plat(str(lecture.remarques[0]))


def test_a_month_alone_is_its_first_day_or_its_last() -> None:
    (ligne,) = coller("Cadrage\t\t\tsept-23\toctobre 2023").lignes
    assert (ligne.debut, ligne.fin) == (date(2023, 9, 1), date(2023, 10, 31))


def test_without_a_header_the_place_tells() -> None:
    (ligne,) = coller("Cadrage\tProjet\t\t03/07/2023\t\t10", entete="").lignes
    assert (ligne.nom, ligne.pas_avant, ligne.duree) == ("Cadrage", date(2023, 7, 3), 10)
    lues = lire("5\tCadrage", dossier(), jours(), ("duree", "nom")).lignes
    assert [(x.nom, x.duree) for x in lues] == [("Cadrage", 5)]


def test_semicolons_quotes_blank_lines_and_windows_ends() -> None:
    lecture = lire('Tâche;Durée\r\n"Cadrage ; suite";3\r\n;\r\n"deux\nlignes";4\r\n', dossier(), jours())
    assert [(x.nom, x.duree, x.numero) for x in lecture.lignes] == [
        ("Cadrage ; suite", 3, 1),
        ("deux lignes", 4, 2),
    ]


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("03/07/2023", date(2023, 7, 3)),
        ("3/7/23", date(2023, 7, 3)),
        ("03.07.2023", date(2023, 7, 3)),
        ("lun. 03/07/23", date(2023, 7, 3)),
        ("Lun 03/07/23 08:00", date(2023, 7, 3)),
        ("3 juil. 2023", date(2023, 7, 3)),
        ("1er août 2023", date(2023, 8, 1)),
        ("12 FÉVRIER 2024", date(2024, 2, 12)),
        ("2023-07-03", date(2023, 7, 3)),
        ("2023-07-03T08:00:00", date(2023, 7, 3)),
        ("45110", date(2023, 7, 3)),
        ("45110,333", date(2023, 7, 3)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_dates_as_people_and_spreadsheets_write_them(ecrit: str, lu: date) -> None:
    assert coller(f"Cadrage\t\t\t{ecrit}").lignes[0].pas_avant == lu


@pytest.mark.parametrize(
    ("ligne", "mots"),
    [
        ("Cadrage\t\t\t31/02/2024", "« 31/02/2024 » : cette date n’existe pas"),
        ("Cadrage\t\t\t29/02/2023", "n’existe pas"),
        ("Cadrage\t\t\tbientôt", "« bientôt » : une date est attendue"),
        ("Cadrage\t\t\t3 juillet", "une date est attendue"),
        ("Cadrage\t\t\t03/07/1923", "n’est pas celle d’un projet"),
        ("Cadrage\t\t\t10/07/2023\t03/07/2023", "avant de commencer"),
        ("Cadrage\t\t\t08/07/2023\t09/07/2023", "personne ne travaille"),
        ("Cadrage\t\t\t\t10/07/2023", "ni début ni durée"),
        ("Cadrage\t\t\t\t\tlongtemps", "« longtemps » n’est pas une durée"),
        ("Cadrage\t\t\t\t\t9999", "trop longue"),
        ("Cadrage\t\t\t\t\t-3", "n’est pas une durée"),
        ("Cadrage\tBudget", "le plan « Budget » n’existe pas"),
        ("Cadrage\t\t\t\t\t\t\t140 %", "dépasse 100 %"),
        ("Cadrage\t\t\t\t\t\t\tbeaucoup", "n’est pas un avancement"),
        ("Cadrage\t\t\t\t\t\t\t\t\tpeut-être", "ne dit ni oui ni non"),
        ("Cadrage\t\t\t\t\t5\t\t\t\toui", "un jalon ne dure pas"),
        ("\t\t\t03/07/2023", "n’a pas de nom"),
        ("x" * 201, "dépasse 200 caractères"),
        ("Cadrage\t\t\t\t\t\t\t\t9", "n° 9 n’existe pas"),
        ("Cadrage\t\t\t\t\t\t\t\tRecette", "« Recette » n’existe pas"),
        ("Cadrage\t\t\t\t\t\t\t\t1", "elle s’attend elle-même"),
        ("Cadrage\t\t\t\t\t\t\t\tFormation DF", "« DF » (début à fin) n’est pas proposé"),
        ("Cadrage\t\t\t\t\t\t\t\tFormation ; Formation", "citée deux fois"),
        ("a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl", "plus de cellules"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_offered(ligne: str, mots: str) -> None:
    lecture = coller(ligne, "Bonne\t\t\t\t\t4", dans=dossier("Formation"))
    (refus,) = lecture.refus
    assert refus.numero == 1
    assert mots in plat(refus.raison)
    assert [(x.nom, x.duree, x.numero) for x in lecture.lignes] == [("Bonne", 4, 2)]
    assert str(refus).startswith("Ligne 1")


@pytest.mark.parametrize(
    ("ecrit", "attendues"),
    [
        ("", ()),
        ("1", ((0, "fin-debut", 0),)),
        ("1FD+2", ((0, "fin-debut", 2),)),
        ("1 DD", ((0, "debut-debut", 0),)),
        ("1FF-1 j", ((0, "fin-fin", -1),)),
        ("1ff - 1 jour", ((0, "fin-fin", -1),)),
        ("1FS+3 days", ((0, "fin-debut", 3),)),
        ("1SS+3d", ((0, "debut-debut", 3),)),
        ("1;2DD", ((0, "fin-debut", 0), (1, "debut-debut", 0))),
        ("1, 2", ((0, "fin-debut", 0), (1, "fin-debut", 0))),
        ("Cadrage", ((0, "fin-debut", 0),)),
        ("  cadrage  ff+4 j ", ((0, "fin-fin", 4),)),
        ("Lot 1, lot 2 DD", ((1, "debut-debut", 0),)),
    ],
)
def test_predecessors_by_number_or_by_name(ecrit: str, attendues: tuple[tuple[int, str, int], ...]) -> None:
    lecture = coller("Cadrage", "Lot 1, lot 2", f"Suite\t\t\t\t\t\t\t\t{ecrit}")
    assert not lecture.refus
    assert tuple((p.ligne, p.type, p.decalage) for p in lecture.lignes[2].precedentes) == attendues


def test_a_name_may_be_that_of_a_task_already_there() -> None:
    present = dossier("Cadrage", "Choix", "Choix")
    lecture = coller("Choix suite\t\t\t\t\t\t\t\tcadrage DD+1", "B\t\t\t\t\t\t\t\tChoix", dans=present)
    (precedente,) = lecture.lignes[0].precedentes
    assert precedente == Precedente(None, present.taches[0], "debut-debut", 1)
    assert "plusieurs tâches s’appellent « Choix »" in raison(lecture)


def test_a_loop_is_told_on_each_of_its_lines_with_its_names() -> None:
    vide = "\t" * 8
    lecture = coller(f"A{vide}C", f"B{vide}A", f"C{vide}B", f"D{vide}C", "E")
    assert [r.numero for r in lecture.refus] == [1, 2, 3]
    for refus in lecture.refus:
        assert all(f"« {nom} »" in plat(refus.raison) for nom in "ABC")
    assert [x.nom for x in lecture.lignes] == ["D", "E"]
    # D is good, but what it waits for is not there: said, not hidden.
    assert lecture.lignes[0].precedentes == ()
    assert [(r.numero, plat(r.raison)) for r in lecture.remarques] == [
        (4, "le lien vers la ligne 3, refusée, n’est pas repris")
    ]


def test_milestones_ends_and_durations_agree() -> None:
    lignes = coller(
        "Dépôt\t\t\t15/06/2023\t\t\t\t\t\toui",
        "VA\t\t\t\t14/06/2023\t0",
        "Fin connue\t\t\t\t17/07/2023\t3",
        "Fin un jour férié\t\t\t\t14/07/2023\t2",
        "Rien",
    ).lignes
    depot, va, fin, ferie, rien = lignes
    assert (depot.jalon, depot.duree, depot.pas_avant) == (True, 0, date(2023, 6, 15))
    assert (va.jalon, va.pas_avant) == (True, date(2023, 6, 14))
    assert (fin.pas_avant, fin.duree) == (date(2023, 7, 12), 3)
    assert (ferie.pas_avant, ferie.duree) == (date(2023, 7, 12), 2)
    assert (rien.pas_avant, rien.duree) == (None, 1)


def test_structures_and_waves_are_named() -> None:
    entete = "Tâche\tESSMS ou vague"
    lecture = coller("A\trésidence du lac", "B\t06 000 044 2", "C\tVAGUE 1", "D\tAilleurs", entete=entete)
    assert [(x.essms, x.vague) for x in lecture.lignes] == [
        ("060000442", ""),
        ("060000442", ""),
        ("", "Vague 1"),
    ]
    assert "ni une structure ni une vague" in raison(lecture)


@pytest.mark.parametrize(
    ("texte", "mots"),
    [
        ("", "aucune tâche"),
        ("\n\n", "aucune tâche"),
        (ENTETE, "aucune tâche"),
        ("\n".join(f"t{i}" for i in range(5001)), "plus de 5000 lignes"),
    ],
)
def test_what_is_no_table_is_refused(texte: str, mots: str) -> None:
    with pytest.raises(ErreurSaisie, match=mots):
        lire(texte, dossier(), jours())


def test_two_lines_with_the_same_number() -> None:
    lecture = coller("1\tA", "1\tB", "x\tC", f"{'9' * 5000}\tD", entete="N°\tTâche")
    assert [(r.numero, plat(r.raison)) for r in lecture.refus] == [
        (2, "le numéro 1 est déjà celui d’une autre ligne"),
        (3, "le numéro « x » n’est pas un nombre entier"),
        (4, f"le numéro « {'9' * 40} » n’est pas un nombre entier"),
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(texte: str) -> None:
    try:
        lecture = lire(texte, dossier("A"), jours())
    except ErreurSaisie as erreur:
        assert erreur.message
    else:
        assert lecture.lignes or lecture.refus
        assert all(r.numero and r.raison for r in lecture.refus)


@given(st.lists(st.lists(st.integers(1, 8), max_size=3), min_size=1, max_size=8))
def test_what_is_offered_has_no_loop(attentes: list[list[int]]) -> None:
    lignes = [f"T{i}\t{';'.join(map(str, avant))}" for i, avant in enumerate(attentes, 1)]
    lecture = coller(*lignes, entete="Tâche\tPrédécesseurs")
    assert len(lecture.lignes) + len(lecture.refus) == len(attentes)
    faites: set[int] = set()
    while len(faites) < len(lecture.lignes):
        pretes = {
            i
            for i, x in enumerate(lecture.lignes)
            if i not in faites and all(p.ligne in faites for p in x.precedentes)
        }
        assert pretes
        faites |= pretes
