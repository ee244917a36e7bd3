"""Reads one array of a large JSON object element by element, so that memory holds one element and not the file."""

import json
from collections.abc import Callable, Iterator
from json.decoder import JSONDecodeError
from typing import Any

_BLANCS = " \t\n\r"
_TAILLE = 1 << 20
# A cut shows at the end of what was read: within the longest literal (-Infinity), or as a string without its end.
_MARGE = 10
_CHAINE_MAXIMALE = 1 << 20


class JsonCoupe(Exception):
    """The text ends before the object does."""


class JsonFautif(Exception):
    """The text is not the JSON of an object."""


class FluxObjet:
    """The members of one JSON object, in their order, one of them read element by element.

    Args:
        lire: gives about as many more characters as asked, an empty text at the end.
        tableau: the member whose array is given element by element.
    """

    def __init__(self, lire: Callable[[int], str], tableau: str) -> None:
        self._lire = lire
        self._tableau = tableau
        self._decodeur = json.JSONDecoder()
        self._texte = ""
        self._position = 0
        self._fin = False
        self._debut = 0
        self._lignes = 0
        self.autres: dict[str, Any] = {}
        self.trouve = False

    @property
    def endroit(self) -> str:
        """Where the reading is, for a sentence: the line, and the character from the start of the file."""
        ligne = self._lignes + self._texte.count("\n", 0, self._position) + 1
        return f"ligne {ligne}, caractère {self._debut + self._position + 1}"

    def elements(self) -> Iterator[Any]:
        """The elements of the array; once exhausted, `autres` holds the other members and the text was whole.

        Raises:
            JsonCoupe: the text ends too early.
            JsonFautif: the text is not a JSON object, or goes on after it.
        """
        self._attendre("{")
        if self._voir() == "}":
            self._position += 1
        else:
            while True:
                nom = self._valeur()
                self._attendre(":")
                if nom == self._tableau and self._voir() == "[":
                    self.trouve = True
                    yield from self._elements_du_tableau()
                else:
                    self.autres[str(nom)] = self._valeur()
                if self._attendre(",}") == "}":
                    break
        if self._voir(fin_permise=True):
            raise JsonFautif

    def _elements_du_tableau(self) -> Iterator[Any]:
        self._attendre("[")
        if self._voir() == "]":
            self._position += 1
            return
        while True:
            yield self._valeur()
            if self._attendre(",]") == "]":
                return

    def _remplir(self, taille: int = _TAILLE) -> None:
        suite = self._lire(taille)
        self._fin = not suite
        self._lignes += self._texte.count("\n", 0, self._position)
        self._debut += self._position
        self._texte = self._texte[self._position :] + suite
        self._position = 0

    def _voir(self, fin_permise: bool = False) -> str:
        while True:
            while self._position < len(self._texte):
                if self._texte[self._position] not in _BLANCS:
                    return self._texte[self._position]
                self._position += 1
            if self._fin:
                if fin_permise:
                    return ""
                raise JsonCoupe
            self._remplir()

    def _attendre(self, attendus: str) -> str:
        lu = self._voir()
        if lu not in attendus:
            raise JsonFautif
        self._position += 1
        return lu

    def _valeur(self) -> Any:
        self._voir()
        while True:
            try:
                valeur, fin = self._decodeur.raw_decode(self._texte, self._position)
            except JSONDecodeError as erreur:
                marge = _CHAINE_MAXIMALE if erreur.msg.startswith("Unterminated string") else _MARGE
                if len(self._texte) - erreur.pos > marge:
                    raise JsonFautif from erreur
                if self._fin:
                    raise JsonCoupe from erreur
            except (ValueError, RecursionError) as erreur:
                # A number of thousands of digits, or thousands of brackets.
                raise JsonFautif from erreur
            else:
                # A number may go on in the next characters.
                if fin < len(self._texte) or self._fin:
                    self._position = fin
                    return valeur
            self._remplir(max(_TAILLE, len(self._texte) - self._position))
