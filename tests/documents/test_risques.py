"""The map of risks printed: of the grappe, of one structure, of all; its Excel twin."""

import io
from pathlib import Path

import openpyxl
import pytest

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Document, Tableau, Titre, manques, texte_brut
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, Matrices
from esms_desktop.documents.classeur import risques as classeur_risques
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.documents.produits import risques
from esms_desktop.model import ActionRisque, Dossier
from esms_desktop.regles.dossier import risques as regles

from .libreoffice import convertir
from .outils import JOUR, fabriquer, textes
from .risques_outils import ajouter, remplir
from .xlsx_outils import cellules, formules


@pytest.fixture
def plein() -> Dossier:
    return remplir(fabriquer(3, 3))


def lu(document: Document) -> str:
    return " ".join(textes(rendre(document, JOUR).octets))


def tableau(document: Document, entete: str) -> list[list[str]]:
    for bloc in document.blocs:
        if isinstance(bloc, Tableau) and any(c.entete == entete for c in bloc.colonnes):
            return [[texte_brut(c) for c in ligne] for ligne in bloc.lignes]
    raise AssertionError(entete)


def nombre(document: Document, classe: type) -> int:
    return sum(isinstance(b, classe) for b in document.blocs)


def test_all_the_maps_are_in_the_catalogue_and_print(plein: Dossier, campagne: Campagne) -> None:
    document = catalogue.produire("cartographie-risques", plein, campagne, JOUR)
    assert manques(document) == [] and document.brouillon is None
    rendu = rendre(document, JOUR)
    assert rendu.remarques == ()
    imprime = " ".join(textes(rendu.octets)).replace("\u00a0", " ")
    for r in plein.risques:
        assert r.intitule in imprime
    assert nombre(document, Matrices) == 4
    assert nombre(document, CarteChaude) == 2
    titres = [b.texte for b in document.blocs if isinstance(b, Titre)]
    assert [t for t in titres if t.startswith("Résidence")] == [f"Résidence du Lac {i}" for i in (1, 4, 7)]
    assert "Sans risque propre : Résidence du Lac 2, Résidence du Lac 5 et Résidence du Lac 8." in imprime
    assert "Pas encore évaluées : Résidence du Lac 3," in imprime
    assert "3 structures évaluées sur 9" in imprime
    assert rendre_docx(document, JOUR).startswith(b"PK")


def test_the_register_gives_the_most_critical_first(plein: Dossier, campagne: Campagne) -> None:
    document = risques.document_grappe(plein, campagne, JOUR)
    siens = regles.risques_grappe(plein)
    lignes = tableau(document, "Avant actions")
    assert len(lignes) == len(siens) == 14
    numeros = regles.codes(siens)
    ordonnes = sorted(siens, key=lambda r: -(regles.criticite(r) or 0))
    assert [ligne[0] for ligne in lignes] == [numeros[r] for r in ordonnes]
    premier, dernier = lignes[0], lignes[-1]
    assert premier[2].split("\n")[:2] == ["16", "Critique"]
    assert dernier[2] == "À évaluer"
    assert f"Cause : {ordonnes[0].cause}" in premier[1]
    assert regles.categorie(ordonnes[0]).libelle in premier[1]


def test_the_map_of_a_structure_holds_only_its_own(plein: Dossier, campagne: Campagne) -> None:
    une, autre = plein.essms[0], plein.essms[3]
    seul = ajouter(plein, "Seulement ici", une, probabilite=1, gravite=1)
    ailleurs = ajouter(plein, "Ailleurs seulement", autre, probabilite=1, gravite=1)
    imprime = lu(risques.document_structure(plein, campagne, JOUR, une))
    assert seul.intitule in imprime and une.nom in imprime
    assert ailleurs.intitule not in imprime and autre.nom not in imprime
    assert ailleurs.intitule not in lu(risques.document_grappe(plein, campagne, JOUR))
    assert "n’a pas de risque qui lui soit propre" in lu(
        risques.document_structure(plein, campagne, JOUR, plein.essms[1])
    )
    assert "ne sont pas encore évalués" in lu(
        risques.document_structure(plein, campagne, JOUR, plein.essms[2])
    )


