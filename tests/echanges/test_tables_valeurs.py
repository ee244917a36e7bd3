"""What a cell means: what a spreadsheet damaged is put right and said, or refused with the reason."""

from datetime import date
from typing import Any

import pytest

from esms_desktop.echanges.tables import valeurs
from esms_desktop.echanges.tables.grille import Cellule, Genre
from esms_desktop.errors import ErreurSaisie


def c(texte: str, genre: Genre = Genre.TEXTE) -> Cellule:
    return Cellule(texte, "B7", genre)


LUS: list[tuple[Any, Cellule, Any, str]] = [
    (valeurs.finess, c("010854115"), "010854115", ""),
    (valeurs.finess, c("10854115", Genre.NOMBRE), "010854115", "zéro de tête rendu"),
    (valeurs.finess, c("10854115"), "010854115", "zéro de tête rendu"),
    (valeurs.finess, c("01 085\u00a04115"), "010854115", "espaces"),
    (valeurs.finess, c("750000012.0"), None, ""),
    (valeurs.finess, c("10854115,0"), "010854115", "décimales"),
    (valeurs.finess, c("'010854115"), "010854115", "signes"),
    (valeurs.finess, c("n° FINESS : 010854115"), "010854115", "autour"),
    (valeurs.finess, c("-"), None, ""),
    (valeurs.siret, c("771 991 262 00243"), "77199126200243", "espaces"),
    (valeurs.siret, c("77199126200243", Genre.NOMBRE), "77199126200243", ""),
    (valeurs.entier, c("117"), 117, ""),
    (valeurs.entier, c("117 places"), 117, "unité"),
    (valeurs.entier, c("1\u202f250 lits"), 1250, "unité"),
    (valeurs.entier, c("117.0"), 117, "unité"),
    (valeurs.entier, c("NSP"), None, "sans réponse"),
    (valeurs.entier, c("—"), None, ""),
    (valeurs.oui_non, c("Oui"), True, ""),
    (valeurs.oui_non, c("x"), True, "lu Oui"),
    (valeurs.oui_non, c("vrai", Genre.BOOLEEN), True, "lu Oui"),
    (valeurs.oui_non, c("NON"), False, ""),
    (valeurs.oui_non, c("faux"), False, "lu Non"),
    (valeurs.oui_non, c("NSP"), None, "sans réponse"),
    (valeurs.oui_non, c("  "), None, ""),
    (valeurs.nom_de_logiciel, c("Ogirys"), "Ogirys", ""),
    (valeurs.nom_de_logiciel, c("NSP"), None, "sans réponse"),
    (valeurs.code_postal, c("1000", Genre.NOMBRE), "01000", "zéro"),
    (valeurs.code_postal, c("01 000"), "01000", "espaces"),
    (valeurs.code_postal, c("F-01000"), "01000", "espaces"),
    (valeurs.commune, c("01000 Bourg-en-Bresse"), "Bourg-en-Bresse", "code postal"),
    (valeurs.jour, c("sept-23"), date(2023, 9, 1), "premier jour"),
    (valeurs.jour, c("03/07/2023"), date(2023, 7, 3), ""),
    (lambda x: valeurs.jour(x, fin=True), c("févr. 2024"), date(2024, 2, 29), "dernier jour"),
]


@pytest.mark.parametrize(("lire", "cellule", "valeur", "repare"), LUS)
def test_ce_qui_se_repare_est_dit(lire: Any, cellule: Cellule, valeur: Any, repare: str) -> None:
    if valeur is None and cellule.texte == "750000012.0":
        # Nine figures whose key is wrong: the decimals are taken off, and the number is refused all the same.
        with pytest.raises(ErreurSaisie, match="clé"):
            lire(cellule)
        return
    lu = lire(cellule)
    assert lu.valeur == valeur
    assert repare in lu.repare if repare else lu.repare == ""


REFUSES: list[tuple[Any, Cellule, str]] = [
    (valeurs.finess, c("7,5E+08"), "scientifique"),
    (valeurs.finess, c("7.5E+8"), "scientifique"),
    (valeurs.siret, c("7,79078E+13"), "scientifique"),
    (valeurs.finess, c("010854116"), "clé"),
    (valeurs.finess, c("14/03/2023", Genre.DATE), "date"),
    (valeurs.finess, c("#N/A", Genre.ERREUR), "erreur"),
    (valeurs.finess, c("=", Genre.FORMULE), "formule"),
    (valeurs.finess, c("#######"), "erreur"),
    (valeurs.siret, c("732829320"), "SIREN"),
    (valeurs.entier, c("environ 30"), "nombre entier"),
    (valeurs.entier, c("40+5"), "nombre entier"),
    (valeurs.entier, c("12,5"), "nombre entier"),
    (valeurs.entier, c("sept-23"), "date"),
    (valeurs.oui_non, c("peut-être"), "Oui"),
    (valeurs.nom_de_logiciel, c("x"), "pas lequel"),
    (valeurs.nom_de_logiciel, c("Non"), "dit non"),
    (valeurs.code_postal, c("ABC"), "cinq chiffres"),
    (valeurs.categorie, c("SAD"), "plusieurs catégories"),
    (valeurs.categorie, c("FAM/MAS"), "plusieurs catégories"),
    (valeurs.categorie, c("Bidule"), "absente"),
]


@pytest.mark.parametrize(("lire", "cellule", "raison"), REFUSES)
def test_ce_qui_ne_se_comprend_pas_est_refuse_avec_sa_raison(
    lire: Any, cellule: Cellule, raison: str
) -> None:
    with pytest.raises(ErreurSaisie) as refus:
        lire(cellule)
    assert raison in refus.value.message


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        *(
            ("EHPAD", "500"),
            ("I.M.E.", "183"),
            ("esat", "246"),
            ("SESSAD", "182"),
            ("FAM", "437"),
            ("MAS", "255"),
        ),
        *(
            ("FH", "252"),
            ("FV", "382"),
            ("SSIAD", "354"),
            ("SAVS", "446"),
            ("SAMSAH", "445"),
            ("CHRS", "214"),
        ),
        *(
            ("ITEP", "186"),
            ("SPASAD", "209"),
            ("SAAD", "460"),
            ("CMPP", "189"),
            ("MECS", "177"),
            ("EAM", "448"),
        ),
        *(
            ("Foyer de vie", "382"),
            ("500", "500"),
            ("500 – EHPAD", "500"),
            ("EHPAD public", "500"),
            ("CAMSP", "190"),
        ),
    ],
)
def test_une_categorie_se_lit_par_son_abreviation(ecrit: str, code: str) -> None:
    assert valeurs.categorie(c(ecrit)).valeur.code == code
