"""What to do now, what comes after, what is late: the findings as acts, in the order of the kit, prerequisites first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from esms_desktop import francais
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import EtatDossier
from esms_desktop.regles.constats import Cible, Constat, Examen, Gravite, Page
from esms_desktop.regles.dossier import gestes
from esms_desktop.regles.dossier.pieces import CONVENTION, LETTRES

TITRES = {
    Page.GRAPPE: "La grappe",
    Page.RECEVABILITE: "La recevabilité",
    Page.PREPARATION: "La préparation",
    Page.GOUVERNANCE: "La gouvernance",
    Page.DEPLOIEMENT: "Le déploiement",
    Page.PLANNING: "Le planning",
    Page.RISQUES: "Les risques",
    Page.FINANCEMENT: "Le financement",
    Page.DOCUMENTS: "Les documents",
    Page.PIECES: "Les pièces",
    Page.DEPOT: "Le dépôt",
}
# Within a step: who the OG are before what they declare, the ESSMS before the solution they use.
_OBJETS = ("", "og", "essms", "solution", "dossier")
# What a paper to sign rests on: nobody signs for an organisation whose number and representative are not known.
_SIGNATURES = {f"pieces.piece-{CONVENTION}": "convention", f"pieces.piece-{LETTRES}": "lettre-engagement"}
_IDENTITE = frozenset(
    (
        "grappe.essms",
        "grappe.porteur",
        "grappe.og-siret",
        "grappe.og-representant",
        "grappe.og-qualite",
        "grappe.og-siege",
        "recevabilite.point-4",
    )
)
# Rows that are never looked at one by one: an act bears on the whole list.
_LISTES = frozenset(("og", "essms"))


class Part(NamedTuple):
    """An OG an act concerns: its name, and how many of its ESSMS (0: the OG itself)."""

    og: str
    essms: int


@dataclass(frozen=True)
class Acte:
    """One thing to do.

    Args:
        etape: the step of the kit it belongs to.
        phrase: the act, as a button says it.
        pourquoi: why it matters.
        constats: what it settles, the heaviest first.
        parts: the OG it concerns, in the order of the grappe.
        attend: the act that has to come before; empty when it can be done now.
    """

    etape: Page
    phrase: str
    pourquoi: str
    cible: Cible
    constats: tuple[Constat, ...]
    parts: tuple[Part, ...] = ()
    attend: str = ""

    @property
    def gravite(self) -> Gravite:
        """The weight of the heaviest finding."""
        return self.constats[0].gravite if self.constats else Gravite.A_FAIRE

    @property
    def detail(self) -> str:
        """Which OG, and how many ESSMS of each."""
        dits = [f"{p.og} ({francais.pluriel(p.essms, 'ESSMS')})" if p.essms else p.og for p in self.parts]
        return francais.resumer(dits, 6)

    def en_dict(self) -> dict[str, object]:
        """The act as JSON."""
        return {
            "etape": self.etape.value,
            "acte": self.phrase,
            "pourquoi": self.pourquoi,
            "gravite": self.gravite.value,
            "cible": self.cible.en_dict(),
            "organismes": [{"nom": p.og, "essms": p.essms} for p in self.parts],
            "attend": self.attend,
            "constats": list(dict.fromkeys(c.code for c in self.constats)),
        }


@dataclass(frozen=True)
class Demarche:
    """What is late, what to do in order, and what is only advised."""

    retards: tuple[Constat, ...]
    actes: tuple[Acte, ...]
    conseils: tuple[Acte, ...]

    @property
    def prochain(self) -> Acte | None:
        """The one thing to do now; None when nothing is left."""
        return next((a for a in self.actes if not a.attend), None)

    @property
    def ensuite(self) -> tuple[Acte, ...]:
        """All the others, in order."""
        return tuple(a for a in self.actes if a is not self.prochain)


def demarche(dossier: Dossier, examen: Examen, a_deposer: bool = True) -> Demarche:
    """The findings of a dossier as acts.

    Args:
        a_deposer: whether the campaign waits for pieces, and so for a filing once nothing is left to do.
    """
    retards = tuple(c for c in examen.constats if c.retard and c.code in _CALENDRIER)
    tous = [c for c in examen.constats if c not in retards]
    actes = _actes(dossier, [c for c in tous if c.gravite is not Gravite.CONSEIL])
    actes = [_retenu(a, actes) for a in actes]
    if not actes and a_deposer and dossier.etat in (EtatDossier.PREPARATION, EtatDossier.COMPLET):
        actes = [_DEPOSER]
    return Demarche(retards, tuple(actes), tuple(_actes(dossier, [c for c in tous if c not in _de(actes)])))


# A day that nobody can bring back: told before all, and over what is to be done.
_CALENDRIER = frozenset(("calendrier.fenetre", "calendrier.passees", "calendrier.complements"))
_DEPOSER = Acte(
    Page.DEPOT,
    "Produire le dossier à déposer",
    "Plus rien ne manque : le PDF réuni, un fichier par pièce et l’archive peuvent être écrits et relus.",
    Cible(Page.DEPOT),
    (),
)


def _de(actes: Iterable[Acte]) -> frozenset[Constat]:
    return frozenset(c for a in actes for c in a.constats)


def etape(constat: Constat) -> Page:
    """The step of the kit a finding belongs to."""
    famille = constat.code.partition(".")[0]
    cible = constat.cible
    if famille == "documents":
        return Page.DOCUMENTS
    if famille == "recevabilite" and cible.page is Page.GRAPPE and cible.objet in ("essms", "solution"):
        return Page.RECEVABILITE
    return cible.page


def _actes(dossier: Dossier, constats: Iterable[Constat]) -> list[Acte]:
    """Findings that aim at one field are one act, whatever rule asks for it."""
    groupes: dict[tuple[object, ...], list[Constat]] = {}
    for constat in constats:
        groupes.setdefault(_cle(constat), []).append(constat)
    actes = [_acte(dossier, liste) for liste in groupes.values()]
    pages = list(Page)
    return sorted(actes, key=lambda a: (pages.index(a.etape), _rang(a.cible.objet), a.gravite.rang))


def _cle(constat: Constat) -> tuple[object, ...]:
    cible = constat.cible
    if not cible.champ or constat.code.startswith("documents."):
        return (constat.code,)
    unique = None if cible.objet in _LISTES else cible.id
    return (cible.page, cible.objet, unique, cible.champ)


def _rang(objet: str) -> int:
    return _OBJETS.index(objet) if objet in _OBJETS else len(_OBJETS)


def _acte(dossier: Dossier, constats: list[Constat]) -> Acte:
    premier = constats[0]
    cles = list(dict.fromkeys(cle for c in constats for cle in _vises(c)))
    parts = _parts(dossier, premier.cible.objet, frozenset(cles))
    cible = premier.cible
    if premiere := _premiere(dossier, cible.objet, frozenset(cles)):
        cible = replace(cible, id=premiere)
    return Acte(
        min((etape(c) for c in constats), key=list(Page).index),
        gestes.phrase(constats, len(cles)),
        " ".join(dict.fromkeys(c.explication for c in constats if c.explication)),
        cible,
        tuple(constats),
        parts,
    )


def _premiere(dossier: Dossier, objet: str, cles: frozenset[int]) -> int | None:
    """The first of these OG or ESSMS in the order of the grappe."""
    if objet == "og":
        return next((og.id for og in dossier.ogs if og.id in cles), None)
    return next((e.id for e in dossier.essms if e.id in cles), None) if objet == "essms" else None


def _vises(constat: Constat) -> tuple[int, ...]:
    cible = constat.cible
    return constat.sur or ((cible.id,) if cible.id is not None and cible.objet in _LISTES else ())


def _parts(dossier: Dossier, objet: str, cles: frozenset[int]) -> tuple[Part, ...]:
    if objet == "og":
        return tuple(Part(og.nom_court, 0) for og in dossier.ogs if og.id in cles)
    if objet != "essms":
        return ()
    comptes = ((og.nom_court, sum(e.id in cles for e in og.essms)) for og in dossier.ogs)
    return tuple(Part(nom, n) for nom, n in comptes if n)


def _retenu(acte: Acte, actes: list[Acte]) -> Acte:
    """A paper to sign waits for who signs it, then for its own gaps."""
    document = _SIGNATURES.get(acte.constats[0].code) if acte.constats else None
    if document is None:
        return acte
    avant = [
        a for a in actes if any(c.code in _IDENTITE or c.code == f"documents.{document}" for c in a.constats)
    ]
    if not avant:
        return acte
    return replace(acte, attend=avant[0].phrase)
