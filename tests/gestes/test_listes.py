"""Lists written in a base: what was shown, in one step; the same whatever their order; twice is once."""

import itertools
import json
from pathlib import Path

import pytest

from esms_desktop.cli import main
from esms_desktop.echanges.tables.liste_essms import comparer, lire_collee, lire_liste
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.creer import creer_vide
from esms_desktop.gestes.echanges import annuaire
from esms_desktop.gestes.echanges.listes import annuaire_de
from esms_desktop.gestes.grappe import coller_liste, importer_ecarts, importer_liste
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.store.cles import cle_neuve
from esms_desktop.store.porte import Porte
from tests.conftest import DONNEES
from tests.echanges.listes import classeur, fichier, finess, ligne, texte
from tests.finess import fabrique

LISTES = DONNEES / "cas/listes"


def vide(porte: Porte, nom: str = "G") -> Dossier:
    return lu(porte, creer_vide(porte, nom, "2023", TypeProjet.ACQUISITION))


def lu(porte: Porte, cle: int) -> Dossier:
    dossier = porte.lire(cle)
    assert dossier is not None
    return dossier


def dit(dossier: Dossier) -> dict[str, tuple[object, ...]]:
    return {
        e.finess: (e.nom, e.siret, e.capacite, e.categorie, e.commune, e.code_postal, e.departement)
        for e in dossier.essms
    }


def test_une_liste_cree_puis_change_puis_ne_change_plus_rien(porte: Porte, tmp_path: Path) -> None:
    dossier = vide(porte)
    lignes = [ligne(r) for r in range(3)]
    rangees = [list(lignes[0]), *(list(x.values()) for x in lignes)]
    chemin = fichier(tmp_path, "l.xlsx", classeur(rangees))
    assert importer_liste(porte, dossier, chemin) == 3
    dossier = lu(porte, dossier.id)
    avant = dit(dossier)
    assert set(avant) == {finess(r) for r in range(3)} and dossier.ogs[0].est_porteur
    assert importer_liste(porte, dossier, chemin) == 0
    assert coller_liste(porte, dossier, texte([lignes[1] | {"Places": 77}, ligne(9)])) == 2
    apres = dit(lu(porte, dossier.id))
    assert apres[finess(1)][2] == 77 and finess(9) in apres
    # What comes is added after what was there.
    assert lu(porte, dossier.id).ogs[0].essms[-1].finess == finess(9)
    porte.annuler()
    assert dit(lu(porte, dossier.id)) == avant
    porte.annuler()
    assert not lu(porte, dossier.id).ogs


def test_les_nouveaux_vont_a_l_organisme_dit(porte: Porte) -> None:
    dossier = vide(porte)
    lignes = [
        ligne(0) | {"Gestionnaire": "APEI"},
        ligne(1) | {"Gestionnaire": "ADMR"},
        ligne(2) | {"Gestionnaire": "APEI"},
    ]
    coller_liste(porte, dossier, texte(lignes))
    dossier = lu(porte, dossier.id)
    assert {o.nom: len(o.essms) for o in dossier.ogs} == {"APEI": 2, "ADMR": 1}
    assert sum(o.est_porteur for o in dossier.ogs) == 1
    coller_liste(porte, dossier, texte([ligne(3)]), og="ADMR")
    assert {o.nom: len(o.essms) for o in lu(porte, dossier.id).ogs} == {"APEI": 2, "ADMR": 2}
    ej = "910990001"
    coller_liste(porte, lu(porte, dossier.id), texte([ligne(4)]), og=ej)
    assert lu(porte, dossier.id).ogs[-1].finess_ej == ej
    with pytest.raises(ErreurSaisie, match="n’est pas un organisme"):
        coller_liste(porte, lu(porte, dossier.id), texte([ligne(5)]), og="Inconnu")


def test_un_organisme_ecrit_de_plusieurs_facons_n_en_fait_qu_un(porte: Porte) -> None:
    dossier = vide(porte)
    ej = "910990001"
    dits = (
        ("APEI de l’Ain", ej),
        ("A.P.E.I. DE L'AIN", ej),
        ("APEI de l'Ain", ""),
        ("ADMR", ""),
        ("admr", ""),
    )
    lignes = [ligne(r) | {"Gestionnaire": g, "FINESS EJ": n} for r, (g, n) in enumerate(dits)]
    coller_liste(porte, dossier, texte(lignes))
    assert {o.finess_ej: len(o.essms) for o in lu(porte, dossier.id).ogs} == {ej: 3, "": 2}


def test_un_essms_ne_change_pas_d_organisme_par_une_liste_et_cela_se_dit(porte: Porte) -> None:
    dossier = vide(porte)
    coller_liste(
        porte, dossier, texte([ligne(0) | {"Gestionnaire": "APEI"}, ligne(1) | {"Gestionnaire": "ADMR"}])
    )
    dossier = lu(porte, dossier.id)
    ecarts = comparer(
        dossier,
        lire_collee(texte([ligne(0) | {"Gestionnaire": "ADMR"}, ligne(1) | {"Gestionnaire": "Admr"}])),
    )
    assert ecarts.vide and [(r.cellule, r.avant) for r in ecarts.refus] == [("G2", "ADMR")]


def test_une_liste_qui_ne_dit_pas_a_qui_elle_se_rapporte_est_refusee(porte: Porte) -> None:
    with pytest.raises(ErreurSaisie, match="Rien ne dit à quels ESSMS"):
        coller_liste(porte, vide(porte), "1\t2\n3\t4")


