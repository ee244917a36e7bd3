"""The page Financement."""

from ui.inscriptions import inscrire

inscrire("financement", "Financement", "Organiser", 9, "ui.pages.financement.page:PageFinancement")
