"""What a dossier is: the SQLAlchemy classes, one file per topic, and the vocabulary they use."""

from esms_desktop.model.base import Base
from esms_desktop.model.contacts import Contact
from esms_desktop.model.dossier import Dossier
from esms_desktop.model.grappe import Essms, Og
from esms_desktop.model.journal import EntreeJournal
from esms_desktop.model.pieces import Contenu, Fichier
from esms_desktop.model.solutions import Solution
from esms_desktop.model.vocabulaire import (
    Champ,
    EtatDossier,
    ExceptionSad,
    RoleContact,
    StatutSolution,
    TypeProjet,
)

__all__ = [
    "Base",
    "Champ",
    "Contact",
    "Contenu",
    "Dossier",
    "EntreeJournal",
    "Essms",
    "EtatDossier",
    "ExceptionSad",
    "Fichier",
    "Og",
    "RoleContact",
    "Solution",
    "StatutSolution",
    "TypeProjet",
]
