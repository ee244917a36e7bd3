"""The fields of the preparation."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    du_dossier,
    jour,
    lien,
    long,
    oui_non,
    table,
    texte,
)

POINT_PREPARATION = table(
    "point_preparation",
    Declarant.PORTEUR,
    du_dossier(),
    texte("code", "code", 60, oblige=True),
    oui_non("reponse", "réponse"),
    long("commentaire", "commentaire"),
)

AUTODIAGNOSTIC = table(
    "autodiagnostic",
    Declarant.ORGANISME,
    lien("og_id", "OG", "og", vide=False, oblige=True),
    texte("genre", "genre", 10, oblige=True),
    oui_non("realise", "réalisé", titre="L’autodiagnostic est-il fait ?", court="Fait"),
    jour("date", "date", titre="Fait le", court="Date"),
    long(
        "resultat",
        "résultat",
        aide="Le niveau atteint, les points faibles, le plan d’action en une ou deux phrases.",
    ),
)

BRIQUE = table(
    "brique",
    Declarant.ORGANISME,
    lien("og_id", "OG", "og", vide=False, oblige=True),
    texte("code", "code", 60, oblige=True),
    oui_non("acquise", "brique acquise", titre="Cette brique est-elle acquise ?"),
    long("commentaire", "commentaire", aide="Ce qui existe, ce qui manque, ce qui est prévu."),
)

TABLES = (POINT_PREPARATION, AUTODIAGNOSTIC, BRIQUE)
