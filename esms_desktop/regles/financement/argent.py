"""Checks on the money: questions whose answer brings some, amounts that rest on a hypothesis (referentiel 02)."""

from esms_desktop import francais
from esms_desktop.campagnes.fondement import Fondement, hypothese
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.financement.financement import FinancementDossier, financer_dossier, note_pilotage


@fait
def controler_financement(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on the amounts of a dossier."""
    finance = financer_dossier(dossier, campagne)
    return (
        _equipement(dossier, campagne, finance),
        _pilotage(dossier, campagne, finance),
        _prix(dossier, finance),
        _hypotheses(campagne, finance),
    )


def _question(code: str, titre: str, explication: str, remede: str, source: str, champ: str) -> Controle:
    cible = Cible(Page.FINANCEMENT, "dossier", None, champ)
    constat = Constat(code, Gravite.A_FAIRE, titre, explication, remede, source, cible)
    return Controle(code, Page.FINANCEMENT, (constat,))


def _equipement(dossier: Dossier, campagne: Campagne, finance: FinancementDossier) -> Controle:
    code = "financement.equipement"
    regle = campagne.financement.bareme(dossier.type_projet).equipement_euros
    petits = finance.demande.petits_og
    if not regle.valeur or not petits or dossier.equipement_demande is not None:
        return Controle(code, Page.FINANCEMENT)
    return _question(
        code,
        "La demande d’équipements n’est pas répondue",
        f"{francais.pluriel(petits, 'ESSMS')} de petits organismes peuvent recevoir chacun {francais.euros(regle.valeur * 100)} pour "
        "leurs équipements, sous réserve de la décision de l’ARS.",
        "Répondez : le projet demande-t-il des équipements liés au DUI ?",
        regle.origine,
        "equipement_demande",
    )


def _pilotage(dossier: Dossier, campagne: Campagne, finance: FinancementDossier) -> Controle:
    code = "financement.pilotage"
    regle = campagne.financement.bareme(dossier.type_projet).pilotage_euros
    demande = finance.demande
    tous_petits = bool(demande.essms) and demande.petits_og == demande.essms
    if not regle.valeur or dossier.pilotage_demande is False:
        return Controle(code, Page.FINANCEMENT)
    if dossier.pilotage_demande is None and tous_petits:
        return _question(
            code,
            "L’aide au pilotage n’est pas répondue",
            f"Une grappe composée de petits organismes peut recevoir {francais.euros(regle.valeur * 100)} pour piloter le "
            "projet, chef de projet interne compris, sous réserve de la décision de l’ARS.",
            "Répondez : le projet demande-t-il cette aide ?",
            regle.origine,
            "pilotage_demande",
        )
    if dossier.pilotage_demande and not demande.pilotage:
        constat = Constat(
            code,
            Gravite.CONSEIL,
            "L’aide au pilotage demandée n’est pas comptée",
            note_pilotage(campagne.financement.bareme(dossier.type_projet), bool(demande.petits_og)),
            "Complétez la taille des organismes, ou demandez à l’ARS si votre grappe y a droit.",
            regle.origine,
            Cible(Page.FINANCEMENT, "dossier", None, "pilotage_demande"),
        )
        return Controle(code, Page.FINANCEMENT, (constat,))
    return Controle(code, Page.FINANCEMENT)


def _prix(dossier: Dossier, finance: FinancementDossier) -> Controle:
    code = "financement.prix"
    logiciel = finance.projet.postes_cents["logiciel"]
    if not logiciel or finance.demande.prix_cents is not None or dossier.solution is None:
        return Controle(code, Page.FINANCEMENT)
    constat = Constat(
        code,
        Gravite.CONSEIL,
        "La part logiciel est un plafond",
        f"Les {francais.euros(logiciel)} affichés ne seront versés qu’à hauteur du prix réel de l’éditeur.",
        "Saisissez le prix de la prestation de l’éditeur dès qu’il est connu.",
        "AAP § 5.1",
        Cible(Page.FINANCEMENT, "solution", dossier.solution.id, "prix_cents"),
    )
    return Controle(code, Page.FINANCEMENT, (constat,))


def _hypotheses(campagne: Campagne, finance: FinancementDossier) -> Controle:
    code = "financement.hypotheses"
    dites = finance.projet.hypotheses
    if not dites:
        return Controle(code, Page.FINANCEMENT)
    lignes = [ligne for ligne in finance.projet.lignes if ligne.fondement is not Fondement.TEXTE]
    sources = [s.strip() for ligne in lignes for s in ligne.source.split(";")]
    constat = Constat(
        code,
        Gravite.CONSEIL,
        "Des montants restent à confirmer",
        f"Pour la campagne « {campagne.titre} », certains montants ne sont pas fixés par les textes que "
        "l’application connaît.",
        "Confirmez ces montants auprès de l’ARS avant de les inscrire au plan de financement.",
        hypothese(" ; ".join(dict.fromkeys(sources)) or campagne.financement.petits_og_sous_reserve.source),
        Cible(Page.FINANCEMENT),
        " · ".join(dites),
    )
    return Controle(code, Page.FINANCEMENT, (constat,))
