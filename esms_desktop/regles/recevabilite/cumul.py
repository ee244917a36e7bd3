"""Whether a project may have both ESMS numérique and SONS (referentiel 01 § 2)."""

from dataclasses import dataclass

from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page


@dataclass(frozen=True)
class Cumul:
    """The answer: `possible` None when it depends on the version in place, which is not known."""

    possible: bool | None
    explication: str
    source: str
    fondement: Fondement


def cumul(campagne: Campagne, type_projet: TypeProjet, version_referencee: bool | None = None) -> Cumul:
    """Whether SONS adds to ESMS numérique.

    Args:
        campagne: that of the ESMS numérique project.
        type_projet: what the project asks for.
        version_referencee: in a mise en conformité, whether the version in place is already the referenced one, or a
            later one; None when not known.
    """
    regles = campagne.cumul
    if type_projet is TypeProjet.ACQUISITION:
        regle = regles.acquisition
        explication = (
            "Un projet d’acquisition peut aussi recevoir le SONS."
            if regle.valeur
            else "Un projet d’acquisition ne reçoit pas aussi le SONS : l’éditeur installe d’emblée la version référencée."
        )
        return Cumul(regle.valeur, explication, regle.origine, campagne.fondement(regle.origine, type_projet))
    avant, apres = regles.conformite_version_anterieure, regles.conformite_version_referencee
    if version_referencee is None and avant.valeur != apres.valeur:
        explication = (
            "Le SONS paie à l’éditeur la montée vers la version référencée ; il ne s’ajoute plus si cette version, ou une "
            "plus récente, est déjà installée."
        )
        return Cumul(None, explication, avant.origine, campagne.fondement(avant.origine, type_projet))
    regle = apres if version_referencee else avant
    explication = (
        "La prestation Ségur du SONS s’ajoute au financement des usages : sa commande passe par l’éditeur."
        if regle.valeur
        else "La version installée est déjà référencée : le SONS ne s’ajoute pas."
    )
    return Cumul(regle.valeur, explication, regle.origine, campagne.fondement(regle.origine, type_projet))


@fait
def controler_cumul(dossier: Dossier, campagne: Campagne) -> Controle:
    """Advice on SONS, for the projects the campaign pays itself."""
    code = "cumul.sons"
    if campagne.programme == "sons":
        return Controle(code, Page.FINANCEMENT, _reengagement(campagne, True))
    reponse = cumul(campagne, dossier.type_projet)
    if reponse.possible:
        titre, remede = "Le SONS peut s’ajouter", "Demandez à l’éditeur un bon de commande SONS."
    elif reponse.possible is False:
        titre, remede = "Pas de SONS en plus", "Ne signez pas de bon de commande SONS pour ce logiciel."
    else:
        titre, remede = (
            "SONS : selon la version installée",
            "Vérifiez la version installée dans chaque ESSMS.",
        )
    cible = Cible(Page.FINANCEMENT)
    constat = Constat(code, Gravite.CONSEIL, titre, reponse.explication, remede, reponse.source, cible)
    return Controle(code, Page.FINANCEMENT, (constat, *_reengagement(campagne, reponse.possible)))


def _reengagement(campagne: Campagne, possible: bool | None) -> tuple[Constat, ...]:
    """The éditeur may not tie the service SONS pays to a new commitment; said where SONS may come."""
    regle = campagne.cumul.sans_reengagement
    if not regle.valeur or possible is False:
        return ()
    return (
        Constat(
            "cumul.reengagement",
            Gravite.CONSEIL,
            "La prestation Ségur ne se paie pas d’un nouvel engagement",
            "L’éditeur ne peut pas subordonner la prestation payée par l’État à un réengagement contractuel de son client.",
            "Refusez une clause qui prolonge ou renouvelle votre contrat en échange de cette prestation.",
            regle.origine,
            Cible(Page.FINANCEMENT),
        ),
    )
