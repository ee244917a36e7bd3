"""Which établissements of the directory a grappe may take, and why the others are left out."""

from datetime import date

from esms_desktop.francais import date_courte
from esms_desktop.nomenclature.categories import (
    CATEGORIE_ENTREPRISE_ADAPTEE,
    CATEGORIE_USLD,
    categories,
    champ_de,
)


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
    if categorie == CATEGORIE_USLD:
        return "unité de soins de longue durée : non éligible"
    if categorie == CATEGORIE_ENTREPRISE_ADAPTEE:
        return "entreprise adaptée : l’article L. 312-1 du CASF ne la compte pas parmi les ESSMS"
    if champ_de(categorie) is not None:
        return ""
    connue = categories().get(categorie)
    if connue is None:
        quoi = f"« {libelle or categorie} »" if libelle or categorie else "non renseignée"
        return f"catégorie {quoi} absente de la nomenclature : à ajouter à la main si c’est un ESSMS"
    if connue.sociale:
        return (
            f"{connue.libelle} : le champ ne se déduit pas de la catégorie, "
            "à ajouter à la main si l’ARS confirme"
        )
    return f"{connue.libelle} : hors du secteur social et médico-social"
