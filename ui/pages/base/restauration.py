"""Coming back to a backup: read beside the window, its key asked when it is another one, shown, then done once agreed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from esms_desktop.errors import ErreurCle, ErreurEsms
from esms_desktop.francais import date_heure, espacer
from ui.widgets.phrase import demander_phrase
from ui.widgets.question import demander

if TYPE_CHECKING:
    from esms_desktop.base.restaurer import Projet, Restauration
    from ui.pages.base.page_base import PageBase


def une_fois(secret: str | None) -> Callable[[str], str | None] | None:
    """Answers a question once with what the person typed, then gives up; None when nothing was typed."""
    if secret is None:
        return None
    reponses: list[str] = [secret]
    return lambda _question: reponses.pop() if reponses else None


class Restaurer:
    """The restoration of one backup at a time, for a page of the open base."""

    def __init__(self, page: "PageBase") -> None:
        self._page = page

    def proposer(self, fichier: Path, secret: str | None = None) -> None:
        """Reads a backup whole, then says what it holds and asks; `secret`: what the person typed to open it."""
        from esms_desktop.base import restaurer

        base, cle = self._page.chemin, self._page.cle

        def travail(_progress: object) -> "Projet":
            return restaurer.preparer(fichier, base, une_fois(secret), cle)

        def echec(e: ErreurEsms) -> None:
            if not isinstance(e, ErreurCle):
                self._page.dire(espacer(str(e)), "bad")
                return
            faux = "Ce n’est ni sa phrase ni son code. " if secret is not None else ""
            donne = demander_phrase(
                f"{faux}«\u00a0{fichier.name}\u00a0» ne s’ouvre pas avec la clé de cette base\u00a0: donnez la phrase ou le code de secours de la base "
                "dont elle vient.",
                self._page,
            )
            if donne is not None:
                self.proposer(fichier, donne)

        self._page.contexte.taches.lancer("Lecture de la sauvegarde", travail, self._demander, echec)

    def _demander(self, projet: "Projet") -> None:
        from esms_desktop.base import restaurer

        if demander(
            self._page,
            f"Revenir au {date_heure(projet.sauvegarde.quand)}\u00a0?",
            "La base contiendra exactement ce que contient cette sauvegarde. Une copie de ce qui est là maintenant est gardée d’abord\u00a0: vous "
            "pourrez y revenir de la même façon.",
            "&Restaurer cette sauvegarde",
            lignes=tuple(espacer(x) for x in restaurer.apercu(projet)),
        ):
            self.faire(projet)

    def faire(self, projet: "Projet") -> None:
        """Does it, beside the window; every open page reads again."""
        from esms_desktop.base import restaurer

        page = self._page
        base = page.chemin

        def fini(fait: "Restauration") -> None:
            page.contexte.suivre_la_base()
            page.dire(espacer(" ".join(restaurer.phrases(fait, base))))
            page.rafraichir()

        def echec(e: ErreurEsms) -> None:
            page.dire(espacer(str(e)), "bad")
            page.rafraichir()

        page.contexte.taches.lancer(
            "Restauration de la sauvegarde", lambda _: restaurer.restaurer(projet, base), fini, echec
        )
