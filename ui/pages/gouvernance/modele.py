"""What the page Gouvernance lists: the team, the instances, the référent of each structure, the DPO of each OG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP
from esms_desktop.lecture import Contact, Dossier, Essms, Instance, Og
from esms_desktop.nomenclature.champs import bulle_de, entete_de
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import Relais, delegue, relais
from ui.models import saisie, valeurs
from ui.models.fiches import Options
from ui.models.saisie import ColonneSaisie

A_DESIGNER = "À désigner"
SOURCE = "Kit ESMS numérique 2023, § 3"


# -- the team --------------------------------------------------------------------------------------------------


def est_referent_de_structure(contact: Contact) -> bool:
    """True for the référent of one ESSMS: shown with the structures, not with the team."""
    return contact.role is RoleContact.REFERENT and contact.essms_id is not None


def equipe(dossier: Dossier) -> list[Contact]:
    """The people of the project, référents of one structure aside."""
    return [c for c in dossier.contacts if not est_referent_de_structure(c)]


def nom_og(dossier: Dossier, og_id: int | None) -> str:
    """The acronym or the name of an OG of the dossier, empty when there is none."""
    return next((og.nom_court for og in dossier.ogs if og.id == og_id), "")


def _og(contact: Contact) -> str:
    return nom_og(contact.dossier, contact.og_id)


def _structure(contact: Contact) -> str:
    return next((e.nom for e in contact.dossier.essms if e.id == contact.essms_id), "")


def organismes(dossier: Dossier) -> Options:
    """The OG of the dossier, as a list offers them."""
    return ((None, "Hors de la grappe"), *((og.id, og.nom_court) for og in dossier.ogs))


def structures(dossier: Dossier) -> Options:
    """The ESSMS of the dossier, as a list offers them."""
    return ((None, "Tout le projet"), *((e.id, e.nom) for e in dossier.essms))


COLONNES_EQUIPE: tuple[ColonneSaisie[Contact], ...] = (
    ColonneSaisie(
        entete_de("contact.nom"), lambda c: c.nom, lire=saisie.ligne_obligatoire("nom"), obligatoire=True
    ),
    ColonneSaisie(entete_de("contact.role"), lambda c: c.role.libelle, lire=saisie.role("role")),
    ColonneSaisie(entete_de("contact.fonction"), lambda c: c.fonction, lire=saisie.ligne("fonction")),
    ColonneSaisie(entete_de("contact.og_id"), _og, lire=saisie.organisme("og_id"), second=_structure),
    ColonneSaisie(
        entete_de("contact.part_temps_pour_cent"),
        lambda c: "" if c.part_temps_pour_cent is None else f"{c.part_temps_pour_cent}{NBSP}%",
        tri=lambda c: -1 if c.part_temps_pour_cent is None else c.part_temps_pour_cent,
        a_droite=True,
        bulle=lambda _: bulle_de("contact.part_temps_pour_cent"),
        brut=lambda c: saisie.texte_entier(c.part_temps_pour_cent),
        lire=saisie.entier("part_temps_pour_cent", 100),
    ),
    ColonneSaisie(entete_de("contact.telephone"), lambda c: c.telephone, lire=saisie.ligne("telephone", 40)),
    ColonneSaisie(entete_de("contact.courriel"), lambda c: c.courriel, lire=saisie.ligne("courriel")),
)

# -- the instances ---------------------------------------------------------------------------------------------

COLONNES_INSTANCES: tuple[ColonneSaisie[Instance], ...] = (
    ColonneSaisie(
        entete_de("instance.nom"), lambda i: i.nom, lire=saisie.ligne_obligatoire("nom"), obligatoire=True
    ),
    ColonneSaisie(entete_de("instance.role"), lambda i: i.role, lire=saisie.long_texte("role")),
    ColonneSaisie(
        entete_de("instance.composition"), lambda i: i.composition, lire=saisie.long_texte("composition")
    ),
    ColonneSaisie(entete_de("instance.frequence"), lambda i: i.frequence, lire=saisie.ligne("frequence")),
)


def rang_suivant(objets: Sequence[Any]) -> int:
    """The rank after the last one."""
    return max((o.rang for o in objets), default=-1) + 1


# -- the référents ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LigneReferent:
    """An ESSMS and who stands for it. `portee`: why, when it is not a référent of its own."""

    essms: Essms
    contact: Contact | None
    portee: str = ""

    @property
    def id(self) -> int:
        """The key of the ESSMS."""
        return self.essms.id

    @property
    def propre(self) -> Contact | None:
        """The référent of that very structure."""
        return None if self.portee else self.contact


def referents(dossier: Dossier) -> list[LigneReferent]:
    """Every ESSMS with its first référent."""
    return [_ligne_referent(r) for r in relais(dossier)]


def _ligne_referent(r: Relais) -> LigneReferent:
    contact = next(iter(r.referents), None)
    if contact is None or contact.essms_id is None:
        return LigneReferent(r.essms, contact, "Pour tout l’organisme" if contact else "")
    if contact.role is RoleContact.RESPONSABLE_DUI:
        return LigneReferent(r.essms, contact, contact.role.libelle)
    return LigneReferent(r.essms, contact)


def lire_referent(texte: str, _: Dossier) -> dict[str, object]:
    """The name typed for a structure; an empty one takes its référent away."""
    return {"nom": valeurs.texte(texte, 200)}


def _fonction(texte: str, _: Dossier) -> dict[str, object]:
    return {"fonction": valeurs.texte(texte, 200)}


COLONNES_REFERENTS: tuple[ColonneSaisie[LigneReferent], ...] = (
    ColonneSaisie("ESSMS", lambda r: r.essms.nom, second=lambda r: r.essms.commune, repere=True),
    ColonneSaisie("Organisme", lambda r: r.essms.og.nom_court, repere=True),
    ColonneSaisie(
        "Référent",
        lambda r: r.contact.nom if r.contact else A_DESIGNER,
        badge=lambda r: None if r.contact else "warn",
        second=lambda r: r.portee,
        brut=lambda r: r.propre.nom if r.propre else "",
        lire=lire_referent,
    ),
    ColonneSaisie(
        entete_de("contact.fonction"),
        lambda r: r.contact.fonction if r.contact else "",
        brut=lambda r: r.propre.fonction if r.propre else "",
        lire=_fonction,
    ),
    ColonneSaisie(entete_de("contact.courriel"), lambda r: r.contact.courriel if r.contact else ""),
)


@dataclass(frozen=True)
class Personne:
    """Someone the dossier already knows, as a référent to be."""

    nom: str
    fonction: str
    telephone: str
    courriel: str


def personnes(dossier: Dossier) -> list[Personne]:
    """The people of the dossier, each once by name."""
    connues: dict[str, Personne] = {}
    for c in dossier.contacts:
        connues.setdefault(francais.cle(c.nom), Personne(c.nom, c.fonction, c.telephone, c.courriel))
    return sorted(connues.values(), key=lambda p: francais.cle(p.nom))


# -- the DPO ---------------------------------------------------------------------------------------------------


def _dpo(texte: str, _: Dossier) -> dict[str, object]:
    return {"dpo_nom": valeurs.texte(texte, 200)}


def _courriel(texte: str, _: Dossier) -> dict[str, object]:
    propre = valeurs.texte(texte, 200)
    if propre and "@" not in propre:
        raise ErreurSaisie("une adresse de courriel est attendue")
    return {"dpo_courriel": propre}


COLONNES_DPO: tuple[ColonneSaisie[Og], ...] = (
    ColonneSaisie("Organisme", lambda og: og.nom_court),
    ColonneSaisie(
        entete_de("og.dpo_nom"),
        lambda og: delegue(og).nom or A_DESIGNER,
        badge=lambda og: None if delegue(og).nom else "warn",
        second=lambda og: "Désigné dans l’équipe" if delegue(og).contact else "",
        bulle=lambda _: "Délégué à la protection des données",
        brut=lambda og: og.dpo_nom,
        lire=_dpo,
    ),
    ColonneSaisie(
        entete_de("contact.courriel"),
        lambda og: delegue(og).courriel,
        brut=lambda og: og.dpo_courriel,
        lire=_courriel,
    ),
)
