"""The page Historique."""

from ui.inscriptions import inscrire

inscrire("historique", "Historique", "", 13, "ui.pages.historique.page:PageHistorique")
