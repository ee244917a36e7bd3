"""The ground of each rule: a text of the campaign, another, a reading, an advice; and what each of them may say."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.campagnes.fondement import (
    MAISON,
    Fondement,
    TexteCampagne,
    fondement,
    hypothese,
    lecture,
    moins_ferme,
    provenance,
)
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Gravite
from esms_desktop.regles.dossier.pieces import etat_pieces
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.calcul import Demande, calculer
from esms_desktop.regles.recevabilite.orientation import orienter_dossier
from esms_desktop.regles.recevabilite.recevabilite import Verdict, points
from tests.regles.fabrique import JOUR, dossier, preparer

TEXTE, AUTRE, LECTURE, CONSEIL = (
    Fondement.TEXTE,
    Fondement.AUTRE_TEXTE,
    Fondement.LECTURE,
    Fondement.CONSEIL,
)
ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE


@pytest.mark.parametrize(
    ("campagne", "type_projet", "source", "attendu"),
    [
        # The kit: whole in Île-de-France 2023, where it reports the instruction elsewhere in 2023, never for another year.
        ("2023-ile-de-france", ACQ, "KIT § 4", TEXTE),
        ("2023-ile-de-france", CONF, "KIT § 4", AUTRE),
        ("2023", ACQ, "KIT § 2", TEXTE),
        ("2023", ACQ, "KIT § 5", TEXTE),
        ("2023", ACQ, "KIT § 4", AUTRE),
        ("2023", ACQ, "KIT § 3", AUTRE),
        ("2023", CONF, "KIT § 2", AUTRE),
        ("2023", None, "KIT § 2", AUTRE),
        ("2022", ACQ, "KIT § 2", AUTRE),
        ("2021-amorcage", CONF, "KIT § 2", AUTRE),
        ("sons-vague-1", CONF, "KIT § 2", AUTRE),
        # The call of Centre-Val de Loire: whole there, without what it says for its region elsewhere.
        ("2022", ACQ, "AAP § 4.2 C", TEXTE),
        ("2022", CONF, "AAP § 5.2", TEXTE),
        ("2022", ACQ, "AAP § 5.1", TEXTE),
        ("2022", ACQ, "AAP § 1", AUTRE),
        ("2022", ACQ, "AAP § 4.2 E", AUTRE),
        ("2022", ACQ, "AAP § 5", AUTRE),
        ("2022", ACQ, "AAP § 7", AUTRE),
        ("2022", ACQ, "AAP § 8", AUTRE),
        ("2022-centre-val-de-loire", ACQ, "AAP § 1", TEXTE),
        ("2022-centre-val-de-loire", CONF, "AAP § 8", TEXTE),
        ("2023", ACQ, "AAP § 5.1", AUTRE),
        ("2021-amorcage", ACQ, "ANAP", TEXTE),
        ("2022", ACQ, "ANAP", AUTRE),
        ("2022", ACQ, "ANS", TEXTE),
        ("2022", ACQ, "ANSES § 3", AUTRE),
        ("2021-amorcage", ACQ, "SONS § cumul", TEXTE),
        ("2021-amorcage", ACQ, "SONS", AUTRE),
        ("2023", CONF, "SONS § financements", TEXTE),
        ("sons-vague-1", CONF, "SONS", TEXTE),
        # Several references: one of them is enough. A reading, a hypothesis: never the text itself.
        ("2022", ACQ, "KIT § 2\u00a0; AAP § 4.1", TEXTE),
        ("2022", ACQ, lecture("AAP § 4.2 C"), LECTURE),
        ("2022", ACQ, lecture("KIT § 2"), AUTRE),
        ("2021-amorcage", ACQ, hypothese("ANAP"), LECTURE),
        ("2022", ACQ, hypothese("KIT § 4"), AUTRE),
        ("2022", ACQ, "dsih.fr, article 5042", AUTRE),
        ("2022", ACQ, MAISON, CONSEIL),
        ("2022", ACQ, "", CONSEIL),
    ],
)
def test_le_fondement_suit_la_source_et_la_campagne(campagne, type_projet, source, attendu) -> None:
    assert charger(campagne).fondement(source, type_projet) is attendu


def test_un_lieu_d_un_texte_se_lit_en_entier() -> None:
    textes = [TexteCampagne("Instruction 2026", ("2", "art. 3"))]
    for source, attendu in (
        ("Instruction 2026 § 2", TEXTE),
        ("Instruction 2026, art. 3", TEXTE),
        ("Instruction 2026 §\u00a02", TEXTE),
        ("Instruction 2026 § 2.1", AUTRE),
        ("Instruction 2026", AUTRE),
        ("Instruction 20267 § 2", AUTRE),
    ):
        assert fondement(source, textes, ACQ) is attendu, source


def test_le_moins_ferme_l_emporte() -> None:
    assert moins_ferme([]) is TEXTE
    assert moins_ferme([TEXTE, LECTURE]) is LECTURE
    assert moins_ferme([AUTRE, LECTURE, TEXTE]) is AUTRE
    assert moins_ferme([AUTRE, CONSEIL]) is CONSEIL


def test_les_mots_de_chaque_fondement() -> None:
    assert [f.libelle for f in Fondement] == ["Texte", "Lecture", "Autre texte", "Conseil"]
    assert [bool(f.reserve) for f in Fondement] == [False, True, True, False]
    assert all(f.aide for f in Fondement)
    assert provenance("KIT § 2", TEXTE) == "KIT § 2"
    assert provenance(hypothese("KIT § 4"), AUTRE) == "KIT § 4 (autre texte, à confirmer auprès de l’ARS)"
    assert provenance(lecture("ANAP"), LECTURE) == "ANAP (lecture, à confirmer auprès de l’ARS)"
    assert provenance(MAISON, CONSEIL) == MAISON


@pytest.mark.parametrize("type_projet", list(TypeProjet))
@pytest.mark.parametrize("campagne", identifiants())
def test_seul_un_texte_de_la_campagne_bloque_ou_dit_oui_sans_reserve(
    campagne: str, type_projet: TypeProjet
) -> None:
    lue = charger(campagne)
    for d in (
        dossier(campagne_id=campagne, type_projet=type_projet, complet=False),
        dossier(2, campagne_id=campagne, type_projet=type_projet, complet=False),
        dossier(9, 9, campagne_id=campagne, type_projet=type_projet),
        preparer(dossier(10, 8, campagne_id=campagne, type_projet=type_projet)),
    ):
        examen = examiner(d, lue, JOUR)
        assert examen.constats
        for c in examen:
            assert c.source and c.fondement is lue.fondement(c.source, type_projet), c.code
            assert c.en_dict()["fondement"] == c.fondement.value
            assert c.gravite is not Gravite.BLOQUANT or c.fondement is TEXTE, c.code
        for p in points(d, lue, JOUR):
            assert p.fondement is lue.fondement(p.source, type_projet)
            if p.verdict is Verdict.SATISFAIT:
                assert (p.libelle == "Satisfait") is (p.fondement is TEXTE), p
                assert p.fondement is TEXTE or p.libelle.endswith("à confirmer auprès de l’ARS")
        for piece in etat_pieces(d, lue):
            assert piece.fondement is lue.fondement(piece.source, type_projet)


def test_ce_qui_bloque_en_ile_de_france_se_confirme_ailleurs() -> None:
    """The same fault, a missing mandatory piece: it blocks where the kit is the text, never elsewhere."""
    for campagne, type_projet, gravite in (
        ("2023-ile-de-france", ACQ, Gravite.BLOQUANT),
        ("2023-ile-de-france", CONF, Gravite.A_FAIRE),
        ("2023", ACQ, Gravite.A_FAIRE),
        ("2022", ACQ, Gravite.A_FAIRE),
        ("2021-amorcage", ACQ, Gravite.A_FAIRE),
    ):
        d = dossier(9, 9, campagne_id=campagne, type_projet=type_projet)
        vus = {c.code: c for c in examiner(d, charger(campagne), JOUR)}
        assert vus["pieces.piece-9"].gravite is gravite, (campagne, type_projet)
        # Complete or not is another thing.
        assert next(e for e in etat_pieces(d, charger(campagne)) if e.numero == 9).manquante


def test_les_briques_et_le_double_autodiagnostic_ne_passent_pas_d_une_region_a_l_autre() -> None:
    regionales = {"AAP § 1", "AAP § 4.2 E", "AAP § 7", "AAP § 8"}
    for campagne in identifiants():
        d = dossier(2, 2, campagne_id=campagne, complet=False)
        vus = list(examiner(d, charger(campagne), JOUR))
        citees = {c.source for c in vus} & regionales
        assert bool(citees) is (campagne == "2022-centre-val-de-loire"), campagne
        if campagne != "2022-centre-val-de-loire":
            assert all(c.gravite is Gravite.CONSEIL for c in vus if c.code.startswith("preparation.briques"))


def test_les_regles_de_la_maison_sont_des_conseils() -> None:
    d = dossier(9, 9, campagne_id="2023-ile-de-france")
    d.date_fin_deploiement = date(2022, 12, 15)
    d.essms[0].departement = "75"
    vus = {c.code: c for c in examiner(d, charger("2023-ile-de-france"), JOUR)}
    for code in ("calendrier.ordre", "grappe.finess-departement"):
        assert (vus[code].fondement, vus[code].gravite) == (CONSEIL, Gravite.CONSEIL), code


@pytest.mark.parametrize(
    ("campagne", "type_projet", "attendu"),
    [
        ("2022", ACQ, TEXTE),
        ("2022", CONF, TEXTE),
        ("2023", CONF, TEXTE),
        ("2023", ACQ, AUTRE),
        ("2021-amorcage", ACQ, LECTURE),
    ],
)
def test_un_montant_porte_le_fondement_de_ce_qui_le_compte(campagne, type_projet, attendu) -> None:
    from esms_desktop.nomenclature.vocabulaire import StatutSolution

    demande = Demande(type_projet, StatutSolution.REFERENCEE, 20)
    assert calculer(charger(campagne), demande).fondement is attendu


def test_l_orientation_porte_le_sien() -> None:
    d = dossier(9, 9, campagne_id="2023")
    assert orienter_dossier(d, charger("2023")).fondement is TEXTE
    d.type_projet = CONF
    assert orienter_dossier(d, charger("2023")).fondement is AUTRE
