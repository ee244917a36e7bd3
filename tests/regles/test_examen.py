"""The whole examination: what a director reads, grouped, with a remedy and a source each time."""

from collections import Counter

import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.regles.constats import Gravite, Page
from esms_desktop.regles.examen import examiner
from tests.regles.fabrique import JOUR, dossier, essms, joindre, og, preparer


def codes(d, campagne: str = "2022") -> set[str]:
    return {c.code for c in examiner(d, charger(campagne), JOUR)}


def complet():
    """A dossier that lacks nothing."""
    d = preparer(dossier(9, 9))
    for numero in (3, 9):
        joindre(d, numero)
    for numero in (4, 10):
        joindre(d, numero, 1)
        joindre(d, numero, 2)
    return d


def test_un_dossier_complet_n_a_que_des_conseils() -> None:
    resultat = examiner(complet(), charger("2022"), JOUR)
    assert [c.code for c in resultat if c.gravite is not Gravite.CONSEIL] == []
    fait, tout = resultat.avancement()
    assert fait == tout > 60
    for page in Page:
        fait, tout = resultat.avancement(page)
        assert fait == tout > 0


@pytest.mark.parametrize("campagne", identifiants())
@pytest.mark.parametrize("pleine", [True, False])
def test_chaque_constat_dit_tout(campagne, pleine) -> None:
    d = dossier(4, 60, complet=pleine)
    for e in d.essms[::2]:
        e.finess, e.champ, e.departement, e.sons_autre_solution = "", None, "", None
    d.ogs[0].nb_essms_total = None
    resultat = examiner(d, charger(campagne), JOUR)
    for constat in resultat:
        textes = (constat.titre, constat.explication, constat.remede, constat.source)
        assert all(textes), constat
        tout = " ".join((*textes, constat.preuve))
        assert "'" not in tout.replace("Côte d'Azur", "") and "\u202f" not in tout and "None" not in tout, (
            constat
        )
        assert constat.remede.endswith((".", "?")) and constat.remede[0].isupper()
    assert not any(n > 2 for n in Counter(c.code for c in resultat).values())


def test_quarante_neuf_essms_une_seule_ligne() -> None:
    d = dossier(49)
    for e in d.essms:
        e.capacite = None
    trouves = [c for c in examiner(d, charger("2022"), JOUR) if c.code == "grappe.essms-capacite"]
    assert len(trouves) == 1
    assert trouves[0].preuve.startswith("49\u00a0ESSMS (Résidence 1, ")
    assert trouves[0].cible.champ == "capacite"


@pytest.mark.parametrize("extension", [".heic", ".tif", ".webp", ".PDF"])
def test_ce_dont_nous_tirons_des_pages_n_est_pas_refuse(extension: str) -> None:
    d = complet()
    joindre(d, 9, None, extension)
    assert "pieces.extensions" not in codes(d)


@pytest.mark.parametrize(
    ("geste", "code"),
    [
        (lambda d: d.ogs.clear(), "grappe.essms"),
        (lambda d: setattr(d.ogs[1], "est_porteur", True), "grappe.porteur"),
        (lambda d: setattr(d.ogs[0], "est_porteur", False), "grappe.porteur"),
        (lambda d: setattr(d.ogs[1], "siret", "123"), "grappe.og-siret"),
        (lambda d: setattr(d.ogs[1], "finess_ej", ""), "grappe.og-finess-ej"),
        (lambda d: setattr(d.ogs[1], "siren", "732829320"), "grappe.og-siren"),
        (lambda d: setattr(d.ogs[1], "finess_ej", d.ogs[0].finess_ej), "grappe.og-doublon"),
        (lambda d: setattr(d.ogs[1], "representant_nom", ""), "grappe.og-representant"),
        (lambda d: setattr(d.ogs[1], "representant_qualite", ""), "grappe.og-qualite"),
        (lambda d: (setattr(d.ogs[1], "adresse", ""), setattr(d.ogs[1], "commune", "")), "grappe.og-siege"),
        (lambda d: setattr(d.ogs[1], "dpo_nom", ""), "grappe.og-dpo"),
        (lambda d: d.points_preparation.pop(0), "preparation.objectifs"),
        (lambda d: setattr(d.ogs[0].briques[0], "acquise", None), "preparation.briques"),
        (lambda d: d.couts.clear(), "plan.couts"),
        (lambda d: d.vagues.clear(), "deploiement.vagues"),
        (lambda d: setattr(d, "amoa", None), "gouvernance.amoa"),
        (lambda d: setattr(d.ogs[1], "nb_essms_total", None), "grappe.og-taille"),
        (lambda d: setattr(d.ogs[1], "nb_essms_total", 2), "grappe.og-taille-contredite"),
        (lambda d: d.ogs.append(og(3, 0, 900)), "grappe.og-sans-essms"),
        (lambda d: d.contacts.clear(), "grappe.chef-de-projet"),
        (lambda d: d.ogs[0].essms.append(essms(1)), "grappe.finess-doublon"),
        (lambda d: setattr(d.essms[0], "departement", "75"), "grappe.finess-departement"),
        (lambda d: setattr(d.essms[0], "adresse", d.essms[1].adresse.upper()), "grappe.decoupage"),
        (lambda d: setattr(d.essms[0], "departement", ""), "grappe.essms-departement"),
        (lambda d: setattr(d.essms[0], "siret", "123"), "grappe.essms-siret"),
        (lambda d: setattr(d.essms[0], "categorie", "460"), "grappe.part-confort"),
        (lambda d: setattr(d, "portee_nationale", None), "orientation.niveau"),
        (lambda d: setattr(d.solutions[0], "prix_cents", None), "financement.prix"),
        (lambda d: joindre(d, 9, None, ".odt"), "pieces.extensions"),
        (lambda d: d.fichiers.clear(), "pieces.piece-9"),
    ],
)
def test_chaque_manque_donne_son_constat(geste, code) -> None:
    d = complet()
    assert code not in codes(d)
    geste(d)
    assert code in codes(d)


def test_les_questions_qui_valent_de_l_argent() -> None:
    d = dossier(8, 8, equipement_demande=None, pilotage_demande=None)
    assert not {"financement.equipement", "financement.pilotage"} & codes(d)
    for o in d.ogs:
        o.nb_essms_total = 8
    assert {"financement.equipement", "financement.pilotage"} <= codes(d)


def test_une_campagne_d_une_autre_region_se_remarque() -> None:
    assert "orientation.niveau" in codes(dossier(15), "2022-centre-val-de-loire")
    assert "orientation.niveau" not in codes(dossier(15), "2023-ile-de-france")


def test_part_confort_declaree_reste_un_conseil() -> None:
    d = complet()
    e = d.essms[0]
    e.categorie, e.champ, e.part_confort = "460", Champ.DOM, True
    graves = [c.gravite for c in examiner(d, charger("2022"), JOUR) if c.code == "grappe.part-confort"]
    assert graves == [Gravite.CONSEIL]
