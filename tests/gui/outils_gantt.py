"""A small chart for the tests of the Gantt: two plans, three tasks, a milestone."""

from datetime import date
from typing import Any

from esms_desktop.regles.planning.jours_ouvres import JoursOuvres
from ui.widgets.gantt.contenu import Barre, Contenu, Trait
from ui.widgets.gantt.echelle import Unite
from ui.widgets.gantt.vue import Gantt

J = date.fromisoformat
PROJET, A, B, JALON, DEPLOIEMENT, C = -1, 1, 2, 3, -3, 4


def barre(cle: int, debut: str, fin: str, **champs: Any) -> Barre:
    """A bar between two ISO days."""
    return Barre(cle, f"T{cle}", lambda: f"Tout de T{cle}.", J(debut), J(fin), **champs)


def contenu() -> Contenu:
    """Two plans, three tasks and a milestone, in the spring of 2024; 13/03/2024 is a Wednesday."""
    barres = (
        barre(PROJET, "2024-03-11", "2024-04-05", titre=True),
        barre(A, "2024-03-11", "2024-03-15", critique=True, avancement=50),
        barre(B, "2024-03-18", "2024-03-29", reference=(J("2024-03-11"), J("2024-03-22"))),
        barre(JALON, "2024-04-05", "2024-04-05", jalon=True, echeance=J("2024-04-01"), retard=4),
        barre(DEPLOIEMENT, "2024-04-08", "2024-04-19", titre=True, teinte=2),
        barre(C, "2024-04-08", "2024-04-19", teinte=2),
    )
    traits = (Trait(A, B), Trait(B, JALON, a_la_fin=True), Trait(A, C, du_debut=True, rompu=True))
    return Contenu(barres, traits, JoursOuvres(J("2024-03-11")), J("2024-03-20"), (J("2024-04-10"), "9 mois"))


def monter(qtbot: Any) -> Gantt:
    """The chart shown, a day being wide enough for the hand, from a week before the first task."""
    g = Gantt()
    qtbot.addWidget(g)
    g.resize(1100, 400)
    g.montrer(contenu())
    g.show()
    qtbot.waitExposed(g)
    g.fixer_unite(Unite.JOUR)
    g.horizontalScrollBar().setValue(round(g.disposition.echelle.x(J("2024-03-04").toordinal())))
    g.setFocus()
    return g


def ecouter(signal: Any) -> list[tuple[Any, ...]]:
    """What a signal says from now on."""
    recus: list[tuple[Any, ...]] = []
    signal.connect(lambda *a: recus.append(a))
    return recus
