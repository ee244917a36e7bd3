"""The links of a task: what it waits for, changed in place; what waits for it, told; and one more link."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP
from esms_desktop.gestes.planning import plan as planning
from esms_desktop.lecture import Dossier, LienTache, Tache
from esms_desktop.nomenclature.champs import bulle_de, entete_de
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import Planning
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.financement.choix import CelluleChoix
from ui.pages.financement.modele_couts import ColonneCalculee, ColonneChoix
from ui.pages.planning.modele import numeros
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import etiquette_de
from ui.widgets.champs.liste import Liste
from ui.widgets.libelle import Libelle, bulle
from ui.widgets.tableaux.tableau_entier import TableauEntier

if TYPE_CHECKING:
    from ui.contexte import Contexte

_MAXIMUM = 500


def lire_decalage(saisi: str, _: Dossier) -> dict[str, object]:
    """Worked days, negative to overlap; nothing is none."""
    net = saisi.strip().replace("−", "-").removesuffix("j").replace("\u00a0", " ").strip() or "0"
    try:
        jours = int(net)
    except ValueError:
        raise ErreurSaisie("un nombre de jours ouvrés est attendu, par exemple 2 ou -3") from None
    if abs(jours) > _MAXIMUM:
        raise ErreurSaisie(f"un décalage ne dépasse pas {_MAXIMUM} jours")
    return {"decalage": jours}


def _lire_type(saisi: str, _: Dossier) -> dict[str, object]:
    for genre in TypeLien:
        if saisi.strip() in (genre.libelle, genre.value):
            return {"type": genre}
    raise ErreurSaisie("sont admis\u00a0: " + ", ".join(g.libelle for g in TypeLien))


def texte_decalage(jours: int) -> str:
    """« +2 j », nothing when there is none."""
    return f"{'+' if jours > 0 else '−'}{abs(jours)}{NBSP}j" if jours else ""


class PanneauLiens(QWidget):
    """The links of one task.

    Args:
        refuser: told why a link is refused: a loop, with its names.
    """

    def __init__(self, contexte: "Contexte", refuser: Callable[[str], object]) -> None:
        super().__init__()
        self._contexte, self._refuser = contexte, refuser
        self._tache: Tache | None = None
        self._numeros: dict[int, int] = {}
        self._candidates: list[int] = []
        colonnes: tuple[ColonneSaisie[LienTache], ...] = (
            ColonneCalculee(entete_de("lien_tache.avant_id"), lambda x: self._nom(x.avant)),
            ColonneChoix(
                entete_de("lien_tache.type"),
                lambda x: TypeLien(x.type).libelle,
                lire=_lire_type,
                options=lambda _: tuple(g.libelle for g in TypeLien),
            ),
            ColonneSaisie(
                entete_de("lien_tache.decalage"),
                lambda x: texte_decalage(x.decalage),
                brut=lambda x: str(x.decalage),
                bulle=lambda _: bulle_de("lien_tache.decalage"),
                lire=lire_decalage,
            ),
        )
        self.modele: ModeleSaisie[LienTache] = ModeleSaisie(colonnes, lambda x: x.id, self._ecrire, refuser)
        self.tableau = TableauEntier("Ce que la tâche attend", self.modele, (3, 1.2, 0.8))
        self.tableau.setItemDelegate(CelluleChoix(self._options, self.tableau))
        self.retirer = bouton("Retirer ce lien", self._retirer)
        self.suites = Libelle("", "muet")
        self.qui = Liste()
        self.genre = Liste()
        self.genre.addItems([g.libelle for g in TypeLien])
        self.decalage = QLineEdit()
        self.decalage.setPlaceholderText("0")
        self.decalage.setFixedWidth(64)
        self.ajouter = bouton("Ajouter le &lien", self._ajouter)
        self._poser()

    def _poser(self) -> None:
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        tete = QHBoxLayout()
        tete.addWidget(Libelle("Liens avec les autres tâches", "fort"), 1)
        tete.addWidget(self.retirer)
        colonne.addLayout(tete)
        self.rien = Libelle("Elle n’attend aucune autre tâche.", "muet")
        colonne.addWidget(self.rien)
        colonne.addWidget(self.tableau)
        rangee = QHBoxLayout()
        rangee.setSpacing(8)
        rangee.addWidget(etiquette_de("Elle attend aussi", self.qui))
        rangee.addWidget(self.qui, 2)
        rangee.addWidget(self.genre, 1)
        rangee.addWidget(etiquette_de("Décalage (jours)", self.decalage))
        rangee.addWidget(self.decalage)
        rangee.addWidget(self.ajouter)
        self.genre.setAccessibleName("Type du lien")
        self.qui.setMinimumContentsLength(10)
        self.genre.setMinimumContentsLength(12)
        colonne.addLayout(rangee)
        colonne.addWidget(self.suites)

    def montrer(self, tache: Tache, planning: Planning) -> None:
        """Shows the links of a task."""
        self._tache, self._numeros = tache, numeros(planning)
        liens = sorted(tache.entrants, key=lambda x: self._numeros.get(x.avant_id, 0))
        self.modele.montrer(liens, tache.dossier)
        self.tableau.setVisible(bool(liens))
        self.rien.setVisible(not liens)
        self.retirer.setEnabled(bool(liens))
        if liens and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)
        prises = {x.avant_id for x in liens}
        libres = [p.tache for p in planning.taches if p.tache is not tache and p.tache.id not in prises]
        choisie = self._choisie()
        self._candidates = [t.id for t in libres]
        self.qui.blockSignals(True)
        self.qui.clear()
        self.qui.addItems([self._nom(t) for t in libres])
        self.qui.setCurrentIndex(self._candidates.index(choisie) if choisie in self._candidates else -1)
        self.qui.blockSignals(False)
        self.qui.setToolTip(bulle(self.qui.currentText()))
        self.ajouter.setEnabled(bool(libres))
        noms = [f"«{NBSP}{x.apres.nom}{NBSP}»" for x in tache.sortants]
        self.suites.setText(f"L’attendent{NBSP}: {', '.join(noms)}." if noms else "Aucune tâche ne l’attend.")

    def viser(self) -> None:
        """Puts the cursor on the links."""
        (self.tableau if self.modele.rowCount() else self.qui).setFocus(Qt.FocusReason.OtherFocusReason)

    def _nom(self, tache: Tache) -> str:
        return f"{self._numeros.get(tache.id, '')}. {tache.nom}"

    def _choisie(self) -> int | None:
        rang = self.qui.currentIndex()
        return self._candidates[rang] if 0 <= rang < len(self._candidates) else None

    def _options(self, rang: int) -> tuple[Sequence[str], bool] | None:
        colonne = self.modele.colonnes[rang]
        if isinstance(colonne, ColonneChoix) and self._tache is not None:
            return colonne.options(self._tache.dossier), colonne.libre
        return None

    # -- writing -----------------------------------------------------------------------------------------------

    def _ecrire(self, lien: LienTache, champs: dict[str, Any]) -> bool:
        genre = champs.get("type", TypeLien(lien.type))
        decalage = champs.get("decalage", lien.decalage)
        return self._contexte.reussir(self._refuser, planning.changer_lien, lien, genre, decalage)

    def _ajouter(self) -> None:
        tache, choisie = self._tache, self._choisie()
        avant = next((t for t in tache.dossier.taches if t.id == choisie), None) if tache else None
        if tache is None or avant is None:
            self._refuser("Choisissez d’abord la tâche à attendre.")
            self.qui.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            decalage = lire_decalage(self.decalage.text(), tache.dossier)["decalage"]
        except ErreurSaisie as erreur:
            self._refuser(f"Décalage «{NBSP}{self.decalage.text()}{NBSP}»{NBSP}: {erreur.message}.")
            return
        genre = list(TypeLien)[max(self.genre.currentIndex(), 0)]
        assert isinstance(decalage, int)
        if self._contexte.reussir(self._refuser, planning.lier, avant, tache, genre, decalage):
            self.decalage.clear()

    def _retirer(self) -> None:
        rang = self.tableau.ligne_courante()
        if 0 <= rang < self.modele.rowCount():
            self._contexte.reussir(self._refuser, planning.delier, [self.modele.objet(rang)])
