"""Maps of risks for the window tests: the grappe, a structure assessed, one begun, one without risk of its own."""

from datetime import date

from esms_desktop.gestes import risques as travaux
from esms_desktop.model import Dossier, Risque
from esms_desktop.nomenclature.risques_types import risques_types
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.store.porte import Porte

_COTES = ((4, 4), (3, 3), (4, 3), (2, 3), (2, 4), (3, 2), (1, 1))


def remplir(porte: Porte, dossier: Dossier) -> None:
    """Fills the maps of a saved dossier: 8 risks for the grappe, 3 for the first structure, 1 for the second."""
    with porte.geste("Remplir les cartes"):
        _remplir(porte, dossier)


def _remplir(porte: Porte, dossier: Dossier) -> None:
    communs = [c for c, t in risques_types().items() if t.niveau == "deux"]
    seuls = [c for c, t in risques_types().items() if t.niveau == "grappe"]
    travaux.ajouter_de_la_bibliotheque(porte, dossier, [*communs[:4], *seuls[:4]])
    siens = regles.risques_grappe(dossier)
    for risque, (p, g) in zip(siens, _COTES, strict=False):
        porte.modifier(risque, probabilite=p, gravite=g)
    porte.modifier(siens[0], probabilite_residuelle=2, gravite_residuelle=3)
    porte.modifier(siens[1], probabilite_residuelle=1, gravite_residuelle=3)
    _agir(porte, siens[0])
    premiere, deuxieme, troisieme = dossier.essms[:3]
    travaux.ajouter_de_la_bibliotheque(porte, dossier, communs[:3], premiere)
    for risque, (p, g) in zip(regles.risques_structure(dossier, premiere), _COTES[2:], strict=False):
        porte.modifier(risque, probabilite=p, gravite=g)
    travaux.ajouter_de_la_bibliotheque(porte, dossier, communs[1:2], deuxieme)
    travaux.dire_sans_risque(porte, dossier, troisieme, True)


def _agir(porte: Porte, risque: Risque) -> None:
    """One action late, one dated, the others left to be completed."""
    tard, datee, *_ = risque.actions
    porte.modifier(tard, echeance=date(2023, 5, 15), responsable="Service informatique", cout_cents=450_000)
    porte.modifier(datee, echeance=date(2023, 11, 15), responsable="Éditeur", etat="en-cours")
