"""What the door reads: lists in order, names that are close, the journal from its end; what the machine answers, in French."""

import errno
import getpass
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from esms_desktop.errors import ErreurBase, ErreurSaisie
from esms_desktop.model import (
    Dossier,
    Essms,
    Og,
    ReglagePlanning,
    Risque,
    Solution,
)
from esms_desktop.model.suivi import colonnes_dites
from esms_desktop.nomenclature.champs import libelle_champ, nom_propre
from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.ecarts import CLASSES
from esms_desktop.store.ecoute import Changement, Suiveurs
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.lectures import Resume
from esms_desktop.store.pas import PROFONDEUR
from esms_desktop.store.porte import Porte
from tests.bases import dossier_vivant
from tests.store.aide import graphe


def vide(nom: str) -> Dossier:
    return Dossier(nom=nom, campagne_id="2022", type_projet=TypeProjet.CONFORMITE)


def test_les_resumes_comptent_et_se_rangent_comme_en_francais(porte: Porte) -> None:
    porte.ajouter(
        graphe("été"), vide("Zoo"), vide("Ethique"), vide("Éthique 2"), graphe("abc", 1, 2), libelle="Créer"
    )
    assert [(r.nom, r.ogs, r.essms) for r in porte.resumes()] == [
        ("abc", 1, 2),
        ("été", 2, 6),
        ("Ethique", 0, 0),
        ("Éthique 2", 0, 0),
        ("Zoo", 0, 0),
    ]
    assert [d.nom for d in porte.resumes()] == ["abc", "été", "Ethique", "Éthique 2", "Zoo"]
    premier = porte.resumes()[0]
    assert premier == Resume(
        premier.id, "abc", "esms-2023", TypeProjet.ACQUISITION, EtatDossier.PREPARATION, 1, 2
    )


@pytest.mark.parametrize(
    ("cherche", "trouve"),
    [
        ("Grappe du Ségala", True),
        ("  grappe  DU Ségala ", True),
        ("Grappe du Segala", True),
        ("Grappe du Segal", False),
    ],
)
def test_un_nom_se_cherche_sans_ses_capitales_ses_accents_ni_ses_espaces(
    porte: Porte, cherche: str, trouve: bool
) -> None:
    porte.ajouter(graphe(), vide("Grappe du Sud"), libelle="Créer")
    if trouve:
        assert porte.dossier(cherche).nom == "Grappe du Ségala"
    else:
        with pytest.raises(ErreurSaisie) as dit:
            porte.dossier(cherche)
        assert (
            dit.value.remede
            == "Voulez-vous dire «\u00a0Grappe du Ségala\u00a0» ou «\u00a0Grappe du Sud\u00a0»\u00a0?"
        )


def test_le_nom_exact_passe_avant_le_nom_proche(porte: Porte) -> None:
    porte.ajouter(vide("Nord"), libelle="Créer")
    with pytest.raises(ErreurSaisie, match=r"Aucun dossier ne s’appelle «\u00a0zzzz\u00a0»") as dit:
        porte.dossier("zzzz")
    assert dit.value.remede == "Vérifiez le nom dans la liste des dossiers."


def test_une_base_sans_dossier_le_dit(porte: Porte) -> None:
    with pytest.raises(ErreurSaisie) as dit:
        porte.dossier("x")
    assert dit.value.remede == "La base ne contient aucun dossier."


def test_chaque_objet_se_relit_par_son_numero(porte: Porte, dossier: Dossier) -> None:
    og, essms, solution = dossier.ogs[1], dossier.ogs[1].essms[2], dossier.solutions[0]
    assert dossier_vivant(porte, dossier.id) is dossier
    assert (
        porte.trouver(Og, og.id),
        porte.trouver(Essms, essms.id),
        porte.trouver(Solution, solution.id),
    ) == (og, essms, solution)
    assert (
        dossier_vivant(porte, 99)
        is porte.trouver(Og, 99)
        is porte.trouver(Essms, 99)
        is porte.trouver(Solution, 99)
        is None
    )


