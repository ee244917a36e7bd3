"""What is done to who steers the project: its instances, the référents of its structures, the DPO of its OGs."""

from collections.abc import Mapping, Sequence
from typing import Any

from esms_desktop.francais import cle, pluriel
from esms_desktop.gestes.lignes import Neuve, dernier_rang, inscrire, saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Contact, Dossier, Essms, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.store.porte import Porte

# What a project of several OG usually sets up (referentiel 03 § 1): the committees, in our words.
HABITUELLES: tuple[dict[str, str], ...] = (
    {
        "nom": "Comité de pilotage",
        "role": "Fixe les orientations, arbitre le calendrier et le budget, valide chaque étape du projet et la "
        "répartition des moyens entre les organismes.",
        "composition": "La direction de chaque organisme, le chef de projet, le responsable du système d’information "
        "et, selon l’ordre du jour, l’éditeur et l’assistance à maîtrise d’ouvrage.",
        "frequence": "Tous les deux mois, et à chaque étape du projet",
    },
    {
        "nom": "Comité opérationnel",
        "role": "Prépare les décisions du comité de pilotage, suit l’avancement, les risques et les usages, lève les "
        "difficultés rencontrées dans les structures.",
        "composition": "Le chef de projet, les référents des structures, le responsable du traitement des données du "
        "dossier de l’usager, le délégué à la protection des données et l’éditeur.",
        "frequence": "Toutes les deux semaines",
    },
)


def instances_a_proposer(dossier: Dossier) -> list[Neuve]:
    """The usual instances the dossier does not have yet."""
    connues = {cle(i.nom) for i in dossier.instances}
    rang = dernier_rang(dossier.instances)
    neuves = [h for h in HABITUELLES if cle(h["nom"]) not in connues]
    return [
        Neuve("instance", {"dossier_id": dossier.id, "rang": rang + n, **h}) for n, h in enumerate(neuves)
    ]


@geste("gouvernance.proposer-instances", "Proposer les instances habituelles")
def proposer_instances(porte: Porte, dossier: Dossier) -> int:
    """Adds the usual instances that are not there; says how many."""
    neuves = instances_a_proposer(dossier)
    return len(inscrire(porte, *neuves, libelle="Proposer les instances habituelles")) if neuves else 0


def propre(dossier: Dossier, essms: Essms) -> Contact | None:
    """The référent of that very structure."""
    return next(
        (c for c in dossier.contacts if c.role is RoleContact.REFERENT and c.essms_id == essms.id), None
    )


def poser_referents(porte: Porte, modifs: Sequence[tuple[Essms, Mapping[str, Any]]], libelle: str) -> int:
    """Names, changes or takes away the référents of structures (an empty name takes them away); says of how many."""
    with porte.geste(libelle):
        for essms, champs in modifs:
            _poser(porte, essms, champs)
    return len(modifs)


def _poser(porte: Porte, essms: Essms, champs: Mapping[str, Any]) -> None:
    contact = propre(essms.og.dossier, essms)
    if champs.get("nom") == "":
        if contact is not None:
            porte.retirer(contact, libelle="Retirer un référent")
    elif contact is not None:
        porte.modifier(contact, **champs)
    elif champs.get("nom"):
        neuf = {
            "dossier_id": essms.og.dossier_id,
            "og_id": essms.og_id,
            "essms_id": essms.id,
            "role": RoleContact.REFERENT,
            **champs,
        }
        inscrire(porte, Neuve("contact", neuf), libelle="Désigner un référent")


@geste(
    "gouvernance.designer-referent",
    "Désigner le référent de plusieurs structures",
    "contact",
    sauf="og_id essms_id role",
)
def designer(porte: Porte, /, essms: Sequence[Essms], **champs: Any) -> int:
    """Gives the same référent to several structures; an empty name takes theirs away. Says how many changed."""
    nom = champs.get("nom", "")
    pour = pluriel(len(essms), "structure")
    libelle = f"Désigner « {nom} » référent de {pour}" if nom else f"Retirer le référent de {pour}"
    return poser_referents(porte, [(e, champs) for e in essms], libelle)


@geste(
    "gouvernance.meme-dpo",
    "Donner le même DPO à tous les organismes",
    modele="l’organisme dont on prend le DPO",
)
def meme_dpo(porte: Porte, modele: Og) -> int:
    """Gives the DPO of one OG to all the others; says how many changed."""
    voulu = {"dpo_nom": modele.dpo_nom, "dpo_courriel": modele.dpo_courriel}
    autres = [(og, voulu) for og in modele.dossier.ogs if {c: getattr(og, c) for c in voulu} != voulu]
    return (
        saisir_tous(porte, autres, f"Le même DPO pour {pluriel(len(autres), 'organisme')}") if autres else 0
    )
