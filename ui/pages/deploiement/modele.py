"""What the page Déploiement lists, and the waves it proposes: pilot sites first, then OG by OG."""

from dataclasses import dataclass
from datetime import date

from esms_desktop.francais import NBSP, cle, date_courte, minuscule, ou_tiret, pluriel
from esms_desktop.lecture import ActionCommunication, Dossier, Essms, SessionFormation, Vague
from esms_desktop.nomenclature.champs import bulle_de, entete_de, libelle_de
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu
from ui.models import saisie
from ui.models.fiches import Options
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
    ColonneSaisie(
        entete_de("vague.nom"), lambda v: v.nom, lire=saisie.ligne_obligatoire("nom"), obligatoire=True
    ),
    ColonneSaisie(
        entete_de("vague.pilote"),
        lambda v: "Pilote" if v.pilote else "",
        badge=lambda v: "info" if v.pilote else None,
        brut=lambda v: "Oui" if v.pilote else "Non",
        lire=saisie.oui_non("pilote"),
    ),
    ColonneSaisie(
        entete_de("vague.debut"),
        lambda v: saisie.texte_date(v.debut),
        tri=lambda v: _ordre(v.debut),
        lire=saisie.jour("debut"),
    ),
    ColonneSaisie(
        entete_de("vague.fin"),
        lambda v: saisie.texte_date(v.fin),
        tri=lambda v: _ordre(v.fin),
        lire=saisie.jour("fin"),
    ),
    ColonneSaisie("ESSMS", lambda v: str(len(v.essms)), tri=lambda v: len(v.essms), a_droite=True),
    ColonneSaisie(entete_de("vague.prerequis"), lambda v: v.prerequis, lire=saisie.long_texte("prerequis")),
    ColonneSaisie(
        entete_de("vague.assistance"), lambda v: v.assistance, lire=saisie.long_texte("assistance")
    ),
)

COLONNES_ESSMS: tuple[ColonneSaisie[Essms], ...] = (
    ColonneSaisie("ESSMS", lambda e: e.nom, second=lambda e: e.commune, repere=True),
    ColonneSaisie("Organisme", lambda e: e.og.nom_court, repere=True),
    ColonneSaisie(entete_de("essms.champ"), lambda e: champ.value if (champ := champ_retenu(e)) else ""),
    ColonneSaisie(
        entete_de("essms.vague_id"),
        lambda e: nom_vague(e.og.dossier, e.vague_id) or SANS_VAGUE,
        badge=lambda e: None if e.vague_id else "warn",
        brut=lambda e: nom_vague(e.og.dossier, e.vague_id),
        lire=saisie.vague("vague_id"),
    ),
)

COLONNES_FORMATIONS: tuple[ColonneSaisie[SessionFormation], ...] = (
    ColonneSaisie(
        entete_de("session_formation.intitule"),
        lambda f: f.intitule,
        lire=saisie.ligne_obligatoire("intitule"),
        obligatoire=True,
    ),
    ColonneSaisie(entete_de("session_formation.public"), lambda f: f.public, lire=saisie.ligne("public")),
    ColonneSaisie(
        entete_de("session_formation.effectif"),
        lambda f: saisie.texte_entier(f.effectif),
        tri=lambda f: f.effectif or 0,
        a_droite=True,
        bulle=lambda _: bulle_de("session_formation.effectif"),
        lire=saisie.entier("effectif"),
    ),
    ColonneSaisie(
        entete_de("session_formation.sessions"),
        lambda f: saisie.texte_entier(f.sessions),
        tri=lambda f: f.sessions or 0,
        a_droite=True,
        lire=saisie.entier("sessions"),
    ),
    ColonneSaisie(
        entete_de("session_formation.duree_heures"),
        lambda f: saisie.texte_entier(f.duree_heures),
        tri=lambda f: f.duree_heures or 0,
        a_droite=True,
        bulle=lambda _: bulle_de("session_formation.duree_heures"),
        lire=saisie.entier("duree_heures", 999),
    ),
    ColonneSaisie(
        entete_de("session_formation.formateur"), lambda f: f.formateur, lire=saisie.ligne("formateur")
    ),
    ColonneSaisie(
        entete_de("session_formation.date"),
        lambda f: saisie.texte_date(f.date),
        tri=lambda f: _ordre(f.date),
        lire=saisie.jour("date"),
    ),
    ColonneSaisie(
        entete_de("session_formation.vague_id"),
        lambda f: nom_vague(f.dossier, f.vague_id),
        lire=saisie.vague("vague_id"),
        repere=True,
    ),
)

COLONNES_COMMUNICATIONS: tuple[ColonneSaisie[ActionCommunication], ...] = (
    ColonneSaisie(
        entete_de("action_communication.objet"),
        lambda a: a.objet,
        lire=saisie.ligne_obligatoire("objet", 300),
        obligatoire=True,
    ),
    ColonneSaisie(entete_de("action_communication.cible"), lambda a: a.cible, lire=saisie.ligne("cible")),
    ColonneSaisie(
        entete_de("action_communication.support"), lambda a: a.support, lire=saisie.ligne("support")
    ),
    ColonneSaisie(
        entete_de("action_communication.responsable"),
        lambda a: a.responsable,
        lire=saisie.ligne("responsable"),
    ),
    ColonneSaisie(
        entete_de("action_communication.date"),
        lambda a: saisie.texte_date(a.date),
        tri=lambda a: _ordre(a.date),
        lire=saisie.jour("date"),
    ),
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
        (dossier.date_debut_projet, libelle_de("dossier.date_debut_projet")),
        (dossier.date_debut_parametrage, libelle_de("dossier.date_debut_parametrage")),
        (dossier.date_fin_deploiement, libelle_de("dossier.date_fin_deploiement")),
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
