"""Whether a campaign is open, which one a new dossier gets, and whom a campaign says to ask."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger, toutes
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.ouverture import Ouverture, ouverture, par_defaut, phrase
from esms_desktop.errors import ErreurCampagne
from esms_desktop.nomenclature.vocabulaire import TypeProjet

O, V, C, I = Ouverture.OUVERTE, Ouverture.A_VENIR, Ouverture.CLOSE, Ouverture.INCONNUE  # noqa: E741


@pytest.mark.parametrize(
    ("campagne", "jour", "attendu"),
    [
        ("2022-centre-val-de-loire", date(2022, 3, 16), V),
        ("2022-centre-val-de-loire", date(2022, 3, 17), O),
        ("2022-centre-val-de-loire", date(2022, 12, 31), O),
        ("2022-centre-val-de-loire", date(2023, 1, 1), C),
        ("2022", date(2022, 3, 14), V),
        ("2022", date(2022, 10, 1), O),
        ("2022", date(2026, 11, 27), C),
        ("2023", date(2023, 6, 16), O),
        ("2023", date(2023, 9, 15), O),
        ("2023", date(2023, 9, 16), C),
        ("2023-ile-de-france", date(2023, 12, 31), O),
        ("2023-ile-de-france", date(2024, 1, 1), C),
        ("2024", date(2024, 1, 14), V),
        ("2024", date(2024, 9, 15), O),
        ("2024", date(2024, 9, 16), C),
        ("2025", date(2025, 12, 31), I),
        ("2025", date(2026, 1, 1), C),
        ("2021-amorcage", date(2022, 5, 2), C),
        ("sons-vague-1", date(2024, 2, 28), O),
        ("sons-vague-1", date(2024, 2, 29), C),
    ],
)
def test_ouverture(campagne: str, jour: date, attendu: Ouverture) -> None:
    lue = charger(campagne)
    assert ouverture(lue, jour) is attendu
    dite = phrase(lue, jour)
    assert bool(dite) is (attendu is not O) and (attendu is not C or "est close" in dite)


@pytest.mark.parametrize(
    ("jour", "attendue"),
    [
        (date(2022, 5, 2), "2022"),
        (date(2023, 5, 2), "2023"),
        (date(2024, 5, 2), "2024"),
        # Nothing is open: the one to come, then the one whose dates are not known, else the newest of all.
        (date(2024, 1, 2), "2024"),
        (date(2025, 3, 1), "2025"),
        (date(2026, 11, 27), "2025"),
    ],
)
def test_la_campagne_proposee(jour: date, attendue: str) -> None:
    proposee = par_defaut(toutes(), jour)
    assert proposee is not None and proposee.id == attendue


def test_une_campagne_ouverte_va_avant_une_plus_recente_qui_est_close() -> None:
    jour = date(2027, 2, 1)
    ancienne = charger("2024")
    fenetre = replace(ancienne.fenetres[0], debut=jour, fin=jour + timedelta(1))
    ouverte = replace(ancienne, id="reouverte", fenetres=(fenetre,))
    proposee = par_defaut([*toutes(), ouverte], jour)
    assert proposee is ouverte
    assert par_defaut([c for c in toutes() if c.programme == "sons"], jour) is None


def test_en_2026_la_phrase_dit_que_la_campagne_est_close() -> None:
    dite = phrase(charger("2024"), date(2026, 11, 27)).replace("\u00a0", " ")
    assert dite.startswith(
        "La campagne « ESMS numérique 2024, généralisation » est close depuis le 15 septembre 2024."
    )
    # Without a known last day, none is given.
    assert "est close." in phrase(charger("2025"), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("campagne", "roles"),
    [
        ("2023-ile-de-france", {"ars", "grades", "collectif"}),
        ("2022-centre-val-de-loire", {"ars", "grades"}),
        ("sons-vague-1", {"ars", "grades", "collectif"}),
        ("2022", set()),
        ("2023", set()),
        ("2024", set()),
    ],
)
def test_les_contacts_ne_passent_pas_d_une_campagne_a_l_autre(
    campagne: str, roles: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {c.role for c in charger(campagne).contacts} == roles
    _ecrire(tmp_path, monkeypatch, campagne)
    assert charger("dessus").contacts == ()


def test_un_contact_sans_adresse_est_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = '[[contacts]]\nrole = "ars"\nnom = "ARS"\ncourriel = "sans arobase"\nsource = "KIT"\n'
    _ecrire(tmp_path, monkeypatch, "2023", contact)
    with pytest.raises(ErreurCampagne) as erreur:
        charger("dessus")
    assert "contacts.1.courriel" in erreur.value.message


def _ecrire(dossier: Path, monkeypatch: pytest.MonkeyPatch, base: str, suite: str = "") -> None:
    """A campaign over another, in a folder of one's own."""
    monkeypatch.setenv("ESMS_DESKTOP_CAMPAGNES", str(dossier))
    texte = f'[campagne]\nid = "dessus"\ntitre = "X"\nbase = "{base}"\n{suite}'
    (dossier / "dessus.toml").write_text(texte, encoding="utf-8")


@pytest.mark.parametrize("id", ["2024", "2025"])
@pytest.mark.parametrize("type_projet", list(TypeProjet))
def test_ce_que_la_presse_dit_n_est_jamais_un_texte(id: str, type_projet: TypeProjet) -> None:
    campagne = charger(id)
    assert campagne.textes == ()
    elements = [p for _, p in campagne.parametres()] + list(campagne.fenetres)
    assert {campagne.fondement(e.origine, type_projet) for e in elements} == {Fondement.AUTRE_TEXTE}
    montants = [p for chemin, p in campagne.parametres() if chemin.endswith("usages_euros")]
    assert montants and all(p.hypothese and p.note for p in montants)
