"""The deposit checklist (referentiel 03 § 3): what the application can tell by itself, and what the person declares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue
from esms_desktop.lecture import DepotFait, Dossier
from esms_desktop.nomenclature.vocabulaire import EtatDossier
from esms_desktop.regles.dossier.pieces import EtatPiece
from esms_desktop.regles.planning.calendrier import echeances
from esms_desktop.regles.recevabilite.eligibilite import relever
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

SOURCE = "KIT § 5"
# The states of a dossier that nobody reaches without having filed.
# Days between two looks at the account, as the printed checklist advises.
_SEMAINE = 7
_DEPOSES = frozenset(EtatDossier) - {EtatDossier.PREPARATION, EtatDossier.COMPLET}


class EtatEtape(StrEnum):
    """Where a step stands."""

    FAITE = "faite"
    A_FAIRE = "a-faire"
    SANS_OBJET = "sans-objet"
    A_DECLARER = "a-declarer"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "faite": "Fait",
            "a-faire": "À faire",
            "sans-objet": "Sans objet",
            "a-declarer": "À vérifier par vous",
        }[self.value]


@dataclass(frozen=True)
class Etape:
    """A step of the filing.

    Args:
        code: stable name of the step.
        detail: what was found, or how to do it.
        calculee: told by the application; otherwise only the person knows.
        champ: column of the dossier where the person dates the step; empty when it is not hers to tell.
        fait_le: that day.
    """

    code: str
    titre: str
    etat: EtatEtape
    detail: str
    calculee: bool
    source: str = SOURCE
    champ: str = ""
    fait_le: date | None = None


def etapes(
    dossier: Dossier, campagne: Campagne, jour: date, pieces: Sequence[EtatPiece] | None = None
) -> tuple[Etape, ...]:
    """The steps of the filing of a dossier, in order, on the day `jour`.

    Args:
        pieces: where they stand, for a caller that knows it; one whose document is not read yet is not there.
    """
    if pieces is None:
        pieces = catalogue.pieces(dossier, campagne, jour)
    completes = [d for d in dossier.depots if d.complement_id is None]
    dernier = completes[-1] if completes else None
    depose = _depose(dossier, completes)
    return (
        _datee(
            Etape(
                "compte",
                "Le compte GALIS du porteur est créé",
                EtatEtape.FAITE if depose else EtatEtape.A_DECLARER,
                "Une seule fois, au nom de l’organisme qui dépose, avec une adresse relevée tous les jours.",
                calculee=False,
                champ="galis_compte_le",
                fait_le=dossier.galis_compte_le,
            ),
            "Créé le",
        ),
        _financeur(dossier, campagne),
        _pieces(dossier, campagne, pieces),
        _produit(dernier),
        _delais(dossier, campagne, completes, jour),
        _consultation(dossier, depose, jour),
        _complements(dossier, jour),
    )


def _datee(etape: Etape, dit: str) -> Etape:
    """The step once the person has dated it: done, whatever else is known."""
    if etape.fait_le is None:
        return etape
    quand = f"{dit} {francais.date_longue(etape.fait_le)}."
    return replace(etape, etat=EtatEtape.FAITE, detail=f"{quand} {etape.detail}")


def _consultation(dossier: Dossier, depose: bool, jour: date) -> Etape:
    """Looked at again and again: what was seen long ago is to be seen once more, once the application is filed."""
    vu = dossier.galis_consulte_le
    etape = Etape(
        "consultation",
        "Le compte GALIS est consulté régulièrement",
        EtatEtape.A_DECLARER if depose else EtatEtape.A_FAIRE,
        "L’instructeur y signale une pièce manquante ou non conforme.",
        calculee=False,
        champ="galis_consulte_le",
        fait_le=vu,
    )
    if vu is not None and depose and (jour - vu).days > _SEMAINE:
        passe = francais.pluriel((jour - vu).days, "jour")
        return replace(etape, detail=f"La dernière fois remonte à {passe} : consultez-le chaque semaine.")
    return _datee(etape, "Consulté le")


def _depose(dossier: Dossier, depots: Sequence[DepotFait]) -> bool:
    declare = dossier.galis_depot_le is not None
    return declare or dossier.etat in _DEPOSES or any(d.depose_le for d in depots)


def _financeur(dossier: Dossier, campagne: Campagne) -> Etape:
    financeur = orienter_dossier(dossier, campagne).financeur
    detail = (
        f"Téléservice « PAI Numérique », puis financeur : {financeur}."
        if financeur
        else "Le niveau d’instruction du projet n’est pas encore connu : complétez la grappe et son orientation."
    )
    etat = EtatEtape.FAITE if financeur else EtatEtape.A_FAIRE
    return Etape("financeur", "Le financeur à choisir est connu", etat, detail, calculee=True)


def _pieces(dossier: Dossier, campagne: Campagne, pieces: Sequence[EtatPiece]) -> Etape:
    titre = "Les pièces obligatoires sont réunies"
    manquantes = [str(e.numero) for e in pieces if e.manquante]
    if any(e.due and e.selon_document for e in pieces):
        detail = "Les documents sont en cours de lecture."
    elif manquantes:
        detail = f"Il manque {francais.accord(len(manquantes), 'la pièce', 'les pièces')} {francais.enumerer(manquantes)}."
    else:
        detail = "Toutes les pièces obligatoires sont là."
        if relever(dossier, campagne).lignes:
            return Etape("pieces", titre, EtatEtape.FAITE, detail, True, "KIT § 4")
    return Etape("pieces", titre, EtatEtape.A_FAIRE, detail, True, "KIT § 4")


def _produit(dernier: DepotFait | None) -> Etape:
    titre = "Le dossier à déposer est produit et relu"
    if dernier is None:
        detail = "Produisez-le sur la page Dépôt : il est relu, et son archive exacte est gardée."
        return Etape("produit", titre, EtatEtape.A_FAIRE, detail, calculee=True)
    quand = francais.date_longue(dernier.produit_le.date())
    suite = "" if dernier.complet else " Il porte la mention « dossier incomplet »."
    etat = EtatEtape.FAITE if dernier.complet else EtatEtape.A_FAIRE
    return Etape("produit", titre, etat, f"Produit le {quand}.{suite}", calculee=True)


def _delais(dossier: Dossier, campagne: Campagne, depots: Sequence[DepotFait], jour: date) -> Etape:
    titre = "La candidature est déposée dans les délais"
    # The filing that was noted first, or the day the person ticked.
    declares = [d.depose_le for d in depots if d.depose_le] or [x for x in (dossier.galis_depot_le,) if x]
    limites = [e for e in echeances(dossier, campagne, jour) if e.libelle in _fenetres(campagne)]
    champ, coche = "galis_depot_le", dossier.galis_depot_le
    if declares:
        le = declares[0]
        tardif = [e for e in limites if le > e.date and not e.conseillee]
        detail = f"Déposée le {francais.date_longue(le)}."
        if tardif:
            detail += f" « {tardif[-1].libelle} » finissait le {francais.date_longue(tardif[-1].date)} : vérifiez auprès du financeur."
        etat = EtatEtape.A_FAIRE if tardif and len(tardif) == len(limites) else EtatEtape.FAITE
        return Etape("delais", titre, etat, detail, True, champ=champ, fait_le=coche)
    if dossier.etat in _DEPOSES:
        detail = "L’état du dossier le dit ; notez la date du dépôt et le numéro de l’accusé."
        return Etape("delais", titre, EtatEtape.A_DECLARER, detail, False, champ=champ, fait_le=coche)
    suivante = next((e for e in limites if e.date >= jour), None)
    detail = "Notez ici la date du dépôt et le numéro de l’accusé dès qu’il est fait."
    if suivante is not None:
        reste = francais.pluriel(suivante.jours_restants, "jour")
        detail = f"{suivante.libelle} : {francais.date_longue(suivante.date)}, dans {reste}. {detail}"
    return Etape("delais", titre, EtatEtape.A_FAIRE, detail, True, champ=champ, fait_le=coche)


def _fenetres(campagne: Campagne) -> set[str]:
    return {f.libelle for f in campagne.fenetres}


def _complements(dossier: Dossier, jour: date) -> Etape:
    titre = "Les pièces complémentaires demandées sont déposées"
    champ, coche = "galis_complements_le", dossier.galis_complements_le
    demandes = list(dossier.complements)
    if not demandes:
        etape = Etape(
            "complements",
            titre,
            EtatEtape.SANS_OBJET,
            "Aucune demande n’est notée.",
            True,
            champ=champ,
            fait_le=coche,
        )
        return _datee(etape, "Déposées le")
    attendus = [c for c in demandes if c.repondu_le is None]
    if not attendus:
        detail = f"{francais.pluriel(len(demandes), 'demande')}, toutes répondues."
        return Etape("complements", titre, EtatEtape.FAITE, detail, True, champ=champ, fait_le=coche)
    prochaine = min((c.echeance for c in attendus if c.echeance), default=None)
    detail = f"{francais.pluriel(len(attendus), 'demande attend', 'demandes attendent')} une réponse."
    if prochaine is not None:
        passe = (jour - prochaine).days
        detail += f" {'L’échéance était' if passe > 0 else 'À rendre'} le {francais.date_longue(prochaine)}"
        detail += f" : {francais.pluriel(passe, 'jour')} de retard." if passe > 0 else "."
    return Etape("complements", titre, EtatEtape.A_FAIRE, detail, True, champ=champ, fait_le=coche)
