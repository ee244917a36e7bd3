"""The check points of the preparation: a list of themes with their progress, and the cards of the theme chosen."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from esms_desktop.campagnes.fondement import provenance
from esms_desktop.francais import NBSP, minuscule, pluriel
from esms_desktop.gestes import preparation as gestes
from esms_desktop.nomenclature.champs import libelle_de
from esms_desktop.regles.dossier.preparation import EtatPoint, EtatTheme, etat_themes
from ui.models import declarations
from ui.models.table import Colonne, ModeleTable
from ui.widgets.badge import Badge
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Filet, Libelle, bulle
from ui.widgets.tableaux.cellule import ROLE_AVANCEMENT
from ui.widgets.tableaux.tableau import Tableau

if TYPE_CHECKING:
    from esms_desktop.lecture import Dossier
    from ui.contexte import Contexte
    from ui.lecture import Lecture

TOUCHES: dict[int, bool | None] = {
    Qt.Key.Key_O: True,
    Qt.Key.Key_N: False,
    Qt.Key.Key_Delete: None,
    Qt.Key.Key_Backspace: None,
}


class ModeleThemes(ModeleTable[EtatTheme]):
    """The themes, a bar of progress under each."""

    def __init__(self) -> None:
        super().__init__(
            (
                Colonne(
                    "Thème",
                    lambda t: t.theme.titre,
                    second=lambda t: f"{pluriel(t.repondus, 'réponse')} sur {len(t.points)}",
                ),
            ),
            lambda t: t.theme.code,
        )

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, with its progress."""
        if role == ROLE_AVANCEMENT and index.isValid():
            etat = self.objet(index.row())
            return etat.repondus, len(etat.points)
        return super().data(index, role)


class CartePoint(QWidget):
    """A question, what it means, the answer, and a comment on demand, or what the note tells of it. O, N and Suppr answer.

    Args:
        point: the question and its answer.
    """

    def __init__(self, contexte: "Contexte", point: EtatPoint) -> None:
        super().__init__()
        self._contexte = contexte
        self._dossier: Dossier | None = None
        self.point = point.point
        self.setAccessibleName(point.point.titre)
        textes = QVBoxLayout()
        textes.setSpacing(3)
        question = Libelle(point.point.question, "fort")
        question.setToolTip(bulle(point.point.aide))
        textes.addWidget(question)
        textes.addWidget(Libelle(point.point.aide, "muet"))
        self.remede = Libelle(f"À faire{NBSP}: {point.point.remede}")
        textes.addWidget(self.remede)
        self.choix = ChoixTriEtat()
        self.choix.setAccessibleName(point.point.question)
        for valeur, un in self.choix.boutons.items():
            un.setAccessibleName(f"{gestes.MOTS[valeur]}{NBSP}: {point.point.question}")
        self.choix.change.connect(self.repondre)
        haut = QHBoxLayout()
        haut.setSpacing(16)
        haut.addLayout(textes, 1)
        droite = QVBoxLayout()
        droite.setSpacing(4)
        droite.addWidget(self.choix)
        self.commenter = bouton("Ajouter un commentaire", self._ouvrir, "lien")
        self.commenter.setAccessibleName(f"Commenter{NBSP}: {point.point.titre}")
        droite.addWidget(self.commenter)
        droite.addStretch(1)
        haut.addLayout(droite)
        contenu = point.point.contenu
        self.commentaire = ChampTexte(
            f"Ce que dit la note de présentation{NBSP}: {minuscule(contenu)}"
            if contenu
            else libelle_de("point_preparation.commentaire"),
            self._ecrire_commentaire,
            multiligne=True,
        )
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 6, 0, 6)
        colonne.setSpacing(6)
        colonne.addLayout(haut)
        colonne.addWidget(self.commentaire)
        self._deplie = False

    def charger(self, dossier: "Dossier", etat: EtatPoint) -> None:
        """Shows the answer of a dossier."""
        if self._dossier is None or self._dossier.id != dossier.id:
            self._deplie = False
        self._dossier, self.point = dossier, etat.point
        self.choix.fixer(etat.reponse)
        fait = next((p for p in dossier.points_preparation if p.code == etat.point.code), None)
        dits = declarations.de_la_ligne(self._contexte, dossier.id, fait) if fait else {}
        self.choix.dire_origine(dits.get("reponse", ""))
        self.remede.setVisible(etat.reponse is False)
        dit = getattr(dossier, etat.point.champ) if etat.point.champ else etat.commentaire
        self.commentaire.fixer(dit or "", dossier)
        # What the note prints is asked for, not offered.
        montre = self._deplie or bool(dit) or bool(etat.point.contenu)
        self.commentaire.setVisible(montre)
        self.commenter.setVisible(not montre)
        # A long text knows its height once it is laid out.
        QTimer.singleShot(0, self.commentaire.saisie, self.commentaire.saisie.updateGeometry)

    def repondre(self, valeur: bool | None) -> None:
        """Writes an answer; the one before comes back when it is refused."""
        avant = next((p.reponse for p in self._faits() if p.code == self.point.code), None)
        if self._dossier is not None and not self._contexte.reussir(
            None, gestes.point, self._dossier, self.point.code, self.point.titre, reponse=valeur
        ):
            self.choix.fixer(avant)

    def keyPressEvent(self, evenement: QKeyEvent) -> None:
        """O answers yes, N no, Suppr takes the answer back."""
        if evenement.key() in TOUCHES and not evenement.modifiers():
            self.choix.boutons[TOUCHES[evenement.key()]].click()
        else:
            super().keyPressEvent(evenement)

    def _faits(self) -> list[Any]:
        return self._dossier.points_preparation if self._dossier is not None else []

    def _ecrire_commentaire(self, texte: str) -> bool:
        vu = self.commentaire.ligne
        if vu is not None and self.point.champ:
            libelle = f"Préparation{NBSP}: {self.point.titre}"
            return self._contexte.modifier(vu, libelle, **{self.point.champ: texte})
        return vu is None or self._contexte.reussir(
            None, gestes.point, vu, self.point.code, self.point.titre, commentaire=texte
        )

    def _ouvrir(self) -> None:
        self._deplie = True
        self.commenter.hide()
        self.commentaire.show()
        self.commentaire.viser()


