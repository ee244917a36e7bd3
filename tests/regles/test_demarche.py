"""One next step: the acts in the order of the kit, each named, counted, sent to its place; prerequisites before signatures."""

import re
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.lecture import Dossier as Lu
from esms_desktop.model import Complement, Dossier
from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet
from esms_desktop.regles.constats import Cible, Constat, Examen, Gravite, Page, examen
from esms_desktop.regles.dossier.demarche import Demarche, demarche
from esms_desktop.regles.dossier.gestes import infinitif
from esms_desktop.regles.examen import examiner
from esms_desktop.store.lire import figer
from tests.documents.test_vierge import nu
from tests.regles.fabrique import JOUR, dossier, preparer
from tests.regles.scenarios import THEMES
from tests.regles.scenarios_outils import pret

# A verb, as a button names what it does.
INFINITIF = re.compile(r"^[A-ZÀÉÊ][\wàéêèîôûçœ’]*(er|ir|re|oir)\b")


def lire(d: Dossier, jour: date = JOUR) -> tuple[Lu, Examen, Demarche]:
    lu = figer(d)
    vu = verifier_dossier(lu, jour)
    return lu, vu, demarche(lu, vu)


def test_le_premier_pas_d_un_dossier_nu() -> None:
    d = nu("2022", TypeProjet.CONFORMITE)
    lu, _, suite = lire(d, date(2022, 5, 2))
    acte = suite.prochain
    assert acte is not None and acte.phrase == "Saisir le SIRET de 2\u00a0organismes"
    assert acte.cible == Cible(Page.GRAPPE, "og", lu.ogs[0].id, "siret")
    assert [p.og for p in acte.parts] == ["Association 1", "Association 2"]
    assert {c.code for c in acte.constats} == {"grappe.og-siret", "recevabilite.point-4"}


def test_un_acte_compte_et_nomme_ses_organismes() -> None:
    _, _, suite = lire(nu("2022", TypeProjet.CONFORMITE))
    [acte] = [a for a in suite.actes if a.cible.champ == "financement_europeen"]
    assert acte.phrase == "Répondre sur le financement européen de 37\u00a0ESSMS"
    assert acte.detail == "Association 1 (21\u00a0ESSMS) et Association 2 (16\u00a0ESSMS)"
    d = nu("2022", TypeProjet.CONFORMITE)
    for e in d.ogs[0].essms:
        e.financement_europeen = False
    _, _, suite = lire(d)
    [acte] = [a for a in suite.actes if a.cible.champ == "financement_europeen"]
    assert (acte.detail, acte.cible.id) == ("Association 2 (16\u00a0ESSMS)", figer(d).ogs[1].essms[0].id)


def test_ce_qu_une_meme_reponse_regle_est_un_seul_acte() -> None:
    _, vu, suite = lire(nu("2022", TypeProjet.ACQUISITION))
    [acte] = [a for a in suite.actes if a.cible.champ == "retenue"]
    assert {c.code for c in acte.constats} == {"recevabilite.point-9", "recevabilite.point-10"}
    # Nothing is lost on the way.
    dits = {c for a in (*suite.actes, *suite.conseils) for c in a.constats} | set(suite.retards)
    assert dits == set(vu.constats)


@pytest.mark.parametrize("campagne", ["2022", "2023-ile-de-france"])
def test_on_ne_fait_pas_signer_avant_de_savoir_qui_signe(campagne: str) -> None:
    d = preparer(dossier(10, 8, campagne_id=campagne))
    d.ogs[1].siret = ""
    _, _, suite = lire(d)
    signer = [a for a in suite.actes if a.phrase.startswith("Faire signer")]
    assert len(signer) == 2 and {a.attend for a in signer} == {"Saisir le SIRET de 1\u00a0organisme"}
    assert suite.prochain is not None and suite.prochain not in signer
    d.ogs[1].siret = d.ogs[0].siret
    _, vu, _ = lire(d)
    seuls = [c for c in vu.constats if c.code.startswith("pieces.piece-")]
    signables = demarche(figer(d), examen_de(seuls)).actes
    assert [a.attend for a in signables] == [""] * len(signables)


def examen_de(constats: list[Constat]) -> Examen:
    from esms_desktop.regles.constats import Controle

    return examen([Controle(c.code, c.cible.page, (c,)) for c in constats])


