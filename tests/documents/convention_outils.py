"""What the tests of the convention and of the letters share."""

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    Document,
)
from esms_desktop.model import Dossier

from .outils import JOUR


def convention(dossier: Dossier, campagne: str = "2022") -> Document:
    return catalogue.produire("convention", dossier, charger(campagne), JOUR)
