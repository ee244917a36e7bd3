"""The manifest: what was filed, readable by a person and by a machine; and the ZIP that carries everything."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import IO, Any

from esms_desktop import __version__
from esms_desktop.depot.assemblage import Lot, PieceLot, libelle_manquante
from esms_desktop.depot.bundle import Bundle
from esms_desktop.model import Dossier
from esms_desktop.regles.campagne import Campagne

FORMAT = 1
APPLICATION = "esms-desktop"
NOM = "manifest.json"
NOM_BUNDLE = "dossier.pdf"
NOM_ZIP = "depot.zip"
_DEJA_COMPRESSES = (".pdf", ".png", ".jpg", ".gif", ".docx", ".xlsx")


def empreinte(octets: bytes) -> str:
    """SHA-256 in 64 hex digits."""
    return hashlib.sha256(octets).hexdigest()


def chemin_piece(piece: PieceLot) -> str:
    """Where the PDF of a piece is, in the folder and in the ZIP."""
    return piece.nom_fichier if piece.numero == 0 else f"pieces/{piece.nom_fichier}"


def contenus(lot: Lot, bundle: Bundle) -> dict[str, bytes]:
    """Every file of the ZIP but the manifest, by path, in order."""
    fichiers = {NOM_BUNDLE: bundle.octets, chemin_piece(lot.fiche): lot.fiche.octets}
    for piece in lot.pieces:
        fichiers[chemin_piece(piece)] = piece.octets
    for piece in lot.pieces:
        fichiers.update({s.chemin_archive: s.octets for s in piece.sources})
    return fichiers


def _fichier(chemin: str, octets: bytes, **reste: Any) -> dict[str, Any]:
    return {"fichier": chemin, "sha256": empreinte(octets), "taille": len(octets), **reste}


def _piece(piece: PieceLot, bundle: Bundle) -> dict[str, Any]:
    entete = {"numero": piece.numero} if piece.numero else {}
    return {
        **entete,
        "titre": piece.titre,
        **_fichier(chemin_piece(piece), piece.octets),
        "pages": piece.pages,
        "premiere_page_du_dossier": bundle.premieres[piece.numero],
        "sources": [
            _fichier(s.chemin_archive, s.octets, nom=s.nom, joint_le=s.joint_le) for s in piece.sources
        ],
        "remarques": list(piece.remarques),
    }


def rediger(dossier: Dossier, campagne: Campagne, jour: date, lot: Lot, bundle: Bundle) -> bytes:
    """The manifest as JSON (UTF-8, indented, keys in reading order). It says nothing of the clock: only `jour`."""
    porteur = dossier.porteur
    manifeste = {
        "application": APPLICATION,
        "version": __version__,
        "format": FORMAT,
        "dossier": dossier.nom,
        "porteur": porteur.nom if porteur else "",
        "campagne": {"id": campagne.id, "titre": campagne.titre},
        "type_projet": dossier.type_projet.value,
        "date": jour.isoformat(),
        "complet": lot.complet,
        "manquantes": [
            {"numero": m.numero, "titre": m.titre, "manque": m.manque, "libelle": libelle_manquante(m)}
            for m in lot.manquantes
        ],
        "archive": NOM_ZIP,
        "dossier_complet": _fichier(
            NOM_BUNDLE, bundle.octets, pages=bundle.pages, pages_du_sommaire=list(bundle.sommaire)
        ),
        "fiche_de_recevabilite": _piece(lot.fiche, bundle),
        "pieces": [_piece(p, bundle) for p in lot.pieces],
    }
    return (json.dumps(manifeste, ensure_ascii=False, indent=2) + "\n").encode()


def archiver(cible: IO[bytes], fichiers: Mapping[str, bytes], jour: date) -> None:
    """Writes the ZIP into `cible`. The same files and day give the same bytes."""
    # ZIP cannot date anything before 1980.
    instant = (max(jour.year, 1980), jour.month, jour.day, 0, 0, 0)
    with zipfile.ZipFile(cible, "w") as archive:
        for chemin, octets in fichiers.items():
            entree = zipfile.ZipInfo(chemin, instant)
            entree.external_attr = 0o644 << 16
            entree.create_system = 3
            comprime = PurePosixPath(chemin).suffix not in _DEJA_COMPRESSES
            entree.compress_type = zipfile.ZIP_DEFLATED if comprime else zipfile.ZIP_STORED
            archive.writestr(entree, octets)
