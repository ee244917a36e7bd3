"""From the directory to a grappe: a new dossier with its OG and all their eligible ESSMS."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.annuaire import Annuaire, EntiteJuridique, Etablissement
from esms_desktop.model import Dossier, Essms, Og
from esms_desktop.nomenclature.numeros import defaut_finess
from esms_desktop.nomenclature.territoires import departement_du_numero, departements
from esms_desktop.nomenclature.vocabulaire import TypeProjet


@dataclass(frozen=True)
class Ecarte:
    """An établissement left out of the grappe, and why."""

    etablissement: Etablissement
    motif: str


@dataclass(frozen=True)
class Import:
    """A dossier not saved yet, what was left out of it, and what the person should check (French sentences)."""

    dossier: Dossier
    ecartes: tuple[Ecarte, ...]
    alertes: tuple[str, ...]


def creer_dossier(
    annuaire: Annuaire,
    nom: str,
    campagne_id: str,
    type_projet: TypeProjet,
    porteur: str,
    membres: Sequence[str] = (),
) -> Import:
    """A dossier, not saved, with the OG of these EJ numbers and their active, eligible ESSMS.

    Args:
        annuaire: where the numbers are looked for.
        nom: name of the dossier.
        campagne_id: the campaign it applies to; not checked here.
        type_projet: what the project asks for.
        porteur: EJ number of the OG that files the application.
        membres: EJ numbers of the other OG, in their order.

    Raises:
        ErreurFiness: a number that is wrong, unknown, given twice, closed, or without any eligible ESSMS.
    """
    entites = [annuaire.entite(numero) for numero in (porteur, *membres)]
    vues: set[str] = set()
    for entite in entites:
        if entite.finess in vues:
            raise ErreurFiness(
                f"L’entité juridique {entite.finess} ({entite.nom}) est donnée deux fois.",
                "Ne la donnez qu’une fois, comme porteur ou comme membre.",
            )
        vues.add(entite.finess)
    dossier = Dossier(nom=nom, campagne_id=campagne_id, type_projet=type_projet)
    ecartes: list[Ecarte] = []
    alertes = list(annuaire.alertes)
    for rang, entite in enumerate(entites):
        og, laisses = og_depuis(annuaire, entite.finess, porteur=rang == 0)
        og.rang = rang
        dossier.ogs.append(og)
        ecartes += laisses
        alertes += alertes_de(entite)
    return Import(dossier, tuple(ecartes), tuple(alertes))


def og_depuis(annuaire: Annuaire, ej: str, porteur: bool) -> tuple[Og, tuple[Ecarte, ...]]:
    """The OG of an EJ number with its eligible ESSMS, not saved, and the établissements left out.

    `nb_essms_total` is the number of eligible ESSMS the directory gives the EJ (referentiel 01 § 1): to be
    corrected when the OG has several EJ numbers.

    Raises:
        ErreurFiness: a number that is wrong, unknown, closed, or without any eligible ESSMS.
    """
    entite = annuaire.entite(ej)
    if not entite.active:
        raise ErreurFiness(
            f"L’entité juridique {entite.finess} ({entite.nom}) n’est plus active dans {annuaire.designation}.",
            "Donnez le numéro de l’entité qui a repris ses établissements.",
        )
    eligibles = entite.eligibles
    if not eligibles:
        raise ErreurFiness(
            f"L’entité juridique {entite.finess} ({entite.nom}) n’a aucun ESSMS actif et éligible "
            f"dans {annuaire.designation}.",
            "Vérifiez le numéro : une grappe ne réunit que des établissements et services sociaux ou médico-sociaux.",
        )
    og = Og(
        rang=0,
        est_porteur=porteur,
        nom=entite.nom,
        sigle=entite.sigle,
        forme_juridique=entite.forme_juridique,
        association=entite.association,
        siren=entite.siren,
        siret=entite.siret,
        finess_ej=entite.finess,
        adresse=entite.adresse,
        code_postal=entite.code_postal,
        commune=entite.commune,
        telephone=entite.telephone,
        courriel=entite.courriel,
        nb_essms_total=len(eligibles),
    )
    og.essms = [_essms(e, rang) for rang, e in enumerate(eligibles)]
    return og, tuple(Ecarte(e, e.motif_exclusion) for e in entite.etablissements if e.motif_exclusion)


def alertes_de(entite: EntiteJuridique) -> tuple[str, ...]:
    """What to check of an entity and of its eligible ESSMS: silent fields, wrong keys, number and place that differ."""
    alertes = list(entite.reserves)
    for e in entite.eligibles:
        if defaut := defaut_finess(e.finess):
            alertes.append(f"{e.nom} : son numéro FINESS « {e.finess} » n’est pas valide ({defaut}).")
        lieu = departements().get(e.departement)
        du_numero = departement_du_numero(e.finess)
        if lieu is None:
            alertes.append(f"{e.finess} {e.nom} : son département ne se lit pas dans son adresse.")
        elif du_numero is not None and du_numero.code != lieu.code:
            alertes.append(
                f"{e.finess} {e.nom} : le numéro commence comme ceux du département {du_numero.nom}, "
                f"l’adresse est dans le département {lieu.nom}."
            )
    return tuple(alertes)


def _essms(e: Etablissement, rang: int) -> Essms:
    return Essms(
        rang=rang,
        finess=e.finess,
        siret=e.siret,
        nom=e.nom,
        categorie=e.categorie,
        categorie_libelle=e.categorie_libelle,
        champ=e.champ,
        adresse=e.adresse,
        code_postal=e.code_postal,
        commune=e.commune,
        departement=e.departement,
        capacite=e.capacite,
    )
