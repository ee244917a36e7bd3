"""The fields of the maps of risks."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    choix,
    du_dossier,
    entier,
    jour,
    lien,
    long,
    montant,
    oui_non,
    rang,
    table,
    texte,
)
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction, NatureAction

RISQUE = table(
    "risque",
    Declarant.PORTEUR,
    du_dossier(),
    lien("essms_id", "ESSMS", "essms"),
    rang(),
    texte("intitule", "intitulé", 300, court="Risque", oblige=True),
    choix("categorie", "catégorie", CategorieRisque),
    long("cause", "cause", aide="Ce qui le ferait arriver."),
    long("consequence", "conséquence", aide="Ce qu’il coûterait au projet, aux équipes, aux personnes."),
    entier("probabilite", "probabilité", court="P", bornes=(1, 4), bulle="Probabilité, de 1 à 4"),
    entier("gravite", "gravité", court="G", bornes=(1, 4), bulle="Gravité, de 1 à 4"),
    entier(
        "probabilite_residuelle",
        "probabilité après actions",
        titre="Probabilité",
        court="P après",
        bornes=(1, 4),
        bulle="Probabilité après les actions",
    ),
    entier(
        "gravite_residuelle",
        "gravité après actions",
        titre="Gravité",
        court="G après",
        bornes=(1, 4),
        bulle="Gravité après les actions",
    ),
    texte("origine", "origine", 60),
    long("notes", "notes", titre="Ce qui a été dit, décidé, accepté"),
)

ACTION_RISQUE = table(
    "action_risque",
    Declarant.PORTEUR,
    du_dossier(),
    lien("risque_id", "risque", "risque", vide=False, oblige=True),
    rang(),
    texte("intitule", "intitulé", 300, court="Action", oblige=True),
    choix("nature", "nature", NatureAction),
    texte("responsable", "responsable", 200),
    jour("echeance", "échéance"),
    choix("etat", "état", EtatAction),
    montant("cout_cents", "coût"),
)

EVALUATION_STRUCTURE = table(
    "evaluation_structure",
    Declarant.STRUCTURE,
    du_dossier(),
    lien("essms_id", "ESSMS", "essms", vide=False, oblige=True),
    oui_non(
        "sans_risque",
        "aucun risque propre",
        titre="Cette structure n’a-t-elle aucun risque qui lui soit propre ?",
    ),
)

NIVEAU_ECHELLE = table(
    "niveau_echelle",
    Declarant.PORTEUR,
    du_dossier(),
    texte("axe", "axe", 20, oblige=True),
    entier("niveau", "niveau", vide=False, oblige=True),
    texte("libelle", "libellé", 60, titre="Nom"),
    long("definition", "définition", titre="Ce qu’il veut dire"),
)

TABLES = (RISQUE, ACTION_RISQUE, EVALUATION_STRUCTURE, NIVEAU_ECHELLE)
