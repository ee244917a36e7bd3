"""The tree of a document: what it says, block by block, without knowing what will draw it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from esms_desktop.documents.arbre.arbre_gantt import Gantt
from esms_desktop.documents.arbre.arbre_risques import CarteChaude, Matrices

# The notice of a copy where nothing is missing and that holds more than what is filed.
COPIE_DE_TRAVAIL = "Copie de travail"
# What a document carries and does not say.
_HORS_DU_DIT = ("brouillon", "paraphes", "etroit")
Alignement = Literal["gauche", "droite", "centre"]


@dataclass(frozen=True)
class Texte:
    """Words in one style; `travail`: for the working copy only."""

    texte: str
    gras: bool = False
    italique: bool = False
    travail: bool = False


@dataclass(frozen=True)
class Manque:
    """A value the dossier does not have yet. It prints as a visible gap.

    Args:
        nom: what is missing, in words that make sense alone: « DPO de l’association X ».
        affiche: what the gap prints instead of `nom`; "-" prints « [à compléter] » (the column says of what).
        code: the field of the catalogue that fills it, « og.siren »; it is not printed.
        ligne: the code of the row to fill, where the table holds one for each question.
    """

    nom: str
    affiche: str = ""
    code: str = field(default="", compare=False)
    ligne: str = field(default="", compare=False)

    @property
    def texte(self) -> str:
        """What is printed."""
        return (
            "[à\u00a0compléter]"
            if self.affiche == "-"
            # A name pasted on several lines stays on the one of its gap.
            else f"[à\u00a0compléter\u00a0: {' '.join((self.affiche or self.nom).split(chr(10)))}]"
        )


Run = Texte | Manque
# What a paragraph, a list item or a cell may hold: plain words, or words and gaps one after the other.
Contenu = str | Run | tuple[str | Run, ...]


@dataclass(frozen=True)
class Titre:
    """A heading, `niveau` 1 to 3. It becomes a bookmark and stays with what follows."""

    niveau: int
    texte: str


@dataclass(frozen=True)
class Paragraphe:
    """A paragraph; `discret` for notes and sources, set smaller."""

    contenu: Contenu
    discret: bool = False


@dataclass(frozen=True)
class Liste:
    """A list, bulleted or numbered."""

    elements: tuple[Contenu, ...]
    numerotee: bool = False


@dataclass(frozen=True)
class Colonne:
    """A column: its header, its width relative to the others, where its cells stand."""

    entete: str
    largeur: float = 1.0
    alignement: Alignement = "gauche"


@dataclass(frozen=True)
class Tableau:
    """A table. The header is repeated on each page; `total` is a last row set apart; `dense`: less white in its rows."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Contenu, ...], ...]
    total: tuple[Contenu, ...] | None = None
    dense: bool = False

    def __post_init__(self) -> None:
        for ligne in (*self.lignes, *((self.total,) if self.total else ())):
            if len(ligne) != len(self.colonnes):
                raise ValueError(f"row of {len(ligne)} cells under {len(self.colonnes)} columns")


@dataclass(frozen=True)
class Encadre:
    """A framed remark: `info`, or `alerte` for what must not be missed."""

    genre: Literal["info", "alerte"]
    contenu: Contenu


@dataclass(frozen=True)
class BlocSignature:
    """The place where a party signs. Consecutive blocks stand side by side; the first stays with the text before it.

    Args:
        mention: what else is said of the party; `qualite` and it may be empty.
        lieu: the place and the day to be written, above the party, where the text before does not give them.
        invite: what is asked of who signs; the date only where the text before does not ask it already.
    """

    partie: str
    representant: Contenu
    qualite: Contenu
    mention: str = ""
    lieu: Contenu = ""
    invite: str = "Date, signature et cachet"


@dataclass(frozen=True)
class Correspondants:
    """The head of a letter: who writes at the left, its name first, and who it is for at the right; one line each."""

    expediteur: tuple[Contenu, ...]
    destinataire: tuple[Contenu, ...]


