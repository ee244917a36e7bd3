"""Piece 4: the letter by which one OG commits itself (referentiel 03 § 4)."""

from collections.abc import Callable
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import commun, modeles
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
from esms_desktop.lecture import Dossier, Essms, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.regles.orientation import orienter_dossier

CODE = "lettre-engagement"
TITRE = "Lettre d’engagement"
_POINTILLES = "……………………………"


def document(dossier: Dossier, campagne: Campagne, jour: date, og: Og) -> Document:
    """The letter of `og`; `jour` is not used by its text: the signatory dates it by hand."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom, og)

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
        *section("engagement"),
        Titre(2, "ESSMS engagés"),
        Paragraphe(_nombre(og)),
        commun.tableau_essms(og.essms),
        Titre(2, "Engagements"),
        *section("moyens"),
        Titre(2, "Déclarations"),
        *section("declarations"),
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
            champ(
                francais.majuscule(og.representant_qualite), f"qualité du représentant ({og.nom})", "qualité"
            ),
        ),
    ]
    return commun.document(CODE, TITRE, og.nom, dossier, blocs)


def _expediteur(og: Og) -> Paragraphe:
    lignes: list[str | Run] = [
        champ(og.siege, f"adresse du siège ({og.nom})"),
        "\nFINESS EJ ",
        commun.numero(og.finess_ej, numeros.ecrire_finess, f"FINESS EJ ({og.nom})"),
        " · SIRET ",
        commun.numero(og.siret, numeros.ecrire_siret, f"SIRET ({og.nom})"),
    ]
    coordonnees = " · ".join(p for p in (og.telephone, og.courriel) if p)
    return Paragraphe((*lignes, f"\n{coordonnees}" if coordonnees else ""), discret=True)


def _destinataire(dossier: Dossier, campagne: Campagne) -> Paragraphe:
    financeur = orienter_dossier(dossier, campagne).financeur
    return Paragraphe((Texte("À l’attention de : ", gras=True), champ(financeur, "financeur")))


def _nombre(og: Og) -> str:
    if len(og.essms) == 1:
        return "L’engagement porte sur un ESSMS :"
    return f"L’engagement porte sur {francais.nombre(len(og.essms))} ESSMS :"


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
    sauf = f", sauf pour {francais.enumerer(concernes)}" if concernes else ""
    if not muets:
        return f"{phrase}{sauf}{fin}"
    reponses = francais.pluriel(len(muets), "réponse manquante", "réponses manquantes")
    return (
        f"{phrase}{sauf} ",
        Manque(f"{sujet} : réponse pour {francais.enumerer(muets)}", f"{sujet}, {reponses}"),
        fin,
    )
