"""Piece 5 once there are tasks: three Gantts, three tables that say the same, milestones, the longest duration; its workbook."""

import io
from datetime import date, timedelta

import openpyxl

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.arbre import (
    Document,
    Encadre,
    Frise,
    Tableau,
    empreinte,
    manques,
    texte_brut,
)
from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.classeur import classeurs
from esms_desktop.documents.classeur import planning as classeur_planning
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.produits import planning
from esms_desktop.model import Dossier, Fermeture, LienTache, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import lire

from .outils import JOUR
from .plans import planifier


def produire(dossier: Dossier, campagne: Campagne, jour: date = JOUR) -> Document:
    return planning.document(dossier, campagne, jour)


def gantts(document: Document) -> list[Gantt]:
    return [b for b in document.blocs if isinstance(b, Gantt)]


def tableaux(document: Document, entete: str) -> list[list[list[str]]]:
    return [
        [[texte_brut(c) for c in ligne] for ligne in b.lignes]
        for b in document.blocs
        if isinstance(b, Tableau) and entete in [c.entete for c in b.colonnes]
    ]


def lu(document: Document) -> str:
    return " ".join(texte_brut(b.contenu) for b in document.blocs if isinstance(b, Encadre))


def test_the_tables_say_what_the_gantts_draw(campagne: Campagne) -> None:
    dossier = planifier(27, 17)
    document = produire(dossier, campagne)
    assert not any(isinstance(b, Frise) for b in document.blocs)
    assert manques(document) == []
    dessins, tables = gantts(document), tableaux(document, "Marge")
    assert len(dessins) == len(tables) == 3
    placees = {p.tache.nom: p for p in lire(dossier, JOUR).taches}
    numeros = {nom: str(rang) for rang, nom in enumerate(placees, 1)}
    for dessin, table in zip(dessins, tables, strict=True):
        assert dessin.limite == date(2024, 5, 2)
        # The three are read one under the other: the same months.
        assert (dessin.debut, dessin.fin) == (dessins[0].debut, dessins[0].fin)
        assert len(dessin.lignes) == len(table)
        for ligne, rangee in zip(dessin.lignes, table, strict=True):
            placee = placees[ligne.libelle]
            assert (ligne.debut, ligne.fin, ligne.critique) == (placee.debut, placee.fin, placee.critique)
            assert rangee[0] == numeros[ligne.libelle]
            assert rangee[1].startswith(ligne.libelle)
            assert rangee[2] == f"{placee.debut:%d/%m/%Y}"
            assert rangee[3] == ("jalon" if ligne.genre == "jalon" else f"{placee.fin:%d/%m/%Y}")
            assert (rangee[-1] == "critique") is placee.critique
            # What was done and the reference are followed on the screen, not promised.
            assert (ligne.avancement, ligne.reference) == (0, None)
    par_numero = {r[0]: r for table in tables for r in table}
    lien = dossier.liens_taches[1]
    mots = {"fin-debut": "", "debut-debut": "début ", "fin-fin": "fin "}[lien.type]
    dit = par_numero[numeros[lien.apres.nom]][5].replace("\u00a0", " ")
    assert f"{mots}{numeros[lien.avant.nom]}" in dit
    assert lien.decalage == 0 or f"{abs(lien.decalage)} j" in dit


def test_milestones_are_listed_by_date(campagne: Campagne) -> None:
    document = produire(planifier(27, 17), campagne)
    (jalons,) = tableaux(document, "Jalon")
    assert len(jalons) == sum(x.genre == "jalon" for g in gantts(document) for x in g.lignes) > 2
    assert jalons[0][1:] == ["2\u00a0novembre 2022", "Conduite du changement"]


def test_the_longest_duration_is_told_from_the_tasks(campagne: Campagne) -> None:
    dossier = planifier(9, 12)
    dossier.date_debut_projet = date(2022, 11, 1)
    assert "respecte cette limite" in lu(produire(dossier, campagne))
    dossier.taches.append(
        Tache(
            rang=99, plan="deploiement", nom="Fin du déploiement", jalon=True, fixe=date(2024, 6, 3), phase=""
        )
    )
    assert "dépasse cette date de 33\u00a0jours" in lu(produire(dossier, campagne))


