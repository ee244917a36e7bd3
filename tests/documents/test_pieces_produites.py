"""The pieces 2, 5, 7, 8, 11 and the checklist: what they must say, whatever the size of the grappe."""

from collections.abc import Callable
from datetime import date

import pytest

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    Document,
    Frise,
    Organigramme,
    Tableau,
    Titre,
    deposee,
    manques,
    texte_brut,
)
from esms_desktop.documents.constats import constats_documents
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Contact, Dossier, Ressource, TexteDocument
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Gravite, Page
from esms_desktop.regles.dossier.pieces import etat_pieces
from esms_desktop.regles.financement.materiels import liste
from esms_desktop.regles.financement.pluriannuel import plan

from .outils import JOUR, fabriquer, textes

CODES = [g.code for g in catalogue.generes()]
LONG = "Établissement d’hébergement & d’accueil <de jour> de l’ancien couvent 😀 البيت "


def produire(code: str, dossier: Dossier, campagne: Campagne) -> Document:
    og = dossier.ogs[-1] if catalogue.genere(code).par_og else None
    return catalogue.produire(code, dossier, campagne, JOUR, og)


def tableau(document: Document, entete: str) -> Tableau:
    return next(
        b for b in document.blocs if isinstance(b, Tableau) and any(c.entete == entete for c in b.colonnes)
    )


def cellules(t: Tableau) -> list[list[str]]:
    return [[texte_brut(c) for c in ligne] for ligne in t.lignes]


def lu(document: Document) -> str:
    return " ".join(textes(rendre(document, JOUR).octets))


def test_each_piece_the_application_makes_has_its_document() -> None:
    assert {g.piece for g in catalogue.generes() if g.piece} == {1, 2, 3, 4, 5, 6, 7, 8, 11}
    for numero in (2, 5, 7, 8, 11):
        genere = catalogue.de_la_piece(numero)
        assert genere is not None
        assert not genere.par_og


@pytest.mark.parametrize(("ogs", "essms"), [(1, 8), (3, 20), (12, 34)])
@pytest.mark.parametrize("noms", ["courts", "longs"])
@pytest.mark.parametrize("code", CODES)
def test_no_heading_ends_a_page_and_no_table_is_empty(
    code: str, noms: str, ogs: int, essms: int, campagne: Campagne
) -> None:
    dossier = fabriquer(ogs, essms)
    if noms == "longs":
        for og in dossier.ogs:
            og.nom, og.sigle = f"{LONG * 2}{og.nom}", ""
        for e in dossier.essms:
            e.nom = f"{LONG}{e.nom}"
    document = produire(code, dossier, campagne)
    assert all(b.lignes for b in document.blocs if isinstance(b, Tableau))
    rendu = rendre(document, JOUR)
    pages = textes(rendu.octets)
    for _, titre, page in rendu.plan:
        assert not pages[page - 1].endswith(" ".join(titre.replace("\u00a0", " ").split())), (titre, page)


def test_the_governance_names_everyone_and_draws_the_chart(dossier: Dossier, campagne: Campagne) -> None:
    premier = dossier.ogs[0].essms[0]
    dossier.contacts.append(
        Contact(id=900, og_id=1, essms_id=premier.id, role=RoleContact.REFERENT, nom="Dana Propre")
    )
    document = produire("gouvernance", dossier, campagne)
    lignes = cellules(tableau(document, "Responsable du traitement DUI"))
    assert lignes[0] == ["ALT1", premier.nom, "Dana Propre", "Alix Fabre-1"]
    assert lignes[1][1:] == ["Les autres structures : 5 ESSMS", "Sacha Morel-1", "Alix Fabre-1"]
    assert len(lignes) == 4
    equipe = cellules(tableau(document, "Part du temps"))
    assert equipe[0][0] == "Chef de projet"
    assert equipe[0][3] == "80 %"
    imprime = lu(document)
    assert "Comité opérationnel" in imprime
    assert "Cabinet Repère" in imprime
    assert "un même paramétrage." in imprime
    assert [isinstance(b, Organigramme) for b in document.blocs].count(True) == 1


