"""The encoding of a text file read line by line: UTF-8, or the one Windows writes, never both in one file."""

import re

from esms_desktop.errors import ErreurFiness

_RESTE = "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un autre logiciel."
_BOM = b"\xef\xbb\xbf"
# A letter with its accent in UTF-8, as Windows-1252 would never write one in French: « Ã », then a sign.
_DEUX_OCTETS = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


class Decodeur:
    """Gives the lines of the pieces of one file. The first line that is not plain ASCII says the encoding of them all."""

    def __init__(self) -> None:
        self._encodage = ""
        self._lignes = 0

    def lignes(self, bloc: bytes, derniere: bool = False) -> list[str]:
        """The lines of a piece cut at the end of a line; `derniere`: it is what follows the last one.

        Raises:
            ErreurFiness: two encodings in one file, bytes that neither knows, a last sign that is cut.
        """
        if not self._lignes:
            bloc = bloc.removeprefix(_BOM)
        texte = self._decoder(bloc, derniere)
        lignes = texte.split("\n")
        self._lignes += len(lignes)
        return lignes

    def _decoder(self, bloc: bytes, derniere: bool) -> str:
        if bloc.isascii():
            return bloc.decode("ascii")
        if self._encodage != "cp1252":
            try:
                texte = bloc.decode("utf-8")
            except UnicodeDecodeError as erreur:
                if derniere and erreur.end >= len(bloc) and erreur.reason == "unexpected end of data":
                    raise ErreurFiness(
                        "Le fichier FINESS est incomplet : sa dernière ligne est coupée.",
                        "Téléchargez-le de nouveau.",
                    ) from erreur
                return self._ligne_a_ligne(bloc)
            self._encodage = "utf-8"
            return texte
        return self._ligne_a_ligne(bloc) if _DEUX_OCTETS.search(bloc) else _windows(bloc)

    def _ligne_a_ligne(self, bloc: bytes) -> str:
        decodees = []
        for rang, ligne in enumerate(bloc.split(b"\n"), self._lignes + 1):
            if ligne.isascii():
                decodees.append(ligne.decode("ascii"))
                continue
            try:
                texte, encodage = ligne.decode("utf-8"), "utf-8"
            except UnicodeDecodeError:
                texte, encodage = _windows(ligne), "cp1252"
            deux = encodage == "cp1252" and _DEUX_OCTETS.search(ligne) is not None
            if deux or (self._encodage and encodage != self._encodage):
                raise ErreurFiness(
                    f"Le fichier FINESS est abîmé : la ligne {rang} n’est pas dans le même encodage que le reste "
                    "(UTF-8 et Windows-1252 mêlés), ses accents sont illisibles.",
                    _RESTE,
                )
            self._encodage = encodage
            decodees.append(texte)
        return "\n".join(decodees)


def _windows(octets: bytes) -> str:
    # Five bytes that Windows-1252 leaves out are control characters of ISO-8859-1, dropped later.
    return octets.decode("cp1252", errors="replace").replace("\ufffd", "")
