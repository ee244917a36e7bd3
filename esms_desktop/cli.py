"""The command line: the jobs of the application without a window. French help, one French sentence on error."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from esms_desktop import (
    __version__,
    commandes_annuaire,
    commandes_base,
    commandes_donnees,
    commandes_dossiers,
    commandes_listes,
    commandes_modeles,
    commandes_planning,
)
from esms_desktop.terminal import CODES, REFUS, conduire

# More ESSMS than there are people: a number nobody meant.
_TROP, _CHIFFRES = 10**9, 40

_VARIABLES = f"""variables d’environnement :
  ESMS_DESKTOP_BASE       fichier de la base (sinon : dossier de données de l’utilisateur)
  ESMS_DESKTOP_PHRASE     phrase secrète de la base, quand le trousseau du système n’est pas utilisé
  ESMS_DESKTOP_ANNUAIRE   fichier de l’annuaire FINESS importé (sinon : dossier de données de l’utilisateur)
  ESMS_DESKTOP_PHRASE_FICHIER
                          phrase des fichiers .esms, quand personne n’est au clavier
  ESMS_DESKTOP_CAMPAGNES  dossier de fichiers de campagne supplémentaires (.toml)
  ESMS_DESKTOP_LIBREOFFICE
                          le programme de LibreOffice, s’il est ailleurs qu’à sa place ; « aucun » s’en passe

{CODES}"""

_MESSAGES = (
    ("the following arguments are required: ", "il manque : "),
    ("unrecognized arguments: ", "arguments inconnus : "),
    ("expected one argument", "une valeur est attendue"),
    ("expected at least one argument", "au moins une valeur est attendue"),
    ("invalid int value: ", "ce n’est pas un nombre entier : "),
    ("invalid choice: ", "valeur refusée : "),
    ("(choose from ", "(au choix : "),
    ("not allowed with argument ", "incompatible avec "),
    ("ambiguous option: ", "option ambiguë : "),
    ("could match ", "peut être "),
    ("argument ", ""),
)


class _Aide(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class _Analyseur(argparse.ArgumentParser):
    """argparse in French: help, titles and errors."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Aide)
        options.setdefault("allow_abbrev", False)
        super().__init__(add_help=False, **options)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="afficher cette aide")

    def error(self, message: str) -> NoReturn:
        for anglais, francais in _MESSAGES:
            message = message.replace(anglais, francais)
        self.exit(REFUS, f"Commande refusée : {message} (voir « {self.prog} --help »).\n")


def _entier_positif(texte: str) -> int:
    try:
        valeur = int(texte) if len(texte) <= _CHIFFRES else _TROP
    except ValueError:
        raise argparse.ArgumentTypeError(f"ce n’est pas un nombre entier : {texte!r}") from None
    if valeur < 0:
        raise argparse.ArgumentTypeError(f"un nombre positif est attendu (reçu : {texte})")
    if valeur >= _TROP:
        raise argparse.ArgumentTypeError(f"ce nombre est trop grand : {texte[:20]}…")
    return valeur


def _chemin(texte: str) -> str:
    if not texte.strip():
        raise argparse.ArgumentTypeError("un chemin est attendu, et rien n’est donné")
    return texte


def _ajouter_base(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--base", metavar="FICHIER", type=_chemin, default=argparse.SUPPRESS, help="fichier de la base"
    )


def _lire(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--lecture-seule",
        action="store_true",
        help="lire la base sans y écrire, même ouverte sur un autre ordinateur",
    )


def _json(p: argparse.ArgumentParser) -> None:
    p.add_argument("--json", action="store_true", help="répondre en JSON")


