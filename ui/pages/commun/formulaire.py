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
from esms_desktop.nomenclature.champs import Genre
from ui.models.fiches import ChampFiche, Groupe
from ui.widgets.champs.champ import Champ
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampEntier, ChampMontant, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.libelle import Filet, Libelle

Ecrire = Callable[[Ligne, dict[str, object]], bool]
_NON_CHOISI = (None, "Non renseigné")
# Typed as a code or as words: the code and the words are both kept.
_CATEGORIE = "essms.categorie"


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
        libelle, aide = d.libelle, d.champ.aide
        match d.genre:
            case _ if d.options is not None or d.genre in (Genre.CHOIX, Genre.LIEN):
                return self._liste(d)
            case Genre.OUI_NON:
                choix = ChoixTriEtat(libelle, aide)
                choix.change.connect(lambda valeur, nom=d.nom, c=choix: self._repondre(nom, valeur, c))
                return choix
            case Genre.ENTIER:
                return ChampEntier(libelle, lambda v: self._sauver(d.nom, v), aide)
            case Genre.POUR_CENT:
                return ChampEntier(libelle, lambda v: self._sauver(d.nom, v), aide, maximum=100)
            case Genre.MONTANT:
                return ChampMontant(libelle, lambda v: self._sauver(d.nom, v), aide)
            case Genre.DATE:
                return ChampDate(libelle, lambda v: self._sauver(d.nom, v), aide)
            case Genre.LONG:
                return ChampTexte(libelle, lambda v: self._sauver(d.nom, v), aide, multiligne=True)
            case Genre.NUMERO:
                return ChampTexte(
                    libelle,
                    lambda v: self._sauver(d.nom, _numero(v, d)),
                    aide,
                    verifier=lambda v: _phrase(defaut(v)) if (defaut := d.champ.defaut) else None,
                )
            case _ if d.code == _CATEGORIE:
                return ChampTexte(libelle, self._categorie, aide, verifier=self._libelle_categorie)
            case _:
                return ChampTexte(libelle, lambda v: self._sauver(d.nom, _texte(v, d)), aide)

    def _liste(self, d: ChampFiche) -> ChampChoix:
        # A text says nothing with nothing.
        rien = "" if d.genre is Genre.TEXTE else None
        liste = ChampChoix(
            d.libelle,
            (_NON_CHOISI, *d.offres()),
            lambda v: self._sauver(d.nom, rien if v is None else v),
            d.champ.aide,
        )
        # A very long label must not widen the form: the list and the tooltip give it whole.
        liste.liste.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        liste.liste.setMinimumContentsLength(18)
        return liste

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
    net, defaut = numeros.normaliser(saisi), d.champ.defaut
    bon = not net or (defaut is not None and defaut(net) is None)
    return net if bon else _texte(saisi, d)


def _texte(saisi: str, d: ChampFiche) -> str:
    if d.champ.oblige and not saisi:
        raise ErreurSaisie(f"« {d.libelle} » ne peut pas être vide ; la valeur d’avant est gardée.")
    if len(saisi) > d.champ.longueur:
        raise ErreurSaisie(f"{len(saisi)} caractères{NBSP}: ce champ en accepte {d.champ.longueur} au plus.")
    return saisi


def _phrase(raison: str | None) -> str | None:
    if raison is None:
        return None
    return f"{majuscule(raison)}."
