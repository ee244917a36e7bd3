"""One change at a time on a dossier where all is ready: what each one makes the examination say."""

from datetime import date

from esms_desktop.model import (
    ActionRisque,
    Contact,
    Fermeture,
    Materiel,
    Ressource,
    SessionFormation,
    Vague,
)
from esms_desktop.nomenclature.vocabulaire import (
    Champ,
    ExceptionSad,
    RoleContact,
    StatutSolution,
)
from tests.regles.fabrique import joindre
from tests.regles.scenarios_grappe import DATES, GRAPPE, RECEVABILITE
from tests.regles.scenarios_outils import Geste, _ajouter_risque, _sans_tache, avec, changer, poser

MONEY: dict[str, Geste] = {
    "hors du SAD, sans exception": avec(sad=False),
    "SAD non répondu": avec(sad=None),
    "dans le SAD, sans solution": changer({"solutions.0.retenue": False, "sad": True}),
    "présence au SAD inconnue": changer({"solutions.0.dans_sad": None}),
    "solution hors du SAD": changer({"solutions.0.dans_sad": False}),
    "marché en cours, non prouvé": avec(sad=False, sad_exception=ExceptionSad.MARCHE_EN_COURS),
    "marché en cours, porteur non soumis": changer(
        {
            "sad": False,
            "sad_exception": ExceptionSad.MARCHE_EN_COURS,
            "ogs.0.commande_publique": False,
        }
    ),
    "marché en cours, prouvé": changer(
        {
            "sad": False,
            "sad_exception": ExceptionSad.MARCHE_EN_COURS,
            "ogs.0.commande_publique": True,
            "ogs.0.marche_en_cours": True,
        }
    ),
    "marché en cours, solution quelconque": changer(
        {
            "sad": False,
            "sad_exception": ExceptionSad.MARCHE_EN_COURS,
            "ogs.0.commande_publique": True,
            "ogs.0.marche_en_cours": True,
            "solutions.0.dans_sad": False,
            "solutions.0.statut": StatutSolution.NON_REFERENCEE,
        }
    ),
    "marché en cours, solution à préciser": changer(
        {
            "sad": False,
            "sad_exception": ExceptionSad.MARCHE_EN_COURS,
            "ogs.0.commande_publique": True,
            "ogs.0.marche_en_cours": True,
            "solutions.0.dans_sad": None,
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2022, 12, 1),
        }
    ),
    "hors champs, aucun": avec(sad=False, sad_exception=ExceptionSad.HORS_CHAMPS),
    "hors champs, un": changer(
        {"sad": False, "sad_exception": ExceptionSad.HORS_CHAMPS, "ogs.0.essms.1.champ": Champ.PDE}
    ),
    "hors champs, solution en cours": changer(
        {
            "sad": False,
            "sad_exception": ExceptionSad.HORS_CHAMPS,
            "ogs.0.essms.1.champ": Champ.PDE,
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2022, 12, 1),
        }
    ),
    "équipements non répondus, grands organismes": avec(equipement_demande=None),
    "équipements non répondus, un petit organisme": changer(
        {"equipement_demande": None, "ogs.1.nb_essms_total": 14}
    ),
    "équipements demandés sans liste": changer({"equipement_demande": True, "ogs.1.nb_essms_total": 14}),
    "équipements demandés, un organisme de quinze": changer(
        {"equipement_demande": True, "ogs.1.nb_essms_total": 15}
    ),
    "liste sans équipements demandés": lambda d: d.materiels.append(
        Materiel(id=4, libelle="Tablette", quantite=1, prix_unitaire_ht_cents=10_000)
    ),
    "liste incomplète": lambda d: (
        poser(d, "equipement_demande", True),
        poser(d, "ogs.1.nb_essms_total", 14),
        d.materiels.append(Materiel(id=4, libelle="Tablette", quantite=1, prix_unitaire_ht_cents=10_000)),
        d.materiels.append(Materiel(id=5, libelle="Borne", quantite=None, prix_unitaire_ht_cents=5)),
        d.materiels.append(Materiel(id=6, libelle="Câble", quantite=3, prix_unitaire_ht_cents=None)),
    ),
    "pilotage non répondu, grappe mêlée": changer({"pilotage_demande": None, "ogs.1.nb_essms_total": 14}),
    "pilotage non répondu, petits organismes": changer(
        {"pilotage_demande": None, "ogs.*.nb_essms_total": 14}
    ),
    "pilotage demandé, grappe mêlée": changer({"pilotage_demande": True, "ogs.1.nb_essms_total": 14}),
    "prix de l’éditeur inconnu": changer({"solutions.0.prix_cents": None}),
    "aucun coût": avec(couts=[]),
    "aucun temps de personnel": avec(couts_rh=[]),
    "des montants manquent": changer(
        {
            "couts.0.montant_ht_cents": None,
            "couts_rh.1.etp_centiemes": None,
            "ressources.2.montant_cents": None,
        }
    ),
    "un coût sans année": changer({"couts.0.annee": None}),
    "un coût avant le projet": changer({"couts.0.annee": 2021}),
    "un coût après le projet": changer({"couts.2.annee": 2025}),
    "un centime de trop": lambda d: d.ressources.append(
        Ressource(genre="autofinancement", annee=2023, montant_cents=1)
    ),
    "un centime de moins": changer({"ressources.0.montant_cents": 15_649_999}),
    "un excédent": lambda d: d.ressources.append(
        Ressource(genre="autre", libelle="Région", annee=2023, montant_cents=120_000_000)
    ),
    "clé en équivalents temps plein, inconnue": avec(cle_repartition="etp"),
    "clé libre, mal sommée": changer({"cle_repartition": "libre", "ogs.*.part_libre_pour_dix_mille": 5005}),
    "clé libre, bien sommée": changer({"cle_repartition": "libre", "ogs.*.part_libre_pour_dix_mille": 5000}),
    "clé en places, une inconnue": changer({"cle_repartition": "places", "ogs.1.essms.0.capacite": None}),
}


