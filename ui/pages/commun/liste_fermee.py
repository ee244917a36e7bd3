"""A table whose rows are given (the ESSMS, the OG): one types in its cells and pastes over them, one gesture each time."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from esms_desktop.francais import pluriel
from esms_desktop.lecture import Dossier
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.commun.collage import lire_bloc
from ui.pages.commun.liste_tableau import TableauSaisie

if TYPE_CHECKING:
    from ui.contexte import Contexte

T = TypeVar("T")
Modif = tuple[T, dict[str, Any]]


class TableauFerme(TableauSaisie, Generic[T]):
    """The table.

    Args:
        nom: accessible name: what the rows are.
        colonnes, poids, confort: its columns.
        ecrire: the geste that writes the fields of several rows, under a label; false when it was refused.
        libelle: name of the gesture, from how many rows it changes.
        dire, refuser: how a success and a refusal are said.
    """

    def __init__(
        self,
        nom: str,
        colonnes: Sequence[ColonneSaisie[T]],
        poids: Sequence[float],
        confort: Mapping[int, int],
        contexte: "Contexte",
        ecrire: Callable[[Sequence[Modif[T]], str], object],
        libelle: Callable[[Sequence[Modif[T]]], str],
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        self._contexte, self._ecrire_tous, self._libelle = contexte, ecrire, libelle
        self._dire, self._refuser = dire, refuser
        self._dossier: Dossier | None = None
        self.lignes: ModeleSaisie[T] = ModeleSaisie(
            colonnes,
            lambda o: o.id,  # type: ignore[attr-defined]
            lambda o, champs: self.ecrire([(o, champs)]),
            refuser,
        )
        super().__init__(nom, self.lignes, poids, confort, self._a_la_main, parent)

    def montrer(self, lignes: Sequence[T], dossier: Dossier) -> None:
        """Shows rows of `dossier`."""
        self._dossier = dossier
        self.lignes.montrer(lignes, dossier)

    def ecrire(self, modifs: Sequence[Modif[T]]) -> bool:
        """Writes the fields of several rows, all or none, undone in one step."""
        return bool(self._ecrire_tous(modifs, self._libelle(modifs)))

    def _a_la_main(self, texte: str, plusieurs: bool) -> None:
        if self._dossier is None:
            return
        lignes: list[T] = self.choisis() if plusieurs else self.sous_la_courante()
        collage = lire_bloc(
            self,
            self._refuser,
            texte,
            self.lignes.colonnes,
            self._dossier,
            lignes,
            self.currentIndex().column(),
            ajoute=False,
            repeter=len(lignes) if plusieurs else 1,
            toutes=self.toutes(),
        )
        if collage is not None and collage.modifs and self.ecrire(collage.modifs):
            self._dire(f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}.")
