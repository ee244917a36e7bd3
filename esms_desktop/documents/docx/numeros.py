"""The numbers of headings in our Word files: counted by Word, so that an article added or moved renumbers the others."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from esms_desktop.documents.arbre.arbre import Bloc, Titre

# How a heading may be numbered: what it starts with, and how Word writes it.
_MOTIFS = (
    (re.compile(r"(\d{1,3})\. +(?=\S)"), "%1.", "decimal"),
    (re.compile(r"Article (\d{1,3})\. +(?=\S)"), "Article %1.", "decimal"),
    (re.compile(r"Annexe (\d{1,3})\. +(?=\S)"), "Annexe %1.", "decimal"),
    (re.compile(r"Document (\d{1,3})\. +(?=\S)"), "Document %1.", "decimal"),
    (re.compile(r"([A-Z])\. +(?=\S)"), "%1.", "upperLetter"),
)


@dataclass(frozen=True)
class Numero:
    """A heading that Word numbers. `liste`: the list it follows; `reste`: its words without their number."""

    liste: int
    reste: str


@dataclass(frozen=True)
class Suite:
    """A list of headings: `genre`, the way it is written; `debut`, its first number."""

    genre: int
    debut: int


class Numeros:
    """The headings of a document that Word numbers, and the lists they need."""

    def __init__(self, blocs: Iterable[Bloc]) -> None:
        self.suites: list[Suite] = []
        self._titres: list[Numero | None] = []
        # By the way it is written and its level: the list that runs, and its last number.
        courantes: dict[tuple[int, int], tuple[int, int]] = {}
        for titre in (b for b in blocs if isinstance(b, Titre)):
            lu = _lire(titre.texte)
            if lu is None:
                self._titres.append(None)
                continue
            genre, rang, reste = lu
            liste, dernier = courantes.get((genre, titre.niveau), (0, rang))
            if rang != dernier + 1:
                self.suites.append(Suite(genre, rang))
                liste = len(self.suites) - 1
            courantes[genre, titre.niveau] = (liste, rang)
            self._titres.append(Numero(liste, reste))

    def du_titre(self, rang: int) -> Numero | None:
        """How the heading of that rank (from 0) is numbered; None when it is not."""
        return self._titres[rang]


def _lire(texte: str) -> tuple[int, int, str] | None:
    for genre, (motif, _, forme) in enumerate(_MOTIFS):
        if trouve := motif.match(texte):
            lu = trouve.group(1)
            rang = int(lu) if forme == "decimal" else ord(lu) - ord("A") + 1
            # Word counts from 1, without zeros before.
            return (genre, rang, texte[trouve.end() :]) if rang and lu[0] != "0" else None
    return None


def definitions(suites: Iterable[Suite], abstrait: int, premier: int) -> tuple[str, str]:
    """What the numbering part says of these lists: their looks, then the lists. `abstrait`, `premier`: numbers left free."""
    voulues = list(suites)
    looks = "".join(
        f'<w:abstractNum w:abstractNumId="{abstrait + genre}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{forme}"/><w:suff w:val="space"/><w:lvlText w:val="{motif}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
        for genre, (_, motif, forme) in enumerate(_MOTIFS)
        if any(suite.genre == genre for suite in voulues)
    )
    listes = "".join(
        f'<w:num w:numId="{premier + i}"><w:abstractNumId w:val="{abstrait + suite.genre}"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{suite.debut}"/></w:lvlOverride></w:num>'
        for i, suite in enumerate(voulues)
    )
    return looks, listes
