"""A table whose cells can be typed in: what each column shows, and how it reads what a person typed or pasted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import Qt

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Og, Vague
from esms_desktop.nomenclature.vocabulaire import RoleContact
from ui.frappe import visite
from ui.models import valeurs
from ui.models.lignes import Index
from ui.models.table import Colonne, ModeleTable
from ui.widgets.tableaux.cellule import ROLE_OBJET, Saisie

T = TypeVar("T")
Lire = Callable[[str, Dossier], dict[str, object]]


@dataclass(frozen=True)
class ColonneSaisie(Colonne[T]):
    """A column. `lire` turns what was typed into the fields to write, None when it is not typed in; `brut`: the text
    that is edited and copied, when it differs from what is shown. `obligatoire`: a new line needs it; `repere`: with the latter,
    it tells one line from the others."""

    lire: Lire | None = None
    brut: Callable[[T], str] | None = None
    obligatoire: bool = False
    repere: bool = False

    def texte(self, objet: T) -> str:
        """What is edited and copied."""
        return (self.brut or self.affiche)(objet)


class ModeleSaisie(ModeleTable[T]):
    """Rows of `T`. It never writes: a typed value goes to `ecrire(objet, champs)`; a refused one to `refuser(sentence)`."""

    def __init__(
        self,
        colonnes: Sequence[ColonneSaisie[T]],
        identite: Callable[[T], object],
        ecrire: Callable[[T, dict[str, object]], bool],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__(colonnes, identite)
        self.colonnes: tuple[ColonneSaisie[T], ...] = tuple(colonnes)
        self._ecrire, self._refuser = ecrire, refuser
        self._dossier: Dossier | None = None

    def montrer(self, lignes: Sequence[T], dossier: Dossier) -> None:
        """Shows rows of `dossier`."""
        self._dossier = dossier
        self.charger(lignes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; its raw text for the editor, and what the row says."""
        if role == ROLE_OBJET and index.isValid():
            return self.objet(index.row())
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            return self.colonnes[index.column()].texte(self.objet(index.row()))
        return super().data(index, role)

    def _refus(self, colonne: ColonneSaisie[T], objet: T, valeur: str, raison: str) -> str:
        """What is said of a value that cannot be read."""
        return f"{colonne.titre} « {valeur} » : {raison}. La valeur d’avant est gardée."

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells that can be typed in are editable."""
        drapeaux = super().flags(index)
        if index.isValid() and self.colonnes[index.column()].lire:
            drapeaux |= Qt.ItemFlag.ItemIsEditable
        return drapeaux

    def setData(self, index: Index, valeur: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Reads what was typed and hands it to the page, with what the row said to the person while she typed."""
        colonne = self.colonnes[index.column()]
        if not isinstance(valeur, Saisie):
            valeur = Saisie(valeur, self.objet(index.row()))
        valeur, objet, ecrit = valeur
        inchange = str(valeur) == (colonne.texte(objet) if ecrit is None else ecrit)
        if role != Qt.ItemDataRole.EditRole or colonne.lire is None or self._dossier is None or inchange:
            return False
        try:
            champs = colonne.lire(str(valeur), self._dossier)
        except ErreurSaisie as erreur:
            if visite.en_frappant():
                return False
            self._refuser(self._refus(colonne, objet, str(valeur), str(erreur)))
            return False
        return self._ecrire(objet, champs)


# What the columns read.


def ligne(champ: str, longueur: int = 200) -> Lire:
    """A text of at most `longueur` characters."""
    return lambda saisi, _: {champ: valeurs.texte(saisi, longueur)}


def ligne_obligatoire(champ: str, longueur: int = 200) -> Lire:
    """A text that cannot be empty."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        propre = valeurs.texte(saisi, longueur)
        if not propre:
            raise ErreurSaisie("cette cellule ne peut pas être vide")
        return {champ: propre}

    return lire


def long_texte(champ: str) -> Lire:
    """A text of several lines."""
    return lambda saisi, _: {champ: saisi.strip()}


def entier(champ: str, maximum: int = 999_999) -> Lire:
    """A whole number up to `maximum`, or nothing; a percent sign is ignored."""
    return lambda saisi, _: {champ: francais.lire_entier(saisi.replace("%", ""), maximum)}


def jour(champ: str) -> Lire:
    """A date, or nothing."""
    return lambda saisi, _: {champ: francais.lire_date(saisi)}


def oui_non(champ: str) -> Lire:
    """Yes or no; nothing is no."""
    return lambda saisi, _: {champ: bool(francais.lire_oui_non(saisi))}


def role(champ: str) -> Lire:
    """A role in the project, by its words."""

    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        if not cherche:
            return {champ: RoleContact.AUTRE}
        for possible in RoleContact:
            if cherche in (francais.cle(possible.libelle), possible.value):
                return {champ: possible}
        raise ErreurSaisie("rôle inconnu ; sont admis : " + ", ".join(r.libelle for r in RoleContact))

    return lire


def organisme(champ: str) -> Lire:
    """The key of an OG of the dossier, by its acronym or its name; nothing: outside the grappe."""

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        if not cherche:
            return {champ: None}
        for og in dossier.ogs:
            if cherche in (francais.cle(og.nom), francais.cle(og.sigle), og.finess_ej):
                return {champ: og.id}
        raise ErreurSaisie("organisme inconnu ; le dossier compte " + _noms(dossier.ogs))

    return lire


def vague(champ: str) -> Lire:
    """The key of a wave of the dossier, by its name; nothing: no wave."""

    def lire(saisi: str, dossier: Dossier) -> dict[str, object]:
        cherche = francais.cle(saisi)
        if not cherche:
            return {champ: None}
        for une in dossier.vagues:
            if cherche == francais.cle(une.nom):
                return {champ: une.id}
        if not dossier.vagues:
            raise ErreurSaisie("le dossier n’a encore aucune vague")
        raise ErreurSaisie("vague inconnue ; le dossier compte " + _noms(dossier.vagues))

    return lire


def texte_date(valeur: date | None) -> str:
    """« 15/06/2026 », nothing when there is no date."""
    return "" if valeur is None else francais.date_courte(valeur)


def texte_entier(valeur: int | None) -> str:
    """The number, nothing when it is not known."""
    return "" if valeur is None else str(valeur)


def _noms(objets: Sequence[Og] | Sequence[Vague]) -> str:
    return ", ".join(f"« {getattr(o, 'sigle', '') or o.nom} »" for o in objets)
