"""Points 1 to 4: the ESSMS, how many they are, their FINESS, the SIRET of the porteur (referentiel 01 § 5)."""

from functools import lru_cache

from esms_desktop import francais
from esms_desktop.campagnes.fondement import lecture
from esms_desktop.lecture import Essms
from esms_desktop.nomenclature.categories import categories, nature
from esms_desktop.nomenclature.numeros import defaut_finess, defaut_siret, ecrire_siret, normaliser
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.faits import cible_essms, cles, nommer
from esms_desktop.regles.recevabilite.eligibilite import Ligne, Releve, champ_retenu
from esms_desktop.regles.recevabilite.orientation import Orientation
from esms_desktop.regles.recevabilite.verdicts import PLACES, Avis, Verdict, places
from esms_desktop.regles.texte import net

_AJOUTER = ((Cible(Page.GRAPPE), ""),)

# Numbers rarely change between two examinations.
defaut_finess_memo = lru_cache(maxsize=8192)(defaut_finess)
normaliser_memo = lru_cache(maxsize=8192)(normaliser)
defaut_siret_memo = lru_cache(maxsize=8192)(defaut_siret)


def avis_eligibles(releve: Releve) -> Avis:
    """Point 1: by the nature of each ESSMS, and the agreement of its national entity."""
    source = releve.campagne.eligibilite.champs.origine
    explication = (
        "Un ESSMS relève de l’article L. 312-1 du code de l’action sociale et des familles, dans un champ ouvert par "
        "la campagne ; rattaché à une entité nationale, il lui faut aussi son accord écrit."
    )
    exclus = [ligne for ligne in releve.lignes if ligne.eligible is False]
    if exclus:
        return Avis(
            Verdict.NON_SATISFAIT,
            f"{nommer([x.essms for x in exclus])}. Premier cas, {exclus[0].essms.nom} : {exclus[0].motif}.",
            explication,
            source,
            "Retirez ces ESSMS du projet, ou corrigez leur catégorie FINESS.",
            _places_lignes(exclus),
            cles([x.essms for x in exclus]),
        )
    accord = releve.campagne.eligibilite.accord_entite_nationale
    refus, attente = _accords(releve) if accord.valeur else ([], [])
    if refus:
        return Avis(
            Verdict.NON_SATISFAIT,
            f"Sans accord de l’entité nationale : {nommer(refus)}.",
            explication,
            accord.origine,
            "Obtenez l’accord écrit de l’entité nationale, ou retirez ces ESSMS du projet.",
            places(refus, "accord_entite_nationale"),
            cles(refus),
        )
    incertains = [ligne for ligne in releve.lignes if ligne.eligible is None]
    if incertains:
        return Avis(
            Verdict.A_VERIFIER,
            f"{nommer([x.essms for x in incertains])}. Premier cas, {incertains[0].essms.nom} : {incertains[0].motif}.",
            explication,
            source,
            _remede(incertains),
            _places_lignes(incertains),
            cles([x.essms for x in incertains]),
        )
    if attente:
        champ = (
            "rattache_entite_nationale"
            if attente[0].rattache_entite_nationale is None
            else "accord_entite_nationale"
        )
        return Avis(
            Verdict.A_VERIFIER,
            f"Rattachement à une entité nationale, ou accord de celle-ci, non répondu : {nommer(attente)}.",
            explication,
            accord.origine,
            "Répondez pour chaque ESSMS : dépend-il d’une entité nationale, et a-t-elle donné son accord ?",
            places(attente, champ),
            cles([e for e in attente if getattr(e, champ) is None]),
        )
    n = len(releve.lignes)
    confirmes = [x.essms for x in releve.lignes if nature(x.essms.categorie)[0] is None]
    par_categorie = n - len(confirmes)
    preuve = f"{francais.pluriel(par_categorie, 'ESSMS')} sur {francais.nombre(n)} éligibles par leur catégorie FINESS."
    if confirmes:
        preuve = f"{preuve} Confirmés par l’ARS, d’après vous : {nommer(confirmes)}."
    lus = [ligne.essms for ligne in releve.lignes if ligne.par_lecture]
    if lus:
        preuve = f"{preuve} Dont, hors des champs que le texte nomme : {nommer(lus)}."
        source = lecture(releve.campagne.eligibilite.agregats.source)
    return Avis(Verdict.SATISFAIT, preuve, explication, source)


def _a_demander(ligne: Ligne) -> bool:
    """Whether nothing is missing to tell what an ESSMS is: only the ARS can say whether it takes it."""
    essms = ligne.essms
    if essms.categorie in categories() and nature(essms.categorie)[0] is None:
        return True
    return bool(essms.categorie and net(essms.finess)) and champ_retenu(essms) is not None