@dataclass(frozen=True)
class SautPage:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class Espace:
    """White space, in points."""

    hauteur: float = 12.0


@dataclass(frozen=True)
class Boite:
    """A box of an organisation chart: its title, what is written under it, the boxes below it."""

    titre: Contenu
    lignes: tuple[Contenu, ...] = ()
    enfants: tuple["Boite", ...] = ()


@dataclass(frozen=True)
class Organigramme:
    """A drawn organisation chart. Where nothing can be drawn, it reads as a list (see `en_liste`)."""

    racine: Boite


@dataclass(frozen=True)
class Barre:
    """A line of a calendar: something that lasts, or one day when `debut` is `fin`; `fort` for what stands out."""

    libelle: str
    debut: date
    fin: date
    fort: bool = False


@dataclass(frozen=True)
class Frise:
    """A calendar drawn month by month. The same facts always stand beside it in a table.

    Args:
        debut, fin: the first and the last day it must show; whole months are drawn.
        barres: its lines, from top to bottom.
        limite: a day that must not be passed, drawn across all lines; None when there is none.
        libelle_limite: what that day is.
    """

    debut: date
    fin: date
    barres: tuple[Barre, ...]
    limite: date | None = None
    libelle_limite: str = ""


Bloc = (
    Titre
    | Paragraphe
    | Liste
    | Tableau
    | Encadre
    | BlocSignature
    | Correspondants
    | SautPage
    | Espace
    | Organigramme
    | Frise
    | Gantt
    | Matrices
    | CarteChaude
)


@dataclass(frozen=True)
class Document:
    """A document ready to be drawn.

    Args:
        code: which document it is (see catalogue.py).
        titre, sous_titre: the title block; the title is repeated on each page.
        dossier_nom, porteur: printed in the header and the footer.
        blocs: the content, in order.
        langue: language tag of the file.
        lettre: a letter: its first page starts with its correspondents, without title.
        travail: ranks of the blocks that only the working copy prints (see `deposee`).
        brouillon: notice printed on each page while the document is not final; None when it is.
        paraphes: how many parties put their initials at the foot of each page.
        etroit: a table of a letter, and the one on fewer lines that stands for it when the letter takes one page with it only.
    """

    code: str
    titre: str
    sous_titre: str
    dossier_nom: str
    porteur: str
    blocs: tuple[Bloc, ...]
    langue: str = "fr-FR"
    brouillon: str | None = None
    lettre: bool = False
    travail: tuple[int, ...] = ()
    paraphes: int = 0
    etroit: tuple[Tableau, Tableau] | None = None


def runs(contenu: Contenu) -> tuple[Run, ...]:
    """The content as styled runs, whatever way it was given."""
    if isinstance(contenu, str):
        return (Texte(contenu),)
    if isinstance(contenu, Texte | Manque):
        return (contenu,)
    return tuple(Texte(m) if isinstance(m, str) else m for m in contenu)


def texte_brut(contenu: Contenu) -> str:
    """The words of a content, gaps included, as they will be read."""
    return "".join(r.texte for r in runs(contenu))


def en_liste(organigramme: Organigramme) -> Liste:
    """An organisation chart in words: one item per box, a dash for each level down."""

    def descendre(boite: Boite, niveau: int) -> Iterator[Contenu]:
        suite = tuple(run for ligne in boite.lignes for run in (Texte(", "), *runs(ligne)))
        tete = tuple(replace(r, gras=True) if isinstance(r, Texte) else r for r in runs(boite.titre))
        yield (*((Texte("–\u00a0" * niveau),) if niveau else ()), *tete, *suite)
        for enfant in boite.enfants:
            yield from descendre(enfant, niveau + 1)

    return Liste(tuple(descendre(organigramme.racine, 0)))


def gras(texte: str) -> Texte:
    """Words that stand out."""
    return Texte(texte, gras=True)


