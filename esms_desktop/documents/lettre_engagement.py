"""Piece 4: the letter by which one OG commits itself (referentiel 03 § 4)."""

from collections.abc import Callable
from datetime import date

from esms_desktop.documents import commun, typo
from esms_desktop.documents.arbre import (
    Bloc,
    BlocSignature,
    Contenu,
    Document,
    Espace,
    Liste,
    Manque,
    Paragraphe,
    Run,
    Texte,
    Titre,
    champ,
)
from esms_desktop.model import Dossier, Essms, Og, RoleContact
from esms_desktop.regles.campagne import Campagne
from esms_desktop.regles.orientation import orienter_dossier

CODE = "lettre-engagement"
TITRE = "Lettre d’engagement"
_POINTILLES = "……………………………"


def document(dossier: Dossier, campagne: Campagne, jour: date, og: Og) -> Document:
    """The letter of `og`; `jour` is not used by its text: the signatory dates it by hand."""
    solution = dossier.solution
    blocs: list[Bloc] = [
        _expediteur(og),
        _destinataire(dossier, campagne),
        Espace(6),
        Paragraphe(
            (
                Texte("Objet : ", gras=True),
                f"engagement dans le projet « {dossier.nom} », campagne « {campagne.titre} »",
            )
        ),
        Espace(4),
        Paragraphe("Madame, Monsieur,"),
        Paragraphe(
            (
                "Je soussigné(e) ",
                champ(og.representant_nom, f"représentant ({og.nom})"),
                ", ",
                champ(og.representant_qualite, f"qualité du représentant ({og.nom})"),
                ", engage ",
                Texte(og.nom, gras=True),
                f" dans le projet « {dossier.nom} », qui porte sur {commun.operation(dossier)}. ",
                *_place(dossier, og),
            )
        ),
        Titre(2, "ESSMS engagés"),
        Paragraphe(_nombre(og)),
        commun.tableau_essms(og.essms),
        Titre(2, "Engagements"),
        Paragraphe("L’organisme s’engage à :"),
        Liste(
            (
                (
                    "déployer dans ces ESSMS la solution commune du regroupement, ",
                    champ(solution.nom if solution else "", "solution retenue"),
                    ", selon le calendrier du projet ;",
                ),
                "respecter la convention signée entre les organismes, sa gouvernance et ses décisions ;",
                (
                    "désigner un référent et lui donner le temps que demande le projet. Référent : ",
                    *_referents(dossier, og),
                    " ;",
                ),
                "faire participer les professionnels au paramétrage, aux formations et à la conduite du changement ;",
                "atteindre les cibles d’usage fixées par le financeur et en fournir la preuve ;",
                "prendre à sa charge la part du reste à payer que lui attribue la convention.",
            )
        ),
        Titre(2, "Déclarations"),
        Paragraphe("Pour les ESSMS engagés, l’organisme déclare :"),
        Liste(_declarations(og)),
        Paragraphe(
            (
                "Fait à ",
                champ(og.commune, f"commune du siège ({og.nom})"),
                f", le {_POINTILLES}",
            )
        ),
        BlocSignature(
            og.nom,
            champ(og.representant_nom, f"représentant ({og.nom})", "représentant"),
            champ(typo.majuscule(og.representant_qualite), f"qualité du représentant ({og.nom})", "qualité"),
        ),
    ]
    return commun.document(CODE, TITRE, og.nom, dossier, blocs)


def _expediteur(og: Og) -> Paragraphe:
    lignes: list[str | Run] = [
        champ(og.siege, f"adresse du siège ({og.nom})"),
        "\nFINESS EJ ",
        commun.numero(og.finess_ej, typo.finess, f"FINESS EJ ({og.nom})"),
        " · SIRET ",
        commun.numero(og.siret, typo.siret, f"SIRET ({og.nom})"),
    ]
    coordonnees = " · ".join(p for p in (og.telephone, og.courriel) if p)
    return Paragraphe((*lignes, f"\n{coordonnees}" if coordonnees else ""), discret=True)


def _destinataire(dossier: Dossier, campagne: Campagne) -> Paragraphe:
    financeur = orienter_dossier(dossier, campagne).financeur
    return Paragraphe((Texte("À l’attention de : ", gras=True), champ(financeur, "financeur")))


def _place(dossier: Dossier, og: Og) -> tuple[str | Run, ...]:
    if og.est_porteur:
        return ("L’organisme en est le porteur.",)
    porteur = dossier.porteur
    return ("Le porteur en est ", Texte(porteur.nom) if porteur else Manque("porteur du projet"), ".")


def _nombre(og: Og) -> str:
    if len(og.essms) == 1:
        return "L’engagement porte sur un ESSMS :"
    return f"L’engagement porte sur {typo.nombre(len(og.essms))} ESSMS :"


def _referents(dossier: Dossier, og: Og) -> tuple[str | Run, ...]:
    referents = commun.contacts(dossier, RoleContact.REFERENT, og)
    if not referents:
        return (Manque(f"référent ({og.nom})"),)
    return ("; ".join(commun.personne(c) for c in referents),)


def _declarations(og: Og) -> tuple[Contenu, ...]:
    """The statements on double funding, each true to what was declared ESSMS by ESSMS."""
    return (
        _declaration(
            og,
            lambda e: e.financement_europeen,
            "ne bénéficier d’aucun autre financement européen pour l’opération",
            "autre financement européen",
            " ;",
        ),
        _declaration(
            og,
            lambda e: e.esms_numerique_anterieur,
            "n’avoir reçu aucun financement ESMS numérique auparavant",
            "financement ESMS numérique antérieur",
            " ;",
        ),
        _declaration(
            og,
            lambda e: e.sons_autre_solution,
            "n’avoir aucune commande financée par le dispositif SONS pour une autre solution que celle du projet",
            "commande SONS pour une autre solution",
            ".",
        ),
    )


def _declaration(og: Og, fait: Callable[[Essms], bool | None], phrase: str, sujet: str, fin: str) -> Contenu:
    concernes = [e.nom for e in og.essms if fait(e) is True]
    muets = [e.nom for e in og.essms if fait(e) is None]
    sauf = f", sauf pour {typo.enumeration(concernes)}" if concernes else ""
    if not muets:
        return f"{phrase}{sauf}{fin}"
    reponses = typo.pluriel(len(muets), "réponse manquante", "réponses manquantes")
    return (
        f"{phrase}{sauf} ",
        Manque(f"{sujet} : réponse pour {typo.enumeration(muets)}", f"{sujet}, {reponses}"),
        fin,
    )
