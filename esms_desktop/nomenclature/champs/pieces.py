"""The fields of the files, of the texts, of the signatures and of the filings."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    donnees,
    du_dossier,
    entier,
    instant,
    jour,
    lien,
    long,
    oui_non,
    table,
    texte,
)

FICHIER = table(
    "fichier",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Organisme concerné par ce fichier", court="Organisme"),
    entier("numero", "numéro de pièce", vide=False, oblige=True),
    texte("nom", "nom", 255, oblige=True),
    texte("extension", "extension", 8, oblige=True, declarant=Declarant.APPLICATION),
    texte("sha256", "empreinte du fichier", 64, oblige=True, declarant=Declarant.APPLICATION),
    entier("taille", "taille", vide=False, oblige=True, declarant=Declarant.APPLICATION),
    entier("pages", "nombre de pages", declarant=Declarant.APPLICATION),
    instant("joint_le", "date d’ajout"),
    texte("entite", "entité nationale", 300, titre="Entité nationale qui donne cet accord"),
)

TEXTE_DOCUMENT = table(
    "texte_document",
    Declarant.PORTEUR,
    du_dossier(),
    texte("document", "document", 60, oblige=True),
    texte("section", "section", 60, oblige=True),
    long("texte", "texte"),
)

SIGNATURE = table(
    "signature",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", vide=False, oblige=True),
    texte("document", "document", 60, oblige=True),
    jour("genere_le", "date de génération", declarant=Declarant.APPLICATION),
    jour("imprime_le", "date d’impression"),
    jour("envoye_le", "date d’envoi"),
    jour("signe_le", "date de signature"),
    lien("fichier_id", "fichier", "fichier"),
    texte("empreinte", "empreinte", 64, declarant=Declarant.APPLICATION),
    donnees("donnees", "données imprimées"),
)

COMPLEMENT = table(
    "complement",
    Declarant.PORTEUR,
    du_dossier(),
    entier("numero", "numéro de pièce", titre="Pièce concernée", court="Pièce"),
    long("demande", "demande", titre="Ce que l’ARS demande", court="Demande"),
    jour("demande_le", "date de la demande", titre="Demandé le"),
    jour("echeance", "échéance", titre="À rendre le", court="Échéance"),
    jour("repondu_le", "date de la réponse", titre="Répondu le"),
)

DEPOT_FAIT = table(
    "depot_fait",
    Declarant.PORTEUR,
    du_dossier(),
    lien("complement_id", "complément", "complement"),
    instant("produit_le", "date de production"),
    jour("depose_le", "date du dépôt", titre="Déposé sur GALIS le"),
    oui_non("complet", "complet", vide=False, oblige=True),
    texte("sha256", "empreinte du fichier", 64, oblige=True, declarant=Declarant.APPLICATION),
    entier("taille", "taille", vide=False, oblige=True, declarant=Declarant.APPLICATION),
    entier("pages", "nombre de pages", vide=False, oblige=True, declarant=Declarant.APPLICATION),
    long("manifeste", "manifeste", oblige=True),
    texte("accuse", "accusé de réception", 120, titre="Numéro de l’accusé"),
)

TABLES = (FICHIER, TEXTE_DOCUMENT, SIGNATURE, COMPLEMENT, DEPOT_FAIT)
