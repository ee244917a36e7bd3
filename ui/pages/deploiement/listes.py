"""The three open lists of the page Déploiement: waves, training sessions, communication actions."""

from esms_desktop.francais import pluriel
from esms_desktop.gestes.lignes import neuve
from esms_desktop.lecture import ActionCommunication, SessionFormation, Vague
from ui.models.fiches import Groupe, des
from ui.pages.commun.liste_fiche import Description
from ui.pages.commun.liste_formulaire import ChampListe
from ui.pages.deploiement.modele import (
    COLONNES_COMMUNICATIONS,
    COLONNES_FORMATIONS,
    COLONNES_VAGUES,
    vagues,
)
from ui.pages.gouvernance.modele import rang_suivant


def _de_la_vague(vague: Vague) -> str:
    if not vague.essms:
        return ""
    return f"{pluriel(len(vague.essms), 'ESSMS n’aura', 'ESSMS n’auront')} plus de vague."


VAGUES: Description[Vague] = Description(
    titre="Vagues",
    un="une vague",
    des="vagues",
    ajouter="Ajouter une &vague",
    retirer="&Retirer",
    colonnes=COLONNES_VAGUES,
    poids=(1.8, 0.7, 0.9, 0.9, 0.6, 1.6, 1.6),
    confort={0: 18, 5: 18, 6: 18},
    groupes=(
        Groupe(
            "Vague",
            (
                *des("vague", "nom"),
                ChampListe(
                    "vague.pilote",
                    lambda: ((False, "Non, une vague courante"), (True, "Oui, les sites pilotes")),
                ),
                *des("vague", "debut", "fin", "prerequis", "assistance"),
            ),
        ),
    ),
    lister=lambda dossier: dossier.vagues,
    creer=lambda dossier, champs: neuve(
        "vague", **{"dossier_id": dossier.id, "rang": rang_suivant(dossier.vagues), "pilote": False, **champs}
    ),
    nommer=lambda v: v.nom,
    ordonne=True,
    defaut=lambda dossier: {
        "nom": f"Vague {len(dossier.vagues) + 1}",
        "pilote": not dossier.vagues,
    },
    vide=(
        "Aucune vague pour l’instant",
        "Une vague réunit les structures qui basculent en même temps. Les sites pilotes passent les premiers ; leur "
        "expérience sert aux suivants. Laissez l’application proposer une répartition, puis ajustez-la.",
    ),
    ce_qui_part=_de_la_vague,
)

FORMATIONS: Description[SessionFormation] = Description(
    titre="Sessions de formation",
    un="une formation",
    des="formations",
    ajouter="Ajouter une &formation",
    retirer="&Retirer",
    colonnes=COLONNES_FORMATIONS,
    poids=(1.8, 1.4, 0.7, 0.7, 0.6, 1.2, 0.9, 1.2),
    confort={0: 18, 1: 14, 5: 12, 7: 12},
    groupes=(
        Groupe(
            "Formation",
            (
                *des(
                    "session_formation",
                    "intitule",
                    "public",
                    "effectif",
                    "sessions",
                    "duree_heures",
                    "formateur",
                    "date",
                ),
                ChampListe("session_formation.vague_id", du_dossier=vagues),
            ),
        ),
    ),
    lister=lambda dossier: dossier.formations,
    creer=lambda dossier, champs: neuve("session_formation", dossier_id=dossier.id, **champs),
    nommer=lambda f: f.intitule,
    defaut=lambda _: {"intitule": "Nouvelle formation"},
    vide=(
        "Aucune formation pour l’instant",
        "Le plan de conduite du changement (pièce 8) dit qui est formé, à quoi, par qui et quand. Une liste copiée d’un "
        "tableur se colle : intitulé, public, effectif, sessions, heures, formateur, date, vague.",
    ),
)

COMMUNICATIONS: Description[ActionCommunication] = Description(
    titre="Actions de communication",
    un="une action",
    des="actions",
    ajouter="Ajouter une &action",
    retirer="&Retirer",
    colonnes=COLONNES_COMMUNICATIONS,
    poids=(2.2, 1.4, 1.2, 1.2, 0.9),
    confort={0: 20, 1: 14, 2: 12, 3: 12},
    groupes=(
        Groupe("Action", des("action_communication", "objet", "cible", "support", "responsable", "date")),
    ),
    lister=lambda dossier: dossier.communications,
    creer=lambda dossier, champs: neuve("action_communication", dossier_id=dossier.id, **champs),
    nommer=lambda a: a.objet,
    defaut=lambda _: {"objet": "Nouvelle action"},
    vide=(
        "Aucune action de communication pour l’instant",
        "Annoncer le projet, dire où il en est, sensibiliser avant le déploiement : chaque action a sa cible, son "
        "support, son responsable et sa date. Une liste copiée d’un tableur se colle dans cet ordre.",
    ),
)
