"""The planning as a workbook: every task, the milestones, the days off. Its headers are those a pasted table is read by."""

from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur.classeur import (
    Classeur,
    ColonneXl,
    Feuille,
    LigneXl,
    Ref,
    Somme,
    TableXl,
    Valeur,
    serie,
)
from esms_desktop.documents.produits.planning import CODE, TITRE
from esms_desktop.echanges import predecesseurs
from esms_desktop.lecture import Dossier, LienTache, Tache
from esms_desktop.nomenclature.champs import dit_de, entete_de, libelle_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.jours_ouvres import TERRITOIRES, feries
from esms_desktop.regles.planning.planning import Planning, TachePlacee, lire

_COLONNES = (
    ColonneXl("numero", "N°", "entier", 6),
    ColonneXl("nom", "Tâche", largeur=30),
    ColonneXl("plan", entete_de("tache.plan"), largeur=14),
    ColonneXl("phase", entete_de("tache.phase"), largeur=16),
    ColonneXl("debut", entete_de("tache.debut"), "date", 12),
    ColonneXl("fin", entete_de("tache.fin"), "date", 12),
    ColonneXl("duree", "Durée (jours)", "entier", 8),
    ColonneXl("precedentes", "Prédécesseurs", largeur=15),
    ColonneXl("responsable", entete_de("tache.responsable"), largeur=16),
    ColonneXl("avancement", libelle_de("tache.avancement"), "entier", 8),
    ColonneXl("jalon", dit_de("tache.jalon"), largeur=7),
    ColonneXl("echeance", entete_de("tache.echeance"), "date", 12),
    ColonneXl("concerne", "ESSMS ou vague", largeur=18),
    ColonneXl("notes", entete_de("tache.notes"), largeur=20),
)
_NOTE = (
    "Durées en jours ouvrés. Prédécesseurs : numéro de la tâche attendue, puis FD (fin à début), DD (début à début) "
    "ou FF (fin à fin) et le décalage. Ce tableau, modifié, peut être copié et collé dans le planning."
)


def classeur(dossier: Dossier, campagne: Campagne, jour: date) -> Classeur:
    """The planning of `dossier`; `jour`: where a planning without any date starts."""
    planning = lire(dossier, jour)
    porteur = dossier.porteur
    titre = f"{TITRE} · {campagne.titre}"
    feuilles = (
        Feuille("Tâches", titre, (_taches(planning),), (_NOTE,), filtre=True),
        _gantt(planning, titre),
        Feuille("Jalons", titre, (_jalons(planning),), filtre=True),
        Feuille("Suivi", titre, (_suivi(planning),), filtre=True),
        Feuille("Jours chômés", titre, (_chomes(dossier, planning),)),
    )
    return Classeur(CODE, TITRE, dossier.nom, porteur.nom if porteur else "", feuilles)


def _jour(quand: date | None) -> Valeur:
    return None if quand is None else serie(quand)


def _taches(planning: Planning) -> TableXl:
    numeros = {id(p.tache): rang for rang, p in enumerate(planning.taches, 1)}
    lignes = tuple(LigneXl(str(rang), _ligne(rang, p, numeros)) for rang, p in enumerate(planning.taches, 1))
    return TableXl("taches", "Tâches et jalons", _COLONNES, lignes)


def _gantt(planning: Planning, titre: str) -> Feuille:
    """The calendar of the tasks, drawn with cells: its dates are those of the sheet of the tasks, and follow them."""
    lignes = tuple(
        LigneXl(
            str(rang),
            (
                Somme((Ref(str(rang), "numero", "taches"),)),
                p.tache.nom,
                *(Somme((Ref(str(rang), c, "taches"),)) for c in ("debut", "fin")),
            ),
        )
        for rang, p in enumerate(planning.taches, 1)
    )
    colonnes = (
        ColonneXl("numero", "N°", "entier", 6),
        ColonneXl("nom", "Tâche", largeur=30),
        ColonneXl("debut", entete_de("tache.debut"), "date", 11),
        ColonneXl("fin", entete_de("tache.fin"), "date", 11),
    )
    bornes = (planning.debut, planning.fin)
    return Feuille(
        "Gantt",
        titre,
        (TableXl("gantt", "Calendrier par semaine", colonnes, lignes),),
        ("Une colonne commence un lundi. Les barres suivent les dates de la feuille « Tâches ».",),
        filtre=True,
        barres=("debut", "fin"),
        jours=None if bornes[0] is None or bornes[1] is None else (bornes[0], bornes[1]),
    )


