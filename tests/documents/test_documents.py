"""The five documents: what they must say, for a complete dossier and for one with gaps."""

import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from esms_desktop import francais
from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre import provenances
from esms_desktop.documents.arbre.arbre import (
    BlocSignature,
    Document,
    Paragraphe,
    Tableau,
    Titre,
    empreinte,
    manques,
    texte_brut,
)
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Dossier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution, TypeProjet
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.recevabilite.recevabilite import points

from .outils import JOUR, signets, textes

Fabrique = Callable[..., Dossier]
CODES = [g.code for g in catalogue.generes()]


def produire(code: str, dossier: Dossier, campagne: Campagne) -> Document:
    og = dossier.ogs[-1] if catalogue.genere(code).par_og else None
    return catalogue.produire(code, dossier, campagne, JOUR, og)


def tableaux(document: Document, entete: str) -> list[Tableau]:
    return [
        b for b in document.blocs if isinstance(b, Tableau) and any(c.entete == entete for c in b.colonnes)
    ]


def lu(document: Document) -> str:
    return " ".join(textes(rendre(document, JOUR).octets))


@pytest.mark.parametrize("code", CODES)
def test_a_complete_dossier_prints_without_a_gap(
    code: str, dossier: Dossier, campagne: Campagne, tmp_path: Path
) -> None:
    document = produire(code, dossier, campagne)
    assert manques(document) == []
    assert document.brouillon is None
    rendu = rendre(document, JOUR)
    assert rendu.remarques == ()
    assert "à compléter" not in " ".join(textes(rendu.octets))
    assert list(rendu.plan) == signets(rendu.octets)
    fichier = tmp_path / "x.pdf"
    fichier.write_bytes(rendu.octets)
    subprocess.run(["qpdf", "--check", fichier], check=True, capture_output=True)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("campagne_id", identifiants())
@pytest.mark.parametrize("type_projet", TypeProjet)
def test_an_empty_dossier_prints_for_every_campaign(
    code: str, campagne_id: str, type_projet: TypeProjet
) -> None:
    dossier = Dossier(nom="Vide", campagne_id=campagne_id, type_projet=type_projet)
    for champ in ("contexte", "objectifs", "hebergement", "reprise_donnees", "points_attention"):
        setattr(dossier, champ, "")
    og = Og(nom="Association Seule", est_porteur=False)
    for champ in [
        "sigle",
        "forme_juridique",
        "siren",
        "siret",
        "finess_ej",
        "adresse",
        "code_postal",
        "commune",
        "telephone",
        "courriel",
        "representant_nom",
        "representant_qualite",
        "dpo_nom",
        "dpo_courriel",
    ]:
        setattr(og, champ, "")
    dossier.ogs.append(og)
    document = produire(code, dossier, charger(campagne_id))
    assert rendre(document, JOUR).pages >= 1
    if code != "fiche-recevabilite":
        assert (document.brouillon is not None) == bool(manques(document))


def test_the_note_holds_the_exact_list(dossier: Dossier, campagne: Campagne) -> None:
    note = produire("note-presentation", dossier, campagne)
    lignes = [ligne for t in tableaux(note, "FINESS géo.") for ligne in t.lignes]
    vus = [(texte_brut(ligne[1]), texte_brut(ligne[2]).replace("\u00a0", "")) for ligne in lignes]
    assert vus == [(e.nom, e.finess) for e in dossier.essms]
    assert [texte_brut(ligne[0]) for ligne in lignes] == [str(i) for i in range(1, 19)]
    imprime = lu(note)
    for e in dossier.essms:
        assert numeros.ecrire_finess(e.finess).replace("\u00a0", " ") in imprime
    for og in dossier.ogs:
        assert f"{og.nom} · FINESS EJ {numeros.ecrire_finess(og.finess_ej)}".replace("\u00a0", " ") in imprime


