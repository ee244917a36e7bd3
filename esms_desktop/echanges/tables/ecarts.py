"""What a list would change in a grappe, as plain values: nothing here reads, decides or writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from esms_desktop.echanges.tables.tableau import Laisse, Tableau
from esms_desktop.lecture import Essms, Og

# What may be done of a line that must be decided; the ids of ESSMS and OG follow after « : ».
LAISSER, AJOUTER, METTRE_A_JOUR, GARDER, TOUTES = (
    "laisser",
    "ajouter",
    "mettre-a-jour",
    "garder",
    "toutes",
)


@dataclass(frozen=True)
class Reparation:
    """A value that was put right, or refused. `cellule`: its address; `apres`: empty when it is left aside."""

    cellule: str
    champ: str
    avant: str
    apres: str
    raison: str

    def en_dict(self) -> dict[str, str]:
        """As plain JSON."""
        return {
            "cellule": self.cellule,
            "champ": self.champ,
            "avant": self.avant,
            "apres": self.apres,
            "raison": self.raison,
        }


@dataclass(frozen=True)
class OgVoulu:
    """The OG a new ESSMS goes to: one of the dossier, or one to add."""

    og: Og | None = None
    nom: str = ""
    finess_ej: str = ""
    siren: str = ""

    @property
    def titre(self) -> str:
        """How it is called."""
        return self.og.nom_court if self.og is not None else self.nom


@dataclass(frozen=True)
class Nouveau:
    """An ESSMS to add. `champs`: what the list tells, by field, as it is shown; `colonnes`: what is written."""

    ligne: int
    cellule: str
    nom: str
    og: OgVoulu
    champs: Mapping[str, str]
    colonnes: Mapping[str, Any]

    def en_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"essms": self.nom, "og": self.og.titre, "cellule": self.cellule, **self.champs}


@dataclass(frozen=True)
class Change:
    """A field of an ESSMS that would change."""

    essms: Essms
    champ: str
    libelle: str
    avant: str
    apres: str
    cellule: str
    colonnes: Mapping[str, Any]

    def en_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "essms": self.essms.nom,
            "finess": self.essms.finess,
            "champ": self.champ,
            "avant": self.avant,
            "apres": self.apres,
            "cellule": self.cellule,
        }


@dataclass(frozen=True)
class Choix:
    """Something that may be done of a line. `code`: « laisser », « ajouter », « mettre-a-jour:12 »…"""

    code: str
    libelle: str


@dataclass(frozen=True)
class ADecider:
    """A line, or several that say otherwise of the same, left until somebody decides.

    Args:
        cle: what names it among those of its list: the numbers of its rows.
        genre: "doublon", "inconnu", "cle", "ferme", "plusieurs", "autre-numero", "autre-nom", "organisme" or "sans-nom".
        choix: what may be done, « laisser » first.
    """

    cle: str
    nom: str
    cellules: tuple[str, ...]
    genre: str
    raison: str
    choix: tuple[Choix, ...]
    retenu: str = LAISSER

    def en_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "cle": self.cle,
            "essms": self.nom,
            "cellule": self.cellules[0],
            "cellules": list(self.cellules),
            "genre": self.genre,
            "raison": self.raison,
            "choix": [{"code": c.code, "libelle": c.libelle} for c in self.choix],
        }


@dataclass(frozen=True)
class EtatAnnuaire:
    """What the national directory says of a number. `ferme`: since when it is closed; `actif`: False when it is; `ej`, `og`:
    the number and the name of the entity that runs it."""

    nom: str
    actif: bool
    ferme: date | None = None
    ej: str = ""
    og: str = ""


@dataclass(frozen=True)
class Rapprochement:
    """What a list says of a grappe.

    Args:
        tableau: what was read.
        inchanges: how many lines say nothing new.
        refus: values that could not be understood: they are left aside, and nothing else of their line.
    """

    tableau: Tableau
    nouveaux: tuple[Nouveau, ...] = ()
    changes: tuple[Change, ...] = ()
    inchanges: int = 0
    a_decider: tuple[ADecider, ...] = ()
    reparations: tuple[Reparation, ...] = ()
    refus: tuple[Reparation, ...] = ()
    laisses: tuple[Laisse, ...] = ()
    remarques: tuple[str, ...] = field(default=())

    @property
    def vide(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.nouveaux or self.changes)

    def en_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "feuille": self.tableau.feuille,
            "colonnes": [
                {"colonne": c.lettre, "titre": c.titre, "champ": c.rubrique} for c in self.tableau.colonnes
            ],
            "nouveaux": [n.en_dict() for n in self.nouveaux],
            "changes": [c.en_dict() for c in self.changes],
            "inchanges": self.inchanges,
            "a_decider": [a.en_dict() for a in self.a_decider],
            "reparations": [r.en_dict() for r in self.reparations],
            "refus": [r.en_dict() for r in self.refus],
            "laisses": [{"cellule": x.adresse, "texte": x.texte, "raison": x.raison} for x in self.laisses],
            "remarques": list(self.remarques),
        }
