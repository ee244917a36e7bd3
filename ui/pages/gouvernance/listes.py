"""The two open lists of the page Gouvernance: the team and the instances."""

from esms_desktop.gestes.lignes import neuve
from esms_desktop.lecture import Contact, Instance
from esms_desktop.nomenclature.vocabulaire import RoleContact
from ui.models.fiches import ChampFiche, Groupe
from ui.pages.commun.liste_fiche import Description
from ui.pages.commun.liste_formulaire import ChampListe, ChampLong, ChampPourCent
from ui.pages.gouvernance.modele import (
    COLONNES_EQUIPE,
    COLONNES_INSTANCES,
    equipe,
    organismes,
    rang_suivant,
    roles,
    structures,
)

EQUIPE: Description[Contact] = Description(
    titre="Équipe projet",
    un="une personne",
    des="personnes",
    ajouter="Ajouter une &personne",
    retirer="&Retirer",
    colonnes=COLONNES_EQUIPE,
    poids=(1.6, 1.6, 1.4, 1.2, 0.6, 1, 1.6),
    confort={0: 18, 1: 16, 2: 16, 3: 12, 6: 18},
    groupes=(
        Groupe(
            "Qui",
            (
                ChampFiche("nom", "Nom et prénom", obligatoire=True),
                ChampListe("role", "Rôle dans le projet", options=roles),
                ChampFiche("fonction", "Fonction"),
                ChampListe("og_id", "Organisme", du_dossier=organismes),
                ChampListe(
                    "essms_id",
                    "Structure",
                    aide="Le référent d’une structure se lit ensuite dans l’onglet Référents.",
                    du_dossier=structures,
                ),
                ChampPourCent(
                    "part_temps_pour_cent",
                    "Part du temps de travail (%)",
                    aide="Le temps dédié est un facteur clé de succès : il figure dans la pièce 2.",
                ),
            ),
        ),
        Groupe(
            "Joindre",
            (ChampFiche("telephone", "Téléphone", longueur=40), ChampFiche("courriel", "Courriel")),
        ),
    ),
    lister=equipe,
    creer=lambda dossier, champs: neuve("contact", dossier_id=dossier.id, **champs),
    nommer=lambda c: c.nom,
    defaut=lambda dossier: {
        "nom": "Nouvelle personne",
        "role": RoleContact.AUTRE
        if any(c.role is RoleContact.CHEF_DE_PROJET for c in dossier.contacts)
        else RoleContact.CHEF_DE_PROJET,
        "og_id": dossier.porteur.id if dossier.porteur else None,
    },
    vide=(
        "Personne dans l’équipe pour l’instant",
        "L’équipe projet réunit le chef de projet, la direction de chaque organisme, le responsable du système "
        "d’information, le délégué à la protection des données. La pièce 2 les présente, avec leur part de temps. "
        "Une liste copiée d’un tableur se colle : nom, rôle, fonction, organisme, temps, téléphone, courriel.",
    ),
)

INSTANCES: Description[Instance] = Description(
    titre="Instances",
    un="une instance",
    des="instances",
    ajouter="Ajouter une &instance",
    retirer="&Retirer",
    colonnes=COLONNES_INSTANCES,
    poids=(1.2, 2.2, 2.2, 1.1),
    confort={0: 14, 1: 20, 2: 20, 3: 12},
    groupes=(
        Groupe(
            "Instance",
            (
                ChampFiche("nom", "Nom", obligatoire=True),
                ChampLong("role", "Rôle", aide="Ce qu’elle décide, ce qu’elle suit."),
                ChampLong("composition", "Composition", aide="Les fonctions ou les personnes qui y siègent."),
                ChampFiche("frequence", "Fréquence", aide="Par exemple « tous les deux mois »."),
            ),
        ),
    ),
    lister=lambda dossier: dossier.instances,
    creer=lambda dossier, champs: neuve(
        "instance", dossier_id=dossier.id, rang=rang_suivant(dossier.instances), **champs
    ),
    nommer=lambda i: i.nom,
    ordonne=True,
    defaut=lambda _: {"nom": "Nouvelle instance"},
    vide=(
        "Aucune instance pour l’instant",
        "Un comité de pilotage décide, un comité opérationnel suit le travail au quotidien. La pièce 2 dit qui y siège, "
        "à quelle fréquence et pour quoi faire. Partez des deux instances habituelles, puis ajustez leurs textes.",
    ),
)
