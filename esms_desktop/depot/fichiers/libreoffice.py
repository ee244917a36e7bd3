"""LibreOffice, when it is on this machine: Word and Excel attachments as PDF pages, in one call, never trusted."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from esms_desktop.progress import Progress

_JOURNAL = logging.getLogger(__name__)
VARIABLE = "ESMS_DESKTOP_LIBREOFFICE"
AUCUN = "aucun"
_EMPLACEMENTS = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
# Seconds given to start, then for each file.
_DEMARRAGE, _PAR_FICHIER = 60.0, 20.0
_PAS = 0.25
# How many files may stop it before it is left alone.
_ESSAIS = 4
# The profile made for one call: no macro runs, nothing is fetched from elsewhere, no link is followed.
_REGLAGES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
_TEL_QUEL = "le fichier est gardé tel quel dans l’archive, et une page le représente dans le dossier\u00a0; imprimez-le en PDF et joignez ce PDF pour que ses pages s’y lisent."
SANS_PAGES = {
    "absent": f"LibreOffice n’est pas sur ce poste\u00a0: {_TEL_QUEL}",
    "delai": f"LibreOffice a été arrêté, trop long à tirer les pages\u00a0: {_TEL_QUEL}",
    "echec": f"LibreOffice n’a pas pu tirer les pages de ce fichier\u00a0: {_TEL_QUEL}",
}
_verrou = threading.Lock()


@dataclass(frozen=True)
class Tirage:
    """What LibreOffice made of several files.

    Args:
        pdfs: the PDF of each file that was converted, by the keys of the files.
        raison: why the others have none.
    """

    pdfs: Mapping[str, Path] = field(default_factory=dict)
    raison: Literal["absent", "delai", "echec"] = "absent"


def trouver() -> Path | None:
    """The program, None when this machine has none.

    `ESMS_DESKTOP_LIBREOFFICE` names it when it is elsewhere; the value `aucun` turns the conversion off.
    """
    voulu = os.environ.get(VARIABLE, "").strip()
    if voulu:
        return Path(voulu) if voulu != AUCUN and Path(voulu).is_file() else None
    for nom in ("soffice", "libreoffice"):
        trouve = shutil.which(nom)
        if trouve:
            return Path(trouve)
    return next((Path(e) for e in _EMPLACEMENTS if Path(e).is_file()), None)


def convertir(fichiers: Mapping[str, Path], atelier: Path, progress: Progress) -> Tirage:
    """Converts files to PDF in one call, with a profile of its own that is thrown away.

    LibreOffice says that all went well even when it wrote nothing: only the files that are there are in the answer, and
    they are still to be read as any PDF of somebody else's. Stopped by one of them, it is started again without it.

    Args:
        fichiers: the files by a key of the caller's; their names must be different, extension aside.
        atelier: a folder to work in, on a disk with room; what is written there is the caller's to remove.
        progress: asked several times per second; may raise `Interruption`, which stops LibreOffice.
    """
    programme = trouver()
    if programme is None or not fichiers:
        return Tirage()
    while not _verrou.acquire(timeout=_PAS):
        progress.etape(0, len(fichiers) + 1, "Une autre conversion se termine")
    try:
        return _tirer(programme, fichiers, atelier, progress)
    finally:
        _verrou.release()


def _tirer(programme: Path, fichiers: Mapping[str, Path], atelier: Path, progress: Progress) -> Tirage:
    sortie = atelier / "pdf"
    sortie.mkdir(parents=True)
    attendus = {cle: sortie / f"{fichier.stem}.pdf" for cle, fichier in fichiers.items()}
    restants = dict(fichiers)
    raison: Literal["delai", "echec"] = "echec"
    for essai in range(_ESSAIS):
        commande = _commande(programme, restants, atelier / f"profil-{essai}", sortie)
        delai = _DEMARRAGE + _PAR_FICHIER * len(restants)
        finie = _executer(commande, delai, len(fichiers), sortie, progress)
        raison = "echec" if finie and raison == "echec" else "delai"
        faits = [_ecrit(attendus[cle]) for cle in restants]
        # It takes them in order: when it stops, it is at the first that it did not write after all those that it wrote.
        # Those after it are tried again without it. When it took all its time for nothing, it does not work here.
        arret = max((rang for rang, fait in enumerate(faits, 1) if fait), default=0)
        if not finie and not arret:
            break
        restants = dict(list(restants.items())[arret + 1 :])
        if not restants:
            break
    return Tirage({cle: pdf for cle, pdf in attendus.items() if _ecrit(pdf)}, raison)


def _ecrit(pdf: Path) -> bool:
    return pdf.is_file() and bool(pdf.stat().st_size)


def _commande(programme: Path, fichiers: Mapping[str, Path], profil: Path, sortie: Path) -> list[str]:
    (profil / "user").mkdir(parents=True)
    (profil / "user" / "registrymodifications.xcu").write_text(_REGLAGES, encoding="utf-8")
    return [
        str(programme),
        f"-env:UserInstallation={profil.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf",
        "--outdir",
        str(sortie),
        *(str(f) for f in fichiers.values()),
    ]


def _executer(commande: list[str], delai: float, total: int, sortie: Path, progress: Progress) -> bool:
    """Runs LibreOffice to its end; False when it had to be stopped for taking too long."""
    try:
        processus = subprocess.Popen(
            commande,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environnement(),
        )
    except OSError as e:
        _JOURNAL.warning("LibreOffice did not start: errno %s", e.errno)
        return True
    try:
        attendu = 0.0
        while attendu < delai:
            faits = sum(1 for _ in sortie.glob("*.pdf"))
            progress.etape(faits, total + 1, "Conversion des fichiers Word et Excel")
            with contextlib.suppress(subprocess.TimeoutExpired):
                processus.wait(_PAS)
                return True
            attendu += _PAS
        _JOURNAL.warning("LibreOffice stopped after %.0f s", delai)
        return False
    finally:
        _arreter(processus)


def _environnement() -> dict[str, str]:
    """What LibreOffice is told of this session: nothing of ours, the phrase of the base least of all."""
    return {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("ESMS_DESKTOP_")}


def _arreter(processus: "subprocess.Popen[bytes]") -> None:
    """Ends the program and what it started; nothing to do when it has ended."""
    if processus.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(processus.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(processus.pid, signal.SIGKILL)
    processus.wait()
