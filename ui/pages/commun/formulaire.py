"""The form of an OG, an ESSMS or a solution: built once from its description, then shown for one object after another."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, majuscule
from esms_desktop.lecture import Ligne
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.categories import lire_categorie, valeurs_de_categorie
from ui.models.fiches import ChampFiche, Groupe, Nature
from ui.widgets.champs.champ import Champ
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampEntier, ChampMontant, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Filet, Libelle

Ecrire = Callable[[Ligne, dict[str, object]], bool]
_NON_CHOISI = (None, "Non renseigné")


class Formulaire(QWidget):
    """Every field of an object.

    Args:
        nom: accessible name.
        groupes: the fields, group by group.
        ecrire: saves fields of the object shown; False when refused.
    """

    montre = Signal(object)
    # For the object shown, who answered each question and when; the page that knows sets it.
    origines: Callable[[Any], Mapping[str, str]] | None = None

    def __init__(self, nom: str, groupes: Sequence[Groupe], ecrire: Ecrire) -> None:
        super().__init__()
        self.setObjectName("transparent")
        self.setAccessibleName(nom)
        self._ecrire = ecrire
        self._objet: Any = None
        self.champs: dict[str, Champ[Any] | ChoixTriEtat] = {}
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(0, 0, 8, 0)
        colonne.setSpacing(11)
        for rang, groupe in enumerate(groupes):
            if rang:
                colonne.addWidget(Filet())
            colonne.addWidget(Libelle(groupe.titre, "fort"))
            for description in groupe.champs:
                champ = self._fabriquer(description)
                self.champs[description.nom] = champ
                colonne.addWidget(champ)
        colonne.addStretch(1)

    @property
    def objet(self) -> Any:
        """The object shown, None before the first."""
        return self._objet

    def montrer(self, objet: Ligne) -> None:
        """Shows the values of `objet`; what was being typed for another object is saved first."""
        if self._objet is not None and getattr(self._objet, "id", None) != getattr(objet, "id", None):
            self._quitter()
        self._objet = objet
        dits = self.origines(objet) if self.origines else {}
        for nom, champ in self.champs.items():
            if isinstance(champ, Champ):
                champ.fixer(self._lue(nom, champ), objet)
            else:
                champ.fixer(self._lue(nom, champ))
                champ.dire_origine(dits.get(nom, ""))
        self.montre.emit(objet)

    def abandonner(self) -> list[tuple[str, str]]:
        """The object shown is gone: answers what was being typed in it, field by field, and shows nothing of it."""
        champs = [c for c in self.champs.values() if isinstance(c, Champ)]
        saisies = [(c.etiquette.text(), texte) for c in champs if (texte := c.abandonner())]
        self._objet = None
        return saisies

    def fixer_solutions(self, options: Sequence[tuple[object, str]]) -> None:
        """Offers the solutions of the dossier."""
        champ = self.champs["solution_id"]
        assert isinstance(champ, ChampChoix)
        champ.fixer_options((_NON_CHOISI, *options))

    def viser(self, nom: str) -> None:
        """Puts the cursor in a field; the first one when the name is unknown."""
        (self.champs.get(nom) or next(iter(self.champs.values()))).viser()

    def _lue(self, nom: str, champ: Champ[Any] | ChoixTriEtat) -> Any:
        valeur = getattr(self._objet, nom)
        if isinstance(champ, ChampChoix) and valeur == "":
            return None
        return valeur

    def _quitter(self) -> None:
        courant = self.window().focusWidget()
        for champ in self.champs.values():
            if isinstance(champ, Champ) and champ.saisie is courant:
                champ.valider()
                champ.saisie.clearFocus()

    def _fabriquer(self, d: ChampFiche) -> Champ[Any] | ChoixTriEtat:
        aide = d.aide
        match d.nature:
            case Nature.OUI_NON:
                choix = ChoixTriEtat(d.libelle, aide)
                choix.change.connect(lambda valeur, nom=d.nom, c=choix: self._repondre(nom, valeur, c))
                return choix
            case Nature.ENTIER:
                return ChampEntier(d.libelle, lambda v: self._sauver(d.nom, v), aide)
            case Nature.MONTANT:
                return ChampMontant(d.libelle, lambda v: self._sauver(d.nom, v), aide)
            case Nature.DATE:
                return ChampDate(d.libelle, lambda v: self._sauver(d.nom, v), aide)
            case Nature.CHOIX | Nature.SOLUTION:
                options = (_NON_CHOISI, *d.options()) if d.options else (_NON_CHOISI,)
                texte_vide = d.nom == "departement"
                liste = ChampChoix(
                    d.libelle,
                    options,
                    lambda v: self._sauver(d.nom, "" if v is None and texte_vide else v),
                    aide,
                )
                # A very long label must not widen the form: the list and the tooltip give it whole.
                liste.liste.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                liste.liste.setMinimumContentsLength(18)
                return liste
            case Nature.CATEGORIE:
                return ChampTexte(d.libelle, self._categorie, aide, verifier=self._libelle_categorie)
            case Nature.NUMERO:
                return ChampTexte(
                    d.libelle,
                    lambda v: self._sauver(d.nom, _numero(v, d)),
                    aide,
                    verifier=lambda v: _phrase(d.defaut(v)) if d.defaut else None,
                )
            case Nature.TEXTE:
                return ChampTexte(d.libelle, lambda v: self._sauver(d.nom, _texte(v, d)), aide)

    def _sauver(self, nom: str, valeur: object) -> bool:
        return self._objet is None or self._ecrire(self._vue(nom), {nom: valeur})

    def _vue(self, nom: str) -> Ligne:
        """The object as the person sees it in a field: she may be typing since before someone else wrote."""
        champ = self.champs[nom]
        vue: Ligne = (champ.ligne if isinstance(champ, Champ) else None) or self._objet
        return vue

    def _repondre(self, nom: str, valeur: bool | None, choix: ChoixTriEtat) -> None:
        if not self._sauver(nom, valeur):
            choix.fixer(getattr(self._objet, nom))

    def _categorie(self, saisi: str) -> bool:
        try:
            trouvee = lire_categorie(saisi)
        except ErreurSaisie:
            # Kept as typed: the finding and the remark under the field say that it is unknown.
            return self._ecrire(self._vue("categorie"), {"categorie": saisi[:10], "categorie_libelle": ""})
        return self._ecrire(self._vue("categorie"), valeurs_de_categorie(trouvee))

    def _libelle_categorie(self, saisi: str) -> str | None:
        try:
            lire_categorie(saisi)
        except ErreurSaisie as refus:
            return _phrase(refus.message)
        return None


def _numero(saisi: str, d: ChampFiche) -> str:
    net = numeros.normaliser(saisi)
    bon = not net or (d.defaut is not None and d.defaut(net) is None)
    return net if bon else _texte(saisi, d)


def _texte(saisi: str, d: ChampFiche) -> str:
    if d.obligatoire and not saisi:
        raise ErreurSaisie(f"« {d.libelle} » ne peut pas être vide ; la valeur d’avant est gardée.")
    if len(saisi) > d.longueur:
        raise ErreurSaisie(f"{len(saisi)} caractères{NBSP}: ce champ en accepte {d.longueur} au plus.")
    return saisi


def _phrase(raison: str | None) -> str | None:
    if raison is None:
        return None
    return f"{majuscule(raison)}."
