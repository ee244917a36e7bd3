"""Checks on the maps of risks: what is not assessed, what is critical and left alone, what is late (referentiel 04 § 2)."""

from collections.abc import Callable, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON, lecture
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import date_longue
from esms_desktop.lecture import ActionRisque, Dossier, Risque
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.dossier.risques import (
    HYPOTHESE_SEUILS,
    a_completer,
    criticite,
    critique,
    en_retard,
    evaluations,
    intitule,
    numero,
    residuelle,
    sans_action,
    trier_actions,
)
from esms_desktop.regles.faits import Modele, attendu, controle, nommer
from esms_desktop.regles.texte import net

_KIT3 = "KIT § 3"
# The texts ask for actions; which risks are critical is ours.
_LECTURE = lecture(_KIT3)
_Dire = Callable[[Sequence[Risque]], str]


@fait
def controler_risques(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Controle, ...]:
    """Checks on the risks. Without any risk there is only one: to begin. None blocks: the map is not a piece."""
    gravite = attendu(campagne)
    tous = list(dossier.risques)
    if not tous:
        return (_carte(gravite, vide=True, manque=True),)
    codes = numero(dossier)

    def dire(risques: Sequence[Risque]) -> str:
        return _dire(risques, codes)

    return (
        _carte(gravite, vide=False, manque=all(r.essms is not None for r in tous)),
        _structures(dossier, gravite),
        _cotation(tous, gravite, dire),
        _critiques(tous, gravite, dire),
        _residuel_superieur(tous, gravite, dire),
        _baisse_sans_action(tous, gravite, dire),
        _reste_critique(tous, dire),
        _retards(tous, gravite, jour),
        _incompletes(tous, gravite),
    )


def _dire(risques: Sequence[Risque], codes: dict[Risque, str]) -> str:
    noms = []
    for r in risques:
        ou = f" ({r.essms.nom})" if r.essms is not None else ""
        noms.append(f"{codes[r]} {intitule(r)}{ou}")
    return francais.resumer(noms)


def _cible(risques: Sequence[Risque], champ: str) -> Cible:
    return Cible(Page.RISQUES, "risque", risques[0].id if risques else None, champ)


def _cible_action(actions: Sequence[ActionRisque], champ: str) -> Cible:
    return Cible(Page.RISQUES, "action_risque", actions[0].id if actions else None, champ)


def _ecart(r: Risque) -> int | None:
    """By how much a risk is stronger after the actions than before; None while one of the two is not rated."""
    avant, apres = criticite(r), residuelle(r)
    return None if avant is None or apres is None else apres - avant


def _carte(gravite: Gravite, vide: bool, manque: bool) -> Controle:
    modele = Modele(
        "risques.carte",
        gravite,
        "Aucun risque n’est encore inscrit" if vide else "La grappe n’a pas encore de carte des risques",
        "Les risques du projet se cartographient pour la grappe et pour chaque structure, avec ce que l’on fait pour les "
        "éviter ou en limiter l’effet.",
        "Choisissez dans la bibliothèque les risques qui vous concernent, puis évaluez-les.",
        _KIT3,
    )
    return controle(modele, Cible(Page.RISQUES), manque)


def _structures(dossier: Dossier, gravite: Gravite) -> Controle:
    modele = Modele(
        "risques.structures",
        gravite,
        "Les risques de certaines structures ne sont pas évalués",
        "Chaque structure a sa carte : ce qui ne touche qu’un site ne se voit pas sur celle de la grappe.",
        "Copiez-y une carte déjà remplie, ou répondez qu’aucun risque ne leur est propre.",
        _KIT3,
    )
    # A map that is begun is told by the assessments it lacks.
    commencees = {r.essms for r in dossier.risques}
    sans = [e for e, dit in evaluations(dossier).items() if not dit and e not in commencees]
    cible = Cible(Page.RISQUES, "essms", sans[0].id if sans else None)
    return controle(modele, cible, bool(sans), nommer(sans) if sans else "")


def _cotation(tous: Sequence[Risque], gravite: Gravite, dire: _Dire) -> Controle:
    """Probability and gravity go together, before as after the actions."""
    code = "risques.cotation"
    constats: list[Constat] = []
    sans = [r for r in tous if criticite(r) is None]
    if sans:
        champ = "probabilite" if sans[0].probabilite is None else "gravite"
        constats.append(
            Modele(
                code,
                gravite,
                "Des risques ne sont pas évalués",
                "La criticité est le produit de la probabilité et de la gravité : il faut les deux pour placer un risque.",
                "Donnez à chaque risque une probabilité et une gravité, de 1 à 4.",
                MAISON,
            ).constat(_cible(sans, champ), dire(sans))
        )
    moitie = [r for r in tous if (r.probabilite_residuelle is None) != (r.gravite_residuelle is None)]
    if moitie:
        champ = "probabilite_residuelle" if moitie[0].probabilite_residuelle is None else "gravite_residuelle"
        constats.append(
            Modele(
                code,
                Gravite.CONSEIL,
                "Des risques ne sont évalués qu’à moitié après actions",
                "La criticité après actions demande, elle aussi, une probabilité et une gravité.",
                "Complétez l’évaluation après actions, ou effacez-la.",
                MAISON,
            ).constat(_cible(moitie, champ), dire(moitie))
        )
    return Controle(code, Page.RISQUES, tuple(constats))


