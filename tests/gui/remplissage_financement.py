"""Costs, people, materials and resources for the sample dossiers of the window tests."""

from datetime import date

from esms_desktop.model import Cout, CoutRh, Dossier, Materiel, Ressource
from esms_desktop.store.porte import Porte


def remplir(porte: Porte, dossier: Dossier) -> None:
    """Gives a dossier dates, costs of two years, people, materials and a grant, in one gesture."""
    premier = dossier.ogs[0]
    objets = [
        Cout(nature="licences", libelle="Abonnement", annee=2023, montant_ht_cents=6_000_000),
        Cout(nature="licences", libelle="Abonnement", annee=2024, montant_ht_cents=6_000_000),
        Cout(nature="parametrage", libelle="Paramétrage", annee=2023, montant_ht_cents=4_000_000),
        Cout(nature="reprise", libelle="Reprise des dossiers", annee=2024, montant_ht_cents=2_500_000),
        Cout(
            nature="equipements",
            libelle="Tablettes",
            annee=2024,
            montant_ht_cents=1_250_050,
            og_id=premier.id,
        ),
        Cout(nature="communication", annee=2024, tva_pour_dix_mille=550),
        CoutRh(profil="Chef de projet", annee=2023, etp_centiemes=50, cout_annuel_cents=5_200_000),
        CoutRh(profil="Chef de projet", annee=2024, etp_centiemes=50, cout_annuel_cents=5_200_000),
        CoutRh(
            profil="Formateurs internes",
            annee=2024,
            etp_centiemes=125,
            cout_annuel_cents=4_100_000,
            part_projet_pour_cent=20,
        ),
        Materiel(
            libelle="Tablette",
            usage="Saisie au domicile",
            quantite=10,
            prix_unitaire_ht_cents=45_000,
            og_id=premier.id,
            essms_id=premier.essms[0].id,
        ),
        Materiel(libelle="Borne Wi-Fi", usage="Couverture des salles de soins"),
        Ressource(genre="autre", libelle="Fondation", annee=2024, montant_cents=1_000_000),
    ]
    for objet in objets:
        objet.dossier_id = dossier.id
    with porte.geste("Remplir le plan"):
        porte.modifier(
            dossier,
            date_convention=date(2023, 9, 1),
            date_fin_deploiement=date(2024, 12, 15),
            date_solde=date(2024, 12, 15),
        )
        porte.ajouter(*objets, libelle="Ajouter")
