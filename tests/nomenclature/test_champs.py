"""The catalogue of fields and the tables of the base say the same: every column, its kind, its length, what it asks."""

from enum import Enum

import pytest
from sqlalchemy import String

from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.nomenclature.champs import CHAMPS, Champ, Declarant, Genre, champs_de, dit_de, libelle_champ
from esms_desktop.store.ecarts import TABLES

_TYPES: dict[type, frozenset[Genre]] = {
    bool: frozenset({Genre.OUI_NON}),
    int: frozenset(
        {Genre.ENTIER, Genre.POUR_CENT, Genre.CENTIEMES, Genre.TAUX, Genre.MONTANT, Genre.LIEN},
    ),
    str: frozenset({Genre.TEXTE, Genre.LONG, Genre.NUMERO, Genre.CHOIX}),
    object: frozenset({Genre.INSTANT, Genre.DONNEES}),
}
# What tells one row from another: nobody says it.
_SUIVI = {"id", "uid", *COLONNES_DE_SUIVI}
KEPT = [c for c in CHAMPS.values() if c.garde]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_column_has_its_field_in_its_order(table: str) -> None:
    colonnes = [c.name for c in TABLES[table].columns if c.name not in _SUIVI]
    assert [c.nom for c in champs_de(table).values() if c.garde] == colonnes


@pytest.mark.parametrize("champ", KEPT, ids=lambda c: c.code)
def test_a_field_is_of_the_kind_of_its_column(champ: Champ) -> None:
    colonne = TABLES[champ.table].columns[champ.nom]
    genre = colonne.type.python_type
    if issubclass(genre, Enum):
        assert (champ.genre, champ.choix) == (Genre.CHOIX, genre)
    elif genre.__name__ == "date":
        assert champ.genre is Genre.DATE
    else:
        assert champ.genre in _TYPES[genre]
    vers = {f.column.table.name for f in colonne.foreign_keys} - {"contenu"}
    assert champ.vers == (next(iter(vers), ""))
    assert champ.vide is bool(colonne.nullable)
    sans_valeur = colonne.default is None and colonne.server_default is None
    assert champ.oblige is (not colonne.nullable and sans_valeur)
    if champ.genre in (Genre.TEXTE, Genre.NUMERO) and isinstance(colonne.type, String):
        assert champ.longueur == colonne.type.length


def test_a_column_is_called_the_same_in_every_table() -> None:
    for champ in CHAMPS.values():
        assert libelle_champ(champ.nom) == champ.dit, champ.code
        assert champ.titre and champ.court and "_" not in champ.titre + champ.court + champ.dit, champ.code


def test_what_is_asked_in_a_sentence_or_alone() -> None:
    assert dit_de("contact.part_temps_pour_cent") == "Part du temps"
    assert CHAMPS["essms.nature_confirmee"].declarant is Declarant.ARS
    assert CHAMPS["essms.capacite"].declarant is Declarant.STRUCTURE
    assert not CHAMPS["og.est_porteur"].se_remplit


def test_a_field_no_person_fills_is_asked_of_none() -> None:
    seuls = {c.nom for c in CHAMPS.values() if not c.se_remplit}
    assert {"dossier_id", "rang", "sha256", "retenue"} <= seuls


def test_a_number_is_checked_by_its_own_rule() -> None:
    siren, finess = CHAMPS["og.siren"].defaut, CHAMPS["essms.finess"].defaut
    assert siren is not None and finess is not None and CHAMPS["og.nom"].defaut is None
    assert siren("732829320") is None and siren("732829321")
    assert finess("732829320")
    assert all(c.defaut is not None for c in CHAMPS.values() if c.genre is Genre.NUMERO)