def test_the_note_counts_by_department_and_by_champ(dossier: Dossier, campagne: Campagne) -> None:
    dossier.essms[0].champ, dossier.essms[0].categorie = None, ""
    note = produire("note-presentation", dossier, campagne)
    (par_departement,) = tableaux(note, "Département")
    assert {texte_brut(r[0]): texte_brut(r[1]) for r in par_departement.lignes} == {
        "Alpes-Maritimes (06)": "6",
        "Loiret (45)": "6",
        "Indre-et-Loire (37)": "6",
    }
    (par_champ,) = [t for t in tableaux(note, "Champ") if t.colonnes[0].entete == "Champ"]
    assert texte_brut(par_champ.lignes[-1][0]) == "à préciser"
    assert sum(int(texte_brut(r[1])) for r in par_champ.lignes) == 18
    assert par_champ.total is not None
    assert texte_brut(par_champ.total[1]) == "18"


def test_the_note_says_the_money_as_the_rules_count_it(dossier: Dossier, campagne: Campagne) -> None:
    projet = financer_dossier(dossier, campagne).projet
    imprime = lu(produire("note-presentation", dossier, campagne))
    assert projet.total_cents > 0
    assert f"Total demandé {francais.euros(projet.total_cents)}".replace("\u00a0", " ") in imprime
    assert f"{francais.euros(projet.avance_cents)} d’avance".replace("\u00a0", " ") in imprime
    assert "Sources :" in imprime


ARTICLES = [
    "Objet",
    "Objectifs",
    "Périmètre",
    "Porteur et mandat",
    "Gouvernance",
    "Moyens mis en commun",
    "Achats communs",
    "Financements et reste à charge",
    "Engagements des Parties",
    "Données personnelles",
    "Confidentialité",
    "Pièces justificatives et contrôle",
    "Durée et fin",
    "Refus ou réduction du financement",
    "Modification",
    "Retrait et exclusion",
    "Représentation et mandat d’ester en justice",
    "Litiges",
    "Annexes et paraphes",
]


def test_the_convention_has_all_its_articles_and_parties(dossier: Dossier, campagne: Campagne) -> None:
    convention = produire("convention", dossier, campagne)
    titres = [b.texte for b in convention.blocs if isinstance(b, Titre)]
    attendus = [f"Article {rang}. {titre}" for rang, titre in enumerate(ARTICLES, 1)]
    assert [t for t in titres if t.startswith("Article")] == attendus
    assert titres[0] == "Entre les soussignés"
    assert next(t for t in titres if t.startswith("Annexe")).startswith("Annexe 1")
    imprime = lu(convention)
    for og in dossier.ogs:
        for valeur in (
            numeros.ecrire_siren(og.siren),
            numeros.ecrire_siret(og.siret),
            numeros.ecrire_finess(og.finess_ej),
            og.siege,
        ):
            assert valeur.replace("\u00a0", " ") in imprime
        assert og.representant_nom in imprime
        assert og.dpo_courriel in imprime
    assert "en 3 exemplaires originaux" in imprime


@pytest.mark.parametrize("ogs", [2, 3, 12])
def test_one_signature_per_party_never_apart_from_the_last_words(
    ogs: int, fabrique: Fabrique, campagne: Campagne
) -> None:
    dossier = fabrique(ogs, 2)
    convention = produire("convention", dossier, campagne)
    blocs = [b for b in convention.blocs if isinstance(b, BlocSignature)]
    assert [b.partie for b in blocs] == [og.nom for og in dossier.ogs]
    pages = textes(rendre(convention, JOUR).octets)
    (page,) = [p for p in pages if "Fait à Nice, en" in p]
    assert f"{dossier.ogs[0].nom} M. Claude Martin-1 Directeur général" in page
    assert " ".join(pages).count("Date, signature et cachet") == ogs


