"""The page Recevabilité."""

from ui.inscriptions import inscrire

inscrire("recevabilite", "Recevabilité", "Construire", 3, "ui.pages.recevabilite.page:PageRecevabilite")
