"""Characters: which are drawn as they are, which are put another way, which are told lost."""

import pytest

from esms_desktop.documents.arbre.ecritures import est_arabe, retourner, troncons
from esms_desktop.documents.pdf.polices import (
    ARABE,
    ARABE_GRAS,
    GRAS,
    GRAS_ITALIQUE,
    ITALIQUE,
    NORMAL,
    Nettoyeur,
    enregistrer,
    police_arabe,
)

N = "\u00a0"


@pytest.mark.parametrize(
    ("texte", "propre"),
    [
        ("mot", "mot"),
        ("mot : suite", f"mot{N}: suite"),
        ("été !", f"été{N}!"),
        ("« mot »", f"«{N}mot{N}»"),
        ("art. § 4, n° 5", f"art. §{N}4, n°{N}5"),
        ("a\tb", "a b"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("e\u0301te\u0301", "été"),
        ("co\u00adupe", "coupe"),
        ("a\x07b\u200d\ufe0f\ud800c", "abc"),
        ("𝐀𝐛", "Ab"),
        ("a😀😀😀b", "a◊b"),
        ("😀 😀", "◊ ◊"),
        ("◊◊", "◊◊"),
        ("◊😀", "◊"),
        (f"a{N}{N}é", f"a{N}é"),
        ("a\u3000é", "a é"),
        ("البيت é", "◊ é"),
    ],
)
def test_un_texte_devient_ce_que_la_police_sait_dessiner(texte: str, propre: str) -> None:
    assert Nettoyeur()(texte) == propre


def test_les_caracteres_perdus_sont_dits_une_fois() -> None:
    nettoyer = Nettoyeur()
    assert nettoyer("été") and nettoyer.remarques == ()
    nettoyer("😀漢😀")
    (dit,) = nettoyer.remarques
    assert (
        dit.replace(N, " ")
        == "Caractères absents de la police du document, remplacés par « ◊ » : U+1F600, U+6F22."
    )


def test_l_arabe_n_est_garde_que_pour_qui_sait_le_dessiner() -> None:
    assert Nettoyeur(arabe=True)("البيت é") == "البيت é"
    assert [police_arabe(p) for p in (NORMAL, ITALIQUE, GRAS, GRAS_ITALIQUE)] == [
        ARABE,
        ARABE,
        ARABE_GRAS,
        ARABE_GRAS,
    ]
    assert ord("é") in enregistrer() and ord("漢") not in enregistrer()


@pytest.mark.parametrize(
    ("ligne", "dessinee"),
    [("a b c", "c b a"), (" a b", " b a"), ("a b  ", "b a  "), ("  a  ", "  a  "), ("   ", "   "), ("", "")],
)
def test_les_mots_d_une_ligne_se_lisent_de_droite_a_gauche(ligne: str, dessinee: str) -> None:
    assert retourner(ligne) == dessinee


def test_un_texte_se_coupe_en_suites_d_une_meme_ecriture() -> None:
    assert troncons("mot") == [("mot", False)]
    suites = troncons("avant بيت دار après")
    assert [arabe for _, arabe in suites] == [False, True, False]
    assert (suites[0][0], suites[2][0]) == ("avant ", " après")
    assert len(suites[1][0].split(" ")) == 2 and troncons("بيت")[0][1] and len(troncons("بيت")) == 1


def test_seule_l_ecriture_arabe_prend_la_police_arabe() -> None:
    """It also holds signs that are no Arabic, as every font does."""
    nettoyer = Nettoyeur(arabe=True)
    assert nettoyer("a\x00b, مرحبا") == "ab, مرحبا" and nettoyer.remarques == ()
    assert [est_arabe(c) for c in "aé1 \u0600\u06ffمﻼ"] == [False] * 4 + [True] * 4
