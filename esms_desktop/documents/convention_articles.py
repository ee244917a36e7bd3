"""The articles of the convention, in order (referentiel 03 §§ 1 and 4)."""

from dataclasses import dataclass

from esms_desktop.documents import commun, typo
from esms_desktop.documents.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Liste,
    Manque,
    Paragraphe,
    Run,
    Tableau,
    Texte,
    champ,
)
from esms_desktop.model import Dossier, RoleContact
from esms_desktop.regles.campagne import Campagne


@dataclass(frozen=True)
class Article:
    """An article; its rank is its place."""

    titre: str
    blocs: tuple[Bloc, ...]


def articles(dossier: Dossier, campagne: Campagne) -> tuple[Article, ...]:
    """Every article, in the order of the convention."""
    return (
        Article("Objet", _objet(dossier)),
        Article("Objectifs", _objectifs(dossier)),
        Article("Périmètre", _perimetre(dossier)),
        Article("Porteur et mandat", _porteur(dossier)),
        Article("Gouvernance", _gouvernance(dossier)),
        Article("Moyens mis en commun", _moyens(dossier)),
        Article("Répartition des financements et du reste à charge", _financements(dossier, campagne)),
        Article("Engagements des Parties", _engagements()),
        Article("Données personnelles", _donnees(dossier)),
        Article("Durée", _duree(dossier, campagne)),
        Article("Modification", _modification()),
        Article("Retrait et exclusion", _retrait()),
        Article("Litiges", _litiges()),
        Article("Représentation et mandat d’ester en justice", _representation(dossier)),
    )


def _p(*morceaux: str | Run) -> Paragraphe:
    return Paragraphe(tuple(morceaux))


def _nom_porteur(dossier: Dossier) -> Run:
    return Texte(dossier.porteur.nom) if dossier.porteur else Manque("porteur du projet")


def _objet(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p(
            "La convention fixe les conditions dans lesquelles les Parties conduisent ensemble "
            f"{commun.operation(dossier)}, déposent une demande unique de financement, se répartissent les moyens et les "
            f"sommes reçues, et rendent compte de l’avancement du projet « {dossier.nom} » (ci-après « le Projet »)."
        ),
    )


def _objectifs(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p("Les Parties poursuivent les objectifs suivants :"),
        *commun.libre(dossier.objectifs, "objectifs du projet"),
        _p(
            "Elles visent ensemble les cibles d’usage que fixe le financeur, dont l’atteinte conditionne le versement du solde."
        ),
    )


def _perimetre(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p(
            f"Le Projet concerne {typo.nombre(len(dossier.essms))} ESSMS gérés par les Parties. L’annexe 1 en donne la liste "
            "exacte, avec leur numéro FINESS géographique ; elle fait partie de la convention. Un ESSMS n’y est ajouté ou "
            "retiré que par avenant, après information du financeur."
        ),
    )


def _porteur(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p("Les Parties désignent ", _nom_porteur(dossier), " comme Porteur et lui donnent mandat pour :"),
        Liste(
            (
                "déposer la demande de financement, répondre aux demandes de pièces et suivre l’instruction ;",
                "signer la convention de financement et ses avenants avec le financeur ;",
                "recevoir les financements et reverser à chaque Partie la part qui lui revient ;",
                "conduire la consultation des éditeurs et passer les commandes communes, dans le respect des règles de la "
                "commande publique quand elles s’appliquent ;",
                "tenir les comptes du Projet, en conserver les justificatifs et produire les bilans.",
            )
        ),
        _p(
            "Le mandat est donné sans rémunération. Le Porteur rend compte de son exécution à chaque comité de pilotage et, "
            "à tout moment, à la Partie qui le demande."
        ),
    )


