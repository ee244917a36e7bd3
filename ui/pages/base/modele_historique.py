"""The rows of the history: one for each field that a geste changed, or for each thing that came or went; and of the bin."""

from collections.abc import Iterable
from dataclasses import dataclass

from esms_desktop.base.journal import ChangementDeChamp, Evenement, Retire
from esms_desktop.francais import NBSP, date_heure, enumerer, majuscule, pluriel
from esms_desktop.lecture import Version
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.nomenclature.tables import libelle_table
from ui.models.conflits import mots
from ui.models.table import Colonne

_SENS = {"annuler": "Annulé", "refaire": "Rétabli"}
_LONG = 300


@dataclass(frozen=True)
class LigneHistorique:
    """A field of an event, or an event that is about a whole row. `avant`, `apres`: in the words of the person."""

    evenement: Evenement
    changement: ChangementDeChamp | None
    avant: str
    apres: str

    @property
    def cle(self) -> tuple[int, str]:
        """What tells it from the others."""
        return self.evenement.entree, self.changement.champ if self.changement else ""

    @property
    def remettable(self) -> bool:
        """Whether the value it had before can be written back."""
        return self.changement is not None and self.changement.avant != self.changement.apres


def lignes(evenements: Iterable[Evenement], version: Version) -> list[LigneHistorique]:
    """The rows of these events. `version`: the dossier as it is, for the names of what values name."""
    suite: list[LigneHistorique] = []
    for e in evenements:
        if not e.changements:
            dit = {"ajout": "ajouté", "retrait": "retiré"}.get(e.genre, "")
            suite.append(LigneHistorique(e, None, "", "effacé pour de bon" if e.efface else dit))
        suite += [
            LigneHistorique(
                e, c, *(_court(mots(e.table, c.champ, v, (version,))) for v in (c.avant, c.apres))
            )
            for c in e.changements
        ]
    return suite


def objet(e: Evenement) -> str:
    """« EHPAD du Parc (ESSMS) »."""
    genre = libelle_table(e.table)
    return f"{e.nom} ({genre})" if e.nom else majuscule(genre)


def champ(ligne: LigneHistorique) -> str:
    """The field, as the person reads it."""
    return majuscule(libelle_champ(ligne.changement.champ)) if ligne.changement else ""


def geste(e: Evenement) -> str:
    """What was done, and whether it was by undoing."""
    sens = _SENS.get(e.sens)
    return f"{sens}{NBSP}: {e.libelle}" if sens else e.libelle


def avec(retire: Retire) -> str:
    """What went with something: « 3 ESSMS et 2 contacts »."""
    return enumerer([pluriel(n, libelle_table(t), libelle_table(t, 2)) for t, n in retire.avec.items()])


def nom_retire(retire: Retire) -> str:
    """What was removed, by its name, else by what it is."""
    genre = libelle_table(retire.table)
    return retire.nom or majuscule(genre)


def _court(texte: str) -> str:
    return texte if len(texte) <= _LONG else texte[:_LONG] + "…"


COLONNES: tuple[Colonne[LigneHistorique], ...] = (
    Colonne(
        "Quand",
        lambda x: date_heure(x.evenement.quand),
        tri=lambda x: x.evenement.entree,
        second=lambda x: x.evenement.qui,
    ),
    Colonne("Quoi", lambda x: objet(x.evenement), second=lambda x: geste(x.evenement)),
    Colonne("Champ", champ),
    Colonne("Avant", lambda x: x.avant),
    Colonne("Après", lambda x: x.apres),
)
POIDS = (1.1, 2.2, 1.2, 1.7, 1.7)

COLONNES_CORBEILLE: tuple[Colonne[Retire], ...] = (
    Colonne("Retiré", nom_retire, second=lambda r: majuscule(libelle_table(r.table))),
    Colonne("Dossier", lambda r: r.nom_dossier if r.table != "dossier" else "", second=avec),
    Colonne("Quand", lambda r: date_heure(r.quand), tri=lambda r: r.quand, second=lambda r: r.qui),
)
POIDS_CORBEILLE = (2.0, 2.2, 1.2)
