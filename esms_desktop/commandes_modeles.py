"""The commands on the Word templates of the person: their fields, kept with a dossier, filled."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esms_desktop import commandes_base, francais
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.terminal import CONSTATS, FAIT, repondre


def inscrire(
    sous: Any,
    ajouter_base: Callable[[argparse.ArgumentParser], None],
    json: Callable[[argparse.ArgumentParser], None],
    chemin: Callable[[str], str],
) -> None:
    """Declares the actions of `modele`."""
    c = sous.add_parser("champs", help="lister les champs qu’un modèle peut contenir")
    json(c)
    c = sous.add_parser("garder", help="garder un modèle avec un dossier")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("fichier", metavar="FICHIER", type=chemin, help="modèle Word (.docx)")
    ajouter_base(c)
    json(c)
    c = sous.add_parser("remplir", help="remplir un modèle avec les valeurs d’un dossier")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument(
        "fichier", metavar="MODELE", type=chemin, help="modèle Word, ou nom d’un modèle gardé avec le dossier"
    )
    c.add_argument("--sortie", metavar="FICHIER", type=chemin, required=True, help="document Word à écrire")
    c.add_argument("--og", metavar="EJ", help="FINESS juridique de l’organisme, pour les champs {og.…}")
    ajouter_base(c)
    json(c)


def champs(options: argparse.Namespace) -> int:
    """Lists every field with what it is."""
    from esms_desktop.documents.gabarit_word import champs_disponibles

    tous = champs_disponibles()
    if options.json:
        imprimer_json([{"champ": nom, "description": dit} for nom, dit in tous])
        return FAIT
    repondre("Champs à écrire entre accolades dans un modèle Word :")
    for nom, dit in tous:
        repondre(f"  {{{nom}}}  {dit}")
    return FAIT


def garder(options: argparse.Namespace) -> int:
    """Keeps a template with a dossier."""
    from esms_desktop.gestes import modeles_word

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        fichier = modeles_word.garder(porte, dossier, Path(options.fichier))
        if options.json:
            imprimer_json({"dossier": dossier.nom, "modele": fichier.nom, "sha256": fichier.sha256})
        else:
            repondre(
                f"Le modèle «\u00a0{fichier.nom}\u00a0» est gardé avec le dossier «\u00a0{dossier.nom}\u00a0»."
            )
    return FAIT


def remplir(options: argparse.Namespace) -> int:
    """Fills a template, from the disk or kept with the dossier, and names what it could not."""
    from esms_desktop.gestes import modeles_word
    from esms_desktop.sorties import ecrire

    with commandes_base.porte(options) as porte:
        dossier, chemin = porte.dossier(options.nom), Path(options.fichier)
        garde = next((f for f in modeles_word.gardes(dossier) if f.nom == options.fichier), None)
        octets = (
            modeles_word.lire(chemin) if garde is None or chemin.is_file() else porte.contenu(garde.sha256)
        )
        og = modeles_word.trouver_og(dossier, options.og) if options.og else None
        rempli = modeles_word.remplir(chemin.name, octets, dossier, og)
    sortie = ecrire(Path(options.sortie), rempli.octets)
    code = CONSTATS if rempli.inconnus or rempli.manques else FAIT
    if options.json:
        imprimer_json(
            {
                "fichier": str(sortie),
                "remplis": list(rempli.champs),
                "inconnus": [{"champ": i.nom, "proche": i.proche or None} for i in rempli.inconnus],
                "manques": list(rempli.manques),
                "remarques": list(rempli.remarques),
            }
        )
        return code
    repondre(f"Écrit : {sortie} ({francais.pluriel(len(rempli.champs), 'champ rempli', 'champs remplis')}).")
    for remarque in rempli.remarques:
        repondre(f"  {remarque}")
    for titre, lignes in (
        ("Champs inconnus, laissés tels quels :", [i.phrase for i in rempli.inconnus]),
        ("Valeurs que le dossier n’a pas encore :", list(rempli.manques)),
    ):
        if lignes:
            repondre(titre)
            for ligne in lignes:
                repondre(f"  {ligne}")
    return code


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "modele_champs": champs,
    "modele_garder": garder,
    "modele_remplir": remplir,
}
