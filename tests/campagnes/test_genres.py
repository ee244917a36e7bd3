"""What a campaign file may hold, what a window contains, what the campaigns say."""

from datetime import date, datetime
from pathlib import Path

import pytest

from esms_desktop.campagnes import genres
from esms_desktop.campagnes.chargement import citer, toutes
from esms_desktop.campagnes.lecture import superposer
from esms_desktop.campagnes.schema import Fenetre
from tests.attendus import comparer

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
