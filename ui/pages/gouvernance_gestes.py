"""What the page Gouvernance does to the dossier: each function is one gesture, undone in one step."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from esms_desktop import model
from esms_desktop.francais import pluriel
from esms_desktop.lecture import Contact, Dossier, Essms, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from ui.models.gouvernance import LigneReferent, instances_a_proposer

if TYPE_CHECKING:
    from ui.contexte import Contexte


def proposer_instances(contexte: "Contexte", dossier: Dossier) -> int:
    """Adds the usual instances that are not there; says how many."""
    neuves = instances_a_proposer(dossier)
    if neuves and contexte.ajouter(*neuves, libelle="Proposer les instances habituelles"):
        return len(neuves)
    return 0


def propre(dossier: Dossier, essms: Essms) -> Contact | None:
    """The référent of that very structure."""
    return next(
        (c for c in dossier.contacts if c.role is RoleContact.REFERENT and c.essms_id == essms.id), None
    )


def ecrire_referent(contexte: "Contexte", ligne: LigneReferent, champs: dict[str, Any]) -> None:
    """Inside a gesture: names, changes or takes away the référent of a structure (an empty name takes them away)."""
    essms = ligne.essms
    contact = propre(essms.og.dossier, essms)
    if champs.get("nom") == "":
        if contact is not None:
            contexte.porte.retirer(contact, libelle="Retirer un référent")
    elif contact is not None:
        contexte.porte.modifier(contact, **champs)
    elif champs.get("nom"):
        neuf = model.Contact(
            dossier_id=essms.og.dossier_id,
            og_id=essms.og_id,
            essms_id=essms.id,
            role=RoleContact.REFERENT,
            **champs,
        )
        contexte.porte.ajouter(neuf, libelle="Désigner un référent")


def designer(contexte: "Contexte", lignes: Sequence[LigneReferent], champs: dict[str, Any]) -> int:
    """Gives the same référent to several structures; an empty name takes theirs away. Says how many changed."""
    nom = champs.get("nom", "")
    pour = pluriel(len(lignes), "structure")
    libelle = f"Désigner « {nom} » référent de {pour}" if nom else f"Retirer le référent de {pour}"

    def ecritures() -> None:
        for ligne in lignes:
            ecrire_referent(contexte, ligne, champs)

    return len(lignes) if contexte.faire(libelle, ecritures) else 0


def meme_dpo(contexte: "Contexte", dossier: Dossier, modele: Og) -> int:
    """Gives the DPO of one OG to all the others; says how many changed."""
    voulu = (modele.dpo_nom, modele.dpo_courriel)
    autres = [og for og in dossier.ogs if (og.dpo_nom, og.dpo_courriel) != voulu]
    if not autres:
        return 0

    def ecritures() -> None:
        for og in autres:
            contexte.porte.modifier(og, dpo_nom=modele.dpo_nom, dpo_courriel=modele.dpo_courriel)

    return (
        len(autres)
        if contexte.faire(f"Le même DPO pour {pluriel(len(autres), 'organisme')}", ecritures)
        else 0
    )
