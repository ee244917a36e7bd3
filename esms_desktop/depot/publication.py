"""Files a dossier: everything is prepared, written beside the target, read back, then published in one move."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot import chantiers, echange, manifeste
from esms_desktop.depot.assemblage import Etabli, LecteurContenu, preparer
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.fichiers import disque, limites
from esms_desktop.depot.fichiers.modifiables import ECRIVAINS, Ecrivain
from esms_desktop.depot.preuve import Preuve, prouver
from esms_desktop.depot.reunion.bundle import Volume, relier
from esms_desktop.depot.reunion.lot import ErreurConformite, Lot, libelle_manquante
from esms_desktop.errors import DISQUE_PLEIN, ErreurDepot, Interruption, raison_systeme
from esms_desktop.lecture import Dossier
from esms_desktop.progress import Progress, SansProgress
from esms_desktop.regles.constats import Constat

_INTACT = "Le dépôt précédent, s’il y en a un, est intact."


@dataclass(frozen=True)
class PieceDeposee:
    """A piece as it was filed. `premiere_page`: in its volume, from 1."""

    numero: int
    titre: str
    chemin: Path
    pages: int
    premiere_page: int
    remarques: tuple[str, ...]
    volume: int = 1


@dataclass(frozen=True)
class Depot:
    """A filing that was written and proved.

    Args:
        dossier: the folder that holds it.
        bundle: the bound PDF, the first of its volumes when there are several.
        manquantes: the missing mandatory pieces, one French line each; none when `complet`.
        pages: number of pages bound, in all the volumes.
        volumes: all the bound PDFs.
        avis: what exceeds the limits of the campaign, in French sentences.
        sha256_zip: of the archive, as it was proved.
        complements: what it answers, when only complements are filed; one French line each.
        constats: what was lost on the way without costing the filing: the twins that could not be made.
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
    volumes: tuple[Path, ...]
    avis: tuple[str, ...]
    sha256_zip: str
    complements: tuple[str, ...] = ()
    constats: tuple[Constat, ...] = ()


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
    demande: Demande | None = None,
    ecrivains: Sequence[Ecrivain] = ECRIVAINS,
    a_jour: Callable[[], bool] = lambda: True,
) -> Depot:
    """Writes the filing of `dossier` into the folder `sortie`: bound PDF (or its volumes), pieces, ZIP, manifest.

    Whatever happens, a killed process included, `sortie` holds the former filing or the new one, whole. Other files
    that are in it are kept. The same dossier, files and day give the same bytes.

    Args:
        jour: the date of the filing, printed on every document.
        sortie: a folder, created when absent.
        contenu: gives the bytes of an attached file from its SHA-256.
        progress: told 0 to 100; may raise `Interruption`, which leaves nothing behind.
        demande: files only the pieces it asks, as the answer to complements.
        ecrivains: make the Word and Excel twins; one that fails costs its twin only, told in `Depot.constats`.
        a_jour: whether the base still says what `dossier` does; asked once all is proved, just before it takes its place.

    Raises:
        ErreurPiece: an attached file cannot be shown.
        ErreurDepot: it could not be written, or did not pass the proof.
        Interruption: the person cancelled.
    """
    suivi = progress or SansProgress()
    cible = Path(os.path.realpath(sortie))
    if not _se_dit(cible):
        raise ErreurDepot(
            f"Le nom du dossier {sortie} contient un caractère illisible.",
            "Choisissez un autre dossier de sortie, ou renommez celui-ci.",
        )
    try:
        if cible.exists() and not cible.is_dir():
            raise ErreurDepot(
                f"{sortie} est un fichier, pas un dossier.", "Choisissez un autre dossier de sortie."
            )
        if cible.is_mount():
            raise ErreurDepot(
                f"{sortie} est la racine d’un disque.", "Choisissez un dossier sur ce disque, ou créez-en un."
            )
        with echange.verrou(cible), chantiers.inscrit(cible):
            echange.reprendre(cible)
            return _Publication(
                dossier, campagne, jour, cible, contenu, suivi, demande, ecrivains, a_jour
            ).publier()
    except OSError as e:
        raise _erreur_disque(e, sortie) from e


