"""What the program says, kept in text files a person reads and corrects: compared, or written anew by `make attendus`."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path


def comparer(fichier: Path, lignes: Iterable[str]) -> None:
    """Fails with the differences when the lines are not those of the file.

    A wording or a figure that changes on purpose is written anew, then read in the diff of the commit like code.
    """
    dites = [ligne.rstrip() for ligne in "\n".join(lignes).split("\n")]
    if os.environ.get("ESMS_DESKTOP_ATTENDUS") == "ecrire":
        fichier.parent.mkdir(exist_ok=True)
        fichier.write_text("\n".join(dites) + "\n", encoding="utf-8")
        return
    attendues = fichier.read_text(encoding="utf-8").split("\n")[:-1]
    ecart = list(difflib.unified_diff(attendues, dites, "attendu", "dit", lineterm="", n=1))
    assert not ecart, f"{fichier.name} :\n" + "\n".join(ecart[:60])
