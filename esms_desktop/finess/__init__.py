"""The national FINESS directory: read both official formats, find an entity, build a grappe from it."""

from esms_desktop.finess.annuaire import Annuaire, EntiteJuridique, Etablissement
from esms_desktop.finess.grappe import Ecarte, Import, alertes_de, creer_dossier, og_depuis
from esms_desktop.finess.lecture import lire

__all__ = [
    "Annuaire",
    "Ecarte",
    "EntiteJuridique",
    "Etablissement",
    "Import",
    "alertes_de",
    "creer_dossier",
    "lire",
    "og_depuis",
]
