"""Checks on the deployment and the change: waves, pilots, training, communication (referentiel 03 § 4, 04 § 1)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import date_longue
from esms_desktop.lecture import Dossier, Essms, SessionFormation, Vague
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, attendu, controle, nommer
from esms_desktop.regles.texte import net

_KIT3 = "KIT § 3"


@fait
def controler_deploiement(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on how the solution reaches the structures."""
    gravite = attendu(campagne)
    vagues = list(dossier.vagues)
    return (
        _vagues(dossier, gravite, campagne.pieces[7].origine),
        _dates(dossier, vagues, gravite),
        _ordre(vagues, gravite),
        _pilote(vagues),
        _vides(dossier, vagues),
        _formations(dossier, gravite),
        _dates_formations(dossier, vagues),
        _communications(dossier, gravite),
        _sensibilisation(dossier, vagues),
    )


def sans_vague(dossier: Dossier) -> list[Essms]:
    """The ESSMS that no wave reaches."""
    return [e for e in dossier.essms if e.vague_id is None and e.vague is None]


def _cible_vague(vague: Vague | None, champ: str = "") -> Cible:
    return Cible(Page.DEPLOIEMENT, "vague", vague.id if vague else None, champ)


def _vagues(dossier: Dossier, gravite: Gravite, piece: str) -> Controle:
    sans = sans_vague(dossier)
    aucune = not dossier.vagues
    modele = Modele(
        "deploiement.vagues",
        gravite,
        "Le déploiement n’a pas encore de vague" if aucune else "Des ESSMS ne sont dans aucune vague",
        "Chaque ESSMS est placé dans une vague de déploiement : c’est l’ordre des structures.",
        "Créez les vagues, puis placez-y les ESSMS." if aucune else "Placez chaque ESSMS dans une vague.",
        piece if aucune else MAISON,
    )
    cible = (
        _cible_vague(None)
        if aucune
        else Cible(Page.DEPLOIEMENT, "essms", sans[0].id if sans else None, "vague_id")
    )
    return controle(modele, cible, aucune or bool(sans), nommer(sans) if sans else "")


def _dates(dossier: Dossier, vagues: Sequence[Vague], gravite: Gravite) -> Controle:
    """Each wave has its two dates, in order, inside the project."""
    code = "deploiement.dates"
    explication = "Les vagues se suivent entre le début du paramétrage et la fin du déploiement."
    constats = []
    sans = [v for v in vagues if v.debut is None or v.fin is None]
    if sans:
        champ = "debut" if sans[0].debut is None else "fin"
        constats.append(
            Modele(
                code,
                gravite,
                "Des vagues n’ont pas de dates",
                explication,
                "Saisissez le début et la fin de chaque vague.",
                MAISON,
            ).constat(_cible_vague(sans[0], champ), francais.resumer([v.nom for v in sans]))
        )
    fautes = [(v, champ, dit) for v in vagues for champ, dit in _fautes(dossier, v)]
    if fautes:
        constats.append(
            Modele(
                code,
                gravite,
                "Les dates d’une vague ne vont pas",
                explication,
                "Corrigez ces dates.",
                MAISON,
            ).constat(
                _cible_vague(fautes[0][0], fautes[0][1]),
                " ; ".join(f"{v.nom} : {dit}" for v, _, dit in fautes),
            )
        )
    return Controle(code, Page.DEPLOIEMENT, tuple(constats))


def _fautes(dossier: Dossier, vague: Vague) -> list[tuple[str, str]]:
    debut, fin = vague.debut, vague.fin
    fautes = []
    if debut and fin and fin < debut:
        fautes.append(("fin", f"elle finit le {date_longue(fin)}, avant de commencer"))
    ouverture = dossier.date_debut_parametrage or dossier.date_debut_projet
    if debut and ouverture and debut < ouverture:
        quoi = "le paramétrage" if dossier.date_debut_parametrage else "le projet"
        fautes.append(
            ("debut", f"elle commence le {date_longue(debut)}, avant {quoi} ({date_longue(ouverture)})")
        )
    if fin and dossier.date_fin_deploiement and fin > dossier.date_fin_deploiement:
        limite = date_longue(dossier.date_fin_deploiement)
        fautes.append(("fin", f"elle finit le {date_longue(fin)}, après la fin du déploiement ({limite})"))
    return fautes


def _ordre(vagues: Sequence[Vague], gravite: Gravite) -> Controle:
    modele = Modele(
        "deploiement.ordre",
        gravite,
        "L’ordre des vagues et leurs dates se contredisent",
        "Une vague ne commence pas avant celle qui la précède.",
        "Corrigez les dates, ou changez l’ordre des vagues.",
        MAISON,
    )
    datees = [(v, v.debut) for v in vagues if v.debut is not None]
    faux = [(a, b) for (a, da), (b, db) in pairwise(datees) if db < da]
    preuve = " ; ".join(f"{b.nom} commence avant {a.nom}" for a, b in faux)
    return controle(modele, _cible_vague(faux[0][1] if faux else None, "debut"), bool(faux), preuve)


