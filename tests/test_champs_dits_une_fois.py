"""The label of a field is said once, in the catalogue: neither the window nor a document writes it again."""

import ast
from collections.abc import Iterator
from pathlib import Path

from esms_desktop.francais import majuscule
from esms_desktop.nomenclature.champs import CHAMPS, Genre
from esms_desktop.nomenclature.tables import TABLES

RACINE = Path(__file__).resolve().parents[1]
DOSSIERS = ("ui", "esms_desktop/documents")
# What a row is called is not the label of the field that points at it.
_CHOSES = {majuscule(mot) for paire in TABLES.values() for mot in paire} | {"OG", "Structure", "Campagne"}
LIBELLES = {
    libelle
    for c in CHAMPS.values()
    if c.genre is not Genre.LIEN
    for libelle in (c.titre, c.court, majuscule(c.dit))
} - _CHOSES
# The same word for something else than a field: what it is then, and where.
_ETAT_RECKONED = "a state that is reckoned"
AUTRES: dict[str, dict[str, str]] = {
    "ui/aide.py": dict.fromkeys(("FINESS géographique", "Jalon", "Porteur"), "an entry of the glossary"),
    "ui/contexte.py": {"P": "a parameter of types"},
    "ui/frappe/saisies_gardees.py": {"Texte": "a card"},
    "ui/models/conflits.py": {"Jalon": "a value"},
    "ui/models/fiches.py": {"Adresse": "a group of fields"},
    "ui/pages/accueil/modele_portefeuille.py": {"État": _ETAT_RECKONED, "Avancement": "what is reckoned"},
    "ui/pages/accueil/nouveau.py": {"Porteur": "a value", "Rôle": "porteur or member"},
    "ui/pages/annuaire/organisme.py": {"Commune": "of an entry of the directory"},
    "ui/pages/grappe/liste_tables.py": {"Champ": "the field that would change", "État": _ETAT_RECKONED},
    "ui/pages/base/modele_historique.py": {"Champ": "the field that was written"},
    "ui/pages/base/modele_sauvegardes.py": {"Taille": "of a backup"},
    "ui/pages/deploiement/frise.py": {"Jalon": "a kind of event"},
    "ui/pages/deploiement/modele.py": {"Jalon": "a kind of event", "Pilote": "a value"},
    "ui/pages/depot/modele.py": {"Taille": "of a produced file"},
    "ui/pages/depot/modele_suivi.py": {"État": _ETAT_RECKONED, "Complet": "a value"},
    "ui/pages/depot/resultat.py": {"Complet": "a value"},
    "ui/pages/documents/modele.py": {
        "Complet": "a value",
        "Document": "a document",
        "État": _ETAT_RECKONED,
        "Texte": "where a text comes from",
    },
    "ui/pages/documents/modele_signatures.py": {"Document": "a document", "État": _ETAT_RECKONED},
    "ui/pages/documents/modeles_word.py": {"Champ": "a field of a template", "Complet": "a value"},
    "ui/pages/financement/modele.py": {"Montant": "what is reckoned"},
    "ui/pages/financement/modele_couts.py": {"TVA": "what is reckoned"},
    "ui/pages/grappe/og.py": {"Porteur": "a value", "Rôle": "porteur or member"},
    "ui/pages/grappe/reponse.py": {"Réponse": "the answer to any question"},
    "ui/pages/pieces/dispense.py": {"Motif": "why a piece is not due"},
    "ui/pages/pieces/modele.py": {"Pièce": "a piece", "État": _ETAT_RECKONED},
    "ui/pages/planning/modele.py": {"Jalon": "a value"},
    "ui/pages/planning/plan_type.py": dict.fromkeys(("Du", "Au"), "the dates of a phase"),
    "ui/pages/planning/tache.py": {"Jalon": "a value"},
    "ui/pages/recevabilite/orientation.py": dict.fromkeys(("Niveau", "Taille"), "a criterion of the ARS"),
    "ui/pages/risques/copie.py": {"Catégorie": "the words of the category"},
    "ui/pages/risques/fiche.py": {"Notes": "a group of fields"},
    "ui/pages/risques/structures.py": {"État": _ETAT_RECKONED},
    "ui/pages/vue_ensemble/page.py": {"Avancement": "a card"},
    "ui/tasks.py": {"Avancement": "of a task under way"},
    "ui/widgets/gantt/echelle.py": {"Année": "a unit of the scale"},
    "esms_desktop/documents/arbre/champs.py": {"Solution retenue": "a solution"},
    "esms_desktop/documents/arbre/champs_simples.py": dict.fromkeys(
        ("SIREN", "SIRET", "SIRET du siège"), "a field of a template, and its gap"
    ),
    "esms_desktop/documents/arbre/montants.py": dict.fromkeys(("Année", "Montant"), "of a payment"),
    "esms_desktop/documents/cibles.py": {"Cible": "the target of an indicator"},
    "esms_desktop/documents/classeur/couts.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/classeur/financement.py": dict.fromkeys(
        ("Part du projet", "Année", "Montant"), "what is reckoned"
    ),
    "esms_desktop/documents/classeur/materiels.py": {"TVA": "what is reckoned"},
    "esms_desktop/documents/classeur/planning.py": {"Jalon": "a task", "Date": "of a milestone"},
    "esms_desktop/documents/classeur/postes.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/classeur/risques.py": {"Notes": "a column of the workbook"},
    "esms_desktop/documents/classeur/xlsx_saisie.py": dict.fromkeys(
        ("Année", "Montant"), "the title of an error of the workbook"
    ),
    "esms_desktop/documents/convention_annexes.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/docx/dessin.py": {"P": "a mode of images"},
    "esms_desktop/documents/gantt/legende.py": {"Jalon": "a shape of the legend"},
    "esms_desktop/documents/gantt/options.py": {"Année": "a unit of the scale"},
    "esms_desktop/documents/note_contenus.py": {"Réalisé": "a value"},
    "esms_desktop/documents/plan_tableaux.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/planning_taches.py": {"Jalon": "a task", "Date": "of a milestone"},
    "esms_desktop/documents/produits/gouvernance.py": {"Assistance à maîtrise d’ouvrage": "a box"},
    "esms_desktop/documents/produits/lettre_engagement.py": {"Objet": "of a letter"},
    "esms_desktop/documents/produits/liste_controle.py": {
        "Pièce": "a piece",
        "État": _ETAT_RECKONED,
        "Fait": "a step to tick",
    },
    "esms_desktop/documents/produits/liste_materiels.py": {"TVA": "what is reckoned"},
    "esms_desktop/documents/produits/note_presentation.py": {
        "Jalon": "a milestone",
        "Porteur": "an organisme",
    },
    "esms_desktop/documents/produits/plan_financement.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/produits/planning.py": {
        "Jalon": "a milestone",
        **dict.fromkeys(("Date", "Nature", "Objet", "Public"), "of a session or of an action"),
    },
    "esms_desktop/documents/produits/strategie_deploiement.py": {"Stratégie de déploiement": "a document"},
}