@dataclass(frozen=True)
class _Publication:
    """One filing on its way to `cible`."""

    dossier: Dossier
    campagne: Campagne
    jour: date
    cible: Path
    contenu: LecteurContenu
    suivi: Progress
    demande: Demande | None
    ecrivains: Sequence[Ecrivain]
    a_jour: Callable[[], bool]

    def publier(self) -> Depot:
        notres = self._precedent()
        echange.etrangers(self.cible, notres)
        try:
            return self._publier(notres, rigoureux=False)
        except ErreurConformite:
            # An attached file is damaged deeper than its structure: each is read whole, mended or named.
            return self._publier(notres, rigoureux=True)

    def _precedent(self) -> frozenset[str]:
        """The files of the filing that is already there, which this one may replace.

        Raises:
            ErreurDepot: it is the filing of another dossier, or of another kind.
        """
        lu = echange.lire_manifeste(self.cible, manifeste.APPLICATION, manifeste.NOM)
        try:
            chemins = [str(e["fichier"]) for e in manifeste.entrees(lu)] + [str(lu["archive"]), manifeste.NOM]
            precedent, reponses = str(lu["dossier"]), [d["libelle"] for d in lu.get("complements", [])]
        except (KeyError, TypeError):
            return frozenset()
        if precedent != self.dossier.nom:
            raise ErreurDepot(
                f"Le dossier {self.cible} contient déjà le dépôt de « {precedent} ».",
                "Choisissez un autre dossier de sortie : rien n’a été remplacé.",
            )
        if reponses != list(self.demande.phrases if self.demande else ()):
            quoi = "une réponse à un complément" if reponses else "le dépôt complet"
            raise ErreurDepot(
                f"Le dossier {self.cible} contient déjà {quoi} de « {precedent} ».",
                "Choisissez un autre dossier de sortie : rien n’a été remplacé.",
            )
        return frozenset(chemins)

    def _publier(self, notres: frozenset[str], rigoureux: bool) -> Depot:
        atelier = echange.creer_atelier(self.cible)
        travail = echange.creer_atelier(self.cible)
        try:
            lot, volumes = self._ecrire(Etabli(atelier, travail), rigoureux)
            preuve = prouver(atelier, lot, volumes, _Etapes(self.suivi, 75, 20))
            sha256_zip = disque.mesurer(atelier / manifeste.NOM_ZIP).sha256
            echange.effacer(travail)
            echange.accueillir(self.cible, atelier, echange.etrangers(self.cible, notres))
            self.suivi.etape(95, 100, "Publication")
            if not self.a_jour():
                raise ErreurDepot(
                    f"Le dossier a changé dans la base pendant que le dépôt s’écrivait : il n’a pas été publié dans {self.cible}.",
                    f"Produisez-le de nouveau. {_INTACT}",
                )
            ancien = echange.publier(atelier, self.cible)
        except BaseException:
            echange.effacer(travail)
            echange.effacer(atelier)
            raise
        if ancien is not None:
            echange.rapatrier(ancien, self.cible, notres)
            echange.effacer(ancien)
        with suppress(Interruption):
            # It is published: whoever cancels now is told of the filing that is there.
            self.suivi.etape(100, 100, "Dépôt prêt")
        return self._bilan(lot, volumes, preuve, sha256_zip)

    def _ecrire(self, etabli: Etabli, rigoureux: bool) -> tuple[Lot, tuple[Volume, ...]]:
        d, c, jour = self.dossier, self.campagne, self.jour
        numeros = self.demande.numeros if self.demande else ()
        etapes = _Etapes(self.suivi, 0, 45)
        lot = preparer(d, c, jour, self.contenu, etabli, etapes, numeros, rigoureux, self.ecrivains)
        if not lot.suite:
            raise ErreurDepot(
                "Rien ne répond à cette demande : aucune des pièces demandées n’a de fichier.",
                "Joignez-les d’abord sur la page Pièces.",
            )
        etapes = _Etapes(self.suivi, 45, 20)
        volumes = relier(d, c, jour, lot, etabli.depot, etapes, self.demande, rigoureux)
        texte = manifeste.rediger(d, c, jour, lot, volumes, self.demande)
        description = disque.ecrire(etabli.depot / manifeste.NOM, texte)
        entrees = {chemin: f.chemin for chemin, f in manifeste.contenus(lot, volumes).items()}
        entrees[manifeste.NOM] = description.chemin
        with (etabli.depot / manifeste.NOM_ZIP).open("xb") as fichier:
            manifeste.archiver(fichier, entrees, jour, _Etapes(self.suivi, 65, 10))
        disque.fixer(p for p in etabli.depot.rglob("*") if p.is_file())
        return lot, volumes

    def _bilan(self, lot: Lot, volumes: tuple[Volume, ...], preuve: Preuve, sha256_zip: str) -> Depot:
        ou = {p.numero: v for v in volumes for p in v.suite}
        pieces = tuple(
            PieceDeposee(
                p.numero,
                p.titre,
                self.cible / manifeste.chemin_piece(p),
                p.pages,
                ou[p.numero].premieres[p.numero],
                p.remarques,
                ou[p.numero].rang,
            )
            for p in lot.pieces
        )
        chemins = tuple(self.cible / v.fichier.chemin.name for v in volumes)
        return Depot(
            dossier=self.cible,
            bundle=chemins[0],
            zip=self.cible / manifeste.NOM_ZIP,
            manifeste=self.cible / manifeste.NOM,
            complet=lot.complet,
            manquantes=tuple(libelle_manquante(m) for m in lot.manquantes),
            pieces=pieces,
            pages=sum(v.pages for v in volumes),
            preuve=preuve,
            volumes=chemins,
            avis=limites.depassements(self.campagne, [(p.nom_fichier, p.fichier.taille) for p in lot.pieces]),
            sha256_zip=sha256_zip,
            complements=self.demande.phrases if self.demande else (),
            constats=tuple(p.constat for p in lot.pertes),
        )


def _se_dit(chemin: Path) -> bool:
    """Whether every library can be given this path: some systems keep names that are no text."""
    return not any("\ud800" <= c <= "\udfff" for c in str(chemin))


def _erreur_disque(e: OSError, sortie: Path) -> ErreurDepot:
    if e.errno in DISQUE_PLEIN:
        return ErreurDepot(
            f"Le disque est plein : le dépôt n’a pas été écrit dans {sortie}.",
            f"Libérez de la place, ou choisissez un autre dossier. {_INTACT}",
        )
    return ErreurDepot(
        f"Le dépôt n’a pas pu être écrit dans {sortie} ({raison_systeme(e)}).",
        f"Vérifiez que ce dossier est accessible et qu’aucun de ses fichiers n’est ouvert. {_INTACT}",
    )
