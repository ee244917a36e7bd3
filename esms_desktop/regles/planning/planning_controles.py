"""Checks on the planning: what it lacks, what contradicts, what is late (referentiel 04 § 1). Its length: planning_duree.py."""

from collections.abc import Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON, lecture
from esms_desktop.campagnes.schema import Campagne, Fenetre, reunir
from esms_desktop.francais import date_longue
from esms_desktop.lecture import Dossier, LienTache, Tache
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, attendu, controle
from esms_desktop.regles.planning import jalons
from esms_desktop.regles.planning.calendrier import APRES_DEPOT, fenetres
from esms_desktop.regles.planning.planning import Planning, TachePlacee, lire
from esms_desktop.regles.planning.planning_duree import controler_duree, ecart_jours
from esms_desktop.regles.planning.reports import reports
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

_KIT6 = "KIT § 6"
Placees = dict[str, list[TachePlacee]]


@fait
def controler_planning(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Controle, ...]:
    """Checks on the planning. Without a task there is one finding, and no worked day is counted."""
    if not dossier.taches:
        return (_construire(campagne),)
    planning = lire(dossier, jour)
    gravite = attendu(campagne)
    placees: Placees = {}
    for placee in planning.taches:
        if cle := jalons.role(placee.tache):
            placees.setdefault(cle, []).append(placee)
    controles = (
        Controle("planning.construire", Page.PLANNING),
        _boucle(planning, gravite),
        _jalons(campagne, placees, gravite),
        _socles(placees, gravite),
        _vagues(dossier, placees, gravite),
    )
    if planning.boucle is not None:
        # Dates mean nothing while tasks wait for one another.
        return controles
    return (
        *controles,
        controler_duree(dossier, campagne, planning),
        _segur(dossier, campagne, placees),
        _plancher(dossier, campagne, placees),
        _fenetre(dossier, fenetres(campagne, orienter_dossier(dossier, campagne)), placees),
        _contredits(planning, gravite),
        _echeances(planning, jour),
        _en_retard(planning, jour),
        _dates(dossier, planning),
    )


def cible_tache(tache: Tache | None, champ: str = "") -> Cible:
    """A task of the planning, or the page when there is none."""
    return Cible(Page.PLANNING, "tache", tache.id if tache else None, champ)


def _construire(campagne: Campagne) -> Controle:
    modele = Modele(
        "planning.construire",
        attendu(campagne),
        "Le planning est à construire",
        "Trois plannings sont attendus : le projet, la conduite du changement et le déploiement.",
        "Partez du plan type : il place les phases, les jalons et vos vagues à partir de la date de début.",
        campagne.pieces[5].origine,
    )
    return controle(modele, cible_tache(None), True)


def _boucle(planning: Planning, gravite: Gravite) -> Controle:
    modele = Modele(
        "planning.boucle",
        gravite,
        "Des tâches s’attendent l’une l’autre",
        "Tant que cette boucle existe, les liens entre tâches ne sont pas suivis et les dates ne veulent rien dire.",
        "Retirez l’un des liens de cette boucle.",
        MAISON,
    )
    tache = planning.taches[planning.boucle.cles[0]].tache if planning.boucle else None
    preuve = planning.boucle.message if planning.boucle else ""
    return controle(modele, cible_tache(tache), planning.boucle is not None, preuve)


def _jalons(campagne: Campagne, placees: Placees, gravite: Gravite) -> Controle:
    regles = campagne.recevabilite
    inutiles = set() if regles.referencement_avant_parametrage.valeur else {jalons.SEGUR}
    absents = [nom for cle, nom in jalons.JALONS.items() if cle not in placees and cle not in inutiles]
    modele = Modele(
        "planning.jalons",
        gravite,
        f"Il manque {francais.accord(len(absents), 'un jalon', 'des jalons')} au planning",
        "Les jalons disent au financeur où le projet en sera : dépôt, décision, convention, vérifications, solde.",
        f"Ajoutez {francais.accord(len(absents), 'ce jalon', 'ces jalons')}.",
        lecture(campagne.pieces[5].source),
    )
    return controle(modele, cible_tache(None), bool(absents), francais.enumerer(absents))


