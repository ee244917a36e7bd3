"""What a printed Gantt draws, read back from its content: rectangles with their colour, diamonds, sizes of letters."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf


@dataclass(frozen=True)
class Forme:
    """A filled shape: its colour as #rrggbb, its box in points."""

    couleur: str
    x: float
    y: float
    large: float
    haut: float


def _hexa(valeurs: list[float]) -> str:
    return "#" + "".join(f"{round(v * 255):02x}" for v in valeurs)


def formes(octets: bytes) -> list[list[Forme]]:
    """The filled shapes of each page, in the order they are drawn."""
    with pikepdf.open(BytesIO(octets)) as pdf:
        return [list(_formes(page)) for page in pdf.pages]


def _formes(page: pikepdf.Page) -> Iterator[Forme]:
    couleur, xs, ys = "", [], []
    for operandes, operateur in pikepdf.parse_content_stream(page):
        nom = str(operateur)
        nombres = [float(o) for o in operandes] if nom in ("rg", "re", "m", "l") else []
        if nom == "rg":
            couleur = _hexa(nombres)
        elif nom == "re":
            x, y, large, haut = nombres
            xs, ys = [x, x + large], [y, y + haut]
        elif nom in ("m", "l"):
            xs, ys = ([], []) if nom == "m" else (xs, ys)
            xs.append(nombres[0])
            ys.append(nombres[1])
        elif nom in ("f", "f*", "b", "B", "b*", "B*"):
            yield Forme(couleur, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def corps(octets: bytes) -> set[float]:
    """The sizes of letters used."""
    with pikepdf.open(BytesIO(octets)) as pdf:
        return {
            float(operandes[1])
            for page in pdf.pages
            for operandes, operateur in pikepdf.parse_content_stream(page)
            if str(operateur) == "Tf"
        }