def _analyseur() -> _Analyseur:
    p = _Analyseur(
        prog="esms-desktop",
        description="Prépare, vérifie et produit les dossiers ESMS numérique. Sans commande, ouvre la fenêtre.",
    )
    _ajouter_base(p)
    p.add_argument("--version", action="version", version=__version__, help="afficher la version")
    commandes = p.add_subparsers(
        dest="commande", metavar="COMMANDE", title="commandes", parser_class=_Analyseur
    )

    c = commandes.add_parser("demo", help="produire un dossier d’exemple complet, jusqu’au dépôt")
    c.add_argument("--sortie", metavar="DIR", type=_chemin, required=True, help="dossier où écrire")

    c = commandes.add_parser("campagnes", help="lister les campagnes connues et leurs hypothèses")
    _json(c)

    c = commandes.add_parser(
        "campagne", help="comparer, copier, modifier, compléter, importer, exporter une campagne"
    )
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    c = sous.add_parser("comparer", help="comparer deux campagnes, valeur par valeur")
    c.add_argument("gauche", metavar="ID", help="une campagne")
    c.add_argument("droite", metavar="AUTRE", help="l’autre")
    c.add_argument("--tout", action="store_true", help="donner aussi les valeurs qui sont les mêmes")
    _json(c)
    c = sous.add_parser("copier", help="faire d’une campagne une copie à vous")
    c.add_argument("source", metavar="ID", help="la campagne à copier")
    c.add_argument("id", metavar="NOUVEAU", help="identifiant de la copie, par exemple 2026-bretagne")
    c.add_argument("--titre", metavar="TITRE", required=True, help="titre de la copie")
    c = sous.add_parser("modifier", help="changer une valeur d’une campagne à vous")
    c.add_argument("id", metavar="ID", help="votre campagne")
    c.add_argument("cle", metavar="CLE", help="clé de la valeur, telle que « campagne comparer » la donne")
    c.add_argument("valeur", metavar="VALEUR", help="la valeur")
    c.add_argument("--source", metavar="TEXTE", default="", help="texte et section d’où vient la valeur")
    c.add_argument("--hypothese", metavar="POURQUOI", help="dire que c’est une hypothèse, et pourquoi")
    c = sous.add_parser(
        "ajouter", help="ajouter une fenêtre, un contact ou une remarque à une campagne à vous"
    )
    c.add_argument("id", metavar="ID", help="votre campagne")
    c.add_argument("liste", choices=("fenetres", "contacts", "remarques"), help="où l’ajouter")
    c.add_argument(
        "dits", metavar="CHAMP=VALEUR", nargs="+", help="par exemple nom=SESAN courriel=x@y.fr role=grades"
    )
    c.add_argument("--source", metavar="TEXTE", default="", help="texte et section qui le donnent")
    c.add_argument("--hypothese", metavar="POURQUOI", help="dire que c’est une hypothèse, et pourquoi")
    c = sous.add_parser(
        "retirer", help="retirer une fenêtre, un contact ou une remarque d’une campagne à vous"
    )
    c.add_argument("id", metavar="ID", help="votre campagne")
    c.add_argument("cle", metavar="CLE", help="par exemple contacts.2")
    c = sous.add_parser("importer", help="ajouter une campagne depuis un fichier .toml")
    c.add_argument("fichier", metavar="FICHIER", type=_chemin, help="fichier de campagne")
    c = sous.add_parser("exporter", help="écrire une campagne entière dans un fichier")
    c.add_argument("id", metavar="ID", help="la campagne")
    c.add_argument("fichier", metavar="FICHIER", type=_chemin, help="fichier ou dossier où écrire")
    c = sous.add_parser("supprimer", help="retirer une campagne à vous")
    c.add_argument("id", metavar="ID", help="votre campagne")

    c = commandes.add_parser("financement", help="calculer le financement d’un projet")
    c.add_argument("--campagne", metavar="ID", required=True, help="campagne, par exemple 2022")
    c.add_argument("--type", choices=("acquisition", "conformite"), required=True, help="type de projet")
    c.add_argument(
        "--solution",
        choices=("referencee", "en-cours", "non-referencee"),
        help="référencement Ségur de la solution",
    )
    c.add_argument(
        "--essms", metavar="N", type=_entier_positif, required=True, help="ESSMS éligibles du projet"
    )
    c.add_argument(
        "--petits-og", metavar="K", type=_entier_positif, default=0, help="dont ESSMS de petits OG"
    )
    c.add_argument("--sad", action="store_true", help="marché passé par la centrale d’achat (SAD)")
    c.add_argument("--pilotage", action="store_true", help="pilotage demandé")
    c.add_argument("--national", action="store_true", help="projet national")
    _json(c)

    c = commandes.add_parser("orienter", help="dire qui instruit le projet")
    c.add_argument("--campagne", metavar="ID", required=True, help="campagne")
    c.add_argument(
        "--par-region", metavar="R=N,…", required=True, help="ESSMS par région (code INSEE) : 11=30,24=25"
    )
    c.add_argument(
        "--type",
        choices=("acquisition", "conformite"),
        help="type de projet, quand un texte ne vaut que pour l’un",
    )
    c.add_argument("--territoire", choices=("metropole", "corse", "outre-mer"), help="territoire du projet")
    c.add_argument("--portee-nationale", action="store_true", help="le projet est de portée nationale")
    _json(c)

    c = commandes.add_parser(
        "finess", help="l’annuaire national : l’importer, y chercher ; vérifier des numéros"
    )
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    commandes_annuaire.inscrire(sous, _json, _chemin)

    c = commandes.add_parser("dossier", help="créer, lister et vérifier des dossiers")
    _ajouter_base(c)
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    c = sous.add_parser("creer", help="créer un dossier depuis un fichier FINESS")
    c.add_argument(
        "--finess",
        metavar="FICHIER",
        type=_chemin,
        required=True,
        help="fichier FINESS (JSON, JSON.gz ou CSV)",
    )
    c.add_argument("--nom", metavar="NOM", required=True, help="nom du dossier")
    c.add_argument("--campagne", metavar="ID", required=True, help="campagne")
    c.add_argument("--type", choices=("acquisition", "conformite"), required=True, help="type de projet")
    c.add_argument("--porteur", metavar="EJ", required=True, help="FINESS juridique de l’OG porteur")
    c.add_argument(
        "--membre", metavar="EJ", action="append", default=[], help="FINESS juridique d’un autre OG"
    )
    commandes_base.sans_sauvegarde(c)
    _ajouter_base(c)
    _json(c)
    c = sous.add_parser("liste", help="lister les dossiers")
    _ajouter_base(c)
    _lire(c)
    _json(c)
    c = sous.add_parser("verifier", help="donner tous les constats d’un dossier")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    _ajouter_base(c)
    _lire(c)
    _json(c)

    c = sous.add_parser(
        "changer-campagne", help="dire ce que changerait une autre campagne, puis l’appliquer"
    )
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("campagne", metavar="ID", help="la campagne")
    c.add_argument("--appliquer", action="store_true", help="changer vraiment ; sans cela, rien n’est écrit")
    commandes_base.sans_sauvegarde(c)
    _ajouter_base(c)
    _json(c)

    commandes_dossiers.inscrire(sous, _ajouter_base, _json, _chemin)
    c = commandes.add_parser("grappe", help="importer une liste d’ESSMS dans un dossier")
    _ajouter_base(c)
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    commandes_listes.inscrire(sous, _ajouter_base, _json, _chemin)

    c = commandes.add_parser("piece", help="joindre un fichier à une pièce, ou la dire sans objet")
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    c = sous.add_parser("joindre", help="joindre un fichier à une pièce")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("numero", metavar="NUMERO", type=int, help="numéro de la pièce, de 1 à 14")
    c.add_argument("fichier", metavar="FICHIER", type=_chemin, help="fichier à joindre")
    c.add_argument("--og", metavar="OG", help="l’organisme dont il est : numéro FINESS, sigle ou nom")
    _ajouter_base(c)
    _json(c)

    c = sous.add_parser("sans-objet", help="dire pourquoi une pièce n’est pas à fournir, ou la redemander")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("numero", metavar="NUMERO", type=int, help="numéro de la pièce, de 1 à 14")
    c.add_argument("--motif", metavar="TEXTE", help="le motif ; sans lui, la pièce est demandée de nouveau")
    _ajouter_base(c)
    c = commandes.add_parser("modele", help="remplir vos propres modèles Word")
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    commandes_modeles.inscrire(sous, _ajouter_base, _json, _chemin)

    c = commandes.add_parser("planning", help="reprendre le planning d’un autre logiciel")
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    commandes_planning.inscrire(sous, _ajouter_base, _json, _chemin)

    c = commandes.add_parser("deposer", help="produire et prouver le dossier à déposer")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("--sortie", metavar="DIR", type=_chemin, required=True, help="dossier où écrire")
    _ajouter_base(c)
    _json(c)

    c = commandes.add_parser(
        "geste",
        help="faire un geste de la fenêtre (« geste liste » les donne tous, « geste NOM --aide » un seul)",
    )
    c.add_argument(
        "nom", metavar="NOM", help="« liste », « champs » (suivi d’une table), ou le nom d’un geste"
    )
    _ajouter_base(c)
    _json(c)
    c.add_argument(
        "suite",
        metavar="DOSSIER --argument VALEUR",
        nargs=argparse.REMAINDER,
        help="le dossier, puis ce que prend le geste ; --args FICHIER lit du JSON (« - » : l’entrée)",
    )

    c = commandes.add_parser("base", help="veiller sur la base : code de secours, sauvegardes, santé")
    _ajouter_base(c)
    sous = c.add_subparsers(
        dest="action", metavar="ACTION", title="actions", required=True, parser_class=_Analyseur
    )
    commandes_base.inscrire(sous, _ajouter_base, _json)
    commandes_donnees.inscrire(sous, _ajouter_base, _json)
    p.epilog = _resume(p) + "\n\n" + _VARIABLES
    return p


