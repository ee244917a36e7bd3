"""Do the pieces say the same thing? What a person gives twice, in two places, is compared before anything is signed.

Amounts and counts are computed once and cannot differ from one document to the next; what is typed can. Each finding names
both places and how to bring them together (referentiel 03 § 5, « Cohérence entre pièces »: our advice, no text asks for it).
"""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import date_longue, euros, pluriel
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Cible, Controle, Gravite, Page
from esms_desktop.regles.dossier.pieces import est_motif
from esms_desktop.regles.faits import Modele, controle
from esms_desktop.regles.financement.durees import fin_des_taches
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from esms_desktop.regles.financement.pluriannuel import plan as plan_de
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.planning import Planning, lire
from esms_desktop.regles.planning.reports import meme_jour
from esms_desktop.regles.texte import net

# Two names that look so much alike are one person, written in two ways.
_RESSEMBLANCE = 0.85
# Hundredths of a full-time job under which two shares of time are the same one, rounded in two ways.
_ARRONDI = 5
_CHEF = frozenset({"chef", "projet"})
# « les 18 ESSMS », « nos 3 organismes »: the whole grappe; « 3 ESSMS pilotes » is a part of it, and is left alone.
_COMPTES = re.compile(
    r"\b(?:les|nos|des|ces|leurs|aux|ensemble des)\s+(\d[\d\s]{0,6})\s+"
    r"(essms\b(?!\s+pilotes?)|organismes gestionnaires\b|og\b)",
    re.IGNORECASE,
)
_TEXTES = {
    "contexte": "le contexte",
    "objectifs": "les objectifs",
    "hebergement": "l’hébergement",
    "reprise_donnees": "la reprise des données",
    "points_attention": "les points d’attention",
    "mutualisation": "la mutualisation",
    "strategie_deploiement": "la stratégie de déploiement",
    "strategie_formation": "la stratégie de formation",
}


@fait
def controler_coherence(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Controle, ...]:
    """The contradictions; what is not given yet in one of the two places is not compared, and agreeing is no progress."""
    plan = plan_de(dossier, campagne)
    planning = lire(dossier, jour) if dossier.taches else None
    faits = (
        _fin(dossier, planning),
        _formations(dossier, planning),
        _temps(dossier, plan),
        _fonds_propres(dossier, plan),
        _amoa(dossier, plan),
        _comptes(dossier),
        _noms(dossier),
    )
    return tuple(k for k in faits if k.constats)


def _fin(dossier: Dossier, planning: Planning | None) -> Controle:
    """The deployment ends on one day. A milestone of the planning is compared with the dossier by `planning.dates`."""
    derniere = fin_des_taches(planning) if planning is not None else None
    dite = dossier.date_fin_deploiement
    faux = (
        planning is not None
        and derniere is not None
        and dite is not None
        and jalons.role(derniere.tache) != jalons.FIN_DEPLOIEMENT
        and not meme_jour(planning.calendrier, derniere.fin, dite)
    )
    modele = Modele(
        "coherence.fin-deploiement",
        Gravite.CONSEIL,
        "La fin du déploiement n’est pas la même partout",
        "La note, la convention et le plan de financement donnent la date du dossier ; le planning finit un autre jour.",
        "Ajoutez au planning le jalon « Fin du déploiement », ou corrigez la date du dossier.",
        MAISON,
    )
    preuve = (
        f"Dossier : {date_longue(dite)} ; dernière tâche du déploiement : {date_longue(derniere.fin)}."
        if derniere is not None and dite is not None
        else ""
    )
    return controle(modele, Cible(Page.FINANCEMENT, "dossier", None, "date_fin_deploiement"), faux, preuve)


