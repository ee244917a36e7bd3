"""The page Déploiement."""

from ui.inscriptions import inscrire

inscrire("deploiement", "Déploiement", "Organiser", 6, "ui.pages.deploiement.page:PageDeploiement")
