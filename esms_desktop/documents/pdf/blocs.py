"""Each block of the tree as flowables: headings, paragraphs, lists, framed remarks, signatures."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Paragraph

from esms_desktop.documents.arbre.arbre import (
    BlocSignature,
    Contenu,
    Correspondants,
    Encadre,
    Liste,
    Manque,
    Paragraphe,
    Titre,
    runs,
)
from esms_desktop.documents.arbre.ecritures import retourner, troncons
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.polices import ARABE, ARABE_GRAS, NORMAL, Nettoyeur
from esms_desktop.documents.pdf.texte import Fragment, Ligne, Plume, fragments, lignes


def balises(contenu: Contenu, nettoyer: Nettoyeur) -> str:
    """The content in reportlab's paragraph markup, everything typed by a person escaped."""
    morceaux = []
    for run in runs(contenu):
        texte = balises_du_texte(nettoyer(run.texte))
        if isinstance(run, Manque):
            fond, encre = s.hexa(s.FOND_MANQUE), s.hexa(s.MANQUE)
            texte = f'<font color="{encre}" backColor="{fond}"><b>{texte}</b></font>'
        else:
            texte = f"<b>{texte}</b>" if run.gras else texte
            texte = f"<i>{texte}</i>" if run.italique else texte
        morceaux.append(texte)
    return "".join(morceaux)


def balises_du_texte(texte: str, arabe: str = ARABE) -> str:
    """Clean words in paragraph markup, those in Arabic script in the face `arabe`."""
    return "".join(
        f'<font name="{arabe}">{escape(mots)}</font>' if en_arabe else escape(mots).replace("\n", "<br/>")
        for mots, en_arabe in troncons(texte)
    )


_BLANC = ("spaceBefore", "spaceAfter")


class Texte(Paragraph):
    """A paragraph whose Arabic words stand from right to left on each line."""

    blPara: Any
    _retourne = False

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """The lines that fit, then the others, with the white of the whole.

        reportlab sets the lines of the first piece again: were they one more than it promised, fewer are asked.
        """
        haut = availHeight
        while (morceaux := super().split(availWidth, haut)) and morceaux[0] is not self:
            if morceaux[0].wrap(availWidth, availHeight)[1] <= availHeight:
                for morceau in morceaux:
                    vars(morceau).update((n, vars(self)[n]) for n in _BLANC if n in vars(self))
                break
            haut -= self.style.leading
        return morceaux

    def draw(self) -> None:
        """Draws the lines, once the words are in drawing order."""
        if not self._retourne:
            self._retourne = True
            _retourner_arabe(self.blPara)
        super().draw()


def _retourner_arabe(lignes: Any) -> None:
    for ligne in lignes.lines:
        if lignes.kind == 0:
            if lignes.fontName in (ARABE, ARABE_GRAS):
                ligne[1][:] = reversed(ligne[1])
        else:
            for mot in ligne.words:
                if getattr(mot, "fontName", "") in (ARABE, ARABE_GRAS):
                    mot.text = retourner(mot.text)


class TitrePdf(Texte):
    """A heading that knows its level, so that the renderer can make a bookmark of it when it has a key."""

    niveau = 1
    cle = ""
    intitule = ""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """A heading goes whole to the next page, unless it is higher than a page: its bookmark is that of its first words."""
        if self.height <= s.HAUTEUR:
            return []
        morceaux = super().split(availWidth, availHeight)
        if morceaux and isinstance(morceaux[0], TitrePdf):
            morceaux[0].niveau, morceaux[0].cle, morceaux[0].intitule = self.niveau, self.cle, self.intitule
        return morceaux


def titre(bloc: Titre, nettoyer: Nettoyeur) -> TitrePdf:
    """A heading."""
    intitule = nettoyer(bloc.texte).replace("\n", " ")
    flowable = TitrePdf(balises_du_texte(intitule, ARABE_GRAS), s.styles()[f"titre{bloc.niveau}"])
    flowable.niveau, flowable.intitule = bloc.niveau, intitule
    return flowable


class ParagrapheEncadre(Texte):
    """A paragraph on a tinted ground, with a bar on its left. Cut between two pages, each part has its own ground."""

    fond: Color = s.FOND_ACCENT
    barre: Color = s.ACCENT

    def draw(self) -> None:
        """Draws the ground, the bar, then the words."""
        c = self.canv
        bas, haut = -5.5, self.height + 5.0
        c.saveState()
        c.setFillColor(self.fond)
        c.rect(0, bas, s.LARGEUR, haut - bas, stroke=0, fill=1)
        c.setFillColor(self.barre)
        c.rect(0, bas, 2.6, haut - bas, stroke=0, fill=1)
        c.restoreState()
        super().draw()


class ParagrapheAlerte(ParagrapheEncadre):
    """The same, for what must not be missed."""

    fond = s.FOND_ALERTE
    barre = s.ALERTE


def paragraphe(bloc: Paragraphe, nettoyer: Nettoyeur) -> Texte:
    """A paragraph of text."""
    return Texte(balises(bloc.contenu, nettoyer), s.styles()["discret" if bloc.discret else "normal"])


def liste(bloc: Liste, nettoyer: Nettoyeur) -> list[Texte]:
    """One paragraph per item, with its bullet or its number."""
    style = s.styles()["liste"]
    derniere = style.clone("liste-fin", spaceAfter=8)
    fin = len(bloc.elements)
    return [
        Texte(
            balises(element, nettoyer),
            derniere if rang == fin else style,
            bulletText=f"{rang}." if bloc.numerotee else "•",
        )
        for rang, element in enumerate(bloc.elements, 1)
    ]