def _ligne(rang: int, p: TachePlacee, numeros: dict[int, int]) -> tuple[Valeur, ...]:
    t = p.tache
    return (
        rang,
        t.nom,
        Plan(t.plan).libelle,
        t.phase or "",
        serie(p.debut),
        serie(p.fin),
        0 if t.jalon else max(t.duree, 1),
        _attend(t.entrants, numeros),
        t.responsable or "",
        t.avancement or 0,
        "oui" if t.jalon else "non",
        _jour(t.echeance),
        _concerne(t),
        t.notes or "",
    )


def _suivi(planning: Planning) -> TableXl:
    colonnes = (
        ColonneXl("numero", "N°", "entier", 6),
        ColonneXl("nom", "Tâche", largeur=30),
        ColonneXl("debut", entete_de("tache.debut"), "date", 12),
        ColonneXl("fin", entete_de("tache.fin"), "date", 12),
        ColonneXl("marge", "Marge (jours ouvrés)", "entier", 10),
        ColonneXl("critique", "Chemin critique", largeur=10),
        ColonneXl("reference_debut", "Référence : début", "date", 12),
        ColonneXl("reference_fin", "Référence : fin", "date", 12),
        ColonneXl("derive", "Écart (jours)", "entier", 10),
        ColonneXl("retard", "Jours après l’échéance", "entier", 10),
    )
    lignes = tuple(
        LigneXl(
            str(rang),
            (
                rang,
                p.tache.nom,
                serie(p.debut),
                serie(p.fin),
                p.marge,
                "oui" if p.critique else "non",
                _jour(p.tache.reference_debut),
                _jour(p.tache.reference_fin),
                p.derive,
                p.retard or None,
            ),
        )
        for rang, p in enumerate(planning.taches, 1)
    )
    return TableXl("suivi", "Marges, référence, échéances", colonnes, lignes)


def _attend(liens: list[LienTache], numeros: dict[int, int]) -> str:
    connus = sorted((numeros[id(x.avant)], x.type, x.decalage) for x in liens if id(x.avant) in numeros)
    return " ; ".join(predecesseurs.ecrire(*x) for x in connus)


def _concerne(tache: Tache) -> str:
    if tache.essms is not None:
        return tache.essms.nom
    return "" if tache.vague is None else tache.vague.nom


def _jalons(planning: Planning) -> TableXl:
    jalons = sorted((p for p in planning.taches if p.tache.jalon), key=lambda p: p.fin)
    colonnes = (
        ColonneXl("nom", "Jalon", largeur=30),
        ColonneXl("date", "Date", "date", 12),
        ColonneXl("plan", entete_de("tache.plan"), largeur=16),
        ColonneXl("reference", "Référence", "date", 12),
        ColonneXl("derive", "Écart (jours)", "entier", 10),
        ColonneXl("responsable", entete_de("tache.responsable"), largeur=16),
    )
    return TableXl(
        "jalons",
        "Jalons par date",
        colonnes,
        tuple(
            LigneXl(
                str(rang),
                (
                    p.tache.nom,
                    serie(p.fin),
                    Plan(p.tache.plan).libelle,
                    _jour(p.tache.reference_fin),
                    p.derive,
                    p.tache.responsable or "",
                ),
            )
            for rang, p in enumerate(jalons, 1)
        ),
    )


def _chomes(dossier: Dossier, planning: Planning) -> TableXl:
    """The days nobody works from the first to the last year of the planning, weekends left out."""
    territoire = planning.calendrier.territoire
    lignes: list[tuple[Valeur, ...]] = []
    if planning.debut is not None and planning.fin is not None:
        for annee in range(planning.debut.year, planning.fin.year + 1):
            for quand, nom in sorted(feries(territoire, annee).items()):
                if quand.weekday() < 5:
                    lignes.append((serie(quand), serie(quand), nom))
    lignes += [
        (serie(f.debut), serie(f.fin), f.motif or "Fermeture") for f in dossier.fermetures if f.debut <= f.fin
    ]
    colonnes = (
        ColonneXl("debut", entete_de("fermeture.debut"), "date", 12),
        ColonneXl("fin", entete_de("fermeture.fin"), "date", 12),
        ColonneXl("motif", entete_de("fermeture.motif"), largeur=30),
    )
    nom = TERRITOIRES.get(territoire, "France métropolitaine")
    return TableXl(
        "chomes",
        f"Jours fériés ({nom}) et fermetures",
        colonnes,
        tuple(LigneXl(str(rang), cellules) for rang, cellules in enumerate(lignes)),
    )
