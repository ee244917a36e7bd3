"""The card of a task: what it is, when it falls, what it waits for. Each field saves itself, as everywhere."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP
from esms_desktop.gestes.planning import saisie as gestes
from esms_desktop.lecture import Tache
from esms_desktop.nomenclature.champs import CHAMPS, aide_de, libelle_de, maximum_de
from esms_desktop.nomenclature.vocabulaire import Plan
from ui.pages.commun.disparu import phrase
from ui.pages.commun.page import Defilement
from ui.pages.planning import modele as mots
from ui.pages.planning.liens import PanneauLiens
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.champs.champ import Champ
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampEntier, ChampTexte
from ui.widgets.libelle import Filet, Libelle

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning

# Fields of findings that another field of the card holds.
_AUTRES = {"essms_id": "sujet", "vague_id": "sujet", "debut": "pas_avant", "reference_fin": "echeance"}


class DialogueTache(QDialog):
    """The card. `champ`: where to put the cursor first."""

    def __init__(self, page: "PagePlanning", cle: int, champ: str = "") -> None:
        super().__init__(page)
        self._page, self._contexte, self._cle = page, page.contexte, cle
        self.setWindowTitle("Tâche du planning")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(22, 18, 22, 16)
        tout.setSpacing(10)
        self.titre = Libelle("", "sous-titre")
        self.resume = Libelle("", "muet")
        self.bandeau = Bandeau()
        tout.addWidget(self.titre)
        tout.addWidget(self.resume)
        tout.addWidget(self.bandeau)
        self.defilement = Defilement("Fiche de la tâche")
        colonne = QVBoxLayout(self.defilement.interieur)
        colonne.setContentsMargins(0, 0, 10, 0)
        colonne.setSpacing(12)
        tout.addWidget(self.defilement, 1)
        self.champs = self._fabriquer()
        colonne.addLayout(self._grille())
        colonne.addWidget(Filet())
        self.liens = PanneauLiens(self._contexte, self._refuser)
        colonne.addWidget(self.liens)
        colonne.addWidget(Filet())
        colonne.addWidget(self.champs["notes"])
        colonne.addStretch(1)
        tout.addLayout(self._pied())
        self.resize(800, 740)
        self._large = False
        # Whether the person is removing the task herself.
        self._retiree = False
        # A slot of the object itself: the link ends with it.
        self._contexte.change.connect(self.relire)
        self.relire()
        self.viser(champ or "nom")

    def _fabriquer(self) -> dict[str, Champ[Any]]:
        def dit(nom: str) -> str:
            return libelle_de(f"tache.{nom}")

        def date(nom: str) -> ChampDate:
            return ChampDate(dit(nom), lambda v: self._ecrire(nom, **{nom: v}), aide_de(f"tache.{nom}"))

        def texte(nom: str) -> ChampTexte:
            longueur = CHAMPS[f"tache.{nom}"].longueur
            return ChampTexte(dit(nom), lambda v: self._ecrire(nom, **{nom: v[:longueur]}))

        plans = [(p.value, p.libelle) for p in Plan]
        return {
            "nom": ChampTexte(dit("nom"), lambda v: self._nommer(v)),
            "plan": ChampChoix(dit("plan"), plans, lambda v: self._ecrire("plan", plan=v)),
            "phase": texte("phase"),
            "jalon": ChampChoix(
                dit("jalon"),
                [(False, "Tâche"), (True, "Jalon")],
                lambda v: self._ecrire("jalon", jalon=bool(v)),
            ),
            "duree": ChampEntier(dit("duree"), self._durer, maximum=maximum_de("tache.duree")),
            "pas_avant": date("pas_avant"),
            "fixe": date("fixe"),
            "echeance": date("echeance"),
            "responsable": texte("responsable"),
            "avancement": ChampEntier(
                dit("avancement"),
                lambda v: self._ecrire("avancement", avancement=v or 0),
                maximum=maximum_de("tache.avancement"),
            ),
            "sujet": ChampChoix(dit("essms_id"), (), self._concerner),
            "notes": ChampTexte(dit("notes"), lambda v: self._ecrire("notes", notes=v), multiligne=True),
        }

    def _grille(self) -> QGridLayout:
        grille = QGridLayout()
        grille.setHorizontalSpacing(16)
        grille.setVerticalSpacing(12)
        places = (
            ("nom", 0, 0, 6),
            ("plan", 1, 0, 3),
            ("phase", 1, 3, 3),
            ("jalon", 2, 0, 2),
            ("duree", 2, 2, 2),
            ("avancement", 2, 4, 2),
            ("pas_avant", 3, 0, 2),
            ("fixe", 3, 2, 2),
            ("echeance", 3, 4, 2),
            ("responsable", 4, 0, 3),
            ("sujet", 4, 3, 3),
        )
        for nom, rangee, colonne, large in places:
            grille.addWidget(self.champs[nom], rangee, colonne, 1, large, Qt.AlignmentFlag.AlignTop)
        for colonne in range(6):
            grille.setColumnStretch(colonne, 1)
        return grille

    def _pied(self) -> QHBoxLayout:
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.precedente = bouton("Tâche &précédente", lambda: self._voisine(-1))
        self.suivante = bouton("Tâche &suivante", lambda: self._voisine(1))
        self.retirer = bouton("&Retirer…", self._retirer, "danger")
        rangee.addWidget(self.precedente)
        rangee.addWidget(self.suivante)
        rangee.addStretch(1)
        rangee.addWidget(self.retirer)
        self.fermer = bouton("&Fermer", self.accept, "primaire")
        rangee.addWidget(self.fermer)
        return rangee

    # -- showing -----------------------------------------------------------------------------------------------

    @property
    def tache(self) -> Tache | None:
        """The task shown; None once it is gone."""
        return self._page.dossier().trouver(Tache, self._cle)

    def relire(self) -> None:
        """Reads the task again; closes when it is gone."""
        try:
            tache = self.tache
        except ErreurEsms:
            # The dossier is gone with it: its window says so.
            self.reject()
            return
        if tache is None:
            saisies = [(c.etiquette.text(), t) for c in self.champs.values() if (t := c.abandonner())]
            nom = self.titre.text()
            self.reject()
            if not self._retiree:
                self._contexte.disparu.emit(phrase(nom, "Le planning est montré.", saisies))
            return
        dossier, planning = tache.dossier, self._page.lecture().planning
        numeros = mots.numeros(planning)
        placee = planning.de(tache)
        ligne = mots.LignePlan(
            mots.plan_de(tache), placee, numeros[tache.id], attend=mots.attend(tache, numeros)
        )
        self.titre.setText(tache.nom)
        self.resume.setText(mots.description(ligne).partition(f"{tache.nom}. ")[2])
        sujets: list[tuple[object, str]] = [(("", None), "Toute la grappe")]
        sujets += [(("vague", v.id), v.nom) for v in dossier.vagues]
        sujets += [(("essms", e.id), e.nom) for e in dossier.essms]
        choix = self.champs["sujet"]
        assert isinstance(choix, ChampChoix)
        choix.fixer_options(sujets)
        for nom, champ in self.champs.items():
            champ.fixer(_sujet(tache) if nom == "sujet" else getattr(tache, nom), tache)
        self.champs["duree"].setEnabled(not tache.jalon)
        self.liens.montrer(tache, planning)
        rang, nombre = numeros[tache.id], len(numeros)
        self.precedente.setEnabled(rang > 1)
        self.suivante.setEnabled(rang < nombre)

    def showEvent(self, evenement: QShowEvent) -> None:
        """As wide as its fields ask, once the fonts are known."""
        super().showEvent(evenement)
        if not self._large:
            self._large = True
            barre = self.defilement.verticalScrollBar().sizeHint().width()
            besoin = self.defilement.interieur.minimumSizeHint().width() + barre
            self.defilement.setMinimumWidth(besoin)

    def viser(self, champ: str) -> None:
        """Puts the cursor in a field."""
        if champ in ("predecesseurs", "liens"):
            self.liens.viser()
            return
        vise = self.champs.get(_AUTRES.get(champ, champ)) or self.champs["nom"]
        vise.viser()
        self.defilement.ensureWidgetVisible(vise, 0, 40)

    def _voisine(self, pas: int) -> None:
        planning = self._page.lu()
        cles = [p.tache.id for p in planning.taches]
        if self._cle in cles and 0 <= cles.index(self._cle) + pas < len(cles):
            courant = self.focusWidget()
            if isinstance(courant, QWidget):
                courant.clearFocus()
            self._cle = cles[cles.index(self._cle) + pas]
            self.bandeau.fermer()
            self.relire()
            self._page.montrer_tache(self._cle)

    # -- writing -----------------------------------------------------------------------------------------------

    def _refuser(self, texte: str) -> None:
        self.bandeau.montrer(texte, "bad")

    def _vue(self, champ: str) -> Tache | None:
        """The task as the person sees it in a field."""
        vue: Tache | None = self.champs[champ].ligne
        return vue

    def _ecrire(self, champ: str, **champs: object) -> bool:
        tache = self._vue(champ)
        return tache is not None and self._contexte.modifier(
            tache, f"Modifier «{NBSP}{tache.nom}{NBSP}»", **champs
        )

    def _nommer(self, nom: str) -> bool:
        if not nom:
            self._refuser("Une tâche a un nom\u00a0; celui d’avant est gardé.")
            return False
        return self._ecrire("nom", nom=nom[:200])

    def _durer(self, duree: int | None) -> bool:
        tache = self._vue("duree")
        return tache is not None and self._contexte.reussir(
            self._refuser, gestes.ecrire, [(tache, {"duree": duree or 0})], self._contexte.jour()
        )

    def _concerner(self, choisi: object) -> bool:
        genre, cle = choisi if isinstance(choisi, tuple) else ("", None)
        return self._ecrire(
            "sujet", essms_id=cle if genre == "essms" else None, vague_id=cle if genre == "vague" else None
        )

    def _retirer(self) -> None:
        self._retiree = True
        self._page.retirer(self._cle)
        self._retiree = False


def _sujet(tache: Tache) -> tuple[str, int | None]:
    if tache.essms_id is not None:
        return "essms", tache.essms_id
    return ("vague", tache.vague_id) if tache.vague_id is not None else ("", None)
