"""The three documents of piece 6 as sheets: the figures of the rules, gaps that stay gaps, live links between the sheets."""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from esms_desktop.documents.classeur.annees import cle
from esms_desktop.documents.classeur.classeur import A_COMPLETER, Classeur
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.classeur.valeurs import Evaluation, Resultat
from esms_desktop.model import Cout, CoutRh, Dossier, Ressource
from esms_desktop.nomenclature.listes import THEMES_NATURES, natures
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from tests.regles.test_pluriannuel import dossiers

from .libreoffice import convertir
from .outils import fabriquer
from .test_xlsx import JOUR
from .xlsx_outils import cellules, formules
from .xlsx_plan_outils import _lire, _riche


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
