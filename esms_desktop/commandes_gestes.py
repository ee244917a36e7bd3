"""The command « geste »: what the window does, one act at a time, on a dossier of the base; texts or JSON in, JSON out."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop import commandes_base
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, pluriel
from esms_desktop.terminal import FAIT, repondre

if TYPE_CHECKING:
    from esms_desktop.gestes.arguments import Argument

# A file of arguments longer than this is not one.
_TAILLE_MAX = 8_000_000


def geste(options: argparse.Namespace) -> int:
    """« geste liste [--json] », « geste champs [TABLE] [--json] », « geste NOM [DOSSIER] [--argument valeur …] [--args FICHIER]
    [--sans-sauvegarde] [--json] »."""
    demande = _lire(options)
    if options.nom == "liste":
        return _lister(demande)
    if options.nom == "champs":
        return _dire_champs(demande)
    return _accomplir(options.nom, demande)


def _lire(options: argparse.Namespace) -> argparse.Namespace:
    """What follows the name of the geste: what each geste takes is its own, and not known to the parser.

    Raises:
        ErreurSaisie: an option without its value, more than one dossier.
    """
    lu = argparse.Namespace(
        dossier="", valeurs=[], args=None, aide=False, json=options.json, sans_sauvegarde=False
    )
    if hasattr(options, "base"):
        lu.base = options.base
    suite = list(options.suite)
    while suite:
        mot = suite.pop(0)
        nom, egal, valeur = mot.removeprefix("--").partition("=")
        if mot in ("--json", "--aide", "--help", "-h"):
            lu.json |= mot == "--json"
            lu.aide |= mot != "--json"
            continue
        if mot == "--sans-sauvegarde":
            lu.sans_sauvegarde = True
            continue
        if mot.startswith("--"):
            if not egal:
                if not suite:
                    raise ErreurSaisie(f"« {mot} » attend une valeur.", "Rien n’a été fait.")
                valeur = suite.pop(0)
            if nom in ("base", "args", "dossier"):
                setattr(lu, nom, valeur)
            else:
                lu.valeurs.append((nom, valeur))
        elif egal:
            lu.valeurs.append((nom, valeur))
        elif lu.dossier:
            raise ErreurSaisie(
                f"« {mot} » est de trop.",
                "Écrivez --argument valeur, ou argument=valeur ; rien n’a été fait.",
            )
        else:
            lu.dossier = mot
    return lu


def _lister(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.arguments import arguments
    from esms_desktop.gestes.registre import tous

    gestes = tous()
    if options.json:
        imprimer_json(
            [
                {"nom": g.nom, "titre": g.titre, "arguments": [a.en_dict() for a in arguments(g.nom)]}
                for g in gestes
            ]
        )
        return FAIT
    for g in gestes:
        repondre(f"{g.nom} : {g.titre}")
    repondre(f"{pluriel(len(gestes), 'geste')}. « esms-desktop geste NOM --aide » dit ce que prend chacun.")
    return FAIT


def _dire_champs(demande: argparse.Namespace) -> int:
    """The fields that a person fills in, those of a table or all of them, as the catalogue says them."""
    from esms_desktop.gestes.champs import codes, nom_du_genre
    from esms_desktop.nomenclature.champs import CHAMPS

    voulue = demande.dossier
    trouves = [c for c in CHAMPS.values() if c.se_remplit and voulue in ("", c.table)]
    if not trouves:
        tables = sorted({c.table for c in CHAMPS.values() if c.se_remplit})
        raise ErreurSaisie(
            f"«\u00a0{voulue}\u00a0» n’a aucun champ à remplir.", f"Au choix\u00a0: {', '.join(tables)}."
        )
    if demande.json:
        imprimer_json(
            [
                {
                    "champ": c.code,
                    "libelle": c.titre,
                    "genre": nom_du_genre(c),
                    "longueur": c.longueur or None,
                    "bornes": c.bornes,
                    "choix": list(codes(c)),
                    "aide": c.aide,
                    "source": c.source,
                    "declarant": c.declarant.value,
                }
                for c in trouves
            ]
        )
        return FAIT
    for c in trouves:
        source = f" ({c.source})" if c.source else ""
        repondre(
            f"{c.code} : {c.titre} — {nom_du_genre(c)}, dit par {c.declarant.value}{source}".replace(
                " : ", "\u00a0: ", 1
            )
        )
    repondre(f"{pluriel(len(trouves), 'champ')}.")
    return FAIT


def _accomplir(nom: str, demande: argparse.Namespace) -> int:
    from esms_desktop.gestes.appel import SANS_DOSSIER, accomplir
    from esms_desktop.gestes.arguments import arguments
    from esms_desktop.gestes.registre import trouver

    decrit, prend = trouver(nom), arguments(nom)
    if demande.aide:
        repondre(f"{decrit.nom} : {decrit.titre}")
        for a in prend:
            repondre(f"  {_decrire(a)}")
        return FAIT
    donnees = _donnees(demande.valeurs, demande.args, prend)
    with commandes_base.porte(demande, creer=nom in SANS_DOSSIER) as porte:
        dossier = porte.dossier(demande.dossier) if demande.dossier else None
        if decrit.motif:
            commandes_base.sauvegarder_avant(porte, decrit.motif, demande.sans_sauvegarde)
        fait = accomplir(porte, nom, dossier, donnees, date.today())
    if demande.json:
        imprimer_json({"geste": decrit.nom, **fait.en_dict()})
    elif fait.lignes:
        repondre(f"Fait : {fait.libelle} ({pluriel(len(fait.lignes), 'ligne écrite', 'lignes écrites')}).")
    else:
        repondre("Rien n’avait à changer.")
    return FAIT


def _decrire(a: "Argument") -> str:
    choix = f" Au choix : {', '.join(a.choix)}." if a.choix else ""
    return f"{a.nom} ({a.genre}{'' if a.oblige else ', facultatif'}) : {a.aide}.{choix}"


def _donnees(
    valeurs: Sequence[tuple[str, str]], fichier: str | None, prend: "Sequence[Argument]"
) -> dict[str, Any]:
    """The arguments: those of a JSON file first, then « nom=valeur », a name given twice being a list.

    Raises:
        ErreurSaisie: the file does not read, or a value has no name.
    """
    from esms_desktop.gestes.arguments import CHAMPS

    donnees = _du_fichier(fichier) if fichier else {}
    plusieurs: dict[str, list[str]] = {}
    for nom, valeur in valeurs:
        plusieurs.setdefault(nom.strip(), []).append(valeur)
    connus = {cle(a.nom).replace("_", "-"): a.nom for a in prend}
    libres = any(a.nom == CHAMPS for a in prend)
    for nom, liste in plusieurs.items():
        vrai = connus.get(cle(nom).replace("_", "-"), nom)
        donnee: Any = liste if len(liste) > 1 else liste[0]
        if libres and vrai not in connus.values():
            donnees.setdefault(CHAMPS, {})[vrai] = donnee
        else:
            donnees[vrai] = donnee
    return donnees


def _du_fichier(fichier: str) -> dict[str, Any]:
    import sys

    from esms_desktop.errors import raison_systeme

    try:
        if fichier == "-":
            lu = sys.stdin.buffer.read(_TAILLE_MAX + 1)
        else:
            chemin = Path(fichier)
            if chemin.exists() and not chemin.is_file():
                raise ErreurSaisie(f"« {fichier} » n’est pas un fichier.", "Indiquez un fichier JSON.")
            with chemin.open("rb") as flux:
                lu = flux.read(_TAILLE_MAX + 1)
        if len(lu) > _TAILLE_MAX:
            raise ErreurSaisie(
                "Les arguments sont trop longs.", "Rien n’a été fait : moins de 8 Mo sont lus."
            )
        donnees = json.loads(lu.decode("utf-8-sig"))
    except OSError as e:
        raise ErreurSaisie(
            f"« {fichier} » n’a pas pu être lu : {raison_systeme(e)}.", "Rien n’a été fait."
        ) from e
    except (ValueError, RecursionError) as e:
        raise ErreurSaisie(f"« {fichier} » n’est pas du JSON.", "Rien n’a été fait.") from e
    if not isinstance(donnees, dict):
        raise ErreurSaisie(
            "Les arguments ne sont pas un objet JSON.", 'Écrivez {"nom": "valeur"} ; rien n’a été fait.'
        )
    return donnees


COMMANDES = {"geste": geste}
