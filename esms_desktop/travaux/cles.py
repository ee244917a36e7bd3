"""The key of a base as a person handles it: the recovery code, a lost key file, what the slots say."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store import changer_cles, cles
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.emplacements import Emplacement
from esms_desktop.store.temoin import lire_temoin

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
        cle = changer_cles.nouveau_code(chemin, cle)
        code = changer_cles.code_a_confirmer(chemin, cle)
    if code is None:
        raise ErreurCle(
            "Le code de secours n’a pas pu être relu.", "Vérifiez la place libre du disque puis recommencez."
        )
    montrer(code)
    changer_cles.confirmer_code(chemin, cle)
    return cle


def ouvrir_avec_code(chemin: Path, code: str) -> tuple[str, ...]:
    """Makes the key file again from the recovery code; answers what opens the base from then on, in French.

    Raises:
        ErreurCle: this is not its code, or nothing else could keep the key.
        ErreurBase: there is no base there, its file is spoilt, or the disk refuses.
    """
    exiger_une_base(chemin)
    trouvee, nos = changer_cles.rebatir(chemin, code)
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
