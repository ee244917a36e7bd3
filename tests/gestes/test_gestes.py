"""The gestes as a whole: each says what it takes, the window calls no other, each is done, undone and redone."""

import ast
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import docx
import pytest

from esms_desktop import lecture
from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.exemples.dossier import creer_exemple
from esms_desktop.gestes.appel import SANS_DOSSIER, accomplir
from esms_desktop.gestes.arguments import arguments
from esms_desktop.gestes.echanges.annuaire import importer
from esms_desktop.gestes.planning.exporter import FormatPlanning, exporter
from esms_desktop.gestes.registre import est_declare, tous
from esms_desktop.model.suivi import COLONNES_DE_SUIVI
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from tests.finess import fabrique as annuaire

JOUR = date(2023, 6, 1)
RACINE = Path(__file__).parents[2]
OG, AUTRE, ESSMS = "910990001", "770990018", "910991017"
PREMIERE, SECONDE = "Réunir la grappe et cadrer le projet", "Dépôt de la demande"
# What each geste is given on the sample, so that it changes something.
DONNEES: dict[str, dict[str, Any]] = {
    "depot.noter-complement": {"numero": "9", "demande": "Un RIB plus récent"},
    "deploiement.affecter": {"essms": [ESSMS, "910991025"], "vague": ""},
    "deploiement.repartir": {},
    "documents.ecrire": {"document": "gouvernance", "section": "organisation", "texte": "Notre grappe."},
    "documents.revenir": {"document": "gouvernance", "section": "organisation"},
    "financement.equilibrer": {},
    "dossier.changer-campagne": {"campagne_id": "2023"},
    "gouvernance.designer-referent": {"essms": "tous", "nom": "Rose Modèle"},
    "gouvernance.meme-dpo": {"modele": OG},
    "gouvernance.proposer-instances": {},
    "grappe.ajouter-essms": {"og": OG, "nom": "Résidence de plus"},
    "grappe.ajouter-og": {"nom": "Association de plus"},
    "grappe.ajouter-solution": {"nom": "Autre solution"},
    "grappe.coller": {"texte": "Nom\tPlaces\nFoyer collé\t12", "og": OG},
    "grappe.designer-porteur": {"og": AUTRE},
    "grappe.equiper": {},
    "grappe.repondre": {"essms": "tous", "champ": "part_confort", "valeur": "oui"},
    "grappe.retenir-solution": {"solution": "Autre solution"},
    "lignes.inscrire": {
        "neuves": {"table": "cout", "nature": "autre", "montant_ht_cents": "12 500,50"},
        "libelle": "Coûter",
    },
    "lignes.ranger": {"lignes": ["vague:Vague 1 — Essonne", "vague:Sites pilotes"]},
    "lignes.retirer": {"lignes": f"essms:{ESSMS}", "libelle": "Retirer un ESSMS"},
    "lignes.saisir": {"ligne": f"essms:{ESSMS}", "champs": {"capacite": "41", "champ": "ph"}},
    "pieces.attribuer": {"fichier": "rib.pdf", "og": AUTRE},
    "pieces.attribuer-entite": {"fichier": "statuts.pdf", "entite": "Fédération fictive"},
    "pieces.couvrir": {"fichier": "Les Trois Tilleuls - autodiagnostic.pdf", "genre": "si", "essms": ESSMS},
    "pieces.dispenser": {"numero": "11", "motif": "Aucun matériel n’est demandé."},
    "pieces.redemander": {"numero": "11"},
    "pieces.retirer": {"fichier": "rib.pdf"},
    "planning.ajouter": {"nom": "Une tâche de plus", "apres": PREMIERE},
    "planning.ajouter-actions": {"actions": "tous"},
    "planning.changer-duree": {"tache": PREMIERE, "voulue": "17"},
    "planning.changer-lien": {"lien": "id:1", "type": "debut-debut", "decalage": "-2"},
    "planning.coller": {"texte": "Nom\tDurée\nTâche collée\t4"},
    "planning.delier": {"liens": ["id:1", "id:2"]},
    "planning.deplacer": {"tache": PREMIERE, "debut": "04/12/2023"},
    "planning.dupliquer": {"taches": [PREMIERE, SECONDE]},
    "planning.effacer-reference": {},
    "planning.fermer": {"debut": "2023-12-25", "fin": "2023-12-29", "motif": "Fin d’année"},
    "planning.fixer-territoire": {"territoire": "974"},
    "planning.lier": {"avant": PREMIERE, "apres": "Une tâche de plus", "decalage": "3"},
    "planning.monter": {"tache": SECONDE, "pas": "-1"},
    "planning.poser-plan-type": {"debut": "2023-09-04"},
    "planning.prendre-reference": {},
    "planning.ranger": {"taches": SECONDE, "rang": "0"},
    "planning.reporter-dates": {},
    "planning.retirer": {"taches": SECONDE},
    "planning.saisir": {"tache": PREMIERE, "avancement": "40", "responsable": "Claire Modèle"},
    "preparation.autodiagnostic": {"og": OG, "genre": "cyber", "resultat": "Deux écarts"},
    "preparation.brique": {"og": OG, "code": "psc", "commentaire": "En 2024"},
    "preparation.point": {"code": "objectifs-grappe", "commentaire": "Relu"},
    "preparation.repondre-brique": {"ogs": "tous", "code": "psc", "acquise": ""},
    "risques.ajouter": {"intitule": "Un risque de plus", "probabilite": "3"},
    "risques.ajouter-action": {"risque": "Un risque de plus", "intitule": "Une action"},
    "risques.bibliotheque": {"cles": "decisions-tardives"},
    "risques.copier": {"source": "", "cibles": "tous"},
    "risques.dire-sans-risque": {"essms": "Résidence de plus", "oui": "oui"},
    "risques.ranger": {"risques": ["Un risque de plus"]},
    "risques.retirer": {"risques": "Un risque de plus"},
    "signatures.dater": {"document": "convention", "og": OG, "etape": "envoye_le", "le": "2023-06-05"},
}
# What must be there first.
AVANT: dict[str, tuple[str | tuple[str, dict[str, Any]], ...]] = {
    "documents.revenir": ("documents.ecrire",),
    "financement.equilibrer": (
        (
            "lignes.inscrire",
            {
                "neuves": {"table": "cout", "nature": "autre", "annee": 2024, "montant_ht_cents": "900"},
                "libelle": "x",
            },
        ),
    ),
    "gouvernance.proposer-instances": (
        ("lignes.retirer", {"lignes": "instance:Comité de pilotage", "libelle": "x"}),
    ),
    "planning.reporter-dates": (("planning.deplacer", {"tache": PREMIERE, "debut": "2023-12-04"}),),
    "grappe.equiper": ("grappe.ajouter-essms", "grappe.ajouter-solution", "grappe.retenir-solution"),
    "grappe.retenir-solution": ("grappe.ajouter-solution",),
    "deploiement.repartir": ("deploiement.affecter",),
    "pieces.redemander": ("pieces.dispenser",),
    "planning.effacer-reference": ("planning.prendre-reference",),
    "planning.lier": ("planning.ajouter",),
    "planning.poser-plan-type": (("planning.retirer", {"taches": "tous"}),),
    "risques.ajouter-action": ("risques.ajouter",),
    "risques.dire-sans-risque": ("grappe.ajouter-essms",),
    "risques.ranger": ("risques.ajouter",),
    "risques.retirer": ("risques.ajouter",),
}


