"""The calculations of the workbooks: exact products, rounded taxes, shares to the cent, and what a gap does to them."""

import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Arrondi,
    Classeur,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Moindre,
    Plafond,
    Produit,
    Rapport,
    Ref,
    Repartition,
    SiConnu,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.classeur.valeurs import Evaluation
from esms_desktop.regles.financement.materiels import avec_tva
from esms_desktop.regles.financement.repartition import repartir

from .libreoffice import convertir
from .test_xlsx import JOUR
from .xlsx_outils import cellules, formules


def _taxes(cas: list[tuple[int, int]]) -> TableXl:
    """Amounts before tax and rates, in ten-thousandths; their amounts all taxes included."""
    return TableXl(
        "taxes",
        "Taxes",
        (ColonneXl("ht", "HT", "euros"), ColonneXl("tva", "TVA", "taux"), ColonneXl("ttc", "TTC", "euros")),
        tuple(
            LigneXl(
                str(i),
                (
                    Euros(ht),
                    Fraction(tva, 10_000),
                    Somme((Ref(str(i), "ht"), Arrondi(Produit((Ref(str(i), "ht"), Ref(str(i), "tva")))))),
                ),
            )
            for i, (ht, tva) in enumerate(cas)
        ),
    )


def _partage(rang: int, total: int, poids: list[int], echelle: int) -> TableXl:
    """An amount shared by weights, that are written divided by `echelle`."""
    lignes = [
        LigneXl(
            str(i), (Fraction(p, echelle), Repartition(Ref("tout", "part"), str(i), "poids", echelle=echelle))
        )
        for i, p in enumerate(poids)
    ]
    return TableXl(
        f"partage{rang}",
        f"Partage {rang}",
        (ColonneXl("poids", "Poids", "decimal"), ColonneXl("part", "Part", "euros")),
        (*lignes, LigneXl("tout", (None, Euros(total)), "total")),
    )


def _classeur(*tables: TableXl) -> Classeur:
    return Classeur("x", "T", "D", "P", (Feuille("Essai", "T", tables),))


@given(st.integers(0, 10**9), st.integers(0, 10_000))
def test_an_amount_with_its_tax_is_that_of_the_rules(ht: int, tva: int) -> None:
    ttc = Evaluation(_classeur(_taxes([(ht, tva)]))).cellule("taxes", "0", "ttc")
    assert ttc == Fraction(avec_tva(ht, tva), 100)


@given(
    st.integers(0, 10**9),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=12),
    st.sampled_from([1, 100, 10_000]),
)
def test_a_share_is_that_of_the_rules(total: int, poids: list[int], echelle: int) -> None:
    valeurs = Evaluation(_classeur(_partage(0, total, poids, echelle)))
    parts = [valeurs.cellule("partage0", str(i), "part") for i in range(len(poids))]
    assert parts == [Fraction(p, 100) for p in repartir(total, poids)]


def _cas_de_partage() -> list[tuple[int, list[int], int]]:
    """Ties, nothing to share, no weight, a total equal to the weights, and many others."""
    hasard = random.Random(7)
    cas = [
        (100, [1, 1, 1], 1),
        (200, [1, 1, 1], 1),
        (0, [3, 4], 1),
        (500, [0, 0], 1),
        (3, [0, 5, 5, 0, 5], 1),
        (123_456_789, [61_728_394, 61_728_395, 0], 100),
        (98_765_432, [120_000_000, 345_678_901, 1], 100),
        (1, [2_500, 2_500, 2_500, 2_500], 10_000),
    ]
    for _ in range(60):
        taille = hasard.randint(1, 12)
        cas.append(
            (
                hasard.randint(0, 10**8),
                [hasard.choice((0, 1, 7, hasard.randint(0, 10**4))) for _ in range(taille)],
                hasard.choice((1, 100, 10_000)),
            )
        )
    return cas


def test_libreoffice_rounds_and_shares_to_the_same_cent(tmp_path: Path) -> None:
    hasard = random.Random(11)
    # Halves of a cent are where two ways of rounding part.
    demis = [(50 * (2 * n + 1), 550) for n in range(40)] + [(2 * n + 1, 5_000) for n in range(40)]
    autres = [(hasard.randint(0, 10**9), hasard.choice((0, 210, 550, 850, 1_000, 2_000))) for _ in range(120)]
    octets = rendre_xlsx(
        _classeur(_taxes(demis + autres), *(_partage(i, *cas) for i, cas in enumerate(_cas_de_partage()))),
        JOUR,
    )
    (sortie,) = convertir([_ecrire(tmp_path, octets)], "xlsx", tmp_path)
    avant, apres = cellules(octets, valeurs=True), cellules(sortie.read_bytes(), valeurs=True)
    calculees = formules(octets)
    assert len(calculees) > 500
    for place in calculees:
        assert apres[place] == pytest.approx(avant[place], abs=0.0049), (place, calculees[place])


def _ecrire(dossier: Path, octets: bytes) -> Path:
    fichier = dossier / "avant" / "x.xlsx"
    fichier.parent.mkdir()
    fichier.write_bytes(octets)
    return fichier


