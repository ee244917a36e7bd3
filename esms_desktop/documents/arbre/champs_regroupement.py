"""The words of fields that tell how organismes stand together: who buys how, who is paid for what, which solution."""

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre.denomination import est_public
from esms_desktop.documents.signataires import accord
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.vocabulaire import RoleDonnees
from esms_desktop.regles.dossier.equipe import referents_og
from esms_desktop.regles.financement.durees import limite_depuis
from esms_desktop.regles.financement.financement import FinancementDossier
from esms_desktop.regles.financement.reversement import reversement
from esms_desktop.regles.recevabilite.choix_solution import pressentie

__all__ = [
    "accord",
    "argent_commun",
    "comptables_publics",
    "designation",
    "duree",
    "instances",
    "referents",
    "role_donnees",
    "soumis",
]
_SOMMES = {
    "logiciel": "à la prestation de l’éditeur",
    "amoa_marche": "à l’assistance pour la procédure de marché",
    "pilotage": "à l’assistance et au pilotage du projet",
}
# Past that many référents, their number is given: the governance names them.
_REFERENTS = 3


_ROLES = {
    RoleDonnees.SOUS_TRAITANT: "leur sous-traitant, au sens de l’article 28 du RGPD",
    RoleDonnees.CONJOINT: "responsable conjoint avec elles, au sens de l’article 26 du RGPD",
    RoleDonnees.DISTINCT: "un responsable distinct, qui n’accède pas à ces données",
}


def role_donnees(dossier: Dossier) -> str | None:
    """What the porteur is towards the data of the others; None while nobody has said it."""
    return _ROLES[dossier.role_donnees] if dossier.role_donnees else None


def soumis(dossier: Dossier) -> str | None:
    """The OG subject to public procurement; None as long as one has not said."""
    if not dossier.ogs or any(og.commande_publique is None for og in dossier.ogs):
        return None
    return francais.enumerer([og.nom for og in dossier.ogs if og.commande_publique]) or "aucune"


def comptables_publics(dossier: Dossier) -> str:
    """The sentence on the OG that have a public accountant; nothing when none is known to."""
    if not any(est_public(og) for og in dossier.ogs):
        return ""
    return "Une Partie dotée d’un comptable public reçoit et verse ces sommes par titre de recette et par mandat."


def argent_commun(finance: FinancementDossier, campagne: Campagne) -> str | None:
    """What becomes of the money spent for all; None while nothing is counted yet, or a price is not known."""
    argent = reversement(finance, campagne)
    if argent.sans_prix or not finance.demande.essms:
        return None
    if not argent.communs_cents:
        return "Aucune somme n’est demandée à ce titre."
    emplois = francais.enumerer([_SOMMES[p] for p in argent.communs_cents])
    return (
        f"Le Porteur ne reverse pas les sommes destinées {emplois}, soit {francais.euros(argent.commun_cents)} : il paie sur "
        "facture ce à quoi elles sont destinées, dans l’intérêt de toutes les Parties (annexe 2, tableau B). Ce qui n’a pas "
        "été dépensé revient au financeur ou reçoit l’emploi qu’il autorise."
    )


def duree(dossier: Dossier, campagne: Campagne) -> str:
    """The sentence on the longest duration, which never contradicts the date printed before it; nothing when there is none."""
    mois = campagne.durees.mois(dossier.type_projet).valeur
    if not mois:
        return ""
    derniere = limite_depuis(dossier, campagne, dossier.date_debut_projet)
    fin = dossier.date_fin_deploiement
    if derniere is None or fin is None or fin <= derniere:
        return f"Le déploiement s’achève au plus tard {francais.nombre(mois)} mois après le début du projet."
    return (
        f"La campagne admet {francais.nombre(mois)} mois après le début du projet, soit le {francais.date_longue(derniere)} au "
        "plus tard : une fin plus tardive ne vaut que si le financeur l’accepte."
    )


def designation(dossier: Dossier) -> str | None:
    """The solution, said to be only expected until the planning chooses it."""
    nom = dossier.solution.nom.strip() if dossier.solution else ""
    if not nom:
        return None
    return f"{nom}, pressentie à ce jour" if pressentie(dossier) else nom


def referents(dossier: Dossier, og: Og) -> str | None:
    """The référents of an OG, in few words."""
    noms = list(dict.fromkeys(c.nom for c in referents_og(dossier, og) if c.nom))
    if len(noms) > _REFERENTS:
        return f"{francais.nombre(len(noms))} référents, nommés dans la présentation de la gouvernance"
    return francais.enumerer(noms) or None


def instances(dossier: Dossier) -> str | None:
    """The committees, one item each: who sits, how often, what for."""
    lignes = []
    for i in dossier.instances:
        dits = [
            francais.majuscule(p.strip().rstrip("."))
            for p in (i.composition, i.frequence, i.role)
            if p and p.strip()
        ]
        lignes.append(f"- {i.nom}{' : ' if dits else ''}{'. '.join(dits)}.")
    return "\n".join(lignes) or None