@pytest.fixture(scope="module")
def gabarit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Porte, int]]:
    with ouvrir(tmp_path_factory.mktemp("gestes") / "base.sqlite", cle_jetable()) as porte:
        cle = creer_exemple(porte).id
        lu = porte.lire(cle)
        assert lu is not None
        fichier = porte.chemin.with_name("projet.xml")
        exporter(lu, charger(lu.campagne_id), JOUR, FormatPlanning.XML, fichier)
        DONNEES["planning.importer"] = {"chemin": str(fichier)}
        liste = porte.chemin.with_name("liste.csv")
        liste.write_text("Nom;Places\nFoyer importé;12\n", encoding="utf-8")
        DONNEES["grappe.importer"] = {"chemin": str(liste), "og": OG}
        modele = porte.chemin.with_name("modele.docx")
        docx.Document().save(str(modele))
        DONNEES["documents.garder-modele"] = {"chemin": str(modele)}
        with pytest.MonkeyPatch.context() as ailleurs:
            ailleurs.setenv("ESMS_DESKTOP_ANNUAIRE", str(porte.chemin.with_name("annuaire.sqlite")))
            connu = annuaire.pmej(
                OG, annuaire.ege("06000109"), denominationLonguePmSmsse="TROIS TILLEULS, AUTRE NOM"
            )
            autre = annuaire.pmej(annuaire.EJ, annuaire.ege("06000101"))
            source = annuaire.ecrire(porte.chemin.parent, annuaire.annuaire_json(connu, autre))
            importer(source)
            DONNEES["annuaire.ajouter"] = {"numero": annuaire.EJ, "choisis": annuaire.EHPAD}
            DONNEES["annuaire.mettre-a-jour"] = {"choisies": f"og:{OG}:nom"}
            yield porte, cle