def test_la_commande_montre_puis_ecrit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The phrase is slow to derive on purpose; not here.
    monkeypatch.setattr(cle_neuve, "SCRYPT_N", 16)
    monkeypatch.setenv("ESMS_DESKTOP_PHRASE", "une phrase d’essai")
    monkeypatch.setenv("ESMS_DESKTOP_BASE", str(tmp_path / "base.sqlite"))
    arguments = json.dumps({"nom": "G", "campagne_id": "2023", "type_projet": "acquisition"})
    fichier(tmp_path, "a.json", arguments.encode())
    assert main(["geste", "dossier.creer", "--args", str(tmp_path / "a.json")]) == 0
    liste = fichier(
        tmp_path, "l.csv", f"Nom;FINESS;Places\nMAS;{finess(1)[1:]};12 places\nFoyer;;x\n".encode()
    )
    capsys.readouterr()
    commande = ["grappe", "importer", "G", str(liste), "--json"]
    for options, applique, neufs, inchanges in (
        ((), False, 2, 0),
        (("--appliquer",), True, 2, 0),
        ((), False, 0, 2),
    ):
        assert main([*commande, *options]) == 0
        reponse = json.loads(capsys.readouterr().out)
        assert (reponse["applique"], len(reponse["nouveaux"]), reponse["inchanges"]) == (
            applique,
            neufs,
            inchanges,
        )
        assert [r["cellule"] for r in reponse["reparations"]] == ["B2", "C2"] and reponse["a_decider"] == []
        assert [r["cellule"] for r in reponse["refus"]] == ["C3"]


@pytest.mark.skipif(not LISTES.is_dir(), reason="données réelles absentes")
def test_les_quatre_listes_dans_tous_les_ordres(porte: Porte) -> None:
    chemins = sorted(LISTES.iterdir())
    lus = {chemin: lire_liste(chemin) for chemin in chemins}
    premiere = chemins[0]
    for rang, ordre in enumerate(itertools.permutations(chemins)):
        dossier = vide(porte, f"G{rang}")
        importer_ecarts(porte, dossier, comparer(dossier, lus[premiere]))
        dossier = lu(porte, dossier.id)
        assert len(dossier.essms) == 10
        for chemin in ordre:
            ecarts = comparer(dossier, lus[chemin])
            voulu = {(c.essms.finess, c.champ): c.apres for c in ecarts.changes}
            if not ecarts.vide:
                importer_ecarts(porte, dossier, ecarts)
            dossier = lu(porte, dossier.id)
            ecrits = {
                (e.finess, c): str(getattr(e, c)) for e in dossier.essms for c in ("capacite", "code_postal")
            }
            assert voulu.items() <= ecrits.items()
            # Twice is once.
            assert comparer(dossier, lus[chemin]).vide
        assert len(dossier.essms) == 10
        # The last list that says the places wins; nobody decided for the MAS.
        mise_a_jour = chemins[2] in ordre and ordre.index(chemins[2]) == 3
        assert {e.finess: e.capacite for e in dossier.essms} == {
            "010854115": 117,
            "010876605": 110,
            "010811248": 47 if mise_a_jour else 46,
            "010787976": 65,
            "010783934": 17 if mise_a_jour else 16,
            "010880094": 50 if mise_a_jour else 49,
            "010820504": 72 if mise_a_jour else 71,
            "010828168": 116 if mise_a_jour else 115,
            "010820587": 11,
            "010800993": 57,
        }
        assert {e.code_postal for e in dossier.essms} == {"01000"}


def test_l_annuaire_garde_dit_l_organisme_et_ce_qui_est_ferme(porte: Porte, tmp_path: Path) -> None:
    pays = fabrique.annuaire_json(
        fabrique.pmej(
            fabrique.EJ,
            fabrique.ege("06000101", nomEgeLong="RESIDENCE LES HIRONDELLES"),
            fabrique.ege("06000103", nomEgeLong="FOYER FERMÉ", etatObjet="I", dateFermeture="2019-03-04"),
        ),
        fabrique.pmej(
            fabrique.EJ_MEMBRE, fabrique.ege("97030101", "183"), denominationLonguePmSmsse="ŒUVRE DE L’ÉTÉ"
        ),
    )
    annuaire.importer(fabrique.ecrire(tmp_path, pays, "pays.json"))
    ouvert, ferme, ailleurs = map(fabrique.numero, ("06000101", "06000103", "97030101"))
    liste = f"FINESS\tNom\tPlaces\n{ouvert}\tHirondelles\t12\n{ferme}\tFoyer\t5\n{ailleurs}\tGrand large\t7\n"
    dossier = vide(porte)
    lue = lire_collee(liste)
    ecarts = comparer(dossier, lue, annuaire=annuaire_de(lue))
    assert [(a.genre, a.cellules) for a in ecarts.a_decider] == [("ferme", ("A3",))]
    assert "04/03/2019" in ecarts.a_decider[0].raison
    assert coller_liste(porte, dossier, liste) == 2
    dossier = lu(porte, dossier.id)
    assert {o.finess_ej: [e.finess for e in o.essms] for o in dossier.ogs} == {
        fabrique.EJ: [ouvert],
        fabrique.EJ_MEMBRE: [ailleurs],
    }
    # A number without a name, of one that the directory knows: its name is offered.
    sans_nom = lire_collee(f"FINESS\tPlaces\n{ferme}\t5")
    (a,) = comparer(dossier, sans_nom, annuaire=annuaire_de(sans_nom)).a_decider
    assert a.genre == "inconnu"
