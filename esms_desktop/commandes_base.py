"""The commands of the base itself: its state, its recovery code, its backups, its health."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.terminal import CONSTATS, FAIT, dire, en_utf8, repondre

if TYPE_CHECKING:
    from esms_desktop.store.porte import Porte

Ajouter = Callable[[argparse.ArgumentParser], None]
# A code, its hyphens, and more than anyone types.
_LIGNE_MAX = 1000


def inscrire(actions: Any, base: Ajouter, en_json: Ajouter) -> None:
    """Declares the actions of `esms-desktop base`; `base` and `en_json` add --base and --json."""
    c = actions.add_parser(
        "etat", help="dire ce qui ouvre la base, où sont ses sauvegardes, comment elle se porte"
    )
    base(c)
    en_json(c)
    c = actions.add_parser("sauvegarder", help="prendre une sauvegarde : un fichier, qui s’ouvre ailleurs")
    c.add_argument("--vers", metavar="DIR", required=True, help="dossier où l’écrire")
    base(c)
    c = actions.add_parser(
        "restaurer", help="remettre le contenu d’une sauvegarde, après une copie de ce qui est là"
    )
    c.add_argument("fichier", metavar="FICHIER", help="la sauvegarde")
    base(c)
    en_json(c)
    c = actions.add_parser("verifier", help="dire si la base est saine")
    c.add_argument("--complet", action="store_true", help="chaque page, chaque index, chaque fichier joint")
    base(c)
    c = actions.add_parser(
        "reparer", help="faire une base saine de tout ce qui se lit encore d’une base abîmée"
    )
    c.add_argument("--sortie", metavar="F", required=True, help="fichier de la base saine")
    base(c)
    c = actions.add_parser("code-secours", help="donner un nouveau code de secours, montré une seule fois")
    base(c)
    c = actions.add_parser(
        "ouvrir-avec-code", help="refaire le fichier de clé avec le code de secours, lu sur l’entrée"
    )
    base(c)


def exiger_base(options: argparse.Namespace) -> Path:
    """The file of the base of a command, which is there."""
    from esms_desktop.base.cles import exiger_une_base
    from esms_desktop.base.emplacement import chemin_base

    chemin = chemin_base(getattr(options, "base", None))
    exiger_une_base(chemin)
    return chemin


def imprimer(valeur: object) -> None:
    """Prints a value as JSON, in what the terminal can show."""
    repondre(json.dumps(valeur, ensure_ascii=not en_utf8(), indent=2))


def demander(question: str) -> str | None:
    """Asks a secret on the terminal; None when nobody is there."""
    import getpass

    return getpass.getpass(question + " ") if sys.stdin is not None and sys.stdin.isatty() else None


def porte(options: argparse.Namespace, creer: bool = False) -> "Porte":
    """The door of the base of a command, whose backup of the day is taken when it is due."""
    from esms_desktop.base.emplacement import chemin_base
    from esms_desktop.base.ouverture import ouvrir_base

    ouverte = ouvrir_base(
        chemin_base(getattr(options, "base", None)),
        demander,
        creer,
        lecture_seule=getattr(options, "lecture_seule", False),
    )
    sauvegarder_au_demarrage(ouverte)
    return ouverte


def sauvegarder_au_demarrage(ouverte: "Porte") -> None:
    """Takes the backup of the day when it is due; one that cannot be taken is said, and the command goes on."""
    from esms_desktop.base import sauvegardes
    from esms_desktop.errors import ErreurBase

    if ouverte.cle is None or ouverte.lecture_seule:
        return
    try:
        sauvegardes.au_demarrage(ouverte.chemin, ouverte.cle, sauvegardes.maintenant_local())
    except ErreurBase as erreur:
        dire(f"Pas de sauvegarde aujourd’hui. {erreur}")


def sauvegarder_avant(ouverte: "Porte", motif: str, sans: bool = False) -> None:
    """Has a backup hold what is there before something that changes much.

    Args:
        motif: see `store.sauvegarde.MOTIFS`.
        sans: the person accepts beforehand to go on without it.

    Raises:
        ErreurBase: it could not be taken, and nobody accepted to go on without it.
    """
    from esms_desktop.base import sauvegardes
    from esms_desktop.errors import ErreurBase

    if ouverte.cle is None or ouverte.lecture_seule:
        return
    try:
        sauvegardes.precaution(ouverte.chemin, ouverte.cle, motif)
    except ErreurBase as erreur:
        dire(f"La copie d’avant n’a pas pu être gardée. {erreur}")
        if not sans and not _accepte("Continuer sans elle\u00a0? (o/N) "):
            raise ErreurBase(
                "Rien n’a été fait.",
                "Remédiez-y et recommencez, ou ajoutez --sans-sauvegarde pour continuer sans copie.",
            ) from erreur


def _accepte(question: str) -> bool:
    """What a person at the terminal answers; nobody there has not accepted."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    return input(question).strip().lower() in ("o", "oui")