def champ(valeur: str, nom: str, affiche: str = "", *, code: str = "") -> Run:
    """The value, or the gap called `nom` when there is none; `code`: the field that holds it."""
    return Texte(valeur.strip()) if valeur.strip() else Manque(nom, affiche, code)


def deposee(document: Document) -> Document:
    """The copy that is signed or filed: without the hypotheses and the remarks made for who prepares it."""
    gardes = (_sans_travail(b) for rang, b in enumerate(document.blocs) if rang not in document.travail)
    return replace(document, blocs=tuple(gardes), travail=())


def de_travail(document: Document) -> Document:
    """The copy of who prepares it, said so on each page when nothing is missing from it."""
    return replace(document, brouillon=document.brouillon or COPIE_DE_TRAVAIL)


def a_des_notes(document: Document) -> bool:
    """Whether the working copy says more than the one that is filed."""
    return bool(document.travail) or any(isinstance(n, Texte) and n.travail for n in _noeuds(document.blocs))


def _sans_travail(noeud: Any) -> Any:
    if isinstance(noeud, tuple):
        return tuple(_sans_travail(x) for x in noeud if not (isinstance(x, Texte) and x.travail))
    if isinstance(noeud, Paragraphe | Liste | Tableau | Encadre):
        return replace(noeud, **{f.name: _sans_travail(getattr(noeud, f.name)) for f in fields(noeud)})
    return noeud


@cache
def _lecteur(classe: type) -> Callable[[Any], tuple[object, ...]] | None:
    """Gives the fields of a node, the last one first; None for a plain value."""
    noms = tuple(f.name for f in reversed(fields(classe))) if is_dataclass(classe) else ()
    if not noms:
        return None
    lire = attrgetter(*noms)
    return lire if len(noms) > 1 else lambda noeud: (lire(noeud),)


def _trous(racine: object) -> Iterator[Manque]:
    """The gaps, in reading order."""
    return (noeud for noeud in _noeuds(racine) if type(noeud) is Manque)


def _noeuds(racine: object) -> Iterator[object]:
    """The runs in reading order; a large dossier has a hundred thousand nodes to look at."""
    pile: list[Any] = [racine]
    while pile:
        noeud = pile.pop()
        classe: Any = type(noeud)
        if classe is tuple:
            pile.extend(reversed(noeud))
        elif classe is Manque or classe is Texte:
            yield noeud
        elif classe is not str and (lire := _lecteur(classe)) is not None:
            pile.extend(lire(noeud))


class Lacune(NamedTuple):
    """A gap: what it is called, the field that fills it, and the code of its row (see `Manque`)."""

    nom: str
    code: str = ""
    ligne: str = ""


def lacunes(document: Document) -> tuple[Lacune, ...]:
    """The gaps that show in the document, each name once, in reading order."""
    vues: dict[str, Lacune] = {}
    for trou in _trous(document.blocs):
        vues.setdefault(trou.nom, Lacune(trou.nom, trou.code, trou.ligne))
    return tuple(vues.values())


def manques(document: Document) -> list[str]:
    """The names of the gaps that show in the document, each once, in reading order."""
    return [x.nom for x in lacunes(document)]


def est_incomplet(document: Document) -> bool:
    """True when a gap shows in the document."""
    return next(_trous(document.blocs), None) is not None


def _canonique(noeud: object) -> object:
    if is_dataclass(noeud):
        return [
            type(noeud).__name__,
            *(_canonique(getattr(noeud, f.name)) for f in fields(noeud) if f.compare),
        ]
    if isinstance(noeud, tuple):
        return [_canonique(element) for element in noeud]
    return noeud.isoformat() if isinstance(noeud, date) else noeud


def empreinte(document: Document) -> str:
    """SHA-256 (64 hex digits) of what the document says once filed.

    The notice of a draft is left out: signing a document must not look like changing it; so is the place of the initials.
    """
    document = deposee(document)
    contenu = [_canonique(getattr(document, f.name)) for f in fields(document) if f.name not in _HORS_DU_DIT]
    octets = json.dumps(contenu, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(octets).hexdigest()
