"""The key of a base as a person handles it: the recovery code, a lost key file, what the slots say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from esms_desktop.base import sauvegardes
from esms_desktop.base.occupation import refuser_si_occupee
from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store.cles import changer_cles, cles, code_secours
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.emplacements import Emplacement
from esms_desktop.store.cles.temoin import lire_temoin

Demander = Callable[[str], str | None]

LIBELLES = {
    "trousseau": "le trousseau de cette session",
    "phrase": "la phrase secrète",
    "code": "le code de secours",
}


@dataclass(frozen=True)
class EtatCles:
    """What opens a base.

    Args:
        ouvrent: the kinds of slots the sidecar holds for the base.
        fichier_entier: whether the sidecar is there and whole.
        code: "aucun", "a-confirmer" or "confirme".
    """

    ouvrent: tuple[str, ...]
    fichier_entier: bool
    code: str


def exiger_une_base(chemin: Path) -> None:
    """Refuses a path where there is no file.

    Raises:
        ErreurBase: there is none.
    """
    if not chemin.is_file():
        raise ErreurBase(f"Il n’y a pas de base à cet endroit : {chemin}.", "Indiquez-la avec --base.")


def montrer_le_code(chemin: Path, cle: Cle, montrer: Callable[[str], object]) -> Cle:
    """Shows a recovery code once: the one no one has seen yet, else a new one; answers the key of the base from then on.

    Args:
        chemin: the base, closed everywhere.
        cle: its key.
        montrer: shows the code; an exception keeps it for the next time.

    Raises:
        ErreurBase: the base is open elsewhere, or the disk refuses.
    """
    code = changer_cles.code_a_confirmer(chemin, cle)
    if code is None:
        cle = changer_le_code(chemin, cle)
        code = changer_cles.code_a_confirmer(chemin, cle)
    if code is None:
        raise ErreurCle(
            "Le code de secours n’a pas pu être relu.", "Vérifiez la place libre du disque puis recommencez."
        )
    montrer(code)
    changer_cles.confirmer_code(chemin, cle)
    return cle


def changer_le_code(chemin: Path, cle: Cle) -> Cle:
    """Draws another recovery code, which waits for its confirmation, after a backup; answers the key of the base from then on.

    Raises:
        ErreurBase: the base is open elsewhere, or the disk refuses; it is as it was.
    """
    refuser_si_occupee(chemin)
    sauvegardes.faire(chemin, cle, "code", sauvegardes.maintenant_local())
    return changer_cles.nouveau_code(chemin, cle)


def a_confirmer(chemin: Path, cle: Cle) -> str | None:
    """The recovery code whose sheet nobody has shown to hold yet, None when there is none left to show."""
    return changer_cles.code_a_confirmer(chemin, cle)


def confirmer(chemin: Path, cle: Cle, code: str, tape: str) -> bool:
    """Whether what was typed is the last group of the sheet; the code is then kept nowhere any more.

    Raises:
        ErreurBase: the disk refuses; the code is asked again at the next start.
    """
    if code_secours.nettoyer(tape) != code_secours.nettoyer(code)[-4:]:
        return False
    changer_cles.confirmer_code(chemin, cle)
    return True


def changer_la_phrase(chemin: Path, cle: Cle, phrase: str) -> None:
    """Has another phrase open the base; what was kept of the former one stays in the copies made with it.

    Raises:
        ErreurCle: it is under the floor. ErreurBase: the disk refuses; the former one still serves.
    """
    changer_cles.changer_phrase(chemin, cle, phrase)


def mettre_au_trousseau(chemin: Path, cle: Cle) -> None:
    """Has the keyring of this session open the base too.

    Raises:
        ErreurCle: the keyring does not answer. ErreurBase: the disk refuses.
    """
    changer_cles.garder_au_trousseau(chemin, cle)


def deverrouille(chemin: Path, cle: Cle, secret: str) -> bool:
    """Whether a phrase or a recovery code opens the base that is open here."""
    return changer_cles.reconnait(chemin, cle, secret)


def deverrouille_par_trousseau(chemin: Path, cle: Cle) -> bool:
    """Whether the keyring of this session opens the base that is open here.

    Raises:
        ErreurCle: it does not answer, or is locked.
    """
    return changer_cles.trousseau_reconnait(chemin, cle)


def ouvrir_avec_code(chemin: Path, code: str, phrase: str | None = None) -> tuple[str, ...]:
    """Makes the key file again from the recovery code; answers what opens the base from then on, in French.

    Args:
        phrase: what should open it from then on, where the keyring cannot.

    Raises:
        ErreurCle: this is not its code, or nothing else could keep the key.
        ErreurBase: there is no base there, its file is spoilt, or the disk refuses.
    """
    exiger_une_base(chemin)
    trouvee, nos = changer_cles.rebatir(chemin, code, phrase)
    if not trouvee.ouvre:
        raise cles.abimee(chemin)
    return noms(nos)


def noms(emplacements: tuple[Emplacement, ...]) -> tuple[str, ...]:
    """What the slots are, in French."""
    return tuple(dict.fromkeys(LIBELLES[e.genre] for e in emplacements if e.genre in LIBELLES))


def etat_des_cles(chemin: Path, cle: Cle | None) -> EtatCles:
    """What the sidecar holds for a base, with its key when it is known."""
    lu = lire_temoin(chemin)
    entier = lu is not None and not lu.abimes
    vus = lu.emplacements if lu else ()
    nos = vus if cle is None else changer_cles.emplacements_de(chemin, cle)
    genres = tuple(dict.fromkeys(e.genre for e in nos if e.genre != "attente"))
    en_attente = any(e.genre == "attente" for e in nos)
    code = "aucun" if "code" not in genres else "a-confirmer" if en_attente else "confirme"
    return EtatCles(genres, entier, code)