def _tus(arbre: ast.AST) -> set[int]:
    """What nobody reads: annotations, subscripts, docstrings."""
    tus = set()
    for noeud in ast.walk(arbre):
        for muet in (getattr(noeud, "annotation", None), getattr(noeud, "returns", None)):
            tus |= {id(n) for n in ast.walk(muet)} if muet is not None else set()
        if isinstance(noeud, ast.Subscript):
            tus |= {id(n) for n in ast.walk(noeud.slice)}
        if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant):
            tus.add(id(noeud.value))
    return tus


def _dits(fichier: Path) -> Iterator[tuple[int, str]]:
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    tus = _tus(arbre)
    # The start of a sentence is no label, unless it ends with a colon.
    phrases = (n for n in ast.walk(arbre) if isinstance(n, ast.JoinedStr))
    morceaux = {id(v) for phrase in phrases for v in phrase.values}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in tus:
            mot = noeud.value.strip().removesuffix(":").strip("\u00a0 ")
            entier = id(noeud) not in morceaux or noeud.value.rstrip().endswith(":")
            if entier and mot in LIBELLES:
                yield noeud.lineno, mot


def test_no_label_of_a_field_outside_the_catalogue() -> None:
    trouves: dict[str, set[str]] = {}
    lignes = []
    for dossier in DOSSIERS:
        for fichier in sorted((RACINE / dossier).rglob("*.py")):
            nom = fichier.relative_to(RACINE).as_posix()
            for ligne, mot in _dits(fichier):
                trouves.setdefault(nom, set()).add(mot)
                if mot not in AUTRES.get(nom, {}):
                    lignes.append(f"{nom}:{ligne}: {mot}")
    assert lignes == []
    perimees = {
        n: sorted(m.keys() - trouves.get(n, set()))
        for n, m in AUTRES.items()
        if m.keys() - trouves.get(n, set())
    }
    assert perimees == {}, "these exceptions are of no more use"
