"""Checks on the governance: the team, the référents, the instances, AMOA, mutualisation (referentiel 03 §§ 1 and 4)."""

from collections.abc import Sequence

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Cible, Controle, Gravite, Page
from esms_desktop.regles.dossier.equipe import amoa, personnes, sans_dpo, sans_referent, sans_responsable_dui
from esms_desktop.regles.faits import Modele, attendu, controle, nommer
from esms_desktop.regles.texte import net

_KIT3 = "KIT § 3"


@fait
def controler_gouvernance(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on who steers the project."""
    gravite = attendu(campagne)
    return (
        _chef_de_projet(dossier),
        _temps(dossier),
        _referents(dossier, gravite),
        _responsable_dui(dossier, gravite),
        _dpo(dossier),
        _rsi(dossier),
        _comite(dossier, gravite, "pilotage"),
        _comite(dossier, Gravite.CONSEIL, "operationnel"),
        _instances(dossier),
        _amoa(dossier, gravite),
        _mutualisation(dossier, gravite, campagne.pieces[2].origine),
    )


def _role(role: RoleContact) -> Cible:
    return Cible(Page.GOUVERNANCE, "role", None, role.value)


def _chef_de_projet(dossier: Dossier) -> Controle:
    modele = Modele(
        "grappe.chef-de-projet",
        Gravite.CONSEIL,
        "Aucun chef de projet n’est nommé",
        "Un chef de projet identifié, avec du temps dédié, pèse dans l’appréciation du projet.",
        "Ajoutez le chef de projet à l’équipe.",
        _KIT3,
    )
    role = RoleContact.CHEF_DE_PROJET
    return controle(modele, _role(role), not personnes(dossier, role))


def _temps(dossier: Dossier) -> Controle:
    modele = Modele(
        "gouvernance.temps",
        Gravite.CONSEIL,
        "Le temps du chef de projet n’est pas indiqué",
        "Un temps réservé au projet est un facteur de succès ; la présentation de la gouvernance le donne.",
        "Saisissez la part de son temps consacrée au projet.",
        _KIT3,
    )
    chefs = personnes(dossier, RoleContact.CHEF_DE_PROJET)
    sans = [c for c in chefs if not c.part_temps_pour_cent]
    cible = Cible(Page.GOUVERNANCE, "contact", sans[0].id if sans else None, "part_temps_pour_cent")
    return controle(modele, cible, bool(sans), francais.resumer([c.nom for c in sans]))


def _referents(dossier: Dossier, gravite: Gravite) -> Controle:
    modele = Modele(
        "gouvernance.referents",
        gravite,
        "Des structures n’ont pas de référent",
        "Chaque structure a un référent, qui relaie le projet auprès de son équipe ; un organisme peut en désigner un "
        "pour toutes les siennes.",
        "Ajoutez un référent à chaque structure, ou un référent à l’organisme.",
        _KIT3,
    )
    sans = sans_referent(dossier)
    cible = Cible(Page.GOUVERNANCE, "essms", sans[0].id if sans else None, "referent")
    return controle(modele, cible, bool(sans), nommer(sans), sans)


def _responsable_dui(dossier: Dossier, gravite: Gravite) -> Controle:
    role = RoleContact.RESPONSABLE_DUI
    aucun, sans = not personnes(dossier, role), sans_responsable_dui(dossier)
    modele = Modele(
        "gouvernance.responsable-dui",
        gravite,
        "Aucun responsable du traitement DUI n’est nommé"
        if aucun
        else "Des structures n’ont pas de responsable du traitement DUI",
        "Parmi les référents d’une structure, une personne répond du traitement des données du DUI ; la même peut en répondre "
        "pour tout un organisme, ou pour tout le projet.",
        "Ajoutez à l’équipe le responsable du traitement DUI."
        if aucun
        else "Ajoutez à l’équipe le responsable de ces structures, ou étendez à leur organisme celui qui y est déjà.",
        _KIT3,
    )
    return controle(modele, _role(role), aucun or bool(sans), "" if aucun else nommer(sans))


def _dpo(dossier: Dossier) -> Controle:
    modele = Modele(
        "grappe.og-dpo",
        Gravite.CONSEIL,
        "Un organisme n’a pas de délégué à la protection des données",
        "La gouvernance du projet et la convention nomment le DPO de chaque partie.",
        "Saisissez le nom du DPO, ou désignez-en un.",
        _KIT3,
    )
    sans = sans_dpo(dossier)
    cible = Cible(Page.GOUVERNANCE, "og", sans[0].id if sans else None, "dpo_nom")
    return controle(modele, cible, bool(sans), _ogs(sans), sans)


def _ogs(ogs: Sequence[Og]) -> str:
    return f"{francais.pluriel(len(ogs), 'organisme')} : {francais.resumer([og.nom_court for og in ogs])}"


def _rsi(dossier: Dossier) -> Controle:
    modele = Modele(
        "gouvernance.rsi",
        Gravite.CONSEIL,
        "Aucun responsable du système d’information n’est nommé",
        "Salarié, partagé ou prestataire : quelqu’un répond des postes, du réseau et des comptes pendant le projet.",
        "Ajoutez à l’équipe le responsable du système d’information.",
        _KIT3,
    )
    role = RoleContact.RSI
    return controle(modele, _role(role), not personnes(dossier, role))


def est_comite(nom: str, genre: str) -> bool:
    """Whether an instance is the comité « pilotage » or « operationnel », whatever the accents; COPIL and COMOP too."""
    simple = francais.cle(nom or "")
    return genre in simple or {"pilotage": "copil", "operationnel": "comop"}[genre] in simple


def _comite(dossier: Dossier, gravite: Gravite, genre: str) -> Controle:
    dit, role = {
        "pilotage": (
            "comité de pilotage",
            "Il réunit les organismes et décide : budget, calendrier, solution.",
        ),
        "operationnel": (
            "comité opérationnel",
            "Il réunit le chef de projet et les référents, prépare et suit.",
        ),
    }[genre]
    modele = Modele(
        f"gouvernance.comite-{genre}",
        gravite,
        f"Le projet n’a pas de {dit}",
        role,
        f"Ajoutez le {dit} aux instances, avec sa composition et sa fréquence.",
        _KIT3,
    )
    manque = not any(est_comite(i.nom, genre) for i in dossier.instances)
    return controle(modele, Cible(Page.GOUVERNANCE, "instance"), manque)


def _instances(dossier: Dossier) -> Controle:
    modele = Modele(
        "gouvernance.instances",
        Gravite.CONSEIL,
        "Une instance n’est pas décrite",
        "La présentation de la gouvernance donne le rôle, la composition et la fréquence de chaque instance.",
        "Complétez ces instances.",
        MAISON,
    )
    vides = [
        (i, champ)
        for i in dossier.instances
        for champ in ("role", "composition", "frequence")
        if not net(getattr(i, champ))
    ]
    cible = Cible(Page.GOUVERNANCE, "instance", *((vides[0][0].id, vides[0][1]) if vides else (None, "")))
    noms = list(dict.fromkeys(i.nom for i, _ in vides))
    return controle(modele, cible, bool(vides), francais.resumer(noms))


def _amoa(dossier: Dossier, gravite: Gravite) -> Controle:
    inconnue = dossier.amoa is None
    modele = Modele(
        "gouvernance.amoa",
        gravite,
        "La question de l’AMOA n’est pas répondue" if inconnue else "L’AMOA n’est pas nommée",
        "La gouvernance dit si une assistance à maîtrise d’ouvrage accompagne le projet, et laquelle.",
        "Répondez : une AMOA accompagne-t-elle le projet ?"
        if inconnue
        else "Saisissez le nom de l’AMOA, ou celui de la consultation qui la choisira.",
        _KIT3,
    )
    cible = Cible(Page.GOUVERNANCE, "dossier", None, "amoa" if inconnue else "amoa_nom")
    return controle(modele, cible, inconnue or (dossier.amoa is True and not amoa(dossier)))


def _mutualisation(dossier: Dossier, gravite: Gravite, piece: str) -> Controle:
    seul = len(dossier.ogs) < 2
    modele = Modele(
        "gouvernance.mutualisation",
        Gravite.CONSEIL if seul else gravite,
        "La place de la mutualisation n’est pas décrite",
        "La présentation de la gouvernance dit ce que les organismes partagent : équipe, achats, formation, hébergement.",
        "Décrivez en quelques phrases ce qui est mis en commun.",
        piece,
    )
    cible = Cible(Page.GOUVERNANCE, "dossier", None, "mutualisation")
    return controle(modele, cible, not net(dossier.mutualisation))
