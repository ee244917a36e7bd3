#!/bin/sh
# Un dossier entier sans ouvrir la fenêtre : créé depuis FINESS, rempli, planifié, chiffré, déposé et prouvé.
# Usage : dossier-par-commandes.sh FICHIER_FINESS PORTEUR MEMBRE PDF SORTIE
# « esms-desktop geste liste » donne tous les gestes ; « esms-desktop geste NOM --aide », ce que prend l'un d'eux.
# La base est celle de ESMS_DESKTOP_BASE, ouverte par le trousseau ou par ESMS_DESKTOP_PHRASE.
set -eu
finess=$1 porteur=$2 membre=$3 pdf=$4 sortie=$5
esms=${ESMS_DESKTOP:-esms-desktop}
dossier='Grappe des commandes'

geste() { nom=$1; shift; $esms geste "$nom" "$dossier" "$@" > /dev/null; }

# La grappe
$esms dossier creer --finess "$finess" --nom "$dossier" --campagne 2023 --type acquisition \
    --porteur "$porteur" --membre "$membre" > /dev/null
for og in "$porteur" "$membre"; do
    geste lignes.saisir --ligne "og:$og" --adresse '1 rue des Essais' --representant_nom 'Alix Exemple' \
        --representant_qualite 'Directrice' --dpo_nom 'Sacha Exemple' --dpo_courriel 'dpo@grappe.example'
done
geste grappe.ajouter-solution --nom 'Solution exemple'
geste lignes.saisir --ligne 'solution:Solution exemple' --editeur 'Éditeur exemple' --statut referencee \
    --prix_cents '120 000'
geste grappe.equiper

# Les dix points : ce que la grappe déclare
for fait in financement_europeen esms_numerique_anterieur sons_autre_solution part_confort rattache_entite_nationale; do
    geste grappe.repondre --essms tous --champ "$fait" --valeur non
done
geste lignes.saisir --ligne 'dossier:' --sad oui --portee_nationale non --mise_en_ordre_marche non \
    --pilotage_demande oui --equipement_demande non --amoa non

# L'équipe
geste lignes.inscrire --libelle 'Ajouter le chef de projet' \
    --neuves '{"table": "contact", "nom": "Camille Exemple", "role": "chef-de-projet", "courriel": "projet@grappe.example"}'
geste gouvernance.proposer-instances
geste gouvernance.designer-referent --essms tous --nom 'Dominique Exemple' --fonction 'Cadre'

# Les vagues et le planning
geste lignes.saisir --ligne 'dossier:' --date_depot_prevue 12/06/2023 --date_convention 15/09/2023 \
    --date_debut_projet 02/10/2023 --date_fin_deploiement 28/03/2025
geste deploiement.repartir
geste planning.poser-plan-type --debut 2023-10-02
geste planning.fermer --debut 2023-12-25 --fin 2023-12-29 --motif 'Fin d’année'
geste planning.prendre-reference

# Les risques
geste risques.bibliotheque --cles decisions-tardives --cles depart-membre
geste risques.ajouter --intitule 'Réseau insuffisant' --probabilite 3 --gravite 3

# L'argent
geste lignes.inscrire --libelle 'Ajouter un coût' \
    --neuves '{"table": "cout", "nature": "autre", "libelle": "Reprise des données", "annee": 2024, "montant_ht_cents": "18 000"}'
geste financement.equilibrer

# Les textes et les pièces
geste documents.ecrire --document gouvernance --section organisation --texte 'Deux organismes décident ensemble.'
$esms piece joindre "$dossier" 9 "$pdf" > /dev/null
for og in "$porteur" "$membre"; do
    $esms piece joindre "$dossier" 4 "$pdf" --og "$og" > /dev/null
done

# Le dépôt : le code 1 dit qu'il reste des constats, le fichier n'en est pas moins produit et prouvé.
$esms deposer "$dossier" --sortie "$sortie" || [ $? -eq 1 ]
