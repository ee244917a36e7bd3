"""The two autodiagnostics of each OG: done or not, when, with which result, and where its file is attached."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from esms_desktop import francais
from esms_desktop.francais import NBSP, majuscule, pluriel
from esms_desktop.gestes import preparation as gestes
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import aide_de, entete_de, libelle_de
from esms_desktop.regles.constats import Cible, Page
from esms_desktop.regles.dossier.preparation import (
    GENRES,
    EtatAutodiagnostic,
    autodiagnostics_exiges,
    etat_autodiagnostics,
)
from ui.models import declarations, saisie
from ui.models.saisie import ColonneSaisie
from ui.pages.commun.disparu import Montre
from ui.pages.commun.disparu import phrase as disparu
from ui.pages.commun.liste_fermee import TableauFerme
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampDate, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_PIECE = 10
_BADGES = {True: "ok", False: "bad", None: "neutre"}
_COURTS = {"si": "Maturité du SI (ANAP)", "cyber": "Cybersécurité (GRADeS)"}


class Ligne:
    """An autodiagnostic of an OG, as a row."""

    def __init__(self, etat: EtatAutodiagnostic) -> None:
        self.og, self.genre, self.realise = etat.og, etat.genre, etat.realise
        self.date = etat.fait.date if etat.fait else None
        self.resultat = (etat.fait.resultat or "") if etat.fait else ""

    @property
    def id(self) -> tuple[int, str]:
        """The OG and the kind."""
        return self.og.id, self.genre

    @property
    def joints(self) -> int:
        """Files of piece 10 attached for that OG."""
        return sum(f.og_id == self.og.id for f in self.og.dossier.fichiers_de(_PIECE))


def _fait(texte: str, _: Dossier) -> dict[str, object]:
    return {"realise": francais.lire_oui_non(texte)}


COLONNES: tuple[ColonneSaisie[Ligne], ...] = (
    ColonneSaisie(
        "Autodiagnostic",
        lambda a: a.og.nom_court,
        second=lambda a: _COURTS[a.genre],
        brut=lambda a: f"{a.og.nom_court}, {_COURTS[a.genre]}",
    ),
    ColonneSaisie(
        entete_de("autodiagnostic.realise"),
        lambda a: gestes.MOTS[a.realise],
        badge=lambda a: _BADGES[a.realise],
        lire=_fait,
    ),
    ColonneSaisie(
        entete_de("autodiagnostic.date"),
        lambda a: saisie.texte_date(a.date),
        tri=lambda a: a.date.toordinal() if a.date else 0,
        lire=saisie.jour("date"),
    ),
    ColonneSaisie(
        entete_de("autodiagnostic.resultat"), lambda a: a.resultat, lire=saisie.long_texte("resultat")
    ),
    ColonneSaisie(
        "Pièce 10",
        lambda a: pluriel(a.joints, "fichier") if a.joints else "À joindre" if a.realise else "—",
        badge=lambda a: "ok" if a.joints else "warn" if a.realise else None,
    ),
)


class PanneauAutodiagnostics(QWidget):
    """The table and the card of the row. `demande_page(Cible)`: to piece 10."""

    demande_page = Signal(object)

    def __init__(
        self, contexte: "Contexte", dire: Callable[[str], object], refuser: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._contexte = contexte
        self._dossier: Dossier | None = None
        self._montree: Ligne | None = None
        self.montre = Montre()
        liste = Carte("Autodiagnostics")
        self.regle = liste.ajouter_texte("", "muet")
        self.tableau: TableauFerme[Ligne] = TableauFerme(
            "Autodiagnostics des organismes",
            COLONNES,
            (2, 1, 0.9, 1.8, 0.9),
            {0: 16, 3: 14},
            contexte,
            lambda modifs, libelle: contexte.accomplir(
                gestes.autodiagnostics, [(x.og, x.genre, champs) for x, champs in modifs], libelle
            ),
            lambda modifs: f"Répondre à {pluriel(len(modifs), 'autodiagnostic')}",
            dire,
            refuser,
        )
        liste.ajouter(self.tableau, 1)
        self.fiche = Carte("Autodiagnostic")
        self.og = self.fiche.ajouter_texte("", "fort")
        self.choix = ChoixTriEtat(libelle_de("autodiagnostic.realise"))
        self.choix.change.connect(self._repondre)
        self.fiche.ajouter(self.choix)
        self.date = ChampDate(
            libelle_de("autodiagnostic.date"), lambda v: self._ecrire(self.date.ligne, date=v)
        )
        self.resultat = ChampTexte(
            entete_de("autodiagnostic.resultat"),
            lambda v: self._ecrire(self.resultat.ligne, resultat=v),
            aide_de("autodiagnostic.resultat"),
            True,
        )
        self.fiche.ajouter(self.date)
        self.fiche.ajouter(self.resultat, 1)
        self.fichiers = self.fiche.ajouter_texte("", "muet")
        self.joindre = bouton(
            "&Joindre à la pièce 10",
            lambda: self.demande_page.emit(Cible(Page.PIECES, "piece", _PIECE)),
            aide="Ouvrir la page Pièces pour y joindre le résultat de chaque organisme",
        )
        self.fiche.ajouter(self.joindre)
        for carte in (liste, self.fiche):
            carte.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        rangee = QHBoxLayout(self)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(14)
        rangee.addWidget(liste, 66)
        rangee.addWidget(self.fiche, 34)
        self.tableau.choisie.connect(lambda _: self._montrer())
        self.tableau.activee.connect(lambda _: self.choix.viser())

    def charger(self, lu: "Lecture") -> None:
        """Shows the autodiagnostics of the dossier; the row chosen stays chosen."""
        if self._dossier is not None and self._dossier.id != lu.dossier.id:
            self.montre.lacher()
        self._dossier = lu.dossier
        lignes = [Ligne(e) for e in etat_autodiagnostics(lu.dossier)]
        nom = self.montre.parti({x.id for x in lignes})
        if nom:
            saisies = [(c.etiquette.text(), t) for c in (self.date, self.resultat) if (t := c.abandonner())]
            self._montree = None
            self._contexte.disparu.emit(disparu(nom, "La liste des autodiagnostics est montrée.", saisies))
        self.tableau.montrer(lignes, lu.dossier)
        self.regle.setText(
            "Cette campagne exige de chaque participant les résultats de ses autodiagnostics."
            if autodiagnostics_exiges(lu.campagne)
            else "Cette campagne ne les exige pas ; ils nourrissent la note de présentation."
        )
        if self.tableau.lignes.rowCount() and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)
        self._montrer()

    def aller(self, og_id: int | None, genre: str) -> None:
        """Selects an autodiagnostic and puts the focus on its answer."""
        rang = self.tableau.lignes.ligne_de((og_id, genre))
        if rang >= 0:
            self.tableau.choisir(rang)
            self.choix.viser()

    def _montrer(self) -> None:
        rang = self.tableau.ligne_courante()
        ligne = self.tableau.lignes.objet(rang) if 0 <= rang < self.tableau.lignes.rowCount() else None
        for widget in (self.choix, self.date, self.resultat, self.joindre):
            widget.setEnabled(ligne is not None)
        if ligne is None:
            return
        if self._montree is not None and self._montree.id != ligne.id:
            self._quitter()
        self._montree = ligne
        self.montre.voir(ligne.id, ligne.og.nom)
        titre = GENRES[ligne.genre]
        self.fiche.titre.setText(majuscule(titre))
        self.fiche.setAccessibleName(f"{titre}, {ligne.og.nom}")
        self.og.setText(ligne.og.nom)
        self.choix.fixer(ligne.realise)
        fait = next((a for a in ligne.og.autodiagnostics if a.genre == ligne.genre), None)
        dits = declarations.de_la_ligne(self._contexte, ligne.og.dossier_id, fait) if fait else {}
        self.choix.dire_origine(dits.get("realise", ""))
        self.date.fixer(ligne.date, ligne)
        self.resultat.fixer(ligne.resultat, ligne)
        noms = [f.nom for f in ligne.og.dossier.fichiers_de(_PIECE) if f.og_id == ligne.og.id]
        self.fichiers.setText(
            f"Joint à la pièce 10{NBSP}: {', '.join(noms)}." if noms else "Aucun fichier joint à la pièce 10."
        )

    def _repondre(self, valeur: bool | None) -> None:
        if self._montree is not None and not self._ecrire(self._montree, realise=valeur):
            self.choix.fixer(self._montree.realise)

    def _ecrire(self, ligne: Ligne | None, **champs: Any) -> bool:
        return ligne is None or self._contexte.reussir(
            None, gestes.autodiagnostic, ligne.og, ligne.genre, **champs
        )

    def _quitter(self) -> None:
        """Saves what is being typed before another row is shown."""
        for champ in (self.date, self.resultat):
            if self.window().focusWidget() is champ.saisie:
                champ.valider()
                champ.saisie.clearFocus()
