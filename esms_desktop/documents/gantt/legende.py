"""What the signs of a Gantt mean, written under it: only those it shows."""

from dataclasses import dataclass
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.gantt.echelle import Echelle
from esms_desktop.documents.gantt.trace import AUJOURDHUI, LIMITE, REFERENCE, Traceur
from esms_desktop.documents.pdf import style as s
from esms_desktop.documents.pdf.polices import NORMAL, largeur
from esms_desktop.documents.pdf.texte import Fragment, Plume

_CORPS, _HAUT = 6.8, 12.0
_SIGNE, _ECART = 20.0, 16.0
_UN_JOUR = date(2000, 1, 1)


@dataclass(frozen=True)
class Legende:
    """The legend of a Gantt. `jour`: today, None when it is not drawn; `reference_le`: when the reference was taken."""

    gantt: Gantt
    jour: date | None = None
    reference_le: date | None = None

    def signes(self) -> list[tuple[str, str]]:
        """Each sign there is on the drawing: its kind, its words."""
        lignes = self.gantt.lignes
        taches = [x for x in lignes if x.genre == "tache"]
        jalons = [x for x in lignes if x.genre == "jalon"]
        g = self.gantt
        trouves = []
        if taches:
            trouves.append(("tache", "Tâche"))
        if any(x.avancement for x in taches):
            trouves.append(("fait", "Part réalisée"))
        if any(x.critique for x in taches):
            trouves.append(("critique", "Chemin critique : contour épais, hachures"))
        if jalons:
            trouves.append(("jalon", "Jalon"))
        if any(x.avancement >= 100 for x in jalons):
            trouves.append(("jalon-atteint", "Jalon atteint"))
        if any(x.critique for x in jalons):
            trouves.append(("jalon-critique", "Jalon du chemin critique"))
        if any(x.reference for x in lignes):
            quand = f" du {francais.date_courte(self.reference_le)}" if self.reference_le else ""
            trouves.append(("reference", f"Planning de référence{quand}"))
        if any(x.attend for x in lignes):
            trouves.append(("lien", "Attend"))
        if self.jour is not None and g.debut <= self.jour <= max(g.fin, g.limite or g.fin):
            trouves.append(("aujourdhui", f"Aujourd’hui, {francais.date_courte(self.jour)}"))
        if g.limite is not None:
            duree = f"{g.libelle_limite} : " if g.libelle_limite else ""
            trouves.append(("limite", f"{duree}fin autorisée le {francais.date_courte(g.limite)}"))
        return [(genre, francais.espacer(texte)) for genre, texte in trouves]

    def hauteur(self, place: float) -> float:
        """The height it takes on `place` points."""
        return self._rangees(place)[-1][2] + _HAUT + 8 if self.signes() else 0.0

    def _rangees(self, place: float) -> list[tuple[str, str, float, float]]:
        """Each sign with where it stands: down from the top, then from the left."""
        x = y = 0.0
        resultat = []
        for genre, texte in self.signes():
            large = _SIGNE + largeur(texte, NORMAL, _CORPS)
            if x and x + large > place:
                x, y = 0.0, y + _HAUT
            resultat.append((genre, texte, y, x))
            x += large + _ECART
        return resultat

    def dessiner(self, canvas: Canvas, plume: Plume, x: float, y: float, place: float) -> None:
        """Draws it, its top at `y`."""
        for genre, texte, dessous, droite in self._rangees(place) if self.signes() else []:
            milieu = y - dessous - _HAUT / 2
            self._signe(canvas, genre, x + droite, milieu)
            ligne = ((Fragment(texte, NORMAL), largeur(texte, NORMAL, _CORPS)),)
            plume.ecrire(ligne, x + droite + _SIGNE, milieu - 2.3, place, _CORPS, couleur=s.DISCRET)

    def _signe(self, canvas: Canvas, genre: str, x: float, y: float) -> None:
        plan = next((ligne.plan for ligne in self.gantt.lignes if ligne.genre != "titre"), "projet")
        traceur = Traceur(canvas, Echelle(_UN_JOUR, _UN_JOUR, 15.0), x)
        modele = LigneGantt("", "tache", plan, _UN_JOUR, _UN_JOUR)
        match genre:
            case "tache":
                traceur.barre(modele, y, 6)
            case "fait":
                traceur.barre(LigneGantt("", "tache", plan, _UN_JOUR, _UN_JOUR, avancement=60), y, 6)
            case "critique":
                traceur.barre(LigneGantt("", "tache", plan, _UN_JOUR, _UN_JOUR, critique=True), y, 6)
            case "jalon":
                traceur.jalon(LigneGantt("", "jalon", plan, _UN_JOUR, _UN_JOUR), y, 7)
            case "jalon-atteint":
                traceur.jalon(LigneGantt("", "jalon", plan, _UN_JOUR, _UN_JOUR, avancement=100), y, 7)
            case "jalon-critique":
                traceur.jalon(LigneGantt("", "jalon", plan, _UN_JOUR, _UN_JOUR, critique=True), y, 7)
            case "reference":
                canvas.setFillColor(REFERENCE)
                canvas.rect(x, y - 0.9, 15, 1.8, stroke=0, fill=1)
            case "lien":
                canvas.setStrokeColor(REFERENCE)
                canvas.setFillColor(REFERENCE)
                canvas.setLineWidth(0.6)
                canvas.lines(
                    [
                        (x, y + 2.5, x + 5, y + 2.5),
                        (x + 5, y + 2.5, x + 5, y - 2),
                        (x + 5, y - 2, x + 13, y - 2),
                    ]
                )
                pointe = canvas.beginPath()
                pointe.moveTo(x + 15, y - 2)
                pointe.lineTo(x + 12, y - 0.4)
                pointe.lineTo(x + 12, y - 3.6)
                pointe.close()
                canvas.drawPath(pointe, stroke=0, fill=1)
            case _:
                canvas.saveState()
                canvas.setStrokeColor(AUJOURDHUI if genre == "aujourdhui" else LIMITE)
                canvas.setLineWidth(1.1)
                if genre == "limite":
                    canvas.setDash(4, 2.4)
                canvas.line(x + 7, y - 5, x + 7, y + 5)
                canvas.restoreState()
