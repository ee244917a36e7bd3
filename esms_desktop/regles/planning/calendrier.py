"""The dates of a project: longest duration, order, windows, deadlines (referentiel 01 §§ 7 and 9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON, lecture
from esms_desktop.campagnes.ouverture import Ouverture, ouverture
from esms_desktop.campagnes.schema import Campagne, Fenetre, reunir
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import EtatDossier
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.financement.durees import date_solde, debut_et_limite
from esms_desktop.regles.planning.reports import champs_planifies
from esms_desktop.regles.recevabilite.orientation import Orientation, orienter_dossier
from esms_desktop.regles.texte import net

# The states of a dossier that was filed.
APRES_DEPOT = frozenset(EtatDossier) - {EtatDossier.PREPARATION, EtatDossier.COMPLET}
# The order the texts suppose: field, what it is, page where it is set.
_SUITE = (
    ("date_depot_prevue", "le dépôt", Page.DEPOT),
    ("date_convention", "la convention avec l’ARS", Page.FINANCEMENT),
    ("date_fin_deploiement", "la fin du déploiement", Page.FINANCEMENT),
)
_PROJET = (
    ("date_debut_projet", "le début du projet", Page.RECEVABILITE),
    ("date_debut_parametrage", "le début du paramétrage", Page.RECEVABILITE),
    ("date_fin_deploiement", "la fin du déploiement", Page.FINANCEMENT),
)


# Field, what was to be done that day, and the states that say that it is done, or will not be.
_ETAPES = (
    (
        "date_convention",
        "la convention avec l’ARS",
        frozenset(
            (
                EtatDossier.CONVENTIONNE,
                EtatDossier.DEPLOIEMENT,
                EtatDossier.SOLDE,
                EtatDossier.NON_RECEVABLE,
            )
        ),
    ),
    (
        "date_fin_deploiement",
        "la fin du déploiement",
        frozenset((EtatDossier.SOLDE, EtatDossier.NON_RECEVABLE)),
    ),
    ("date_solde", "la demande du solde", frozenset((EtatDossier.SOLDE, EtatDossier.NON_RECEVABLE))),
)


# What is done in a window: an application is filed, or an order is signed.
_PASSEE = {
    "esms-numerique": "Toutes les fenêtres de dépôt sont closes",
    "sons": "Le délai du bon de commande est passé",
}
_A_FIXER = {
    "esms-numerique": ("La date du dépôt n’est pas fixée", "Saisissez la date de dépôt prévue."),
    "sons": ("La date du bon de commande n’est pas fixée", "Saisissez la date prévue du bon de commande."),
}
_EXPLICATIONS = {
    "esms-numerique": "La candidature se dépose pendant une fenêtre de la campagne.",
    "sons": "L’ESSMS signe le bon de commande avec l’éditeur avant la fin de la vague.",
}


@dataclass(frozen=True)
class Echeance:
    """A date that counts. `jours_restants` is negative once it has passed; `conseillee`: a wish, not a deadline."""

    date: date
    libelle: str
    source: str
    jours_restants: int
    conseillee: bool = False


@fait
def echeances(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Echeance, ...]:
    """The dates that count, the first one first, days counted from `jour` (referentiel 01 §§ 7 and 9)."""
    trouvees: list[tuple[date, str, str, bool]] = []
    for fenetre in fenetres(campagne, orienter_dossier(dossier, campagne)):
        if fenetre.debut is not None and fenetre.debut > jour:
            trouvees.append((fenetre.debut, f"Ouverture : {fenetre.libelle}", fenetre.origine, False))
        if fenetre.fin is not None:
            trouvees.append((fenetre.fin, fenetre.libelle, fenetre.origine, fenetre.conseillee))
    for quand, libelle in (
        (dossier.date_depot_prevue, "Dépôt prévu"),
        (dossier.date_convention, "Convention avec l’ARS, avance"),
        (dossier.date_debut_projet, "Début du projet"),
        (dossier.date_debut_parametrage, "Début du paramétrage"),
        (dossier.date_fin_deploiement, "Fin du déploiement"),
        (date_solde(dossier, campagne), "Demande du solde"),
    ):
        if quand is not None:
            trouvees.append((quand, libelle, "Calendrier du dossier", False))
    _, limite = debut_et_limite(dossier, campagne, jour)
    if limite is not None:
        source = campagne.durees.mois(dossier.type_projet).origine
        trouvees.append((limite, "Dernier jour pour finir le déploiement", source, False))
    trouvees.sort(key=lambda e: e[0])
    return tuple(Echeance(d, lib, s, (d - jour).days, c) for d, lib, s, c in trouvees)


@fait
def controler_calendrier(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Controle, ...]:
    """Checks on the dates. A field that a milestone of the planning gives is not: the milestone is judged instead."""
    planifiees = champs_planifies(dossier, jour)
    return (
        _duree(dossier, campagne, jour, planifiees),
        _ordre(dossier),
        _convention(dossier, campagne, planifiees),
        _fenetre(dossier, campagne, jour, planifiees),
        _passees(dossier, jour, planifiees),
        _complements(dossier, jour),
    )


def fenetres(campagne: Campagne, orientation: Orientation) -> list[Fenetre]:
    """The windows of a campaign for a project that goes there, all of them while that is not known."""
    niveau: str = orientation.niveau
    if niveau == "indetermine":
        return list(campagne.fenetres)
    plusieurs = niveau == "regional" and len(orientation.regions) > 1
    if plusieurs and any(f.niveau == "multiregional" for f in campagne.fenetres):
        niveau = "multiregional"
    return [f for f in campagne.fenetres if f.niveau in ("tous", niveau)]


def _champ(page: Page, champ: str) -> Cible:
    return Cible(page, "dossier", None, champ)


def _duree(dossier: Dossier, campagne: Campagne, jour: date, planifiees: Collection[str]) -> Controle:
    code = "calendrier.duree"
    regle = campagne.durees.mois(dossier.type_projet)
    if regle.valeur is None or "date_fin_deploiement" in planifiees:
        return Controle(code, Page.RECEVABILITE)
    explication = (
        f"Du début du projet à la fin du déploiement, la campagne admet {regle.valeur} mois pour une "
        f"{francais.minuscule(dossier.type_projet.libelle)}."
    )
    debut, limite = debut_et_limite(dossier, campagne, jour)
    fin = dossier.date_fin_deploiement
    if debut is None or fin is None or limite is None:
        champ, page = ("date_debut_projet", Page.RECEVABILITE) if debut is None else _SUITE[2][::2]
        titre = "La durée du projet n’est pas connue"
        remede = "Saisissez la date de début du projet et celle de la fin du déploiement."
        cible, preuve = _champ(Page(page), champ), ""
    elif fin > limite:
        titre = "Le projet dure trop longtemps"
        ecart = francais.pluriel((fin - limite).days, "jour")
        remede = f"Avancez la fin du déploiement de {ecart}, ou commencez plus tard."
        cible = _champ(Page.FINANCEMENT, "date_fin_deploiement")
        preuve = f"Du {francais.date_longue(debut)} au {francais.date_longue(fin)} ; limite le {francais.date_longue(limite)}."
    else:
        return Controle(code, Page.RECEVABILITE)
    constat = Constat(code, Gravite.A_FAIRE, titre, explication, remede, regle.origine, cible, preuve)
    return Controle(code, Page.RECEVABILITE, (constat,))


def _ordre(dossier: Dossier) -> Controle:
    code = "calendrier.ordre"
    for suite in (_PROJET, _SUITE):
        dates = [
            (quand, nom, _champ(page, champ))
            for champ, nom, page in suite
            if (quand := getattr(dossier, champ)) is not None
        ]
        for (avant, nom_avant, _), (apres, nom_apres, cible) in pairwise(dates):
            if apres < avant:
                constat = Constat(
                    code,
                    Gravite.CONSEIL,
                    "Deux dates du projet sont dans le mauvais ordre",
                    f"Dans un projet, {nom_apres} ne précède pas {nom_avant}.",
                    "Corrigez l’une des deux dates.",
                    MAISON,
                    cible,
                    f"{nom_avant} : {francais.date_longue(avant)} ; {nom_apres} : {francais.date_longue(apres)}",
                )
                return Controle(code, Page.RECEVABILITE, (constat,))
    return Controle(code, Page.RECEVABILITE)


def _convention(dossier: Dossier, campagne: Campagne, planifiees: Collection[str]) -> Controle:
    code = "calendrier.convention"
    if dossier.date_convention is not None or "date_convention" in planifiees:
        return Controle(code, Page.FINANCEMENT)
    constat = Constat(
        code,
        Gravite.CONSEIL,
        "La date de la convention avec l’ARS n’est pas connue",
        "L’avance est versée à la signature : cette date place l’avance dans son année.",
        "Saisissez une date, même prévisionnelle.",
        campagne.versements.avance_pourcent.origine,
        _champ(Page.FINANCEMENT, "date_convention"),
    )
    return Controle(code, Page.FINANCEMENT, (constat,))


def _passees(dossier: Dossier, jour: date, planifiees: Collection[str]) -> Controle:
    """The days that were set for what the state of the dossier says is not done."""
    code = "calendrier.passees"
    tard = [
        (quand, nom, _champ(Page.FINANCEMENT, champ))
        for champ, nom, faits in _ETAPES
        if champ not in planifiees
        and dossier.etat not in faits
        and (quand := getattr(dossier, champ)) is not None
        and quand < jour
    ]
    if not tard:
        return Controle(code, Page.FINANCEMENT)
    premier, nom, cible = tard[0]
    retard = (jour - premier).days
    constat = Constat(
        code,
        Gravite.A_FAIRE,
        f"{francais.majuscule(nom)} a {francais.pluriel(retard, 'jour')} de retard",
        "La date est passée, et l’état du dossier dit que ce n’est pas fait.",
        "Notez où en est la demande si c’est fait, sinon choisissez une autre date.",
        MAISON,
        cible,
        " ; ".join(f"{n}, prévue le {francais.date_longue(quand)}" for quand, n, _ in tard),
        retard=retard,
    )
    return Controle(code, Page.FINANCEMENT, (constat,))


def _complements(dossier: Dossier, jour: date) -> Controle:
    """What the ARS asked for, past the day it gave."""
    code = "calendrier.complements"
    tard = [c for c in dossier.complements if c.repondu_le is None and c.echeance and c.echeance < jour]
    if not tard:
        return Controle(code, Page.DEPOT)
    pire = min(tard, key=lambda c: c.echeance or jour)
    retard = (jour - (pire.echeance or jour)).days
    n = len(tard)
    constat = Constat(
        code,
        Gravite.A_FAIRE,
        f"{francais.pluriel(n, 'complément attendu', 'compléments attendus')} : {francais.pluriel(retard, 'jour')} de retard",
        "L’instructeur a donné un délai pour répondre ; il est passé.",
        "Répondez dès que possible, et prévenez l’instructeur.",
        MAISON,
        Cible(Page.DEPOT, "complement", pire.id),
        francais.resumer([net(c.demande) or "demande à préciser" for c in tard]),
        retard=retard,
    )
    return Controle(code, Page.DEPOT, (constat,))


def _fenetre(dossier: Dossier, campagne: Campagne, jour: date, planifiees: Collection[str]) -> Controle:
    """The day of filing falls in a window; without a day, at least one window is still to close."""
    code = "calendrier.fenetre"
    if dossier.etat in APRES_DEPOT:
        return Controle(code, Page.DEPOT)
    admises = fenetres(campagne, orienter_dossier(dossier, campagne))
    ouvertes = [f for f in admises if not f.conseillee]
    prevu = dossier.date_depot_prevue
    # The order of SONS has no page of its own: its day stands with the dates of the dossier.
    cible = _champ(Page.RECEVABILITE if campagne.programme == "sons" else Page.DEPOT, "date_depot_prevue")
    quand = jour if prevu is None else max(prevu, jour)
    if ouverture(campagne, quand) is Ouverture.CLOSE and not any(f.fin for f in ouvertes):
        # No date of a text says so: the year of the campaign does.
        return Controle(code, Page.DEPOT, (_close(code, campagne, admises, cible, jour),))
    if prevu is None and "date_depot_prevue" in planifiees:
        return Controle(code, Page.DEPOT)
    source = reunir(ouvertes) if ouvertes else MAISON
    bornes = " ; ".join(f"{f.libelle} : {_dates(f)}" for f in ouvertes)
    explication = _EXPLICATIONS[campagne.programme]
    passees = [f.fin for f in ouvertes if f.fin is not None and f.fin < jour]
    retard, gravite = 0, Gravite.A_FAIRE
    if passees and len(passees) == len(ouvertes):
        retard = (jour - max(passees)).days
        depuis = francais.pluriel(retard, "jour")
        titre = f"{_PASSEE[campagne.programme]} depuis {depuis}"
        remede = "Vérifiez auprès de l’ARS si une autre fenêtre s’ouvre, ou changez de campagne."
    elif prevu is not None and prevu < jour:
        retard = (jour - prevu).days
        titre = f"Le dépôt prévu a {francais.pluriel(retard, 'jour')} de retard"
        remede = "Notez le dépôt s’il est fait, ou choisissez une autre date dans une fenêtre."
        explication = explication if ouvertes else "Le jour que vous aviez choisi est passé."
    elif (conseil := _conseil_passe(admises, quand)) is not None:
        gravite, source = Gravite.CONSEIL, conseil.origine
        ecart = francais.pluriel((quand - (conseil.fin or quand)).days, "jour")
        titre = f"Le dépôt vient {ecart} après la date conseillée"
        explication = "La campagne conseille une date, sans refuser ce qui vient après."
        remede = "Déposez dès que le dossier est complet, et prévenez l’ARS."
        bornes = f"{conseil.libelle} : {_dates(conseil)}"
    elif not ouvertes:
        return Controle(code, Page.DEPOT)
    elif prevu is None:
        titre, remede = _A_FIXER[campagne.programme]
    elif not any(f.contient(prevu) for f in ouvertes):
        titre = f"Le dépôt prévu le {francais.date_longue(prevu)} tombe hors des fenêtres"
        remede = "Choisissez une date dans une fenêtre, ou vérifiez le calendrier auprès de l’ARS."
    else:
        return Controle(code, Page.DEPOT)
    constat = Constat(code, gravite, titre, explication, remede, source, cible, bornes, retard=retard)
    return Controle(code, Page.DEPOT, (constat,))


def _conseil_passe(admises: list[Fenetre], quand: date) -> Fenetre | None:
    """The wish of the campaign that a filing on that day would miss, the last one."""
    passes = [f for f in admises if f.conseillee and f.fin is not None and f.fin < quand]
    return max(passes, key=lambda f: f.fin or quand, default=None)


def _close(code: str, campagne: Campagne, admises: list[Fenetre], cible: Cible, jour: date) -> Constat:
    return Constat(
        code,
        Gravite.A_FAIRE,
        "La campagne est sans doute close",
        f"C’est un appel à projets de {campagne.annee}, dont aucune date de dépôt "
        + ("ne va au-delà de cette année." if admises else "n’est connue."),
        "Demandez à l’ARS si un dépôt reste possible, ou changez de campagne.",
        lecture(reunir(admises)) if admises else MAISON,
        cible,
        " ; ".join(f"{f.libelle} : {_dates(f)}" for f in admises),
        retard=max((jour - date(campagne.annee, 12, 31)).days, 0),
    )


def _dates(fenetre: Fenetre) -> str:
    if fenetre.debut is None:
        return f"jusqu’au {francais.date_longue(fenetre.fin)}" if fenetre.fin else "sans date"
    if fenetre.fin is None:
        return f"à partir du {francais.date_longue(fenetre.debut)}"
    return f"du {francais.date_longue(fenetre.debut)} au {francais.date_longue(fenetre.fin)}"
