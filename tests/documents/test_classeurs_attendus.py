"""Each workbook cell by cell: what it says, its formulas and what they give, how it prints."""

from datetime import date
from pathlib import Path

import pytest

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.classeur.classeurs import CODES, classeur_de
from esms_desktop.documents.classeur.rendu import rendre_xlsx
from esms_desktop.model import Cout, Dossier, Materiel, Ressource
from tests.attendus import comparer, en_lignes

from .classeur_lu import lire
from .outils import fabriquer
from .plans import planifier
from .risques_outils import remplir
from .test_documents_attendus import silencieux

ATTENDUS = Path(__file__).parent / "attendus"
JOUR = date(2023, 5, 2)
# Whatever the place, one letter more or less shows.
LONG = ("a b " * 40).strip()


def petit() -> Dossier:
    """Two OG of two ESSMS, a few tasks and risks, costs of one OG, amounts still unknown."""
    d = remplir(planifier(7, 10, fabriquer(2, 2)), grappe=6)
    d.couts.append(
        Cout(id=90, og_id=2, nature="formation", libelle="=1+1", annee=2024, montant_ht_cents=33_333)
    )
    d.couts.append(Cout(id=91, nature="autre", libelle="À chiffrer", annee=None, montant_ht_cents=None))
    d.ressources.append(
        Ressource(id=90, genre="autre", libelle="Région", annee=2023, montant_cents=5_000_001)
    )
    d.materiels.append(
        Materiel(id=90, og_id=1, libelle="Borne", quantite=None, prix_unitaire_ht_cents=12_345)
    )
    return d


def partage() -> Dossier:
    """Materials bought for nobody in particular, one OG that asks for some and lists none."""
    d = fabriquer(2, 2)
    d.materiels.clear()
    d.materiels.append(
        Materiel(id=1, libelle="Borne", quantite=2, prix_unitaire_ht_cents=12_345, tva_pour_dix_mille=550)
    )
    d.couts.clear()
    d.ressources.clear()
    d.cle_repartition = "places"
    d.ogs[0].nom, d.ogs[0].sigle, d.ogs[0].essms[0].nom = LONG, "", LONG
    for og_id, essms_id in ((1, 1), (2, None)):
        d.materiels.append(
            Materiel(
                id=1 + og_id,
                og_id=og_id,
                essms_id=essms_id,
                libelle="Tablette",
                quantite=3,
                prix_unitaire_ht_cents=99,
            )
        )
    d.couts.append(Cout(id=1, og_id=1, nature="formation", libelle="", annee=2023, montant_ht_cents=100_001))
    d.ressources.append(Ressource(id=1, og_id=1, genre="autofinancement", annee=2023, montant_cents=7))
    d.couts_rh[0].og_id = 1
    return d


@pytest.mark.parametrize("code", sorted(CODES))
def test_chaque_classeur(code: str) -> None:
    lignes = []
    for nom, d in (("petit", petit()), ("muet", silencieux()), ("partage", partage())):
        fait = classeur_de(code, d, charger("2022"), JOUR)
        lignes += ["", f"=== {nom}", *(lire(rendre_xlsx(fait, JOUR)) if fait else ["aucun classeur"])]
    comparer(ATTENDUS / f"classeur-{code}.txt", lignes)


def test_un_plan_calcule_sur_des_hypotheses_les_dit() -> None:
    fait = classeur_de("plan-financement", petit(), charger("2021-amorcage"), JOUR)
    assert fait is not None
    mots = [x.split(" {")[0] for x in lire(rendre_xlsx(fait, JOUR))]
    debut, fin = mots.index("== Par poste (visible)"), mots.index("== Par organisme (visible)")
    comparer(ATTENDUS / "classeur-hypotheses.txt", [x for x in mots[debut:fin] if x[:1].isupper()])


def test_les_colonnes_que_chaque_table_demande() -> None:
    """Tables of one sheet share their columns: the widest hides the others once drawn."""
    lignes = []
    for code in sorted(CODES):
        fait = classeur_de(code, petit(), charger("2022"), JOUR)
        for table in (t for f in (fait.feuilles if fait else ()) for t in f.tables):
            lignes += [f"{code}, {table.cle}", *en_lignes(table.colonnes, "  ")]
    comparer(ATTENDUS / "classeur-colonnes.txt", lignes)
