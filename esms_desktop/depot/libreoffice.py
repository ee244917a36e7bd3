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
from pathlib import Path

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
_verrou = threading.Lock()


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


def convertir(fichiers: Mapping[str, Path], atelier: Path, progress: Progress) -> dict[str, Path]:
    """Converts files to PDF in one call, with a profile of its own that is thrown away.

    LibreOffice says that all went well even when it wrote nothing: only the files that are there are in the answer, and
    they are still to be read as any PDF of somebody else's.

    Args:
        fichiers: the files by a key of the caller's; their names must be different, extension aside.
        atelier: a folder to work in, on a disk with room; what is written there is the caller's to remove.
        progress: asked several times per second; may raise `Interruption`, which stops LibreOffice.

    Returns:
        The PDF of each file that was converted, by the same keys. Nothing when LibreOffice is absent.
    """
    programme = trouver()
    if programme is None or not fichiers:
        return {}
    profil, sortie = atelier / "profil", atelier / "pdf"
    (profil / "user").mkdir(parents=True)
    (profil / "user" / "registrymodifications.xcu").write_text(_REGLAGES, encoding="utf-8")
    sortie.mkdir()
    commande = [
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
    while not _verrou.acquire(timeout=_PAS):
        progress.etape(0, len(fichiers) + 1, "Une autre conversion se termine")
    try:
        _executer(commande, _DEMARRAGE + _PAR_FICHIER * len(fichiers), len(fichiers), sortie, progress)
    finally:
        _verrou.release()
    attendus = {cle: sortie / f"{fichier.stem}.pdf" for cle, fichier in fichiers.items()}
    return {cle: pdf for cle, pdf in attendus.items() if pdf.is_file() and pdf.stat().st_size}


def _executer(commande: list[str], delai: float, total: int, sortie: Path, progress: Progress) -> None:
    try:
        processus = subprocess.Popen(
            commande,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as e:
        _JOURNAL.warning("LibreOffice did not start: %s", e)
        return
    try:
        attendu = 0.0
        while attendu < delai:
            faits = sum(1 for _ in sortie.glob("*.pdf"))
            progress.etape(faits, total + 1, "Conversion des fichiers Word et Excel")
            with contextlib.suppress(subprocess.TimeoutExpired):
                processus.wait(_PAS)
                return
            attendu += _PAS
        _JOURNAL.warning("LibreOffice stopped after %.0f s", delai)
    finally:
        _arreter(processus)


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
