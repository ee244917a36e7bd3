"""What the page Risques does to the dossier: each function is one gesture, undone in one step; None or 0 when refused."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from esms_desktop import model
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Risque
from esms_desktop.regles.risques import Echelle, LigneRemontee, intitule
from esms_desktop.travaux import risques as travaux

if TYPE_CHECKING:
    from ui.contexte import Contexte

T = TypeVar("T")


def _faire(contexte: "Contexte", libelle: str, travail: Callable[[], T]) -> T | None:
    resultat: T | None = None

    def ecritures() -> None:
        nonlocal resultat
        resultat = travail()

    return resultat if contexte.faire(libelle, ecritures) else None


def ajouter(
    contexte: "Contexte", dossier: Dossier, essms: Essms | None, **champs: Any
) -> model.Risque | None:
    """Adds a risk at the end of a map."""
    return _faire(
        contexte, "Ajouter un risque", lambda: travaux.ajouter(contexte.porte, dossier, essms, **champs)
    )


def coller(
    contexte: "Contexte",
    dossier: Dossier,
    essms: Essms | None,
    modifs: Sequence[tuple[Risque, dict[str, Any]]],
    neufs: Sequence[dict[str, Any]],
    valeurs: int,
) -> bool:
    """Writes what was pasted on a map: fields of risks, and new ones at its end. `valeurs`: how many cells."""

    def ecritures() -> None:
        for risque, champs in modifs:
            contexte.porte.modifier(risque, **champs)
        # One by one: the rank of each looks at those before it.
        for champs in neufs:
            travaux.ajouter(contexte.porte, dossier, essms, **champs)

    return contexte.faire(f"Coller {pluriel(valeurs, 'valeur')}", ecritures)


def modifier(contexte: "Contexte", risque: Risque, champs: dict[str, object]) -> bool:
    """Writes fields of a risk."""
    libelle = f"Modifier le risque «{NBSP}{intitule(risque)}{NBSP}»"
    return contexte.modifier(risque, libelle, **champs)


def retirer(contexte: "Contexte", risques: Sequence[Risque]) -> int:
    """Removes risks with their actions; how many."""

    def ecritures() -> None:
        travaux.retirer(contexte.porte, risques)

    return len(risques) if contexte.faire(f"Retirer {pluriel(len(risques), 'risque')}", ecritures) else 0


def ranger(contexte: "Contexte", risques: Sequence[Risque]) -> bool:
    """Gives a map the order of this list."""
    fait = _faire(contexte, "Changer l’ordre des risques", lambda: travaux.ranger(contexte.porte, risques))
    return bool(fait)


def de_la_bibliotheque(
    contexte: "Contexte", dossier: Dossier, cles: Sequence[str], essms: Essms | None, avec_actions: bool
) -> int:
    """Adds typical risks to a map; how many."""
    faits = _faire(
        contexte,
        f"Ajouter {pluriel(len(cles), 'risque')} de la bibliothèque",
        lambda: travaux.ajouter_de_la_bibliotheque(contexte.porte, dossier, cles, essms, avec_actions),
    )
    return len(faits or ())


def copier(
    contexte: "Contexte", dossier: Dossier, source: Essms | None, cibles: Sequence[Essms], remplacer: bool
) -> list[travaux.Copie]:
    """Copies a map to structures; what was done to each."""
    copies = _faire(
        contexte,
        f"Copier la carte des risques vers {pluriel(len(cibles), 'structure')}",
        lambda: travaux.copier_carte(contexte.porte, dossier, source, cibles, remplacer),
    )
    return copies or []


def proposer_a_la_grappe(contexte: "Contexte", dossier: Dossier, lignes: Sequence[LigneRemontee]) -> int:
    """Adds to the grappe the risks that structures share; how many."""
    faits = _faire(
        contexte,
        f"Proposer {pluriel(len(lignes), 'risque')} à la grappe",
        lambda: travaux.proposer_a_la_grappe(contexte.porte, dossier, lignes),
    )
    return len(faits or ())


def dire_sans_risque(contexte: "Contexte", dossier: Dossier, essms: Essms, oui: bool | None) -> bool:
    """Keeps whether a structure has no risk of its own; False when refused."""
    fait = _faire(
        contexte,
        f"Répondre sur les risques de «{NBSP}{essms.nom}{NBSP}»",
        lambda: (travaux.dire_sans_risque(contexte.porte, dossier, essms, oui),),
    )
    return fait is not None


def renommer_echelle(contexte: "Contexte", dossier: Dossier, voulue: Echelle) -> bool:
    """Keeps the words of the scales. Raises ErreurSaisie: the dialog says why under the words."""
    return travaux.renommer_echelle(contexte.porte, dossier, voulue)


def ajouter_action(contexte: "Contexte", risque: Risque, **champs: Any) -> model.ActionRisque | None:
    """Adds an action to a risk."""
    return _faire(
        contexte, "Ajouter une action", lambda: travaux.ajouter_action(contexte.porte, risque, **champs)
    )


def modifier_action(contexte: "Contexte", action: ActionRisque, champs: dict[str, object]) -> bool:
    """Writes fields of an action."""
    return contexte.modifier(action, f"Modifier l’action «{NBSP}{action.intitule}{NBSP}»", **champs)


def retirer_actions(contexte: "Contexte", actions: Sequence[ActionRisque]) -> int:
    """Removes actions; how many."""
    libelle = f"Retirer {pluriel(len(actions), 'action')}"
    return len(actions) if actions and contexte.retirer(*actions, libelle=libelle) else 0
