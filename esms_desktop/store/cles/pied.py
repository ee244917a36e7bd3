"""A backup is one file: the pages of an encrypted base, then a foot in plain text that says what it is and how it opens.

Nothing in the foot is personal: slots of the key, instants, numbers of rows.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from esms_desktop.store.cles.chiffrement import PAGE
from esms_desktop.store.cles.emplacements import Emplacement, en_texte, lire_texte

_DEBUT = b"=== ESMS DESKTOP - SAUVEGARDE 1 ===\n"
_FIN = "=== FIN "
_POUR_LA_PERSONNE = (
    "Ce fichier est une sauvegarde chiffrée d'une base ESMS Desktop. Il s'ouvre avec la phrase secrète ou le code de secours de\n"
    "la base, sur n'importe quel ordinateur : dans le logiciel, Fichier, Sauvegardes, Restaurer ; ou par la commande\n"
    "    esms-desktop base restaurer CE_FICHIER\n"
)
# A foot holds some slots and some forty numbers.
_LIMITE = 256 * 1024


@dataclass(frozen=True)
class Inventaire:
    """What a backup holds.

    Args:
        quand: when it was taken, UTC, ISO 8601.
        motif: why (see `sauvegarde.MOTIFS`).
        lignee: which base it is a copy of, whatever keys it has had.
        revision: the schema.
        derniere: the last entry of the journal.
        comptes: how many rows each table has.
        taille: the bytes of the base, before the foot.
        empreinte: their SHA-256.
    """

    quand: str
    motif: str
    lignee: str
    revision: str
    derniere: int
    comptes: dict[str, int] = field(hash=False)
    taille: int
    empreinte: str


class Pied(NamedTuple):
    """The foot that was read. `debut`: where it begins; `inventaire`: None when it is spoilt; `entier`: nothing in it is."""

    debut: int
    emplacements: tuple[Emplacement, ...]
    inventaire: Inventaire | None
    entier: bool


def ecrire_pied(flux: BinaryIO, emplacements: Iterable[Emplacement], inventaire: Inventaire) -> None:
    """Adds the foot at the end of the pages."""
    champs = asdict(inventaire)
    texte = (
        _DEBUT.decode()
        + _POUR_LA_PERSONNE
        + en_texte(emplacements)
        + json.dumps({"inventaire": champs, "somme": _somme(champs)})
        + "\n"
    )
    octets = texte.encode()
    flux.write(octets + _ligne_de_fin(octets))


def lire_pied(chemin: Path) -> Pied | None:
    """The foot of a file; None when it has none.

    Raises:
        OSError: the file cannot be read.
    """
    with chemin.open("rb") as flux:
        taille = flux.seek(0, 2)
        depart = max(taille - _LIMITE, 0)
        flux.seek(depart)
        fin = flux.read(_LIMITE)
    place = fin.rfind(_DEBUT)
    if place < 0 or (depart + place) % PAGE:
        return None
    octets = fin[place:]
    debut = depart + place
    lignes = octets.decode("utf-8", "replace").splitlines(keepends=True)
    inventaire = next((i for ligne in lignes if (i := _lire_inventaire(ligne)) is not None), None)
    if inventaire is not None and inventaire.taille != debut:
        inventaire = None
    lus = lire_texte("".join(x for x in lignes if x.startswith("{") and not x.startswith('{"inventaire"')))
    corps, _, _ = octets.rpartition(_FIN.encode())
    entier = octets == corps + _ligne_de_fin(corps) and inventaire is not None and not lus.abimes
    return Pied(debut, lus.emplacements, inventaire, entier)


def empreinte_des_pages(chemin: Path, taille: int) -> str:
    """The SHA-256 of the first `taille` bytes of a file.

    Raises:
        OSError: the file cannot be read.
    """
    calcul = hashlib.sha256()
    with chemin.open("rb") as flux:
        while taille > 0 and (morceau := flux.read(min(taille, 1 << 20))):
            calcul.update(morceau)
            taille -= len(morceau)
    return calcul.hexdigest()


def _ligne_de_fin(octets: bytes) -> bytes:
    return f"{_FIN}{hashlib.sha256(octets).hexdigest()} ===\n".encode()


def _somme(champs: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(champs, sort_keys=True).encode()).hexdigest()[:16]


def _lire_inventaire(ligne: str) -> Inventaire | None:
    if not ligne.startswith('{"inventaire"'):
        return None
    try:
        lu = json.loads(ligne)
        champs = lu["inventaire"]
        inventaire = Inventaire(**champs)
    except (ValueError, TypeError, KeyError):
        return None
    try:
        datetime.fromisoformat(inventaire.quand)
    except (ValueError, TypeError):
        return None
    return inventaire if lu.get("somme") == _somme(champs) else None
