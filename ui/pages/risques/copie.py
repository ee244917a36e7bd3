"""Copying a map of risks to other structures: which one, to whom, and what becomes of the risks they already have."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esms_desktop.francais import NBSP, accord, pluriel
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.risques import par_carte
from ui.models.table import Colonne
from ui.pages.risques.choix import ModeleChoix, TableauChoix
from ui.widgets.boutons import bouton
from ui.widgets.champs.champs import ChampChoix
from ui.widgets.libelle import Libelle
from ui.widgets.question import demander

_GRAPPE = 0


class DialogueCopie(QDialog):
    """The choice.

    Args:
        dossier: whose maps they are.
        source: the map copied at first, None for that of the grappe.
        cibles: the structures ticked at first.
    """

    def __init__(
        self,
        dossier: Dossier,
        source: Essms | None,
        cibles: Sequence[Essms] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Copier une carte de risques")
        self._dossier = dossier
        self._cartes = {(e.id if e else _GRAPPE): risques for e, risques in par_carte(dossier).items()}
        remplies = [
            (cle, "La grappe" if cle == _GRAPPE else self._structure(cle).nom)
            for cle, risques in self._cartes.items()
            if risques
        ]
        self.depuis = ChampChoix(
            "Carte à copier",
            [(cle, f"{nom} ({pluriel(len(self._cartes[cle]), 'risque')})") for cle, nom in remplies],
            aide="Ses cotations et ses actions sont copiées ; les actions redeviennent à faire.",
        )
        self.depuis.change.connect(lambda _: self._changer())
        voulue = source.id if source else _GRAPPE
        self.depuis.fixer(voulue if voulue in dict(remplies) else next(iter(dict(remplies)), None))
        self.modele: ModeleChoix[Essms] = ModeleChoix(
            (
                Colonne("Structure", lambda e: e.nom, second=lambda e: e.commune),
                Colonne("Organisme", lambda e: e.og.nom_court),
                Colonne(entete_de("essms.categorie"), lambda e: e.categorie_libelle),
                Colonne("Risques", self._deja, tri=lambda e: len(self._cartes[e.id])),
            ),
            lambda e: e.id,
        )
        self.modele.choisis = {e.id for e in cibles}
        self.tableau = TableauChoix(
            "Structures à remplir", self.modele, (0.7, 2.2, 1.4, 1.6, 0.8), {1: 20, 2: 14, 3: 16}
        )
        self.tableau.change.connect(self._dire)
        self.mode = ChampChoix(
            "Quand une structure a déjà des risques",
            (
                (False, "Garder les siens, n’ajouter que ceux qui lui manquent"),
                (True, "Remplacer tous les siens par cette carte"),
            ),
        )
        self.mode.fixer(False)
        self.mode.change.connect(lambda _: self._dire())
        self.phrase = Libelle("", "muet")
        self._composer()
        self.resize(860, 640)
        self._changer()

    def _composer(self) -> None:
        colonne = QVBoxLayout(self)
        colonne.setContentsMargins(22, 18, 22, 16)
        colonne.setSpacing(10)
        colonne.addWidget(Libelle("Copier une carte vers d’autres structures", "sous-titre"))
        colonne.addWidget(self.depuis)
        outils = QHBoxLayout()
        outils.setSpacing(8)
        self.toutes = bouton("&Toutes", lambda: self.tableau.cocher(self.tableau.visibles(), True))
        self.vides = bouton("Celles sans &risque", lambda: self._seulement(lambda e: not self._cartes[e.id]))
        self.og = bouton(
            "Même &organisme",
            lambda: self._comme("og_id"),
            aide="Celles du même organisme que la ligne courante",
        )
        self.categorie = bouton(
            "Même caté&gorie",
            lambda: self._comme("categorie"),
            aide="Celles de la même catégorie FINESS que la ligne courante",
        )
        self.aucune = bouton("Au&cune", lambda: self.tableau.cocher(self.tableau.visibles(), False))
        for b in (self.toutes, self.vides, self.og, self.categorie, self.aucune):
            outils.addWidget(b)
        outils.addStretch(1)
        colonne.addLayout(outils)
        colonne.addWidget(self.tableau, 1)
        colonne.addWidget(Libelle("Espace choisit les lignes sélectionnées.", "petit"))
        colonne.addWidget(self.mode)
        colonne.addWidget(self.phrase)
        rangee = QHBoxLayout()
        rangee.setSpacing(10)
        rangee.addStretch(1)
        rangee.addWidget(bouton("Annuler", self.reject))
        self.accord = bouton("Co&pier", self._accepter, "primaire")
        rangee.addWidget(self.accord)
        colonne.addLayout(rangee)

    # -- answers -----------------------------------------------------------------------------------------------

    @property
    def source(self) -> Essms | None:
        """The structure whose map is copied, None for the grappe."""
        return None if self.depuis.valeur in (_GRAPPE, None) else self._structure(self.depuis.valeur)

    @property
    def cibles(self) -> list[Essms]:
        """The structures ticked, the source aside."""
        choisies: list[Essms] = self.tableau.objets_choisis()
        return choisies

    @property
    def remplacer(self) -> bool:
        """True when the risks of the structures are replaced."""
        return bool(self.mode.valeur)

    # -- showing -----------------------------------------------------------------------------------------------

    def _structure(self, cle: int) -> Essms:
        return next(e for e in self._dossier.essms if e.id == cle)

    def _deja(self, essms: Essms) -> str:
        combien = len(self._cartes[essms.id])
        return str(combien) if combien else "Aucun"

    def _changer(self) -> None:
        """Another map to copy: it leaves the list of those to fill."""
        autres = [e for e in self._dossier.essms if e.id != self.depuis.valeur]
        self.modele.choisis &= {e.id for e in autres}
        self.modele.charger(autres)
        if autres and self.tableau.ligne_courante() < 0:
            self.tableau.choisir(0)
        self._dire()

    def _seulement(self, retenue: object) -> None:
        self.tableau.cocher(self.tableau.visibles(), False)
        self.tableau.cocher([e for e in self.tableau.visibles() if retenue(e)], True)  # type: ignore[operator]

    def _comme(self, champ: str) -> None:
        rang = self.tableau.ligne_courante()
        if rang >= 0:
            voulu = getattr(self.modele.objet(rang), champ)
            self._seulement(lambda e: getattr(e, champ) == voulu)

    def _dire(self) -> None:
        cibles = self.cibles
        prises = [e for e in cibles if self._cartes[e.id]]
        phrase = "Choisissez les structures à remplir."
        if cibles:
            phrase = f"{pluriel(len(cibles), 'structure choisie', 'structures choisies')}."
            if prises and self.remplacer:
                perdus = sum(len(self._cartes[e.id]) for e in prises)
                ont = accord(len(prises), "a déjà", "ont déjà")
                phrase += (
                    f" {len(prises)} {ont} des risques{NBSP}: {pluriel(perdus, 'risque sera retiré', 'risques seront retirés')}, "
                    "avec leurs actions."
                )
            elif prises:
                phrase += f" {pluriel(len(prises), 'structure a', 'structures ont')} déjà des risques, qui ne changent pas."
        self.phrase.setText(phrase)
        self.phrase.fixer_genre("warn" if prises and self.remplacer else "")
        self.accord.setEnabled(bool(cibles) and self.depuis.valeur is not None)

    def _accepter(self) -> None:
        prises = [e for e in self.cibles if self._cartes[e.id]]
        if self.remplacer and prises:
            lignes = tuple(f"{e.nom}{NBSP}: {pluriel(len(self._cartes[e.id]), 'risque')}" for e in prises)
            texte = (
                "Les risques de ces structures partent, avec leurs actions. Vous pourrez annuler (Ctrl+Z)."
            )
            if not demander(
                self, "Remplacer leurs risques ?", texte, "Remplacer", "Revenir", danger=True, lignes=lignes
            ):
                return
        self.accept()