def dit(dossier: lecture.Dossier) -> dict[str, dict[int, dict[str, Any]]]:
    """All that a version says; how many times each row was written, and by whom, apart."""
    return {
        table: {
            cle: {c: v for c, v in ligne.items() if c not in COLONNES_DE_SUIVI}
            for cle, ligne in lignes.items()
        }
        for table, lignes in dossier.version.tables.items()
    }


def _lire(porte: Porte, dossier_id: int) -> lecture.Dossier:
    dossier = porte.lire(dossier_id)
    assert dossier is not None
    return dossier


@pytest.fixture(autouse=True)
def son_annuaire(gabarit: tuple[Porte, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESMS_DESKTOP_ANNUAIRE", str(gabarit[0].chemin.with_name("annuaire.sqlite")))


# What makes another dossier leaves this one as it is: tests/echanges/esms.
AILLEURS = {"dossier.dupliquer"}


@pytest.mark.parametrize("nom", [g.nom for g in tous() if g.nom not in SANS_DOSSIER | AILLEURS])
def test_each_is_done_undone_and_redone(nom: str, gabarit: tuple[Porte, int]) -> None:
    porte, cle = gabarit
    depart = dit(_lire(porte, cle))
    faits = 0
    try:
        for prealable in AVANT.get(nom, ()):
            quoi, avec = (prealable, DONNEES[prealable]) if isinstance(prealable, str) else prealable
            faits += bool(accomplir(porte, quoi, _lire(porte, cle), avec, JOUR).lignes)
        avant = dit(_lire(porte, cle))
        fait = accomplir(porte, nom, _lire(porte, cle), DONNEES[nom], JOUR)
        apres = dit(_lire(porte, cle))
        assert fait.lignes and fait.libelle and apres != avant
        assert porte.annuler() == fait.libelle and dit(_lire(porte, cle)) == avant
        assert porte.refaire() == fait.libelle and dit(_lire(porte, cle)) == apres
        porte.annuler()
    finally:
        for _ in range(faits):
            porte.annuler()
    assert dit(_lire(porte, cle)) == depart


def test_each_says_what_it_takes() -> None:
    for geste in tous():
        assert geste.titre[0].isupper() and geste.nom.partition(".")[1], geste
        for argument in arguments(geste.nom):
            assert argument.aide, (geste.nom, argument.nom)


@pytest.mark.parametrize(
    ("nom", "donnees", "attendu"),
    [
        ("grappe.ajouter-og", {}, "Il manque à « grappe.ajouter-og » : nom."),
        (
            "grappe.ajouter-og",
            {"nom": "X", "couleur": "bleu"},
            "« grappe.ajouter-og » ne prend pas « couleur ».",
        ),
        ("grappe.designer-porteur", {"og": "999"}, "Aucune ligne de « og » ne s’appelle « 999 »."),
        ("lignes.saisir", {"ligne": "essms", "champs": {}}, "« essms » ne désigne aucune ligne."),
        (
            "lignes.saisir",
            {"ligne": f"essms:{ESSMS}", "champs": {"id": "3"}},
            "« essms » n’a pas de champ « id » qui se remplisse.",
        ),
        (
            "lignes.saisir",
            {"ligne": f"essms:{ESSMS}", "champs": {"capacite": "beaucoup"}},
            "« capacité » : un nombre entier est attendu, par exemple 42",
        ),
        ("lignes.inscrire", {"neuves": "{", "libelle": "x"}, "La ligne à ajouter ne se lit pas."),
        ("lignes.ranger", {"lignes": f"og:{OG}"}, None),
        ("planning.lier", {"avant": PREMIERE, "apres": PREMIERE}, None),
        ("preparation.brique", {"og": OG, "code": "zzz", "acquise": "oui"}, None),
        ("risques.bibliotheque", {"cles": "zzz"}, None),
        ("signatures.dater", {"document": "lettre", "og": OG, "etape": "signe_le", "le": ""}, None),
        ("documents.ecrire", {"document": "gouvernance", "section": "zzz", "texte": "x"}, None),
        ("zzz", {}, "Aucun geste ne s’appelle « zzz »."),
    ],
)
def test_what_is_refused_is_refused_in_a_sentence_and_changes_nothing(
    nom: str, donnees: dict[str, Any], attendu: str | None, gabarit: tuple[Porte, int]
) -> None:
    porte, cle = gabarit
    avant = dit(_lire(porte, cle))
    if nom == "lignes.ranger":
        accomplir(porte, nom, _lire(porte, cle), donnees, JOUR)
        return
    with pytest.raises(ErreurSaisie) as refus:
        accomplir(porte, nom, _lire(porte, cle), donnees, JOUR)
    if attendu is not None:
        assert refus.value.message.replace("\u00a0", " ") == attendu
    assert refus.value.message
    assert dit(_lire(porte, cle)) == avant


# The forms in which the window calls a geste of the list: what it takes is made on screen.
FORMES = {
    "appliquer": "financement.equilibrer",
    # The dialog of an import is given the one it does.
    "_ajouter": "planning.importer",
    "ajouter_exemple": "dossier.creer",
    "ajouter_og_lu": "grappe.ajouter-og",
    "autodiagnostics": "preparation.autodiagnostic",
    "coller": "lignes.saisir",
    "coller_actions": "lignes.saisir",
    "completer_og": "grappe.ajouter-essms",
    "couvrir": "pieces.couvrir",
    "creer": "dossier.creer",
    "creer_vide": "dossier.creer",
    "dater": "signatures.dater",
    "importer_ecarts": "grappe.importer",
    "ecrire": "planning.saisir",
    # The answer that was produced is noted with the filing.
    "garder_reponse": "depot.noter-complement",
    "importer": "dossier.dupliquer",
    "joindre": "pieces.attribuer",
    "joindre_signe": "signatures.dater",
    "marquer_imprimees": "signatures.dater",
    "poser_referents": "gouvernance.designer-referent",
    "proposer_a_la_grappe": "risques.copier",
    "ranger": "documents.garder-modele",
    "regler": "planning.fermer",
    # A copy is shown, then taken: the command line has « dossier fusionner ».
    "rapprocher": "dossier.dupliquer",
    # An undo of long ago: the command line has that of the base.
    "remettre": "lignes.inscrire",
    "remettre_valeur": "lignes.saisir",
    "renommer_echelle": "lignes.saisir",
    "repartir": "deploiement.repartir",
    "repondre": "preparation.repondre-brique",
}


def test_the_window_asks_for_no_act_that_is_not_in_the_list() -> None:
    appeles = set()
    for chemin in sorted((RACINE / "ui").rglob("*.py")):
        arbre = ast.parse(chemin.read_text(encoding="utf-8"))
        for noeud in ast.walk(arbre):
            if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute):
                rang = {"accomplir": 0, "accomplir_ou": 1, "reussir": 1}.get(noeud.func.attr)
                if rang is not None and chemin.name != "contexte.py":
                    cible = noeud.args[rang]
                    appeles.add(cible.attr if isinstance(cible, ast.Attribute) else ast.unparse(cible))
    declares = {g.fonction.__name__ for g in tous()}
    assert all(est_declare(g.fonction) for g in tous())
    assert {n.nom for n in tous()} >= set(FORMES.values())
    assert appeles - declares - FORMES.keys() == set()


def _annonces(arbre: ast.Module) -> dict[str, Any]:
    """What a page calls the gestes it imports: modules and functions, by the names it gives them."""
    trouves: dict[str, Any] = {}
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").startswith("esms_desktop.gestes"):
            for a in noeud.names:
                paquet = import_module(noeud.module or "")
                trouves[a.asname or a.name] = getattr(paquet, a.name, None) or import_module(
                    f"{noeud.module}.{a.name}"
                )
    return trouves


def test_a_page_asks_for_the_answer_only_of_a_geste_that_gives_one() -> None:
    """`accomplir` answers None of a refusal: of a geste that answers nothing, a success would read as one."""
    lus, muets = 0, []
    for chemin in sorted((RACINE / "ui").rglob("*.py")):
        arbre = ast.parse(chemin.read_text(encoding="utf-8"))
        annonces = _annonces(arbre)
        sans_reponse = {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
        for noeud in ast.walk(arbre):
            if not (isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute)):
                continue
            rang = {"accomplir": 0, "accomplir_ou": 1}.get(noeud.func.attr)
            if rang is None or id(noeud) in sans_reponse or chemin.name == "contexte.py":
                continue
            module, _, nom = ast.unparse(noeud.args[rang]).rpartition(".")
            fonction = getattr(annonces.get(module), nom, None) if module else annonces.get(nom)
            if fonction is None:
                continue
            lus += 1
            if get_type_hints(fonction).get("return") is type(None):
                muets.append(f"{chemin.relative_to(RACINE)}:{noeud.lineno} {nom}")
    assert lus > 20 and muets == []
