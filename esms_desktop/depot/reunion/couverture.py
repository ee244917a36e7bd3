"""The first two pages of the bundle: what the application is, and what it holds, page by page."""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from pikepdf import Pdf
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph

from esms_desktop import francais
from esms_desktop.depot.reunion.texte_couverture import A_PRECISER, Couverture
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.blocs import Texte, balises_du_texte
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur, enregistrer, largeur, police_arabe

Rectangle = tuple[float, float, float, float]
_DROITE = s.PAGE_L - s.MARGE


@dataclass(frozen=True)
class LigneSommaire:
    """A line of the table of contents. `page`: first page in the bundle, from 1; `numero` 0: not a piece."""

    numero: int
    titre: str
    page: int
    pages: int
    mention: str = ""


@dataclass(frozen=True)
class PagesDeTete:
    """The drawn pages, and where each line of the table of contents stands.

    Args:
        octets: a PDF of two pages or more: the cover (names of all lengths may ask for a second one), then the table of contents.
        sommaire: first page of the table of contents, from 1.
        zones: for each line: rank of its page from 0, rectangle in points.
    """

    octets: bytes
    pages: int
    sommaire: int
    zones: tuple[tuple[int, Rectangle], ...]

    def ouvrir(self) -> Pdf:
        """The pages, to be copied elsewhere."""
        return Pdf.open(io.BytesIO(self.octets))


@cache
def _style(corps: float, interligne: float, couleur: Color, gras: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"couverture-{corps}-{gras}",
        fontName=GRAS if gras else NORMAL,
        bulletFontName=NORMAL,
        fontSize=corps,
        leading=interligne,
        textColor=couleur,
        splitLongWords=1,
    )


_RETRAIT = 124.0
# Where a page that goes on begins, and what stays free above the date at its foot.
_TETE, _PIED = 62.0, 44.0
# A fact longer than this may be cut between two pages.
_ENSEMBLE = 240.0
_FAIT = _style(10.4, 14.4, s.ENCRE)
_NOTE = _style(8.2, 11.2, s.DISCRET)


class _Pinceau:
    """Writes from the top of the page downwards."""

    y: float

    def __init__(self, toile: Canvas) -> None:
        self.toile = toile
        self._nettoyer, self._avec_arabe = Nettoyeur(), Nettoyeur(arabe=True)

    def propre(self, texte: str) -> str:
        return self._nettoyer(texte.replace("\n", " "))

    def paragraphe(self, texte: str, style: ParagraphStyle, large: float) -> Paragraph:
        arabe = police_arabe(style.fontName)
        balise = balises_du_texte(self._avec_arabe(texte.replace("\n", " ")), arabe)
        paragraphe = Texte(balise, style)
        paragraphe.wrap(large, s.PAGE_H)
        return paragraphe

    def ecrire(
        self, texte: str, style: ParagraphStyle, x: float = s.MARGE, large: float = s.LARGEUR
    ) -> float:
        """Writes a paragraph under the last one; returns its height."""
        paragraphe = self.paragraphe(texte, style, large)
        self.y -= paragraphe.height
        paragraphe.drawOn(self.toile, x, self.y)
        return float(paragraphe.height)

    def ecrire_suite(self, texte: str, style: ParagraphStyle, x: float, large: float) -> bool:
        """Writes a paragraph that goes on from page to page; says whether it all stands on the first of them."""
        paragraphe: Flowable = self.paragraphe(texte, style, large)
        meme_page = True
        while paragraphe.height > self.y - _PIED:
            morceaux = paragraphe.split(large, self.y - _PIED)
            if len(morceaux) < 2:
                break
            debut, paragraphe = morceaux
            _, haut = debut.wrap(large, self.y)
            debut.drawOn(self.toile, x, self.y - haut)
            self.nouvelle_page()
            paragraphe.wrap(large, s.PAGE_H)
            meme_page = False
        self.y -= paragraphe.height
        paragraphe.drawOn(self.toile, x, self.y)
        return meme_page

    def garder(self, hauteur: float) -> None:
        """Leaves the page for another when `hauteur` points do not hold above its foot."""
        if self.y - hauteur < _PIED and self.y < s.PAGE_H - _TETE:
            self.nouvelle_page()

    def nouvelle_page(self) -> None:
        """Goes to the top of another page."""
        self.toile.showPage()
        self.toile.setFillColor(s.ACCENT)
        self.toile.rect(0, s.PAGE_H - 9, s.PAGE_L, 9, stroke=0, fill=1)
        self.y = s.PAGE_H - _TETE

    def filet(self, epaisseur: float = 0.6) -> None:
        self.toile.setStrokeColor(s.FILET)
        self.toile.setLineWidth(epaisseur)
        self.toile.line(s.MARGE, self.y, _DROITE, self.y)

    def a_droite(self, texte: str, y: float, corps: float, couleur: Color, gras: bool = False) -> None:
        self.toile.setFont(GRAS if gras else NORMAL, corps)
        self.toile.setFillColor(couleur)
        self.toile.drawRightString(_DROITE, y, self.propre(texte))


