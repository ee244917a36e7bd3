"""What is kept of a dossier: the SQLAlchemy classes, one file per topic."""

from esms_desktop.model.ajouts import ajouter_les_colonnes
from esms_desktop.model.base import Base
from esms_desktop.model.contacts import Contact
from esms_desktop.model.contraintes import contraindre
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
from esms_desktop.model.registre import Acte
from esms_desktop.model.risques import ActionRisque, EvaluationStructure, NiveauEchelle, Risque
from esms_desktop.model.signatures import Signature
from esms_desktop.model.solutions import Solution
from esms_desktop.model.suivi import declencher, suivre_les_lignes
from esms_desktop.model.textes import TexteDocument

__all__ = [
    "HORS_DOSSIER",
    "Acte",
    "ActionCommunication",
    "ActionRisque",
    "Autodiagnostic",
    "Base",
    "Brique",
    "Complement",
    "Contact",
    "Contenu",
    "Cout",
    "CoutRh",
    "DepotFait",
    "Dossier",
    "EntreeJournal",
    "Essms",
    "EvaluationStructure",
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
    "SessionFormation",
    "Signature",
    "Solution",
    "Tache",
    "TexteDocument",
    "Vague",
]

# What is not a row of a dossier: bytes are named by what they are, journal and register say themselves who and when.
HORS_DOSSIER: tuple[type[Base], ...] = (Contenu, EntreeJournal, Acte)
_SUIVIES = tuple(
    t for t in Base.metadata.sorted_tables if t.name not in {c.__tablename__ for c in HORS_DOSSIER}
)
for _table in _SUIVIES:
    suivre_les_lignes(_table)
ajouter_les_colonnes()
for _table in _SUIVIES:
    declencher(_table)
contraindre(
    Base.metadata.tables["dossier"],
    ((Base.metadata.tables["og"], "est_porteur"), (Base.metadata.tables["solution"], "retenue")),
)