EQUIPE: dict[str, Geste] = {
    "aucun contact": avec(contacts=[]),
    "temps du chef inconnu": changer({"contacts.0.part_temps_pour_cent": None}),
    "référent d’un seul organisme": lambda d: d.contacts.pop(1),
    "référent d’un ESSMS": lambda d: (
        d.contacts.pop(1),
        d.contacts.append(Contact(nom="Lou", role=RoleContact.REFERENT, essms_id=3)),
    ),
    "DPO nommé parmi les contacts": lambda d: (
        poser(d, "ogs.0.dpo_nom", ""),
        d.contacts.append(Contact(nom="Lou", role=RoleContact.DPO, og_id=1)),
    ),
    "un DPO manque": changer({"ogs.1.dpo_nom": ""}),
    "aucune instance": avec(instances=[]),
    "une instance sans composition": changer({"instances.0.composition": ""}),
    "une instance sans fréquence": changer({"instances.1.frequence": "", "instances.1.role": ""}),
    "AMOA non répondue": avec(amoa=None),
    "AMOA sans nom": avec(amoa=True),
    "AMOA nommée": avec(amoa=True, amoa_nom="Conseil & Cie"),
    "mutualisation muette": avec(mutualisation=""),
    "un point de préparation sans réponse": changer({"points_preparation.0.reponse": None}),
    "deux points sans réponse": changer(
        {"points_preparation.0.reponse": None, "points_preparation.1.reponse": None}
    ),
    "un point non acquis": changer(
        {"points_preparation.3.reponse": False, "points_preparation.3.commentaire": "en cours"}
    ),
    "une brique sans réponse": changer({"ogs.1.briques.2.acquise": None}),
    "une brique non acquise": changer({"ogs.*.briques.2.acquise": False}),
    "autodiagnostic non répondu": changer({"ogs.1.autodiagnostics.0.realise": None}),
    "autodiagnostic non fait": changer({"ogs.1.autodiagnostics.1.realise": False}),
}


DEPLOIEMENT: dict[str, Geste] = {
    "aucune vague": lambda d: (poser(d, "ogs.*.essms.*.vague", None), setattr(d, "vagues", [])),
    "un ESSMS sans vague": changer({"ogs.0.essms.2.vague": None}),
    "aucune vague pilote": changer({"vagues.0.pilote": False}),
    "le pilote après les autres": changer(
        {"vagues.0.debut": date(2023, 9, 2), "vagues.0.fin": date(2023, 9, 3)}
    ),
    "le pilote en même temps": changer(
        {"vagues.0.debut": date(2023, 9, 1), "vagues.0.fin": date(2023, 9, 3)}
    ),
    "une vague vide": lambda d: d.vagues.append(
        Vague(nom="Vide", rang=2, debut=date(2024, 1, 1), fin=date(2024, 2, 1))
    ),
    "une vague sans dates": changer({"vagues.1.debut": None}),
    "une vague à l’envers": changer({"vagues.1.fin": date(2023, 8, 31)}),
    "une vague d’un jour": changer({"vagues.1.fin": date(2023, 9, 1)}),
    "une vague après la fin": changer({"vagues.1.fin": date(2024, 6, 1)}),
    "une vague avant le début": changer({"vagues.0.debut": date(2022, 11, 30)}),
    "aucune formation": avec(formations=[]),
    "une formation sans effectif": changer({"formations.0.effectif": None}),
    "une formation avant le projet": changer({"formations.0.date": date(2022, 11, 30)}),
    "une formation le premier jour": changer({"formations.0.date": date(2022, 12, 1)}),
    "une formation après la fin": changer({"formations.0.date": date(2024, 6, 1)}),
    "une formation le dernier jour": changer({"formations.0.date": date(2024, 5, 31)}),
    "une formation après sa vague": lambda d: (
        poser(d, "vagues.0.id", 7),
        d.formations.append(
            SessionFormation(id=5, intitule="Tard", effectif=3, vague_id=7, date=date(2023, 9, 1))
        ),
    ),
    "aucune communication": avec(communications=[]),
    "une communication sans date": changer({"communications.0.date": None}),
    "une communication sans public": changer({"communications.0.cible": ""}),
    "une communication le jour de la bascule": changer({"communications.0.date": date(2023, 6, 1)}),
}


