"""The one kind of finding, and the examination that gathers them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from esms_desktop.campagnes.fondement import Fondement, provenance
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.nomenclature.vocabulaire import TypeProjet


class Gravite(StrEnum):
    """How much a finding weighs: it blocks the filing, it must be done, it is advised."""

    BLOQUANT = "bloquant"
    A_FAIRE = "a-faire"
    CONSEIL = "conseil"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {"bloquant": "Bloquant", "a-faire": "À faire", "conseil": "Conseil"}[self.value]

    @property
    def rang(self) -> int:
        """0 for the heaviest."""
        return list(Gravite).index(self)


class Page(StrEnum):
    """The pages a finding can send to, in the order of the kit; the rings of the sidebar group findings by page."""

    GRAPPE = "grappe"
    RECEVABILITE = "recevabilite"
    PREPARATION = "preparation"
    GOUVERNANCE = "gouvernance"
    DEPLOIEMENT = "deploiement"
    PLANNING = "planning"
    RISQUES = "risques"
    FINANCEMENT = "financement"
    DOCUMENTS = "documents"
    PIECES = "pieces"
    DEPOT = "depot"


@dataclass(frozen=True)
class Cible:
    """Where to go to fix a finding: a page, and the thing on it.

    Args:
        page: the page that holds the field.
        objet: table of the model ("dossier", "og", "essms", "solution", "vague", "cout", "tache", "risque"…), "piece", "point" (a check
            point of the preparation), "role" (who does what in the project) or "document"; empty for the page as a whole.
        id: key of the object; the number for a piece; None for the dossier, the page, or an object not created yet.
        champ: name of the model's field to put the cursor in; the code of a point, of a document or of a role; empty
            when there is none.
    """

    page: Page
    objet: str = ""
    id: int | None = None
    champ: str = ""

    def en_dict(self) -> dict[str, str | int | None]:
        """The target as JSON."""
        return {"page": self.page.value, "objet": self.objet, "id": self.id, "champ": self.champ}


@dataclass(frozen=True)
class Constat:
    """One finding: what is wrong or missing, why it matters, how to mend it, which text says so.

    `fondement`: what that text is worth in the campaign of the dossier (`fonder`); an advice until the campaign is known.
    `sur`: keys of all the rows it bears on, in the table its target names; empty when it bears on that target alone.
    `retard`: how many days late, when a day has passed.
    """

    code: str
    gravite: Gravite
    titre: str
    explication: str
    remede: str
    source: str
    cible: Cible
    preuve: str = ""
    fondement: Fondement = Fondement.CONSEIL
    sur: tuple[int, ...] = ()
    retard: int = 0

    def fonde(self, campagne: Campagne, type_projet: TypeProjet) -> "Constat":
        """The finding in a campaign: its ground is that of its source, and only a text of the campaign blocks."""
        fondement = campagne.fondement(self.source, type_projet)
        retenu = self.gravite is Gravite.BLOQUANT and fondement is not Fondement.TEXTE
        return replace(self, fondement=fondement, gravite=Gravite.A_FAIRE if retenu else self.gravite)

    @property
    def provenance(self) -> str:
        """Its source and what it is worth here, as the person reads them: « KIT § 4 · autre texte, à confirmer… »."""
        return provenance(self.source, self.fondement)

    def en_dict(self) -> dict[str, object]:
        """The finding as JSON, keys as the command line promises them."""
        return {
            "code": self.code,
            "gravite": self.gravite.value,
            "titre": self.titre,
            "explication": self.explication,
            "remede": self.remede,
            "source": self.source,
            "fondement": self.fondement.value,
            "cible": self.cible.en_dict(),
            "preuve": self.preuve,
        }


@dataclass(frozen=True)
class Controle:
    """One check that was made: its findings, or none when it is satisfied. The rings count checks, not findings."""

    code: str
    page: Page
    constats: tuple[Constat, ...] = ()

    @property
    def satisfait(self) -> bool:
        """True when nothing blocks and nothing is to be done; advice does not count against."""
        return all(c.gravite is Gravite.CONSEIL for c in self.constats)

    def fonde(self, campagne: Campagne, type_projet: TypeProjet) -> "Controle":
        """The check in a campaign, each of its findings on its ground."""
        if not self.constats:
            return self
        return replace(self, constats=tuple(c.fonde(campagne, type_projet) for c in self.constats))


@dataclass(frozen=True)
class Examen:
    """All the checks of a dossier on a given day. Every list, ring and count of the application reads this one.

    Args:
        acquis: codes of the checks that a dossier satisfies before anything is given: satisfied, they are no progress.
    """

    controles: tuple[Controle, ...] = field(default=())
    acquis: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Constat]:
        return iter(self.constats)

    @property
    def constats(self) -> list[Constat]:
        """Every finding once, the heaviest first, otherwise in the order of the checks: two of them may share one."""
        vus = dict.fromkeys(c for k in self.controles for c in k.constats)
        return sorted(vus, key=lambda c: c.gravite.rang)

    def de_page(self, page: Page) -> list[Constat]:
        """Findings to fix on `page`."""
        return [c for c in self.constats if c.cible.page is page]

    def nombre(self, gravite: Gravite) -> int:
        """How many findings of that weight."""
        return sum(1 for c in self.constats if c.gravite is gravite)

    def avancement(self, page: Page | None = None) -> tuple[int, int]:
        """(satisfied checks, all checks) of a page, or of the whole dossier; what emptiness satisfies is not counted.

        The whole leaves out the pieces, which are counted as pieces: a file that is attached says nothing of the rest.
        """
        vus = [
            k
            for k in self.controles
            if (k.page is page or (page is None and k.page is not Page.PIECES))
            and not (k.satisfait and k.code in self.acquis)
        ]
        return sum(k.satisfait for k in vus), len(vus)


def examen(controles: Iterable[Controle]) -> Examen:
    """Gathers checks into one examination."""
    return Examen(tuple(controles))
