"""The page Pièces."""

from ui.inscriptions import inscrire

inscrire("pieces", "Pièces", "Déposer", 11, "ui.pages.pieces.page:PagePieces")
