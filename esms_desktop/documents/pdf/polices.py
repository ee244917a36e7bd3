"""The embedded font: its registration, and what becomes of the characters it does not have."""

import unicodedata
from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from esms_desktop import assets
from esms_desktop.documents.arbre.ecritures import est_arabe
from esms_desktop.documents.pdf.jetons import souder
from esms_desktop.francais import espacer

NORMAL = "Plex"
GRAS = "Plex-SemiBold"
ITALIQUE = "Plex-Italic"
GRAS_ITALIQUE = "Plex-BoldItalic"
ARABE = "Plex-Arabic"
ARABE_GRAS = "Plex-Arabic-Bold"
_FICHIERS = {
    NORMAL: "fonts/IBMPlexSans-Regular.ttf",
    GRAS: "fonts/IBMPlexSans-SemiBold.ttf",
    ITALIQUE: "fonts/IBMPlexSans-Italic.ttf",
    GRAS_ITALIQUE: "fonts/IBMPlexSans-BoldItalic.ttf",
}
_FICHIERS_ARABES = {
    ARABE: "fonts/IBMPlexSansArabic-Regular.ttf",
    ARABE_GRAS: "fonts/IBMPlexSansArabic-Bold.ttf",
}
# Characters with an honest equivalent in the font. An empty string drops what has no ink of its own.
_EQUIVALENTS = {
    "\u202f": "\u00a0",
    "\u2007": "\u00a0",
    "\u2011": "-",
    "\u2010": "-",
    "\u2015": "—",
    "\u25cf": "•",
    "\u25aa": "•",
    "\u25a0": "•",
    "\u2023": "•",
    "\u02bc": "’",
    "\u2714": "✓",
    "\u00ad": "",
    "\t": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\r": "\n",
}
_INCONNU = "◊"


@cache
def enregistrer() -> frozenset[int]:
    """Registers the four faces with reportlab, once. Returns the code points all of them can draw."""
    # Bytes as they are: base 85 makes files a quarter larger, and takes its time, for printers of another century.
    rl_config.useA85 = 0
    communs: set[int] | None = None
    for nom, fichier in _FICHIERS.items():
        police = TTFont(nom, str(assets.chemin_reel(fichier)))
        pdfmetrics.registerFont(police)
        points = set(police.face.charToGlyph)
        communs = points if communs is None else communs & points
    pdfmetrics.registerFontFamily(NORMAL, normal=NORMAL, bold=GRAS, italic=ITALIQUE, boldItalic=GRAS_ITALIQUE)
    return frozenset(communs or ())


@cache
def _tels_quels() -> frozenset[str]:
    """The characters drawn as they come."""
    return frozenset({chr(c) for c in enregistrer() if c >= 32} - set(_EQUIVALENTS) | {"\n"})


@cache
def enregistrer_arabe() -> frozenset[int]:
    """Registers the two Arabic faces, once and only when a text needs them. Returns the code points both can draw."""
    communs: set[int] | None = None
    for nom, fichier in _FICHIERS_ARABES.items():
        police = TTFont(nom, str(assets.chemin_reel(fichier)))
        pdfmetrics.registerFont(police)
        points = set(police.face.charToGlyph)
        communs = points if communs is None else communs & points
    pdfmetrics.registerFontFamily(ARABE, normal=ARABE, bold=ARABE_GRAS, italic=ARABE, boldItalic=ARABE_GRAS)
    return frozenset(communs or ())


def police_arabe(police: str) -> str:
    """The Arabic face that goes with a face of the document."""
    return ARABE_GRAS if police in (GRAS, GRAS_ITALIQUE) else ARABE


@lru_cache(maxsize=50_000)
def largeur(texte: str, police: str, corps: float) -> float:
    """Width of `texte` in points."""
    return float(pdfmetrics.stringWidth(texte, police, corps))


class Nettoyeur:
    """Makes texts drawable, and remembers which characters had to be replaced.

    Args:
        arabe: keep Arabic words, for a caller that draws them in their own face (see ecritures.py).
    """

    def __init__(self, arabe: bool = False) -> None:
        self._connus = enregistrer()
        self._arabe = arabe
        self._perdus: dict[str, None] = {}

    def __call__(self, texte: str) -> str:
        """`texte` composed (NFC), with only characters of the font and line feeds. What cannot be drawn shows as a lozenge."""
        if texte.isascii() and texte.isprintable():
            return souder(espacer(texte))
        composes = unicodedata.normalize("NFC", texte.replace("\r\n", "\n"))
        rendu = composes if _tels_quels().issuperset(composes) else self._un_a_un(composes)
        return souder(espacer(rendu))

    def _un_a_un(self, composes: str) -> str:
        morceaux: list[str] = []
        for c in composes:
            rendu = self._un(c)
            # A run of unknown characters (a word in another script) shows one mark per word, not one per letter.
            if rendu == _INCONNU and c != _INCONNU and morceaux and morceaux[-1] == _INCONNU:
                continue
            morceaux.append(rendu)
        return "".join(morceaux)

    def _un(self, c: str) -> str:
        if c in _EQUIVALENTS:
            return _EQUIVALENTS[c]
        if c == "\n" or (ord(c) in self._connus and ord(c) >= 32):
            return c
        if self._arabe and est_arabe(c) and ord(c) in enregistrer_arabe():
            return c
        categorie = unicodedata.category(c)
        if categorie == "Zs":
            return " "
        # Controls, joiners, direction marks, variation selectors, stray surrogates: no ink. Lone accents go with them.
        if categorie in ("Cc", "Cf", "Cs", "Mn", "Me"):
            return ""
        decompose = unicodedata.normalize("NFKD", c)
        sobre = "".join(d for d in decompose if ord(d) in self._connus and not unicodedata.combining(d))
        if sobre and sobre != c:
            return sobre
        self._perdus[c] = None
        return _INCONNU

    @property
    def remarques(self) -> tuple[str, ...]:
        """What a person should know of the replacements, in French; empty when nothing was lost."""
        if not self._perdus:
            return ()
        liste = ", ".join(f"U+{ord(c):04X}" for c in self._perdus)
        return (
            f"Caractères absents de la police du document, remplacés par «\u00a0{_INCONNU}\u00a0»\u00a0: {liste}.",
        )
