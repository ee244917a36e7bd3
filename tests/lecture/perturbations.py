"""Dossiers whose every table has rows, and all that may change in them: each column, rows that come, go and move."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, get_args

from esms_desktop.exemples.dossier import JOUR
from esms_desktop.lecture import Dossier, Version
from esms_desktop.lecture.ligne import CLASSES
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction, NatureAction, Plan
from esms_desktop.regles.dossier.signatures import donnees
from esms_desktop.regles.planning.ordonnancement import TypeLien

Tables = Mapping[str, Mapping[int, dict[str, Any]]]
# Columns that a closed list holds, kept as texts.
_LISTES: dict[tuple[str, str], tuple[str, ...]] = {
    ("dossier", "campagne_id"): ("2022", "2023", "2021-amorcage", "sons-vague-1"),
    ("dossier", "cle_repartition"): ("essms", "places", "etp", "libre"),
    ("tache", "plan"): tuple(Plan),
    ("risque", "categorie"): tuple(CategorieRisque),
    ("action_risque", "nature"): tuple(NatureAction),
    ("action_risque", "etat"): tuple(EtatAction),
    ("lien_tache", "type"): tuple(TypeLien),
    ("ressource", "genre"): ("autofinancement", "autre"),
    ("autodiagnostic", "genre"): ("si", "cyber"),
    ("niveau_echelle", "axe"): ("probabilite", "gravite"),
    ("signature", "document"): ("convention", "lettre-engagement"),
    ("texte_document", "document"): ("note-presentation", "convention"),
    ("texte_document", "section"): ("contexte", "objectifs"),
    ("reglage_planning", "territoire"): ("", "971", "57"),
    ("essms", "categorie"): ("500", "209", "362", ""),
    ("essms", "departement"): ("91", "2A", "9A", ""),
}
# Marks of a scale: nothing past them is a value.
_BORNES = {("niveau_echelle", "niveau"): 4} | {
    ("risque", c): 4 for c in ("probabilite", "gravite", "probabilite_residuelle", "gravite_residuelle")
}
_PARENTS = {"avant_id": "tache", "apres_id": "tache", "action_id": "action_risque"}


def version(tables: Tables) -> Dossier:
    """The dossier of these rows, of which nothing was computed before."""
    lu: Any = Version(tables).ligne("dossier", next(iter(tables["dossier"])))
    dossier: Dossier = lu
    return dossier


def neuf(dossier: Dossier) -> Dossier:
    """The same rows, of which nothing was computed before."""
    return version(dossier.version.tables)


def parent(table: str, colonne: str) -> str:
    """The table that a column names a row of; empty when it names none."""
    nom = _PARENTS.get(colonne, colonne.removesuffix("_id") if colonne.endswith("_id") else "")
    return nom if nom in CLASSES and nom != table else ""


def sans(tables: Tables, table: str, cle: int) -> dict[str, dict[int, dict[str, Any]]]:
    """The tables once a row is gone, with what hangs on it; what only named it names nothing."""
    resultat = {nom: dict(lignes) for nom, lignes in tables.items()}
    del resultat[table][cle]
    for nom, lignes in resultat.items():
        for colonne, genre in CLASSES[nom].colonnes().items():
            if parent(nom, colonne) == table:
                for fille in [k for k, ligne in lignes.items() if ligne[colonne] == cle]:
                    if type(None) in get_args(genre):
                        lignes[fille] = {**lignes[fille], colonne: None}
                    elif fille in resultat[nom]:
                        resultat = sans(resultat, nom, fille)
                        lignes = resultat[nom]
    return resultat


def autres(tables: Tables, table: str, colonne: str, valeur: Any) -> list[Any]:
    """Other values a column may hold, the most telling first."""
    genre = CLASSES[table].colonnes()[colonne]
    possibles = [g for g in get_args(genre) if g is not type(None)] or [genre]
    resultat: list[Any] = []
    if mere := parent(table, colonne):
        resultat = list(tables[mere])
    elif liste := _LISTES.get((table, colonne)):
        resultat = list(liste)
    elif borne := _BORNES.get((table, colonne)):
        resultat = list(range(1, borne + 1))
    elif isinstance(possibles[0], type) and issubclass(possibles[0], Enum):
        resultat = list(possibles[0])
    elif possibles[0] is bool:
        resultat = [True, False]
    elif possibles[0] is int:
        resultat = [(valeur or 0) + 1, 1, 0]
    elif possibles[0] is datetime:
        resultat = [(valeur or datetime(2023, 1, 1)) + timedelta(days=1)]
    elif possibles[0] is date:
        resultat = [(valeur or JOUR) + timedelta(days=40), JOUR - timedelta(days=900)]
    elif possibles[0] is str:
        resultat = [f"{valeur} bis" if valeur else "rempli", ""]
    else:
        resultat = [{"projet": "un autre nom"}]
    if type(None) in get_args(genre):
        resultat.append(None)
    return [v for v in resultat if v != valeur]


def colonnes(table: str) -> list[str]:
    """The columns a person, or a geste, may change."""
    return [c for c in CLASSES[table].colonnes() if c not in ("id", "dossier_id")]


def changements(tables: Tables, table: str, tout: bool) -> Iterator[tuple[str, Tables]]:
    """(what changes, the tables then), one change at a time: each column of a row, a row more, less, elsewhere.

    Args:
        tout: every value of the first, the last and a middle row, rather than one value of one row.
    """
    lignes = tables[table]
    cles = list(lignes)
    choisies = sorted({cles[0], cles[len(cles) // 2], cles[-1]}) if tout else cles[:1]
    for cle in choisies:
        for colonne in colonnes(table):
            voulues = autres(tables, table, colonne, lignes[cle][colonne])
            for valeur in voulues if tout else voulues[:1]:
                nouvelle = {**lignes[cle], colonne: valeur}
                yield f"{table} {cle}.{colonne} = {valeur!r}", {**tables, table: {**lignes, cle: nouvelle}}
    if table == "dossier":
        return
    for cle in choisies if tout else cles[-1:]:
        yield f"{table} {cle} retirée", sans(tables, table, cle)
    suivant = max(lignes) + 1
    yield (
        f"{table} {suivant} ajoutée",
        {**tables, table: {**lignes, suivant: {**lignes[cles[0]], "id": suivant}}},
    )
    yield f"{table} à l’envers", {**tables, table: dict(reversed(lignes.items()))}
    if len(cles) > 1 and "rang" in lignes[cles[0]]:
        un, deux = lignes[cles[0]], lignes[cles[-1]]
        echange = {cles[0]: {**un, "rang": deux["rang"]}, cles[-1]: {**deux, "rang": un["rang"]}}
        yield f"{table} : rangs échangés", {**tables, table: {**lignes, **echange}}


def complet(dossier: Dossier, au_plus: int | None = None) -> Dossier:
    """The dossier with a row in every table, for the facts that only read them then.

    Args:
        au_plus: rows kept in each table; all of them when None.
    """
    tables: Any = dossier.version.tables
    if au_plus is not None:
        for table in CLASSES:
            for cle in list(tables[table])[au_plus:]:
                if cle in tables[table]:
                    tables = sans(tables, table, cle)
    og, essms = next(iter(tables["og"])), next(iter(tables["essms"]))
    fichier = next(iter(tables["fichier"]))
    imprime: Any = {"dossier_id": dossier.id, "og_id": og, "imprime_le": JOUR, "signe_le": JOUR}
    ajouts: dict[str, list[dict[str, Any]]] = {
        "complement": [{"numero": 1, "demande": "RIB", "demande_le": JOUR, "echeance": JOUR}],
        "fermeture": [{"motif": "été", "debut": date(2024, 8, 1), "fin": date(2024, 8, 15)}],
        "niveau_echelle": [
            {"axe": "gravite", "niveau": 2, "libelle": "gênant", "definition": "on s’organise"}
        ],
        "reglage_planning": [{"territoire": "971", "reference_le": JOUR}],
        "texte_document": [
            {
                "document": "note-presentation",
                "section": "contexte",
                "texte": "Un projet de {grappe.ogs} organismes.",
            }
        ],
        "depot_fait": [
            {"produit_le": datetime(2023, 6, 1), "complet": True, "manifeste": "{}", "accuse": ""}
        ],
        "evaluation_structure": [{"essms_id": essms, "sans_risque": True}],
    }
    remplies = {
        table: {
            rang: CLASSES[table].vierge(id=rang, dossier_id=dossier.id, **champs)
            for rang, champs in enumerate(lignes, 1)
        }
        for table, lignes in ajouts.items()
        if not tables[table]
    }
    lu = version({**tables, **remplies})
    from esms_desktop.campagnes.chargement import charger

    porteur = lu.ogs[0]
    signes = {
        rang: CLASSES["signature"].vierge(
            id=rang,
            **imprime,
            document=code,
            fichier_id=fichier,
            empreinte="0",
            donnees={**donnees(lu, charger(lu.campagne_id), code, porteur), "projet": "un nom d’avant"},
        )
        for rang, code in enumerate(("convention", "lettre-engagement"), 1)
    }
    return version({**lu.version.tables, "signature": signes})