def test_many_referents_are_counted_by_organisme(
    fabrique: Callable[..., Dossier], campagne: Campagne
) -> None:
    dossier = fabrique(12, 5)
    for rang, e in enumerate(dossier.essms):
        dossier.contacts.append(
            Contact(
                id=1000 + rang, og_id=e.og_id, essms_id=e.id, role=RoleContact.REFERENT, nom=f"Réf {rang}"
            )
        )
    document = produire("gouvernance", dossier, campagne)
    assert len(tableau(document, "Référent").lignes) == 60
    assert "6 référents" in lu(document)
    assert manques(document) == []


def test_the_planning_shows_milestones_waves_actions_and_the_limit(
    dossier: Dossier, campagne: Campagne
) -> None:
    document = produire("planning", dossier, campagne)
    frises = [b for b in document.blocs if isinstance(b, Frise)]
    assert [len(f.barres) for f in frises] == [10, 3, 5]
    assert {f.limite for f in frises} == {date(2024, 5, 1)}
    assert cellules(tableau(document, "Jalon"))[0][:2] == ["Dépôt de la demande", "1er\u00a0juin 2022"]
    assert [ligne[4] for ligne in cellules(tableau(document, "Vague"))] == ["3", "6", "9"]
    assert "respecte cette limite, avec 33 jours calendaires de marge" in lu(document)
    dossier.date_fin_deploiement = date(2024, 6, 1)
    assert "dépasse cette date de 31 jours" in lu(produire("planning", dossier, campagne))


def test_a_structure_in_no_wave_is_told(dossier: Dossier, campagne: Campagne) -> None:
    dossier.essms[4].vague = None
    dossier.essms[4].vague_id = None
    for code in ("planning", "strategie-deploiement"):
        document = produire(code, dossier, campagne)
        assert manques(document) == ["vague de 1\u00a0ESSMS"]
        assert dossier.essms[4].nom in lu(document)


@pytest.mark.parametrize(
    ("code", "vider", "manque"),
    [
        ("gouvernance", lambda d: d.instances.clear(), "instances du projet"),
        ("gouvernance", lambda d: d.contacts.clear(), "chef de projet"),
        ("gouvernance", lambda d: setattr(d, "amoa", None), "assistance à maîtrise d’ouvrage"),
        ("planning", lambda d: d.vagues.clear(), "vagues de déploiement"),
        ("strategie-deploiement", lambda d: d.vagues.clear(), "vagues de déploiement"),
        ("conduite-changement", lambda d: d.formations.clear(), "sessions de formation"),
        ("conduite-changement", lambda d: d.communications.clear(), "actions de communication"),
        ("liste-materiels", lambda d: d.materiels.clear(), "liste des matériels"),
        ("plan-financement", lambda d: d.couts.clear(), "coûts du projet"),
        ("plan-financement", lambda d: d.couts_rh.clear(), "coûts de personnel"),
        (
            "plan-financement",
            lambda d: (d.couts.clear(), d.couts_rh.clear()),
            "emplois du plan de financement",
        ),
    ],
)
def test_nothing_there_is_a_sentence_and_a_gap(
    code: str, vider: Callable[[Dossier], None], manque: str, dossier: Dossier, campagne: Campagne
) -> None:
    vider(dossier)
    for e in dossier.essms:
        if not dossier.vagues:
            e.vague = None
    document = produire(code, dossier, campagne)
    assert manque in manques(document)
    assert all(b.lignes for b in document.blocs if isinstance(b, Tableau))
    assert "[à compléter" in lu(document)


