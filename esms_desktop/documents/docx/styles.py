"""The styles of our Word files: what Word shows in its gallery, the same look as the printed page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from esms_desktop.documents.docx.numeros import Suite, definitions
from esms_desktop.documents.docx.xml import STYLE_MANQUE, twips
from esms_desktop.documents.pdf import style as s

POLICE = "IBM Plex Sans"
# What Word takes when it may not read the embedded font.
POLICE_DE_SECOURS = "Calibri"
CORPS = 10.0
CORPS_TABLEAU = 9.0
TABLE = "TableauESMS"
# What is left of the height of a line in a letter.
_SERRE = 0.84


def couleur(valeur: Any) -> str:
    """A colour of the printed page as Word writes it: RRGGBB."""
    return s.hexa(valeur)[1:].upper()


@dataclass(frozen=True)
class _Style:
    """A paragraph style; sizes and spaces in points. `plus`: other paragraph properties, after spacing in the schema.

    `exact`: lines are never higher, whatever the letters ask for.
    """

    id: str
    nom: str
    corps: float = CORPS
    interligne: float = 14.2
    avant: float = 0
    apres: float = 6.5
    encre: Any = s.ENCRE
    gras: bool = False
    base: str = "Normal"
    suivant: str = ""
    niveau: int | None = None
    garde: bool = False
    debut: str = ""
    plus: str = ""
    exact: bool = False


_TABS_SOMMAIRE = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(s.LARGEUR)}"/></w:tabs>'
_FILET = f'<w:pBdr><w:top w:val="single" w:sz="20" w:space="1" w:color="{couleur(s.ACCENT)}"/></w:pBdr>'


def _liste(numero: int) -> str:
    return f'<w:numPr><w:numId w:val="{numero}"/></w:numPr>'


# Word keeps the larger of two spaces that meet, the printed page adds them: headings ask here for their sum.
STYLES = (
    _Style("Normal", "Normal", base=""),
    _Style("Title", "Title", 21, 26, 0, 4, gras=True, suivant="Subtitle", garde=True),
    _Style("Subtitle", "Subtitle", 11.5, 15.5, 0, 8, s.DISCRET, suivant="Normal", garde=True),
    _Style("Heading1", "heading 1", 13, 17, 21.5, 6, s.ACCENT, True, suivant="Normal", niveau=0, garde=True),
    _Style("Heading2", "heading 2", 11, 14.5, 15.5, 4, gras=True, suivant="Normal", niveau=1, garde=True),
    _Style(
        "Heading3", "heading 3", 10, 13.4, 12.5, 3, s.DISCRET, True, suivant="Normal", niveau=2, garde=True
    ),
    _Style("Discret", "Discret", 9, 12.2, encre=s.DISCRET),
    _Style("ListBullet", "List Bullet", apres=3.2, debut=_liste(1)),
    _Style("ListNumber", "List Number", apres=3.2, debut=_liste(2)),
    _Style("Caption", "caption", 8, 11.4, 3, 4, s.DISCRET, suivant="Normal"),
    _Style("Header", "header", 7.5, 9, 0, 0, s.DISCRET),
    _Style("Avis", "Avis", 7.5, 11, 0, 0, s.ALERTE, True, "Header"),
    _Style("Footer", "footer", 7.5, 9, 0, 0, s.DISCRET),
    _Style("Cellule", "Cellule", CORPS_TABLEAU, 11.8, 0, 0),
    _Style("CelluleEntete", "Cellule en-tête", CORPS_TABLEAU, 11.8, 0, 0, s.DISCRET, True, "Cellule"),
    _Style("CelluleTotal", "Cellule total", CORPS_TABLEAU, 11.8, 0, 0, gras=True, base="Cellule"),
    _Style("Encadre", "Encadré", CORPS, 13.6, 0, 0),
    _Style("Emetteur", "Émetteur", 13, 16.5, 0, 4, s.ACCENT, True, suivant="Correspondant", garde=True),
    _Style("Correspondant", "Correspondant", CORPS, 12.8, 0, 0),
    _Style("BlocSignature", "Bloc signature", 10, 13, 0, 0),
    _Style(
        "SignatureInvite",
        "Signature, invite",
        CORPS,
        12,
        5,
        0,
        s.DISCRET,
        base="BlocSignature",
        debut=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="5" w:color="{couleur(s.FILET)}"/></w:pBdr>',
    ),
    _Style("Filet", "Filet", 2, 6, 8, 4, debut=_FILET, plus=f'<w:ind w:right="{twips(s.LARGEUR - 42)}"/>'),
    _Style("Espace", "Espace", 2, 2, 0, 0, exact=True),
    _Style("TOCHeading", "TOC Heading", 13, 17, 4, 8, s.ACCENT, True, suivant="Normal", garde=True),
    _Style("TOC1", "toc 1", CORPS, 14.2, 0, 4, debut=_TABS_SOMMAIRE),
    _Style("TOC2", "toc 2", CORPS, 13, 0, 2.5, s.DISCRET, debut=_TABS_SOMMAIRE, plus='<w:ind w:left="280"/>'),
)
# The styles Word does not know by itself.
_MAISON = {
    "Avis",
    "Discret",
    "Cellule",
    "CelluleEntete",
    "CelluleTotal",
    "Encadre",
    "BlocSignature",
    "SignatureInvite",
    "Filet",
    "Espace",
}


def _xml(style: _Style) -> str:
    defaut = ' w:default="1"' if style.id == "Normal" else ""
    maison = ' w:customStyle="1"' if style.id in _MAISON else ""
    demi = round(style.corps * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"{defaut}{maison}><w:name w:val="{style.nom}"/>'
        + (f'<w:basedOn w:val="{style.base}"/>' if style.base else "")
        + (f'<w:next w:val="{style.suivant}"/>' if style.suivant else "")
        + '<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>'
        + ("<w:keepNext/><w:keepLines/>" if style.garde else "")
        + style.debut
        + f'<w:spacing w:before="{twips(style.avant)}" w:after="{twips(style.apres)}"'
        + f' w:line="{twips(style.interligne)}" w:lineRule="{"exact" if style.exact else "atLeast"}"/>'
        + style.plus
        + (f'<w:outlineLvl w:val="{style.niveau}"/>' if style.niveau is not None else "")
        + "</w:pPr><w:rPr>"
        + ("<w:b/><w:bCs/>" if style.gras else "")
        + f'<w:color w:val="{couleur(style.encre)}"/><w:sz w:val="{demi}"/><w:szCs w:val="{demi}"/>'
        + "</w:rPr></w:style>"
    )


def _serre(style: _Style) -> _Style:
    """A style of a letter: less white between lines and paragraphs, the same letters."""
    if style.id not in ("Normal", "ListBullet", "Cellule", "CelluleEntete"):
        return style
    return replace(style, interligne=style.interligne * _SERRE, apres=style.apres * 0.35, exact=True)


def _defauts(langue: str) -> str:
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{POLICE}" w:hAnsi="{POLICE}" w:eastAsia="{POLICE}" w:cs="Arial"/>'
        f'<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{langue}" w:eastAsia="{langue}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )


def _caracteres() -> str:
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{STYLE_MANQUE}"><w:name w:val="À compléter"/>'
        f'<w:uiPriority w:val="1"/><w:qFormat/><w:rPr><w:b/><w:bCs/><w:color w:val="{couleur(s.MANQUE)}"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{couleur(s.FOND_MANQUE)}"/></w:rPr></w:style>'
    )


def _tables() -> str:
    filet, accent = couleur(s.FILET), couleur(s.ACCENT)
    # The padding of the printed page, less half a rule and what bolder, larger words take.
    marges = "".join(
        f'<w:{cote} w:w="{v}" w:type="dxa"/>'
        for cote, v in (("top", 75), ("left", 60), ("bottom", 75), ("right", 60))
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Tableau ESMS"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr><w:tblBorders>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{filet}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{filet}"/></w:tblBorders>'
        f"<w:tblCellMar>{marges}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{couleur(s.FOND)}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>'
        f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{accent}"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{couleur(s.FOND_ACCENT)}"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


def styles(langue: str, lettre: bool = False) -> list[Any]:
    """The children of the styles part: defaults, then every style. Latent styles are left to Word.

    Args:
        lettre: set closer, so that a letter stands on one page as its printed twin does.
    """
    choisis = (_serre(style) for style in STYLES) if lettre else STYLES
    contenu = _defauts(langue) + "".join(_xml(style) for style in choisis) + _caracteres() + _tables()
    return list(parse_xml(f"<w:styles {nsdecls('w')}>{contenu}</w:styles>"))


def _niveau(genre: str, motif: str) -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{genre}"/><w:lvlText w:val="{motif}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="280" w:hanging="220"/></w:pPr></w:lvl>'
    )


def premier_titre(listes: int) -> int:
    """The number of the first list of headings, after those of the text."""
    return 3 + listes


def numerotation(listes: int, titres: Sequence[Suite] = ()) -> list[Any]:
    """The children of the numbering part: 1 is the bullet, 2 the style, then one restart per numbered list (3, 4…), then headings."""
    abstraits = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:multiLevelType w:val="singleLevel"/>{niveau}</w:abstractNum>'
        for i, niveau in enumerate((_niveau("bullet", "•"), _niveau("decimal", "%1.")))
    )
    nums = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    nums += '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    nums += "".join(
        f'<w:num w:numId="{3 + i}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for i in range(listes)
    )
    looks, suites = definitions(titres, 2, premier_titre(listes))
    return list(parse_xml(f"<w:numbering {nsdecls('w')}>{abstraits}{looks}{nums}{suites}</w:numbering>"))
