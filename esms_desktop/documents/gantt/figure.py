"""A Gantt inside a document: names and dates at the left, months across, cut between two lines when it is long."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.gantt import echelle as gantt_echelle
from esms_desktop.documents.gantt.echelle import Echelle
from esms_desktop.documents.gantt.legende import Legende
from esms_desktop.documents.gantt.trace import Traceur, bandes
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.morceaux import BlocPdf
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur
from esms_desktop.documents.pdf.texte import Ligne, Plume, fragments_du_texte, lignes

_LIBELLE, _DATES = 142.0, 48.0
_ETIQUETTE = _LIBELLE + _DATES
_CORPS, _HAUT = 7.6, 9.6
_CORPS_DATES, _HAUT_DATES = 6.8, 8.4
_CORPS_MOIS = 6.4
_PAD = 3.2
_ENTETE = 24.0
_BARRE = 7.0
_DEBORD = 6.5


@dataclass(frozen=True)
class _Rang:
    """A line set: its name, its dates."""

    ligne: LigneGantt
    textes: tuple[Ligne, ...]
    dates: tuple[Ligne, ...]

    @property
    def hauteur(self) -> float:
        return max(len(self.textes) * _HAUT, len(self.dates) * _HAUT_DATES, _BARRE + 3) + 2 * _PAD


class GanttPdf(BlocPdf):
    """The Gantt as a flowable; cut between two lines, its months are written again and its links go on."""

    def __init__(self, gantt: Gantt, rangs: Sequence[_Rang], premier: int, dernier: int) -> None:
        super().__init__()
        self._gantt, self._rangs = gantt, rangs
        self._premier, self._dernier = premier, dernier
        jours = [gantt.debut, gantt.fin, *([gantt.limite] if gantt.limite else [])]
        bornes = gantt_echelle.au_large(min(jours), max(jours), s.LARGEUR - _ETIQUETTE)
        self._echelle = Echelle(*bornes, (s.LARGEUR - _ETIQUETTE) / ((bornes[1] - bornes[0]).days + 1))
        self._legende = Legende(gantt) if dernier == len(rangs) - 1 else None
        self._pied = self._legende.hauteur(s.LARGEUR) if self._legende else 4.0
        self.width = s.LARGEUR
        self.height = _ENTETE + sum(r.hauteur for r in self._visibles) + self._pied
        self.spaceBefore, self.spaceAfter = 4, 10

    @property
    def _visibles(self) -> Sequence[_Rang]:
        return self._rangs[self._premier : self._dernier + 1]

    @property
    def minimum(self) -> float:
        """Height of the smallest piece that may begin on a page: all of it when short, else the months and three lines."""
        if self.height < s.HAUTEUR * 0.4:
            return float(self.height)
        return _ENTETE + sum(r.hauteur for r in self._visibles[:3])

    def couper(self, haut: float) -> Sequence[BlocPdf]:
        """Whole lines on both sides, never one alone."""
        cumul, n, rangs = _ENTETE + 4.0, 0, self._visibles
        while n < len(rangs) and cumul + rangs[n].hauteur <= haut:
            cumul += rangs[n].hauteur
            n += 1
        if len(rangs) - n < 2:
            # The legend alone, or one line alone, does not go to the next page.
            n = len(rangs) - 2
        if n < 1:
            return ()
        coupe = self._premier + n
        return [
            GanttPdf(self._gantt, self._rangs, self._premier, coupe - 1),
            GanttPdf(self._gantt, self._rangs, coupe, self._dernier),
        ]

    def dessiner(self) -> None:
        """Draws months, names and dates, then links, bars and the limit, then the legend."""
        c = self.canv
        plume = Plume(c)
        haut = self.height - _ENTETE
        bas = haut - sum(r.hauteur for r in self._visibles)
        traceur = Traceur(c, self._echelle, _ETIQUETTE)
        _, dessus, dessous = bandes(self._echelle, _CORPS_MOIS)
        c.setFillColor(s.FOND)
        c.rect(0, haut, self.width, _ENTETE, stroke=0, fill=1)
        if self._gantt.limite is not None:
            traceur.apres_limite(self._gantt.limite, haut, bas)
        traceur.bande(plume, dessus, self.height - 9.5, _CORPS_MOIS, centre=False)
        traceur.bande(plume, dessous, self.height - 19.5, _CORPS_MOIS, centre=True)
        traceur.lignes_de_temps(dessous, haut, bas)
        self._etiquettes(plume, haut)
        c.saveState()
        cadre = c.beginPath()
        # Room for a milestone of the first day; links that come from other lines stop there.
        cadre.rect(_ETIQUETTE - _DEBORD, bas, self.width - _ETIQUETTE + 2 * _DEBORD, haut - bas)
        c.clipPath(cadre, stroke=0, fill=0)
        self._tracer(traceur, haut)
        c.restoreState()
        if self._gantt.limite is not None:
            traceur.limite(self._gantt.limite, haut, bas)
        c.setStrokeColor(s.ACCENT)
        c.setLineWidth(0.9)
        c.line(0, haut, self.width, haut)
        if self._legende is not None:
            self._legende.dessiner(c, plume, 0, bas - 5, s.LARGEUR)
        plume.poser()

    def _etiquettes(self, plume: Plume, haut: float) -> None:
        c, y = self.canv, haut
        for rang in self._visibles:
            c.setStrokeColor(s.FILET)
            c.setLineWidth(0.5)
            c.line(0, y, self.width, y)
            milieu = y - rang.hauteur / 2
            depart = milieu + len(rang.textes) * _HAUT / 2 - _CORPS * 0.95
            for i, ligne in enumerate(rang.textes):
                plume.ecrire(ligne, 2, depart - i * _HAUT, _LIBELLE - 8, _CORPS)
            depart = milieu + len(rang.dates) * _HAUT_DATES / 2 - _CORPS_DATES * 0.95
            for i, ligne in enumerate(rang.dates):
                plume.ecrire(
                    ligne, _LIBELLE, depart - i * _HAUT_DATES, _DATES, _CORPS_DATES, couleur=s.DISCRET
                )
            y -= rang.hauteur

    def _tracer(self, traceur: Traceur, haut: float) -> None:
        """Links, then bars; those of the lines drawn elsewhere only tell where the links go."""
        y = haut + sum(r.hauteur for r in self._rangs[: self._premier])
        centres = []
        for rang in self._rangs:
            centres.append(y - rang.hauteur / 2)
            y -= rang.hauteur
        toutes = self._gantt.lignes
        for rang_, ligne in enumerate(toutes):
            for avant, type_ in ligne.attend:
                if min(rang_, avant) <= self._dernier and max(rang_, avant) >= self._premier:
                    demi = self._rangs[rang_].hauteur / 2
                    traceur.lien(toutes[avant], ligne, centres[avant], centres[rang_], type_, demi)
        for i in range(self._premier, self._dernier + 1):
            ligne = toutes[i]
            if ligne.debut is None:
                continue
            leve = 0.8 if ligne.reference else 0.0
            traceur.reference(ligne, centres[i] - _BARRE * 0.66, 1.6)
            if ligne.genre == "jalon":
                traceur.jalon(ligne, centres[i] + leve, _BARRE + 1.2)
            else:
                traceur.barre(ligne, centres[i] + leve, _BARRE)


def composer(gantt: Gantt, nettoyer: Nettoyeur) -> GanttPdf:
    """The Gantt set for the width of the page, every name whole."""
    rangs = []
    for ligne in gantt.lignes:
        police = GRAS if ligne.genre == "titre" else NORMAL
        nom = tuple(fragments_du_texte(nettoyer(ligne.libelle).replace("\n", " "), police))
        rangs.append(_Rang(ligne, lignes(nom, _CORPS, _LIBELLE - 8), _dates(ligne)))
    return GanttPdf(gantt, rangs, 0, len(rangs) - 1)


def _dates(ligne: LigneGantt) -> tuple[Ligne, ...]:
    """The first day, and under it the last one."""
    if ligne.debut is None or ligne.fin is None:
        return ()
    jours = [ligne.debut] if ligne.genre == "jalon" else [ligne.debut, ligne.fin]
    textes = [francais.date_courte(j) for j in jours]
    return tuple(lignes(tuple(fragments_du_texte(t, NORMAL)), _CORPS_DATES, _DATES)[0] for t in textes)
