"""How an organisme and its signatory are named inside a sentence: the article before the name, who signs and by what right."""

from dataclasses import dataclass
from typing import Literal

from esms_desktop import francais
from esms_desktop.lecture import Og

Genre = Literal["m", "f"]

# Nouns a name may start with, without accents, and their gender; abbreviations of the national directory too.
_NOMS: dict[str, Genre] = {
    **dict.fromkeys(
        (
            "ass",
            "assoc",
            "association",
            "caisse",
            "clinique",
            "communaute",
            "commune",
            "congregation",
            "croix",
        ),
        "f",
    ),
    **dict.fromkeys(
        ("federation", "fondation", "maison", "mutuelle", "mutualite", "oeuvre", "residence", "societe"), "f"
    ),
    **dict.fromkeys(("ugecam", "union", "ville", "sas", "sarl", "scic"), "f"),
    **dict.fromkeys(("ccas", "centre", "ch", "chi", "chu", "cias", "ctre", "comite", "conseil", "csi"), "m"),
    **dict.fromkeys(("departement", "ehpad", "etablissement", "foyer", "gcs", "gcsms", "gie", "gip"), "m"),
    **dict.fromkeys(("groupe", "groupement", "hopital", "institut", "ordre", "service", "syndicat"), "m"),
}
# What the legal form says of an organisme whose name says nothing: the word it holds, the noun to write, its gender.
_FORMES: tuple[tuple[str, str, Genre], ...] = (
    ("association", "association", "f"),
    ("fondation", "fondation", "f"),
    ("mutualiste", "mutuelle", "f"),
    ("mutuelle", "mutuelle", "f"),
    ("congregation", "congrégation", "f"),
    ("groupement", "groupement", "m"),
    ("commune", "commune", "f"),
    ("departement", "département", "m"),
    ("centre", "centre", "m"),
    ("etablissement", "établissement", "m"),
    ("societe", "société", "f"),
)


@dataclass(frozen=True)
class Denomination:
    """A name to be written inside a sentence: « l’Association Les Tilleuls », « du Centre hospitalier de Langres ».

    Args:
        mots: what follows the article, the name as it was typed.
        genre: gender of its first noun.
    """

    mots: str
    genre: Genre

    @property
    def le(self) -> str:
        """« l’Association X », « le Groupement Y »."""
        if francais.elide(self.mots):
            return f"l’{self.mots}"
        return f"{'le' if self.genre == 'm' else 'la'} {self.mots}"

    @property
    def de(self) -> str:
        """« de l’Association X », « du Groupement Y »."""
        return f"du {self.mots}" if self.le.startswith("le ") else f"de {self.le}"

    @property
    def a(self) -> str:
        """« à l’Association X », « au Groupement Y »."""
        return f"au {self.mots}" if self.le.startswith("le ") else f"à {self.le}"


def nommer(og: Og) -> Denomination:
    """The organisme as a sentence names it: its name when it starts with a noun, else the noun of its legal form before it.

    « Les Papillons blancs » brings its own article: the noun goes before it, so that nothing has to be contracted.
    """
    nom = francais.une_ligne(og.nom or "")
    genre = _NOMS.get(next(iter(francais.mots(nom)), ""))
    if genre is not None:
        return Denomination(nom, genre)
    noun, genre = _de_la_forme(og)
    return Denomination(f"{noun} {nom}".strip(), genre)


def _de_la_forme(og: Og) -> tuple[str, Genre]:
    mots = francais.mots(og.forme_juridique or "")
    for mot, noun, genre in _FORMES:
        if mot in mots:
            return noun, genre
    return ("association", "f") if og.association else ("organisme", "m")


# Words of a legal form that make it public, unless it is first an association or a foundation.
_PUBLICS = frozenset(
    [
        "communal",
        "intercommunal",
        "commune",
        "departement",
        "departemental",
        "interdepartemental",
        "etat",
        "hospitalisation",
        "interhospitalier",
        "metropole",
        "national",
        "public",
        "publique",
        "region",
        "regional",
    ]
)


def est_public(og: Og) -> bool:
    """Whether the legal form of an organisme says it is a public body; False too when nothing says it."""
    mots = francais.mots(og.forme_juridique or "")
    prive = {"association", "fondation", "congregation", "societe", "prive", "mutualiste", "cooperative"}
    return bool(_PUBLICS.intersection(mots)) and not prive.intersection(mots)
