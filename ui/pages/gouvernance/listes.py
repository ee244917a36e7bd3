"""The two open lists of the page Gouvernance: the team and the instances."""

from esms_desktop.gestes.lignes import neuve
from esms_desktop.lecture import Contact, Instance
from esms_desktop.nomenclature.vocabulaire import RoleContact
from ui.models.fiches import Groupe, des
from ui.pages.commun.liste_fiche import Description
from ui.pages.commun.liste_formulaire import ChampListe
from ui.pages.gouvernance.modele import (
    COLONNES_EQUIPE,
    COLONNES_INSTANCES,
    equipe,
    organismes,
    rang_suivant,
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
                *des("contact", "nom"),
                ChampListe("contact.role"),
                *des("contact", "fonction"),
                ChampListe("contact.og_id", du_dossier=organismes),
                ChampListe("contact.essms_id", du_dossier=structures),
                *des("contact", "part_temps_pour_cent"),
            ),
        ),
        Groupe("Joindre", des("contact", "telephone", "courriel")),
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
    groupes=(Groupe("Instance", des("instance", "nom", "role", "composition", "frequence")),),
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
