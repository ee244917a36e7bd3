"""A Markdown text with fields as blocks of the tree: paragraphs, bold, italic, lists, headings, simple tables.

Whatever else Markdown can write (links, pictures, code, HTML) stays as the words that were typed.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Liste,
    Manque,
    Paragraphe,
    Run,
    Tableau,
    Texte,
    Titre,
    runs,
)

# What a field gives: words and gaps for a sentence, or whole blocks when it stands alone in its paragraph.
ValeurChamp = tuple[Run, ...] | tuple[Bloc, ...]
LireChamp = Callable[[str], ValeurChamp]

CHAMP = re.compile(r"\{([A-Za-zÀ-ÿ0-9_. -]{1,60})\}")
_BLOCS = (Titre, Paragraphe, Liste, Tableau)
_INCONNUS = (
    "autolink",
    "backticks",
    "blockquote",
    "code",
    "entity",
    "escape",
    "fence",
    "hr",
    "html_block",
    "html_inline",
    "image",
    "lheading",
    "link",
    "reference",
)


@cache
def _lecteur() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").disable(list(_INCONNUS))


@lru_cache(maxsize=256)
def _jetons(texte: str) -> tuple[Token, ...]:
    return tuple(_lecteur().parse(texte))


def noms_des_champs(texte: str) -> tuple[str, ...]:
    """The fields a text names, each once, in order."""
    return tuple(dict.fromkeys(CHAMP.findall(texte)))


def blocs(texte: str, lire: LireChamp) -> tuple[Bloc, ...]:
    """The text as blocks. A line end inside a paragraph is a line end on the page.

    Args:
        texte: Markdown; `{nom}` stands for a field.
        lire: gives the value of a field, as runs or as blocks. Blocks used inside a sentence give their words only.
    """
    return tuple(_Lecture(lire).blocs(_jetons(texte)))


class _Lecture:
    """One reading of a text; knows how to read its fields."""

    def __init__(self, lire: LireChamp) -> None:
        self._lire = lire

    def blocs(self, jetons: tuple[Token, ...]) -> Iterator[Bloc]:
        suite = iter(jetons)
        for jeton in suite:
            match jeton.type:
                case "heading_open":
                    contenu = self._contenu(next(suite))
                    yield Titre(max(2, min(3, int(jeton.tag[1:]))), "".join(r.texte for r in contenu))
                case "paragraph_open":
                    yield from self._paragraphe(next(suite))
                case "bullet_list_open" | "ordered_list_open":
                    elements = tuple(self._elements(suite, jeton.level, 0))
                    if elements:
                        yield Liste(elements, jeton.type == "ordered_list_open")
                case "table_open":
                    yield self._tableau(suite)

    def _paragraphe(self, jeton: Token) -> Iterator[Bloc]:
        seul = CHAMP.fullmatch(jeton.content.strip())
        if seul:
            valeur = self._lire(seul.group(1))
            en_blocs = [b for b in valeur if isinstance(b, _BLOCS)]
            if en_blocs:
                yield from en_blocs
                return
        contenu = self._contenu(jeton)
        if any(r.texte.strip() for r in contenu):
            yield Paragraphe(contenu)

    def _elements(self, suite: Iterator[Token], niveau: int, profondeur: int) -> Iterator[Contenu]:
        """The items of a list, those of the lists inside it after theirs, with a dash."""
        courant: list[Run] = []
        for jeton in suite:
            if jeton.type in ("bullet_list_open", "ordered_list_open"):
                if courant:
                    yield tuple(courant)
                    courant = []
                yield from self._elements(suite, jeton.level, profondeur + 1)
            elif jeton.type == "inline":
                if courant:
                    courant.append(Texte("\n"))
                elif profondeur:
                    courant.append(Texte("–\u00a0" * profondeur))
                courant += self._contenu(jeton)
            elif jeton.type == "list_item_close" and courant:
                yield tuple(courant)
                courant = []
            elif jeton.type.endswith("_list_close") and jeton.level == niveau:
                return

    def _tableau(self, suite: Iterator[Token]) -> Tableau:
        entete: list[Colonne] = []
        lignes: list[tuple[Contenu, ...]] = []
        rangee: list[Contenu] = []
        for jeton in suite:
            match jeton.type:
                case "th_open":
                    droite = "right" in str(jeton.attrs.get("style", ""))
                    mots = "".join(r.texte for r in self._contenu(next(suite)))
                    entete.append(Colonne(mots, 1, "droite" if droite else "gauche"))
                case "td_open":
                    rangee.append(self._contenu(next(suite)))
                case "tr_close" if rangee:
                    lignes.append(tuple(rangee))
                    rangee = []
                case "table_close":
                    break
        return Tableau(tuple(entete), tuple(lignes))

    def _contenu(self, jeton: Token) -> tuple[Run, ...]:
        morceaux: list[Run] = []
        gras = italique = 0
        for enfant in jeton.children or ():
            match enfant.type:
                case "strong_open" | "strong_close":
                    gras += enfant.nesting
                case "em_open" | "em_close":
                    italique += enfant.nesting
                case "softbreak" | "hardbreak":
                    morceaux.append(Texte("\n"))
                case _:
                    morceaux += self._runs(enfant.content, gras > 0, italique > 0)
        return tuple(morceaux)

    def _runs(self, texte: str, gras: bool, italique: bool) -> Iterator[Run]:
        fin = 0
        for champ in CHAMP.finditer(texte):
            if champ.start() > fin:
                yield Texte(texte[fin : champ.start()], gras, italique)
            for run in _en_ligne(self._lire(champ.group(1))):
                if isinstance(run, Texte):
                    run = Texte(run.texte, gras or run.gras, italique or run.italique)
                yield run
            fin = champ.end()
        if fin < len(texte):
            yield Texte(texte[fin:], gras, italique)


def _en_ligne(valeur: ValeurChamp) -> Iterator[Run]:
    """A value inside a sentence: blocks give their words, one after the other."""
    premier = True
    for partie in valeur:
        if isinstance(partie, Texte | Manque):
            yield partie
            continue
        contenus = (
            [partie.contenu]
            if isinstance(partie, Paragraphe)
            else list(partie.elements)
            if isinstance(partie, Liste)
            else []
        )
        for contenu in contenus:
            if not premier:
                yield Texte(" ")
            premier = False
            yield from runs(contenu)
