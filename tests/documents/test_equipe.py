"""Who does what: the rules, the documents, the signatures and the filing answer alike, whoever is named for whom."""

from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Document, manques
from esms_desktop.lecture import Dossier
from esms_desktop.model import Contact, TexteDocument
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier import equipe, signatures
from esms_desktop.regles.dossier.gouvernance import controler_gouvernance
from esms_desktop.store.lire import figer
from tests.documents.arbre_lu import lire
from tests.regles.fabrique import JOUR, dossier

CAMPAGNE = charger("2022")
ROLES = (
    RoleContact.REFERENT,
    RoleContact.RESPONSABLE_DUI,
    RoleContact.DPO,
    RoleContact.AMOA,
    RoleContact.RSI,
)
# Someone is named for a structure, an OG or the whole project.
PORTEES = ((1, 1), (1, 2), (2, 3), (2, 4), (None, 1), (1, None), (2, None), (None, None))
nommes = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PORTEES)), max_size=8)


def construire(choix, *suite: Contact, textes=(), **champs) -> Dossier:
    """Two OG of two structures, the first one without a DPO of its own; `champs`: fields of the dossier."""
    d = dossier(2, 2, **champs)
    d.ogs[0].dpo_nom = ""
    d.textes += textes
    for rang, e in enumerate(d.essms, 1):
        e.id = rang
    for rang, (role, (og_id, essms_id)) in enumerate(choix):
        d.contacts.append(
            Contact(
                nom=f"Personne {rang}", role=role, og_id=og_id, essms_id=essms_id, courriel=f"p{rang}@x.fr"
            )
        )
    d.contacts += suite
    return figer(d)


def lu(document: Document) -> str:
    return "\n".join(lire(document))


def produire(d: Dossier, code: str, rang: int | None = None):
    return catalogue.produire(code, d, CAMPAGNE, JOUR, None if rang is None else d.ogs[rang])


def manquent(d: Dossier, code: str, debut: str, rang: int | None = None) -> set[str]:
    return {m for m in manques(produire(d, code, rang)) if m.startswith(debut)}


@given(nommes, st.sampled_from([None, False, True]), st.sampled_from(["", "Cabinet Repère"]))
def test_what_the_rules_miss_is_what_the_documents_leave_blank(choix, amoa, amoa_nom) -> None:
    d = construire(choix, amoa=amoa, amoa_nom=amoa_nom)
    codes = {c.code for k in controler_gouvernance(d, CAMPAGNE) for c in k.constats}
    for code, blanc, sans in (
        ("gouvernance.referents", "référent (", equipe.sans_referent(d)),
        ("gouvernance.responsable-dui", "responsable du traitement DUI (", equipe.sans_responsable_dui(d)),
    ):
        assert (code in codes) == bool(sans) == bool(manquent(d, "gouvernance", blanc))
    sans_dpo = {f"DPO ({og.nom})" for og in equipe.sans_dpo(d)}
    assert ("grappe.og-dpo" in codes) == bool(sans_dpo)
    assert manquent(d, "convention", "DPO (") == manquent(d, "gouvernance", "DPO (") == sans_dpo
    assert f"{2 - len(sans_dpo)} DPO pour 2\u00a0organismes" in lu(produire(d, "gouvernance"))
    sans_amoa = bool(manquent(d, "gouvernance", "assistance à maîtrise d’ouvrage"))
    assert ("gouvernance.amoa" in codes) == sans_amoa
    for rang, og in enumerate(d.ogs):
        assert bool(manquent(d, "lettre-engagement", "référent", rang)) == (not equipe.referents_og(d, og))


def test_a_dpo_of_the_team_is_that_of_the_convention_and_of_what_is_signed() -> None:
    choix = [(RoleContact.DPO, (1, None)), (RoleContact.DPO, (None, None))]
    texte = TexteDocument(document="convention", section="donnees", texte="Le DPO : {porteur.dpo}.")
    d = construire(choix, textes=[texte])
    assert (
        manquent(d, "convention", "DPO")
        == set()
        == manquent(d, "convention", "courriel du DPO (Association 1")
    )
    assert "Personne 0" in lu(produire(d, "convention"))
    assert "Le DPO : Personne 0." in lu(produire(d, "convention")).replace("\n", "")
    avant = signatures.donnees(d, CAMPAGNE, "convention", d.ogs[0])
    assert avant["ogs"]["1"]["dpo_nom"] == "Personne 0" and avant["ogs"]["1"]["dpo_courriel"] == "p0@x.fr"
    autre = d.avec({"contact": {c.id: {**vars(c), "nom": "Une autre"} for c in d.contacts if c.og_id == 1}})
    apres = signatures.donnees(autre, CAMPAGNE, "convention", autre.ogs[0])
    (phrase,) = signatures.changements(avant, apres)
    assert "«\u00a0Personne 0\u00a0» est devenu «\u00a0Une autre\u00a0»" in phrase
    nomme = d.avec({"og": {1: {**vars(d.ogs[0]), "dpo_nom": "Celui de l’organisme"}}})
    assert equipe.delegue(nomme.ogs[0]) == equipe.Delegue("Celui de l’organisme", "")


def test_a_responsable_for_one_structure_leaves_the_others_to_name() -> None:
    seul = [(RoleContact.RESPONSABLE_DUI, (1, 1))]
    (constat,) = [
        c
        for k in controler_gouvernance(construire(seul), CAMPAGNE)
        for c in k.constats
        if c.code == "gouvernance.responsable-dui"
    ]
    assert constat.titre == "Des structures n’ont pas de responsable du traitement DUI"
    assert constat.preuve == "3\u00a0ESSMS (Résidence 2, Résidence 3 et Résidence 4)"
    d = construire(seul, Contact(nom="Pour tous", role=RoleContact.RESPONSABLE_DUI))
    assert equipe.sans_responsable_dui(d) == []
    # The one of a structure is its référent too, in the chart as well; the other answers for the rest of both OG.
    texte = lu(produire(d, "gouvernance"))
    assert (texte.count("Personne 0"), texte.count("Pour tous")) == (3, 2)


def test_nobody_is_left_out_of_the_team() -> None:
    """A référent of no structure in particular is told with the team."""
    d = construire([(RoleContact.REFERENT, (None, None))])
    assert "Personne 0" in lu(produire(d, "gouvernance"))
    assert len(equipe.sans_referent(d)) == 4


def test_amoa_named_twice_is_told_once_and_none_when_the_project_does_without() -> None:
    choix = [(RoleContact.AMOA, (None, None)), (RoleContact.AMOA, (1, None))]
    assert equipe.amoa(construire(choix, amoa=True, amoa_nom="Personne 1")) == ("Personne 1", "Personne 0")
    assert equipe.amoa(construire(choix, amoa=False, amoa_nom="Personne 1")) == ()
