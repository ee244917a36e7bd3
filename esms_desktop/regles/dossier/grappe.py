"""Checks on the grappe: its OG, their identity, their representatives, their size (referentiel 01 § 1, 03 § 4)."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.numeros import defaut_finess, normaliser
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.faits import Modele, attendu
from esms_desktop.regles.financement.financement import est_petit
from esms_desktop.regles.recevabilite.eligibilite import Releve, relever
from esms_desktop.regles.recevabilite.points_grappe import defaut_siret_memo
from esms_desktop.regles.texte import net


@fait
def controler_og(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """Checks on the OG of the project, one finding for all the OG that share a fault."""
    releve = relever(dossier, campagne)
    membres = [og for og in releve.ogs if not og.est_porteur]
    ogs = list(releve.ogs)
    return (
        _presence(releve),
        _porteur(releve),
        _par_og(
            _pese(_SIRET, campagne),
            membres,
            "siret",
            lambda og: not net(og.siret) or bool(defaut_siret_memo(og.siret)),
        ),
        _par_og(
            _EJ, ogs, "finess_ej", lambda og: not net(og.finess_ej) or bool(defaut_finess(net(og.finess_ej)))
        ),
        _par_og(_SIREN, ogs, "siren", _siren_contredit),
        _doublons(ogs),
        _par_og(
            _pese(_REPRESENTANT, campagne), ogs, "representant_nom", lambda og: not net(og.representant_nom)
        ),
        _par_og(
            _pese(_QUALITE, campagne),
            ogs,
            "representant_qualite",
            lambda og: bool(net(og.representant_nom)) and not net(og.representant_qualite),
        ),
        _par_og(_pese(_SIEGE, campagne), ogs, "adresse", lambda og: not net(og.siege)),
        _par_og(_VIDE, ogs, "", lambda og: not og.essms),
        _taille(releve),
        _par_og(
            _TAILLE_FAUSSE,
            ogs,
            "nb_essms_total",
            lambda og: og.nb_essms_total is not None and og.nb_essms_total < len(og.essms),
        ),
    )


def _pese(modele: Modele, campagne: Campagne) -> Modele:
    """What the papers to sign need weighs where there are papers to sign."""
    return replace(modele, gravite=attendu(campagne))


_SIRET = Modele(
    "grappe.og-siret",
    Gravite.A_FAIRE,
    "Le SIRET d’un organisme membre manque ou est faux",
    "La convention et la lettre d’engagement identifient chaque organisme par son SIRET.",
    "Saisissez le SIRET du siège de chaque organisme.",
    MAISON,
)
_EJ = Modele(
    "grappe.og-finess-ej",
    Gravite.A_FAIRE,
    "Le numéro FINESS juridique d’un organisme manque ou est faux",
    "Il rattache les ESSMS à leur organisme, dans la note de présentation comme dans la convention.",
    "Saisissez le numéro FINESS de l’entité juridique, ou importez l’organisme depuis l’annuaire.",
    MAISON,
)
_SIREN = Modele(
    "grappe.og-siren",
    Gravite.A_FAIRE,
    "Le SIREN et le SIRET d’un organisme se contredisent",
    "Les neuf premiers chiffres du SIRET sont le SIREN.",
    "Corrigez celui des deux numéros qui est faux.",
    MAISON,
)
_REPRESENTANT = Modele(
    "grappe.og-representant",
    Gravite.A_FAIRE,
    "Un organisme n’a pas de représentant",
    "La convention et la lettre d’engagement sont signées par le représentant de chaque organisme.",
    "Saisissez le nom et la qualité du signataire.",
    MAISON,
)
_QUALITE = Modele(
    "grappe.og-qualite",
    Gravite.A_FAIRE,
    "La qualité d’un signataire n’est pas renseignée",
    "Le signataire agit au titre de sa fonction : la convention la nomme.",
    "Saisissez la qualité du signataire : président, directrice générale…",
    MAISON,
)
_SIEGE = Modele(
    "grappe.og-siege",
    Gravite.A_FAIRE,
    "L’adresse du siège d’un organisme manque",
    "La convention situe chaque partie par l’adresse de son siège.",
    "Saisissez l’adresse du siège.",
    MAISON,
)
_VIDE = Modele(
    "grappe.og-sans-essms",
    Gravite.CONSEIL,
    "Un organisme n’apporte aucun ESSMS",
    "Les financements se comptent par ESSMS : un organisme sans ESSMS signe sans rien recevoir.",
    "Ajoutez ses ESSMS, ou retirez l’organisme de la grappe.",
    MAISON,
)
_TAILLE_FAUSSE = Modele(
    "grappe.og-taille-contredite",
    Gravite.A_FAIRE,
    "Un organisme a plus d’ESSMS dans le projet qu’il n’en déclare",
    "Le nombre total d’ESSMS d’un organisme comprend ceux du projet.",
    "Corrigez le nombre total d’ESSMS de l’organisme.",
    MAISON,
)


def _par_og(modele: Modele, ogs: Sequence[Og], champ: str, defaut: Callable[[Og], bool]) -> Controle:
    trouves = [og for og in ogs if defaut(og)]
    return Controle(modele.code, Page.GRAPPE, _constat_og(modele, trouves, champ))


def _constat_og(modele: Modele, ogs: Sequence[Og], champ: str) -> tuple[Constat, ...]:
    if not ogs:
        return ()
    preuve = f"{francais.pluriel(len(ogs), 'organisme')} : {francais.resumer([og.nom_court for og in ogs])}"
    return (modele.constat(Cible(Page.GRAPPE, "og", ogs[0].id, champ), preuve, ogs),)


def _siren_contredit(og: Og) -> bool:
    siren, siret = normaliser(net(og.siren)), normaliser(net(og.siret))
    return bool(siren and siret) and not siret.startswith(siren)


def _presence(releve: Releve) -> Controle:
    code = "grappe.essms"
    if releve.lignes:
        return Controle(code, Page.GRAPPE)
    constat = Constat(
        code,
        Gravite.BLOQUANT,
        "Le projet n’a aucun ESSMS",
        "Tout part de la liste des ESSMS : l’éligibilité, l’orientation, les montants et les pièces.",
        "Importez les organismes et leurs ESSMS depuis FINESS, ou ajoutez-les à la main.",
        releve.campagne.taille.minimum.origine,
        Cible(Page.GRAPPE),
    )
    return Controle(code, Page.GRAPPE, (constat,))


def _porteur(releve: Releve) -> Controle:
    code = "grappe.porteur"
    porteurs = [og for og in releve.ogs if og.est_porteur]
    orientation = releve.campagne.orientation
    # Where each ESSMS orders for itself, nobody files for the others.
    if len(porteurs) == 1 or orientation.maille.valeur == "essms":
        return Controle(code, Page.GRAPPE)
    modele = Modele(
        code,
        Gravite.BLOQUANT,
        "Le projet a plusieurs porteurs" if porteurs else "Le projet n’a pas de porteur",
        "Un seul organisme dépose la demande et signe la convention avec l’ARS.",
        "Désignez l’organisme porteur, et un seul.",
        orientation.ars_de_depot.origine,
    )
    if porteurs:
        return Controle(code, Page.GRAPPE, _constat_og(modele, porteurs, "est_porteur"))
    return Controle(code, Page.GRAPPE, (modele.constat(Cible(Page.GRAPPE)),))


def _doublons(ogs: list[Og]) -> Controle:
    code = "grappe.og-doublon"
    vus: set[str] = set()
    doubles = []
    for og in ogs:
        numeros = {n for n in (normaliser(net(og.finess_ej)), normaliser(net(og.siren))) if n}
        if numeros & vus:
            doubles.append(og)
        vus |= numeros
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        "Un organisme est présent deux fois",
        "Deux organismes du projet portent le même numéro FINESS juridique ou le même SIREN.",
        "Retirez le doublon, ou corrigez le numéro.",
        MAISON,
    )
    return Controle(code, Page.GRAPPE, _constat_og(modele, doubles, "finess_ej"))


def _taille(releve: Releve) -> Controle:
    """An OG whose size is unknown counts as not small: money may be missed."""
    code = "grappe.og-taille"
    campagne = releve.campagne
    bareme = campagne.financement.bareme(releve.dossier.type_projet)
    montants = (bareme.equipement_euros, bareme.amoa_marche_euros, bareme.pilotage_euros)
    if not any(m.valeur for m in montants):
        return Controle(code, Page.GRAPPE)
    inconnus = [og for og in releve.ogs if est_petit(og, campagne) is None]
    seuil = campagne.taille.petit_og_sous
    modele = Modele(
        code,
        Gravite.A_FAIRE,
        "La taille d’un organisme n’est pas connue",
        f"Un organisme de moins de {francais.pluriel(seuil.valeur, 'ESSMS')} en tout ouvre droit à des aides. Sans ce nombre, "
        "l’application ne les compte pas : de l’argent peut manquer au plan.",
        "Saisissez le nombre total d’ESSMS de l’organisme, dans le projet et en dehors.",
        seuil.origine,
    )
    return Controle(code, Page.GRAPPE, _constat_og(modele, inconnus, "nb_essms_total"))
