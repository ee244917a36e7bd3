"""What a page shows may go while it is shown: removed in another window, by another program, by an undo. It is said."""

from collections.abc import Collection, Sequence

from esms_desktop.francais import NBSP


class Montre:
    """The one object that a panel shows, by its key and its name."""

    def __init__(self) -> None:
        self.cle: object = None
        self.nom = ""

    def voir(self, cle: object, nom: str) -> None:
        """Another object is shown, or the same under another name."""
        self.cle, self.nom = cle, nom

    def lacher(self) -> None:
        """Nothing is shown any more, or what is shown is being removed here: the person knows."""
        self.cle, self.nom = None, ""

    def parti(self, presents: Collection[object]) -> str:
        """The name of what was shown and is no longer among those present; empty when it still is."""
        if self.cle is None or self.cle in presents:
            return ""
        nom = self.nom
        self.lacher()
        return nom or "sans nom"


def phrase(nom: str, parent: str, saisies: Sequence[tuple[str, str]] = ()) -> str:
    """What is said of an object that went.

    Args:
        parent: what is shown instead, as a sentence (« La liste des organismes est montrée. »).
        saisies: what was being typed in it, and was not saved: name of the field, text.
    """
    dite = f"«{NBSP}{nom}{NBSP}» n’est plus dans le dossier. {parent}"
    for champ, texte in saisies:
        dite += (
            f" Ce que vous y écriviez n’est pas enregistré, mais gardé dans Édition, «{NBSP}Saisies gardées{NBSP}» "
            f"({champ}{NBSP}: «{NBSP}{texte}{NBSP}»)."
        )
    return dite
