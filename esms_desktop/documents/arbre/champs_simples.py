"""The fields that give one value as it is: dates, who signs, what a person wrote freely."""

from collections.abc import Callable
from datetime import date

from esms_desktop.documents import signataires
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.champs import dit_de, libelle_de
from esms_desktop.regles.texte import net

# Name, what it is, what its gap is called, the field that holds it, how it is read.
DATES: tuple[tuple[str, str, str, str, Callable[[Dossier], date | None]], ...] = (
    (
        "date.depot",
        dit_de("dossier.date_depot_prevue"),
        "date de dépôt prévue",
        "dossier.date_depot_prevue",
        lambda d: d.date_depot_prevue,
    ),
    (
        "date.convention",
        "Date de la convention avec le financeur",
        "date de la convention",
        "dossier.date_convention",
        lambda d: d.date_convention,
    ),
    (
        "date.debut",
        "Date de début du projet",
        "date de début du projet",
        "dossier.date_debut_projet",
        lambda d: d.date_debut_projet,
    ),
    (
        "date.parametrage",
        "Date de début du paramétrage",
        "date de début du paramétrage",
        "dossier.date_debut_parametrage",
        lambda d: d.date_debut_parametrage,
    ),
    (
        "date.fin",
        "Date de fin du déploiement",
        "date de fin du déploiement",
        "dossier.date_fin_deploiement",
        lambda d: d.date_fin_deploiement,
    ),
)
# The numbers and the legal form of an organisme, its own and those of the porteur: the end of the
# name, what it is, its gap, the field that holds it.
IDENTITE: tuple[tuple[str, str, str, str, Callable[[Og], str]], ...] = (
    (
        "forme",
        libelle_de("og.forme_juridique"),
        "forme juridique",
        "og.forme_juridique",
        lambda og: og.forme_juridique,
    ),
    (
        "siren",
        libelle_de("og.siren"),
        dit_de("og.siren"),
        "og.siren",
        lambda og: numeros.ecrire_siren(og.siren),
    ),
    (
        "siret",
        libelle_de("og.siret"),
        dit_de("og.siret"),
        "og.siret",
        lambda og: numeros.ecrire_siret(og.siret),
    ),
    (
        "finess",
        "Numéro FINESS juridique",
        "FINESS EJ",
        "og.finess_ej",
        lambda og: numeros.ecrire_finess(og.finess_ej),
    ),
)
SIGNATAIRE: tuple[tuple[str, str, str, str, Callable[[Og], str]], ...] = (
    (
        "og.civilite",
        "Civilité du représentant de l’organisme",
        "civilité du représentant",
        "og.representant_civilite",
        lambda og: net(og.representant_civilite),
    ),
    (
        "og.habilitation",
        "Acte qui habilite le représentant : « délibération du conseil d’administration du… »",
        "organe et date de l’habilitation",
        "og.habilitation_organe",
        lambda og: signataires.acte(og) or "",
    ),
)
LIBRES: tuple[tuple[str, str, str, str, Callable[[Dossier], str]], ...] = (
    (
        "dossier.contexte",
        "Contexte du projet (page Documents)",
        "contexte du projet",
        "dossier.contexte",
        lambda d: d.contexte,
    ),
    (
        "dossier.objectifs",
        "Objectifs du projet",
        "objectifs du projet",
        "dossier.objectifs",
        lambda d: d.objectifs,
    ),
    (
        "dossier.hebergement",
        "Hébergement de la solution",
        "hébergement de la solution",
        "dossier.hebergement",
        lambda d: d.hebergement,
    ),
    (
        "dossier.reprise",
        libelle_de("dossier.reprise_donnees"),
        "reprise des données",
        "dossier.reprise_donnees",
        lambda d: d.reprise_donnees,
    ),
    (
        "dossier.attention",
        libelle_de("dossier.points_attention"),
        "points d’attention",
        "dossier.points_attention",
        lambda d: d.points_attention,
    ),
    (
        "dossier.mutualisation",
        libelle_de("dossier.mutualisation"),
        "place de la mutualisation",
        "dossier.mutualisation",
        lambda d: d.mutualisation,
    ),
    (
        "dossier.deploiement",
        "Stratégie de déploiement, dans vos mots",
        "stratégie de déploiement",
        "dossier.strategie_deploiement",
        lambda d: d.strategie_deploiement,
    ),
    (
        "dossier.formation",
        "Stratégie de formation, dans vos mots",
        "stratégie de formation",
        "dossier.strategie_formation",
        lambda d: d.strategie_formation,
    ),
)
