"""The backups of a base: in the folder beside it and in a second place, when one is due, what was last done."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from esms_desktop.errors import ErreurBase
from esms_desktop.francais import date_heure, heure
from esms_desktop.store.cles import changer_cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.fichiers import balayer
from esms_desktop.store.reglages import (
    Reglages,
    avec_lignee,
    dossier_local,
    ecrire_reglages,
    lire_reglages,
)
from esms_desktop.store.sauvegarde.rotation import tourner
from esms_desktop.store.sauvegarde.sauvegarde import MOTIFS as MOTIFS
from esms_desktop.store.sauvegarde.sauvegarde import Sauvegarde as Sauvegarde
from esms_desktop.store.sauvegarde.sauvegarde import (
    Suivre,
    contenu,
    copier_ailleurs,
    exiger_entiere,
    lister,
    sauvegarder,
)

_journal = logging.getLogger(__name__)
# A day, less what a morning may come earlier.
_QUOTIDIENNE = timedelta(hours=20)
SECONDE_EN_RETARD = timedelta(days=7)


@dataclass(frozen=True)
class EtatSauvegardes:
    """Where the backups of a base stand.

    Args:
        dossier: the folder beside the base.
        derniere: the newest whole backup of any place, None when there is none.
        locales, ailleurs: the backups of each place, newest first.
        reglages: see `Reglages`.
        seconde_presente: whether the second place answers.
        seconde_en_retard: a second place was chosen, and for a week nothing went there.
    """

    dossier: Path
    derniere: Sauvegarde | None
    locales: tuple[Sauvegarde, ...]
    ailleurs: tuple[Sauvegarde, ...]
    reglages: Reglages
    seconde_presente: bool
    seconde_en_retard: bool


def maintenant_local() -> datetime:
    """The local time of this machine, by which days, weeks and months go."""
    return datetime.now().astimezone().replace(tzinfo=None)


def choisir_seconde(base: Path, dossier: Path | None, maintenant: datetime) -> None:
    """Has the backups go to a second place too, or no longer.

    Raises:
        ErreurBase: the folder is not there, or the disk refuses.
    """
    if dossier is not None and not dossier.is_dir():
        raise ErreurBase(f"Ce dossier n’existe pas : {dossier}.", "Choisissez un dossier qui existe.")
    ecrire_reglages(
        base,
        replace(
            avec_lignee(base),
            seconde=str(dossier or ""),
            seconde_depuis=maintenant.isoformat(timespec="seconds") if dossier else "",
            seconde_reussie="",
        ),
    )


def faire(
    base: Path,
    cle: Cle,
    motif: str,
    maintenant: datetime,
    suivre: Suivre = lambda fait, total: None,
    doucement: bool = False,
    fixe: Callable[[], object] = lambda: None,
) -> Sauvegarde:
    """Takes a backup beside the base, then has the second place hold it too, and lets go of those too old to keep.

    What the second place refuses is kept in the settings and told by `etat`: the backup is made all the same.

    Args:
        fixe: called once its instant is fixed (see `sauvegarder`).

    Raises:
        ErreurBase: it could not be taken beside the base; none was named.
    """
    dossier = dossier_local(base)
    reglages = avec_lignee(base)
    balayer(dossier)
    emplacements = changer_cles.emplacements_de(base, cle)
    try:
        prise = sauvegarder(base, cle, dossier, motif, emplacements, reglages.lignee, suivre, doucement, fixe)
    except ErreurBase as erreur:
        _noter(base, replace(reglages, echec=str(erreur)))
        raise
    reglages = replace(reglages, echec="")
    tourner(lister(dossier), reglages.lignee, maintenant)
    if reglages.seconde:
        try:
            copier_ailleurs(prise, Path(reglages.seconde))
            tourner(lister(Path(reglages.seconde)), reglages.lignee, maintenant)
            reglages = replace(reglages, seconde_reussie=maintenant.isoformat(timespec="seconds"))
        except ErreurBase as erreur:
            reglages = replace(reglages, echec=f"Second emplacement : {erreur}")
    _noter(base, reglages)
    return prise


def _noter(base: Path, reglages: Reglages) -> None:
    """Keeps what was learnt; a disk that refuses it has already been told, or will be at the next backup."""
    try:
        ecrire_reglages(base, reglages)
    except ErreurBase:
        _journal.info("les réglages des sauvegardes n’ont pas pu être écrits")


def vers(base: Path, cle: Cle, dossier: Path, suivre: Suivre = lambda fait, total: None) -> Sauvegarde:
    """Takes a backup into a folder of the person's choice: one file, which opens elsewhere with the code or the phrase.

    Raises:
        ErreurBase: it could not be taken; nothing was written.
    """
    emplacements = changer_cles.emplacements_de(base, cle)
    return sauvegarder(base, cle, dossier, "demandee", emplacements, avec_lignee(base).lignee, suivre)


def due(base: Path, cle: Cle, maintenant: datetime) -> bool:
    """Whether the backup of the day is to be taken: something was written since the last one, which is a day old.

    Raises:
        ErreurBase: the base does not read.
    """
    locales = lister(dossier_local(base))
    derniere = next((s for s in locales if s.entiere), None)
    if derniere is not None and timedelta(0) <= maintenant - derniere.quand < _QUOTIDIENNE:
        return False
    return not _rien_de_neuf(base, cle, derniere)


def _rien_de_neuf(base: Path, cle: Cle, derniere: Sauvegarde | None) -> bool:
    present = contenu(base, cle)
    if derniere is None or derniere.inventaire is None:
        return not present.comptes.get("dossier")
    i = derniere.inventaire
    return (i.revision, i.derniere, i.comptes) == (present.revision, present.derniere, present.comptes)


def precaution(
    base: Path, cle: Cle, motif: str, fixe: Callable[[], object] = lambda: None
) -> Sauvegarde | None:
    """Takes a backup before something that changes much, unless the newest one already holds all there is; None then.

    Args:
        motif: see `MOTIFS`.
        fixe: called once what follows may be written: the backup goes on beside it.

    Raises:
        ErreurBase: it could not be taken.
    """
    derniere = next((s for s in lister(dossier_local(base)) if s.entiere), None)
    if _rien_de_neuf(base, cle, derniere):
        fixe()
        return None
    return faire(base, cle, motif, maintenant_local(), doucement=True, fixe=fixe)


def au_demarrage(
    base: Path,
    cle: Cle,
    maintenant: datetime,
    suivre: Suivre = lambda fait, total: None,
    doucement: bool = False,
) -> Sauvegarde | None:
    """Takes the backup of the day when it is due, or sends to the second place what it misses; None when nothing was taken.

    Raises:
        ErreurBase: it could not be taken.
    """
    if due(base, cle, maintenant):
        return faire(base, cle, "quotidienne", maintenant, suivre, doucement)
    rattraper(base, maintenant)
    return None


def rattraper(base: Path, maintenant: datetime) -> None:
    """Sends the newest backup to the second place when it came back and does not hold it."""
    reglages = lire_reglages(base)
    locale = next((s for s in lister(dossier_local(base)) if s.entiere), None)
    if not reglages.seconde or locale is None or not Path(reglages.seconde).is_dir():
        return
    if (Path(reglages.seconde) / locale.chemin.name).exists():
        return
    try:
        copier_ailleurs(locale, Path(reglages.seconde))
        _noter(base, replace(reglages, seconde_reussie=maintenant.isoformat(timespec="seconds"), echec=""))
    except ErreurBase as erreur:
        _noter(base, replace(reglages, echec=f"Second emplacement : {erreur}"))


def etat(base: Path, maintenant: datetime) -> EtatSauvegardes:
    """Where the backups of a base stand, without its key."""
    reglages = lire_reglages(base)
    dossier = dossier_local(base)
    locales = tuple(lister(dossier))
    seconde = Path(reglages.seconde) if reglages.seconde else None
    presente = seconde is not None and seconde.is_dir()
    ailleurs = tuple(
        s
        for s in (lister(seconde) if seconde is not None and presente else ())
        if s.inventaire is not None and s.inventaire.lignee == reglages.lignee
    )
    entieres = [s for s in (*locales, *ailleurs) if s.entiere]
    derniere = max(entieres, key=lambda s: s.quand, default=None)
    repere = reglages.seconde_reussie or reglages.seconde_depuis
    retard = bool(reglages.seconde) and maintenant - _instant(repere, maintenant) > SECONDE_EN_RETARD
    return EtatSauvegardes(dossier, derniere, locales, ailleurs, reglages, presente, retard)


def phrase_derniere(connus: EtatSauvegardes, maintenant: datetime) -> str:
    """« Dernière sauvegarde : … », and what is missing of it, in one line."""
    derniere = connus.derniere
    if derniere is None:
        dite = "Pas encore de sauvegarde"
    elif derniere.quand.date() == maintenant.date():
        dite = f"Dernière sauvegarde\u00a0: aujourd’hui à {heure(derniere.quand)}"
    else:
        dite = f"Dernière sauvegarde\u00a0: {date_heure(derniere.quand)}"
    if connus.reglages.echec:
        return f"{dite} · la dernière tentative a échoué"
    if connus.seconde_en_retard:
        return f"{dite} · rien au second emplacement depuis une semaine"
    return dite if connus.reglages.seconde else f"{dite} · aucune hors de cet ordinateur"


def _instant(texte: str, sinon: datetime) -> datetime:
    try:
        return datetime.fromisoformat(texte)
    except ValueError:
        return sinon


def meilleures(base: Path, maintenant: datetime) -> Iterator[Sauvegarde]:
    """The whole backups of a base, newest first, each read from one end to the other when it is its turn."""
    connus = etat(base, maintenant)
    vues: set[str] = set()
    for s in sorted((*connus.locales, *connus.ailleurs), key=lambda s: s.quand, reverse=True):
        if s.entiere and s.chemin.name not in vues:
            try:
                exiger_entiere(s.chemin)
            # Spoilt, or gone meanwhile: the next one, or the same in the other place.
            except (ErreurBase, OSError):
                continue
            vues.add(s.chemin.name)
            yield s
