"""Create a dossier from the numbers of its OG, and keep it."""

from collections.abc import Sequence
from pathlib import Path

from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.finess.grappe import Import, creer_dossier
from esms_desktop.finess.lecture import lire
from esms_desktop.francais import cle
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.store.porte import Porte


def creer_depuis_finess(
    porte: Porte,
    fichier: Path,
    nom: str,
    campagne_id: str,
    type_projet: TypeProjet,
    porteur: str,
    membres: Sequence[str] = (),
    progress: Progress | None = None,
) -> Import:
    """Reads the directory, builds the grappe and saves it in one gesture; nothing is saved when one step fails.

    Raises:
        ErreurCampagne: the campaign does not exist.
        ErreurFiness: the file or one of the EJ numbers is wrong.
        ErreurSaisie: the name is empty or taken.
    """
    charger(campagne_id)
    # Said before the directory is read, which takes seconds; the door would refuse it anyway.
    if cle(nom) in {cle(d.nom) for d in porte.resumes()}:
        raise ErreurSaisie(
            f"Un dossier s’appelle déjà «\u00a0{nom}\u00a0».", "Rien n’a été créé : choisissez un autre nom."
        )
    annuaire = lire(fichier, progress or SansProgress(), seulement=[porteur, *membres])
    resultat = creer_dossier(annuaire, nom, campagne_id, type_projet, porteur, membres)
    porte.ajouter(resultat.dossier, libelle=f"Créer le dossier « {nom} »")
    return resultat
