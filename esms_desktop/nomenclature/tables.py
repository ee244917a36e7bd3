"""What each table of a base holds, in the words of the person: one, several."""

from esms_desktop.francais import accord

TABLES = {
    "dossier": ("dossier", "dossiers"),
    "og": ("organisme", "organismes"),
    "essms": ("ESSMS", "ESSMS"),
    "solution": ("solution", "solutions"),
    "contact": ("contact", "contacts"),
    "fichier": ("fichier joint", "fichiers joints"),
    "instance": ("instance", "instances"),
    "tache": ("tâche", "tâches"),
    "lien_tache": ("lien entre tâches", "liens entre tâches"),
    "vague": ("vague", "vagues"),
    "risque": ("risque", "risques"),
    "action_risque": ("action", "actions"),
    "evaluation_structure": ("évaluation", "évaluations"),
    "niveau_echelle": ("niveau d’échelle", "niveaux d’échelle"),
    "cout": ("coût", "coûts"),
    "cout_rh": ("coût humain", "coûts humains"),
    "ressource": ("ressource", "ressources"),
    "materiel": ("matériel", "matériels"),
    "session_formation": ("session de formation", "sessions de formation"),
    "action_communication": ("action de communication", "actions de communication"),
    "autodiagnostic": ("autodiagnostic", "autodiagnostics"),
    "brique": ("réponse sur une brique", "réponses sur des briques"),
    "point_preparation": ("point de contrôle", "points de contrôle"),
    "fermeture": ("fermeture", "fermetures"),
    "reglage_planning": ("réglage du planning", "réglages du planning"),
    "signature": ("suivi de signature", "suivis de signature"),
    "texte_document": ("texte de document", "textes de documents"),
    "complement": ("complément demandé", "compléments demandés"),
    "depot_fait": ("dossier produit", "dossiers produits"),
}


def libelle_table(table: str, combien: int = 1) -> str:
    """What a table holds, agreed with how many; its own name when it is none of ours."""
    un, plusieurs = TABLES.get(table, (table, table))
    return accord(combien, un, plusieurs)
