"""The table of the ESSMS of a dossier: what each column shows, sorts on and accepts."""

from collections.abc import Callable
from typing import Any

from esms_desktop import francais
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.categories import lire_categorie, lire_champ, valeurs_de_categorie
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.territoires import libelle_departement, lire_departement
from ui.models import valeurs
from ui.models.saisie import ColonneSaisie, Lire, ModeleSaisie


def _colonne(
    titre: str,
    affiche: Callable[[Essms], str],
    lire: Lire | None = None,
    tri: Callable[[Essms], Any] | None = None,
    defaut: Callable[[Essms], str | None] | None = None,
    **autres: Any,
) -> ColonneSaisie[Essms]:
    """A column. `defaut`: what is wrong with its value, in a sentence; one that is missing is asked for."""
    if defaut is None:
        return ColonneSaisie(titre, affiche, tri or (lambda e: francais.cle(affiche(e))), lire=lire, **autres)
    return ColonneSaisie(
        titre,
        lambda e: affiche(e) or ("À saisir" if defaut(e) else ""),
        tri or (lambda e: francais.cle(affiche(e))),
        bulle=lambda e: f"{affiche(e)}\n{titre} : {dit}".strip() if (dit := defaut(e)) else affiche(e),
        badge=lambda e: "warn" if defaut(e) else None,
        brut=affiche,
        lire=lire,
    )


def _simple(champ: str, lecture: Callable[[str], object]) -> Callable[[str, Dossier], dict[str, object]]:
    return lambda saisi, _: {champ: lecture(saisi)}


def _nombre(valeur: int | None) -> str:
    return "" if valeur is None else str(valeur)


def _tri_nombre(valeur: int | None) -> int:
    return -1 if valeur is None else valeur


COLONNES: tuple[ColonneSaisie[Essms], ...] = (
    _colonne(entete_de("essms.nom"), lambda e: e.nom, _simple("nom", valeurs.texte_obligatoire)),
    _colonne("Organisme", lambda e: e.og.nom_court),
    _colonne(
        entete_de("essms.finess"),
        lambda e: e.finess,
        _simple("finess", valeurs.finess),
        defaut=lambda e: numeros.defaut_finess(e.finess),
    ),
    _colonne(
        entete_de("essms.siret"),
        lambda e: e.siret,
        _simple("siret", valeurs.siret),
        defaut=lambda e: numeros.defaut_siret(e.siret) if e.siret else None,
    ),
    _colonne(
        entete_de("essms.categorie"),
        lambda e: valeurs.libelle_court(e.categorie) or e.categorie_libelle or e.categorie,
        lambda saisi, _: valeurs_de_categorie(lire_categorie(saisi)),
        bulle=lambda e: e.categorie_libelle,
    ),
    _colonne(
        entete_de("essms.champ"), lambda e: e.champ.value if e.champ else "", _simple("champ", lire_champ)
    ),
    _colonne(
        entete_de("essms.commune"), lambda e: e.commune, _simple("commune", lambda s: valeurs.texte(s, 120))
    ),
    _colonne(
        entete_de("essms.departement"),
        lambda e: libelle_departement(e.departement),
        _simple("departement", lire_departement),
        tri=lambda e: e.departement,
    ),
    _colonne(
        entete_de("essms.capacite"),
        lambda e: _nombre(e.capacite),
        _simple("capacite", francais.lire_entier),
        tri=lambda e: _tri_nombre(e.capacite),
        a_droite=True,
    ),
    _colonne(
        entete_de("essms.dui_actuel"),
        lambda e: e.dui_actuel,
        _simple("dui_actuel", lambda s: valeurs.texte(s, 200)),
    ),
    _colonne(
        entete_de("essms.solution_id"),
        lambda e: e.solution.nom if e.solution else "",
        lambda saisi, dossier: {"solution_id": valeurs.solution_id(saisi, dossier)},
    ),
)


class ModeleEssms(ModeleSaisie[Essms]):
    """Rows of the table. It never writes: a typed value goes to `ecrire(essms, champs)`, the one door of the page."""

    def __init__(
        self, ecrire: Callable[[Essms, dict[str, object]], bool], refuser: Callable[[str], object]
    ) -> None:
        super().__init__(COLONNES, lambda e: e.id, ecrire, refuser)

    def _refus(self, colonne: ColonneSaisie[Essms], objet: Essms, valeur: str, raison: str) -> str:
        return f"{colonne.titre} de « {objet.nom} » : {raison}. La valeur d’avant est gardée."