def test_each_og_has_its_letter_with_its_own_essms(dossier: Dossier, campagne: Campagne) -> None:
    lettres = [(g, og) for g, og in catalogue.tous(dossier) if g.code == "lettre-engagement"]
    assert [og for _, og in lettres] == dossier.ogs
    for _, og in lettres:
        lettre = catalogue.produire("lettre-engagement", dossier, campagne, JOUR, og)
        (tableau,) = tableaux(lettre, "FINESS géo.")
        assert [texte_brut(r[1]) for r in tableau.lignes] == [e.nom for e in og.essms]
        imprime = lu(lettre)
        assert og.representant_nom in imprime
        assert f"(Sacha Morel-{og.id})" in imprime
        assert f"Fait à {og.commune}, le ……" in imprime
        assert "ARS" in imprime


def test_a_letter_declares_only_what_was_declared(dossier: Dossier, campagne: Campagne) -> None:
    og = dossier.ogs[-1]
    og.essms[0].financement_europeen = True
    og.essms[1].sons_autre_solution = None
    lettre = produire("lettre-engagement", dossier, campagne)
    assert manques(lettre) == [f"commande SONS pour une autre solution : réponse pour {og.essms[1].nom}"]
    imprime = lu(lettre)
    assert f"aucun autre financement européen pour l’opération, sauf pour {og.essms[0].nom} ;" in imprime
    assert "[à compléter : commande SONS pour une autre solution, 1 réponse manquante]" in imprime


def test_the_plan_adds_up_and_cites_its_rules(dossier: Dossier, campagne: Campagne) -> None:
    financement = financer_dossier(dossier, campagne)
    plan = produire("plan-financement", dossier, campagne)
    (par_og,) = tableaux(plan, "Organisme gestionnaire")
    assert [texte_brut(r[-1]) for r in par_og.lignes] == [
        francais.euros(p.total_cents) for p in financement.parts
    ]
    assert par_og.total is not None
    assert texte_brut(par_og.total[-1]) == francais.euros(financement.projet.total_cents)
    (par_annee,) = tableaux(plan, "Versement")
    assert [texte_brut(r[0]) for r in par_annee.lignes] == ["2022", "2024"]
    (regles,) = tableaux(plan, "Calcul")
    # Texts are told by their names: no sigle that only the application knows.
    dits = [texte_brut(r[3]) for r in regles.lignes]
    assert all("appel à projets ARS Centre-Val de Loire, 2022, § 5" in d for d in dits)
    assert not any(sigle in d for d in dits for sigle in ("AAP", "KIT", "ANS"))
    for hypothese in financement.projet.hypotheses:
        assert " ".join(hypothese.split()).split(" : ")[0] in lu(plan)


def test_the_plan_without_dates_nor_price_shows_gaps(dossier: Dossier, campagne: Campagne) -> None:
    dossier.date_convention = dossier.date_fin_deploiement = None
    assert dossier.solution is not None
    dossier.solution.prix_cents = None
    plan = produire("plan-financement", dossier, campagne)
    assert "prix de la prestation de l’éditeur" in manques(plan)
    assert sum("année du versement" in m for m in manques(plan)) >= 1
    assert plan.brouillon == "Projet — à compléter"
    pages = textes(rendre(plan, JOUR).octets)
    assert all("Projet — à compléter" in p for p in pages)


def test_the_sheet_has_ten_points_with_verdict_evidence_and_source(
    dossier: Dossier, campagne: Campagne
) -> None:
    assert dossier.solution is not None
    dossier.solution.statut = StatutSolution.NON_REFERENCEE
    dossier.essms[4].financement_europeen = None
    etat = points(dossier, campagne, JOUR)
    fiche = produire("fiche-recevabilite", dossier, campagne)
    (tableau,) = tableaux(fiche, "Verdict")
    assert [texte_brut(r[2]) for r in tableau.lignes] == [p.libelle for p in etat]
    paragraphes = [texte_brut(b.contenu) for b in fiche.blocs if isinstance(b, Paragraphe)]
    for point in etat:
        source = provenances.en_toutes_lettres(point.source, point.fondement, campagne.region)
        assert f"Source : {source}." in paragraphes
        assert any(point.preuve in p for p in paragraphes)
        assert any(point.explication in p for p in paragraphes)


