"""Piece 5: the three calendars of the project, its milestones and its longest duration (referentiel 03 § 4, 04 § 1)."""

from datetime import date

from esms_desktop.documents import calendriers, commun, deploiement, modeles, typo
from esms_desktop.documents.arbre import (
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
from esms_desktop.model import Dossier
from esms_desktop.regles.calendrier import ajouter_mois
from esms_desktop.regles.campagne import Campagne

CODE = "planning"
TITRE = "Planning du projet"


def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The planning; `jour` is not used by its text, only by the page that prints it."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    limite = date_limite(dossier, campagne)
    actions = calendriers.actions(dossier)
    blocs: tuple[Bloc, ...] = (
        *section("presentation"),
        Titre(1, "1. Planning du projet"),
        _duree(dossier, campagne, limite),
        *calendriers.frise(dossier, calendriers.barres_projet(dossier), limite),
        _jalons(dossier),
        Titre(1, "2. Planning du déploiement"),
        *section("deploiement"),
        *calendriers.frise(dossier, calendriers.barres_vagues(dossier), limite),
        *deploiement.vagues(dossier),
        Titre(1, "3. Planning de la conduite du changement"),
        *section("changement"),
        *calendriers.frise(dossier, calendriers.barres_actions(actions), limite),
        *_actions(actions),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def date_limite(dossier: Dossier, campagne: Campagne) -> date | None:
    """The last day the deployment may end (referentiel 01 § 7); None when the campaign or the start does not tell."""
    mois = campagne.durees.mois(dossier.type_projet).valeur
    debut = dossier.date_debut_projet
    return ajouter_mois(debut, mois) if mois is not None and debut is not None else None


def _jalons(dossier: Dossier) -> Tableau:
    return Tableau(
        (Colonne("Jalon", 2.2), Colonne("Date", 1.3), Colonne("Ce qu’il marque", 3)),
        tuple(
            (Texte(j.nom, gras=True), commun.date_ou_manque(j.quand, j.manque), j.sens)
            for j in calendriers.jalons(dossier)
        ),
    )


def _duree(dossier: Dossier, campagne: Campagne, limite: date | None) -> Encadre:
    regle = campagne.durees.mois(dossier.type_projet)
    fin = dossier.date_fin_deploiement
    if regle.valeur is None:
        return Encadre("info", "La campagne ne fixe pas de durée maximale au projet.")
    admise = f"La campagne admet {typo.nombre(regle.valeur)} mois, du début du projet à la fin du déploiement"
    source = f" ({regle.source})."
    if limite is None or fin is None:
        manque: Run = Manque("date de début du projet" if limite is None else "date de fin du déploiement")
        return Encadre(
            "alerte", (admise, source, " La durée du projet n’est pas encore connue : ", manque, ".")
        )
    if fin > limite:
        ecart = typo.pluriel((fin - limite).days, "jour")
        return Encadre(
            "alerte",
            f"{admise}{source} Le déploiement devrait donc finir le {typo.date_longue(limite)} ; "
            f"il dépasse cette date de {ecart}.",
        )
    marge = typo.pluriel((limite - fin).days, "jour")
    return Encadre(
        "info",
        f"{admise}{source} Le déploiement doit finir le {typo.date_longue(limite)} au plus tard : le calendrier prévu "
        f"respecte cette limite, avec {marge} de marge.",
    )


def _actions(actions: list[calendriers.Action]) -> tuple[Bloc, ...]:
    if not actions:
        return (
            Paragraphe(
                (
                    "Aucune session de formation ni action de communication n’est encore prévue : ",
                    Manque("actions de conduite du changement"),
                    ".",
                )
            ),
        )
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (
            typo.date_courte(a.quand) if a.quand else Manque(f"date ({a.objet})", "-"),
            a.genre,
            a.objet,
            a.public or "—",
            a.responsable or "—",
        )
        for a in actions
    )
    return (
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