def _formations(dossier: Dossier, planning: Planning | None) -> Controle:
    """The sessions of a wave fall in the days that the planning keeps for training it."""
    bornes: dict[int, tuple[date, date]] = {}
    for p in planning.taches if planning is not None and planning.boucle is None else ():
        vague = p.tache.vague_id
        if vague is None or p.tache.jalon or not _forme(p.tache.origine, p.tache.nom):
            continue
        debut, fin = bornes.get(vague, (p.debut, p.fin))
        bornes[vague] = min(debut, p.debut), max(fin, p.fin)
    faux = [
        (f, f.date, bornes[f.vague_id])
        for f in dossier.formations
        if f.date is not None
        and f.vague_id in bornes
        and not bornes[f.vague_id][0] <= f.date <= bornes[f.vague_id][1]
    ]
    modele = Modele(
        "coherence.formations",
        Gravite.CONSEIL,
        "Une formation n’est pas aux dates du planning",
        "La stratégie de déploiement donne la date de chaque session ; le planning réserve d’autres jours à la formation de "
        "cette vague.",
        "Changez la date de la session, ou déplacez la tâche de formation du planning.",
        MAISON,
    )
    preuve = " ; ".join(
        f"{f.intitule} : {date_longue(quand)}, planning : du {date_longue(debut)} au {date_longue(fin)}"
        for f, quand, (debut, fin) in faux[:3]
    )
    cible = Cible(Page.DEPLOIEMENT, "session_formation", faux[0][0].id if faux else None, "date")
    return controle(modele, cible, bool(faux), preuve)


def _forme(origine: str, nom: str) -> bool:
    return origine.startswith("formation") if origine else bool(jalons.mots(nom) & {"formation", "former"})


def _temps(dossier: Dossier, plan: PlanPluriannuel) -> Controle:
    """The time of the chef de projet is the same among the team and in the costs of people."""
    parts = [
        c.part_temps_pour_cent
        for c in dossier.contacts
        if c.role is RoleContact.CHEF_DE_PROJET and c.part_temps_pour_cent
    ]
    # Per year, and the largest year: the last one of a project is often cut short.
    par_annee: dict[int | None, int] = {}
    for ligne in plan.rh:
        if jalons.mots(ligne.profil) >= _CHEF:
            for d in ligne.details:
                if (etp := d.etp_projet_centiemes) is not None:
                    par_annee[d.annee] = par_annee.get(d.annee, 0) + etp
    equipe, couts = sum(parts), max(par_annee.values(), default=0)
    modele = Modele(
        "coherence.temps-chef-de-projet",
        Gravite.CONSEIL,
        "Le temps du chef de projet n’est pas le même partout",
        "La gouvernance donne la part de son temps, le plan de financement en paie une autre.",
        "Corrigez la part de temps dans l’équipe, ou l’effectif et la part dans les coûts de personnel.",
        MAISON,
    )
    compare = bool(parts) and bool(par_annee)
    preuve = f"Équipe : {equipe} % d’un temps plein ; coûts de personnel : {couts} %."
    cible = Cible(Page.FINANCEMENT, "cout_rh")
    return controle(modele, cible, compare and abs(equipe - couts) > _ARRONDI, preuve)


def _fonds_propres(dossier: Dossier, plan: PlanPluriannuel) -> Controle:
    """What an OG brings in the plan is its share of the rest to pay, which the convention and its letter print."""
    faux = [
        (r, r.total_cents)
        for r in plan.restes
        if r.total_cents is not None and r.prevu_cents and r.prevu_cents != r.total_cents
    ]
    modele = Modele(
        "coherence.fonds-propres",
        Gravite.CONSEIL,
        "Les fonds propres d’un organisme ne sont pas sa part du reste à charge",
        "La convention et la lettre d’engagement annoncent la part que donne la clé de répartition ; le plan de financement en "
        "inscrit une autre.",
        "Corrigez l’autofinancement de ces organismes dans le plan, ou la clé de répartition.",
        MAISON,
    )
    preuve = " ; ".join(
        f"{r.nom} : plan {euros(r.prevu_cents)}, part {euros(part)}" for r, part in faux[:3]
    ) + (f" ; {pluriel(len(faux) - 3, 'autre organisme', 'autres organismes')}" if faux[3:] else "")
    cible = Cible(Page.FINANCEMENT, "ressource")
    return controle(modele, cible, len(dossier.ogs) > 1 and bool(faux), preuve)


