"""A finding said as the act that settles it: « Saisir le SIRET de 2 organismes », what a button is named after."""

import re
from collections.abc import Callable, Sequence

from esms_desktop import francais
from esms_desktop.regles.constats import Cible, Constat
from esms_desktop.regles.dossier.pieces import CONVENTION, LETTRES, TITRES

_OG, _ESSMS = "organisme", "ESSMS"
# Longest an act may be, so that a button holds it.
_LONG = 70
# By code of finding: the act, whatever its target; {n} is what it bears on.
_PAR_CODE = {
    "calendrier.fenetre": "Choisir le jour du dépôt",
    "calendrier.complements": "Répondre au complément demandé",
    "calendrier.ordre": "Remettre deux dates dans l’ordre",
    "calendrier.convention": "Saisir la date prévue de la convention avec l’ARS",
    "coherence.amoa": "Ajouter le coût de l’AMOA au plan",
    "cumul.reengagement": "Refuser un réengagement en échange de la prestation Ségur",
    "cumul.sons": "Voir si le SONS s’ajoute",
    "deploiement.communication": "Prévoir les actions de communication",
    "deploiement.dates": "Corriger les dates des vagues",
    "deploiement.formation": "Prévoir les formations",
    "deploiement.vague-vide": "Placer des ESSMS dans une vague vide",
    "deploiement.vagues": "Placer les ESSMS dans des vagues",
    "financement.hypotheses": "Confirmer les montants auprès de l’ARS",
    "gouvernance.comite-pilotage": "Ajouter le comité de pilotage",
    "gouvernance.comite-operationnel": "Ajouter le comité opérationnel",
    "gouvernance.instances": "Compléter la description des instances",
    "gouvernance.temps": "Saisir le temps donné au projet",
    "gouvernance.mutualisation": "Décrire ce que la grappe met en commun",
    "gouvernance.responsable-dui": "Nommer le responsable du traitement DUI",
    "gouvernance.rsi": "Nommer le responsable du système d’information",
    "grappe.chef-de-projet": "Nommer le chef de projet",
    "grappe.essms": "Ajouter les ESSMS du projet",
    "grappe.og-doublon": "Retirer un organisme en double",
    "grappe.og-sans-essms": "Ajouter les ESSMS de {n}",
    "grappe.og-taille": "Saisir le nombre total d’ESSMS de {n}",
    "grappe.og-taille-contredite": "Corriger le nombre total d’ESSMS de {n}",
    "grappe.porteur": "Désigner l’organisme porteur",
    "plan.annees": "Placer les montants du plan dans leurs années",
    "plan.couts": "Saisir les coûts du projet",
    "plan.montants": "Compléter des lignes du plan",
    "plan.rh": "Saisir le temps de personnel",
    "planning.construire": "Construire le planning",
    "planning.jalons": "Ajouter les jalons qui manquent",
    "planning.retard": "Noter terminées ou déplacer des tâches en retard",
    "planning.vagues": "Ajouter une tâche pour chaque vague",
    "planning.echeance": "Tenir ou changer une échéance du planning",
    "recevabilite.point-2": "Élargir la grappe, ou interroger l’ARS",
    "risques.carte": "Choisir les risques du projet",
    "risques.action-incomplete": "Donner un responsable et une échéance aux actions",
    "risques.structures": "Évaluer les risques de chaque structure",
    "risques.action-retard": "Noter faites ou replanifier des actions en retard",
}
# By (object, field): the act, for the findings that only differ by their reason.
_PAR_CIBLE = {
    ("og", "siret"): "Saisir le SIRET de {n}",
    ("og", "finess_ej"): "Saisir le FINESS juridique de {n}",
    ("og", "siren"): "Accorder le SIREN et le SIRET de {n}",
    ("og", "representant_nom"): "Nommer le représentant de {n}",
    ("og", "representant_qualite"): "Saisir la qualité du représentant de {n}",
    ("og", "adresse"): "Saisir l’adresse du siège de {n}",
    ("og", "est_porteur"): "Désigner un seul porteur",
    ("og", "dpo_nom"): "Nommer le DPO de {n}",
    ("og", "commande_publique"): "Dire si le porteur suit la commande publique",
    ("og", "marche_en_cours"): "Dire si le porteur a un marché en cours",
    ("og", "autodiagnostic-si"): "Dire où en est l’autodiagnostic du SI de {n}",
    ("og", "autodiagnostic-cyber"): "Dire où en est l’autodiagnostic de sécurité de {n}",
    ("og", "briques"): "Répondre aux briques de maturité de {n}",
    ("essms", "finess"): "Vérifier le numéro FINESS de {n}",
    ("essms", "categorie"): "Vérifier la catégorie de {n}",
    ("essms", "nature_confirmee"): "Confirmer la nature de {n}",
    ("essms", "champ"): "Saisir le champ d’activité de {n}",
    ("essms", "departement"): "Saisir le département de {n}",
    ("essms", "commune"): "Saisir la commune de {n}",
    ("essms", "siret"): "Corriger le SIRET de {n}",
    ("essms", "adresse"): "Expliquer l’adresse commune à {n}",
    ("essms", "capacite"): "Saisir la capacité de {n}",
    ("essms", "file_active"): "Saisir la file active de {n}",
    ("essms", "dui_actuel"): "Décrire l’équipement actuel de {n}",
    ("essms", "rattache_entite_nationale"): "Répondre sur l’entité nationale de {n}",
    ("essms", "accord_entite_nationale"): "Répondre sur l’accord de l’entité nationale pour {n}",
    ("essms", "financement_europeen"): "Répondre sur le financement européen de {n}",
    ("essms", "esms_numerique_anterieur"): "Répondre sur un financement antérieur de {n}",
    ("essms", "sons_autre_solution"): "Répondre sur une commande SONS de {n}",
    ("essms", "part_confort"): "Répondre sur la part de confort de {n}",
    ("essms", "heures_eligibles"): "Saisir les heures éligibles de {n}",
    ("essms", "solution_id"): "Indiquer la solution de {n}",
    ("essms", "referent"): "Nommer le référent de {n}",
    ("essms", "vague_id"): "Placer {n} dans une vague",
    ("solution", "retenue"): "Choisir la solution du projet",
    ("solution", "statut"): "Dire où en est le référencement de la solution",
    ("solution", "dans_sad"): "Dire si la solution est dans le SAD",
    ("solution", "prix_cents"): "Saisir le prix de la prestation de l’éditeur",
    ("solution", "date_referencement"): "Saisir la date du référencement",
    ("solution", "date_referencement_prevue"): "Saisir la date prévue du référencement",
    ("solution", "nom"): "Nommer la solution",
    ("dossier", "amoa"): "Dire si une AMOA accompagne le projet",
    ("dossier", "amoa_nom"): "Nommer l’AMOA",
    ("dossier", "campagne_id"): "Changer de campagne",
    ("dossier", "portee_nationale"): "Dire si le projet a une portée nationale",
    ("dossier", "mise_en_ordre_marche"): "Dire si une mise en ordre de marche est contractualisée",
    ("dossier", "date_mise_en_ordre_marche"): "Saisir la date de mise en ordre de marche",
    ("dossier", "sad"): "Dire si le projet passe par le SAD",
    ("dossier", "sad_exception"): "Dire quelle exception au SAD s’applique",
    ("dossier", "pilotage_demande"): "Dire si le pilotage est demandé",
    ("dossier", "equipement_demande"): "Dire si des équipements sont demandés",
    ("dossier", "cle_repartition"): "Choisir la clé de répartition",
    ("dossier", "date_debut_projet"): "Saisir la date de début du projet",
    ("dossier", "date_debut_parametrage"): "Saisir la date de début du paramétrage",
    ("dossier", "date_convention"): "Mettre à jour la date de la convention",
    ("dossier", "date_fin_deploiement"): "Mettre à jour la date de fin du déploiement",
    ("dossier", "date_solde"): "Mettre à jour la date du solde",
}
# The same for findings that have no field to go to.
_SANS_CHAMP = {"sad.obligation": "Vérifier le recours au SAD", "recevabilite.point-4": "Désigner le porteur"}
# The imperative of the remedies, as an infinitive, where -ez does not simply give -er.
_INFINITIFS = {
    "saisissez": "saisir",
    "répondez": "répondre",
    "choisissez": "choisir",
    "dites": "dire",
    "faites": "faire",
    "mettez": "mettre",
    "inscrivez": "inscrire",
    "décrivez": "décrire",
    "écrivez": "écrire",
    "convertissez": "convertir",
    "joignez": "joindre",
    "élargissez": "élargir",
    "étendez": "étendre",
    "obtenez": "obtenir",
    "réduisez": "réduire",
    "revoyez": "revoir",
    "relisez": "relire",
    "répartissez": "répartir",
    "prévoyez": "prévoir",
    "voyez": "voir",
    "revenez": "revenir",
    "attendez": "attendre",
    "tenez": "tenir",
    "reprenez": "reprendre",
    "refaites": "refaire",
    "établissez": "établir",
}


