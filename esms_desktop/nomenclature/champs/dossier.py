"""The fields of the dossier itself."""

from esms_desktop.nomenclature.champs.champ import Declarant, choix, jour, long, oui_non, table, texte
from esms_desktop.nomenclature.vocabulaire import EtatDossier, ExceptionSad, RoleDonnees, TypeProjet

DOSSIER = table(
    "dossier",
    Declarant.PORTEUR,
    texte("nom", "nom", 200, titre="Nom du dossier", oblige=True),
    texte(
        "campagne_id",
        "campagne",
        80,
        oblige=True,
        aide="Les règles, les montants et les pièces demandées suivent la campagne.",
    ),
    choix("type_projet", "type de projet", TypeProjet, titre="Ce que le projet demande", oblige=True),
    choix(
        "etat",
        "état",
        EtatDossier,
        titre="Où en est la demande",
        court="État",
        aide="À mettre à jour vous-même, au fil des réponses de l’instructeur.",
    ),
    oui_non(
        "portee_nationale",
        "portée nationale",
        titre="Le projet a-t-il une portée nationale ?",
        aide="Oui s’il représente l’offre à l’échelle du pays, même en dessous du seuil.",
    ),
    oui_non(
        "sad",
        "recours au SAD",
        titre="Le logiciel sera-t-il acheté par le SAD\u00a0?",
        aide="Le système d’acquisition dynamique (centrale d’achat) est la voie d’achat prévue pour une acquisition\u00a0; il ouvre l’AMOA marché aux petits organismes.",
    ),
    choix(
        "sad_exception",
        "exception au SAD",
        ExceptionSad,
        vide=True,
        aide="Sans le SAD, une acquisition doit relever de l’une de ces deux exceptions.",
    ),
    oui_non(
        "pilotage_demande",
        "pilotage demandé",
        titre="Demandez-vous l’aide au pilotage\u00a0?",
        aide="Un forfait par projet, quand la grappe est composée de petits organismes. Il peut payer un chef de projet interne.",
    ),
    oui_non(
        "equipement_demande",
        "équipement demandé",
        titre="Demandez-vous l’aide à l’équipement\u00a0?",
        aide="Un forfait par ESSMS d’un petit organisme, pour le matériel lié au dossier usager informatisé. La liste chiffrée des matériels (pièce 11) devient alors obligatoire.",
    ),
    oui_non(
        "mise_en_ordre_marche",
        "mise en ordre de marche",
        titre="Une mise en ordre de marche est-elle déjà contractualisée ?",
        aide="La mise en ordre de marche est le jour où l’éditeur livre le logiciel prêt à servir.",
    ),
    jour(
        "date_mise_en_ordre_marche",
        "date de mise en ordre de marche",
        aide="Celle du contrat, ou la date prévue.",
    ),
    oui_non(
        "amoa",
        "assistance à maîtrise d’ouvrage",
        titre="Une assistance à maîtrise d’ouvrage (AMOA) aide-t-elle le projet ?",
        aide="Un prestataire ou un appui régional qui aide à choisir, acheter et conduire le projet.",
    ),
    texte("amoa_nom", "nom de l’assistant à maîtrise d’ouvrage", 200, titre="Nom de l’AMOA"),
    texte("cle_repartition", "clé de répartition", 10, titre="Clé de répartition des coûts communs"),
    jour(
        "date_depot_prevue",
        "date de dépôt prévue",
        titre="Date à laquelle vous prévoyez de déposer",
        court="Dépôt prévu",
    ),
    jour("date_convention", "date de la convention", titre="Signature de la convention"),
    jour("date_debut_projet", "début du projet"),
    jour("date_debut_parametrage", "début du paramétrage"),
    jour("date_fin_deploiement", "fin du déploiement"),
    long("contexte", "contexte", aide="Qui sont les organismes, pourquoi ce projet maintenant."),
    long(
        "objectifs",
        "objectifs",
        aide="Ce que le projet changera pour les personnes accompagnées et les équipes.",
    ),
    long(
        "hebergement",
        "hébergement",
        titre="Hébergement des données",
        aide="Qui héberge la solution, avec quelle certification.",
    ),
    long(
        "reprise_donnees", "reprise des données", aide="Ce qui sera repris des logiciels actuels, et comment."
    ),
    long("points_attention", "points d’attention", aide="Ce qui demande une vigilance particulière."),
    long(
        "mutualisation",
        "mutualisation",
        titre="Place de la mutualisation",
        aide="Ce que les organismes mettent en commun : chef de projet, référents, formation, paramétrage, achats. La pièce 2 reprend ce texte.",
        source="Kit ESMS numérique 2023, § 3",
    ),
    long("strategie_deploiement", "stratégie de déploiement"),
    long("strategie_formation", "stratégie de formation"),
    long("notes", "notes", titre="Notes de travail", aide="Pour vous seul : aucun document ne les reprend."),
    choix(
        "role_donnees",
        "rôle du porteur au regard des données",
        RoleDonnees,
        titre="Le porteur, au regard des données des autres organismes",
        vide=True,
        aide="La convention en dépend : contrat de sous-traitance, accord entre responsables conjoints, ou ni l’un ni l’autre.",
    ),
    oui_non("annexer_cibles", "cibles d’usage en annexe de la note"),
    oui_non("annexer_risques", "carte des risques en annexe de la note"),
    jour("date_solde", "date de la demande du solde", titre="Demande du solde"),
    jour("galis_compte_le", "date de création du compte GALIS", source="GALIS"),
    jour("galis_depot_le", "date du dépôt sur GALIS", source="GALIS"),
    jour("galis_consulte_le", "date de consultation du compte GALIS", source="GALIS"),
    jour("galis_complements_le", "date du dépôt des compléments", source="GALIS"),
)

TABLES = (DOSSIER,)