def _resume(p: argparse.ArgumentParser) -> str:
    lignes = ["options de chaque commande :"]
    for nom, sous in _sous_analyseurs(p):
        feuilles = list(_sous_analyseurs(sous)) or [("", sous)]
        for action, feuille in feuilles:
            options = feuille.format_usage().split(" [-h]", 1)[-1]
            lignes.append(f"  {nom} {action}".rstrip() + " " + " ".join(options.split()))
    return "\n".join(lignes)


def _sous_analyseurs(p: argparse.ArgumentParser) -> list[tuple[str, argparse.ArgumentParser]]:
    for action in p._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices.items())
    return []


def _fenetre(options: argparse.Namespace) -> int:
    from ui.app import lancer

    code: int = lancer(getattr(options, "base", None))
    return code


def _executer(options: argparse.Namespace) -> int:
    from esms_desktop import commandes

    nom = "_".join(p for p in (options.commande, getattr(options, "action", None)) if p)
    commande: Callable[[argparse.Namespace], int] = commandes.COMMANDES[nom]
    return commande(options)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; answers the exit status, one of those of `terminal`."""

    def commande() -> int:
        options = _analyseur().parse_args(argv)
        return _executer(options) if options.commande else _fenetre(options)

    return conduire(commande)


if __name__ == "__main__":
    sys.exit(main())
