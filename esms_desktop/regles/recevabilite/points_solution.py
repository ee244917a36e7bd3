"""Points 5, 9 and 10: a new operation, one solution for all, its referencing (referentiel 01 § 5)."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import lecture
from esms_desktop.lecture import Solution
from esms_desktop.nomenclature.vocabulaire import StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.faits import nommer
from esms_desktop.regles.recevabilite.eligibilite import Releve, champ_retenu
from esms_desktop.regles.recevabilite.verdicts import Avis, Verdict, places

_ORDRE = Cible(Page.RECEVABILITE, "dossier", None, "mise_en_ordre_marche")
_DATE_ORDRE = Cible(Page.RECEVABILITE, "dossier", None, "date_mise_en_ordre_marche")
_PARAMETRAGE = Cible(Page.RECEVABILITE, "dossier", None, "date_debut_parametrage")


def avis_operation(releve: Releve, jour: date) -> Avis:
    """Point 5: in an acquisition, no contract put the solution to work before the floor date."""
    dossier = releve.dossier
    plancher = releve.campagne.recevabilite.date_plancher
    source = plancher.origine
    if dossier.type_projet is TypeProjet.CONFORMITE:
        return Avis(
            Verdict.SATISFAIT,
            "Mise en conformité : la règle ne vise que les acquisitions.",
            "La date plancher porte sur la mise en ordre de marche d’une solution nouvelle.",
            source,
        )
    if plancher.valeur is None:
        explication = "Le projet ne doit pas être déjà engagé. Cette campagne ne fixe pas de date plancher."
    else:
        explication = (
            "Aucune mise en ordre de marche ne doit avoir été contractualisée avec un éditeur avant le "
            f"{francais.date_longue(plancher.valeur)}."
        )
    engagee, quand = dossier.mise_en_ordre_marche, dossier.date_mise_en_ordre_marche
    if engagee is None:
        return Avis(
            Verdict.A_VERIFIER,
            "La question de la mise en ordre de marche attend une réponse.",
            explication,
            source,
            "Répondez : une mise en ordre de marche a-t-elle déjà été contractualisée ?",
            ((_ORDRE, ""),),
        )
    if not engagee:
        return Avis(Verdict.SATISFAIT, "Aucune mise en ordre de marche contractualisée.", explication, source)
    if plancher.valeur is None:
        return Avis(
            Verdict.A_APPRECIER,
            "Une mise en ordre de marche est déjà contractualisée.",
            explication,
            source,
            "Exposez à l’ARS où en est le contrat, avant de déposer.",
            ((_ORDRE, ""),),
        )
    if quand is None:
        preuve = "Une mise en ordre de marche est contractualisée, à une date non renseignée."
        remede = "Saisissez la date de la mise en ordre de marche."
        return Avis(Verdict.A_VERIFIER, preuve, explication, source, remede, ((_DATE_ORDRE, ""),))
    preuve = f"Mise en ordre de marche contractualisée le {francais.date_longue(quand)}."
    if quand < plancher.valeur:
        remede = "Corrigez la date si elle est fausse ; sinon, interrogez l’ARS avant d’aller plus loin."
        return Avis(Verdict.NON_SATISFAIT, preuve, explication, source, remede, ((_DATE_ORDRE, ""),))
    return Avis(Verdict.SATISFAIT, preuve, explication, source)


def avis_meme_solution(releve: Releve) -> Avis:
    """Point 9: each ESSMS takes the solution the project retains."""
    regles, conformite = releve.campagne.recevabilite, releve.dossier.type_projet is TypeProjet.CONFORMITE
    regle = regles.meme_solution_conformite if conformite else regles.meme_solution
    source = regle.origine
    if not regle.valeur:
        return Avis(
            Verdict.SATISFAIT,
            "La campagne ne le demande pas.",
            "Chaque ESSMS peut avoir sa solution.",
            source,
        )
    explication = "Tous les ESSMS du projet s’équipent de la même solution."
    retenue = releve.dossier.solution
    if retenue is None:
        return Avis(
            Verdict.A_VERIFIER,
            "Aucune solution n’est retenue pour le projet.",
            explication,
            source,
            "Choisissez la solution que le projet retient.",
            ((Cible(Page.GRAPPE, "solution", None, "retenue"), ""),),
        )
    autres, sans = [], []
    for ligne in releve.lignes:
        solution = ligne.essms.solution
        if solution is None:
            sans.append(ligne.essms)
        elif solution is not retenue:
            autres.append(ligne.essms)
    if autres and conformite:
        return Avis(
            Verdict.A_APPRECIER,
            f"Une autre solution que {retenue.nom} : {nommer(autres)}.",
            "Une mise en conformité fait évoluer les solutions en place. Le texte qui demande une même solution pour tous est "
            "celui des acquisitions.",
            source,
            "Demandez à l’ARS si un projet peut réunir plusieurs solutions, ou faites un projet par solution.",
            places(autres, "solution_id"),
        )
    if autres:
        return Avis(
            Verdict.NON_SATISFAIT,
            f"Une autre solution {francais.que(retenue.nom)} : {nommer(autres)}.",
            explication,
            source,
            f"Attribuez {retenue.nom} à ces ESSMS, ou retirez-les du projet.",
            places(autres, "solution_id"),
        )
    if sans:
        return Avis(
            Verdict.A_VERIFIER,
            f"Solution non indiquée : {nommer(sans)}.",
            explication,
            source,
            "Indiquez la solution de chacun de ces ESSMS.",
            places(sans, "solution_id"),
        )
    preuve = f"{francais.pluriel(len(releve.lignes), 'ESSMS')}, tous avec {retenue.nom}."
    return Avis(Verdict.SATISFAIT, preuve, explication, source)


def avis_referencement(releve: Releve, jour: date) -> Avis:
    """Point 10: where the retained solution stands, against the calendar and the rule of the campaign."""
    regle = releve.campagne.recevabilite.regle_solution
    solution = releve.dossier.solution
    explication = "La solution doit être référencée Ségur, ou le devenir avant que son paramétrage commence."
    if solution is None:
        cible = Cible(Page.GRAPPE, "solution", None, "retenue")
        preuve = "Aucune solution n’est retenue pour le projet."
        remede = "Choisissez la solution que le projet retient."
        return Avis(Verdict.A_VERIFIER, preuve, explication, regle.origine, remede, ((cible, ""),))
    if regle.valeur == "sans-referencement":
        return Avis(
            Verdict.A_APPRECIER,
            f"{solution.nom} : le référencement Ségur n’existait pas quand la campagne a été écrite ; {_etat(solution)}.",
            f"Précision de la campagne : {regle.note}." if regle.note else explication,
            regle.origine,
            "Exposez dans le dossier comment la solution répond au cahier des charges de la campagne.",
            ((Cible(Page.GRAPPE, "solution", solution.id, "nom"), solution.nom),),
        )
    if solution.statut is None:
        cible = Cible(Page.GRAPPE, "solution", solution.id, "statut")
        preuve = f"Le référencement {francais.de(solution.nom)} n’est pas renseigné."
        remede = "Indiquez si la solution est référencée, d’après la liste de l’ANS."
        return Avis(Verdict.A_VERIFIER, preuve, explication, regle.origine, remede, ((cible, ""),))
    if solution.statut is StatutSolution.REFERENCEE:
        return _referencee(solution, explication, regle.origine, jour)
    dispense = releve.campagne.recevabilite.champs_dispenses
    retenus = {champ_retenu(ligne.essms) for ligne in releve.lignes}
    if retenus and all(c is not None and c.value in dispense.valeur for c in retenus):
        return Avis(
            Verdict.A_APPRECIER,
            f"{solution.nom} n’est pas référencée, et tous les ESSMS relèvent de : {francais.enumerer(dispense.valeur)}.",
            "Un projet de ces seuls champs peut être dispensé d’une solution référencée Ségur.",
            dispense.origine,
            "Demandez à l’ARS si elle admet cette dispense.",
            ((Cible(Page.GRAPPE, "solution", solution.id, "statut"), solution.nom),),
        )
    if regle.valeur == "referencee-ou-majorite":
        return _admise_en_majorite(releve, solution, jour)
    if solution.statut is StatutSolution.EN_COURS:
        return _en_cours(releve, solution, explication, jour)
    return Avis(
        Verdict.NON_SATISFAIT,
        f"{solution.nom} n’est pas référencée.",
        explication,
        regle.origine,
        "Retenez une solution référencée Ségur, ou en cours de référencement.",
        ((Cible(Page.GRAPPE, "solution", solution.id, "statut"), solution.nom),),
    )


def _etat(solution: Solution) -> str:
    """Where the solution stands today, as the other papers print it."""
    if solution.statut is None:
        return "son état d’aujourd’hui n’est pas renseigné"
    if solution.statut is not StatutSolution.REFERENCEE:
        return f"elle est déclarée « {francais.minuscule(solution.statut.libelle)} » aujourd’hui"
    quand = solution.date_referencement
    return (
        f"elle est déclarée référencée{f' depuis le {francais.date_longue(quand)}' if quand else ' depuis'}"
    )


def _referencee(solution: Solution, explication: str, source: str, jour: date) -> Avis:
    obtenu = solution.date_referencement
    if obtenu is not None and obtenu > jour:
        return Avis(
            Verdict.A_VERIFIER,
            f"{solution.nom} est dite référencée, mais à une date à venir : {francais.date_longue(obtenu)}.",
            explication,
            source,
            "Corrigez la date, ou déclarez le référencement en cours.",
            ((Cible(Page.GRAPPE, "solution", solution.id, "date_referencement"), solution.nom),),
        )
    preuve = f"{solution.nom} est déclarée référencée Ségur"
    preuve += f" depuis le {francais.date_longue(obtenu)}." if obtenu else "."
    return Avis(Verdict.SATISFAIT, preuve, explication, source)


def _en_cours(releve: Releve, solution: Solution, explication: str, jour: date) -> Avis:
    regles = releve.campagne.recevabilite
    regle = regles.referencement_avant_parametrage
    source = regle.origine if regle.valeur else regles.regle_solution.origine
    prevue, debut = solution.date_referencement_prevue, releve.dossier.date_debut_parametrage
    cible_prevue = Cible(Page.GRAPPE, "solution", solution.id, "date_referencement_prevue")
    if prevue is not None and prevue < jour:
        preuve = f"Le référencement {francais.de(solution.nom)} était prévu pour le {francais.date_longue(prevue)}, date passée."
        remede = "Vérifiez auprès de l’éditeur si la solution est référencée, puis mettez sa fiche à jour."
        return Avis(Verdict.A_VERIFIER, preuve, explication, source, remede, ((cible_prevue, ""),))
    if not regle.valeur:
        quand = f", prévu pour le {francais.date_longue(prevue)}" if prevue else ""
        return Avis(
            Verdict.SATISFAIT, f"{solution.nom} : référencement en cours{quand}.", explication, source
        )
    if prevue is None:
        preuve = f"La date de référencement prévue {francais.de(solution.nom)} n’est pas connue."
        remede = "Demandez cette date à l’éditeur et saisissez-la."
        return Avis(Verdict.A_VERIFIER, preuve, explication, source, remede, ((cible_prevue, ""),))
    if debut is None:
        preuve = "La date de début du paramétrage n’est pas connue : elle doit suivre le référencement."
        remede = "Saisissez la date de début du paramétrage."
        return Avis(Verdict.A_VERIFIER, preuve, explication, source, remede, ((_PARAMETRAGE, ""),))
    preuve = f"Référencement prévu le {francais.date_longue(prevue)}, paramétrage à partir du {francais.date_longue(debut)}."
    if prevue < debut:
        return Avis(Verdict.SATISFAIT, preuve, explication, source)
    ecart = (prevue - debut).days + 1
    return Avis(
        Verdict.NON_SATISFAIT,
        preuve,
        explication,
        source,
        f"Repoussez le paramétrage d’au moins {francais.pluriel(ecart, 'jour')}, ou retenez une solution déjà référencée.",
        ((_PARAMETRAGE, ""), (cible_prevue, solution.nom)),
    )


def _admise_en_majorite(releve: Releve, solution: Solution, jour: date) -> Avis:
    """A solution that is not referenced yet, where the campaign admits it for a majority of ESSMS in some champs.

    Elsewhere (mise en conformité, social field) it wants a referenced one; that « en cours » does not do is our reading.
    """
    regles = releve.campagne.recevabilite
    regle, champs = regles.regle_solution, regles.champs_majorite.valeur
    en_cours = solution.statut is StatutSolution.EN_COURS
    source = lecture(regle.source) if en_cours else regle.origine
    cible = ((Cible(Page.GRAPPE, "solution", solution.id, "statut"), solution.nom),)
    etat = "est en cours de référencement" if en_cours else "n’est pas référencée"
    remede = "Retenez une solution déjà référencée Ségur."
    if en_cours:
        remede = f"{remede[:-1]}, ou demandez à l’ARS si elle admet une solution en cours de référencement."
    if releve.dossier.type_projet is TypeProjet.CONFORMITE:
        explication = "Une mise en conformité suppose une solution référencée Ségur."
        return Avis(Verdict.NON_SATISFAIT, f"{solution.nom} {etat}.", explication, source, remede, cible)
    retenus = [champ_retenu(ligne.essms) for ligne in releve.lignes]
    dedans = sum(1 for c in retenus if c is not None and c.value in champs)
    inconnus = retenus.count(None)
    explication = (
        f"En acquisition, une solution qui n’est pas référencée est admise si la majorité des ESSMS relève des champs "
        f"{francais.enumerer(champs)}, et si elle suit le cahier des charges du SAD. Un projet du champ social prend une "
        "solution référencée."
    )
    preuve = f"{francais.nombre(dedans)} ESSMS sur {francais.nombre(len(retenus))} dans ces champs."
    if 2 * dedans <= len(retenus):
        if 2 * (dedans + inconnus) > len(retenus):
            sans = [ligne.essms for ligne in releve.lignes if champ_retenu(ligne.essms) is None]
            remede_champ = "Renseignez le champ de chaque ESSMS."
            return Avis(
                Verdict.A_VERIFIER, preuve, explication, regle.origine, remede_champ, places(sans, "champ")
            )
        return Avis(
            Verdict.NON_SATISFAIT, f"{preuve} {solution.nom} {etat}.", explication, source, remede, cible
        )
    if en_cours:
        return _en_cours(releve, solution, explication, jour)
    cible_sad = ((Cible(Page.GRAPPE, "solution", solution.id, "dans_sad"), solution.nom),)
    if solution.dans_sad is None:
        preuve = f"{preuve} La présence {francais.de(solution.nom)} dans le SAD n’est pas renseignée."
        remede = "Vérifiez auprès du RESAH si la solution est dans le SAD."
        return Avis(Verdict.A_VERIFIER, preuve, explication, regle.origine, remede, cible_sad)
    if not solution.dans_sad:
        preuve = f"{preuve} {solution.nom} n’est ni référencée ni dans le SAD."
        return Avis(Verdict.NON_SATISFAIT, preuve, explication, regle.origine, remede, cible_sad)
    return Avis(Verdict.SATISFAIT, f"{preuve} {solution.nom} est dans le SAD.", explication, regle.origine)