def test_l_ordre_est_celui_du_kit() -> None:
    for campagne in identifiants():
        for genre in TypeProjet:
            _, _, suite = lire(nu(campagne, genre))
            rangs = [list(Page).index(a.etape) for a in suite.actes]
            assert rangs == sorted(rangs)
            assert all(a.gravite is not Gravite.CONSEIL for a in suite.actes)


def test_un_retard_se_dit_avant_tout_et_ne_prend_pas_la_place_du_pas() -> None:
    _, _, suite = lire(nu("2022", TypeProjet.CONFORMITE), date(2026, 11, 27))
    assert [c.retard for c in suite.retards] == [1519]
    assert suite.prochain is not None and "SIRET" in suite.prochain.phrase


def test_une_date_passee_est_un_constat_avec_ses_jours() -> None:
    d = preparer(dossier(10, 8))
    d.taches.clear()
    d.date_convention = date(2022, 4, 2)
    d.complements.append(Complement(numero=9, demande="Le RIB", echeance=date(2022, 5, 1)))
    _, vu, suite = lire(d)
    dits = {c.code: (c.titre, c.retard) for c in vu.constats if c.retard}
    assert dits["calendrier.passees"] == ("La convention avec l’ARS a 30\u00a0jours de retard", 30)
    assert (
        dits["calendrier.complements"][1] == 1
        and "1\u00a0jour de retard" in dits["calendrier.complements"][0]
    )
    assert [c.code for c in suite.retards] == ["calendrier.passees", "calendrier.complements"]
    for etat in (EtatDossier.CONVENTIONNE, EtatDossier.NON_RECEVABLE, EtatDossier.SOLDE):
        d.etat = etat
        assert "calendrier.passees" not in {c.code for c in lire(d)[1].constats}


def test_quand_rien_ne_manque_il_reste_a_produire() -> None:
    lu = figer(preparer(dossier(10, 8)))
    rien = Examen()
    acte = demarche(lu, rien).prochain
    assert acte is not None and (acte.phrase, acte.cible.page) == (
        "Produire le dossier à déposer",
        Page.DEPOT,
    )
    # Where no piece is asked, or once it is filed, there is nothing to produce.
    assert demarche(lu, rien, a_deposer=False).prochain is None


@pytest.mark.parametrize("theme", THEMES)
def test_chaque_acte_est_un_verbe_qui_tient_dans_un_bouton(theme: str) -> None:
    for geste in THEMES[theme].values():
        d = pret()
        geste(d)
        suite = demarche(figer(d), examiner(d, charger("2022"), JOUR))
        for acte in (*suite.actes, *suite.conseils):
            assert INFINITIF.match(acte.phrase), acte.phrase
            assert len(acte.phrase) <= 85, acte.phrase


def test_les_actes_des_dossiers_nus_sont_des_verbes() -> None:
    for campagne in identifiants():
        for genre in TypeProjet:
            for acte in (s := lire(nu(campagne, genre))[2]).actes + s.conseils:
                assert INFINITIF.match(acte.phrase) and len(acte.phrase) <= 85, acte.phrase


@pytest.mark.parametrize(
    ("remede", "attendu"),
    [
        ("Saisissez la date, même prévisionnelle.", "Saisir la date, même prévisionnelle"),
        ("Corrigez l’un des deux nombres.", "Corriger l’un des deux nombres"),
        ("Répondez\u00a0: le projet a-t-il une portée ?", "Répondre à une question"),
        ("Retirez les doublons, ou corrigez le numéro.", "Retirer les doublons"),
        ("La grappe est trop petite.", ""),
        ("", ""),
    ],
)
def test_un_remede_devient_un_acte(remede: str, attendu: str) -> None:
    assert infinitif(remede) == attendu


def test_un_acte_se_dit_en_json() -> None:
    _, _, suite = lire(nu("2022", TypeProjet.CONFORMITE))
    assert suite.prochain is not None
    dit = suite.prochain.en_dict()
    assert dit["acte"] == suite.prochain.phrase and dit["etape"] == "grappe" and dit["attend"] == ""
    assert dit["organismes"] == [{"nom": "Association 1", "essms": 0}, {"nom": "Association 2", "essms": 0}]
    assert charger("2022").titre
