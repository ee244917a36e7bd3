"""Two campaigns line by line: each value of one beside that of the other, with their sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from esms_desktop.campagnes import libelles
from esms_desktop.campagnes.fondement import hypothese
from esms_desktop.campagnes.listes import LISTES
from esms_desktop.campagnes.schema import Campagne, ContactCampagne, Fenetre, Parametre, Remarque

_RIEN = "—"


@dataclass(frozen=True)
class Cote:
    """A value of one of the two campaigns, as it reads, and where it comes from."""

    valeur: str = _RIEN
    source: str = ""
    hypothese: bool = False

    @property
    def origine(self) -> str:
        """The source, and that it is a hypothesis when it is."""
        return hypothese(self.source) if self.hypothese else self.source


@dataclass(frozen=True)
class LigneComparee:
    """A line: the key, what it is, both sides."""

    cle: str
    section: str
    libelle: str
    gauche: Cote
    droite: Cote

    @property
    def differe(self) -> bool:
        """Whether the value differs; another source for the same value is no difference."""
        return self.gauche.valeur != self.droite.valeur

    def en_dict(self) -> dict[str, object]:
        """The line as JSON."""
        return {
            "cle": self.cle,
            "section": self.section,
            "libelle": self.libelle,
            "differe": self.differe,
            "valeurs": [self.gauche.valeur, self.droite.valeur],
            "sources": [self.gauche.source, self.droite.source],
            "hypotheses": [self.gauche.hypothese, self.droite.hypothese],
        }


def comparer(gauche: Campagne, droite: Campagne) -> tuple[LigneComparee, ...]:
    """Every value of both, in the order of the schema, then the windows, the contacts and the remarks."""
    return (*_tete(gauche, droite), *_parametres(gauche, droite), *_listes(gauche, droite))


def _tete(a: Campagne, b: Campagne) -> Iterator[LigneComparee]:
    for cle, libelle in (("annee", "Année"), ("programme", "Programme"), ("region", "Région")):
        x, y = (str(getattr(c, cle) or "nationale") for c in (a, b))
        yield LigneComparee(f"campagne.{cle}", "La campagne", libelle, Cote(x), Cote(y))


def _parametres(a: Campagne, b: Campagne) -> Iterator[LigneComparee]:
    autres = dict(b.parametres())
    for cle, p in a.parametres():
        yield LigneComparee(
            cle, libelles.section(cle), libelles.libelle(cle), _cote(cle, p), _cote(cle, autres[cle])
        )


def _cote(cle: str, p: Parametre[object]) -> Cote:
    return Cote(libelles.dire(cle, p.valeur), p.source, p.hypothese)


def _listes(a: Campagne, b: Campagne) -> Iterator[LigneComparee]:
    for nom, liste in LISTES.items():
        for rang, (x, y) in enumerate(zip_longest(getattr(a, nom), getattr(b, nom)), 1):
            for champ, (_, mot) in liste.champs.items():
                yield LigneComparee(
                    f"{nom}.{rang}.{champ}",
                    libelles.SECTIONS[nom],
                    f"{liste.nom} {rang}, {mot}",
                    _dit(x, champ),
                    _dit(y, champ),
                )


def _dit(element: Fenetre | ContactCampagne | Remarque | None, champ: str) -> Cote:
    if element is None:
        return Cote()
    valeur = getattr(element, champ)
    return Cote(_mot(champ, valeur), element.source, getattr(element, "hypothese", False))


def _mot(champ: str, valeur: object) -> str:
    if champ == "type_projet" or (isinstance(valeur, tuple) and not valeur):
        return str(valeur or "tous")
    return "aucune" if valeur is None else libelles.dire(champ, valeur)
