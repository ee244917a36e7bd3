"""The manifest: what was filed, readable by a person and by a machine; and the ZIP that carries everything."""

import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO, Any

from esms_desktop import __version__
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.fichiers.disque import Ecrit, empreinte
from esms_desktop.depot.reunion.bundle import NOM as NOM_BUNDLE
from esms_desktop.depot.reunion.bundle import Volume
from esms_desktop.depot.reunion.lot import Lot, PieceLot, libelle_manquante
from esms_desktop.lecture import Dossier
from esms_desktop.progress import Progress

__all__ = ["NOM_BUNDLE", "archiver", "chemin_piece", "contenus", "empreinte", "rediger"]

# 2: `volumes` in place of `dossier_complet`, the twins, what each generated document was made of.
FORMAT = 2
APPLICATION = "esms-desktop"
NOM = "manifest.json"
NOM_ZIP = "depot.zip"
_DEJA_COMPRESSES = (".pdf", ".png", ".jpg", ".gif", ".docx", ".xlsx")


def chemin_piece(piece: PieceLot) -> str:
    """Where the PDF of a piece is, in the folder and in the ZIP."""
    return piece.nom_fichier if piece.numero == 0 else f"pieces/{piece.nom_fichier}"


def contenus(lot: Lot, volumes: Sequence[Volume]) -> dict[str, Ecrit]:
    """Every file of the ZIP but the manifest, by path, in order."""
    fichiers = {v.fichier.chemin.name: v.fichier for v in volumes}
    for piece in lot.suite:
        fichiers[chemin_piece(piece)] = piece.fichier
    for piece in lot.pieces:
        for source in piece.sources:
            fichiers.setdefault(source.chemin_archive, source.fichier)
    fichiers.update({m.chemin_archive: m.fichier for m in lot.modifiables})
    return fichiers


def _fichier(chemin: str, fichier: Ecrit, **reste: Any) -> dict[str, Any]:
    return {"fichier": chemin, "sha256": fichier.sha256, "taille": fichier.taille, **reste}


def _piece(piece: PieceLot, volumes: Sequence[Volume]) -> dict[str, Any]:
    entete = {"numero": piece.numero} if piece.numero else {}
    volume = next(v for v in volumes if piece.numero in v.premieres)
    return {
        **entete,
        "titre": piece.titre,
        **_fichier(chemin_piece(piece), piece.fichier),
        "pages": piece.pages,
        "volume": volume.rang,
        "premiere_page_du_dossier": volume.premieres[piece.numero],
        "sources": [
            _fichier(s.chemin_archive, s.fichier, nom=s.nom, joint_le=s.joint_le) for s in piece.sources
        ],
        "generes": [
            {"code": g.code, "titre": g.titre, "og": g.og, "empreinte": g.empreinte} for g in piece.generes
        ],
        "remarques": list(piece.remarques),
    }


def _volume(volume: Volume) -> dict[str, Any]:
    return _fichier(
        volume.fichier.chemin.name,
        volume.fichier,
        volume=volume.rang,
        pages=volume.pages,
        pages_du_sommaire=list(volume.sommaire),
        pieces=[p.numero for p in volume.pieces],
    )


def _demandes(demande: Demande | None) -> list[dict[str, Any]]:
    return [
        {
            "numero": d.numero,
            "demande": d.texte,
            "demande_le": d.demande_le.isoformat() if d.demande_le else None,
            "echeance": d.echeance.isoformat() if d.echeance else None,
            "libelle": d.phrase,
        }
        for d in (demande.demandes if demande else ())
    ]


def rediger(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    lot: Lot,
    volumes: Sequence[Volume],
    demande: Demande | None = None,
) -> bytes:
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
        "complements": _demandes(demande),
        "complet": lot.complet,
        "manquantes": [
            {"numero": m.numero, "titre": m.titre, "manque": m.manque, "libelle": libelle_manquante(m)}
            for m in lot.manquantes
        ],
        "archive": NOM_ZIP,
        "volumes": [_volume(v) for v in volumes],
        "fiche_de_recevabilite": _piece(lot.fiche, volumes) if lot.fiche else None,
        "pieces": [_piece(p, volumes) for p in lot.pieces],
        "modifiables": [
            _fichier(m.chemin_archive, m.fichier, piece=m.numero or None, titre=m.titre)
            for m in lot.modifiables
        ],
        "copies_perdues": [
            {
                "piece": p.numero or None,
                "document": p.code,
                "titre": p.titre,
                "format": p.format,
                "raison": p.raison,
                "libelle": f"{p.constat.titre}.",
            }
            for p in lot.pertes
        ],
    }
    return (json.dumps(manifeste, ensure_ascii=False, indent=2) + "\n").encode()


def entrees(manifeste: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The files of the folder that a manifest names: volumes, sheet, pieces. Reads the former format too.

    Raises:
        KeyError, TypeError: it is not one of our manifests.
    """
    volumes = manifeste["volumes"] if "volumes" in manifeste else [manifeste["dossier_complet"]]
    fiche = manifeste["fiche_de_recevabilite"]
    return [*volumes, *([fiche] if fiche else []), *manifeste["pieces"]]


def archiver(
    cible: IO[bytes],
    fichiers: Mapping[str, Path],
    jour: date,
    progress: Progress | None = None,
) -> None:
    """Writes the ZIP into `cible`, file by file. The same files and day give the same bytes.

    Args:
        fichiers: where to read each file, by its path in the ZIP.
        progress: one step per file.
    """
    # ZIP cannot date anything before 1980.
    instant = (max(jour.year, 1980), jour.month, jour.day, 0, 0, 0)
    with zipfile.ZipFile(cible, "w") as archive:
        for rang, (chemin, origine) in enumerate(fichiers.items()):
            if progress is not None:
                progress.etape(rang, len(fichiers), f"Archive : {PurePosixPath(chemin).name}")
            entree = zipfile.ZipInfo(chemin, instant)
            entree.external_attr = 0o644 << 16
            entree.create_system = 3
            entree.file_size = origine.stat().st_size
            comprime = PurePosixPath(chemin).suffix not in _DEJA_COMPRESSES
            entree.compress_type = zipfile.ZIP_DEFLATED if comprime else zipfile.ZIP_STORED
            with origine.open("rb") as source, archive.open(entree, "w") as destination:
                shutil.copyfileobj(source, destination, 2**20)
