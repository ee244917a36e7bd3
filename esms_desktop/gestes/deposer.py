"""File a dossier: read it through the door, let depot write and prove it, keep the exact archive in the base."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from esms_desktop import model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.fichiers.disque import empreinte
from esms_desktop.depot.publication import Depot
from esms_desktop.depot.publication import deposer as publier
from esms_desktop.errors import ErreurBase, ErreurDepot, ErreurEsms, ErreurSaisie, raison_systeme
from esms_desktop.gestes.planning.plan import prendre_reference
from esms_desktop.lecture import Complement, DepotFait, Dossier
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.regles.dossier.pieces import a_deposer
from esms_desktop.store.fichiers import ecrire_entier
from esms_desktop.store.lectures import meme_contenu
from esms_desktop.store.porte import Porte
from esms_desktop.store.session import maintenant

LIBELLE = "Produire le dossier à déposer"


def deposer_dossier(
    porte: Porte, dossier: Dossier, sortie: Path, jour: date, progress: Progress | None = None
) -> Depot:
    """Writes the filing of `dossier` into `sortie`, proves it, and keeps its archive in the base.

    For a caller with one thread. The window writes beside its thread with `produire`, then calls `garder` in it.

    Raises:
        ErreurDepot: it could not be written or proved, what was in `sortie` is untouched; or the base says something else by now.
        ErreurBase: it was written, and the base could not keep it.
    """
    depot = produire(porte, dossier, sortie, jour, progress)
    perimes: list[bool] = []
    try:
        garder(porte, dossier, depot, perime=lambda: perimes.append(True))
    except (ErreurBase, ErreurSaisie) as e:
        raise non_garde(depot, e) from e
    if perimes:
        raise plus_a_jour(depot)
    return depot


def plus_a_jour(depot: Depot) -> ErreurDepot:
    """What to say of a filing that stands on the disk, that the base keeps, and that it no longer agrees with."""
    return ErreurDepot(
        f"Le dossier à déposer est écrit et prouvé dans {depot.dossier}, et gardé, mais le dossier a changé dans la base depuis : il n’est plus "
        "à jour.",
        "Produisez-le de nouveau avant de le déposer.",
    )


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
        ErreurDepot: it could not be written or proved, or the base says something else by now; what was in `sortie` is untouched.
    """
    if porte.lecture_seule:
        raise ErreurDepot(
            f"La base est ouverte en lecture seule : un dossier à déposer ne s’y produit pas. {porte.lecture_seule}",
            "Rouvrez-la quand elle pourra être écrite.",
        )
    campagne = charger(dossier.campagne_id)
    if not a_deposer(campagne):
        raise ErreurDepot(
            f"La campagne « {campagne.titre} » ne demande aucune pièce : il n’y a pas de dossier à déposer.",
            "Le SONS passe par un bon de commande signé avec l’éditeur, puis par la vérification d’aptitude."
            if campagne.programme == "sons"
            else "Vérifiez la campagne du dossier.",
        )
    return publier(
        dossier,
        campagne,
        jour,
        sortie,
        porte.contenu,
        progress or SansProgress(),
        demande,
        a_jour=lambda: porte.a_jour(dossier),
    )


def garder(
    porte: Porte,
    dossier: Dossier,
    depot: Depot,
    complements: Sequence[Complement] = (),
    perime: Callable[[], object] = lambda: None,
) -> list[model.DepotFait]:
    """Keeps a filing that was proved: its exact archive and its manifest, in one gesture, whatever was written meanwhile.

    The planning of a whole and complete filing becomes the reference.

    Args:
        dossier: as it was read to be filed.
        complements: what the filing answers: one entry of the log for each, all on the same archive. None: the whole filing.
        perime: called when the base no longer says what was filed: it is kept, and not announced as up to date.

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
        # Inside the transaction: what is announced is compared with what the base says at that instant, whoever writes in it.
        if isinstance(dossier, Dossier) and not meme_contenu(porte.lire(dossier.id, dossier), dossier):
            perime()
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
    try:
        ecrire_entier(chemin, octets)
    except OSError as e:
        raise ErreurDepot(
            f"L’archive n’a pas pu être écrite dans {chemin.parent} ({raison_systeme(e)}).",
            "Choisissez un autre dossier, ou libérez de la place.",
        ) from e


def _change(depot: Depot) -> ErreurDepot:
    return ErreurDepot(
        f"Le dépôt est écrit dans {depot.dossier}, mais son archive a changé depuis sa relecture : elle n’est pas gardée.",
        "Produisez de nouveau le dossier.",
    )
