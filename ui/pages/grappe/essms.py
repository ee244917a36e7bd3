"""The ESSMS of the grappe: search, typing in place, paste, bulk answers, and the card of the one chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, majuscule, pluriel
from esms_desktop.gestes import grappe as gestes
from esms_desktop.lecture import Essms, Og
from esms_desktop.regles.dossier.doublons import doublons
from esms_desktop.regles.recevabilite.eligibilite import relever
from ui.models import declarations, fiches
from ui.pages.commun.fiche import Fiche, PanneauFiche
from ui.pages.commun.formulaire import Ecrire
from ui.pages.grappe.doublons import DialogueDoublons
from ui.pages.grappe.liste import ImportListe
from ui.pages.grappe.modele_essms import COLONNES, ModeleEssms
from ui.pages.grappe.plusieurs import donner_a_plusieurs
from ui.pages.grappe.reponse import repondre_pour_plusieurs
from ui.pages.grappe.tableau import TableauEssms
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.etat_vide import EtatVide
from ui.widgets.flot import Flot
from ui.widgets.question import demander

if TYPE_CHECKING:
    from ui.contexte import Contexte
    from ui.lecture import Lecture

_ELIGIBILITE = {
    True: ("Éligible", "ok"),
    False: ("Non éligible", "bad"),
    None: ("Éligibilité à vérifier", "warn"),
}


class PanneauEssms(PanneauFiche):
    """The ESSMS and the card of the one chosen."""

    def __init__(
        self,
        contexte: "Contexte",
        ecrire: Ecrire,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        og_choisi: Callable[[], Og | None],
        liste: ImportListe,
    ) -> None:
        self._contexte, self._ecrire, self._liste = contexte, ecrire, liste
        self._dire, self._refuser, self._og_choisi = dire, refuser, og_choisi
        self._lu: Lecture | None = None
        self._choisi = 0
        self.modele = ModeleEssms(ecrire, refuser)
        self.tableau = TableauEssms(self.modele, self.coller)
        carte = Carte("ESSMS")
        self.retirer = carte.ajouter_action(
            bouton("&Retirer", self._retirer, aide="Retirer les ESSMS choisis")
        )
        self.bascule = carte.ajouter_action(
            bouton("Masquer la f&iche", self._basculer, aide="Donner toute la largeur au tableau")
        )
        carte.ajouter_action(
            bouton("Ajouter un E&SSMS", self.nouveau, aide="Ajouter un ESSMS à l’organisme choisi")
        )
        self.recherche = QLineEdit()
        self.recherche.setPlaceholderText("Chercher un ESSMS…")
        self.recherche.setToolTip(
            "Un nom, un numéro, une commune : les lignes qui portent tous les mots restent"
        )
        self.recherche.setAccessibleName("Chercher un ESSMS")
        self.recherche.setClearButtonEnabled(True)
        self.recherche.textChanged.connect(self._filtrer)
        self.repondre = bouton(
            "Répondre pour pl&usieurs…",
            self._repondre,
            aide="Donner une même réponse à plusieurs ESSMS, en un geste",
        )
        self.valeur = bouton(
            "&Une valeur pour plusieurs…",
            self._donner,
            aide="Donner une même valeur à une colonne des ESSMS choisis, en un geste",
        )
        self.doublons = bouton("Dou&blons", self._montrer_doublons, aide="Les ESSMS qui se ressemblent")
        outils = QWidget()
        self._outils = Flot(outils, 10)
        for b in (self.repondre, self.valeur, self.doublons):
            self._outils.addWidget(b)
        politique = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        politique.setHeightForWidth(True)
        outils.setSizePolicy(politique)
        carte.corps.addWidget(self.recherche)
        carte.corps.addWidget(outils)
        carte.ajouter(self.tableau, 1)
        self.compte = carte.ajouter_texte("", "petit")
        vide = EtatVide(
            "Aucun ESSMS",
            "Les établissements et services du projet se lisent dans l’annuaire FINESS avec leur organisme, ou se saisissent "
            "à la main. Une liste copiée d’un tableur se colle ici (Ctrl+V).",
            ("Ajouter un ESSMS", self.nouveau),
            autre=("Coller une liste", self._coller_liste),
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), vide).activated.connect(self._coller_liste)
        super().__init__(carte, Fiche("Fiche de l’ESSMS", fiches.ESSMS, ecrire), vide)
        self.fiche.formulaire.origines = lambda e: declarations.de_la_ligne(contexte, e.og.dossier_id, e)
        self.tableau.choisie.connect(self._choisir)
        self.tableau.activee.connect(lambda _: self._ouvrir_fiche("nom"))

    # -- showing -----------------------------------------------------------------------------------------------

    def ajouter_outil(self, outil: QPushButton) -> None:
        """One more act above the list."""
        self._outils.addWidget(outil)

    def charger(self, lu: "Lecture") -> None:
        """Shows the ESSMS of the dossier; the one chosen stays chosen."""
        if self._lu is None or lu.dossier.id != self._lu.dossier.id:
            self._choisi = 0
            self.montre.lacher()
            self.recherche.clear()
        self._lu = lu
        essms = lu.dossier.essms
        self.quitter_si_parti(
            {e.id for e in essms},
            "La liste des ESSMS est montrée.",
            self.tableau,
            self._contexte.disparu.emit,
        )
        self.carte.titre.setText(pluriel(len(essms), "ESSMS", "ESSMS"))
        self.modele.montrer(essms, lu.dossier)
        self.montrer_vide(not essms)
        self.fiche.formulaire.fixer_solutions([(s.id, s.nom) for s in lu.dossier.solutions])
        if essms and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(max(self.modele.ligne_de(self._choisi), 0))
        self._montrer()
        self._compter()
        combien = len(doublons(lu.dossier))
        self.doublons.setVisible(bool(combien))
        self.doublons.setText(f"Dou&blons ({combien})…")
        self.doublons.setAccessibleName(f"Doublons ({combien})")

    def aller(self, essms_id: int, champ: str = "") -> None:
        """Selects an ESSMS and puts the cursor in a field."""
        self.recherche.clear()
        self.tableau.choisir(self.modele.ligne_de(essms_id))
        if champ:
            self._ouvrir_fiche(champ)

    def choisi(self) -> Essms | None:
        """The ESSMS of the current row."""
        return self.modele.en(self.tableau.ligne_courante())

    def _choisir(self, ligne: int) -> None:
        if 0 <= ligne < self.modele.rowCount():
            self._choisi = self.modele.objet(ligne).id
            self._montrer()

    def _montrer(self) -> None:
        essms = self.choisi()
        if essms is None or self._lu is None:
            return
        releve = relever(self._lu.dossier, self._lu.campagne)
        eligible, motif = next((x.eligible, x.motif) for x in releve.lignes if x.essms == essms)
        etat, genre = _ELIGIBILITE[eligible]
        phrase = "" if eligible else f"{majuscule(motif)}."
        self.fiche.montrer(essms, essms.nom, etat, genre, phrase)
        self.montre.voir(essms.id, essms.nom)

    def _ouvrir_fiche(self, champ: str) -> None:
        if self.fiche.isHidden():
            self._basculer()
        self.fiche.viser(champ)

    def _basculer(self) -> None:
        cachee = self.fiche.isHidden()
        self.fiche.setVisible(cachee)
        texte = "Masquer la f&iche" if cachee else "Afficher la f&iche"
        self.bascule.setText(texte)
        self.bascule.setAccessibleName(texte.replace("&", ""))

    def _filtrer(self, texte: str) -> None:
        self.tableau.filtrer(texte)
        self._compter()

    def _compter(self) -> None:
        total, vus = self.modele.rowCount(), self.tableau.proxy.rowCount()
        self.compte.setText(
            f"{pluriel(vus, 'ESSMS affiché', 'ESSMS affichés')} sur {total}."
            if vus < total
            else "F2 modifie une cellule ; Ctrl+C et Ctrl+V échangent avec un tableur ; Entrée ouvre la fiche."
        )

    # -- writing -----------------------------------------------------------------------------------------------

    def nouveau(self) -> None:
        """Adds an ESSMS to the OG of the one chosen (else the OG chosen, else the porteur)."""
        if self._lu is None:
            return
        dossier, choisi = self._lu.dossier, self.choisi()
        og = choisi.og if choisi else self._og_choisi() or dossier.porteur
        if og is None:
            self._refuser("Ajoutez d’abord un organisme : un ESSMS appartient toujours à l’un d’eux.")
            return
        essms_id = self._contexte.accomplir(gestes.ajouter_essms, og, "Nouvel ESSMS")
        if essms_id is not None:
            self.charger(self._contexte.lecture(dossier.id))
            self.aller(essms_id, "nom")

    def coller(self, texte: str, plusieurs: bool) -> None:
        """One value goes to the cells chosen; a table is a list, whose lines are recognised by who they are, never by place."""
        if self._lu is None:
            return
        if any(c in texte.strip("\r\n") for c in "\t\n"):
            self._liste.coller(self._lu.dossier.id, texte)
            return
        colonne = COLONNES[max(self.tableau.currentIndex().column(), 0)]
        choisi = self.choisi()
        visees = self.tableau.choisis() if plusieurs else [choisi] if choisi else []
        if colonne.lire is None:
            self._refuser(f"La colonne «{NBSP}{colonne.titre}{NBSP}» ne se saisit pas ici.")
            return
        try:
            champs = colonne.lire(texte.strip(), self._lu.dossier)
        except ErreurSaisie as refus:
            self._refuser(
                f"{colonne.titre} «{NBSP}{texte.strip()}{NBSP}»{NBSP}: {refus.message}. Rien n’a été changé."
            )
            return
        nombre = pluriel(len(visees), "valeur")
        if visees and self._contexte.modifier_tous([(e, champs) for e in visees], f"Coller {nombre}"):
            self._dire(f"{pluriel(len(visees), 'valeur collée', 'valeurs collées')}.")

    def _coller_liste(self) -> None:
        if self._lu is not None:
            self._liste.coller(self._lu.dossier.id)

    def _retirer(self) -> None:
        choisis = self.tableau.choisis()
        if not choisis:
            self._refuser("Choisissez dans le tableau les ESSMS à retirer.")
            return
        self._retirer_ceux(choisis)

    def _retirer_ceux(self, choisis: list[Essms]) -> None:
        nombre = pluriel(len(choisis), "ESSMS", "ESSMS")
        quoi = f"« {choisis[0].nom} »" if len(choisis) == 1 else nombre
        verbe = accord(len(choisis), "quitte", "quittent")
        texte = f"{quoi} {verbe} le dossier, avec toutes les réponses données. Vous pourrez annuler ce retrait (Ctrl+Z)."
        lignes = tuple(e.nom for e in choisis) if len(choisis) > 1 else ()
        if demander(
            self, "Retirer de la grappe ?", texte, f"Retirer {nombre}", "Garder", danger=True, lignes=lignes
        ) and self._retires(*choisis, libelle=f"Retirer {quoi}"):
            self._dire(f"{quoi} : retrait fait.")

    def _retires(self, *choisis: Essms, libelle: str) -> bool:
        # The person knows that what the card shows goes.
        self.montre.lacher()
        return self._contexte.retirer(*choisis, libelle=libelle)

    def _donner(self) -> None:
        choisis = self.tableau.choisis()
        if self._lu is None or not choisis:
            self._refuser("Choisissez dans le tableau les ESSMS à modifier (Ctrl+A les prend tous).")
        elif donner_a_plusieurs(self, self._contexte, self._lu.dossier, choisis, self._dire):
            self.tableau.setFocus()

    def _montrer_doublons(self) -> None:
        if self._lu is not None:
            DialogueDoublons(
                self._contexte, self._lu.dossier.id, self.aller, self._retirer_ceux, self._dire, self
            ).open()

    def _repondre(self) -> None:
        if self._lu is not None and repondre_pour_plusieurs(
            self, self._contexte, self._lu.dossier.essms, self.tableau.choisis(), self._dire
        ):
            self.tableau.setFocus()
