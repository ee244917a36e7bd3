"""The tables of a campaign as the text of its file: one value a line, in the order of the schema, read back before it is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from esms_desktop.campagnes.lecture import Table

_ORDRE_TETE = ("id", "titre", "annee", "programme", "region", "base")


def ecrire(tables: Table) -> str:
    """The TOML of whole tables."""
    lignes: list[str] = []
    for cle in ("textes", "remarques"):
        if tables.get(cle):
            lignes += [f"{cle} = [", *(f"    {_valeur(x)}," for x in tables[cle]), "]"]
    if "extensions" in tables:
        lignes.append(f"extensions = {_valeur(tables['extensions'])}")
    tete = tables.get("campagne", {})
    lignes += ["", "[campagne]"]
    lignes += [f"{c} = {_valeur(tete[c])}" for c in _ORDRE_TETE if c in tete]
    for cle, table in tables.items():
        if isinstance(table, Mapping) and cle not in ("campagne", "extensions"):
            lignes += _section(cle, table)
    for cle in ("fenetres", "contacts"):
        for element in tables.get(cle, ()):
            lignes += ["", f"[[{cle}]]", *(f"{c} = {_valeur(v)}" for c, v in element.items())]
    return "\n".join(lignes).strip() + "\n"


def _section(nom: str, table: Mapping[str, Any]) -> list[str]:
    feuilles = {c: v for c, v in table.items() if not isinstance(v, Mapping) or "valeur" in v}
    lignes = ["", f"[{nom}]", *(f"{c} = {_valeur(v)}" for c, v in feuilles.items())] if feuilles else []
    for cle, sous in table.items():
        if cle not in feuilles:
            lignes += _section(f"{nom}.{cle}", sous)
    return lignes


def _valeur(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    if isinstance(valeur, Mapping):
        return "{ " + ", ".join(f"{c} = {_valeur(v)}" for c, v in valeur.items()) + " }"
    if isinstance(valeur, list | tuple):
        return "[" + ", ".join(_valeur(v) for v in valeur) + "]"
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur) if isinstance(valeur, int) else _texte(str(valeur))


def _texte(texte: str) -> str:
    protege = texte.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() or c == " " else _echappe(c) for c in protege) + '"'


def _echappe(c: str) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(c, c if ord(c) >= 0xA0 else f"\\u{ord(c):04X}")
