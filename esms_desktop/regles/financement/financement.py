"""The money of a dossier: for the project, OG by OG to the cent, and year by year (referentiel 02)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.financement.calcul import (
    LIBELLES_POSTES,
    POSTES,
    Demande,
    Financement,
    LigneCalcul,
    PrestationSegur,
    Reduction,
    calculer,
    note_pilotage,
)
from esms_desktop.regles.financement.durees import date_solde
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.regles.recevabilite import heures
from esms_desktop.regles.recevabilite.eligibilite import Ligne, Releve, champ_retenu, relever
from esms_desktop.regles.recevabilite.orientation import Orientation, orienter_dossier

__all__ = [
    "LIBELLES_POSTES",
    "POSTES",
    "Demande",
    "Financement",
    "FinancementDossier",
    "LigneCalcul",
    "PartOg",
    "PrestationSegur",
    "calculer",
    "financer_dossier",
    "note_pilotage",
]


@dataclass(frozen=True)
class PartOg:
    """The share of one OG, in cents. `petit` None: how many ESSMS it runs in all is not known."""

    og_id: int | None
    nom: str
    essms: int
    petit: bool | None
    postes_cents: Mapping[str, int]
    total_cents: int


@dataclass(frozen=True)
class FinancementDossier:
    """The money of a dossier. `par_annee`: (year or None when no date is set, label, cents)."""

    projet: Financement
    parts: tuple[PartOg, ...]
    par_annee: tuple[tuple[int | None, str, int], ...]
    demande: Demande


def est_petit(og: Og, campagne: Campagne) -> bool | None:
    """Whether an OG is small: fewer than 15 ESSMS in all (referentiel 01 § 1); None when not known."""
    if og.nb_essms_total is None:
        return None
    return og.nb_essms_total < campagne.taille.petit_og_sous.valeur


@fait
def financer_dossier(dossier: Dossier, campagne: Campagne) -> FinancementDossier:
    """The money of a dossier: only eligible ESSMS count, and an unanswered fact never adds any.

    The split by OG sums to the project to the cent, poste by poste. Equipment goes to the small OG, the rest to all,
    by number of eligible ESSMS.
    """
    releve, orientation = relever(dossier, campagne), orienter_dossier(dossier, campagne)
    comptes = {id(og): 0 for og in releve.ogs}
    possibles = {id(ligne.og) for ligne in releve.lignes if ligne.eligible is not False}
    for ligne in releve.eligibles:
        comptes[id(ligne.og)] += 1
    petits = {id(og): est_petit(og, campagne) for og in releve.ogs}
    services = [
        (x, heures.part_eligible(x.essms)) for x in releve.eligibles if heures.concerne(x.essms, campagne)
    ]
    poids = [comptes[id(og)] for og in releve.ogs]
    poids_petits = [comptes[id(og)] if petits[id(og)] else 0 for og in releve.ogs]
    solution = dossier.solution
    tous_petits = all(petits[id(og)] for og in releve.ogs if id(og) in possibles)
    demande = Demande(
        type_projet=dossier.type_projet,
        statut=solution.statut if solution else None,
        essms=sum(poids),
        petits_og=sum(poids_petits),
        sad=dossier.sad is True,
        pilotage=dossier.pilotage_demande is True and tous_petits,
        champs=frozenset(c.value for x in releve.eligibles if (c := champ_retenu(x.essms)) is not None),
        reductions=tuple(
            Reduction(1 - part, petits[id(x.og)] is True)
            for x, part in services
            if part is not None and part < 1
        ),
        plafonds=sum(part is None for _, part in services),
        national=_national(releve, orientation),
        equipement=dossier.equipement_demande is True,
        prix_cents=solution.prix_cents if solution else None,
    )
    projet = calculer(campagne, demande)
    if dossier.pilotage_demande and not tous_petits:
        bareme = campagne.financement.bareme(dossier.type_projet)
        if bareme.pilotage_euros.valeur:
            note = note_pilotage(bareme, melee=any(petits.values()))
            projet = replace(projet, notes=(*projet.notes, note))
    par_poste = {
        poste: repartir(
            projet.postes_cents[poste],
            # A forfait of the project has nothing to do with the hours of one service.
            poids
            if poste in ("amoa_marche", "pilotage")
            else _ponderer(releve, poids_petits if poste == "equipement" else poids, services),
        )
        for poste in POSTES
    }
    parts = []
    for i, og in enumerate(releve.ogs):
        postes = {poste: par_poste[poste][i] for poste in POSTES}
        parts.append(PartOg(og.id, og.nom_court, poids[i], petits[id(og)], postes, sum(postes.values())))
    return FinancementDossier(projet, tuple(parts), _par_annee(dossier, campagne, projet), demande)


def _national(releve: Releve, orientation: Orientation) -> bool | None:
    """Whether the project is national; None as long as an unanswered fact could make it so."""
    if orientation.niveau == "national":
        return True
    regles = releve.campagne.orientation
    seuil = regles.seuil_national.valeur
    if orientation.niveau == "indetermine":
        return None if seuil is not None else False
    if seuil is None:
        return False
    portee_ouverte = regles.portee_nationale_admise.valeur and releve.dossier.portee_nationale is None
    nombre_ouvert = releve.incertains and orientation.nombre + releve.incertains >= seuil
    return None if portee_ouverte or nombre_ouvert else False


def _ponderer(
    releve: Releve, poids: Sequence[int], services: Sequence[tuple[Ligne, Fraction | None]]
) -> list[int]:
    """Weights of the OG: their ESSMS, a home service for the share of its hours that is paid (in ten-thousandths)."""
    retires = {id(og): Fraction(0) for og in releve.ogs}
    for ligne, part in services:
        if part is not None:
            retires[id(ligne.og)] += 1 - part
    return [
        round((n - retires[id(og)]) * 10_000) if n else 0 for og, n in zip(releve.ogs, poids, strict=True)
    ]


def national_par_nombre(campagne: Campagne, essms: int, national: bool) -> bool | None:
    """Whether a project of that many ESSMS is national, when nothing else is known of it than what is declared.

    None: it may be, by where its ESSMS are.
    """
    regles = campagne.orientation
    seuil = regles.seuil_national.valeur
    if national or seuil is None or essms < seuil:
        return national
    return None if regles.national_multi_region.valeur else True


def _par_annee(
    dossier: Dossier, campagne: Campagne, projet: Financement
) -> tuple[tuple[int | None, str, int], ...]:
    echeances = (
        (dossier.date_convention, "Avance, à la signature de la convention", projet.avance_cents),
        (date_solde(dossier, campagne), "Solde, à l’atteinte des cibles d’usage", projet.solde_cents),
    )
    return tuple((jour.year if jour else None, libelle, montant) for jour, libelle, montant in echeances)
