"""Dates in French: written, read as people and spreadsheets write them, refused when they say nothing sure."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie

JUILLET = date(2023, 7, 3)


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("03/07/2023", JUILLET),
        ("3/7/23", JUILLET),
        ("3.7.2023", JUILLET),
        ("03-07-2023", JUILLET),
        ("3 7 2023", JUILLET),
        ("3 / 7 / 2023", JUILLET),
        (" 03/07/2023\u00a0", JUILLET),
        ("1/1/20", date(2020, 1, 1)),
        ("lun. 03/07/23", JUILLET),
        ("Lun 03/07/23 08:00", JUILLET),
        ("03/07/2023 à 8h30", JUILLET),
        ("03/07/2023 08:00:00", JUILLET),
        ("Lundi 3 juillet 2023", JUILLET),
        ("lundi, le 3 juillet 2023", JUILLET),
        ("3 juil. 2023", JUILLET),
        ("3-juil-23", JUILLET),
        ("3 jul 2023", JUILLET),
        ("3\u00a0juillet 2023", JUILLET),
        ("1er août 2023", date(2023, 8, 1)),
        ("1er\u00a0aout 2023", date(2023, 8, 1)),
        ("12 FÉVRIER 2024", date(2024, 2, 12)),
        ("mar. 5 mars 2024", date(2024, 3, 5)),
        ("2023-07-03", JUILLET),
        ("2023-7-3", JUILLET),
        ("2023/07/03", JUILLET),
        ("2023-07-03T08:00:00", JUILLET),
        ("2023-07-03 00:00:00", JUILLET),
        ("45110", JUILLET),
        ("45110,333", JUILLET),
        ("29/02/2024", date(2024, 2, 29)),
        ("31/12/1999", date(1999, 12, 31)),
        ("", None),
        ("  ", None),
        ("-", None),
        ("—", None),
        ("NA", None),
        ("n/a", None),
    ],
)
def test_une_date_comme_on_l_ecrit(ecrit: str, lu: date | None) -> None:
    assert francais.lire_date(ecrit) == lu


ATTENDUE = "une date est attendue, par exemple 15/06/2026"


@pytest.mark.parametrize(
    ("ecrit", "raison"),
    [
        ("bientôt", ATTENDUE),
        ("3 juillet", ATTENDUE),
        ("juillet 2023", ATTENDUE),
        ("2026", ATTENDUE),
        ("12/2026", ATTENDUE),
        ("03/07/202", ATTENDUE),
        ("03072023", ATTENDUE),
        ("3 ju 2023", ATTENDUE),
        ("3 brumaire 2023", ATTENDUE),
        ("marbre 3/7/2023", ATTENDUE),
        ("03/07/2023 puis 04/07/2023", ATTENDUE),
        ("44000 Nantes", ATTENDUE),
        ("12345", ATTENDUE),
        ("75008", ATTENDUE),
        ("٠٣/٠٧/٢٠٢٣", ATTENDUE),
        ("1²/7/2023", ATTENDUE),
        ("31/02/2024", "cette date n’existe pas"),
        ("29/02/2023", "cette date n’existe pas"),
        ("12/25/2026", "cette date n’existe pas"),
        ("0/1/2026", "cette date n’existe pas"),
        ("1/0/2026", "cette date n’existe pas"),
        ("3 jui 2023", "le mois se lit de deux façons : « juin » et « juillet »"),
        ("1/1/98", "l’année 98 se lit de deux façons : écrivez ses quatre chiffres"),
        ("1/1/70", "l’année 70 se lit de deux façons : écrivez ses quatre chiffres"),
        ("15/06/0202", "l’année 202 est trop loin : entre 1900 et 2100"),
        ("15/06/2101", "l’année 2101 est trop loin : entre 1900 et 2100"),
        ("mardi 3 juillet 2023", "le 3 juillet 2023 est un lundi"),
    ],
)
def test_une_date_qui_ne_se_lit_pas_dit_pourquoi(ecrit: str, raison: str) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        francais.lire_date(ecrit)
    assert refus.value.message.replace("\u00a0", " ") == raison


DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DATES)
def test_une_date_ecrite_se_relit(jour: date) -> None:
    semaine, mois = francais.jour_semaine(jour), francais.MOIS_COURTS[jour.month - 1]
    for ecrite in (
        francais.date_courte(jour),
        francais.date_longue(jour),
        f"{semaine} {francais.date_longue(jour)}",
        f"{semaine[:3]}. {francais.date_courte(jour)} 08:00",
        f"{jour.day} {mois} {jour.year}",
        f"{jour.day}-{mois}-{jour.year}",
        jour.isoformat(),
        jour.isoformat() + "T00:00:00",
    ):
        assert francais.lire_date(ecrite) == jour, ecrite


@given(st.text(alphabet="0123456789/.- janvierfévrmsotujuil€:hT\u00a0", max_size=24))
def test_un_texte_quelconque_est_une_date_ou_un_refus(texte: str) -> None:
    try:
        lue = francais.lire_date(texte)
    except ErreurSaisie as refus:
        assert refus.message
    else:
        assert lue is None or francais.lire_date(francais.date_courte(lue)) == lue


@pytest.mark.parametrize(
    ("jour", "longue", "courte", "mois"),
    [
        (date(2026, 2, 1), "1er\u00a0février 2026", "01/02/2026", "février 2026"),
        (date(2026, 8, 11), "11\u00a0août 2026", "11/08/2026", "août 2026"),
        (date(9, 12, 31), "31\u00a0décembre 9", "31/12/0009", "décembre 9"),
    ],
)
def test_une_date_s_ecrit(jour: date, longue: str, courte: str, mois: str) -> None:
    assert (francais.date_longue(jour), francais.date_courte(jour), francais.mois_annee(jour)) == (
        longue,
        courte,
        mois,
    )
    assert francais.heure(datetime(2026, 1, 2, 8, 5)) == "08:05"
    assert francais.date_heure(datetime(2026, 1, 2, 8, 5)) == "02/01/2026 à 08:05"


@pytest.mark.parametrize(
    ("jours", "dit"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (12, "dans 12 jours"),
        (-1, "passée depuis 1 jour"),
        (-3, "passée depuis 3 jours"),
    ],
)
def test_un_delai_se_dit(jours: int, dit: str) -> None:
    assert francais.delai(jours).replace("\u00a0", " ") == dit
