"""What a person may type or paste in a field: names of every length and script, by kind, so that a failure can be read."""

import random
import unicodedata

_MOTS = [
    "Résidence",
    "Les",
    "Tilleuls",
    "Foyer",
    "Maison",
    "d’accueil",
    "spécialisée",
    "Saint",
    "Jean",
    "Association",
    "Œuvre",
    "Établissement",
    "L’Haÿ-les-Roses",
    "Aide",
    "Services",
    "Domicile",
    "Évry-Courcouronnes",
    "Centre",
    "médico-psycho-pédagogique",
    "Pays",
    "Vallée",
    "Âges",
]
_UNION = ["Saint-Étienne-du-Rouvray-Notre-Dame-de-Bondeville-lès-Belleville-sous-Bois-"]
_ARABE = ["جمعية", "الرعاية", "الاجتماعية", "بيت", "كبار", "السن", "مركز", "الخدمات"]
_AUTRES = ["社会福祉法人", "דיור", "מוגן", "บ้านพักคนชรา", "वृद्धाश्रम", "Дом-интернат", "Γηροκομείο"]
_EMOJI = ["🏥", "👨\u200d👩\u200d👧\u200d👦", "❤️", "🇫🇷", "🧑🏽\u200d⚕️", "☎️", "1️⃣", "🫠"]
_CONTROLES = "\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\xad\u200b\u200d\u202e\u202d\u2028\u2029\u2066\ufeff\ufffe\ufffd\ue000"
_BALISES = (
    "&",
    "<b>",
    "</para>",
    "&amp;",
    "]]>",
    "<!--",
    '"',
    "'",
    ">",
    "{porteur.nom}",
    "%s",
    "<br/>",
    "&#0;",
    "\\",
)
_MARKDOWN = (
    "# Titre",
    "- point",
    "**gras**",
    "| a | b |",
    "1. un",
    "> citation",
    "```",
    "[x](http://a.example)",
)
_FORMULES = ("=1+1", "@SUM(A1)", "+33 1", "-2", "=HYPERLINK(“x”)", "1e308", "00012", "TRUE", "#REF!")
_CHEMINS = ("../../ailleurs", "CON", "a/b\\c:d*?|", "nul.", ".caché", "~", "$HOME", "aux.txt", " - ")


def _mots(hasard: random.Random, choix: tuple[str, ...] | list[str], joint: str, longueur: int) -> str:
    texte = hasard.choice(choix)
    while len(texte) < longueur:
        texte += joint + hasard.choice(choix)
    return texte


def _accumuler(hasard: random.Random, longueur: int) -> str:
    """Letters, each under as many marks as chance wants: composed, decomposed, piled up."""
    base = unicodedata.normalize("NFD", _mots(hasard, _MOTS, " ", longueur))
    marques = "\u0301\u0308\u0327\u0336\u20dd\u0489"
    return "".join(c + hasard.choice(marques) * hasard.choice((0, 0, 1, 5)) for c in base)


def _semer(hasard: random.Random, semence: str, longueur: int) -> str:
    return "".join(
        c + hasard.choice(("", hasard.choice(semence))) for c in _mots(hasard, _MOTS, " ", longueur)
    )


# Each kind makes a text of about a length; it is cut to what the field takes.
GENRES = {
    "ordinaire": lambda h, n: _mots(h, _MOTS, " ", min(n, 30)),
    "une-lettre": lambda h, n: h.choice("ÉaW1ßﬁ"),
    "long": lambda h, n: _mots(h, _MOTS, " ", n),
    "mot-unique": lambda h, n: _mots(h, ("anticonstitutionnellement", "WWWWWWWW", "éèàùç"), "", n),
    "traits-union": lambda h, n: _mots(h, _UNION, "", n),
    "arabe": lambda h, n: _mots(h, [*_ARABE, "EHPAD", "2024"], " ", n // 2),
    "autres": lambda h, n: _mots(h, [*_AUTRES, "Foyer"], " ", n // 2),
    "emoji": lambda h, n: _mots(h, [*_EMOJI, *_MOTS[:3]], " ", n // 2),
    "diacritiques": _accumuler,
    "controles": lambda h, n: _semer(h, _CONTROLES, n // 2),
    "espaces": lambda h, n: (
        "\u00a0\t " + _mots(h, _MOTS, h.choice(("\n", "\r\n", "\t", "\u202f", "   ")), n // 3)
    ),
    "balises": lambda h, n: _mots(h, [*_BALISES, *_MOTS[:4]], h.choice(("", " ")), n // 2),
    "markdown": lambda h, n: _mots(h, _MARKDOWN, "\n", n),
    "formule": lambda h, n: h.choice(_FORMULES),
    "chemin": lambda h, n: _mots(h, _CHEMINS, h.choice(("", "/")), n // 4),
}


# Those whose numbers are read back one by one: a field such as {porteur.nom} may put a gap inside a word without end.
RELISIBLES = tuple(genre for genre in GENRES if genre not in ("balises", "markdown"))


class Plume:
    """Writes the texts of one dossier, of the kinds it is given, by chance."""

    def __init__(self, hasard: random.Random, genres: tuple[str, ...]) -> None:
        self._hasard, self._genres = hasard, genres

    def nom(self, maximum: int = 200) -> str:
        """A text of one to `maximum` characters that is not blank, as the fields of the base ask."""
        genre = self._hasard.choice(self._genres)
        longueur = self._hasard.choice((1, 20, 60, maximum))
        texte = GENRES[genre](self._hasard, longueur)[:maximum]
        return texte if texte.strip() else "É"

    def peut_etre(self, maximum: int = 200) -> str:
        """The same, or nothing."""
        return self._hasard.choice(("", self.nom(maximum), self.nom(maximum)))

    def texte(self) -> str:
        """Some paragraphs for a field without limit, or nothing."""
        paragraphes = self._hasard.choice((0, 1, 3))
        return "\n\n".join(self.nom(600) for _ in range(paragraphes))
