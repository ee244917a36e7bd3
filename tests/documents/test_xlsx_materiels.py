"""The workbook of the materials, the register of workbooks, and the words of the person in each of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.classeur import classeurs
from esms_desktop.documents.classeur.classeur import A_COMPLETER, Classeur
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.model import Dossier, Materiel, Risque, Tache
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.financement.materiels import liste

from .libreoffice import convertir
from .outils import fabriquer
from .test_xlsx import JOUR
from .xlsx_outils import cellules, formules


def _ajouter(dossier: Dossier, rang: int, **champs: object) -> None:
    dossier.materiels.append(
        Materiel(id=100 + rang, **({"libelle": f"Matériel {rang}", "usage": ""} | champs))
    )


def _centimes() -> Dossier:
    dossier = fabriquer(3, 6)
    for rang, (quantite, prix, tva) in enumerate(
        ((3, 1_999, 550), (7, 33, 2_000), (1, 250, 500), (11, 45, 1_000))
    ):
        _ajouter(
            dossier,
            rang,
            quantite=quantite,
            prix_unitaire_ht_cents=prix,
            tva_pour_dix_mille=tva,
            og_id=dossier.ogs[rang].id if rang < 2 else None,
            essms_id=2 if rang == 0 else None,
        )
    return dossier


def _incomplet() -> Dossier:
    dossier = fabriquer(2, 3)
    _ajouter(dossier, 1, quantite=None, prix_unitaire_ht_cents=100, og_id=dossier.ogs[0].id)
    _ajouter(dossier, 2, quantite=2, prix_unitaire_ht_cents=None)
    return dossier


def _couvert() -> Dossier:
    dossier = fabriquer(2, 2)
    _ajouter(dossier, 1, quantite=100, prix_unitaire_ht_cents=100_000)
    return dossier


def _vide() -> Dossier:
    dossier = fabriquer(2, 2)
    dossier.materiels.clear()
    return dossier


def _non_demande() -> Dossier:
    dossier = _vide()
    dossier.equipement_demande = False
    return dossier


CAS: dict[str, Callable[[], Dossier]] = {
    "complet": lambda: fabriquer(3, 6),
    "centimes": _centimes,
    "incomplet": _incomplet,
    "couvert": _couvert,
    "vide": _vide,
    "non-demande": _non_demande,
}


def _classeur(dossier: Dossier) -> Classeur:
    arbre = classeurs.classeur_de("liste-materiels", dossier, charger("2022"), JOUR)
    assert arbre is not None
    return arbre


def _lignes(octets: bytes, feuille: str) -> list[list[object]]:
    """The rows of a sheet, their filled cells only."""
    rangees: dict[int, list[object]] = {}
    for (nom, place), valeur in cellules(octets, valeurs=True).items():
        if nom == feuille:
            rangees.setdefault(int(place.lstrip("ABCDEFGHI")), []).append(valeur)
    return list(rangees.values())


@pytest.mark.parametrize("nom", CAS)
def test_the_workbook_says_what_the_list_says(nom: str) -> None:
    dossier = CAS[nom]()
    attendu = liste(dossier)
    octets = rendre_xlsx(_classeur(dossier), JOUR)
    lues = [r for r in _lignes(octets, "Matériels") if r[0] in {x.libelle for x in attendu.lignes}]
    par_og = [x for t in attendu.par_og for x in attendu.lignes if x.og_id == t.og_id]
    assert [(r[0], r[-3], r[-1]) for r in lues] == [
        (x.libelle, *(_euros(m) if m is not None else A_COMPLETER for m in (x.ht_cents, x.ttc_cents)))
        for x in par_og
    ]
    recap = _lignes(octets, "Récapitulatif")
    for t in attendu.par_og:
        lue = next(r for r in recap if r[0] == (t.og or "Commun aux organismes"))
        sommes = [_euros(t.ht_cents), _euros(t.tva_cents), _euros(t.ttc_cents)]
        assert lue[1:5] == [t.lignes, *(sommes if t.ttc_cents else [A_COMPLETER] * 3)]
    demande = financer_dossier(dossier, charger("2022")).projet.postes_cents["equipement"]
    total = next(r for r in recap if r[0] == "Total")
    assert total[4:] == [_euros(attendu.total.ttc_cents), *([_euros(demande)] if demande else [])]


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


@pytest.mark.parametrize(
    ("nom", "mots", "reste"),
    [("couvert", "couvert", 56_971.12), ("complet", "dépassement de 334543,32\u00a0€", 0)],
)
def test_the_money_asked_for_is_compared_with_the_list(nom: str, mots: str, reste: float) -> None:
    recap = _lignes(rendre_xlsx(_classeur(CAS[nom]()), JOUR), "Récapitulatif")
    assert ["Équipement demandé et liste", mots] in recap
    assert ["Reste à la charge des organismes", reste] in recap


def test_libreoffice_finds_the_same_amounts(tmp_path: Path) -> None:
    entrees = []
    for nom, construire in CAS.items():
        entrees.append(tmp_path / "avant" / f"{nom}.xlsx")
        entrees[-1].parent.mkdir(exist_ok=True)
        entrees[-1].write_bytes(rendre_xlsx(_classeur(construire()), JOUR))
    for entree, sortie in zip(entrees, convertir(entrees, "xlsx", tmp_path), strict=True):
        avant = cellules(entree.read_bytes(), valeurs=True)
        apres = cellules(sortie.read_bytes(), valeurs=True)
        for place, formule in formules(entree.read_bytes()).items():
            valeur = avant[place]
            attendu = valeur if isinstance(valeur, str) else pytest.approx(valeur, abs=0.0049)
            assert apres[place] == attendu, (entree.stem, place, formule)


def test_quantities_times_prices_are_formulas() -> None:
    octets = rendre_xlsx(_classeur(_centimes()), JOUR)
    du_detail = [f for (feuille, _), f in formules(octets).items() if feuille == "Matériels"]
    assert any("ROUND" in f for f in du_detail)
    assert sum("*" in f for f in du_detail) == 2 * len(_centimes().materiels)
    assert any(
        "'Matériels'!" in f for (feuille, _), f in formules(octets).items() if feuille == "Récapitulatif"
    )


def _complet() -> Dossier:
    """A dossier that has something to write in every workbook."""
    dossier = _centimes()
    dossier.taches.append(
        Tache(id=1, nom="Paramétrage", plan="projet", phase="Préparer", responsable="Camille Roy", duree=5)
    )
    dossier.risques.append(Risque(id=1, intitule="Retard", categorie="organisationnel", probabilite=2))
    return dossier


def test_every_workbook_is_that_of_a_document() -> None:
    codes = {g.code for g in catalogue.generes()}
    dossier, campagne = _complet(), charger("2022")
    assert {"plan-financement", "liste-materiels"} <= classeurs.CODES <= codes
    for code in codes:
        arbre = classeurs.classeur_de(code, dossier, campagne, JOUR)
        assert (arbre is not None) is (code in classeurs.CODES)
        if arbre is not None:
            assert arbre.code == code
            assert rendre_xlsx(arbre, JOUR).startswith(b"PK")


def _empoisonner(objet: object, debut: str) -> None:
    """Every text a person types in an object starts a formula."""
    for champ in ("nom", "sigle", "libelle", "usage", "profil", "phase", "responsable", "intitule"):
        if isinstance(getattr(objet, champ, None), str):
            setattr(objet, champ, f"{debut}POISON({champ})")


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t="])
def test_no_typed_text_is_calculated_in_any_workbook(debut: str) -> None:
    dossier = _complet()
    for objet in (
        dossier,
        *dossier.ogs,
        *dossier.essms,
        *dossier.couts,
        *dossier.couts_rh,
        *dossier.ressources,
        *dossier.materiels,
        *dossier.risques,
        *dossier.taches,
    ):
        _empoisonner(objet, debut)
    for code in classeurs.CODES:
        arbre = classeurs.classeur_de(code, dossier, charger("2022"), JOUR)
        assert arbre is not None
        octets = rendre_xlsx(arbre, JOUR)
        empoisonnees = {
            place: v
            for place, v in cellules(octets, valeurs=True).items()
            if isinstance(v, str) and "POISON" in v
        }
        assert empoisonnees
        assert not empoisonnees.keys() & formules(octets).keys()
        assert not [f for f in formules(octets).values() if "POISON" in f]
        assert not [v for v in empoisonnees.values() if v.startswith(("=", "+", "-", "@", "\t"))]
