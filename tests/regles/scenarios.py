"""One change at a time on a dossier where all is ready: what each one makes the examination say."""

from collections.abc import Callable
from datetime import date
from typing import Any

from esms_desktop.model import (
    ActionRisque,
    Contact,
    Dossier,
    Fermeture,
    Materiel,
    Ressource,
    Risque,
    SessionFormation,
    Solution,
    Vague,
)
from esms_desktop.nomenclature.vocabulaire import (
    Champ,
    EtatDossier,
    ExceptionSad,
    RoleContact,
    StatutSolution,
    TypeProjet,
)
from tests.regles.fabrique import dossier, essms, joindre, og, preparer

CONF = TypeProjet.CONFORMITE
Geste = Callable[[Dossier], object]


def pret() -> Dossier:
    """Two OG, ten and eight ESSMS, one in Corsica's number but the Essonne: nothing left to do but the pieces."""
    return preparer(dossier(10, 8))


def poser(d: Dossier, chemin: str, valeur: Any) -> None:
    """Sets « ogs.1.siret » and the like; « * » stands for each."""
    objets: list[Any] = [d]
    *etapes, champ = chemin.split(".")
    for etape in etapes:
        if etape == "*":
            objets = [x for objet in objets for x in objet]
        elif etape.isdigit():
            objets = [objet[int(etape)] for objet in objets]
        else:
            objets = [getattr(objet, etape) for objet in objets]
    for objet in objets:
        setattr(objet, champ, valeur)


def avec(**champs: Any) -> Geste:
    """Fields of the dossier itself."""
    return changer(champs)


def changer(champs: dict[str, Any]) -> Geste:
    """Values at given paths."""

    def faire(d: Dossier) -> None:
        for chemin, valeur in champs.items():
            poser(d, chemin, valeur)

    return faire


def _ajouter_risque(d: Dossier, **champs: Any) -> Risque:
    risque = Risque(
        **{"intitule": "Départ du référent", "rang": len(d.risques), "probabilite": 2, "gravite": 2, "id": 90}
        | champs
    )
    d.risques.append(risque)
    return risque


def _trois_og_avec(champs: dict[str, Any]) -> Geste:
    def faire(d: Dossier) -> None:
        d.ogs.append(og(3, 1, 70, **champs))

    return faire


def _jalon(origine: str, **champs: Any) -> Geste:
    def faire(d: Dossier) -> None:
        tache = next(t for t in d.taches if t.origine == origine)
        for nom, valeur in champs.items():
            setattr(tache, nom, valeur)

    return faire


def _sans_tache(mot: str) -> Geste:
    def faire(d: Dossier) -> None:
        for tache in [t for t in d.taches if mot in t.nom]:
            for lien in [x for x in d.liens_taches if tache in (x.avant, x.apres)]:
                d.liens_taches.remove(lien)
                lien.avant.sortants.remove(lien)
                lien.apres.entrants.remove(lien)
            d.taches.remove(tache)

    return faire


def _ensemble(*gestes: Geste) -> Geste:
    def faire(d: Dossier) -> None:
        for geste in gestes:
            geste(d)

    return faire