def _gaps(quantite: Valeur, prix: Valeur) -> Classeur:
    """A line, the same one that is always known, and everything that may follow from them."""
    a, b = Ref("a", "quantite"), Ref("a", "prix")
    lignes = (
        LigneXl("a", ("a", quantite, prix, SiConnu((a, b), Arrondi(Produit((a, b)))))),
        LigneXl("b", ("b", 3, Euros(150), Produit((Ref("b", "quantite"), Ref("b", "prix"))))),
        LigneXl(
            "somme", ("somme", None, None, SommeConnue((Ref("a", "montant"), Ref("b", "montant")))), "total"
        ),
        LigneXl("seule", ("seule", None, None, SommeConnue((Ref("a", "montant"),))), "total"),
        LigneXl("compte", ("compte", Manquants("quantite"), None, Manquants("montant")), "total"),
        LigneXl("moindre", ("moindre", None, None, Moindre(Ref("b", "montant"), Total("prix"))), "total"),
        LigneXl(
            "imbrique",
            (
                "imbriqué",
                None,
                None,
                Difference(
                    Rapport(Ref("b", "montant"), Produit((Ref("b", "quantite"), Ref("b", "prix")))),
                    Difference(Ref("b", "prix"), Produit((Ref("b", "prix"), Ref("b", "prix")))),
                ),
            ),
            "total",
        ),
        LigneXl(
            "verdict",
            (
                "verdict",
                None,
                None,
                Equilibre(Ref("somme", "montant"), Total("montant"), manquants=Manquants("montant")),
            ),
            "controle",
        ),
        LigneXl(
            "plafond", ("plafond", None, None, Plafond(Total("montant"), Ref("b", "montant"))), "controle"
        ),
    )
    colonnes = (
        ColonneXl("nom", "Nom"),
        ColonneXl("quantite", "Quantité", "entier"),
        ColonneXl("prix", "Prix", "euros"),
        ColonneXl("montant", "Montant", "euros"),
    )
    return _classeur(TableXl("t", "T", colonnes, lignes))


_SANS_QUANTITE = {
    "a": A_COMPLETER,
    "somme": 4.5,
    "seule": A_COMPLETER,
    "compte": 1,
    "moindre": 3.49,
    "plafond": "couvert",
    "verdict": "non vérifié\u00a0: 1 montant à compléter",
}
_MANQUES: dict[str, tuple[Valeur, dict[str, object]]] = {
    "dit": (A_COMPLETER, _SANS_QUANTITE),
    "vide": (None, _SANS_QUANTITE),
    "comble": (
        2,
        {
            "a": 3.98,
            "somme": 8.48,
            "seule": 3.98,
            "compte": 0,
            "plafond": "dépassement de 3,98\u00a0€",
            "verdict": "équilibré",
        },
    ),
}


@pytest.fixture(scope="module")
def manques_recalcules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """The workbook of each case, ours and as LibreOffice calculates it: one start for all."""
    dossier = tmp_path_factory.mktemp("manques")
    (dossier / "avant").mkdir()
    entrees = [dossier / "avant" / f"{nom}.xlsx" for nom in _MANQUES]
    for entree, (quantite, _) in zip(entrees, _MANQUES.values(), strict=True):
        entree.write_bytes(rendre_xlsx(_gaps(quantite, Euros(1_99)), JOUR))
    sorties = convertir(entrees, "xlsx", dossier)
    return {e.stem: (e.read_bytes(), s.read_bytes()) for e, s in zip(entrees, sorties, strict=True)}


@pytest.mark.parametrize("cas", _MANQUES)
def test_a_gap_is_followed_until_it_is_filled(
    cas: str, manques_recalcules: dict[str, tuple[bytes, bytes]]
) -> None:
    octets, recalcule = manques_recalcules[cas]
    attendu = {**_MANQUES[cas][1], "imbriqué": 1 - (1.5 - 1.5 * 1.5)}
    lues, apres = cellules(octets, valeurs=True), cellules(recalcule, valeurs=True)
    lignes = {lues[("Essai", f"A{n}")]: n for n in range(6, 15)}
    for nom, valeur in attendu.items():
        assert lues[("Essai", f"D{lignes[nom]}")] == pytest.approx(valeur), nom
    for place in formules(octets):
        assert apres[place] == pytest.approx(lues[place], abs=1e-9), place


def test_a_sum_of_many_scattered_cells_stays_within_what_excel_takes() -> None:
    lignes = [LigneXl(str(i), ("x", Euros(i))) for i in range(600)]
    une_sur_deux = Somme(tuple(Ref(str(i), "m") for i in range(0, 600, 2)))
    arbre = _classeur(
        TableXl(
            "t",
            "T",
            (ColonneXl("n", "N"), ColonneXl("m", "M", "euros")),
            (
                *lignes,
                LigneXl("tout", ("tout", Somme(tuple(Ref(str(i), "m") for i in range(600)))), "total"),
                LigneXl("moitie", ("moitié", une_sur_deux), "total"),
            ),
        )
    )
    octets = rendre_xlsx(arbre, JOUR)
    calculees = formules(octets)
    assert calculees[("Essai", "B606")] == "=SUM(B6:B605)"
    assert calculees[("Essai", "B607")].startswith("=SUM(SUM(B6,B8,")
    assert max(map(len, calculees.values())) < 8_192
    assert cellules(octets, valeurs=True)[("Essai", "B607")] == sum(range(0, 600, 2)) / 100
