"""The waves of deployment that a project may be given: pilot sites first, then OG by OG. Our advice: no text imposes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esms_desktop.lecture import Dossier, Essms, Og, Vague

_NOM_MAX = 200


@dataclass(frozen=True)
class Proposition:
    """ESSMS to put in a wave: one that exists, or a new one with its dates."""

    essms: tuple[Essms, ...]
    vague: Vague | None = None
    nom: str = ""
    pilote: bool = False
    debut: date | None = None
    fin: date | None = None


def proposer(dossier: Dossier) -> tuple[Proposition, ...]:
    """Waves for the ESSMS that have none: some pilot sites of the porteur first, then OG by OG.

    What is already assigned does not move: an ESSMS joins the wave where its OG already is, pilot sites aside. New
    waves share the time left between the start of the settings (else of the project) and the end of the deployment.
    """
    restent = [e for e in dossier.essms if e.vague_id is None]
    if not restent:
        return ()
    propositions: list[Proposition] = []
    if not any(v.pilote for v in dossier.vagues) and len(dossier.essms) > 1:
        pilotes = _pilotes(dossier, restent)
        restent = [e for e in restent if e not in pilotes]
        if pilotes:
            propositions.append(Proposition(tuple(pilotes), nom="Sites pilotes", pilote=True))
    for og in dossier.ogs:
        siens = tuple(e for e in restent if e.og_id == og.id)
        if not siens:
            continue
        connue = next(
            (v for v in dossier.vagues if not v.pilote and any(e.og_id == og.id for e in v.essms)), None
        )
        nom = f"Vague {len(propositions) + len(dossier.vagues)} — {og.nom_court}"
        propositions.append(Proposition(siens, connue, "" if connue else nom[:_NOM_MAX]))
    return _dater(dossier, propositions)


def _pilotes(dossier: Dossier, restent: Sequence[Essms]) -> list[Essms]:
    """One ESSMS of the porteur in ten of the project, of different champs when there are several; always one."""
    porteur: Og | None = dossier.porteur
    candidats = [e for e in restent if porteur is None or e.og_id == porteur.id] or list(restent)
    voulus = max(1, round(len(dossier.essms) / 10))
    choisis: list[Essms] = []
    for essms in candidats:
        if essms.champ not in {c.champ for c in choisis}:
            choisis.append(essms)
    choisis += [e for e in candidats if e not in choisis]
    return choisis[: min(voulus, len(candidats))]


def _dater(dossier: Dossier, propositions: Sequence[Proposition]) -> tuple[Proposition, ...]:
    debut = dossier.date_debut_parametrage or dossier.date_debut_projet
    fin = dossier.date_fin_deploiement
    posees = [v.fin for v in dossier.vagues if v.fin]
    if posees and debut:
        debut = max(debut, max(posees) + timedelta(days=1))
    neuves = [p for p in propositions if p.vague is None]
    if debut is None or fin is None or (fin - debut).days < len(neuves):
        return tuple(propositions)
    pas = ((fin - debut).days + 1) / max(len(neuves), 1)
    datees = []
    rang = 0
    for p in propositions:
        if p.vague is None:
            premier = debut + timedelta(days=round(rang * pas))
            dernier = debut + timedelta(days=round((rang + 1) * pas) - 1)
            p = Proposition(p.essms, None, p.nom, p.pilote, premier, dernier)
            rang += 1
        datees.append(p)
    return tuple(datees)