def phrase(constats: Sequence[Constat], n: int) -> str:
    """The act that settles these findings, which aim at one place; `n`: how many OG or ESSMS they bear on."""
    premier = constats[0]
    if premier.code == "calendrier.fenetre" and "bon de commande" in premier.titre:
        return "Choisir le jour du bon de commande"
    if dit := _de_la_famille(premier):
        return dit
    modele = _PAR_CODE.get(premier.code) or _PAR_CIBLE.get((premier.cible.objet, premier.cible.champ))
    if modele is None:
        return _SANS_CHAMP.get(premier.code) or infinitif(premier.remede) or premier.titre
    return modele.format(n=_combien(premier.cible, n))


def _combien(cible: Cible, n: int) -> str:
    return francais.pluriel(max(n, 1), _OG if cible.objet == "og" else _ESSMS)


def _de_la_famille(constat: Constat) -> str:
    famille, _, suite = constat.code.partition(".")
    dire = _FAMILLES.get(famille)
    return dire(constat, suite) if dire else ""


def _document(constat: Constat, _: str) -> str:
    _, _, titre = constat.titre.partition("«")
    nom, ferme, _ = titre.partition("»")
    if not ferme:
        return ""
    n = len(constat.preuve.split(";"))
    return f"Compléter « {nom.strip()} » ({francais.pluriel(n, 'valeur')})"


