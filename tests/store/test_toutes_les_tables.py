"""Every table a person writes in is journaled, undone and redone: a new one must not be forgotten."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, String

from esms_desktop.model import Acte, Base, Contenu, EntreeJournal, Risque, Tache
from esms_desktop.model.base import Instant
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import CLASSES
from esms_desktop.store.porte import Porte
from tests.store.aide import graphe, tables


def _valeur(colonne: Any) -> object:
    genres: dict[type, object] = {
        Boolean: True,
        Instant: datetime(2023, 5, 2, 10, 30, tzinfo=UTC),
        Date: date(2023, 5, 2),
        Integer: 1,
        String: "un",
    }
    return next((v for genre, v in genres.items() if isinstance(colonne.type, genre)), None)


def _objet(classe: type[Base], cles: dict[str, object]) -> Base:
    champs: dict[str, object] = {}
    for c in classe.__mapper__.columns:
        if c.primary_key:
            continue
        if c.foreign_keys:
            champs[c.key] = cles.get(next(iter(c.foreign_keys)).column.table.name)
        elif getattr(c.type, "enum_class", None):
            champs[c.key] = next(iter(c.type.enum_class))
        else:
            champs[c.key] = _valeur(c)
    return classe(**champs)


def test_every_class_but_bytes_and_journal_is_followed() -> None:
    assert set(CLASSES) == {m.class_ for m in Base.registry.mappers} - {Contenu, EntreeJournal, Acte}


@pytest.mark.parametrize("classe", CLASSES, ids=lambda c: c.__tablename__)
def test_a_row_is_added_removed_undone_and_told(
    classe: type[Base], porte: Porte, chemin: Path, cle: Cle
) -> None:
    porte.ajouter(dossier := graphe(), libelle="Créer")
    porte.ajouter(tache := Tache(dossier=dossier, nom="Recette"), libelle="Ajouter")
    porte.ajouter(risque := Risque(dossier=dossier, intitule="Retard"), libelle="Ajouter")
    fichier = porte.joindre(dossier, 9, "rib.pdf", ".pdf", b"%PDF rib")
    cles: dict[str, object] = {
        "dossier": dossier.id,
        "og": dossier.ogs[0].id,
        "essms": dossier.essms[0].id,
        "solution": dossier.solutions[0].id,
        "tache": tache.id,
        "risque": risque.id,
        "fichier": fichier.id,
        "contenu": fichier.sha256,
    }
    avant = tables(chemin, cle)
    porte.ajouter(objet := _objet(classe, cles), libelle="Ajouter")
    avec = tables(chemin, cle)
    assert avec != avant
    entree = porte.journal(limite=1)[0]
    assert (entree.table, entree.sens, entree.libelle) == (classe.__tablename__, "faire", "Ajouter")
    porte.retirer(objet, libelle="Retirer")
    assert porte.annuler() == "Retirer"
    assert tables(chemin, cle) == avec
    assert porte.annuler() == "Ajouter"
    assert tables(chemin, cle) == avant
    assert porte.refaire() == "Ajouter"
    assert tables(chemin, cle) == avec
