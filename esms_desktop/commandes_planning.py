"""The commands of a planning: a project file added, with what falls elsewhere than in the file, and why; the calendar of a person."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from esms_desktop import commandes_base
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.terminal import FAIT, repondre

Ajouter = Callable[[argparse.ArgumentParser], None]


def inscrire(actions: Any, base: Ajouter, en_json: Ajouter, chemin: Callable[[str], str]) -> None:
    """Declares the actions of `esms-desktop planning`; `base` and `en_json` add --base and --json."""
    c = actions.add_parser(
        "importer", help="ajouter les tâches d’un fichier de projet, et dire celles qui changent de dates"
    )
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument(
        "fichier",
        metavar="FICHIER",
        type=chemin,
        help="projet XML, .pod de ProjectLibre ou .gan de GanttProject",
    )
    c.add_argument(
        "--garder-les-dates",
        action="store_true",
        help="fixer aux dates du fichier les tâches qui tomberaient ailleurs",
    )
    c.add_argument("--essai", action="store_true", help="dire ce qui changerait, sans rien écrire")
    commandes_base.sans_sauvegarde(c)
    base(c)
    en_json(c)
    c = actions.add_parser("agenda", help="écrire l’agenda (.ics) d’une personne : ses tâches et ses jalons")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument(
        "--personne", metavar="QUI", required=True, help="responsable, tel qu’il est écrit dans le planning"
    )
    c.add_argument("--vers", metavar="F", type=chemin, required=True, help="fichier où l’écrire")
    base(c)


def _agenda(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.planning.exporter import agenda_de

    with commandes_base.porte(options) as porte:
        fait = agenda_de(porte.dossier(options.nom), date.today(), options.personne, Path(options.vers))
    repondre(f"Agenda écrit : {fait}")
    return FAIT


def _importer(options: argparse.Namespace) -> int:
    from esms_desktop.francais import date_courte, pluriel
    from esms_desktop.gestes.planning.importer import (
        ajouter_projet,
        garder_les_dates_du_fichier,
        lire_projet,
    )
    from esms_desktop.gestes.planning.rapprocher import rapprocher

    jour = date.today()
    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        lu = lire_projet(Path(options.fichier))
        if options.garder_les_dates:
            lu = garder_les_dates_du_fichier(lu, dossier, jour)
        vu = rapprocher(lu, dossier, jour)
        if not options.essai:
            commandes_base.sauvegarder_avant(porte, "import", options.sans_sauvegarde)
            ajouter_projet(porte, dossier, lu, jour)
    combien = len(lu.projet.lignes)
    if options.json:
        imprimer_json(
            {
                "taches": combien,
                "ecarts": [e.en_dict() for e in vu.ecarts],
                "deplacees": vu.deplacees,
                "remarques": [str(r) for r in lu.remarques],
            }
        )
        return FAIT
    for e in vu.ecarts:
        fichier, ici = (f"{date_courte(a)} – {date_courte(b)}" for a, b in (e.fichier, e.ici))
        repondre(f"Tâche {e.numero} « {e.tache} » : {fichier} dans le fichier, {ici} ici ; {e.cause}.")
    for remarque in lu.remarques:
        repondre(str(remarque))
    if vu.deplacees:
        repondre(
            f"{pluriel(vu.deplacees, 'tâche du planning change', 'tâches du planning changent')} de dates avec les fermetures du fichier."
        )
    fait = pluriel(combien, "tâche ajoutée", "tâches ajoutées")
    repondre(f"{fait}." if not options.essai else "Rien n’est écrit ; ôtez --essai pour ajouter ces tâches.")
    return FAIT


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "planning_importer": _importer,
    "planning_agenda": _agenda,
}
