"""Plannings to print: as many tasks as wanted over as many months, tied by links, with milestones and a reference."""

from datetime import date, timedelta

from esms_desktop.model import Dossier, LienTache, Tache
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import lire

from .outils import JOUR, fabriquer

DEBUT = date(2022, 11, 2)
_NOMS = (
    "Cadrage et regroupement",
    "Expression du besoin",
    "Consultation et choix de la solution",
    "Convention avec l’ARS",
    "Spécification et paramétrage du dossier usager informatisé",
    "Reprise des données de l’association Les Tilleuls, structure par structure",
    "Recette",
    "Formation des référents",
    "Sites pilotes",
    "Vérification d’aptitude",
)


def planifier(nombre: int, mois: int, dossier: Dossier | None = None) -> Dossier:
    """A dossier with `nombre` tasks and milestones spread over `mois` months, three plannings, one link a task at most."""
    d = dossier or fabriquer()
    d.date_debut_projet = DEBUT
    total = mois * 21
    plans = list(Plan)
    for i in range(nombre):
        plan = plans[i * len(plans) // nombre]
        jalon = i % 7 == 3
        place = (i * 37) % nombre
        t = Tache(
            rang=i,
            plan=plan.value,
            phase=f"Phase {i % 4 + 1}",
            nom=f"{_NOMS[i % len(_NOMS)]} n° {i + 1:03d}",
            jalon=jalon,
            duree=max(total // 6 - (i * 13) % (total // 8 + 1), 1),
            avancement=(i * 25) % 125 % 101,
            responsable="Camille Roy" if i % 3 else "",
            pas_avant=DEBUT + timedelta(place * (mois * 30 - total // 4) // nombre) if i % 5 else None,
            notes="",
            origine="",
        )
        d.taches.append(t)
    for i in range(1, nombre):
        # A link now and then, always towards a task that starts before.
        avant, apres = d.taches[i - 1], d.taches[i]
        if i % 3 == 0 and avant.plan == apres.plan:
            genre = ("fin-debut", "debut-debut", "fin-fin")[i // 3 % 3]
            LienTache(dossier=d, avant=avant, apres=apres, type=genre, decalage=i % 4 - 1)
    for i, placee in enumerate(lire(d, JOUR).taches):
        if i % 2:
            placee.tache.reference_debut = placee.debut - timedelta(9)
            placee.tache.reference_fin = placee.fin - timedelta(12)
    return d
