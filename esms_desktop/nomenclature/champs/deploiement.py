"""The fields of the waves, of the training sessions and of the communication actions."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    du_dossier,
    entier,
    jour,
    lien,
    long,
    oui_non,
    rang,
    table,
    texte,
)

VAGUE = table(
    "vague",
    Declarant.PORTEUR,
    du_dossier(),
    rang(),
    texte("nom", "nom", 200, court="Vague", oblige=True),
    oui_non(
        "pilote",
        "pilote",
        titre="Sites pilotes",
        court="Pilote",
        vide=False,
        aide="Les premiers sites, dont l’expérience sert à régler les suivants.",
    ),
    jour("debut", "début"),
    jour("fin", "fin"),
    long(
        "prerequis",
        "prérequis",
        aide="Réseau, postes, comptes, données reprises\u00a0: ce qui doit être prêt avant le début.",
    ),
    long("assistance", "assistance", aide="Qui aide les équipes au démarrage, et pendant combien de temps."),
)

SESSION_FORMATION = table(
    "session_formation",
    Declarant.PORTEUR,
    du_dossier(),
    lien("vague_id", "vague", "vague"),
    texte("intitule", "intitulé", 200, oblige=True),
    texte(
        "public", "public", 200, aide="Par exemple «\u00a0soignants de jour\u00a0», «\u00a0référents\u00a0»."
    ),
    entier(
        "effectif",
        "effectif",
        titre="Effectif formé",
        court="Effectif",
        aide="Personnes formées, toutes sessions réunies.",
        bulle="Personnes formées, toutes sessions réunies",
    ),
    entier("sessions", "nombre de sessions", court="Sessions"),
    entier(
        "duree_heures",
        "durée en heures",
        titre="Durée d’une session (heures)",
        court="Heures",
        bulle="Durée d’une session, en heures",
    ),
    texte("formateur", "formateur", 200, aide="L’éditeur, un formateur interne, un référent."),
    jour("date", "date", aide="Celle de la première session."),
)

ACTION_COMMUNICATION = table(
    "action_communication",
    Declarant.PORTEUR,
    du_dossier(),
    texte("objet", "objet", 300, titre="Action", oblige=True),
    texte("cible", "cible", 200, aide="Les équipes, les familles, le conseil de la vie sociale…"),
    texte("support", "support", 200, aide="Réunion, affiche, journal interne, courriel…"),
    texte("responsable", "responsable", 200),
    jour("date", "date"),
)

TABLES = (VAGUE, SESSION_FORMATION, ACTION_COMMUNICATION)