def _socles(placees: Placees, gravite: Gravite) -> Controle:
    modele = Modele(
        "planning.services-socles",
        gravite,
        "Les services socles ne sont pas dans le planning",
        "INS, MSSanté, DMP et Pro Santé Connect se mettent en service avec la solution : le planning dit quand.",
        "Ajoutez une tâche « Mettre en service les services socles ».",
        _KIT6,
    )
    return controle(modele, cible_tache(None), jalons.SERVICES_SOCLES not in placees)


def _vagues(dossier: Dossier, placees: Placees, gravite: Gravite) -> Controle:
    """Each wave has its task; that each ESSMS is in one wave is checked with the deployment."""
    prevues = {id(p.tache.vague) for p in placees.get(jalons.VAGUE, []) if p.tache.vague is not None}
    sans = [v for v in dossier.vagues if id(v) not in prevues]
    aucune = not dossier.vagues and jalons.VAGUE not in placees
    modele = Modele(
        "planning.vagues",
        gravite,
        "Le planning ne dit pas quand déployer" if aucune else "Des vagues n’ont pas de tâche",
        "Chaque vague de déploiement a sa tâche : elle dit quand ses structures basculent.",
        "Ajoutez une tâche de déploiement."
        if aucune
        else "Ajoutez une tâche de déploiement pour chacune, et choisissez sa vague.",
        MAISON,
    )
    return controle(modele, cible_tache(None), aucune or bool(sans), francais.resumer([v.nom for v in sans]))


def _segur(dossier: Dossier, campagne: Campagne, placees: Placees) -> Controle:
    """The referencing precedes the parametrage; what point 10 already says is not said twice."""
    code = "planning.segur"
    regle = campagne.recevabilite.referencement_avant_parametrage
    debuts = placees.get(jalons.DEBUT_PARAMETRAGE, [])
    if not regle.valeur or not debuts:
        return Controle(code, Page.PLANNING)
    parametrage = debuts[0]
    solution = dossier.solution
    dit = (solution.date_referencement or solution.date_referencement_prevue) if solution else None
    acquis = [p.debut for p in placees.get(jalons.SEGUR, [])]
    quand = dit or (acquis[0] if acquis else None)
    # Point 10 compares the date of the solution with that of the dossier.
    dit_ailleurs = dit is not None and dossier.date_debut_parametrage == parametrage.debut
    if quand is None or quand < parametrage.debut or dit_ailleurs:
        return Controle(code, Page.PLANNING)
    retard = ecart_jours(parametrage.debut, quand) + 1
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        "Le paramétrage commence avant le référencement Ségur",
        "Une solution en cours de référencement doit l’obtenir avant que son paramétrage commence.",
        f"Repoussez le début du paramétrage de {francais.pluriel(retard, 'jour')}.",
        regle.origine,
    )
    preuve = (
        f"Référencement le {date_longue(quand)}, paramétrage à partir du {date_longue(parametrage.debut)}."
    )
    return controle(modele, cible_tache(parametrage.tache, "pas_avant"), True, preuve)


def _plancher(dossier: Dossier, campagne: Campagne, placees: Placees) -> Controle:
    code = "planning.plancher"
    plancher = campagne.recevabilite.date_plancher
    if plancher.valeur is None or dossier.type_projet is TypeProjet.CONFORMITE:
        return Controle(code, Page.PLANNING)
    limite = plancher.valeur
    ordres = [
        p for cle in (jalons.CONTRAT_EDITEUR, jalons.VA) for p in placees.get(cle, ()) if p.fin < limite
    ]
    if not ordres:
        return Controle(code, Page.PLANNING)
    premier = ordres[0]
    retard = francais.pluriel(ecart_jours(premier.fin, limite), "jour")
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        "Une mise en ordre de marche est prévue avant la date plancher",
        f"La campagne ne finance que des opérations nouvelles : rien ne s’engage avec l’éditeur avant le "
        f"{date_longue(limite)}.",
        f"Repoussez « {premier.tache.nom} » de {retard}.",
        plancher.origine,
    )
    preuve = " ; ".join(f"« {p.tache.nom} » : {date_longue(p.fin)}" for p in ordres)
    return controle(modele, cible_tache(premier.tache, "pas_avant"), True, preuve)