def _critiques(tous: Sequence[Risque], gravite: Gravite, dire: _Dire) -> Controle:
    modele = Modele(
        "risques.critique-sans-action",
        gravite,
        "Un risque critique n’a aucune action",
        f"Un risque critique appelle au moins une action, préventive ou corrective. {HYPOTHESE_SEUILS}",
        "Ajoutez une action avec un responsable et une échéance.",
        _LECTURE,
    )
    nus = [r for r in tous if critique(criticite(r)) and sans_action(r)]
    nus.sort(key=lambda r: criticite(r) or 0, reverse=True)
    return controle(modele, _cible(nus, "actions"), bool(nus), dire(nus))


def _residuel_superieur(tous: Sequence[Risque], gravite: Gravite, dire: _Dire) -> Controle:
    modele = Modele(
        "risques.residuel-superieur",
        gravite,
        "Un risque est plus fort après les actions qu’avant",
        "Une action réduit un risque, ou le laisse tel qu’il est : l’une des deux évaluations est fausse.",
        "Corrigez l’évaluation d’avant, ou celle d’après.",
        MAISON,
    )
    faux = [r for r in tous if (e := _ecart(r)) is not None and e > 0]
    return controle(modele, _cible(faux, "probabilite_residuelle"), bool(faux), dire(faux))


def _baisse_sans_action(tous: Sequence[Risque], gravite: Gravite, dire: _Dire) -> Controle:
    modele = Modele(
        "risques.baisse-sans-action",
        gravite,
        "Un risque baisse sans qu’aucune action soit prévue",
        "La criticité après actions est celle que laissent les actions faites ou prévues. Sans action, rien ne la baisse.",
        "Ajoutez l’action qui explique la baisse, ou remettez la même évaluation.",
        MAISON,
    )
    faux = [r for r in tous if (e := _ecart(r)) is not None and e < 0 and sans_action(r)]
    return controle(modele, _cible(faux, "actions"), bool(faux), dire(faux))


def _reste_critique(tous: Sequence[Risque], dire: _Dire) -> Controle:
    modele = Modele(
        "risques.reste-critique",
        Gravite.CONSEIL,
        "Un risque reste critique malgré ses actions",
        "Le comité de pilotage devrait l’accepter en connaissance de cause, ou renforcer les actions.",
        "Ajoutez une action, ou inscrivez ce risque à l’ordre du jour du prochain comité de pilotage.",
        MAISON,
    )
    restent = [r for r in tous if critique(residuelle(r)) and (e := _ecart(r)) is not None and e <= 0]
    return controle(modele, _cible(restent, "actions"), bool(restent), dire(restent))


def _retards(tous: Sequence[Risque], gravite: Gravite, jour: date) -> Controle:
    modele = Modele(
        "risques.action-retard",
        gravite,
        "Des actions sur les risques sont en retard",
        "Leur échéance est passée, et elles ne sont ni faites ni abandonnées.",
        "Notez-les faites, ou donnez-leur une nouvelle échéance.",
        MAISON,
    )
    tard = trier_actions(a for r in tous for a in r.actions if en_retard(a, jour))
    jours = [(jour - a.echeance).days for a in tard if a.echeance]
    dit = [
        f"{net(a.intitule)}, prévue le {date_longue(a.echeance)}, {_de_retard(n)}"
        for a, n in zip([a for a in tard if a.echeance], jours, strict=True)
        if a.echeance
    ]
    cible = _cible_action(tard, "echeance")
    return controle(modele, cible, bool(tard), francais.resumer(dit), retard=max(jours, default=0))


def _de_retard(jours: int) -> str:
    return f"{francais.pluriel(jours, 'jour')} de retard"


def _incompletes(tous: Sequence[Risque], gravite: Gravite) -> Controle:
    """Who, and when: to be done for a critical risk, advised for the others."""
    code = "risques.action-incomplete"
    paires = [(r, a) for r in tous for a in r.actions if a_completer(a)]
    constats = []
    for lourd, poids in ((True, gravite), (False, Gravite.CONSEIL)):
        siennes = [a for r, a in paires if critique(criticite(r)) is lourd]
        if siennes:
            champ = "echeance" if net(siennes[0].responsable) else "responsable"
            constats.append(
                Modele(
                    code,
                    poids,
                    "Des actions n’ont pas de responsable ou pas d’échéance"
                    + (" pour un risque critique" if lourd else ""),
                    "Une action sans nom ni date ne se fait pas.",
                    "Donnez à chacune un responsable et une échéance.",
                    MAISON,
                ).constat(_cible_action(siennes, champ), _compter(siennes))
            )
    return Controle(code, Page.RISQUES, tuple(constats))


def _compter(actions: Sequence[ActionRisque]) -> str:
    noms = francais.resumer([net(a.intitule) for a in actions])
    return f"{francais.pluriel(len(actions), 'action')} : {noms}"
