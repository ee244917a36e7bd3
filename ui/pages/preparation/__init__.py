"""The page Préparation."""

from ui.inscriptions import inscrire

inscrire("preparation", "Préparation", "Construire", 4, "ui.pages.preparation.page:PagePreparation")
