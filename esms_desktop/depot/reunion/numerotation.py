"""The continuous page numbers of the bundle, written onto pages of any size, rotation and origin."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from esms_desktop.depot.fichiers.objets_pdf import dictionnaire, elements
from esms_desktop.documents.pdf import polices

# Everything below is in points on an A4 page, and grows or shrinks with the page.
_CORPS = 7.2
_DROITE = 62.36
_BAS = 17.0
_LARGEUR_A4 = 595.28
_HAUTEUR_A4 = 841.89
_ECHELLES = (0.35, 4.0)
_GRIS = "0.357 0.392 0.439 rg"
_CLE_POLICE = Name.EsmsFolio
_RETOUR = "Retour au sommaire"
_ALPHABET = f"Dossier vol. p. 0123456789 /{_RETOUR}"
# From the link to the number.
_ECART = 12.0
_ACCENT = "0.043 0.353 0.435 rg"

Boite = tuple[float, float, float, float]


def libelle(numero: int, total: int, volume: int = 0) -> str:
    """What is written at the foot of page `numero` (from 1) out of `total`; `volume` 0 when there is only one."""
    nom = f"Dossier vol. {volume}" if volume else "Dossier"
    return f"{nom} p. {numero} / {total}"


def _police(pdf: Pdf) -> pikepdf.Object:
    """The embedded font, reduced to the letters of the number. Its codes for them are ASCII."""
    polices.enregistrer()
    tampon = io.BytesIO()
    initiale: Any = polices.NORMAL
    toile = Canvas(tampon, initialFontName=initiale, invariant=1)
    toile.setFont(polices.NORMAL, _CORPS)
    toile.drawString(0, 0, _ALPHABET)
    toile.save()
    with Pdf.open(tampon) as source:
        (police,) = source.pages[0].obj[Name.Resources][Name.Font].values()
        return pdf.copy_foreign(source.make_indirect(police))


def _lire_boite(valeur: object) -> Boite | None:
    if not isinstance(valeur, Array) or len(valeur) != 4:
        return None
    try:
        a, b, c, d = (float(v) for v in valeur)
    except (TypeError, ValueError):
        return None
    x0, x1, y0, y1 = min(a, c), max(a, c), min(b, d), max(b, d)
    return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else None


def boite_visible(page: pikepdf.Page) -> Boite:
    """What a reader sees of the page, in its own coordinates: x0, y0, x1, y1 in units of the page."""
    feuille = _lire_boite(page.obj.get(Name.MediaBox)) or (0.0, 0.0, _LARGEUR_A4, _HAUTEUR_A4)
    rognee = _lire_boite(page.obj.get(Name.CropBox))
    if rognee is None:
        return feuille
    x0, y0 = max(feuille[0], rognee[0]), max(feuille[1], rognee[1])
    x1, y1 = min(feuille[2], rognee[2]), min(feuille[3], rognee[3])
    return (x0, y0, x1, y1) if x1 - x0 > 1 and y1 - y0 > 1 else feuille


def _nombre(valeur: object, defaut: float) -> float:
    try:
        return float(valeur)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return defaut


def rotation(page: pikepdf.Page) -> int:
    """By how much a reader turns the page clockwise: 0, 90, 180 or 270 degrees."""
    angle = int(_nombre(page.obj.get(Name.Rotate), 0)) % 360
    return angle if angle % 90 == 0 else 0


def coin_superieur(page: pikepdf.Page) -> tuple[float, float]:
    """The corner a reader sees at the upper left, in the coordinates of the page."""
    x0, y0, x1, y1 = boite_visible(page)
    return {0: (x0, y1), 90: (x0, y0), 180: (x1, y0), 270: (x1, y1)}[rotation(page)]


def isoler(pdf: Pdf, page: pikepdf.Page) -> None:
    """Shuts the content of somebody else's page in a form, so that what it leaves open cannot bend what we write.

    Boxes that make no sense are replaced at the same time: such a page would not print.
    """
    feuille = _lire_boite(page.obj.get(Name.MediaBox)) or (0.0, 0.0, _LARGEUR_A4, _HAUTEUR_A4)
    page.obj[Name.MediaBox] = Array(feuille)
    for cle in (Name.CropBox, Name.TrimBox, Name.BleedBox, Name.ArtBox):
        if cle in page.obj and _lire_boite(page.obj[cle]) is None:
            del page.obj[cle]
    if dictionnaire(page.obj.get(Name.Resources)) is None:
        page.obj[Name.Resources] = Dictionary()
    # The form is filled when the file is saved, from the page it was asked of: it is asked of a copy, so that the
    # page itself can be given other content.
    copie = pikepdf.Page(pdf.make_indirect(Dictionary(dict(page.obj.items()))))
    forme = pdf.make_indirect(copie.as_form_xobject(False))
    forme[Name.BBox] = Array(feuille)
    page.obj[Name.Contents] = pdf.make_stream(b"q /EsmsPage Do Q")
    page.obj[Name.Resources] = Dictionary(XObject=Dictionary(EsmsPage=forme))


@dataclass(frozen=True)
class _Place:
    """Where the words start, `droite` left of and `bas` above the visible lower right corner, along the way the page is read."""

    cosinus: int
    sinus: int
    x: float
    y: float

    @property
    def matrice(self) -> str:
        """As a content stream writes it."""
        c, s = self.cosinus, self.sinus
        return f"{c} {s} {-s} {c} {self.x:.2f} {self.y:.2f}"

    def rectangle(self, gauche: float, bas: float, droite: float, haut: float) -> tuple[float, ...]:
        """A box of the words in the coordinates of the page."""
        coins = [
            (self.cosinus * u - self.sinus * v + self.x, self.sinus * u + self.cosinus * v + self.y)
            for u, v in ((gauche, bas), (droite, haut))
        ]
        (x0, x1), (y0, y1) = (sorted(valeurs) for valeurs in zip(*coins, strict=True))
        return x0, y0, x1, y1


def _place(tourne: int, boite: Boite, droite: float, bas: float) -> _Place:
    x0, y0, x1, y1 = boite
    match tourne:
        case 90:
            return _Place(0, 1, x1 - bas, y1 - droite)
        case 180:
            return _Place(-1, 0, x0 + droite, y1 - bas)
        case 270:
            return _Place(0, -1, x0 + bas, y0 + droite)
        case _:
            return _Place(1, 0, x1 - droite, y0 + bas)


def _tampon(page: pikepdf.Page, texte: str, retour: bool) -> tuple[bytes, tuple[float, ...]]:
    """What is written on a page, and the place of its link to the table of contents."""
    boite, tourne = boite_visible(page), rotation(page)
    cotes = (boite[2] - boite[0], boite[3] - boite[1])
    unite = _nombre(page.obj.get(Name.UserUnit), 1.0) or 1.0
    echelle = min(max(min(cotes) * unite / _LARGEUR_A4, _ECHELLES[0]), _ECHELLES[1]) / unite
    corps = _CORPS * echelle
    large = polices.largeur(texte, polices.NORMAL, 100.0) * corps / 100
    place = _place(tourne, boite, _DROITE * echelle + large, _BAS * echelle)
    marge = 2.2 * echelle
    police = f"/{str(_CLE_POLICE).lstrip('/')} {corps:.2f} Tf"
    lien = polices.largeur(_RETOUR, polices.NORMAL, 100.0) * corps / 100 + _ECART * echelle
    # A white label first: the words stay readable on a dark scan.
    numero = (
        f"1 g {-marge:.2f} {-marge:.2f} {large + 2 * marge:.2f} {corps + marge:.2f} re f "
        f"{_GRIS} BT {police} 0 0 Td ({texte}) Tj ET"
    )
    avant = (
        f"1 g {-lien - marge:.2f} {-marge:.2f} {lien:.2f} {corps + marge:.2f} re f "
        f"{_ACCENT} BT {police} {-lien:.2f} 0 Td ({_RETOUR}) Tj ET "
    )
    octets = f"q {place.matrice} cm {avant if retour else ''}{numero} Q".encode("ascii")
    return octets, place.rectangle(-lien - marge, -marge, -_ECART * echelle + marge, corps)


def numeroter(pdf: Pdf, volume: int = 0, sommaire: int = 0, tete: int = 0) -> None:
    """Writes « Dossier p. x / y » at the visible lower right corner of every page. Foreign pages are isolated before.

    Args:
        volume: which one it is; 0 when there is only one.
        sommaire: page of the table of contents, from 1, to which each page after the first `tete` leads back; 0: none does.
    """
    police = _police(pdf)
    total = len(pdf.pages)
    for numero, page in enumerate(pdf.pages, 1):
        ressources = page.obj[Name.Resources]
        if Name.Font not in ressources:
            ressources[Name.Font] = Dictionary()
        ressources[Name.Font][_CLE_POLICE] = police
        retour = sommaire > 0 and numero > tete
        tampon, rectangle = _tampon(page, libelle(numero, total, volume), retour)
        page.contents_add(pdf.make_stream(tampon), prepend=False)
        if retour:
            _lier(pdf, page, rectangle, pdf.pages[sommaire - 1])


def _lier(pdf: Pdf, page: pikepdf.Page, rectangle: tuple[float, ...], cible: pikepdf.Page) -> None:
    lien = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(v, 2) for v in rectangle]),
        Border=Array([0, 0, 0]),
        F=4,
        Contents=String(_RETOUR),
        A=Dictionary(S=Name.GoTo, D=Array([cible.obj, Name.XYZ, *coin_superieur(cible), 0])),
    )
    # An array of its own: pages made by somebody else may share one.
    page.obj[Name.Annots] = Array([*elements(page.obj.get(Name.Annots)), pdf.make_indirect(lien)])
