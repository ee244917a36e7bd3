"""The cards of the overview where the dossier itself is edited: its settings, its calendar, its story."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import majuscule
from esms_desktop.nomenclature.champs import aide_de, entete_de, libelle_de
from esms_desktop.regles.dossier.pieces import a_deposer
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampTexte

if TYPE_CHECKING:
    from esms_desktop.campagnes.schema import Campagne
    from esms_desktop.nomenclature.vocabulaire import EtatDossier
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_DATES = (
    ("date_depot_prevue", "prévoir le dépôt"),
    ("date_convention", "dater la convention"),
    ("date_debut_projet", "dater le début du projet"),
    ("date_debut_parametrage", "dater le début du paramétrage"),
    ("date_fin_deploiement", "dater la fin du déploiement"),
    ("date_solde", "dater la demande du solde"),
)
_TEXTES = ("contexte", "objectifs", "hebergement", "reprise_donnees", "points_attention")


def etats(campagne: "Campagne", present: "EtatDossier") -> "list[EtatDossier]":
    """The states a dossier may be in: where no filing is asked, it is neither complete nor filed."""
    from esms_desktop.nomenclature.vocabulaire import EtatDossier

    sans_depot = {present, EtatDossier.PREPARATION, EtatDossier.DEPLOIEMENT, EtatDossier.SOLDE}
    return [e for e in EtatDossier if a_deposer(campagne) or e in sans_depot]


class CarteProjet(QWidget):
    """Settings, calendar and texts of the dossier. Every field of the model has its widget in `champs`."""

    def __init__(
        self, contexte: "Contexte", lecture: "Callable[[], Lecture]", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        from esms_desktop.campagnes.chargement import toutes
        from esms_desktop.nomenclature.vocabulaire import EtatDossier, TypeProjet

        self._contexte = contexte
        self._lecture = lecture
        self._connues = [(c.id, c.titre) for c in toutes()]
        self.champs: dict[str, Any] = {}
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(14)
        haut = QHBoxLayout()
        haut.setSpacing(14)
        dossier = Carte("Le dossier")
        self._ajouter(
            dossier, "nom", ChampTexte(libelle_de("dossier.nom"), self._ecrire("nom", "renommer le dossier"))
        )
        self._ajouter(
            dossier,
            "campagne_id",
            ChampChoix(
                libelle_de("dossier.campagne_id"),
                self._connues,
                self._changer_campagne,
                aide_de("dossier.campagne_id"),
            ),
        )
        self._ajouter(
            dossier,
            "type_projet",
            ChampChoix(
                libelle_de("dossier.type_projet"),
                [(t, t.libelle) for t in TypeProjet],
                self._ecrire("type_projet", "changer le type de projet"),
            ),
        )
        self._ajouter(
            dossier,
            "etat",
            ChampChoix(
                entete_de("dossier.etat"),
                [(e, e.libelle) for e in EtatDossier],
                self._ecrire("etat", "changer l’état du dossier"),
            ),
        )
        dossier.corps.addStretch(1)
        haut.addWidget(dossier, 1)
        calendrier = Carte("Le calendrier")
        for nom, geste in _DATES:
            self._ajouter(calendrier, nom, ChampDate(entete_de(f"dossier.{nom}"), self._ecrire(nom, geste)))
        calendrier.corps.addStretch(1)
        haut.addWidget(calendrier, 1)
        colonne.addLayout(haut)
        recit = Carte("Le projet en quelques mots")
        recit.ajouter_texte("Ces textes entrent tels quels dans la note de présentation.", "muet")
        grille = QGridLayout()
        grille.setHorizontalSpacing(18)
        grille.setVerticalSpacing(12)
        for rang, nom in enumerate(_TEXTES):
            etiquette = libelle_de(f"dossier.{nom}")
            champ = ChampTexte(
                etiquette,
                self._ecrire(nom, f"modifier «\u00a0{etiquette}\u00a0»"),
                aide_de(f"dossier.{nom}"),
                multiligne=True,
            )
            self.champs[nom] = champ
            if rang < 2:
                grille.addWidget(champ, rang, 0, 1, 2)
            else:
                grille.addWidget(champ, 2 + (rang - 2) // 2, (rang - 2) % 2)
        notes = ChampTexte(
            libelle_de("dossier.notes"),
            self._ecrire("notes", "modifier les notes"),
            aide_de("dossier.notes"),
            True,
        )
        self.champs["notes"] = notes
        grille.addWidget(notes, 3, 1)
        recit.corps.addLayout(grille)
        colonne.addWidget(recit)

    def _ajouter(self, carte: Carte, nom: str, champ: QWidget) -> None:
        self.champs[nom] = champ
        carte.ajouter(champ)

    def _ecrire(self, nom: str, geste: str) -> Callable[[Any], bool]:
        return lambda valeur: self._contexte.modifier(
            self.champs[nom].ligne, majuscule(geste), **{nom: valeur}
        )

    def _changer_campagne(self, id: str) -> bool:
        """Tells what another campaign would change, then changes it if the person agrees."""
        from esms_desktop.gestes.changer_campagne import apercu
        from ui.pages.campagnes.changement import demander_changement

        champ, lu = self.champs["campagne_id"], self._lecture()
        if not demander_changement(self.window(), apercu(lu.dossier, id, lu.jour)):
            QTimer.singleShot(0, champ, lambda: champ.fixer(lu.dossier.campagne_id, lu.dossier))
            return True
        # Rules, amounts and pieces follow: what was there is kept first.
        if not self._contexte.precaution("campagne"):
            QTimer.singleShot(0, champ, lambda: champ.fixer(lu.dossier.campagne_id, lu.dossier))
            return True
        return self._contexte.modifier(champ.ligne, "Changer de campagne", campagne_id=id)

    def rafraichir(self) -> None:
        """Shows what the dossier says now."""
        from esms_desktop.campagnes.chargement import toutes

        lu = self._lecture()
        dossier = lu.dossier
        self.champs["etat"].fixer_options([(e, e.libelle) for e in etats(lu.campagne, dossier.etat)])
        connues = [(c.id, c.titre) for c in toutes()]
        if connues != self._connues:
            self._connues = connues
            self.champs["campagne_id"].fixer_options(connues)
        for nom, champ in self.champs.items():
            champ.fixer(getattr(dossier, nom), dossier)
