"""A Word file as a text: its paragraphs and tables with what sets them, its styles, its headers, what it says of itself."""

import io
import re
import zipfile

import docx
from lxml import etree

_PARTIES = re.compile(r"word/(document|header\d*|footer\d*|numbering|settings|fontTable)\.xml")
_BRUIT = re.compile(r"(rsid\w*|paraId|textId|nsid|tmpl|durableId)$")


def lire(octets: bytes) -> list[str]:
    """Every part we write, one element a line, then the styles we set."""
    lignes = []
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        for nom in sorted(n for n in archive.namelist() if _PARTIES.fullmatch(n)):
            lignes += [f"== {nom}", *_element(etree.fromstring(archive.read(nom)), "")]
    fichier = docx.Document(io.BytesIO(octets))
    p = fichier.core_properties
    lignes.append(f"== {p.title} · {p.subject} · {p.author} · {p.language} · {p.keywords} · {p.created}")
    for style in fichier.styles:
        if (
            style.type is not None
            and style.type.name in ("PARAGRAPH", "CHARACTER")
            and (style.font.size or style.font.bold)
        ):
            lignes.append(f"style {style.name} : {' '.join(_element(style.element, ''))}")
    return lignes


def _element(element: etree._Element, marge: str) -> list[str]:
    nom = _court(element.tag)
    if nom.endswith("Pr") or not len(element):
        return [marge + _tout(element)]
    return [marge + _tete(element), *(x for enfant in element for x in _element(enfant, marge + " "))]


def _tete(element: etree._Element) -> str:
    attributs = " ".join(
        f"{_court(k)}={v}" for k, v in sorted(element.attrib.items()) if not _BRUIT.search(_court(k))
    )
    mots = f" « {element.text} »" if element.text and element.text.strip() else ""
    return f"{_court(element.tag)}{f' {attributs}' if attributs else ''}{mots}"


def _tout(element: etree._Element) -> str:
    dedans = ", ".join(_tout(enfant) for enfant in element)
    return f"{_tete(element)}{f' ({dedans})' if dedans else ''}"


def _court(nom: str) -> str:
    return str(nom).rsplit("}", 1)[-1]