def _gouvernance(dossier: Dossier) -> tuple[Bloc, ...]:
    chefs = commun.contacts(dossier, RoleContact.CHEF_DE_PROJET)
    return (
        _p(
            "Le comité de pilotage réunit un représentant de chaque Partie, qui dispose d’une voix, et le chef de projet, sans "
            "voix délibérative. Présidé par le Porteur, il se réunit au moins une fois par trimestre. Il arrête le calendrier, "
            "les choix de solution et de prestations, le budget et ses révisions. Il délibère valablement quand la moitié des "
            "Parties est présente ou représentée ; ses décisions se prennent à la majorité, et à l’unanimité lorsqu’elles "
            "augmentent les charges d’une Partie."
        ),
        _p(
            "Le comité opérationnel réunit le chef de projet et les référents des structures. Il prépare et suit le "
            "paramétrage, la reprise des données, la formation et le déploiement, et alerte le comité de pilotage."
        ),
        _p(
            "Le chef de projet est ",
            Texte(commun.personne(chefs[0])) if chefs else Manque("chef de projet"),
            ". Chaque Partie désigne un référent par structure.",
        ),
    )


def _moyens(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p("Pour la durée du Projet, les Parties mettent en commun :"),
        Liste(
            (
                "l’équipe projet, animée par le chef de projet, et le temps des référents que chacune désigne ;",
                "la solution logicielle retenue, son paramétrage de base et les documents produits ;",
                "les supports et les sessions de formation, de sensibilisation et de communication ;",
                "les retours d’expérience, les procédures d’usage et les indicateurs de suivi.",
            )
        ),
        _p(
            "Les biens acquis pour une structure appartiennent à la Partie qui la gère. Les productions communes du Projet "
            "restent utilisables par chaque Partie, y compris après son terme."
        ),
    )


def _financements(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    v = campagne.versements
    return (
        _p(
            f"Les financements sont versés au Porteur : {v.avance_pourcent.valeur} % d’avance à la signature de la convention "
            f"avec le financeur, {v.solde_pourcent.valeur} % de solde sur atteinte des cibles d’usage. La part destinée à "
            "l’éditeur lui est réglée par le Porteur, sur facture."
        ),
        _p(
            "Le Porteur reverse à chaque Partie sa part dans les trente jours de la réception des fonds, selon la répartition "
            "de l’annexe 2, recalculée avec les mêmes règles si le montant accordé diffère du montant demandé."
        ),
        _p(
            "Les dépenses qu’aucun financement ne couvre forment le reste à charge. Celles d’une seule structure incombent à "
            "la Partie qui la gère. Les dépenses communes se répartissent, sauf décision unanime et écrite du comité de "
            "pilotage, au prorata du nombre d’ESSMS que chaque Partie engage."
        ),
        _p(
            "Si le solde est réduit ou une somme réclamée parce que des cibles ne sont pas atteintes, la charge en revient aux "
            "Parties dont les structures n’ont pas atteint les leurs, à proportion de ce qui manque."
        ),
    )


def _engagements() -> tuple[Bloc, ...]:
    return (
        _p("Chaque Partie s’engage à :"),
        Liste(
            (
                "déployer la solution commune dans tous les ESSMS qu’elle inscrit à l’annexe 1 et ne pas demander, pour eux, "
                "un autre financement de la même opération ;",
                "désigner ses référents, dégager leur temps et faire participer les futurs utilisateurs ;",
                "fournir dans les délais les données, pièces et validations qui lui sont demandées ;",
                "atteindre les cibles d’usage et fournir les indicateurs qui le prouvent ;",
                "assurer la sécurité de son système d’information et tenir ses équipements en état ;",
                "signaler sans attendre toute difficulté qui menacerait le calendrier ou les financements.",
            )
        ),
    )


def _donnees(dossier: Dossier) -> tuple[Bloc, ...]:
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (
            og.nom,
            champ(og.dpo_nom, f"DPO ({og.nom})", "DPO"),
            champ(og.dpo_courriel, f"courriel du DPO ({og.nom})", "courriel"),
        )
        for og in dossier.ogs
    )
    return (
        _p(
            "Chaque Partie est seule responsable du traitement des données des personnes qu’elle accompagne et de celles de ses "
            "professionnels, au sens du règlement (UE) 2016/679. La mise en commun des moyens n’ouvre à aucune Partie l’accès "
            "aux dossiers d’une autre ; les espaces de la solution sont cloisonnés."
        ),
        _p(
            "L’éditeur et l’hébergeur interviennent comme sous-traitants, par un contrat conforme à l’article 28 du même "
            "règlement ; les données de santé sont confiées à un hébergeur certifié. Les Parties mènent ensemble l’analyse "
            "d’impact de la solution et s’informent sans délai de toute violation de données qui les concerne."
        ),
        _p("Les délégués à la protection des données sont :"),
        Tableau(
            (
                Colonne("Responsable de traitement", 2.2),
                Colonne("Délégué à la protection des données", 1.8),
                Colonne("Courriel", 1.8),
            ),
            lignes,
        ),
    )


