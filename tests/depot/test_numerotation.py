"""The page numbers: their words, the place of each on a page of any size, rotation and origin."""

import re
from decimal import Decimal

import pytest
from pikepdf import Array, Dictionary, Name, Page, Pdf

from esms_desktop.depot.reunion.numerotation import boite_visible, isoler, libelle, numeroter, rotation

A4 = (0, 0, 595.28, 841.89)


def page(pdf: Pdf, boite: object = A4, **cles: object) -> Page:
    """A page of that box, with other keys."""
    ajoutee = pdf.add_blank_page(page_size=(100, 100))
    if boite is not None:
        ajoutee.obj[Name.MediaBox] = Array([Decimal(str(v)) for v in boite])  # type: ignore[attr-defined]
    else:
        del ajoutee.obj[Name.MediaBox]
    for cle, valeur in cles.items():
        ajoutee.obj[Name(f"/{cle}")] = Array(valeur) if isinstance(valeur, list) else valeur
    return ajoutee


@pytest.mark.parametrize(
    ("numero", "total", "volume", "dit"),
    [(1, 9, 0, "Dossier p. 1 / 9"), (12, 40, 2, "Dossier vol. 2 p. 12 / 40")],
)
def test_ce_qui_est_ecrit(numero: int, total: int, volume: int, dit: str) -> None:
    assert libelle(numero, total, volume) == dit


@pytest.mark.parametrize(
    ("boite", "rognee", "vue"),
    [
        ((0, 0, 200, 300), None, (0, 0, 200, 300)),
        ((200, 300, 0, 0), None, (0, 0, 200, 300)),
        ((10, 20, 200, 300), [0, 30, 150, 900], (10, 30, 150, 300)),
        ((0, 0, 200, 300), [50, 60, 50.5, 200], (0, 0, 200, 300)),
        ((0, 0, 200, 300), [500, 500, 600, 600], (0, 0, 200, 300)),
        ((0, 0, 200, 300), [1, 2, 3], (0, 0, 200, 300)),
        ((0, 0, 1, 300), None, (0, 0, 595.28, 841.89)),
        ((0, 0, 300, 1), None, (0, 0, 595.28, 841.89)),
        (None, None, (0, 0, 595.28, 841.89)),
        ((0, 0, 200, 300), [0, 0, 1.5, 1.5], (0, 0, 1.5, 1.5)),
    ],
)
def test_ce_qu_un_lecteur_voit_de_la_page(
    boite: object, rognee: list[float] | None, vue: tuple[float, ...]
) -> None:
    with Pdf.new() as pdf:
        cles = {} if rognee is None else {"CropBox": [Decimal(str(v)) for v in rognee]}
        assert boite_visible(page(pdf, boite, **cles)) == pytest.approx(vue)


@pytest.mark.parametrize(
    ("valeur", "tourne"),
    [(0, 0), (90, 90), (-90, 270), (450, 90), (180, 180), (45, 0), (Name.X, 0), (None, 0)],
)
def test_de_combien_la_page_tourne(valeur: object, tourne: int) -> None:
    with Pdf.new() as pdf:
        cles = {} if valeur is None else {"Rotate": valeur}
        assert rotation(page(pdf, A4, **cles)) == tourne


# Right edge 62.36 pt and foot 17 pt from the visible corner on an A4; the same at the scale of any other page.
@pytest.mark.parametrize(
    ("boite", "cles", "echelle", "sens", "coin"),
    [
        (A4, {}, 1.0, (1, 0, 0, 1), (595.28, 0)),
        ((0, 0, 841.89, 595.28), {}, 1.0, (1, 0, 0, 1), (841.89, 0)),
        ((100, 50, 695.28, 891.89), {"Rotate": 90}, 1.0, (0, 1, -1, 0), (695.28, 891.89)),
        (A4, {"Rotate": 180}, 1.0, (-1, 0, 0, -1), (0, 841.89)),
        ((100, 50, 695.28, 891.89), {"Rotate": 270}, 1.0, (0, -1, 1, 0), (100, 50)),
        ((0, 0, 1190.56, 1683.78), {}, 2.0, (1, 0, 0, 1), (1190.56, 0)),
        ((0, 0, 100, 100), {}, 0.35, (1, 0, 0, 1), (100, 0)),
        ((0, 0, 9000, 9000), {}, 4.0, (1, 0, 0, 1), (9000, 0)),
        (A4, {"UserUnit": 2}, 1.0, (1, 0, 0, 1), (595.28, 0)),
        (A4, {"UserUnit": 0}, 1.0, (1, 0, 0, 1), (595.28, 0)),
    ],
)
def test_ou_le_numero_se_pose(
    boite: object, cles: dict[str, object], echelle: float, sens: object, coin: tuple[float, float]
) -> None:
    with Pdf.new() as pdf:
        posee = page(pdf, boite, **cles)
        numeroter(pdf)
        tampon = posee.obj[Name.Contents][-1].read_bytes().decode()
        nombres = [float(x) for x in re.findall(r"-?\d+(?:\.\d+)?(?= )", tampon)]
        assert tuple(nombres[:4]) == sens
        a, b, c, d = nombres[:4]
        x, y = nombres[4:6]
        marge_x, marge_y, large, haut = nombres[7:11]
        # The left end of the words and their foot, from the corner, along the way the page is read.
        dx, dy = x - coin[0], y - coin[1]
        le_long, au_dessus = dx * a + dy * b, dx * c + dy * d
        mots = large + 2 * marge_x
        assert -le_long == pytest.approx(62.36 * echelle + mots, abs=0.05)
        assert au_dessus == pytest.approx(17.0 * echelle, abs=0.05)
        assert (marge_x, marge_y) == (pytest.approx(-2.2 * echelle, abs=0.01),) * 2
        assert haut == pytest.approx((7.2 + 2.2) * echelle, abs=0.02)
        assert f" {7.2 * echelle:.2f} Tf" in tampon and " 1 g " in tampon and "0.357 0.392 0.439 rg" in tampon
        # Seven points two high, seventeen letters: about eight times as wide as high.
        assert 6 < mots / (7.2 * echelle) < 9


def test_une_page_etrangere_est_enfermee() -> None:
    with Pdf.new() as pdf:
        posee = page(pdf, (5, 6, 205, 306), Resources=Dictionary(Font=Dictionary()))
        posee.obj[Name.Contents] = pdf.make_stream(b"q 1 0 0 1 9 9 cm")
        isoler(pdf, posee)
        forme = posee.obj[Name.Resources][Name.XObject][Name.EsmsPage]
        assert [float(v) for v in forme[Name.BBox]] == [5, 6, 205, 306]
        assert forme.read_bytes().split() == b"q 1 0 0 1 9 9 cm".split()
        assert posee.obj[Name.Contents].read_bytes() == b"q /EsmsPage Do Q"
        numeroter(pdf, 3)
        assert b"(Dossier vol. 3 p. 1 / 1)" in posee.obj[Name.Contents][-1].read_bytes()
        assert Name.EsmsFolio in posee.obj[Name.Resources][Name.Font]
