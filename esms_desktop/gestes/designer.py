"""How a text names a row of a dossier: by its number, its SIRET, its code or its name."""

from collections.abc import Iterable, Sequence
from typing import Any

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import cle, resumer
from esms_desktop.lecture import Dossier, Ligne
from esms_desktop.nomenclature.champs import nom_propre

TOUS = "tous"
# What identifies a row, the strongest first; then what it is called.
_NUMEROS = ("uid", "finess", "finess_ej", "siret", "siren", "code")
_NOMS = ("nom", "sigle", "intitule", "libelle", "profil", "motif", "titre")
_ID = "id:"


def designee(dossier: Dossier, table: str, texte: str) -> Any:
    """The one row of a table that `texte` names: « id:12 », a FINESS number, a SIRET, a code, a name.

    Raises:
        ErreurSaisie: no row is named so, or several are.
    """
    lignes = dossier.version.lignes(table)
    if table == "dossier":
        return dossier
    net = texte.strip()
    if net.startswith(_ID):
        trouvees = [ligne for ligne in lignes if str(ligne.id) == net[len(_ID) :]]
    else:
        trouvees = _par(lignes, _NUMEROS, lambda v: str(v) == net.replace(" ", "")) or _par(
            lignes, _NOMS, lambda v: cle(str(v)) == cle(net)
        )
    if len(trouvees) == 1:
        return trouvees[0]
    if trouvees:
        choix = resumer([f"{_ID}{t.id}" for t in trouvees], 12)
        raise ErreurSaisie(
            f"«\u00a0{texte}\u00a0» désigne plusieurs lignes de «\u00a0{table}\u00a0».",
            f"Donnez un numéro FINESS, ou l’une de celles-ci\u00a0: {choix}.",
        )
    connues = resumer([appeler(ligne) for ligne in lignes], 8)
    raise ErreurSaisie(
        f"Aucune ligne de «\u00a0{table}\u00a0» ne s’appelle «\u00a0{texte}\u00a0».",
        f"Ce dossier a\u00a0: {connues}." if lignes else "Ce dossier n’en a encore aucune.",
    )


def designees(dossier: Dossier, table: str, textes: Iterable[str]) -> list[Any]:
    """The rows that these texts name, each once, in the order given; « tous » names them all."""
    trouvees: dict[int, Any] = {}
    for texte in textes:
        nommees: Sequence[Ligne] = (
            dossier.version.lignes(table) if cle(texte) == TOUS else [designee(dossier, table, texte)]
        )
        trouvees |= {ligne.id: ligne for ligne in nommees}
    return list(trouvees.values())


def appeler(ligne: Ligne) -> str:
    """How a row is named back: its number when it has one, its name, else its id."""
    valeurs = vars(ligne)
    numero = next((str(valeurs[n]) for n in ("finess", "finess_ej", "code") if valeurs.get(n)), "")
    return " ".join(x for x in (numero, nom_propre(valeurs)) if x) or f"{_ID}{ligne.id}"


def _par(lignes: Iterable[Ligne], colonnes: Iterable[str], convient: Any) -> list[Ligne]:
    """The rows that fit by the first column by which any does."""
    for colonne in colonnes:
        trouvees = [ligne for ligne in lignes if (v := vars(ligne).get(colonne)) and convient(v)]
        if trouvees:
            return trouvees
    return []
