"""The scenarios of the grappe, of the points of recevabilité and of the dates."""

from datetime import date

from esms_desktop.model import (
    Solution,
)
from esms_desktop.nomenclature.vocabulaire import (
    Champ,
    EtatDossier,
    StatutSolution,
)
from tests.regles.fabrique import essms, og
from tests.regles.scenarios_outils import CONF, Geste, avec, changer, poser

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
