"""On what a rule stands in a campaign: a text of that campaign, another text, a reading of ours, an advice of ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from esms_desktop.francais import minuscule
from esms_desktop.nomenclature.vocabulaire import TypeProjet

A_CONFIRMER = "à confirmer auprès de l’ARS"
# The source of a rule of the house: no text asks for it.
MAISON = "conseil de l’application"
_LECTURE = " (lecture de l’application)"
_HYPOTHESE = " (hypothèse)"


class Fondement(StrEnum):
    """The ground of a rule, the firmest first. Only a text of the campaign may block, or say yes without reserve."""

    TEXTE = "texte"
    LECTURE = "lecture"
    AUTRE_TEXTE = "autre-texte"
    CONSEIL = "conseil"

    @property
    def libelle(self) -> str:
        """The word the person reads, on screen as in print."""
        return {
            "texte": "Texte",
            "lecture": "Lecture",
            "autre-texte": "Autre texte",
            "conseil": "Conseil",
        }[self.value]

    @property
    def aide(self) -> str:
        """What the word means, in one sentence."""
        return {
            "texte": "Un texte de cette campagne le dit.",
            "lecture": f"Un texte de cette campagne en parle sans trancher : c’est notre lecture, {A_CONFIRMER}.",
            "autre-texte": "Le texte cité est celui d’une autre campagne, d’une autre région ou d’un autre type de "
            f"projet : ici une hypothèse, {A_CONFIRMER}.",
            "conseil": "Aucun texte ne le demande : c’est un conseil de l’application.",
        }[self.value]

    @property
    def reserve(self) -> str:
        """What to add to an answer that rests on it, empty when nothing is to be confirmed."""
        return A_CONFIRMER if self in (Fondement.LECTURE, Fondement.AUTRE_TEXTE) else ""


def lecture(source: str) -> str:
    """The source of a rule that is our reading of a text: whether or not the campaign has it, it is not its word."""
    return f"{source}{_LECTURE}"


def hypothese(source: str) -> str:
    """The source of a value the text does not give for this campaign."""
    return f"{source}{_HYPOTHESE}"


def texte_cite(source: str) -> str:
    """The texts a source names, without what it says of itself."""
    return source.removesuffix(_LECTURE).removesuffix(_HYPOTHESE)


def provenance(source: str, fondement: Fondement) -> str:
    """A source and what it is worth, in a sentence: « KIT § 4 (autre texte, à confirmer auprès de l’ARS) »."""
    if fondement is Fondement.CONSEIL:
        return MAISON
    return (
        f"{texte_cite(source)} ({minuscule(fondement.libelle)}, {fondement.reserve})"
        if fondement.reserve
        else source
    )


def cite(source: str, fondement: Fondement) -> str:
    """The same in a table, in a word: « KIT § 4 (autre texte) »."""
    if fondement is Fondement.CONSEIL:
        return MAISON
    return f"{texte_cite(source)} ({minuscule(fondement.libelle)})" if fondement.reserve else source


def incise(source: str, fondement: Fondement) -> str:
    """The same without a parenthesis of its own, to stand inside one: « AAP § 3.1, autre texte »."""
    dite = cite(source, fondement)
    reserve = f" ({minuscule(fondement.libelle)})"
    return f"{dite.removesuffix(reserve)}, {minuscule(fondement.libelle)}" if dite.endswith(reserve) else dite


def moins_ferme(fondements: Iterable[Fondement]) -> Fondement:
    """The ground of what rests on several: the least firm of them; a text when there are none."""
    ordre = list(Fondement)
    return max(fondements, key=ordre.index, default=Fondement.TEXTE)


@dataclass(frozen=True)
class TexteCampagne:
    """A text that rules a campaign, and how far it does.

    Args:
        sigle: as the sources name it.
        lieux: the only places of it that hold here, as the sources write them (« 5 » for « KIT § 5 »); empty: all.
        sauf: places that do not hold here.
        type_projet: the only type of project it speaks of, None for every one.
    """

    sigle: str
    lieux: tuple[str, ...] = ()
    sauf: tuple[str, ...] = ()
    type_projet: TypeProjet | None = None

    def porte(self, reference: str, type_projet: TypeProjet | None) -> bool:
        """Whether « AAP § 4.2 C » is a place of this text that holds for such a project; unknown type: for every type."""
        if self.type_projet is not None and type_projet is not self.type_projet:
            return False
        if not reference.startswith(self.sigle):
            return False
        suite = reference[len(self.sigle) :]
        if suite and not suite.startswith((" ", ",")):
            return False
        lieu = suite.strip(" ,").removeprefix("§").strip()
        return lieu not in self.sauf and (not self.lieux or lieu in self.lieux)


def fondement(source: str, textes: Iterable[TexteCampagne], type_projet: TypeProjet | None) -> Fondement:
    """The ground a source gives in a campaign of those texts: one reference to one of them is enough."""
    if not source or source.startswith(MAISON):
        return Fondement.CONSEIL
    brute = texte_cite(source)
    references = [r.strip().replace("\u00a0", " ") for r in brute.split(";")]
    textes = tuple(textes)
    if not any(t.porte(r, type_projet) for r in references for t in textes):
        return Fondement.AUTRE_TEXTE
    return Fondement.TEXTE if brute == source else Fondement.LECTURE
