"""Piece 5 from the tasks of the planning: its Gantts, its tables of tasks, its milestones (referentiel 03 § 4, 04 § 1)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esms_desktop import francais
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Encadre,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.jours_ouvres import TERRITOIRES
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import Planning, TachePlacee

_NOMS = {
    Plan.PROJET: "du projet",
    Plan.DEPLOIEMENT: "du déploiement",
    Plan.CHANGEMENT: "de la conduite du changement",
}


def section(planning: Planning, plan: Plan, limite: date | None) -> tuple[Bloc, ...]:
    """One of the three plannings: what is drawn, then the same in a table."""
    placees = planning.du_plan(plan)
    if not placees:
        manque = Manque(f"tâches du planning {_NOMS[plan]}", code="tache.nom")
        return (Paragraphe(("Ce planning n’a pas encore de tâche : ", manque, ".")),)
    # What was done and the reference are followed on the screen: they are no part of what is promised.
    lignes = tuple(replace(x, avancement=0) for x in gantt_lignes.lignes(placees, False, titres=False))
    bornes_communes = (planning.debut, planning.fin) if planning.debut and planning.fin else None
    dessin = gantt_lignes.gantt(lignes, bornes_communes, limite, "Durée maximale" if limite else "")
    return (*((dessin,) if dessin else ()), _tableau(planning, placees))


def _tableau(planning: Planning, placees: Sequence[TachePlacee]) -> Tableau:
    """The tasks by phase; numbers run through the three plannings, so that a task may name what it waits for."""
    numeros = {id(p.tache): rang for rang, p in enumerate(planning.taches, 1)}
    phases = any((p.tache.phase or "").strip() for p in placees)
    responsables = any((p.tache.responsable or "").strip() for p in placees)
    attentes = any(p.tache.entrants for p in placees)
    colonnes = (
        Colonne("N°", 0.42, "droite"),
        Colonne("Tâche", 3.2),
        Colonne(entete_de("tache.debut"), 0.98),
        Colonne(entete_de("tache.fin"), 0.98),
        Colonne(entete_de("tache.duree"), 0.68, "droite"),
        *((Colonne("Attend", 0.95),) if attentes else ()),
        *((Colonne("Par", 1.15),) if responsables else ()),
        Colonne("Marge", 0.78, "droite"),
    )
    return Tableau(colonnes, tuple(_ligne(p, numeros, phases, attentes, responsables) for p in placees))


def _ligne(
    p: TachePlacee, numeros: dict[int, int], phases: bool, attentes: bool, responsables: bool
) -> tuple[Contenu, ...]:
    t = p.tache
    phase = f"\n{t.phase}" if phases and (t.phase or "").strip() else ""
    attend = ", ".join(
        _attente(numeros[id(x.avant)], x.type, x.decalage)
        for x in sorted(t.entrants, key=lambda x: numeros.get(id(x.avant), 0))
        if id(x.avant) in numeros
    )
    return (
        str(numeros[id(t)]),
        (Texte(t.nom, gras=True), phase),
        francais.date_courte(p.debut),
        "jalon" if t.jalon else francais.date_courte(p.fin),
        "" if t.jalon else f"{francais.nombre(max(t.duree, 1))}\u00a0j",
        *((attend,) if attentes else ()),
        *((t.responsable or "",) if responsables else ()),
        Texte("critique", gras=True) if p.critique else f"{francais.nombre(p.marge)}\u00a0j",
    )


def _attente(numero: int, type_: str, decalage: int) -> str:
    """What a task waits for, in words: « 3 », « début 3 + 2 j »."""
    mots = {TypeLien.DEBUT_DEBUT: "début\u00a0", TypeLien.FIN_FIN: "fin\u00a0"}.get(TypeLien(type_), "")
    signe = "+" if decalage > 0 else francais.MOINS
    return f"{mots}{numero}" + (f"\u00a0{signe}\u00a0{abs(decalage)}\u00a0j" if decalage else "")


def tableau_jalons(planning: Planning) -> tuple[Bloc, ...]:
    """The milestones of the three plannings by date."""
    places = [(i, p) for i, p in enumerate(planning.taches) if p.tache.jalon]
    places.sort(key=lambda x: (x[1].fin, x[0]))
    if not places:
        return (
            Paragraphe(
                ("Aucun jalon n’est encore posé : ", Manque("jalons du projet", code="tache.jalon"), ".")
            ),
        )
    return (
        Titre(2, "Jalons"),
        Tableau(
            (Colonne("Jalon", 3), Colonne("Date", 1.4), Colonne("Planning", 1.7)),
            tuple(
                (
                    Texte(p.tache.nom, gras=True),
                    francais.date_longue(p.fin),
                    Plan(p.tache.plan).libelle,
                )
                for _, p in places
            ),
        ),
    )


def conventions(dossier: Dossier, planning: Planning) -> tuple[Bloc, ...]:
    """How days are counted; and, when there is a loop or a link broken by a fixed date, what cannot be trusted."""
    territoire = TERRITOIRES.get(planning.calendrier.territoire, "France métropolitaine")
    fermetures = [
        f"{commun.bref(f.motif) or 'fermeture'} du {francais.date_courte(f.debut)} au {francais.date_courte(f.fin)}"
        for f in dossier.fermetures
        if f.debut <= f.fin
    ]
    suite = f" ; fermetures : {' ; '.join(fermetures)}" if fermetures else ""
    blocs: list[Bloc] = [
        Paragraphe(
            f"Les durées et les marges sont en jours ouvrés (jours fériés : {territoire}{suite}). Une tâche critique, ou sans "
            "marge, ne peut prendre de retard sans retarder l’ensemble. « Attend » donne le numéro d’une tâche à finir avant ; "
            "« début 1 » : la tâche 1 doit avoir commencé ; « fin 1 » : ne pas finir avant elle ; « + 5 j » : cinq jours ouvrés plus "
            "tard.",
            discret=True,
        )
    ]
    if planning.boucle is not None:
        blocs.append(
            Encadre(
                "alerte",
                (
                    planning.boucle.message,
                    " ",
                    Manque("ordre des tâches du planning", code="lien_tache.avant_id"),
                ),
            )
        )
    return tuple(blocs)
