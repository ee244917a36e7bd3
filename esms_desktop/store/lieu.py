"""What kind of folder a base is in: on this computer, in one that a program copies elsewhere, or on a network disk."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from esms_desktop.francais import cle

Genre = Literal["local", "synchronise", "reseau"]


class Lieu(NamedTuple):
    """Where a base is. `nom`: the service or the kind of disk, empty on this computer."""

    genre: Genre
    nom: str

    @property
    def danger(self) -> str:
        """What may be lost there, and what to do, in whole French sentences; empty on this computer."""
        if self.genre == "synchronise":
            return (
                f"Cette base est dans un dossier que {self.nom} recopie : si deux ordinateurs l’ouvrent, ou si la copie se fait pendant que "
                "vous écrivez, l’un des deux perd ce qu’il a saisi. Gardez-la dans un dossier de cet ordinateur, et choisissez celui-ci comme "
                "second emplacement des sauvegardes."
            )
        if self.genre == "reseau":
            return (
                f"Cette base est sur un disque du réseau ({self.nom}) : un seul ordinateur peut y écrire à la fois, et une coupure du réseau "
                "peut l’abîmer. Gardez-la dans un dossier de cet ordinateur, et choisissez ce disque comme second emplacement des sauvegardes."
            )
        return ""


LOCAL = Lieu("local", "")

_RESEAUX = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "partage Windows",
    "smb3": "partage Windows",
    "smbfs": "partage Windows",
    "smb2": "partage Windows",
    "ncpfs": "partage Novell",
    "afpfs": "partage Apple",
    "afs": "AFS",
    "9p": "dossier d’un autre système",
    "drvfs": "dossier d’un autre système",
    "virtiofs": "dossier d’un autre système",
    "vboxsf": "dossier d’un autre système",
    "prl_fs": "dossier d’un autre système",
    "davfs": "WebDAV",
    "ceph": "Ceph",
    "glusterfs": "GlusterFS",
    "lustre": "Lustre",
    "beegfs": "BeeGFS",
    "gfs2": "disque partagé",
    "ocfs2": "disque partagé",
    "fuse": "disque monté par un programme",
}
_FUSE = {
    "sshfs": "SSH",
    "gvfsd-fuse": "partage ouvert dans les Fichiers",
    "davfs2": "WebDAV",
    "rclone": "rclone",
    "smbnetfs": "partage Windows",
    "glusterfs": "GlusterFS",
    "ceph": "Ceph",
    "s3fs": "S3",
    "curlftpfs": "FTP",
    "kio-fuse": "partage ouvert dans Dolphin",
    "google-drive-ocamlfuse": "Google Drive",
    "onedriver": "OneDrive",
    "vmhgfs-fuse": "dossier d’un autre système",
}
# Programs that stand between a disk of this computer and its folder: what they show is here.
_FUSE_LOCAUX = frozenset(
    ("ntfs-3g", "ntfs", "exfat", "encfs", "gocryptfs", "cryfs", "mergerfs", "bindfs", "portal")
)

# The name of a folder → who copies what is in it. Whole names, folded, or their beginning where a name follows.
_NOMS = {
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mon drive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "onedrive": "OneDrive",
    "skydrive": "OneDrive",
    "kdrive": "kDrive",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "pcloud sync": "pCloud",
    "megasync": "MEGA",
    "mega": "MEGA",
    "box": "Box",
    "box sync": "Box",
    "seafile": "Seafile",
    "synologydrive": "Synology Drive",
    "synology drive": "Synology Drive",
    "cloudstation": "Synology Drive",
    "tresorit": "Tresorit",
    "proton drive": "Proton Drive",
    "protondrive": "Proton Drive",
    "cozy drive": "Cozy",
    "hubic": "hubiC",
    "syncthing": "Syncthing",
}
# Words that anybody may give to a folder: they count where those programs put theirs.
_COURANTS = frozenset(("box", "mega"))
_DEBUTS = re.compile(r"(onedrive|dropbox|googledrive|nextcloud|owncloud|kdrive|synologydrive)[\s\-_(].*")
# What a program leaves in the folder it copies.
_MARQUES = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync-exclude.lst": "Nextcloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".seafile-data": "Seafile",
}
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def lieu_de(base: Path) -> Lieu:
    """Where a base is, or would be: what a link points to counts, not the link. Nothing is opened but what says it."""
    try:
        vrai = Path(os.path.realpath(base))
    except OSError:
        vrai = base
    service = _service(vrai.parent) or _service(base.parent)
    if service:
        return Lieu("synchronise", service)
    reseau = _reseau(vrai)
    return Lieu("reseau", reseau) if reseau else LOCAL


def _service(dossier: Path) -> str:
    try:
        maison = Path.home()
    except RuntimeError:
        maison = Path("/")
    for ancetre in (dossier, *dossier.parents):
        nom = cle(ancetre.name)
        if nom in _NOMS and (nom not in _COURANTS or ancetre.parent == maison):
            return _NOMS[nom]
        debut = _DEBUTS.fullmatch(nom)
        if debut:
            return _NOMS[debut[1]]
        if ancetre.parent.name == "CloudStorage":
            return ancetre.name.partition("-")[0]
    for racine, service in _racines():
        if dossier == racine or racine in dossier.parents:
            return service
    for ancetre in (dossier, *dossier.parents):
        for marque, service in _MARQUES.items():
            if os.path.lexists(ancetre / marque):
                return service
        if ancetre in (maison, ancetre.parent):
            break
    return ""


def _racines() -> Iterator[tuple[Path, str]]:
    """The folders that the programs of this account say they copy."""
    for nom in _VARIABLES:
        if os.environ.get(nom):
            yield Path(os.environ[nom]), "OneDrive"
    try:
        maison = Path.home()
    except RuntimeError:
        return
    try:
        with (maison / ".dropbox" / "info.json").open("rb") as flux:
            comptes = json.loads(flux.read(64 * 1024))
        for compte in comptes.values():
            yield Path(compte["path"]), "Dropbox"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    for nom, service in (("Nextcloud", "Nextcloud"), ("ownCloud", "ownCloud")):
        try:
            with (maison / ".config" / nom / f"{nom.lower()}.cfg").open(
                encoding="utf-8", errors="replace"
            ) as flux:
                texte = flux.read(256 * 1024)
        except OSError:
            continue
        for chemin in re.findall(r"localPath=(.+)", texte):
            yield Path(chemin.strip().rstrip("/") or "/"), service


def _reseau(vrai: Path) -> str:
    if sys.platform == "win32":
        return _reseau_windows(vrai)
    if str(vrai).startswith("//"):
        return "partage Windows"
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as flux:  # noqa: PTH123
            return disque_de(vrai, flux.read())
    except OSError:
        return ""


def disque_de(vrai: Path, montages: str) -> str:
    """What kind of network disk a path is on, as the table of mounts of Linux says it; empty for a disk of this computer."""
    meilleur, genre = -1, ""
    for ligne in montages.splitlines():
        avant, _, apres = ligne.partition(" - ")
        champs, suite = avant.split(" "), apres.split(" ")
        if len(champs) < 5 or not suite[0]:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), champs[4]))
        # The last one mounted at a place hides the others.
        if (vrai == point or point in vrai.parents) and len(point.parts) >= meilleur:
            meilleur, genre = len(point.parts), suite[0]
    if genre.startswith("fuse."):
        programme = genre.removeprefix("fuse.")
        if programme in _FUSE_LOCAUX:
            return ""
        return _FUSE.get(programme, "disque monté par un programme")
    return _RESEAUX.get(genre, "")


def _reseau_windows(vrai: Path) -> str:  # pragma: no cover
    if str(vrai).startswith(("\\\\", "//")):
        return "partage Windows"
    import ctypes

    lecteur = f"{vrai.drive}\\"
    distant = 4
    return "lecteur du réseau" if ctypes.windll.kernel32.GetDriveTypeW(lecteur) == distant else ""  # type: ignore[attr-defined,unused-ignore]
