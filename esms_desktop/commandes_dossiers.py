"""The commands « dossier » that deal in files: exported, imported, duplicated, brought together with a copy that diverged."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esms_desktop import commandes_base
from esms_desktop.commandes_campagnes import imprimer_json
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import date_heure, pluriel
from esms_desktop.terminal import CONSTATS, FAIT, repondre

if TYPE_CHECKING:
    from esms_desktop.gestes.echanges.rapprochement import Rapprochement

VARIABLE = "ESMS_DESKTOP_PHRASE_FICHIER"
Ajouter = Callable[[argparse.ArgumentParser], None]


def inscrire(actions: Any, base: Ajouter, en_json: Ajouter, chemin: Callable[[str], str]) -> None:
    """Declares the actions, among those of `esms-desktop dossier`; `base` and `en_json` add --base and --json."""
    c = actions.add_parser(
        "exporter", help="écrire un dossier, ses fichiers et son journal dans un fichier .esms"
    )
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("--sortie", metavar="F.esms", type=chemin, required=True, help="fichier à écrire")
    c.add_argument(
        "--en-clair", action="store_true", help="sans phrase : quiconque a le fichier lit le dossier"
    )
    base(c)
    c = actions.add_parser("importer", help="prendre le dossier d’un fichier .esms")
    c.add_argument("fichier", metavar="F.esms", type=chemin, help="le fichier")
    c.add_argument("--nom", metavar="NOM", default="", help="un autre nom pour ce dossier")
    base(c)
    c = actions.add_parser("dupliquer", help="refaire un dossier pour une autre campagne")
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("--campagne", metavar="ID", required=True, help="la campagne")
    c.add_argument("--nom", metavar="NOUVEAU", dest="nouveau", required=True, help="nom du nouveau dossier")
    base(c)
    c = actions.add_parser(
        "fusionner", help="dire ce qu’apporte une copie modifiée ailleurs, puis la fusionner"
    )
    c.add_argument("nom", metavar="NOM", help="nom du dossier")
    c.add_argument("fichier", metavar="F.esms", type=chemin, help="la copie")
    c.add_argument(
        "--appliquer", action="store_true", help="fusionner vraiment ; sans cela, rien n’est écrit"
    )
    base(c)
    en_json(c)


def _phrase() -> str:
    donnee = os.environ.get(VARIABLE) or commandes_base.demander("Phrase du fichier :")
    if not donnee:
        raise ErreurSaisie(
            "La phrase du fichier manque.", f"Donnez-la dans {VARIABLE}, ou au clavier ; rien n’a été changé."
        )
    return donnee


def _exporter(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.dossiers import exporter

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        phrase = None if options.en_clair else _phrase()
        ecrit = exporter(porte, dossier.id, Path(options.sortie).expanduser(), phrase)
    comment = "en clair : quiconque a ce fichier lit le dossier" if phrase is None else "scellé par sa phrase"
    repondre(f"« {dossier.nom} » est écrit, {comment} : {ecrit}")
    return FAIT


def _importer(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.dossiers import importer

    with commandes_base.porte(options, creer=True) as porte:
        commandes_base.sauvegarder_avant(porte, "import")
        cle = importer(porte, Path(options.fichier).expanduser(), _phrase, options.nom)
        lu = porte.lire(cle)
        assert lu is not None
        repondre(
            f"« {lu.nom} » est importé : {pluriel(len(lu.ogs), 'organisme')}, {pluriel(len(lu.essms), 'ESSMS', 'ESSMS')}, "
            f"{pluriel(len(lu.fichiers), 'fichier joint', 'fichiers joints')}."
        )
    return FAIT


def _dupliquer(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.dossiers import dupliquer

    with commandes_base.porte(options) as porte:
        dupliquer(porte, porte.dossier(options.nom), options.campagne, options.nouveau)
    repondre(
        f"« {options.nouveau} » est créé pour la campagne {options.campagne} : la grappe y est, les réponses sont à redonner ; "
        "pièces, signatures et planning restent dans le premier."
    )
    return FAIT


def _fusionner(options: argparse.Namespace) -> int:
    from esms_desktop.gestes.echanges.dossiers import rapprocher

    with commandes_base.porte(options) as porte:
        dossier = porte.dossier(options.nom)
        if options.appliquer:
            commandes_base.sauvegarder_avant(porte, "import")
        vu = rapprocher(
            porte, dossier, Path(options.fichier).expanduser(), _phrase, appliquer=options.appliquer
        )
    if options.json:
        imprimer_json({"dossier": dossier.nom, **en_dict(vu)})
    else:
        _raconter(vu)
    return CONSTATS if vu.fusion.conflits else FAIT


def en_dict(vu: "Rapprochement") -> dict[str, Any]:
    """What a merge brings and leaves to decide, as JSON."""
    return {
        "applique": vu.applique,
        "reprises": [
            {
                "genre": op.genre,
                "table": op.table,
                "uid": op.uid,
                "nom": vu.nom(op.table, op.uid),
                "champs": dict(op.champs),
            }
            for op in vu.fusion.operations
        ],
        "conflits": [
            {
                "cle": c.cle,
                "genre": c.genre,
                "table": c.table,
                "nom": vu.nom(c.table, c.uid),
                "champ": c.champ,
                "notre": {"valeur": c.notre.valeur, "qui": c.notre.qui, "quand": c.notre.quand},
                "leur": {"valeur": c.leur.valeur, "qui": c.leur.qui, "quand": c.leur.quand},
            }
            for c in vu.fusion.conflits
        ],
    }


def _raconter(vu: "Rapprochement") -> None:
    for phrase in vu.phrases():
        repondre(phrase)
    for d in vu.questions():
        repondre(f"À décider : {d.titre}")
        for qui, dit in (("ici", d.notre), ("là-bas", d.leur)):
            quand = f" ({dit.qui}, {date_heure(dit.quand)})" if dit.quand else ""
            repondre(f"    {qui} : {dit.texte}{quand}")
    reste = len(vu.fusion.conflits)
    if vu.applique:
        repondre(
            "C’est fusionné."
            + (f" {pluriel(reste, 'point reste', 'points restent')} comme ici." if reste else "")
        )
    elif vu.fusion.operations:
        repondre("Rien n’est écrit ; ajoutez --appliquer pour fusionner.")


COMMANDES: dict[str, Callable[[argparse.Namespace], int]] = {
    "dossier_exporter": _exporter,
    "dossier_importer": _importer,
    "dossier_dupliquer": _dupliquer,
    "dossier_fusionner": _fusionner,
}
