"""What the rules say first of the planning, above it, with the button that mends it; the others one click away."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from esms_desktop.francais import NBSP, pluriel
from esms_desktop.regles.constats import Cible, Constat
from ui.fil import EN_COURS
from ui.widgets.boutons import bouton
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.question import DialogueAjuste
from ui.widgets.reste_a_faire import GENRE_GRAVITE, ResteAFaire

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning

# The planning does not exist yet: the empty page says it better.
_MUETS = frozenset(("planning.construire",))


class BandeauConstat(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, page: "PagePlanning") -> None:
        super().__init__()
        self._page = page
        self.constats: list[Constat] = []
        self.setProperty("role", "bandeau")
        self.setAccessibleName("Constat sur le planning")
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(12, 7, 8, 7)
        rangee.setSpacing(10)
        self.texte = Libelle("")
        rangee.addWidget(self.texte, 1)
        self.remede = bouton("", self._remedier)
        self.tous = bouton(
            "", self.montrer_tous, "lien", "Tous les constats sur le planning, avec leur source"
        )
        rangee.addWidget(self.remede)
        rangee.addWidget(self.tous)
        self.hide()

    def montrer(self, constats: Sequence[Constat] | None) -> None:
        """Shows the heaviest finding; nothing when all is well; None while they are looked at again."""
        for b in (self.remede, self.tous):
            b.setVisible(constats is not None)
        if constats is None:
            # It keeps its height, so that what is under it does not move.
            self.texte.setMinimumHeight(self.texte.height() if self.isVisible() else 0)
            self.constats = []
            self.texte.setText(f"Contrôles du planning{NBSP}: {EN_COURS}")
            self.setAccessibleDescription(self.texte.text())
            return
        self.texte.setMinimumHeight(0)
        self.constats = [c for c in constats if c.code not in _MUETS]
        self.setVisible(bool(self.constats))
        if not self.constats:
            return
        premier = self.constats[0]
        self.texte.setText(f"{premier.gravite.libelle}{NBSP}: {premier.titre}. {premier.remede}")
        self.texte.setToolTip(
            bulle(f"{premier.explication}\n{premier.preuve}\nSource{NBSP}: {premier.provenance}")
        )
        self.setAccessibleDescription(self.texte.text())
        self.setProperty(
            "genre", {"neutre": "info"}.get(GENRE_GRAVITE[premier.gravite], GENRE_GRAVITE[premier.gravite])
        )
        self.style().unpolish(self)
        self.style().polish(self)
        texte, _ = self._geste(premier)
        self.remede.setText(texte)
        self.remede.setAccessibleName(texte)
        autres = len(self.constats) - 1
        self.tous.setText(f"et {pluriel(autres, 'autre')}" if autres else "Détail")
        self.tous.setAccessibleName(f"Tous les constats sur le planning{NBSP}: {len(self.constats)}")

    def _geste(self, constat: Constat) -> tuple[str, Callable[[], object]]:
        """What mends a finding: the words of the button, and what it does."""
        page = self._page
        match constat.code:
            case "planning.duree":
                return "Montrer le chemin critique", page.montrer_le_chemin
            case "planning.dates":
                return "Reporter les dates…", page.menus.reporter
            case "planning.jalons":
                return "Ajouter un jalon", lambda: page.ajouter(jalon=True)
            case "planning.services-socles" | "planning.vagues":
                return "Ajouter une tâche", page.ajouter
        cible = constat.cible
        # The card is opened only by a click: going there is enough to see.
        ici = Cible(cible.page, cible.objet, cible.id)
        return "Voir la tâche", lambda: page.aller_a(ici)

    def _remedier(self) -> None:
        if self.constats:
            self._geste(self.constats[0])[1]()

    def montrer_tous(self) -> None:
        """Shows every finding with its source."""
        DialogueConstats(self._page, self.constats).open()


class DialogueConstats(DialogueAjuste):
    """Every finding on the planning."""

    def __init__(self, page: "PagePlanning", constats: Sequence[Constat]) -> None:
        super().__init__(page)
        self.setWindowTitle("Constats sur le planning")
        self.setModal(True)
        self.resize(720, 300)
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 18)
        colonne.setSpacing(12)
        self.liste = ResteAFaire()
        self.liste.titre.setText("Ce que le planning demande")
        self.liste.montrer(constats)
        colonne.addWidget(self.liste)
        self.fermer: QPushButton = bouton("&Fermer", self.reject)
        rangee = QHBoxLayout()
        rangee.addStretch(1)
        rangee.addWidget(self.fermer)
        colonne.addLayout(rangee)
        self.liste.aller.connect(lambda cible: self._aller(page, cible))

    def _aller(self, page: "PagePlanning", cible: Cible) -> None:
        self.accept()
        page.demande_page.emit(cible)
