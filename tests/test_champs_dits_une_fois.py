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
_CHOSES = {majuscule(mot) for paire in TABLES.values() for mot in paire} | {
    "OG",
    "Structure",
    "Campagne",
    "Document",
    "Pièce",
}
LIBELLES = {
    libelle
    for c in CHAMPS.values()
    if c.genre is not Genre.LIEN
    # The name of a yes or no is its value too: a task is a « Jalon », an organisme « Porteur ».
    for libelle in ((c.titre,) if c.genre is Genre.OUI_NON else (c.titre, c.court, majuscule(c.dit)))
    if c.genre is not Genre.OUI_NON or libelle != majuscule(c.dit)
} - _CHOSES
# The same word for something else than a field: what it is then, and where.
AUTRES: dict[str, dict[str, str]] = {
    "ui/aide.py": {"FINESS géographique": "an entry of the glossary"},
    "ui/contexte.py": {"P": "a parameter of types"},
    "ui/frappe/saisies_gardees.py": {"Texte": "a card"},
    "ui/models/fiches.py": {"Adresse": "a group of fields"},
    "ui/pages/accueil/modele_portefeuille.py": {
        "État": "a state that is reckoned",
        "Avancement": "what is reckoned",
    },
    "ui/pages/accueil/nouveau.py": {"Rôle": "porteur or member"},
    "ui/pages/annuaire/organisme.py": {"Commune": "of an entry of the directory"},
    "ui/pages/grappe/liste_tables.py": {
        "Champ": "the field that would change",
        "État": "a state that is reckoned",
    },
    "ui/pages/base/modele_historique.py": {"Champ": "the field that was written"},
    "ui/pages/base/modele_sauvegardes.py": {"Taille": "of a backup"},
    "ui/pages/depot/modele.py": {"Taille": "of a produced file"},
    "ui/pages/depot/modele_suivi.py": {"État": "a state that is reckoned"},
    "ui/pages/documents/modele.py": {"État": "a state that is reckoned", "Texte": "where a text comes from"},
    "ui/pages/documents/modele_signatures.py": {"État": "a state that is reckoned"},
    "ui/pages/documents/modeles_word.py": {"Champ": "a field of a template"},
    "ui/pages/financement/modele.py": {"Montant": "what is reckoned"},
    "ui/pages/financement/modele_couts.py": {"TVA": "what is reckoned"},
    "ui/pages/grappe/og.py": {"Rôle": "porteur or member"},
    "ui/pages/pieces/dispense.py": {"Motif": "why a piece is not due"},
    "ui/pages/pieces/modele.py": {"État": "a state that is reckoned"},
    "ui/pages/planning/plan_type.py": {"Du": "the dates of a phase", "Au": "the dates of a phase"},
    "ui/pages/planning/rapprochement.py": {"Cause": "why two dates differ"},
    "ui/pages/recevabilite/orientation.py": {
        "Niveau": "a criterion of the ARS",
        "Taille": "a criterion of the ARS",
    },
    "ui/pages/risques/fiche.py": {"Notes": "a group of fields"},
    "ui/pages/risques/structures.py": {"État": "a state that is reckoned"},
    "ui/pages/vue_ensemble/page.py": {"Avancement": "a card"},
    "ui/tasks.py": {"Avancement": "of a task under way"},
    "ui/widgets/gantt/echelle.py": {"Année": "a unit of the scale"},
    "esms_desktop/documents/arbre/montants.py": {"Année": "of a payment", "Montant": "of a payment"},
    "esms_desktop/documents/cibles.py": {"Cible": "the target of an indicator"},
    "esms_desktop/documents/classeur/couts.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/classeur/financement.py": {
        "Part du projet": "what is reckoned",
        "Année": "what is reckoned",
        "Montant": "what is reckoned",
    },
    "esms_desktop/documents/classeur/materiels.py": {"TVA": "what is reckoned"},
    "esms_desktop/documents/classeur/planning.py": {"Date": "of a milestone"},
    "esms_desktop/documents/classeur/postes.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/classeur/xlsx_saisie.py": {
        "Année": "the title of an error of the workbook",
        "Montant": "the title of an error of the workbook",
    },
    "esms_desktop/documents/convention_annexes.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/docx/dessin.py": {"P": "a mode of images"},
    "esms_desktop/documents/gantt/options.py": {"Année": "a unit of the scale"},
    "esms_desktop/documents/plan_tableaux.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/planning_taches.py": {"Date": "of a milestone"},
    "esms_desktop/documents/produits/lettre_engagement.py": {"Objet": "of a letter"},
    "esms_desktop/documents/produits/liste_controle.py": {"État": "a state that is reckoned"},
    "esms_desktop/documents/produits/liste_materiels.py": {"TVA": "what is reckoned"},
    "esms_desktop/documents/produits/plan_financement.py": {"Montant": "what is reckoned"},
    "esms_desktop/documents/produits/planning.py": {
        "Date": "of a session or of an action",
        "Nature": "of a session or of an action",
        "Objet": "of a session or of an action",
        "Public": "of a session or of an action",
    },
    "esms_desktop/documents/produits/strategie_deploiement.py": {"Stratégie de déploiement": "a document"},
}

_BLANCS = frozenset({"Manque", "Champ", "champ"})


def _tus(arbre: ast.AST) -> set[int]:
    """What is no label: annotations, subscripts, docstrings, names of gaps."""
    tus = set()
    for noeud in ast.walk(arbre):
        for muet in (getattr(noeud, "annotation", None), getattr(noeud, "returns", None)):
            tus |= {id(n) for n in ast.walk(muet)} if muet is not None else set()
        if isinstance(noeud, ast.Subscript):
            tus |= {id(n) for n in ast.walk(noeud.slice)}
        if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant):
            tus.add(id(noeud.value))
        # What a gap is called is told of what it is about.
        if isinstance(noeud, ast.Call) and ast.unparse(noeud.func).rpartition(".")[2] in _BLANCS:
            tus |= {id(n) for arg in noeud.args for n in ast.walk(arg)}
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


# What saves itself and is no field of a dossier.
_AUTRES_SAISIES = {
    "Mois dans la corbeille",
    "Verrouiller la fenêtre",
    "Document à l’aperçu",
    # Cells that make or unmake a row: a person of a structure, links between tasks.
    "Référent",
    "Prédécesseurs",
}
# How many arguments a widget is made with once it saves itself.
_SE_GARDENT = {"ChampTexte": 2, "ChampDate": 2, "ChampEntier": 2, "ChampMontant": 2, "ChampChoix": 3}


def _se_garde(appel: ast.Call) -> bool:
    nom = ast.unparse(appel.func).rpartition(".")[2].partition("[")[0]
    if nom.startswith("Colonne"):
        return any(k.arg == "lire" for k in appel.keywords)
    return nom in _SE_GARDENT and len(appel.args) >= _SE_GARDENT[nom]


def test_what_saves_itself_takes_its_label_from_the_catalogue() -> None:
    fautes = []
    for fichier in sorted((RACINE / "ui").rglob("*.py")):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Call) and noeud.args and _se_garde(noeud):
                libelle = noeud.args[0]
                ecrit = libelle.value if isinstance(libelle, ast.Constant) else ""
                if ecrit and ecrit not in _AUTRES_SAISIES:
                    fautes.append(f"{fichier.relative_to(RACINE)}:{noeud.lineno}: {ecrit}")
    assert fautes == []
