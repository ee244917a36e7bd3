"""What the cover says, taken from the dossier and the rules; nothing here draws."""

from dataclasses import dataclass, replace
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.demande import Demande
from esms_desktop.documents.arbre.commun import nom_financeur
from esms_desktop.lecture import Dossier
from esms_desktop.regles.dossier.pieces import etat_pieces
from esms_desktop.regles.financement.financement import LIBELLES_POSTES, financer_dossier
from esms_desktop.regles.recevabilite.orientation import Orientation, orienter_dossier

_PROGRAMMES = {"esms-numerique": "ESMS numérique", "sons": "SONS"}
_NIVEAUX = {"regional": "régional", "national": "national"}
A_PRECISER = "à préciser"


@dataclass(frozen=True)
class Couverture:
    """The words and amounts of the cover.

    Args:
        faits: label and value, in order.
        nature: what is filed: the application, or the answer to complements.
        postes: label and amount in cents of each poste asked for; `total_cents`: their sum, None to leave amounts out.
        manquantes: the missing mandatory pieces, one line each; none when the dossier is complete.
        note_montants: what must be known to read the amounts; empty when nothing.
        volume, autres_volumes: which volume it is and what the others hold; empty when there is only one.
    """

    programme: str
    campagne: str
    dossier: str
    objet: str
    faits: tuple[tuple[str, str], ...]
    postes: tuple[tuple[str, int], ...]
    total_cents: int | None
    note_montants: str
    manquantes: tuple[str, ...]
    nature: str = "Dossier de candidature"
    volume: str = ""
    autres_volumes: tuple[str, ...] = ()

    def du_volume(self, rang: int, total: int, autres: tuple[str, ...]) -> "Couverture":
        """The cover of one volume out of `total`."""
        return replace(self, volume=f"Volume {rang} sur {total}", autres_volumes=autres)


def _orientation(orientation: Orientation) -> str:
    if orientation.niveau not in _NIVEAUX:
        return f"{A_PRECISER} : le niveau d’instruction n’est pas encore connu"
    qui = nom_financeur(orientation)
    deposee = f" · {orientation.ars}" if orientation.ars and orientation.ars != qui else ""
    financeur = f" · {qui}" if qui else ""
    return f"Projet {_NIVEAUX[orientation.niveau]}{financeur}{deposee}"


def _grappe(dossier: Dossier) -> str:
    if not dossier.ogs:
        return A_PRECISER
    ogs = francais.pluriel(len(dossier.ogs), "organisme gestionnaire", "organismes gestionnaires")
    essms = francais.pluriel(len(dossier.essms), "ESSMS", "ESSMS") if dossier.essms else f"ESSMS {A_PRECISER}"
    return f"{ogs}, {essms}"


def _solution(dossier: Dossier) -> str:
    solution = dossier.solution
    if solution is None:
        return A_PRECISER
    statut = solution.statut.libelle if solution.statut else f"référencement {A_PRECISER}"
    editeur = f" ({solution.editeur})" if solution.editeur else ""
    return f"{solution.nom}{editeur}, {francais.minuscule(statut)}"


def redige(
    dossier: Dossier,
    campagne: Campagne,
    manquantes: tuple[str, ...],
    jour: date,
    demande: Demande | None = None,
) -> Couverture:
    """The cover of `dossier`, on the day `jour`; of the answer to `demande` when there is one."""
    if demande is not None:
        return _reponse(dossier, campagne, manquantes, demande)
    porteur = dossier.porteur
    projet = financer_dossier(dossier, campagne).projet
    prevue = dossier.date_depot_prevue
    faits = [
        ("Porteur", porteur.nom if porteur else A_PRECISER),
        ("Grappe", _grappe(dossier)),
        ("Solution", _solution(dossier)),
        ("Orientation", _orientation(orienter_dossier(dossier, campagne))),
    ]
    if prevue is not None and prevue >= jour:
        faits.append(("Dépôt prévu", francais.date_longue(prevue)))
    faits += [
        ("Sans objet", f"Pièce {e.numero} – {e.titre} : {e.motif}")
        for e in etat_pieces(dossier, campagne)
        if e.motif
    ]
    postes = tuple((LIBELLES_POSTES[cle], cents) for cle, cents in projet.postes_cents.items() if cents)
    note = (
        "Montants calculés avec des hypothèses, énoncées dans le plan de financement."
        if projet.hypotheses
        else ""
    )
    return Couverture(
        programme=_PROGRAMMES.get(campagne.programme, campagne.programme),
        campagne=campagne.titre,
        dossier=dossier.nom,
        objet=f"{dossier.type_projet.libelle} d’une solution de dossier usager informatisé",
        faits=tuple(faits),
        postes=postes,
        total_cents=projet.total_cents,
        note_montants=note,
        manquantes=manquantes,
    )


def _reponse(
    dossier: Dossier, campagne: Campagne, manquantes: tuple[str, ...], demande: Demande
) -> Couverture:
    porteur = dossier.porteur
    faits = [("Porteur", porteur.nom if porteur else A_PRECISER)]
    faits += [(f"Demande {rang}", texte) for rang, texte in enumerate(demande.phrases, 1)]
    return Couverture(
        programme=_PROGRAMMES.get(campagne.programme, campagne.programme),
        campagne=campagne.titre,
        dossier=dossier.nom,
        objet="Pièces demandées par le financeur après le dépôt",
        faits=tuple(faits),
        postes=(),
        total_cents=None,
        note_montants="",
        manquantes=manquantes,
        nature="Réponse à une demande de complément",
    )
