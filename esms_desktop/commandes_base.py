"""The commands of the base itself: its state, its recovery code, its backups, its health."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.terminal import FAIT, dire, repondre

Ajouter = Callable[[argparse.ArgumentParser], None]
# A code, its hyphens, and more than anyone types.
_LIGNE_MAX = 1000


def inscrire(actions: Any, base: Ajouter, json: Ajouter) -> None:
    """Declares the actions of `esms-desktop base`; `base` and `json` add the options of those names."""
    c = actions.add_parser("code-secours", help="donner un nouveau code de secours, montré une seule fois")
    base(c)
    c = actions.add_parser(
        "ouvrir-avec-code", help="refaire le fichier de clé avec le code de secours, lu sur l’entrée"
    )
    base(c)


def _chemin(options: argparse.Namespace) -> Path:
    from esms_desktop.travaux.cles import exiger_une_base
    from esms_desktop.travaux.emplacement import chemin_base

    chemin = chemin_base(getattr(options, "base", None))
    exiger_une_base(chemin)
    return chemin


def demander(question: str) -> str | None:
    """Asks a secret on the terminal; None when nobody is there."""
    import getpass

    return getpass.getpass(question + " ") if sys.stdin is not None and sys.stdin.isatty() else None


def _code_secours(options: argparse.Namespace) -> int:
    from esms_desktop.store.cles import cle_de_la_base
    from esms_desktop.travaux.cles import montrer_le_code

    chemin = _chemin(options)
    montrer_le_code(chemin, cle_de_la_base(chemin, demander), repondre)
    dire(
        "Notez ce code et rangez-le loin de l’ordinateur : il ouvre la base à lui seul, il ne sera plus montré, et "
        "le code d’avant n’ouvre plus que les copies faites avec lui."
    )
    return FAIT


def _ouvrir_avec_code(options: argparse.Namespace) -> int:
    from esms_desktop.travaux.cles import ouvrir_avec_code

    chemin = _chemin(options)
    code = demander("Code de secours :")
    if code is None:
        code = sys.stdin.readline(_LIGNE_MAX) if sys.stdin is not None else ""
    if not code.strip():
        raise ErreurSaisie(
            "Aucun code de secours n’a été donné.",
            "Écrivez-le sur l’entrée de la commande, par exemple avec « echo ».",
        )
    ouvrent = ouvrir_avec_code(chemin, code)
    repondre(f"Le fichier de clé de « {chemin.name} » est refait ; l’ouvrent : {', '.join(ouvrent)}.")
    return FAIT


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "base_code-secours": _code_secours,
    "base_ouvrir-avec-code": _ouvrir_avec_code,
}
