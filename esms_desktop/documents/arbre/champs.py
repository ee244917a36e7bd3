"""The fields a text may use: their names, what they are, and their values in a dossier."""

from esms_desktop import francais
from esms_desktop.documents.arbre import champs_regroupement, champs_simples, commun
from esms_desktop.documents.arbre.arbre import Bloc, Manque, Paragraphe, Run, Texte
from esms_desktop.documents.arbre.champ_texte import (
    Champ,
    Sujet,
    compte,
    du_dossier,
    la_personne,
    le_jour,
    ou_rien,
)
from esms_desktop.documents.arbre.champs_organismes import ORGANISMES
from esms_desktop.documents.arbre.markdown_arbre import ValeurChamp
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import amoa
from esms_desktop.regles.financement.financement import financer_dossier
from esms_desktop.regles.recevabilite.orientation import orienter_dossier

# The gap of a name that no field bears: nothing fills it.
INCONNU = "inconnu"


def champs_disponibles() -> tuple[tuple[str, str], ...]:
    """(name, description) of every field, in the order an editor shows them."""
    return tuple((c.nom, c.description) for c in CHAMPS)


def valeur(nom: str, sujet: Sujet) -> ValeurChamp:
    """What a field prints. An unknown field or one without a value is a gap."""
    champ = _PAR_NOM.get(nom)
    if champ is None:
        return (Manque(f"champ inconnu «\u00a0{nom}\u00a0»", code=INCONNU),)
    mots = champ.valeur(sujet)
    manque: Run = Manque(_nommer(champ, sujet), code=champ.code)
    if mots is None:
        return (Paragraphe(manque),) if champ.bloc else (manque,)
    if champ.bloc:
        blocs: tuple[Bloc, ...] = commun.libre(mots, Manque(champ.manque, code=champ.code))
        return blocs
    return (Texte(mots),)


def _nommer(champ: Champ, sujet: Sujet) -> str:
    if not champ.nom.startswith("og."):
        return champ.manque
    if sujet.og is None:
        return f"{champ.manque}\u00a0: ce document ne concerne pas un seul organisme"
    return f"{champ.manque} ({sujet.og.nom})"


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
    return ou_rien(francais.enumerer(noms))


_CLES = {
    "essms": "au prorata du nombre d’ESSMS que chaque organisme engage",
    "places": "au prorata du nombre de places de chaque organisme",
    "etp": "au prorata des emplois en équivalent temps plein de chaque organisme",
    "libre": "selon les parts que les organismes ont arrêtées ensemble",
}
CHAMPS: tuple[Champ, ...] = (
    Champ("dossier.nom", "Nom du projet", "nom du projet", du_dossier(lambda d: d.nom), code="dossier.nom"),
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
        lambda c: ou_rien(commun.nom_financeur(orienter_dossier(c.dossier, c.campagne))),
        code="dossier.portee_nationale",
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
        code="essms.categorie",
    ),
    Champ(
        "cle.phrase",
        "Comment se partage le reste à charge : « au prorata du nombre d’ESSMS… »",
        "clé de répartition du reste à charge",
        lambda c: _CLES.get(c.dossier.cle_repartition or "essms"),
        code="dossier.cle_repartition",
    ),
    Champ(
        "argent.commun",
        "Phrase sur les sommes que le porteur dépense pour tous, sans les reverser",
        "sommes dépensées pour le compte commun",
        lambda c: champs_regroupement.argent_commun(financer_dossier(c.dossier, c.campagne), c.campagne),
        code="solution.prix_cents",
    ),
    Champ(
        "donnees.role",
        "Ce qu’est le porteur au regard des données des autres organismes",
        "rôle du porteur au regard des données",
        lambda s: champs_regroupement.role_donnees(s.dossier),
        code="dossier.role_donnees",
    ),
    Champ(
        "achats.soumis",
        "Organismes soumis au code de la commande publique",
        "réponse de chaque organisme sur la commande publique",
        lambda c: champs_regroupement.soumis(c.dossier),
        code="og.commande_publique",
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
        code="instance.nom",
    ),
    *ORGANISMES,
    Champ(
        "grappe.nombre_ogs",
        "Nombre d’organismes : « 3 organismes gestionnaires »",
        "nombre d’organismes",
        lambda c: (
            francais.pluriel(len(c.dossier.ogs), "organisme gestionnaire", "organismes gestionnaires")
            if c.dossier.ogs
            else None
        ),
        code="og.nom",
    ),
    Champ(
        "grappe.ogs",
        "Nombre d’organismes du projet",
        "nombre d’organismes",
        du_dossier(lambda d: compte(len(d.ogs))),
        code="og.nom",
    ),
    Champ(
        "grappe.organismes",
        "Noms des organismes",
        "organismes du projet",
        du_dossier(lambda d: francais.enumerer([og.nom for og in d.ogs])),
        code="og.nom",
    ),
    Champ(
        "grappe.originaux",
        "Nombre d’exemplaires de la convention, en toutes lettres",
        "exemplaires",
        _originaux,
        code="og.nom",
    ),
    Champ(
        "essms.nombre",
        "Nombre d’ESSMS du projet",
        "nombre d’ESSMS",
        du_dossier(lambda d: compte(len(d.essms))),
        code="essms.nom",
    ),
    Champ(
        "solution.nom",
        "Solution retenue",
        "solution retenue",
        du_dossier(lambda d: d.solution.nom if d.solution else ""),
        code="solution.nom",
    ),
    Champ(
        "solution.designation",
        "Solution, dite « pressentie » tant que le planning ne l’a pas choisie",
        "solution retenue",
        lambda c: champs_regroupement.designation(c.dossier),
        code="solution.nom",
    ),
    Champ(
        "solution.editeur",
        "Éditeur de la solution",
        "éditeur de la solution",
        du_dossier(lambda d: d.solution.editeur if d.solution else ""),
        code="solution.editeur",
    ),
    Champ(
        "chef_de_projet",
        "Chef de projet",
        "chef de projet",
        la_personne(RoleContact.CHEF_DE_PROJET),
        code="contact.role",
    ),
    Champ(
        "rsi",
        "Responsable du système d’information",
        "responsable du système d’information",
        la_personne(RoleContact.RSI),
        code="contact.role",
    ),
    Champ(
        "amoa",
        "Phrase sur l’assistance à maîtrise d’ouvrage",
        "assistance à maîtrise d’ouvrage",
        _amoa,
        code="dossier.amoa_nom",
    ),
    *(
        Champ(nom, dit, manque, le_jour(lire), code=code)
        for nom, dit, manque, code, lire in champs_simples.DATES
    ),
    Champ(
        "vagues.nombre",
        "Nombre de vagues : « 3 vagues »",
        "vagues de déploiement",
        du_dossier(lambda d: francais.pluriel(len(d.vagues), "vague") if d.vagues else ""),
        code="vague.nom",
    ),
    Champ("vagues.pilotes", "Structures pilotes", "structures pilotes", _pilotes, code="vague.pilote"),
    *(
        Champ(nom, dit, manque, du_dossier(lire), True, code)
        for nom, dit, manque, code, lire in champs_simples.LIBRES
    ),
)
_PAR_NOM = {c.nom: c for c in CHAMPS}