def test_an_empty_planning_of_the_three_is_a_gap(campagne: Campagne) -> None:
    dossier = planifier(27, 12)
    for t in [t for t in dossier.taches if t.plan == Plan.CHANGEMENT]:
        dossier.taches.remove(t)
    document = produire(dossier, campagne)
    assert manques(document) == ["tâches du planning de la conduite du changement"]
    assert document.brouillon


def test_a_loop_is_told_as_a_gap(campagne: Campagne) -> None:
    dossier = planifier(6, 9)
    dossier.liens_taches.clear()
    a, b = dossier.taches[:2]
    LienTache(dossier=dossier, avant=a, apres=b, type="fin-debut", decalage=0)
    LienTache(dossier=dossier, avant=b, apres=a, type="fin-debut", decalage=0)
    document = produire(dossier, campagne)
    assert "s’attendent l’une l’autre" in lu(document)
    assert "ordre des tâches du planning" in manques(document)


def test_the_document_does_not_change_with_the_day_nor_with_what_was_done(campagne: Campagne) -> None:
    dossier = planifier(15, 12)
    avant = empreinte(produire(dossier, campagne))
    assert empreinte(produire(dossier, campagne, JOUR + timedelta(400))) == avant
    dossier.taches[0].avancement = 90
    dossier.taches[1].reference_fin = JOUR
    assert empreinte(produire(dossier, campagne)) == avant
    dossier.taches[0].duree += 200
    assert empreinte(produire(dossier, campagne)) != avant


def test_days_off_are_told(campagne: Campagne) -> None:
    dossier = planifier(6, 9)
    dossier.fermetures.append(Fermeture(motif="Congés", debut=date(2022, 12, 26), fin=date(2022, 12, 30)))
    mots = " ".join(texte_brut(b.contenu) for b in produire(dossier, campagne).blocs if hasattr(b, "contenu"))
    assert "Congés du 26/12/2022 au 30/12/2022" in mots
    assert "France métropolitaine" in mots


def test_the_workbook_holds_dates_that_are_dates(campagne: Campagne) -> None:
    dossier = planifier(15, 12)
    dossier.taches[0].nom = "=1+1"
    dossier.fermetures.append(Fermeture(motif="Congés", debut=date(2022, 12, 26), fin=date(2022, 12, 30)))
    octets = rendre_xlsx(classeur_planning.classeur(dossier, campagne, JOUR), JOUR)
    fichier = openpyxl.load_workbook(io.BytesIO(octets))
    assert fichier.sheetnames == ["Tâches", "Gantt", "Jalons", "Suivi", "Jours chômés"]
    rangees = [r for r in fichier["Tâches"].iter_rows(values_only=True) if isinstance(r[0], int)]
    placees = lire(dossier, JOUR).taches
    assert [r[0] for r in rangees] == list(range(1, 16))
    assert rangees[0][1] == "'=1+1"
    for rangee, placee in zip(rangees, placees, strict=True):
        assert (rangee[4].date(), rangee[5].date()) == (placee.debut, placee.fin)
        assert rangee[10] == ("oui" if placee.tache.jalon else "non")
    suivi = [r for r in fichier["Suivi"].iter_rows(values_only=True) if isinstance(r[0], int)]
    assert [r[4] for r in suivi] == [p.marge for p in placees]
    assert [r[8] for r in suivi] == [p.derive for p in placees]
    assert any(r[2] == "Congés" for r in fichier["Jours chômés"].iter_rows(values_only=True))


def test_only_a_planning_with_tasks_has_a_workbook(dossier: Dossier, campagne: Campagne) -> None:
    assert classeurs.classeur_de(planning.CODE, dossier, campagne, JOUR) is None
    assert classeurs.classeur_de(planning.CODE, planifier(3, 9), campagne, JOUR) is not None
