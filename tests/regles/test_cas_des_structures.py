"""What the texts count by structure, service, entity or OG: hours, self-assessments, agreements, letters, the balance; with sources."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.model import Dossier, Fichier
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from esms_desktop.regles.dossier.pieces import EtatPiece, etat_pieces
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.planning.calendrier import echeances
from esms_desktop.regles.recevabilite.eligibilite import eligibilite
from esms_desktop.regles.recevabilite.heures import part_eligible
from tests.regles.fabrique import JOUR, dossier, essms

CVL = "2022-centre-val-de-loire"


def _services(campagne: str, *heures: tuple[int | None, int | None], categorie: str = "460") -> Dossier:
    """A grappe of 20 ESSMS whose first ones are home services with these hours."""
    d = dossier(10, 10, campagne_id=campagne)
    for e, (eligibles, totales) in zip(d.essms, heures, strict=False):
        e.categorie, e.champ, e.part_confort = categorie, Champ.DOM, True
        e.heures_eligibles, e.heures_totales = eligibles, totales
    return d


def _postes(d: Dossier) -> dict[str, int]:
    return financer_dossier(d, charger(d.campagne_id)).projet.postes_cents


def _codes(d: Dossier, code: str) -> list[tuple[str, Fondement, str]]:
    vus = examiner(d, charger(d.campagne_id), JOUR)
    return [(c.gravite.value, c.fondement, c.cible.champ) for c in vus if c.code == code]


def _piece(d: Dossier, numero: int, campagne: Campagne | None = None) -> EtatPiece:
    return etat_pieces(d, campagne or charger(d.campagne_id))[numero - 1]


# FAQ (referentiel 01 § 3): the aid goes by the share of the eligible hours; boundaries: none, all, more than all, unknown.
@pytest.mark.parametrize(
    ("eligibles", "totales", "part"),
    [
        (0, 1000, Fraction(0)),
        (1, 1000, Fraction(1, 1000)),
        (999, 1000, Fraction(999, 1000)),
        (1000, 1000, Fraction(1)),
        (1001, 1000, None),
        (500, 0, None),
        (0, 0, None),
        (None, 1000, None),
        (500, None, None),
        (-1, 1000, None),
    ],
)
def test_la_part_des_heures(eligibles: int | None, totales: int | None, part: Fraction | None) -> None:
    assert part_eligible(essms(1, heures_eligibles=eligibles, heures_totales=totales)) == part


@pytest.mark.parametrize("categorie", ["209", "460", "640"])
@pytest.mark.parametrize("campagne", ["2022", "2023"])
def test_l_aide_d_un_service_va_au_prorata_de_ses_heures(campagne: str, categorie: str) -> None:
    plein = _postes(_services(campagne))
    moitie = _postes(_services(campagne, (750, 1500), categorie=categorie))
    for poste in ("usages", "logiciel"):
        # Half of one forfait out of twenty.
        assert plein[poste] - moitie[poste] == Fraction(plein[poste], 40), poste
    assert plein["amoa_marche"] == moitie["amoa_marche"] and plein["pilotage"] == moitie["pilotage"]
    assert _postes(_services(campagne, (1500, 1500), categorie=categorie)) == plein


@pytest.mark.parametrize("campagne", ["2021-amorcage", "sons-vague-1"])
def test_le_prorata_ne_passe_pas_d_une_campagne_a_l_autre(campagne: str) -> None:
    assert _postes(_services(campagne, (750, 1500))) == _postes(_services(campagne, (1500, 1500)))
    assert _codes(_services(campagne, (None, None)), "grappe.heures") == []


def test_sans_les_heures_le_forfait_est_un_plafond_dit_a_confirmer() -> None:
    d = _services("2022", (None, None), (700, None), (10, 20))
    projet = financer_dossier(d, charger("2022")).projet
    [dit] = [h for h in projet.hypotheses if "plafond" in h and "domicile" in h]
    assert dit.startswith("2\u00a0services à domicile au plafond") and "FAQ" in dit
    # One finding tells both services; the FAQ is not the text of the campaign.
    assert [(g, f) for g, f, _ in _codes(d, "grappe.heures")] == [("a-faire", Fondement.AUTRE_TEXTE)]


def test_des_heures_qui_se_contredisent_sont_une_regle_de_la_maison() -> None:
    assert _codes(_services("2022", (20, 10)), "grappe.heures") == [
        ("a-faire", Fondement.CONSEIL, "heures_eligibles")
    ]


def test_un_service_sans_confort_n_a_pas_de_prorata() -> None:
    d = _services("2022", (None, None))
    d.essms[0].part_confort = False
    assert _codes(d, "grappe.heures") == [] and _postes(d) == _postes(_services("2022"))


def test_les_parts_des_og_suivent_les_heures_au_centime_pres() -> None:
    d = _services("2022", (0, 900), (100, 300))
    financement = financer_dossier(d, charger("2022"))
    for poste, total in financement.projet.postes_cents.items():
        assert sum(p.postes_cents[poste] for p in financement.parts) == total, poste
    premiere, seconde = (p.postes_cents["usages"] for p in financement.parts)
    # One service paid for none of its hours, another for a third: 8 ⅓ forfaits against 10.
    assert abs(Fraction(premiere, seconde) - Fraction(5, 6)) < Fraction(1, 1000)


# AAP § 4.2 E: maturity and security of the SI, for each ESSMS; the kit of 2023 asks one of each OG.
def test_la_piece_10_va_par_essms_et_par_genre_en_centre_val_de_loire() -> None:
    d = dossier(2, 1, campagne_id=CVL)
    d.fichiers.append(Fichier(id=1, numero=10, nom="autodiagnostics.pdf", extension="pdf", pages=3))
    d.ogs[0].autodiagnostics.clear()
    assert _piece(d, 10).manque.startswith(
        "Il manque l’autodiagnostic de maturité de 3\u00a0ESSMS"
    ) and _piece(d, 10).manque.endswith("Dites quels ESSMS couvre chaque fichier joint.")
    for e in d.essms:
        e.diagnostic_si_id = 1
    manque = _piece(d, 10).manque
    assert "maturité" not in manque and "cybersécurité de 3\u00a0ESSMS" in manque
    for e in d.essms[:-1]:
        e.diagnostic_cyber_id = 1
    assert d.essms[-1].nom in _piece(d, 10).manque
    d.essms[-1].diagnostic_cyber_id = 1
    assert _piece(d, 10).manque == ""
    # A file that is no longer there covers nobody.
    d.fichiers.clear()
    assert "maturité de 3\u00a0ESSMS" in _piece(d, 10).manque


def test_la_piece_10_va_par_og_la_ou_la_campagne_compte_ainsi() -> None:
    campagne = charger(CVL)
    par_og = replace(
        campagne,
        unites=replace(
            campagne.unites, autodiagnostics=replace(campagne.unites.autodiagnostics, valeur="og")
        ),
    )
    assert (
        charger("2023").unites.autodiagnostics.valeur == charger("2022").unites.autodiagnostics.valeur == "og"
    )
    d = dossier(2, 1, campagne_id=CVL)
    d.fichiers.append(Fichier(id=1, numero=10, nom="a.pdf", extension="pdf", pages=1, og_id=1))
    manque = _piece(d, 10, par_og).manque
    assert "Association 2" in manque and "ESSMS" not in manque


# Referentiel 01 § 4, piece 12: the agreement of the national entity, once for all the ESSMS that depend on it (lecture).
def test_la_piece_12_va_par_entite_nationale() -> None:
    d = dossier(3, 2, campagne_id="2022")
    noms = ("Fondation du Lac", "fondation  du lac", "", "Union des Îles", "")
    for e, nom in zip(d.essms, noms, strict=True):
        e.rattache_entite_nationale, e.entite_nationale = bool(nom), nom
    assert _piece(d, 12).manque == "Il manque l’accord de\u00a0: Fondation du Lac et Union des Îles."
    d.fichiers.append(
        Fichier(id=1, numero=12, nom="a.pdf", extension="pdf", pages=1, entite="FONDATION DU LAC")
    )
    assert _piece(d, 12).manque == "Il manque l’accord de\u00a0: Union des Îles."
    d.fichiers.append(Fichier(id=2, numero=12, nom="b.pdf", extension="pdf", pages=1, entite="Autre"))
    assert "Union des Îles" in _piece(d, 12).manque
    d.fichiers[1].entite = ""
    assert _piece(d, 12).manque == ""


def test_une_entite_sans_nom_est_a_nommer() -> None:
    d = dossier(2, campagne_id="2022")
    d.essms[0].rattache_entite_nationale = True
    assert "nommez celle" in _piece(d, 12).manque
    d.essms[0].rattache_entite_nationale = False
    assert _piece(d, 12).obligation == "sans-objet"


# Referentiel 02 § 5, 05: a letter of the porteur, or of each OG, as the ARS says.
def test_la_lettre_du_porteur_ou_de_chaque_organisme_est_une_valeur() -> None:
    campagne = charger("2023")
    lettres = campagne.unites.lettres
    du_porteur = replace(
        campagne, unites=replace(campagne.unites, lettres=replace(lettres, valeur="porteur"))
    )
    d = dossier(2, 1, campagne_id="2023")
    assert lettres.valeur == "og"
    assert "Association 1" in _piece(d, 4).manque and "Association 2" in _piece(d, 4).manque
    assert "Association 1" in _piece(d, 4, du_porteur).manque
    assert "Association 2" not in _piece(d, 4, du_porteur).manque
    d.fichiers.append(Fichier(id=1, numero=4, nom="l.pdf", extension="pdf", pages=1, og_id=1))
    assert _piece(d, 4, du_porteur).manque == "" and "Association 2" in _piece(d, 4).manque


# Referentiel 02 § 2: the balance comes in the year it is asked, once the targets are reached, not at the end of the deployment.
@pytest.mark.parametrize(
    ("fin", "demande", "annee"),
    [
        (date(2024, 8, 31), None, 2024),
        (date(2024, 9, 1), None, 2025),
        (date(2024, 5, 31), date(2025, 1, 1), 2025),
        (date(2024, 12, 31), date(2024, 12, 31), 2024),
        (None, date(2024, 6, 1), 2024),
        (None, None, None),
    ],
)
def test_le_solde_est_dans_l_annee_de_sa_demande(
    fin: date | None, demande: date | None, annee: int | None
) -> None:
    d = dossier(9, 9, campagne_id="2022", date_fin_deploiement=fin, date_solde=demande)
    campagne = charger("2022")
    annees = [a for a, libelle, _ in financer_dossier(d, campagne).par_annee if libelle.startswith("Solde")]
    assert annees == [annee]
    dites = [e for e in echeances(d, campagne, JOUR) if e.libelle == "Demande du solde"]
    assert [e.date.year for e in dites] == ([annee] if annee else [])


# Art. L. 312-1: what a category does not tell, the ARS may confirm; what it excludes stays excluded.
@pytest.mark.parametrize(
    ("categorie", "confirmee", "attendu"),
    [
        ("461", None, None),
        ("461", True, True),
        ("461", False, False),
        ("258", True, True),
        ("247", True, False),
        ("609", True, False),
        ("500", False, True),
    ],
)
def test_la_nature_confirmee_par_l_ars(categorie: str, confirmee: bool | None, attendu: bool | None) -> None:
    e = essms(1, categorie=categorie, champ=Champ.PH, nature_confirmee=confirmee)
    assert eligibilite(e, charger("2022"))[0] is attendu


# AAP § 5, vigilance on artificial splits; not a text of 2023 nor of 2021.
@pytest.mark.parametrize(
    ("campagne", "attendu"),
    [
        (CVL, [Fondement.TEXTE]),
        ("2022", [Fondement.AUTRE_TEXTE]),
        ("2023", [Fondement.AUTRE_TEXTE]),
        ("2021-amorcage", []),
        ("sons-vague-1", []),
    ],
)
def test_plusieurs_structures_sous_un_numero(campagne: str, attendu: list[Fondement]) -> None:
    d = dossier(9, 9, campagne_id=campagne)
    d.essms[0].plusieurs_structures = True
    assert [f for _, f, _ in _codes(d, "grappe.plusieurs-structures")] == attendu


# Must hold: each finding says its ground, and none that blocks has another one than a text of the campaign.
@pytest.mark.parametrize("type_projet", list(TypeProjet))
@pytest.mark.parametrize(
    "campagne", ["2021-amorcage", "2022", CVL, "2023", "2023-ile-de-france", "sons-vague-1"]
)
def test_un_dossier_nu_ne_bloque_que_par_les_textes(campagne: str, type_projet: Any) -> None:
    nu = Dossier(nom="Nu", campagne_id=campagne, type_projet=type_projet)
    constats = examiner(nu, charger(campagne), JOUR)
    assert constats and all(isinstance(c.fondement, Fondement) for c in constats)
    assert {c.fondement for c in constats if c.gravite.value == "bloquant"} <= {Fondement.TEXTE}
