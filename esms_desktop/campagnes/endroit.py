"""Where a key stands in the text of a campaign file: the line that a refusal gives beside the key."""

import re

_TABLE = re.compile(r"^\s*\[(\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_CLE = re.compile(r"^\s*([\w.\-\"\' ]+?)\s*=")


def ligne_de(texte: str, cle: str) -> int | None:
    """The number, from 1, of the line that writes `cle` or the nearest thing that holds it; None when none does.

    Args:
        cle: as refusals write it, with the rank of an item of a list: « fenetres.2.fin ».
    """
    table = ""
    rangs: dict[str, int] = {}
    mieux: tuple[int, int] | None = None
    for numero, ligne in enumerate(texte.splitlines(), 1):
        if en_tete := _TABLE.match(ligne):
            table = _nue(en_tete[2])
            if en_tete[1]:
                rangs[table] = rangs.get(table, 0) + 1
                table = f"{table}.{rangs[table]}"
            ecrite = table
        elif posee := _CLE.match(ligne):
            ecrite = ".".join(x for x in (table, _nue(posee[1])) if x)
        else:
            continue
        if (cle == ecrite or cle.startswith(f"{ecrite}.")) and (mieux is None or len(ecrite) > mieux[0]):
            mieux = len(ecrite), numero
    return mieux[1] if mieux else None


def _nue(cle: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in cle.split("."))