def _piece(constat: Constat, suite: str) -> str:
    numero = suite.removeprefix("piece-")
    if not numero.isdecimal() or constat.cible.objet != "piece":
        return ""
    if int(numero) in (CONVENTION, LETTRES):
        quoi = "la convention" if int(numero) == CONVENTION else "les lettres d’engagement"
        return f"Faire signer {quoi}, puis joindre le scan"
    return f"Joindre la pièce {numero} : {francais.minuscule(TITRES[int(numero)])}"


def _preparation(constat: Constat, _: str) -> str:
    theme, trouve, reste = constat.titre.replace(francais.NBSP, " ").partition(" :")
    if not trouve or "attend" not in reste or constat.cible.objet != "point":
        return ""
    return f"Répondre aux questions « {theme.strip()} »"


_FAMILLES: dict[str, Callable[[Constat, str], str]] = {
    "documents": _document,
    "pieces": _piece,
    "preparation": _preparation,
}


def infinitif(remede: str) -> str:
    """A remedy as an act: « Saisissez la date de début. » gives « Saisir la date de début »; empty when it is not an order."""
    verbe, _, suite = remede.replace(francais.NBSP, " ").strip().partition(" ")
    nu = verbe.lower()
    if nu in _INFINITIFS:
        verbe = _INFINITIFS[nu]
    elif nu.endswith("ez"):
        verbe = f"{nu[:-2]}er"
    else:
        return ""
    if suite.startswith(":"):
        return "Répondre à une question" if nu == "répondez" else ""
    phrase = francais.majuscule(f"{verbe} {_bref(suite)}".strip())
    return phrase if len(phrase) <= _LONG else f"{phrase[:_LONG].rsplit(' ', 1)[0].rstrip(' ,:;')}…"


def _bref(suite: str) -> str:
    """The first member of a sentence."""
    return re.split(r"[.;]|\s:\s|, (?:ou|puis|et|avec|pour|pas) | et \w+ez\b", suite, maxsplit=1)[0].strip()
