"""The page Grappe."""

from ui.inscriptions import inscrire

inscrire("grappe", "Grappe", "Construire", 2, "ui.pages.grappe.page:PageGrappe")
