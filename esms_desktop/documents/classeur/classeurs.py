"""Which documents have a workbook, and how it is built."""

from collections.abc import Callable, Mapping
from datetime import date

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur import financement as classeur_financement
from esms_desktop.documents.classeur import materiels as classeur_materiels
from esms_desktop.documents.classeur import planning as classeur_planning
from esms_desktop.documents.classeur import risques as classeur_risques
from esms_desktop.documents.classeur.classeur import Classeur
from esms_desktop.documents.produits import planning, risques
from esms_desktop.lecture import Dossier

_FABRIQUES: Mapping[str, Callable[[Dossier, Campagne, date], Classeur | None]] = {
    classeur_financement.CODE: classeur_financement.classeur,
    classeur_materiels.CODE: classeur_materiels.classeur,
    planning.CODE: classeur_planning.classeur,
    risques.CODE: classeur_risques.classeur,
}
CODES = frozenset(_FABRIQUES)


def classeur_de(code: str, dossier: Dossier, campagne: Campagne, jour: date) -> Classeur | None:
    """The workbook of the document called `code`, None when it has none (see `existe`).

    Args:
        code: name of the document in the catalogue.
        dossier, campagne: what it tells.
        jour: the day it is printed.
    """
    return _FABRIQUES[code](dossier, campagne, jour) if existe(code, dossier) else None


def existe(code: str, dossier: Dossier) -> bool:
    """Whether the document called `code` has a workbook in this dossier: no table of tasks without a task."""
    return code in CODES and (code != planning.CODE or bool(dossier.taches))
