"""The length of the planned project against the limit of the campaign, and what to shorten to hold it (referentiel 01 § 7)."""

from collections.abc import Sequence
from datetime import date, timedelta

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import date_longue
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, controle
from esms_desktop.regles.financement.durees import debut_projet, fin_des_taches, limite_depuis
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.planning import Planning, TachePlacee

# Each try places the whole planning again.
_ESSAIS = 6


def ecart_jours(debut: date, fin: date) -> int:
    """Calendar days from one day to another."""
    return (fin - debut).days


def controler_duree(dossier: Dossier, campagne: Campagne, planning: Planning) -> Controle:
    """The deployment ends in time, tasks and waves alike; if not, what to shorten or to bring forward, and by how much.

    The date of the dossier is judged by the calendar (`calendrier.duree`), or by the milestone that gives it.
    """
    code = "planning.duree"
    regle = campagne.durees.mois(dossier.type_projet)
    debut, derniere = debut_projet(dossier, planning), fin_des_taches(planning)
    dernier_jour = limite_depuis(dossier, campagne, debut)
    if debut is None or regle.valeur is None or dernier_jour is None:
        return Controle(code, Page.PLANNING)
    vague = max((v for v in dossier.vagues if v.fin), key=lambda v: v.fin or date.min, default=None)
    if derniere is not None and derniere.fin > dernier_jour:
        fin = derniere.fin
        tache, remede = _remede(planning, derniere, dernier_jour)
        cible = Cible(Page.PLANNING, "tache", tache.tache.id)
    elif vague is not None and vague.fin is not None and vague.fin > dernier_jour:
        fin = vague.fin
        jours = francais.pluriel(ecart_jours(dernier_jour, fin), "jour")
        remede = f"Avancez la fin de la vague « {vague.nom} » de {jours}."
        cible = Cible(Page.DEPLOIEMENT, "vague", vague.id, "fin")
    else:
        return Controle(code, Page.PLANNING)
    mois = francais.pluriel(regle.valeur, "mois", "mois")
    retard = francais.pluriel(ecart_jours(dernier_jour, fin), "jour")
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        f"Le déploiement finit {retard} après la durée maximale de {mois}",
        f"Du début du projet à la fin du déploiement, la campagne admet {mois} pour une "
        f"{francais.minuscule(dossier.type_projet.libelle)}.",
        remede,
        regle.origine,
    )
    preuve = f"Du {date_longue(debut)} au {date_longue(fin)} ; limite le {date_longue(dernier_jour)}."
    return controle(modele, cible, True, preuve)


def fil(planning: Planning, derniere: TachePlacee) -> list[TachePlacee]:
    """What decides when `derniere` ends, first task first: each one is held by the one before."""
    suite = [derniere]
    while tenue_par := suite[-1].tenue_par:
        suite.append(
            min((planning.de(t) for t in tenue_par), key=lambda p: (p.debut, planning.rang(p.tache)))
        )
    return suite[::-1]


def _remede(planning: Planning, derniere: TachePlacee, dernier_jour: date) -> tuple[TachePlacee, str]:
    """The task to act on, and what to do: bring forward the one that starts the thread, or shorten the longest one."""
    jours = planning.calendrier
    ouvres = max(jours.compter(dernier_jour + timedelta(days=1), derniere.fin), 1)
    combien = francais.pluriel(ouvres, "jour ouvré", "jours ouvrés")
    suite = fil(planning, derniere)
    rang = planning.rang(derniere.tache)
    a_faire = [p for p in suite if not p.tache.jalon and (p.tache.avancement or 0) < 100]
    # A fixed or dated task that starts late is brought forward; the start of the project is what the limit counts from.
    for tete in _datees(suite)[:_ESSAIS]:
        voulu = jours.jour(tete.position.debut - ouvres)
        if planning.essayer(tete.tache, debut=voulu)[rang][1] <= dernier_jour:
            calendaires = francais.pluriel(ecart_jours(voulu, tete.debut), "jour")
            return tete, f"Avancez « {tete.tache.nom} » de {calendaires}, ou raccourcissez ce qui suit."
    longues = sorted(a_faire, key=lambda p: -p.tache.duree)
    for longue in longues[:_ESSAIS]:
        duree = longue.tache.duree - ouvres
        if duree > 0 and planning.essayer(longue.tache, duree=duree)[rang][1] <= dernier_jour:
            return (
                longue,
                f"Raccourcissez « {longue.tache.nom} » de {combien}, ou faites-en commencer une partie plus tôt.",
            )
    noms = francais.resumer([f"« {p.tache.nom} »" for p in longues])
    if not noms:
        return derniere, f"Avancez « {derniere.tache.nom} » de {combien}."
    return longues[0], f"Gagnez {combien} en tout sur le chemin critique : {noms}."


def _datees(suite: Sequence[TachePlacee]) -> list[TachePlacee]:
    """Tasks of the thread that start on a date of their own, the last first."""
    return [
        p
        for p in reversed(suite)
        if (p.tache.fixe is not None or (p.tache.pas_avant is not None and not p.tenue_par))
        and jalons.role(p.tache) != jalons.DEBUT_PROJET
    ]
