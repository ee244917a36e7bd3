"""The planning out to files and back in: whole or not at all, one step of undo, the same plan at the other end."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.gantt.options import OptionsGantt
from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.exemples.dossier import dossier_exemple
from esms_desktop.gestes.planning import exporter as sortie
from esms_desktop.gestes.planning import importer as entree
from esms_desktop.gestes.planning import plan as gestes
from esms_desktop.gestes.planning.exporter import FormatPlanning
from esms_desktop.model import Dossier, Fermeture, ReglagePlanning, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import lire
from esms_desktop.store.porte import Porte

JOUR = date(2023, 6, 1)
DEBUT = date(2023, 10, 2)
CAMPAGNE = charger("2023")


def nouveau(porte: Porte, nom: str) -> Dossier:
    projet = dossier_exemple(nom)
    projet.liens_taches.clear()
    projet.taches.clear()
    projet.date_debut_projet = None
    porte.ajouter(projet, libelle="Créer")
    return projet


@pytest.fixture
def dossier(porte: Porte) -> Dossier:
    """A dossier with the model plan, then all that a plan may hold."""
    projet = nouveau(porte, "Grappe / planifiée")
    gestes.poser_plan_type(porte, projet, CAMPAGNE, DEBUT)
    premiere, deuxieme, troisieme = projet.taches[3:6]
    porte.modifier(premiere, fixe=date(2023, 12, 4), responsable="Alix", notes="un\ndeux", avancement=30)
    porte.modifier(deuxieme, essms_id=projet.essms[2].id, echeance=date(2024, 1, 31))
    porte.modifier(troisieme, pas_avant=date(2024, 1, 8), phase="Phase & <suite>")
    porte.ajouter(
        Fermeture(dossier_id=projet.id, motif="Congés", debut=date(2023, 12, 25), fin=date(2024, 1, 1)),
        libelle="Fermer",
    )
    porte.ajouter(ReglagePlanning(dossier_id=projet.id, territoire="971"), libelle="Régler")
    gestes.prendre_reference(porte, projet, JOUR)
    return projet


def dit(tache: Tache) -> tuple[object, ...]:
    """All that a task keeps, its links included, by name."""
    return (
        tache.nom,
        tache.plan,
        tache.phase,
        tache.jalon,
        1 if tache.jalon else tache.duree,
        tache.pas_avant,
        tache.fixe,
        tache.echeance,
        tache.responsable,
        tache.avancement,
        tache.essms and tache.essms.nom,
        tache.vague and tache.vague.nom,
        tache.origine,
        tache.reference_debut,
        tache.reference_fin,
        tache.notes,
        sorted((x.avant.nom, x.type, x.decalage) for x in tache.entrants),
    )


def dits(dossier: Dossier) -> list[tuple[object, ...]]:
    return [dit(p.tache) for p in lire(dossier, JOUR).taches]


def test_a_plan_goes_out_as_xml_and_comes_back_the_same_in_one_step(
    porte: Porte, dossier: Dossier, tmp_path: Path
) -> None:
    fichier = sortie.exporter(dossier, CAMPAGNE, JOUR, FormatPlanning.XML, tmp_path / "plan.xml")
    lu = entree.lire_projet(fichier)
    assert lu.remarques == ()
    copie = nouveau(porte, "Copie")
    avant = copie.date_debut_projet
    entree.ajouter_projet(porte, copie, lu, JOUR)
    assert dits(copie) == dits(dossier)
    assert [(f.motif, f.debut, f.fin) for f in copie.fermetures] == [
        ("Congés", date(2023, 12, 25), date(2024, 1, 1))
    ]
    assert copie.reglage_planning is not None
    assert copie.reglage_planning.reference_le == JOUR
    assert porte.annuler() == "Importer un fichier de projet"
    vide = porte.dossier("Copie")
    assert not vide.taches
    assert not vide.fermetures
    assert not vide.reglages_planning
    assert vide.date_debut_projet == avant


def test_the_days_are_the_same_at_the_other_end(porte: Porte, dossier: Dossier, tmp_path: Path) -> None:
    fichier = sortie.exporter(dossier, CAMPAGNE, JOUR, FormatPlanning.XML, tmp_path / "plan.xml")
    copie = nouveau(porte, "Copie")
    porte.modifier(copie, date_debut_projet=dossier.date_debut_projet)
    porte.ajouter(ReglagePlanning(dossier_id=copie.id, territoire="971"), libelle="Régler")
    entree.ajouter_projet(porte, copie, entree.lire_projet(fichier), JOUR)
    jours = [(p.tache.nom, p.debut, p.fin) for p in lire(dossier, JOUR).taches]
    assert [(p.tache.nom, p.debut, p.fin) for p in lire(copie, JOUR).taches] == jours


def test_the_workbook_is_read_back_when_it_is_pasted(porte: Porte, dossier: Dossier) -> None:
    octets = sortie.produire(dossier, CAMPAGNE, JOUR, FormatPlanning.XLSX)
    feuille = openpyxl.load_workbook(io.BytesIO(octets), data_only=True)["Tâches"]
    rangees = [[c.value for c in r] for r in feuille.iter_rows(min_row=5)]
    rangees = [r for r in rangees if isinstance(r[0], int) or r[0] == "N°"]

    def cellule(valeur: object) -> str:
        texte = (
            ""
            if valeur is None
            else valeur.strftime("%d/%m/%Y")
            if hasattr(valeur, "strftime")
            else str(valeur)
        )
        return f'"{texte}"' if "\n" in texte else texte

    colle = "\n".join("\t".join(cellule(c) for c in r) for r in rangees)
    copie = nouveau(porte, "Copie")
    porte.ajouter(ReglagePlanning(dossier_id=copie.id, territoire="971"), libelle="Régler")
    lecture = entree.lire_tableau(colle, copie, JOUR)
    assert lecture.refus == ()
    assert lecture.remarques == ()
    entree.ajouter_lecture(porte, copie, lecture)
    assert [t.nom for t in copie.taches] == [p.tache.nom for p in lire(dossier, JOUR).taches]
    assert len(copie.liens_taches) == len(dossier.liens_taches)
    par_nom = {t.nom: t for t in copie.taches}
    for t in dossier.taches:
        jumelle = par_nom[t.nom]
        assert (jumelle.plan, jumelle.phase, jumelle.jalon, jumelle.responsable) == (
            t.plan,
            t.phase,
            t.jalon,
            t.responsable,
        )
        assert sorted((x.avant.nom, x.type, x.decalage) for x in jumelle.entrants) == sorted(
            (x.avant.nom, x.type, x.decalage) for x in t.entrants
        )


def test_the_good_lines_of_a_table_are_added_with_their_links_in_one_step(porte: Porte) -> None:
    projet = nouveau(porte, "Collée")
    (presente,) = gestes.ajouter_taches(porte, projet, [gestes.TacheVoulue(0, "Présente")])
    lecture = entree.lire_tableau(
        "Tâche\tDurée\tPrédécesseurs\nUne\t5\tPrésente DD+1\nMauvaise\tlongtemps\t\nDeux\t3\t1FF-1\n",
        projet,
        JOUR,
    )
    assert [r.numero for r in lecture.refus] == [2]
    entree.ajouter_lecture(porte, projet, lecture)
    projet = porte.dossier("Collée")
    assert [t.nom for t in projet.taches] == ["Présente", "Une", "Deux"]
    assert [(x.avant.nom, x.apres.nom, x.type, x.decalage) for x in projet.liens_taches] == [
        ("Présente", "Une", TypeLien.DEBUT_DEBUT, 1),
        ("Une", "Deux", TypeLien.FIN_FIN, -1),
    ]
    assert porte.annuler() == "Coller des tâches"
    assert [t.nom for t in porte.dossier("Collée").taches] == [presente.nom]


@pytest.mark.parametrize("format_", list(FormatPlanning))
def test_each_format_is_written_whole_under_its_name(
    dossier: Dossier, tmp_path: Path, format_: FormatPlanning
) -> None:
    nom = sortie.nom_propose(dossier, format_)
    assert nom == f"planning - Grappe planifiée.{format_.value}"
    assert f"*.{format_.value}" in format_.filtre
    chemin = tmp_path / nom
    chemin.write_bytes(b"avant")
    assert sortie.exporter(dossier, CAMPAGNE, JOUR, format_, chemin) == chemin
    debuts = {"pdf": b"%PDF", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR", "xml": b"<?xml"}
    assert chemin.read_bytes().startswith(debuts[format_.value])
    assert chemin.read_bytes() == sortie.produire(dossier, CAMPAGNE, JOUR, format_)
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_an_empty_planning_or_one_without_milestone_is_refused(porte: Porte) -> None:
    projet = nouveau(porte, "Vide")
    for format_ in FormatPlanning:
        with pytest.raises(ErreurSaisie, match="aucune tâche"):
            sortie.produire(projet, CAMPAGNE, JOUR, format_)
    gestes.ajouter_taches(porte, projet, [gestes.TacheVoulue(0, "Seule")])
    with pytest.raises(ErreurSaisie, match="aucun jalon"):
        sortie.produire(projet, CAMPAGNE, JOUR, FormatPlanning.ICS)
    with pytest.raises(ErreurSaisie, match="Aucune tâche du planning"):
        sortie.produire(projet, CAMPAGNE, JOUR, FormatPlanning.PDF, OptionsGantt(plans=(Plan.DEPLOIEMENT,)))


def test_a_folder_that_is_not_there_leaves_nothing(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(ErreurEsms, match="n’a pas pu être écrit"):
        sortie.exporter(dossier, CAMPAGNE, JOUR, FormatPlanning.ICS, tmp_path / "absent" / "x.ics")
    assert not (tmp_path / "absent").exists()


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ErreurSaisie, match="n’a pas pu être lu"):
        entree.lire_projet(tmp_path / "absent.xml")
    with pytest.raises(ErreurSaisie, match="n’a pas pu être lu"):
        entree.lire_projet(tmp_path)
