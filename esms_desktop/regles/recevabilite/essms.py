"""Checks on the ESSMS of the project: doubles, places, what their file still lacks (referentiel 01 § 3)."""

from collections.abc import Sequence

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Constat, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, groupe
from esms_desktop.regles.recevabilite import heures
from esms_desktop.regles.recevabilite.eligibilite import Ligne, Releve, departement_du_numero, relever
from esms_desktop.regles.recevabilite.points_grappe import defaut_siret_memo
from esms_desktop.regles.texte import net

_LIEU = Modele(
    "grappe.finess-departement",
    Gravite.CONSEIL,
    "Un numéro FINESS commence par un autre département que celui de l’adresse",
    "Cela arrive après un déménagement ; c’est plus souvent une faute de saisie.",
    "Vérifiez le numéro et le département dans l’annuaire FINESS.",
    MAISON,
)
_DECOUPAGE = "grappe.decoupage"
_DEPARTEMENT = Modele(
    "grappe.essms-departement",
    Gravite.A_FAIRE,
    "Le département d’un ESSMS n’est pas connu",
    "Le département donne la région, et la région l’ARS de dépôt et le seuil du projet.",
    "Saisissez le département de ces ESSMS.",
    MAISON,
)
_COMMUNE = Modele(
    "grappe.essms-commune",
    Gravite.CONSEIL,
    "La commune d’un ESSMS n’est pas renseignée",
    "La note de présentation situe chaque ESSMS par sa commune.",
    "Saisissez la commune de ces ESSMS.",
    MAISON,
)
_SIRET = Modele(
    "grappe.essms-siret",
    Gravite.CONSEIL,
    "Le SIRET d’un ESSMS est faux",
    "Le SIRET d’un ESSMS n’est pas exigé ; faux, il peut égarer l’instruction.",
    "Corrigez le SIRET, ou effacez-le.",
    MAISON,
)
_CAPACITE = Modele(
    "grappe.essms-capacite",
    Gravite.CONSEIL,
    "La capacité d’un ESSMS n’est pas renseignée",
    "La note de présentation donne la capacité de chaque ESSMS, et la clé de répartition peut s’en servir.",
    "Saisissez la capacité de ces ESSMS.",
    MAISON,
)
_FILE_ACTIVE = Modele(
    "grappe.essms-file-active",
    Gravite.CONSEIL,
    "La file active d’un ESSMS n’est pas renseignée",
    "Les cibles d’usage, dont dépend le solde, se mesurent sur les personnes accompagnées.",
    "Saisissez la file active de ces ESSMS.",
    MAISON,
)
_DUI = Modele(
    "grappe.essms-dui",
    Gravite.CONSEIL,
    "L’équipement actuel d’un ESSMS n’est pas décrit",
    "La note de présentation décrit la situation de départ, structure par structure.",
    "Indiquez le DUI en place, ou « aucun ».",
    MAISON,
)
_CONFORT_INCONNU = (
    Gravite.A_FAIRE,
    "La part « confort » d’un service à domicile n’est pas répondue",
    "Seule l’aide aux actes essentiels est prise en compte ; l’ARS peut moduler le montant.",
    "Répondez : le service propose-t-il aussi des prestations de confort ?",
)
_CONFORT = (
    Gravite.CONSEIL,
    "Un service à domicile propose aussi des prestations de confort",
    "Seule l’aide aux actes essentiels est prise en compte ; l’ARS peut moduler le montant.",
    "Joignez à la note de présentation une pièce qui donne la ventilation de son activité entre actes essentiels et confort.",
)
_HEURES = "grappe.heures"
_PLUSIEURS = "grappe.plusieurs-structures"


