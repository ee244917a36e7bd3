"""The columns of the planning: what each shows and reads, and the model that holds them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from esms_desktop.echanges import predecesseurs, valeurs
from esms_desktop.echanges.lignes import plan_de, structure_de, vague_de
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, cle, date_courte, lire_date
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import bulle_de, entete_de
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.planning.planning import Planning, TachePlacee
from ui import theme
from ui.models import saisie
from ui.models.lignes import Index
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.pages.financement.modele_couts import ColonneCalculee, ColonneChoix
from ui.pages.planning import modele as mots
from ui.pages.planning.modele import LignePlan
from ui.widgets.tableaux.cellule import ROLE_BADGE, ROLE_SECOND

# A heading answers True: it spans the row and can be closed.
ROLE_TITRE = Qt.ItemDataRole.UserRole + 11
NUMERO, NOM, DUREE, DEBUT, FIN, ATTEND = range(6)


def _de(affiche: Callable[[TachePlacee], str], ligne: LignePlan) -> str:
    return "" if ligne.placee is None else affiche(ligne.placee)


def _texte(affiche: Callable[[TachePlacee], str]) -> Callable[[LignePlan], str]:
    """Shows a task; nothing for a heading."""
    return partial(_de, affiche)


def _jour(champ: str, obligatoire: bool = False) -> saisie.Lire:
    def lire(saisi: str, _: Dossier) -> dict[str, object]:
        lue = lire_date(saisi)
        if lue is None and obligatoire:
            raise ErreurSaisie("une date est attendue, par exemple 15/06/2026")
        return {champ: lue}

    return lire


def _duree(saisi: str, _: Dossier) -> dict[str, object]:
    if cle(saisi) == cle(mots.JALON):
        return {"duree": 0}
    lue = valeurs.duree_lue(saisi)
    if lue is None:
        raise ErreurSaisie("une durée est attendue, par exemple 12\u00a0; 0 fait un jalon")
    return {"duree": lue}


def _avancement(saisi: str, _: Dossier) -> dict[str, object]:
    return {"avancement": valeurs.avancement_lu(saisi)}


def _plan(saisi: str, _: Dossier) -> dict[str, object]:
    lu = plan_de(saisi)
    if lu is None:
        raise ErreurSaisie("sont admis\u00a0: " + ", ".join(p.libelle for p in Plan))
    return {"plan": lu.value}


def _sujet(saisi: str, dossier: Dossier) -> dict[str, object]:
    if not saisi.strip():
        return {"essms_id": None, "vague_id": None}
    vague = vague_de(dossier, saisi)
    if vague is not None:
        return {"essms_id": None, "vague_id": vague.id}
    essms = structure_de(dossier, saisi)
    if essms is None:
        raise ErreurSaisie("ni vague ni structure du dossier ne porte ce nom")
    return {"essms_id": essms.id, "vague_id": None}


def _lire_attend(planning: Callable[[], Planning], saisi: str, _: Dossier) -> dict[str, object]:
    """The tasks named by their number or their name, as (task, type, worked days)."""
    taches = [p.tache for p in planning().taches]
    lues = predecesseurs.lire(
        saisi,
        mots.chercheur(lambda: taches),
        lambda nom: [t for t in taches if cle(t.nom) == cle(nom)],
    )
    return {"predecesseurs": tuple((a.cible, a.type, a.decalage) for a in lues)}


def colonnes(planning: Callable[[], Planning]) -> tuple[ColonneSaisie[LignePlan], ...]:
    """The columns of the planning that `planning()` gives."""
    avancement = f"{{}}{NBSP}%"
    return (
        ColonneCalculee("N°", lambda x: str(x.numero) if x.numero else "", a_droite=True),
        ColonneSaisie(
            entete_de("tache.nom"),
            lambda x: mots.titre_du_plan(x) if x.placee is None else x.placee.tache.nom,
            bulle=mots.description,
            lire=saisie.ligne_obligatoire("nom"),
            obligatoire=True,
        ),
        ColonneSaisie(
            entete_de("tache.duree"),
            _texte(mots.texte_duree),
            a_droite=True,
            brut=_texte(lambda p: "0" if p.tache.jalon else str(p.tache.duree)),
            bulle=lambda _: bulle_de("tache.duree"),
            lire=_duree,
        ),
        ColonneSaisie(
            entete_de("tache.debut"), _texte(lambda p: date_courte(p.debut)), lire=_jour("debut", True)
        ),
        ColonneSaisie(entete_de("tache.fin"), _texte(lambda p: date_courte(p.fin)), lire=_jour("fin", True)),
        ColonneSaisie(
            "Prédécesseurs",
            lambda x: x.attend,
            bulle=lambda _: (
                f"Ce que la tâche attend{NBSP}: 3 (fin à début), 3DD (début à début), 3FF (fin à fin), "
                "3FD+2 (deux jours ouvrés après)"
            ),
            lire=partial(_lire_attend, planning),
        ),
        ColonneSaisie(
            entete_de("tache.responsable"),
            _texte(lambda p: p.tache.responsable),
            lire=saisie.ligne("responsable"),
        ),
        ColonneSaisie(
            entete_de("tache.avancement"),
            _texte(lambda p: avancement.format(p.tache.avancement)),
            a_droite=True,
            brut=_texte(lambda p: str(p.tache.avancement)),
            lire=_avancement,
        ),
        ColonneSaisie(
            entete_de("tache.echeance"),
            _texte(lambda p: saisie.texte_date(p.tache.echeance)),
            badge=lambda x: "bad" if x.placee is not None and x.placee.retard else None,
            bulle=lambda _: bulle_de("tache.echeance"),
            lire=_jour("echeance"),
        ),
        ColonneChoix(
            entete_de("tache.essms_id"),
            _texte(lambda p: mots.sujet(p.tache)),
            lire=_sujet,
            options=mots.sujets,
        ),
        ColonneChoix(
            entete_de("tache.plan"),
            _texte(lambda p: mots.plan_de(p.tache).libelle),
            lire=_plan,
            options=lambda _: tuple(p.libelle for p in Plan),
        ),
        ColonneChoix(
            entete_de("tache.phase"),
            _texte(lambda p: p.tache.phase),
            lire=saisie.ligne("phase"),
            options=lambda d: tuple(sorted({t.phase for t in d.taches if t.phase})),
            libre=True,
        ),
        ColonneCalculee(
            "Marge",
            _texte(mots.texte_marge),
            badge=lambda x: "bad" if x.placee is not None and x.placee.critique else None,
            bulle=lambda _: "Jours ouvrés de retard possibles sans reculer la fin du projet",
        ),
        ColonneCalculee(entete_de("tache.reference_fin"), _texte(mots.texte_reference)),
    )


POIDS = (0.4, 3.4, 0.8, 1, 1, 1.2, 1.3, 0.8, 1, 1.6, 1.2, 1.4, 0.8, 1.2)
# Least widths, in average characters of the font.
CONFORT = {1: 31, 5: 14, 6: 18, 9: 24, 10: 24, 11: 30, 13: 22}


class ModelePlanning(ModeleSaisie[LignePlan]):
    """The rows. What cells show is kept as text: two thousand rows are read again in no time."""

    def __init__(
        self,
        planning: Callable[[], Planning],
        ecrire: Callable[[LignePlan, dict[str, Any]], bool],
        refuser: Callable[[str], object],
    ) -> None:
        super().__init__(colonnes(planning), lambda x: x.cle, ecrire, refuser)

    def textes(self, colonne: int) -> list[str]:
        """What every cell of a column shows."""
        return [self._cellule(rang, colonne)[0] for rang in range(len(self._lues))]

    def badges(self, colonne: int) -> list[str]:
        """For every cell of a column, its text when a badge holds it, else nothing."""
        lues = [self._cellule(rang, colonne) for rang in range(len(self._lues))]
        return [texte if badge else "" for texte, _, badge in lues]

    def _cellule(self, rang: int, colonne: int) -> tuple[str, str, str]:
        lue: tuple[str, str, str] = self._lues[rang][colonne]  # type: ignore[assignment]
        return lue

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows; headings are in bold."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, ROLE_BADGE):
            texte, _, badge = self._cellule(index.row(), index.column())
            return texte if role == Qt.ItemDataRole.DisplayRole else badge or None
        if role == ROLE_SECOND:
            return None
        if role == ROLE_TITRE:
            ligne = self.objet(index.row())
            return None if ligne.placee is not None else ligne.repliee
        if role == Qt.ItemDataRole.FontRole:
            en_gras = self.objet(index.row()).placee is None
            return theme.police(graisse=QFont.Weight.DemiBold) if en_gras else None
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading is not typed in."""
        drapeaux = super().flags(index)
        if index.isValid() and self.objet(index.row()).placee is None:
            drapeaux &= ~Qt.ItemFlag.ItemIsEditable
        return drapeaux
