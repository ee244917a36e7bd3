"""The fields of the costs, of the resources and of the materials."""

from esms_desktop.nomenclature.champs.champ import (
    Declarant,
    centiemes,
    du_dossier,
    entier,
    lien,
    montant,
    pour_cent,
    table,
    taux,
    texte,
)

COUT = table(
    "cout",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Pour qui"),
    texte("nature", "nature", 40, oblige=True),
    texte("libelle", "libellé", 300),
    entier("annee", "année"),
    montant("montant_ht_cents", "montant HT"),
    taux("tva_pour_dix_mille", "taux de TVA", titre="TVA", vide=False),
)

COUT_RH = table(
    "cout_rh",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Pour qui"),
    texte("profil", "profil", 200, oblige=True),
    entier("annee", "année"),
    centiemes(
        "etp_centiemes", "nombre d’ETP", titre="ETP", bulle="Équivalents temps plein : 0,5 pour un mi-temps"
    ),
    montant(
        "cout_annuel_cents",
        "coût annuel",
        titre="Coût annuel chargé",
        bulle="Salaire et charges d’un temps plein, sur un an",
    ),
    pour_cent(
        "part_projet_pour_cent",
        "part du projet",
        titre="Part projet",
        vide=False,
        bulle="Part de ce temps donnée au projet",
    ),
)

RESSOURCE = table(
    "ressource",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Pour qui"),
    texte("genre", "genre", 20, titre="Origine"),
    texte("libelle", "libellé", 300),
    entier("annee", "année"),
    montant("montant_cents", "montant"),
)

MATERIEL = table(
    "materiel",
    Declarant.PORTEUR,
    du_dossier(),
    lien("og_id", "OG", "og", titre="Pour qui"),
    lien("essms_id", "ESSMS", "essms", titre="Structure"),
    texte("libelle", "libellé", 300, titre="Matériel", oblige=True),
    texte("usage", "usage", 300),
    entier("quantite", "quantité"),
    montant("prix_unitaire_ht_cents", "prix unitaire HT"),
    taux("tva_pour_dix_mille", "taux de TVA", titre="TVA", vide=False),
)

TABLES = (COUT, COUT_RH, RESSOURCE, MATERIEL)
