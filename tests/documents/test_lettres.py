"""The letters and who signs: their page, what they say of who is empowered, the annex on personal data."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue, modeles
from esms_desktop.documents.arbre.arbre import (
    Paragraphe,
    deposee,
    manques,
    texte_brut,
)
from esms_desktop.documents.docx.rendu import rendre_docx
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Og
from esms_desktop.nomenclature.vocabulaire import RoleDonnees

from .arbre_lu import lire
from .convention_outils import convention
from .outils import JOUR, fabriquer, textes


def test_la_variante_qui_demande_le_plus_l_emporte() -> None:
    s = modeles.section("lettre-engagement", "moyens")
    tous = [frozenset(m) for m in ((), ("conformite",), ("seul",), ("seul", "conformite"))]
    assert [s.pour(m).marques for m in tous] == tous
    assert s.pour(frozenset({"seul", "centrale"})).marques == frozenset({"seul"})
    assert s.defaut == s.pour(frozenset()).texte


@pytest.mark.parametrize("essms", [1, 8, 12])
def test_une_lettre_de_douze_essms_ou_moins_tient_sur_une_page(essms: int) -> None:
    d = fabriquer(2, essms)
    for e in d.essms:
        e.nom, e.commune = (
            f"EHPAD Résidence intercommunale du Val de Sèvre {e.id}",
            "Saint-Germain-lès-Corbeil",
        )
    document = catalogue.produire("lettre-engagement", d, charger("2022"), date(2022, 5, 2), d.ogs[1])
    rendu = rendre(document, JOUR)
    assert rendu.pages == 1
    (page,) = textes(rendu.octets)
    assert page.count(d.ogs[1].nom) >= 4
    assert "Grappe" not in page.split("Objet")[0]
    assert "Je vous prie d’agréer" in page
    # The day is asked once.
    assert page.count("…………") == 1
    assert "Date, signature" not in page


def test_un_paragraphe_n_est_fait_que_de_ce_que_dit_le_dossier() -> None:
    d = convention(fabriquer())
    assert not any(isinstance(b, Paragraphe) and not texte_brut(b.contenu).strip() for b in d.blocs)


def test_une_hypothese_se_dit_une_fois_la_ou_elle_change_un_montant() -> None:
    d, campagne = fabriquer(), charger("2023-ile-de-france")
    note = " ".join(lire(deposee(catalogue.produire("note-presentation", d, campagne, JOUR))))
    plan = " ".join(lire(deposee(catalogue.produire("plan-financement", d, campagne, JOUR))))
    assert "ypothèse" not in note
    assert "à confirmer" not in note
    assert plan.count("Hypothèses à confirmer") == 1
    for mots in ("montants 2022, à confirmer", "sous réserve de la décision de l’ARS"):
        assert plan.count(mots) == 1
    # No text of another region, no sigle of ours.
    assert not any(x in plan for x in ("AAP §", "KIT §", "Centre-Val de Loire"))
    # The working copy tells them once too, with their texts; that of the note tells each thing once in its box.
    travail = " ".join(lire(catalogue.produire("plan-financement", d, campagne, JOUR)))
    assert travail.count("montants 2022, à confirmer") == 1 and "AAP §" in travail
    note = " ".join(lire(catalogue.produire("note-presentation", d, campagne, JOUR)))
    assert note.count("montants 2022, à confirmer") == 1


@pytest.mark.parametrize(
    ("organe", "dit"),
    [
        ("Conseil d’administration", "délibération du conseil d’administration du 1er mars 2022"),
        ("le conseil d’administration", "délibération du conseil d’administration du 1er mars 2022"),
        ("Assemblée générale", "délibération de l’assemblée générale du 1er mars 2022"),
        ("Bureau", "délibération du bureau du 1er mars 2022"),
        ("Commission permanente", "délibération de la commission permanente du 1er mars 2022"),
        ("Délégation du président", "délégation du président du 1er mars 2022"),
        ("décision n° 12 du directeur", "décision n° 12 du directeur du 1er mars 2022"),
        ("CA", "délibération du CA du 1er mars 2022"),
    ],
)
def test_chaque_signataire_dit_qui_l_habilite_et_quand(organe: str, dit: str) -> None:
    d = fabriquer()
    d.ogs[0].habilitation_organe = organe
    mots = " ".join(textes(rendre(convention(d), JOUR).octets))
    assert (
        f"que représente M. Claude Martin-1, directeur général, habilité à signer la présente convention, mandat d’ester en justice compris, par {dit}"
        in mots
    )
    assert "Mme Claude Martin-2, directeur général, habilitée à signer" in mots
    lettre = " ".join(
        lire(catalogue.produire("lettre-engagement", d, charger("2022"), JOUR, d.ogs[0]))
    ).replace("\u00a0", " ")
    assert f"Je soussigné, M. Claude Martin-1, directeur général, habilité par {dit}, engage" in lettre


def test_une_habilitation_inconnue_est_un_blanc_qui_se_nomme() -> None:
    d = fabriquer()
    d.ogs[0].representant_civilite = ""
    d.ogs[1].habilitation_date = None
    d.ogs[2].habilitation_organe = " "
    d.role_donnees = None
    assert manques(convention(d)) == [
        f"civilité du représentant ({d.ogs[0].nom})",
        f"organe et date de l’habilitation ({d.ogs[1].nom})",
        f"organe et date de l’habilitation ({d.ogs[2].nom})",
        "rôle du porteur au regard des données",
    ]
    assert "habilité(e) à signer" in " ".join(lire(convention(d)))


@pytest.mark.parametrize(
    ("role", "article", "absent"),
    [
        (
            RoleDonnees.SOUS_TRAITANT,
            "sous-traitance (article 28 du RGPD)",
            "l’accord que demande l’article 26",
        ),
        (
            RoleDonnees.CONJOINT,
            "responsabilité conjointe (article 26 du RGPD)",
            "le contrat que demande l’article 28",
        ),
        (RoleDonnees.DISTINCT, "responsabilités distinctes", "le contrat que demande l’article 28"),
    ],
)
def test_le_role_du_porteur_sur_les_donnees_choisit_l_annexe(
    role: RoleDonnees, article: str, absent: str
) -> None:
    d = fabriquer()
    d.role_donnees = role
    dit = " ".join(lire(convention(d)))
    assert f"# Annexe 4. Données personnelles : {article}" in dit
    assert absent not in dit


def test_la_lettre_du_porteur_seul_engage_les_autres() -> None:
    campagne = charger("2022")
    lettres = replace(campagne.unites.lettres, valeur="porteur")
    seule = replace(campagne, unites=replace(campagne.unites, lettres=lettres))
    d = fabriquer(3, 2)
    for og in d.ogs[1:]:
        og.representant_nom = ""
    (piece,) = (e for e in catalogue.pieces(d, seule, JOUR) if e.numero == 4)
    (chacune,) = (e for e in catalogue.pieces(d, campagne, JOUR) if e.numero == 4)
    # What lacks in the letters nobody asks for is not lacking.
    assert "représentant" in chacune.manque and "représentant" not in piece.manque

    def dits(c: Campagne, og: Og) -> str:
        lettre = catalogue.produire("lettre-engagement", d, c, JOUR, og)
        return " ".join(lire(lettre)).replace("\u00a0", " ")

    phrase = "s’engage aussi au nom des autres organismes parties à la convention"
    assert f"L’Association Les Tilleuls n° 1 {phrase}" in dits(seule, d.ogs[0])
    assert "Association Les Tilleuls n° 3 (2 ESSMS)." in dits(seule, d.ogs[0])
    assert phrase not in dits(campagne, d.ogs[0]) and phrase not in dits(seule, d.ogs[1])


@pytest.mark.parametrize("ogs", [1, 2, 12])
def test_chaque_page_de_la_convention_a_la_place_des_paraphes(ogs: int) -> None:
    d = fabriquer(ogs, 2)
    document = catalogue.produire("convention", d, charger("2022"), JOUR)
    pages = textes(rendre(document, JOUR).octets)
    assert all(("Paraphes" in page) is (ogs > 1) for page in pages)
    fichier = docx.Document(io.BytesIO(rendre_docx(document, JOUR)))
    pied = "".join(t.text or "" for t in fichier.sections[0].footer._element.iter("{*}t"))
    assert pied.count("………………") == (ogs if ogs > 1 else 0)


@pytest.mark.parametrize(
    "essms", ["EHPAD A", "ETABLISSEMENT D’HEBERGEMENT POUR PERSONNES AGEES DU CENTRE HOSPITALIER"]
)
@pytest.mark.parametrize(
    "og", ["Association X", "ASSOCIATION DEPARTEMENTALE DES PARENTS ET AMIS D’ENFANTS INADAPTES"]
)
def test_des_noms_longs_laissent_la_lettre_de_douze_essms_sur_une_page(essms: str, og: str) -> None:
    d = fabriquer(3, 12)
    d.nom = "Grappe régionale des établissements et services du Val de Sèvre et de la Côte d’Azur"
    d.ogs[1].nom = og
    for e in d.ogs[1].essms:
        e.nom, e.commune = essms, "SAINT-GERMAIN-LES-CORBEIL CEDEX"
    for contact in d.contacts:
        contact.nom = "Marie-Madeleine de La Rochefoucauld-Montbel"
    lettre = catalogue.produire("lettre-engagement", d, charger("2022"), JOUR, d.ogs[1])
    rendu = rendre(deposee(lettre), JOUR)
    assert rendu.pages == 1
    (page,) = textes(rendu.octets)
    # Whatever the line each word stands on.
    assert page.count("GERMAIN") == page.count("CEDEX") == 12
