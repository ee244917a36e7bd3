"""Who does what in the project: one answer for the rules, the documents, the pages and the filing (referentiel 03 §§ 1 and 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from esms_desktop.lecture import Contact, Dossier, Essms, Og
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.texte import net


def personnes(dossier: Dossier, role: RoleContact) -> list[Contact]:
    """The people of that role, in the order of the team."""
    return [c for c in dossier.contacts if c.role is role]


def premiere(dossier: Dossier, role: RoleContact) -> Contact | None:
    """The first person of that role: the one a sentence names. None when nobody is."""
    return next(iter(personnes(dossier, role)), None)


@dataclass(frozen=True)
class Delegue:
    """The DPO of an OG. `nom` empty: none; `contact`: the person of the team it is, None when its own identity names it."""

    nom: str
    courriel: str
    contact: Contact | None = None


def delegue(og: Og) -> Delegue:
    """The DPO of an OG: the one its identity names, else the one the team has for it."""
    nom, courriel = net(og.dpo_nom), net(og.dpo_courriel)
    if nom:
        return Delegue(nom, courriel)
    for c in personnes(og.dossier, RoleContact.DPO):
        if c.og_id is not None and c.og_id == og.id and net(c.nom):
            return Delegue(net(c.nom), courriel or net(c.courriel), c)
    return Delegue("", courriel)


def sans_dpo(dossier: Dossier) -> list[Og]:
    """The OG that have no DPO."""
    return [og for og in dossier.ogs if not delegue(og).nom]


def amoa(dossier: Dossier) -> tuple[str, ...]:
    """Who helps the owner of the project, by name; empty when nobody is named, or when the project does without."""
    if dossier.amoa is False:
        return ()
    noms = (net(dossier.amoa_nom), *(net(c.nom) for c in personnes(dossier, RoleContact.AMOA)))
    return tuple(dict.fromkeys(nom for nom in noms if nom))


@dataclass(frozen=True)
class Relais:
    """Who stands for a structure.

    Args:
        referents: its own; else its responsable du traitement DUI; else those of its OG.
        responsables: those of the treatment of the DUI: its own, else those of its OG, else those of the whole project.
        propres: whether someone was named for this very structure.
    """

    essms: Essms
    referents: tuple[Contact, ...]
    responsables: tuple[Contact, ...]
    propres: bool


class Equipe:
    """The people who stand for structures, sorted once for all the structures of a dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._referents: dict[tuple[str, int | None], list[Contact]] = {}
        self._responsables: dict[tuple[str, int | None], list[Contact]] = {}
        for c in dossier.contacts:
            if c.role is RoleContact.REFERENT:
                self._referents.setdefault(_portee(c), []).append(c)
            elif c.role is RoleContact.RESPONSABLE_DUI:
                self._responsables.setdefault(_portee(c), []).append(c)

    def relais(self, essms: Essms, og: Og) -> Relais:
        """Who stands for a structure of `og`. A responsable du traitement DUI is one of the référents (KIT § 3)."""
        referents = self._referents.get(("essms", essms.id), [])
        responsables = self._responsables.get(("essms", essms.id), [])
        de_l_og = self.de_l_og(og)
        return Relais(
            essms,
            tuple(referents or responsables) or de_l_og[0],
            tuple(responsables) or de_l_og[1],
            bool(referents or responsables),
        )

    def de_l_og(self, og: Og) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
        """(référents, responsables du traitement DUI) of the structures of an OG for which nobody else was named."""
        responsables = self._responsables.get(("og", og.id)) or self._responsables.get(("projet", None), [])
        return tuple(self._referents.get(("og", og.id), [])), tuple(responsables)


def _portee(c: Contact) -> tuple[str, int | None]:
    """What someone stands for: a structure, an OG, the whole project."""
    if c.essms_id is not None:
        return "essms", c.essms_id
    return ("og", c.og_id) if c.og_id is not None else ("projet", None)


def relais(dossier: Dossier) -> list[Relais]:
    """Who stands for each structure, in the order of the grappe."""
    equipe = Equipe(dossier)
    return [equipe.relais(e, og) for og in dossier.ogs for e in og.essms]


def sans_referent(dossier: Dossier) -> list[Essms]:
    """The structures nobody stands for."""
    return [r.essms for r in relais(dossier) if not r.referents]


def sans_responsable_dui(dossier: Dossier) -> list[Essms]:
    """The structures where nobody answers for the treatment of the DUI."""
    return [r.essms for r in relais(dossier) if not r.responsables]


def referents_og(dossier: Dossier, og: Og) -> list[Contact]:
    """All those who stand for an OG or one of its structures, each once, in the order of the team."""
    equipe = Equipe(dossier)
    siens = set(_ids(equipe.de_l_og(og)[0]))
    for essms in og.essms:
        siens.update(_ids(equipe.relais(essms, og).referents))
    return [c for c in dossier.contacts if id(c) in siens]


def _ids(contacts: Iterable[Contact]) -> Iterable[int]:
    # Objects not saved yet have no key.
    return (id(c) for c in contacts)
