"""Points 6 to 8: what each ESSMS declares of its other fundings (referentiel 01 § 5)."""

from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.regles.faits import cles, nommer
from esms_desktop.regles.recevabilite.eligibilite import Releve
from esms_desktop.regles.recevabilite.verdicts import Avis, Verdict, places


@dataclass(frozen=True)
class _Fait:
    champ: str
    explication: str
    non: str
    oui: str
    remede: str


_FAITS = {
    6: _Fait(
        "financement_europeen",
        "Le programme vient du plan de relance européen : la même opération ne reçoit pas d’autre argent européen.",
        "n’ont aucun autre financement européen",
        "Financement européen déclaré",
        "Retirez ces ESSMS du projet, ou faites retirer l’autre financement européen.",
    ),
    7: _Fait(
        "esms_numerique_anterieur",
        "Un même ESSMS ne reçoit pas deux fois le programme, ni pour le même logiciel ni pour deux logiciels.",
        "n’ont jamais été financés par ESMS numérique",
        "Financement ESMS numérique antérieur déclaré",
        "Retirez du projet les ESSMS déjà financés.",
    ),
    8: _Fait(
        "sons_autre_solution",
        "Une commande SONS passée pour un autre logiciel que celui du projet ferme le financement ESMS numérique.",
        "n’ont pas de commande SONS pour une autre solution",
        "Commande SONS pour une autre solution déclarée",
        "Retirez ces ESSMS du projet, ou faites annuler le bon de commande SONS.",
    ),
}


def avis_declare(releve: Releve, numero: int) -> Avis:
    """Points 6, 7 and 8: all answered no, or not."""
    fait = _FAITS[numero]
    source = releve.campagne.recevabilite.non_redondance.origine
    oui, attente = [], []
    for ligne in releve.lignes:
        reponse = getattr(ligne.essms, fait.champ)
        if reponse:
            oui.append(ligne.essms)
        elif reponse is None:
            attente.append(ligne.essms)
    if oui:
        preuve = f"{fait.oui} : {nommer(oui)}."
        return Avis(
            Verdict.NON_SATISFAIT,
            preuve,
            fait.explication,
            source,
            fait.remede,
            places(oui, fait.champ),
            cles(oui),
        )
    if attente:
        return Avis(
            Verdict.A_VERIFIER,
            f"Sans réponse : {nommer(attente)}.",
            fait.explication,
            source,
            "Répondez pour chacun de ces ESSMS, après avoir interrogé son organisme.",
            places(attente, fait.champ),
            cles(attente),
        )
    n = len(releve.lignes)
    preuve = f"{francais.pluriel(n, 'ESSMS')} sur {francais.nombre(n)} déclarent qu’ils {fait.non}."
    return Avis(Verdict.SATISFAIT, preuve, fait.explication, source)
