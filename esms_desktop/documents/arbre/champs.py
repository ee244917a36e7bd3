"""The fields a text may use: their names, what they are, and their values in a dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import champs_regroupement, champs_simples, commun
from esms_desktop.documents.arbre.arbre import Bloc, Manque, Paragraphe, Run, Texte
from esms_desktop.documents.arbre.denomination import nommer
from esms_desktop.documents.arbre.markdown_arbre import ValeurChamp
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import amoa, delegue, premiere
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.recevabilite.orientation import orienter_dossier


class Sujet(NamedTuple):
    """What a text is about. `og`: the organisme it is made for; None for a document of the whole project."""

    dossier: Dossier
    campagne: Campagne
    og: Og | None = None


# The words of a field; None when the dossier does not hold them yet. An empty text is a value: there is nothing to say.
_Valeur = Callable[[Sujet], str | None]


@dataclass(frozen=True)
class Champ:
    """A field. `manque`: what its gap is called; `bloc`: paragraphs and lists typed by a person, not words of a sentence."""

    nom: str
    description: str
    manque: str
    valeur: _Valeur
    bloc: bool = False


def champs_disponibles() -> tuple[tuple[str, str], ...]:
    """(name, description) of every field, in the order an editor shows them."""
    return tuple((c.nom, c.description) for c in CHAMPS)


def valeur(nom: str, sujet: Sujet) -> ValeurChamp:
    """What a field prints. An unknown field or one without a value is a gap."""
    champ = _PAR_NOM.get(nom)
    if champ is None:
        return (Manque(f"champ inconnu «\u00a0{nom}\u00a0»"),)
    mots = champ.valeur(sujet)
    manque: Run = Manque(_nommer(champ, sujet))
    if mots is None:
        return (Paragraphe(manque),) if champ.bloc else (manque,)
    if champ.bloc:
        blocs: tuple[Bloc, ...] = commun.libre(mots, champ.manque)
        return blocs
    return (Texte(mots),)


def _nommer(champ: Champ, sujet: Sujet) -> str:
    if not champ.nom.startswith("og."):
        return champ.manque
    if sujet.og is None:
        return f"{champ.manque}\u00a0: ce document ne concerne pas un seul organisme"
    return f"{champ.manque} ({sujet.og.nom})"


def _ou_rien(mots: str) -> str | None:
    return mots.strip() or None


def _compte(n: int, suite: str = "") -> str:
    """A number; nothing while there is nothing to count."""
    return f"{francais.nombre(n)}{suite}" if n else ""


def _porteur(lire: Callable[[Og], str]) -> _Valeur:
    return lambda c: _ou_rien(lire(c.dossier.porteur)) if c.dossier.porteur else None


def _og(lire: Callable[[Og], str]) -> _Valeur:
    return lambda c: _ou_rien(lire(c.og)) if c.og else None


def _dossier(lire: Callable[[Dossier], str]) -> _Valeur:
    return lambda c: _ou_rien(lire(c.dossier) or "")


def _date(lire: Callable[[Dossier], date | None]) -> _Valeur:
    def mots(c: Sujet) -> str | None:
        jour = lire(c.dossier)
        return francais.date_longue(jour) if jour else None

    return mots


def _personne(role: RoleContact) -> _Valeur:
    def mots(c: Sujet) -> str | None:
        contact = premiere(c.dossier, role)
        return commun.personne(contact) if contact else None

    return mots


def _referents(c: Sujet) -> str | None:
    return champs_regroupement.referents(c.dossier, c.og) if c.og else None


def _place(c: Sujet) -> str | None:
    if c.og is None:
        return None
    if c.og.est_porteur:
        return "L’organisme en est le porteur."
    porteur = c.dossier.porteur
    return f"Le porteur en est {nommer(porteur).le}." if porteur else None


def _amoa(c: Sujet) -> str | None:
    if c.dossier.amoa is None:
        return None
    if not c.dossier.amoa:
        return "Le projet ne recourt pas à une assistance à maîtrise d’ouvrage extérieure."
    noms = francais.enumerer(amoa(c.dossier))
    return f"Une assistance à maîtrise d’ouvrage accompagne le projet\u00a0: {noms}." if noms else None


def _originaux(c: Sujet) -> str | None:
    n = len(c.dossier.ogs)
    if not n:
        return None
    if n < 2:
        return "en un exemplaire original"
    return f"en {francais.nombre(n)} exemplaires originaux, un pour chaque Partie"


def _pilotes(c: Sujet) -> str | None:
    noms = [e.nom for v in c.dossier.vagues if v.pilote for e in v.essms]
    if len(noms) > 6:
        return f"{francais.enumerer(noms[:5])}, et {francais.nombre(len(noms) - 5)} autres"
    return _ou_rien(francais.enumerer(noms))


_CLES = {
    "essms": "au prorata du nombre d’ESSMS que chaque organisme engage",
    "places": "au prorata du nombre de places de chaque organisme",
    "etp": "au prorata des emplois en équivalent temps plein de chaque organisme",
    "libre": "selon les parts que les organismes ont arrêtées ensemble",
}
CHAMPS: tuple[Champ, ...] = (
    Champ("dossier.nom", "Nom du projet", "nom du projet", _dossier(lambda d: d.nom)),
    Champ(
        "dossier.operation",
        "L’opération en toutes lettres : « l’acquisition d’une solution… »",
        "opération",
        lambda c: commun.operation(c.dossier),
    ),
    Champ("campagne.titre", "Titre de la campagne", "campagne", lambda c: c.campagne.titre),
    Champ(
        "campagne.avance",
        "Part de l’avance, en pour cent",
        "part de l’avance",
        lambda c: f"{c.campagne.versements.avance_pourcent.valeur}\u00a0%",
    ),
    Champ(
        "campagne.solde",
        "Part du solde, en pour cent",
        "part du solde",
        lambda c: f"{c.campagne.versements.solde_pourcent.valeur}\u00a0%",
    ),
    Champ(
        "campagne.duree",
        "Phrase sur la durée maximale du projet ; rien quand la campagne n’en fixe pas",
        "durée maximale",
        lambda c: champs_regroupement.duree(c.dossier, c.campagne),
    ),
    Champ(
        "financeur",
        "L’ARS ou le financeur du projet",
        "financeur",
        lambda c: _ou_rien(commun.nom_financeur(orienter_dossier(c.dossier, c.campagne))),
    ),
    Champ(
        "financement.total",
        "Montant total demandé",
        "montant demandé",
        lambda c: (
            francais.euros(financer_dossier(c.dossier, c.campagne).projet.total_cents)
            if financer_dossier(c.dossier, c.campagne).demande.essms
            else None
        ),
    ),
    Champ(
        "cle.phrase",
        "Comment se partage le reste à charge : « au prorata du nombre d’ESSMS… »",
        "clé de répartition du reste à charge",
        lambda c: _CLES.get(c.dossier.cle_repartition or "essms"),
    ),
    Champ(
        "argent.commun",
        "Phrase sur les sommes que le porteur dépense pour tous, sans les reverser",
        "sommes dépensées pour le compte commun",
        lambda c: champs_regroupement.argent_commun(financer_dossier(c.dossier, c.campagne), c.campagne),
    ),
    Champ(
        "donnees.role",
        "Ce qu’est le porteur au regard des données des autres organismes",
        "rôle du porteur au regard des données",
        lambda s: champs_regroupement.role_donnees(s.dossier),
    ),
    Champ(
        "achats.soumis",
        "Organismes soumis au code de la commande publique",
        "réponse de chaque organisme sur la commande publique",
        lambda c: champs_regroupement.soumis(c.dossier),
    ),
    Champ(
        "parties.publiques",
        "Phrase sur les organismes dotés d’un comptable public ; rien quand il n’y en a pas",
        "organismes publics",
        lambda c: champs_regroupement.comptables_publics(c.dossier),
    ),
    Champ(
        "gouvernance.instances",
        "Instances du projet : composition, fréquence, rôle (page Gouvernance)",
        "instances du projet",
        lambda c: champs_regroupement.instances(c.dossier),
        True,
    ),
    Champ("porteur.nom", "Nom du porteur", "porteur du projet", _porteur(lambda og: og.nom)),
    Champ(
        "porteur.le",
        "Le porteur avec son article : « l’Association… »",
        "porteur du projet",
        _porteur(lambda og: nommer(og).le),
    ),
    Champ(
        "porteur.de",
        "Le porteur après « de » : « de l’Association… »",
        "porteur du projet",
        _porteur(lambda og: nommer(og).de),
    ),
    Champ(
        "porteur.siege",
        "Adresse du siège du porteur",
        "adresse du siège du porteur",
        _porteur(lambda og: og.siege),
    ),
    Champ(
        "porteur.commune",
        "Commune du siège du porteur",
        "commune du siège du porteur",
        _porteur(lambda og: og.commune),
    ),
    Champ(
        "porteur.representant",
        "Représentant du porteur",
        "représentant du porteur",
        _porteur(lambda og: og.representant_nom),
    ),
    Champ(
        "porteur.qualite",
        "Qualité du représentant du porteur",
        "qualité du représentant du porteur",
        _porteur(lambda og: og.representant_qualite),
    ),
    Champ("porteur.dpo", "DPO du porteur", "DPO du porteur", _porteur(lambda og: delegue(og).nom)),
    Champ("og.nom", "Nom de l’organisme (lettre d’engagement)", "nom de l’organisme", _og(lambda og: og.nom)),
    Champ(
        "og.le",
        "L’organisme avec son article : « l’Association… »",
        "nom de l’organisme",
        _og(lambda og: nommer(og).le),
    ),
    Champ(
        "og.de",
        "L’organisme après « de » : « de l’Association… »",
        "nom de l’organisme",
        _og(lambda og: nommer(og).de),
    ),
    Champ("og.siege", "Adresse du siège de l’organisme", "adresse du siège", _og(lambda og: og.siege)),
    Champ("og.commune", "Commune du siège de l’organisme", "commune du siège", _og(lambda og: og.commune)),
    Champ(
        "og.representant", "Représentant de l’organisme", "représentant", _og(lambda og: og.representant_nom)
    ),
    Champ(
        "og.qualite",
        "Qualité du représentant de l’organisme",
        "qualité du représentant",
        _og(lambda og: francais.minuscule(og.representant_qualite)),
    ),
    *(Champ(nom, dit, manque, _og(lire)) for nom, dit, manque, lire in champs_simples.SIGNATAIRE),
    Champ(
        "og.e",
        "Accord avec le signataire : « e », rien, ou « (e) » tant que sa civilité manque",
        "civilité du représentant",
        lambda s: champs_regroupement.accord(s.og) if s.og else None,
    ),
    *(Champ(f"og.{x}", f"{dit} de l’organisme", m, _og(lire)) for x, dit, m, lire in champs_simples.IDENTITE),
    *(
        Champ(f"porteur.{x}", f"{dit} du porteur", f"{m} du porteur", _porteur(lire))
        for x, dit, m, lire in champs_simples.IDENTITE
    ),
    Champ("og.dpo", "DPO de l’organisme", "DPO", _og(lambda og: delegue(og).nom)),
    Champ(
        "og.essms",
        "Nombre d’ESSMS que l’organisme engage",
        "nombre d’ESSMS",
        _og(lambda og: _compte(len(og.essms))),
    ),
    Champ(
        "og.nombre_essms",
        "Nombre d’ESSMS que l’organisme engage, en toutes lettres : « un ESSMS », « 12 ESSMS »",
        "nombre d’ESSMS",
        _og(lambda og: "un ESSMS" if len(og.essms) == 1 else _compte(len(og.essms), " ESSMS")),
    ),
    Champ("og.referents", "Référents de l’organisme", "référent", _referents),
    Champ("og.place", "Phrase qui dit qui porte le projet", "porteur du projet", _place),
    Champ(
        "grappe.nombre_ogs",
        "Nombre d’organismes : « 3 organismes gestionnaires »",
        "nombre d’organismes",
        lambda c: (
            francais.pluriel(len(c.dossier.ogs), "organisme gestionnaire", "organismes gestionnaires")
            if c.dossier.ogs
            else None
        ),
    ),
    Champ(
        "grappe.ogs",
        "Nombre d’organismes du projet",
        "nombre d’organismes",
        _dossier(lambda d: _compte(len(d.ogs))),
    ),
    Champ(
        "grappe.organismes",
        "Noms des organismes",
        "organismes du projet",
        _dossier(lambda d: francais.enumerer([og.nom for og in d.ogs])),
    ),
    Champ(
        "grappe.originaux",
        "Nombre d’exemplaires de la convention, en toutes lettres",
        "exemplaires",
        _originaux,
    ),
    Champ(
        "essms.nombre",
        "Nombre d’ESSMS du projet",
        "nombre d’ESSMS",
        _dossier(lambda d: _compte(len(d.essms))),
    ),
    Champ(
        "solution.nom",
        "Solution retenue",
        "solution retenue",
        _dossier(lambda d: d.solution.nom if d.solution else ""),
    ),
    Champ(
        "solution.designation",
        "Solution, dite « pressentie » tant que le planning ne l’a pas choisie",
        "solution retenue",
        lambda c: champs_regroupement.designation(c.dossier),
    ),
    Champ(
        "solution.editeur",
        "Éditeur de la solution",
        "éditeur de la solution",
        _dossier(lambda d: d.solution.editeur if d.solution else ""),
    ),
    Champ("chef_de_projet", "Chef de projet", "chef de projet", _personne(RoleContact.CHEF_DE_PROJET)),
    Champ(
        "rsi",
        "Responsable du système d’information",
        "responsable du système d’information",
        _personne(RoleContact.RSI),
    ),
    Champ("amoa", "Phrase sur l’assistance à maîtrise d’ouvrage", "assistance à maîtrise d’ouvrage", _amoa),
    *(Champ(nom, dit, manque, _date(lire)) for nom, dit, manque, lire in champs_simples.DATES),
    Champ(
        "vagues.nombre",
        "Nombre de vagues : « 3 vagues »",
        "vagues de déploiement",
        _dossier(lambda d: francais.pluriel(len(d.vagues), "vague") if d.vagues else ""),
    ),
    Champ("vagues.pilotes", "Structures pilotes", "structures pilotes", _pilotes),
    *(Champ(nom, dit, manque, _dossier(lire), True) for nom, dit, manque, lire in champs_simples.LIBRES),
)
_PAR_NOM = {c.nom: c for c in CHAMPS}
