"""Files a dossier: everything is prepared, written beside the target, read back, then published in one move."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from esms_desktop.depot import echange, manifeste
from esms_desktop.depot.assemblage import LecteurContenu, Lot, libelle_manquante, preparer
from esms_desktop.depot.bundle import Bundle, relier
from esms_desktop.depot.preuve import Preuve, prouver
from esms_desktop.errors import ErreurDepot
from esms_desktop.model import Dossier
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.regles.campagne import Campagne

_DISQUE_PLEIN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_INTACT = "Le dépôt précédent, s’il y en a un, est intact."


@dataclass(frozen=True)
class PieceDeposee:
    """A piece as it was filed. `premiere_page`: in the bundle, from 1."""

    numero: int
    titre: str
    chemin: Path
    pages: int
    premiere_page: int
    remarques: tuple[str, ...]


@dataclass(frozen=True)
class Depot:
    """A filing that was written and proved.

    Args:
        dossier: the folder that holds it.
        manquantes: the missing mandatory pieces, one French line each; none when `complet`.
        pages: number of pages of the bundle.
    """

    dossier: Path
    bundle: Path
    zip: Path
    manifeste: Path
    complet: bool
    manquantes: tuple[str, ...]
    pieces: tuple[PieceDeposee, ...]
    pages: int
    preuve: Preuve


class _Etapes:
    """The progress of one phase, as a share of the whole filing."""

    def __init__(self, progress: Progress, debut: int, part: int) -> None:
        self._progress, self._debut, self._part = progress, debut, part

    def etape(self, fait: int, total: int, message: str) -> None:
        """Reports `fait` steps out of `total` of this phase."""
        self._progress.etape(self._debut + self._part * fait // max(total, 1), 100, message)


def deposer(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    sortie: Path,
    contenu: LecteurContenu,
    progress: Progress | None = None,
) -> Depot:
    """Writes the filing of `dossier` into the folder `sortie`: bundle, pieces, ZIP, manifest.

    Whatever happens, a killed process included, `sortie` holds the former filing or the new one, whole. Other files
    that are in it are kept. The same dossier, files and day give the same bytes.

    Args:
        jour: the date of the filing, printed on every document.
        sortie: a folder, created when absent.
        contenu: gives the bytes of an attached file from its SHA-256.
        progress: told 0 to 100; may raise `Interruption`, which leaves nothing behind.

    Raises:
        ErreurPiece: an attached file cannot be shown.
        ErreurDepot: it could not be written, or did not pass the proof.
        Interruption: the person cancelled.
    """
    suivi = progress or SansProgress()
    cible = Path(os.path.realpath(sortie))
    try:
        if cible.exists() and not cible.is_dir():
            raise ErreurDepot(
                f"{sortie} est un fichier, pas un dossier.", "Choisissez un autre dossier de sortie."
            )
        if cible.is_mount():
            raise ErreurDepot(
                f"{sortie} est la racine d’un disque.", "Choisissez un dossier sur ce disque, ou créez-en un."
            )
        with echange.verrou(cible):
            echange.reprendre(cible)
            return _deposer(dossier, campagne, jour, cible, contenu, suivi)
    except OSError as e:
        raise _erreur_disque(e, sortie) from e


def _deposer(
    dossier: Dossier, campagne: Campagne, jour: date, cible: Path, contenu: LecteurContenu, suivi: Progress
) -> Depot:
    precedent, notres = echange.fichiers_du_depot(cible, manifeste.APPLICATION, manifeste.NOM)
    if precedent and precedent != dossier.nom:
        raise ErreurDepot(
            f"Le dossier {cible} contient déjà le dépôt de « {precedent} ».",
            "Choisissez un autre dossier de sortie : rien n’a été remplacé.",
        )
    echange.etrangers(cible, notres)
    lot = preparer(dossier, campagne, jour, contenu, _Etapes(suivi, 0, 40))
    bundle = relier(dossier, campagne, jour, lot, _Etapes(suivi, 40, 30))
    atelier = echange.creer_atelier(cible)
    try:
        suivi.etape(70, 100, "Écriture des fichiers")
        _ecrire_tout(atelier, dossier, campagne, jour, lot, bundle)
        suivi.etape(80, 100, "Relecture et preuve")
        preuve = prouver(atelier, lot, bundle)
        echange.accueillir(cible, atelier, echange.etrangers(cible, notres))
        suivi.etape(95, 100, "Publication")
        ancien = echange.publier(atelier, cible)
    except BaseException:
        echange.effacer(atelier)
        raise
    if ancien is not None:
        echange.rapatrier(ancien, cible, notres)
        echange.effacer(ancien)
    suivi.etape(100, 100, "Dépôt prêt")
    return _bilan(cible, lot, bundle, preuve)


def _ecrire_tout(
    atelier: Path, dossier: Dossier, campagne: Campagne, jour: date, lot: Lot, bundle: Bundle
) -> None:
    texte = manifeste.rediger(dossier, campagne, jour, lot, bundle)
    archive = {**manifeste.contenus(lot, bundle), manifeste.NOM: texte}
    (atelier / "pieces").mkdir()
    for piece in (lot.fiche, *lot.pieces):
        _ecrire(atelier / manifeste.chemin_piece(piece), piece.octets)
    _ecrire(atelier / manifeste.NOM_BUNDLE, bundle.octets)
    _ecrire(atelier / manifeste.NOM_ZIP, lambda f: manifeste.archiver(f, archive, jour))
    _ecrire(atelier / manifeste.NOM, texte)


def _ecrire(chemin: Path, contenu: bytes | Callable[[IO[bytes]], None]) -> None:
    with chemin.open("xb") as fichier:
        if isinstance(contenu, bytes):
            fichier.write(contenu)
        else:
            contenu(fichier)
        fichier.flush()
        os.fsync(fichier.fileno())


def _erreur_disque(e: OSError, sortie: Path) -> ErreurDepot:
    if e.errno in _DISQUE_PLEIN:
        return ErreurDepot(
            f"Le disque est plein : le dépôt n’a pas été écrit dans {sortie}.",
            f"Libérez de la place, ou choisissez un autre dossier. {_INTACT}",
        )
    raison = os.strerror(e.errno) if e.errno else str(e)
    return ErreurDepot(
        f"Le dépôt n’a pas pu être écrit dans {sortie} ({raison}).",
        f"Vérifiez que ce dossier est accessible et qu’aucun de ses fichiers n’est ouvert. {_INTACT}",
    )


def _bilan(cible: Path, lot: Lot, bundle: Bundle, preuve: Preuve) -> Depot:
    pieces = tuple(
        PieceDeposee(
            p.numero,
            p.titre,
            cible / manifeste.chemin_piece(p),
            p.pages,
            bundle.premieres[p.numero],
            p.remarques,
        )
        for p in lot.pieces
    )
    return Depot(
        dossier=cible,
        bundle=cible / manifeste.NOM_BUNDLE,
        zip=cible / manifeste.NOM_ZIP,
        manifeste=cible / manifeste.NOM,
        complet=lot.complet,
        manquantes=tuple(libelle_manquante(m) for m in lot.manquantes),
        pieces=pieces,
        pages=bundle.pages,
        preuve=preuve,
    )
