"""The gestes that any row takes: fill in its fields, add one, remove it, give an order to several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, pluriel
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Ligne
from esms_desktop.nomenclature.champs import nom_propre
from esms_desktop.store.ecarts import CLASSE_DE
from esms_desktop.store.porte import Porte


@dataclass(frozen=True)
class Neuve:
    """A row that is not in the base yet: its table, its values, and the rows that hang on it by their relationship."""

    table: str
    valeurs: Mapping[str, Any]
    enfants: Mapping[str, Sequence["Neuve"]] = field(default_factory=dict)

    @property
    def nom(self) -> str:
        """What it is called, empty when it has no name."""
        return nom_propre(self.valeurs)


def neuve(table: str, **valeurs: Any) -> Neuve:
    """A row to add, with these values."""
    return Neuve(table, valeurs)


@geste(
    "lignes.saisir",
    "Remplir les champs d’une ligne",
    ligne="« table:désignation », par exemple essms:330780123 ou dossier:",
    libelle="comment le geste s’appelle dans le journal",
)
def saisir(porte: Porte, ligne: Ligne, libelle: str = "", /, **champs: Any) -> bool:
    """Sets fields of a row; says whether something changed. Refusals as `Porte.modifier`."""
    return porte.modifier(ligne, libelle, **champs)


def saisir_tous(porte: Porte, changements: Sequence[tuple[Ligne, Mapping[str, Any]]], libelle: str) -> int:
    """Sets fields of several rows in one step; says how many changed. Refusals as `Porte.modifier`."""
    return porte.modifier_tous(changements, libelle)


@geste("lignes.inscrire", "Ajouter une ligne")
def inscrire(porte: Porte, *neuves: Neuve, libelle: str) -> list[int]:
    """Adds rows with all that hangs on them; answers their ids, in order.

    Raises:
        ErreurSaisie: a value is refused.
    """
    objets = [_objet(neuve) for neuve in neuves]
    porte.ajouter(*objets, libelle=libelle)
    return [o.id for o in objets]


def _objet(neuve: Neuve) -> Any:
    enfants = {nom: [_objet(e) for e in liste] for nom, liste in neuve.enfants.items()}
    return CLASSE_DE[neuve.table](**neuve.valeurs, **enfants)


@geste("lignes.retirer", "Retirer des lignes, avec ce qui en dépend", libelle="comment le geste s’appelle")
def retirer(porte: Porte, *lignes: Ligne, libelle: str) -> None:
    """Removes rows with all that hangs on them. Refusals as `Porte.retirer`."""
    porte.retirer(*lignes, libelle=libelle)


@geste("lignes.ranger", "Ranger des lignes dans cet ordre")
def ranger(porte: Porte, lignes: Sequence[Ligne], libelle: str = "") -> int:
    """Gives rows of one table the order they are given in; says how many moved.

    Raises:
        ErreurSaisie: these rows have no order.
    """
    if any("rang" not in vars(ligne) for ligne in lignes):
        raise ErreurSaisie("Ces lignes n’ont pas d’ordre à garder.", "Rien n’a été changé.")
    changements = [(ligne, {"rang": place}) for place, ligne in enumerate(lignes)]
    return saisir_tous(porte, changements, libelle or f"Ranger{NBSP}: {pluriel(len(lignes), 'ligne')}")


def coller(
    porte: Porte,
    dossier: Dossier,
    modifs: Sequence[tuple[Ligne, Mapping[str, Any]]],
    neufs: Sequence[Mapping[str, Any]],
    creer: Callable[[Dossier, dict[str, Any]], Neuve],
    libelle: str,
) -> list[int]:
    """Writes what was pasted on a list: fields of its rows, and new ones after them. Answers the ids of those.

    Args:
        creer: the row that the fields of a line make in a dossier.
    """
    cles: list[int] = []
    with porte.geste(libelle):
        saisir_tous(porte, modifs, libelle)
        # One by one: the rank of each looks at those before it.
        for champs in neufs:
            cles += inscrire(porte, creer(porte.relire(dossier), dict(champs)), libelle=libelle)
    return cles


def dernier_rang(lignes: Sequence[Any]) -> int:
    """The rank of a row added after these."""
    return max((ligne.rang for ligne in lignes), default=-1) + 1


def dossier_de(ligne: Ligne) -> Dossier:
    """The dossier that a row belongs to."""
    trouve = ligne._version.lignes("dossier")
    return trouve[0]  # type: ignore[no-any-return]
