"""What the page Déploiement lists, and the waves it proposes: pilot sites first, then OG by OG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from esms_desktop import model
from esms_desktop.francais import NBSP, cle, date_courte, minuscule, ou_tiret, pluriel
from esms_desktop.lecture import ActionCommunication, Dossier, Essms, Og, SessionFormation, Vague
from esms_desktop.regles.eligibilite import champ_retenu
from ui.models import saisie
from ui.models.fiches import Options
from ui.models.gouvernance import rang_suivant
from ui.models.saisie import ColonneSaisie

SANS_VAGUE = "Sans vague"
_NOM_MAX = 200


def nom_vague(dossier: Dossier, vague_id: int | None) -> str:
    """The name of a wave of the dossier, empty when there is none."""
    return next((v.nom for v in dossier.vagues if v.id == vague_id), "")


def vagues(dossier: Dossier) -> Options:
    """The waves of the dossier, as a list offers them."""
    return ((None, "Toutes les vagues"), *((v.id, v.nom) for v in dossier.vagues))


def _ordre(jour: date | None) -> int:
    return jour.toordinal() if jour else 0


COLONNES_VAGUES: tuple[ColonneSaisie[Vague], ...] = (
    ColonneSaisie("Vague", lambda v: v.nom, lire=saisie.ligne_obligatoire("nom"), obligatoire=True),
    ColonneSaisie(
        "Pilote",
        lambda v: "Pilote" if v.pilote else "",
        badge=lambda v: "info" if v.pilote else None,
        brut=lambda v: "Oui" if v.pilote else "Non",
        lire=saisie.oui_non("pilote"),
    ),
    ColonneSaisie(
        "Début",
        lambda v: saisie.texte_date(v.debut),
        tri=lambda v: _ordre(v.debut),
        lire=saisie.jour("debut"),
    ),
    ColonneSaisie(
        "Fin", lambda v: saisie.texte_date(v.fin), tri=lambda v: _ordre(v.fin), lire=saisie.jour("fin")
    ),
    ColonneSaisie("ESSMS", lambda v: str(len(v.essms)), tri=lambda v: len(v.essms), a_droite=True),
    ColonneSaisie("Prérequis", lambda v: v.prerequis, lire=saisie.long_texte("prerequis")),
    ColonneSaisie("Assistance", lambda v: v.assistance, lire=saisie.long_texte("assistance")),
)

COLONNES_ESSMS: tuple[ColonneSaisie[Essms], ...] = (
    ColonneSaisie("ESSMS", lambda e: e.nom, second=lambda e: e.commune),
    ColonneSaisie("Organisme", lambda e: e.og.nom_court),
    ColonneSaisie("Champ", lambda e: champ.value if (champ := champ_retenu(e)) else ""),
    ColonneSaisie(
        "Vague",
        lambda e: nom_vague(e.og.dossier, e.vague_id) or SANS_VAGUE,
        badge=lambda e: None if e.vague_id else "warn",
        brut=lambda e: nom_vague(e.og.dossier, e.vague_id),
        lire=saisie.vague("vague_id"),
    ),
)

COLONNES_FORMATIONS: tuple[ColonneSaisie[SessionFormation], ...] = (
    ColonneSaisie(
        "Intitulé", lambda f: f.intitule, lire=saisie.ligne_obligatoire("intitule"), obligatoire=True
    ),
    ColonneSaisie("Public", lambda f: f.public, lire=saisie.ligne("public")),
    ColonneSaisie(
        "Effectif",
        lambda f: saisie.texte_entier(f.effectif),
        tri=lambda f: f.effectif or 0,
        a_droite=True,
        bulle=lambda _: "Personnes formées, toutes sessions réunies",
        lire=saisie.entier("effectif"),
    ),
    ColonneSaisie(
        "Sessions",
        lambda f: saisie.texte_entier(f.sessions),
        tri=lambda f: f.sessions or 0,
        a_droite=True,
        lire=saisie.entier("sessions"),
    ),
    ColonneSaisie(
        "Heures",
        lambda f: saisie.texte_entier(f.duree_heures),
        tri=lambda f: f.duree_heures or 0,
        a_droite=True,
        bulle=lambda _: "Durée d’une session, en heures",
        lire=saisie.entier("duree_heures", 999),
    ),
    ColonneSaisie("Formateur", lambda f: f.formateur, lire=saisie.ligne("formateur")),
    ColonneSaisie(
        "Date", lambda f: saisie.texte_date(f.date), tri=lambda f: _ordre(f.date), lire=saisie.jour("date")
    ),
    ColonneSaisie("Vague", lambda f: nom_vague(f.dossier, f.vague_id), lire=saisie.vague("vague_id")),
)

COLONNES_COMMUNICATIONS: tuple[ColonneSaisie[ActionCommunication], ...] = (
    ColonneSaisie("Action", lambda a: a.objet, lire=saisie.ligne_obligatoire("objet", 300), obligatoire=True),
    ColonneSaisie("Cible", lambda a: a.cible, lire=saisie.ligne("cible")),
    ColonneSaisie("Support", lambda a: a.support, lire=saisie.ligne("support")),
    ColonneSaisie("Responsable", lambda a: a.responsable, lire=saisie.ligne("responsable")),
    ColonneSaisie(
        "Date", lambda a: saisie.texte_date(a.date), tri=lambda a: _ordre(a.date), lire=saisie.jour("date")
    ),
)


# -- the proposal ----------------------------------------------------------------------------------------------


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


def en_vague(dossier: Dossier, proposition: Proposition, rang: int) -> model.Vague:
    """The new wave of a proposal, not saved; `rang`: its place among the new ones."""
    return model.Vague(
        dossier_id=dossier.id,
        rang=rang_suivant(dossier.vagues) + rang,
        nom=proposition.nom,
        pilote=proposition.pilote,
        debut=proposition.debut,
        fin=proposition.fin,
    )


# -- the timeline ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Barre:
    """A wave on the timeline. `debut`, `fin`: None while they are not known."""

    nom: str
    detail: str
    debut: date | None
    fin: date | None
    pilote: bool


@dataclass(frozen=True)
class Repere:
    """A day on the timeline: a training session, a communication action, a date of the dossier."""

    jour: date
    nom: str
    genre: str


def barres(dossier: Dossier) -> tuple[Barre, ...]:
    """The waves in order."""
    return tuple(
        Barre(v.nom, pluriel(len(v.essms), "ESSMS", "ESSMS"), v.debut, v.fin, v.pilote)
        for v in dossier.vagues
    )


def reperes(dossier: Dossier) -> tuple[Repere, ...]:
    """The dated events, the earliest first."""
    tous = [Repere(f.date, f.intitule, "Formation") for f in dossier.formations if f.date]
    tous += [Repere(a.date, a.objet, "Communication") for a in dossier.communications if a.date]
    for jour, nom in (
        (dossier.date_debut_projet, "Début du projet"),
        (dossier.date_debut_parametrage, "Début du paramétrage"),
        (dossier.date_fin_deploiement, "Fin du déploiement"),
    ):
        if jour:
            tous.append(Repere(jour, nom, "Jalon"))
    return tuple(sorted(tous, key=lambda r: (r.jour, cle(r.nom))))


def frise_en_mots(dossier: Dossier) -> tuple[str, ...]:
    """The timeline as sentences, in order."""
    lignes = []
    for barre in barres(dossier):
        if barre.debut and barre.fin:
            quand = f"du {date_courte(barre.debut)} au {date_courte(barre.fin)}"
        elif barre.debut or barre.fin:
            quand = (
                f"à partir du {date_courte(barre.debut)}"
                if barre.debut
                else f"jusqu’au {ou_tiret(date_courte, barre.fin)}"
            )
        else:
            quand = "dates à préciser"
        pilote = ", sites pilotes" if barre.pilote else ""
        lignes.append(f"{barre.nom}{NBSP}: {quand}, {barre.detail}{pilote}.")
    lignes += [f"{date_courte(r.jour)}{NBSP}: {r.nom} ({minuscule(r.genre)})." for r in reperes(dossier)]
    return tuple(lignes)