class PanneauPoints(QWidget):
    """Themes at the left, the questions of one at the right."""

    def __init__(self, contexte: "Contexte") -> None:
        super().__init__()
        self._contexte = contexte
        self._lu: Lecture | None = None
        self._etats: tuple[EtatTheme, ...] = ()
        self._theme = ""
        self.cartes: dict[str, CartePoint] = {}
        self.modele = ModeleThemes()
        self.themes = Tableau("Thèmes de la préparation")
        self.themes.setModel(self.modele)
        self.themes.setSortingEnabled(False)
        self.themes.choisie.connect(self._choisir)
        self.themes.activee.connect(lambda _: self._premiere())
        self.carte = Carte("Points de contrôle")
        self.badge = Badge()
        self.source = Libelle("", "petit")
        etat = QHBoxLayout()
        etat.setSpacing(8)
        etat.addWidget(self.badge)
        etat.addWidget(self.source, 1)
        self.carte.corps.addLayout(etat)
        self.zone = QScrollArea()
        self.zone.setWidgetResizable(True)
        self.zone.setFrameShape(QFrame.Shape.NoFrame)
        self.zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.zone.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.zone.setAccessibleName("Questions du thème")
        self.carte.ajouter(self.zone, 1)
        self.carte.ajouter_texte(
            "Dans une question, O répond oui, N répond non, Suppr efface la réponse.", "petit"
        )
        for widget in (self.themes, self.carte):
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        rangee.addWidget(self.themes, 27)
        rangee.addWidget(self.carte, 73)

    def charger(self, lu: "Lecture") -> None:
        """Shows the themes that apply to the dossier; the one chosen stays chosen."""
        etats = etat_themes(lu.dossier, lu.campagne)
        self._lu, self._etats = lu, etats
        self.modele.charger(etats)
        if etats and self.modele.ligne_de(self._theme) < 0:
            self._theme = etats[0].theme.code
        rang = self.modele.ligne_de(self._theme)
        if self.themes.ligne_courante() != rang:
            self.themes.choisir(rang)
        self._montrer()

    def aller(self, code: str) -> None:
        """Shows a check point and puts the focus on its answer."""
        theme = next((t for t in self._etats if any(p.point.code == code for p in t.points)), None)
        if theme is None:
            return
        self.themes.choisir(self.modele.ligne_de(theme.theme.code))
        self.cartes[code].choix.viser()
        self.zone.ensureWidgetVisible(self.cartes[code], 0, 30)

    def premier_sans_reponse(self) -> str:
        """The code of the first point that waits for an answer, from the theme shown; empty when there is none."""
        depart = max(self.modele.ligne_de(self._theme), 0)
        for etat in (*self._etats[depart:], *self._etats[:depart]):
            for point in etat.points:
                if point.reponse is None:
                    return point.point.code
        return ""

    def _choisir(self, rang: int) -> None:
        if 0 <= rang < self.modele.rowCount():
            self._theme = self.modele.objet(rang).theme.code
            self._montrer()

    def _premiere(self) -> None:
        if self.cartes:
            next(iter(self.cartes.values())).choix.viser()

    def _montrer(self) -> None:
        etat = next((t for t in self._etats if t.theme.code == self._theme), None)
        if etat is None or self._lu is None:
            return
        theme = etat.theme
        self.carte.titre.setText(theme.titre)
        complet = etat.repondus == len(etat.points)
        self.badge.fixer(
            f"{etat.repondus} sur {len(etat.points)}",
            "ok" if complet else "neutre" if theme.conseil else "warn",
        )
        conseil = "Bonnes pratiques, conseillées. " if theme.conseil else ""
        fondement = self._lu.campagne.fondement(theme.source, self._lu.dossier.type_projet)
        self.source.setText(f"{conseil}Source{NBSP}: {provenance(theme.source, fondement)}.")
        if list(self.cartes) != [p.point.code for p in etat.points]:
            self._construire(etat)
        for point in etat.points:
            self.cartes[point.point.code].charger(self._lu.dossier, point)

    def _construire(self, etat: EtatTheme) -> None:
        interieur = QWidget()
        interieur.setObjectName("transparent")
        colonne = QVBoxLayout(interieur)
        colonne.setContentsMargins(0, 0, 10, 0)
        colonne.setSpacing(4)
        self.cartes = {}
        for rang, point in enumerate(etat.points):
            if rang:
                colonne.addWidget(Filet())
            self.cartes[point.point.code] = CartePoint(self._contexte, point)
            colonne.addWidget(self.cartes[point.point.code])
        colonne.addStretch(1)
        ancien = self.zone.takeWidget()
        if ancien is not None:
            ancien.deleteLater()
        self.zone.setWidget(interieur)
        self.zone.verticalScrollBar().setValue(0)
