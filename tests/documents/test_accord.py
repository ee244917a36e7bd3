"""A fact has one answer: what a rule reckons with is what the documents print."""

from datetime import date, timedelta

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Gantt, manques
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.plan_lignes import DetailRh
from esms_desktop.regles.planning.calendrier import echeances
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu
from esms_desktop.store.lire import figer
from tests.documents.arbre_lu import lire
from tests.regles.fabrique import JOUR, dossier, preparer

CAMPAGNE = charger("2022")


def lu(d, code: str) -> list[str]:
    return lire(catalogue.produire(code, d, CAMPAGNE, JOUR))


def test_the_champ_of_a_structure_is_that_of_its_category_when_it_declares_none() -> None:
    d = dossier(2, 1)
    d.essms[0].champ = None
    fige = figer(d)
    assert champ_retenu(fige.essms[0]) is Champ.PA
    note = catalogue.produire("note-presentation", fige, CAMPAGNE, JOUR)
    assert not [m for m in manques(note) if m.startswith("champ (")]
    assert any("Personnes âgées (PA)" in ligne and "3" in ligne for ligne in lire(note))


@pytest.mark.parametrize(
    ("adresse", "postal", "commune", "connu"),
    [("", "91000", "", False), ("1 rue", "", "", True), ("", "", "Évry", True), ("", "", "", False)],
)
def test_a_seat_is_known_by_its_street_or_its_town(adresse, postal, commune, connu) -> None:
    d = dossier(2, 1)
    d.ogs[1].adresse, d.ogs[1].code_postal, d.ogs[1].commune = adresse, postal, commune
    fige = figer(d)
    assert bool(d.ogs[1].siege) == bool(fige.ogs[1].siege) == connu
    codes = {c.code for c in examiner(fige, CAMPAGNE, JOUR)}
    assert ("grappe.og-siege" not in codes) == connu
    convention = catalogue.produire("convention", fige, CAMPAGNE, JOUR)
    assert ("adresse du siège (Association 2)" not in manques(convention)) == connu


def test_the_last_day_is_counted_from_the_start_the_planning_gives() -> None:
    d = preparer(dossier(10, 8))
    debut = next(t for t in d.taches if t.origine == "debut-projet")
    debut.fixe = date(2023, 1, 9)
    fige = figer(d)
    (limite,) = [e.date for e in echeances(fige, CAMPAGNE, JOUR) if e.libelle.startswith("Dernier jour")]
    mois = CAMPAGNE.durees.mois(fige.type_projet).valeur
    assert mois is not None and limite.day == 9 and limite > d.date_debut_projet + timedelta(days=30 * mois)
    planning = catalogue.produire("planning", fige, CAMPAGNE, JOUR)
    assert {b.limite for b in planning.blocs if isinstance(b, Gantt)} == {limite}


@pytest.mark.parametrize(
    ("etp", "part", "attendu"), [(100, 50, 50), (50, 1, 1), (25, 1, 0), (None, 50, None)]
)
def test_the_time_given_to_a_project_is_rounded_once_for_all(etp, part, attendu) -> None:
    assert DetailRh(1, 2023, etp, None, part, None).etp_projet_centiemes == attendu


def test_the_first_of_two_heads_of_project_is_the_one_everything_names() -> None:
    d = dossier(2, 1)
    d.contacts.append(type(d.contacts[0])(nom="Seconde", role=RoleContact.CHEF_DE_PROJET))
    note = "\n".join(lu(figer(d), "note-presentation"))
    assert "Sacha Roux" in note and "Seconde" not in note
