"""Piece 3: the convention between the organismes parties to the project: its articles, its annexes, its signatures."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import commun, convention_articles, modeles, montants
from esms_desktop.documents.arbre import (
    Bloc,
    BlocSignature,
    Document,
    Encadre,
    Paragraphe,
    SautPage,
    Texte,
    Titre,
    champ,
)
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.regles.financement import financer_dossier

CODE = "convention"
TITRE = "Convention de regroupement"


def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The convention (referentiel 03 § 4); `jour` is not used by its text: the parties date it when they sign."""
    articles = convention_articles.articles(dossier, campagne)
    blocs: list[Bloc] = [
        Titre(1, "Entre les soussignés"),
        *(bloc for rang, og in enumerate(dossier.ogs, 1) for bloc in _partie(og, rang)),
        Paragraphe("ci-après désignés ensemble « les Parties », et chacun « une Partie »,"),
        Titre(1, "Il est exposé ce qui suit"),
        *modeles.blocs_de(dossier, campagne, CODE, "expose"),
    ]
    if len(dossier.ogs) < 2:
        blocs.append(
            Encadre(
                "alerte",
                "Le dossier ne compte qu’un organisme gestionnaire : une convention suppose au moins deux parties.",
            )
        )
    blocs.append(Titre(1, "Il est convenu ce qui suit"))
    for rang, article in enumerate(articles, 1):
        blocs += [Titre(2, f"Article {rang}. {article.titre}"), *article.blocs]
    blocs += [Titre(1, "Signatures"), *modeles.blocs_de(dossier, campagne, CODE, "fait")]
    blocs += [*(_signature(og) for og in dossier.ogs)]
    blocs += [
        SautPage(),
        Titre(1, "Annexe 1. ESSMS engagés par les Parties"),
        *commun.liste_exacte(dossier),
        Titre(1, "Annexe 2. Répartition prévisionnelle des financements demandés"),
        montants.par_og(financer_dossier(dossier, campagne)),
        Paragraphe(
            "Montants demandés au titre de la campagne, sous réserve de la décision du financeur.",
            discret=True,
        ),
    ]
    return commun.document(CODE, TITRE, f"Projet « {dossier.nom} » · {campagne.titre}", dossier, blocs)


def _partie(og: Og, rang: int) -> tuple[Bloc, ...]:
    return (
        Paragraphe(
            (
                f"{rang}. ",
                Texte(og.nom, gras=True),
                f" ({og.sigle})" if og.sigle and og.sigle != og.nom else "",
                ", ",
                champ(og.forme_juridique, f"forme juridique ({og.nom})"),
                ", SIREN ",
                commun.numero(og.siren, numeros.ecrire_siren, f"SIREN ({og.nom})"),
                ", SIRET du siège ",
                commun.numero(og.siret, numeros.ecrire_siret, f"SIRET ({og.nom})"),
                ", FINESS juridique ",
                commun.numero(og.finess_ej, numeros.ecrire_finess, f"FINESS EJ ({og.nom})"),
                ", dont le siège est situé ",
                champ(og.siege, f"adresse du siège ({og.nom})"),
                ", et qui a pour représentant ",
                champ(og.representant_nom, f"représentant ({og.nom})"),
                ", en qualité de ",
                champ(og.representant_qualite, f"qualité du représentant ({og.nom})"),
                ", ci-après « le Porteur » ;" if og.est_porteur else " ;",
            )
        ),
    )


def _signature(og: Og) -> BlocSignature:
    return BlocSignature(
        og.nom,
        champ(og.representant_nom, f"représentant ({og.nom})", "représentant"),
        champ(francais.majuscule(og.representant_qualite), f"qualité du représentant ({og.nom})", "qualité"),
        "Porteur du projet" if og.est_porteur else "",
    )
