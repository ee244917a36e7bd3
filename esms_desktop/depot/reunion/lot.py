"""What will be filed, before it is bound: the pieces with their parts, and where each of them waits on the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate

from pikepdf import Array, Name, OutlineItem, Pdf

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.depot.fichiers.disque import Ecrit
from esms_desktop.depot.fichiers.objets_pdf import Signet
from esms_desktop.depot.reunion import numerotation
from esms_desktop.errors import ErreurDepot
from esms_desktop.regles.constats import Cible, Constat, Gravite, Page
from esms_desktop.regles.dossier.pieces import EtatPiece

A_COMPLETER = "Document à compléter"
NON_SIGNE = "Modèle non signé : le document signé reste à joindre."


class ErreurConformite(ErreurDepot):
    """Pages of somebody else's are damaged deeper than the structure of their file."""


@dataclass(frozen=True)
class Source:
    """An attached file, as it was given.

    Args:
        chemin_archive: where its bytes are in the ZIP: `originaux/…`, or `pieces/…` when the piece is that very file.
        fichier: its bytes, unchanged; the file of the piece itself when the piece is that very file.
    """

    nom: str
    joint_le: str
    chemin_archive: str
    fichier: Ecrit


@dataclass(frozen=True)
class Modifiable:
    """The Word or Excel twin of a generated document. It goes into the ZIP only, never into the bound pages."""

    numero: int
    titre: str
    chemin_archive: str
    fichier: Ecrit


@dataclass(frozen=True)
class Perte:
    """A twin that could not be made: the PDF of its document is filed all the same.

    Args:
        numero: of its piece; 0 for the sheet of recevabilité.
        code, titre: of its document.
        format: « Word » or « Excel ».
        raison: what failed, in a few words.
    """

    numero: int
    code: str
    titre: str
    format: str
    raison: str

    @property
    def constat(self) -> Constat:
        """The loss as a finding."""
        return Constat(
            "depot.copie-perdue",
            Gravite.CONSEIL,
            f"La copie {self.format} de «\u00a0{self.titre}\u00a0» n’a pas pu être faite",
            f"Le PDF de ce document est déposé et relu ; seule sa copie à modifier manque dans l’archive ({self.raison}).",
            "Enregistrez cette copie depuis la page Documents, ou signalez l’erreur : le journal la décrit.",
            MAISON,
            Cible(Page.DOCUMENTS, "document", champ=self.code),
        )


@dataclass(frozen=True)
class Genere:
    """What a generated document was made of, to tell later what changed. `og`: name of its OG, empty when for all."""

    code: str
    titre: str
    og: str
    empreinte: str


@dataclass(frozen=True)
class Partie:
    """A run of pages of a piece: a generated document (`genere`), or an attached file (`source`)."""

    titre: str
    fichier: Ecrit
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    source: Source | None = None
    genere: Genere | None = None

    @property
    def jointe(self) -> bool:
        """True for pages made by somebody else."""
        return self.source is not None


@dataclass(frozen=True)
class PieceLot:
    """A piece ready to be filed. `numero` 0 is the sheet of recevabilité, which is not a piece of the list.

    Args:
        nom_fichier: sober name of its PDF, `03-convention.pdf`.
        fichier: the PDF.
        signets: its bookmarks, level 1 at the top, pages counted from 1.
    """

    numero: int
    titre: str
    nom_fichier: str
    fichier: Ecrit
    pages: int
    signets: tuple[Signet, ...]
    parties: tuple[Partie, ...]
    remarques: tuple[str, ...]

    @property
    def pages_jointes(self) -> frozenset[int]:
        """Ranks, from 0, of the pages made by somebody else."""
        fins = list(accumulate(p.pages for p in self.parties))
        return frozenset(
            rang
            for partie, fin in zip(self.parties, fins, strict=True)
            if partie.jointe
            for rang in range(fin - partie.pages, fin)
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The attached files, in order."""
        return tuple(p.source for p in self.parties if p.source)

    @property
    def generes(self) -> tuple[Genere, ...]:
        """The generated documents, in order."""
        return tuple(p.genere for p in self.parties if p.genere)


@dataclass(frozen=True)
class Lot:
    """All that will be filed, before it is bound together.

    Args:
        fiche: the sheet of recevabilité; None in the answer to a complement.
        manquantes: the mandatory pieces that are not satisfied.
        modifiables: the Word and Excel twins of what was generated.
        pertes: the twins that could not be made.
    """

    fiche: PieceLot | None
    pieces: tuple[PieceLot, ...]
    manquantes: tuple[EtatPiece, ...]
    modifiables: tuple[Modifiable, ...] = ()
    pertes: tuple[Perte, ...] = ()

    @property
    def complet(self) -> bool:
        """True when no mandatory piece is missing, and none may turn out to be."""
        return not self.manquantes

    @property
    def suite(self) -> tuple[PieceLot, ...]:
        """What is bound, in order: the sheet when there is one, then the pieces."""
        return (*((self.fiche,) if self.fiche else ()), *self.pieces)


def libelle_manquante(etat: EtatPiece) -> str:
    """A missing piece in one line: number, title, what is missing."""
    precision = etat.manque.rstrip(".")
    if etat.obligation == "a-preciser":
        precision = "obligatoire ou non, à préciser"
    suite = f" : {francais.minuscule(precision)}" if precision else ""
    return f"Pièce {etat.numero} – {etat.titre}{suite}"


def signets_fusionnes(parties: tuple[Partie, ...]) -> Iterator[Signet]:
    """The bookmarks of the parts one after the other, each under the name of its part when there are several."""
    if len(parties) == 1:
        yield from parties[0].signets
        return
    avant = 0
    for partie in parties:
        yield Signet(1, partie.titre, avant + 1)
        yield from (replace(s, niveau=s.niveau + 1, page=avant + s.page) for s in partie.signets)
        avant += partie.pages


@contextmanager
def plan_neuf(pdf: Pdf) -> Iterator[list[OutlineItem]]:
    """The bookmarks of `pdf`, empty at first and written at the end.

    Pages added from another file bring their own bookmarks with pikepdf 10.18 and not before: whichever it did, what
    the bookmarks of our files say is ours alone.
    """
    with pdf.open_outline() as plan:
        plan.root = []
        yield plan.root


def destination(pdf: Pdf, page: int, haut: float | None = None) -> Array:
    """Where a bookmark or a link leads: that height of the page numbered from 0, else its top as a reader sees it."""
    cible = pdf.pages[page]
    x, y = numerotation.coin_superieur(cible)
    return Array([cible.obj, Name.XYZ, x, y if haut is None or numerotation.rotation(cible) else haut, 0])


def planter(pdf: Pdf, signets: tuple[Signet, ...], decalage: int, racine: list[OutlineItem]) -> None:
    """Adds bookmarks under `racine` as a tree; `decalage`: pages of the file before the first one they count."""
    pile: list[tuple[int, list[OutlineItem]]] = [(0, racine)]
    for signet in signets:
        while len(pile) > 1 and pile[-1][0] >= signet.niveau:
            pile.pop()
        item = OutlineItem(signet.titre, destination(pdf, decalage + signet.page - 1, signet.haut))
        item.is_closed = True
        pile[-1][1].append(item)
        pile.append((signet.niveau, item.children))