GRAPPE: dict[str, Geste] = {
    "aucun organisme": avec(ogs=[]),
    "aucun porteur": changer({"ogs.0.est_porteur": False}),
    "deux porteurs": changer({"ogs.1.est_porteur": True}),
    "un seul organisme": lambda d: d.ogs.pop(),
    "le SIRET d’un membre manque": changer({"ogs.1.siret": "  "}),
    "le SIRET d’un membre est faux": changer({"ogs.1.siret": "12345678901234"}),
    "le SIRET du porteur manque": changer({"ogs.0.siret": ""}),
    "le SIRET du porteur est faux": changer({"ogs.0.siret": "12345678901234"}),
    "un FINESS juridique manque": changer({"ogs.1.finess_ej": ""}),
    "un FINESS juridique est faux": changer({"ogs.0.finess_ej": "910000009"}),
    "le SIREN contredit le SIRET": changer({"ogs.1.siren": "900000017"}),
    "le SIREN est vide": changer({"ogs.1.siren": ""}),
    "le même organisme deux fois": lambda d: poser(d, "ogs.1.finess_ej", d.ogs[0].finess_ej),
    "le représentant manque": changer({"ogs.1.representant_nom": ""}),
    "la qualité du représentant manque": changer({"ogs.1.representant_qualite": ""}),
    "le représentant et sa qualité manquent": changer(
        {"ogs.1.representant_nom": "", "ogs.1.representant_qualite": ""}
    ),
    "l’adresse du siège manque": changer({"ogs.1.adresse": ""}),
    "l’adresse et la commune du siège manquent": changer({"ogs.*.adresse": "", "ogs.*.commune": ""}),
    "un organisme sans ESSMS": lambda d: d.ogs.append(og(3, 0, 70)),
    "la taille d’un organisme est inconnue": changer({"ogs.1.nb_essms_total": None}),
    "la taille est celle du projet": changer({"ogs.1.nb_essms_total": 8}),
    "la taille est en dessous du projet": changer({"ogs.1.nb_essms_total": 7}),
    "quatre organismes sans DPO": lambda d: [d.ogs.append(og(r, 1, 60 + r, dpo_nom="")) for r in range(3, 7)],
    "un ESSMS deux fois": lambda d: d.ogs[1].essms.append(essms(1, id=99)),
    "un FINESS faux": changer({"ogs.0.essms.2.finess": "910000009"}),
    "le FINESS de l’entité juridique": lambda d: poser(d, "ogs.0.essms.2.finess", d.ogs[0].finess_ej),
    "un FINESS absent": changer({"ogs.0.essms.2.finess": ""}),
    "quatre FINESS absents": lambda d: [setattr(e, "finess", "") for e in d.ogs[0].essms[2:6]],
    "le FINESS d’un autre département": changer({"ogs.0.essms.2.departement": "75"}),
    "le département est inconnu": changer({"ogs.0.essms.2.departement": ""}),
    "la commune manque": changer({"ogs.0.essms.2.commune": ""}),
    "un SIRET d’ESSMS faux": changer({"ogs.0.essms.2.siret": "123"}),
    "une capacité manque": changer({"ogs.0.essms.2.capacite": None}),
    "une file active manque": changer({"ogs.0.essms.2.file_active": None}),
    "le DUI actuel manque": changer({"ogs.0.essms.2.dui_actuel": ""}),
    "deux ESSMS à la même adresse": changer(
        {"ogs.0.essms.2.adresse": "1 Rue des LILAS", "ogs.0.essms.2.code_postal": "91000"}
    ),
    "un service à domicile": changer({"ogs.0.essms.2.categorie": "460", "ogs.0.essms.2.champ": Champ.DOM}),
    "un service à domicile avec confort": changer(
        {
            "ogs.0.essms.2.categorie": "209",
            "ogs.0.essms.2.champ": Champ.DOM,
            "ogs.0.essms.2.part_confort": True,
        }
    ),
    "une catégorie exclue": changer({"ogs.0.essms.2.categorie": "362"}),
    "une catégorie sanitaire": changer({"ogs.0.essms.2.categorie": "355"}),
    "une catégorie inconnue": changer({"ogs.0.essms.2.categorie": "999"}),
    "une catégorie absente": changer({"ogs.0.essms.2.categorie": "", "ogs.0.essms.2.champ": None}),
    "un champ absent": changer({"ogs.0.essms.2.categorie": "377", "ogs.0.essms.2.champ": None}),
}
RECEVABILITE: dict[str, Geste] = {
    "quatorze ESSMS": lambda d: [d.ogs[1].essms.pop() for _ in range(4)],
    "quinze ESSMS, dont un incertain": lambda d: (
        [d.ogs[1].essms.pop() for _ in range(3)],
        poser(d, "ogs.0.essms.2.finess", ""),
    ),
    "entité nationale sans accord": changer(
        {"ogs.0.essms.2.rattache_entite_nationale": True, "ogs.0.essms.2.accord_entite_nationale": False}
    ),
    "entité nationale, accord donné": changer(
        {"ogs.0.essms.2.rattache_entite_nationale": True, "ogs.0.essms.2.accord_entite_nationale": True}
    ),
    "entité nationale, accord inconnu": changer({"ogs.0.essms.2.rattache_entite_nationale": True}),
    "un accord refusé à qui ne dépend de personne": changer({"ogs.0.essms.2.accord_entite_nationale": False}),
    "deux ESSMS d’une entité nationale": changer(
        {
            "ogs.0.essms.2.rattache_entite_nationale": True,
            "ogs.0.essms.3.rattache_entite_nationale": True,
            "ogs.0.essms.*.accord_entite_nationale": True,
        }
    ),
    "rattachement non répondu": changer({"ogs.1.essms.1.rattache_entite_nationale": None}),
    "argent européen": changer({"ogs.1.essms.1.financement_europeen": True}),
    "argent européen non répondu": changer({"ogs.1.essms.*.financement_europeen": None}),
    "déjà financé": changer({"ogs.1.essms.1.esms_numerique_anterieur": True}),
    "déjà financé, non répondu": changer({"ogs.1.essms.1.esms_numerique_anterieur": None}),
    "commande SONS ailleurs": changer({"ogs.1.essms.1.sons_autre_solution": True}),
    "commande SONS, non répondu": changer({"ogs.1.essms.1.sons_autre_solution": None}),
    "mise en ordre de marche non répondue": avec(mise_en_ordre_marche=None),
    "mise en ordre de marche engagée": avec(mise_en_ordre_marche=True),
    "aucune solution retenue": changer({"solutions.0.retenue": False}),
    "un ESSMS sans solution": changer({"ogs.0.essms.2.solution": None}),
    "un ESSMS avec une autre solution": lambda d: poser(
        d, "ogs.0.essms.2.solution", Solution(id=2, nom="Autre", retenue=False)
    ),
    "référencement inconnu": changer({"solutions.0.statut": None}),
    "référencée demain": changer({"solutions.0.date_referencement": date(2022, 5, 3)}),
    "référencée aujourd’hui": changer({"solutions.0.date_referencement": date(2022, 5, 2)}),
    "en cours, sans date": changer({"solutions.0.statut": StatutSolution.EN_COURS}),
    "en cours, date passée": changer(
        {
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2022, 5, 1),
        }
    ),
    "en cours, date d’aujourd’hui": changer(
        {
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2022, 5, 2),
        }
    ),
    "en cours, le jour du paramétrage": changer(
        {
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2023, 3, 1),
        }
    ),
    "en cours, la veille du paramétrage": changer(
        {
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2023, 2, 28),
        }
    ),
    "en cours, paramétrage non daté": changer(
        {
            "solutions.0.statut": StatutSolution.EN_COURS,
            "solutions.0.date_referencement_prevue": date(2023, 2, 28),
            "date_debut_parametrage": None,
        }
    ),
    "non référencée, champs PA": changer({"solutions.0.statut": StatutSolution.NON_REFERENCEE}),
    "non référencée, la moitié hors champs": changer(
        {"solutions.0.statut": StatutSolution.NON_REFERENCEE}
        | {f"ogs.0.essms.{i}.champ": Champ.PDE for i in range(9)}
        | {f"ogs.0.essms.{i}.categorie": "177" for i in range(9)}
    ),
    "non référencée, plus de la moitié hors champs": changer(
        {"solutions.0.statut": StatutSolution.NON_REFERENCEE, "ogs.0.essms.*.champ": Champ.PDE}
    ),
    "non référencée, hors champs, SAD inconnu": changer(
        {
            "solutions.0.statut": StatutSolution.NON_REFERENCEE,
            "ogs.0.essms.*.champ": Champ.PDE,
            "solutions.0.dans_sad": None,
        }
    ),
    "non référencée, hors champs, hors SAD": changer(
        {
            "solutions.0.statut": StatutSolution.NON_REFERENCEE,
            "ogs.0.essms.*.champ": Champ.PDE,
            "solutions.0.dans_sad": False,
        }
    ),
    "non référencée, champs inconnus": changer(
        {
            "solutions.0.statut": StatutSolution.NON_REFERENCEE,
            "ogs.0.essms.*.champ": Champ.PDE,
            "ogs.0.essms.0.champ": None,
            "ogs.0.essms.0.categorie": "",
            "ogs.0.essms.1.champ": None,
            "ogs.0.essms.1.categorie": "",
        }
    ),
    "portée nationale non répondue": avec(portee_nationale=None),
    "portée nationale": avec(portee_nationale=True),
    "mise en conformité": avec(type_projet=CONF),
    "mise en conformité, non référencée": changer(
        {"type_projet": CONF, "solutions.0.statut": StatutSolution.NON_REFERENCEE}
    ),
}
DATES: dict[str, Geste] = {
    "dépôt non daté": avec(date_depot_prevue=None),
    "dépôt après la fenêtre": avec(date_depot_prevue=date(2022, 10, 1)),
    "dossier déposé": avec(etat=EtatDossier.DEPOSE, date_depot_prevue=None),
    "début non daté": avec(date_debut_projet=None),
    "fin non datée": avec(date_fin_deploiement=None),
    "convention non datée": avec(date_convention=None),
    "convention avant le dépôt": avec(date_convention=date(2022, 5, 31)),
    "convention le jour du dépôt": avec(date_convention=date(2022, 6, 1)),
    "un jour de trop": avec(date_fin_deploiement=date(2024, 6, 2)),
    "le dernier jour": avec(date_fin_deploiement=date(2024, 6, 1)),
    "paramétrage avant le début": avec(date_debut_parametrage=date(2022, 11, 30)),
}
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
