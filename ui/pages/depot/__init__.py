"""The page Dépôt."""

from ui.inscriptions import inscrire

inscrire("depot", "Dépôt", "Déposer", 12, "ui.pages.depot.page:PageDepot")