def _fenetre(dossier: Dossier, admises: Sequence[Fenetre], placees: Placees) -> Controle:
    """The filing milestone falls in a window; when it is the day the dossier says, the calendar has judged it."""
    code = "planning.depot"
    depots = placees.get(jalons.DEPOT, [])
    ouvertes = [f for f in admises if not f.conseillee]
    if not depots or not ouvertes or dossier.etat in APRES_DEPOT:
        return Controle(code, Page.PLANNING)
    depot = depots[0]
    if depot.fin == dossier.date_depot_prevue or any(f.contient(depot.fin) for f in ouvertes):
        return Controle(code, Page.PLANNING)
    avant = [f for f in ouvertes if f.fin and f.fin < depot.fin]
    apres = [f for f in ouvertes if f.debut and f.debut > depot.fin]
    gestes = []
    if avant:
        fin = max(f.fin for f in avant if f.fin)
        gestes.append(f"avancez le dépôt d’au moins {francais.pluriel(ecart_jours(fin, depot.fin), 'jour')}")
    if apres:
        debut = min(f.debut for f in apres if f.debut)
        gestes.append(f"repoussez-le d’au moins {francais.pluriel(ecart_jours(depot.fin, debut), 'jour')}")
    remede = ", ou ".join(gestes)
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        f"Le dépôt placé le {date_longue(depot.fin)} tombe hors des fenêtres",
        "La candidature se dépose pendant une fenêtre de la campagne.",
        f"{francais.majuscule(remede)}.",
        reunir(ouvertes),
    )
    return controle(
        modele, cible_tache(depot.tache, "pas_avant"), True, " ; ".join(f.libelle for f in ouvertes)
    )


def _contredits(planning: Planning, gravite: Gravite) -> Controle:
    """A fixed date that comes before what its links allow; the remedy says by how much."""
    code = "planning.date-fixe"
    par_tache: dict[int, list[LienTache]] = {}
    for lien in planning.contredits:
        par_tache.setdefault(planning.rang(lien.apres), []).append(lien)
    constats: list[Constat] = []
    pires: list[tuple[int, Tache]] = []
    for rang, liens in par_tache.items():
        placee = planning.taches[rang]
        pires.append((planning.manque(liens), placee.tache))
    if pires:
        jours, tache = max(pires, key=lambda x: x[0])
        noms = francais.resumer([f"« {x.avant.nom} »" for x in par_tache[planning.rang(tache)]])
        constats.append(
            Modele(
                code,
                gravite,
                "Une date fixe contredit un lien"
                if len(pires) == 1
                else "Des dates fixes contredisent des liens",
                "Une tâche à date fixe ne suit plus ce qu’elle attend : elle commence avant que ce soit possible.",
                f"Repoussez « {tache.nom} » de {francais.pluriel(jours, 'jour ouvré', 'jours ouvrés')}, ou retirez sa date "
                "fixe.",
                MAISON,
            ).constat(
                cible_tache(tache, "fixe"),
                f"« {tache.nom} » attend {noms}"
                + (
                    f" ; {francais.pluriel(len(pires) - 1, 'autre tâche', 'autres tâches')}"
                    if pires[1:]
                    else ""
                ),
            )
        )
    return Controle(code, Page.PLANNING, tuple(constats))


