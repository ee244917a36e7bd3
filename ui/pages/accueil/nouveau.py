"""The two ways to start a dossier: from the FINESS directory, or empty."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, ErreurSaisie
from esms_desktop.francais import pluriel
from esms_desktop.nomenclature.champs import libelle_de
from ui.models.table import Colonne, ModeleTable
from ui.pages.commun.page import Defilement
from ui.widgets.bandeau import Bandeau
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.libelle import Filet, Libelle
from ui.widgets.tableaux.tableau_court import TableauCourt

if TYPE_CHECKING:
    from esms_desktop.base.seance import Porte
    from esms_desktop.nomenclature.vocabulaire import TypeProjet
    from ui.contexte import Contexte


class _DialogueNouveau(QDialog):
    """Name, campaign and type, common to both. `cree(int)`: the dossier made."""

    cree = Signal(int)

    def __init__(self, contexte: "Contexte", titre: str, intro: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from esms_desktop.campagnes.chargement import toutes
        from esms_desktop.campagnes.ouverture import par_defaut
        from esms_desktop.nomenclature.vocabulaire import TypeProjet

        self.contexte = contexte
        self.setWindowTitle(titre)
        tout = QVBoxLayout(self)
        tout.setContentsMargins(24, 20, 24, 18)
        tout.setSpacing(12)
        tout.addWidget(Libelle(titre, "titre"))
        texte = Libelle(intro, "muet")
        texte.setMinimumWidth(520)
        tout.addWidget(texte)
        self.bandeau = Bandeau()
        tout.addWidget(self.bandeau)
        self.defilement = Defilement(titre)
        self.formulaire = QVBoxLayout(self.defilement.interieur)
        self.formulaire.setContentsMargins(0, 0, 10, 0)
        self.formulaire.setSpacing(12)
        tout.addWidget(self.defilement, 1)
        self.nom = ChampTexte(libelle_de("dossier.nom"), indication="Grappe Val de Sèvre")
        campagnes = toutes()
        self._campagnes = {c.id: c for c in campagnes}
        self.campagne = ChampChoix(
            libelle_de("dossier.campagne_id"), [(c.id, c.titre) for c in campagnes], self._dire_ouverture
        )
        self.ouverture = Libelle("", "muet")
        if (proposee := par_defaut(campagnes, contexte.jour())) is not None:
            self.campagne.fixer(proposee.id)
        self.type_projet = ChampChoix(libelle_de("dossier.type_projet"), [(t, t.libelle) for t in TypeProjet])
        self.type_projet.fixer(TypeProjet.ACQUISITION)
        self.formulaire.addWidget(self.nom)
        deux = QHBoxLayout()
        deux.setSpacing(16)
        deux.addWidget(self.campagne, 1, Qt.AlignmentFlag.AlignTop)
        deux.addWidget(self.type_projet, 1, Qt.AlignmentFlag.AlignTop)
        self.formulaire.addLayout(deux)
        self.formulaire.addWidget(self.ouverture)
        self._dire_ouverture(self.campagne.valeur)
        self.rangee_actions = QHBoxLayout()
        self.rangee_actions.setSpacing(10)
        self.rangee_actions.addStretch(1)
        self.rangee_actions.addWidget(bouton("&Fermer", self.reject))
        tout.addWidget(Filet())
        tout.addLayout(self.rangee_actions)

    def _dire_ouverture(self, id: str | None) -> None:
        """Says whether the campaign chosen takes filings; nothing when it does."""
        from esms_desktop.campagnes.ouverture import phrase

        campagne = self._campagnes.get(id or "")
        self.ouverture.setText("" if campagne is None else phrase(campagne, self.contexte.jour()))
        self.ouverture.setVisible(bool(self.ouverture.text()))

    def ajouter_action(self, b: QPushButton) -> QPushButton:
        """Puts a button at the right of « Fermer »."""
        self.rangee_actions.addWidget(b)
        return b

    def choix_communs(self) -> "tuple[str, str, TypeProjet] | None":
        """(name, campaign, type) when they can be used; otherwise says why under the field and gives None."""
        nom = self.nom.texte_saisi().strip()
        if not nom:
            self._refuser_nom(
                "Donnez un nom au dossier : c’est lui que vous retrouverez dans le portefeuille."
            )
            return None
        self.nom.montrer_erreur("")
        return nom, self.campagne.valeur, self.type_projet.valeur

    def _refuser_nom(self, raison: str) -> None:
        self.nom.montrer_erreur(raison)
        self.nom.viser()

    def garder(self, creer: "Callable[[Porte], int]") -> None:
        """Saves the dossier that `creer` makes, closes, and says which was made."""
        try:
            dossier_id = self.contexte.base.accomplir(creer)
        except ErreurSaisie as e:
            self._refuser_nom(str(e))
            return
        except (ErreurEsms, OSError) as e:
            self.bandeau.montrer(
                f"Le dossier n’a pas été créé. {e} Ce que vous avez saisi est toujours là.", "bad"
            )
            return
        self.accept()
        self.cree.emit(dossier_id)


class DialogueVide(_DialogueNouveau):
    """A dossier whose grappe will be typed by hand."""

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(
            contexte,
            "Nouveau dossier vide",
            "La grappe est vide au départ : vous ajouterez les organismes et leurs ESSMS à la main ou par copier-coller.",
            parent,
        )
        self.creer = self.ajouter_action(bouton("&Créer le dossier", self._creer, "primaire"))
        self.formulaire.addStretch(1)
        self.resize(620, 470)

    def _creer(self) -> None:
        from esms_desktop.gestes.creer import creer_vide

        choix = self.choix_communs()
        if choix is not None:
            nom, campagne, genre = choix
            self.garder(lambda porte: creer_vide(porte, nom, campagne, genre))


class DialogueFiness(_DialogueNouveau):
    """A dossier from organismes of the directory, found by their name: the first one added is the porteur."""

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(
            contexte,
            "Nouveau dossier depuis FINESS",
            "Cherchez chaque organisme gestionnaire par son nom ou sa commune ; il entre avec ceux de ses ESSMS que vous choisissez. "
            "Le premier est le porteur.",
            parent,
        )
        from ui.pages.annuaire.organisme import ChoixOrganisme

        self.retenus: list[_Retenu] = []
        self.choix = ChoixOrganisme(contexte)
        self.choix.setMinimumHeight(340)
        self.choix.tableau.change.connect(self._compter)
        self.ajout = bouton("&Ajouter cet organisme", self._ajouter)
        self.modele: ModeleTable[_Retenu] = ModeleTable(
            (
                Colonne("Rôle", lambda r: "Porteur" if self.retenus and r is self.retenus[0] else "Membre"),
                Colonne("Organisme", lambda r: r.nom),
                Colonne("ESSMS", lambda r: str(len(r.essms))),
            ),
            lambda r: r.numero,
        )
        self.liste = TableauCourt("Organismes de la grappe", self.modele, (1.0, 4.0, 0.8))
        self.retrait = bouton("&Retirer de la liste", self._retirer)
        self.formulaire.addWidget(Filet())
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addWidget(self.liste, 1)
        rangee.addWidget(self.retrait, 0, Qt.AlignmentFlag.AlignTop)
        self.formulaire.addLayout(rangee)
        self.choix.rangee.addWidget(self.ajout)
        self.formulaire.addWidget(self.choix, 1)
        self.creer = self.ajouter_action(bouton("&Créer le dossier", self._creer, "primaire"))
        self.finished.connect(lambda _: self.choix.recherche.fermer())
        self._compter()
        self.resize(1080, 740)

    def _compter(self) -> None:
        deja = self.choix.entite is not None and self.choix.entite.finess in {r.numero for r in self.retenus}
        self.ajout.setEnabled(bool(self.choix.choisis) and not deja)
        self.liste.setVisible(bool(self.retenus))
        self.retrait.setVisible(bool(self.retenus))
        total = sum(len(r.essms) for r in self.retenus)
        self.creer.setEnabled(bool(self.retenus))
        self.creer.setToolTip("" if self.retenus else "Ajoutez d’abord un organisme.")
        self.creer.setText(
            f"&Créer le dossier avec {pluriel(total, 'ESSMS', 'ESSMS')}" if total else "&Créer le dossier"
        )
        self.creer.setAccessibleName(self.creer.text().replace("&", ""))

    def _ajouter(self) -> None:
        entite, essms = self.choix.entite, self.choix.choisis
        if entite is not None and essms:
            self.retenus.append(_Retenu(entite.finess, entite.nom, tuple(essms)))
            self.modele.charger(self.retenus)
            self.choix.retenir(essms)
            self.choix.recherche.saisie.setFocus()
            self.choix.recherche.saisie.selectAll()

    def _retirer(self) -> None:
        rang = self.liste.ligne_courante()
        if self.retenus:
            retire = self.retenus.pop(rang if 0 <= rang < len(self.retenus) else -1)
            self.modele.charger(self.retenus)
            self.choix.rendre(retire.essms)

    def _creer(self) -> None:
        from esms_desktop.gestes.echanges.annuaire import creer_dossier

        choix = self.choix_communs()
        if choix is not None and self.retenus and self.contexte.precaution("import"):
            nom, campagne, genre = choix
            voulus = [(r.numero, r.essms) for r in self.retenus]
            self.garder(lambda porte: creer_dossier(porte, nom, campagne, genre, voulus))


@dataclass(frozen=True)
class _Retenu:
    """An organisme of the dossier to come, and the FINESS numbers of its ESSMS."""

    numero: str
    nom: str
    essms: tuple[str, ...]
