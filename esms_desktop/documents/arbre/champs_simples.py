"""The fields that give one value as it is: dates, who signs, what a person wrote freely."""

from collections.abc import Callable
from datetime import date

from esms_desktop.documents import signataires
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.champs import dit_de, libelle_de
from esms_desktop.regles.texte import net

# Name, what it is, what its gap is called, where it is read.
DATES: tuple[tuple[str, str, str, Callable[[Dossier], date | None]], ...] = (
    (
        "date.depot",
        dit_de("dossier.date_depot_prevue"),
        "date de dépôt prévue",
        lambda d: d.date_depot_prevue,
    ),
    (
        "date.convention",
        "Date de la convention avec le financeur",
        "date de la convention",
        lambda d: d.date_convention,
    ),
    ("date.debut", "Date de début du projet", "date de début du projet", lambda d: d.date_debut_projet),
    (
        "date.parametrage",
        "Date de début du paramétrage",
        "date de début du paramétrage",
        lambda d: d.date_debut_parametrage,
    ),
    (
        "date.fin",
        "Date de fin du déploiement",
        "date de fin du déploiement",
        lambda d: d.date_fin_deploiement,
    ),
)
# The numbers and the legal form of an organisme, its own and those of the porteur: the end of the name, what it is, its gap.
IDENTITE: tuple[tuple[str, str, str, Callable[[Og], str]], ...] = (
    ("forme", libelle_de("og.forme_juridique"), "forme juridique", lambda og: og.forme_juridique),
    ("siren", "SIREN", "SIREN", lambda og: numeros.ecrire_siren(og.siren)),
    ("siret", "SIRET du siège", "SIRET", lambda og: numeros.ecrire_siret(og.siret)),
    ("finess", "Numéro FINESS juridique", "FINESS EJ", lambda og: numeros.ecrire_finess(og.finess_ej)),
)
SIGNATAIRE: tuple[tuple[str, str, str, Callable[[Og], str]], ...] = (
    (
        "og.civilite",
        "Civilité du représentant de l’organisme",
        "civilité du représentant",
        lambda og: net(og.representant_civilite),
    ),
    (
        "og.habilitation",
        "Acte qui habilite le représentant : « délibération du conseil d’administration du… »",
        "organe et date de l’habilitation",
        lambda og: signataires.acte(og) or "",
    ),
)
LIBRES: tuple[tuple[str, str, str, Callable[[Dossier], str]], ...] = (
    ("dossier.contexte", "Contexte du projet (page Documents)", "contexte du projet", lambda d: d.contexte),
    ("dossier.objectifs", "Objectifs du projet", "objectifs du projet", lambda d: d.objectifs),
    (
        "dossier.hebergement",
        "Hébergement de la solution",
        "hébergement de la solution",
        lambda d: d.hebergement,
    ),
    (
        "dossier.reprise",
        libelle_de("dossier.reprise_donnees"),
        "reprise des données",
        lambda d: d.reprise_donnees,
    ),
    (
        "dossier.attention",
        libelle_de("dossier.points_attention"),
        "points d’attention",
        lambda d: d.points_attention,
    ),
    (
        "dossier.mutualisation",
        libelle_de("dossier.mutualisation"),
        "place de la mutualisation",
        lambda d: d.mutualisation,
    ),
    (
        "dossier.deploiement",
        "Stratégie de déploiement, dans vos mots",
        "stratégie de déploiement",
        lambda d: d.strategie_deploiement,
    ),
    (
        "dossier.formation",
        "Stratégie de formation, dans vos mots",
        "stratégie de formation",
        lambda d: d.strategie_formation,
    ),
)
