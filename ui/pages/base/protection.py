"""Protection: what opens the base, and how to change it."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from ui.pages.base.page_base import PageBase
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.secret import choisir_phrase
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte

_ETAPES = (
    "1. Ici, enregistrez une copie sur une clé ou un partage\u00a0: un seul fichier, chiffré.",
    "2. Sur le nouvel ordinateur, installez ESMS Desktop et ouvrez-le\u00a0: il fait une base neuve, avec son propre code de secours.",
    "3. Là-bas, menu Fichier, Sauvegardes, «\u00a0Restaurer un autre fichier\u00a0»\u00a0: donnez la copie, puis la phrase ou le code de cette base-ci.",
    "4. Vérifiez vos dossiers là-bas avant de retirer la base d’ici. La feuille de cette base-ci n’ouvre que ses copies.",
)


class PageProtection(PageBase):
    """`montrer_code(str)`: a code whose sheet is to be shown; `changer_code`: the base is to be closed for another one."""

    titre: ClassVar[str] = "Protection"
    montrer_code = Signal(str)
    changer_code = Signal()

    def __init__(self, contexte: "Contexte", parent: QWidget | None = None) -> None:
        super().__init__(contexte, parent)
        self.code = self.carte("Le code de secours")
        self.etat_code = self.code.ajouter_texte("")
        self.feuille = bouton("&Imprimer et confirmer la feuille…", self._montrer)
        self.changer = bouton("&Changer de code…", self._changer_code)
        _rangee(self.code, self.feuille, self.changer)
        self.phrase = self.carte("La phrase secrète")
        self.etat_phrase = self.phrase.ajouter_texte("")
        self.changer_phrase = bouton("Choisir une p&hrase…", self._changer_phrase)
        _rangee(self.phrase, self.changer_phrase)
        self.trousseau = self.carte("Le trousseau de cette session")
        self.etat_trousseau = self.trousseau.ajouter_texte("")
        self.garder = bouton("&Ouvrir sans rien demander dans cette session", self._garder)
        _rangee(self.trousseau, self.garder)
        ordinateur = self.carte("Changer d’ordinateur")
        for etape in _ETAPES:
            ordinateur.ajouter_texte(etape)
        _rangee(ordinateur, bouton("&Enregistrer une copie…", lambda: self.autre.emit("sauvegardes")))
        self.corps.addStretch(1)

    def rafraichir(self) -> None:
        """Says what opens the base."""
        from esms_desktop.base.cles import etat_des_cles

        etat = etat_des_cles(self.chemin, self.cle)
        facons = len(etat.ouvrent) - (etat.code == "a-confirmer")
        ecrivable = not self.contexte.base.lecture_seule
        self.entete.set_phrase(
            "Plusieurs façons indépendantes ouvrent cette base\u00a0: en perdre une ne perd rien."
            if facons > 1
            else "Une seule façon ouvre cette base\u00a0: la perdre perdrait tous les dossiers."
        )
        self.etat_code.setText(
            {
                "confirme": "Une feuille imprimée ou recopiée ouvre cette base. Si elle est perdue ou vue par d’autres, changez de code.",
                "a-confirmer": "Le code attend que vous l’imprimiez ou le recopiiez\u00a0: tant que ce n’est pas fait, il ne vous servira pas.",
                "aucun": "Cette base n’en a pas encore\u00a0: phrase et trousseau perdus, plus rien ne l’ouvrirait.",
            }[etat.code]
        )
        self.etat_code.fixer_genre("" if etat.code == "confirme" else "warn")
        self.feuille.setVisible(etat.code == "a-confirmer")
        self.changer.setText("&Créer un code…" if etat.code == "aucun" else "&Changer de code…")
        self.changer.setVisible(etat.code != "a-confirmer")
        phrase = "phrase" in etat.ouvrent
        self.etat_phrase.setText(
            "Elle ouvre cette base sur tout ordinateur qui a le fichier et sa clé, et chaque sauvegarde."
            if phrase
            else "Aucune pour cette base. Une phrase ouvre aussi les sauvegardes sur un autre ordinateur, et le verrou."
        )
        self.changer_phrase.setText("Changer de p&hrase…" if phrase else "Choisir une p&hrase…")
        au_trousseau = "trousseau" in etat.ouvrent
        self.etat_trousseau.setText(
            "Il garde la clé\u00a0: la base s’ouvre ici sans rien demander, quand votre session est ouverte."
            if au_trousseau
            else "Il ne garde pas la clé\u00a0: la phrase est demandée à chaque ouverture."
        )
        self.garder.setVisible(not au_trousseau)
        for b in (self.feuille, self.changer, self.changer_phrase, self.garder):
            b.setEnabled(ecrivable)

    def _montrer(self) -> None:
        from esms_desktop.base.cles import a_confirmer

        try:
            code = a_confirmer(self.chemin, self.cle)
        except ErreurEsms as e:
            self.dire(str(e), "bad")
            return
        if code is not None:
            self.montrer_code.emit(code)

    def _changer_code(self) -> None:
        if demander(
            self,
            "Tirer un nouveau code de secours\u00a0?",
            "La base est d’abord sauvegardée, puis chiffrée de nouveau\u00a0: l’ancienne feuille ne l’ouvrira plus, seulement les sauvegardes "
            "faites jusqu’ici. La phrase et le trousseau continuent de servir. La base se ferme le temps de le faire\u00a0: ce qui pouvait être "
            "annulé par Ctrl+Z ne le pourra plus.",
            "&Tirer un nouveau code",
        ):
            self.changer_code.emit()

    def _changer_phrase(self) -> None:
        phrase = choisir_phrase(
            self,
            "Choisir la phrase secrète",
            "Elle ouvrira cette base à la place de l’ancienne. Les sauvegardes déjà faites s’ouvrent toujours avec celle d’alors.",
        )
        if phrase is None:
            return
        from esms_desktop.base.cles import changer_la_phrase

        self.essayer(
            lambda: changer_la_phrase(self.chemin, self.cle, phrase),
            "La nouvelle phrase ouvre la base dès maintenant.",
        )

    def _garder(self) -> None:
        from esms_desktop.base.cles import mettre_au_trousseau

        self.essayer(
            lambda: mettre_au_trousseau(self.chemin, self.cle),
            "Le trousseau de cette session garde la clé\u00a0: la base s’ouvrira sans rien demander.",
        )


def _rangee(carte: Carte, *boutons: QWidget) -> None:
    rangee = QHBoxLayout()
    rangee.setSpacing(10)
    for b in boutons:
        rangee.addWidget(b)
    rangee.addStretch(1)
    carte.corps.addLayout(rangee)
