"""The convention: money told apart and counted once, variants of its texts, what a lawyer looks for; names inside sentences."""

import re
from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import (
    COPIE_DE_TRAVAIL,
    BlocSignature,
    Document,
    Tableau,
    Titre,
    a_des_notes,
    de_travail,
    deposee,
    empreinte,
    manques,
    texte_brut,
)
from esms_desktop.documents.arbre.denomination import est_public, nommer
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Og, Tache
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.financement.reversement import reversement
from esms_desktop.regles.planning.jalons import CHOIX_SOLUTION
from esms_desktop.regles.recevabilite.choix_solution import pressentie

from .arbre_lu import lire
from .convention_outils import convention
from .outils import JOUR, fabriquer, textes


def cents(mots: str) -> int:
    """An amount as it prints, in cents."""
    net = re.sub(r"[\s\u00a0€]", "", mots)
    unites, _, decimales = net.partition(",")
    return int(unites) * 100 + int(decimales or 0)


def totaux(document: Document) -> dict[str, int]:
    """The last cell of the total of each table that has one, by its first cell."""
    return {
        texte_brut(b.total[0]): cents(texte_brut(b.total[-1]))
        for b in document.blocs
        if isinstance(b, Tableau) and b.total
    }


@pytest.mark.parametrize("campagne", ["2022", "2023", "2021-amorcage"])
@pytest.mark.parametrize("type_projet", list(TypeProjet))
@pytest.mark.parametrize(("ogs", "essms"), [(1, 16), (3, 6), (12, 2), (3, 5)])
def test_reverse_et_depense_font_le_total_une_seule_fois(
    ogs: int, essms: int, type_projet: TypeProjet, campagne: str
) -> None:
    d = fabriquer(ogs, essms)
    d.type_projet = type_projet
    # A price that cannot be shared evenly.
    d.solutions[0].prix_cents = 12_345_677
    finance = financer_dossier(d, charger(campagne))
    partage = reversement(finance, charger(campagne))
    assert partage.reverse_cents + partage.commun_cents == finance.projet.total_cents
    assert len(partage.parts) == ogs
    dits = totaux(convention(d, campagne))
    assert dits["Total A"] + dits["Total B"] == dits["Total demandé"] == finance.projet.total_cents
    assert (dits["Total A"], dits["Total B"]) == (partage.reverse_cents, partage.commun_cents)


def test_seul_ce_qu_une_partie_recoit_est_reverse() -> None:
    d = fabriquer(3, 6)
    partage = reversement(financer_dossier(d, charger("2022")), charger("2022"))
    assert set(partage.communs_cents) == {"logiciel", "amoa_marche", "pilotage"}
    assert [p.usages_cents for p in partage.parts] == [6 * 700_000] * 3
    assert [p.equipement_cents for p in partage.parts] == [6 * 2_000_000] * 3
    lignes = lire(convention(d))
    # Nothing of the software is handed over to anyone.
    assert not any("Logiciel" in x and "Reversé" in x for x in lignes)
    assert any(x.startswith("Partie 2.6") and "Usages" in x and "Équipements" in x for x in lignes)


def test_un_forfait_tout_compris_paie_d_abord_l_editeur() -> None:
    d, campagne = fabriquer(3, 6), charger("2021-amorcage")
    d.solutions[0].prix_cents = 10_000_001
    finance = financer_dossier(d, campagne)
    partage = reversement(finance, campagne)
    assert partage.communs_cents == {"logiciel": 10_000_001}
    assert sum(p.usages_cents for p in partage.parts) == finance.projet.postes_cents["usages"] - 10_000_001
    d.solutions[0].prix_cents = None
    assert reversement(financer_dossier(d, campagne), campagne).sans_prix
    assert "prix de la prestation de l’éditeur" in manques(convention(d, "2021-amorcage"))
    # All of it for the éditeur: no column of « 0 € » for what no party receives.
    d.solutions[0].prix_cents = finance.projet.postes_cents["usages"]
    entete = next(x for x in lire(convention(d, "2021-amorcage")) if x.startswith("Partie 2.6"))
    assert "sages" not in entete.split("éligibles")[1] and "Reversé (équipements)" in entete
    d.type_projet = TypeProjet.CONFORMITE
    assert not reversement(financer_dossier(d, campagne), campagne).sans_prix