def test_the_three_documents_of_the_plan_say_what_the_rules_count(
    dossier: Dossier, campagne: Campagne
) -> None:
    from esms_desktop import francais

    attendu = plan(dossier, campagne)
    document = produire("plan-financement", dossier, campagne)
    titres = [b.texte for b in document.blocs if isinstance(b, Titre)]
    assert [t for t in titres if t.startswith("Document")] == [
        "Document 1. Coûts du projet",
        "Document 2. Coûts de personnel",
        "Document 3. Plan de financement pluriannuel",
    ]

    def total(entete: str) -> list[str]:
        pied = tableau(document, entete).total
        assert pied is not None
        return [texte_brut(c) for c in pied]

    assert total("Nature de dépense")[-2:] == [
        francais.euros(attendu.couts_ht_cents),
        francais.euros(attendu.couts_cents),
    ]
    assert total("Profil")[-1] == francais.euros(attendu.rh_cents)
    assert total("Emplois")[-1] == francais.euros(attendu.emplois_cents)
    assert total("Ressources")[-1] == francais.euros(attendu.ressources_cents)
    assert total("Part")[-2] == francais.euros(attendu.reste_cents)
    annees = cellules(tableau(document, "Exercice"))
    assert [ligne[0] for ligne in annees] == [str(a) for a in attendu.annees]
    assert [ligne[1] for ligne in annees] == [
        francais.euros(x.emplois_cents) if x.emplois_cents else "—" for x in attendu.par_annee
    ]


def test_a_plan_of_ten_years_goes_on_below(dossier: Dossier, campagne: Campagne) -> None:
    for rang, cout in enumerate(dossier.couts):
        cout.annee = 2022 + 4 * rang
    document = produire("plan-financement", dossier, campagne)
    tableaux = [b for b in document.blocs if isinstance(b, Tableau) and b.colonnes[0].entete == "Emplois"]
    assert len(tableaux) == 3
    assert max(len(t.colonnes) for t in tableaux) <= 6
    assert [t.colonnes[-1].entete for t in tableaux] == ["2025", "2029", "Total"]


def test_the_list_of_materials_adds_up(dossier: Dossier, campagne: Campagne) -> None:
    from esms_desktop import francais

    materiels = liste(dossier)
    document = produire("liste-materiels", dossier, campagne)
    recapitulatif = tableau(document, "Lignes")
    assert recapitulatif.total is not None
    assert texte_brut(recapitulatif.total[-1]) == francais.euros(materiels.total.ttc_cents, True)
    assert [ligne[-1] for ligne in cellules(recapitulatif)] == [
        francais.euros(t.ttc_cents, True) for t in materiels.par_og
    ]
    assert "dépasse de" in lu(document)
    dossier.materiels[0].essms_id = dossier.essms[0].id
    dossier.materiels[0].tva_pour_dix_mille = 550
    avec = produire("liste-materiels", dossier, campagne)
    assert [c.entete for c in tableau(avec, "Structure").colonnes][1::4] == ["Structure", "TVA"]
    assert "5,5 %" in lu(avec)
    dossier.materiels[0].prix_unitaire_ht_cents = None
    assert manques(produire("liste-materiels", dossier, campagne)) == ["prix unitaire (Tablette durcie)"]
    dossier.materiels.clear()
    dossier.equipement_demande = False
    assert manques(produire("liste-materiels", dossier, campagne)) == []


def test_common_own_funds_are_told_beside_what_each_one_pays(dossier: Dossier, campagne: Campagne) -> None:
    dossier.ressources.clear()
    dossier.ressources.append(
        Ressource(id=1, genre="autofinancement", libelle="Fonds propres", annee=2023, montant_cents=1_000_000)
    )
    restes = tableau(produire("plan-financement", dossier, campagne), "Autofinancement inscrit")
    assert restes.total is not None
    lignes = cellules(restes)
    assert (lignes[-1][0], lignes[-1][-1]) == ("Commun", "10\u00a0000\u00a0€")
    assert texte_brut(restes.total[-1]) == "10\u00a0000\u00a0€"
    # Alone, an organisme has no common funds but its own.
    seul = fabriquer(1, 16)
    seul.ressources.clear()
    seul.ressources.append(
        Ressource(id=1, genre="autofinancement", libelle="Fonds propres", annee=2023, montant_cents=1_000_000)
    )
    document = produire("plan-financement", seul, campagne)
    (ligne,) = cellules(tableau(document, "Autofinancement inscrit"))
    # Nothing to share out between organismes; the annexes follow one another all the same.
    titres = [b.texte for b in document.blocs if isinstance(b, Titre) and b.texte.startswith("Annexe")]
    assert not any("par organisme" in t for t in titres)
    assert [t.split(".")[0] for t in titres] == [f"Annexe {i}" for i in range(1, len(titres) + 1)]
    assert ligne[-1] == "10\u00a0000\u00a0€"


