"""Backups: where they go, taking one, a copy to carry, coming back to one; and the health of the base."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import date_heure
from ui import sorties
from ui.pages.base.modele_sauvegardes import POIDS, LigneSauvegarde, modele, reunir
from ui.pages.base.page_base import PageBase
from ui.pages.base.restauration import Restaurer
from ui.widgets.boutons import bouton
from ui.widgets.etat_vide import EtatVide
from ui.widgets.tableaux.tableau_court import TableauCourt

if TYPE_CHECKING:
    from esms_desktop.base.sante import Bilan
    from esms_desktop.base.sauvegardes import EtatSauvegardes, Sauvegarde
    from esms_desktop.progress import Progress
    from ui.contexte import Contexte

_FILTRE = "Sauvegardes ESMS Desktop (*.sauvegarde);;Tous les fichiers (*)"


class PageSauvegardes(PageBase):
    """The page; what it lists comes from the guards of the base, which read it beside the window."""

    titre: ClassVar[str] = "Sauvegardes"

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.restaurer = Restaurer(self)
        self.entete.ajouter_action(
            "&Enregistrer une copie…",
            self.copier,
            aide="Un seul fichier chiffré, qui s’ouvre ailleurs avec la phrase ou le code",
        )
        self.maintenant = self.entete.ajouter_action(
            "&Sauvegarder maintenant", self.sauvegarder, primaire=True
        )
        self._emplacements()
        self._liste()
        self._sante()
        self.corps.addStretch(1)
        if contexte.gardes is not None:
            contexte.gardes.vu.connect(self._montrer)
            contexte.gardes.verifiee.connect(self._montrer_bilan)

    def _emplacements(self) -> None:
        carte = self.carte("Où elles vont")
        self.ici = carte.ajouter_texte("")
        self.la_bas = carte.ajouter_texte("")
        carte.ajouter_texte(
            "Chaque jour où quelque chose a changé, et avant un import, une restauration, un changement de campagne ou de code. Gardées\u00a0: "
            "sept jours, quatre semaines, six mois, et toutes celles que vous demandez.",
            "petit",
        )
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.choisir = bouton("&Choisir un second emplacement…", self._choisir_seconde)
        self.oublier = bouton("&Ne plus s’en servir", lambda: self._fixer_seconde(None))
        rangee.addWidget(self.choisir)
        rangee.addWidget(self.oublier)
        rangee.addStretch(1)
        carte.corps.addLayout(rangee)

    def _liste(self) -> None:
        carte = self.carte("Revenir à une sauvegarde")
        carte.ajouter_texte(
            "Rien n’est changé avant d’avoir montré ce qu’elle contient, et une copie du présent est gardée d’abord.",
            "muet",
        )
        self.modele = modele()
        self.tableau = TableauCourt("Sauvegardes", self.modele, POIDS, lignes=8)
        self.tableau.activee.connect(lambda _: self._regarder())
        self.tableau.choisie.connect(lambda _: self._boutons())
        carte.ajouter(self.tableau)
        self.vide = EtatVide(
            "Pas encore de sauvegarde",
            "La première se prend d’elle-même dès qu’un dossier existe, à l’ouverture suivante. Vous pouvez aussi la prendre maintenant.",
            ("&Prendre la première", self.sauvegarder),
        )
        carte.ajouter(self.vide)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        self.regarder = bouton("Re&garder et restaurer…", self._regarder)
        self.autre_fichier = bouton("Restaurer un a&utre fichier…", self._autre_fichier)
        rangee.addWidget(self.regarder)
        rangee.addWidget(self.autre_fichier)
        rangee.addStretch(1)
        carte.corps.addLayout(rangee)

    def _sante(self) -> None:
        carte = self.carte("La santé de la base")
        self.sante = carte.ajouter_texte("")
        rangee = QHBoxLayout()
        self.verifier = bouton("&Vérifier toute la base", self._verifier)
        rangee.addWidget(self.verifier)
        rangee.addStretch(1)
        carte.corps.addLayout(rangee)

    # -- reading -----------------------------------------------------------------------------------------------

    def rafraichir(self) -> None:
        """Shows what is known, and asks for it again."""
        gardes = self.contexte.gardes
        if gardes is None:
            return
        gardes.relire()
        if gardes.etat is not None:
            self._montrer(gardes.etat)

    def _montrer(self, etat: "EtatSauvegardes") -> None:
        from esms_desktop.base.sauvegardes import maintenant_local, phrase_derniere

        self.entete.set_phrase(f"{phrase_derniere(etat, maintenant_local())}.")
        self.ici.setText(f"Sur cet ordinateur\u00a0: {etat.dossier}")
        reglages = etat.reglages
        if not reglages.seconde:
            dit, genre = (
                "Second emplacement\u00a0: aucun. Si cet ordinateur est perdu, tout l’est avec lui.",
                "warn",
            )
        elif not etat.seconde_presente:
            dit, genre = f"Second emplacement\u00a0: {reglages.seconde}, absent en ce moment.", "warn"
        else:
            dit, genre = f"Second emplacement\u00a0: {reglages.seconde}", ""
        if etat.seconde_en_retard:
            dit, genre = f"{dit} Rien n’y est arrivé depuis une semaine.", "bad"
        self.la_bas.setText(dit)
        self.la_bas.fixer_genre(genre)
        self.oublier.setVisible(bool(reglages.seconde))
        self.choisir.setText(
            "&Choisir un autre emplacement…" if reglages.seconde else "&Choisir un second emplacement…"
        )
        self.modele.charger(reunir(etat.locales, etat.ailleurs))
        if self._courante() is None and self.modele.rowCount():
            self.tableau.choisir(0)
        self.tableau.setVisible(bool(self.modele.rowCount()))
        self.vide.setVisible(not self.modele.rowCount())
        verifiee = reglages.verifiee
        if not self.sante.text() or self.sante.property("genre") == "":
            self.sante.setText(_dite(verifiee))
        self._boutons()

    def _montrer_bilan(self, bilan: "Bilan") -> None:
        from esms_desktop.base.sante import Sante

        self.verifier.setEnabled(True)
        self.sante.fixer_genre("ok" if bilan.sain else "bad")
        lignes = Sante(bilan, None).phrases() if bilan.sain else [f"Abîmé\u00a0: {d}" for d in bilan.defauts]
        if not bilan.sain:
            lignes.append(
                "Fermez la base et rouvrez-la\u00a0: elle sera mise de côté, réparée, ou remplacée par une sauvegarde."
            )
        self.sante.setText("\n".join(lignes))

    def _boutons(self) -> None:
        ecrivable = not self.contexte.base.lecture_seule
        self.regarder.setEnabled(ecrivable and self._courante() is not None)
        for b in (self.autre_fichier, self.maintenant, self.choisir, self.oublier):
            b.setEnabled(ecrivable)

    def _courante(self) -> LigneSauvegarde | None:
        rang = self.tableau.ligne_courante()
        return self.modele.objet(rang) if 0 <= rang < self.modele.rowCount() else None

    # -- gestures ----------------------------------------------------------------------------------------------

    def sauvegarder(self) -> None:
        """Takes a backup now, beside the base and in the second place."""
        from esms_desktop.base import sauvegardes

        chemin, cle = self.chemin, self.cle

        def travail(progress: "Progress") -> "Sauvegarde":
            return sauvegardes.faire(
                chemin,
                cle,
                "demandee",
                sauvegardes.maintenant_local(),
                lambda fait, total: progress.etape(fait, total, "Sauvegarde de la base"),
            )

        self.contexte.taches.lancer(
            "Sauvegarde de la base",
            travail,
            lambda s: self._prise(f"Sauvegarde prise et relue\u00a0: {s.chemin.name}."),
            self._echec,
        )

    def copier(self) -> None:
        """Asks for a folder, then writes there one file that opens elsewhere."""
        dossier = sorties.demander_dossier(self, "Où enregistrer la copie\u00a0?")
        if dossier is not None:
            self.copier_dans(dossier)

    def copier_dans(self, dossier: Path) -> None:
        """Writes a copy of the base in `dossier`, beside the window."""
        from esms_desktop.base import sauvegardes

        chemin, cle = self.chemin, self.cle

        def travail(progress: "Progress") -> "Sauvegarde":
            return sauvegardes.vers(
                chemin, cle, dossier, lambda fait, total: progress.etape(fait, total, "Copie de la base")
            )

        self.contexte.taches.lancer(
            "Copie de la base",
            travail,
            lambda s: self._prise(
                f"La copie est écrite et relue\u00a0: {s.chemin}. Elle s’ouvre ailleurs avec la phrase ou le code de secours."
            ),
            self._echec,
        )

    def _prise(self, phrase: str) -> None:
        self.dire(phrase)
        self.rafraichir()

    def _echec(self, erreur: ErreurEsms) -> None:
        if isinstance(erreur, Interruption):
            self.dire("La sauvegarde est arrêtée\u00a0: rien n’a été gardé.", "info")
        else:
            self.dire(str(erreur), "bad")
        self.rafraichir()

    def _choisir_seconde(self) -> None:
        dossier = sorties.demander_dossier(
            self, "Où garder aussi les sauvegardes\u00a0? (une clé, un partage)"
        )
        if dossier is not None:
            self._fixer_seconde(dossier)

    def _fixer_seconde(self, dossier: Path | None) -> None:
        from esms_desktop.base import sauvegardes

        fait = (
            f"Chaque sauvegarde ira aussi dans {dossier}."
            if dossier
            else "Les sauvegardes ne vont plus qu’à côté de la base\u00a0; celles de l’autre emplacement y restent."
        )
        chemin = self.chemin
        if self.essayer(
            lambda: sauvegardes.choisir_seconde(chemin, dossier, sauvegardes.maintenant_local()), fait
        ):
            gardes = self.contexte.gardes
            if gardes is not None and dossier is not None:
                gardes.rattraper()

    def _regarder(self) -> None:
        ligne = self._courante()
        if ligne is not None and self.regarder.isEnabled():
            self.restaurer.proposer(ligne.sauvegarde.chemin)

    def _autre_fichier(self) -> None:
        choisi, _ = QFileDialog.getOpenFileName(self, "Choisir une sauvegarde", str(Path.home()), _FILTRE)
        if choisi:
            self.restaurer.proposer(Path(choisi))

    def _verifier(self) -> None:
        gardes = self.contexte.gardes
        if gardes is not None:
            self.verifier.setEnabled(False)
            self.sante.fixer_genre("")
            self.sante.setText(
                "Vérification de chaque page, de chaque index et de chaque fichier joint… Vous pouvez continuer."
            )
            gardes.verifier(True)


def _dite(verifiee: str) -> str:
    from datetime import datetime

    try:
        quand = f"Vérifiée en entier le {date_heure(datetime.fromisoformat(verifiee))}, saine."
    except ValueError:
        quand = "Pas encore vérifiée en entier."
    return f"{quand} Chaque semaine, elle l’est d’elle-même."
