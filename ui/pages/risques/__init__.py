"""The page Risques."""

from ui.inscriptions import inscrire

inscrire("risques", "Risques", "Organiser", 8, "ui.pages.risques.page:PageRisques")
