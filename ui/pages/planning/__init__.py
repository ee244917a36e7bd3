"""The page Planning."""

from ui.inscriptions import inscrire

inscrire("planning", "Planning", "Organiser", 7, "ui.pages.planning.page:PagePlanning")