def _echeances(planning: Planning, jour: date) -> Controle:
    """A deadline that the planning misses, or that has passed with the task unfinished."""
    ouvertes = [
        p for p in planning.taches if p.tache.echeance is not None and (p.tache.avancement or 0) < 100
    ]
    tardives = [p for p in ouvertes if p.retard or (p.tache.echeance is not None and p.tache.echeance < jour)]
    pire = max(tardives, key=lambda p: _retard(p, jour), default=None)
    remede = ""
    if pire is not None:
        retard = francais.pluriel(_retard(pire, jour), "jour")
        remede = (
            f"Avancez « {pire.tache.nom} » de {retard}, ou changez son échéance."
            if pire.retard
            else f"Terminez « {pire.tache.nom} », en retard de {retard}, ou changez son échéance."
        )
    modele = Modele(
        "planning.echeance",
        Gravite.A_FAIRE,
        francais.accord(len(tardives), "Une échéance n’est pas tenue", "Des échéances ne sont pas tenues"),
        "Une tâche se termine après le jour où elle devait l’être, ou ce jour est passé sans qu’elle soit finie.",
        remede,
        MAISON,
    )
    preuve = francais.resumer(
        [f"« {p.tache.nom} » ({francais.pluriel(_retard(p, jour), 'jour')})" for p in tardives]
    )
    # Missed already, or only as it is planned.
    passees = [(jour - p.tache.echeance).days for p in tardives if p.tache.echeance is not None]
    cible = cible_tache(pire.tache if pire else None, "echeance")
    return controle(modele, cible, bool(tardives), preuve, retard=max((0, *passees)))


def _en_retard(planning: Planning, jour: date) -> Controle:
    """Tasks that should be over and are not; those with a deadline that has passed are told with their deadline."""
    tardives = [
        p
        for p in planning.taches
        if p.fin < jour
        and (p.tache.avancement or 0) < 100
        and not (p.tache.echeance is not None and p.tache.echeance < jour)
    ]
    pire = min(tardives, key=lambda p: p.fin, default=None)
    retard = (jour - pire.fin).days if pire else 0
    n = len(tardives)
    modele = Modele(
        "planning.retard",
        Gravite.A_FAIRE,
        f"{francais.pluriel(n, 'tâche')} du planning en retard, jusqu’à {francais.pluriel(retard, 'jour')}",
        "Leur dernier jour est passé, et leur avancement n’est pas de 100 %.",
        "Notez-les terminées si elles le sont, sinon déplacez-les : les dates qui suivent bougent avec elles.",
        MAISON,
    )
    preuve = francais.resumer(
        [f"« {p.tache.nom} » ({francais.pluriel((jour - p.fin).days, 'jour')})" for p in tardives]
    )
    cible = cible_tache(pire.tache if pire else None, "avancement")
    return controle(modele, cible, bool(tardives), preuve, retard=retard)


def _retard(placee: TachePlacee, jour: date) -> int:
    """Calendar days late: as planned, else as of `jour`."""
    echeance = placee.tache.echeance
    return placee.retard or (max((jour - echeance).days, 0) if echeance else 0)


def _dates(dossier: Dossier, planning: Planning) -> Controle:
    """The dates of the dossier, which the documents and the funding read, are those of the planning."""
    ecarts = reports(dossier, planning)
    depose = dossier.etat in APRES_DEPOT
    modele = Modele(
        "planning.dates",
        Gravite.CONSEIL if depose else Gravite.A_FAIRE,
        "Le planning et le dossier ne disent pas les mêmes dates",
        "Les documents et le financement lisent les dates du dossier et des vagues ; le planning en donne d’autres.",
        "Reportez les dates du planning dans le dossier, ou déplacez les tâches.",
        MAISON,
    )
    preuve = francais.resumer([_ecart(e.quoi, e.presente, e.voulue) for e in ecarts]) if ecarts else ""
    return controle(
        modele, cible_tache(ecarts[0].tache if ecarts else None, "pas_avant"), bool(ecarts), preuve
    )


def _ecart(quoi: str, presente: date | None, voulue: date) -> str:
    dit = date_longue(presente) if presente else "rien"
    return f"{quoi} ({date_longue(voulue)} ; dossier : {dit})"
