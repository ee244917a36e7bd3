"""The page Gouvernance."""

from ui.inscriptions import inscrire

inscrire("gouvernance", "Gouvernance", "Construire", 5, "ui.pages.gouvernance.page:PageGouvernance")
