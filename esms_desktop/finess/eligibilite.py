"""Which établissements of the directory a grappe may take, and why the others are left out."""

from datetime import date

from esms_desktop.francais import date_courte
from esms_desktop.nomenclature.categories import nature


def est_ouvert(etat: str, fermeture: date | None, jour: date | None) -> bool:
    """Whether an object is open on `jour`, the day the file was made. `etat`: A, I, or empty when the file is silent.

    A closing date still to come does not close; without a day to compare to, any closing date does.
    """
    if etat not in ("A", ""):
        return False
    return fermeture is None or (jour is not None and fermeture > jour)


def motif_exclusion(categorie: str, libelle: str, ouvert: bool, fermeture: date | None) -> str:
    """Why an établissement is not imported, empty when it is (referentiel 01 § 3, art. L. 312-1 CASF)."""
    if not ouvert:
        return f"fermé depuis le {date_courte(fermeture)}" if fermeture else "inactif dans l’annuaire"
    return nature(categorie, libelle)[1]