def composer(couverture: Couverture, lignes: tuple[LigneSommaire, ...], jour: date) -> PagesDeTete:
    """Draws the cover and the table of contents.

    The same arguments give the same bytes, and the number of pages depends on the titles only, never on the page
    numbers: it can be drawn once to be counted, and once more with the right numbers.
    """
    enregistrer()
    tampon = io.BytesIO()
    # Without a font of its own from the start, reportlab would add one that is not embedded.
    police: Any = NORMAL
    toile = Canvas(tampon, pagesize=(s.PAGE_L, s.PAGE_H), initialFontName=police, invariant=1, lang="fr-FR")
    pinceau = _Pinceau(toile)
    _premiere(pinceau, couverture, jour)
    # The table of contents starts on a page of its own.
    sommaire = toile.getPageNumber() + 1
    zones = _sommaire(pinceau, couverture, lignes)
    toile.showPage()
    toile.save()
    return PagesDeTete(tampon.getvalue(), toile.getPageNumber() - 1, sommaire, zones)


def _premiere(p: _Pinceau, c: Couverture, jour: date) -> None:
    p.toile.setFillColor(s.ACCENT)
    p.toile.rect(0, s.PAGE_H - 9, s.PAGE_L, 9, stroke=0, fill=1)
    p.y = s.PAGE_H - 74
    p.ecrire(c.programme.upper(), _style(8.6, 12, s.ACCENT, gras=True))
    p.y -= 4
    p.ecrire(c.campagne, _style(10.5, 14.5, s.DISCRET))
    p.y -= 34
    p.ecrire(c.nature, _style(13, 17, s.DISCRET))
    p.y -= 4
    # The longer the name, the smaller the letters: the amounts must stay on the page.
    corps = next(corps for limite, corps in ((48, 27), (96, 21), (10**6, 16)) if len(c.dossier) <= limite)
    p.ecrire(c.dossier, _style(corps, corps * 1.22, s.ENCRE, gras=True))
    p.y -= 6
    p.ecrire(c.objet, _style(12, 16.5, s.DISCRET))
    if c.volume:
        p.y -= 4
        p.ecrire(c.volume, _style(12, 16.5, s.ACCENT, gras=True))
    p.y -= 18
    p.toile.setFillColor(s.ACCENT)
    p.toile.rect(s.MARGE, p.y, 42, 2.6, stroke=0, fill=1)
    p.y -= 20
    if c.manquantes:
        _bandeau(p, c, p.y - _hauteur_suite(p, c) - 62)
    _faits(p, c)
    if c.total_cents is not None:
        _montants(p, c, c.total_cents)
    p.toile.setFont(NORMAL, 8.6)
    p.toile.setFillColor(s.DISCRET)
    p.toile.drawString(s.MARGE, 30, p.propre(f"Établi le {francais.date_longue(jour)}"))


