"""The rows of the portfolio: what is known of each dossier at once, then what its examination adds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from esms_desktop.francais import NBSP, date_courte, delai, pluriel
from esms_desktop.regles.constats import Gravite
from ui.fil import EN_COURS
from ui.widgets.tableaux.cellule import ROLE_AVANCEMENT, ROLE_BADGE, ROLE_SECOND, ROLE_TRI

if TYPE_CHECKING:
    from esms_desktop.base.journal import Resume
    from esms_desktop.regles.constats import Examen
    from ui.lecture import Lecture

COLONNES = ("Dossier", "Grappe", "État", "Avancement", "Prochaine échéance", "À surveiller")
POIDS = (3.0, 1.7, 1.6, 1.1, 2.3, 1.5)
_GENRES_ETAT = {
    "preparation": "info",
    "complet": "ok",
    "depose": "ok",
    "complements": "bad",
    "recevable": "ok",
    "non-recevable": "bad",
    "priorise": "ok",
    "non-priorise": "warn",
    "conventionne": "ok",
}
Index = QModelIndex | QPersistentModelIndex


def genre_etat(etat: str) -> str:
    """The badge kind of a state."""
    return _GENRES_ETAT.get(etat, "neutre")


@dataclass
class Ligne:
    """A dossier of the portfolio. The second half is not known until the dossier has been examined."""

    id: int
    nom: str
    campagne_id: str
    etat: str
    etat_libelle: str
    rang_etat: int
    ogs: int
    essms: int
    examinee: bool = False
    erreur: str = ""
    campagne: str = ""
    fait: int = 0
    total: int = 0
    bloquants: int = 0
    a_faire: int = 0
    montant_cents: int = 0
    avance_cents: int = 0
    echeance: str = ""
    echeance_detail: str = ""
    echeance_jours: int | None = None

    @property
    def grappe(self) -> str:
        """« 3 OG · 17 ESSMS »."""
        return f"{self.ogs}{NBSP}OG · {self.essms}{NBSP}ESSMS"

    @property
    def surveiller(self) -> tuple[str, str]:
        """(words, badge kind) of what to watch, or that it is not known yet."""
        if self.erreur:
            return "Illisible", "bad"
        if not self.examinee:
            return EN_COURS, "neutre"
        if self.bloquants:
            return pluriel(self.bloquants, "bloquant"), "bad"
        if self.a_faire:
            return f"{self.a_faire}{NBSP}à faire", "warn"
        return "Rien à faire", "ok"


def ligne_de(dossier: "Resume") -> Ligne:
    """What is known of a dossier without examining it."""
    return Ligne(
        dossier.id,
        dossier.nom,
        dossier.campagne_id,
        dossier.etat.value,
        dossier.etat.libelle,
        list(type(dossier.etat)).index(dossier.etat),
        dossier.ogs,
        dossier.essms,
    )


def completer(ligne: Ligne, lu: "Lecture", examen: "Examen") -> None:
    """Adds what the examination says."""
    ligne.campagne = lu.campagne.titre
    ligne.fait, ligne.total = examen.avancement()
    ligne.bloquants = examen.nombre(Gravite.BLOQUANT)
    ligne.a_faire = examen.nombre(Gravite.A_FAIRE)
    ligne.montant_cents = lu.financement.projet.total_cents
    ligne.avance_cents = lu.financement.projet.avance_cents
    venir = [e for e in lu.echeances if e.jours_restants >= 0]
    prochaine = min(venir, key=lambda e: e.date, default=None)
    if prochaine is not None:
        ligne.echeance = prochaine.libelle
        ligne.echeance_detail = f"{date_courte(prochaine.date)} · {delai(prochaine.jours_restants)}"
        ligne.echeance_jours = prochaine.jours_restants
    else:
        # Nothing to come: what is passed, the oldest first, must not read as nothing at all.
        retard = max((c for c in examen.constats if c.retard), key=lambda c: c.retard, default=None)
        if retard is not None:
            ligne.echeance = "Date passée"
            ligne.echeance_detail = f"{pluriel(retard.retard, 'jour')} de retard"
            ligne.echeance_jours = -retard.retard
    ligne.examinee = True


class ModelePortefeuille(QAbstractTableModel):
    """The table of the portfolio."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lignes: list[Ligne] = []

    def fixer(self, lignes: list[Ligne]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.lignes = lignes
        self.endResetModel()

    def signaler(self, rang: int) -> None:
        """Says that a row was completed."""
        self.dataChanged.emit(self.index(rang, 0), self.index(rang, len(COLONNES) - 1))

    def rang(self, dossier_id: int) -> int:
        """The row of a dossier, -1 when it has none."""
        return next((i for i, ligne in enumerate(self.lignes) if ligne.id == dossier_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a dossier."""
        return 0 if parent.isValid() else len(self.lignes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the sketch."""
        return 0 if parent.isValid() else len(COLONNES)

    def headerData(self, section: int, sens: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if sens == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLONNES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, second line, badge, bar and sort key of a cell."""
        ligne = self.lignes[index.row()]
        c = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                ligne.nom,
                ligne.grappe,
                ligne.etat_libelle,
                _connu(ligne, f"{ligne.fait} sur {ligne.total}"),
                _connu(ligne, ligne.echeance or "Aucune"),
                ligne.surveiller[0],
            )[c]
        if role == ROLE_SECOND:
            return {0: ligne.erreur or ligne.campagne, 4: ligne.echeance_detail}.get(c)
        if role == ROLE_BADGE:
            return {2: genre_etat(ligne.etat), 5: ligne.surveiller[1]}.get(c)
        if role == ROLE_AVANCEMENT and c == 3 and ligne.examinee and not ligne.erreur:
            return ligne.fait, ligne.total
        if role == ROLE_TRI:
            part = ligne.fait / ligne.total if ligne.total else 0.0
            jours = 10**6 if ligne.echeance_jours is None else ligne.echeance_jours
            return {
                1: ligne.essms,
                2: ligne.rang_etat,
                3: part,
                4: jours,
                5: (ligne.bloquants, ligne.a_faire),
            }.get(c)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLONNES[c]}{NBSP}: {index.data()}"
        return None


def _connu(ligne: Ligne, texte: str) -> str:
    """What the examination says, that it is under way, or nothing when it could not be made."""
    if ligne.erreur:
        return ""
    return texte if ligne.examinee else EN_COURS