@fait
def controler_essms(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on the ESSMS, one finding for all those that share a fault."""
    releve = relever(dossier, campagne)
    lignes = releve.lignes
    essms = [ligne.essms for ligne in lignes]
    return (
        _doublon(releve),
        _controle(_LIEU, [x.essms for x in lignes if _ailleurs(x)], "departement"),
        _decoupage(releve),
        _plusieurs(releve),
        _confort(releve),
        _heures(releve),
        _controle(_DEPARTEMENT, [x.essms for x in lignes if x.departement is None], "departement"),
        _controle(_COMMUNE, [e for e in essms if not net(e.commune)], "commune"),
        _controle(_SIRET, [e for e in essms if net(e.siret) and defaut_siret_memo(e.siret)], "siret"),
        _controle(_CAPACITE, [e for e in essms if e.capacite is None], "capacite"),
        _controle(_FILE_ACTIVE, [e for e in essms if e.file_active is None], "file_active"),
        _controle(_DUI, [e for e in essms if not net(e.dui_actuel)], "dui_actuel"),
    )


def _controle(modele: Modele, essms: Sequence[Essms], champ: str) -> Controle:
    return Controle(modele.code, Page.GRAPPE, groupe(modele, essms, champ))


def _doublon(releve: Releve) -> Controle:
    modele = Modele(
        "grappe.finess-doublon",
        Gravite.BLOQUANT,
        "Un numéro FINESS est présent plusieurs fois",
        "Un ESSMS ne compte qu’une fois. Les montants n’en comptent déjà qu’un.",
        "Retirez les doublons, ou corrigez le numéro.",
        releve.campagne.recevabilite.finess_geographique.origine,
    )
    return _controle(modele, _doubles(releve), "finess")


def _doubles(releve: Releve) -> list[Essms]:
    vus: set[str] = set()
    doubles = []
    for ligne in releve.lignes:
        if ligne.numero and ligne.numero in vus:
            doubles.append(ligne.essms)
        vus.add(ligne.numero)
    return doubles


def _ailleurs(ligne: Ligne) -> bool:
    if ligne.departement is None:
        return False
    dit = departement_du_numero(ligne.numero)
    return dit is not None and dit.code != ligne.departement.code


def _decoupage(releve: Releve) -> Controle:
    """Several ESSMS of one category at one address: the ARS may see an artificial split."""
    regle = releve.campagne.eligibilite.decoupage_finess
    if not regle.valeur:
        return Controle(_DECOUPAGE, Page.GRAPPE)
    lieux: dict[tuple[int, str, str, str], list[Essms]] = {}
    for ligne in releve.lignes:
        e = ligne.essms
        if net(e.adresse) and e.categorie:
            cle = (id(ligne.og), e.categorie, net(e.code_postal), francais.cle(e.adresse))
            lieux.setdefault(cle, []).append(e)
    proches = [e for liste in lieux.values() if len(liste) > 1 for e in liste]
    modele = Modele(
        _DECOUPAGE,
        Gravite.CONSEIL,
        "Plusieurs ESSMS de même catégorie sont à la même adresse",
        "L’ARS peut moduler le montant quand un découpage en numéros FINESS multiplie les forfaits.",
        "Expliquez dans la note de présentation ce qui distingue ces ESSMS.",
        regle.origine,
    )
    return _controle(modele, proches, "adresse")


def _confort(releve: Releve) -> Controle:
    code = "grappe.part-confort"
    regle = releve.campagne.eligibilite.part_confort_exclue
    if not regle.valeur:
        return Controle(code, Page.GRAPPE)
    services = [x.essms for x in releve.lignes if x.essms.categorie in heures.SERVICES]
    constats: list[Constat] = []
    for reponse, dit in ((None, _CONFORT_INCONNU), (True, _CONFORT)):
        vises = [e for e in services if e.part_confort is reponse]
        constats += groupe(Modele(code, *dit, regle.origine), vises, "part_confort")
    return Controle(code, Page.GRAPPE, tuple(constats))


def _plusieurs(releve: Releve) -> Controle:
    """One FINESS number for several structures: told by the text that tells the artificial splits."""
    regle = releve.campagne.eligibilite.decoupage_finess
    vises = [x.essms for x in releve.lignes if x.essms.plusieurs_structures]
    modele = Modele(
        _PLUSIEURS,
        Gravite.CONSEIL,
        "Un numéro FINESS regroupe plusieurs structures",
        "L’ARS peut moduler le montant quand un même numéro FINESS géographique réunit des structures distinctes.",
        "Dites dans la note de présentation quelles structures ce numéro réunit.",
        regle.origine,
    )
    return _controle(modele, vises if regle.valeur else (), "plusieurs_structures")


def _heures(releve: Releve) -> Controle:
    """The aid of a home service goes by its eligible hours; without them its forfait is a ceiling."""
    regle = releve.campagne.eligibilite.prorata_heures
    vises = [x.essms for x in releve.lignes if heures.concerne(x.essms, releve.campagne)]
    constats: list[Constat] = []
    fausses = [e for e in vises if heures.fausses(e)]
    constats += groupe(
        Modele(
            _HEURES,
            Gravite.A_FAIRE,
            "Les heures d’un service à domicile se contredisent",
            "Les heures d’aide aux actes essentiels sont une part de toutes ses heures.",
            "Corrigez l’un des deux nombres.",
            MAISON,
        ),
        fausses,
        "heures_eligibles",
    )
    sans = [e for e in vises if heures.part_eligible(e) is None and e not in fausses]
    constats += groupe(
        Modele(
            _HEURES,
            Gravite.A_FAIRE,
            "Les heures éligibles d’un service à domicile ne sont pas connues",
            "L’aide va au prorata des heures d’aide aux actes essentiels. Sans elles, le forfait de ce service est un plafond, à "
            "réduire.",
            "Saisissez ses heures d’aide aux actes essentiels et toutes ses heures, sur une année.",
            regle.origine,
        ),
        sans,
        "heures_eligibles",
    )
    return Controle(_HEURES, Page.GRAPPE, tuple(constats))