def test_the_actions_come_by_date_and_their_cost_is_summed(campagne: Campagne) -> None:
    dossier = remplir(fabriquer(1, 2), grappe=2)
    risque = dossier.risques[0]
    risque.actions.append(ActionRisque(intitule="Renoncée", etat="abandonnee", cout_cents=99_900))
    document = risques.document_grappe(dossier, campagne, JOUR)
    lignes = tableau(document, "Pour le risque")
    assert [ligne[0] for ligne in lignes][:3] == ["01/03/2023", "02/03/2023", "Sans date"]
    bloc = next(b for b in document.blocs if isinstance(b, Tableau) and b.colonnes[-1].entete == "Coût")
    assert bloc.total is not None
    assert texte_brut(bloc.total[-1]) == "2\u00a0400\u00a0€"
    risque.actions.clear()
    dossier.risques[1].actions.clear()
    assert "Aucune action n’est encore prévue" in lu(risques.document_grappe(dossier, campagne, JOUR))


def test_what_structures_share_is_told(campagne: Campagne) -> None:
    dossier = fabriquer(2, 5)
    for e, g in zip(dossier.essms[:2], (4, 1), strict=True):
        ajouter(dossier, "Réseau lent", e, probabilite=4, gravite=g)
    # Of one structure, it is shared with nobody.
    ajouter(dossier, "Toit qui fuit", dossier.essms[0], probabilite=4, gravite=4)
    lignes = tableau(risques.document(dossier, campagne, JOUR), "À la grappe")
    assert lignes == [
        ["Réseau lent", "Technique", "2 : Résidence du Lac 1, Résidence du Lac 2", "16", "10,0", "Non"]
    ]
    for e in dossier.essms[2:7]:
        ajouter(dossier, "Réseau lent", e, probabilite=1, gravite=1)
    (ligne,) = tableau(risques.document(dossier, campagne, JOUR), "À la grappe")
    assert ligne[2].endswith("Résidence du Lac 6, Résidence du Lac 7")
    ajouter(dossier, "Réseau lent", dossier.essms[7], probabilite=1, gravite=1)
    (ligne,) = tableau(risques.document(dossier, campagne, JOUR), "À la grappe")
    assert ligne[2].endswith("Résidence du Lac 6 et 2 autres")
    # One organisme alone makes no grappe.
    dit = lu(risques.document(remplir(fabriquer(1, 3), grappe=2), campagne, JOUR))
    assert "Carte du projet" in dit and "Grappe" not in dit.replace("Grappe Val de Sèvre", "")


def test_the_same_action_on_several_structures_is_one_row(campagne: Campagne) -> None:
    dossier = fabriquer(2, 3)
    for e in [*dossier.essms[:3], None]:
        ajouter(dossier, "Réseau lent", e, probabilite=4, gravite=4)
        dossier.risques[-1].actions.append(
            ActionRisque(intitule="Mesurer le débit", etat="a-faire", cout_cents=10_000)
        )
    ailleurs = ActionRisque(intitule="Mesurer le débit", etat="faite", cout_cents=5_000)
    dossier.risques[0].actions.append(ailleurs)
    document = risques.document(dossier, campagne, JOUR)
    lignes = tableau(document, "Pour le risque")
    assert [(x[2].split("\n")[1], x[-1]) for x in lignes] == [
        ("Grappe et 3 structures : Résidence du Lac 1, Résidence du Lac 2, Résidence du Lac 3", "400\u00a0€"),
        ("Résidence du Lac 1", "50\u00a0€"),
    ]
    assert all(x[2].startswith("R1 Réseau lent") for x in lignes)


def test_structures_without_a_map_are_all_told_in_words(campagne: Campagne) -> None:
    dossier = fabriquer(2, 5)
    ajouter(dossier, "Réseau lent", dossier.essms[0], probabilite=4, gravite=4)
    document = risques.document(dossier, campagne, JOUR)
    (carte,) = [b for b in document.blocs if isinstance(b, CarteChaude)]
    assert [x.libelle for x in carte.lignes] == ["Grappe", "Résidence du Lac 1"]
    dit = lu(document)
    assert "Pas encore évaluées : Résidence du Lac 2, Résidence du Lac 3" in dit
    assert "et les 5 structures de l’Association Les Tilleuls n° 2." in dit.replace("\u00a0", " ")
    # The map that goes on the next page still says whose it is.
    assert any(
        c.entete == "Risque · Résidence du Lac 1"
        for b in document.blocs
        if isinstance(b, Tableau)
        for c in b.colonnes
    )


@pytest.fixture
def hostile() -> Dossier:
    dossier = fabriquer(1, 3)
    for rang, e in enumerate(dossier.essms):
        e.nom = f"=1+{rang}"
    for titre, p, g in (("=cmd|' /C calc'!A0", 4, 3), ("+33", 2, None), ("@SUM(A1)", 1, 2)):
        risque = ajouter(dossier, titre, dossier.essms[0], probabilite=p, gravite=g, cause="-2+3", notes="=x")
        risque.actions.append(ActionRisque(intitule="=1+1", responsable="@x", cout_cents=5_050))
    dossier.risques[0].probabilite_residuelle = dossier.risques[0].gravite_residuelle = 2
    return dossier


