"""The signature circuit: where each signatory stands, and what changed since."""

import json
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.model import Contact, Essms, Signature, TexteDocument
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Constat, Gravite, Page
from esms_desktop.regles.dossier.signatures import (
    A_SIGNER,
    Etape,
    changements,
    controler_signatures,
    donnees,
    etats,
)
from esms_desktop.regles.financement.financement import financer_dossier
from tests.regles.fabrique import dossier, og, preparer

CAMPAGNE = charger("2022")
JOUR = date(2022, 5, 20)


def garde(d, code: str, o) -> dict:
    """What the base gives back of a content."""
    return json.loads(json.dumps(donnees(d, CAMPAGNE, code, o)))


def signer(d, code: str, o, **champs) -> Signature:
    s = Signature(og_id=o.id, document=code, donnees=garde(d, code, o), **champs)
    d.signatures.append(s)
    return s


def constats(d) -> dict[str, Constat]:
    vus = controler_signatures(d, CAMPAGNE)
    assert [k.page for k in vus] == [Page.DOCUMENTS] * 2
    return {c.code: c for k in vus for c in k.constats}


@pytest.mark.parametrize("code", A_SIGNER)
def test_rien_n_a_change_tant_que_rien_ne_bouge(code) -> None:
    d = preparer(dossier(9, 9))
    for o in d.ogs:
        assert changements(garde(d, code, o), donnees(d, CAMPAGNE, code, o)) == ()


def test_un_document_qui_ne_se_signe_pas() -> None:
    d = dossier(2)
    with pytest.raises(KeyError):
        donnees(d, CAMPAGNE, "note-presentation", d.ogs[0])


def nouvel_og(d) -> None:
    o = og(3, 2, 50)
    for rang, e in enumerate(o.essms):
        e.id, e.solution = 100 + rang, d.solutions[0]
    d.ogs.append(o)


def changer(d, **champs) -> None:
    for chemin, valeur in champs.items():
        objet, champ = (
            {"og": d.ogs[1], "e": d.essms[0], "d": d, "s": d.solutions[0]}[chemin.split("__")[0]],
            chemin.split("__")[1],
        )
        setattr(objet, champ, valeur)


@pytest.mark.parametrize(
    ("geste", "phrases"),
    [
        (
            lambda d: changer(d, og__representant_nom="Lou Vert"),
            ["Représentant d’Association 2 : « Camille Morel » est devenu « Lou Vert »."],
        ),
        (
            lambda d: changer(d, og__representant_nom=""),
            ["Représentant d’Association 2 : plus rien, « Camille Morel » auparavant."],
        ),
        (
            lambda d: changer(d, og__adresse="2 rue Haute"),
            [
                "Association 2, l’adresse du siège : « 1 place de la Mairie, 91000 Évry-Courcouronnes » est devenu « 2 rue Haute, 91000 Évry-Courcouronnes »."
            ],
        ),
        (
            lambda d: changer(d, e__nom="Les Lilas"),
            ["L’ESSMS « Résidence 1 » s’appelle maintenant « Les Lilas »."],
        ),
        (lambda d: changer(d, s__nom="Autre"), ["La solution retenue : « Vivadom » est devenu « Autre »."]),
        (
            lambda d: changer(d, d__date_debut_projet=None),
            ["La date de début du projet : plus rien, « 1er décembre 2022 » auparavant."],
        ),
        (
            lambda d: changer(d, d__cle_repartition="places"),
            [
                "La clé de répartition du reste à charge : « nombre d’ESSMS engagés » est devenu « capacité, en places »."
            ],
        ),
        (lambda d: changer(d, d__objectifs="Mieux"), ["Les objectifs du projet ont été modifiés."]),
        (
            lambda d: d.textes.append(TexteDocument(document="convention", section="objet", texte="x")),
            ["Le texte du document a été modifié."],
        ),
        (lambda d: d.textes.append(TexteDocument(document="autre", section="objet", texte="x")), []),
        (
            lambda d: d.contacts.append(Contact(nom="Zoé Gris", role=RoleContact.CHEF_DE_PROJET)),
            ["Le chef de projet : « Sacha Roux » est devenu « Sacha Roux et Zoé Gris »."],
        ),
        (
            lambda d: changer(d, s__prix_cents=20_000_000),
            [
                "Le total demandé passe de 387 000 € à 326 000 €.",
                "Poste « Logiciel (part de l’éditeur) » passe de 261 000 € à 200 000 €.",
                "Part d’Association 1 passe de 193 500 € à 163 000 €.",
                "Part d’Association 2 passe de 193 500 € à 163 000 €.",
            ],
        ),
        (
            lambda d: d.ogs[1].essms.pop(),
            ["1 ESSMS retiré : Résidence 18.", "Le total demandé passe de 387 000 € à 365 500 €."],
        ),
        (
            nouvel_og,
            ["Association 3 a rejoint la grappe.", "2 ESSMS ajoutés : Résidence 50 et Résidence 51."],
        ),
        (
            lambda d: d.ogs.pop(),
            [
                "Association 2 a quitté la grappe.",
                "9 ESSMS retirés : Résidence 10, Résidence 11, Résidence 12 et 6 autres.",
            ],
        ),
    ],
)
def test_les_phrases_disent_ce_qui_a_change(geste, phrases) -> None:
    d = preparer(dossier(9, 9))
    porteur = d.ogs[0]
    avant = garde(d, "convention", porteur)
    geste(d)
    dites = [
        p.replace("\u00a0", " ") for p in changements(avant, donnees(d, CAMPAGNE, "convention", porteur))
    ]
    assert dites[: len(phrases)] == phrases and (dites == phrases or len(phrases) > 1)


