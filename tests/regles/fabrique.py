"""Builds dossiers in memory for the tests of the rules; nothing is saved."""

from datetime import date, datetime
from typing import Any

from stdnum import luhn

from esms_desktop.campagnes.chargement import charger
from esms_desktop.exemples.planning import accrocher
from esms_desktop.model import (
    ActionCommunication,
    ActionRisque,
    Autodiagnostic,
    Brique,
    Contact,
    Cout,
    CoutRh,
    Dossier,
    Essms,
    EvaluationStructure,
    Fichier,
    Instance,
    Og,
    PointPreparation,
    Ressource,
    Risque,
    SessionFormation,
    Solution,
    Vague,
)
from esms_desktop.nomenclature.listes import briques, points_controle
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, StatutSolution, TypeProjet
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.plan_type import proposer
from esms_desktop.regles.planning.planning import lire

JOUR = date(2022, 5, 2)


def finess(departement: str, rang: int) -> str:
    """A FINESS number with a right key, which no one bears."""
    base = f"{departement}0{rang:05d}"
    return base + luhn.calc_check_digit(base.translate(str.maketrans("AB", "12")))


def siret(rang: int) -> str:
    """A SIRET whose SIREN and own key are right."""
    siren = f"{90000000 + rang:08d}"
    siren += luhn.calc_check_digit(siren)
    return siren + "0001" + luhn.calc_check_digit(siren + "0001")


def essms(rang: int, **champs: Any) -> Essms:
    """An EHPAD of the Essonne, every fact answered no."""
    valeurs: dict[str, Any] = {
        "nom": f"Résidence {rang}",
        "rang": rang,
        "finess": finess("91", rang),
        "siret": "",
        "categorie": "500",
        "champ": Champ.PA,
        "adresse": f"{rang} rue des Lilas",
        "code_postal": "91000",
        "commune": "Évry-Courcouronnes",
        "departement": "91",
        "capacite": 60,
        "file_active": 70,
        "dui_actuel": "aucun",
        "financement_europeen": False,
        "esms_numerique_anterieur": False,
        "sons_autre_solution": False,
        "rattache_entite_nationale": False,
    }
    return Essms(**(valeurs | champs))


def og(rang: int, nombre: int, premier: int, **champs: Any) -> Og:
    """An OG that runs 60 ESSMS, `nombre` of them in the project."""
    valeurs: dict[str, Any] = {
        "id": rang,
        "nom": f"Association {rang}",
        "rang": rang,
        "est_porteur": rang == 1,
        "association": True,
        "siret": siret(rang),
        "siren": siret(rang)[:9],
        "finess_ej": finess("91", 90000 + rang),
        "adresse": "1 place de la Mairie",
        "code_postal": "91000",
        "commune": "Évry-Courcouronnes",
        "representant_nom": "Camille Morel",
        "representant_qualite": "présidente",
        "dpo_nom": "Alex Petit",
        "nb_essms_total": 60,
    }
    o = Og(**(valeurs | champs))
    o.essms.extend(essms(premier + i) for i in range(nombre))
    return o


def dossier(*tailles: int, complet: bool = True, **champs: Any) -> Dossier:
    """A dossier with one OG for each size; `complet`: every fact answered and every date set."""
    valeurs: dict[str, Any] = {
        "nom": "Essai",
        "campagne_id": "2022",
        "type_projet": TypeProjet.ACQUISITION,
    }
    if complet:
        valeurs |= {
            "portee_nationale": False,
            "sad": True,
            "pilotage_demande": False,
            "equipement_demande": False,
            "mise_en_ordre_marche": False,
            "date_depot_prevue": date(2022, 6, 1),
            "date_convention": date(2022, 11, 1),
            "date_debut_projet": date(2022, 12, 1),
            "date_debut_parametrage": date(2023, 3, 1),
            "date_fin_deploiement": date(2024, 5, 31),
        }
    d = Dossier(**(valeurs | champs))
    solution = Solution(
        id=1,
        nom="Vivadom",
        retenue=True,
        statut=StatutSolution.REFERENCEE,
        dans_sad=True,
        prix_cents=100_000_000,
    )
    d.solutions.append(solution)
    premier = 1
    for rang, nombre in enumerate(tailles, 1):
        o = og(rang, nombre, premier)
        for e in o.essms:
            e.solution = solution
        d.ogs.append(o)
        premier += nombre
    d.contacts.append(Contact(nom="Sacha Roux", role=RoleContact.CHEF_DE_PROJET))
    return d