def test_le_journal_se_lit_depuis_la_fin(porte: Porte, dossier: Dossier) -> None:
    autre = vide("Autre")
    porte.ajouter(autre, libelle="Créer l’autre")
    porte.ajouter(*(vide(f"d{i:03}") for i in range(200)), libelle="Deux cents")
    porte.modifier(dossier, notes="n0")
    porte.modifier(dossier, notes="n1")
    tout = porte.journal()
    assert len(tout) == 200 and [e.apres["notes"] for e in tout[:2]] == ["n1", "n0"]
    assert tout[-1].apres["nom"] == "d002" and [e.cle for e in porte.journal(limite=3)] == ["1", "1", "202"]
    (seule,) = porte.journal(autre.id)
    assert (seule.libelle, seule.dossier_id, seule.table, seule.cle) == (
        "Créer l’autre",
        autre.id,
        "dossier",
        "2",
    )
    # A geste is numbered by its first entry: the two hundred dossiers are one.
    assert [e.geste for e in porte.journal(limite=3)] == [e.id for e in porte.journal(limite=2)] + [
        tout[2].geste
    ]
    assert {e.geste for e in tout[2:]} == {tout[2].geste} and tout[2].geste < tout[2].id
    porte.annuler()
    derniere = porte.journal(limite=1)[0]
    assert (derniere.sens, derniere.avant, derniere.apres) == (
        "annuler",
        {"notes": "n1"},
        {"notes": "n0"},
    )
    porte.refaire()
    assert porte.journal(limite=1)[0].sens == "refaire"


@pytest.mark.parametrize(("longueur", "fin"), [(300, "a"), (301, "…")])
def test_un_libelle_tient_dans_le_journal(porte: Porte, longueur: int, fin: str) -> None:
    porte.ajouter(vide("x"), libelle="a" * longueur)
    libelle = porte.journal(limite=1)[0].libelle
    assert len(libelle) == 300 and libelle.endswith(fin)


def test_ce_qui_s_annule_et_se_refait_a_un_nom(porte: Porte, dossier: Dossier) -> None:
    assert PROFONDEUR == 200
    assert (porte.libelle_annuler, porte.libelle_refaire) == ("Créer", None)
    porte.modifier(dossier, notes="n")
    assert (
        porte.annuler()
        == porte.libelle_refaire
        == "Modifier «\u00a0notes\u00a0» de «\u00a0Grappe du Ségala\u00a0»"
    )
    assert porte.refaire() == porte.libelle_annuler and porte.refaire() is None
    for libelle in ("un", "deux", "trois"):
        porte.modifier(dossier, libelle, notes=libelle)
    assert porte.libelle_annuler == "trois" and porte.libelle_refaire is None
    assert (porte.annuler(), porte.libelle_annuler, porte.libelle_refaire) == ("trois", "deux", "trois")
    assert (porte.annuler(), porte.libelle_annuler, porte.libelle_refaire) == ("deux", "un", "deux")
    assert (porte.refaire(), porte.libelle_annuler, porte.libelle_refaire) == ("deux", "deux", "trois")
    assert porte.dossier("Grappe du Ségala").notes == "deux"


@pytest.mark.parametrize("numero", [-1, 15])
def test_une_piece_va_de_un_a_quatorze(porte: Porte, dossier: Dossier, numero: int) -> None:
    with pytest.raises(ErreurSaisie, match=f"La pièce n° {numero}|n’existe pas"):
        porte.joindre(dossier, numero, "x.pdf", ".pdf", b"x")
    for bonne in (1, 14):
        fait = porte.joindre(dossier, bonne, "x.pdf", ".pdf", b"xyz", dossier.ogs[0], 3)
        assert (fait.numero, fait.taille, fait.pages, fait.og_id) == (bonne, 3, 3, dossier.ogs[0].id)
    assert porte.libelle_annuler == "Joindre «\u00a0x.pdf\u00a0»"
    assert porte.joindre(dossier, 2, "y.pdf", ".pdf", b"y", libelle="Autre").og_id is None
    assert porte.libelle_annuler == "Autre"


def sqlite(nom: str, mots: str = "detail") -> OperationalError:
    erreur = sqlite3.OperationalError(mots)
    erreur.sqlite_errorname = nom  # type: ignore[misc]
    return OperationalError("SELECT", {}, erreur)


