"""What counts as progress: what a person gave, never a check that emptiness satisfies."""

from datetime import date

import pytest

from esms_desktop.campagnes.chargement import charger, identifiants
from esms_desktop.documents import catalogue
from esms_desktop.gestes.verifier import verifier_dossier
from esms_desktop.model import Dossier, Essms, Fichier, Og
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet
from esms_desktop.regles.constats import Controle, Examen, Page
from esms_desktop.regles.dossier.pieces import phrase_pieces
from esms_desktop.store.lire import figer
from tests.regles.fabrique import dossier, finess, preparer, siret

JOUR = date(2026, 11, 27)


def nu(campagne: str, type_projet: TypeProjet) -> Dossier:
    """What the directory says of two organisations, and nothing else."""
    d = Dossier(nom="Lu", campagne_id=campagne, type_projet=type_projet)
    for rang, nombre in ((1, 21), (2, 16)):
        og = Og(nom=f"Association {rang}", rang=rang, est_porteur=rang == 1, nb_essms_total=nombre)
        og.siren, og.finess_ej, og.commune, og.code_postal = (
            siret(rang)[:9],
            finess("93", 900 + rang),
            "Nice",
            "06000",
        )
        for i in range(nombre):
            numero = finess("91", 100 * rang + i)
            og.essms.append(
                Essms(
                    nom=f"R {i}",
                    rang=i,
                    finess=numero,
                    categorie="183",
                    champ=Champ.PH,
                    departement="91",
                    commune="Évry",
                )
            )
        d.ogs.append(og)
    return d


def test_la_corse_n_y_change_rien() -> None:
    d = nu("2022", TypeProjet.CONFORMITE)
    for rang, e in enumerate(d.essms):
        departement = ("2A", "2B", "91")[rang % 3]
        e.finess, e.departement = finess(departement, 500 + rang), departement
    examen = verifier_dossier(figer(d), JOUR)
    assert [k.code for k in examen.controles if k.satisfait and k.code not in examen.acquis] == []


def test_un_fichier_joint_se_compte_avec_les_pieces() -> None:
    d = nu("2022", TypeProjet.CONFORMITE)
    for numero in (3, 4, 9, 10):
        d.fichiers.append(Fichier(numero=numero, nom="scan.pdf", extension="pdf", taille=9, pages=1))
    lu = figer(d)
    examen = verifier_dossier(lu, JOUR)
    assert examen.avancement()[0] == 0 and examen.avancement(Page.PIECES)[0] == 2
    etats = catalogue.pieces(lu, charger("2022"), JOUR)
    assert phrase_pieces(etats) == "0\u00a0pièce prête et 2 jointes sur 11 à fournir"
    assert [e.numero for e in etats if e.manquante] == [1, 2, 4, 5, 6, 7, 8, 11, 12]


@pytest.mark.parametrize("type_projet", list(TypeProjet))
@pytest.mark.parametrize("campagne", identifiants())
def test_un_dossier_lu_dans_l_annuaire_n_a_pas_commence(campagne: str, type_projet: TypeProjet) -> None:
    lu = figer(nu(campagne, type_projet))
    examen = verifier_dossier(lu, JOUR)
    assert [k.code for k in examen.controles if k.satisfait and k.code not in examen.acquis] == []
    fait, total = examen.avancement()
    assert fait == 0 and total > (2 if charger(campagne).programme == "sons" else 30)
    assert [e.numero for e in catalogue.pieces(lu, charger(campagne), JOUR) if e.due and e.satisfaite] == []


def test_ce_qui_est_donne_avance() -> None:
    pret = figer(preparer(dossier(10, 8)))
    examen = verifier_dossier(pret, date(2022, 5, 2))
    fait, total = examen.avancement()
    assert 0.5 < fait / total < 1
    assert all(examen.avancement(page)[0] <= examen.avancement(page)[1] for page in Page)


def test_un_controle_qui_echoue_compte_meme_si_le_vide_le_satisfait() -> None:
    echec = next(
        k
        for k in verifier_dossier(figer(nu("2022", TypeProjet.ACQUISITION)), JOUR).controles
        if not k.satisfait
    )
    passe = Controle("passe", Page.GRAPPE)
    examen = Examen((echec, passe, Controle("donne", Page.GRAPPE)), frozenset({echec.code, "passe"}))
    assert examen.avancement() == (1, 2)


def test_une_reponse_avance() -> None:
    d = nu("2022", TypeProjet.ACQUISITION)
    d.amoa, d.amoa_nom = True, "Cabinet"
    examen = verifier_dossier(figer(d), JOUR)
    assert examen.avancement()[0] == 1
