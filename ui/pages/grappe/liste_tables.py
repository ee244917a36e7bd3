"""The tables of the import of a list: what would change, what must be decided, what was put right, which column is which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.echanges.tables.ecarts import ADecider, Change, Nouveau, Rapprochement
from esms_desktop.echanges.tables.rubriques_essms import PAR_NOM, RUBRIQUES
from esms_desktop.echanges.tables.tableau import Colonne as ColonneLue
from esms_desktop.francais import NBSP, TIRET, majuscule
from ui.models.table import Colonne, ModeleTable
from ui.widgets.champs.liste import Liste
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.tableau_large import TableauLarge

A_GAUCHE = "Laissée de côté"


@dataclass(frozen=True)
class Ecart:
    """A line of the table of differences: a field that changes, or an ESSMS that is new. `retenu`: False when set aside."""

    quoi: Change | Nouveau
    retenu: bool = True

    @property
    def cle(self) -> tuple[object, ...]:
        """What it is, whatever is read again."""
        if isinstance(self.quoi, Change):
            return ("change", self.quoi.essms.id, self.quoi.champ)
        return ("nouveau", self.quoi.ligne)

    @property
    def etat(self) -> str:
        """As the table says it."""
        if not self.retenu:
            return "Écarté"
        return "Changé" if isinstance(self.quoi, Change) else "Nouveau"

    @property
    def nom(self) -> str:
        """The ESSMS it is about."""
        return self.quoi.essms.nom if isinstance(self.quoi, Change) else self.quoi.nom

    @property
    def champ(self) -> str:
        """The field."""
        return self.quoi.libelle if isinstance(self.quoi, Change) else "Ajouté à l’organisme"

    @property
    def avant(self) -> str:
        """What is there."""
        return self.quoi.avant if isinstance(self.quoi, Change) else TIRET

    @property
    def apres(self) -> str:
        """What would be."""
        if isinstance(self.quoi, Change):
            return self.quoi.apres
        dits = [f"{v}{NBSP}places" if n == "capacite" else v for n, v in self.quoi.champs.items()]
        return ", ".join(dits) or TIRET


@dataclass(frozen=True)
class Dit:
    """A line of what was put right or left out."""

    cellule: str
    quoi: str
    avant: str
    apres: str
    raison: str


COLONNES_ECARTS: tuple[Colonne[Ecart], ...] = (
    Colonne(
        "État",
        lambda e: e.etat,
        badge=lambda e: {"Nouveau": "ok", "Changé": "warn"}.get(e.etat, "neutre"),
    ),
    Colonne("ESSMS", lambda e: e.nom),
    Colonne(
        "Champ",
        lambda e: e.champ,
        second=lambda e: "" if isinstance(e.quoi, Change) else e.quoi.og.titre,
    ),
    Colonne("Avant", lambda e: e.avant),
    Colonne("Après", lambda e: e.apres),
    Colonne("Cellule", lambda e: e.quoi.cellule),
)
COLONNES_DITS: tuple[Colonne[Dit], ...] = (
    Colonne("Cellule", lambda d: d.cellule),
    Colonne("Quoi", lambda d: d.quoi),
    Colonne("Écrit", lambda d: d.avant),
    Colonne("Lu", lambda d: d.apres),
    Colonne("Pourquoi", lambda d: majuscule(d.raison)),
)


def dits(lu: Rapprochement) -> list[Dit]:
    """What was refused, put right, left out, told of the whole: the refusals first."""
    lignes = [Dit(r.cellule, r.champ, r.avant, "Laissé de côté", r.raison) for r in lu.refus]
    lignes += [Dit(r.cellule, r.champ, r.avant, r.apres or TIRET, r.raison) for r in lu.reparations]
    lignes += [Dit(x.adresse, "", x.texte, "", x.raison) for x in lu.laisses]
    lignes += [Dit("", "", "", "", remarque.rstrip(".")) for remarque in lu.remarques]
    return lignes


def tableau(nom: str, poids: Sequence[float], confort: dict[int, int]) -> TableauLarge:
    """A table that only shows."""
    t = TableauLarge(nom, poids, confort)
    t.setMinimumHeight(150)
    return t


class Choisir(QWidget):
    """A table, and under it the choice for its current row.

    Args:
        question: what is asked of a row.
        choisi: told of the row of the table and of the code chosen.
    """

    def __init__(self, table: TableauLarge, question: str, choisi: Callable[[int, str], object]) -> None:
        super().__init__()
        self.table, self._choisi = table, choisi
        self._codes: list[str] = []
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        colonne.addWidget(table, 1)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(Libelle(question, "muet"))
        self.liste = Liste()
        self.liste.setAccessibleName(question)
        self.liste.activated.connect(self._activee)
        rangee.addWidget(self.liste, 1)
        colonne.addLayout(rangee)

    def proposer(self, choix: Sequence[tuple[str, str]], retenu: str) -> None:
        """Offers choices, as (code, text)."""
        with QSignalBlocker(self.liste):
            self.liste.clear()
            self._codes = [code for code, _ in choix]
            self.liste.addItems([texte for _, texte in choix])
            if retenu in self._codes:
                self.liste.setCurrentIndex(self._codes.index(retenu))
        self.liste.setEnabled(bool(choix))

    def _activee(self, rang: int) -> None:
        if 0 <= rang < len(self._codes):
            self._choisi(self.table.ligne_courante(), self._codes[rang])


class Decisions(Choisir):
    """The lines to decide, and what may be done of the current one. `decider(key, code)`."""

    def __init__(self, decider: Callable[[str, str], object]) -> None:
        self.modele: ModeleTable[ADecider] = ModeleTable(
            (
                Colonne("Cellule", lambda a: ", ".join(a.cellules)),
                Colonne("ESSMS", lambda a: a.nom),
                Colonne("Pourquoi", lambda a: majuscule(a.raison)),
                Colonne("Décision", lambda a: next(c.libelle for c in a.choix if c.code == a.retenu)),
            ),
            lambda a: a.cle,
        )
        table = tableau("Lignes à décider", (0.7, 1.6, 2.6, 1.8), {1: 16, 2: 26, 3: 18})
        super().__init__(table, "Pour cette ligne", lambda r, code: decider(self.modele.objet(r).cle, code))
        table.setModel(self.modele)
        table.choisie.connect(self._montrer)

    def charger(self, a_decider: Sequence[ADecider]) -> None:
        """Shows these lines; the current one stays so."""
        courante = self.table.ligne_courante()
        self.modele.charger(a_decider)
        if a_decider:
            self.table.choisir(min(max(courante, 0), len(a_decider) - 1))
        self._montrer(self.table.ligne_courante())

    def _montrer(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            a = self.modele.objet(ligne)
            self.proposer([(c.code, c.libelle) for c in a.choix], a.retenu)
        else:
            self.proposer((), "")


class Colonnes(Choisir):
    """The columns of the list, and what each is read as. `choisir(column, field)`; an empty field leaves it aside."""

    def __init__(self, choisir: Callable[[ColonneLue, str], object]) -> None:
        self.modele: ModeleTable[ColonneLue] = ModeleTable(
            (
                Colonne("Colonne", lambda c: c.lettre, lambda c: c.rang),
                Colonne("Titre", lambda c: c.titre or "(sans titre)"),
                Colonne("Première valeur", lambda c: c.exemple),
                Colonne(
                    "Lue comme",
                    lambda c: PAR_NOM[c.rubrique].libelle if c.rubrique else A_GAUCHE,
                    badge=lambda c: "ok" if c.rubrique else "neutre",
                ),
            ),
            lambda c: c.rang,
        )
        table = tableau("Colonnes de la liste", (0.5, 1.6, 1.8, 1.4), {1: 16, 2: 16, 3: 16})
        super().__init__(table, "Lire cette colonne comme", lambda r, nom: choisir(self.modele.objet(r), nom))
        table.setModel(self.modele)
        table.choisie.connect(self._montrer)

    def charger(self, colonnes: Sequence[ColonneLue]) -> None:
        """Shows these columns; the current one stays so."""
        courante = self.table.ligne_courante()
        self.modele.charger(colonnes)
        if colonnes:
            self.table.choisir(min(max(courante, 0), len(colonnes) - 1))
        self._montrer(self.table.ligne_courante())

    def _montrer(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            choix = [("", A_GAUCHE), *((r.nom, r.libelle) for r in RUBRIQUES)]
            self.proposer(choix, self.modele.objet(ligne).rubrique)
        else:
            self.proposer((), "")
