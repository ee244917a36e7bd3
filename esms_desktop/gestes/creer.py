"""Create a dossier from the numbers of its OG, and keep it."""

from collections.abc import Sequence
from pathlib import Path

from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.finess.grappe import Import, creer_dossier
from esms_desktop.finess.lecture import lire
from esms_desktop.francais import cle
from esms_desktop.gestes.lignes import inscrire, neuve
from esms_desktop.gestes.registre import geste
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
    garder(porte, resultat)
    return resultat


def garder(porte: Porte, importe: Import) -> int:
    """Keeps a dossier read from the directory. Answers its id.

    Raises:
        ErreurSaisie: its name is taken.
    """
    porte.ajouter(importe.dossier, libelle=f"Créer le dossier « {importe.dossier.nom} »")
    return importe.dossier.id


@geste("dossier.creer", "Créer un dossier vide", campagne_id="l’identifiant de la campagne")
def creer_vide(porte: Porte, nom: str, campagne_id: str, type_projet: TypeProjet) -> int:
    """Makes a dossier whose grappe will be typed by hand. Answers its id.

    Raises:
        ErreurSaisie: its name is empty or taken. ErreurCampagne: no such campaign.
    """
    charger(campagne_id)
    neuf = neuve("dossier", nom=nom, campagne_id=campagne_id, type_projet=type_projet)
    return inscrire(porte, neuf, libelle=f"Créer le dossier « {nom} »")[0]