def _amoa(dossier: Dossier, plan: PlanPluriannuel) -> Controle:
    """Who helps the project is paid, and who is paid helps the project."""
    couts = sum(x.ttc_cents for x in plan.emplois if x.nature == "amoa")
    payee = couts > 0
    modele = Modele(
        "coherence.amoa",
        Gravite.CONSEIL,
        "La gouvernance et le plan ne disent pas la même chose de l’AMOA",
        "La gouvernance annonce une assistance à maîtrise d’ouvrage que le plan de financement ne paie pas."
        if dossier.amoa
        else "Le plan de financement paie une assistance à maîtrise d’ouvrage que la gouvernance n’annonce pas.",
        "Ajoutez son coût au plan, ou dites dans la gouvernance qui la paie."
        if dossier.amoa
        else "Répondez oui à la question de l’AMOA et nommez-la, ou retirez ce coût.",
        MAISON,
    )
    compare = dossier.amoa is not None and bool(plan.emplois)
    preuve = "Gouvernance : AMOA, oui ; plan : aucun coût." if dossier.amoa else f"Plan : {euros(couts)}."
    cible = (
        Cible(Page.FINANCEMENT, "cout") if dossier.amoa else Cible(Page.GOUVERNANCE, "dossier", None, "amoa")
    )
    return controle(modele, cible, compare and dossier.amoa is not payee, preuve)


def _comptes(dossier: Dossier) -> Controle:
    """What the texts say of the whole grappe is what the grappe holds."""
    vrais = {"e": len(dossier.essms), "o": len(dossier.ogs)}
    faux: list[tuple[Cible, str]] = []
    for cible, ou, ecrit in _ecrits(dossier):
        for trouve in _COMPTES.finditer(ecrit):
            dit, vrai = int(re.sub(r"\s", "", trouve[1])), vrais[trouve[2][0].casefold()]
            if vrai and dit != vrai:
                faux.append((cible, f"{ou} : « {' '.join(trouve[0].split())} » ; grappe : {vrai}"))
    modele = Modele(
        "coherence.nombres",
        Gravite.CONSEIL,
        "Un texte ne compte pas comme la grappe",
        "Un texte que vous avez écrit annonce un nombre d’ESSMS ou d’organismes que la grappe ne contient pas.",
        "Corrigez le texte, ou la grappe.",
        MAISON,
    )
    cible = faux[0][0] if faux else Cible(Page.PREPARATION)
    return controle(modele, cible, bool(faux), " ; ".join(dit for _, dit in faux[:3]))


def _ecrits(dossier: Dossier) -> Iterator[tuple[Cible, str, str]]:
    """What the person wrote: where to mend it, its name, the text."""
    for champ, nom in _TEXTES.items():
        page = _page(champ)
        yield Cible(page, "dossier", None, champ), nom, net(getattr(dossier, champ))
    for t in dossier.textes:
        if est_motif(t.document, t.section):
            continue
        yield Cible(Page.DOCUMENTS, "document", None, t.document), "un document modifié", net(t.texte)


def _page(champ: str) -> Page:
    if champ == "mutualisation":
        return Page.GOUVERNANCE
    return Page.DEPLOIEMENT if champ.startswith("strategie") else Page.PREPARATION


def _noms(dossier: Dossier) -> Controle:
    """Someone of the team is written the same way in the planning and among the actions on risks."""
    equipe = {net(c.nom) for c in dossier.contacts if net(c.nom)}
    cibles: dict[str, Cible] = {}
    for t in dossier.taches:
        cibles.setdefault(net(t.responsable), Cible(Page.PLANNING, "tache", t.id, "responsable"))
    for a in dossier.actions_risques:
        cibles.setdefault(net(a.responsable), Cible(Page.RISQUES, "action_risque", a.id, "responsable"))
    faux = [
        (nom, proche, cible)
        for nom, cible in cibles.items()
        if nom and nom not in equipe and (proche := _proche(nom, equipe))
    ]
    modele = Modele(
        "coherence.noms",
        Gravite.CONSEIL,
        "Une personne est écrite de deux façons",
        "Le planning ou le plan d’actions nomme quelqu’un que l’équipe écrit autrement.",
        "Écrivez ce nom de la même façon partout.",
        MAISON,
    )
    preuve = " ; ".join(f"« {nom} » ; équipe : « {proche} »" for nom, proche, _ in faux[:3])
    return controle(modele, faux[0][2] if faux else Cible(Page.GOUVERNANCE), bool(faux), preuve)


def _proche(nom: str, equipe: set[str]) -> str:
    """The name of the team that this one is meant to be, empty when none is near enough."""
    reste = sorted(equipe)
    notes = [SequenceMatcher(None, nom.casefold(), autre.casefold()).ratio() for autre in reste]
    meilleur = max(notes, default=0.0)
    return reste[notes.index(meilleur)] if meilleur >= _RESSEMBLANCE else ""