def _pilote(vagues: Sequence[Vague]) -> Controle:
    """Some sites go first, and they do go first."""
    pilotes = [v for v in vagues if v.pilote]
    absents = not pilotes
    modele = Modele(
        "deploiement.pilote",
        Gravite.CONSEIL,
        "Aucune vague n’est pilote" if absents else "Une vague commence avant les sites pilotes",
        "Les sites pilotes essaient la solution, le paramétrage et la formation avant les autres.",
        "Désignez la vague pilote : peu de structures, volontaires, de champs différents."
        if absents
        else "Faites commencer les sites pilotes en premier.",
        MAISON,
    )
    premier = min((v.debut for v in pilotes if v.debut), default=None)
    devant = [v for v in vagues if not v.pilote and v.debut and premier and v.debut < premier]
    manque = bool(vagues) and (absents or bool(devant))
    cible = _cible_vague(devant[0] if devant else None, "debut" if devant else "pilote")
    return controle(modele, cible, manque, francais.resumer([v.nom for v in devant]))


def _vides(dossier: Dossier, vagues: Sequence[Vague]) -> Controle:
    modele = Modele(
        "deploiement.vague-vide",
        Gravite.CONSEIL,
        "Une vague n’a aucun ESSMS",
        "Une vague sans structure ne déploie rien.",
        "Placez-y des ESSMS, ou retirez-la.",
        MAISON,
    )
    # Read from the ESSMS: the wave's own list would be one more query for each wave.
    prises = {id(e.vague) for e in dossier.essms if e.vague is not None} if vagues else set()
    vides = [v for v in vagues if id(v) not in prises]
    return controle(
        modele,
        _cible_vague(vides[0] if vides else None),
        bool(vides),
        francais.resumer([v.nom for v in vides]),
    )


def _formations(dossier: Dossier, gravite: Gravite) -> Controle:
    sans = [f for f in dossier.formations if not f.effectif]
    aucune = not dossier.formations
    modele = Modele(
        "deploiement.formation",
        gravite,
        "Aucune formation n’est prévue" if aucune else "Des formations n’ont pas d’effectif",
        "La stratégie de formation dit qui est formé, combien de personnes et en combien de sessions.",
        "Ajoutez les formations, métier par métier."
        if aucune
        else "Saisissez le nombre de personnes à former.",
        _KIT3 if aucune else MAISON,
    )
    return controle(
        modele,
        _cible_formation(sans[0] if sans else None, "effectif" if sans else ""),
        aucune or bool(sans),
        francais.resumer([f.intitule for f in sans]),
    )


def _cible_formation(formation: SessionFormation | None, champ: str) -> Cible:
    return Cible(Page.DEPLOIEMENT, "session_formation", formation.id if formation else None, champ)


def _dates_formations(dossier: Dossier, vagues: Sequence[Vague]) -> Controle:
    """A training session comes before the end of its wave, and inside the project."""
    modele = Modele(
        "deploiement.dates-formation",
        Gravite.CONSEIL,
        "Une formation tombe trop tôt ou trop tard",
        "On forme pendant le projet, et avant la fin de la vague concernée.",
        "Corrigez la date de la formation, ou sa vague.",
        MAISON,
    )
    par_id = {v.id: v for v in vagues if v.id is not None}
    faux: list[SessionFormation] = []
    for f in dossier.formations:
        vague = par_id.get(f.vague_id) if f.vague_id is not None else None
        limites = [d for d in (dossier.date_fin_deploiement, vague.fin if vague else None) if d]
        trop_tard = f.date is not None and bool(limites) and f.date > min(limites)
        debut = dossier.date_debut_projet
        if trop_tard or (f.date is not None and debut is not None and f.date < debut):
            faux.append(f)
    preuve = " ; ".join(f"{f.intitule}, le {date_longue(f.date)}" for f in faux if f.date)
    return controle(modele, _cible_formation(faux[0] if faux else None, "date"), bool(faux), preuve)


def _communications(dossier: Dossier, gravite: Gravite) -> Controle:
    actions = list(dossier.communications)
    code = "deploiement.communication"
    explication = "Le plan de communication dit quoi, à qui, quand et par quel moyen."
    constats: list[Constat] = []
    if not actions:
        constats.append(
            Modele(
                code,
                gravite,
                "Aucune action de communication n’est prévue",
                explication,
                "Ajoutez les premières actions : annonce, réunions, points d’étape.",
                _KIT3,
            ).constat(Cible(Page.DEPLOIEMENT, "action_communication"))
        )
    vagues = [a for a in actions if a.date is None or not net(a.cible)]
    if vagues:
        champ = "date" if vagues[0].date is None else "cible"
        constats.append(
            Modele(
                code,
                Gravite.CONSEIL,
                "Des actions de communication n’ont pas de date ou de public",
                explication,
                "Complétez ces actions.",
                MAISON,
            ).constat(
                Cible(Page.DEPLOIEMENT, "action_communication", vagues[0].id, champ),
                francais.resumer([a.objet for a in vagues]),
            )
        )
    return Controle(code, Page.DEPLOIEMENT, tuple(constats))


def _sensibilisation(dossier: Dossier, vagues: Sequence[Vague]) -> Controle:
    modele = Modele(
        "deploiement.sensibilisation",
        Gravite.CONSEIL,
        "Rien n’est prévu pour les équipes avant la première vague",
        "Les équipes se sensibilisent avant le déploiement, pas le jour de la bascule.",
        "Avancez une action de communication avant la première vague.",
        _KIT3,
    )
    premiere = min((v.debut for v in vagues if v.debut), default=None)
    dates: list[date] = [a.date for a in dossier.communications if a.date]
    manque = premiere is not None and bool(dates) and min(dates) >= premiere
    return controle(modele, Cible(Page.DEPLOIEMENT, "action_communication"), manque)
