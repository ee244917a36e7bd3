"""LibreOffice for the tests: a profile of its own, one call for several files, skipped when it is not installed."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

# Without this, LibreOffice trusts the stored values instead of calculating.
_REGLAGES = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convertir(fichiers: Sequence[Path], format_: str, sortie: Path) -> list[Path]:
    """The files converted by LibreOffice, in the same order."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice absent : installer libreoffice-writer-nogui et libreoffice-calc-nogui")
    profil = sortie / "profil"
    (profil / "user").mkdir(parents=True, exist_ok=True)
    (profil / "user" / "registrymodifications.xcu").write_text(_REGLAGES, encoding="utf-8")
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={profil.as_uri()}",
            "--headless",
            "--convert-to",
            format_,
            "--outdir",
            str(sortie),
            *map(str, fichiers),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    extension = format_.split(":")[0]
    convertis = [sortie / f"{f.stem}.{extension}" for f in fichiers]
    assert all(c.is_file() for c in convertis)
    return convertis
