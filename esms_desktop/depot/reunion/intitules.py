"""What an attached file is called where people read: by what it is and whose it is, never by the name of its file."""

from collections.abc import Sequence
from pathlib import PurePath

from esms_desktop.lecture import Fichier, Og

# One file of a piece; its title serves for the others.
_UN_FICHIER = {
    3: "Convention signée",
    4: "Lettre d’engagement signée",
    9: "RIB",
    10: "Autodiagnostic",
    12: "Autorisation de l’entité nationale",
    13: "Statuts",
    14: "Publication au Journal officiel",
}


def intitules(numero: int, titre: str, fichiers: Sequence[Fichier], ogs: Sequence[Og]) -> list[str]:
    """The title of each file attached to a piece, no two the same: « Autodiagnostic – Les Tilleuls (2) »."""
    noms = {og.id: og.nom_court for og in ogs if og.id is not None}
    base = _UN_FICHIER.get(numero, titre)
    bruts = [_avec(base, (f.entite or "").strip() or noms.get(f.og_id or 0, "")) for f in fichiers]
    rangs: dict[str, int] = {}
    resultat = []
    for brut in bruts:
        rangs[brut] = rangs.get(brut, 0) + 1
        resultat.append(f"{brut} ({rangs[brut]})" if bruts.count(brut) > 1 else brut)
    return resultat


def _avec(base: str, qui: str) -> str:
    return f"{base} – {qui}" if qui else base


def en_mots(nom: str) -> str:
    """The name of a file inside another one, which has no other title, as words: without its extension nor its underscores."""
    mots = PurePath(nom).stem.replace("_", " ")
    return " ".join(mots.split()) or "Fichier sans nom"
