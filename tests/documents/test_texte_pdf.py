"""Words set into lines: where each line ends, to the very width; what a column needs."""

from pathlib import Path

import pytest

from esms_desktop.documents.arbre.arbre import Contenu, Manque, Texte
from esms_desktop.documents.pdf import polices
from esms_desktop.documents.pdf.polices import NORMAL, Nettoyeur, largeur
from esms_desktop.documents.pdf.texte import Fragment, exigence, fragments, lignes, mot_le_plus_long
from tests.attendus import comparer, en_lignes

ATTENDUS = Path(__file__).parent / "attendus"
CORPS = 10.0


@pytest.fixture(autouse=True)
def avec_polices() -> None:
    polices.enregistrer()


def mises(texte: str, place: float) -> list[str]:
    return ["".join(f.texte for f, _ in ligne) for ligne in lignes((Fragment(texte, NORMAL),), CORPS, place)]


@pytest.mark.parametrize(
    ("texte", "mesure", "attendues"),
    [
        ("un deux", "un deux", ["un deux"]),
        ("un deux", "deux", ["un", "deux"]),
        ("un deux trois", "un deux", ["un deux", "trois"]),
        ("un\ndeux", "un deux", ["un", "deux"]),
        ("un\n\ndeux", "un deux", ["un", "", "deux"]),
        (" un ", "un", ["un"]),
        ("abcdef", "abc", ["abc", "def"]),
        ("abcdefg", "abc", ["abc", "def", "g"]),
        ("", "un", [""]),
        ("a abcdef", "abc", ["a", "abc", "def"]),
        ("un deux trois quatre", "un deux trois", ["un deux trois", "quatre"]),
    ],
)
def test_une_ligne_finit_ou_elle_est_pleine(texte: str, mesure: str, attendues: list[str]) -> None:
    juste = largeur(mesure, NORMAL, CORPS)
    assert mises(texte, juste) == attendues
    # A hair less, and what just fitted no longer does.
    assert mises(texte, juste + 0.5) == attendues
    if mesure in attendues and len(mesure.split()) > 1:
        assert mises(texte, juste - 0.5) != attendues


CONTENUS: dict[str, Contenu] = {
    "mêlé": (
        "un ",
        Texte("mot gras", gras=True),
        " collé",
        Texte("ici", italique=True),
        " ",
        Manque("DPO"),
        ".",
    ),
    "coupé": ("foyer-logement de l’Hay-les-Roses, 06 000 001 5, 12 345 €, 01/02/2023",),
    "arabe": ("le mot مرحبا بكم dans la phrase",),
    "démesuré": "x" * 30 + " " + "06\u00a0000\u00a0001\u00a05",
    "alinéas": "un\ndeux trois\n\nquatre",
}


@pytest.mark.parametrize("place", [200.0, 90.0, 45.0, 20.0])
def test_les_lignes_de_chaque_contenu(place: float) -> None:
    dites = []
    for nom, contenu in CONTENUS.items():
        faits = fragments(contenu, Nettoyeur(arabe=True))
        dites.append(f"== {nom}")
        for ligne in lignes(faits, CORPS, place):
            dites.append(
                " + ".join(
                    f"« {f.texte} » {f.police}{' manque' if f.manque else ''} {large:.2f}"
                    for f, large in ligne
                )
            )
        dites += en_lignes(exigence(faits))
        dites.append(f"le plus long {mot_le_plus_long(faits, CORPS):.2f}")
    comparer(ATTENDUS / f"lignes-{place:.0f}.txt", dites)


def test_tout_en_gras() -> None:
    assert {f.police for f in fragments(("un", Texte("deux", italique=True)), Nettoyeur(), en_gras=True)} == {
        polices.GRAS,
        polices.GRAS_ITALIQUE,
    }
    assert [f.police for f in fragments(Texte("x", italique=True), Nettoyeur())] == [polices.ITALIQUE]
