"""The national directory kept on this computer: where it is, what it is of, what it says of an entity."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import platformdirs
import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurFiness
from esms_desktop.finess.annuaire import Annuaire, EntiteJuridique
from esms_desktop.finess.lignes import LigneEj, LigneEt, lire_ej, lire_et
from esms_desktop.finess.recherche import Recherche, Resultat
from esms_desktop.finess.valeurs import jour
from esms_desktop.finess.versement import MARQUE, VERSION
from esms_desktop.nomenclature.numeros import normaliser

VARIABLE = "ESMS_DESKTOP_ANNUAIRE"
_NOM = "annuaire-finess.sqlite"
_REMEDE = "Importez de nouveau le fichier FINESS dans l’annuaire."
_TRANCHE = 500


def place() -> Path:
    """The file of the directory: `ESMS_DESKTOP_ANNUAIRE`, else the user's data folder."""
    choisi = os.environ.get(VARIABLE)
    if choisi:
        return Path(choisi).expanduser().absolute()
    return Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / _NOM


@dataclass(frozen=True)
class Etat:
    """What the directory kept is of.

    Attributes:
        chemin: its file.
        format: that it was read from.
        date_source: the day the file was made, None when it does not say.
        importe_le: when it was imported.
        entites, etablissements: how many.
        fichier: the name of the file it was read from.
        capacites: how many établissements have their places; `activites_date`: the day of the twin file.
        alertes: what was left aside, as French sentences.
    """

    chemin: Path
    format: str
    date_source: date | None
    importe_le: datetime
    entites: int
    etablissements: int
    fichier: str
    capacites: int
    activites_date: date | None
    alertes: tuple[str, ...]


class Repertoire:
    """The directory, open to be read. One thread uses it.

    Raises:
        ErreurFiness: no directory was imported yet, or its file is spoilt or of another version.
    """

    def __init__(self, chemin: Path | None = None) -> None:
        self.chemin = chemin or place()
        if not self.chemin.is_file():
            raise ErreurFiness(
                "Aucun annuaire FINESS n’est encore importé sur cet ordinateur.",
                "Importez le fichier « finess-structures » publié sur data.gouv.fr.",
            )
        try:
            # The file never changes: it is replaced whole.
            self._base: Any = sqlcipher.connect(f"{self.chemin.as_uri()}?mode=ro&immutable=1", uri=True)
            marque = self._base.execute("PRAGMA application_id").fetchone()[0]
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            self._dit = dict(self._base.execute("SELECT cle, valeur FROM source"))
        except sqlcipher.DatabaseError as erreur:
            raise ErreurFiness(
                f"L’annuaire FINESS gardé sur cet ordinateur ne se lit plus ({self.chemin}).", _REMEDE
            ) from erreur
        if (marque, version) != (MARQUE, VERSION):
            self.fermer()
            raise ErreurFiness(
                "L’annuaire FINESS gardé sur cet ordinateur vient d’une autre version du logiciel.", _REMEDE
            )
        self.date_source = jour(self._dit.get("date", ""))
        self._recherche = Recherche(self._base, self.date_source)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Lets the file go."""
        self._base.close()

    @property
    def etat(self) -> Etat:
        """What it is of."""

        def compter(table: str) -> int:
            return int(self._base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

        return Etat(
            self.chemin,
            self._dit.get("format", ""),
            self.date_source,
            datetime.fromisoformat(self._dit["importe_le"]),
            compter("entite"),
            compter("etablissement"),
            self._dit.get("fichier", ""),
            compter("capacite"),
            jour(self._dit.get("activites_date", "")),
            tuple(json.loads(self._dit.get("alertes", "[]"))),
        )

    def chercher(self, texte: str, limite: int = 30) -> Resultat:
        """The entities that a text finds: a name, a town, a SIREN, a number, whole or not. See `Recherche.chercher`."""
        return self._recherche.chercher(texte, limite)

    def annuaire(self, numeros: Iterable[str]) -> Annuaire:
        """The directory for these numbers only, of entities or of their établissements."""
        voulus = [normaliser(n) for n in numeros]
        ejs = set(voulus)
        for tranche in _tranches(voulus):
            trous = ", ".join("?" * len(tranche))
            requete = f"SELECT finess_ej FROM etablissement WHERE finess IN ({trous})"
            ejs.update(n for (n,) in self._base.execute(requete, tranche))
        entites = {n: e for n in sorted(ejs) if (e := self.entite(n)) is not None}
        return Annuaire(entites, self._dit.get("format", ""), self.date_source, (), voulus)

    def entite(self, numero: str) -> EntiteJuridique | None:
        """The entity of that EJ number, with all its établissements; None when there is none."""
        requete = f"SELECT {', '.join(LigneEj._fields)} FROM entite WHERE finess = ?"
        ligne = self._base.execute(requete, (normaliser(numero),)).fetchone()
        if ligne is None:
            return None
        colonnes = ", ".join(f"t.{c}" for c in LigneEt._fields)
        requete = (
            f"SELECT {colonnes}, c.places FROM etablissement t LEFT JOIN capacite c ON c.finess = t.finess "
            "WHERE t.finess_ej = ? ORDER BY t.id"
        )
        ets = [
            lire_et(LigneEt(*valeurs), self.date_source, places)
            for *valeurs, places in self._base.execute(requete, (ligne[0],))
        ]
        return lire_ej(LigneEj(*ligne), ets, self.date_source)


def _tranches(valeurs: Sequence[str]) -> Iterable[Sequence[str]]:
    return (valeurs[i : i + _TRANCHE] for i in range(0, len(valeurs), _TRANCHE))