def sans_sauvegarde(p: argparse.ArgumentParser) -> None:
    """Adds the option that goes on when the backup of before cannot be taken."""
    p.add_argument(
        "--sans-sauvegarde",
        action="store_true",
        help="continuer même si la copie d’avant ne peut pas être gardée",
    )


def _etat(options: argparse.Namespace) -> int:
    from esms_desktop.base.etat import etat

    lu = etat(exiger_base(options))
    if options.json:
        imprimer(lu.en_dict())
    else:
        for phrase in lu.phrases():
            repondre(phrase)
    return CONSTATS if lu.alertes else FAIT


def _sauvegarder(options: argparse.Namespace) -> int:
    from esms_desktop.base import sauvegardes
    from esms_desktop.store.cles.cles import cle_de_la_base

    chemin = exiger_base(options)
    prise = sauvegardes.vers(chemin, cle_de_la_base(chemin, demander), Path(options.vers))
    repondre(f"Sauvegarde prise et relue : {prise.chemin}")
    return FAIT


def _restaurer(options: argparse.Namespace) -> int:
    from esms_desktop.base import restaurer
    from esms_desktop.base.emplacement import chemin_base

    base = chemin_base(getattr(options, "base", None))
    projet = restaurer.preparer(Path(options.fichier), base, demander)
    fait = restaurer.restaurer(projet, base)
    if options.json:
        imprimer(restaurer.en_dict(fait, base))
        return FAIT
    for phrase in restaurer.phrases(fait, base):
        repondre(phrase)
    return FAIT


def _verifier(options: argparse.Namespace) -> int:
    from esms_desktop.base import sante

    vue = sante.examiner(exiger_base(options), demander, options.complet)
    for phrase in vue.phrases():
        repondre(phrase)
    return FAIT if vue.bilan.sain else CONSTATS


def _reparer(options: argparse.Namespace) -> int:
    from esms_desktop.base import sante

    faite = sante.reparer_vers(exiger_base(options), demander, Path(options.sortie))
    for phrase in faite.phrases():
        repondre(phrase)
    return FAIT if faite.reparation.entiere else CONSTATS


def _code_secours(options: argparse.Namespace) -> int:
    from esms_desktop.base.cles import montrer_le_code
    from esms_desktop.store.cles.cles import cle_de_la_base

    chemin = exiger_base(options)
    montrer_le_code(chemin, cle_de_la_base(chemin, demander), repondre)
    dire(
        "Notez ce code et rangez-le loin de l’ordinateur : il ouvre la base à lui seul, il ne sera plus montré, et "
        "le code d’avant n’ouvre plus que les copies faites avec lui."
    )
    return FAIT


def _ouvrir_avec_code(options: argparse.Namespace) -> int:
    from esms_desktop.base.cles import ouvrir_avec_code

    chemin = exiger_base(options)
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
    "base_etat": _etat,
    "base_sauvegarder": _sauvegarder,
    "base_restaurer": _restaurer,
    "base_verifier": _verifier,
    "base_reparer": _reparer,
    "base_code-secours": _code_secours,
    "base_ouvrir-avec-code": _ouvrir_avec_code,
}
