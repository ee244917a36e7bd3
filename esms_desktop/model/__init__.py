"""What a dossier is: the SQLAlchemy classes, one file per topic, and the vocabulary they use."""

from esms_desktop.model.base import Base
from esms_desktop.model.contacts import Contact
from esms_desktop.model.couts import Cout, CoutRh, Materiel, Ressource
from esms_desktop.model.deploiement import ActionCommunication, SessionFormation, Vague
from esms_desktop.model.depots import Complement, DepotFait
from esms_desktop.model.dossier import Dossier
from esms_desktop.model.gouvernance import Instance
from esms_desktop.model.grappe import Essms, Og
from esms_desktop.model.journal import EntreeJournal
from esms_desktop.model.pieces import Contenu, Fichier
from esms_desktop.model.planning import Fermeture, LienTache, ReglagePlanning, Tache
from esms_desktop.model.preparation import Autodiagnostic, Brique, PointPreparation
from esms_desktop.model.risques import ActionRisque, EvaluationStructure, NiveauEchelle, Risque
from esms_desktop.model.signatures import Signature
from esms_desktop.model.solutions import Solution
from esms_desktop.model.textes import TexteDocument
from esms_desktop.model.vocabulaire import (
    Champ,
    EtatDossier,
    ExceptionSad,
    RoleContact,
    StatutSolution,
    TypeProjet,
)

__all__ = [
    "ActionCommunication",
    "ActionRisque",
    "Autodiagnostic",
    "Base",
    "Brique",
    "Champ",
    "Complement",
    "Contact",
    "Contenu",
    "Cout",
    "CoutRh",
    "DepotFait",
    "Dossier",
    "EntreeJournal",
    "Essms",
    "EtatDossier",
    "EvaluationStructure",
    "ExceptionSad",
    "Fermeture",
    "Fichier",
    "Instance",
    "LienTache",
    "Materiel",
    "NiveauEchelle",
    "Og",
    "PointPreparation",
    "ReglagePlanning",
    "Ressource",
    "Risque",
    "RoleContact",
    "SessionFormation",
    "Signature",
    "Solution",
    "StatutSolution",
    "Tache",
    "TexteDocument",
    "TypeProjet",
    "Vague",
]
