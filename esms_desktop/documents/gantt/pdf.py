"""A planning printed by itself: title, dates, bars, legend, on one page or on tiles that are laid side by side."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.documents.gantt.legende import Legende
from esms_desktop.documents.gantt.options import OptionsGantt
from esms_desktop.documents.gantt.pages import (
    FORMATS,
    MARGE,
    RETRAIT,
    MiseEnPage,
    PageGantt,
    mettre_en_page,
)
from esms_desktop.documents.gantt.trace import Traceur, bandes
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.polices import GRAS, NORMAL, Nettoyeur, largeur
from esms_desktop.documents.pdf.texte import Fragment, Ligne, Plume, fragments_du_texte, lignes
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.financement.durees import limite as date_limite
from esms_desktop.regles.planning.jours_ouvres import JoursOuvres
from esms_desktop.regles.planning.planning import lire

_TITRE, _SOUS_TITRE, _REPERE = 12.0, 7.6, 7.6
# From that many points a day, days off are shaded.
_JOUR_VISIBLE = 2.6
_BARRE = 0.58
_DEBORD = 4.5


@dataclass(frozen=True)
class Impression:
    """A printed planning: the file, and how it was laid out."""

    octets: bytes
    mise: MiseEnPage


def imprimer(dossier: Dossier, campagne: Campagne, jour: date, options: OptionsGantt) -> bytes:
    """The planning as a PDF, in vectors, no letter under 6 points.

    Args:
        dossier, campagne: what it tells.
        jour: today, drawn across and printed in the title.
        options: paper, one page or tiles, which tasks.

    Raises:
        ErreurSaisie: no task is left by the options.
    """
    return composer(dossier, campagne, jour, options).octets


def composer(dossier: Dossier, campagne: Campagne, jour: date, options: OptionsGantt) -> Impression:
    """The same, with its layout: how many pages it took, what must be told."""
    planning = lire(dossier, jour)
    placees = gantt_lignes.choisir(planning, options.plans, options.og)
    dessin = gantt_lignes.gantt(
        gantt_lignes.lignes(placees, options.reference),
        limite=date_limite(dossier, campagne, planning),
        libelle_limite=_libelle_limite(dossier, campagne),
    )
    if dessin is None:
        raise ErreurSaisie(
            "Aucune tâche du planning ne correspond à ce choix.",
            "Choisissez d’autres plans ou un autre organisme.",
        )
    reglage = dossier.reglage_planning
    legende = Legende(dessin, jour, None if reglage is None else reglage.reference_le)
    return _Imprimeur(dossier, jour, options, dessin, legende, planning.calendrier).imprimer()


def _libelle_limite(dossier: Dossier, campagne: Campagne) -> str:
    mois = campagne.durees.mois(dossier.type_projet).valeur
    return "" if mois is None else f"{francais.nombre(mois)} mois"


class _Imprimeur:
    """Draws the pages of one planning."""

    def __init__(
        self,
        dossier: Dossier,
        jour: date,
        options: OptionsGantt,
        dessin: Gantt,
        legende: Legende,
        calendrier: JoursOuvres,
    ) -> None:
        self._dossier, self._jour, self._options = dossier, jour, options
        self._dessin, self._legende, self._calendrier = dessin, legende, calendrier
        self._nettoyer = Nettoyeur(arabe=True)

    def imprimer(self) -> Impression:
        """Lays out, then draws."""
        large = _largeur(self._options)
        titre = self._entete(large)
        pied = self._legende.hauteur(large)
        mise = mettre_en_page(self._dessin, self._options, self._nettoyer, _hauteur(titre), pied)
        if mise.avis:
            avis = _ligne(self._nettoyer(mise.avis), NORMAL, _SOUS_TITRE, large)
            titre = (*titre, *((x, _SOUS_TITRE) for x in avis))
            mise = mettre_en_page(self._dessin, self._options, self._nettoyer, _hauteur(titre), pied)
        tampon = io.BytesIO()
        reglages: dict[str, Any] = {"invariant": 1, "initialFontName": NORMAL, "lang": "fr-FR"}
        toile = Canvas(tampon, pagesize=mise.page, **reglages)
        toile.setTitle(f"Planning — {self._dossier.nom}")
        toile.setAuthor(self._dossier.porteur.nom if self._dossier.porteur else "ESMS Desktop")
        toile.setCreator("ESMS Desktop")
        toile.setSubject("Diagramme de Gantt")
        sommets = list(_sommets(mise))
        for rang, page in enumerate(mise.pages, 1):
            self._page(toile, mise, page, titre, rang, sommets)
            toile.showPage()
        toile.save()
        return Impression(tampon.getvalue(), mise)

    def _entete(self, large: float) -> tuple[tuple[Ligne, float], ...]:
        """The lines of the title with their size: the dossier, then what is printed."""
        plans = [p.libelle for p in Plan if p in self._options.plans]
        jours = [x for x in self._dessin.lignes if x.debut is not None]
        debut = min(x.debut for x in jours if x.debut)
        fin = max(x.fin for x in jours if x.fin)
        quoi = [
            "Planning"
            if len(plans) == len(Plan)
            else f"Planning\u00a0: {francais.minuscule(francais.enumerer(plans))}",
            f"du {francais.date_longue(debut)} au {francais.date_longue(fin)}",
            _compte(jours),
            *([f"ce qui concerne {self._options.og.nom}"] if self._options.og is not None else []),
            f"imprimé le {francais.date_longue(self._jour)}",
        ]
        place = large - 130
        return (
            *((x, _TITRE) for x in _ligne(self._nettoyer(self._dossier.nom), GRAS, _TITRE, place)),
            *((x, _SOUS_TITRE) for x in _ligne(self._nettoyer(" · ".join(quoi)), NORMAL, _SOUS_TITRE, place)),
        )

    def _page(
        self,
        toile: Canvas,
        mise: MiseEnPage,
        page: PageGantt,
        titre: Sequence[tuple[Ligne, float]],
        numero: int,
        sommets: Sequence[float],
    ) -> None:
        plume = Plume(toile)
        self._titre(toile, plume, mise, page, titre, numero)
        centres, bas = self._centres(mise, page, sommets)
        echelle = mise.echelle.fenetre(page.de, page.a)
        traceur = Traceur(toile, echelle, mise.gauche)
        droite = mise.gauche + echelle.largeur
        _, dessus, dessous = bandes(echelle, mise.corps_echelle)
        toile.setFillColor(s.FOND)
        toile.rect(MARGE, mise.haut, droite - MARGE, mise.echelle_haut, stroke=0, fill=1)
        self._fonds(toile, traceur, mise.haut, bas)
        self._etiquettes(toile, plume, mise, page, droite)
        toile.saveState()
        cadre = toile.beginPath()
        # At the two ends of the project, room for a milestone of the first or of the last day.
        avant = _DEBORD if page.de == mise.echelle.premier else 0.0
        apres = _DEBORD if page.a == mise.echelle.dernier else 0.0
        cadre.rect(mise.gauche - avant, bas, echelle.largeur + avant + apres, mise.haut + 4 - bas)
        toile.clipPath(cadre, stroke=0, fill=0)
        traceur.lignes_de_temps(dessous if echelle.pas >= 0.2 else dessus, mise.haut, bas)
        self._lignes(toile, traceur, mise, page, centres)
        if self._dessin.limite is not None:
            traceur.limite(self._dessin.limite, mise.haut, bas)
        traceur.aujourdhui(self._jour, mise.haut, bas)
        toile.restoreState()
        y = mise.haut + mise.echelle_haut - mise.corps * 1.15
        traceur.bande(plume, dessus, y, mise.corps_echelle, centre=False)
        traceur.bande(plume, dessous, y - mise.corps * 1.35, mise.corps_echelle, centre=True)
        toile.setStrokeColor(s.ACCENT)
        toile.setLineWidth(0.9)
        toile.line(MARGE, mise.haut, droite, mise.haut)
        self._legende.dessiner(toile, plume, MARGE, MARGE + mise.pied - 6, mise.page[0] - 2 * MARGE)
        plume.poser()

    def _titre(
        self,
        toile: Canvas,
        plume: Plume,
        mise: MiseEnPage,
        page: PageGantt,
        titre: Sequence[tuple[Ligne, float]],
        numero: int,
    ) -> None:
        y = mise.page[1] - MARGE
        for ligne, corps in titre:
            y -= corps * 1.3
            couleur = s.ENCRE if corps == _TITRE else s.DISCRET
            plume.ecrire(ligne, MARGE, y, mise.page[0], corps, couleur=couleur)
        total = len(mise.pages)
        repere = f"page\u00a0{numero}/{total}" + (f" — {page.repere}" if total > 1 else "")
        (ligne, *_) = _ligne(repere, GRAS, _REPERE, mise.page[0])
        haut = mise.page[1] - MARGE - _TITRE * 1.3
        plume.ecrire(ligne, MARGE, haut, mise.page[0] - 2 * MARGE, _REPERE, "droite", s.DISCRET)
        if numero == 1:
            toile.bookmarkPage("planning")
            toile.addOutlineEntry("Planning", "planning", 0)

    def _centres(
        self, mise: MiseEnPage, page: PageGantt, sommets: Sequence[float]
    ) -> tuple[dict[int, float], float]:
        """The height of the middle of each line, those of other pages included, and the foot of this one."""
        haut = mise.haut - (mise.rangs[page.rappel].hauteur if page.rappel is not None else 0.0)
        debut = sommets[page.premier]
        centres = {i: haut - (sommets[i] - debut) - rang.hauteur / 2 for i, rang in enumerate(mise.rangs)}
        return centres, haut - (sommets[page.dernier] + mise.rangs[page.dernier].hauteur - debut)

    def _etiquettes(
        self, toile: Canvas, plume: Plume, mise: MiseEnPage, page: PageGantt, droite: float
    ) -> None:
        """The columns of names and dates, and the ground of the headings."""
        y = mise.haut + mise.echelle_haut - mise.corps * 2.5
        x_dates = MARGE + mise.etiquette
        for mot, x in (
            ("Tâche", MARGE + 4),
            (entete_de("tache.debut"), x_dates),
            (entete_de("tache.fin"), x_dates + mise.dates),
        ):
            (ligne, *_) = _ligne(mot, GRAS, mise.corps, mise.etiquette)
            plume.ecrire(ligne, x, y, mise.etiquette, mise.corps, couleur=s.DISCRET)
        y = mise.haut
        rangs = [mise.rangs[i] for i in range(page.premier, page.dernier + 1)]
        if page.rappel is not None:
            rangs.insert(0, mise.rangs[page.rappel])
        for place, rang in enumerate(rangs):
            titre = rang.ligne.genre == "titre"
            if titre:
                toile.setFillColor(s.FOND_ACCENT)
                toile.rect(MARGE, y - rang.hauteur, droite - MARGE, rang.hauteur, stroke=0, fill=1)
            textes = list(rang.textes)
            bloc = len(textes) * mise.corps * 1.22
            base = y - (rang.hauteur - bloc) / 2 - mise.corps * 0.95
            for i, ligne in enumerate(textes):
                retrait = RETRAIT / 2 if titre else RETRAIT
                plume.ecrire(ligne, MARGE + retrait, base - i * mise.corps * 1.22, mise.etiquette, mise.corps)
            if titre and place == 0 and page.rappel is not None:
                (suite, *_) = _ligne("(suite)", NORMAL, mise.corps, 100)
                plume.ecrire(suite, x_dates, base, mise.dates * 2, mise.corps, couleur=s.DISCRET)
            milieu = y - rang.hauteur / 2 - mise.corps * 0.34
            for mot, x in ((rang.debut, x_dates), (rang.fin, x_dates + mise.dates)):
                if mot:
                    ligne = ((Fragment(mot, NORMAL), largeur(mot, NORMAL, mise.corps)),)
                    plume.ecrire(ligne, x, milieu, mise.dates, mise.corps, couleur=s.DISCRET)
            y -= rang.hauteur
            toile.setStrokeColor(s.FILET)
            toile.setLineWidth(0.4)
            toile.line(MARGE, y, droite, y)

    def _fonds(self, toile: Canvas, traceur: Traceur, haut: float, bas: float) -> None:
        """What lies under the bars: days off when a day can be seen, what comes after the limit."""
        echelle = traceur.echelle
        if echelle.pas >= _JOUR_VISIBLE:
            toile.setFillColor(s.FOND)
            for rang in range(echelle.jours):
                jour = date.fromordinal(echelle.premier.toordinal() + rang)
                if not self._calendrier.ouvre(jour):
                    toile.rect(
                        traceur.gauche + echelle.x(jour), bas, echelle.pas, haut - bas, stroke=0, fill=1
                    )
        if self._dessin.limite is not None:
            traceur.apres_limite(self._dessin.limite, haut, bas)

    def _lignes(
        self, toile: Canvas, traceur: Traceur, mise: MiseEnPage, page: PageGantt, centres: dict[int, float]
    ) -> None:
        """Links first, so that bars and milestones stand over them."""
        toutes = self._dessin.lignes
        for rang, ligne in enumerate(toutes):
            for avant, type_ in ligne.attend:
                bas, haut = sorted((rang, avant))
                if bas <= page.dernier and haut >= page.premier and _visible(toutes[avant], ligne, page):
                    demi = mise.rangs[rang].hauteur / 2
                    traceur.lien(toutes[avant], ligne, centres[avant], centres[rang], type_, demi)
        for rang in range(page.premier, page.dernier + 1):
            ligne = toutes[rang]
            if ligne.debut is None:
                continue
            haut_barre = min(mise.rangs[rang].hauteur, mise.corps * 2.1) * _BARRE
            y = centres[rang] + (haut_barre * 0.12 if ligne.reference else 0.0)
            traceur.reference(ligne, centres[rang] - haut_barre * 0.62, haut_barre * 0.2)
            if ligne.genre == "jalon":
                traceur.jalon(ligne, y, haut_barre)
            else:
                traceur.barre(ligne, y, haut_barre)


def _compte(lignes_: Sequence[LigneGantt]) -> str:
    """How many tasks and milestones, in words."""
    jalons = sum(x.genre == "jalon" for x in lignes_)
    taches = len(lignes_) - jalons
    comptes = [francais.pluriel(taches, "tâche")] if taches else []
    return " et ".join([*comptes, *([francais.pluriel(jalons, "jalon", "jalons")] if jalons else [])])


def _visible(avant: LigneGantt, apres: LigneGantt, page: PageGantt) -> bool:
    """Whether a link may cross the days of a page."""
    jours = [j for x in (avant, apres) for j in (x.debut, x.fin) if j is not None]
    marge = 40
    return (
        min(jours).toordinal() - marge <= page.a.toordinal()
        and max(jours).toordinal() + marge >= page.de.toordinal()
    )


def _sommets(mise: MiseEnPage) -> Iterator[float]:
    """How far down each line begins, all pages one under the other."""
    y = 0.0
    for rang in mise.rangs:
        yield y
        y += rang.hauteur


def _largeur(options: OptionsGantt) -> float:
    return FORMATS[options.format][0] - 2 * MARGE


def _hauteur(titre: Sequence[tuple[Ligne, float]]) -> float:
    return sum(corps * 1.3 for _, corps in titre) + 8


def _ligne(texte: str, police: str, corps: float, place: float) -> tuple[Ligne, ...]:
    return lignes(tuple(fragments_du_texte(texte.replace("\n", " "), police)), corps, place)
