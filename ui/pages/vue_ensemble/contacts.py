"""The card of the people of the project, and the dialog that edits one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP
from esms_desktop.gestes.lignes import neuve
from esms_desktop.nomenclature.champs import libelle_de
from ui.pages.commun.disparu import phrase
from ui.widgets.boutons import bouton
from ui.widgets.carte import Carte
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.libelle import Filet, Libelle

if TYPE_CHECKING:
    from esms_desktop.lecture import Contact, Dossier
    from ui.contexte import Contexte
    from ui.lecture import Lecture


class DialogueContact(QDialog):
    """The fields of a contact; nothing is written before « Garder »."""

    def __init__(self, dossier: "Dossier", contact: "Contact | None", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from esms_desktop.nomenclature.vocabulaire import RoleContact

        self.setWindowTitle("Modifier le contact" if contact else "Nouveau contact")
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(24, 20, 24, 18)
        colonne.setSpacing(12)
        self.nom = ChampTexte(libelle_de("contact.nom"))
        self.role = ChampChoix(libelle_de("contact.role"), [(r, r.libelle) for r in RoleContact])
        self.og = ChampChoix(
            libelle_de("contact.og_id"),
            [(None, "Hors de la grappe"), *((og.id, og.nom_court) for og in dossier.ogs)],
        )
        self.fonction = ChampTexte(libelle_de("contact.fonction"))
        self.telephone = ChampTexte(libelle_de("contact.telephone"))
        self.courriel = ChampTexte(libelle_de("contact.courriel"))
        for champ in (self.nom, self.role, self.og, self.fonction, self.telephone, self.courriel):
            colonne.addWidget(champ)
        self.role.fixer(contact.role if contact else RoleContact.AUTRE)
        self.og.fixer(contact.og_id if contact else None)
        if contact is not None:
            for nom in ("nom", "fonction", "telephone", "courriel"):
                getattr(self, nom).fixer(getattr(contact, nom))
        rangee = QHBoxLayout()
        rangee.addStretch(1)
        rangee.addWidget(bouton("&Fermer", self.reject))
        self.garder = bouton("&Garder", self._garder, "primaire")
        self.garder.setDefault(True)
        rangee.addWidget(self.garder)
        colonne.addLayout(rangee)
        self.setMinimumWidth(460)

    def _garder(self) -> None:
        if not self.nom.texte_saisi().strip():
            self.nom.montrer_erreur("Donnez au moins le nom de la personne.")
            self.nom.viser()
            return
        self.accept()

    def valeurs(self) -> dict[str, Any]:
        """The fields as the model names them."""
        textes = {
            n: getattr(self, n).texte_saisi().strip() for n in ("nom", "fonction", "telephone", "courriel")
        }
        return {**textes, "role": self.role.valeur, "og_id": self.og.valeur}


class CarteContacts(Carte):
    """The list of contacts: add, edit, remove."""

    def __init__(
        self, contexte: "Contexte", lecture: "Callable[[], Lecture]", parent: QWidget | None = None
    ) -> None:
        super().__init__("Les contacts", parent)
        self._contexte = contexte
        self._lecture = lecture
        self.ajouter_action(bouton("&Ajouter un contact…", self.nouveau))
        self.vide = self.ajouter_texte(
            "Personne pour le moment. Le chef de projet et la direction figurent dans la note de présentation.",
            "muet",
        )
        self._liste = QVBoxLayout()
        self._liste.setSpacing(6)
        self.corps.addLayout(self._liste)
        self._lignes: list[QWidget] = []

    def rafraichir(self) -> None:
        """Shows the contacts as they are now."""
        for ligne in self._lignes:
            ligne.hide()
            self._liste.removeWidget(ligne)
            ligne.deleteLater()
        dossier = self._lecture().dossier
        ogs = {og.id: og.nom_court for og in dossier.ogs}
        self._lignes = []
        for rang, contact in enumerate(dossier.contacts):
            if rang:
                self._poser(Filet())
            self._poser(self._ligne(contact, ogs.get(contact.og_id or 0, "")))
        self.vide.setVisible(not dossier.contacts)

    def _poser(self, widget: QWidget) -> None:
        self._lignes.append(widget)
        self._liste.addWidget(widget)

    def _ligne(self, contact: "Contact", og: str) -> QWidget:
        ligne = QWidget()
        ligne.setAccessibleName(contact.nom)
        rangee = QHBoxLayout(ligne)
        rangee.setContentsMargins(0, 0, 0, 0)
        rangee.setSpacing(10)
        textes = QVBoxLayout()
        textes.setSpacing(1)
        textes.addWidget(Libelle(contact.nom, "fort"))
        detail = " · ".join(t for t in (contact.role.libelle, contact.fonction, og) if t)
        textes.addWidget(Libelle(detail, "muet"))
        joindre = " · ".join(t for t in (contact.telephone, contact.courriel) if t)
        if joindre:
            textes.addWidget(Libelle(joindre, "petit"))
        rangee.addLayout(textes, 1)
        cle = contact.id
        for texte, slot in (
            ("Modifier…", lambda: self.modifier(cle)),
            ("Retirer", lambda: self.retirer(cle)),
        ):
            b = bouton(texte, slot)
            b.setAccessibleName(f"{texte} {contact.nom}")
            rangee.addWidget(b, 0, Qt.AlignmentFlag.AlignTop)
        return ligne

    def _contact(self, cle: int) -> "Contact | None":
        return next((c for c in self._lecture().dossier.contacts if c.id == cle), None)

    def nouveau(self) -> None:
        """Asks for a person and adds them."""

        dossier = self._lecture().dossier
        dialogue = DialogueContact(dossier, None, self)
        if dialogue.exec() == QDialog.DialogCode.Accepted:
            contact = neuve("contact", dossier_id=dossier.id, **dialogue.valeurs())
            self._contexte.ajouter(contact, libelle=f"Ajouter le contact «{NBSP}{contact.nom}{NBSP}»")
        dialogue.deleteLater()

    def modifier(self, cle: int) -> None:
        """Edits a person."""
        contact = self._contact(cle)
        if contact is None:
            return
        dialogue = DialogueContact(self._lecture().dossier, contact, self)
        garde = dialogue.exec() == QDialog.DialogCode.Accepted
        if garde and self._contact(cle) is None:
            saisies = [(c.etiquette.text(), c.texte_saisi()) for c in (dialogue.nom, dialogue.fonction)]
            self._contexte.disparu.emit(phrase(contact.nom, "Les contacts sont montrés.", saisies))
        elif garde:
            self._contexte.modifier(
                contact, f"Modifier le contact «{NBSP}{contact.nom}{NBSP}»", **dialogue.valeurs()
            )
        dialogue.deleteLater()

    def retirer(self, cle: int) -> None:
        """Removes a person; Ctrl+Z brings them back."""
        contact = self._contact(cle)
        if contact is not None:
            self._contexte.retirer(contact, libelle=f"Retirer le contact «{NBSP}{contact.nom}{NBSP}»")
