"""Governance: who is named, who is missing."""

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.model import Contact, Instance
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Constat, Gravite, Page
from esms_desktop.regles.dossier.equipe import sans_dpo, sans_referent
from esms_desktop.regles.dossier.gouvernance import controler_gouvernance, est_comite
from tests.regles.fabrique import dossier, preparer


def constats(d, campagne: str = "2022") -> dict[str, Constat]:
    vus = controler_gouvernance(d, charger(campagne))
    assert all(
        k.page is Page.GOUVERNANCE and c.cible.page is Page.GOUVERNANCE for k in vus for c in k.constats
    )
    return {c.code: c for k in vus for c in k.constats}


def test_une_gouvernance_complete_n_a_rien_a_redire() -> None:
    assert constats(preparer(dossier(3, 3))) == {}


def test_une_gouvernance_vide_dit_tout_ce_qui_manque() -> None:
    d = dossier(3, 3)
    d.contacts.clear()
    vus = constats(d)
    assert set(vus) == {
        "grappe.chef-de-projet",
        "gouvernance.referents",
        "gouvernance.responsable-dui",
        "gouvernance.rsi",
        "gouvernance.comite-pilotage",
        "gouvernance.comite-operationnel",
        "gouvernance.amoa",
        "gouvernance.mutualisation",
    }
    assert vus["gouvernance.referents"].preuve.startswith("6\u00a0ESSMS")
    assert {c.gravite for c in constats(d, "sons-vague-1").values()} == {Gravite.CONSEIL}


def test_les_referents_d_un_essms_et_d_un_organisme() -> None:
    d = dossier(2, 2)
    for rang, e in enumerate(d.essms, 1):
        e.id = rang
    assert sans_referent(d) == d.essms
    d.contacts.append(Contact(nom="A", role=RoleContact.REFERENT))
    assert sans_referent(d) == d.essms, "a référent of nobody in particular stands for no structure"
    d.contacts.append(Contact(nom="B", role=RoleContact.REFERENT, essms_id=1, og_id=1))
    assert [e.id for e in sans_referent(d)] == [2, 3, 4]
    d.contacts.append(Contact(nom="E", role=RoleContact.RESPONSABLE_DUI, og_id=2))
    assert [e.id for e in sans_referent(d)] == [2, 3, 4], (
        "the one who answers for the data is not the référent of all"
    )
    d.contacts.append(Contact(nom="C", role=RoleContact.REFERENT, og_id=2))
    assert [e.id for e in sans_referent(d)] == [2]
    d.contacts.append(Contact(nom="D", role=RoleContact.RESPONSABLE_DUI, essms_id=2))
    assert sans_referent(d) == []


def test_le_dpo_se_nomme_dans_l_organisme_ou_parmi_les_contacts() -> None:
    d = dossier(2, 2)
    d.ogs[0].dpo_nom = d.ogs[1].dpo_nom = ""
    d.contacts.append(Contact(nom="A", role=RoleContact.DPO, og_id=2))
    assert sans_dpo(d) == [d.ogs[0]]
    assert constats(d)["grappe.og-dpo"].cible.id == 1


@pytest.mark.parametrize(
    ("nom", "genre", "attendu"),
    [
        ("Comité de pilotage", "pilotage", True),
        ("COPIL", "pilotage", True),
        ("Comité opérationnel", "operationnel", True),
        ("Comop", "operationnel", True),
        ("Comité technique", "pilotage", False),
    ],
)
def test_reconnaitre_un_comite(nom, genre, attendu) -> None:
    assert est_comite(nom, genre) is attendu


def test_une_instance_se_decrit() -> None:
    d = preparer(dossier(2))
    d.instances.append(Instance(id=7, nom="Comité technique", role="suit", composition="", frequence=""))
    vu = constats(d)["gouvernance.instances"]
    assert (vu.cible.objet, vu.cible.id, vu.cible.champ, vu.preuve) == (
        "instance",
        7,
        "composition",
        "Comité technique",
    )


@pytest.mark.parametrize(
    ("amoa", "nom", "titre"),
    [(None, "", "répondue"), (True, "", "nommée"), (True, "Cabinet", None), (False, "", None)],
)
def test_amoa(amoa, nom, titre) -> None:
    d = preparer(dossier(2))
    d.amoa, d.amoa_nom = amoa, nom
    vu = constats(d).get("gouvernance.amoa")
    assert (vu is None) if titre is None else (vu is not None and titre in vu.titre)
    if amoa and not nom:
        d.contacts.append(Contact(nom="Cabinet", role=RoleContact.AMOA))
        assert "gouvernance.amoa" not in constats(d)


def test_la_mutualisation_pese_moins_dans_un_organisme_seul() -> None:
    seul, plusieurs = preparer(dossier(2)), preparer(dossier(2, 2))
    seul.mutualisation = plusieurs.mutualisation = " "
    assert constats(seul)["gouvernance.mutualisation"].gravite is Gravite.CONSEIL
    assert constats(plusieurs)["gouvernance.mutualisation"].gravite is Gravite.A_FAIRE
