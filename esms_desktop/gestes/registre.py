"""What a person can ask for: each geste is declared once, with its name and its title, beside the function that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, TypeVar

from esms_desktop.errors import ErreurSaisie

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Geste:
    """A function that writes through the door, whole or not at all, in one step of undo.

    Attributes:
        nom: how it is called from outside the window: « theme.acte », without accents.
        titre: what it does, as a button says it.
        fonction: takes the door first, then frozen rows and plain values.
        table: the table whose columns it takes by their names besides; empty when it takes none.
        aides: what an argument is, by its name, when its name does not say it.
        motif: why a backup is taken before it (see `store.sauvegarde.MOTIFS`); empty when none is.
    """

    nom: str
    titre: str
    fonction: Callable[..., Any]
    table: str
    aides: Mapping[str, str]
    motif: str = ""


_CONNUS: dict[str, Geste] = {}
_NOMS: dict[Callable[..., Any], str] = {}


def geste(nom: str, titre: str, table: str = "", motif: str = "", /, **aides: str) -> Callable[[F], F]:
    """Declares the function below as a geste; see `Geste`.

    Raises:
        ValueError: another one has that name.
    """

    def declarer(fonction: F) -> F:
        if nom in _CONNUS:
            raise ValueError(f"{nom} is declared twice")
        _CONNUS[nom] = Geste(nom, titre, fonction, table, aides, motif)
        _NOMS[fonction] = nom
        return fonction

    return declarer


def est_declare(fonction: Callable[..., Any]) -> bool:
    """Whether a function is a geste."""
    return fonction in _NOMS


def tous() -> list[Geste]:
    """All the gestes there are, by name."""
    paquet = import_module("esms_desktop.gestes")
    for module in walk_packages(paquet.__path__, f"{paquet.__name__}."):
        import_module(module.name)
    return sorted(_CONNUS.values(), key=lambda g: g.nom)


def trouver(nom: str) -> Geste:
    """The geste of that name.

    Raises:
        ErreurSaisie: there is none; the remedy gives the close names.
    """
    from difflib import get_close_matches

    noms = {g.nom: g for g in tous()}
    if nom in noms:
        return noms[nom]
    proches = get_close_matches(nom, noms, n=3, cutoff=0.5)
    raise ErreurSaisie(
        f"Aucun geste ne s’appelle «\u00a0{nom}\u00a0».",
        "Voulez-vous dire " + " ou ".join(proches) + "\u00a0?"
        if proches
        else "«\u00a0esms-desktop geste liste\u00a0» les donne tous.",
    )
