"""How long a whole planning takes to be placed again after a move: the engine alone, and with its dates."""

import random
from collections.abc import Iterator
from datetime import date

from esms_desktop.model import Dossier, LienTache, Tache
from esms_desktop.nomenclature.vocabulaire import Plan, TypeProjet
from esms_desktop.regles.planning.ordonnancement import TypeLien, ordonner
from esms_desktop.regles.planning.planning import lire
from tests.bench.outils import mediane_ms

DEBUT = date(2023, 10, 2)
TAILLES = (500, 1_000, 2_000)


def dossier(taches: int, hasard: int = 4) -> Dossier:
    """A dossier of that many tasks, each linked to one or two of the twenty before it, of all the types."""
    tirage = random.Random(hasard)
    d = Dossier(nom="Mesure", campagne_id="2023", type_projet=TypeProjet.ACQUISITION, date_debut_projet=DEBUT)
    plans = list(Plan)
    for rang in range(taches):
        tache = Tache(
            id=rang + 1,
            dossier=d,
            rang=rang,
            nom=f"Tâche {rang + 1}",
            plan=plans[rang * 3 // taches],
            phase=f"Phase {rang // 20}",
            jalon=rang % 12 == 11,
            duree=tirage.randint(1, 5),
            avancement=0,
            # As a row that was read: no field left to its default.
            pas_avant=None,
            fixe=None,
        )
        for avant in tirage.sample(range(max(rang - 20, 0), rang), min(rang, tirage.randint(1, 2))):
            genre = tirage.choices(list(TypeLien), (8, 1, 1))[0]
            LienTache(
                dossier=d,
                avant=d.taches[avant],
                apres=tache,
                type=genre.value,
                decalage=tirage.choice((0, 0, 0, 2)),
            )
    return d


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    moteur, tout = {}, {}
    for n in TAILLES:
        d = dossier(n)
        planning = lire(d, DEBUT)
        moteur[n] = mediane_ms(
            lambda p=planning: ordonner(p.activites, p.attaches, p.depart),
            15,
        )
        tour = iter(range(10_000))

        def deplacer(d: Dossier = d, tour: Iterator[int] = tour) -> None:
            # The first task moves: all that follows is placed again.
            d.taches[0].pas_avant = date.fromordinal(DEBUT.toordinal() + next(tour) % 60)
            lire(d, DEBUT)

        tout[n] = mediane_ms(deplacer, 15)
        liens = len(d.liens_taches)
        yield (
            f"replanification, {n} tâches et {liens} liens : moteur {moteur[n]:.1f} ms, avec les dates {tout[n]:.1f} ms"
            + (" (visé : 50 ms au plus)" if n == TAILLES[-1] else "")
        )
    yield (
        f"replanification, 2000 ÷ 1000 ÷ 500 tâches : {tout[2_000] / tout[1_000]:.1f} et "
        f"{tout[1_000] / tout[500]:.1f} (linéaire : 2)"
    )
