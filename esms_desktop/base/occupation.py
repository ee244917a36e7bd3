"""A base in a folder that several computers see: who has it open is told, and one only writes in it."""

import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from esms_desktop.errors import ErreurOccupee
from esms_desktop.francais import date_heure
from esms_desktop.store.lieu import lieu_de
from esms_desktop.store.presence import BATTEMENT_S as BATTEMENT_S
from esms_desktop.store.presence import Occupant, Presence, autres, oublier
from esms_desktop.store.session import maintenant, utilisateur


def refuser_si_occupee(chemin: Path) -> None:
    """Refuses to change a base that another computer has open.

    Raises:
        ErreurOccupee: one has.
    """
    occupants = autres(chemin)
    if occupants:
        raise _occupee(chemin, occupants[0])


def s_annoncer(chemin: Path, malgre: bool, demeure: bool) -> Presence | None:
    """Tells the other computers that the base is open here, where they may see it; refuses when one of them has it.

    Raises:
        ErreurOccupee: another one has it.
    """
    occupants = autres(chemin)
    if malgre and occupants:
        with suppress(OSError):
            oublier(occupants)
        occupants = autres(chemin)
    if occupants:
        raise _occupee(chemin, occupants[0])
    if not demeure and lieu_de(chemin).genre == "local":
        return None
    presence = Presence(chemin, utilisateur(), maintenant())
    try:
        presence.prendre()
    except OSError:
        # A folder where nothing can be written: nobody else writes there from here either.
        return None
    _relire_du_disque(chemin)
    # Two that came at the same time see each other: both give up, and the one that tries again has it.
    occupants = autres(chemin)
    if occupants:
        presence.rendre()
        raise _occupee(chemin, occupants[0])
    return presence


def _relire_du_disque(chemin: Path) -> None:
    """Has a network disk forget what it remembers of the base: what another computer has just written must be read.

    A change of rights, to what they are, is what each of them takes for a reason to ask again.
    """
    for suffixe in ("", "-journal", "-wal"):
        voisin = chemin.with_name(chemin.name + suffixe)
        with suppress(OSError):
            voisin.chmod(stat.S_IMODE(voisin.stat().st_mode))


def _occupee(chemin: Path, occupant: Occupant) -> ErreurOccupee:
    depuis = ""
    with suppress(ValueError):
        depuis = f" depuis le {date_heure(datetime.fromisoformat(occupant.depuis))}"
    silence = (
        f" Il n’a pas donné de nouvelles depuis {occupant.silence_s // 60} minutes : il s’est sans doute éteint sans la fermer."
        if occupant.parti
        else ""
    )
    return ErreurOccupee(
        f"« {chemin.name} » est ouverte sur un autre ordinateur, « {occupant.machine} », par {occupant.qui}{depuis} : deux ordinateurs qui y "
        f"écrivent perdent l’un ce que l’autre a saisi.{silence}",
        "Fermez-la là-bas, ou lisez-la ici sans y écrire (« esms-desktop dossier liste --lecture-seule »). Si cet ordinateur ne s’en sert plus, "
        f"ouvrez-la quand même (« esms-desktop » l’ouvre une fois « {occupant.fichier.name} » retiré).",
    )
