"""What the program says, kept in text files a person reads and corrects: compared, or written anew by `make attendus`."""

import dataclasses
import difflib
import os
from collections.abc import Iterable, Mapping
from functools import cached_property
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


def en_lignes(objet: object, marge: str = "") -> list[str]:
    """A result in full, indented: what it holds, then what it derives; what is empty is left out, rows of the base are named."""
    if _simple(objet):
        return [f"{marge}{_court(objet)}"]
    if isinstance(objet, Mapping):
        return [x for cle, valeur in objet.items() for x in _nommer(_court(cle), valeur, marge)]
    if isinstance(objet, (list, tuple, set, frozenset)):
        membres = sorted(objet, key=str) if isinstance(objet, (set, frozenset)) else objet
        return [x for membre in membres for x in en_lignes(membre, marge)]
    noms = [
        *(f.name for f in dataclasses.fields(objet) if f.compare and not f.name.startswith("_")),
        *_derives(objet),
    ]  # type: ignore[arg-type]
    valeurs = [(nom, valeur) for nom in noms if (valeur := getattr(objet, nom)) not in ((), [], {}, "", None)]
    courtes = ", ".join(f"{nom} {_court(valeur)}" for nom, valeur in valeurs if _simple(valeur))
    longues = [
        x for nom, valeur in valeurs if not _simple(valeur) for x in _nommer(nom, valeur, marge + "  ")
    ]
    return [f"{marge}{type(objet).__name__} : {courtes}", *longues]


def _derives(objet: object) -> list[str]:
    return [
        nom
        for nom in sorted(vars(type(objet)))
        if not nom.startswith("_") and isinstance(vars(type(objet))[nom], (property, cached_property))
    ]


def _simple(valeur: object) -> bool:
    if isinstance(valeur, (list, tuple)):
        return all(_simple(v) and not isinstance(v, (list, tuple)) for v in valeur)
    return not (dataclasses.is_dataclass(valeur) or isinstance(valeur, (Mapping, set, frozenset)))


def _nommer(nom: str, valeur: object, marge: str) -> list[str]:
    if _simple(valeur):
        return [f"{marge}{nom} {_court(valeur)}"]
    return [f"{marge}{nom}", *en_lignes(valeur, marge + "  ")]


def _court(valeur: object) -> str:
    if isinstance(valeur, (list, tuple)):
        return f"({' ; '.join(_court(v) for v in valeur)})"
    if hasattr(valeur, "__table__"):
        champs = ("intitule", "nom", "libelle", "profil")
        return f"<{next((getattr(valeur, c) for c in champs if hasattr(valeur, c)), type(valeur).__name__)}>"
    return f"{valeur:.6g}" if isinstance(valeur, float) else str(valeur)
