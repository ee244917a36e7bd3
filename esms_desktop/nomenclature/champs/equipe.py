"""The fields of the people and of the instances."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    choix,
    du_dossier,
    lien,
    long,
    pour_cent,
    rang,
    table,
    texte,
)
from esms_desktop.nomenclature.vocabulaire import RoleContact

CONTACT = table(
    "contact",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Organisme"),
    lien(
        "essms_id",
        "ESSMS",
        "essms",
        titre="Structure",
        aide="Le référent d’une structure se lit ensuite dans l’onglet Référents.",
    ),
    choix("role", "rôle", RoleContact, titre="Rôle dans le projet", court="Rôle"),
    texte("nom", "nom", 200, titre="Nom et prénom", court="Nom", oblige=True),
    texte("fonction", "fonction", 200),
    texte("telephone", "téléphone", 40),
    texte("courriel", "courriel", 200),
    pour_cent(
        "part_temps_pour_cent",
        "part du temps",
        titre="Part du temps de travail (%)",
        court="Temps",
        aide="Le temps dédié est un facteur clé de succès\u00a0: il figure dans la pièce 2.",
        bulle="Part du temps de travail donnée au projet",
        source="Kit ESMS numérique 2023, § 3",
    ),
)

INSTANCE = table(
    "instance",
    Declarant.PORTEUR,
    du_dossier(),
    rang(),
    texte("nom", "nom", 200, court="Instance", oblige=True),
    long("role", "rôle", aide="Ce qu’elle décide, ce qu’elle suit."),
    long("composition", "composition", aide="Les fonctions ou les personnes qui y siègent."),
    texte("frequence", "fréquence", 200, aide="Par exemple «\u00a0tous les deux mois\u00a0»."),
)

TABLES = (CONTACT, INSTANCE)
