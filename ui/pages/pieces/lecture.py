"""Reading the files a person attaches, beside the window: bytes in hand and checked, or refused with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from esms_desktop import entrees
from esms_desktop.errors import ErreurEsms, ErreurPiece, raison_systeme
from esms_desktop.nomenclature.formats import a_choisir
from esms_desktop.progress import Progress
from ui.pages.pieces.mot_de_passe import demander_mot_de_passe
from ui.tasks import Taches

if TYPE_CHECKING:
    # The reading of files loads pikepdf: not before a file is attached.
    from esms_desktop.depot.fichiers.fichiers import ErreurMotDePasse, FichierVerifie


@dataclass(frozen=True)
class FichiersLus:
    """What was read: the files that can be attached, the refusals in whole sentences, those that ask for a password."""

    acceptes: "tuple[tuple[FichierVerifie, bytes], ...]"
    refus: tuple[ErreurPiece, ...]
    proteges: "tuple[tuple[Path, ErreurMotDePasse], ...]" = ()

    @property
    def remarques(self) -> tuple[str, ...]:
        """What to know of the files accepted; each remark after the name of its file when there are several."""
        if len(self.acceptes) == 1:
            return self.acceptes[0][0].remarques
        return tuple(
            f"«\u00a0{verifie.nom_sobre}\u00a0» – {remarque}"
            for verifie, _ in self.acceptes
            for remarque in verifie.remarques
        )


def _octets(chemin: Path) -> bytes:
    from esms_desktop.depot.fichiers.fichiers import TAILLE_MAX

    try:
        return entrees.lire(chemin, TAILLE_MAX)
    except OSError as e:
        raison = {
            FileNotFoundError: "il n’existe pas",
            IsADirectoryError: "c’est un dossier, non un fichier",
            PermissionError: "vous n’avez pas le droit de le lire",
        }.get(type(e), raison_systeme(e))
        raise ErreurPiece(
            f"«\u00a0{chemin.name}\u00a0» ne peut pas être lu\u00a0: {raison}.",
            "Vérifiez son emplacement, puis recommencez.",
        ) from e


def lire_fichiers(
    chemins: Sequence[Path],
    extensions: Sequence[str],
    progress: Progress,
    mots_de_passe: Mapping[Path, str] | None = None,
) -> FichiersLus:
    """Reads and checks each file; one refusal does not stop the others.

    Raises:
        Interruption: the person cancelled.
    """
    from esms_desktop.depot.fichiers.fichiers import ErreurMotDePasse, verifier_fichier

    connus = mots_de_passe or {}
    acceptes, refus, proteges = [], [], []
    for rang, chemin in enumerate(chemins):
        progress.etape(rang, len(chemins), f"Lecture de «\u00a0{chemin.name}\u00a0»")
        try:
            octets = _octets(chemin)
            verifie = verifier_fichier(chemin.name, octets, extensions, connus.get(chemin))
            acceptes.append((verifie, octets if verifie.copie is None else verifie.copie))
        except ErreurMotDePasse as e:
            proteges.append((chemin, e))
        except ErreurPiece as e:
            refus.append(e)
    return FichiersLus(tuple(acceptes), tuple(refus), tuple(proteges))


def lire_avec_mots_de_passe(
    parent: QWidget,
    taches: Taches,
    chemins: Sequence[Path],
    extensions: Sequence[str],
    fini: Callable[[FichiersLus], object],
    echoue: Callable[[ErreurEsms], object],
) -> None:
    """Reads and checks files beside the window, asking the password of those that open with one.

    Args:
        parent: under whose window the passwords are asked.
        fini: called with all that was read; a file whose password is not given is among the refusals.
        echoue: called when the reading stops.
    """
    acceptes: list[tuple[FichierVerifie, bytes]] = []
    refus: list[ErreurPiece] = []

    def lire(restants: Sequence[Path], mots: Mapping[Path, str]) -> None:
        taches.lancer(
            "Lecture des fichiers à joindre",
            lambda progress: lire_fichiers(restants, extensions, progress, mots),
            lambda lus: suivre(lus, bool(mots)),
            echoue,
        )

    def suivre(lus: FichiersLus, deja: bool) -> None:
        acceptes.extend(lus.acceptes)
        refus.extend(lus.refus)
        mots: dict[Path, str] = {}
        for chemin, erreur in lus.proteges:
            mot = demander_mot_de_passe(parent, chemin.name, faux=deja)
            if mot is None:
                refus.append(erreur)
            else:
                mots[chemin] = mot
        if mots:
            lire(list(mots), mots)
        else:
            fini(FichiersLus(tuple(acceptes), tuple(refus)))

    lire(chemins, {})


def demander_fichiers(
    parent: QWidget, titre: str, extensions: Sequence[str], un_seul: bool = False
) -> list[Path]:
    """Asks which files to attach; none when the person gives up."""
    motifs = " ".join(
        f"*{e}" for e in a_choisir(tuple(e if e.startswith(".") else f".{e}" for e in extensions))
    )
    filtre = f"Fichiers admis ({motifs});;Tous les fichiers (*)"
    if un_seul:
        choisi, _ = QFileDialog.getOpenFileName(parent, titre, str(Path.home()), filtre)
        return [Path(choisi)] if choisi else []
    choisis, _ = QFileDialog.getOpenFileNames(parent, titre, str(Path.home()), filtre)
    return [Path(c) for c in choisis]
