"""Words in French: agreement, elision, lists, folding, typographic spaces."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        (francais.pluriel(0, "dossier"), "0 dossier"),
        (francais.pluriel(1, "jour"), "1 jour"),
        (francais.pluriel(2, "jour"), "2 jours"),
        (francais.pluriel(-1, "jour"), "−1 jour"),
        (francais.pluriel(1_200, "place"), "1 200 places"),
        (francais.pluriel(2, "jour ouvré", "jours ouvrés"), "2 jours ouvrés"),
        (francais.pluriel(1, "ESSMS"), "1 ESSMS"),
        (francais.pluriel(3, "ESSMS"), "3 ESSMS"),
        (francais.pluriel(3, "prix"), "3 prix"),
        (francais.accord(1, "reste", "restent"), "reste"),
        (francais.accord(0, "reste", "restent"), "reste"),
        (francais.accord(2, "reste", "restent"), "restent"),
        (francais.enumerer([]), ""),
        (francais.enumerer(["a"]), "a"),
        (francais.enumerer(["a", "b"]), "a et b"),
        (francais.enumerer(["a", "b", "c"]), "a, b et c"),
        (francais.resumer([]), ""),
        (francais.resumer(["a", "b", "c"]), "a, b et c"),
        (francais.resumer(["a", "b", "c", "d"]), "a, b, c et 1 autre"),
        (francais.resumer(list("abcde")), "a, b, c et 2 autres"),
        (francais.resumer(list("abc"), 1), "a et 2 autres"),
        (francais.minuscule("À apprécier par l’ARS"), "à apprécier par l’ARS"),
        (francais.minuscule("ARS de rattachement"), "ARS de rattachement"),
        (francais.majuscule("école"), "École"),
        (francais.majuscule(""), ""),
    ],
)
def test_les_mots_s_accordent(ecrit: str, attendu: str) -> None:
    assert ecrit.replace("\u00a0", " ") == attendu


@pytest.mark.parametrize(
    ("nom", "apres_de"),
    [
        ("Airmes", "d’Airmes"),
        ("Net Soins", "de Net Soins"),
        ("ESSMS", "d’ESSMS"),
        ("École du Val", "d’École du Val"),
        ("Île aux Enfants", "d’Île aux Enfants"),
        ("Œuvre", "d’Œuvre"),
        ("« Éole »", "d’« Éole »"),
        ("Hôpital de jour", "d’Hôpital de jour"),
        ("Hélène", "d’Hélène"),
        ("Handicap 60", "de Handicap 60"),
        ("Hérisson", "de Hérisson"),
        ("Hiérarchie", "de Hiérarchie"),
        ("Yvelines", "d’Yvelines"),
        ("Yourte", "de Yourte"),
        ("onze", "de onze"),
        ("ouïe", "d’ouïe"),
        ("11 structures", "de 11 structures"),
        ("", "de "),
    ],
)
def test_un_petit_mot_s_elide(nom: str, apres_de: str) -> None:
    assert francais.de(nom) == apres_de
    assert francais.que(nom) == (f"qu’{nom}" if apres_de.startswith("d’") else f"que {nom}")


@pytest.mark.parametrize(
    ("plier", "attendu"),
    [
        (lambda: francais.cle("  Le  Chêne\u00a0VERT "), "le chene vert"),
        (lambda: francais.cle("L’Œuvre"), "l'oeuvre"),
        (lambda: francais.cle("Saint\u2011Étienne – Sud"), "saint-etienne - sud"),
        (lambda: francais.cle("Grande\u200b rue"), "grande rue"),
        (lambda: francais.cle("STRASSE ß"), "strasse ss"),
        (lambda: francais.sans_accents("Ça, là : Œ"), "Ca, la : OE"),
        (
            lambda: " ".join(francais.mots("Lettre_d’engagement-OG2 (signée).pdf")),
            "lettre d engagement og2 signee pdf",
        ),
        (lambda: francais.une_ligne(" a \u202f b\n\tc\u00a0"), "a b c"),
        (
            lambda: ", ".join(sorted(["Zoé", "élan", "Étoile", "Elm"], key=francais.cle)),
            "élan, Elm, Étoile, Zoé",
        ),
    ],
)
def test_un_texte_se_plie(plier: Callable[[], str], attendu: str) -> None:
    assert plier() == attendu


@given(st.text(max_size=40))
def test_un_texte_plie_ne_change_plus(texte: str) -> None:
    plie = francais.cle(texte)
    assert francais.cle(plie) == plie == francais.cle(f" {texte}\u00a0")


@pytest.mark.parametrize(
    ("texte", "espace"),
    [
        ("Quoi : ceci ; cela !", "Quoi~: ceci~; cela~!"),
        ("« Éole » § 4, n° 12", "«~Éole~» §~4, n°~12"),
        ("12 € et 5 %", "12~€ et 5~%"),
        ("«~~a~~»", "«~a~»"),
        ("rien", "rien"),
    ],
)
def test_les_espaces_de_la_typographie(texte: str, espace: str) -> None:
    assert francais.espacer(texte.replace("~", "\u00a0")) == espace.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("Oui", True),
        ("x", True),
        ("VRAI", True),
        ("1", True),
        ("✓", True),
        ("non", False),
        ("Faux", False),
        ("0", False),
        ("", None),
        ("—", None),
        ("Non répondu", None),
    ],
)
def test_oui_et_non_se_lisent(ecrit: str, lu: bool | None) -> None:
    assert francais.lire_oui_non(ecrit) is lu
    with pytest.raises(ErreurSaisie):
        francais.lire_oui_non(f"{ecrit} peut-être")