def test_a_list_of_materials_nobody_pays_for_says_so(dossier: Dossier, campagne: Campagne) -> None:
    assert "Aucun financement d’équipement" not in lu(produire("liste-materiels", dossier, campagne))
    dossier.equipement_demande = False
    document = produire("liste-materiels", dossier, campagne)
    assert "ces achats restent à la charge des organismes" in lu(document)
    assert "accompagne la demande de financement" not in lu(document)
    # What remains to be done is for who prepares the dossier.
    assert "à y inscrire" in lu(document) and "à y inscrire" not in lu(deposee(document))


def test_the_checklist_tells_every_piece_and_question(dossier: Dossier, campagne: Campagne) -> None:
    document = produire("liste-controle", dossier, campagne)
    pieces = cellules(tableau(document, "Pièce"))
    assert [ligne[0] for ligne in pieces] == [str(e.numero) for e in etat_pieces(dossier, campagne)]
    assert pieces[2][3] == "À signer"
    imprime = lu(document)
    assert "GALIS" in imprime
    assert "Non répondu" in imprime


def test_a_complete_dossier_has_no_finding_on_its_documents(dossier: Dossier, campagne: Campagne) -> None:
    controles = constats_documents(dossier, campagne, JOUR)
    assert all(k.satisfait and not k.constats for k in controles)
    des_documents = [k for k in controles if k.page is Page.DOCUMENTS]
    assert len({k.code for k in controles}) == len(controles) and len(des_documents) == len(CODES) + 1
    # The pieces that the application makes whole are judged with their documents.
    assert {k.code for k in controles if k.page is Page.PIECES} == {
        f"pieces.piece-{n}" for n in (1, 2, 5, 6, 7, 8, 11)
    }


def test_gaps_are_one_finding_per_document_with_a_place_to_go(dossier: Dossier, campagne: Campagne) -> None:
    dossier.ogs[1].dpo_nom = ""
    dossier.ogs[1].dpo_courriel = ""
    dossier.vagues.clear()
    dossier.contexte = ""
    trouves = {c.code: c for k in constats_documents(dossier, campagne, JOUR) for c in k.constats}
    convention = trouves["documents.convention"]
    assert convention.gravite is Gravite.A_FAIRE
    assert convention.titre.startswith("2 valeurs manquent dans le document «\u00a0Convention")
    assert convention.cible.page is Page.GRAPPE
    assert trouves["documents.planning"].cible.page is Page.DEPLOIEMENT
    note = trouves["documents.note-presentation"]
    assert note.titre.endswith("contexte du projet")
    assert note.cible.page is Page.DOCUMENTS
    assert note.cible.champ == "note-presentation"


def test_a_document_of_no_use_is_not_checked_and_an_unknown_field_is(
    dossier: Dossier, campagne: Campagne
) -> None:
    dossier.equipement_demande = False
    dossier.materiels.clear()
    dossier.textes.append(TexteDocument(document="planning", section="presentation", texte="Le {jour.nul}."))
    controles = {k.code: k for k in constats_documents(dossier, campagne, JOUR)}
    assert "documents.liste-materiels" not in controles
    assert controles["documents.champs"].constats[0].cible.champ == "planning"
    assert "{jour.nul}" in controles["documents.champs"].constats[0].titre
    assert not controles["documents.planning"].satisfait
