"""The base opened with its key."""

from collections.abc import Callable
from pathlib import Path

from esms_desktop.base import restaurer
from esms_desktop.base.occupation import s_annoncer
from esms_desktop.depot import chantiers
from esms_desktop.errors import ErreurBase, raison_systeme
from esms_desktop.store.base import ouvrir
from esms_desktop.store.base import preparer as preparer
from esms_desktop.store.cles import changer_cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import cle_de_la_base
from esms_desktop.store.fichiers import balayer
from esms_desktop.store.porte import Porte


def ouvrir_base(
    chemin: Path,
    demander: Callable[[str], str | None] | None = None,
    creer: bool = True,
    connue: Cle | None = None,
    lecture_seule: bool = False,
    malgre: bool = False,
    demeure: bool = False,
) -> Porte:
    """Opens the base with the key kept for it, and makes it when `creer` and nothing is there.

    Args:
        chemin: the base.
        demander: asks the person for a phrase or a recovery code.
        creer: whether it may be made.
        connue: its key, when this process had it open just before.
        lecture_seule: only to read, whoever else has it open.
        malgre: the person says that the other computers that say they have it open are gone.
        demeure: it stays open for long: the other computers that see the folder are told.

    Raises:
        ErreurOccupee: another computer that sees the folder has it open.
        ErreurBase: the file is absent and `creer` is False, or cannot be read; nothing was changed.
        ErreurCle: no key, a locked keyring without passphrase, or a wrong one.
    """
    if any("\ud800" <= c <= "\udfff" for c in str(chemin)):
        raise ErreurBase(
            f"Le chemin de la base ({chemin}) contient un caractère illisible.",
            "Renommez le dossier, ou choisissez un autre emplacement avec --base.",
        )
    if restaurer.est_une_sauvegarde(chemin):
        raise ErreurBase(
            f"« {chemin.name} » est une sauvegarde : elle ne s’ouvre pas où elle est.",
            "Restaurez-la (Fichier, Sauvegardes…, ou « esms-desktop base restaurer »).",
        )
    neuf = not chemin.exists()
    if neuf and not creer:
        raise ErreurBase(
            f"Il n’y a pas encore de base à l’endroit indiqué ({chemin}).",
            "Créez d’abord un dossier avec « esms-desktop dossier creer ».",
        )
    if not neuf and not chemin.is_file():
        raise ErreurBase(
            f"« {chemin} » n’est pas le fichier d’une base.", "Indiquez le fichier de la base avec --base."
        )
    if neuf:
        try:
            chemin.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            raise ErreurBase(
                f"Le dossier {chemin.parent} ne peut pas être créé ({raison_systeme(e)}).",
                "Choisissez un autre emplacement avec --base.",
            ) from e
    chantiers.balayer()
    balayer(chemin.parent)
    presence = None
    if not lecture_seule:
        presence = s_annoncer(chemin, malgre, demeure)
    try:
        cle = connue or cle_de_la_base(chemin, demander, neuf)
        porte = ouvrir(
            chemin, cle, lecture_seule="Elle n’a été ouverte que pour lire." if lecture_seule else ""
        )
    except BaseException:
        if presence is not None:
            presence.rendre()
        raise
    if presence is not None:
        porte.a_la_fermeture.append(presence.rendre)
        porte.presence = presence
    if neuf:
        changer_cles.copier_ici(chemin, cle)
    return porte