def test_convention_note_et_plan_disent_la_meme_chose_de_l_editeur() -> None:
    d, campagne = fabriquer(3, 6), charger("2021-amorcage")
    d.solutions[0].prix_cents = 10_000_000
    papiers = {
        code: " ".join(lire(catalogue.produire(code, d, campagne, JOUR)))
        for code in ("convention", "note-presentation", "plan-financement")
    }
    for dit in papiers.values():
        assert "la prestation de l’éditeur se paie sur le forfait par ESSMS" in dit
        assert "ne demande pas de financement pour la prestation" not in dit
    assert "Part du poste « Usages » qui paie la prestation de l’éditeur : 100 000 €" in papiers[
        "plan-financement"
    ].replace("\u00a0", " ")
    assert "Usages, pour la prestation de l’éditeur" in papiers["convention"]
    # Elsewhere the software has its own part, and nothing is said of it.
    assert "forfait par ESSMS" not in " ".join(lire(convention(d)))


def test_un_organisme_seul_ne_reverse_rien() -> None:
    lignes = lire(convention(fabriquer(1, 16)))
    (entete,) = [x for x in lignes if "ESSMS éligibles 0.8d" in x]
    assert entete.startswith("Organisme 2.6") and "Employé" in entete
    assert "Partie" not in entete and "Reversé" not in entete and entete.count("|") == 2


def test_une_convention_sans_essms_ne_dit_pas_que_rien_n_est_demande() -> None:
    d = fabriquer(2, 0)
    assert "Aucune somme n’est demandée" not in " ".join(lire(convention(d)))
    assert "sommes dépensées pour le compte commun" in manques(convention(d))


def test_une_fin_trop_tardive_se_lit_dans_l_article_de_la_duree() -> None:
    d = fabriquer(2, 3)
    assert "au plus tard 18 mois après le début" in " ".join(lire(convention(d))).replace("\u00a0", " ")
    d.date_fin_deploiement = date(2024, 5, 2)
    dit = " ".join(lire(convention(d))).replace("\u00a0", " ")
    assert (
        "soit le 1er mai 2024 au plus tard : une fin plus tardive ne vaut que si le financeur l’accepte"
        in dit
    )


def test_ni_clause_de_juridiction_ni_mot_de_consultation_en_conformite() -> None:
    for type_projet in TypeProjet:
        d = fabriquer()
        d.type_projet = type_projet
        dit = " ".join(lire(convention(d)))
        assert "ressort du siège" not in dit
        assert "tribunal compétent selon les règles de droit commun" in dit
        consulte = "conduire la consultation des éditeurs" in dit
        assert consulte is (type_projet is TypeProjet.ACQUISITION)
        assert ("payée à l’éditeur par l’État" in dit) is not consulte


@pytest.mark.parametrize(
    ("soumis", "sad", "attendu", "absent"),
    [
        ((False, False, False), False, "Aucune Partie n’est soumise", "groupement de commandes"),
        ((False, False, False), True, "centrale d’achat", "groupement de commandes"),
        ((False, True, False), False, "constituent un groupement de commandes", "centrale d’achat"),
        ((True, True, False), True, "constituent un groupement de commandes", "Aucune Partie"),
        ((False, None, False), False, "réponse de chaque organisme sur la commande publique", "L. 2113-6"),
    ],
)
def test_les_achats_selon_qui_est_soumis_a_la_commande_publique(
    soumis: tuple[bool | None, ...], sad: bool, attendu: str, absent: str
) -> None:
    d = fabriquer()
    d.sad = sad
    for og, dit in zip(d.ogs, soumis, strict=True):
        og.commande_publique = dit
    (article,) = [b for b in [" ".join(lire(convention(d)))] if "Achats communs" in b]
    debut, fin = article.index("Achats communs"), article.index("Financements et reste à charge")
    assert attendu in article[debut:fin]
    assert absent not in article[debut:fin]


def test_les_annexes_puis_les_signatures() -> None:
    blocs = convention(fabriquer()).blocs
    titres = [b.texte for b in blocs if isinstance(b, Titre) and b.niveau == 1]
    assert [t.split(".")[0] for t in titres[-5:]] == [
        "Annexe 1",
        "Annexe 2",
        "Annexe 3",
        "Annexe 4",
        "Signatures",
    ]
    assert [type(b) for b in blocs[-3:]] == [BlocSignature] * 3


