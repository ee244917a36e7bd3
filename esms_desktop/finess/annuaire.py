"""The directory once read: legal entities, their établissements, and the search by number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from esms_desktop.errors import ErreurFiness
from esms_desktop.francais import date_courte
from esms_desktop.nomenclature.numeros import defaut_finess, normaliser
from esms_desktop.nomenclature.vocabulaire import Champ


@dataclass(frozen=True, slots=True)
class Etablissement:
    """An établissement or service. `departement`: FINESS code; `motif_exclusion`: empty when a grappe may take it."""

    finess: str
    finess_ej: str
    nom: str
    siret: str
    categorie: str
    categorie_libelle: str
    champ: Champ | None
    adresse: str
    code_postal: str
    commune: str
    departement: str
    actif: bool
    date_fermeture: date | None
    motif_exclusion: str
    # Places, when the twin file « activités » gives them.
    capacite: int | None = None


@dataclass(frozen=True, slots=True)
class EntiteJuridique:
    """A legal entity and all its établissements, closed ones included. What the file does not tell is empty or None."""

    finess: str
    nom: str
    sigle: str
    siren: str
    siret: str
    statut_juridique: str
    forme_juridique: str
    association: bool | None
    adresse: str
    code_postal: str
    commune: str
    departement: str
    telephone: str
    courriel: str
    active: bool
    etablissements: tuple[Etablissement, ...]
    # What the person should check because the file is silent, as French sentences.
    reserves: tuple[str, ...] = ()

    @property
    def eligibles(self) -> tuple[Etablissement, ...]:
        """The établissements a grappe may take, in the order of the file."""
        return tuple(e for e in self.etablissements if not e.motif_exclusion)


class Annuaire:
    """A directory file in memory.

    Args:
        entites: legal entities by FINESS number.
        format: what the person reads of the format (« FINESS structures »…).
        date_source: the day the file was made, None when it does not say.
        alertes: what was left aside while reading, as French sentences.
        seulement: the only numbers looked for while reading; None when the whole file was kept.
    """

    def __init__(
        self,
        entites: Mapping[str, EntiteJuridique],
        format: str,
        date_source: date | None = None,
        alertes: tuple[str, ...] = (),
        seulement: Collection[str] | None = None,
    ) -> None:
        self.entites = entites
        self.format = format
        self.date_source = date_source
        self.alertes = alertes
        self._seulement = None if seulement is None else frozenset(map(normaliser, seulement))
        self._ej_de = {e.finess: ej.finess for ej in entites.values() for e in ej.etablissements}

    @property
    def designation(self) -> str:
        """« l’annuaire FINESS du 13/08/2026 », without a date when the file has none."""
        return "l’annuaire FINESS" + (f" du {date_courte(self.date_source)}" if self.date_source else "")

    def entite(self, numero: str) -> EntiteJuridique:
        """The legal entity under `numero`, typed with or without spaces.

        Raises:
            ErreurFiness: a wrong number, the number of an établissement, or one the file does not hold.
            ValueError: the file was read for other numbers only.
        """
        n = normaliser(numero)
        if self._seulement is not None and n not in self._seulement:
            raise ValueError(f"directory read without {n}")
        if n in self.entites:
            return self.entites[n]
        if n in self._ej_de:
            ej = self.entites[self._ej_de[n]]
            nom = next(e.nom for e in ej.etablissements if e.finess == n)
            raise ErreurFiness(
                f"{n} est le numéro d’un établissement ({nom}), pas d’une entité juridique.",
                f"Donnez celui de son entité juridique : {ej.finess} ({ej.nom}).",
            )
        if defaut := defaut_finess(n):
            donne = f"« {numero.strip()} »" if numero.strip() else "donné"
            raise ErreurFiness(f"Le numéro FINESS {donne} n’est pas valide : {defaut}.")
        raise ErreurFiness(
            f"Aucune entité juridique ne porte le numéro {n} dans {self.designation}.",
            "Vérifiez le numéro, ou prenez un annuaire plus récent.",
        )
