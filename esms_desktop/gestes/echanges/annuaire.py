"""The national directory: kept on this computer, searched, drawn from, compared with the grappe."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from esms_desktop.errors import ErreurFiness, ErreurSaisie, raison_systeme
from esms_desktop.finess import grappe as finess
from esms_desktop.finess.annuaire import Annuaire
from esms_desktop.finess.comparaison import Difference, comparer
from esms_desktop.finess.lecture import est_jumeau
from esms_desktop.finess.repertoire import Etat, Repertoire, place
from esms_desktop.finess.versement import joindre_capacites, verser
from esms_desktop.francais import pluriel
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.gestes.grappe import OgLu, Valeurs, ajouter_og_lu, completer_og
from esms_desktop.gestes.lignes import saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Ligne, Og
from esms_desktop.model import Base
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.progress import Progress
from esms_desktop.store.fichiers import brouillon, forcer, mettre_en_place
from esms_desktop.store.porte import Porte

_TOUTES = "toutes"


def importer(chemin: Path, progress: Progress | None = None) -> Etat:
    """Keeps a directory file on this computer, or joins to it the places its twin « activités » gives.

    What was kept before stays until the new one is whole.

    Raises:
        ErreurFiness: the file does not read, the disk refuses, or the twin comes before the directory; what was kept stays.
        Interruption: the person cancelled; likewise.
    """
    ici = place()
    garde = "L’annuaire précédent est gardé." if ici.is_file() else "Aucun annuaire n’a été gardé."
    try:
        ici.parent.mkdir(parents=True, exist_ok=True)
        with brouillon(ici) as neuf:
            if est_jumeau(chemin):
                if not ici.is_file():
                    raise ErreurFiness(
                        f"«\u00a0{chemin.name}\u00a0» est le fichier jumeau «\u00a0activités\u00a0»\u00a0: il ne donne que les capacités.",
                        "Importez d’abord le fichier «\u00a0finess-structures\u00a0», puis celui-ci.",
                    )
                shutil.copyfile(ici, neuf)
                joindre_capacites(chemin, neuf, progress)
            else:
                verser(chemin, neuf, ici if ici.is_file() else None, progress)
            forcer(neuf)
            # It reads before it takes the place of the other.
            with Repertoire(neuf):
                pass
            mettre_en_place(neuf, ici)
    except ErreurFiness as erreur:
        raise ErreurFiness(f"{erreur.message} {garde}", erreur.remede) from erreur
    except OSError as erreur:
        raise ErreurFiness(
            f"L’annuaire n’a pas pu être écrit dans {ici.parent} ({raison_systeme(erreur)}). {garde}",
            "Fermez les fenêtres où il est ouvert, ou libérez de la place, puis recommencez.",
        ) from erreur
    return etat()


def etat() -> Etat:
    """What the directory kept is of.

    Raises:
        ErreurFiness: there is none, or it does not read.
    """
    with Repertoire() as repertoire:
        return repertoire.etat


def organisme(annuaire: Annuaire, numero: str) -> OgLu:
    """An OG of the directory with all the ESSMS a grappe may take of it, a draft.

    Raises:
        ErreurFiness: a number that is wrong, unknown, closed, or without any eligible ESSMS.
    """
    og, _ = finess.og_depuis(annuaire, numero, porteur=False)
    return OgLu(_valeurs(og), tuple(map(_valeurs, og.essms)))


def _valeurs(objet: Base) -> dict[str, object]:
    """The columns that the directory filled in."""
    colonnes = type(objet).__mapper__.columns.keys()
    return {c: objet.__dict__[c] for c in colonnes if c in objet.__dict__}


def og_du_dossier(dossier: Dossier, ej: str) -> Og | None:
    """The OG of the dossier that has this EJ number."""
    return next((og for og in dossier.ogs if normaliser(og.finess_ej) == normaliser(ej)), None)


def manquants(dossier: Dossier, lu: OgLu) -> list[Valeurs]:
    """The ESSMS of an OG of the directory that the dossier does not have, by their FINESS number."""
    connus = {normaliser(e.finess) for e in dossier.essms}
    return [e for e in lu.essms if normaliser(e["finess"]) not in connus]


@geste(
    "annuaire.ajouter",
    "Ajouter un organisme de l’annuaire, avec ses ESSMS",
    numero="le numéro FINESS juridique de l’organisme",
    choisis="les numéros FINESS des ESSMS à prendre\u00a0; rien\u00a0: tous ceux qui sont actifs et éligibles",
)
def ajouter(porte: Porte, dossier: Dossier, numero: str, choisis: Sequence[str] = ()) -> int:
    """Adds an OG of the directory with the ESSMS chosen, or to the OG the dossier has the ones it lacks. Says how many.

    Raises:
        ErreurFiness: no directory, or a number it does not hold. ErreurSaisie: a number that is none of its ESSMS.
    """
    with Repertoire() as repertoire:
        lu = organisme(repertoire.annuaire([numero]), numero)
    voulus = {normaliser(n) for n in choisis}
    if inconnus := voulus - {normaliser(e["finess"]) for e in lu.essms}:
        raise ErreurSaisie(
            f"{min(inconnus)} n’est pas un ESSMS actif et éligible de «\u00a0{lu.nom}\u00a0».",
            "Rien n’a été ajouté.",
        )
    neufs = [e for e in manquants(dossier, lu) if not voulus or normaliser(e["finess"]) in voulus]
    present = og_du_dossier(dossier, numero)
    if present is None:
        ajouter_og_lu(porte, dossier, lu, neufs)
    elif neufs:
        completer_og(porte, present, neufs)
    return len(neufs)


def creer_dossier(
    porte: Porte,
    nom: str,
    campagne_id: str,
    type_projet: TypeProjet,
    organismes: Sequence[tuple[str, Sequence[str]]],
) -> int:
    """Makes a dossier with organismes of the directory, the first one the porteur, in one step. Answers its id.

    Args:
        organismes: for each, its EJ number, and the FINESS numbers of its ESSMS to take (none: all).

    Raises:
        ErreurSaisie: its name is empty or taken. ErreurFiness: a number cannot be used. Nothing is made.
    """
    with porte.geste(f"Créer le dossier « {nom} »"):
        cle = creer_vide(porte, nom, campagne_id, type_projet)
        for numero, choisis in organismes:
            lu = porte.lire(cle)
            assert lu is not None
            ajouter(porte, lu, numero, choisis)
    return cle


@geste(
    "annuaire.mettre-a-jour",
    "Mettre la grappe à jour d’après l’annuaire",
    choisies="les différences à reprendre, par leur clé (table:numéro:colonne), ou «\u00a0toutes\u00a0»",
)
def mettre_a_jour(porte: Porte, dossier: Dossier, choisies: Sequence[str] = (_TOUTES,)) -> int:
    """Writes what the directory says otherwise, the differences chosen, in one step; says how many rows changed.

    Raises:
        ErreurFiness: no directory. ErreurSaisie: a difference that is not there any more, or a value refused.
    """
    with Repertoire() as repertoire:
        trouvees = {d.cle: d for d in comparer(dossier, repertoire) if d.applicable}
    if list(choisies) != [_TOUTES]:
        if inconnues := [c for c in choisies if c not in trouvees]:
            raise ErreurSaisie(
                f"L’annuaire ne dit rien d’autre pour «\u00a0{inconnues[0]}\u00a0».",
                "Rien n’a été changé\u00a0: comparez de nouveau.",
            )
        trouvees = {c: trouvees[c] for c in choisies}
    return appliquer(porte, list(trouvees.values()))


def appliquer(porte: Porte, differences: Sequence[Difference]) -> int:
    """Writes these differences in one step; says how many rows changed."""
    par_ligne: dict[Ligne, dict[str, object]] = {}
    for d in differences:
        par_ligne.setdefault(d.ligne, {}).update(d.champs)
    if not par_ligne:
        return 0
    n = len(differences)
    libelle = f"Mettre à jour d’après l’annuaire\u00a0: {pluriel(n, 'valeur')}"
    return saisir_tous(porte, list(par_ligne.items()), libelle)
