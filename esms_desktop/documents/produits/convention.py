"""Piece 3: the convention between the organismes parties to the project: its articles, its annexes, then its signatures."""

from dataclasses import replace
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import convention_annexes, convention_articles, modeles, signataires
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
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
from esms_desktop.documents.arbre.denomination import nommer
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros

CODE = "convention"
TITRE = "Convention de regroupement"
MODELE = (
    "Modèle à faire relire : ce texte est proposé par l’application, il ne remplace pas l’avis d’un juriste."
)


@produit(CODE, TITRE, piece=3, a_signer=True)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The convention (referentiel 03 §§ 4 and 5); `jour` is not used by its text: the parties date it when they sign.

    One OG signs nothing with itself: the document then says why there is no convention, and where the money goes.
    """
    blocs = _sans_objet(dossier, campagne) if len(dossier.ogs) == 1 else _blocs(dossier, campagne)
    convention = commun.document(CODE, TITRE, f"Projet « {dossier.nom} » · {campagne.titre}", dossier, blocs)
    return replace(convention, paraphes=len(dossier.ogs) if len(dossier.ogs) > 1 else 0)


def _blocs(dossier: Dossier, campagne: Campagne) -> list[Bloc | commun.DeTravail]:
    articles = convention_articles.articles(dossier, campagne)
    blocs: list[Bloc | commun.DeTravail] = [
        commun.DeTravail(Encadre("info", MODELE)),
        Titre(1, "Entre les soussignés"),
        *(bloc for rang, og in enumerate(dossier.ogs, 1) for bloc in _partie(og, rang)),
        *(() if dossier.ogs else (commun.sans_organisme(),)),
        Paragraphe("ci-après désignés ensemble « les Parties », et chacun « une Partie »,"),
        Titre(1, "Il est exposé ce qui suit"),
        *modeles.blocs_de(dossier, campagne, CODE, "expose"),
        Titre(1, "Il est convenu ce qui suit"),
    ]
    for rang, article in enumerate(articles, 1):
        blocs += [Titre(2, f"Article {rang}. {article.titre}"), *article.blocs]
    blocs += [SautPage(), *convention_annexes.annexes(dossier, campagne)]
    blocs += [Titre(1, "Signatures"), *modeles.blocs_de(dossier, campagne, CODE, "fait")]
    return [*blocs, *(_signature(og) for og in dossier.ogs)]


def _sans_objet(dossier: Dossier, campagne: Campagne) -> list[Bloc | commun.DeTravail]:
    (seul,) = dossier.ogs
    return [
        Encadre(
            "info",
            "Pièce sans objet : le projet n’a qu’un organisme gestionnaire, qui ne signe pas de convention avec lui-même.",
        ),
        Paragraphe(
            (
                "Le projet est celui ",
                Texte(nommer(seul).de, gras=True),
                f", qui y engage {francais.nombre(len(seul.essms))} ESSMS et qui en est le seul bénéficiaire.",
            )
        ),
        Titre(1, "Emploi prévisionnel des financements demandés"),
        *convention_annexes.argent(dossier, campagne),
    ]


def _partie(og: Og, rang: int) -> tuple[Bloc, ...]:
    return (
        Paragraphe(
            (
                f"{rang}. ",
                Texte(og.nom, gras=True),
                f" ({og.sigle})" if og.sigle and og.sigle != og.nom else "",
                ", ",
                champ(og.forme_juridique, f"forme juridique ({og.nom})", code="og.forme_juridique"),
                ", SIREN ",
                commun.numero(og.siren, numeros.ecrire_siren, f"SIREN ({og.nom})", code="og.siren"),
                ", SIRET du siège ",
                commun.numero(og.siret, numeros.ecrire_siret, f"SIRET ({og.nom})", code="og.siret"),
                ", FINESS juridique ",
                commun.numero(
                    og.finess_ej, numeros.ecrire_finess, f"FINESS EJ ({og.nom})", code="og.finess_ej"
                ),
                ", dont le siège est situé ",
                champ(og.siege, f"adresse du siège ({og.nom})", code="og.adresse"),
                ", que représente ",
                *signataires.personne(og),
                f", habilité{signataires.accord(og)} à signer la présente convention, mandat d’ester en justice compris, par ",
                signataires.habilitation(og),
                ", ci-après « le Porteur » ;" if og.est_porteur else " ;",
            )
        ),
    )


def _signature(og: Og) -> BlocSignature:
    return BlocSignature(
        og.nom,
        signataires.nom(og),
        champ(
            francais.majuscule(og.representant_qualite),
            f"qualité du représentant ({og.nom})",
            "qualité",
            code="og.representant_qualite",
        ),
        "Porteur du projet" if og.est_porteur else "",
    )