def _duree(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    mois = campagne.durees.mois(dossier.type_projet).valeur
    limite = (
        f" Le déploiement s’achève au plus tard {typo.nombre(mois)} mois après le début du Projet."
        if mois
        else ""
    )
    return (
        _p(
            "La convention prend effet à la date de la dernière signature. Le Projet commence le ",
            commun.date_ou_manque(dossier.date_debut_projet, "date de début du projet"),
            " et son déploiement doit s’achever le ",
            commun.date_ou_manque(dossier.date_fin_deploiement, "date de fin du déploiement"),
            f".{limite}",
        ),
        _p(
            "Elle dure au moins autant que le Projet et prend fin quand le solde des financements a été reversé et le bilan "
            "final accepté par le financeur. Les engagements relatifs aux justificatifs et aux contrôles lui survivent."
        ),
    )


def _modification() -> tuple[Bloc, ...]:
    return (
        _p(
            "La convention se modifie par avenant écrit, signé de toutes les Parties. L’arrivée d’une Partie suit la même "
            "règle. Le Porteur transmet l’avenant au financeur avant qu’il ne prenne effet lorsqu’il touche au périmètre, au "
            "calendrier ou au budget."
        ),
    )


def _retrait() -> tuple[Bloc, ...]:
    return (
        _p(
            "Une Partie peut se retirer en prévenant le Porteur par lettre recommandée, trois mois à l’avance. Elle restitue les "
            "sommes reçues qui n’ont pas été employées conformément au Projet et garde à sa charge les commandes passées pour "
            "ses structures. Le Porteur informe le financeur ; si le retrait fait perdre des financements aux autres Parties, "
            "le comité de pilotage en examine les suites."
        ),
        _p(
            "Une Partie qui manque gravement à ses engagements, et n’y remédie pas dans les deux mois d’une mise en demeure, peut "
            "être exclue par décision unanime des autres Parties, après avoir été entendue. L’exclusion a les effets du retrait. "
            "Si le Porteur se retire, les Parties désignent son successeur avec l’accord du financeur."
        ),
    )


def _litiges() -> tuple[Bloc, ...]:
    return (
        _p(
            "Les Parties recherchent d’abord un accord amiable au sein du comité de pilotage, au besoin avec un médiateur qu’elles "
            "choisissent ensemble. À défaut d’accord dans les trois mois, le litige est porté devant la juridiction compétente du "
            "ressort du siège du Porteur."
        ),
    )


def _representation(dossier: Dossier) -> tuple[Bloc, ...]:
    return (
        _p(
            "Le Porteur, ",
            _nom_porteur(dossier),
            ", représente les Parties auprès du financeur, de l’éditeur et des autres prestataires pour tout ce qui touche au "
            "Projet. Les Parties lui donnent mandat d’agir en justice en leur nom, en demande comme en défense, pour les seuls "
            "contrats et financements du Projet.",
        ),
        _p(
            "Hors urgence, il ne saisit une juridiction ni ne transige qu’après accord du comité de pilotage. Il informe les "
            "Parties de chaque étape. Aucune Partie n’est engagée envers les tiers au-delà de ce mandat."
        ),
    )
