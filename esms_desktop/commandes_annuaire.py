"""The commands « finess »: the numbers checked, the directory imported, searched, told."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.francais import date_courte, nombre, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, dire, repondre

if TYPE_CHECKING:
    from esms_desktop.finess.repertoire import Etat

Ajouter = Callable[[argparse.ArgumentParser], None]


def inscrire(actions: Any, en_json: Ajouter, chemin: Callable[[str], str]) -> None:
    """Declares the actions of `esms-desktop finess`; `en_json` adds --json, `chemin` reads a path."""
    c = actions.add_parser("verifier", help="dire si chaque numéro est valide, sinon pourquoi")
    c.add_argument("numeros", metavar="NUM", nargs="+", help="numéro FINESS")
    c = actions.add_parser(
        "importer", help="garder l’annuaire national sur cet ordinateur, ou lui joindre les capacités"
    )
    c.add_argument(
        "fichier",
        metavar="FICHIER",
        type=chemin,
        help="« finess-structures », « etalab » ou « finess-activites »",
    )
    c = actions.add_parser("chercher", help="chercher un organisme par son nom, sa commune, un numéro")
    c.add_argument("texte", metavar="TEXTE", nargs="+", help="ce qu’on cherche, même écrit à moitié")
    en_json(c)
    c = actions.add_parser("etat", help="dire de quand date l’annuaire gardé, et ce qu’il contient")
    en_json(c)


def _verifier(options: argparse.Namespace) -> int:
    from esms_desktop.nomenclature.numeros import defaut_finess, normaliser

    faux = 0
    for numero in options.numeros:
        defaut = defaut_finess(numero)
        faux += defaut is not None
        repondre(f"{normaliser(numero) or numero} {'valide' if defaut is None else f'invalide : {defaut}'}")
    return CONSTATS if faux else FAIT


class _Avance:
    """Says how far the import is, on the error output, when a person looks at it."""

    def __init__(self) -> None:
        self._dit = -1

    def etape(self, fait: int, total: int, message: str) -> None:
        """Prints each tenth."""
        dixieme = fait * 10 // total if total else 10
        if dixieme > self._dit and sys.stderr is not None and sys.stderr.isatty():
            dire(f"{message} : {dixieme * 10} %" if total else message)
        self._dit = max(self._dit, dixieme)


def _importer(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.annuaire import importer

    _raconter(importer(Path(options.fichier).expanduser(), _Avance()))
    return FAIT


def _raconter(etat: "Etat") -> None:
    quand = f" du {date_courte(etat.date_source)}" if etat.date_source else " sans date"
    repondre(
        f"Annuaire FINESS{quand} ({etat.format}) : {nombre(etat.entites)} organismes, "
        f"{pluriel(etat.etablissements, 'établissement')}."
    )
    repondre(
        f"Importé le {date_courte(etat.importe_le.date())} depuis « {etat.fichier} » ; gardé dans {etat.chemin}."
    )
    if etat.capacites or etat.activites_date:
        du = f" (fichier « activités » du {date_courte(etat.activites_date)})" if etat.activites_date else ""
        repondre(f"Capacités : {pluriel(etat.capacites, 'établissement')}{du}.")
    for alerte in etat.alertes:
        repondre(f"À savoir : {alerte}")


def _etat(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.annuaire import etat

    lu = etat()
    if not options.json:
        _raconter(lu)
        return FAIT
    imprimer_json(
        {
            "fichier": str(lu.chemin),
            "format": lu.format,
            "date": lu.date_source.isoformat() if lu.date_source else None,
            "importe_le": lu.importe_le.isoformat(),
            "source": lu.fichier,
            "entites": lu.entites,
            "etablissements": lu.etablissements,
            "capacites": lu.capacites,
            "activites_date": lu.activites_date.isoformat() if lu.activites_date else None,
            "alertes": list(lu.alertes),
        }
    )
    return FAIT


def _chercher(options: argparse.Namespace) -> int:
    from esms_desktop.finess.repertoire import Repertoire

    with Repertoire() as repertoire:
        trouve = repertoire.chercher(" ".join(options.texte))
    if options.json:
        imprimer_json(
            {
                "corrige": trouve.corrige,
                "organismes": [
                    {
                        "finess_ej": t.finess,
                        "nom": t.nom,
                        "sigle": t.sigle,
                        "siren": t.siren,
                        "commune": t.commune,
                        "actif": t.active,
                        "etablissements": t.ouverts,
                        "trouves": [
                            {"finess": e.finess, "nom": e.nom, "commune": e.commune} for e in t.touches
                        ],
                    }
                    for t in trouve.trouvailles
                ],
            }
        )
        return FAIT
    if trouve.corrige:
        repondre(f"Rien ne s’écrit ainsi ; cherché : {trouve.corrige}")
    for t in trouve.trouvailles:
        nom = t.nom or f"Entité juridique {t.finess}"
        lieu = f", {t.commune}" if t.commune else ""
        ferme = "" if t.active else " (fermé)"
        repondre(f"{t.finess}  {nom}{lieu} : {pluriel(t.ouverts, 'établissement')}{ferme}")
        for e in t.touches[:3]:
            repondre(f"    {e.finess}  {e.nom}, {e.commune}")
    if not trouve.trouvailles:
        repondre("Rien de tel dans l’annuaire. Essayez un mot de moins, la commune, ou le SIREN.")
    return FAIT if trouve.trouvailles else CONSTATS


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "finess_verifier": _verifier,
    "finess_importer": _importer,
    "finess_chercher": _chercher,
    "finess_etat": _etat,
}
