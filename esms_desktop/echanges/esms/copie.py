"""A dossier out of its base: its rows by who they are, and the journal of what was done to them.

Whatever the base, a row is named by its `uid`, and what it names too: two copies of a dossier compare.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

FORMAT = "esms-desktop/dossier"
VERSION = 1
Ligne = Mapping[str, Any]
# Table → uid → columns, in the order of the base. Columns that name a row hold its uid.
Tables = Mapping[str, Mapping[str, Ligne]]


@dataclass(frozen=True)
class Entree:
    """What one geste did to one row. `avant`, `apres`: the columns it changed; None when the row was not, or is no more.

    Attributes:
        quand: UTC, as the base writes it.
        geste: what the entries of one geste share, inside one journal.
    """

    quand: str
    qui: str
    geste: int
    libelle: str
    sens: str
    table: str
    uid: str
    avant: Ligne | None
    apres: Ligne | None

    @cached_property
    def empreinte(self) -> str:
        """The same for the same entry, whatever base tells it."""
        dit = [self.quand, self.qui, self.sens, self.libelle, self.table, self.uid, self.avant, self.apres]
        return sha256(canonique(dit)).hexdigest()

    @property
    def colonnes(self) -> frozenset[str]:
        """The columns it says something of."""
        return frozenset(self.avant or ()) | frozenset(self.apres or ())


@dataclass(frozen=True)
class Copie:
    """A dossier. `schema`: the revision of the base it comes from."""

    schema: str
    tables: Tables
    journal: tuple[Entree, ...] = ()

    @property
    def nom(self) -> str:
        """Its name."""
        return str(next(iter(self.tables["dossier"].values()))["nom"])

    @property
    def contenus(self) -> list[str]:
        """The SHA-256 of the files that its rows name, each once."""
        return sorted({str(r["sha256"]) for t in self.tables.values() for r in t.values() if r.get("sha256")})

    def en_json(self) -> bytes:
        """`dossier.json`: the same bytes for the same rows."""
        tables = {
            nom: [{"uid": uid, **ligne} for uid, ligne in lignes.items()]
            for nom, lignes in self.tables.items()
            if lignes
        }
        objet = {"format": FORMAT, "version": VERSION, "schema": self.schema, "tables": tables}
        return json.dumps(objet, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"

    def journal_json(self) -> Iterable[bytes]:
        """`journal.jsonl`: a line for each entry."""
        for e in self.journal:
            yield (
                canonique(
                    {
                        "quand": e.quand,
                        "qui": e.qui,
                        "geste": e.geste,
                        "libelle": e.libelle,
                        "sens": e.sens,
                        "table": e.table,
                        "uid": e.uid,
                        "avant": e.avant,
                        "apres": e.apres,
                    }
                )
                + b"\n"
            )


def canonique(valeur: object) -> bytes:
    """JSON, always written the same way."""
    return json.dumps(valeur, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