def _remede(incertains: list[Ligne]) -> str:
    demander = [_a_demander(ligne) for ligne in incertains]
    completer = "Complétez la fiche de ces ESSMS : numéro FINESS, catégorie et champ."
    if not any(demander):
        return completer
    if all(demander):
        return "Demandez à l’ARS si elle admet ces ESSMS ; s’ils sont mal classés, corrigez leur catégorie ou leur champ."
    return f"{completer} Pour ceux dont la fiche est complète, demandez à l’ARS si elle les admet."


def _places_lignes(lignes: list[Ligne]) -> tuple[tuple[Cible, str], ...]:
    return tuple(
        (
            cible_essms(x.essms, _champ_en_cause(x)),
            f"{x.essms.nom} : {x.motif}",
        )
        for x in lignes[:PLACES]
    )


def _champ_en_cause(ligne: Ligne) -> str:
    essms = ligne.essms
    if nature(essms.categorie)[0] is None and essms.categorie in categories():
        return "nature_confirmee"
    if not essms.categorie or ligne.eligible is False:
        return "categorie"
    return "champ" if ligne.numero else "finess"


def _accords(releve: Releve) -> tuple[list[Essms], list[Essms]]:
    """ESSMS whose national entity refuses, then those for which nothing can be said yet."""
    refus, attente = [], []
    for ligne in releve.lignes:
        e = ligne.essms
        rattache = e.rattache_entite_nationale
        if rattache is None or (rattache and e.accord_entite_nationale is None):
            attente.append(e)
        elif rattache and e.accord_entite_nationale is False:
            refus.append(e)
    return refus, attente


def avis_nombre(releve: Releve, orientation: Orientation) -> Avis:
    """Point 2: how many eligible ESSMS, and in 2021 how many OG."""
    taille = releve.campagne.taille
    n, minimum = orientation.nombre, orientation.minimum
    regle = taille.minimum if minimum == taille.minimum.valeur else taille.minimum_derogatoire
    explication = (
        f"Le projet doit compter {francais.pluriel(minimum, 'ESSMS')} éligibles. En dessous, rien n’est refusé d’office : "
        "l’ARS apprécie selon le contexte."
    )
    preuve = f"{francais.pluriel(n, 'ESSMS')} {francais.accord(n, 'éligible', 'éligibles')} pour un seuil de {minimum}."
    if not releve.lignes or (n < minimum <= n + releve.incertains):
        if releve.lignes:
            reste = francais.accord(releve.incertains, "reste", "restent")
            preuve = f"{preuve} {francais.pluriel(releve.incertains, 'ESSMS')} {reste} à vérifier."
        remede = "Complétez la liste des ESSMS du projet et leurs fiches."
        incertains = [ligne for ligne in releve.lignes if ligne.eligible is None]
        if incertains and all(map(_a_demander, incertains)):
            remede = "Demandez à l’ARS si elle admet ces ESSMS, ou élargissez la grappe."
        return Avis(Verdict.A_VERIFIER, preuve, explication, regle.origine, remede, _AJOUTER)
    seul = _peut_rester_seul(releve)
    if seul is False:
        return _regroupement(releve, preuve)
    if n < minimum:
        if orientation.melee and n >= taille.minimum_derogatoire.valeur:
            return _grappe_melee(releve, preuve)
        return Avis(
            Verdict.A_APPRECIER,
            preuve,
            explication,
            regle.origine,
            f"Élargissez la grappe d’au moins {francais.pluriel(minimum - n, 'ESSMS')}, ou exposez à l’ARS pourquoi le "
            "projet tient avec ce nombre.",
            _AJOUTER,
        )
    if seul:
        return Avis(
            Verdict.A_APPRECIER,
            f"{preuve} {francais.pluriel(len(releve.ogs), 'organisme')} pour un minimum de {taille.minimum_og.valeur}.",
            f"Un regroupement réunit au moins {taille.minimum_og.valeur} organismes ; un organisme de taille moyenne ou "
            "grande pourrait être autorisé à candidater sans eux.",
            taille.og_seul_des.origine,
            "Demandez à l’ARS si elle admet ce projet, ou associez d’autres organismes.",
            _AJOUTER,
        )
    return Avis(Verdict.SATISFAIT, preuve, explication, regle.origine)


def _peut_rester_seul(releve: Releve) -> bool | None:
    """With fewer OG than the campaign asks: whether one is large enough to be let alone. None: there are enough."""
    taille = releve.campagne.taille
    if len(releve.ogs) >= taille.minimum_og.valeur:
        return None
    seuil = taille.og_seul_des.valeur
    tailles = [max(og.nb_essms_total or 0, len(og.essms)) for og in releve.ogs]
    return seuil is not None and max(tailles, default=0) >= seuil


