"""What a campaign file or a model plan may hold, what a window contains, what the campaigns say."""

from datetime import date, datetime
from pathlib import Path

import pytest

from esms_desktop.errors import ErreurEsms
from esms_desktop.regles import genres
from esms_desktop.regles.campagne import Fenetre
from esms_desktop.regles.campagnes import charger, citer, toutes
from esms_desktop.regles.eligibilite import relever
from esms_desktop.regles.lecture import superposer
from esms_desktop.regles.plan_modeles import lire_modeles
from esms_desktop.regles.recevabilite import points
from tests.attendus import comparer
from tests.regles.fabrique import dossier

ATTENDUS = Path(__file__).parent / "attendus"


@pytest.mark.parametrize(
    ("genre", "brut", "lu"),
    [
        (genres.ENTIER, 0, 0),
        (genres.ENTIER, -1, "un nombre négatif n’a pas de sens ici (-1)"),
        (genres.ENTIER, True, "un nombre entier est attendu, « true » est écrit"),
        (genres.ENTIER, False, "un nombre entier est attendu, « false » est écrit"),
        (genres.ENTIER, 1.5, "un nombre entier est attendu, « 1.5 » est écrit"),
        (genres.ENTIER, [1], "un nombre entier est attendu, une liste est écrit"),
        (genres.ENTIER, {}, "un nombre entier est attendu, une table est écrit"),
        (genres.EUROS, -5, "montant en euros : un nombre négatif n’a pas de sens ici (-5)"),
        (genres.POURCENT, 100, 100),
        (genres.POURCENT, 101, "un pourcentage va de 0 à 100 (101)"),
        (genres.OUI_NON, True, True),
        (genres.OUI_NON, 1, "true ou false est attendu, « 1 » est écrit"),
        (genres.TEXTE, "x", "x"),
        (genres.TEXTE, " ", "un texte non vide est attendu, «   » est écrit"),
        (genres.TEXTE, 3, "un texte non vide est attendu, « 3 » est écrit"),
        (genres.ENTIER_OU_AUCUN, "aucun", None),
        (genres.ENTIER_OU_AUCUN, "aucune", None),
        (genres.ENTIER_OU_AUCUN, 7, 7),
        (genres.DATE_OU_AUCUNE, date(2023, 1, 16), date(2023, 1, 16)),
        (genres.DATE_OU_AUCUNE, "aucune", None),
        (
            genres.DATE_OU_AUCUNE,
            datetime(2023, 1, 16),
            "une date est attendue, sans guillemets (2023-01-16), « 2023-01-16 00:00:00 » est écrit",
        ),
        (genres.ENTIERS, [1, 2], (1, 2)),
        (genres.ENTIERS, [], ()),
        (genres.ENTIERS, [1, 1], "une valeur est écrite deux fois dans la liste"),
        (genres.ENTIERS, 3, "une liste est attendue, « 3 » est écrit"),
        (genres.choix("a", "b"), "b", "b"),
        (genres.choix("a", "b"), "c", "« c » n’est pas prévu ; au choix : a, b"),
        (genres.choix("a", "b"), 3, "« 3 » n’est pas prévu ; au choix : a, b"),
        (genres.liste_de("a", "b"), ["b", "a"], ("b", "a")),
        (genres.liste_de("a", "b"), ["c"], "« c » n’est pas prévu ; au choix : a, b"),
    ],
)
def test_chaque_genre_prend_ou_refuse_en_le_disant(genre: genres.Genre, brut: object, lu: object) -> None:
    if isinstance(lu, str) and lu != brut:
        with pytest.raises(ValueError) as dit:
            genre.lire(brut)
        assert str(dit.value).replace("\u00a0", " ") == lu
    else:
        assert genre.lire(brut) == lu and type(genre.lire(brut)) is type(lu)


HIER, JOUR, DEMAIN = date(2022, 5, 1), date(2022, 5, 2), date(2022, 5, 3)


@pytest.mark.parametrize(
    ("debut", "fin", "dedans"),
    [
        (None, None, True),
        (JOUR, JOUR, True),
        (HIER, DEMAIN, True),
        (DEMAIN, None, False),
        (JOUR, None, True),
        (None, HIER, False),
        (None, JOUR, True),
        (HIER, HIER, False),
        (DEMAIN, DEMAIN, False),
    ],
)
def test_une_fenetre_est_ouverte_ses_deux_bornes_comprises(
    debut: date | None, fin: date | None, dedans: bool
) -> None:
    assert Fenetre("F", debut, fin, "tous", False, "KIT").contient(JOUR) is dedans