def encadre(bloc: Encadre, nettoyer: Nettoyeur) -> Texte:
    """A framed remark."""
    classe = ParagrapheAlerte if bloc.genre == "alerte" else ParagrapheEncadre
    return classe(balises(bloc.contenu, nettoyer), s.styles()[bloc.genre])


def _borner(champs: Sequence[Sequence[Ligne]], en_tout: int, corps: float) -> list[Ligne]:
    """The lines of several texts, whole unless they are more than `en_tout`: then the longest ends with an ellipsis, again and again."""
    gardees = [len(c) for c in champs]
    while sum(gardees) > en_tout:
        gardees[gardees.index(max(gardees))] -= 1
    suite = lignes((Fragment("…", NORMAL),), corps, s.LARGEUR)
    mises: list[Ligne] = []
    for champ, n in zip(champs, gardees, strict=True):
        mises += champ if n == len(champ) else [*champ[: n - 1], *suite][: max(n, 0)]
    return mises


class CorrespondantsPdf(BlocPdf):
    """Who writes at the left, who it is for at the right, lower than the first name."""

    _DROITE = 0.46
    _NOM, _CORPS, _PAS = 13.0, s.CORPS, 12.8
    # What leaves the letter half of its first page, whatever is told of the two.
    _NOM_MAX, _LIGNES_EN_TOUT = 8, 30

    def __init__(self, bloc: Correspondants, nettoyer: Nettoyeur) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 0.0, 14.0
        self._x = s.LARGEUR * (1 - self._DROITE)
        nom, *suite = bloc.expediteur
        entier = lignes(fragments(nom, nettoyer, en_gras=True), self._NOM, s.LARGEUR)
        self._nom = _borner([entier], self._NOM_MAX, self._NOM)
        self._gauche = self._mettre(suite, nettoyer, self._x - 12)
        self._droite = self._mettre(bloc.destinataire, nettoyer, s.LARGEUR * self._DROITE)
        self.width = s.LARGEUR
        hautes = max(len(self._gauche), len(self._droite))
        self.height = len(self._nom) * self._NOM * 1.25 + 5 + hautes * self._PAS

    def _mettre(self, contenus: Sequence[Contenu], nettoyer: Nettoyeur, place: float) -> list[Ligne]:
        return _borner(
            [lignes(fragments(c, nettoyer), self._CORPS, place) for c in contenus],
            self._LIGNES_EN_TOUT,
            self._CORPS,
        )

    def dessiner(self) -> None:
        """Draws the name of who writes, then both columns."""
        plume = Plume(self.canv)
        y = self.height
        for ligne in self._nom:
            y -= self._NOM * 1.25
            plume.ecrire(ligne, 0, y + 3, s.LARGEUR, self._NOM, couleur=s.ACCENT)
        y -= 5
        for x, textes in ((0.0, self._gauche), (self._x, self._droite)):
            for rang, ligne in enumerate(textes, 1):
                plume.ecrire(ligne, x, y - rang * self._PAS + 3, s.LARGEUR - x, self._CORPS)
        plume.poser()


class SignaturesPdf(BlocPdf):
    """One or two signature blocks side by side, never cut; `serre` leaves less room to sign when the parties are many."""

    _ECART = 18.0
    _CORPS, _PAS, _INVITE = s.CORPS, 13.0, s.CORPS
    _LIGNES_EN_TOUT = 44

    def __init__(self, blocs: Sequence[BlocSignature], nettoyer: Nettoyeur, serre: bool) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 6, 10
        self._large = (s.LARGEUR - self._ECART) / 2
        self._textes = [self._mettre(b, nettoyer) for b in blocs]
        self._invites = [lignes(fragments(b.invite, nettoyer), self._INVITE, self._large)[0] for b in blocs]
        self.width = s.LARGEUR
        self.height = max(len(t) for t in self._textes) * self._PAS + (50.0 if serre else 64.0) + 16

    def serrer(self) -> None:
        """Leaves less room to sign, and less white around."""
        self.height -= 24.0
        self.spaceBefore, self.spaceAfter = 2.0, 0.0

    def _mettre(self, bloc: BlocSignature, nettoyer: Nettoyeur) -> list[Ligne]:
        champs = [
            *([fragments(bloc.lieu, nettoyer)] if bloc.lieu else []),
            fragments(bloc.partie, nettoyer, en_gras=True),
            *(fragments(c, nettoyer) for c in (bloc.representant, bloc.qualite, bloc.mention) if c),
        ]
        # What leaves room to sign on one page, shared by all that is told of the party.
        mis = [lignes(c, self._CORPS, self._large - 18) for c in champs]
        return _borner(mis, self._LIGNES_EN_TOUT, self._CORPS)

    def dessiner(self) -> None:
        """Draws each frame: who signs, then the place to sign."""
        c = self.canv
        plume = Plume(c)
        for rang, textes in enumerate(self._textes):
            x = rang * (self._large + self._ECART)
            c.setStrokeColor(s.FILET)
            c.setLineWidth(0.8)
            c.roundRect(x, 0, self._large, self.height, 4, stroke=1, fill=0)
            y = self.height - 16.0
            for ligne in textes:
                plume.ecrire(ligne, x + 9, y, self._large - 18, self._CORPS)
                y -= self._PAS
            # The same line for both blocks of a row, whoever has the longer name.
            y = self.height - 16.0 - self._PAS * max(len(t) for t in self._textes)
            c.setStrokeColor(s.FILET)
            c.setLineWidth(0.5)
            c.line(x + 9, y + 6, x + self._large - 9, y + 6)
            plume.ecrire(self._invites[rang], x + 9, y - 8, self._large - 18, self._INVITE, couleur=s.DISCRET)
        plume.poser()
