"""What the texts say, case by case, boundaries included: each case names its campaign, what is changed, the answer and its source.

Sources are those of the referentiel: AAP (Centre-Val de Loire 2022), ANS (2022), ANAP (2021), KIT (2023), SONS (2024), 02 § 1 (amounts).
"""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.finess.eligibilite import motif_exclusion
from esms_desktop.nomenclature.categories import nature
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.regles.financement.calcul import Demande
from esms_desktop.regles.financement.financement import financer_dossier, national_par_nombre
from esms_desktop.regles.recevabilite.eligibilite import eligibilite
from tests.regles.cas_outils import (
    ACQ,
    AHI,
    AMORCAGE,
    CONF,
    COURS,
    CVL,
    NATURES,
    NON,
    PA,
    PDE,
    PJM,
    REF,
    SONS,
    A,
    Cas,
    L,
    N,
    P,
    S,
    T,
    _constats,
    _eligible,
    _notes,
    _piece,
    _point,
    _postes,
    _sad,
    _segur,
    _seuil,
)
from tests.regles.fabrique import dossier, essms

CAS = [
    # -- Eligibility: the nature first, then the field of activity ------------------------------------------------------
    Cas(
        "entreprise adaptée, champ saisi",
        "L. 312-1 I 5° a",
        _eligible("2022", categorie="247", champ=Champ.PH),
        False,
    ),
    Cas("MDPH, champ saisi", "04 § 3", _eligible("2022", categorie="609", champ=Champ.PH), False),
    Cas("RHVS", "L. 312-1", _eligible("2022", categorie="216", champ=AHI), None),
    Cas("MASP", "L. 312-1", _eligible("2022", categorie="341", champ=PJM), None),
    Cas(
        "centre de ressources, champ saisi",
        "L. 312-1",
        _eligible("2022", categorie="461", champ=Champ.PH),
        None,
    ),
    Cas("pension de famille, champ saisi", "L. 312-1", _eligible("2022", categorie="258", champ=AHI), None),
    Cas("CLIC, champ saisi", "L. 312-1", _eligible("2022", categorie="463", champ=PA), None),
    Cas("aide aux familles sans champ", "01 § 3", _eligible("2023", categorie="640", champ=None), None),
    Cas("aide aux familles, domicile", "01 § 3", _eligible("2023", categorie="640", champ=Champ.DOM), True),
    Cas("2021 : PDE, au moins en partie", "ANAP", _eligible(AMORCAGE, categorie="177", champ=None), None),
    Cas("2021 : PH", "ANAP", _eligible(AMORCAGE, categorie="183", champ=None), True),
    Cas("2021 : domicile", "ANAP", _eligible(AMORCAGE, categorie="460", champ=None), None),
    # -- The perimeter of SONS: aggregates, whatever the field; 4600 for the ESSMS of L. 312-1 --------------------------
    Cas("SONS : EHPAD (4401)", "SONS", _eligible(SONS, categorie="500", champ=None), True),
    Cas("SONS : SAMSAH (4305)", "SONS", _eligible(SONS, categorie="445", champ=None), True),
    Cas("SONS : SSIAD (354)", "SONS", _eligible(SONS, categorie="354", champ=None), True),
    Cas("SONS : MECS (4501)", "SONS", _eligible(SONS, categorie="177", champ=None), True),
    Cas("SONS : CSAPA (4604)", "SONS", _eligible(SONS, categorie="197", champ=None), True),
    Cas("SONS : CHRS (4601)", "SONS, lecture", _eligible(SONS, categorie="214", champ=None), True),
    Cas("SONS : mandataires (4608)", "SONS, lecture", _eligible(SONS, categorie="340", champ=None), True),
    Cas("SONS : MDPH (4606)", "04 § 3", _eligible(SONS, categorie="609", champ=None), False),
    Cas("SONS : aire d’accueil (4602)", "04 § 3", _eligible(SONS, categorie="218", champ=None), False),
    Cas("SONS : 4403, fermée", "SONS", _eligible(SONS, categorie="208", champ=PA), False),
    Cas("SONS : éligible par texte", "SONS", _point(1, SONS, 2), (S, T)),
    # -- How many: a mixed grappe, 2021 ---------------------------------------------------------------------------------
    Cas("15 en métropole", "AAP § 4.2 D", _seuil("2022", idf=15), (15, True)),
    Cas("14 en métropole", "AAP § 4.2 D", _seuil("2022", idf=14), (15, False)),
    Cas("8 en Corse", "AAP § 4.2 D", _seuil("2022", corse=8), (8, True)),
    Cas("7 en Corse", "AAP § 4.2 D", _seuil("2022", corse=7), (8, False)),
    Cas("7 en Corse et 1 en métropole", "AAP § 4.2 D, lecture", _seuil("2022", corse=7, idf=1), (15, False)),
    Cas("14 en Corse et 1 en métropole", "AAP § 4.2 D", _seuil("2022", corse=14, idf=1), (15, True)),
    Cas("7 en Corse et 1 outre-mer", "AAP § 4.2 D", _seuil("2022", corse=7, guadeloupe=1), (8, True)),
    Cas("7 et 1, en 2023", "KIT § 2, lecture", _seuil("2023", corse=7, idf=1), (15, False)),
    Cas("2021 : 3 OG, 15 ESSMS", "ANAP", _point(2, AMORCAGE, 5, 5, 5, totaux=(5, 5, 5)), (S, T)),
    Cas("2021 : 3 OG, 14 ESSMS", "ANAP", _point(2, AMORCAGE, 5, 5, 4, totaux=(5, 5, 4)), (P, T)),
    Cas("2021 : 2 petits OG, 18 ESSMS", "ANAP", _point(2, AMORCAGE, 9, 9, totaux=(9, 9)), (N, T)),
    Cas(
        "2021 : 2 petits OG, conformité", "ANAP", _point(2, AMORCAGE, 9, 9, totaux=(9, 9), type=CONF), (N, T)
    ),
    Cas("2021 : un OG de 16", "ANAP, lecture", _point(2, AMORCAGE, 16, totaux=(16,)), (P, L)),
    Cas("2021 : un OG de 15", "ANAP, lecture", _point(2, AMORCAGE, 15, totaux=(15,)), (P, L)),
    Cas("2021 : un OG de 14", "ANAP", _point(2, AMORCAGE, 14, totaux=(14,)), (N, T)),
    # -- The solution: referenced, on its way, not; by type and by field ------------------------------------------------
    Cas("2022 conformité, référencée", "AAP § 4.2 C", _point(10, "2022", 9, 9, type=CONF), (S, T)),
    Cas(
        "2022 conformité, en cours",
        "AAP § 4.2 C, lecture",
        _point(10, "2022", 9, 9, type=CONF, statut=COURS),
        (N, L),
    ),
    Cas(
        "2022 conformité, non référencée",
        "AAP § 4.2 C",
        _point(10, "2022", 9, 9, type=CONF, statut=NON),
        (N, T),
    ),
    Cas("2022 acquisition, en cours, PA", "AAP § 4.2 C", _point(10, "2022", 9, 9, statut=COURS), (S, T)),
    Cas(
        "2022 acquisition, en cours, moitié sociale",
        "AAP § 4.2 C, lecture",
        _point(10, "2022", 9, 9, statut=COURS, champs=(PDE,) * 9),
        (N, L),
    ),
    Cas(
        "2022 acquisition, en cours, moins de la moitié sociale",
        "AAP § 4.2 C",
        _point(10, "2022", 9, 9, statut=COURS, champs=(PDE,) * 8),
        (S, T),
    ),
    Cas("2022 acquisition, non référencée, PA", "AAP § 4.2 C", _point(10, "2022", 9, 9, statut=NON), (S, T)),
    Cas(
        "2022 acquisition, non référencée, champ social",
        "AAP § 4.2 C",
        _point(10, "2022", 9, 9, statut=NON, champs=(PDE,) * 18),
        (N, T),
    ),
    Cas("2023 acquisition, non référencée", "KIT § 2", _point(10, "2023", 9, 9, statut=NON), (N, T)),
    Cas(
        "2023 conformité, non référencée", "KIT § 2", _point(10, "2023", 9, 9, statut=NON, type=CONF), (N, A)
    ),
    Cas(
        "2023, AHI seul, non référencée",
        "ARS Corse 2023",
        _point(10, "2023", 9, 9, statut=NON, champs=(AHI,) * 18),
        (P, A),
    ),
    Cas(
        "2023, AHI et PJM, non référencée",
        "ARS Corse 2023",
        _point(10, "2023", 9, 9, statut=NON, champs=(AHI, *(PJM,) * 17)),
        (P, A),
    ),
    Cas(
        "2023, AHI et un EHPAD, non référencée",
        "KIT § 2",
        _point(10, "2023", 9, 9, statut=NON, champs=(AHI,) * 17),
        (N, T),
    ),
    Cas(
        "2022, AHI seul, non référencée",
        "AAP § 4.2 C",
        _point(10, "2022", 9, 9, statut=NON, champs=(AHI,) * 18),
        (N, T),
    ),
    # -- One solution for all: the text of acquisitions -----------------------------------------------------------------
    Cas("2022 acquisition, deux solutions", "AAP § 5.1", _point(9, "2022", 9, 9, autre=True), (N, T)),
    Cas("2022 conformité, deux solutions", "KIT § 2", _point(9, "2022", 9, 9, autre=True, type=CONF), (P, A)),
    Cas("2022 conformité, une solution", "KIT § 2", _point(9, "2022", 9, 9, type=CONF), (S, A)),
    Cas("2023 acquisition, deux solutions", "KIT § 2", _point(9, "2023", 9, 9, autre=True), (N, T)),
    Cas("SONS, deux solutions", "SONS", _point(9, SONS, 2, autre=True, type=CONF), (S, L)),
    # -- The SAD, solution of another field: the whole grappe ------------------------------------------------------------
    Cas("SAD : tous hors champs", "AAP § 5.1", _sad((PDE, PDE, PDE)), []),
    Cas(
        "SAD : un seul hors champs",
        "AAP § 5.1, lecture",
        _sad((PDE, PA, PA)),
        [("L’exception au SAD ne tient pas", L)],
    ),
    Cas(
        "SAD : un seul dans les champs",
        "AAP § 5.1, lecture",
        _sad((PDE, PDE, PA)),
        [("L’exception au SAD ne tient pas", L)],
    ),
    Cas(
        "SAD : un champ inconnu",
        "AAP § 5.1, lecture",
        _sad((PDE, PDE, None)),
        [("L’exception au SAD reste à prouver", L)],
    ),
    # -- The service SONS pays, by the size of the OG ---------------------------------------------------------------------
    Cas("Ségur : 8 d’un petit OG", "02 § 1", _segur(8, 8), 17_520),
    Cas("Ségur : deux OG de 8", "02 § 1", _segur(16, 16), 35_040),
    Cas("Ségur : 35, aucun petit", "02 § 1", _segur(35, 0), 43_120),
    Cas("Ségur : 72, aucun petit", "02 § 1", _segur(72, 0), 88_704),
    Cas("Ségur : 8 d’un grand OG", "02 § 1", _segur(8, 0), 9_856),
    Cas("Ségur : 5 petits sur 20", "02 § 1", _segur(20, 5), 29_430),
    # -- Pilotage, equipment -----------------------------------------------------------------------------------------------
    Cas(
        "pilotage, tous petits",
        "AAP § 5.3",
        _postes("2022", Demande(ACQ, REF, 16, 16, pilotage=True), "pilotage"),
        (100_000,),
    ),
    Cas(
        "pilotage, grappe mêlée",
        "AAP § 5.3, ANS",
        _postes("2022", Demande(ACQ, REF, 16, 8, pilotage=True), "pilotage"),
        (0,),
    ),
    Cas(
        "pilotage, grappe mêlée : le désaccord est dit, avec son montant",
        "02 § 1",
        _notes("2022", Demande(ACQ, REF, 16, 8, pilotage=True), "deux textes se contredisent", "100 000 €"),
        ["deux textes se contredisent", "100 000 €"],
    ),
    Cas(
        "pilotage, aucun petit OG : pas de désaccord",
        "AAP § 5.3",
        _notes(
            "2022",
            Demande(ACQ, REF, 16, 0, pilotage=True),
            "deux textes se contredisent",
            "Pilotage non compté",
        ),
        ["Pilotage non compté"],
    ),
    Cas(
        "2021 : équipement en acquisition",
        "ANAP, lecture",
        _postes(AMORCAGE, Demande(ACQ, None, 20, 5), "usages", "equipement"),
        (500_000, 100_000),
    ),
    Cas(
        "2021 : AMOA sans montant",
        "ANAP",
        _notes(AMORCAGE, Demande(ACQ, None, 20), "AMOA peut être financée"),
        ["AMOA peut être financée"],
    ),
    Cas(
        "équipement sans petit OG : expliqué",
        "02 § 1",
        _notes("2022", Demande(ACQ, REF, 20, 0), "Équipement non compté"),
        ["Équipement non compté"],
    ),
    Cas(
        "pièce 11, un petit OG",
        "KIT § 4",
        _piece(11, "2022", 8, 8, totaux=(8, 8), equipement_demande=True),
        "obligatoire",
    ),
    Cas(
        "pièce 11, un OG de 14",
        "AAP § 5.3",
        _piece(11, "2022", 14, totaux=(14,), equipement_demande=True),
        "obligatoire",
    ),
    Cas(
        "pièce 11, un OG de 15",
        "AAP § 5.3",
        _piece(11, "2022", 15, totaux=(15,), equipement_demande=True),
        "sans-objet",
    ),
    Cas(
        "pièce 11, taille inconnue",
        "AAP § 5.3",
        _piece(11, "2022", 8, totaux=(None,), equipement_demande=True),
        "a-preciser",
    ),
    Cas("pièce 10 en 2022", "01 § 10", _piece(10, "2022", 8, 8), "facultative"),
    Cas("pièce 10 en Centre-Val de Loire", "AAP § 4.2 E", _piece(10, CVL, 8, 8), "obligatoire"),
    # -- National: the equipment is out of the total, in the window and on the command line ------------------------------
    Cas("2022, 49 ESSMS", "AAP § 4.3", lambda: national_par_nombre(charger("2022"), 49, False), False),
    Cas("2022, 50 ESSMS", "AAP § 4.3 B", lambda: national_par_nombre(charger("2022"), 50, False), True),
    Cas(
        "2023, 50 ESSMS, régions inconnues",
        "KIT § 5",
        lambda: national_par_nombre(charger("2023"), 50, False),
        None,
    ),
    Cas("2023, 49 ESSMS", "KIT § 5", lambda: national_par_nombre(charger("2023"), 49, False), False),
    Cas("2021, 60 ESSMS", "ANAP", lambda: national_par_nombre(charger(AMORCAGE), 60, False), False),
    Cas(
        "2022, 8 ESSMS dits nationaux",
        "AAP § 4.3 C",
        lambda: national_par_nombre(charger("2022"), 8, True),
        True,
    ),
    Cas(
        "équipement d’un projet national",
        "02 § 1",
        _postes("2022", Demande(ACQ, REF, 60, 8, national=True), "equipement"),
        (0,),
    ),
    Cas(
        "équipement d’un projet national : l’écart avec son montant",
        "02 § 1",
        _notes("2022", Demande(ACQ, REF, 60, 8, national=True), "au cas par cas", "160 000 €"),
        ["au cas par cas", "160 000 €"],
    ),
    # -- Advice, conflicts, exemptions ---------------------------------------------------------------------------------------
    Cas(
        "garanties de tarification, Centre-Val de Loire",
        "AAP § 7",
        _constats(CVL, "preparation.garanties", 9, 9),
        [("a-faire", T)],
    ),
    Cas(
        "garanties de tarification, ailleurs", "AAP § 7", _constats("2022", "preparation.garanties", 9, 9), []
    ),
    Cas(
        "réengagement, conformité 2022",
        "AAP § 3.2",
        _constats("2022", "cumul.reengagement", 9, 9, type=CONF),
        [("conseil", T)],
    ),
    Cas("réengagement, acquisition 2022", "AAP § 3.2", _constats("2022", "cumul.reengagement", 9, 9), []),
    Cas(
        "réengagement, SONS",
        "AAP § 3.2",
        _constats(SONS, "cumul.reengagement", 2, type=CONF),
        [("conseil", A)],
    ),
    Cas("un seul champ, une demande", "AAP § 9", _constats("2022", "orientation.niveau", 9, 9), []),
    Cas(
        "deux champs : une demande ou deux",
        "AAP § 9, presse",
        _constats("2022", "orientation.niveau", 9, 9, champs=(PDE,)),
        [("conseil", L)],
    ),
    Cas(
        "deux champs, 2021",
        "ANAP",
        _constats(AMORCAGE, "orientation.niveau", 6, 6, 6, champs=(Champ.PH,)),
        [],
    ),
]


