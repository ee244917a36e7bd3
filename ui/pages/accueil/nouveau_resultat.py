"""What the directory says of each EJ number typed, before a dossier is created from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, date_courte, pluriel
from esms_desktop.progress import Progress
from ui.widgets.badge import Badge
from ui.widgets.carte import Carte
from ui.widgets.libelle import Filet, Libelle

if TYPE_CHECKING:
    from esms_desktop.finess import Annuaire


@dataclass(frozen=True)
class EntiteVerifiee:
    """An EJ number: what it gives, or why it cannot be used."""

    numero: str
    nom: str = ""
    retenus: int = 0
    ecartes: tuple[tuple[str, str], ...] = ()
    alertes: tuple[str, ...] = ()
    erreur: str = ""


@dataclass(frozen=True)
class Verification:
    """The directory read, and what it says of each number."""

    annuaire: "Annuaire"
    entites: tuple[EntiteVerifiee, ...]

    @property
    def utilisable(self) -> bool:
        """True when every number can be used."""
        return bool(self.entites) and not any(e.erreur for e in self.entites)


def verifier(chemin: Path, numeros: Sequence[str], progress: Progress) -> Verification:
    """Reads the directory for these numbers; a number that cannot be used does not stop the others.

    Raises:
        ErreurFiness: the file cannot be read.
        Interruption: the person cancelled.
    """
    from esms_desktop.finess import lire

    annuaire = lire(chemin, progress, seulement=numeros)
    vues: set[str] = set()
    entites = []
    for rang, numero in enumerate(numeros):
        entites.append(_entite(annuaire, numero, rang == 0, vues))
    return Verification(annuaire, tuple(entites))


def _entite(annuaire: "Annuaire", numero: str, porteur: bool, vues: set[str]) -> EntiteVerifiee:
    from esms_desktop.finess import alertes_de, og_depuis

    try:
        entite = annuaire.entite(numero)
        og, ecartes = og_depuis(annuaire, numero, porteur)
    except ErreurEsms as e:
        return EntiteVerifiee(numero, erreur=str(e))
    if entite.finess in vues:
        return EntiteVerifiee(numero, entite.nom, erreur="Ce numéro est donné deux fois : retirez-en un.")
    vues.add(entite.finess)
    return EntiteVerifiee(
        numero,
        entite.nom,
        len(og.essms),
        tuple((e.etablissement.nom, e.motif) for e in ecartes),
        alertes_de(entite),
    )


class ResultatFiness(Carte):
    """One block for each number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Ce que dit l’annuaire", parent)
        self._contenu: QWidget | None = None

    def montrer(self, verification: Verification, roles: Sequence[str] = ("Porteur",)) -> None:
        """Shows what was found, number by number; `roles` names the first ones, the others are members."""
        if self._contenu is not None:
            self._contenu.hide()
            self.corps.removeWidget(self._contenu)
            self._contenu.deleteLater()
        self._contenu = QWidget()
        colonne = QVBoxLayout(self._contenu)
        colonne.setContentsMargins(0, 0, 0, 0)
        colonne.setSpacing(8)
        annuaire = verification.annuaire
        quand = f" du {date_courte(annuaire.date_source)}" if annuaire.date_source else ""
        total = sum(e.retenus for e in verification.entites)
        phrase = f"{annuaire.format}{quand} : {total}{NBSP}ESSMS entreraient dans la grappe."
        if not verification.utilisable:
            phrase = "Un numéro au moins ne peut pas être utilisé : corrigez-le, puis vérifiez de nouveau."
        colonne.addWidget(Libelle(phrase, "fort"))
        for rang, entite in enumerate(verification.entites):
            colonne.addWidget(Filet())
            colonne.addWidget(_bloc(entite, roles[rang] if rang < len(roles) else "Membre"))
        self.ajouter(self._contenu)


def _bloc(entite: EntiteVerifiee, role: str) -> QWidget:
    bloc = QWidget()
    colonne = QVBoxLayout(bloc)
    colonne.setContentsMargins(0, 0, 0, 0)
    colonne.setSpacing(3)
    tete = QHBoxLayout()
    tete.setSpacing(10)
    badge = Badge("Refusé", "bad") if entite.erreur else Badge(f"{entite.retenus}{NBSP}ESSMS", "ok")
    tete.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
    tete.addWidget(
        Libelle(f"{role} · {entite.numero}" + (f" · {entite.nom}" if entite.nom else ""), "fort"), 1
    )
    colonne.addLayout(tete)
    if entite.erreur:
        colonne.addWidget(Libelle(entite.erreur, "erreur"))
    if entite.ecartes:
        compte = pluriel(
            len(entite.ecartes), "établissement laissé de côté", "établissements laissés de côté"
        )
        lignes = "\n".join(f"• {nom} : {motif}" for nom, motif in entite.ecartes)
        colonne.addWidget(Libelle(f"{compte} :\n{lignes}", "petit"))
    if entite.alertes:
        colonne.addWidget(Libelle("À vérifier :\n" + "\n".join(f"• {a}" for a in entite.alertes), "petit"))
    return bloc