def test_les_cibles_sont_en_annexe_avec_leur_valeur() -> None:
    dit = lire(convention(fabriquer()))
    lignes = dit[dit.index("# Annexe 3. Cibles d’usage") :]
    assert [x.rsplit("| ", 1)[1] for x in lignes[2:7]] == ["70 %", "70 %", "90 %", "90 %", "90 %"]
    assert "ne fixent pas de valeur" in " ".join(lire(convention(fabriquer(), "2021-amorcage")))


def test_un_organisme_seul_n_a_pas_de_convention() -> None:
    d = convention(fabriquer(1, 16))
    assert not any(isinstance(b, BlocSignature) for b in d.blocs)
    assert "ne signe pas de convention avec lui-même" in " ".join(lire(d))
    assert rendre(d, JOUR).pages == 1


def test_le_modele_a_relire_est_dit_une_fois_et_jamais_dans_ce_qui_se_signe() -> None:
    d = convention(fabriquer())
    assert d.brouillon is None
    assert de_travail(d).brouillon == COPIE_DE_TRAVAIL
    signee = deposee(d)
    assert signee.brouillon is None
    assert not a_des_notes(signee)
    assert a_des_notes(d)
    dites = [" ".join(textes(rendre(x, JOUR).octets)).count("Modèle à faire relire") for x in (d, signee)]
    assert dites == [1, 0]
    # The mark of what is signed does not depend on the copy.
    assert empreinte(d) == empreinte(signee)
    incomplete = fabriquer()
    incomplete.ogs[0].siret = ""
    for copie in (deposee, de_travail):
        assert copie(convention(incomplete)).brouillon == "Projet — à compléter"


def test_la_solution_est_pressentie_tant_que_le_planning_ne_l_a_pas_choisie() -> None:
    d = fabriquer()
    assert pressentie(d)
    d.taches.append(Tache(nom="Choix", origine=CHOIX_SOLUTION, jalon=True, avancement=99))
    assert pressentie(d)
    d.taches[0].avancement = 100
    assert not pressentie(d)
    d.taches.clear()
    d.type_projet = TypeProjet.CONFORMITE
    assert not pressentie(d)


@pytest.mark.parametrize(
    ("nom", "forme", "le", "de", "a"),
    [
        ("Association X", "", "l’Association X", "de l’Association X", "à l’Association X"),
        ("Fondation Y", "", "la Fondation Y", "de la Fondation Y", "à la Fondation Y"),
        (
            "CENTRE HOSPITALIER Z",
            "",
            "le CENTRE HOSPITALIER Z",
            "du CENTRE HOSPITALIER Z",
            "au CENTRE HOSPITALIER Z",
        ),
        (
            "Les Papillons",
            "Association loi 1901",
            "l’association Les Papillons",
            "de l’association Les Papillons",
            None,
        ),
        ("Œuvre W", "", "l’Œuvre W", "de l’Œuvre W", "à l’Œuvre W"),
        ("ISATIS", "Fondation", "la fondation ISATIS", "de la fondation ISATIS", None),
        ("ISATIS", "Société mutualiste", "la mutuelle ISATIS", None, None),
        ("X", "Établissement public départemental d’hospitalisation", "l’établissement X", None, None),
        ("ADMR", "", "l’organisme ADMR", "de l’organisme ADMR", "à l’organisme ADMR"),
        ("Groupement V", "", "le Groupement V", "du Groupement V", "au Groupement V"),
    ],
)
def test_l_article_devant_un_nom(nom: str, forme: str, le: str, de: str | None, a: str | None) -> None:
    dit = nommer(Og(nom=nom, forme_juridique=forme))
    assert (dit.le, de or dit.de, a or dit.a) == (le, dit.de, dit.a)


def test_une_association_dont_rien_d_autre_ne_dit_la_forme() -> None:
    assert nommer(Og(nom="ADMR", forme_juridique="", association=True)).le == "l’association ADMR"


@pytest.mark.parametrize(
    ("forme", "public"),
    [
        ("Centre communal d’action sociale (CCAS)", True),
        ("Établissement public communal d’hospitalisation", True),
        ("Groupement de coopération sociale ou médico-sociale public", True),
        ("Association loi 1901 reconnue d’utilité publique", False),
        ("Groupement de coopération sociale ou médico-sociale privé", False),
        ("Société anonyme (SA)", False),
        ("", False),
    ],
)
def test_une_forme_juridique_publique(forme: str, public: bool) -> None:
    assert est_public(Og(nom="X", forme_juridique=forme)) is public
    d = fabriquer()
    d.ogs[1].forme_juridique = forme
    assert ("comptable public" in " ".join(lire(convention(d)))) is public
