"""The articles of the convention, in order (referentiel 03 §§ 1, 4 and 5): their texts are in resources/modeles."""

from dataclasses import dataclass

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Contenu, Tableau, champ
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.equipe import delegue

CODE = "convention"
# The sections that are articles, in the order of the convention.
ARTICLES = (
    "objet",
    "objectifs",
    "perimetre",
    "mandat",
    "gouvernance",
    "moyens",
    "achats",
    "financements",
    "engagements",
    "donnees",
    "confidentialite",
    "controle",
    "duree",
    "refus",
    "modification",
    "retrait",
    "representation",
    "litiges",
    "annexes",
)


@dataclass(frozen=True)
class Article:
    """An article; its rank is its place."""

    titre: str
    blocs: tuple[Bloc, ...]


def articles(dossier: Dossier, campagne: Campagne) -> tuple[Article, ...]:
    """Every article, in the order of the convention."""
    return tuple(
        Article(
            modeles.variante(dossier, CODE, code).titre,
            (
                *modeles.blocs_de(dossier, campagne, CODE, code),
                *(
                    (delegues(dossier) if dossier.ogs else commun.sans_organisme(),)
                    if code == "donnees"
                    else ()
                ),
            ),
        )
        for code in ARTICLES
    )


def delegues(dossier: Dossier) -> Tableau:
    """Who answers for the data of each organisme, and its DPO."""
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (
            og.nom,
            champ(dpo.nom, f"DPO ({og.nom})", "DPO", code="og.dpo_nom"),
            champ(dpo.courriel, f"courriel du DPO ({og.nom})", "courriel", code="og.dpo_courriel"),
        )
        for og, dpo in ((og, delegue(og)) for og in dossier.ogs)
    )
    return Tableau(
        (
            Colonne("Responsable de traitement", 2.2),
            Colonne("Délégué à la protection des données", 1.8),
            Colonne(entete_de("contact.courriel"), 1.8),
        ),
        lignes,
    )