def _hauteur_suite(p: _Pinceau, c: Couverture) -> float:
    """What the facts and the amounts will take under the banner."""
    faits = sum(p.paragraphe(valeur, _FAIT, s.LARGEUR - _RETRAIT).height + 14 for _, valeur in c.faits)
    return float(faits) + (_hauteur_montants(p, c) if c.total_cents is not None else 0.0)


def _hauteur_montants(p: _Pinceau, c: Couverture) -> float:
    note = p.paragraphe(c.note_montants, _NOTE, s.LARGEUR).height if c.note_montants else 0
    return float(64 + 17 * len(c.postes) + note)


def _bandeau(p: _Pinceau, c: Couverture, place: float) -> None:
    """The missing pieces, as many as `place` points can hold; the table of contents names them all."""
    style = _style(9, 12.6, s.ENCRE)
    large = s.LARGEUR - 28
    textes: list[str] = []
    hauteur = 37.0
    for rang, manquante in enumerate(c.manquantes):
        haut = p.paragraphe(f"• {manquante}", style, large).height + 1.5
        if textes and hauteur + haut > place - 14:
            textes.append(
                f"… et {francais.pluriel(len(c.manquantes) - rang, 'autre, nommée', 'autres, nommées')} au sommaire."
            )
            hauteur += 14.1
            break
        textes.append(f"• {manquante}")
        hauteur += haut
    p.toile.setFillColor(s.FOND_MANQUE)
    p.toile.roundRect(s.MARGE, p.y - hauteur, s.LARGEUR, hauteur, 5, stroke=0, fill=1)
    p.toile.setFillColor(s.MANQUE)
    p.toile.roundRect(s.MARGE, p.y - hauteur, 4, hauteur, 2, stroke=0, fill=1)
    bas = p.y - hauteur
    p.y -= 11
    titre = "DOSSIER INCOMPLET" if c.total_cents is not None else "RÉPONSE INCOMPLÈTE"
    p.ecrire(titre, _style(11, 14, s.MANQUE, gras=True), s.MARGE + 16, large)
    p.y -= 3
    for texte in textes:
        p.ecrire(texte, style, s.MARGE + 16, large)
        p.y -= 1.5
    p.y = bas - 20


def _faits(p: _Pinceau, c: Couverture) -> None:
    for libelle, valeur in c.faits:
        etiquette = p.paragraphe(libelle, _style(9, 13, s.DISCRET), _RETRAIT - 6)
        p.garder(min(p.paragraphe(valeur, _FAIT, s.LARGEUR - _RETRAIT).height, _ENSEMBLE) + 7)
        bas = p.y - etiquette.height
        etiquette.drawOn(p.toile, s.MARGE, bas - 0.6)
        meme_page = p.ecrire_suite(valeur, _FAIT, s.MARGE + _RETRAIT, s.LARGEUR - _RETRAIT)
        p.y = (min(p.y, bas) if meme_page else p.y) - 7
        p.filet()
        p.y -= 7


def _montants(p: _Pinceau, c: Couverture, total_cents: int) -> None:
    p.garder(_hauteur_montants(p, c))
    p.y -= 10
    p.ecrire("Montants demandés", _style(11.5, 15, s.ACCENT, gras=True))
    p.y -= 5
    for libelle, cents in c.postes:
        p.ecrire(libelle, _style(9.6, 13.4, s.ENCRE), s.MARGE, s.LARGEUR - 110)
        p.a_droite(francais.euros(cents), p.y + 3.9, 9.6, s.ENCRE)
        p.y -= 3.2
    p.y -= 2
    p.toile.setFillColor(s.FOND_ACCENT)
    p.toile.roundRect(s.MARGE - 8, p.y - 24, s.LARGEUR + 16, 24, 4, stroke=0, fill=1)
    p.toile.setFillColor(s.ACCENT)
    p.toile.setFont(GRAS, 10.6)
    p.toile.drawString(s.MARGE, p.y - 15.6, "Total")
    # Nothing is asked for yet: not a request of nothing.
    total = francais.euros(total_cents) if c.postes else A_PRECISER
    p.a_droite(total, p.y - 15.6, 11.4, s.ACCENT, gras=True)
    p.y -= 32
    if c.note_montants:
        p.ecrire(c.note_montants, _NOTE)