def _regroupement(releve: Releve, preuve: str) -> Avis:
    regle = releve.campagne.taille.minimum_og
    return Avis(
        Verdict.NON_SATISFAIT,
        f"{preuve} {francais.pluriel(len(releve.ogs), 'organisme')} pour un minimum de {regle.valeur}.",
        f"Un projet de cette campagne réunit au moins {regle.valeur} organismes, sauf celui d’un organisme de taille "
        "moyenne ou grande.",
        regle.origine,
        f"Associez au projet {francais.pluriel(regle.valeur - len(releve.ogs), 'organisme')} de plus.",
        _AJOUTER,
    )


def _grappe_melee(releve: Releve, preuve: str) -> Avis:
    """Some ESSMS where the lower threshold holds, others not: the texts give each territory its own."""
    taille = releve.campagne.taille
    return Avis(
        Verdict.A_APPRECIER,
        f"{preuve} {taille.minimum_derogatoire.valeur} suffiraient si tous étaient en Corse ou outre-mer.",
        "Les textes donnent un seuil pour la métropole, un autre pour la Corse et l’outre-mer ; ils ne disent pas lequel "
        "vaut pour une grappe mêlée. L’application retient le plus haut.",
        lecture(taille.minimum_derogatoire.source),
        "Demandez à l’ARS quel seuil elle retient, ou élargissez la grappe.",
        _AJOUTER,
    )


def defaut_geographique(ligne: Ligne) -> str | None:
    """Why the FINESS number of an ESSMS does not do, None when it does or is missing."""
    if not ligne.numero:
        return None
    if ligne.numero == normaliser_memo(net(ligne.og.finess_ej)):
        return "c’est le numéro de l’entité juridique, pas celui de l’établissement"
    return defaut_finess_memo(ligne.numero)


def avis_finess(releve: Releve) -> Avis:
    """Point 3: a FINESS géographique for each, its key checked."""
    source = releve.campagne.recevabilite.finess_geographique.origine
    explication = "Le numéro FINESS géographique désigne l’établissement ; sa clé de contrôle décèle les fautes de frappe."
    faux = [(ligne.essms, defaut) for ligne in releve.lignes if (defaut := defaut_geographique(ligne))]
    if faux:
        premier, defaut = faux[0]
        return Avis(
            Verdict.NON_SATISFAIT,
            f"{nommer([e for e, _ in faux])}. Premier cas, {premier.nom} ({premier.finess}) : {defaut}.",
            explication,
            source,
            "Corrigez ces numéros d’après l’annuaire FINESS.",
            tuple((cible_essms(e, "finess"), f"{e.nom} : {d}") for e, d in faux[:PLACES]),
        )
    vides = [ligne.essms for ligne in releve.lignes if not ligne.numero]
    if vides:
        return Avis(
            Verdict.A_VERIFIER,
            f"Numéro absent : {nommer(vides)}.",
            explication,
            source,
            "Saisissez le numéro FINESS de ces ESSMS, ou importez-les depuis l’annuaire.",
            places(vides, "finess"),
        )
    n = len(releve.lignes)
    return Avis(
        Verdict.SATISFAIT,
        f"{francais.pluriel(n, 'ESSMS')}, autant de numéros à la clé juste.",
        explication,
        source,
    )


def avis_siret(releve: Releve) -> Avis:
    """Point 4: the SIRET of the porteur, its key checked."""
    source = releve.campagne.recevabilite.siret_porteur.origine
    explication = "Le porteur dépose la demande et reçoit les versements : son SIRET l’identifie."
    porteur = releve.dossier.porteur
    if porteur is None:
        remede = "Désignez l’organisme porteur du projet."
        return Avis(Verdict.A_VERIFIER, "Aucun porteur n’est désigné.", explication, source, remede, _AJOUTER)
    cible = ((Cible(Page.GRAPPE, "og", porteur.id, "siret"), porteur.nom),)
    if not net(porteur.siret):
        preuve = f"Le SIRET du porteur, {porteur.nom}, n’est pas renseigné."
        return Avis(
            Verdict.A_VERIFIER, preuve, explication, source, "Saisissez le SIRET du siège du porteur.", cible
        )
    defaut = defaut_siret_memo(porteur.siret)
    if defaut:
        preuve = f"SIRET du porteur, {porteur.nom} ({porteur.siret}) : {defaut}."
        return Avis(
            Verdict.NON_SATISFAIT, preuve, explication, source, "Corrigez le SIRET du porteur.", cible
        )
    return Avis(
        Verdict.SATISFAIT, f"{porteur.nom} : {ecrire_siret(porteur.siret)}, clé juste.", explication, source
    )
