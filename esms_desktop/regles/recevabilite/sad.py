"""Whether the project must buy through the SAD, and whether it may do otherwise (referentiel 01 § 6)."""

from collections.abc import Collection, Sequence

from esms_desktop.campagnes.fondement import lecture
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import de, que
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, StatutSolution, TypeProjet
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu

_SAD = Cible(Page.FINANCEMENT, "dossier", None, "sad")
_EXCEPTION = Cible(Page.FINANCEMENT, "dossier", None, "sad_exception")


def sad_obligatoire(campagne: Campagne, type_projet: TypeProjet) -> bool:
    """Whether the campaign makes the SAD compulsory for that type of project, exceptions aside."""
    return type_projet is TypeProjet.ACQUISITION and campagne.sad.obligatoire_acquisition.valeur


@fait
def controler_sad(dossier: Dossier, campagne: Campagne) -> Controle:
    """The check on the SAD: satisfied when it is used with a solution it holds, or when an exception is proved."""
    code = "sad.obligation"
    if not sad_obligatoire(campagne, dossier.type_projet):
        return Controle(code, Page.FINANCEMENT)
    constat = _par_sad(dossier, campagne) if dossier.sad is not False else _par_exception(dossier, campagne)
    return Controle(code, Page.FINANCEMENT, (constat,) if constat else ())


def _constat(
    campagne: Campagne, gravite: Gravite, titre: str, remede: str, cible: Cible, source: str = ""
) -> Constat:
    explication = (
        "En acquisition, le porteur passe par le système d’acquisition dynamique (SAD) du RESAH, sauf marché public en "
        "cours qui couvre le besoin, ou solution étrangère aux champs PA, PH et domicile."
    )
    return Constat(
        "sad.obligation",
        gravite,
        titre,
        explication,
        remede,
        source or campagne.sad.obligatoire_acquisition.origine,
        cible,
    )


def _par_sad(dossier: Dossier, campagne: Campagne) -> Constat | None:
    if dossier.sad is None:
        return _constat(
            campagne,
            Gravite.A_FAIRE,
            "Le recours au SAD n’est pas répondu",
            "Dites si le projet passe par le SAD du RESAH.",
            _SAD,
        )
    solution = dossier.solution
    if solution is None:
        return _constat(
            campagne,
            Gravite.A_FAIRE,
            "La solution à prendre dans le SAD n’est pas choisie",
            "Choisissez la solution que le projet retient.",
            Cible(Page.GRAPPE, "solution", None, "retenue"),
        )
    if solution.dans_sad:
        return None
    cible = Cible(Page.GRAPPE, "solution", solution.id, "dans_sad")
    if solution.dans_sad is None:
        return _constat(
            campagne,
            Gravite.A_FAIRE,
            f"La présence {de(solution.nom)} dans le SAD n’est pas renseignée",
            "Vérifiez auprès du RESAH que la solution est dans le SAD.",
            cible,
        )
    return _constat(
        campagne,
        Gravite.BLOQUANT,
        f"{solution.nom} n’est pas dans le SAD",
        "Retenez une solution du SAD, ou déclarez l’exception qui dispense le projet du SAD.",
        cible,
    )


def _par_exception(dossier: Dossier, campagne: Campagne) -> Constat | None:
    exception, regles = dossier.sad_exception, campagne.sad
    ouverte = {
        None: True,
        ExceptionSad.MARCHE_EN_COURS: regles.exception_marche.valeur,
        ExceptionSad.HORS_CHAMPS: regles.exception_hors_champs.valeur,
    }[exception]
    if exception is None or not ouverte:
        return _constat(
            campagne,
            Gravite.BLOQUANT if not ouverte else Gravite.A_FAIRE,
            "Hors du SAD, sans exception admise",
            "Dites quelle exception dispense le projet du SAD, ou passez par lui.",
            _EXCEPTION,
        )
    if exception is ExceptionSad.MARCHE_EN_COURS:
        return _marche(dossier, campagne)
    return _hors_champs(dossier, campagne)


def _marche(dossier: Dossier, campagne: Campagne) -> Constat | None:
    porteur, solution = dossier.porteur, dossier.solution
    id_porteur = porteur.id if porteur else None
    faits = (
        (
            porteur.commande_publique if porteur else None,
            "le porteur est soumis au code de la commande publique",
            Cible(Page.GRAPPE, "og", id_porteur, "commande_publique"),
        ),
        (
            porteur.marche_en_cours if porteur else None,
            "le porteur a un marché en cours qui couvre le besoin",
            Cible(Page.GRAPPE, "og", id_porteur, "marche_en_cours"),
        ),
        (
            _dans_sad_ou_referencee(dossier),
            "la solution est dans le SAD ou référencée Ségur",
            Cible(Page.GRAPPE, "solution", solution.id if solution else None, "statut"),
        ),
    )
    return _exiger(campagne, faits)


def _hors_champs(dossier: Dossier, campagne: Campagne) -> Constat | None:
    solution = dossier.solution
    champs = [champ_retenu(e) for e in dossier.essms]
    hors = _tous_hors(champs, campagne.sad.champs.valeur)
    statut = solution.statut if solution else None
    faits = (
        (hors, "aucun ESSMS du projet ne relève des champs PA, PH et domicile", Cible(Page.GRAPPE)),
        (
            None if statut is None else statut is StatutSolution.REFERENCEE,
            "la solution est référencée Ségur",
            Cible(Page.GRAPPE, "solution", solution.id if solution else None, "statut"),
        ),
    )
    # One ESSMS of another field does not open the exception: it is read on the whole grappe.
    return _exiger(campagne, faits, lecture(campagne.sad.exception_hors_champs.source))


def _tous_hors(champs: Sequence[Champ | None], dedies: Collection[str]) -> bool | None:
    if any(c is not None and c.value in dedies for c in champs):
        return False
    return None if not champs or None in champs else True


def _dans_sad_ou_referencee(dossier: Dossier) -> bool | None:
    solution = dossier.solution
    if solution is None:
        return None
    if solution.dans_sad or solution.statut is StatutSolution.REFERENCEE:
        return True
    return None if solution.dans_sad is None or solution.statut is None else False


def _exiger(
    campagne: Campagne, faits: tuple[tuple[bool | None, str, Cible], ...], source: str = ""
) -> Constat | None:
    """The first condition of an exception that fails, else the first that is not known."""
    for attendu, gravite, titre in (
        (False, Gravite.BLOQUANT, "L’exception au SAD ne tient pas"),
        (None, Gravite.A_FAIRE, "L’exception au SAD reste à prouver"),
    ):
        for reponse, condition, cible in faits:
            if reponse is attendu:
                remede = f"Vérifiez {que(condition)} ; à défaut, passez par le SAD."
                return _constat(campagne, gravite, titre, remede, cible, source)
    return None