def _sommaire(
    p: _Pinceau, c: Couverture, lignes: tuple[LigneSommaire, ...]
) -> tuple[tuple[int, Rectangle], ...]:
    _tete_sommaire(p, c)
    zones: list[tuple[int, Rectangle]] = []
    for ligne in lignes:
        titre = p.paragraphe(ligne.titre, _style(10.6, 14.2, s.ENCRE), s.LARGEUR - 116)
        mention = p.paragraphe(ligne.mention, _style(8.2, 11, s.ALERTE), s.LARGEUR - 116)
        hauteur = titre.height + (mention.height + 1 if ligne.mention else 0) + 15
        if p.y - hauteur < s.MARGE_BAS:
            _tete_sommaire(p, c)
        zones.append((p.toile.getPageNumber() - 1, (s.MARGE - 6, p.y - hauteur, _DROITE + 6, p.y)))
        _ligne(p, ligne, titre, mention, hauteur)
    _absentes(p, c)
    return tuple(zones)


def _absentes(p: _Pinceau, c: Couverture) -> None:
    """Under the table of contents: what the other volumes hold, then the mandatory pieces that are not there."""
    _rubrique(p, c, "Autres volumes", s.ACCENT, c.autres_volumes)
    _rubrique(p, c, "Pièces obligatoires manquantes", s.MANQUE, c.manquantes)


def _rubrique(p: _Pinceau, c: Couverture, titre: str, couleur: Color, lignes: tuple[str, ...]) -> None:
    p.y -= 22 if lignes else 0
    for rang, ligne in enumerate(lignes):
        paragraphe = p.paragraphe(ligne, _style(9, 12.6, s.ENCRE), s.LARGEUR)
        if p.y - paragraphe.height - (24 if rang == 0 else 0) < s.MARGE_BAS:
            _tete_sommaire(p, c)
        if rang == 0:
            p.ecrire(titre, _style(11, 15, couleur, gras=True))
            p.y -= 5
        p.ecrire(ligne, _style(9, 12.6, s.ENCRE))
        p.y -= 3


def _tete_sommaire(p: _Pinceau, c: Couverture) -> None:
    p.nouvelle_page()
    p.ecrire("Sommaire", _style(21, 26, s.ENCRE, gras=True))
    p.y -= 2
    p.ecrire(c.dossier + (f" · {c.volume}" if c.volume else ""), _style(10.5, 14.5, s.DISCRET))
    p.y -= 12
    p.toile.setFillColor(s.ACCENT)
    p.toile.rect(s.MARGE, p.y, 42, 2.6, stroke=0, fill=1)
    p.y -= 16


def _ligne(p: _Pinceau, ligne: LigneSommaire, titre: Paragraph, mention: Paragraph, hauteur: float) -> None:
    haut = p.y
    base = haut - 7.5 - 10.8
    if ligne.numero:
        p.toile.setFillColor(s.FOND_ACCENT)
        p.toile.roundRect(s.MARGE, haut - 7 - 16, 26, 17, 4, stroke=0, fill=1)
        p.toile.setFillColor(s.ACCENT)
        p.toile.setFont(GRAS, 9.6)
        p.toile.drawCentredString(s.MARGE + 13, haut - 18.2, str(ligne.numero))
    titre.drawOn(p.toile, s.MARGE + 38, haut - 7.5 - titre.height)
    if ligne.mention:
        mention.drawOn(p.toile, s.MARGE + 38, haut - 8.5 - titre.height - mention.height)
    numero = f"p. {ligne.page}"
    p.a_droite(numero, base, 10.2, s.ACCENT, gras=True)
    compte = f"{francais.pluriel(ligne.pages, 'page')}"
    x = _DROITE - largeur("p. 0000", GRAS, 10.2) - 8
    p.toile.setFont(NORMAL, 8.2)
    p.toile.setFillColor(s.DISCRET)
    p.toile.drawRightString(x, base, p.propre(compte))
    p.y = haut - hauteur
    p.filet()
