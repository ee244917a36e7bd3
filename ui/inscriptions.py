"""What a page says of itself before it is imported: each declares it in the `__init__` of its folder."""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.pages.commun.page import PageDossier


class Inscription(NamedTuple):
    """A page of the sidebar.

    Args:
        cle: the value of a `Page`, or "vue-ensemble".
        titre: what the sidebar says.
        section: heading above it; empty for none.
        rang: its place in the sidebar.
        classe: "module:Class".
    """

    cle: str
    titre: str
    section: str
    rang: int
    classe: str

    def creer(self, contexte: "Contexte") -> "PageDossier":
        """Imports the page and builds it."""
        module, nom = self.classe.split(":")
        page: PageDossier = getattr(import_module(module), nom)(contexte)
        return page


_CONNUES: dict[str, Inscription] = {}


def inscrire(cle: str, titre: str, section: str, rang: int, classe: str) -> None:
    """Declares a page of the dossier; see `Inscription`.

    Raises:
        ValueError: another page has that key.
    """
    if cle in _CONNUES:
        raise ValueError(f"{cle} is declared twice")
    _CONNUES[cle] = Inscription(cle, titre, section, rang, classe)


def oublier(cle: str) -> None:
    """Takes a page out of the sidebar of the windows to come."""
    del _CONNUES[cle]


def inscrites() -> tuple[Inscription, ...]:
    """The pages declared so far, in the order of the sidebar."""
    return tuple(sorted(_CONNUES.values(), key=lambda i: i.rang))
