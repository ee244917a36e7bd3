"""What one version of a dossier says: frozen rows, read whole, the same for everyone who looks at them."""

from esms_desktop.lecture.contacts import Contact
from esms_desktop.lecture.couts import Cout, CoutRh, Materiel, Ressource
from esms_desktop.lecture.deploiement import ActionCommunication, SessionFormation, Vague
from esms_desktop.lecture.depots import Complement, DepotFait
from esms_desktop.lecture.dossier import Dossier
from esms_desktop.lecture.gouvernance import Instance
from esms_desktop.lecture.grappe import Essms, Og
from esms_desktop.lecture.ligne import Ligne, Version
from esms_desktop.lecture.pieces import Fichier
from esms_desktop.lecture.planning import Fermeture, LienTache, ReglagePlanning, Tache
from esms_desktop.lecture.preparation import Autodiagnostic, Brique, PointPreparation
from esms_desktop.lecture.risques import ActionRisque, EvaluationStructure, NiveauEchelle, Risque
from esms_desktop.lecture.signatures import Signature
from esms_desktop.lecture.solutions import Solution
from esms_desktop.lecture.textes import TexteDocument

__all__ = [
    "ActionCommunication",
    "ActionRisque",
    "Autodiagnostic",
    "Brique",
    "Complement",
    "Contact",
    "Cout",
    "CoutRh",
    "DepotFait",
    "Dossier",
    "Essms",
    "EvaluationStructure",
    "Fermeture",
    "Fichier",
    "Instance",
    "LienTache",
    "Ligne",
    "Materiel",
    "NiveauEchelle",
    "Og",
    "PointPreparation",
    "ReglagePlanning",
    "Ressource",
    "Risque",
    "SessionFormation",
    "Signature",
    "Solution",
    "Tache",
    "TexteDocument",
    "Vague",
    "Version",
]
