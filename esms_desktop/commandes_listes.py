"""The commands of the lists of ESSMS: what a file would change in a grappe, then its writing."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop import commandes_base
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, repondre

if TYPE_CHECKING:
    from esms_desktop.echanges.tables.ecarts import Rapprochement


def inscrire(
    sous: Any,
    base: Callable[[argparse.ArgumentParser], None],
    en_json: Callable[[argparse.ArgumentParser], None],
    chemin: Callable[[str], str],
) -> None:
    """Declares the commands under « grappe »."""
    c = sous.add_parser("importer", help="dire ce qu’une liste d’ESSMS changerait, puis l’appliquer")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("fichier", metavar="FICHIER", type=chemin, help="liste, .xlsx ou .csv")
    c.add_argument(
        "--og", metavar="EJ", default="", help="l’organisme des ESSMS nouveaux : numéro FINESS, sigle ou nom"
    )
    c.add_argument("--appliquer", action="store_true", help="écrire vraiment ; sans cela, rien n’est écrit")
    base(c)
    en_json(c)


def _grappe_importer(options: argparse.Namespace) -> int:
    from esms_desktop.echanges.tables.liste_essms import comparer, lire_liste
    from esms_desktop.gestes.echanges.listes import annuaire_de
    from esms_desktop.gestes.grappe import importer_ecarts

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        tableau = lire_liste(Path(options.fichier))
        lu = comparer(dossier, tableau, options.og, annuaire_de(tableau))
        fait = options.appliquer and not lu.vide
        if fait:
            commandes_base.sauvegarder_avant(porte, "import")
            importer_ecarts(porte, dossier, lu)
    if options.json:
        imprimer_json({"dossier": options.nom, "applique": bool(fait), **lu.en_dict()})
    else:
        _raconter(lu, bool(options.appliquer))
    return CONSTATS if lu.a_decider else FAIT


def _raconter(lu: "Rapprochement", ecrit: bool) -> None:
    for n in lu.nouveaux:
        dits = ", ".join(f"{v}" for v in n.champs.values())
        repondre(f"Nouveau ({n.cellule}) : {n.nom}, {n.og.titre}{f' ; {dits}' if dits else ''}")
    for c in lu.changes:
        repondre(f"Changé ({c.cellule}) : {c.essms.nom}, {c.libelle.lower()} : {c.avant} → {c.apres}")
    for a in lu.a_decider:
        repondre(f"À décider ({', '.join(a.cellules)}) : {a.nom} : {a.raison}")
    for r in lu.reparations:
        repondre(f"Réparé ({r.cellule}) : {r.champ}, « {r.avant} » → {r.apres or 'rien'} ({r.raison})")
    for r in lu.refus:
        repondre(f"Laissé ({r.cellule}) : {r.champ}, « {r.avant} » : {r.raison}")
    for x in lu.laisses:
        repondre(f"Laissé : {x}")
    for remarque in lu.remarques:
        repondre(remarque)
    repondre(
        f"{pluriel(len(lu.nouveaux), 'nouveau', 'nouveaux')}, {pluriel(len(lu.changes), 'changement')}, "
        f"{pluriel(lu.inchanges, 'inchangé')}, {len(lu.a_decider)}{NBSP}à décider."
    )
    if not ecrit:
        repondre("Rien n’est écrit ; ajoutez --appliquer pour écrire ce qui ne demande pas de décision.")


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {"grappe_importer": _grappe_importer}
