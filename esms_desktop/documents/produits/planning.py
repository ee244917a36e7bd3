"""Piece 5: the three calendars of the project, its milestones and its longest duration (referentiel 03 § 4, 04 § 1)."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import incise
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import calendriers, deploiement, modeles, planning_taches
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Encadre,
    Manque,
    Paragraphe,
    Run,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.financement.durees import debut_projet, fin_deploiement, limite, limite_depuis
from esms_desktop.regles.planning.planning import lire

CODE = "planning"
TITRE = "Planning du projet"


@produit(CODE, TITRE, piece=5)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The planning; `jour`: where a planning without any date starts, and the day the page prints."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    if dossier.taches:
        projet, vagues, changement = _des_taches(dossier, campagne, jour)
    else:
        projet, vagues, changement = _des_dates(dossier, campagne)
    blocs: tuple[Bloc, ...] = (
        *section("presentation"),
        Titre(1, "1. Planning du projet"),
        *projet,
        Titre(1, "2. Planning du déploiement"),
        *section("deploiement"),
        *vagues,
        *deploiement.vagues(dossier),
        Titre(1, "3. Planning de la conduite du changement"),
        *section("changement"),
        *changement,
        *_actions(dossier),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _des_taches(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[tuple[Bloc, ...], ...]:
    """The three plannings of a dossier that has tasks: project, deployment, change management."""
    planning = lire(dossier, jour)
    derniere = limite(dossier, campagne, planning)
    fin = fin_deploiement(dossier, planning)
    projet = (
        *_duree(dossier, campagne, debut_projet(dossier, planning), fin.jour if fin else None),
        *planning_taches.conventions(dossier, planning),
        *planning_taches.section(planning, Plan.PROJET, derniere),
        *planning_taches.tableau_jalons(planning),
    )
    return (
        projet,
        planning_taches.section(planning, Plan.DEPLOIEMENT, derniere),
        planning_taches.section(planning, Plan.CHANGEMENT, derniere),
    )


def _des_dates(dossier: Dossier, campagne: Campagne) -> tuple[tuple[Bloc, ...], ...]:
    """The same while there is no task: the dates of the dossier, of its waves, of its actions."""
    derniere = limite_depuis(dossier, campagne, dossier.date_debut_projet)
    fin = fin_deploiement(dossier, None)
    projet = (
        *_duree(dossier, campagne, dossier.date_debut_projet, fin.jour if fin else None),
        *calendriers.frise(dossier, calendriers.barres_projet(dossier), derniere),
        _jalons(dossier),
    )
    actions = calendriers.barres_actions(calendriers.actions(dossier))
    return (
        projet,
        calendriers.frise(dossier, calendriers.barres_vagues(dossier), derniere),
        calendriers.frise(dossier, actions, derniere),
    )


def _jalons(dossier: Dossier) -> Tableau:
    return Tableau(
        (Colonne("Jalon", 2.2), Colonne("Date", 1.3), Colonne("Ce qu’il marque", 3)),
        tuple(
            (Texte(j.nom, gras=True), commun.date_ou_manque(j.quand, j.manque, code=j.code), j.sens)
            for j in calendriers.jalons(dossier)
        ),
    )


def _duree(dossier: Dossier, campagne: Campagne, debut: date | None, fin: date | None) -> tuple[Bloc, ...]:
    regle = campagne.durees.mois(dossier.type_projet)
    if regle.valeur is None:
        return (Encadre("info", "La campagne ne fixe pas de durée maximale au projet."),)
    derniere = limite_depuis(dossier, campagne, debut)
    admise = (
        f"La campagne admet {francais.nombre(regle.valeur)} mois, du début du projet à la fin du déploiement"
    )
    source = (
        Texte(
            f" ({incise(regle.source, campagne.fondement(regle.origine, dossier.type_projet))})", travail=True
        ),
        ".",
    )
    if derniere is None or fin is None:
        manque: Run = (
            Manque("date de début du projet", code="dossier.date_debut_projet")
            if derniere is None
            else Manque("date de fin du déploiement", code="dossier.date_fin_deploiement")
        )
        return (
            Encadre(
                "alerte", (admise, *source, " La durée du projet n’est pas encore connue : ", manque, ".")
            ),
        )
    if fin > derniere:
        ecart = francais.pluriel((fin - derniere).days, "jour")
        phrase = (
            f" Le déploiement devrait donc finir le {francais.date_longue(derniere)} ; "
            f"il dépasse cette date de {ecart}."
        )
        return (Encadre("alerte", (admise, *source, phrase)),)
    marge = francais.pluriel((derniere - fin).days, "jour calendaire", "jours calendaires")
    phrase = (
        f" Le déploiement doit finir le {francais.date_longue(derniere)} au plus tard : le calendrier prévu "
        f"respecte cette limite, avec {marge} de marge."
    )
    return (Encadre("info", (admise, *source, phrase)),)


def _actions(dossier: Dossier) -> tuple[Bloc, ...]:
    """The training sessions and the actions of communication, under a heading of their own when tasks come before them."""
    actions = calendriers.actions(dossier)
    titre = (Titre(2, "Formations et communication"),) if dossier.taches else ()
    if not actions:
        return (
            *titre,
            Paragraphe(
                (
                    "Aucune session de formation ni action de communication n’est encore prévue : ",
                    Manque("actions de conduite du changement", code="session_formation.intitule"),
                    ".",
                )
            ),
        )
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (
            francais.date_courte(a.quand)
            if a.quand
            else Manque(f"date ({a.objet})", "-", code="session_formation.date"),
            a.genre,
            a.objet,
            a.public or "—",
            a.responsable or "—",
        )
        for a in actions
    )
    return (
        *titre,
        Tableau(
            (
                Colonne("Date", 0.9),
                Colonne("Nature", 1.1),
                Colonne("Objet", 2.6),
                Colonne("Public", 1.5),
                Colonne("Par", 1.3),
            ),
            lignes,
        ),
    )
