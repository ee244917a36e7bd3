"""The rows of the Dépôt page: what stands in the way, the steps of the filing, the files written and their proof."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from esms_desktop.francais import NBSP, accord, date_longue, delai, nombre, pluriel, taille
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.constats import Examen, Gravite
from esms_desktop.regles.dossier.pieces import EtatPiece
from ui.fil import EN_COURS
from ui.models.table import Colonne

if TYPE_CHECKING:
    from esms_desktop.depot.liste_depot import Etape
    from esms_desktop.depot.publication import Depot
    from esms_desktop.regles.planning.calendrier import Echeance
    from ui.lecture import Lecture

_COURT = 12


@dataclass(frozen=True)
class FichierEcrit:
    """A file of the filing: its path in the folder, bytes, pages (None for a ZIP or the manifest), SHA-256."""

    nom: str
    quoi: str
    octets: int
    pages: int | None
    sha256: str
    chemin: Path

    @property
    def court(self) -> str:
        """The first digits of the SHA-256, enough to compare by eye."""
        return f"{self.sha256[:_COURT]}…"


@dataclass(frozen=True)
class Produit:
    """A filing and its files."""

    depot: "Depot"
    fichiers: tuple[FichierEcrit, ...]


COLONNES_FICHIERS: Sequence[Colonne[FichierEcrit]] = (
    Colonne("Fichier", lambda f: f.nom, second=lambda f: f.quoi),
    Colonne("Taille", lambda f: taille(f.octets), tri=lambda f: f.octets, a_droite=True),
    Colonne(
        "Pages", lambda f: nombre(f.pages) if f.pages else "—", tri=lambda f: f.pages or 0, a_droite=True
    ),
    Colonne("Empreinte SHA-256", lambda f: f.court, bulle=lambda f: f.sha256),
)

COLONNES_ECHEANCES: "Sequence[Colonne[Echeance]]" = (
    Colonne(
        entete_de("complement.echeance"),
        lambda e: e.libelle,
        tri=lambda e: e.date,
        second=lambda e: f"{date_longue(e.date)} · {e.source}",
    ),
    Colonne(
        "Il reste",
        lambda e: delai(e.jours_restants),
        tri=lambda e: e.jours_restants,
        badge=lambda e: "bad" if e.jours_restants < 0 else "warn" if e.jours_restants <= 30 else "neutre",
    ),
)


def manquantes(pieces: Sequence[EtatPiece]) -> list[EtatPiece]:
    """The mandatory pieces that are not there, and those that may turn out to be mandatory."""
    return [p for p in pieces if p.manquante]


def fichiers_ecrits(depot: "Depot") -> tuple[FichierEcrit, ...]:
    """The files of a filing as they are on the disk, hashed there. May take a while: not for the window's thread."""
    lu = json.loads(depot.manifeste.read_bytes())
    volumes = len(depot.volumes)
    entrees: list[tuple[str, str, int | None]] = [
        (v["fichier"], _quoi(rang, volumes), v["pages"]) for rang, v in enumerate(lu["volumes"], 1)
    ]
    entrees += [
        (depot.zip.name, "L’archive de tous les fichiers", None),
        (depot.manifeste.name, "Le manifeste\u00a0: la liste des fichiers et leurs empreintes", None),
    ]
    fiche = lu["fiche_de_recevabilite"]
    entrees += [(e["fichier"], e["titre"], e["pages"]) for e in (*lu["pieces"], *([fiche] if fiche else []))]
    return tuple(_ecrit(depot.dossier / nom, nom, quoi, pages) for nom, quoi, pages in entrees)


def _quoi(rang: int, volumes: int) -> str:
    if volumes == 1:
        return "Le dossier réuni, avec sommaire et signets"
    return f"Le dossier réuni, volume {rang} sur {volumes}"


def _ecrit(chemin: Path, nom: str, quoi: str, pages: int | None) -> FichierEcrit:
    with chemin.open("rb") as source:
        empreinte = hashlib.file_digest(source, "sha256").hexdigest()
    return FichierEcrit(nom, quoi, chemin.stat().st_size, pages, empreinte, chemin)


def phrase(examen: Examen | None, pieces: Sequence[EtatPiece]) -> str:
    """Whether the dossier can be filed, in one sentence; None: the findings are not known yet."""
    absentes = len(manquantes(pieces))
    if examen is None:
        return f"Contrôles{NBSP}: {EN_COURS}" + (
            f" {pluriel(absentes, 'pièce')} à fournir." if absentes else ""
        )
    bloquants = examen.nombre(Gravite.BLOQUANT)
    if not absentes and not bloquants:
        return "Le dossier est complet\u00a0: il peut être produit et déposé."
    parts = []
    if bloquants:
        parts.append(pluriel(bloquants, "point bloquant", "points bloquants"))
    if absentes:
        parts.append(f"{pluriel(absentes, 'pièce')} à fournir")
    return f"{' et '.join(parts)} avant de déposer un dossier complet."


def rien_ne_bloque(absentes: Sequence[EtatPiece]) -> str:
    """What to say when no text blocks: that does not make a dossier complete."""
    if not absentes:
        return "Rien ne s’oppose au dépôt."
    n = len(absentes)
    return (
        f"Aucun texte de la campagne ne bloque, mais {pluriel(n, 'pièce')} {accord(n, 'manque', 'manquent')} : le dossier serait "
        "incomplet."
    )


def sans_depot(lu: "Lecture") -> str:
    """What stands for a filing where the campaign waits for none."""
    fins = [
        f"{f.libelle} : jusqu’au {date_longue(f.fin)} ({f.source})"
        for f in lu.campagne.fenetres
        if f.fin is not None
    ]
    return " ".join(
        (
            "Ni compte GALIS, ni pièces à fournir : l’ESSMS signe un bon de commande avec l’éditeur, puis la vérification "
            "d’aptitude.",
            *(f"{dit}." for dit in fins),
        )
    )


def etapes_faites(etapes: "Sequence[Etape]") -> str:
    """How far the steps of the filing are, in one sentence."""
    utiles = [e for e in etapes if e.etat != "sans-objet"]
    faites = sum(e.etat == "faite" for e in utiles)
    return f"{pluriel(faites, 'étape faite', 'étapes faites')} sur {len(utiles)}."