@pytest.mark.parametrize(
    ("erreur", "debut"),
    [
        (sqlite("SQLITE_FULL"), "Le disque est plein"),
        (sqlite("SQLITE_BUSY_SNAPSHOT"), "La base est occupée"),
        (sqlite("SQLITE_READONLY_DBMOVED"), "La base est en lecture seule"),
        (sqlite("SQLITE_CANTOPEN"), "La base ne peut pas être ouverte"),
        (sqlite("SQLITE_IOERR_WRITE"), "Le disque a refusé"),
        (sqlite("SQLITE_CORRUPT"), "La base est abîmée"),
        (sqlite("SQLITE_NOTADB"), "La base est abîmée"),
        (sqlite("SQLITE_CONSTRAINT", "FOREIGN KEY constraint failed"), "Ce dont cet élément dépend"),
        (
            sqlite("SQLITE_CONSTRAINT", "UNIQUE constraint failed: dossier.nom"),
            "Un autre élément porte déjà ce nom",
        ),
        (
            sqlite("SQLITE_CONSTRAINT", "UNIQUE constraint failed: brique.og_id, brique.code"),
            "La même chose vient d’être écrite depuis une autre fenêtre",
        ),
        (sqlite("SQLITE_AUTRE", "étrange"), "La base a refusé l’opération (SQLITE_AUTRE)"),
        (
            PermissionError(errno.EACCES, "Permission denied"),
            "Le système refuse l’accès à la base (l’accès est refusé)",
        ),
        (OSError("sans numéro"), "Le système refuse l’accès à la base (le système ne dit pas pourquoi)"),
    ],
)
def test_ce_que_la_machine_repond_se_dit_en_francais(erreur: Exception, debut: str) -> None:
    dit = traduire(erreur)
    assert isinstance(dit, ErreurBase) and dit.message.replace("\u00a0", " ").startswith(debut) and dit.remede


def test_les_suiveurs_sont_prevenus_dans_leur_ordre_et_s_en_vont(monkeypatch: pytest.MonkeyPatch) -> None:
    dits: list[str] = []
    erreurs: list[type] = []
    monkeypatch.setattr(sys, "excepthook", lambda genre, *_: erreurs.append(genre))
    suiveurs = Suiveurs()

    def echouer(_: Changement) -> None:
        raise KeyError

    retirer = suiveurs.ajouter(lambda c: dits.append("un"))
    suiveurs.ajouter(echouer)
    suiveurs.ajouter(lambda c: dits.append(c.libelle))
    change = Changement("x", "faire", frozenset(), frozenset())
    suiveurs.prevenir(change)
    assert dits == ["un", "x"] and erreurs == [KeyError]
    retirer()
    retirer()
    suiveurs.prevenir(change)
    assert dits == ["un", "x", "x"]


def test_chaque_colonne_et_chaque_relation_a_son_nom_francais() -> None:
    for classe in CLASSES:
        noms = [*colonnes_dites(classe.__table__), *classe.__mapper__.relationships.keys()]
        seules = [
            n
            for n in noms
            if n not in classe.__mapper__.relationships or not classe.__mapper__.relationships[n].uselist
        ]
        for nom in seules:
            assert libelle_champ(nom) and "_" not in libelle_champ(nom), (classe, nom)


def test_un_geste_se_nomme_par_ce_qu_il_change(porte: Porte, dossier: Dossier) -> None:
    risque = Risque(dossier_id=dossier.id, intitule="Retard")
    vague = ReglagePlanning(dossier_id=dossier.id)
    porte.ajouter(risque, vague, libelle="Ajouter")
    porte.modifier(porte.relire(dossier).risques[0], gravite=2, cause="x")
    assert porte.libelle_annuler == "Modifier «\u00a0gravité, cause\u00a0» de «\u00a0Retard\u00a0»"
    porte.modifier(porte.relire(dossier).reglages_planning[0], territoire="974")
    assert porte.libelle_annuler == "Modifier «\u00a0territoire\u00a0»"
    assert nom_propre({"nom": "", "libelle": "Serveur"}) == "Serveur"


def test_la_base_dit_ou_elle_est(porte: Porte, chemin: Path) -> None:
    assert porte.chemin == chemin and porte.dernier_enregistrement is None
    porte.ajouter(vide("x"), libelle="Créer")
    assert porte.dernier_enregistrement == porte.journal(limite=1)[0].quand


@pytest.mark.parametrize(
    ("reponse", "qui"),
    [
        ("camille", "camille"),
        ("x" * 121, "x" * 120),
        (KeyError(), "inconnu"),
        (ImportError(), "inconnu"),
        (OSError(), "inconnu"),
    ],
)
def test_le_journal_dit_qui_ecrit(
    chemin: Path, cle: Cle, monkeypatch: pytest.MonkeyPatch, reponse: object, qui: str
) -> None:
    def repondre() -> str:
        if isinstance(reponse, Exception):
            raise reponse
        return str(reponse)

    monkeypatch.setattr(getpass, "getuser", repondre)
    with ouvrir(chemin, cle) as porte:
        porte.ajouter(vide("x"), libelle="Créer")
        assert porte.journal(limite=1)[0].qui == qui
