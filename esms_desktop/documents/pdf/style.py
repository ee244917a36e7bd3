"""The look of the printed page: measures, colours, paragraph styles."""

from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from esms_desktop.documents.pdf.polices import GRAS, NORMAL

PAGE_L, PAGE_H = A4
MARGE = 22 * mm
MARGE_HAUT = 27 * mm
MARGE_BAS = 23 * mm
LARGEUR = PAGE_L - 2 * MARGE
HAUTEUR = PAGE_H - MARGE_HAUT - MARGE_BAS

# A letter has no running header on its first page: its own head stands higher.
HAUT_LETTRE = 15 * mm
BAS_LETTRE = 16 * mm

ENCRE = HexColor("#1b1f24")
DISCRET = HexColor("#5b6470")
FILET = HexColor("#e1e4e8")
TRAIT = HexColor("#b4bcc6")
FOND = HexColor("#f6f7f8")
ACCENT = HexColor("#0b5a6f")
FOND_ACCENT = HexColor("#e8f1f3")
ALERTE = HexColor("#9a5b00")
FOND_ALERTE = HexColor("#fdf0d9")
BLANC = HexColor("#ffffff")
# The four levels of a risk, the lightest first: ink stays readable on each.
RISQUES = (HexColor("#dff0e6"), HexColor("#fdf2d6"), HexColor("#fbdcc4"), HexColor("#f5c1be"))
MANQUE = HexColor("#b3261e")
FOND_MANQUE = HexColor("#fbe6e4")

# No text of a page is under it, no table under the next, but the head and the foot of the page, notes and drawings.
CORPS = 10.0
CORPS_TABLEAU = 9.0
INTERLIGNE_TABLEAU = 11.8


def hexa(couleur: Color) -> str:
    """The colour as paragraph markup writes it: #rrggbb."""
    return f"#{int(couleur.hexval(), 16):06x}"


def _style(nom: str, **reglages: Any) -> ParagraphStyle:
    base: dict[str, Any] = {
        "fontName": NORMAL,
        "bulletFontName": NORMAL,
        "fontSize": CORPS,
        "leading": 14.2,
        "textColor": ENCRE,
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        "spaceAfter": 6.5,
    }
    return ParagraphStyle(nom, **(base | reglages))


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Every paragraph style, by name."""
    tous = (
        _style("normal"),
        _style("discret", fontSize=9.0, leading=12.2, textColor=DISCRET),
        _style("liste", leftIndent=14, bulletIndent=3, spaceAfter=3.2),
        _style("document", fontName=GRAS, fontSize=21, leading=26, spaceAfter=4),
        _style("sous-titre", fontSize=11.5, leading=15.5, textColor=DISCRET, spaceAfter=0),
        _style(
            "titre1", fontName=GRAS, fontSize=13.2, leading=17, textColor=ACCENT, spaceBefore=15, spaceAfter=6
        ),
        _style("titre2", fontName=GRAS, fontSize=10.8, leading=14.5, spaceBefore=9, spaceAfter=4),
        _style(
            "titre3",
            fontName=GRAS,
            fontSize=10.0,
            leading=13.4,
            textColor=DISCRET,
            spaceBefore=6,
            spaceAfter=3,
        ),
        _style("info", leftIndent=13, rightIndent=10, spaceBefore=9, spaceAfter=13, leading=13.6),
        _style("alerte", leftIndent=13, rightIndent=10, spaceBefore=9, spaceAfter=13, leading=13.6),
    )
    return {s.name: s for s in tous}