@pytest.mark.parametrize(("code", "attendu"), NATURES)
def test_une_seule_reponse_pour_l_import_et_les_regles(code: str, attendu: bool | None) -> None:
    est, motif = nature(code)
    assert est is attendu and bool(motif) is (attendu is not True)
    assert motif_exclusion(code, "", True, None) == motif
    for champ in (None, *Champ):
        eligible, _ = eligibilite(essms(1, categorie=code, champ=champ), charger("2022"))
        assert eligible is not True or attendu is True, (code, champ)


@pytest.mark.parametrize("cas", CAS, ids=lambda c: c.nom)
def test_cas(cas: Cas) -> None:
    assert cas.demande() == cas.attendu, f"{cas.nom} ({cas.source})"


def test_les_cas_sont_nombreux_et_distincts() -> None:
    assert len(CAS) + len(NATURES) >= 60
    assert len({c.nom for c in CAS}) == len(CAS) and all(c.source for c in CAS)


def test_la_part_equipement_d_un_dossier_national_est_hors_du_total() -> None:
    d = dossier(45, 8, campagne_id="2022", equipement_demande=True)
    d.ogs[1].nb_essms_total = 8
    projet = financer_dossier(d, charger("2022")).projet
    assert projet.postes_cents["equipement"] == 0
    assert any("160\u00a0000" in n for n in projet.notes)
