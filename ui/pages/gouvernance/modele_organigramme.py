"""The organisation chart of a project: its boxes level by level, and the same in words."""

from dataclasses import dataclass

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import Contact, Dossier, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.dossier.equipe import amoa, delegue, referents_og, sans_referent
from ui.pages.gouvernance.modele import A_DESIGNER

# Who works for the whole project, beside the head of project.
_APPUIS = (
    RoleContact.RSI,
    RoleContact.DPO,
    RoleContact.RESPONSABLE_DUI,
    RoleContact.FORMATEUR,
    RoleContact.EDITEUR,
)
_NOMS_MONTRES = 4


@dataclass(frozen=True)
class Boite:
    """A box. `manque`: something is still to be named in it."""

    titre: str
    lignes: tuple[str, ...] = ()
    manque: bool = False


@dataclass(frozen=True)
class Niveau:
    """Boxes side by side. `nom`: what they are, for those who read."""

    nom: str
    boites: tuple[Boite, ...]


def niveaux(dossier: Dossier) -> tuple[Niveau, ...]:
    """The levels of the chart, the highest first; a level without a box is left out."""
    sans = {e.id for e in sans_referent(dossier)}
    tous = (
        Niveau(
            "Instances", tuple(Boite(i.nom, (i.frequence,) if i.frequence else ()) for i in dossier.instances)
        ),
        Niveau("Conduite du projet", (_chef(dossier), *_appuis(dossier))),
        Niveau("Organismes", tuple(_organisme(dossier, og, sans) for og in dossier.ogs)),
    )
    return tuple(n for n in tous if n.boites)


def en_mots(dossier: Dossier) -> tuple[str, ...]:
    """The chart as sentences, one per box, under the name of each level."""
    lignes: list[str] = []
    for niveau in niveaux(dossier):
        for boite in niveau.boites:
            suite = f"{NBSP}: {' ; '.join(boite.lignes)}" if boite.lignes else ""
            lignes.append(f"{niveau.nom} — {boite.titre}{suite}.")
    return tuple(lignes)


def _personne(contact: Contact) -> str:
    temps = f" ({contact.part_temps_pour_cent}{NBSP}%)" if contact.part_temps_pour_cent else ""
    return f"{contact.nom}{temps}"


def _de(dossier: Dossier, role: RoleContact, og: Og | None = None) -> list[Contact]:
    return [
        c
        for c in dossier.contacts
        if c.role is role and c.essms_id is None and (og is None or c.og_id == og.id)
    ]


def _chef(dossier: Dossier) -> Boite:
    chefs = _de(dossier, RoleContact.CHEF_DE_PROJET)
    lignes = tuple(_personne(c) for c in chefs)
    return Boite("Chef de projet", lignes or (A_DESIGNER,), not chefs)


def _appuis(dossier: Dossier) -> tuple[Boite, ...]:
    boites = []
    for role in _APPUIS:
        gens = _de(dossier, role)
        if gens:
            boites.append(Boite(role.libelle, tuple(_personne(c) for c in gens)))
    noms = amoa(dossier)
    if noms or dossier.amoa:
        boites.append(Boite(RoleContact.AMOA.libelle, noms or (A_DESIGNER,), not noms))
    return tuple(boites)


def _organisme(dossier: Dossier, og: Og, sans: set[int]) -> Boite:
    titre = f"{og.nom_court} (porteur)" if og.est_porteur else og.nom_court
    lignes = [f"Direction{NBSP}: {_personne(c)}" for c in _de(dossier, RoleContact.DIRECTION, og)]
    noms = list(dict.fromkeys(c.nom for c in referents_og(dossier, og)))
    absents = sum(e.id in sans for e in og.essms)
    if noms:
        reste = len(noms) - _NOMS_MONTRES
        suite = f" et {pluriel(reste, 'autre')}" if reste > 0 else ""
        lignes.append(f"Référents{NBSP}: {', '.join(noms[:_NOMS_MONTRES])}{suite}")
    if absents:
        lignes.append(f"{pluriel(absents, 'référent')} à désigner")
    dpo = delegue(og).nom
    lignes.append(f"DPO{NBSP}: {dpo or 'à désigner'}")
    lignes.append(pluriel(len(og.essms), "ESSMS", "ESSMS"))
    return Boite(titre, tuple(lignes), bool(absents) or not dpo)
