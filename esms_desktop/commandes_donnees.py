"""The commands of personal data: erase for good, hand over, how long to keep, the entry of the register."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop.commandes_base import demander, exiger_base, imprimer
from esms_desktop.errors import ErreurSaisie
from esms_desktop.terminal import FAIT, repondre

if TYPE_CHECKING:
    from esms_desktop.store.cles.chiffrement import Cle

Ajouter = Callable[[argparse.ArgumentParser], None]


def inscrire(actions: Any, base: Ajouter, en_json: Ajouter) -> None:
    """Declares the actions, among those of `esms-desktop base`; `base` and `en_json` add --base and --json."""
    c = actions.add_parser(
        "purger", help="effacer pour de bon un dossier ou une personne, journal et corbeille compris"
    )
    quoi = c.add_mutually_exclusive_group(required=True)
    quoi.add_argument("--dossier", metavar="NOM", help="un dossier, de la base ou de la corbeille")
    quoi.add_argument("--personne", metavar="NOM", help="une personne, partout où elle est nommée")
    base(c)
    c = actions.add_parser("personne", help="donner tout ce que la base dit d’une personne")
    c.add_argument("nom", metavar="NOM", help="prénom et nom")
    c.add_argument("--vers", metavar="F", type=Path, required=True, help="fichier où l’écrire (JSON)")
    base(c)
    c = actions.add_parser("conservation", help="dire ou choisir combien de mois garder ce qui est retiré")
    c.add_argument("mois", metavar="MOIS", nargs="?", type=int, help="0 : sans limite")
    base(c)
    c = actions.add_parser(
        "registre", help="donner la fiche du registre des traitements, et ce qui fut effacé ou remis"
    )
    base(c)
    en_json(c)


def _base(options: argparse.Namespace) -> "tuple[Path, Cle]":
    """The base, brought up to date, and its key."""
    from esms_desktop.base.ouverture import ouvrir_base

    with ouvrir_base(exiger_base(options), demander) as porte:
        assert porte.cle is not None
        return porte.chemin, porte.cle


def _confirmer(nom: str) -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        return
    dit = input(f"Cela ne s’annule pas. Tapez «\u00a0{nom}\u00a0» pour l’effacer pour de bon : ")
    if dit.strip() != nom:
        raise ErreurSaisie("Ce n’est pas le nom donné\u00a0: rien n’a été effacé.")


def _purger(options: argparse.Namespace) -> int:
    from esms_desktop.base import donnees_personnelles

    base, cle = _base(options)
    _confirmer(options.dossier or options.personne)
    if options.dossier:
        efface = donnees_personnelles.effacer_dossier(base, cle, options.dossier)
    else:
        efface = donnees_personnelles.effacer_personne(base, cle, options.personne)
    for phrase in efface.phrases:
        repondre(phrase)
    return FAIT


def _personne(options: argparse.Namespace) -> int:
    from esms_desktop.base import donnees_personnelles
    from esms_desktop.francais import pluriel

    base, cle = _base(options)
    fait = donnees_personnelles.exporter_personne(base, cle, options.nom, options.vers)
    repondre(f"{pluriel(fait.endroits, 'endroit nomme', 'endroits nomment')} cette personne : {options.vers}")
    for phrase in fait.trouves.phrases("Joignez-les à votre réponse."):
        repondre(phrase)
    return FAIT


def _conservation(options: argparse.Namespace) -> int:
    from esms_desktop.base import donnees_personnelles
    from esms_desktop.store import purge

    base, cle = _base(options)
    if options.mois is not None:
        purge.fixer_conservation(base, cle, options.mois)
    repondre(donnees_personnelles.phrase_conservation(purge.conservation(base, cle)))
    return FAIT


def _registre(options: argparse.Namespace) -> int:
    from esms_desktop.base import donnees_personnelles

    fiche = donnees_personnelles.fiche_registre(*_base(options))
    if options.json:
        imprimer(fiche)
    else:
        for phrase in donnees_personnelles.phrases_registre(fiche):
            repondre(phrase)
    return FAIT


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "base_purger": _purger,
    "base_personne": _personne,
    "base_conservation": _conservation,
    "base_registre": _registre,
}