def test_criticality_is_a_live_formula_and_no_text_is_one(
    hostile: Dossier, campagne: Campagne, tmp_path: Path
) -> None:
    octets = rendre_xlsx(classeur_risques.classeur(hostile, campagne, JOUR), JOUR)
    calculees = formules(octets)
    valeurs = cellules(octets, valeurs=True)
    lues = [valeurs[p] for p in sorted(calculees) if p[0] == "Registre"]
    # Column after column: before the actions, then after them.
    assert lues == [12, "[à compléter]", 2, 4, "[à compléter]", "[à compléter]"]
    assert [valeurs[p] for p in calculees if p[0] == "Actions"] == [151.5]
    assert not [
        v
        for p, v in valeurs.items()
        if p not in calculees and isinstance(v, str) and v.startswith(("=", "+", "-", "@"))
    ]
    # A person changes a probability: the sheet follows.
    fichier = openpyxl.load_workbook(io.BytesIO(octets))
    registre = fichier["Registre"]
    entetes = {c.value: c.column for c in registre[5]}
    rang = next(r for r in range(6, 9) if registre.cell(r, entetes["P"]).value == 2)
    registre.cell(rang, entetes["G"]).value = 4
    change = tmp_path / "avant" / "x.xlsx"
    change.parent.mkdir()
    fichier.save(change)
    (sortie,) = convertir([change], "xlsx", tmp_path)
    lu_ = openpyxl.load_workbook(sortie, data_only=True)["Registre"]
    assert lu_.cell(rang, entetes["Criticité"]).value == 8


def test_the_workbook_says_what_the_rules_say(plein: Dossier, campagne: Campagne) -> None:
    octets = rendre_xlsx(classeur_risques.classeur(plein, campagne, JOUR), JOUR)
    fichier = openpyxl.load_workbook(io.BytesIO(octets), data_only=True)
    assert fichier.sheetnames == [
        "Registre",
        "Actions",
        "Structures avant actions",
        "Structures après actions",
        "Échelles",
    ]
    registre = fichier["Registre"]
    entetes = {c.value: c.column for c in registre[5]}
    tous = [r for siens in regles.par_carte(plein).values() for r in siens]
    for rang, r in enumerate(tous, 6):
        attendu = regles.criticite(r)
        lue = registre.cell(rang, entetes["Criticité"]).value
        assert lue == ("[à compléter]" if attendu is None else attendu)
        assert registre.cell(rang, entetes["N°"]).value == regles.numero(plein)[r]
    chaude = fichier["Structures avant actions"]
    for rang, cases in enumerate(regles.chaleur(plein, False), 6):
        lues = [chaude.cell(rang, 2 + i).value for i in range(8)]
        attendues = [
            c.criticite if c.criticite is not None else "À évaluer" if c.nombre else None for c in cases
        ]
        assert lues == attendues
    niveaux = chaude.conditional_formatting
    assert sum(len(regle.rules) for regle in niveaux) == 4 * 8
    une = classeur_risques.classeur_carte(plein, campagne, JOUR, plein.essms[0])
    assert [f.nom for f in une.feuilles] == ["Registre", "Actions", "Échelles"]
    assert len(une.feuilles[0].tables[0].lignes) == len(regles.risques_structure(plein, plein.essms[0]))


def test_a_dossier_without_risk_still_prints_and_opens(campagne: Campagne) -> None:
    dossier = fabriquer(1, 0)
    document = risques.document(dossier, campagne, JOUR)
    assert "Le projet n’a encore aucun risque" in lu(document)
    assert "La grappe n’a encore aucun risque" in lu(risques.document(fabriquer(2, 0), campagne, JOUR))
    assert nombre(document, CarteChaude) == 0
    assert rendre_xlsx(classeur_risques.classeur(dossier, campagne, JOUR), JOUR).startswith(b"PK")


def test_a_grappe_of_five_hundred_structures_prints(campagne: Campagne) -> None:
    dossier = fabriquer(5, 100)
    for rang, e in enumerate(dossier.essms):
        ajouter(dossier, f"Risque {rang}", e, probabilite=1 + rang % 4, gravite=3)
    assert "Risque 499" in lu(risques.document(dossier, campagne, JOUR))
