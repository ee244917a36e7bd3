"""The door: what each write does to the base, to the objects in memory, to the journal, and what it refuses."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Contact, Dossier, Essms, Og, Solution
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.porte import Changement, Porte
from tests.bases import dossier_vivant
from tests.store.aide import graphe, tables, vivants, vu


def test_un_graphe_ajoute_se_relit_entier(porte: Porte, chemin: Path, cle: Cle) -> None:
    porte.ajouter(graphe(), libelle="Créer")
    attendu = vu(vivants(porte))
    with ouvrir(chemin, cle) as autre:
        assert vu(vivants(autre)) == attendu
        relu = autre.dossier("Grappe du Ségala")
        assert relu.porteur is not None and relu.porteur.nom == "Association Les Tilleuls 0"
        assert [len(og.essms) for og in relu.ogs] == [3, 3]
        assert relu.solution is not None and relu.contacts[0].nom == "Camille Durand"


def test_les_dossiers_sont_dans_l_ordre_des_noms(porte: Porte) -> None:
    for nom in ("Zone", "été", "Aubrac", "École"):
        porte.ajouter(graphe(nom, 0), libelle="Créer")
    assert [d.nom for d in porte.resumes()] == ["Aubrac", "École", "été", "Zone"]


def test_un_dossier_se_trouve_par_son_nom(porte: Porte, dossier: Dossier) -> None:
    assert porte.dossier("grappe  du ségala").id == dossier.id
    with pytest.raises(ErreurSaisie, match="« Grappe du Ségala »"):
        porte.dossier("Grappe du Segal")
    assert dossier_vivant(porte, 999) is None
    assert porte.trouver(Og, dossier.ogs[0].id) is dossier.ogs[0]
    assert porte.trouver(Essms, dossier.essms[0].id) is dossier.essms[0]
    assert porte.trouver(Solution, dossier.solutions[0].id) is dossier.solutions[0]


def test_modifier_dit_si_quelque_chose_a_change(porte: Porte, dossier: Dossier) -> None:
    og = dossier.ogs[0]
    assert porte.modifier(og, nom="Association Les Érables", nb_essms_total=4)
    assert (
        porte.libelle_annuler
        == "Modifier «\u00a0nom, nombre total d’ESSMS\u00a0» de «\u00a0Association Les Tilleuls 0\u00a0»"
    )
    pas = len(porte.journal())
    assert not porte.modifier(og, nom="Association Les Érables")
    assert len(porte.journal()) == pas


def test_plusieurs_objets_se_modifient_en_un_pas(porte: Porte, dossier: Dossier) -> None:
    og, essms = dossier.ogs[0], dossier.essms
    assert porte.modifier_tous([(e, {"capacite": 40}) for e in essms] + [(og, {"sigle": "T"})], "Tous") == 7
    assert porte.modifier_tous([(essms[0], {"capacite": 40}), (essms[1], {"capacite": 41})], "Un") == 1
    assert porte.modifier_tous([], "Rien") == 0
    with pytest.raises(ErreurSaisie, match="négatif"):
        porte.modifier_tous([(essms[0], {"capacite": 1}), (essms[1], {"capacite": -1})], "Refusé")
    assert [e.capacite for e in essms] == [40, 41, 40, 40, 40, 40]
    assert (porte.annuler(), porte.annuler()) == ("Un", "Tous")
    assert {e.capacite for e in vivants(porte)[0].essms} == {None}


REFUS: list[tuple[str, Callable[[Dossier], Any], dict[str, Any], str]] = [
    ("nom vide", lambda d: d, {"nom": "  "}, "ne peut pas être vide"),
    ("nom d’OG vide", lambda d: d.ogs[0], {"nom": ""}, "Le nom de l’OG ne peut pas être vide"),
    ("trop long", lambda d: d.ogs[0], {"sigle": "x" * 81}, "80 caractères au plus (ici\u00a0: 81)"),
    ("négatif", lambda d: d.ogs[0], {"nb_essms_total": -1}, "ne peut pas être négatif"),
    ("trop grand", lambda d: d.essms[0], {"capacite": 2**63}, "trop grand"),
    ("zéro caché", lambda d: d, {"notes": "a\x00b"}, "caractère illisible"),
    ("demi-caractère", lambda d: d, {"notes": "a\ud83d"}, "caractère illisible"),
]


@pytest.mark.parametrize(
    ("champs", "objet", "phrase"), [(r[2], r[1], r[3]) for r in REFUS], ids=[r[0] for r in REFUS]
)
def test_une_saisie_refusee_n_ecrit_rien(
    porte: Porte,
    dossier: Dossier,
    chemin: Path,
    cle: Cle,
    champs: dict[str, Any],
    objet: Callable[[Dossier], Any],
    phrase: str,
) -> None:
    avant = tables(chemin, cle), vu(vivants(porte))
    with pytest.raises(ErreurSaisie) as erreur:
        porte.modifier(objet(dossier), **champs)
    assert phrase in erreur.value.message and erreur.value.remede
    assert (tables(chemin, cle), vu(vivants(porte))) == avant
    assert porte.libelle_annuler == "Créer"


@pytest.mark.parametrize(
    "champs",
    [
        {"nb_essms_total": "4"},
        {"nb_essms_total": True},
        {"est_porteur": 1},
        {"est_porteur": None},
        {"nom": None},
        {"nom": 12},
        {"id": 3},
        {"inconnu": 1},
        {"essms": []},
    ],
)
def test_un_mauvais_type_est_une_erreur_de_programme(
    porte: Porte, dossier: Dossier, champs: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        porte.modifier(dossier.ogs[0], **champs)


def test_une_date_n_est_ni_un_texte_ni_une_heure(porte: Porte, dossier: Dossier) -> None:
    for valeur in ("2024-05-01", datetime(2024, 5, 1)):
        with pytest.raises(TypeError):
            porte.modifier(dossier, date_convention=valeur)
    with pytest.raises(TypeError):
        porte.modifier(dossier, type_projet="acquisition")
    assert porte.modifier(dossier, date_convention=date(2024, 5, 1), type_projet=TypeProjet.CONFORMITE)


def test_la_fin_avant_le_debut_se_garde(porte: Porte, dossier: Dossier) -> None:
    assert porte.modifier(dossier, date_debut_projet=date(2024, 5, 1), date_fin_deploiement=date(2023, 5, 1))


def test_deux_dossiers_ne_portent_pas_le_meme_nom(
    porte: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    avant = tables(chemin, cle)
    with pytest.raises(ErreurSaisie) as erreur:
        porte.ajouter(graphe("grappe du  SÉGALA"), libelle="Créer")
    assert erreur.value.message == "Un dossier s’appelle déjà «\u00a0Grappe du Ségala\u00a0»."
    assert tables(chemin, cle) == avant
    autre = graphe("Autre", 0)
    porte.ajouter(autre, libelle="Créer")
    with pytest.raises(ErreurSaisie):
        porte.modifier(autre, nom="Grappe du Ségala")
    assert autre.nom == "Autre"
    assert porte.modifier(dossier, nom="grappe du ségala")


def test_un_objet_ajoute_est_valide_avec_tout_son_graphe(porte: Porte, chemin: Path, cle: Cle) -> None:
    fautif = graphe()
    fautif.ogs[1].essms[2].nom = " "
    with pytest.raises(ErreurSaisie, match="Le nom de l’ESSMS"):
        porte.ajouter(fautif, libelle="Créer")
    assert not any(tables(chemin, cle).values())
    fautif.ogs[1].essms[2].nom = "Foyer"
    porte.ajouter(fautif, libelle="Créer")
    assert len(porte.dossier("Grappe du Ségala").essms) == 6


def test_un_seul_porteur_et_une_seule_solution_retenue(porte: Porte, dossier: Dossier) -> None:
    premier, second = dossier.ogs
    porte.modifier(second, est_porteur=True)
    assert dossier.porteur is second and not premier.est_porteur
    assert dossier.ogs == [second, premier], "le porteur vient en tête"
    autre = Solution(dossier_id=dossier.id, nom="Bêta", retenue=True)
    porte.ajouter(autre, libelle="Ajouter")
    assert dossier.solution is autre
    assert [s.retenue for s in dossier.solutions] == [False, True]
    porte.annuler()
    porte.annuler()
    relu = dossier_vivant(porte, dossier.id)
    assert relu is not None and relu.porteur is not None and relu.porteur.id == premier.id
    with pytest.raises(ErreurSaisie, match="qu’un OG porteur"), porte.geste("deux"):
        for og in relu.ogs:
            og.est_porteur = False
        porte.ajouter(
            Og(dossier=relu, nom="A", est_porteur=True),
            Og(dossier=relu, nom="B", est_porteur=True),
            libelle="x",
        )


def test_les_collections_disent_vrai_apres_chaque_ecriture(porte: Porte, dossier: Dossier) -> None:
    og, autre = dossier.ogs
    solution = dossier.solutions[0]
    neuf = Essms(og_id=og.id, nom="Foyer", solution_id=solution.id, rang=-1 + 1)
    porte.ajouter(neuf, libelle="Ajouter")
    assert neuf in og.essms and neuf.og is og and neuf.solution is solution and neuf in solution.essms
    porte.modifier(neuf, og_id=autre.id)
    assert neuf not in og.essms and neuf in autre.essms and neuf.og is autre
    porte.modifier(neuf, og=og, solution=None)
    assert neuf in og.essms and neuf.og_id == og.id and neuf.solution_id is None and solution.essms == []
    porte.modifier(og.essms[2], rang=9)
    assert [e.rang for e in og.essms] == sorted(e.rang for e in og.essms)
    porte.modifier(neuf, solution_id=solution.id)
    contact = dossier.contacts[0]
    porte.modifier(contact, og_id=og.id)
    porte.retirer(solution, libelle="Retirer")
    assert dossier.solutions == [] and neuf.solution_id is None and neuf.solution is None
    porte.retirer(og, libelle="Retirer")
    assert dossier.ogs == [autre] and contact.og_id is None


def test_retirer_un_dossier_retire_tout_et_annuler_ramene_tout(
    porte: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.joindre(dossier, 9, "rib.pdf", "pdf", b"%PDF rib", og=dossier.ogs[0])
    avant = tables(chemin, cle)
    porte.retirer(dossier, libelle="Retirer le dossier")
    assert not any(tables(chemin, cle).values())
    assert porte.resumes() == []
    assert porte.annuler() == "Retirer le dossier"
    assert tables(chemin, cle) == avant
    assert porte.refaire() == "Retirer le dossier"
    assert not any(tables(chemin, cle).values())


def test_un_geste_est_un_seul_pas(porte: Porte, dossier: Dossier, chemin: Path, cle: Cle) -> None:
    avant = tables(chemin, cle)
    recus: list[Changement] = []
    porte.abonner(recus.append)
    with porte.geste("Préparer"):
        porte.modifier(dossier, contexte="un")
        porte.ajouter(Contact(dossier=dossier, nom="Alix Martin"), libelle="sans effet")
        dossier.notes = "écrit sans modifier"
        with porte.geste("dedans"):
            porte.retirer(dossier.ogs[1], libelle="sans effet")
    assert recus == [
        Changement(
            "Préparer", "faire", frozenset({dossier.id}), frozenset({"dossier", "contact", "og", "essms"})
        )
    ]
    assert (porte.libelle_annuler, porte.libelle_refaire) == ("Préparer", None)
    apres = tables(chemin, cle)
    assert porte.annuler() == "Préparer"
    assert tables(chemin, cle) == avant
    assert (porte.libelle_annuler, porte.libelle_refaire) == ("Créer", "Préparer")
    assert porte.refaire() == "Préparer"
    assert tables(chemin, cle) == apres
    assert [c.sens for c in recus] == ["faire", "annuler", "refaire"]


def test_un_geste_interrompu_ne_laisse_rien(porte: Porte, dossier: Dossier, chemin: Path, cle: Cle) -> None:
    avant, memoire = tables(chemin, cle), vu([dossier])
    with pytest.raises(ZeroDivisionError), porte.geste("Interrompu"):
        porte.modifier(dossier, nom="Changé")
        dossier.ogs.append(Og(nom="Ajouté"))
        porte.retirer(dossier.ogs[0], libelle="")
        1 / 0
    assert tables(chemin, cle) == avant
    assert vu([dossier]) == memoire
    assert porte.libelle_annuler == "Créer"
    assert porte.modifier(dossier, nom="Changé")


def test_une_ecriture_manquee_condamne_son_geste(
    porte: Porte, dossier: Dossier, chemin: Path, cle: Cle
) -> None:
    porte.ajouter(graphe("Pris", 0), libelle="Créer")
    avant = tables(chemin, cle)
    with pytest.raises(RuntimeError), porte.geste("Têtu"):
        porte.modifier(dossier, notes="oui")
        with suppress(ErreurSaisie):
            porte.modifier(dossier, nom="Pris")
    assert tables(chemin, cle) == avant


def test_refaire_s_oublie_au_geste_suivant(porte: Porte, dossier: Dossier) -> None:
    assert porte.refaire() is None
    porte.modifier(dossier, notes="un")
    porte.annuler()
    porte.modifier(vivants(porte)[0], notes="deux")
    assert porte.libelle_refaire is None and porte.refaire() is None
    while porte.annuler():
        pass
    assert porte.resumes() == [] and porte.annuler() is None


def test_la_pile_d_annulation_est_bornee(porte: Porte, dossier: Dossier) -> None:
    for i in range(205):
        porte.modifier(dossier, notes=f"note {i}")
    n = 0
    while porte.annuler():
        n += 1
    assert n == 200
    assert vivants(porte)[0].notes == "note 4"