def joindre(d: Dossier, numero: int, og_id: int | None = None, extension: str = ".pdf") -> None:
    """Attaches a file to a piece."""
    d.fichiers.append(
        Fichier(
            numero=numero,
            nom=f"piece-{numero}{extension}",
            extension=extension,
            og_id=og_id,
            sha256="0" * 64,
            taille=1,
            joint_le=datetime(2022, 5, 1),
        )
    )


def preparer(d: Dossier) -> Dossier:
    """Answers, names, plans and balances everything: nothing is left to be done but the pieces. Gives keys to the ESSMS."""
    d.amoa, d.mutualisation = False, "Chef de projet, achats et formation sont partagés."
    for code in points_controle():
        d.points_preparation.append(PointPreparation(code=code, reponse=True))
    for o in d.ogs:
        o.briques.extend(Brique(code=code, acquise=True) for code in briques())
        o.autodiagnostics.extend(Autodiagnostic(genre=genre, realise=True) for genre in ("si", "cyber"))
        d.contacts.append(Contact(nom="Andréa Blanc", role=RoleContact.REFERENT, og_id=o.id))
    for role in (RoleContact.RESPONSABLE_DUI, RoleContact.RSI):
        d.contacts.append(Contact(nom="Dominique Noir", role=role))
    d.contacts[0].part_temps_pour_cent = 100
    for nom in ("Comité de pilotage", "Comité opérationnel"):
        d.instances.append(Instance(nom=nom, role="suit", composition="tous", frequence="mensuelle"))
    pilote = Vague(nom="Pilotes", rang=0, pilote=True, debut=date(2023, 6, 1), fin=date(2023, 8, 31))
    suite = Vague(nom="Suite", rang=1, pilote=False, debut=date(2023, 9, 1), fin=date(2024, 4, 30))
    d.vagues.extend([pilote, suite])
    for rang, e in enumerate(d.essms):
        e.id, e.vague = rang + 1, suite if rang else pilote
    action = ActionRisque(intitule="Mesurer le réseau", responsable="Sacha", echeance=date(2023, 3, 1))
    d.risques.append(
        Risque(intitule="Réseau insuffisant", rang=0, probabilite=3, gravite=4, actions=[action])
    )
    d.evaluations_structures.extend(EvaluationStructure(essms=e, sans_risque=True) for e in d.essms)
    d.formations.append(SessionFormation(intitule="Prise en main", effectif=120, date=date(2023, 5, 2)))
    d.communications.append(ActionCommunication(objet="Annonce", cible="équipes", date=date(2023, 1, 9)))
    for annee, euros, propres in (
        (2022, 300_000, 156_500),
        (2023, 400_000, 450_000),
        (2024, 300_000, 156_500),
    ):
        d.couts.append(
            Cout(nature="licences", annee=annee, montant_ht_cents=euros * 100, tva_pour_dix_mille=0)
        )
        d.couts_rh.append(
            CoutRh(
                profil="Chef de projet",
                annee=annee,
                etp_centiemes=100,
                cout_annuel_cents=5_000_000,
                part_projet_pour_cent=100,
            )
        )
        d.ressources.append(Ressource(genre="autofinancement", annee=annee, montant_cents=propres * 100))
    planifier(d)
    return d


def planifier(d: Dossier) -> Dossier:
    """Hangs the model plan on the dates of the dossier; the tasks have keys from 1."""
    debut = d.date_debut_projet or date(2022, 12, 1)
    for rang, tache in enumerate(accrocher(d, proposer(d, charger(d.campagne_id), debut)), 1):
        tache.id = rang
    d.date_solde = next(p.fin for p in lire(d, JOUR).taches if p.tache.origine == jalons.SOLDE)
    return d