RISQUES: dict[str, Geste] = {
    "aucun risque": avec(risques=[]),
    "une structure non évaluée": lambda d: d.evaluations_structures.pop(),
    "une carte de structure seulement": lambda d: (
        setattr(d, "risques", []),
        _ajouter_risque(d, essms=d.ogs[0].essms[0]),
    ),
    "un risque sans probabilité": lambda d: _ajouter_risque(d, probabilite=None),
    "un risque sans gravité": lambda d: _ajouter_risque(d, gravite=None, essms=d.ogs[0].essms[0]),
    "évalué à moitié après actions": lambda d: _ajouter_risque(d, probabilite_residuelle=2),
    "évalué à moitié, l’autre moitié": lambda d: _ajouter_risque(d, gravite_residuelle=2),
    "critique sans action": lambda d: (
        _ajouter_risque(d, probabilite=3, gravite=4),
        _ajouter_risque(d, probabilite=4, gravite=4, intitule="Panne du réseau"),
    ),
    "critique, action abandonnée": lambda d: _ajouter_risque(
        d, probabilite=3, gravite=4, actions=[ActionRisque(intitule="Rien", etat="abandonnee")]
    ),
    "neuf n’est pas critique": lambda d: _ajouter_risque(d, probabilite=3, gravite=3),
    "plus fort après": lambda d: _ajouter_risque(d, probabilite_residuelle=2, gravite_residuelle=3),
    "aussi fort après": lambda d: _ajouter_risque(d, probabilite_residuelle=2, gravite_residuelle=2),
    "baisse sans action": lambda d: _ajouter_risque(d, probabilite_residuelle=1, gravite_residuelle=3),
    "reste critique": changer({"risques.0.probabilite_residuelle": 3, "risques.0.gravite_residuelle": 4}),
    "action en retard": changer({"risques.0.actions.0.echeance": date(2022, 5, 1)}),
    "action pour aujourd’hui": changer({"risques.0.actions.0.echeance": date(2022, 5, 2)}),
    "action en retard, faite": changer(
        {"risques.0.actions.0.echeance": date(2022, 5, 1), "risques.0.actions.0.etat": "faite"}
    ),
    "action sans responsable": changer({"risques.0.actions.0.responsable": " "}),
    "action sans échéance": changer({"risques.0.actions.0.echeance": None}),
    "action sans rien, risque moyen": lambda d: _ajouter_risque(
        d, actions=[ActionRisque(id=8, intitule="Former un suppléant", etat="a-faire")]
    ),
}


PLANNING: dict[str, Geste] = {
    "aucune tâche": lambda d: (setattr(d, "liens_taches", []), setattr(d, "taches", [])),
    "sans services socles": _sans_tache("socles"),
    "sans jalon de dépôt": _sans_tache("Dépôt"),
    "une fermeture d’un jour": lambda d: d.fermetures.append(
        Fermeture(motif="Fermeture", debut=date(2023, 1, 3), fin=date(2023, 1, 3))
    ),
    "une échéance passée": changer({"taches.1.echeance": date(2022, 5, 1)}),
    "une échéance d’aujourd’hui": changer({"taches.1.echeance": date(2022, 5, 2)}),
    "une échéance passée, tâche finie": changer(
        {"taches.1.echeance": date(2022, 5, 1), "taches.1.avancement": 100}
    ),
    "une vague ajoutée": lambda d: d.vagues.append(
        Vague(nom="Troisième", rang=2, debut=date(2024, 1, 1), fin=date(2024, 2, 1))
    ),
    "toutes les tâches un an plus tard": lambda d: [
        setattr(t, "pas_avant", t.pas_avant.replace(year=t.pas_avant.year + 1))
        for t in d.taches
        if t.pas_avant
    ],
}


PIECES: dict[str, Geste] = {
    "une convention jointe": lambda d: joindre(d, 3),
    "une lettre jointe": lambda d: joindre(d, 4, og_id=1),
    "une lettre anonyme": lambda d: joindre(d, 4),
    "deux lettres anonymes": lambda d: (joindre(d, 4), joindre(d, 4)),
    "un autodiagnostic joint": lambda d: joindre(d, 10, og_id=2),
    "un RIB joint": lambda d: joindre(d, 9),
    "un fichier refusé": lambda d: joindre(d, 9, extension=".exe"),
    "quatre fichiers refusés": lambda d: [joindre(d, n, extension="TIF") for n in (9, 3, 4, 13)],
    "des associations et d’autres": changer({"ogs.0.association": False}),
    "aucune association": changer({"ogs.*.association": False}),
    "signée par tous": lambda d: (joindre(d, 3), joindre(d, 4), joindre(d, 4), joindre(d, 9)),
}


THEMES = {
    "grappe": GRAPPE,
    "recevabilite": RECEVABILITE,
    "dates": DATES,
    "financement": MONEY,
    "equipe": EQUIPE,
    "deploiement": DEPLOIEMENT,
    "risques": RISQUES,
    "planning": PLANNING,
    "pieces": PIECES,
}
