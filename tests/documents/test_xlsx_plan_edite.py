"""The workbook of the plan, changed by a person: totals, grant and balance follow."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.classeur.valeurs import Evaluation
from esms_desktop.documents.classeur.xlsx_formules import Plan
from esms_desktop.model import Dossier, Essms
from esms_desktop.nomenclature.listes import THEMES_NATURES

from .libreoffice import convertir
from .outils import finess
from .test_xlsx import JOUR
from .xlsx_outils import cellules, formules
from .xlsx_plan_outils import _lire, _riche


def _editer(octets: bytes, feuille: str, cellule: str, valeur: object) -> bytes:
    ouvert = openpyxl.load_workbook(io.BytesIO(octets))
    ouvert[feuille][cellule].value = valeur
    edite = io.BytesIO()
    ouvert.save(edite)
    return edite.getvalue()


def _place(octets: bytes, feuille: str, colonne: str, mot: str, rang: int = 0) -> str:
    """The cell of a column that holds some words, the first one or another."""
    trouvees = [
        place
        for (f, place), v in cellules(octets, valeurs=True).items()
        if f == feuille and place.startswith(colonne) and place[1:].isdigit() and v == mot
    ]
    return trouvees[rang]


class _Edition:
    """A change made in the workbook by a person, and the same one made in the dossier."""

    def __init__(self, nom: str, feuille: str, cellule: Callable[[bytes], str], valeur: object) -> None:
        self.nom, self.feuille, self.cellule, self.valeur = nom, feuille, cellule, valeur


def _ligne(octets: bytes, nature: str) -> str:
    """The number of the row of the first cost of a nature, in the detail."""
    debut = int(_place(octets, "Coûts du projet", "A", "Détail des coûts")[1:])
    lues = cellules(octets, valeurs=True)
    return next(str(n) for n in range(debut, debut + 99) if lues.get(("Coûts du projet", f"A{n}")) == nature)


LICENCES, COMMUNICATION = "Licences, abonnement et hébergement", "Communication"


EDITIONS = (
    _Edition("annee", "Coûts du projet", lambda o: f"D{_ligne(o, LICENCES)}", 2025),
    _Edition("annee-vide", "Coûts du projet", lambda o: f"D{_ligne(o, COMMUNICATION)}", 2024),
    _Edition(
        "essms", "Par organisme", lambda o: _place(o, "Par organisme", "A", "ALT2").replace("A", "B"), 7
    ),
    _Edition("nature", "Coûts du projet", lambda o: f"A{_ligne(o, LICENCES)}", "Équipements"),
)


def _changer(dossier: Dossier, nom: str) -> Dossier:
    """The same edit made in the application."""
    licences = next(c for c in dossier.couts if c.nature == "licences")
    if nom == "annee":
        licences.annee = 2025
    elif nom == "annee-vide":
        next(c for c in dossier.couts if c.nature == "communication").annee = 2024
    elif nom == "nature":
        licences.nature = "equipements"
    else:
        og = dossier.ogs[1]
        modele = og.essms[-1]
        champs = {
            k: v for k, v in vars(modele).items() if k in Essms.__table__.columns and k not in ("id", "og_id")
        }
        essms = Essms(**champs)
        essms.id, essms.rang, essms.finess = 900, 99, finess("45", 900)
        essms.solution = modele.solution
        og.essms.append(essms)
        og.nb_essms_total = 7
    return dossier


# What the plan says, by table, row and column.
LUS = [
    *(("emplois", "total", c) for c in ("a2023", "a2024", "a2025", "autre", "total")),
    *(("equilibre", "ecart", c) for c in ("a2022", "a2023", "a2024", "a2025", "autre", "total")),
    *(("equilibre", "controle", c) for c in ("a2022", "a2023", "a2024", "a2025", "autre", "total")),
    *(("emplois", f"theme-{t}", "total") for t in THEMES_NATURES),
    ("postes", "total", "montant"),
    ("postes", "usages", "montant"),
    ("postes", "logiciel", "montant"),
    ("postes", "equipement", "montant"),
    ("annees", "versement0", "montant"),
    ("annees", "versement1", "montant"),
    ("ressources", "total", "total"),
    ("reste", "total", "montant"),
    *(("restes", f"reste{i}", c) for i in range(3) for c in ("commun", "total")),
]


def test_four_edits_in_the_workbook_move_totals_grant_and_balance(tmp_path: Path) -> None:
    """Edited by script, calculated by LibreOffice: the same figures as the same edits made in the application."""
    octets = rendre_xlsx(_lire(_riche())[0], JOUR)
    avant = tmp_path / "avant"
    avant.mkdir()
    entrees = []
    for e in EDITIONS:
        entrees.append(avant / f"{e.nom}.xlsx")
        entrees[-1].write_bytes(_editer(octets, e.feuille, e.cellule(octets), e.valeur))
    depart = Evaluation(_lire(_riche())[0])
    for e, sortie in zip(EDITIONS, convertir(entrees, "xlsx", tmp_path), strict=True):
        # Where each figure stands did not move: the workbook that was edited is the one we wrote.
        places = Plan(_lire(_riche())[0])
        lues = cellules(sortie.read_bytes(), valeurs=True)
        attendu = Evaluation(_lire(_changer(_riche(), e.nom))[0])
        change = 0
        for table, ligne, colonne in LUS:
            valeur = attendu.cellule(table, ligne, colonne)
            lue = lues[places.adresse(table, ligne, colonne)]
            if isinstance(valeur, str):
                assert lue == valeur, (e.nom, table, ligne, colonne)
            else:
                assert lue == pytest.approx(float(valeur), abs=0.0049), (e.nom, table, ligne, colonne)
            change += depart.cellule(table, ligne, colonne) != valeur
        assert change >= 2, e.nom


def test_the_plan_is_made_of_sumifs_years_are_numbers_and_lists_are_closed() -> None:
    octets = rendre_xlsx(_lire(_riche())[0], JOUR)
    calculees = list(formules(octets).values())
    assert sum("SUMIFS(" in f for f in calculees) >= 50
    fichier = openpyxl.load_workbook(io.BytesIO(octets))
    annees = [
        c.value
        for r in fichier["Coûts du projet"].iter_rows()
        for c in r
        if c.number_format == "0" and c.value
    ]
    assert annees
    assert all(isinstance(a, int) and 2000 <= a <= 2100 for a in annees)
    regles = fichier["Coûts du projet"].data_validations.dataValidation
    assert {r.type for r in regles} == {"list", "whole", "decimal"}
    assert all("Listes" in r.formula1 for r in regles if r.type == "list")
    claires = {
        c.fill.fgColor.rgb for r in fichier["Coûts RH"].iter_rows() for c in r if not c.protection.locked
    }
    assert claires == {"FFFFF8DC"}
