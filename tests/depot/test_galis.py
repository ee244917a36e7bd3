"""The GALIS copy sheet, the deposit checklist, and what changed since a filing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esms_desktop.depot import changements, galis, liste_depot
from esms_desktop.depot.galis import Ecran
from esms_desktop.depot.liste_depot import EtatEtape
from esms_desktop.depot.publication import deposer
from esms_desktop.model import Complement, Contact, DepotFait, Dossier, Fichier
from esms_desktop.nomenclature.vocabulaire import EtatDossier, RoleContact
from esms_desktop.regles.financement.financement import financer_dossier
from tests.depot import fabrique as f


def ecrans(projet: Dossier) -> dict[str, Ecran]:
    return {e.titre: e for e in galis.fiche(projet, f.campagne(), f.JOUR)}


def valeur(ecran: Ecran, libelle: str) -> str:
    return next(c.valeur for c in ecran.champs if c.libelle == libelle)


def test_the_screens_are_those_of_the_portal_in_its_order() -> None:
    projet = f.dossier()
    porteur = projet.ogs[0]
    porteur.siret, porteur.finess_ej = "732 829 320 00074", "450000013"
    projet.contacts = [Contact(role=RoleContact.CHEF_DE_PROJET, nom="Camille Durand", courriel="c@ex.fr")]
    assert list(ecrans(projet)) == [
        "Téléservice et financeur",
        "Organisme porteur",
        "Contact du projet",
        "Projet",
        "Établissements et montants",
        "Pièces à téléverser",
    ]
    tout = ecrans(projet)
    assert valeur(tout["Téléservice et financeur"], "Financeur à choisir") == "ARS Centre-Val de Loire"
    siret = next(c for c in tout["Organisme porteur"].champs if c.libelle == "SIRET")
    assert (siret.valeur, siret.copie) == ("732\u00a0829\u00a0320\u00a000074", "73282932000074")
    total = next(c for c in tout["Projet"].champs if c.libelle == "Montant total demandé")
    attendu = financer_dossier(projet, f.campagne()).projet.total_cents
    assert total.copie == f"{attendu // 100},{attendu % 100:02d}" and "€" in total.valeur
    contact = tout["Contact du projet"]
    assert [c.libelle for c in contact.champs if c.manque] == ["Téléphone"]
    assert valeur(contact, "Fonction") == "Chef de projet"


def test_what_the_dossier_does_not_say_is_a_gap_and_never_crashes() -> None:
    vide = Dossier(nom="Vide", campagne_id="2022", type_projet=f.dossier().type_projet)
    f._defauts(vide)
    tout = ecrans(vide)
    assert all(c.manque and not c.copie for c in tout["Organisme porteur"].champs)
    tableau = tout["Établissements et montants"].tableau
    assert tableau is not None and tableau.lignes == ()


def cents(texte: str) -> int:
    unites, reste = texte.split(",")
    return int(unites) * 100 + int(reste)


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 20)), min_size=1, max_size=4),
    st.integers(0, 10**9) | st.none(),
)
def test_the_amounts_of_the_table_sum_to_the_request_to_the_cent(
    ogs: list[tuple[int, int]], prix: int | None
) -> None:
    projet = f.dossier(ogs=len(ogs), essms=7)
    projet.solutions[0].prix_cents = prix
    for og, (essms, en_tout) in zip(projet.ogs, ogs, strict=True):
        og.essms = og.essms[:essms]
        og.nb_essms_total = en_tout
    tableau = ecrans(projet)["Établissements et montants"].tableau
    assert tableau is not None
    projet_total = financer_dossier(projet, f.campagne()).projet.total_cents
    assert sum(cents(ligne[-1]) for ligne in tableau.lignes) == projet_total == cents(tableau.total[-1])
    for rang in range(9, len(tableau.colonnes)):
        assert sum(cents(ligne[rang]) for ligne in tableau.lignes) == cents(tableau.total[rang])


def test_a_table_is_copied_with_tabs_and_cannot_become_a_formula() -> None:
    projet = f.dossier(ogs=1, essms=2)
    projet.ogs[0].essms[0].nom = '=HYPERLINK("x")\tet\nsuite'
    ecran = ecrans(projet)["Établissements et montants"]
    lignes = galis.tsv(ecran).split("\r\n")
    assert len(lignes) == 5 and lignes[-1] == ""
    assert len({ligne.count("\t") for ligne in lignes[:-1]}) == 1
    assert '\'=HYPERLINK("x") et suite' in lignes[1].split("\t") and "\u00a0" not in galis.tsv(ecran)
    champs = galis.tsv(ecrans(projet)["Projet"])
    assert "Type de projet\tAcquisition\r\n" in champs


def test_essms_that_do_not_count_are_left_out_and_said() -> None:
    projet = f.dossier(ogs=1, essms=3)
    projet.ogs[0].essms[0].categorie = "362"
    ecran = ecrans(projet)["Établissements et montants"]
    assert ecran.tableau is not None and len(ecran.tableau.lignes) == 2
    assert "1\u00a0établissement n’est pas compté" in ecran.note


def test_the_pieces_tell_the_file_to_upload_or_the_gap() -> None:
    projet, contenus = f.dossier(), {}
    f.joindre(projet, contenus, 9, "rib.pdf", f.pdf("RIB"))
    ecran = ecrans(projet)["Pièces à téléverser"]
    assert valeur(ecran, "9. RIB") == "pieces/09-rib.pdf"
    assert next(c for c in ecran.champs if c.libelle.startswith("3.")).manque
    statuts = next(c for c in ecran.champs if c.libelle.startswith("13."))
    assert not statuts.manque and not statuts.valeur


# The deposit checklist.


def fait(manifeste: str = "{}", **champs: object) -> DepotFait:
    valeurs: dict[str, object] = {
        "produit_le": datetime(2023, 6, 2, 10, 0),
        "complet": True,
        "sha256": "0" * 64,
        "taille": 1,
        "pages": 1,
        "manifeste": manifeste,
        "accuse": "",
    }
    return DepotFait(**(valeurs | champs))


def liste(projet: Dossier, jour: date = f.JOUR) -> dict[str, liste_depot.Etape]:
    return {e.code: e for e in liste_depot.etapes(projet, f.campagne(), jour)}


def test_the_list_of_a_dossier_not_filed() -> None:
    etapes = liste(f.dossier())
    assert list(etapes) == [
        "compte",
        "financeur",
        "pieces",
        "produit",
        "delais",
        "consultation",
        "complements",
    ]
    assert etapes["compte"].etat is EtatEtape.A_DECLARER and not etapes["compte"].calculee
    assert etapes["financeur"].etat is EtatEtape.FAITE and "Centre-Val de Loire" in etapes["financeur"].detail
    assert (
        etapes["pieces"].etat is EtatEtape.A_FAIRE
        and "1, 2, 3, 4, 5, 6, 7, 8 et 9" in etapes["pieces"].detail
    )
    assert etapes["produit"].etat is EtatEtape.A_FAIRE
    assert etapes["complements"].etat is EtatEtape.SANS_OBJET
    assert liste(f.complet()[0])["pieces"].etat is EtatEtape.FAITE


@pytest.mark.parametrize(
    ("preparer", "code", "etat", "mots"),
    [
        (lambda d: d.depots.append(fait()), "produit", EtatEtape.FAITE, "2 juin 2023"),
        (lambda d: d.depots.append(fait(complet=False)), "produit", EtatEtape.A_FAIRE, "incomplet"),
        (lambda d: d.depots.append(fait(complement_id=3)), "produit", EtatEtape.A_FAIRE, "Produisez"),
        (
            lambda d: d.depots.append(fait(depose_le=date(2022, 6, 1))),
            "delais",
            EtatEtape.FAITE,
            "1er juin 2022",
        ),
        (
            lambda d: d.depots.append(fait(depose_le=date(2024, 6, 1))),
            "delais",
            EtatEtape.A_FAIRE,
            "vérifiez auprès du financeur",
        ),
        (
            lambda d: setattr(d, "etat", EtatDossier.DEPOSE),
            "delais",
            EtatEtape.A_DECLARER,
            "numéro de l’accusé",
        ),
        (lambda d: setattr(d, "etat", EtatDossier.DEPOSE), "compte", EtatEtape.FAITE, ""),
        (
            lambda d: d.complements.append(Complement(numero=9, demande="", echeance=date(2023, 5, 1))),
            "complements",
            EtatEtape.A_FAIRE,
            "L’échéance était le 1er mai 2023",
        ),
        (
            lambda d: d.complements.append(Complement(numero=9, demande="", repondu_le=date(2023, 5, 1))),
            "complements",
            EtatEtape.FAITE,
            "toutes répondues",
        ),
    ],
)
def test_the_list_follows_what_happened(
    preparer: Callable[[Dossier], None], code: str, etat: EtatEtape, mots: str
) -> None:
    projet = f.dossier()
    preparer(projet)
    etape = liste(projet)[code]
    assert etape.etat is etat and mots in etape.detail.replace("\u00a0", " ")


# What changed.


@pytest.fixture(scope="module")
def depose(tmp_path_factory: pytest.TempPathFactory) -> str:
    projet, contenus = f.complet()
    sortie = tmp_path_factory.mktemp("changements") / "sortie"
    depot = deposer(projet, f.campagne(), f.JOUR, sortie, contenus.__getitem__)
    return depot.manifeste.read_text(encoding="utf-8")


def _remplacer(projet: Dossier, numero: int, nom: str | None, texte: str = "nouveau") -> None:
    (ancien,) = projet.fichiers_de(numero)
    projet.fichiers.remove(ancien)
    if nom:
        f.joindre(projet, {}, numero, nom, f.pdf(texte))


def _renommer(projet: Dossier) -> None:
    fichier: Fichier = projet.fichiers_de(9)[0]
    fichier.nom = "autre nom.pdf"


@pytest.mark.parametrize(
    ("changer", "attendu"),
    [
        (lambda d: None, []),
        (_renommer, []),
        (
            lambda d: _remplacer(d, 9, "piece-9.pdf"),
            ["Pièce 9 – RIB : « piece-9.pdf » a été remplacé."],
        ),
        (
            lambda d: _remplacer(d, 9, "rib.pdf"),
            [
                "Pièce 9 – RIB : « rib.pdf » a été joint.",
                "Pièce 9 – RIB : « piece-9.pdf » a été retiré.",
            ],
        ),
        (
            lambda d: setattr(d, "hebergement", "Serveur du porteur."),
            ["Pièce 1 – Note de présentation du projet : le contenu de « Note de présentation"],
        ),
    ],
)
def test_what_changed_is_said_piece_by_piece(
    depose: str, changer: Callable[[Dossier], None], attendu: list[str]
) -> None:
    projet, _ = f.complet()
    changer(projet)
    dits = [p.replace("\u00a0", " ") for p in changements.changements(projet, f.campagne(), depose)]
    assert len(dits) == len(attendu)
    for dit, debut in zip(dits, attendu, strict=True):
        assert dit.startswith(debut)


def test_an_essms_less_changes_the_documents_that_tell_of_it(depose: str) -> None:
    projet, _ = f.complet()
    projet.ogs[1].essms.pop()
    dits = changements.changements(projet, f.campagne(), depose)
    assert {p.split("\u00a0–")[0].split(" –")[0] for p in dits} >= {"Pièce 1", "Pièce 6"}
    autre = replace(f.campagne(), id="autre", titre="Autre")
    assert "La campagne n’est plus" in changements.changements(projet, autre, depose)[0]


def test_a_document_replaced_by_a_file_is_said_once(depose: str) -> None:
    projet, _ = f.complet()
    f.joindre(projet, {}, 1, "ma note.pdf", f.pdf("Ma note"))
    (dit,) = changements.changements(projet, f.campagne(), depose)
    assert "ma note.pdf" in dit and "joint" in dit


def test_only_the_last_whole_filing_counts(depose: str) -> None:
    projet, _ = f.complet()
    assert changements.depuis_le_dernier_depot(projet, f.campagne()) == ()
    projet.depots = [fait(depose), fait("{}", complement_id=1)]
    projet.notes = "rien à voir"
    dits = changements.depuis_le_dernier_depot(projet, f.campagne())
    assert dits == ()
    _remplacer(projet, 9, None)
    dits = changements.depuis_le_dernier_depot(projet, f.campagne())
    assert len(dits) == 1 and "retiré" in dits[0]


def test_the_sheet_never_shows_a_narrow_space(tmp_path: Path) -> None:
    assert "\u202f" not in repr(galis.fiche(f.complet()[0], f.campagne(), f.JOUR))
