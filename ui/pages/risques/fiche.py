"""The card of a risk: its words, its criticality before and after, its actions. Each field saves itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP
from esms_desktop.gestes import risques as gestes
from esms_desktop.lecture import Dossier, Ligne, Risque
from esms_desktop.nomenclature.risques_types import GRAVITE, PROBABILITE, risques_types
from esms_desktop.regles.dossier import risques as regles
from ui.models.fiches import Groupe, des
from ui.pages.commun.disparu import phrase
from ui.pages.commun.liste_formulaire import ChampListe, FormulaireListe
from ui.pages.risques.actions import TableauActions
from ui.pages.risques.modele import modifier_risque, options_categories, options_degres
from ui.pages.risques.modele_actions import de_risque
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.tableaux.carte_chaleur import PastilleNiveau

if TYPE_CHECKING:
    from ui.contexte import Contexte

_MOTS = (
    Groupe(
        "Le risque",
        (
            *des("risque", "intitule"),
            ChampListe("risque.categorie", options_categories),
            *des("risque", "cause", "consequence"),
        ),
    ),
)
_NOTES = (Groupe("Notes", des("risque", "notes")),)
_AXES = {
    "probabilite": PROBABILITE,
    "gravite": GRAVITE,
    "probabilite_residuelle": PROBABILITE,
    "gravite_residuelle": GRAVITE,
}


def _degre(nom: str) -> ChampListe:
    return ChampListe(f"risque.{nom}", du_dossier=lambda dossier: options_degres(dossier, _AXES[nom]))


_AVANT = (Groupe("Avant actions", (_degre("probabilite"), _degre("gravite"))),)
_APRES = (Groupe("Après actions", (_degre("probabilite_residuelle"), _degre("gravite_residuelle"))),)


class Cotation(QWidget):
    """Probability, gravity, and the level they make."""

    def __init__(
        self,
        nom: str,
        groupes: tuple[Groupe, ...],
        apres: bool,
        ecrire: Callable[[Ligne, dict[str, object]], bool],
    ) -> None:
        super().__init__()
        self._apres = apres
        self.formulaire = FormulaireListe(nom, groupes, ecrire)
        self.niveau = PastilleNiveau()
        self.attente = Libelle("À coter : choisissez la probabilité et la gravité.", "petit")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(6)
        colonne.addWidget(self.formulaire)
        colonne.addWidget(self.niveau, 0, Qt.AlignmentFlag.AlignLeft)
        colonne.addWidget(self.attente)
        colonne.addStretch(1)

    def montrer(self, risque: Risque, dossier: Dossier) -> None:
        """Shows the levels of a risk, what each means, and the criticality."""
        self.formulaire.fixer_dossier(dossier)
        self.formulaire.montrer(risque)
        dits = regles.echelles(dossier)
        for nom, champ in self.formulaire.champs.items():
            assert isinstance(champ, ChampChoix)
            degre = getattr(risque, nom)
            definition = dits.axe(_AXES[nom])[degre - 1].definition if degre else ""
            champ.aide.setText(definition)
            champ.aide.setVisible(bool(definition))
        valeur = regles.criticite(risque, self._apres)
        quel = None if valeur is None else regles.niveau(valeur)
        self.niveau.fixer(f"P × G = {valeur} · {quel.libelle}" if quel else "", quel)
        self.attente.setVisible(valeur is None)


class DialogueRisque(QDialog):
    """The card, in a window of its own. Ctrl+Z undoes there too; it closes when its risk is gone.

    Args:
        risque_id: key of the risk.
        neuf: True when it was just added: the cursor goes in its title.
        champ: field of the risk to put the cursor in.
    """

    def __init__(
        self,
        contexte: "Contexte",
        dossier_id: int,
        risque_id: int,
        champ: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._contexte, self._dossier_id, self._risque_id = contexte, dossier_id, risque_id
        self._nom = ""
        self.mots = FormulaireListe("Fiche du risque", _MOTS, self._ecrire)
        self.notes = FormulaireListe("Notes sur le risque", _NOTES, self._ecrire)
        self.avant = Cotation("Cotation avant actions", _AVANT, False, self._ecrire)
        self.apres = Cotation("Cotation après actions", _APRES, True, self._ecrire)
        self.bandeau = Bandeau()
        self.titre = Libelle("", "sous-titre")
        self.ou = Libelle("", "muet")
        self.source = Libelle("", "petit")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 16, 22, 16)
        colonne.setSpacing(8)
        colonne.addWidget(self.titre)
        colonne.addWidget(self.ou)
        colonne.addWidget(self.bandeau)
        colonne.addWidget(self._corps(), 1)
        rangee = QHBoxLayout()
        rangee.addWidget(Libelle("Tout est enregistré au fur et à mesure ; Ctrl+Z annule.", "petit"), 1)
        self.fermer = bouton("&Fermer", self.accept, "primaire")
        rangee.addWidget(self.fermer)
        colonne.addLayout(rangee)
        for touche, action in (
            (QKeySequence.StandardKey.Undo, contexte.annuler),
            (QKeySequence.StandardKey.Redo, contexte.refaire),
        ):
            QShortcut(QKeySequence(touche), self).activated.connect(action)
        contexte.change.connect(self._relire)
        contexte.ecriture_echouee.connect(self._refuser)
        self.resize(980, 740)
        self._relire()
        self._viser(champ)

    def _corps(self) -> QScrollArea:
        interieur = QWidget()
        interieur.setObjectName("transparent")
        corps = QVBoxLayout(interieur)
        corps.setContentsMargins(0, 0, 8, 0)
        corps.setSpacing(12)
        haut = QHBoxLayout()
        haut.setSpacing(12)
        texte, cotation = Carte(), Carte()
        texte.ajouter(self.mots)
        texte.ajouter(self.source)
        for partie in (self.avant, self.apres):
            cotation.ajouter(partie)
        cotation.corps.addStretch(1)
        haut.addWidget(texte, 58)
        haut.addWidget(cotation, 42)
        corps.addLayout(haut)
        corps.addWidget(self._carte_actions())
        notes = Carte()
        notes.ajouter(self.notes)
        corps.addWidget(notes)
        self.zone = QScrollArea()
        self.zone.setWidgetResizable(True)
        self.zone.setFrameShape(QFrame.Shape.NoFrame)
        self.zone.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.zone.setAccessibleName("Fiche du risque")
        self.zone.setWidget(interieur)
        return self.zone

    def _carte_actions(self) -> Carte:
        carte = Carte("Actions")
        self.tableau = TableauActions(
            self._contexte,
            "Actions sur ce risque",
            False,
            self._dire,
            self._refuser,
            lambda: self.risque,
            (2.4, 1.0, 1.3, 0.9, 0.9, 0.7),
            {0: 22},
        )
        self.tableau.activee.connect(lambda _: self.tableau.edit(self.tableau.currentIndex()))
        self.retirer = carte.ajouter_action(bouton("&Retirer", self.tableau.retirer))
        carte.ajouter_action(
            bouton(
                "&Coller",
                self.coller,
                aide="Ajouter les lignes copiées d’un tableur : action, échéance, responsable…",
            )
        )
        self.ajouter = carte.ajouter_action(bouton("&Ajouter une action", self.nouvelle_action))
        self.sans_action = carte.ajouter_texte(
            "Aucune action : que fait-on pour éviter ce risque (préventive), ou en limiter les effets (corrective) ?",
            "muet",
        )
        carte.ajouter(self.tableau)
        return carte

    # -- showing -----------------------------------------------------------------------------------------------

    @property
    def risque(self) -> Risque | None:
        """The risk shown, None once it is gone."""
        return self._contexte.lecture(self._dossier_id).dossier.trouver(Risque, self._risque_id)

    def _relire(self) -> None:
        try:
            risque = self.risque
        except ErreurEsms:
            # The dossier is gone with it: its window says so.
            self.reject()
            return
        if risque is None:
            self._partir()
            return
        dossier = self._contexte.lecture(self._dossier_id).dossier
        code = regles.codes(regles.risques_de(dossier, risque.essms))[risque]
        self._nom = regles.intitule(risque)
        self.setWindowTitle(f"{code} · {regles.intitule(risque)}")
        self.titre.setText(f"{code} · {regles.intitule(risque)}")
        self.ou.setText(f"Structure{NBSP}: {risque.essms.nom}" if risque.essms else "Carte de la grappe")
        self.mots.montrer(risque)
        self.notes.montrer(risque)
        self.avant.montrer(risque, dossier)
        self.apres.montrer(risque, dossier)
        modele = risques_types().get(risque.origine)
        self.source.setText(f"Repris de la bibliothèque. Source{NBSP}: {modele.source}." if modele else "")
        self.source.setVisible(modele is not None)
        self.tableau.montrer(de_risque(risque.actions), dossier)
        self.tableau.setVisible(bool(risque.actions))
        self.retirer.setEnabled(bool(risque.actions))
        self.sans_action.setVisible(not risque.actions)

    def _partir(self) -> None:
        """The risk is gone: the card closes, and the page says so, with what was being typed."""
        formulaires = (self.mots, self.notes, self.avant.formulaire, self.apres.formulaire)
        saisies = [s for f in formulaires for s in f.abandonner()]
        self.reject()
        self._contexte.disparu.emit(phrase(self._nom, "La carte des risques est montrée.", saisies))

    def _viser(self, champ: str) -> None:
        if champ == "actions":
            self.ajouter.setFocus(Qt.FocusReason.OtherFocusReason)
            # Once the card has its height.
            QTimer.singleShot(0, self, self._descendre)
            return
        formulaires = (self.avant.formulaire, self.apres.formulaire)
        formulaire = next((f for f in formulaires if champ in f.champs), self.mots)
        formulaire.viser(champ)
        vise = formulaire.champs.get(champ)
        if vise is not None:
            self.zone.ensureWidgetVisible(vise, 0, 40)

    def _descendre(self) -> None:
        self.zone.ensureWidgetVisible(self.ajouter)
        self.zone.ensureWidgetVisible(self.tableau if self.tableau.isVisible() else self.sans_action)

    # -- writing -----------------------------------------------------------------------------------------------

    def nouvelle_action(self) -> None:
        """Adds an action and opens its first cell to type in."""
        risque = self.risque
        neuve = risque and self._contexte.accomplir(gestes.ajouter_action, risque, intitule="Nouvelle action")
        if neuve is None:
            return
        rang = self.tableau.lignes.ligne_de(neuve.id)
        self.tableau.choisir(rang)
        self.tableau.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tableau.edit(self.tableau.currentIndex())

    def coller(self) -> None:
        """Adds the lines of the clipboard as actions."""
        texte = QGuiApplication.clipboard().text()
        if texte.strip():
            self.tableau.coller_lignes(texte)
            return
        titres = ", ".join(c.titre for c in self.tableau.lignes.colonnes)
        self._refuser(
            f"Le presse-papiers est vide. Copiez d’abord des lignes d’un tableur, dans cet ordre{NBSP}: {titres}."
        )

    def _ecrire(self, objet: Ligne, champs: dict[str, object]) -> bool:
        assert isinstance(objet, Risque)
        return self._contexte.modifier(objet, modifier_risque(objet), **champs)

    def _dire(self, texte: str) -> None:
        self.bandeau.montrer(texte, "ok", ("Annuler", self._contexte.annuler), secondes=12)

    def _refuser(self, texte: str) -> None:
        self.bandeau.montrer(texte, "bad")
