"""A card with a drawing, and the same in words under it."""

from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from ui.widgets.carte import Carte
from ui.widgets.libelle import Libelle

W = TypeVar("W", bound=QWidget)


class CarteDessinee(Carte, Generic[W]):
    """The drawing, and the same in words under it.

    Args:
        titre: of the card; `legende`: how the drawing reads.
        dessin: the drawing.
    """

    def __init__(self, titre: str, legende: str, dessin: W) -> None:
        super().__init__(titre)
        self.ajouter_texte(legende, "muet")
        self.dessin = dessin
        self.ajouter(dessin)
        self.ajouter_texte("Le même en toutes lettres", "fort")
        self.mots = Libelle("")
        self.ajouter(self.mots)
        self.corps.addStretch(1)