@pytest.mark.parametrize(
    ("code", "change", "manque"),
    [
        ("convention", lambda d: setattr(d.ogs[1], "dpo_nom", ""), "DPO (Association Les Tilleuls n° 2)"),
        ("convention", lambda d: setattr(d, "date_debut_projet", None), "date de début du projet"),
        (
            "note-presentation",
            lambda d: setattr(d.essms[2], "finess", ""),
            "FINESS géographique (Résidence du Lac 3)",
        ),
        ("note-presentation", lambda d: setattr(d.solutions[0], "retenue", False), "solution retenue"),
        ("note-presentation", lambda d: setattr(d, "contexte", " \n"), "contexte du projet"),
        (
            "lettre-engagement",
            lambda d: setattr(d.ogs[-1], "commune", ""),
            "commune du siège (Association Les Tilleuls n° 3)",
        ),
    ],
)
def test_what_is_missing_shows_and_moves_the_fingerprint(
    code: str, change: Callable[[Dossier], None], manque: str, dossier: Dossier, campagne: Campagne
) -> None:
    avant = produire(code, dossier, campagne)
    change(dossier)
    apres = produire(code, dossier, campagne)
    assert manque in manques(apres)
    assert empreinte(apres) != empreinte(avant)
    assert re.search(r"\[à compléter", lu(apres))


@pytest.mark.parametrize("code", CODES)
def test_the_fingerprint_does_not_move_with_the_day_or_a_second_look(
    code: str, dossier: Dossier, campagne: Campagne
) -> None:
    og = dossier.ogs[0] if catalogue.genere(code).par_og else None
    premier, second = (catalogue.produire(code, dossier, campagne, j, og) for j in (JOUR, date(2022, 5, 3)))
    assert empreinte(premier) == empreinte(second)


def test_notes_of_the_person_are_not_printed(dossier: Dossier, campagne: Campagne) -> None:
    dossier.notes = "À ne pas montrer"
    for g, og in catalogue.tous(dossier):
        assert "À ne pas montrer" not in lu(catalogue.produire(g.code, dossier, campagne, JOUR, og))


def test_an_unfunded_essms_is_told_in_the_note(dossier: Dossier, campagne: Campagne) -> None:
    dossier.essms[0].categorie = "362"
    dossier.essms[0].champ = Champ.PA
    imprime = lu(produire("note-presentation", dossier, campagne))
    assert "ESSMS que la campagne ne finance pas : Résidence du Lac 1" in imprime


def test_the_catalogue_refuses_in_words(dossier: Dossier, campagne: Campagne) -> None:
    with pytest.raises(ErreurSaisie, match="n’existe pas"):
        catalogue.produire("inconnu", dossier, campagne, JOUR)
    with pytest.raises(ErreurSaisie, match="organisme"):
        catalogue.produire("lettre-engagement", dossier, campagne, JOUR)
    piece = catalogue.de_la_piece(3)
    assert piece is not None
    assert piece.a_signer
    assert catalogue.de_la_piece(9) is None


def test_a_large_dossier_prints_every_row(fabrique: Fabrique, campagne: Campagne) -> None:
    """400 ESSMS: every row is there, in order, over its pages."""
    dossier = fabrique(8, 50)
    pages = textes(rendre(produire("note-presentation", dossier, campagne), JOUR).octets)
    annexe = " ".join(pages[next(i for i, p in enumerate(pages) if "12. Liste exacte" in p) :])
    assert re.findall(r"(\d+) Résidence du Lac (\d+)", annexe) == [(str(i), str(i)) for i in range(1, 401)]
