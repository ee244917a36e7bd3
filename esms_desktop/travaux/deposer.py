"""File a dossier: read it through the door, let depot write and prove it, keep the exact archive in the base."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from esms_desktop import model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.disque import empreinte
from esms_desktop.depot.publication import Depot
from esms_desktop.depot.publication import deposer as publier
from esms_desktop.errors import ErreurBase, ErreurDepot, ErreurEsms, ErreurSaisie, raison_systeme
from esms_desktop.lecture import Complement, DepotFait, Dossier
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.regles.pieces import a_deposer
from esms_desktop.store.porte import Porte
from esms_desktop.store.session import maintenant
from esms_desktop.travaux.planning import prendre_reference

LIBELLE = "Produire le dossier à déposer"


def deposer_dossier(
    porte: Porte, dossier: Dossier, sortie: Path, jour: date, progress: Progress | None = None
) -> Depot:
    """Writes the filing of `dossier` into `sortie`, proves it, and keeps its archive in the base.

    For a caller with one thread. The window writes beside its thread with `produire`, then calls `garder` in it.

    Raises:
        ErreurDepot: it could not be written or proved; what was in `sortie` is untouched.
        ErreurBase: it was written, and the base could not keep it.
    """
    depot = produire(porte, dossier, sortie, jour, progress)
    try:
        garder(porte, dossier, depot)
    except (ErreurBase, ErreurSaisie) as e:
        raise non_garde(depot, e) from e
    return depot


def non_garde(depot: Depot, e: ErreurEsms) -> ErreurBase:
    """What to say of a filing that stands on the disk and that the base could not keep."""
    return ErreurBase(
        f"Le dossier à déposer est écrit et prouvé dans {depot.dossier}, mais la base ne l’a pas gardé. {e.message}",
        e.remede,
    )


def produire(
    porte: Porte,
    dossier: Dossier,
    sortie: Path,
    jour: date,
    progress: Progress | None = None,
    demande: Demande | None = None,
) -> Depot:
    """Writes and proves the filing, without keeping it: the base is only read, and any thread may call it.

    Args:
        dossier: already loaded whole.
        demande: files only the pieces it asks, as the answer to complements.

    Raises:
        ErreurDepot: it could not be written or proved; what was in `sortie` is untouched.
    """
    campagne = charger(dossier.campagne_id)
    if not a_deposer(campagne):
        raise ErreurDepot(
            f"La campagne « {campagne.titre} » ne demande aucune pièce : il n’y a pas de dossier à déposer.",
            "Le SONS passe par un bon de commande signé avec l’éditeur, puis par la vérification d’aptitude."
            if campagne.programme == "sons"
            else "Vérifiez la campagne du dossier.",
        )
    return publier(dossier, campagne, jour, sortie, porte.contenu, progress or SansProgress(), demande)


def garder(
    porte: Porte, dossier: Dossier, depot: Depot, complements: Sequence[Complement] = ()
) -> list[model.DepotFait]:
    """Keeps a filing that was proved: its exact archive and its manifest, in one gesture.

    The planning of a whole and complete filing becomes the reference.

    Args:
        complements: what the filing answers: one entry of the log for each, all on the same archive. None: the whole filing.

    Raises:
        ErreurDepot: the archive on the disk is no longer the one that was proved.
        ErreurBase: the base refuses; nothing is kept.
    """
    try:
        archive = depot.zip.read_bytes()
        manifeste = depot.manifeste.read_text(encoding="utf-8")
    except OSError as e:
        raise _change(depot) from e
    if empreinte(archive) != depot.sha256_zip:
        raise _change(depot)
    faits = [
        model.DepotFait(
            dossier_id=dossier.id,
            complement_id=c.id if c else None,
            produit_le=maintenant(),
            complet=depot.complet,
            sha256=depot.sha256_zip,
            taille=len(archive),
            pages=depot.pages,
            manifeste=manifeste,
        )
        for c in (complements or (None,))
    ]
    with porte.geste(LIBELLE):
        porte.ranger_contenu(archive)
        porte.ajouter(*faits, libelle=LIBELLE)
        if depot.complet and not complements and dossier.taches:
            # What was filed is what the planning is compared with from then on.
            prendre_reference(porte, dossier, faits[0].produit_le.date())
    return faits


def exporter(porte: Porte, fait: DepotFait, chemin: Path) -> None:
    """Writes the exact archive of a kept filing into the file `chemin`, replaced when it exists.

    Raises:
        ErreurBase: the base does not hold it.
        ErreurDepot: the file cannot be written.
    """
    octets = porte.contenu(fait.sha256)
    provisoire = chemin.with_name(f".{chemin.name}.partiel")
    try:
        provisoire.write_bytes(octets)
        provisoire.replace(chemin)
    except OSError as e:
        provisoire.unlink(missing_ok=True)
        raise ErreurDepot(
            f"L’archive n’a pas pu être écrite dans {chemin.parent} ({raison_systeme(e)}).",
            "Choisissez un autre dossier, ou libérez de la place.",
        ) from e


def _change(depot: Depot) -> ErreurDepot:
    return ErreurDepot(
        f"Le dépôt est écrit dans {depot.dossier}, mais son archive a changé depuis sa relecture : elle n’est pas gardée.",
        "Produisez de nouveau le dossier.",
    )
