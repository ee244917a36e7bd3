"""The complements the ARS asks after the filing: note them, answer them with a filing of their own."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from esms_desktop import model
from esms_desktop.depot.demande import Demande, lire
from esms_desktop.depot.publication import Depot
from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.gestes import deposer
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Complement, Dossier
from esms_desktop.progress import Progress
from esms_desktop.regles.dossier.pieces import TITRES
from esms_desktop.store.porte import Porte


@geste("depot.noter-complement", "Noter une demande de complément", numero="la pièce demandée, de 1 à 14")
def noter(
    porte: Porte,
    dossier: Dossier,
    numero: int | None,
    demande: str,
    demande_le: date | None = None,
    echeance: date | None = None,
) -> model.Complement:
    """Notes what the ARS asks: a piece (1 to 14), or something else said in `demande`.

    Raises:
        ErreurSaisie: no such piece, nothing said, or a date of answer before the date of the request.
    """
    if numero is not None and numero not in TITRES:
        raise ErreurSaisie(f"La pièce {numero} n’existe pas.", "Les pièces portent les numéros 1 à 14.")
    if numero is None and not demande.strip():
        raise ErreurSaisie(
            "La demande est vide.", "Choisissez la pièce demandée, ou écrivez ce que l’ARS demande."
        )
    if demande_le and echeance and echeance < demande_le:
        raise ErreurSaisie("La réponse est attendue avant la date de la demande.", "Vérifiez les deux dates.")
    complement = model.Complement(
        dossier_id=dossier.id,
        numero=numero,
        demande=demande.strip(),
        demande_le=demande_le,
        echeance=echeance,
    )
    porte.ajouter(complement, libelle="Noter une demande de complément")
    return complement


def preparer(dossier: Dossier, complements: Sequence[Complement], numeros: Sequence[int] = ()) -> Demande:
    """What one answer to these complements files; `numeros`: other pieces to send with it.

    Raises:
        ErreurSaisie: no complement, or no piece to file.
    """
    if not complements:
        raise ErreurSaisie("Aucune demande n’est choisie.", "Choisissez les demandes auxquelles répondre.")
    inconnus = sorted(set(numeros) - TITRES.keys())
    if inconnus:
        raise ErreurSaisie(f"La pièce {inconnus[0]} n’existe pas.", "Les pièces portent les numéros 1 à 14.")
    demande = lire(complements, numeros)
    if not demande.numeros:
        raise ErreurSaisie(
            "La demande ne nomme aucune pièce.", "Choisissez les pièces à envoyer avec la réponse."
        )
    return demande


def repondre(
    porte: Porte,
    dossier: Dossier,
    complements: Sequence[Complement],
    sortie: Path,
    jour: date,
    progress: Progress | None = None,
    numeros: Sequence[int] = (),
) -> Depot:
    """Files the pieces that answer these complements into `sortie`, proves it, and keeps it in the log.

    For a caller with one thread; the window calls `preparer`, `deposer.produire` and `garder_reponse` in turn.

    Raises:
        ErreurSaisie: no piece to file.
        ErreurDepot: it could not be written or proved; what was in `sortie` is untouched.
        ErreurBase: it was written, and the base could not keep it.
    """
    demande = preparer(dossier, complements, numeros)
    depot = deposer.produire(porte, dossier, sortie, jour, progress, demande)
    perimes: list[bool] = []
    try:
        garder_reponse(porte, dossier, depot, complements, jour, lambda: perimes.append(True))
    except (ErreurBase, ErreurSaisie) as e:
        raise deposer.non_garde(depot, e) from e
    if perimes:
        raise deposer.plus_a_jour(depot)
    return depot


def garder_reponse(
    porte: Porte,
    dossier: Dossier,
    depot: Depot,
    complements: Sequence[Complement],
    jour: date,
    perime: Callable[[], object] = lambda: None,
) -> None:
    """Keeps the answer and notes it on each complement, in one gesture. An incomplete answer leaves them waiting.

    Args:
        perime: see `deposer.garder`.

    Raises:
        ErreurDepot: the archive on the disk is no longer the one that was proved.
        ErreurBase: the base refuses; nothing is kept.
    """
    with porte.geste("Répondre à une demande de complément"):
        deposer.garder(porte, dossier, depot, complements, perime)
        if depot.complet:
            for complement in complements:
                porte.modifier(complement, "Noter la réponse", repondu_le=jour)
