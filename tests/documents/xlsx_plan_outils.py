"""What the tests of the workbook of the plan share: dossiers of any kind, its sheets as they read."""

from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.classeur import financement as classeur_financement
from esms_desktop.documents.classeur.classeur import Classeur
from esms_desktop.model import Cout, Dossier, Ressource
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel, plan

from .outils import fabriquer
from .test_xlsx import JOUR


def _riche() -> Dossier:
    """Own costs, odd cents, several rates, a year to be told, a resource of one OG."""
    dossier = fabriquer(3, 6)
    og = dossier.ogs[1].id
    for rang, (nature, annee, ht, qui, tva) in enumerate(
        (
            ("reprise", 2023, 333_333, og, 550),
            ("equipements", 2024, 41_234_567, og, 2000),
            ("infrastructures", 2025, 39_999_901, dossier.ogs[0].id, 2000),
            ("communication", None, 500_001, None, 210),
        )
    ):
        dossier.couts.append(
            Cout(
                id=50 + rang,
                nature=nature,
                libelle="",
                annee=annee,
                montant_ht_cents=ht,
                og_id=qui,
                tva_pour_dix_mille=tva,
            )
        )
    dossier.ressources.append(
        Ressource(id=60, genre="autre", libelle="Fondation", annee=2024, montant_cents=1_234_567, og_id=og)
    )
    return dossier


def _lire(dossier: Dossier) -> tuple[Classeur, PlanPluriannuel]:
    campagne = charger("2022")
    return classeur_financement.classeur(dossier, campagne, JOUR), plan(dossier, campagne)
