"""Attached images: each kind of points shown upright on one A4 page, with its true greys."""

import pypdfium2
import pytest
from PIL import Image, TiffImagePlugin

from esms_desktop.depot.fichiers.images import ANIMEE, POINTS_MAX, PRINCIPALE, image_en_pdf
from esms_desktop.errors import ErreurPiece
from tests.depot import fabrique_images as fi
from tests.depot.fabrique_images import HEIC_DEUX_VUES, HEIC_DROITE, HEIC_TOURNEE, octets

# What undoes each way of holding a camera.
_TOURS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}


def tourner(droite: Image.Image, orientation: int) -> Image.Image:
    """The points as a camera held so would write them."""
    return droite if orientation == 1 else droite.transpose(Image.Transpose(_TOURS[orientation]))


def montree(pdf: bytes) -> Image.Image:
    """The page as it is seen, one point a pixel."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return document[0].render(scale=1).to_pil().convert("RGB")


def centre(pdf: bytes) -> tuple[int, ...]:
    vue = montree(pdf)
    return vue.getpixel((vue.width // 2, vue.height // 2))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("image", "genre", "extension", "couleur"),
    [
        (Image.new("I;16", (60, 60), 0x8000), "PNG", ".png", (128, 128, 128)),
        (Image.new("L", (60, 60), 77), "PNG", ".png", (77, 77, 77)),
        (Image.new("1", (60, 60), 1), "PNG", ".png", (255, 255, 255)),
        (Image.new("1", (60, 60), 0), "PNG", ".png", (0, 0, 0)),
        (Image.new("RGBA", (60, 60), (255, 0, 0, 0)), "PNG", ".png", (255, 255, 255)),
        (Image.new("RGBA", (60, 60), (0, 0, 255, 255)), "PNG", ".png", (0, 0, 255)),
        (Image.new("LA", (60, 60), (0, 0)), "PNG", ".png", (255, 255, 255)),
        (Image.new("RGB", (60, 60), (0, 128, 0)), "GIF", ".gif", (0, 128, 0)),
        (Image.new("CMYK", (64, 64), (0, 0, 0, 255)), "JPEG", ".jpg", None),
        (Image.new("L", (64, 64), 200), "JPEG", ".jpg", (200, 200, 200)),
    ],
)
def test_chaque_sorte_de_points_garde_sa_couleur(
    image: Image.Image, genre: str, extension: str, couleur: tuple[int, ...] | None
) -> None:
    lue = image_en_pdf("x", octets(image, genre), extension)
    assert (lue.pages, lue.remarques) == (1, ())
    vue = centre(lue.pdf)
    assert (
        max(vue) < 60 if couleur is None else all(abs(a - b) <= 3 for a, b in zip(vue, couleur, strict=True))
    )


def test_une_couleur_dite_transparente_ne_cache_rien() -> None:
    lue = image_en_pdf(
        "x", octets(Image.new("RGB", (60, 60), (10, 20, 30)), "PNG", transparency=(10, 20, 30)), ".png"
    )
    assert centre(lue.pdf) == (10, 20, 30)


@pytest.mark.parametrize(
    ("taille", "page"), [((400, 300), (842, 596)), ((300, 400), (596, 842)), ((50, 50), (596, 842))]
)
def test_la_page_est_un_a4_dans_le_sens_de_l_image(taille: tuple[int, int], page: tuple[int, int]) -> None:
    lue = image_en_pdf("x", octets(Image.new("RGB", taille, "teal"), "PNG"), ".png")
    assert montree(lue.pdf).size == page


def test_une_grande_image_laisse_dix_millimetres_de_marge() -> None:
    vue = montree(image_en_pdf("x", octets(Image.new("1", (1200, 1600), 0), "PNG", dpi=(72, 72)), ".png").pdf)
    milieu = vue.height // 2
    noirs = [x for x in range(vue.width) if vue.getpixel((x, milieu))[0] < 128]  # type: ignore[index]
    assert noirs[0] == pytest.approx(28.3, abs=1.5) and noirs[-1] == pytest.approx(595 - 28.3, abs=2)


def test_une_petite_image_garde_la_taille_que_dit_sa_resolution() -> None:
    vue = montree(
        image_en_pdf("x", octets(Image.new("RGB", (300, 300), "black"), "PNG", dpi=(150, 150)), ".png").pdf
    )
    large = sum(vue.getpixel((x, vue.height // 2))[0] < 128 for x in range(vue.width))  # type: ignore[index]
    assert large == pytest.approx(300 / 150 * 72, abs=2)


@pytest.mark.parametrize(("vues", "remarques"), [(1, ()), (2, (ANIMEE,))])
def test_une_image_animee_le_dit(vues: int, remarques: tuple[str, ...]) -> None:
    images = [Image.new("L", (9, 9), 40 * (i + 1)) for i in range(vues)]
    animee = octets(images[0], "GIF", save_all=True, append_images=images[1:])
    assert image_en_pdf("x", animee, ".gif").remarques == remarques


@pytest.mark.parametrize("orientation", range(1, 9))
def test_une_photographie_se_lit_droite(orientation: int) -> None:
    """The darker half is at the top of the upright picture, whatever way the camera was held."""
    brute = tourner(fi.moities(mode="L"), orientation)
    exif = fi.exif(orientation)
    vue = montree(image_en_pdf("x", octets(brute, "JPEG", exif=exif), ".jpg").pdf)
    x = vue.width // 2
    assert vue.getpixel((x, vue.height // 2 - 30))[0] < 60 < 200 < vue.getpixel((x, vue.height // 2 + 30))[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("cote", "passe"), [((POINTS_MAX // 8000, 8000), True), ((POINTS_MAX // 8000 + 1, 8000), False)]
)
def test_la_limite_est_de_soixante_millions_de_points(cote: tuple[int, int], passe: bool) -> None:
    assert POINTS_MAX == 60_000_000
    image = octets(Image.new("1", cote), "PNG")
    if passe:
        assert image_en_pdf("x", image, ".png").remarques == ()
    else:
        with pytest.raises(ErreurPiece, match="plus de 60 millions de points"):
            image_en_pdf("x", image, ".png")


@pytest.mark.parametrize("extension", [".png", ".jpg", ".gif"])
def test_une_image_coupee_est_refusee(extension: str) -> None:
    genre = {".png": "PNG", ".jpg": "JPEG", ".gif": "GIF"}[extension]
    entiere = octets(Image.effect_noise((90, 90), 90), genre)
    with pytest.raises(ErreurPiece) as dit:
        image_en_pdf("x", entiere[: len(entiere) // 2], extension)
    assert str(dit.value).replace("\u00a0", " ") == (
        "« x » est une image abîmée ou incomplète : elle ne peut pas être affichée. "
        "Numérisez ou exportez-la de nouveau, puis joignez la nouvelle image."
    )


@pytest.mark.parametrize(
    ("nom", "brute"),
    [
        ("droite.heic", HEIC_DROITE),
        ("tournee.heic", HEIC_TOURNEE),
        ("photo.webp", fi.octets(fi.moities(), "WEBP")),
        ("dessin.webp", fi.octets(fi.moities(), "WEBP", lossless=True)),
        (
            "tournee.webp",
            fi.octets(fi.moities().transpose(Image.Transpose.ROTATE_90), "WEBP", exif=fi.exif(6)),
        ),
        ("tournee.png", fi.octets(fi.moities().transpose(Image.Transpose.ROTATE_90), "PNG", exif=fi.exif(6))),
        ("a.bmp", fi.octets(fi.moities(), "BMP")),
        ("a.tif", fi.octets(fi.moities(), "TIFF")),
        ("fax.tif", fi.octets(fi.moities(mode="1"), "TIFF", compression="group4")),
        ("photo.tif", fi.octets(fi.moities(), "TIFF", compression="jpeg")),
        ("cmjn.tif", fi.octets(fi.moities(mode="CMYK"), "TIFF")),
        ("transparente.tif", fi.octets(fi.moities(mode="RGBA"), "TIFF")),
        (
            "gris16.tif",
            fi.octets(fi.moities(mode="L").convert("I").point(lambda v: v * 257).convert("I;16"), "TIFF"),
        ),
        *(
            (f"orientation-{o}.tif", fi.octets(tourner(fi.moities(), o), "TIFF", exif=fi.exif(o)))
            for o in range(2, 9)
        ),
    ],
)
def test_ce_que_le_teleservice_n_admet_pas_est_tire_droit(nom: str, brute: bytes) -> None:
    lue = image_en_pdf(nom, brute, "." + nom.rpartition(".")[2])
    vue = montree(lue.pdf)
    x, y = vue.width // 2, vue.height // 2
    assert lue.pages == 1 and vue.height > vue.width
    assert vue.getpixel((x, y - 15))[0] < 70 < 180 < vue.getpixel((x, y + 15))[0]  # type: ignore[index]


def test_une_photographie_de_plusieurs_vues_le_dit() -> None:
    lue = image_en_pdf("a.heic", HEIC_DEUX_VUES, ".heic")
    assert (lue.pages, lue.remarques) == (1, (PRINCIPALE,))


def _tiff(*vues: Image.Image, **options: object) -> bytes:
    return octets(vues[0], "TIFF", save_all=True, append_images=vues[1:], **options)


def test_les_pages_d_un_tiff_se_suivent_dans_leur_sens() -> None:
    lue = image_en_pdf(
        "a.tif",
        _tiff(Image.new("L", (90, 60), 10), Image.new("1", (60, 90), 1), Image.new("RGB", (60, 60), "red")),
        ".tif",
    )
    with pypdfium2.PdfDocument(lue.pdf) as document:
        vues = [page.render(scale=1).to_pil().convert("RGB") for page in document]
    assert lue.pages == 3 and [v.width > v.height for v in vues] == [True, False, False]
    assert [v.getpixel((v.width // 2, v.height // 2)) for v in vues] == [
        (10, 10, 10),
        (255, 255, 255),
        (255, 0, 0),
    ]


def test_la_vignette_d_un_tiff_n_est_pas_une_page() -> None:
    genre = TiffImagePlugin.ImageFileDirectory_v2()
    genre[254] = 1
    vignette = Image.new("L", (9, 9), 99)
    vignette.encoderinfo = {"tiffinfo": genre}  # type: ignore[attr-defined]
    assert image_en_pdf("a.tif", _tiff(Image.new("L", (90, 90), 10), vignette), ".tif").pages == 1


@pytest.mark.parametrize(
    ("nom", "brute", "dit"),
    [
        ("a.tif", _tiff(*[Image.new("1", (8, 8))] * 201), "compte 201 pages"),
        (
            "a.tif",
            octets(Image.new("1", (10_000, 6_001)), "TIFF", compression="group4"),
            "60 millions de points",
        ),
        (
            "a.tif",
            octets(Image.new("L", (9, 9)), "TIFF", tiffinfo={50706: b"\1\4\0\0"}),
            "photographie brute (DNG)",
        ),
        ("a.tif", octets(Image.new("L", (90, 90)), "TIFF")[:99], "ne peut pas être lue"),
        ("a.webp", octets(Image.effect_noise((90, 90), 90), "WEBP")[:400], "ne peut pas être lue"),
        ("a.bmp", octets(Image.new("L", (90, 90)), "BMP")[:900], "ne peut pas être lue"),
        ("a.heic", HEIC_DROITE[:-40], "ne peut pas être lue"),
        ("a.heic", HEIC_DROITE[:24] + bytes(400), "ne peut pas être lue"),
        ("a.tif", b"II*\0", "ne peut pas être lue"),
    ],
)
def test_une_image_qui_ne_se_lit_pas_dit_quoi_faire(nom: str, brute: bytes, dit: str) -> None:
    with pytest.raises(ErreurPiece) as erreur:
        image_en_pdf(nom, brute, "." + nom.rpartition(".")[2])
    assert dit in erreur.value.message.replace("\u00a0", " ") and erreur.value.remede