def test_la_lettre_d_un_organisme_ne_suit_que_lui() -> None:
    d = preparer(dossier(9, 9))
    avant = garde(d, "lettre-engagement", d.ogs[0])

    def dites() -> tuple[str, ...]:
        return changements(avant, donnees(d, CAMPAGNE, "lettre-engagement", d.ogs[0]))

    changer(d, og__representant_nom="Lou Vert", s__prix_cents=20_000_000)
    d.contacts.append(Contact(nom="Nour Roux", role=RoleContact.REFERENT, og_id=2))
    assert dites() == ()
    d.ogs[0].essms[0].financement_europeen = None
    assert dites() == ("Les déclarations de 1\u00a0ESSMS ont changé.",)
    d.contacts = [c for c in d.contacts if c.og_id != 1]
    assert any(p.startswith("Le référent") for p in dites())


def test_un_contenu_d_une_version_ancienne_reste_lisible() -> None:
    d = preparer(dossier(9, 9))
    ancien = {"projet": "Avant", "inconnu": 1, "ogs": {"1": {"nom": "Association 1"}}}
    dites = changements(ancien, donnees(d, CAMPAGNE, "convention", d.ogs[0]))
    assert dites == (
        "Association 2 a rejoint la grappe.",
        "Le nom du projet\u00a0: «\u00a0Avant\u00a0» est devenu «\u00a0Essai\u00a0».",
    )


@pytest.mark.parametrize(
    ("champs", "etape", "code"),
    [
        ({}, Etape.A_GENERER, None),
        ({"genere_le": JOUR}, Etape.GENERE, None),
        ({"genere_le": JOUR, "imprime_le": JOUR}, Etape.IMPRIME, "-en-attente"),
        ({"imprime_le": JOUR, "envoye_le": JOUR}, Etape.ENVOYE, "-en-attente"),
        ({"imprime_le": JOUR, "signe_le": JOUR}, Etape.SIGNE, "-sans-scan"),
        ({"signe_le": JOUR, "fichier_id": 4}, Etape.SIGNE, None),
        ({"fichier_id": 4}, Etape.SIGNE, None),
    ],
)
@pytest.mark.parametrize("code_document", A_SIGNER)
def test_les_etapes(champs, etape, code, code_document) -> None:
    d = preparer(dossier(9, 9))
    signer(d, code_document, d.ogs[1], **champs)
    vus = {(e.document, e.og.id): e for e in etats(d, CAMPAGNE)}
    assert len(vus) == 4 and vus[(code_document, 1)].etape is Etape.A_GENERER
    etat = vus[(code_document, 2)]
    assert (etat.etape, etat.date, etat.a_refaire) == (
        etape,
        JOUR if JOUR in champs.values() else None,
        False,
    )
    assert set(constats(d)) == ({f"signatures.{code_document}{code}"} if code else set())
    assert all(c.gravite is Gravite.CONSEIL for c in constats(d).values())


def test_un_changement_apres_signature_se_dit_une_fois() -> None:
    d = preparer(dossier(9, 9))
    for o in d.ogs:
        signer(d, "convention", o, signe_le=JOUR, fichier_id=1)
    assert constats(d) == {}
    d.essms[0].nom = "Les Lilas"
    vus = constats(d)
    assert set(vus) == {"signatures.convention-changee"}
    vu = vus["signatures.convention-changee"]
    assert vu.gravite is Gravite.A_FAIRE and vu.preuve == "Association 1 et Association 2"
    assert vu.explication.count("s’appelle maintenant «\u00a0Les Lilas\u00a0»") == 1
    assert vu.source == MAISON


def test_un_document_imprime_puis_depasse() -> None:
    d = preparer(dossier(9, 9))
    signer(d, "lettre-engagement", d.ogs[1], imprime_le=JOUR)
    d.ogs[1].essms.append(Essms(id=77, nom="Nouvelle", finess="", categorie="500", departement="91"))
    assert constats(d)["signatures.lettre-engagement-perimee"].gravite is Gravite.A_FAIRE


def test_une_signature_sans_memoire_demande_une_relecture() -> None:
    d = preparer(dossier(9, 9))
    d.signatures.append(Signature(og_id=1, document="convention", signe_le=JOUR, fichier_id=1))
    assert set(constats(d)) == {"signatures.convention-sans-memoire"}


def test_les_longs_changements_se_resument() -> None:
    d = preparer(dossier(9, 9))
    signer(d, "convention", d.ogs[0], signe_le=JOUR, fichier_id=1)
    for e in d.essms[:7]:
        e.nom += " bis"
    assert "3\u00a0autres changements" in constats(d)["signatures.convention-changee"].explication
    assert financer_dossier(d, CAMPAGNE).projet.total_cents == 38_700_000
