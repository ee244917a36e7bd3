"""The package of our Word files: settings, embedded font, page, header and footer, metadata, bytes that never vary."""

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import docx
from docx.document import Document as Fichier
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from esms_desktop import assets, francais
from esms_desktop.documents.arbre.arbre import Document
from esms_desktop.documents.docx import styles as docx_styles
from esms_desktop.documents.docx.numeros import Suite
from esms_desktop.documents.docx.tableau import cellule, grille, proprietes
from esms_desktop.documents.docx.texte_office import une_ligne
from esms_desktop.documents.docx.xml import champ, el, espace, paragraphe, run
from esms_desktop.documents.pdf import style as s

AUTEUR = "ESMS Desktop"
_TYPE_POLICES = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_TYPE_POLICE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RT_POLICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_RT_EFFETS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_POLICES = (
    ("embedRegular", "fonts/IBMPlexSans-Regular.ttf"),
    ("embedBold", "fonts/IBMPlexSans-Bold.ttf"),
    ("embedItalic", "fonts/IBMPlexSans-Italic.ttf"),
)
_DOSSIER_POLICES = "word/fonts/"
# Past as many characters, a name in the header or the footer ends with an ellipsis: two lines at most.
_LONGUEUR = 105
# Half the time of zlib's usual level for 3 % more: the same fonts are packed in each file of a filing.
_TASSER_POLICE = 4
# Parts of the library's model that say nothing of our document.
_INUTILES = (RT.FONT_TABLE, RT.CUSTOM_XML, RT.WEB_SETTINGS, _RT_EFFETS)


@cache
def _police(chemin: str) -> tuple[str, bytes]:
    """The key and the bytes of a font as Word embeds it: its first 32 bytes mixed with the key (ECMA-376 part 4, § 2.8.1)."""
    cle = uuid.uuid5(uuid.NAMESPACE_URL, chemin)
    octets = bytearray(assets.octets(chemin))
    for i, masque in enumerate(cle.bytes[::-1] * 2):
        octets[i] ^= masque
    return f"{{{str(cle).upper()}}}", bytes(octets)


def _joindre_polices(fichier: Fichier) -> None:
    paquet = fichier.part.package
    table = Part(PackURI("/word/fontTable.xml"), _TYPE_POLICES, b"", paquet)
    references = ""
    for rang, (role, chemin) in enumerate(_POLICES):
        cle, octets = _police(chemin)
        police = Part(PackURI(f"/{_DOSSIER_POLICES}font{rang}.odttf"), _TYPE_POLICE, octets, paquet)
        references += f'<w:{role} r:id="{table.relate_to(police, _RT_POLICE)}" w:fontKey="{cle}"/>'
    contenu = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:fonts {nsdecls("w", "r")}><w:font w:name="{docx_styles.POLICE}">'
        f'<w:altName w:val="{docx_styles.POLICE_DE_SECOURS}"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
        f'<w:pitch w:val="variable"/>{references}</w:font></w:fonts>'
    )
    complete = Part(table.partname, _TYPE_POLICES, contenu.encode(), paquet)
    for relation in table.rels.values():
        complete.rels.add_relationship(relation.reltype, relation.target_part, relation.rId)
    fichier.part.relate_to(complete, RT.FONT_TABLE)