def test_chaque_valeur_des_campagnes_avec_sa_source() -> None:
    lignes = []
    for c in toutes():
        lignes += ["", f"== {c.id} · {c.titre} · {c.annee} · {c.programme} · {c.region}"]
        lignes += [
            f"{cle} = {p.valeur} ({p.source}){' hypothèse' if p.hypothese else ''} {p.note}"
            for cle, p in c.parametres()
        ]
        lignes += [f"hypothèse : {cle}" for cle, _ in c.hypotheses()]
        lignes += [str(x) for x in (*c.fenetres, *c.remarques)]
    comparer(ATTENDUS / "campagnes.txt", lignes)


def test_une_source_nomme_son_document() -> None:
    assert citer("") == ("",) and citer("KIT § 4 ; X")[1] == "X"
    assert citer("KIT § 4")[0].startswith("KIT § 4 (")


@pytest.mark.parametrize(
    ("base", "dessus", "resultat"),
    [
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}}, {"a": {"b": 3, "c": 2}}),
        ({"a": {"valeur": 1, "note": "x"}}, {"a": {"valeur": 2}}, {"a": {"valeur": 2}}),
        ({"a": [1]}, {"a": [2]}, {"a": [2]}),
        ({"a": 1}, {"a": {"b": 2}}, {"a": {"b": 2}}),
        ({}, {"a": {"b": 2}}, {"a": {"b": 2}}),
    ],
)
def test_une_campagne_se_pose_sur_une_autre(
    base: dict[str, object], dessus: dict[str, object], resultat: object
) -> None:
    avant = repr(base)
    assert superposer(base, dessus) == resultat and repr(base) == avant


TACHE = '[[tache]]\ncode = "a"\nnom = "A"\nplan = "projet"\nphase = "P"\nduree = 5\n'


@pytest.mark.parametrize(
    ("ajout", "bon"),
    [
        ("", True),
        ('apres = "a"\n', True),
        ('apres = "pilotes, vagues+3, precedente DD-2"\n', True),
        ('apres_pilote = "a"\n', True),
        ('apres = "b"\n', False),
        ('apres = "a"\napres_pilote = "b"\n', False),
        ('apres = "a++3"\n', False),
        ('apres = "a XX"\n', False),
        ("inconnu = 3\n", False),
    ],
)
def test_un_plan_type_faux_est_refuse(ajout: str, bon: bool) -> None:
    if bon:
        (modele,) = lire_modeles("essai", TACHE + ajout)
        assert (modele.code, modele.duree, modele.jalon) == ("a", 5, False)
    else:
        with pytest.raises(ErreurEsms):
            lire_modeles("essai", TACHE + ajout)
    with pytest.raises(ErreurEsms, match="n’existe pas"):
        lire_modeles("essai", TACHE.replace('"projet"', '"autre"'))


def test_les_liens_d_un_plan_type() -> None:
    (modele,) = lire_modeles(
        "essai", TACHE + 'apres = "a, vagues FF+3, precedente DD -2"\n'.replace("DD -2", "DD-2")
    )
    attendus = [("a", "fin-debut", 0), ("vagues", "fin-fin", 3)]
    assert [(x.avant, x.type.value, x.decalage) for x in modele.liens()][:2] == attendus
    assert modele.liens(True) == modele.liens()
    (autre,) = lire_modeles("essai", TACHE + 'apres = "a"\napres_pilote = "pilotes FF+1"\n')
    assert [x.avant for x in autre.liens()] == ["a"] and len(autre.liens(True)) == 1


@pytest.mark.parametrize(
    ("tailles", "verdict"),
    [
        ((10, 8), "non-satisfait"),
        ((8, 7, 3), "satisfait"),
        ((15, 3), "satisfait"),
        ((16,), "satisfait"),
        ((14, 1), "non-satisfait"),
        ((5, 4), "a-apprecier"),
    ],
)
def test_en_2021_trois_organismes_se_regroupent_quand_aucun_n_atteint_le_seuil(
    tailles: tuple[int, ...], verdict: str
) -> None:
    point = points(dossier(*tailles), charger("2021-amorcage"), date(2021, 5, 1))[1]
    assert (point.numero, point.verdict) == (2, verdict)
    releve = relever(dossier(*tailles), charger("2021-amorcage"))
    assert [releve.nombre_de(og) for og in releve.ogs] == list(tailles)
