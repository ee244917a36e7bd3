"""The fields of the planning."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    choix,
    du_dossier,
    entier,
    jour,
    lien,
    long,
    oui_non,
    pour_cent,
    rang,
    table,
    texte,
)
from esms_desktop.nomenclature.vocabulaire import Plan

TACHE = table(
    "tache",
    Declarant.PORTEUR,
    du_dossier(),
    rang(),
    choix("plan", "plan", Plan),
    texte("phase", "phase", 200),
    texte("nom", "nom", 200, court="Tâche", oblige=True),
    oui_non("jalon", "jalon", titre="Nature", vide=False),
    entier(
        "duree",
        "durée",
        titre="Durée (jours ouvrés)",
        court="Durée",
        vide=False,
        bornes=(0, 2500),
        bulle="En jours ouvrés\u00a0; 0 fait un jalon",
    ),
    jour("pas_avant", "pas avant le", aide="Elle peut commencer plus tard, si ce qu’elle attend l’exige."),
    jour("fixe", "date fixe", aide="Elle commence ce jour-là, quoi qu’elle attende."),
    jour(
        "echeance",
        "échéance",
        aide="Elle ne déplace rien\u00a0: un constat prévient quand elle n’est pas tenue.",
        bulle="Elle ne déplace pas la tâche\u00a0: un constat prévient quand elle est dépassée",
    ),
    texte("responsable", "responsable", 200),
    pour_cent("avancement", "avancement", titre="Avancement (%)", court="Avancement", vide=False),
    lien("essms_id", "ESSMS", "essms", titre="Concerne"),
    lien("vague_id", "vague", "vague", titre="Concerne"),
    lien("action_id", "action sur un risque", "action_risque"),
    texte("origine", "origine", 60),
    jour("reference_debut", "début de référence"),
    jour("reference_fin", "fin de référence"),
    long("notes", "notes"),
    jour("debut", "début", declarant=Declarant.APPLICATION, garde=False),
    jour("fin", "fin", declarant=Declarant.APPLICATION, garde=False),
)

LIEN_TACHE = table(
    "lien_tache",
    Declarant.PORTEUR,
    du_dossier(),
    lien("avant_id", "tâche attendue", "tache", titre="Elle attend", vide=False, oblige=True),
    lien("apres_id", "tâche qui attend", "tache", vide=False, oblige=True),
    texte("type", "type", 20, titre="Lien"),
    entier(
        "decalage",
        "décalage",
        vide=False,
        bornes=(-999_999, 999_999),
        bulle="Jours ouvrés d’attente\u00a0; négatif pour chevaucher",
    ),
)

FERMETURE = table(
    "fermeture",
    Declarant.PORTEUR,
    du_dossier(),
    texte("motif", "motif", 200),
    jour("debut", "début", titre="Du", vide=False, oblige=True),
    jour("fin", "fin", titre="Au", vide=False, oblige=True),
)

REGLAGE_PLANNING = table(
    "reglage_planning",
    Declarant.PORTEUR,
    du_dossier(),
    texte("territoire", "territoire", 10, titre="Jours fériés", vide=True),
    jour("reference_le", "date de la référence"),
)

TABLES = (TACHE, LIEN_TACHE, FERMETURE, REGLAGE_PLANNING)