def _reglages(fichier: Fichier, langue: str) -> None:
    xml = (
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/>'
        '<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{langue}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )
    _remplacer(fichier.settings.element, list(parse_xml(xml)))


def _remplacer(element: Any, enfants: list[Any]) -> None:
    for ancien in list(element):
        element.remove(ancien)
    for enfant in enfants:
        element.append(enfant)


def ouvrir(langue: str, listes: int, titres: Sequence[Suite] = (), lettre: bool = False) -> Fichier:
    """An empty document with our styles, settings and font.

    Args:
        langue: language tag, fr-FR.
        listes: how many numbered lists it will hold, each starting at 1.
        titres: the lists its headings follow.
        lettre: it is a letter, set closer.
    """
    fichier = docx.Document(io.BytesIO(_vierge(langue, lettre)))
    _remplacer(fichier.part.numbering_part.element, docx_styles.numerotation(listes, titres))
    _joindre_polices(fichier)
    return fichier


@cache
def _vierge(langue: str, lettre: bool) -> bytes:
    """The library's model rid of what is not ours, with our styles and settings: made once, read for each file."""
    fichier = docx.Document()
    for identifiant, relation in list(fichier.part.rels.items()):
        if relation.reltype in _INUTILES:
            fichier.part.drop_rel(identifiant)
    relations = fichier.part.package.rels
    for identifiant, relation in list(relations.items()):
        if relation.reltype in (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES):
            relations.pop(identifiant)
    _remplacer(fichier.styles.element, docx_styles.styles(langue, lettre))
    # The numbering of the model is long, and replaced in each file.
    _remplacer(fichier.part.numbering_part.element, [])
    _reglages(fichier, langue)
    vierge = io.BytesIO()
    fichier.save(vierge)
    return vierge.getvalue()


def _ligne(cellules: list[Any], largeurs: list[float]) -> Any:
    table = el("tbl", proprietes(largeur=s.LARGEUR), grille(largeurs))
    table.tblPr.append(el("tblCellMar", el("left", w="0", type="dxa"), el("right", w="0", type="dxa")))
    table.append(el("tr", *cellules))
    return table


def _filet(cote: str) -> Any:
    bord = el(cote, val="single", sz="4", space="0", color=docx_styles.couleur(s.FILET))
    return el("tcBorders", bord)


def encadrer_pages(fichier: Fichier, document: Document, jour: date) -> None:
    """Page size and margins, then what each page carries: dossier, draft notice, title; porteur, day, page number."""
    section = fichier.sections[0]
    section.page_width, section.page_height = Pt(s.PAGE_L), Pt(s.PAGE_H)
    section.left_margin = section.right_margin = Pt(s.MARGE)
    if document.lettre:
        section.top_margin, section.bottom_margin = Pt(s.HAUT_LETTRE), Pt(s.BAS_LETTRE)
        section.header_distance, section.footer_distance = Pt(20), Pt(16)
        # Its own head stands on the first page.
        section.different_first_page_header_footer = True
        _premiere(section.first_page_header, document)
        _pied(section.first_page_footer, document, jour)
    else:
        section.top_margin, section.bottom_margin = Pt(s.MARGE_HAUT), Pt(s.MARGE_BAS)
        section.header_distance, section.footer_distance = Pt(30), Pt(28)
    _entete(section.header, document)
    _pied(section.footer, document, jour)


def _premiere(entete: Any, document: Document) -> None:
    """The head of the first page of a letter: the notice of a draft, when it is one."""
    avis = [_avis(document.brouillon)] if document.brouillon else []
    _remplacer(entete.part.element, avis or [espace(1)])


def _avis(brouillon: str) -> Any:
    fond = el("shd", val="clear", color="auto", fill=docx_styles.couleur(s.FOND_ALERTE))
    return paragraphe("Avis", *run(une_ligne(brouillon, 60)), reglages=(fond, el("jc", val="center")))


def _entete(entete: Any, document: Document) -> None:
    droite = (el("jc", val="right"),)
    nom = paragraphe("Header", *run(une_ligne(document.dossier_nom, _LONGUEUR)))
    titre = paragraphe("Header", *run(une_ligne(document.titre, _LONGUEUR)), reglages=droite)
    if document.brouillon:
        milieu = 130.0
        cote = (s.LARGEUR - milieu) / 2
        avis = _avis(document.brouillon)
        largeurs = [cote, milieu, cote]
        contenus = [[nom], [avis], [titre]]
    else:
        largeurs = [s.LARGEUR / 2, s.LARGEUR / 2]
        contenus = [[nom], [titre]]
    cellules = [
        cellule(large, [*contenu, espace(5)], _filet("bottom"))
        for large, contenu in zip(largeurs, contenus, strict=True)
    ]
    _remplacer(entete.part.element, [_ligne(cellules, largeurs), espace(1)])


def _pied(pied: Any, document: Document, jour: date) -> None:
    texte = " · ".join(p for p in (une_ligne(document.porteur, _LONGUEUR), francais.date_longue(jour)) if p)
    folio = paragraphe(
        "Footer",
        *run("page\u00a0"),
        *champ("PAGE", "1"),
        *run("\u00a0/\u00a0"),
        *champ("NUMPAGES", "1"),
        reglages=(el("jc", val="right"),),
    )
    largeurs = [s.LARGEUR - 70, 70.0]
    cellules = [
        cellule(large, [espace(5), contenu], _filet("top"))
        for large, contenu in zip(largeurs, (paragraphe("Footer", *run(texte)), folio), strict=True)
    ]
    paraphes = [paragraphe("Footer", *run(_paraphes(document.paraphes)))] if document.paraphes else []
    _remplacer(pied.part.element, [_ligne(cellules, largeurs), *(paraphes or [espace(1)])])


def _paraphes(nombre: int) -> str:
    """The place of the initials of each party."""
    return "Paraphes\u00a0: " + "   ".join(["………………"] * nombre)


def signer(fichier: Fichier, document: Document, jour: date) -> None:
    """The metadata of the file."""
    instant = datetime.combine(jour, time(), UTC)
    proprietes_ = fichier.core_properties
    proprietes_.title = une_ligne(document.titre, 250)
    proprietes_.subject = une_ligne(document.sous_titre or document.dossier_nom, 250)
    proprietes_.author = une_ligne(document.porteur, 250) or AUTEUR
    proprietes_.last_modified_by = AUTEUR
    proprietes_.language = document.langue
    proprietes_.comments = ""
    proprietes_.keywords = ""
    proprietes_.revision = 1
    proprietes_.created = proprietes_.modified = instant


def octets(fichier: Fichier, jour: date) -> bytes:
    """The file as bytes; each member is dated `jour`, so that the same document gives the same bytes."""
    final = io.BytesIO()
    with zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as sortie:
        for nom, contenu in _membres(fichier.part.package):
            info = zipfile.ZipInfo(nom, (max(jour.year, 1980), jour.month, jour.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            # The same on every system.
            info.create_system = 3
            niveau = _TASSER_POLICE if nom.startswith(_DOSSIER_POLICES) else None
            sortie.writestr(info, contenu, compresslevel=niveau)
    return final.getvalue()


def _membres(paquet: OpcPackage) -> Iterator[tuple[str, bytes]]:
    """The members of the package (ECMA-376 part 2): types, relationships, then each part with its own relationships.

    `save` would deflate all of it, fonts included, only for it to be read back and packed again with its dates.
    """
    parts: list[Any] = paquet.parts
    for part in parts:
        part.before_marshal()
    types = "".join(f'<Override PartName="{p.partname}" ContentType="{p.content_type}"/>' for p in parts)
    yield (
        "[Content_Types].xml",
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{CT.OPC_RELATIONSHIPS}"/>{types}</Types>'
        ).encode(),
    )
    yield "_rels/.rels", _xml(paquet.rels)
    for part in parts:
        yield part.partname.membername, part.blob
        if len(part.rels):
            yield PackURI(part.partname.rels_uri).membername, _xml(part.rels)


def _xml(relations: Relationships) -> bytes:
    xml: str | bytes = relations.xml
    return xml if isinstance(xml, bytes) else xml.encode()
