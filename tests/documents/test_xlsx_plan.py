"""The three documents of piece 6 as sheets: the figures of the rules, gaps that stay gaps, live links between the sheets."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.classeur import financement as classeur_financement
from esms_desktop.documents.classeur.annees import cle
from esms_desktop.documents.classeur.classeur import A_COMPLETER, Classeur
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.classeur.valeurs import Evaluation, Resultat
from esms_desktop.documents.classeur.xlsx_formules import Plan
from esms_desktop.model import Cout, CoutRh, Dossier, Essms, Ressource
from esms_desktop.nomenclature.listes import THEMES_NATURES, natures
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel, plan
from tests.regles.test_pluriannuel import dossiers

from .libreoffice import convertir
from .outils import fabriquer, finess
from .test_xlsx import JOUR
from .xlsx_outils import cellules, formules


def _riche() -> Dossier:
    """Own costs, odd cents, several rates, a year to be told, a resource of one OG."""
    dossier = fabriquer(3, 6)
    og = dossier.ogs[1].id
    for rang, (nature, annee, ht, qui, tva) in enumerate(
        (
            ("reprise", 2023, 333_333, og, 550),
            ("equipements", 2024, 41_234_567, og, 2000),
            ("infrastructures", 2025, 39_999_901, dossier.ogs[0].id, 2000),
            ("communication", None, 500_001, None, 210),
        )
    ):
        dossier.couts.append(
            Cout(
                id=50 + rang,
                nature=nature,
                libelle="",
                annee=annee,
                montant_ht_cents=ht,
                og_id=qui,
                tva_pour_dix_mille=tva,
            )
        )
    dossier.ressources.append(
        Ressource(id=60, genre="autre", libelle="Fondation", annee=2024, montant_cents=1_234_567, og_id=og)
    )
    return dossier


def _inconnus() -> Dossier:
    """A gap of each kind, some beside a known amount of the same year."""
    dossier = _riche()
    og = dossier.ogs[0].id
    dossier.couts[0].montant_ht_cents = None
    dossier.couts.append(
        Cout(
            id=80,
            nature="parametrage",
            libelle="",
            annee=2023,
            montant_ht_cents=None,
            tva_pour_dix_mille=2000,
        )
    )
    dossier.couts_rh.append(
        CoutRh(
            id=81,
            profil="Référents",
            annee=2026,
            etp_centiemes=None,
            cout_annuel_cents=4_000_000,
            part_projet_pour_cent=30,
        )
    )
    for rang, annee in enumerate((2023, 2023, 2027)):
        dossier.ressources.append(
            Ressource(
                id=90 + rang, genre="autofinancement", libelle="", annee=annee, montant_cents=None, og_id=og
            )
        )
    return dossier


def _sans_cout() -> Dossier:
    dossier = fabriquer(2, 3)
    dossier.couts.clear()
    dossier.couts_rh.clear()
    dossier.ressources.clear()
    dossier.equipement_demande = dossier.sad = dossier.pilotage_demande = False
    for e in dossier.essms:
        e.champ = None
        e.categorie = "355"
    return dossier


def _cle(code: str) -> Callable[[], Dossier]:
    def fait() -> Dossier:
        dossier = _riche()
        dossier.cle_repartition = code
        for rang, (og, part) in enumerate(zip(dossier.ogs, (3_334, 3_333, 3_333), strict=True)):
            og.etp_centiemes = 1_250 + 333 * rang
            og.part_libre_pour_dix_mille = part
        return dossier

    return fait


def _cle_incomplete() -> Dossier:
    dossier = _riche()
    dossier.cle_repartition = "etp"
    dossier.ogs[0].etp_centiemes = 1_000
    return dossier


def _excedent() -> Dossier:
    """A programme that covers the common costs and more: own costs are lowered in proportion."""
    dossier = _riche()
    for cout in dossier.couts[:3]:
        cout.montant_ht_cents = 100
    return dossier


CAS: dict[str, Callable[[], Dossier]] = {
    "riche": _riche,
    "inconnus": _inconnus,
    "sans-cout": _sans_cout,
    "etp": _cle("etp"),
    "places": _cle("places"),
    "libre": _cle("libre"),
    "cle-incomplete": _cle_incomplete,
    "excedent": _excedent,
    "un-seul": lambda: fabriquer(1, 9),
}


def _lire(dossier: Dossier) -> tuple[Classeur, PlanPluriannuel]:
    campagne = charger("2022")
    return classeur_financement.classeur(dossier, campagne, JOUR), plan(dossier, campagne)


def _cents(resultat: Resultat) -> int:
    """Whole cents; a gap adds nothing."""
    if isinstance(resultat, str):
        assert resultat == A_COMPLETER
        return 0
    assert (resultat * 100).denominator == 1
    return int(resultat * 100)


def _verifier(arbre: Classeur, attendu: PlanPluriannuel) -> None:
    valeurs = Evaluation(arbre)

    def cents(table: str, ligne: str, colonne: str) -> int:
        return _cents(valeurs.cellule(table, ligne, colonne))

    for code in {x.nature for x in attendu.emplois}:
        connue = code in natures()
        siens = [x for x in attendu.emplois if x.nature == code or not (connue or x.nature in natures())]
        ligne = f"nature-{code}" if connue else "autres"
        assert cents("couts", ligne, "ht") == sum(x.ht_cents for x in siens)
        assert cents("couts", ligne, "ttc") == sum(x.ttc_cents for x in siens)
        for annee in {a for x in siens for a in x.ttc_par_annee}:
            somme = sum(x.ttc_par_annee.get(annee, 0) for x in siens)
            assert cents("couts", ligne, cle(annee)) == somme
    assert cents("couts", "total", "ttc") == attendu.couts_cents
    assert cents("rh-annees", "total", "total") == attendu.rh_cents
    for rang, y in enumerate(attendu.rh):
        for i, d in enumerate(y.details):
            lu = valeurs.cellule("rh", f"rh{rang}-{i}", "montant")
            assert lu == (A_COMPLETER if d.montant_cents is None else Fraction(d.montant_cents, 100))
    for theme in THEMES_NATURES:
        if any(x.theme == theme for x in attendu.emplois):
            assert cents("emplois", f"theme-{theme}", "total") == attendu.theme_cents(theme)
    for rang, r in enumerate(attendu.ressources):
        assert cents("ressources", f"ressource{rang}-0", "total") == r.total_cents
        for annee, montant in r.par_annee.items():
            assert cents("ressources", f"ressource{rang}-0", cle(annee)) == montant
        if r.origine == "programme":
            assert cents("versements-postes", f"ressource{rang}-0", "avance") == r.avance_cents
            assert cents("versements-postes", f"ressource{rang}-0", "solde") == r.solde_cents
    for s in attendu.par_annee:
        assert cents("equilibre", "emplois", cle(s.annee)) == s.emplois_cents
        assert cents("equilibre", "ressources", cle(s.annee)) == s.ressources_cents
        verdict = valeurs.cellule("equilibre", "controle", cle(s.annee))
        assert isinstance(verdict, str)
        # A table of costs, of people or of resources with no line is a gap too.
        vides = sum(not x for x in (attendu.emplois, attendu.rh, attendu.ressources))
        if not attendu.manquants and not vides:
            assert (verdict == "équilibré") is (s.ecart_cents == 0)
    assert cents("equilibre", "emplois", "total") == attendu.emplois_cents
    assert cents("equilibre", "ressources", "total") == attendu.ressources_cents
    _verifier_les_restes(valeurs, attendu)


def _verifier_les_restes(valeurs: Evaluation, attendu: PlanPluriannuel) -> None:
    connus = isinstance(valeurs.cellule("emplois", "total", "total"), Fraction)
    if connus:
        assert _cents(valeurs.cellule("reste", "total", "montant")) == attendu.reste_cents
    for rang, reste in enumerate(attendu.restes):
        lus = [valeurs.cellule("restes", f"reste{rang}", c) for c in ("propre", "commun", "total")]
        if connus and attendu.cle.complete:
            assert lus == [
                Fraction(m or 0, 100) for m in (reste.propre_cents, reste.commun_cents, reste.total_cents)
            ]
        else:
            assert lus == [A_COMPLETER] * 3
        assert _cents(valeurs.cellule("restes", f"reste{rang}", "prevu")) == reste.prevu_cents


@pytest.mark.parametrize("nom", CAS)
def test_the_sheets_say_what_the_plan_says(nom: str) -> None:
    _verifier(*_lire(CAS[nom]()))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(dossiers())
def test_the_sheets_say_what_any_plan_says(dossier: Dossier) -> None:
    _verifier(*_lire(dossier))


@given(dossiers())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_nothing_unknown_is_balanced(dossier: Dossier) -> None:
    arbre, attendu = _lire(dossier)
    verdict = Evaluation(arbre).cellule("equilibre", "controle", "total")
    # A table of costs, of people or of resources with no line is a gap too.
    manquants = attendu.manquants + sum(not x for x in (attendu.emplois, attendu.rh, attendu.ressources))
    if manquants:
        pluriel = "s" if manquants > 1 else ""
        assert verdict == f"non vérifié\u00a0: {manquants} montant{pluriel} à compléter"
    else:
        assert (verdict == "équilibré") is (attendu.ressources_cents == attendu.emplois_cents)


def test_libreoffice_finds_the_same_figures(tmp_path: Path) -> None:
    entrees = []
    for nom, construire in CAS.items():
        entrees.append(tmp_path / "avant" / f"{nom}.xlsx")
        entrees[-1].parent.mkdir(exist_ok=True)
        entrees[-1].write_bytes(rendre_xlsx(_lire(construire())[0], JOUR))
    for entree, sortie in zip(entrees, convertir(entrees, "xlsx", tmp_path), strict=True):
        avant = cellules(entree.read_bytes(), valeurs=True)
        apres = cellules(sortie.read_bytes(), valeurs=True)
        for place, formule in formules(entree.read_bytes()).items():
            # An empty text is read as no cell at all.
            valeur = avant.get(place, "")
            attendu = valeur if isinstance(valeur, str) else pytest.approx(valeur, abs=0.0049)
            assert apres.get(place, "") == attendu, (entree.stem, place, formule)


def test_what_is_typed_over_a_gap_reaches_the_balance(tmp_path: Path) -> None:
    """A director fills the gaps in the spreadsheet: the plan follows without the application."""
    dossier = _riche()
    dossier.couts[0].montant_ht_cents = None
    octets = rendre_xlsx(_lire(dossier)[0], JOUR)
    ouvert = openpyxl.load_workbook(io.BytesIO(octets))
    feuille = ouvert["Coûts du projet"]
    (trou,) = (
        c
        for rangee in feuille.iter_rows()
        for c in rangee
        if c.value == A_COMPLETER and c.column_letter == "E"
    )
    trou.value = 120_000
    rempli = tmp_path / "avant" / "rempli.xlsx"
    rempli.parent.mkdir()
    ouvert.save(rempli)
    (sortie,) = convertir([rempli], "xlsx", tmp_path)
    apres = cellules(sortie.read_bytes(), valeurs=True)
    dossier.couts[0].montant_ht_cents = 12_000_000
    complet = cellules(rendre_xlsx(_lire(dossier)[0], JOUR), valeurs=True)
    for place, valeur in complet.items():
        if place[0] == "Plan pluriannuel" and not isinstance(valeur, str):
            assert apres[place] == pytest.approx(valeur, abs=0.0049), place


def test_the_sheets_are_linked() -> None:
    calculees = formules(rendre_xlsx(_lire(_riche())[0], JOUR))
    du_plan = [f for (feuille, _), f in calculees.items() if feuille == "Plan pluriannuel"]
    for source in ("Coûts du projet", "Coûts RH", "Par poste", "Par organisme", "Par année"):
        assert any(f"'{source}'!" in f for f in du_plan), source
    assert sum("équilibré" in f for f in du_plan) >= 8
    assert max(map(len, calculees.values())) < 8_192


def test_a_gap_is_words_and_never_a_zero() -> None:
    octets = rendre_xlsx(_lire(_sans_cout())[0], JOUR)
    valeurs = cellules(octets, valeurs=True)
    for feuille in ("Coûts du projet", "Coûts RH", "Plan pluriannuel"):
        assert A_COMPLETER in [v for (f, _), v in valeurs.items() if f == feuille]
    arbre = Evaluation(_lire(_sans_cout())[0])
    for place in (
        ("couts-detail", "total", "ttc"),
        ("rh", "total", "montant"),
        ("emplois", "total", "total"),
    ):
        assert arbre.cellule(*place) == A_COMPLETER
    # Where nothing is counted a dash shows, never an amount.
    feuille = openpyxl.load_workbook(io.BytesIO(octets))["Coûts du projet"]
    zeros = [valeurs.get(("Coûts du projet", c.coordinate)) for r in feuille["B6:E18"] for c in r]
    assert set(zeros) == {0}
    assert {c.number_format.split(";")[2] for r in feuille["B6:E18"] for c in r} == {'"–"'}


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
